-- How documents get to their readers. See migrations/README.md for the data classes.

-- How a business hands documents over: where mail leaves, and how links begin. One row a business.
CREATE TABLE delivery_settings (
    business BLOB NOT NULL, -- key
    id BLOB NOT NULL, -- key
    version INTEGER NOT NULL, -- plain
    public_url BLOB, -- sealed other
    mail BLOB, -- sealed other
    password BLOB, -- sealed other
    PRIMARY KEY (business, id)
) STRICT;

-- Documents as they were first printed: what was sent is what is kept.
CREATE TABLE rendition (
    business BLOB NOT NULL, -- key
    id BLOB NOT NULL, -- key
    version INTEGER NOT NULL, -- plain
    customer BLOB NOT NULL, -- key
    renderer INTEGER NOT NULL, -- plain
    printer TEXT NOT NULL, -- plain
    made_at INTEGER NOT NULL, -- plain
    size INTEGER NOT NULL, -- plain
    fingerprint TEXT NOT NULL, -- hash
    content BLOB NOT NULL, -- sealed statutory
    PRIMARY KEY (business, id)
) STRICT;

-- Letters to a document's reader, and what became of them. The link itself is nowhere: only its hash stands, elsewhere.
CREATE TABLE letter (
    business BLOB NOT NULL, -- key
    id BLOB NOT NULL, -- key
    version INTEGER NOT NULL, -- plain
    invoice BLOB NOT NULL, -- key
    customer BLOB NOT NULL, -- key
    scope_id BLOB NOT NULL, -- key
    language TEXT NOT NULL, -- plain
    state TEXT NOT NULL, -- plain
    made_at INTEGER NOT NULL, -- plain
    due_at INTEGER NOT NULL, -- plain
    ended_at INTEGER, -- plain
    attempts INTEGER NOT NULL, -- plain
    problem TEXT, -- plain
    reply INTEGER, -- plain
    link BLOB, -- key
    standing INTEGER, -- plain
    recipient BLOB NOT NULL, -- sealed other
    words BLOB, -- sealed other
    said BLOB, -- sealed other
    PRIMARY KEY (business, id)
) STRICT;
CREATE INDEX letter_invoice ON letter (business, invoice, id);
