-- Customers that came from a file. See migrations/README.md for the data classes.

-- By what a row of a file is known again, and whom it became: running the file again adds nobody twice.
CREATE TABLE customer_import (
    business UUID NOT NULL, -- key
    source BYTEA NOT NULL, -- blind
    customer UUID NOT NULL, -- key
    PRIMARY KEY (business, source)
);
