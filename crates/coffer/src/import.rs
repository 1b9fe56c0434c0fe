//! Bringing in what other software wrote.

use crate::Ending;
use crate::arguments::Customers;
use crate::home::Home;
use crate::world::say;
use coffer_billing::import::{ImportCustomers, LARGEST_FILE, Mapping, Outcome, Report, Table, read, run};

/// Imports customers from a CSV file, or says what would become of each row.
pub(crate) async fn customers(home: &Home, options: Customers) -> Result<(), Ending> {
    let size = std::fs::metadata(&options.file)?.len();
    if size > LARGEST_FILE as u64 {
        return Err(coffer_billing::import::TableRefused::TooLarge.into());
    }
    let table = read(&std::fs::read(&options.file)?)?;
    let mut changes = Vec::new();
    for pair in &options.map {
        let wrong = || format!("{pair} is not of the form COLUMN=FIELD, e.g. Firma=name, or Notes=- for none.");
        changes.push(pair.rsplit_once('=').ok_or_else(wrong)?);
    }
    let mapping = Mapping::guess_and_change(&table, changes)?;
    show_mapping(&table, &mapping);
    let order = ImportCustomers { table, mapping, dry: options.dry_run };
    let report = run(&home.books, &home.operator(options.business), order).await?;
    show_report(&report);
    if let Some(file) = &options.report {
        std::fs::write(file, report.to_csv())?;
    }
    Ok(())
}

fn show_mapping(table: &Table, mapping: &Mapping) {
    for (place, name) in table.header.iter().enumerate() {
        say(format_args!("{name} \u{2192} {}", mapping.0.get(&place).map_or("-", |field| field.code())));
    }
}

/// The rows somebody should look at, then how many became what.
fn show_report(report: &Report) {
    for row in &report.rows {
        if let Outcome::Refused { column, detail, .. } = &row.outcome {
            let column = column.as_ref().map(|column| format!(", {column}")).unwrap_or_default();
            say(format_args!("line {}{column}: {detail}", row.line));
        } else if !row.outcome.detail().is_empty() {
            say(format_args!("line {}: {}", row.line, row.outcome.detail()));
        }
    }
    let counts = ["ready", "added", "there", "resembles", "repeats", "refused"].map(|word| (word, report.count(word)));
    let counts = counts.into_iter().filter(|(_, count)| *count > 0).map(|(word, count)| format!("{count} {word}"));
    say(format_args!("{} rows: {}", report.rows.len(), counts.collect::<Vec<_>>().join(", ")));
}
