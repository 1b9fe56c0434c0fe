-- Links that open one document each. See migrations/README.md for the data classes.

-- Found by the hash of the token, without knowing the business.
CREATE TABLE document_link (
    hash BYTEA NOT NULL, -- hash
    id UUID NOT NULL, -- key
    business UUID NOT NULL, -- key
    invoice UUID NOT NULL, -- key
    made_at BIGINT NOT NULL, -- plain
    expires_at BIGINT NOT NULL, -- plain
    revoked_at BIGINT, -- plain
    PRIMARY KEY (hash)
);
CREATE INDEX document_link_invoice ON document_link (business, invoice, id);
