-- The door: people, how they prove who they are, where they work, and their sessions. See migrations/README.md for the data classes.

-- Somebody who works here. In the installation's books, because a person may work for several businesses.
CREATE TABLE user_account (
    business UUID NOT NULL, -- key
    id UUID NOT NULL, -- key
    version BIGINT NOT NULL, -- plain
    created_at BIGINT NOT NULL, -- plain
    language TEXT NOT NULL, -- plain
    email_index BYTEA NOT NULL, -- blind
    second_step BIGINT NOT NULL, -- plain
    last_step BIGINT NOT NULL, -- plain
    password TEXT NOT NULL, -- hash
    name BYTEA NOT NULL, -- sealed other
    email BYTEA NOT NULL, -- sealed other
    totp BYTEA, -- sealed other
    totp_pending BYTEA, -- sealed other
    UNIQUE (business, email_index),
    PRIMARY KEY (business, id)
);

-- Spare codes: each opens once in place of the second step.
CREATE TABLE spare_code (
    business UUID NOT NULL, -- key
    user_id UUID NOT NULL, -- key
    position BIGINT NOT NULL, -- key
    code BYTEA NOT NULL, -- blind
    used_at BIGINT, -- plain
    PRIMARY KEY (business, user_id, position)
);

-- Who works for a business, and as what. The row stays when somebody leaves.
CREATE TABLE membership (
    business UUID NOT NULL, -- key
    id UUID NOT NULL, -- key
    version BIGINT NOT NULL, -- plain
    role TEXT NOT NULL, -- plain
    since BIGINT NOT NULL, -- plain
    ended_at BIGINT, -- plain
    PRIMARY KEY (business, id)
);

-- Where a person works, found without knowing the business.
CREATE TABLE workplace (
    user_id UUID NOT NULL, -- key
    business UUID NOT NULL, -- key
    PRIMARY KEY (user_id, business)
);

-- Sign-ins: half made, being set up, or whole. Found by the hash of their token.
CREATE TABLE session (
    hash BYTEA NOT NULL, -- hash
    id UUID NOT NULL, -- key
    stage TEXT NOT NULL, -- plain
    user_id UUID, -- key
    business UUID, -- key
    role TEXT, -- plain
    created_at BIGINT NOT NULL, -- plain
    seen_at BIGINT NOT NULL, -- plain
    expires_at BIGINT NOT NULL, -- plain
    reauthenticated_at BIGINT NOT NULL, -- plain
    PRIMARY KEY (hash)
);
CREATE INDEX session_of_user ON session (user_id, id);

-- Links that begin something once: the owner's set-up, an invitation. Found by the hash of their token.
CREATE TABLE entry_link (
    hash BYTEA NOT NULL, -- hash
    id UUID NOT NULL, -- key
    kind TEXT NOT NULL, -- plain
    business UUID NOT NULL, -- key
    role TEXT, -- plain
    made_at BIGINT NOT NULL, -- plain
    expires_at BIGINT NOT NULL, -- plain
    used_at BIGINT, -- plain
    PRIMARY KEY (hash)
);
CREATE INDEX entry_link_business ON entry_link (business, id);

-- How often somebody tried, per account and per address, counted before each check.
CREATE TABLE throttle (
    business UUID NOT NULL, -- key
    bucket BYTEA NOT NULL, -- blind
    failures BIGINT NOT NULL, -- plain
    last_at BIGINT NOT NULL, -- plain
    blocked_until BIGINT NOT NULL, -- plain
    PRIMARY KEY (business, bucket)
);
