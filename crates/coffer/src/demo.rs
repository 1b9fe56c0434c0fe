//! A throwaway installation with a lifelike business: a year of invoices, most of them paid, some late. It is removed
//! when the program ends. Nothing in it is special: every invoice went through the same commands, on a clock that ran
//! through the year.

mod people;

use self::people::{People, come};
use crate::Ending;
use crate::arguments::Serve;
use crate::home::{Home, open_at};
use crate::places::Places;
use crate::serve::{self, told_to_stop};
use crate::world::{SystemClock, say};
use coffer_billing::business::{Account, Change, FoundBusiness, ReviseBusiness, found, get, revise};
use coffer_billing::catalogue::{self, AddItem};
use coffer_billing::customers::{AddCustomer, Customer, add};
use coffer_billing::delivery::settings::{Seen, SetUpDelivery, set_up};
use coffer_billing::delivery::{MarkSent, mark_sent};
use coffer_billing::invoices::content::{Content, Party};
use coffer_billing::invoices::{DraftInvoice, Invoice, IssueAtOnce, Unfinished, draft, issue_at_once};
use coffer_billing::payments::{Method, Particulars, RecordPayment, record};
use coffer_kernel::{Actor, BusinessId, Clock, Date, Timestamp};
use coffer_keys::Token;
use coffer_store::backup::{ASKED, TrySheet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How many days of business there are.
const DAYS: u64 = 360;
const DAY: u64 = 24 * 60 * 60;
/// How many days invoices lie before somebody hands them over.
const FRESH: u64 = 5;

/// Customers: name, where they are and how they are reached, currency, how many days they take to pay.
const CUSTOMERS: [(&str, [&str; 5], &str, u64); 8] = [
    (
        "Bäckerei Vogel GmbH",
        ["Hauptstraße 21", "79219", "Staufen im Breisgau", "DE", "buero@baeckerei-vogel.example"],
        "EUR",
        11,
    ),
    ("Ødegård & Sønner AS", ["Strandgaten 12", "5013", "Bergen", "NO", "regnskap@odegard.example"], "EUR", 13),
    ("Café Zürcher AG", ["Limmatquai 44", "8001", "Zürich", "CH", "kontor@cafe-zuercher.example"], "CHF", 24),
    ("Łukasz Wójcik", ["ul. Szewska 9", "31-009", "Kraków", "PL", "lukasz@wojcik.example"], "EUR", 9),
    (
        "Galerie d’Aujourd’hui",
        ["12 rue Mercière", "69002", "Lyon", "FR", "bonjour@galerie-daujourdhui.example"],
        "EUR",
        31,
    ),
    ("Siobhán Ó Briain", ["30 Shop Street", "H91 PW2H", "Galway", "IE", "siobhan@obriain.example"], "EUR", 12),
    ("Студія Бузок", ["вул. Вірменська 20", "79000", "Lviv", "UA", "studio@buzok.example"], "EUR", 45),
    ("Museo Íñigo", ["Calle Ronda 5", "48005", "Bilbao", "ES", "cuentas@museo-inigo.example"], "EUR", 14),
];

/// What is billed: words, unit, price, rate.
const WORK: [(&str, &str, &str, &str); 6] = [
    ("Shop sign and façade lettering", "HUR", "95", "19"),
    ("Packaging system, six sizes", "SET", "2400", "19"),
    ("Print supervision on site", "DAY", "680", "19"),
    ("Type licence, one year", "C62", "290", "19"),
    ("Pattern book, printed", "C62", "14", "7"),
    ("Exhibition panels, text and setting", "HUR", "88", "19"),
];

/// A clock that is set until the year has run, and tells the time from then on.
#[derive(Default)]
struct YearClock(Mutex<Option<Timestamp>>);

impl YearClock {
    fn set(&self, at: Option<Timestamp>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }
}

impl Clock for YearClock {
    fn now(&self) -> Timestamp {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).unwrap_or_else(|| SystemClock.now())
    }
}

/// Makes it, serves it, and removes it.
pub(crate) async fn run(told_where: bool, options: Serve) -> Result<(), Ending> {
    if told_where {
        let why = "The demonstration makes books of its own and removes them at its end, so it takes no --data, --key-file \
                   or --database (nor COFFER_DATA, COFFER_KEY_FILE or COFFER_DATABASE). Leave them away; or start your \
                   own books: coffer serve";
        return Err(why.into());
    }
    // Before there is anything that it would leave behind.
    let stopped = told_to_stop()?;
    let folder = temporary()?;
    let places = Places { data: folder.join("data"), key_file: folder.join("keys/root.key") };
    let clock = Arc::new(YearClock::default());
    let home = open_at(places, None, Arc::clone(&clock) as Arc<dyn Clock>)?;
    let outcome = live(&home, &clock, options, stopped).await;
    home.books.close();
    // What cannot be removed lies in the temporary folder all the same.
    drop(std::fs::remove_dir_all(&folder));
    outcome
}

fn temporary() -> Result<std::path::PathBuf, Ending> {
    let folder = std::env::temp_dir().join(format!("coffer-demo-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// Chooses the port now where the system may choose it, because links have to name it.
fn with_a_port(mut options: Serve) -> Result<Serve, Ending> {
    if options.listen.port() == 0 {
        options.listen = std::net::TcpListener::bind(options.listen)?.local_addr()?;
    }
    Ok(options)
}

/// Links lead to this machine: whoever looks around is the customer too.
async fn reachable(home: &Home, owner: &Actor, port: u16) -> Result<(), Ending> {
    let public_url = Some(format!("https://localhost:{port}"));
    let order = SetUpDelivery { version: None, public_url, mail: None, seen: Seen::Here };
    set_up(&home.books, owner, order).await?;
    Ok(())
}

async fn live(home: &Home, clock: &YearClock, options: Serve, stopped: impl Future<Output = ()>) -> Result<(), Ending> {
    let options = with_a_port(options)?;
    let link = tokio::select! {
        link = made(home, clock, options.listen.port()) => link?,
        () = stopped => return Ok(()),
    };
    let greeting = |address: &str| {
        say(format_args!(
            "Look around here; you choose your own password and second step: {address}/enter/{}\n{}",
            link.expose(),
            serve::WARNING
        ));
    };
    serve::serve_with(home, Serve { gallery: true, ..options }, greeting).await
}

/// The year, and the way in.
async fn made(home: &Home, clock: &YearClock, port: u16) -> Result<Token, Ending> {
    clock.set(Some(SystemClock.now().checked_sub(Duration::from_secs(DAYS * DAY))?));
    crate::setup::installation(home).await?;
    let business = founded(home).await?;
    let people = come(home, business).await?;
    settled(home, &people.ingrid).await?;
    reachable(home, &people.ingrid, port).await?;
    year(home, clock, &people).await?;
    clock.set(None);
    kept(home).await?;
    people.invite_the_visitor().await
}

/// As if it were kept well: a sheet that nobody has, and a backup that nobody took.
async fn kept(home: &Home) -> Result<(), Ending> {
    let operator = |books| home.operator(books);
    let (sheet, paper) = home.books.make_sheet(&operator).await?;
    let groups: Vec<&str> = paper.groups().collect();
    let typed = ASKED.map(|number| groups.get(number - 1).copied().unwrap_or_default().to_owned());
    home.books.try_sheet(&operator, TrySheet { sheet, typed }).await?;
    let handed = home.books.back_up(&operator).await?.handed();
    home.books.backup_arrived(&operator(BusinessId::INSTALLATION), handed).await?;
    Ok(())
}

/// A business.
async fn founded(home: &Home) -> Result<BusinessId, Ending> {
    let world = home.books.world();
    let (now, entropy) = (world.clock.now(), world.entropy.as_ref());
    let id = BusinessId::new(now, entropy);
    let particulars = Party {
        name: "Atelier Nord".to_owned(),
        street: Some("Rheinstraße 14".to_owned()),
        post_code: Some("79104".to_owned()),
        city: Some("Freiburg im Breisgau".to_owned()),
        country: Some("DE".to_owned()),
        vat_id: Some("DE318204977".to_owned()),
        email: Some("studio@ateliernord.example".to_owned()),
        ..Party::default()
    };
    let order = FoundBusiness {
        country: "DE".to_owned(),
        currency: "EUR".parse()?,
        time_zone: "Europe/Berlin".to_owned(),
        language: "en".to_owned(),
        number_prefix: "AN-".to_owned(),
        account: None,
        particulars,
    };
    found(&home.books, &home.operator(id), order).await?;
    Ok(id)
}

/// Where it is paid to.
async fn settled(home: &Home, owner: &Actor) -> Result<(), Ending> {
    let particulars = get(&home.books, owner).await?.particulars;
    let account = Account { holder: "Atelier Nord".to_owned(), iban: "DE89370400440532013000".to_owned(), bic: None };
    let order = ReviseBusiness {
        version: None,
        particulars,
        terms_days: 14,
        numbering: None,
        language: None,
        account: Change::To(Some(account)),
        show_account: Change::To(true),
    };
    revise(&home.books, owner, order).await?;
    Ok(())
}

/// Runs through the year: an invoice every other day, and payments when they are due to come.
async fn year(home: &Home, clock: &YearClock, People { ingrid: owner, tomas, .. }: &People) -> Result<(), Ending> {
    let today = SystemClock.now();
    let at = |day: u64| today.checked_sub(Duration::from_secs((DAYS - day) * DAY));
    let mut customers = Vec::new();
    for (name, place, currency, pays_after) in CUSTOMERS {
        let [street, post_code, city, country, email] = place.map(|text| Some(text.to_owned()));
        let party = Party { name: name.to_owned(), street, post_code, city, country, email, ..Party::default() };
        let order = AddCustomer { party, currency: Some(currency.parse()?), language: None };
        customers.push((add(&home.books, owner, None, order).await?, pays_after));
    }
    for (name, unit, price, rate) in WORK {
        let item = serde_json::json!({ "name": name, "unit": unit, "net_price": price, "category": "S", "rate": rate });
        let order = AddItem { particulars: serde_json::from_value(item)? };
        catalogue::add(&home.books, owner, None, order).await?;
    }
    let mut coming: Vec<(u64, Invoice)> = Vec::new();
    for day in 1..DAYS {
        clock.set(Some(at(day)?));
        let (due, later): (Vec<_>, Vec<_>) = coming.into_iter().partition(|(on, _)| *on <= day);
        coming = later;
        for (_, invoice) in due {
            pay(home, owner, &invoice).await?;
        }
        let turn = usize::try_from(day / 2)?;
        if day % 2 == 0
            && let Some((customer, pays_after)) = customers.get(turn * 5 % customers.len())
        {
            // One of the two writes most of them.
            let by = if turn.is_multiple_of(4) { owner } else { tomas };
            let invoice = bill(home, by, customer, turn, today_of(at(day)?)?).await?;
            // One in nine is forgotten for much longer.
            let slow = if turn.is_multiple_of(9) { 70 } else { 0 };
            // The newest wait to be handed over, and one that is late by now was forgotten.
            let forgotten = slow > 0 && turn.is_multiple_of(2) && day + pays_after + slow > DAYS;
            if day + FRESH < DAYS && !forgotten {
                mark_sent(&home.books, by, MarkSent { invoice: invoice.id(), sent_on: None }).await?;
            }
            coming.push((day + pays_after + slow, invoice));
        }
    }
    if let Some((customer, _)) = customers.first() {
        draft(&home.books, tomas, None, order(customer, 3, None)?).await?;
    }
    Ok(())
}

async fn bill(home: &Home, by: &Actor, customer: &Customer, turn: usize, on: Date) -> Result<Invoice, Ending> {
    Ok(issue_at_once(&home.books, by, None, IssueAtOnce(order(customer, turn, Some(on))?)).await?)
}

/// The date on the calendar of the business.
fn today_of(at: Timestamp) -> Result<Date, Ending> {
    Ok(at.in_tz("Europe/Berlin")?.date())
}

fn order(customer: &Customer, turn: usize, delivered_on: Option<Date>) -> Result<DraftInvoice, Ending> {
    let line = |place: usize| {
        let (name, unit, price, rate) = WORK.get((turn * 7 + place * 2) % WORK.len()).copied().unwrap_or_default();
        let quantity = if price.len() > 3 { 1 } else { 2 + (turn * 3 + place) % 17 };
        serde_json::json!({ "name": name, "unit": unit, "quantity": quantity.to_string(), "net_price": price,
            "category": "S", "rate": rate })
    };
    let lines: Vec<serde_json::Value> = (0..=turn % 3).map(line).collect();
    let content = serde_json::json!({ "currency": customer.currency, "lines": lines });
    let content = Content { delivered_on, ..serde_json::from_value(content)? };
    Ok(DraftInvoice { customer: customer.id, content, unfinished: Unfinished::default() })
}

async fn pay(home: &Home, owner: &Actor, invoice: &Invoice) -> Result<(), Ending> {
    let order = RecordPayment {
        invoice: invoice.id(),
        amount: invoice.draft().totals.amount_due.amount_text(),
        received_on: None,
        method: Method::Transfer,
        particulars: Particulars::default(),
    };
    record(&home.books, owner, None, order).await?;
    Ok(())
}
