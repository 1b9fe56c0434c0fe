-- What is owed and paid: how each issued invoice stands, and the money that moved. See migrations/README.md for the data classes.

-- How an issued invoice stands: what is open of it, whether it was delivered, whether it was voided. The invoice itself never changes.
CREATE TABLE invoice_standing (
    business UUID NOT NULL, -- key
    id UUID NOT NULL, -- key
    version BIGINT NOT NULL, -- plain
    customer UUID NOT NULL, -- key
    scope_id UUID NOT NULL, -- key
    currency TEXT NOT NULL, -- plain
    due_on TEXT NOT NULL, -- plain
    due_minor BIGINT NOT NULL, -- plain
    open_minor BIGINT NOT NULL, -- plain
    over_minor BIGINT NOT NULL, -- plain
    delivery TEXT NOT NULL, -- plain
    delivered_on TEXT, -- plain
    voided_on TEXT, -- plain
    PRIMARY KEY (business, id)
);
CREATE INDEX invoice_standing_due ON invoice_standing (business, due_on);

-- Money that came in. Taken back by another entry, never removed.
CREATE TABLE payment (
    business UUID NOT NULL, -- key
    id UUID NOT NULL, -- key
    version BIGINT NOT NULL, -- plain
    customer UUID NOT NULL, -- key
    scope_id UUID NOT NULL, -- key
    currency TEXT NOT NULL, -- plain
    minor BIGINT NOT NULL, -- plain
    received_on TEXT NOT NULL, -- plain
    method TEXT NOT NULL, -- plain
    reversed_on TEXT, -- plain
    particulars BYTEA NOT NULL, -- sealed statutory
    PRIMARY KEY (business, id)
);
CREATE INDEX payment_customer ON payment (business, customer, id);

-- Where a payment counts.
CREATE TABLE payment_allocation (
    business UUID NOT NULL, -- key
    payment UUID NOT NULL, -- key
    position BIGINT NOT NULL, -- key
    invoice UUID NOT NULL, -- key
    minor BIGINT NOT NULL, -- plain
    PRIMARY KEY (business, payment, position)
);
CREATE INDEX payment_allocation_invoice ON payment_allocation (business, invoice);
