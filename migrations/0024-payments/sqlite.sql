-- The list of payments costs its page: the newest received first, of everybody or of one customer, and what was taken
-- back. See migrations/README.md.

CREATE INDEX payment_received ON payment (business, received_on, id);
CREATE INDEX payment_taken_back ON payment (business, received_on, id) WHERE reversed_on IS NOT NULL;
-- Nothing looks for a customer's payments in the order of their ids.
DROP INDEX payment_customer;
CREATE INDEX payment_of_customer ON payment (business, customer, received_on, id);
