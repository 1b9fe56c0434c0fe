-- What is owed, by whom and how it is said is held against the digest of its row wherever one is locked, shown or leaves, as what
-- lets somebody in is against its voucher. The program that applies this step gives one to each row that fits the log
-- (docs/decisions/0012-vouchers.md). See migrations/README.md for the data classes.
ALTER TABLE business ADD COLUMN digest BYTEA; -- blind
ALTER TABLE customer ADD COLUMN digest BYTEA; -- blind
ALTER TABLE item ADD COLUMN digest BYTEA; -- blind
ALTER TABLE invoice ADD COLUMN digest BYTEA; -- blind
ALTER TABLE invoice_standing ADD COLUMN digest BYTEA; -- blind
ALTER TABLE payment ADD COLUMN digest BYTEA; -- blind
ALTER TABLE delivery_settings ADD COLUMN digest BYTEA; -- blind
ALTER TABLE letterhead ADD COLUMN digest BYTEA; -- blind
ALTER TABLE letter ADD COLUMN digest BYTEA; -- blind
ALTER TABLE recovery_sheet ADD COLUMN digest BYTEA; -- blind
