//! The operations of the household: who works here and which programs do, whether the books would come back, and the
//! history.

use super::operation::Operation;
use crate::api_keys::{ApiKeyList, MadeApiKey, NewApiKey};
use crate::backup::Safekeeping;
use crate::history::{HistoryPage, HistoryQuery};
use crate::people::{InvitationList, PersonList};
use crate::{api_keys, backup, history, people};
use coffer_identity::api_keys::CreateRefused;
use coffer_kernel::Action;
use coffer_store::backup::BackUpRefused;
use coffer_store::cursor::PageRefused;
use serde_json::json;

pub(super) fn of_people_and_keys() -> Vec<Operation> {
    let keys = "/api/v1/api-keys";
    vec![
        Operation::get("/api/v1/people", Action::ReadPeople, people::list)
            .named("listPeople", "List who works here")
            .answers::<PersonList>(200),
        Operation::get("/api/v1/invitations", Action::ReadPeople, people::invitations)
            .named("listInvitations", "List invitations that nobody has used yet")
            .answers::<InvitationList>(200),
        Operation::get(keys, Action::RevokeApiKey, api_keys::list)
            .named("listApiKeys", "List the keys of programs")
            .answers::<ApiKeyList>(200),
        Operation::post(keys, Action::CreateApiKey, api_keys::create)
            .named("createApiKey", "Make a key for another program")
            .details("It can do no more than the key that makes it, ends no later and with it, and makes no keys itself. Its secret is shown once: no Idempotency-Key brings it back.")
            .takes::<NewApiKey>(json!({ "name": "Nightly export", "role": "auditor", "scopes": ["log.read"] }))
            .answers::<MadeApiKey>(201)
            .refuses::<CreateRefused>(),
        Operation::post("/api/v1/api-keys/{key}/revoke", Action::RevokeApiKey, api_keys::revoke)
            .named("revokeApiKey", "Revoke a key")
            .details("It opens nothing from its next request on, and neither do the keys it made.")
            .bare()
            .answers_nothing(),
    ]
}

pub(super) fn of_safekeeping() -> Vec<Operation> {
    let backup = "/api/v1/backup";
    vec![
        Operation::get(backup, Action::BackUp, backup::get)
            .named("getSafekeeping", "Get which recovery sheet is in force, and when a backup was made last")
            .answers::<Safekeeping>(200),
        Operation::post(backup, Action::BackUp, backup::make)
            .named("makeBackup", "Make a backup of the installation")
            .details("Encrypted; the recovery sheet in force opens it.")
            .bare()
            .answers_file()
            .refuses::<BackUpRefused>(),
        Operation::get("/api/v1/history", Action::ReadLog, history::list)
            .named("listHistory", "List what was done, refused and shown, newest first")
            .details("From the log that cannot be altered unseen. No personal data stands in it.")
            .asks::<HistoryQuery>()
            .answers::<HistoryPage>(200)
            .refuses::<PageRefused>(),
        Operation::get("/api/v1/history/export", Action::ReadLog, history::export)
            .named("exportHistory", "Get the whole history as a file")
            .details("Every record and every signed state, for `coffer audit verify`. That it was exported is the last record in it.")
            .answers_file(),
    ]
}
