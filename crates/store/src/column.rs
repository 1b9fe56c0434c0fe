//! Sealed columns: a place with a class, declared once beside the statements that use it.

use coffer_keys::Class;

/// A column whose values are sealed. The class decides under which of the subject's two keys; `cargo xtask tidy` holds
/// it against the migration's annotation.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub name: &'static str,
    /// What law says about keeping it.
    pub class: Class,
}

impl Column {
    /// A column that law makes one keep.
    #[must_use]
    pub const fn statutory(table: &'static str, name: &'static str) -> Self {
        Self { table, name, class: Class::Statutory }
    }
    /// Any other column.
    #[must_use]
    pub const fn other(table: &'static str, name: &'static str) -> Self {
        Self { table, name, class: Class::Other }
    }
}
