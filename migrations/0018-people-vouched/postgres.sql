-- How somebody proves who they are (password, second step, spare codes) is vouched for like everything else that lets somebody
-- in. The program that applies this step vouches for the people that fit their record (docs/decisions/0012-vouchers.md).
-- See migrations/README.md for the data classes.
ALTER TABLE user_account ADD COLUMN voucher BYTEA; -- blind
