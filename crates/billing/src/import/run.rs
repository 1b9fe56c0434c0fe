//! Importing: every row a command of its own.

use super::rows::{Candidate, Unfit, candidate};
use super::{Field, Mapping, MappingRefused, Outcome, Report, RowReport, Table, Wrong, sql};
use crate::customers::{self, AddCustomer, AddRefused, Customer};
use crate::fold::fold;
use crate::invoices::content::Party;
use coffer_kernel::{Action, Actor, CustomerId, Pointer, Reason, Refusals, Refuse, Scope, SubjectId, TypedId};
use coffer_store::{Books, Event, Fault, Order, Reading, Refused, Snapshot};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Customers to be imported.
#[derive(Debug, Clone)]
pub struct ImportCustomers {
    /// The file.
    pub table: Table,
    /// Which column is which field.
    pub mapping: Mapping,
    /// Whether to say what would become of each row, and write nothing.
    pub dry: bool,
}

/// Why a file is not imported at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportRefused {
    /// The mapping does not fit.
    Mapping(MappingRefused),
    /// What the store answers to any order.
    Store(Refused),
}

impl std::fmt::Display for ImportRefused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Mapping(refused) => refused.fmt(f),
            Self::Store(refused) => refused.fmt(f),
        }
    }
}

impl std::error::Error for ImportRefused {}

impl Refusals for ImportRefused {
    fn all() -> Vec<(&'static str, Reason, &'static str)> {
        vec![(
            "import.mapping_unfit",
            Reason::Invalid,
            "The mapping names a column or field that is not there, or one twice.",
        )]
    }
}

impl Refuse for ImportRefused {
    fn code(&self) -> &'static str {
        match self {
            Self::Mapping(_) => "import.mapping_unfit",
            Self::Store(refused) => refused.code(),
        }
    }
    fn reason(&self) -> Reason {
        match self {
            Self::Mapping(_) => Reason::Invalid,
            Self::Store(refused) => refused.reason(),
        }
    }
    fn pointers(&self) -> Vec<Pointer> {
        match self {
            Self::Mapping(_) => {
                vec![Pointer::new("/mapping", self.code(), self.to_string())]
            }
            Self::Store(_) => Vec::new(),
        }
    }
}

impl From<Refused> for ImportRefused {
    fn from(refused: Refused) -> Self {
        Self::Store(refused)
    }
}

/// Imports customers, or says what would become of them.
///
/// # Errors
/// [`ImportRefused`] where nothing of the file can be done, or where the store fails: rows before stay, and running the
/// file again goes on behind them.
pub async fn run(books: &Books, actor: &Actor, order: ImportCustomers) -> Result<Report, ImportRefused> {
    let order = Arc::new(order);
    let (mut report, found) = looked_at(books, actor, Arc::clone(&order)).await?;
    for (place, candidate, known) in found {
        let outcome = match known {
            Some(known) => known,
            None if order.dry => Outcome::Ready,
            None => row(books, actor, candidate, &order).await?,
        };
        if let Some(row) = report.rows.get_mut(place) {
            row.outcome = outcome;
        }
    }
    Ok(report)
}

/// A candidate with the place of its row in the report.
type Placed = (usize, Candidate);

/// What the file alone says of its rows, and the candidates that the books have to be asked about.
fn sorted(order: &ImportCustomers) -> (Report, Vec<Placed>) {
    let (mut report, mut candidates) = (Report::default(), Vec::new());
    let mut seen = BTreeMap::<String, u64>::new();
    for (place, (line, cells)) in order.table.rows.iter().enumerate() {
        let outcome = match candidate(cells, order.table.header.len(), &order.mapping) {
            Err(unfit) => refused(unfit, order),
            Ok(candidate) => match (customers::check(&candidate.party, None), seen.get(&candidate.source)) {
                // What adding them would refuse is said before anybody tries.
                (Err(unfit), _) => not_added(&unfit, order),
                (Ok(()), Some(earlier)) => Outcome::Repeats(*earlier),
                (Ok(()), None) => {
                    seen.insert(candidate.source.clone(), *line);
                    candidates.push((place, candidate));
                    Outcome::Ready
                }
            },
        };
        report.rows.push(RowReport { line: *line, outcome });
    }
    (report, candidates)
}

/// All that is wrong with a row, each at the column it stands in.
fn refused(unfit: Vec<Unfit>, order: &ImportCustomers) -> Outcome {
    let wrong = unfit.into_iter().map(|Unfit { field, code, detail, arguments }| {
        let column = field.and_then(|field| order.column(field));
        Wrong { column, code, detail, arguments }
    });
    Outcome::Refused(wrong.collect())
}

/// What adding somebody refused.
fn not_added(no: &AddRefused, order: &ImportCustomers) -> Outcome {
    let pointers = no.pointers();
    if pointers.is_empty() {
        return Outcome::Refused(vec![whole(no.code(), no.to_string())]);
    }
    refused(pointers.into_iter().map(Unfit::of).collect(), order)
}

/// What is wrong with a row as a whole.
const fn whole(code: &'static str, detail: String) -> Wrong {
    Wrong { column: None, code, detail, arguments: Vec::new() }
}

impl ImportCustomers {
    /// The name of the column that has this field.
    fn column(&self, field: Field) -> Option<String> {
        let place = self.mapping.0.iter().find(|(_, known)| **known == field).map(|(place, _)| *place);
        place.and_then(|place| self.table.header.get(place)).cloned()
    }
}

struct Look(Arc<ImportCustomers>);

impl Order for Look {
    const ACTION: Action = Action::ImportCustomers;
}

/// A candidate in its place, and what the books know of it.
type Found = (usize, Candidate, Option<Outcome>);

/// What the file says of its rows and the books of each candidate. Nobody looks at a row before the permit is there, and
/// thousands of them are looked at on a reader's thread. Keyed hashes are compared; who is called like somebody new is opened
/// in a dry run alone.
async fn looked_at(
    books: &Books,
    actor: &Actor,
    order: Arc<ImportCustomers>,
) -> Result<(Report, Vec<Found>), ImportRefused> {
    books
        .read(actor, Look(order), |snapshot, permit, look| {
            look.0.mapping.check().map_err(ImportRefused::Mapping)?;
            let (report, candidates) = sorted(&look.0);
            let found = candidates.into_iter().map(|(place, candidate)| {
                let source = snapshot.blind_index(SOURCE.0, SOURCE.1, &candidate.source_within(permit.scope()));
                let index = candidate
                    .party
                    .email
                    .as_ref()
                    .map(|email| snapshot.blind_index("customer", "email", &email.to_lowercase()));
                let known = match sql::find(snapshot, source)?.or(known_once(snapshot, permit.scope(), &candidate)?) {
                    Some(id) => Some(Outcome::There(id)),
                    None => resembles(snapshot, permit.scope(), index)?.map(Outcome::Resembles),
                };
                Ok((place, candidate, known))
            });
            let found = found.collect::<Result<Vec<Found>, Fault>>();
            let mut found = found.map_err(Refused::from)?;
            if look.0.dry {
                called_alike(snapshot, permit.scope(), &mut found).map_err(Refused::from)?;
            }
            Ok((report, found))
        })
        .await
}

/// Marks whoever would be new and has the name and town of somebody who is there. A town that nobody wrote down tells
/// nobody apart.
fn called_alike(snapshot: &mut Snapshot<'_>, scope: &Scope, found: &mut [Found]) -> Result<(), Fault> {
    let name = |party: &Party| fold(party.name.trim());
    let wanted: BTreeSet<String> =
        found.iter().filter(|(_, _, known)| known.is_none()).map(|(_, candidate, _)| name(&candidate.party)).collect();
    let mut there = BTreeMap::<String, Vec<Customer>>::new();
    for customer in customers::namesakes(snapshot, scope, &wanted)? {
        there.entry(name(&customer.party)).or_default().push(customer);
    }
    for (_, candidate, known) in found.iter_mut().filter(|(_, _, known)| known.is_none()) {
        let same = |there: &&Customer| customers::of_one_town(&there.party, &candidate.party);
        let namesake = there.get(&name(&candidate.party)).and_then(|all| all.iter().find(same));
        *known = namesake.map(|customer| Outcome::Namesake(customer.id));
    }
    Ok(())
}

/// Whom a row became before its town counted; nobody, where they are known to be of another one.
fn known_once(snapshot: &mut Snapshot<'_>, scope: &Scope, candidate: &Candidate) -> Result<Option<CustomerId>, Fault> {
    let Some(once) = candidate.once_within(scope) else { return Ok(None) };
    let source = snapshot.blind_index(SOURCE.0, SOURCE.1, &once);
    let Some(id) = sql::find(snapshot, source)? else { return Ok(None) };
    let there = customers::sql::find(snapshot, scope, id)?;
    Ok(Some(id).filter(|_| there.is_none_or(|there| customers::of_one_town(&there.party, &candidate.party))))
}

const SOURCE: (&str, &str) = ("customer_import", "source");

fn resembles(reading: &mut impl Reading, scope: &Scope, email: Option<[u8; 16]>) -> Result<Option<CustomerId>, Fault> {
    email.map_or(Ok(None), |index| customers::sql::by_email(reading, scope, index))
}

/// One row.
#[derive(Debug, Clone)]
struct ImportRow(Candidate);

impl Order for ImportRow {
    const ACTION: Action = Action::ImportCustomers;
}

struct CustomerImported(CustomerId);

impl Event for CustomerImported {
    const NAME: &'static str = "customer.imported";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
    fn subject(&self) -> Option<SubjectId> {
        Some(self.0.into())
    }
}

/// Adds a row's customer. What is refused is a row's report; what the store cannot do ends the import.
async fn row(
    books: &Books,
    actor: &Actor,
    candidate: Candidate,
    order: &ImportCustomers,
) -> Result<Outcome, ImportRefused> {
    let added = books
        .transact(actor, ImportRow(candidate), |tx, permit, order| {
            let Candidate { party, currency, .. } = order.0.clone();
            let customer = customers::new_customer(tx, permit, &AddCustomer { party, currency, language: None })?;
            let source = tx.blind_index(SOURCE.0, SOURCE.1, &order.0.source_within(permit.scope()));
            if !sql::keep(tx, source, customer.id)? {
                return Err(AddRefused::Store(Refused::Stale));
            }
            tx.record(CustomerImported(customer.id), customer.id)
        })
        .await;
    match added {
        Ok(id) => Ok(Outcome::Added(id)),
        Err(AddRefused::Store(Refused::Stale)) => {
            let detail = "Somebody imported this row at the same time. Run the file again to see.".to_owned();
            Ok(Outcome::Refused(vec![whole("row.imported_meanwhile", detail)]))
        }
        Err(AddRefused::Store(refused)) => Err(refused.into()),
        Err(unfit) => Ok(not_added(&unfit, order)),
    }
}
