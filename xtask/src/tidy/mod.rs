//! The rules of the road, as a test. Each rule is a file with a bad example that it must find.

mod actions;
mod budgets;
mod columns;
mod commands;
mod primitives;
mod promises;
mod rooms;
mod rows;
mod sealed;
mod statements;
mod unused;
mod words;

pub(crate) use budgets::over_budget;

/// Checks every rule and says everything that breaks one.
pub(crate) fn run() -> Result<(), String> {
    let rules = [
        actions::check(),
        rooms::check(),
        primitives::check(),
        statements::check(),
        columns::check(),
        commands::check(),
        rows::check(),
        sealed::check(),
        words::check(),
        promises::check(),
        budgets::check(),
        unused::check(),
    ];
    crate::deep::report();
    let broken: Vec<String> = rules.into_iter().flatten().collect();
    if broken.is_empty() { Ok(()) } else { Err(format!("{} rules are broken:\n{}", broken.len(), broken.join("\n"))) }
}
