//! Every numbered step, in order. Their texts stand in `migrations/`.

use crate::migrate::Migration;

macro_rules! step {
    ($number:literal, $folder:literal) => {
        Migration {
            number: $number,
            name: $folder,
            sqlite: include_str!(concat!("../../../migrations/", $folder, "/sqlite.sql")),
            postgres: include_str!(concat!("../../../migrations/", $folder, "/postgres.sql")),
        }
    };
}

/// The steps that make a schema of nothing, or of an older one.
pub static STEPS: &[Migration] = &[
    step!(1, "0001-foundation"),
    step!(2, "0002-billing"),
    step!(3, "0003-identity"),
    step!(4, "0004-door"),
    step!(5, "0005-settlement"),
    step!(6, "0006-document-links"),
    step!(7, "0007-door"),
    step!(8, "0008-delivery"),
    step!(9, "0009-catalogue"),
    step!(10, "0010-customer-import"),
    step!(11, "0011-letter-states"),
    step!(12, "0012-safekeeping"),
    step!(13, "0013-vouchers"),
    step!(14, "0014-key-uses"),
    step!(15, "0015-open-invoices"),
    step!(16, "0016-letterhead"),
    step!(17, "0017-lists"),
    step!(18, "0018-people-vouched"),
    step!(19, "0019-counts"),
    step!(20, "0020-customer-credit"),
    step!(21, "0021-backup-by"),
    step!(22, "0022-unsent"),
    step!(23, "0023-money-lists"),
    step!(24, "0024-held-rows"),
    step!(25, "0025-found"),
    step!(26, "0026-sought"),
];
