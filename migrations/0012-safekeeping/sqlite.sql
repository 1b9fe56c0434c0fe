-- Never lost: recovery sheets, and when backups were made. See migrations/README.md for the data classes.

-- A sheet of paper that opens the root key. Shown once, in force when a part of it was typed back; the next one in force
-- takes the wrapped key away.
CREATE TABLE recovery_sheet (
    business BLOB NOT NULL, -- key
    id BLOB NOT NULL, -- key
    version INTEGER NOT NULL, -- plain
    name TEXT NOT NULL, -- plain
    root BLOB NOT NULL, -- hash
    wrapped BLOB, -- wrapped
    asked BLOB NOT NULL, -- blind
    made_at INTEGER NOT NULL, -- plain
    in_force_at INTEGER, -- plain
    PRIMARY KEY (business, id)
) STRICT;

-- Backups that were made.
CREATE TABLE backup_made (
    business BLOB NOT NULL, -- key
    id BLOB NOT NULL, -- key
    made_at INTEGER NOT NULL, -- plain
    bytes INTEGER NOT NULL, -- plain
    PRIMARY KEY (business, id)
) STRICT, WITHOUT ROWID;
