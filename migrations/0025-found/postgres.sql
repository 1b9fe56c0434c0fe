-- A number and a customer are found without reading an invoice. See migrations/README.md.
DROP INDEX invoice_customer;
CREATE INDEX invoice_found ON invoice (business, customer, id, scope_id, number_text);
