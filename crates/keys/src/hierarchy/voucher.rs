//! What stands in rows that let somebody in: tokens under keyed indexes, and vouchers over what the rows grant.
//!
//! With the key of the installation and nothing less can such a row be made: whoever only writes the database makes one
//! that nobody looks at (control C36, C37). What a voucher cannot see is an older row put back as it was.

use super::{BusinessKeys, tag};
use crate::TokenHash;
use crate::encoding::joined;
use aws_lc_rs::hmac;

impl BusinessKeys {
    /// What a token is looked up by: its hash under this key. The hash alone finds nothing.
    #[must_use]
    pub fn token_index(&self, hash: &TokenHash) -> [u8; 32] {
        tag(&self.door, &joined("coffer/v1/token index", &[hash.as_bytes()]))
    }

    /// The voucher of a row of this table: a keyed code (HMAC-SHA256) over what it grants, in a form that is equal for
    /// equal grants only.
    #[must_use]
    pub fn voucher(&self, table: &str, grant: &[u8]) -> [u8; 32] {
        tag(&self.door, &voucher_message(table, grant))
    }

    /// Whether this is the voucher of such a row. Takes as long for a wrong one as for a right one.
    #[must_use]
    pub fn vouches(&self, table: &str, grant: &[u8], voucher: &[u8]) -> bool {
        hmac::verify(&self.door, &voucher_message(table, grant), voucher).is_ok()
    }
}

fn voucher_message(table: &str, grant: &[u8]) -> Vec<u8> {
    joined("coffer/v1/voucher", &[table.as_bytes(), grant])
}
