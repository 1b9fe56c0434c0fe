-- The store's own tables: keys, log, receipts, running sums, work. See migrations/README.md for the data classes.

-- The key of each business, wrapped by the root key. Generations stay until nothing is sealed under them.
CREATE TABLE business_key (
    business UUID NOT NULL, -- key
    generation BIGINT NOT NULL, -- key
    root BYTEA NOT NULL, -- hash
    wrapped BYTEA NOT NULL, -- wrapped
    created_at BIGINT NOT NULL, -- plain
    PRIMARY KEY (business, generation)
);

-- Two data keys for whom data is about, wrapped by the business's key. A destroyed key is an erased person.
CREATE TABLE subject_key (
    business UUID NOT NULL, -- key
    subject UUID NOT NULL, -- key
    class BIGINT NOT NULL, -- key
    generation BIGINT NOT NULL, -- key
    wrapped BYTEA, -- wrapped
    destroyed_at BIGINT, -- plain
    PRIMARY KEY (business, subject, class, generation)
);

-- Where each log ends. Locked last in every batch; key_epoch grows whenever keys change.
CREATE TABLE log_head (
    business UUID NOT NULL, -- key
    size BIGINT NOT NULL, -- plain
    key_epoch BIGINT NOT NULL, -- plain
    PRIMARY KEY (business)
);

-- The key that signs a log's checkpoints, wrapped; its verifier is public.
CREATE TABLE log_signer (
    business UUID NOT NULL, -- key
    generation BIGINT NOT NULL, -- key
    name TEXT NOT NULL, -- plain
    verifier TEXT NOT NULL, -- plain
    wrapped BYTEA NOT NULL, -- wrapped
    PRIMARY KEY (business, generation)
);

-- The log: dense, in commit order, append only. The leaf holds ids, times and digests, never personal data.
CREATE TABLE log_record (
    business UUID NOT NULL, -- key
    seq BIGINT NOT NULL, -- key
    about UUID, -- key
    leaf BYTEA NOT NULL, -- plain
    PRIMARY KEY (business, seq)
);
CREATE INDEX log_record_about ON log_record (business, about, seq);

-- The personal part of a record, sealed under its subject's key, so that erasing it leaves the tree whole.
CREATE TABLE log_detail (
    business UUID NOT NULL, -- key
    seq BIGINT NOT NULL, -- key
    id UUID NOT NULL, -- key
    subject UUID NOT NULL, -- key
    sealed BYTEA NOT NULL, -- sealed other
    PRIMARY KEY (business, seq)
);

-- The Merkle tree over the records, in tiles of 256 hashes (C2SP tlog-tiles).
CREATE TABLE log_tile (
    business UUID NOT NULL, -- key
    level BIGINT NOT NULL, -- key
    place BIGINT NOT NULL, -- key
    width BIGINT NOT NULL, -- plain
    hashes BYTEA NOT NULL, -- hash
    PRIMARY KEY (business, level, place)
);

-- Signed tree heads (C2SP tlog-checkpoint).
CREATE TABLE log_checkpoint (
    business UUID NOT NULL, -- key
    size BIGINT NOT NULL, -- key
    at BIGINT NOT NULL, -- plain
    note TEXT NOT NULL, -- plain
    PRIMARY KEY (business, size)
);

-- Repeated refusals, counted per minute: the first is recorded at once, the number when the minute is over.
CREATE TABLE refusal_tally (
    business UUID NOT NULL, -- key
    window_at BIGINT NOT NULL, -- key
    tally BYTEA NOT NULL, -- blind
    actor TEXT NOT NULL, -- plain
    action TEXT NOT NULL, -- plain
    code TEXT NOT NULL, -- plain
    count BIGINT NOT NULL, -- plain
    PRIMARY KEY (business, window_at, tally)
);

-- Kept results of orders that carried an idempotency key.
CREATE TABLE receipt (
    business UUID NOT NULL, -- key
    receipt BYTEA NOT NULL, -- blind
    request BYTEA NOT NULL, -- blind
    result UUID NOT NULL, -- key
    at BIGINT NOT NULL, -- plain
    PRIMARY KEY (business, receipt)
);
CREATE INDEX receipt_at ON receipt (business, at);

-- Balances and counts, kept as running sums by the committer.
CREATE TABLE rollup (
    business UUID NOT NULL, -- key
    name TEXT NOT NULL, -- key
    part TEXT NOT NULL, -- key
    minor BIGINT NOT NULL, -- plain
    count BIGINT NOT NULL, -- plain
    PRIMARY KEY (business, name, part)
);

-- What must leave the process, and jobs: rows first, claimed by state with a fencing token.
CREATE TABLE work (
    business UUID NOT NULL, -- key
    id UUID NOT NULL, -- key
    kind TEXT NOT NULL, -- plain
    about UUID, -- key
    state TEXT NOT NULL, -- plain
    due_at BIGINT NOT NULL, -- plain
    fence BIGINT NOT NULL, -- plain
    lease_until BIGINT, -- plain
    attempts BIGINT NOT NULL, -- plain
    problem TEXT, -- plain
    PRIMARY KEY (business, id)
);
CREATE INDEX work_due ON work (business, state, due_at);

-- What came from outside, kept before it is believed; one row per sender and message.
CREATE TABLE inbox (
    business UUID NOT NULL, -- key
    source TEXT NOT NULL, -- key
    message BYTEA NOT NULL, -- hash
    received_at BIGINT NOT NULL, -- plain
    state TEXT NOT NULL, -- plain
    payload BYTEA NOT NULL, -- sealed other
    PRIMARY KEY (business, source, message)
);

-- Every business of the installation; what a worker walks through.
CREATE TABLE business_directory (
    business UUID NOT NULL, -- key
    founded_at BIGINT NOT NULL, -- plain
    PRIMARY KEY (business)
);
