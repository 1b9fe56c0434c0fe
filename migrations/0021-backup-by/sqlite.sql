-- By which way a backup left: whoever looks for the file knows where to look.
-- See migrations/README.md for the data classes.
ALTER TABLE backup_made ADD COLUMN made_by TEXT; -- plain
