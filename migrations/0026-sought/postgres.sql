-- A search asks for the ids of one page along an index, and what is owed in all is summed along one. See migrations/README.md.

DROP INDEX invoice_found;
-- Numbers, the newest first, of whoever may see them.
CREATE INDEX invoice_sought ON invoice (business, scope_id, id, customer, number_text);
-- A customer's invoices, the newest first.
CREATE INDEX invoice_of_customer ON invoice (business, customer, id, scope_id);
-- What is open, by currency and day.
CREATE INDEX invoice_standing_owed ON invoice_standing (business, currency, due_on, scope_id, open_minor) WHERE open_minor > 0;
