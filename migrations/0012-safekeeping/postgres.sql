-- Never lost: recovery sheets, and when backups were made. See migrations/README.md for the data classes.

-- A sheet of paper that opens the root key. Shown once, in force when a part of it was typed back; the next one in force
-- takes the wrapped key away.
CREATE TABLE recovery_sheet (
    business UUID NOT NULL, -- key
    id UUID NOT NULL, -- key
    version BIGINT NOT NULL, -- plain
    name TEXT NOT NULL, -- plain
    root BYTEA NOT NULL, -- hash
    wrapped BYTEA, -- wrapped
    asked BYTEA NOT NULL, -- blind
    made_at BIGINT NOT NULL, -- plain
    in_force_at BIGINT, -- plain
    PRIMARY KEY (business, id)
);

-- Backups that were made.
CREATE TABLE backup_made (
    business UUID NOT NULL, -- key
    id UUID NOT NULL, -- key
    made_at BIGINT NOT NULL, -- plain
    bytes BIGINT NOT NULL, -- plain
    PRIMARY KEY (business, id)
);
