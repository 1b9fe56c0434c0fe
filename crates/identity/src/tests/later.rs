//! Books made to be those of before.

/// What takes the steps after the eighteenth back.
pub(super) const SINCE_STEP_18: [&str; 21] = [
    "DROP INDEX invoice_standing_owed",
    "DROP INDEX invoice_of_customer",
    "DROP INDEX invoice_sought",
    "ALTER TABLE business DROP COLUMN digest",
    "ALTER TABLE customer DROP COLUMN digest",
    "ALTER TABLE item DROP COLUMN digest",
    "ALTER TABLE invoice DROP COLUMN digest",
    "ALTER TABLE invoice_standing DROP COLUMN digest",
    "ALTER TABLE payment DROP COLUMN digest",
    "ALTER TABLE delivery_settings DROP COLUMN digest",
    "ALTER TABLE letterhead DROP COLUMN digest",
    "ALTER TABLE letter DROP COLUMN digest",
    "ALTER TABLE recovery_sheet DROP COLUMN digest",
    "DROP INDEX invoice_standing_owing",
    "DROP INDEX payment_of_customer",
    "DROP INDEX payment_taken_back",
    "DROP INDEX payment_received",
    "CREATE INDEX payment_customer ON payment (business, customer, id)",
    "CREATE INDEX invoice_standing_late ON invoice_standing (business, due_on, id)",
    "ALTER TABLE backup_made DROP COLUMN made_by",
    "DROP INDEX posting_credit",
];
