-- Who is asking: what is found without a business stands here, keyed by hash. See migrations/README.md for the data classes.

-- Keys of programs, found by the hash of the key without knowing the business.
CREATE TABLE api_key (
    hash BYTEA NOT NULL, -- hash
    id UUID NOT NULL, -- key
    business UUID NOT NULL, -- key
    user_id UUID NOT NULL, -- key
    role TEXT NOT NULL, -- plain
    scopes TEXT NOT NULL, -- plain
    created_at BIGINT NOT NULL, -- plain
    expires_at BIGINT NOT NULL, -- plain
    revoked_at BIGINT, -- plain
    PRIMARY KEY (hash)
);
