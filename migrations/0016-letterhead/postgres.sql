-- How documents show whose they are: a business's own logo and colour. See migrations/README.md for the data classes.
CREATE TABLE letterhead (
    business UUID NOT NULL, -- key
    id UUID NOT NULL, -- key
    version BIGINT NOT NULL, -- plain
    accent TEXT, -- plain
    logo BYTEA, -- sealed other
    PRIMARY KEY (business, id)
);
