//! Every statement on the customers' table.

use super::Customer;
use crate::invoices::content::Party;
use crate::scope::only;
use coffer_kernel::{CustomerId, Scope, SubjectId, TypedId};
use coffer_store::{Aggregate, Cells, Column, Fault, Reading, Root, Row, Stored, Table, Tx, Value, values};
use std::collections::{BTreeMap, BTreeSet};

/// Where a customer stands.
pub static AGGREGATE: Aggregate = Aggregate {
    root: Table {
        name: "customer",
        insert: "INSERT INTO customer (business, id, version, scope_id, currency, language, created_at, archived_at, email_index, \
                 name, particulars, digest) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        replace: "UPDATE customer SET version = $3, scope_id = $4, currency = $5, language = $6, created_at = $7, archived_at = $8, \
                  email_index = $9, name = $10, particulars = $11, digest = $12 WHERE business = $1 AND id = $2",
        select: "SELECT business, id, version, scope_id, currency, language, created_at, archived_at, email_index, name, particulars, \
                 digest FROM customer WHERE business = $1 AND id = $2",
    },
    parts: &[],
    held: true,
    lets_in: false,
    all: "SELECT id, version FROM customer WHERE business = $1 ORDER BY id",
};

pub(super) const NAME: Column = Column::statutory("customer", "name");
const PARTICULARS: Column = Column::statutory("customer", "particulars");
const FIND: &str = "SELECT business, id, version, scope_id, currency, language, created_at, archived_at, email_index, name, particulars, \
     digest FROM customer WHERE business = $1 AND id = $2 AND (scope_id = $3 OR $3 IS NULL)";

/// As many at a time as this asks for.
const AT_ONCE: usize = 50;
const THESE: &str = "SELECT business, id, version, scope_id, currency, language, created_at, archived_at, email_index, name, particulars, digest \
     FROM customer WHERE business = $1 AND (scope_id = $2 OR $2 IS NULL) AND id IN ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, \
     $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, \
     $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51, $52)";
const LIST: &str = "SELECT business, id, version, scope_id, currency, language, created_at, archived_at, email_index, name, particulars, digest \
     FROM customer WHERE business = $1 AND id < $2 AND (scope_id = $3 OR $3 IS NULL) ORDER BY id DESC LIMIT $4";
const NAMES: &str = "SELECT id, name FROM customer WHERE business = $1 AND archived_at IS NULL AND (scope_id = $2 OR $2 IS NULL) \
     ORDER BY id DESC";
const LOCK: &str = "UPDATE customer SET version = version WHERE business = $1 AND id = $2 AND (scope_id = $3 OR $3 IS NULL) \
     RETURNING business, id, version, scope_id, currency, language, created_at, archived_at, email_index, name, particulars, digest";
const BY_EMAIL: &str = "SELECT id FROM customer WHERE business = $1 AND email_index = $2 AND (scope_id = $3 OR $3 IS NULL) \
     ORDER BY id LIMIT 1";

impl Root for Customer {
    type Id = CustomerId;
    fn lock(tx: &mut Tx<'_>, scope: &Scope, id: CustomerId) -> Result<Option<Self>, Fault> {
        let found = tx.whole(&AGGREGATE, LOCK, &values![tx.business().bytes(), id.bytes(), only(scope)])?;
        found.map(|customer| read(customer.root(), tx)).transpose()
    }
}

impl Stored for Customer {
    const AGGREGATE: &'static Aggregate = &AGGREGATE;
    fn id(&self) -> [u8; 16] {
        self.id.bytes()
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn cells(&self, tx: &mut Tx<'_>) -> Result<Cells, Fault> {
        let (id, subject) = (self.id.bytes(), SubjectId::from(self.id));
        let email = self
            .party
            .email
            .as_deref()
            .map(|email| tx.blind_index("customer", "email", &email.to_lowercase()).to_vec());
        let text = serde_json::to_string(&self.party).map_err(|_| Fault::Misuse("a party is plain texts"))?;
        let name = tx.seal(&NAME, &id, subject, &self.party.name)?;
        let particulars = tx.seal(&PARTICULARS, &id, subject, &text)?;
        let (business, scope) = (tx.business().bytes(), self.scope.bytes());
        let (currency, language) = (self.currency.code(), self.language.as_str());
        let never = Value::Null;
        let root = values![
            business,
            id,
            self.version,
            scope,
            currency,
            language,
            self.created_at,
            never,
            email,
            name,
            particulars
        ];
        Ok(Cells { root, parts: Vec::new() })
    }
}

/// The customer, if it is within the scope.
pub(crate) fn find(reading: &mut impl Reading, scope: &Scope, id: CustomerId) -> Result<Option<Customer>, Fault> {
    let found = reading.whole(&AGGREGATE, FIND, &values![reading.business().bytes(), id.bytes(), only(scope)])?;
    found.map(|customer| read(customer.root(), reading)).transpose()
}

/// Somebody within the scope whose e-mail address has this keyed hash.
pub(crate) fn by_email(
    reading: &mut impl Reading,
    scope: &Scope,
    index: [u8; 16],
) -> Result<Option<CustomerId>, Fault> {
    let row = reading.one(BY_EMAIL, &values![reading.business().bytes(), index, only(scope)])?;
    row.map(|row| row.id(0)).transpose()
}

/// The name in a row that was read or joined with the columns of the `select`; none where it is not what was written, which is
/// noted.
pub(crate) fn name(reading: &mut impl Reading, row: &Row) -> Result<Option<String>, Fault> {
    let id: CustomerId = row.id(1)?;
    if !reading.stands(&AGGREGATE, row, &[])? {
        return Ok(None);
    }
    reading.open(&NAME, &id.bytes(), id.into(), &row.get::<Vec<u8>>(9)?).map(Some)
}

/// Customers within the scope in the order of their making, the newest first, from below this id.
pub(super) fn list(
    reading: &mut impl Reading,
    scope: &Scope,
    below: CustomerId,
    most: i64,
) -> Result<Vec<Customer>, Fault> {
    reading.fill(
        below,
        most,
        |reading, below: CustomerId, asked| {
            let values = values![reading.business().bytes(), below.bytes(), only(scope), asked];
            reading.query(LIST, &values)
        },
        |reading, row| {
            // Who may see them is said by the row itself.
            let stands = reading.stands(&AGGREGATE, &row, &[])?;
            Ok((row.id(1)?, stands.then(|| read(&row, reading)).transpose()?))
        },
    )
}

/// These customers as far as they are within the scope, in the order in which they were asked for.
pub(crate) fn these(reading: &mut impl Reading, scope: &Scope, ids: &[CustomerId]) -> Result<Vec<Customer>, Fault> {
    let mut found = BTreeMap::new();
    for row in rows_of(reading, scope, ids)? {
        if reading.stands(&AGGREGATE, &row, &[])? {
            let customer = read(&row, reading)?;
            found.insert(customer.id, customer);
        }
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// The names of these customers, as far as they are within the scope. Nothing else of them is opened.
pub(crate) fn names_of(
    reading: &mut impl Reading,
    scope: &Scope,
    ids: &BTreeSet<CustomerId>,
) -> Result<BTreeMap<CustomerId, String>, Fault> {
    let (ids, mut names): (Vec<CustomerId>, _) = (ids.iter().copied().collect(), BTreeMap::new());
    for row in rows_of(reading, scope, &ids)? {
        if let Some(name) = name(reading, &row)? {
            names.insert(row.id(1)?, name);
        }
    }
    Ok(names)
}

fn rows_of(reading: &mut impl Reading, scope: &Scope, ids: &[CustomerId]) -> Result<Vec<Row>, Fault> {
    let mut rows = Vec::with_capacity(ids.len());
    for some in ids.chunks(AT_ONCE) {
        let mut values = values![reading.business().bytes(), only(scope)];
        values.extend((0..AT_ONCE).map(|place| some.get(place).map(|id| id.bytes()).into()));
        rows.extend(reading.query(THESE, &values)?);
    }
    Ok(rows)
}

/// The sealed names of all customers within the scope, the newest first.
pub(super) fn names(reading: &mut impl Reading, scope: &Scope) -> Result<Vec<(CustomerId, Vec<u8>)>, Fault> {
    let rows = reading.query(NAMES, &values![reading.business().bytes(), only(scope)])?;
    rows.iter().map(|row| Ok((row.id(0)?, row.get(1)?))).collect()
}

fn read(row: &Row, reading: &mut impl Reading) -> Result<Customer, Fault> {
    let id: CustomerId = row.id(1)?;
    let corrupt = |column| Fault::Corrupt { table: "customer", column, row: id.to_string() };
    let text = reading.open(&PARTICULARS, &id.bytes(), id.into(), &row.get::<Vec<u8>>(10)?)?;
    let party: Party = serde_json::from_str(&text).map_err(|_| corrupt("particulars"))?;
    Ok(Customer {
        id,
        version: row.get(2)?,
        scope: row.id(3)?,
        currency: row.get::<String>(4)?.parse().map_err(|_| corrupt("currency"))?,
        language: row.get(5)?,
        created_at: row.get(6)?,
        party,
    })
}
