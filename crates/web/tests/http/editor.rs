//! The editor over what it does not show: nothing is lost, nothing goes to another row, and its sums are the books'.

use crate::pages::{founded, key_to};
use crate::typed::Form;
use crate::visit::Visit;
use crate::world::{World, customer_body, on_both_engines};
use axum::http::StatusCode;
use serde_json::{Value, json};

const EMAIL: &str = "ingrid@atelier.example";

/// An owner at the pages, and a program with a key to the same books.
pub(crate) struct Desk<'a> {
    pub(crate) world: &'a World,
    pub(crate) owner: Visit<'a>,
    pub(crate) key: String,
}

impl<'a> Desk<'a> {
    pub(crate) async fn new(world: &'a World) -> Self {
        let owner = Visit::owner(world, EMAIL).await;
        let key = key_to(world, founded(world).await).await;
        Self { world, owner, key }
    }

    /// A draft that a program made; its address.
    pub(crate) async fn drafts(&self, content: &Value) -> String {
        let customer = json!({ "party": customer_body()["party"], "currency": content["currency"] });
        let (_, customer) = self.world.send("POST", "/api/v1/customers", &self.key, Some(&customer)).await;
        let body = json!({ "customer": customer["id"], "content": content });
        let (status, made) = self.world.send("POST", "/api/v1/invoices", &self.key, Some(&body)).await;
        assert_eq!(status, StatusCode::CREATED, "{made}");
        format!("/invoices/{}", made["id"].as_str().unwrap())
    }

    /// What a program reads of it.
    pub(crate) async fn reads(&self, invoice: &str) -> Value {
        self.world.send("GET", &format!("/api/v1{invoice}"), &self.key, None).await.1
    }

    pub(crate) async fn form(&mut self, invoice: &str) -> Form {
        Form::of_editor(&self.owner.get(&format!("{invoice}/edit")).await.text)
    }

    /// The editor keeps its draft by itself; its version from then on.
    pub(crate) async fn keeps(&mut self, invoice: &str, form: &Form) -> String {
        let kept = self.owner.post(invoice, &form.clone().with("then", "keep").pairs()).await;
        let answer: Value = serde_json::from_str(&kept.text).unwrap_or_default();
        assert_eq!(kept.status, StatusCode::OK, "{}", kept.text);
        answer["kept"]["version"].to_string()
    }
}

pub(crate) fn line(name: &str, more: &Value) -> Value {
    let mut line = json!({ "name": name, "quantity": "1", "unit": "C62", "net_price": "10", "base_quantity": "1",
        "category": "S", "rate": "19" });
    line.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    line
}

fn off(amount: usize) -> Value {
    json!({ "kind": "allowance", "amount": format!("{amount}.00"), "reason": format!("Reason {amount}"),
        "category": "S", "rate": "19" })
}

/// Everything that a program can say and the form has no field for.
fn rich() -> Value {
    json!({ "currency": "EUR", "prepaid": "100.00", "rounding": "0.37", "contract_number": "C-7",
        "deliver_to": { "city": "Basel", "country": "CH" }, "period": { "from": "2026-10-01", "to": "2026-10-31" },
        "lines": [
            line("Screws", &json!({ "quantity": "250", "net_price": "12.5", "base_quantity": "100" })),
            line("Sign", &json!({ "quantity": "3", "net_price": "95", "list_price": "100", "price_discount": "5",
                "period": { "from": "2026-10-01", "to": "2026-10-15" }, "adjustments": [
                    { "kind": "allowance", "amount": "5.00", "reason": "Early order" },
                    { "kind": "charge", "percent": "10", "base": "33.30", "reason": "Express" },
                    { "kind": "allowance", "percent": "1.5", "reason": "Loyalty" } ] })),
            line("Book", &json!({ "quantity": "2", "net_price": "44.44", "rate": "7" })),
        ],
        "adjustments": [
            { "kind": "allowance", "percent": "3", "base": "200.00", "reason": "Partner", "category": "S", "rate": "19" },
            { "kind": "charge", "amount": "4.90", "reason": "Postage", "category": "S", "rate": "7" },
        ] })
}

// proves: A4, F8
#[test]
fn a_long_draft_is_kept_whole_and_one_that_is_too_long_is_refused_in_words() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut desk = Desk::new(&world).await;
        let lines: Vec<Value> = (0..140).map(|number| line(&format!("Line {number}"), &json!({}))).collect();
        let adjustments: Vec<Value> = (1..=14).map(off).collect();
        let content = json!({ "currency": "EUR", "lines": lines, "adjustments": adjustments });
        let draft = desk.drafts(&content).await;
        // A script gives new lines numbers of their own, far beyond those that were drawn.
        let form = desk
            .form(&draft)
            .await
            .with("note", "Typed")
            .with("line-5000-name", "Far")
            .with("line-5000-net_price", "1");
        desk.keeps(&draft, &form.with("line-5000-tax", "S 19")).await;
        let stands = desk.reads(&draft).await["content"].clone();
        assert_eq!(stands["note"], "Typed");
        assert_eq!(stands["lines"].as_array().unwrap().len(), 141);
        assert_eq!((&stands["lines"][139]["name"], &stands["lines"][140]["name"]), (&json!("Line 139"), &json!("Far")));
        assert_eq!(stands["adjustments"], json!(adjustments));

        let many = |count: usize| {
            let line = |number: usize| {
                [("name", "x"), ("net_price", "1"), ("tax", "S 19")]
                    .map(|(field, text)| (format!("line-{number}-{field}"), text.to_owned()))
            };
            (0..count)
                .flat_map(line)
                .chain([("new_customer".to_owned(), "Bäckerei Vogel".to_owned())])
                .collect::<Vec<_>>()
        };
        let most = many(1_000);
        let most: Vec<_> = most.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let made = desk.owner.post("/invoices", &most).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
        let made = made.location.replace("/edit", "");
        assert_eq!(desk.reads(&made).await["content"]["lines"].as_array().unwrap().len(), 1_000);
        let beyond = many(1_001);
        let beyond: Vec<_> = beyond.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let no = desk.owner.post(&made, &beyond).await;
        assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(no.text.contains("There are 1001 of these; an invoice has at most 1000"), "{}", &no.text[..2_000]);
        assert!(no.text.contains("line-1000-name"), "nothing that was typed is lost");
        // Thousands of lines that cannot be read are not drawn, and not each of them is named.
        let names: Vec<String> = (0..6_000).map(|number| format!("line-{number}-name")).collect();
        let unread: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "x")).collect();
        let no = desk.owner.post(&made, &unread).await;
        assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fields = no.text.split(" name=\"line-").filter_map(|rest| rest.split('"').next());
        let drawn = fields.filter(|field| field.ends_with("-net_price")).count();
        assert!((1_001..=1_003).contains(&drawn), "as many as show it, an empty one and its pattern: {drawn}");
        assert!((1..=25).contains(&no.text.matches("<li><a href=\"#line-").count()), "the first of them are named");
    });
}

// proves: A4, F8
#[test]
fn a_row_keeps_what_is_its_own_while_others_are_taken_out_and_the_draft_keeps_itself() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut desk = Desk::new(&world).await;
        let discounted = json!({ "base_quantity": "100", "adjustments": [
            { "kind": "allowance", "amount": "3.00", "reason": "Early order" }] });
        let lines = [line("A", &json!({})), line("B", &json!({ "base_quantity": "10" })), line("C", &discounted)];
        let of_all = [off(1), off(2), off(3)];
        let draft = desk.drafts(&json!({ "currency": "EUR", "lines": lines, "adjustments": of_all })).await;
        // The first line and the first discount go; the draft keeps itself; something else is typed; it does so again.
        let form = desk.form(&draft).await.without("line-0").without("adjustment-0");
        let version = desk.keeps(&draft, &form).await;
        let form = form.with("version", &version).with("note", "Typed").with("line-1-quantity", "2");
        desk.keeps(&draft, &form).await;
        let stands = desk.reads(&draft).await["content"].clone();
        assert_eq!(stands["lines"][0], line("B", &json!({ "base_quantity": "10", "quantity": "2" })), "nothing of C");
        assert_eq!(stands["lines"][1], line("C", &discounted), "and C has its own");
        assert_eq!(stands["adjustments"], json!([off(2), off(3)]));
    });
}

/// The figures of the sums, in their order.
fn figures(sums: &str) -> Vec<String> {
    let sums = sums.split("</dl>").next().unwrap();
    let amounts = sums.split("<dd>").skip(1).map(|rest| rest.split("<span").next().unwrap().replace([',', '−'], ""));
    amounts.collect()
}

// proves: A4, B1
#[test]
fn page_paper_and_programs_say_the_same_of_what_only_a_program_can_write() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut desk = Desk::new(&world).await;
        let draft = desk.drafts(&rich()).await;
        let before = desk.reads(&draft).await;
        let paper = world.bytes("GET", &format!("/api/v1{draft}/pdf"), &desk.key).await;
        let totals = &before["totals"];
        let taxes = totals["tax_breakdown"].as_array().unwrap().iter().map(|tax| &tax["tax"]);
        let sums = [&totals["lines_net"], &totals["allowances"], &totals["charges"]].into_iter().chain(taxes);
        let sums = sums.chain([&totals["prepaid"], &totals["rounding"], &totals["amount_due"]]);
        let told: Vec<_> = sums.map(|sum| sum.as_str().unwrap().to_owned()).collect();

        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let printed: Vec<_> = coffer_testkit::pdf::texts(&paper).unwrap().iter().map(|text| digits(text)).collect();
        for figure in &told {
            assert!(printed.contains(&digits(figure)), "{figure} is printed: {printed:?}");
        }
        let page = desk.owner.get(&format!("{draft}/edit")).await;
        assert_eq!(figures(page.text.split_once("<dl class=\"sums\"").unwrap().1), told, "as it is opened");
        assert!(page.text.contains("The price is for 100."), "what weighs on a line is said: {}", page.text);
        let form = Form::of_editor(&page.text);
        let typing = desk.owner.post("/invoices/preview", &form.clone().with("own_currency", "EUR").pairs()).await;
        let typing: Value = serde_json::from_str(&typing.text).unwrap();
        assert_eq!(figures(typing["sums"].as_str().unwrap()), told, "while one types");
        assert_eq!(typing["nets"]["0"].as_str().unwrap().split('<').next(), totals["line_nets"][0].as_str());

        desk.keeps(&draft, &form).await;
        let kept = desk.reads(&draft).await;
        assert_eq!((&kept["content"], &kept["totals"]), (&before["content"], totals), "and as it is kept");
        assert_eq!(desk.owner.get(&format!("{draft}/pdf")).await.bytes, paper, "and printed");
    });
}

// proves: A4
#[test]
fn a_copy_bills_again_without_the_days_and_payments_of_the_old_one() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut desk = Desk::new(&world).await;
        let draft = desk.drafts(&rich()).await;
        for (to, then) in [(draft.clone(), "copy"), (format!("{draft}/copy"), "")] {
            let made = desk.owner.post(&to, &[("then", then)]).await.location;
            let page = desk.owner.get(&made).await;
            let lacks = page.between("Not taken over: ", "</p>");
            for gone in ["the time it is billed for", "the times of its lines", "what was paid before", "the rounding"]
            {
                assert!(lacks.contains(gone), "{gone}: {lacks}");
            }
            assert!(!lacks.contains("due") && !lacks.contains("delivery"), "it had none: {lacks}");
            let copy = desk.reads(made.split("/edit").next().unwrap()).await["content"].clone();
            for gone in ["period", "prepaid", "rounding", "due_on", "delivered_on"] {
                assert_eq!(copy[gone], Value::Null, "{gone}");
            }
            assert_eq!(copy["lines"][1]["period"], Value::Null);
            assert_eq!((&copy["lines"][0], &copy["adjustments"]), (&rich()["lines"][0], &rich()["adjustments"]));
        }
    });
}

/// A customer in Poland, with their VAT number; their id.
async fn customer_abroad(desk: &mut Desk<'_>, country: &str) -> String {
    let party = json!({ "name": "Wójcik", "vat_id": "PL5260001246", "country": country });
    let (_, customer) = desk.world.send("POST", "/api/v1/customers", &desk.key, Some(&json!({ "party": party }))).await;
    customer["id"].as_str().unwrap_or_else(|| panic!("{customer}")).to_owned()
}

// proves: A4
#[test]
fn a_sale_to_another_eu_country_is_issued_at_the_pages() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut desk = Desk::new(&world).await;
        let pole = customer_abroad(&mut desk, "PL").await;
        let fields = [
            ("customer", pole.as_str()),
            ("line-0-name", "Sign"),
            ("line-0-net_price", "95"),
            ("line-0-tax", "K 0"),
            ("exemption_reasons-K", "Intra-community supply"),
            ("period-from", "2026-01-01"),
            ("period-to", "2026-01-31"),
        ];
        let calm = desk.owner.get("/invoices/new").await.text;
        assert!(calm.contains("hidden data-abroad"), "nobody else is asked: {calm}");
        // Where the customer is, unless somebody says another.
        for (chosen, goes) in [("", "PL"), ("CZ", "CZ")] {
            let typed = [&fields[..], &[("deliver_to-country", chosen)]].concat();
            let draft = desk.owner.post("/invoices", &typed).await.location.replace("/edit", "");
            let form = desk.form(&draft).await;
            assert_eq!(form.get("deliver_to-country"), chosen, "as it was typed");
            assert_eq!((form.get("period-from"), form.get("period-to")), ("2026-01-01", "2026-01-31"));
            let asked = desk.owner.get(&format!("{draft}/issue")).await.text;
            assert!(!asked.contains("billed for"), "the time is not missing: {asked}");
            let issued = desk.owner.post(&format!("{draft}/issue"), &[]).await;
            assert!(issued.location.ends_with("?done=issued"), "{}", issued.text);
            let content = desk.reads(&draft).await["content"].clone();
            assert_eq!(content["deliver_to"], json!({ "country": goes }));
            assert_eq!(content["period"], json!({ "from": "2026-01-01", "to": "2026-01-31" }));
        }
        // Nobody knows where the customer is: the field that asks is there.
        let party = json!({ "party": { "name": "Novak", "vat_id": "CZ25123891" } });
        let (_, nobody) = world.send("POST", "/api/v1/customers", &desk.key, Some(&party)).await;
        let typed = [&[("customer", nobody["id"].as_str().unwrap())], &fields[1..]].concat();
        let draft = desk.owner.post("/invoices", &typed).await.location.replace("/edit", "");
        let no = desk.owner.post(&format!("{draft}/issue"), &[]).await;
        assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            no.text.contains("href=\"#deliver_to-country\"") && !no.text.contains("hidden data-abroad"),
            "{}",
            no.text
        );
        // Once somebody does, the draft is issued as it was written.
        let path = format!("/api/v1/customers/{}", nobody["id"].as_str().unwrap());
        let party = json!({ "party": { "name": "Novak", "vat_id": "CZ25123891", "country": "CZ" } });
        let (status, mended) = world.send("PUT", &path, &desk.key, Some(&party)).await;
        assert_eq!(status, StatusCode::OK, "{mended}");
        let page = desk.owner.get(&format!("{draft}/edit")).await.text;
        assert!(page.contains("it can be issued without"), "{page}");
        assert_eq!(desk.form(&draft).await.get("deliver_to-country"), "", "nobody said it");
        let issued = desk.owner.post(&format!("{draft}/issue"), &[]).await;
        assert!(issued.location.ends_with("?done=issued"), "{}", issued.text);
        assert_eq!(desk.reads(&draft).await["content"]["deliver_to"], json!({ "country": "CZ" }));
        let copy = desk.owner.post(&format!("{draft}/copy"), &[]).await.location;
        let copy = desk.reads(copy.split("/edit").next().unwrap()).await;
        assert_eq!(copy["content"]["deliver_to"], Value::Null, "a copy goes to where the customer is then");
    });
}

// proves: A4
#[test]
fn a_rate_that_no_list_has_is_typed() {
    on_both_engines(|test| async move {
        let world = World::new(test).await;
        let mut desk = Desk::new(&world).await;
        let line = [
            ("new_customer", "Vogel"),
            ("line-0-name", "Sign"),
            ("line-0-net_price", "200"),
            ("line-0-tax", "S other"),
        ];
        for wrong in ["", "much", "0", "200"] {
            let typed = [&line[..], &[("line-0-rate", wrong), ("then", "issue")]].concat();
            let no = desk.owner.post("/invoices", &typed).await;
            assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
            assert!(
                no.text.contains("id=\"line-0-rate-error\"") && no.text.contains("value=\"S other\" selected"),
                "{wrong}: {}",
                no.text
            );
        }
        let draft = desk.owner.post("/invoices", &[&line[..], &[("line-0-rate", "9.975 %")]].concat()).await.location;
        let draft = draft.replace("/edit", "");
        assert_eq!(desk.form(&draft).await.get("line-0-tax"), "S 9.975");
        let stands = desk.reads(&draft).await;
        assert_eq!(
            (&stands["content"]["lines"][0]["rate"], &stands["totals"]["tax_total"]),
            (&json!("9.975"), &json!("19.95"))
        );
        let item = [
            ("name", "Sign"),
            ("net_price", "5"),
            ("unit", "C62"),
            ("currency", "EUR"),
            ("tax", "S other"),
            ("rate", "9.975"),
        ];
        assert_eq!(desk.owner.post("/items", &item).await.location, "/items?done=saved");
        assert!(desk.owner.get("/items").await.text.contains("9.975"));
    });
}
