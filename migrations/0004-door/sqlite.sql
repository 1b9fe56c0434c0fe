-- The door: people, how they prove who they are, where they work, and their sessions. See migrations/README.md for the data classes.

-- Somebody who works here. In the installation's books, because a person may work for several businesses.
CREATE TABLE user_account (
    business BLOB NOT NULL, -- key
    id BLOB NOT NULL, -- key
    version INTEGER NOT NULL, -- plain
    created_at INTEGER NOT NULL, -- plain
    language TEXT NOT NULL, -- plain
    email_index BLOB NOT NULL, -- blind
    second_step INTEGER NOT NULL, -- plain
    last_step INTEGER NOT NULL, -- plain
    password TEXT NOT NULL, -- hash
    name BLOB NOT NULL, -- sealed other
    email BLOB NOT NULL, -- sealed other
    totp BLOB, -- sealed other
    totp_pending BLOB, -- sealed other
    UNIQUE (business, email_index),
    PRIMARY KEY (business, id)
) STRICT;

-- Spare codes: each opens once in place of the second step.
CREATE TABLE spare_code (
    business BLOB NOT NULL, -- key
    user_id BLOB NOT NULL, -- key
    position INTEGER NOT NULL, -- key
    code BLOB NOT NULL, -- blind
    used_at INTEGER, -- plain
    PRIMARY KEY (business, user_id, position)
) STRICT, WITHOUT ROWID;

-- Who works for a business, and as what. The row stays when somebody leaves.
CREATE TABLE membership (
    business BLOB NOT NULL, -- key
    id BLOB NOT NULL, -- key
    version INTEGER NOT NULL, -- plain
    role TEXT NOT NULL, -- plain
    since INTEGER NOT NULL, -- plain
    ended_at INTEGER, -- plain
    PRIMARY KEY (business, id)
) STRICT;

-- Where a person works, found without knowing the business.
CREATE TABLE workplace (
    user_id BLOB NOT NULL, -- key
    business BLOB NOT NULL, -- key
    PRIMARY KEY (user_id, business)
) STRICT, WITHOUT ROWID;

-- Sign-ins: half made, being set up, or whole. Found by the hash of their token.
CREATE TABLE session (
    hash BLOB NOT NULL, -- hash
    id BLOB NOT NULL, -- key
    stage TEXT NOT NULL, -- plain
    user_id BLOB, -- key
    business BLOB, -- key
    role TEXT, -- plain
    created_at INTEGER NOT NULL, -- plain
    seen_at INTEGER NOT NULL, -- plain
    expires_at INTEGER NOT NULL, -- plain
    reauthenticated_at INTEGER NOT NULL, -- plain
    PRIMARY KEY (hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_of_user ON session (user_id, id);

-- Links that begin something once: the owner's set-up, an invitation. Found by the hash of their token.
CREATE TABLE entry_link (
    hash BLOB NOT NULL, -- hash
    id BLOB NOT NULL, -- key
    kind TEXT NOT NULL, -- plain
    business BLOB NOT NULL, -- key
    role TEXT, -- plain
    made_at INTEGER NOT NULL, -- plain
    expires_at INTEGER NOT NULL, -- plain
    used_at INTEGER, -- plain
    PRIMARY KEY (hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_link_business ON entry_link (business, id);

-- How often somebody tried, per account and per address, counted before each check.
CREATE TABLE throttle (
    business BLOB NOT NULL, -- key
    bucket BLOB NOT NULL, -- blind
    failures INTEGER NOT NULL, -- plain
    last_at INTEGER NOT NULL, -- plain
    blocked_until INTEGER NOT NULL, -- plain
    PRIMARY KEY (business, bucket)
) STRICT, WITHOUT ROWID;
