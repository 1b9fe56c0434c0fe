-- A number and a customer are found without reading an invoice. See migrations/README.md.
DROP INDEX IF EXISTS invoice_customer;
CREATE INDEX IF NOT EXISTS invoice_found ON invoice (business, customer, id, scope_id, number_text);
