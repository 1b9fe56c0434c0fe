-- The catalogue: what a business sells. See migrations/README.md for the data classes.

-- An article or a service. A line of an invoice copies it; retired ones stay and are offered no more.
CREATE TABLE item (
    business BLOB NOT NULL, -- key
    id BLOB NOT NULL, -- key
    version INTEGER NOT NULL, -- plain
    unit TEXT NOT NULL, -- plain
    currency TEXT NOT NULL, -- plain
    net_price TEXT NOT NULL, -- plain
    category TEXT NOT NULL, -- plain
    rate TEXT NOT NULL, -- plain
    created_at INTEGER NOT NULL, -- plain
    retired_at INTEGER, -- plain
    particulars BLOB NOT NULL, -- sealed other
    PRIMARY KEY (business, id)
) STRICT;
