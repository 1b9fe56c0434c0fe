-- Mails that did not arrive are looked for at each visit of the first page. See migrations/README.md.
CREATE INDEX letter_state ON letter (business, state, id);
