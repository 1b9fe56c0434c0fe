-- Customers that came from a file. See migrations/README.md for the data classes.

-- By what a row of a file is known again, and whom it became: running the file again adds nobody twice.
CREATE TABLE customer_import (
    business BLOB NOT NULL, -- key
    source BLOB NOT NULL, -- blind
    customer BLOB NOT NULL, -- key
    PRIMARY KEY (business, source)
) STRICT, WITHOUT ROWID;
