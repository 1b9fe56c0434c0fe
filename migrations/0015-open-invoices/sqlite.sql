-- Lists and sums of what is open cost what is open, however much was paid before. See migrations/README.md.

-- What is open, by day, with all that is summed of it.
DROP INDEX invoice_standing_due;
CREATE INDEX invoice_standing_due ON invoice_standing (business, due_on, currency, scope_id, customer, open_minor) WHERE open_minor > 0;
-- What is open, voided or a draft, in the order of lists.
CREATE INDEX invoice_standing_open ON invoice_standing (business, id) WHERE open_minor > 0;
CREATE INDEX invoice_standing_void ON invoice_standing (business, id) WHERE voided_on IS NOT NULL;
CREATE INDEX invoice_draft ON invoice (business, id) WHERE status = 'draft';
-- What was billed in a month; the scope alone was never looked for.
DROP INDEX invoice_scope;
CREATE INDEX invoice_billed ON invoice (business, currency, issued_on, scope_id, id, net_total);
-- Nothing looks for the document of an entry.
DROP INDEX journal_entry_document;
