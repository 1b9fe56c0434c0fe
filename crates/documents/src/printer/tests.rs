#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods, reason = "tests")]

use super::*;
use crate::paper::Pay;
use crate::words::Language;
use coffer_billing::business::{Account, PaidTo};
use coffer_billing::invoices::content::{Content, Party, totals};
use coffer_billing::invoices::{Draft, Frozen, Issued, Unfinished};
use coffer_billing::letterhead::Picture;
use coffer_kernel::{CustomerId, InvoiceId, ScopeId, TypedId};
use image::{Rgba, RgbaImage};
use std::sync::LazyLock;

static PRINTER: LazyLock<Printer> = LazyLock::new(|| Printer::new().unwrap());

fn party(json: serde_json::Value) -> Party {
    serde_json::from_value(json).unwrap()
}

fn issued(lines: usize, name: &str, currency: &str) -> Issued {
    let line = serde_json::json!({ "name": name, "description": "Drawings, colour proofs, permit papers", "quantity": "18",
        "unit": "HUR", "net_price": "95", "category": "S", "rate": "19",
        "adjustments": [{ "kind": "allowance", "amount": "10", "reason": "Returning customer" }] });
    let content: Content = serde_json::from_value(serde_json::json!({
        "currency": currency, "buyer_reference": "Vogel-Laden-2", "order_number": "B-2026-118",
        "delivered_on": "2026-09-30", "note": "Thank you for your trust.", "lines": vec![line; lines],
    }))
    .unwrap();
    let totals = totals(&content).unwrap();
    let draft = Draft {
        id: InvoiceId::from_bytes([1; 16]),
        version: 2,
        customer: CustomerId::from_bytes([2; 16]),
        scope: ScopeId::from_bytes([3; 16]),
        content,
        totals,
        unfinished: Unfinished::default(),
    };
    let seller = party(serde_json::json!({ "name": "Atelier Nord", "street": "Rheinstraße 14", "post_code": "79104",
        "city": "Freiburg im Breisgau", "email": "studio@ateliernord.example", "phone": "+49 761 555 01 40",
        "vat_id": "DE318204977", "registration": "Amtsgericht Freiburg HRB 718 204" }));
    let buyer = party(serde_json::json!({ "name": "Bäckerei Vogel GmbH", "street": "Marktgasse 3",
        "post_code": "79219", "city": "Staufen im Breisgau" }));
    Issued {
        draft,
        series: "invoice 2026".into(),
        number: 137,
        number_text: "AN-2026-0137".into(),
        issued_on: "2026-10-08".parse().unwrap(),
        due_on: "2026-11-07".parse().unwrap(),
        frozen: Frozen { seller, buyer, paid_to: PaidTo::Unsaid, nonce: "ab".repeat(32) },
        content_hash: [7; 32],
    }
}

fn pay() -> Pay {
    let account = Account { holder: "Atelier Nord".into(), iban: "DE89370400440532013000".into(), bic: None };
    Pay { account, reference: "AN-2026-0137".into() }
}

fn print(issued: &Issued, language: Language) -> Printed {
    PRINTER
        .print(
            &Paper::Issued { issued, pay: Some(&pay()), links: Some("https://invoices.example.com"), language },
            Look::default(),
        )
        .unwrap()
}

/// Where pictures are looked at: beside the build, outside the project.
fn keep(name: &str, printed: &Printed) {
    let folder = std::env::var_os("COFFER_PICTURES");
    if let Some(folder) = folder {
        std::fs::write(std::path::Path::new(&folder).join(name), &printed.pdf).unwrap();
    }
}

// proves: B1
#[test]
fn the_same_paper_gives_the_same_bytes_in_each_language() {
    let issued = issued(3, "Shop sign and façade lettering", "EUR");
    for language in Language::ALL {
        let (first, second) = (print(&issued, language), print(&issued, language));
        assert_eq!(first, second);
        assert!(first.pdf.starts_with(b"%PDF-1.7") && first.pages == 1, "{}", first.pages);
        keep(&format!("invoice-{}.pdf", language.code()), &first);
    }
}

#[test]
fn long_and_strange_papers_are_printed_too() {
    for (lines, name, currency) in [
        (1, "A", "JPY"),
        (200, "Pattern book, printed", "KWD"),
        (3, "#strong[evil] $x$ @ref <label> // \\ \u{202e}abc", "EUR"),
        (2, &"very long ".repeat(1_000), "EUR"),
        (1, "Ελληνικά, Русский, ñ", "EUR"),
    ] {
        let printed = print(&issued(lines, name, currency), Language::En);
        assert!(printed.pages >= 1);
        keep(&format!("strange-{lines}-{currency}.pdf"), &printed);
    }
}

// proves: B1
#[test]
fn somebody_else_finds_the_paper_archivable_and_accessible() {
    let broken = |printed: &Printed| coffer_testkit::pdf::broken_rules(&printed.pdf, &["3a", "ua1"]).unwrap();
    let with_a_logo = |issued: &Issued| {
        let logo = a_logo();
        let look = Look { accent: None, logo: Some(&logo) };
        PRINTER.print(&Paper::Issued { issued, pay: Some(&pay()), links: None, language: Language::De }, look).unwrap()
    };
    let none: Vec<String> = Vec::new();
    let (short, long) = (issued(3, "Shop sign and façade lettering", "EUR"), issued(60, "Ελληνικά, Русский", "JPY"));
    for printed in [print(&short, Language::En), print(&long, Language::De), with_a_logo(&short)] {
        assert_eq!(broken(&printed), none);
    }
    let paper = Paper::Voided { issued: &short, voided_on: short.due_on, language: Language::En };
    assert_eq!(broken(&PRINTER.print(&paper, Look::default()).unwrap()), none);
    let mut altered = print(&short, Language::En);
    let title = altered.pdf.windows(20).position(|bytes| bytes == b"DisplayDocTitle true").unwrap();
    altered.pdf[title + 16..title + 20].copy_from_slice(b"null");
    assert_ne!(broken(&altered), none, "the judge sees what is missing");
}

// proves: B1, B7
#[test]
fn a_draft_and_a_sample_say_where_they_will_be_paid_and_nobody_can_pay_them() {
    let issued = issued(2, "Shop sign", "EUR");
    let pay = pay();
    let (account, links, language) = (Some(&pay.account), Some("https://invoices.example.com"), Language::En);
    let draft = |account| Paper::Draft {
        draft: &issued.draft,
        seller: &issued.frozen.seller,
        buyer: &issued.frozen.buyer,
        account,
        links,
        due_on: issued.due_on,
        language,
    };
    let sample = Paper::Sample { issued: &issued, account, links, language };
    let data = |paper: &Paper<'_>| serde_json::to_value(Sheet::of(paper, Look::default())).unwrap();
    let real = data(&Paper::Issued { issued: &issued, pay: Some(&pay), links, language });
    assert!(real["pay"]["code"].is_string() && real["pay"]["code_later"].is_null());
    for (name, paper) in [("draft.pdf", draft(account)), ("sample.pdf", sample)] {
        let said = data(&paper);
        assert_eq!(
            (&said["pay"]["title"], &said["pay"]["facts"][1]),
            (&real["pay"]["title"], &real["pay"]["facts"][1])
        );
        assert_eq!(said["pay"]["facts"][1][1], "DE89 3704 0044 0532 0130 00");
        assert!(said["pay"]["code"].is_null() && said["pay"]["code_later"].is_string(), "nothing to scan: {said}");
        let (mark, own) = (said["genuine"].to_string(), real["genuine"].to_string());
        assert!(mark.contains("https://invoices.example.com/") && mark.contains("when it is issued"), "{mark}");
        assert!(own.contains("0707") && !mark.contains("0707") && !mark.contains("0000"), "{mark}");
        let printed = PRINTER.print(&paper, Look::default()).unwrap();
        keep(name, &printed);
        assert_eq!(printed.pages, 1);
    }
    assert_eq!(data(&draft(account))["pay"]["facts"][3][1], "the number it gets");
    // Where no account is printed, none is shown; then it says by when, as the issued one does.
    let silent = data(&draft(None));
    assert_eq!((&silent["pay"], &silent["due_note"]), (&serde_json::Value::Null, &"Pay by 7 November 2026".into()));
}

// What billing takes for printable is what the typefaces here have a shape for, letter by letter.
#[test]
fn the_letters_that_can_be_billed_are_those_that_can_be_printed() {
    let printer = Printer::new().unwrap();
    let shaped = |letter: u32| printer.fonts.iter().any(|font| font.info().coverage.contains(letter));
    let said =
        |letter: u32| coffer_billing::text::PRINTABLE.iter().any(|(first, last)| (*first..=*last).contains(&letter));
    let differ: Vec<String> = (0x20..0x2_0000)
        .filter(|letter| shaped(*letter) != said(*letter))
        .map(|letter| format!("{letter:04x}"))
        .collect();
    assert!(differ.is_empty(), "{differ:?}");
}

#[test]
fn a_voided_invoice_says_so_and_asks_for_nothing() {
    let issued = issued(2, "Shop sign", "EUR");
    let voided_on = "2026-10-09".parse().unwrap();
    let paper = Paper::Voided { issued: &issued, voided_on, language: Language::En };
    let printed = PRINTER.print(&paper, Look::default()).unwrap();
    keep("void.pdf", &printed);
    let sheet = serde_json::to_value(Sheet::of(&paper, Look::default())).unwrap();
    assert_eq!(sheet["title"], "Void invoice");
    let note = sheet["draft_note"].as_str().unwrap();
    assert!(note.starts_with("Void since 9 October 2026. Nothing is owed"), "{note}");
    for asks in ["pay", "to_pay", "due_note"] {
        assert_eq!(sheet[asks], serde_json::Value::Null, "{asks}: no sum, no day, no account, no code");
    }
    assert_eq!(sheet["asked"], serde_json::json!(["It asked for", "4,046.00 EUR"]));
    let said = sheet.to_string();
    assert!(!said.contains("To pay") && !said.contains("7 November 2026") && !said.contains("account"), "{said}");
}

// proves: B1
#[test]
fn the_paper_names_what_its_reader_can_check_it_by() {
    let issued = issued(1, "Shop sign", "EUR");
    let said = |paper: &Paper<'_>| {
        let sheet = serde_json::to_value(Sheet::of(paper, Look::default())).unwrap();
        let pieces = sheet["genuine"].as_array().unwrap().iter().map(|piece| piece[0].as_str().unwrap().to_owned());
        pieces.collect::<Vec<_>>().join(" ").replace(['\u{a0}', '\u{200b}'], " ")
    };
    let language = Language::En;
    let reached = Paper::Issued { issued: &issued, pay: None, links: Some("https://invoices.example.com"), language };
    let with_links = said(&reached);
    assert!(
        with_links.contains("Links to it begin with https://invoices.example.com/ and show the same"),
        "{with_links}"
    );
    let alone = said(&Paper::Issued { issued: &issued, pay: None, links: None, language });
    assert!(alone.contains("Call us at a number you already know") && !alone.contains("Links"), "{alone}");
    assert!(alone.contains("0707 0707 0707 0707 0707.") && issued.mark() == "07".repeat(10), "{alone}");
}

/// A round mark and a bar, with nothing behind them.
fn a_logo() -> Picture {
    let picture = RgbaImage::from_fn(900, 300, |x, y| {
        let (dx, dy) = (x.abs_diff(150), y.abs_diff(150));
        let ink = dx * dx + dy * dy < 150 * 150 || (x > 340 && (90..210).contains(&y));
        if ink { Rgba([163, 46, 25, 255]) } else { Rgba([0, 0, 0, 0]) }
    });
    let mut png = Vec::new();
    picture.write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
    crate::logo(&png).unwrap()
}

// proves: B1
#[test]
fn logo_and_colour_stand_at_the_head_and_nothing_else_changes() {
    let (issued, logo, pay) = (issued(3, "Shop sign and façade lettering", "EUR"), a_logo(), pay());
    let paper = Paper::Issued { issued: &issued, pay: Some(&pay), links: None, language: Language::De };
    let look = Look { accent: Some("#ffcc00".parse().unwrap()), logo: Some(&logo) };
    let plain = PRINTER.print(&paper, Look::default()).unwrap();
    let dressed = PRINTER.print(&paper, look).unwrap();
    keep("logo.pdf", &dressed);
    assert_eq!(dressed, PRINTER.print(&paper, look).unwrap());
    assert!(dressed.pages == 1 && dressed.pdf != plain.pdf);
    let (bare, full) = (Sheet::of(&paper, Look::default()), Sheet::of(&paper, look));
    let [mut bare, full] = [bare, full].map(|sheet| serde_json::to_value(sheet).unwrap());
    // What is blank around it is cut off: 899 × 299 pixels are left, within 60 × 18 mm.
    assert_eq!((&full["logo"], &full["accent"]), (&serde_json::json!([54_120, 17_999]), &"#907300".into()));
    (bare["logo"], bare["accent"]) = (full["logo"].clone(), full["accent"].clone());
    assert_eq!(bare, full);
}

#[test]
fn what_a_payer_and_the_post_look_for_is_there() {
    let mut issued = issued(40, "Shop sign", "EUR");
    issued.frozen.seller.country = Some("DE".into());
    issued.frozen.buyer.country = Some("AT".into());
    issued.frozen.buyer.name =
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".into();
    let paper = Paper::Issued { issued: &issued, pay: None, links: None, language: Language::De };
    let sheet = serde_json::to_value(Sheet::of(&paper, Look::default())).unwrap();
    assert_eq!(sheet["buyer_lines"].as_array().unwrap().last().unwrap(), "ÖSTERREICH");
    assert_eq!(sheet["due_note"], "Zahlbar bis 7. November 2026", "no account says by when");
    assert_eq!(sheet["vat"][0][0], "19\u{a0}%");
    assert_eq!(sheet["lines"][39]["so_far"], sheet["sums"][0][1], "carried to the end it is the sum");
    let long = PRINTER.print(&paper, Look::default()).unwrap();
    keep("long.pdf", &long);
    assert!(long.pages > 1);

    issued.frozen.buyer.country = Some("DE".into());
    let paper = Paper::Issued { issued: &issued, pay: None, links: None, language: Language::De };
    let sheet = serde_json::to_value(Sheet::of(&paper, Look::default())).unwrap();
    assert_eq!(sheet["buyer_lines"].as_array().unwrap().last().unwrap(), "79219 Staufen im Breisgau");
    issued.frozen.buyer.subdivision = Some("Baden".into());
    let paper = Paper::Issued { issued: &issued, pay: None, links: None, language: Language::De };
    let sheet = serde_json::to_value(Sheet::of(&paper, Look::default())).unwrap();
    assert_eq!(sheet["buyer_lines"].as_array().unwrap().last().unwrap(), "79219 Staufen im Breisgau, Baden");
}
