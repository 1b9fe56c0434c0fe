-- How many invoices were never handed over costs no row, and what is open needs one index less. See migrations/README.md.

-- What is open, the longest due first, with all that is summed and counted of it.
DROP INDEX invoice_standing_due;
DROP INDEX invoice_standing_late;
CREATE INDEX invoice_standing_due ON invoice_standing (business, due_on, id, currency, scope_id, customer, open_minor, delivery) WHERE open_minor > 0;
