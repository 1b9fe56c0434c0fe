-- Who is asking: what is found without a business stands here, keyed by hash. See migrations/README.md for the data classes.

-- Keys of programs, found by the hash of the key without knowing the business.
CREATE TABLE api_key (
    hash BLOB NOT NULL, -- hash
    id BLOB NOT NULL, -- key
    business BLOB NOT NULL, -- key
    user_id BLOB NOT NULL, -- key
    role TEXT NOT NULL, -- plain
    scopes TEXT NOT NULL, -- plain
    created_at INTEGER NOT NULL, -- plain
    expires_at INTEGER NOT NULL, -- plain
    revoked_at INTEGER, -- plain
    PRIMARY KEY (hash)
) STRICT, WITHOUT ROWID;
