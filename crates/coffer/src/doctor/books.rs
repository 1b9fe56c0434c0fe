//! What the books and their engine say of themselves.

use super::Finding;
use crate::home::Home;
use coffer_kernel::{BusinessId, Timestamp};
use coffer_store::{Dialect, Facts, Refused};

/// A backup that is older than this is worth a word, in days.
const OLD: i64 = 7;

pub(super) async fn look(home: &Home) -> Vec<Finding> {
    let mut findings = match home.books.facts().await {
        Ok(facts) => engine(&facts, home.books.dialect()),
        Err(why) => vec![Finding::fail("database", why.to_string(), "Look at the database's own log.")],
    };
    findings.push(heads(home).await);
    findings.extend(kept(home).await);
    findings
}

/// Whether each log goes on from a head that was kept here.
async fn heads(home: &Home) -> Finding {
    const CHECK: &str = "log heads";
    let begun = async || {
        let mut begun = 0;
        for log in home.books.businesses().await? {
            begun += usize::from(home.books.begun_with(log).await?.is_some());
        }
        Ok::<usize, Refused>(begun)
    };
    match begun().await {
        Ok(0) => Finding::ok(CHECK, "Each log goes on from a head that was kept on this machine."),
        Ok(begun) => Finding::warn(
            CHECK,
            format!("{begun} logs go on from what the database says was signed last: no head of them was kept here."),
            "Expected on a new machine. Hold an export against the folder heads of the old one: coffer audit verify --since.",
        ),
        Err(why) => Finding::fail(CHECK, why.to_string(), "Run coffer check."),
    }
}

fn engine(facts: &Facts, dialect: Dialect) -> Vec<Finding> {
    let mut findings = vec![if facts.too_old {
        Finding::fail("database", format!("{} is too old.", facts.engine), "PostgreSQL 15 or newer is needed.")
    } else {
        Finding::ok(
            "database",
            match dialect {
                Dialect::Sqlite => format!("{}, whole file encrypted.", facts.engine),
                Dialect::Postgres => format!("{}, reached on this machine or fully verified.", facts.engine),
            },
        )
    }];
    if !facts.lossy.is_empty() {
        let settings = facts.lossy.join(", ");
        findings.push(Finding::fail(
            "durability",
            format!("The database runs with {settings}."),
            "Switch these on: a power cut would cost what was acknowledged.",
        ));
    }
    if facts.superuser {
        findings.push(Finding::warn(
            "database user",
            "Coffer signs in as the database's superuser.",
            "Give it a user of its own that owns its database and nothing else.",
        ));
    }
    if facts.clocks_differ() {
        findings.push(Finding::fail(
            "database clock",
            format!("The database's clock and this machine's differ by {} ms.", facts.skew_ms),
            "Keep both set (systemd-timesyncd, chrony).",
        ));
    }
    findings
}

async fn kept(home: &Home) -> Vec<Finding> {
    let kept = match home.books.kept(&home.operator(BusinessId::INSTALLATION)).await {
        Ok(kept) => kept,
        Err(why) => {
            return vec![Finding::fail("books", why.to_string(), "Read the log of the program, and run coffer check.")];
        }
    };
    let now = home.books.world().clock.now();
    let days = |at: Timestamp| now.duration_since(at).as_hours() / 24;
    vec![
        match kept.sheet {
            Some(sheet) => Finding::ok("sheet", format!("The recovery sheet {} is in force.", sheet.name)),
            None => Finding::warn(
                "sheet",
                "There is no recovery sheet: a lost key file means lost books.",
                "coffer recovery-sheet",
            ),
        },
        match kept.last_backup.map(|last| last.made_at) {
            None => Finding::warn(
                "backup",
                "There is no backup yet.",
                "coffer backup FILE, and keep it on another machine.",
            ),
            Some(at) if days(at) >= OLD => Finding::warn(
                "backup",
                format!("The last backup is {} days old.", days(at)),
                "coffer backup FILE, and keep it on another machine.",
            ),
            Some(at) => Finding::ok("backup", format!("The last one was made on {at}.")),
        },
    ]
}
