-- How often each data key has sealed, in blocks that were reserved; what was sealed before this step is far below the
-- margin. See migrations/README.md for the data classes.
ALTER TABLE subject_key ADD COLUMN uses INTEGER NOT NULL DEFAULT 0; -- plain
