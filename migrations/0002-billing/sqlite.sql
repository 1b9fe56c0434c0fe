-- What happens to money: business, customers, invoices, books. See migrations/README.md for the data classes.

-- A business's particulars: who sells, where, in which currency and time zone.
CREATE TABLE business (
    business BLOB NOT NULL, -- key
    id BLOB NOT NULL, -- key
    version INTEGER NOT NULL, -- plain
    country TEXT NOT NULL, -- plain
    currency TEXT NOT NULL, -- plain
    time_zone TEXT NOT NULL, -- plain
    language TEXT NOT NULL, -- plain
    terms_days INTEGER NOT NULL, -- plain
    number_prefix TEXT NOT NULL, -- plain
    show_account INTEGER NOT NULL, -- plain
    particulars BLOB NOT NULL, -- sealed statutory
    account BLOB, -- sealed statutory
    PRIMARY KEY (business, id)
) STRICT;

-- The standing relation with somebody who is billed.
CREATE TABLE customer (
    business BLOB NOT NULL, -- key
    id BLOB NOT NULL, -- key
    version INTEGER NOT NULL, -- plain
    scope_id BLOB NOT NULL, -- key
    currency TEXT NOT NULL, -- plain
    language TEXT NOT NULL, -- plain
    created_at INTEGER NOT NULL, -- plain
    archived_at INTEGER, -- plain
    email_index BLOB, -- blind
    name BLOB NOT NULL, -- sealed statutory
    particulars BLOB NOT NULL, -- sealed statutory
    PRIMARY KEY (business, id)
) STRICT;
CREATE INDEX customer_scope ON customer (business, scope_id, id);
CREATE INDEX customer_email ON customer (business, email_index);

-- An invoice, draft or issued. Amounts are readable to whoever holds the database; texts are not.
CREATE TABLE invoice (
    business BLOB NOT NULL, -- key
    id BLOB NOT NULL, -- key
    version INTEGER NOT NULL, -- plain
    customer BLOB NOT NULL, -- key
    scope_id BLOB NOT NULL, -- key
    status TEXT NOT NULL, -- plain
    series TEXT, -- plain
    number INTEGER, -- plain
    number_text TEXT, -- plain
    issued_on TEXT, -- plain
    due_on TEXT, -- plain
    currency TEXT NOT NULL, -- plain
    calculation INTEGER NOT NULL, -- plain
    lines_net INTEGER NOT NULL, -- plain
    allowances INTEGER NOT NULL, -- plain
    charges INTEGER NOT NULL, -- plain
    net_total INTEGER NOT NULL, -- plain
    tax_total INTEGER NOT NULL, -- plain
    gross_total INTEGER NOT NULL, -- plain
    prepaid INTEGER NOT NULL, -- plain
    rounding INTEGER NOT NULL, -- plain
    amount_due INTEGER NOT NULL, -- plain
    content_hash BLOB, -- hash
    content BLOB NOT NULL, -- sealed statutory
    UNIQUE (business, series, number),
    PRIMARY KEY (business, id)
) STRICT;
CREATE INDEX invoice_scope ON invoice (business, scope_id, id);
CREATE INDEX invoice_customer ON invoice (business, customer, id);

-- The VAT breakdown of an invoice (BG-23), for returns and insights.
CREATE TABLE invoice_tax (
    business BLOB NOT NULL, -- key
    invoice BLOB NOT NULL, -- key
    position INTEGER NOT NULL, -- key
    category TEXT NOT NULL, -- plain
    rate TEXT NOT NULL, -- plain
    taxable INTEGER NOT NULL, -- plain
    tax INTEGER NOT NULL, -- plain
    PRIMARY KEY (business, invoice, position)
) STRICT, WITHOUT ROWID;

-- The last number given in each series. Locked by whoever takes the next one.
CREATE TABLE number_series (
    business BLOB NOT NULL, -- key
    series TEXT NOT NULL, -- key
    value INTEGER NOT NULL, -- plain
    PRIMARY KEY (business, series)
) STRICT, WITHOUT ROWID;

-- An entry of the books: what it was for and when.
CREATE TABLE journal_entry (
    business BLOB NOT NULL, -- key
    id BLOB NOT NULL, -- key
    version INTEGER NOT NULL, -- plain
    posted_on TEXT NOT NULL, -- plain
    cause TEXT NOT NULL, -- plain
    document BLOB NOT NULL, -- key
    currency TEXT NOT NULL, -- plain
    PRIMARY KEY (business, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_entry_document ON journal_entry (business, document);

-- One side of an entry: debits are positive, credits negative, and an entry sums to zero.
CREATE TABLE posting (
    business BLOB NOT NULL, -- key
    entry BLOB NOT NULL, -- key
    position INTEGER NOT NULL, -- key
    account TEXT NOT NULL, -- plain
    minor INTEGER NOT NULL, -- plain
    PRIMARY KEY (business, entry, position)
) STRICT, WITHOUT ROWID;
