-- Repetitions are counted in memory, where nobody who writes the database alters them (docs/decisions/0012-vouchers.md).
DROP TABLE IF EXISTS refusal_tally;
