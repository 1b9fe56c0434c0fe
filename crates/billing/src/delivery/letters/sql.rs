//! Every statement on the letters' table.

use super::{Astray, Letter, SEND, State};
use crate::scope::only;
use crate::settlement::Delivery;
use coffer_kernel::{CustomerId, DeliveryId, InvoiceId, Scope, SubjectId, TypedId};
use coffer_store::{Aggregate, Cells, Column, Fault, Reading, Root, Row, Stored, Table, Tx, values};

/// Where a letter stands.
pub static AGGREGATE: Aggregate = Aggregate {
    root: Table {
        name: "letter",
        insert: "INSERT INTO letter (business, id, version, invoice, customer, scope_id, language, state, made_at, due_at, ended_at, \
                 attempts, problem, reply, link, standing, recipient, words, said, digest) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
        replace: "UPDATE letter SET version = $3, invoice = $4, customer = $5, scope_id = $6, language = $7, state = $8, \
                  made_at = $9, due_at = $10, ended_at = $11, attempts = $12, problem = $13, reply = $14, link = $15, \
                  standing = $16, recipient = $17, words = $18, said = $19, digest = $20 WHERE business = $1 AND id = $2",
        select: "SELECT business, id, version, invoice, customer, scope_id, language, state, made_at, due_at, ended_at, attempts, \
                 problem, reply, link, standing, recipient, words, said, digest FROM letter WHERE business = $1 AND id = $2",
    },
    parts: &[],
    held: true,
    lets_in: false,
    all: "SELECT id, version FROM letter WHERE business = $1 ORDER BY id",
};

const RECIPIENT: Column = Column::other("letter", "recipient");
const WORDS: Column = Column::other("letter", "words");
const SAID: Column = Column::other("letter", "said");
const LOCK: &str = "UPDATE letter SET version = version WHERE business = $1 AND id = $2 AND (scope_id = $3 OR $3 IS NULL) \
     RETURNING business, id, version, invoice, customer, scope_id, language, state, made_at, due_at, ended_at, attempts, problem, \
     reply, link, standing, recipient, words, said, digest";
const FIND: &str = "SELECT business, id, version, invoice, customer, scope_id, language, state, made_at, due_at, ended_at, attempts, \
     problem, reply, link, standing, recipient, words, said, digest FROM letter \
     WHERE business = $1 AND id = $2 AND (scope_id = $3 OR $3 IS NULL)";
const OF_INVOICE: &str = "SELECT business, id, version, invoice, customer, scope_id, language, state, made_at, due_at, ended_at, \
     attempts, problem, reply, link, standing, recipient, words, said, digest FROM letter \
     WHERE business = $1 AND invoice = $2 ORDER BY id DESC LIMIT $3";

/// The last letter about an invoice that stands in this state, where the invoice's delivery stands as given.
const ASTRAY: &str = "SELECT letter.invoice, invoice.number_text FROM letter \
     JOIN invoice_standing ON invoice_standing.business = letter.business AND invoice_standing.id = letter.invoice \
     JOIN invoice ON invoice.business = letter.business AND invoice.id = letter.invoice \
     WHERE letter.business = $1 AND letter.state = $2 AND (letter.scope_id = $3 OR $3 IS NULL) \
     AND invoice_standing.delivery = $4 AND invoice_standing.voided_on IS NULL AND NOT EXISTS \
     (SELECT 1 FROM letter newer WHERE newer.business = letter.business AND newer.invoice = letter.invoice AND newer.id > letter.id) \
     ORDER BY letter.id DESC LIMIT $5";
/// Letters that are underway by their rows, while their work was given up and nothing else hands them over.
const GIVEN_UP: &str = "SELECT letter.id FROM letter WHERE letter.business = $1 AND (letter.id = $2 OR $2 IS NULL) \
     AND letter.state IN ('waiting', 'leaving') AND EXISTS (SELECT 1 FROM work given WHERE given.business = letter.business \
      AND given.about = letter.id AND given.kind = $3 AND given.state = 'failed') \
     AND NOT EXISTS (SELECT 1 FROM work live WHERE live.business = letter.business AND live.about = letter.id AND live.kind = $3 \
      AND live.state IN ('waiting', 'claimed')) ORDER BY letter.id";
const INVOICE_OF: &str = "SELECT invoice FROM letter WHERE business = $1 AND id = $2";

impl Stored for Letter {
    const AGGREGATE: &'static Aggregate = &AGGREGATE;
    fn id(&self) -> [u8; 16] {
        self.id.bytes()
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn cells(&self, tx: &mut Tx<'_>) -> Result<Cells, Fault> {
        let (business, id, subject) = (tx.business().bytes(), self.id.bytes(), SubjectId::from(self.customer));
        let recipient = tx.seal(&RECIPIENT, &id, subject, &self.recipient)?;
        let words = self.words.as_ref().map(|words| tx.seal(&WORDS, &id, subject, words)).transpose()?;
        let said = self.said.as_ref().map(|said| tx.seal(&SAID, &id, subject, said)).transpose()?;
        let mut root = values![business, id, self.version, self.invoice.bytes(), self.customer.bytes()];
        root.extend(values![self.scope.bytes(), self.language.as_str(), self.state.code(), self.made_at, self.due_at]);
        root.extend(values![self.ended_at, self.attempts, self.problem.clone(), self.reply]);
        root.extend(values![self.link.map(|link| link.bytes()), self.standing, recipient, words, said]);
        Ok(Cells { root, parts: Vec::new() })
    }
}

impl Root for Letter {
    type Id = DeliveryId;
    fn lock(tx: &mut Tx<'_>, scope: &Scope, id: DeliveryId) -> Result<Option<Self>, Fault> {
        let found = tx.whole(&AGGREGATE, LOCK, &values![tx.business().bytes(), id.bytes(), only(scope)])?;
        found.map(|letter| read(letter.root(), tx)).transpose()
    }
}

/// The letter, if it is within the scope.
pub(super) fn find(reading: &mut impl Reading, scope: &Scope, id: DeliveryId) -> Result<Option<Letter>, Fault> {
    let found = reading.whole(&AGGREGATE, FIND, &values![reading.business().bytes(), id.bytes(), only(scope)])?;
    found.map(|letter| read(letter.root(), reading)).transpose()
}

/// Which invoice a letter is about; opens nothing.
pub(super) fn invoice_of(reading: &mut impl Reading, id: DeliveryId) -> Result<Option<InvoiceId>, Fault> {
    let row = reading.one(INVOICE_OF, &values![reading.business().bytes(), id.bytes()])?;
    row.map(|row| row.id(0)).transpose()
}

/// The letters that nobody will hand over although they are underway, or whether this one is such a letter; opens nothing.
pub(super) fn given_up(reading: &mut impl Reading, only: Option<DeliveryId>) -> Result<Vec<DeliveryId>, Fault> {
    let only = only.map(|id| id.bytes());
    let rows = reading.query(GIVEN_UP, &values![reading.business().bytes(), only, SEND])?;
    rows.iter().map(|row| row.id(0)).collect()
}

/// The letters about an invoice that is within reach, the newest first: each of them what was written.
pub(super) fn of_invoice(reading: &mut impl Reading, invoice: InvoiceId, most: i64) -> Result<Vec<Letter>, Fault> {
    let rows = reading.query(OF_INVOICE, &values![reading.business().bytes(), invoice.bytes(), most])?;
    let mut letters = Vec::with_capacity(rows.len());
    for row in &rows {
        reading.hold(&AGGREGATE, row, &[])?;
        letters.push(read(row, reading)?);
    }
    Ok(letters)
}

/// The same as far as they are what was written, and how many are not.
pub(super) fn that_stand(
    reading: &mut impl Reading,
    invoice: InvoiceId,
    most: i64,
) -> Result<(Vec<Letter>, usize), Fault> {
    let rows = reading.query(OF_INVOICE, &values![reading.business().bytes(), invoice.bytes(), most])?;
    let mut letters = Vec::with_capacity(rows.len());
    for row in &rows {
        if reading.stands(&AGGREGATE, row, &[])? {
            letters.push(read(row, reading)?);
        }
    }
    let altered = rows.len() - letters.len();
    Ok((letters, altered))
}

/// Invoices whose last letter stands in this state while their delivery stands as given, the newest first.
pub(super) fn astray(
    reading: &mut impl Reading,
    scope: &Scope,
    state: State,
    delivery: Delivery,
    most: i64,
) -> Result<Vec<Astray>, Fault> {
    let business = reading.business().bytes();
    let rows = reading.query(ASTRAY, &values![business, state.code(), only(scope), delivery.code(), most])?;
    rows.iter().map(|row| Ok(Astray { invoice: row.id(0)?, number: row.get(1)?, state })).collect()
}

fn read(row: &Row, reading: &mut impl Reading) -> Result<Letter, Fault> {
    let (id, customer): (DeliveryId, CustomerId) = (row.id(1)?, row.id(4)?);
    let (key, subject) = (id.bytes(), SubjectId::from(customer));
    let corrupt = |column| Fault::Corrupt { table: "letter", column, row: id.to_string() };
    let mut open = |column, place| {
        let sealed: Option<Vec<u8>> = row.get(place)?;
        sealed.map(|blob| reading.open(column, &key, subject, &blob)).transpose()
    };
    let (recipient, words, said) = (open(&RECIPIENT, 16)?, open(&WORDS, 17)?, open(&SAID, 18)?);
    Ok(Letter {
        id,
        version: row.get(2)?,
        invoice: row.id(3)?,
        customer,
        scope: row.id(5)?,
        language: row.get(6)?,
        state: State::from_code(&row.get::<String>(7)?).ok_or(corrupt("state"))?,
        made_at: row.get(8)?,
        due_at: row.get(9)?,
        ended_at: row.get(10)?,
        attempts: row.get(11)?,
        problem: row.get(12)?,
        reply: row.get(13)?,
        link: row.maybe_id(14)?,
        standing: row.get(15)?,
        recipient: recipient.ok_or(corrupt("recipient"))?,
        words,
        said,
    })
}
