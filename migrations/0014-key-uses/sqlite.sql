-- How often each data key has sealed, in blocks that were reserved; what was sealed before this step is far below the
-- margin. See migrations/README.md for the data classes.
ALTER TABLE subject_key ADD COLUMN uses INTEGER NOT NULL DEFAULT 0; -- plain

-- What is shown to the holder of a document's link is counted by the minute, as refusals are.
ALTER TABLE refusal_tally ADD COLUMN outcome TEXT NOT NULL DEFAULT 'refused'; -- plain

-- When a link was opened: each of them by itself, so that the second one tells a scanner of mails nothing.
ALTER TABLE document_link ADD COLUMN opened_at INTEGER; -- plain
