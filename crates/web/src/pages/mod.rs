//! Pages: what a person in a browser sees. Forms in, one command or query each, markup out.
//!
//! A page works without any script; the one there is makes it quicker. A refusal comes back as the same form, with what
//! is wrong at its field and nothing typed lost.

mod address;
mod ask;
pub(crate) mod backup;
pub(crate) mod customers;
pub(crate) mod delivery;
pub(crate) mod document;
pub(crate) mod door;
pub(crate) mod editor;
mod gallery;
pub(crate) mod history;
pub(crate) mod home;
pub(crate) mod import;
pub(crate) mod invoices;
pub(crate) mod items;
pub(crate) mod keys;
pub(crate) mod letterhead;
mod obstacles;
pub(crate) mod payments;
pub(crate) mod people;
mod place;
pub(crate) mod refused;
pub(crate) mod second_step;
pub(crate) mod send;
pub(crate) mod set_up;
pub(crate) mod settings;
pub(crate) mod sheet;
pub(crate) mod together;

use crate::App;
use crate::look::Frame;
use crate::router::{Entry, open, route};
use crate::visitor::Inside;
use axum::routing::{get, post};
use coffer_kernel::Action;

/// What the frame says: whose books these are, and who looks at them as what; nothing where it cannot be read. The
/// business's name is all that is opened for it, because whatever is opened is recorded as shown, with each page.
pub(crate) async fn frame_for(app: &App, person: &Inside) -> Frame {
    let business = coffer_billing::business::name(&app.books, &person.actor).await;
    framed(app, person, business.unwrap_or_default()).await
}

/// The same, where the business's name is known already.
async fn framed(app: &App, person: &Inside, business: String) -> Frame {
    let name = coffer_identity::people::own_name(&app.door, &person.actor).await.ok().flatten();
    let altered = app.looked.of(person.actor.business());
    Frame { business, name: name.unwrap_or_default(), role: person.role(), altered }
}

/// Every page.
pub(crate) fn routes() -> Vec<Entry> {
    [door(), work(), household()].into_iter().flatten().collect()
}

/// At the door, and what needs nobody known.
fn door() -> Vec<Entry> {
    let static_file = |path, handler| (open("GET", path), handler);
    vec![
        static_file("/static/coffer.css", get(crate::look::assets::css)),
        static_file("/static/coffer.js", get(crate::look::assets::js)),
        static_file("/static/fonts/{name}", get(crate::look::assets::font)),
        (open("GET", "/sign-in"), get(door::sign_in)),
        (open("POST", "/sign-in"), post(door::begin)),
        (open("GET", "/sign-in/code"), get(door::code)),
        (open("POST", "/sign-in/code"), post(door::finish)),
        (open("POST", "/proof"), post(crate::kept::proof)),
        (open("POST", "/sign-out"), post(door::sign_out)),
        // It is kept by the browser and changes nothing here.
        (open("POST", "/settings/language"), post(settings::language)),
        (open("GET", "/d/{token}"), get(document::look)),
        (open("POST", "/d/{token}"), post(document::open)),
        (open("POST", "/d/{token}/pdf"), post(document::pdf)),
        (open("GET", "/d/{token}/logo"), get(document::logo)),
        (open("GET", "/enter/{token}"), get(door::link)),
        (open("POST", "/enter/{token}"), post(door::enter)),
        (open("POST", "/enter/{token}/accept"), post(door::accept)),
        (open("GET", "/set-up"), get(set_up::now)),
        (open("POST", "/set-up/you"), post(set_up::you)),
        (open("POST", "/set-up/second-step"), post(set_up::second_step)),
        (open("POST", "/set-up/code"), post(set_up::code)),
        (open("POST", "/set-up/recover"), post(set_up::recover)),
        (open("POST", "/set-up/join"), post(set_up::join)),
        (open("POST", "/set-up/business"), post(set_up::business)),
    ]
}

/// The day's work: what is owed, customers, invoices.
fn work() -> Vec<Entry> {
    vec![
        // Who reads no invoices is led on from there.
        (route("GET", "/", Action::ReadBusiness), get(home::home)),
        (route("GET", "/look", Action::ReadBusiness), get(gallery::look)),
        (route("GET", "/customers", Action::ReadCustomers), get(customers::list)),
        (route("GET", "/customers/new", Action::AddCustomer), get(customers::new)),
        (route("POST", "/customers", Action::AddCustomer), post(customers::add)),
        (route("GET", "/customers/find", Action::ReadCustomers), get(customers::find)),
        (route("GET", "/customers/import", Action::ImportCustomers), get(import::choose)),
        (route("POST", "/customers/import", Action::ImportCustomers), post(import::take)),
        (route("GET", "/customers/{customer}", Action::ReadCustomers), get(customers::see)),
        (route("GET", "/customers/{customer}/edit", Action::ReviseCustomer), get(customers::edit)),
        (route("POST", "/customers/{customer}", Action::ReviseCustomer), post(customers::revise)),
        (route("GET", "/items", Action::ReadCatalogue), get(items::list)),
        (route("GET", "/items/new", Action::AddItem), get(items::new)),
        (route("POST", "/items", Action::AddItem), post(items::add)),
        (route("POST", "/items/keep", Action::AddItem), post(items::keep)),
        (route("GET", "/items/find", Action::ReadCatalogue), get(items::find)),
        (route("GET", "/items/{item}", Action::ReadCatalogue), get(items::see)),
        (route("POST", "/items/{item}", Action::ReviseItem), post(items::revise)),
        (route("GET", "/items/{item}/retire", Action::ReviseItem), get(items::ask_to_retire)),
        (route("POST", "/items/{item}/retire", Action::ReviseItem), post(items::retire)),
        (route("GET", "/payments", Action::ReadPayments), get(payments::list)),
        (route("GET", "/invoices", Action::ReadInvoices), get(invoices::list)),
        (route("GET", "/invoices/new", Action::DraftInvoice), get(editor::new)),
        (route("POST", "/invoices", Action::DraftInvoice), post(editor::draft)),
        (route("GET", "/invoices/{invoice}", Action::ReadInvoices), get(invoices::see)),
        (route("POST", "/invoices/preview", Action::DraftInvoice), post(editor::preview_sums)),
        (route("POST", "/invoices/{invoice}/copy", Action::DraftInvoice), post(editor::duplicate)),
        (route("GET", "/invoices/{invoice}/edit", Action::ReviseInvoice), get(editor::edit)),
        (route("POST", "/invoices/{invoice}", Action::ReviseInvoice), post(editor::revise)),
        (route("GET", "/invoices/{invoice}/pdf", Action::ReadInvoices), get(invoices::pdf)),
        (route("GET", "/invoices/{invoice}/issue", Action::IssueInvoice), get(invoices::ask_to_issue)),
        (route("POST", "/invoices/{invoice}/issue", Action::IssueInvoice), post(invoices::issue)),
        (route("GET", "/invoices/{invoice}/void", Action::VoidInvoice), get(invoices::ask_to_void)),
        (route("POST", "/invoices/{invoice}/void", Action::VoidInvoice), post(invoices::void)),
        (route("GET", "/invoices/{invoice}/delete", Action::DeleteDraft), get(invoices::ask_to_delete)),
        (route("POST", "/invoices/{invoice}/delete", Action::DeleteDraft), post(invoices::delete)),
        (route("GET", "/invoices/{invoice}/send", Action::SendInvoice), get(send::ask)),
        (route("POST", "/invoices/{invoice}/send", Action::SendInvoice), post(send::send)),
        (route("POST", "/invoices/{invoice}/link", Action::SendInvoice), post(invoices::make_link)),
        (route("GET", "/invoices/{invoice}/links/end", Action::SendInvoice), get(invoices::ask_to_end_links)),
        (route("POST", "/invoices/{invoice}/links/end", Action::SendInvoice), post(invoices::end_links)),
        (route("GET", "/invoices/{invoice}/sent", Action::SendInvoice), get(invoices::ask_to_mark_sent)),
        (route("POST", "/invoices/{invoice}/sent", Action::SendInvoice), post(invoices::mark_sent)),
        (route("POST", "/invoices/{invoice}/payments", Action::RecordPayment), post(invoices::pay)),
        (
            route("GET", "/invoices/{invoice}/payments/{payment}/take-back", Action::ReversePayment),
            get(invoices::ask_to_take_back),
        ),
        (
            route("POST", "/invoices/{invoice}/payments/{payment}/take-back", Action::ReversePayment),
            post(invoices::take_back),
        ),
    ]
}

/// Who works here, and how the house is kept.
fn household() -> Vec<Entry> {
    vec![
        (route("GET", "/people", Action::ReadPeople), get(people::list)),
        (route("POST", "/people/invite", Action::InvitePerson), post(people::invite)),
        (route("POST", "/people/invitations/{link}/end", Action::InvitePerson), post(people::end_invitation)),
        (route("POST", "/people/{user}", Action::RevisePerson), post(people::revise)),
        (route("GET", "/people/{user}/end", Action::RevisePerson), get(people::ask_to_end)),
        (route("POST", "/people/{user}/end", Action::RevisePerson), post(people::end)),
        (route("GET", "/backup", Action::BackUp), get(backup::see)),
        (route("POST", "/backup", Action::BackUp), post(backup::make)),
        (route("GET", "/set-up/look", Action::ReadBusiness), get(letterhead::set_up)),
        (route("GET", "/settings/look", Action::ReviseBusiness), get(letterhead::see)),
        (route("POST", "/settings/look", Action::ReviseBusiness), post(letterhead::save)),
        (route("GET", "/settings/look/shown", Action::ReviseBusiness), get(letterhead::shown)),
        (route("GET", "/settings/look/paper", Action::ReviseBusiness), get(letterhead::paper)),
        (route("POST", "/settings/look/paper", Action::ReviseBusiness), post(letterhead::paper_with)),
        (route("GET", "/set-up/sheet", Action::MakeRecoverySheet), get(sheet::ask_first)),
        (route("GET", "/recovery-sheet", Action::MakeRecoverySheet), get(sheet::ask)),
        (route("POST", "/recovery-sheet", Action::MakeRecoverySheet), post(sheet::make)),
        (route("POST", "/recovery-sheet/try", Action::MakeRecoverySheet), post(sheet::try_back)),
        (route("GET", "/history", Action::ReadLog), get(history::list)),
        (route("GET", "/history/export", Action::ReadLog), get(history::export)),
        (route("GET", "/settings", Action::ReadBusiness), get(settings::see)),
        (route("POST", "/settings", Action::ReviseBusiness), post(settings::revise)),
        (route("GET", "/settings/delivery", Action::ReviseSettings), get(delivery::see)),
        (route("POST", "/settings/delivery/address", Action::ReviseSettings), post(address::set)),
        (route("POST", "/settings/delivery/address/try", Action::ReviseSettings), post(address::look_again)),
        (route("POST", "/settings/delivery/mail", Action::ReviseSettings), post(delivery::set_mail)),
        (route("POST", "/settings/delivery/mail/try", Action::ReviseSettings), post(delivery::try_mail)),
        (route("POST", "/settings/delivery/mail/forget", Action::ReviseSettings), post(delivery::forget_mail)),
        (route("POST", "/settings/sessions", Action::EndSession), post(settings::end_others)),
        (route("POST", "/settings/sessions/{session}/end", Action::EndSession), post(settings::end_one)),
        (route("POST", "/settings/second-step", Action::ReviseSignIn), post(second_step::begin)),
        (route("POST", "/settings/second-step/code", Action::ReviseSignIn), post(second_step::confirm)),
        (route("POST", "/settings/spare-codes", Action::ReviseSignIn), post(second_step::spare)),
        (route("GET", "/settings/keys", Action::RevokeApiKey), get(keys::list)),
        (route("POST", "/settings/keys", Action::CreateApiKey), post(keys::create)),
        (route("GET", "/settings/keys/{key}/revoke", Action::RevokeApiKey), get(keys::ask_to_revoke)),
        (route("POST", "/settings/keys/{key}/revoke", Action::RevokeApiKey), post(keys::revoke)),
        (route("POST", "/settings/password", Action::ReviseSignIn), post(settings::password)),
    ]
}
