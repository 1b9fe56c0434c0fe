//! Whether the certificate is still good.

use super::Finding;
use coffer_kernel::Timestamp;
use coffer_web::tls::validity;
use std::fs;
use std::path::Path;

/// With fewer days left than this it is time to act.
const DAYS: i64 = 21;

pub(super) fn look(folder: &Path, now: Timestamp) -> Finding {
    const CHECK: &str = "certificate";
    let path = folder.join("server.pem");
    let Ok(pem) = fs::read_to_string(&path) else {
        return Finding::ok(CHECK, "It is made at the first coffer serve.");
    };
    let again =
        format!("Remove {} and start coffer serve again: it makes new ones. Then coffer trust.", folder.display());
    match validity(&pem) {
        Err(why) => Finding::fail(CHECK, why.to_string(), again),
        Ok((from, _)) if now < from => {
            Finding::fail(CHECK, format!("It is good only from {from} on."), "Set the clock.")
        }
        Ok((_, until)) if until <= now => {
            Finding::fail(CHECK, format!("It ended on {until}."), "Restart coffer serve: it renews it.")
        }
        Ok((_, until)) if until.duration_since(now).as_hours() < DAYS * 24 => {
            Finding::warn(CHECK, format!("It ends on {until}."), "Restart coffer serve: it renews it.")
        }
        Ok((_, until)) => Finding::ok(CHECK, format!("It is good until {until}.")),
    }
}
