#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use super::*;
use crate::customers::{ListCustomers, list};
use crate::testing::{a_business, a_customer};
use coffer_kernel::{Actor, Refuse, Role};
use coffer_store::STEPS;
use coffer_testkit::{TestBooks, on_both_engines};

/// Client export of Invoice Ninja, with its contact columns.
const NINJA: &str = "Client Name,Client Number,Client Address1,Client Postal Code,Client City,Client State,Client Country,Client VAT Number,Client Currency,Contact First Name,Contact Last Name,Contact Email,Contact Phone\r\n\
    Bäckerei Vogel,0001,Marktstraße 12,80331,München,Bavaria,Germany,DE129273398,EUR,Anna,Vogel,anna@vogel.example,+49 89 1234\r\n\
    \"Café \"\"Bleu\"\", Lyon\",0002,1 rue Neuve,69001,Lyon,,France,,EUR,,,bleu@example.org,\r\n\
    ,0003,,,,,,,,Jonas,Berg,jonas@example.org,\r\n";

/// Contacts export of Zoho Invoice, as a German Excel saves it: semicolons, Windows-1252.
const ZOHO: &str = "Display Name;Company Name;First Name;Last Name;EmailID;Phone;Currency Code;Billing Address;Billing Street2;Billing City;Billing State;Billing Code;Billing Country;Notes\r\n\
    Grün & Söhne;Grün & Söhne KG;Eva;Grün;eva@gruen.example;'+43 1 2345;EUR;Ring 5;;Wien;Niederösterreich;1010;Austria;\r\n\
    Ohne Land;;;;;;XYZ;;;;;;;\r\n\
    Unbekannt;;;;;;;;;;;;Atlantis;\r\n\
    Formel;;;;\"=HYPERLINK(\"\"http://x\"\")\";;;;;;;;;\r\n\
    Karte 4111 1111 1111 1111;;;;;;;;;;;;;\r\n";

async fn import(test: &TestBooks, actor: &Actor, file: &[u8], dry: bool) -> Report {
    let table = read(file).unwrap();
    let mapping = Mapping::guess(&table);
    run(&test.books, actor, ImportCustomers { table, mapping, dry }).await.unwrap()
}

fn words(report: &Report) -> Vec<&'static str> {
    report.rows.iter().map(|row| row.outcome.word()).collect()
}

// proves: A1, F4
#[test]
fn what_invoice_ninja_wrote_comes_in_once() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        let dry = import(&test, &clerk, NINJA.as_bytes(), true).await;
        assert_eq!(words(&dry), ["ready", "ready", "ready"]);
        let none = list(&test.books, &clerk, ListCustomers::default()).await.unwrap();
        assert!(none.rows.is_empty(), "a dry run writes nothing");
        let first = import(&test, &callers.operator(), NINJA.as_bytes(), false).await;
        assert_eq!(words(&first), ["added", "added", "added"]);
        assert_eq!(words(&import(&test, &clerk, NINJA.as_bytes(), false).await), ["there", "there", "there"]);
        let all = list(&test.books, &clerk, ListCustomers::default()).await.unwrap().rows;
        let named = |name: &str| all.iter().find(|customer| customer.party.name == name).unwrap().party.clone();
        let baker = named("Bäckerei Vogel");
        assert_eq!((baker.country.as_deref(), baker.vat_id.as_deref()), (Some("DE"), Some("DE129273398")));
        assert_eq!(baker.subdivision.as_deref(), Some("Bavaria"));
        assert_eq!((baker.street.as_deref(), baker.post_code.as_deref()), (Some("Marktstraße 12"), Some("80331")));
        assert_eq!(named("Café \"Bleu\", Lyon").city.as_deref(), Some("Lyon"));
        assert_eq!(named("Jonas Berg").email.as_deref(), Some("jonas@example.org"), "a person without a company");
        assert_eq!(all.len(), 3);
        assert!(test.books.check(callers.business).await.unwrap().findings.is_empty());
    });
}

// proves: A1, F4, C66.a
#[test]
fn what_zoho_wrote_comes_in_row_by_row_and_bad_rows_are_named() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        // Windows-1252: these letters are one byte each, as in Latin-1.
        let file: Vec<u8> = ZOHO.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        let dry = import(&test, &clerk, &file, true).await;
        assert_eq!(words(&dry), ["ready", "refused", "refused", "refused", "refused"]);
        let report = import(&test, &clerk, &file, false).await;
        assert_eq!(words(&report), ["added", "refused", "refused", "refused", "refused"]);
        assert_eq!(dry.rows[1..], report.rows[1..], "a dry run says the same of every row");
        let refusals = report.rows.iter().skip(1).map(|row| {
            let Outcome::Refused(wrong) = &row.outcome else { return (row.line, String::new(), "") };
            let [Wrong { column, code, .. }] = wrong.as_slice() else { panic!("{wrong:?}") };
            (row.line, column.clone().unwrap_or_default(), *code)
        });
        let expected = [
            (3, "Currency Code", "customer.currency_unknown"),
            (4, "Billing Country", "customer.country_unknown"),
            (5, "EmailID", "row.formula"),
            (6, "Display Name", "text.card_number"),
        ];
        assert_eq!(refusals.collect::<Vec<_>>(), expected.map(|(line, column, code)| (line, column.to_owned(), code)));
        let all = list(&test.books, &clerk, ListCustomers::default()).await.unwrap().rows;
        assert_eq!((all[0].party.name.as_str(), all[0].party.phone.as_deref()), ("Grün & Söhne", Some("+43 1 2345")));
        assert_eq!(all[0].party.subdivision.as_deref(), Some("Niederösterreich"), "the state is no other field's");
        let csv = report.to_csv();
        assert!(
            csv.lines()
                .all(|line| line.split("\",\"").all(|cell| !cell.trim_matches('"').starts_with(['=', '+', '@'])))
        );
    });
}

// proves: F4, D8
#[test]
fn a_row_is_never_added_twice_and_what_others_imported_stays_unseen() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        let file = b"name,email\nOne,one@example.org\nOne,one@example.org\nTwo,\n";
        let twice = tokio::join!(import(&test, &clerk, file, false), import(&test, &clerk, file, false));
        let added = twice.0.count("added") + twice.1.count("added");
        assert_eq!((added, twice.0.count("repeats")), (2, 1), "{twice:?}");
        let seller = callers.staff(Role::SalesRepresentative, 1);
        assert_eq!(words(&import(&test, &seller, file, false).await), ["added", "repeats", "added"], "their own");
        assert_eq!(words(&import(&test, &seller, file, false).await), ["there", "repeats", "there"]);
        let known = b"name,email\nOne and only,ONE@example.org\n";
        assert_eq!(words(&import(&test, &clerk, known, false).await), ["resembles"]);
        a_customer(&test, &clerk, "Three").await;
        let refused = import_refused(&test, &callers.auditor(), file).await;
        assert_eq!(refused, "role.not_allowed");
    });
}

// proves: F4, A1
#[test]
fn nobody_is_taken_for_a_namesake_of_another_town() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        let file = b"name,city\nAnna,Kiel\nAnna,Ulm\nANNA,ulm\n";
        assert_eq!(words(&import(&test, &clerk, file, false).await), ["added", "added", "repeats"]);
        assert_eq!(words(&import(&test, &clerk, file, false).await), ["there", "there", "repeats"]);
        // Who was known without a town is meant by whoever has one now.
        assert_eq!(words(&import(&test, &clerk, b"name\nBert\n", false).await), ["added"]);
        assert_eq!(words(&import(&test, &clerk, b"name,city\nBert,Kiel\n", false).await), ["there"]);
    });
}

async fn import_refused(test: &TestBooks, actor: &Actor, file: &[u8]) -> &'static str {
    let table = read(file).unwrap();
    let mapping = Mapping::guess(&table);
    run(&test.books, actor, ImportCustomers { table, mapping, dry: true }).await.unwrap_err().code()
}

#[test]
fn files_of_every_kind_are_read_or_refused() {
    let utf_16 = |text: &str| -> Vec<u8> {
        [vec![0xff, 0xfe], text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat()
    };
    let header = |bytes: &[u8]| read(bytes).unwrap().header;
    assert_eq!(header("\u{feff}name,city\nÄ,B\n".as_bytes()), ["name", "city"]);
    assert_eq!(read(&utf_16("name\tcity\r\nÄ\tB\r\n")).unwrap().rows, [(2, vec!["Ä".to_owned(), "B".to_owned()])]);
    assert_eq!(header(b"sep=;\nname;city\nA;B\n"), ["name", "city"]);
    assert_eq!(header(b"\"name, first\";city\nA;B\n"), ["name, first", "city"], "quotes hide separators");
    let long = format!("name\n{}", "x\n".repeat(MOST_ROWS + 1));
    for (file, code) in [
        (&b""[..], "import.empty"),
        (b"name\n", "import.empty"),
        (b"name,name\na,b\n", "import.column_twice"),
        (b"PK\x03\x04\0\0\0\n\0\0", "import.unreadable"),
        (long.as_bytes(), "import.too_long"),
        (&vec![b'x'; LARGEST_FILE + 1], "import.too_large"),
        (
            format!("{}\na\n", (0..300).map(|column| format!("c{column},")).collect::<String>()).as_bytes(),
            "import.too_wide",
        ),
        (format!("name\na{}\n", ",".repeat(300)).as_bytes(), "import.too_wide"),
    ] {
        assert_eq!(read(file).unwrap_err().code(), code);
    }
}

#[test]
fn a_mapping_is_guessed_and_can_be_changed() {
    let table = read(b"Firma,Ort,Bemerkung,Kennung\nA,B,C,D\n").unwrap();
    let guessed = Mapping::guess(&table);
    assert_eq!(
        guessed.0.iter().map(|(place, field)| (*place, *field)).collect::<Vec<_>>(),
        [(0, Field::Name), (1, Field::City)]
    );
    for number in ["Kundennr", "Kunden-Nr.", "Kundennummer", "KdNr", "Debitorennummer"] {
        let table = read(format!("Firma,{number}\nA,7\n").as_bytes()).unwrap();
        let guessed: Vec<Field> = Mapping::guess(&table).0.into_values().collect();
        assert_eq!(guessed, [Field::Name, Field::Number], "{number}");
    }
    let changed =
        Mapping::guess_and_change(&table, [("Kennung", "number"), ("Ort", "-"), ("Bemerkung", "city")]).unwrap();
    assert_eq!(changed.0.into_values().collect::<Vec<_>>(), [Field::Name, Field::City, Field::Number]);
    let refused = |column, field| Mapping::guess_and_change(&table, [(column, field)]).unwrap_err();
    assert_eq!(refused("Nothing", "city"), MappingRefused::Column("Nothing".into()));
    assert_eq!(refused("Ort", "town"), MappingRefused::Field("town".into()));
    assert_eq!(refused("Firma", "-"), MappingRefused::Nameless);
}

// proves: C66.a
#[test]
fn nothing_in_a_report_is_run_by_a_spreadsheet() {
    let detail = "=1+1\",\"@x".to_owned();
    let column = Some("=cmd|' /C calc'!A0".into());
    let outcome = Outcome::Refused(vec![Wrong { column, code: "row.formula", detail, arguments: Vec::new() }]);
    let csv = Report { rows: vec![RowReport { line: 2, outcome }] }.to_csv();
    assert_eq!(csv.lines().nth(1), Some(r#""2","refused","","'=cmd|' /C calc'!A0","row.formula","'=1+1"",""@x""#));
}

// proves: F4
#[test]
fn all_that_is_wrong_with_a_row_is_said_at_once_each_at_its_column() {
    on_both_engines(STEPS, crate::AGGREGATES, |test| async move {
        let callers = a_business(&test, 2).await;
        let clerk = callers.clerk();
        let file = b"name,email,vat,Land,currency\nBerg,no address,GB12,Atlantis,XX\n,a@example.org,DE123,DE,EUR\n\
            Vogel,v@example.org,DE 318 204 977,DE,EUR\n";
        let table = read(file).unwrap();
        let mapping = Mapping::guess_and_change(&table, [("vat", "vat_id")]).unwrap();
        let report = run(&test.books, &clerk, ImportCustomers { table, mapping, dry: false }).await.unwrap();
        let said: Vec<Vec<(String, &str)>> = report
            .rows
            .iter()
            .map(|row| {
                let Outcome::Refused(wrong) = &row.outcome else { return Vec::new() };
                wrong.iter().map(|wrong| (wrong.column.clone().unwrap_or_default(), wrong.code)).collect()
            })
            .collect();
        let at = |column: &str, code| (column.to_owned(), code);
        assert_eq!(
            said[0],
            [
                at("Land", "customer.country_unknown"),
                at("currency", "customer.currency_unknown"),
                at("email", "customer.email_unfit"),
                at("vat", "text.vat_id_unfit"),
            ]
        );
        assert_eq!(said[1], [at("name", "customer.name_missing"), at("vat", "text.vat_id_unfit")]);
        assert_eq!(words(&report), ["refused", "refused", "added"], "one bad row never costs the others");
        let all = list(&test.books, &clerk, ListCustomers::default()).await.unwrap().rows;
        assert_eq!(all[0].party.vat_id.as_deref(), Some("DE318204977"), "kept in its plain form");
    });
}

// proves: A1, F4
#[test]
fn of_two_columns_for_one_thing_the_one_that_holds_something_is_taken() {
    let with = |cells: &str| read(format!("Name,VAT,USt-IdNr\n{cells}\n").as_bytes()).unwrap();
    let vat = |cells: &str| {
        let mapping = Mapping::guess(&with(cells)).0;
        mapping.into_iter().find(|(_, field)| *field == Field::VatId).map(|(place, _)| place)
    };
    assert_eq!(vat("Nordlicht,DE318204977,"), Some(1), "the surer name, but nothing stands there");
    assert_eq!(vat("Nordlicht,19,DE318204977"), Some(2));
    assert_eq!(vat("Nordlicht,,"), Some(2), "of two that are empty the surer name");
}
