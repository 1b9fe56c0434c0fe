-- What happens to money: business, customers, invoices, books. See migrations/README.md for the data classes.

-- A business's particulars: who sells, where, in which currency and time zone.
CREATE TABLE business (
    business UUID NOT NULL, -- key
    id UUID NOT NULL, -- key
    version BIGINT NOT NULL, -- plain
    country TEXT NOT NULL, -- plain
    currency TEXT NOT NULL, -- plain
    time_zone TEXT NOT NULL, -- plain
    language TEXT NOT NULL, -- plain
    terms_days BIGINT NOT NULL, -- plain
    number_prefix TEXT NOT NULL, -- plain
    show_account BIGINT NOT NULL, -- plain
    particulars BYTEA NOT NULL, -- sealed statutory
    account BYTEA, -- sealed statutory
    PRIMARY KEY (business, id)
);

-- The standing relation with somebody who is billed.
CREATE TABLE customer (
    business UUID NOT NULL, -- key
    id UUID NOT NULL, -- key
    version BIGINT NOT NULL, -- plain
    scope_id UUID NOT NULL, -- key
    currency TEXT NOT NULL, -- plain
    language TEXT NOT NULL, -- plain
    created_at BIGINT NOT NULL, -- plain
    archived_at BIGINT, -- plain
    email_index BYTEA, -- blind
    name BYTEA NOT NULL, -- sealed statutory
    particulars BYTEA NOT NULL, -- sealed statutory
    PRIMARY KEY (business, id)
);
CREATE INDEX customer_scope ON customer (business, scope_id, id);
CREATE INDEX customer_email ON customer (business, email_index);

-- An invoice, draft or issued. Amounts are readable to whoever holds the database; texts are not.
CREATE TABLE invoice (
    business UUID NOT NULL, -- key
    id UUID NOT NULL, -- key
    version BIGINT NOT NULL, -- plain
    customer UUID NOT NULL, -- key
    scope_id UUID NOT NULL, -- key
    status TEXT NOT NULL, -- plain
    series TEXT, -- plain
    number BIGINT, -- plain
    number_text TEXT, -- plain
    issued_on TEXT, -- plain
    due_on TEXT, -- plain
    currency TEXT NOT NULL, -- plain
    calculation BIGINT NOT NULL, -- plain
    lines_net BIGINT NOT NULL, -- plain
    allowances BIGINT NOT NULL, -- plain
    charges BIGINT NOT NULL, -- plain
    net_total BIGINT NOT NULL, -- plain
    tax_total BIGINT NOT NULL, -- plain
    gross_total BIGINT NOT NULL, -- plain
    prepaid BIGINT NOT NULL, -- plain
    rounding BIGINT NOT NULL, -- plain
    amount_due BIGINT NOT NULL, -- plain
    content_hash BYTEA, -- hash
    content BYTEA NOT NULL, -- sealed statutory
    UNIQUE (business, series, number),
    PRIMARY KEY (business, id)
);
CREATE INDEX invoice_scope ON invoice (business, scope_id, id);
CREATE INDEX invoice_customer ON invoice (business, customer, id);

-- The VAT breakdown of an invoice (BG-23), for returns and insights.
CREATE TABLE invoice_tax (
    business UUID NOT NULL, -- key
    invoice UUID NOT NULL, -- key
    position BIGINT NOT NULL, -- key
    category TEXT NOT NULL, -- plain
    rate TEXT NOT NULL, -- plain
    taxable BIGINT NOT NULL, -- plain
    tax BIGINT NOT NULL, -- plain
    PRIMARY KEY (business, invoice, position)
);

-- The last number given in each series. Locked by whoever takes the next one.
CREATE TABLE number_series (
    business UUID NOT NULL, -- key
    series TEXT NOT NULL, -- key
    value BIGINT NOT NULL, -- plain
    PRIMARY KEY (business, series)
);

-- An entry of the books: what it was for and when.
CREATE TABLE journal_entry (
    business UUID NOT NULL, -- key
    id UUID NOT NULL, -- key
    version BIGINT NOT NULL, -- plain
    posted_on TEXT NOT NULL, -- plain
    cause TEXT NOT NULL, -- plain
    document UUID NOT NULL, -- key
    currency TEXT NOT NULL, -- plain
    PRIMARY KEY (business, id)
);
CREATE INDEX journal_entry_document ON journal_entry (business, document);

-- One side of an entry: debits are positive, credits negative, and an entry sums to zero.
CREATE TABLE posting (
    business UUID NOT NULL, -- key
    entry UUID NOT NULL, -- key
    position BIGINT NOT NULL, -- key
    account TEXT NOT NULL, -- plain
    minor BIGINT NOT NULL, -- plain
    PRIMARY KEY (business, entry, position)
);
