-- What is owed and paid: how each issued invoice stands, and the money that moved. See migrations/README.md for the data classes.

-- How an issued invoice stands: what is open of it, whether it was delivered, whether it was voided. The invoice itself never changes.
CREATE TABLE invoice_standing (
    business BLOB NOT NULL, -- key
    id BLOB NOT NULL, -- key
    version INTEGER NOT NULL, -- plain
    customer BLOB NOT NULL, -- key
    scope_id BLOB NOT NULL, -- key
    currency TEXT NOT NULL, -- plain
    due_on TEXT NOT NULL, -- plain
    due_minor INTEGER NOT NULL, -- plain
    open_minor INTEGER NOT NULL, -- plain
    over_minor INTEGER NOT NULL, -- plain
    delivery TEXT NOT NULL, -- plain
    delivered_on TEXT, -- plain
    voided_on TEXT, -- plain
    PRIMARY KEY (business, id)
) STRICT;
CREATE INDEX invoice_standing_due ON invoice_standing (business, due_on);

-- Money that came in. Taken back by another entry, never removed.
CREATE TABLE payment (
    business BLOB NOT NULL, -- key
    id BLOB NOT NULL, -- key
    version INTEGER NOT NULL, -- plain
    customer BLOB NOT NULL, -- key
    scope_id BLOB NOT NULL, -- key
    currency TEXT NOT NULL, -- plain
    minor INTEGER NOT NULL, -- plain
    received_on TEXT NOT NULL, -- plain
    method TEXT NOT NULL, -- plain
    reversed_on TEXT, -- plain
    particulars BLOB NOT NULL, -- sealed statutory
    PRIMARY KEY (business, id)
) STRICT;
CREATE INDEX payment_customer ON payment (business, customer, id);

-- Where a payment counts.
CREATE TABLE payment_allocation (
    business BLOB NOT NULL, -- key
    payment BLOB NOT NULL, -- key
    position INTEGER NOT NULL, -- key
    invoice BLOB NOT NULL, -- key
    minor INTEGER NOT NULL, -- plain
    PRIMARY KEY (business, payment, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX payment_allocation_invoice ON payment_allocation (business, invoice);
