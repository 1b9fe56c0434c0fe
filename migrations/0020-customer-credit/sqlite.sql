-- What customers paid beyond what they owe is found without looking through all of the books: few entries touch it.
-- See migrations/README.md for the data classes.
CREATE INDEX posting_credit ON posting (business, entry, minor) WHERE account = 'customer credit';
