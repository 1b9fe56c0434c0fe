//! An invoice as a PDF, for whoever may read it: an issued one as it was first printed, a draft as it would look.

use crate::App;
use crate::problem::Problem;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use coffer_billing::delivery::{self, rendition, settings};
use coffer_billing::fold::fold;
use coffer_billing::invoices::{Draft, Invoice, Issued, Seen};
use coffer_billing::letterhead::{self, Letterhead};
use coffer_billing::{business, customers, invoices};
use coffer_documents::{File, Language, Look, Paper, file_name, keep, set};
use coffer_kernel::{Actor, Date, InvoiceId};
use coffer_store::Refused;

/// The page of an invoice.
pub(crate) async fn pdf(app: &App, actor: &Actor, id: InvoiceId) -> Result<Response, Problem> {
    let Seen { invoice, standing, today } = invoices::see(&app.books, actor, id).await?;
    let voided_on = standing.and_then(|standing| standing.voided_on);
    match invoice {
        Invoice::Draft(draft) => preview(app, actor, draft, today).await,
        Invoice::Issued(issued) => {
            if let Some(voided_on) = voided_on {
                let customer = customers::get(&app.books, actor, issued.draft.customer).await?;
                let letterhead = letterhead::get(&app.books, actor).await?;
                return voided(app, issued, voided_on, &customer.language, letterhead).await;
            }
            print_once(app, actor, id).await?;
            let kept = rendition::kept(&app.books, actor, id).await?.ok_or(Refused::NotFound)?;
            let customer = customers::get(&app.books, actor, issued.draft.customer).await?;
            Ok(answer(kept.content, &named(&issued, &customer.language)))
        }
    }
}

/// The same page for whoever opened it by its link.
pub(crate) async fn of_reader(app: &App, reader: &Actor) -> Result<Response, Problem> {
    let opened = delivery::opened(&app.books, reader).await?;
    if let Some(voided_on) = opened.standing.voided_on {
        return voided(app, opened.issued, voided_on, &opened.language, opened.letterhead).await;
    }
    print_once(app, reader, opened.issued.draft.id).await?;
    let kept = rendition::kept_for_reader(&app.books, reader).await?.ok_or(Refused::NotFound)?;
    Ok(answer(kept.content, &named(&opened.issued, &opened.language)))
}

/// One name for one document, wherever it is kept: by its number and by who sends it. Whoever gets it has many that bear
/// their own name, and what is downloaded here is handed on as it is.
fn named(issued: &Issued, language: &str) -> String {
    file_name(Language::of_tag(language), File::Issued(&issued.number_text), &issued.frozen.seller.name)
}

/// Whoever looks first has it printed; what is printed is the program's act, not theirs.
async fn print_once(app: &App, actor: &Actor, id: InvoiceId) -> Result<(), Problem> {
    let system = app.mint.system("documents.printer", actor.business());
    Ok(keep(&app.printer, &app.books, &system, id).await?)
}

async fn preview(app: &App, actor: &Actor, draft: Draft, today: Date) -> Result<Response, Problem> {
    let business = business::get(&app.books, actor).await?;
    let customer = customers::get(&app.books, actor, draft.customer).await?;
    let letterhead = letterhead::get(&app.books, actor).await?;
    let links = settings::links(&app.books, actor).await?;
    // A draft leaves the house under no name: here one knows whom it is for.
    let name = file_name(Language::of_tag(&customer.language), File::Draft, &customer.party.name);
    let draft = draft.settled(&business, &customer);
    let content = set(&app.printer, move |printer| {
        let due_on = draft.due_on(today, &business);
        let (seller, buyer) = (&business.particulars, &customer.party);
        let language = Language::of_tag(&customer.language);
        let (account, links) = (business.printed_account(), links.as_deref());
        let paper = Paper::Draft { draft: &draft, seller, buyer, account, links, due_on, language };
        printer.print(&paper, Look::of(&letterhead))
    });
    Ok(answer(content.await?, &name))
}

/// The page of an invoice that was voided. What was printed before stays kept as it was; what is handed out from now on
/// says that nothing is owed for it.
async fn voided(
    app: &App,
    issued: Issued,
    voided_on: Date,
    language: &str,
    letterhead: Letterhead,
) -> Result<Response, Problem> {
    let language = Language::of_tag(language);
    let name = file_name(language, File::Voided(&issued.number_text), &issued.frozen.seller.name);
    let print = move |printer: &coffer_documents::Printer| {
        printer.print(&Paper::Voided { issued: &issued, voided_on, language }, Look::of(&letterhead))
    };
    Ok(answer(set(&app.printer, print).await?, &name))
}

/// The same answer as a file: browsers keep it instead of showing it in the place of a page of ours.
pub(crate) fn as_file(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let shown = headers.get(header::CONTENT_DISPOSITION).and_then(|value| value.to_str().ok());
    let kept = shown.map(|shown| shown.replacen("inline", "attachment", 1));
    if let Some(Ok(value)) = kept.map(|kept| HeaderValue::from_str(&kept)) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// A document under this name.
pub(crate) fn answer(content: Vec<u8>, name: &str) -> Response {
    let mut response = (StatusCode::OK, content).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(value) = HeaderValue::from_str(&shown_as(name)) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// The name in both forms (RFC 6266): in plain letters for whoever knows no others, and as it is (RFC 8187).
fn shown_as(name: &str) -> String {
    let plain: String = name.chars().map(in_ascii).collect();
    let exact: String = name
        .bytes()
        .map(|b| match b {
            b if b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_') => char::from(b).to_string(),
            b => format!("%{b:02X}"),
        })
        .collect();
    format!("inline; filename=\"{plain}\"; filename*=UTF-8''{exact}")
}

/// A letter without its marks, where there is one like it.
fn in_ascii(letter: char) -> String {
    if letter.is_ascii() {
        return letter.to_string();
    }
    let folded = Some(fold(&letter.to_string())).filter(|folded| !folded.is_empty() && folded.is_ascii());
    let capital = |folded: String| if letter.is_uppercase() { folded.to_ascii_uppercase() } else { folded };
    folded.map_or_else(|| "_".to_owned(), capital)
}

#[cfg(test)]
mod tests {
    use super::shown_as;

    // proves: B1
    #[test]
    fn a_name_stands_in_the_answer_as_it_is_and_in_plain_letters() {
        assert_eq!(
            shown_as("Rechnung 2026-0001 Bäckerei Łukasz Ω.pdf"),
            "inline; filename=\"Rechnung 2026-0001 Backerei Lukasz _.pdf\"; \
             filename*=UTF-8''Rechnung%202026-0001%20B%C3%A4ckerei%20%C5%81ukasz%20%CE%A9.pdf"
        );
    }
}
