-- How documents show whose they are: a business's own logo and colour. See migrations/README.md for the data classes.
CREATE TABLE letterhead (
    business BLOB NOT NULL, -- key
    id BLOB NOT NULL, -- key
    version INTEGER NOT NULL, -- plain
    accent TEXT, -- plain
    logo BLOB, -- sealed other
    PRIMARY KEY (business, id)
) STRICT;
