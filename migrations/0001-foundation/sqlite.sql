-- The store's own tables: keys, log, receipts, running sums, work. See migrations/README.md for the data classes.

-- The key of each business, wrapped by the root key. Generations stay until nothing is sealed under them.
CREATE TABLE business_key (
    business BLOB NOT NULL, -- key
    generation INTEGER NOT NULL, -- key
    root BLOB NOT NULL, -- hash
    wrapped BLOB NOT NULL, -- wrapped
    created_at INTEGER NOT NULL, -- plain
    PRIMARY KEY (business, generation)
) STRICT, WITHOUT ROWID;

-- Two data keys for whom data is about, wrapped by the business's key. A destroyed key is an erased person.
CREATE TABLE subject_key (
    business BLOB NOT NULL, -- key
    subject BLOB NOT NULL, -- key
    class INTEGER NOT NULL, -- key
    generation INTEGER NOT NULL, -- key
    wrapped BLOB, -- wrapped
    destroyed_at INTEGER, -- plain
    PRIMARY KEY (business, subject, class, generation)
) STRICT, WITHOUT ROWID;

-- Where each log ends. Locked last in every batch; key_epoch grows whenever keys change.
CREATE TABLE log_head (
    business BLOB NOT NULL, -- key
    size INTEGER NOT NULL, -- plain
    key_epoch INTEGER NOT NULL, -- plain
    PRIMARY KEY (business)
) STRICT, WITHOUT ROWID;

-- The key that signs a log's checkpoints, wrapped; its verifier is public.
CREATE TABLE log_signer (
    business BLOB NOT NULL, -- key
    generation INTEGER NOT NULL, -- key
    name TEXT NOT NULL, -- plain
    verifier TEXT NOT NULL, -- plain
    wrapped BLOB NOT NULL, -- wrapped
    PRIMARY KEY (business, generation)
) STRICT, WITHOUT ROWID;

-- The log: dense, in commit order, append only. The leaf holds ids, times and digests, never personal data.
CREATE TABLE log_record (
    business BLOB NOT NULL, -- key
    seq INTEGER NOT NULL, -- key
    about BLOB, -- key
    leaf BLOB NOT NULL, -- plain
    PRIMARY KEY (business, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX log_record_about ON log_record (business, about, seq);

-- The personal part of a record, sealed under its subject's key, so that erasing it leaves the tree whole.
CREATE TABLE log_detail (
    business BLOB NOT NULL, -- key
    seq INTEGER NOT NULL, -- key
    id BLOB NOT NULL, -- key
    subject BLOB NOT NULL, -- key
    sealed BLOB NOT NULL, -- sealed other
    PRIMARY KEY (business, seq)
) STRICT, WITHOUT ROWID;

-- The Merkle tree over the records, in tiles of 256 hashes (C2SP tlog-tiles).
CREATE TABLE log_tile (
    business BLOB NOT NULL, -- key
    level INTEGER NOT NULL, -- key
    place INTEGER NOT NULL, -- key
    width INTEGER NOT NULL, -- plain
    hashes BLOB NOT NULL, -- hash
    PRIMARY KEY (business, level, place)
) STRICT, WITHOUT ROWID;

-- Signed tree heads (C2SP tlog-checkpoint).
CREATE TABLE log_checkpoint (
    business BLOB NOT NULL, -- key
    size INTEGER NOT NULL, -- key
    at INTEGER NOT NULL, -- plain
    note TEXT NOT NULL, -- plain
    PRIMARY KEY (business, size)
) STRICT, WITHOUT ROWID;

-- Repeated refusals, counted per minute: the first is recorded at once, the number when the minute is over.
CREATE TABLE refusal_tally (
    business BLOB NOT NULL, -- key
    window_at INTEGER NOT NULL, -- key
    tally BLOB NOT NULL, -- blind
    actor TEXT NOT NULL, -- plain
    action TEXT NOT NULL, -- plain
    code TEXT NOT NULL, -- plain
    count INTEGER NOT NULL, -- plain
    PRIMARY KEY (business, window_at, tally)
) STRICT, WITHOUT ROWID;

-- Kept results of orders that carried an idempotency key.
CREATE TABLE receipt (
    business BLOB NOT NULL, -- key
    receipt BLOB NOT NULL, -- blind
    request BLOB NOT NULL, -- blind
    result BLOB NOT NULL, -- key
    at INTEGER NOT NULL, -- plain
    PRIMARY KEY (business, receipt)
) STRICT, WITHOUT ROWID;
CREATE INDEX receipt_at ON receipt (business, at);

-- Balances and counts, kept as running sums by the committer.
CREATE TABLE rollup (
    business BLOB NOT NULL, -- key
    name TEXT NOT NULL, -- key
    part TEXT NOT NULL, -- key
    minor INTEGER NOT NULL, -- plain
    count INTEGER NOT NULL, -- plain
    PRIMARY KEY (business, name, part)
) STRICT, WITHOUT ROWID;

-- What must leave the process, and jobs: rows first, claimed by state with a fencing token.
CREATE TABLE work (
    business BLOB NOT NULL, -- key
    id BLOB NOT NULL, -- key
    kind TEXT NOT NULL, -- plain
    about BLOB, -- key
    state TEXT NOT NULL, -- plain
    due_at INTEGER NOT NULL, -- plain
    fence INTEGER NOT NULL, -- plain
    lease_until INTEGER, -- plain
    attempts INTEGER NOT NULL, -- plain
    problem TEXT, -- plain
    PRIMARY KEY (business, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX work_due ON work (business, state, due_at);

-- What came from outside, kept before it is believed; one row per sender and message.
CREATE TABLE inbox (
    business BLOB NOT NULL, -- key
    source TEXT NOT NULL, -- key
    message BLOB NOT NULL, -- hash
    received_at INTEGER NOT NULL, -- plain
    state TEXT NOT NULL, -- plain
    payload BLOB NOT NULL, -- sealed other
    PRIMARY KEY (business, source, message)
) STRICT, WITHOUT ROWID;

-- Every business of the installation; what a worker walks through.
CREATE TABLE business_directory (
    business BLOB NOT NULL, -- key
    founded_at INTEGER NOT NULL, -- plain
    PRIMARY KEY (business)
) STRICT, WITHOUT ROWID;
