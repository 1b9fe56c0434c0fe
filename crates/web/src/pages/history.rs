//! The history of the business: who did what and when, in words; and the whole of it as a file that anybody can verify.

use super::customers::business_name;
use super::refused::refused;
use crate::App;
use crate::look::answer::Html;
use crate::look::role_name;
use crate::look::{Head, choice, inside};
use crate::visitor::Inside;
use crate::words::Words;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use coffer_identity::history::{self, Kept, Line, Lines, ListHistory};
use coffer_kernel::{Action, InvoiceId, Role, TypedId};
use coffer_store::{Leaf, Outcome};
use maud::{Markup, html};

/// What a record says, and the words for it.
const EVENTS: [(&str, &str); 36] = [
    ("business.founded", "event-business-founded"),
    ("business.revised", "event-business-revised"),
    ("business.account_changed", "event-business-account-changed"),
    ("business.letterhead_revised", "event-business-letterhead-revised"),
    ("backup.made", "event-backup-made"),
    ("delivery.set_up", "event-delivery-set-up"),
    ("customer.added", "event-customer-added"),
    ("customer.revised", "event-customer-revised"),
    ("customer.imported", "event-customer-imported"),
    ("item.added", "event-item-added"),
    ("item.revised", "event-item-revised"),
    ("item.retired", "event-item-retired"),
    ("invoice.drafted", "event-invoice-drafted"),
    ("invoice.revised", "event-invoice-revised"),
    ("invoice.draft_deleted", "event-draft-deleted"),
    ("invoice.issued", "event-invoice-issued"),
    ("invoice.voided", "event-invoice-voided"),
    ("invoice.rendered", "event-invoice-rendered"),
    ("invoice.link_made", "event-invoice-link-made"),
    ("invoice.links_ended", "event-invoice-links-ended"),
    ("invoice.letter_written", "event-invoice-letter-written"),
    ("invoice.letter_leaving", "event-invoice-letter-leaving"),
    ("invoice.delivery_recorded", "event-invoice-delivery-recorded"),
    ("invoice.marked_sent", "event-invoice-marked-sent"),
    ("invoice.opened", "event-invoice-opened"),
    ("payment.recorded", "event-payment-recorded"),
    ("payment.reversed", "event-payment-reversed"),
    ("person.joined", "event-person-joined"),
    ("person.invited", "event-person-invited"),
    ("invitation.cancelled", "event-invitation-cancelled"),
    ("person.revised", "event-person-revised"),
    ("person.left", "event-person-left"),
    ("user.recovery_begun", "event-user-recovery-begun"),
    ("api_key.created", "event-api-key-created"),
    ("api_key.revoked", "event-api-key-revoked"),
    ("log.exported", "event-log-exported"),
];

/// What sealed data is called, by its table.
const KINDS: [(&str, &str); 11] = [
    ("customer", "shown-customers"),
    ("item", "shown-items"),
    ("invoice", "shown-invoices"),
    ("payment", "shown-payments"),
    ("business", "shown-business"),
    ("letterhead", "shown-letterhead"),
    ("entry_link", "shown-invitations"),
    ("api_key", "shown-keys"),
    ("log_detail", "shown-history"),
    ("rendition", "shown-papers"),
    ("letter", "shown-letters"),
];

/// The filters, by their names in the address.
const FILTERS: [(&str, Kept, &str); 4] = [
    ("done", Kept::Done, "history-done"),
    ("shown", Kept::Shown, "history-shown"),
    ("refused", Kept::Refused, "history-refused"),
    ("all", Kept::All, "history-all"),
];

/// What stands behind the question mark.
#[derive(Debug, Default, serde::Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    only: String,
    #[serde(default)]
    by: String,
    before: Option<i64>,
}

/// `GET /history`
pub(crate) async fn list(State(app): State<App>, person: Inside, Query(asked): Query<Asked>) -> Response {
    let words = person.words;
    let kept = FILTERS.iter().find(|(name, ..)| *name == asked.only).map_or(Kept::Done, |(_, kept, _)| *kept);
    let query = ListHistory { kept, by: asked.by.parse().ok(), before: asked.before };
    let lines = match history::list(&app.door, &person.actor, query).await {
        Ok(lines) => lines,
        Err(no) => return refused(words, no),
    };
    let verifier = match app.books.log_verifier(person.actor.business()).await {
        Ok(verifier) => verifier,
        Err(no) => return refused(words, no),
    };
    let body = html! {
        (filters(words, &asked, &lines))
        @if lines.lines.is_empty() { p.muted { (words.t("history-none")) } }
        @else {
            table.tbl.log { tbody { @for line in &lines.lines { (row(words, line)) } } }
        }
        @if let Some(before) = lines.before {
            p { a href={ "/history?only=" (asked.only) "&by=" (asked.by) "&before=" (before) } { (words.t("page-older")) } }
        }
        section.sec {
            header { h2 { (words.t("history-proof")) } }
            p.soft { (words.t("history-proof-why")) }
            p { code { "coffer audit verify history.tlog --key '" (verifier) "'" } }
            div.acts { a.btn href="/history/export" { (words.t("history-export")) } }
        }
    };
    let title = words.t("history-title");
    let head = Head { kicker: None, title: &title, acts: None };
    Html(StatusCode::OK, inside(words, &business_name(&app, &person).await, "/history", &head, &body)).into_response()
}

fn filters(words: &Words, asked: &Asked, lines: &Lines) -> Markup {
    let kinds: Vec<(String, String)> =
        FILTERS.iter().map(|(name, _, key)| ((*name).to_owned(), words.t(key))).collect();
    let everybody = std::iter::once((String::new(), words.t("history-everybody")));
    let people = lines.people.iter().map(|(user, name)| (user.to_string(), name.clone()));
    html! {
        form.row method="get" action="/history" {
            (choice("only", &words.t("history-what"), &kinds, &asked.only))
            (choice("by", &words.t("history-who"), &everybody.chain(people).collect::<Vec<_>>(), &asked.by))
            div.acts { button.btn { (words.t("history-show")) } }
        }
    }
}

fn row(words: &Words, line: &Line) -> Markup {
    let leaf = &line.record.leaf;
    html! {
        tr {
            td { (leaf.at.strftime("%Y-%m-%d %H:%M").to_string()) }
            td { bdi { (who(words, line)) } }
            td.wide {
                (what(words, leaf))
                @if let Some(about) = &line.about { " · " bdi { (about) } }
                @if let Some(role) = role(line) { " · " (role_name(words, role)) }
                @if let Some(invoice) = invoice(leaf) { " · " a href={ "/invoices/" (invoice) } { (words.t("history-see")) } }
                @if leaf.times > 1 { " · " (words.t1("history-times", "count", leaf.times)) }
            }
            td.num { (leaf.n) }
        }
    }
}

/// Who it was: a person's name, or what else there is.
fn who(words: &Words, line: &Line) -> String {
    if let Some(name) = &line.name {
        return name.clone();
    }
    let by = line.record.leaf.by.as_str();
    match by.split_once(':').map_or(by, |(kind, _)| kind) {
        "staff" => words.t("by-staff"),
        "key" => words.t("by-key"),
        "link" => words.t("by-link"),
        "operator" => words.t("by-operator"),
        "system" => words.t("by-system"),
        "setup" | "joining" => words.t("by-arriving"),
        _ => words.t("by-nobody"),
    }
}

/// What it was.
fn what(words: &Words, leaf: &Leaf) -> String {
    // What has no words of its own yet is named by its action.
    let action =
        || Action::from_code(&leaf.action).map_or_else(|| leaf.action.clone(), |action| action.words().to_owned());
    match leaf.out {
        Outcome::Done => {
            let known = EVENTS.iter().find(|(code, _)| *code == leaf.what);
            known.map_or_else(action, |(_, key)| words.t(key))
        }
        Outcome::Refused => words.t1("history-was-refused", "what", action()),
        Outcome::Shown => {
            let tables = leaf.what.split(' ').filter_map(|kind| kind.split('.').next());
            let mut kinds: Vec<String> = tables.map(|table| kind(words, table)).collect();
            kinds.dedup();
            words.t1("history-was-shown", "what", kinds.join(", "))
        }
    }
}

fn kind(words: &Words, table: &str) -> String {
    let known = KINDS.iter().find(|(name, _)| *name == table);
    known.map_or_else(|| table.replace('_', " "), |(_, key)| words.t(key))
}

fn role(line: &Line) -> Option<Role> {
    let detail: serde_json::Value = serde_json::from_str(line.record.detail.as_deref()?).ok()?;
    Role::from_code(detail.get("role")?.as_str()?)
}

/// The invoice a record is about.
fn invoice(leaf: &Leaf) -> Option<InvoiceId> {
    let about = leaf.about.as_ref().filter(|_| leaf.what.starts_with("invoice."))?;
    let mut bytes = [0; 16];
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(about.get(place * 2..place * 2 + 2)?, 16).ok()?;
    }
    Some(InvoiceId::from_bytes(bytes))
}

/// `GET /history/export`: every record and every signed state, for `coffer audit verify`.
pub(crate) async fn export(State(app): State<App>, person: Inside) -> Response {
    match history::export(&app.books, &person.actor).await {
        Err(no) => refused(person.words, no),
        Ok(exported) => {
            let kept = [
                (header::CONTENT_TYPE, "application/octet-stream"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"history.tlog\""),
                (header::CACHE_CONTROL, "no-store"),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            ];
            (kept, exported.bytes).into_response()
        }
    }
}
