//! The doctor: looks at everything around the books that has to be right, and says what to do where it is not.
//!
//! It changes nothing. What it can look at without the books it looks at even where they do not open.

mod books;
mod certificate;
mod machine;

use crate::Ending;
use crate::arguments::Doctor;
use crate::console::Console;
use crate::ending::{Ended, FOUND};
use crate::home::Home;
use crate::places::Places;
use coffer_kernel::Clock;
use serde::Serialize;

/// How something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    Ok,
    Warn,
    Fail,
}

/// One thing that was looked at.
#[derive(Debug, Clone, Serialize)]
struct Finding {
    /// What was looked at: a stable name.
    check: &'static str,
    verdict: Verdict,
    /// How it is.
    found: String,
    /// What to do, where something is to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl Finding {
    fn ok(check: &'static str, found: impl Into<String>) -> Self {
        Self { check, verdict: Verdict::Ok, found: found.into(), next: None }
    }

    fn warn(check: &'static str, found: impl Into<String>, next: impl Into<String>) -> Self {
        Self { check, verdict: Verdict::Warn, found: found.into(), next: Some(next.into()) }
    }

    fn fail(check: &'static str, found: impl Into<String>, next: impl Into<String>) -> Self {
        Self { check, verdict: Verdict::Fail, found: found.into(), next: Some(next.into()) }
    }
}

/// Looks at everything, in the process that has the books.
pub(crate) async fn whole(home: &Home, options: &Doctor, console: &mut dyn Console) -> Result<(), Ending> {
    let mut findings = machine::look(&home.places, home.books.world().clock.as_ref());
    findings.extend(books::look(home).await);
    tell(&findings, options, console)
}

/// Looks at what there is without the books, which do not open for this reason.
pub(crate) fn without_books(
    places: &Places,
    clock: &dyn Clock,
    why: &Ending,
    options: &Doctor,
    console: &mut dyn Console,
) -> Result<(), Ending> {
    let mut findings = machine::look(places, clock);
    findings.push(Finding::fail("books", why.to_string(), "Mend that first; then run coffer doctor again."));
    tell(&findings, options, console)
}

fn tell(findings: &[Finding], options: &Doctor, console: &mut dyn Console) -> Result<(), Ending> {
    let count = |verdict: Verdict| findings.iter().filter(|finding| finding.verdict == verdict).count();
    let (warnings, failures) = (count(Verdict::Warn), count(Verdict::Fail));
    if options.json {
        console.say(&serde_json::to_string_pretty(findings)?)?;
    } else {
        for finding in findings {
            let word = match finding.verdict {
                Verdict::Ok => "ok  ",
                Verdict::Warn => "warn",
                Verdict::Fail => "FAIL",
            };
            console.say(&format_args!("{word}  {:<12} {}", finding.check, finding.found))?;
            if let Some(next) = &finding.next {
                console.say(&format_args!("{:18} → {next}", ""))?;
            }
        }
    }
    if failures == 0 {
        return Ok(());
    }
    Err(Ended::with(FOUND, format!("{failures} of these must be mended, {warnings} should be looked at.")))
}
