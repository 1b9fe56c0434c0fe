//! Bringing in what other software wrote.

use crate::Ending;
use crate::arguments::Customers;
use crate::console::Console;
use crate::home::Home;
use coffer_billing::import::{
    ImportCustomers, LARGEST_FILE, Mapping, Outcome, Report, Table, TableRefused, Wrong, read, run,
};

/// Imports customers from a CSV file, or says what would become of each row.
pub(crate) async fn customers(home: &Home, options: Customers, console: &mut dyn Console) -> Result<(), Ending> {
    let table = read(&console.take(&options.file, LARGEST_FILE)?.ok_or(TableRefused::TooLarge)?)?;
    let mut changes = Vec::new();
    for pair in &options.map {
        let wrong = || format!("{pair} is not of the form COLUMN=FIELD, e.g. Firma=name, or Notes=- for none.");
        changes.push(pair.rsplit_once('=').ok_or_else(wrong)?);
    }
    let mapping = Mapping::guess_and_change(&table, changes)?;
    show_mapping(&table, &mapping, console)?;
    let order = ImportCustomers { table, mapping, dry: options.dry_run };
    let report = run(&home.books, &home.operator(options.business), order).await?;
    show_report(&report, console)?;
    if let Some(file) = &options.report {
        console.give(&mut report.to_csv().as_bytes(), file)?;
    }
    Ok(())
}

fn show_mapping(table: &Table, mapping: &Mapping, console: &mut dyn Console) -> Result<(), Ending> {
    for (place, name) in table.header.iter().enumerate() {
        let field = mapping.0.get(&place).map_or("-", |field| field.code());
        console.say(&format_args!("{name} \u{2192} {field}"))?;
    }
    Ok(())
}

/// The rows somebody should look at, then how many became what.
fn show_report(report: &Report, console: &mut dyn Console) -> Result<(), Ending> {
    for row in &report.rows {
        if let Outcome::Refused(wrong) = &row.outcome {
            for Wrong { column, detail, .. } in wrong {
                let column = column.as_ref().map(|column| format!(", {column}")).unwrap_or_default();
                console.say(&format_args!("line {}{column}: {detail}", row.line))?;
            }
        } else if !row.outcome.detail().is_empty() {
            console.say(&format_args!("line {}: {}", row.line, row.outcome.detail()))?;
        }
    }
    let counts = ["ready", "added", "there", "resembles", "namesake", "repeats", "refused"]
        .map(|word| (word, report.count(word)));
    let counts = counts.into_iter().filter(|(_, count)| *count > 0).map(|(word, count)| format!("{count} {word}"));
    console.say(&format_args!("{} rows: {}", report.rows.len(), counts.collect::<Vec<_>>().join(", ")))
}
