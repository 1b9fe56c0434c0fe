-- The lists of payments and of who owes what cost their page. See migrations/README.md.

-- What came in, the newest received first: of everybody, of one customer, and what was taken back.
CREATE INDEX payment_received ON payment (business, received_on, id);
CREATE INDEX payment_taken_back ON payment (business, received_on, id) WHERE reversed_on IS NOT NULL;
-- Nothing looks for a customer's payments in the order of their ids.
DROP INDEX payment_customer;
CREATE INDEX payment_of_customer ON payment (business, customer, received_on, id);
-- What is open, by customer and currency.
CREATE INDEX invoice_standing_owing ON invoice_standing (business, customer, currency, due_on, scope_id, open_minor) WHERE open_minor > 0;
