-- How documents get to their readers. See migrations/README.md for the data classes.

-- How a business hands documents over: where mail leaves, and how links begin. One row a business.
CREATE TABLE delivery_settings (
    business UUID NOT NULL, -- key
    id UUID NOT NULL, -- key
    version BIGINT NOT NULL, -- plain
    public_url BYTEA, -- sealed other
    mail BYTEA, -- sealed other
    password BYTEA, -- sealed other
    PRIMARY KEY (business, id)
);

-- Documents as they were first printed: what was sent is what is kept.
CREATE TABLE rendition (
    business UUID NOT NULL, -- key
    id UUID NOT NULL, -- key
    version BIGINT NOT NULL, -- plain
    customer UUID NOT NULL, -- key
    renderer BIGINT NOT NULL, -- plain
    printer TEXT NOT NULL, -- plain
    made_at BIGINT NOT NULL, -- plain
    size BIGINT NOT NULL, -- plain
    fingerprint TEXT NOT NULL, -- hash
    content BYTEA NOT NULL, -- sealed statutory
    PRIMARY KEY (business, id)
);

-- Letters to a document's reader, and what became of them. The link itself is nowhere: only its hash stands, elsewhere.
CREATE TABLE letter (
    business UUID NOT NULL, -- key
    id UUID NOT NULL, -- key
    version BIGINT NOT NULL, -- plain
    invoice UUID NOT NULL, -- key
    customer UUID NOT NULL, -- key
    scope_id UUID NOT NULL, -- key
    language TEXT NOT NULL, -- plain
    state TEXT NOT NULL, -- plain
    made_at BIGINT NOT NULL, -- plain
    due_at BIGINT NOT NULL, -- plain
    ended_at BIGINT, -- plain
    attempts BIGINT NOT NULL, -- plain
    problem TEXT, -- plain
    reply BIGINT, -- plain
    link UUID, -- key
    standing BIGINT, -- plain
    recipient BYTEA NOT NULL, -- sealed other
    words BYTEA, -- sealed other
    said BYTEA, -- sealed other
    PRIMARY KEY (business, id)
);
CREATE INDEX letter_invoice ON letter (business, invoice, id);
