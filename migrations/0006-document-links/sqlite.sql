-- Links that open one document each. See migrations/README.md for the data classes.

-- Found by the hash of the token, without knowing the business.
CREATE TABLE document_link (
    hash BLOB NOT NULL, -- hash
    id BLOB NOT NULL, -- key
    business BLOB NOT NULL, -- key
    invoice BLOB NOT NULL, -- key
    made_at INTEGER NOT NULL, -- plain
    expires_at INTEGER NOT NULL, -- plain
    revoked_at INTEGER, -- plain
    PRIMARY KEY (hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_link_invoice ON document_link (business, invoice, id);
