-- Rows that let somebody in are vouched for with the installation's key, and tokens are looked up by hashes under it: the
-- hash columns of these tables hold those from here on. The program that applies this step vouches for what stands
-- (docs/decisions/0012-vouchers.md). See migrations/README.md for the data classes.
ALTER TABLE api_key ADD COLUMN voucher BYTEA; -- blind
ALTER TABLE entry_link ADD COLUMN voucher BYTEA; -- blind
ALTER TABLE document_link ADD COLUMN voucher BYTEA; -- blind
ALTER TABLE session ADD COLUMN voucher BYTEA; -- blind
ALTER TABLE membership ADD COLUMN voucher BYTEA; -- blind

-- Sign-ins of before end: their people sign in again.
DELETE FROM session;
