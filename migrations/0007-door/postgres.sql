-- The door, mended: what somebody made ends with them, and a lost second step has a way back. See migrations/README.md
-- for the data classes.

-- Whose an invitation or a way back in is, who made it, and when it was over: used up, taken back, or its maker left.
ALTER TABLE entry_link ADD COLUMN made_by UUID; -- key
ALTER TABLE entry_link ADD COLUMN user_id UUID; -- key
ALTER TABLE entry_link ADD COLUMN email BYTEA; -- sealed other
ALTER TABLE entry_link ADD COLUMN ended_at BIGINT; -- plain
UPDATE entry_link SET ended_at = used_at WHERE used_at IS NOT NULL;
CREATE INDEX entry_link_user ON entry_link (user_id, id);

-- By which link somebody is arriving.
ALTER TABLE session ADD COLUMN link UUID; -- key
CREATE INDEX session_id ON session (id);

-- Who made a link to a document, and a key; a key's name and when it was last used, to the hour.
ALTER TABLE document_link ADD COLUMN made_by UUID; -- key
ALTER TABLE api_key ADD COLUMN made_by UUID; -- key
ALTER TABLE api_key ADD COLUMN name BYTEA; -- sealed other
ALTER TABLE api_key ADD COLUMN used_at BIGINT; -- plain
CREATE INDEX api_key_business ON api_key (business, id);
