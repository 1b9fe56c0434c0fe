-- The lists of what is late and of what is paid cost their page. See migrations/README.md.

-- What is open, the longest due first.
CREATE INDEX invoice_standing_late ON invoice_standing (business, due_on, id) WHERE open_minor > 0;
-- What has nothing open any more, in the order of lists.
CREATE INDEX invoice_standing_paid ON invoice_standing (business, id) WHERE open_minor <= 0 AND voided_on IS NULL;
