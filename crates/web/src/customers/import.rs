//! Customers from a file, seen from outside.

use crate::App;
use crate::api::shape::described;
use crate::body::Body;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::upload::apart;
use axum::extract::State;
use axum::response::IntoResponse;
use coffer_billing::import::{ImportCustomers, ImportRefused, Mapping, Outcome, RowReport, Table, Wrong, read, run};
use coffer_kernel::CustomerId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

described! {
    /// A file to be imported.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(crate) struct CustomerFile {
        /// The file's text: a first line with the names of the columns, then a customer a line.
        csv: String,
        /// Columns that are other fields than guessed: a field's code, or `-` for none.
        #[serde(default)]
        mapping: BTreeMap<String, String>,
        /// Whether to say what would become of each row, and write nothing.
        #[serde(default)]
        dry_run: bool,
    }

    /// What became of a file.
    #[derive(Serialize)]
    pub(crate) struct ImportReport {
        /// Which column was taken for which field.
        mapping: BTreeMap<String, &'static str>,
        /// What became of each row.
        rows: Vec<ImportRow>,
    }

    /// What became of a row.
    #[derive(Serialize)]
    pub(crate) struct ImportRow {
        /// Its line in the file, from 1.
        line: u64,
        /// What became of it.
        outcome: &'static str,
        /// The customer it is about; null where there is none.
        customer: Option<CustomerId>,
        /// All for which it was refused; empty where it was not.
        wrong: Vec<ImportWrong>,
        /// A sentence for a person.
        detail: Option<String>,
    }

    /// One thing that is wrong with a row.
    #[derive(Serialize)]
    pub(crate) struct ImportWrong {
        /// The column it stands in; null where it is the whole row.
        column: Option<String>,
        /// What it is, by its stable name.
        code: &'static str,
        /// What, why, what to do.
        detail: String,
    }
}

impl From<RowReport> for ImportRow {
    fn from(row: RowReport) -> Self {
        let (outcome, customer) = (row.outcome.word(), row.outcome.customer());
        let detail = Some(row.outcome.detail()).filter(|detail| !detail.is_empty());
        let wrong = if let Outcome::Refused(wrong) = row.outcome { wrong } else { Vec::new() };
        let wrong = wrong.into_iter().map(|Wrong { column, code, detail, .. }| ImportWrong { column, code, detail });
        Self { line: row.line, outcome, customer, wrong: wrong.collect(), detail }
    }
}

/// `POST /api/v1/customers/import`
///
/// It may be sent again: rows that are there stay as they are.
pub(crate) async fn import(
    State(app): State<App>,
    Caller(actor): Caller,
    body: Body<CustomerFile>,
) -> Result<impl IntoResponse, Problem> {
    let CustomerFile { csv, mapping, dry_run } = body.value;
    let (table, mapping) = apart(move || understood(&csv, &mapping)).await??;
    let named = named(&table, &mapping);
    let report = run(&app.books, &actor, ImportCustomers { table, mapping, dry: dry_run }).await?;
    Ok(axum::Json(ImportReport { mapping: named, rows: report.rows.into_iter().map(ImportRow::from).collect() }))
}

/// The table in a text, and which of its columns is what.
fn understood(csv: &str, changes: &BTreeMap<String, String>) -> Result<(Table, Mapping), Problem> {
    let table = read(csv.as_bytes())?;
    let changes = changes.iter().map(|(column, field)| (column.as_str(), field.as_str()));
    let mapping = Mapping::guess_and_change(&table, changes).map_err(ImportRefused::Mapping)?;
    Ok((table, mapping))
}

fn named(table: &Table, mapping: &Mapping) -> BTreeMap<String, &'static str> {
    let name = |place: &usize| table.header.get(*place).cloned();
    mapping.0.iter().filter_map(|(place, field)| Some((name(place)?, field.code()))).collect()
}
