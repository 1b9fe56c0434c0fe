//! Statements that nobody waits for, held back until something is asked for: rows of one table that follow each other
//! go as one statement, because each statement costs the server a turn of its own.

use crate::Value;
use std::collections::HashMap;
use tokio_postgres::Statement;

/// How many rows one statement takes at most.
const MOST_ROWS: usize = 64;

/// One statement that is held back.
pub(super) struct Held {
    pub(super) sql: &'static str,
    pub(super) values: Vec<Value>,
    /// It has to touch a row.
    pub(super) takes: bool,
}

/// So many rows from this place on go as one statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) first: usize,
    pub(super) rows: usize,
}

/// How what is held is sent.
pub(super) fn runs(held: &[Held]) -> Vec<Run> {
    let mut runs = Vec::with_capacity(held.len());
    let mut first = 0;
    while let Some(next) = held.get(first) {
        let alike = held.iter().skip(first).take_while(|other| other.sql == next.sql).count();
        let rows = if next.takes || split(next.sql).is_none() { 1 } else { few(alike) };
        runs.push(Run { first, rows });
        first += rows;
    }
    runs
}

/// All up to eight, then powers of two, so that few statements are ever prepared.
fn few(rows: usize) -> usize {
    if rows <= 8 { rows } else { (1 << rows.ilog2()).min(MOST_ROWS) }
}

/// What stands before the row of a bare INSERT, and the row.
fn split(sql: &str) -> Option<(&str, &str)> {
    let (head, row) = sql.split_once(" VALUES ")?;
    let bare = sql.starts_with("INSERT INTO ") && row.starts_with('(') && row.ends_with(')');
    let plain = !row.contains('\'') && row.matches('(').count() == 1;
    (bare && plain).then_some((head, row))
}

/// The same INSERT for so many rows of so many parameters each.
pub(super) fn for_rows(sql: &str, rows: usize, parameters: usize) -> String {
    let Some((head, row)) = split(sql) else { return sql.to_owned() };
    let shifted = (0..rows).map(|place| shifted(row, place * parameters)).collect::<Vec<_>>();
    format!("{head} VALUES {}", shifted.join(", "))
}

/// The row with its parameters' numbers moved up.
fn shifted(row: &str, by: usize) -> String {
    let mut parts = row.split('$');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, rest) = part.split_at(digits);
        let number = number.parse().map_or(0, |number: usize| number + by);
        text.push_str(&format!("${number}{rest}"));
    }
    text
}

/// Prepared statements, found by where their text lies and how many rows they take: a text is long to hash.
#[derive(Default)]
pub(super) struct Prepared(HashMap<(usize, usize, usize), Statement>);

impl Prepared {
    pub(super) fn get(&self, sql: &'static str, rows: usize) -> Option<&Statement> {
        self.0.get(&(sql.as_ptr() as usize, sql.len(), rows))
    }
    pub(super) fn keep(&mut self, sql: &'static str, rows: usize, statement: Statement) {
        self.0.insert((sql.as_ptr() as usize, sql.len(), rows), statement);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INSERT: &str = "INSERT INTO t (a, b, c) VALUES ($1, 'x', $2)";
    const PLAIN: &str = "INSERT INTO t (a, b) VALUES ($1, $2)";
    const UPSERT: &str = "INSERT INTO t (a, b) VALUES ($1, $2) ON CONFLICT (a) DO NOTHING";

    fn held(texts: &[&'static str]) -> Vec<Held> {
        texts.iter().map(|sql| Held { sql, values: Vec::new(), takes: false }).collect()
    }

    #[test]
    fn rows_of_one_table_that_follow_each_other_go_together() {
        let rows = |texts: &[&'static str]| runs(&held(texts)).iter().map(|run| run.rows).collect::<Vec<_>>();
        assert_eq!(rows(&[PLAIN, PLAIN, PLAIN, UPSERT, UPSERT, PLAIN]), [3, 1, 1, 1]);
        assert_eq!(rows(&[INSERT, INSERT]), [1, 1], "a text in a row is left alone");
        assert_eq!(rows(&[PLAIN; 11]), [8, 3]);
        assert_eq!(rows(&[PLAIN; 130]), [64, 64, 2]);
    }

    #[test]
    fn parameters_are_numbered_on() {
        assert_eq!(for_rows(PLAIN, 3, 2), "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4), ($5, $6)");
    }
}
