//! W7: the PDF of an invoice with 20 lines and three VAT rates, warm, in process.

use crate::figures::{at, cpu_seconds, micros, round, tell};
use coffer_billing::business::PaidTo;
use coffer_billing::invoices::content::{Content, Party, totals};
use coffer_billing::invoices::{Draft, Frozen, Issued, Unfinished};
use coffer_documents::{Language, Look, Paper, Printed, Printer};
use coffer_kernel::{CustomerId, InvoiceId, ScopeId, TypedId};
use serde_json::{Value, json};

const TIMES: usize = 60;

pub(crate) fn run() {
    let printer = Printer::new().unwrap();
    let cold = micros(1, || drop(print(&printer, &issued(0))));
    let mut number = 0;
    let mut last = print(&printer, &issued(0));
    let cpu = cpu_seconds("self");
    let warm = micros(TIMES, || {
        // Each is another paper, so that nothing is answered from memory.
        number += 1;
        last = print(&printer, &issued(number));
    });
    let cpu = (cpu_seconds("self") - cpu) * 1e3 / TIMES as f64;
    let [first, p50, p99] = [cold[0], at(&warm, 50), at(&warm, 99)].map(|micros| round(micros / 1e3));
    let (pages, bytes) = (last.pages, last.pdf.len());
    let seen = json!({ "pages": pages, "first_ms": first, "p50_ms": p50, "p99_ms": p99, "cpu_ms": round(cpu), "bytes": bytes });
    tell("W7", seen, json!({ "cpu_ms": 7, "bytes": 40_000 }), Value::Null);
}

fn print(printer: &Printer, issued: &Issued) -> Printed {
    printer.print(&Paper::Issued { issued, pay: None, links: None, language: Language::En }, Look::default()).unwrap()
}

fn issued(number: i64) -> Issued {
    let rates = ["19", "7", "5"];
    let line = |place: usize| json!({ "name": format!("Article {number}-{place}"), "quantity": "3", "net_price": "21.50", "category": "S", "rate": rates[place % 3] });
    let lines: Vec<_> = (0..20).map(line).collect();
    let content: Content = serde_json::from_value(json!({ "currency": "EUR", "lines": lines })).unwrap();
    let totals = totals(&content).unwrap();
    let party = |name: &str| -> Party {
        serde_json::from_value(
            json!({ "name": name, "street": "Marktgasse 3", "post_code": "79219", "city": "Staufen" }),
        )
        .unwrap()
    };
    let draft = Draft {
        id: InvoiceId::from_bytes([1; 16]),
        version: 2,
        customer: CustomerId::from_bytes([2; 16]),
        scope: ScopeId::from_bytes([3; 16]),
        content,
        totals,
        unfinished: Unfinished::default(),
    };
    Issued {
        draft,
        series: "invoice 2026".into(),
        number,
        number_text: format!("AN-2026-{number:04}"),
        issued_on: "2026-10-08".parse().unwrap(),
        due_on: "2026-11-07".parse().unwrap(),
        frozen: Frozen {
            seller: party("Atelier Nord"),
            buyer: party("Bäckerei Vogel GmbH"),
            paid_to: PaidTo::Unsaid,
            nonce: "ab".repeat(32),
        },
        content_hash: [7; 32],
    }
}
