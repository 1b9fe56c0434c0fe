-- A number and a customer are found without reading an invoice. See migrations/README.md.
DROP INDEX IF EXISTS invoice_customer;
-- Numbers are ASCII: they are folded alike wherever the database speaks, and not as its language would.
ALTER TABLE invoice ALTER COLUMN number_text TYPE TEXT COLLATE "C";
CREATE INDEX IF NOT EXISTS invoice_found ON invoice (business, customer, id, scope_id, number_text);
