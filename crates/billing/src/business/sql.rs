//! Every statement on the business's table.

use super::model::{Business, date_in};
use super::numbering::Numbering;
use crate::invoices::content::Party;
use coffer_kernel::money::Currency;
use coffer_kernel::{BusinessId, Date, Scope, SubjectId, Timestamp, TypedId};
use coffer_store::{Aggregate, Cells, Column, Fault, Reading, Root, Row, Stored, Table, Tx, Whole, values};

/// Where a business stands.
pub static AGGREGATE: Aggregate = Aggregate {
    root: Table {
        name: "business",
        insert: "INSERT INTO business (business, id, version, country, currency, time_zone, language, terms_days, number_prefix, \
                 show_account, particulars, account, digest) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        replace: "UPDATE business SET version = $3, country = $4, currency = $5, time_zone = $6, language = $7, terms_days = $8, \
                  number_prefix = $9, show_account = $10, particulars = $11, account = $12, digest = $13 \
                  WHERE business = $1 AND id = $2",
        select: "SELECT business, id, version, country, currency, time_zone, language, terms_days, number_prefix, \
                 show_account, particulars, account, digest FROM business WHERE business = $1 AND id = $2",
    },
    parts: &[],
    held: true,
    lets_in: false,
    all: "SELECT id, version FROM business WHERE business = $1",
};

const PARTICULARS: Column = Column::statutory("business", "particulars");
const ACCOUNT: Column = Column::statutory("business", "account");
const LOCK: &str = "UPDATE business SET version = version WHERE business = $1 AND id = $2 \
     RETURNING business, id, version, country, currency, time_zone, language, terms_days, number_prefix, show_account, \
     particulars, account, digest";

impl Stored for Business {
    const AGGREGATE: &'static Aggregate = &AGGREGATE;
    fn id(&self) -> [u8; 16] {
        self.id.bytes()
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn cells(&self, tx: &mut Tx<'_>) -> Result<Cells, Fault> {
        let id = self.id.bytes();
        let text =
            serde_json::to_string(&self.particulars).map_err(|_| Fault::Misuse("particulars are plain texts"))?;
        let sealed = tx.seal(&PARTICULARS, &id, self.id.into(), &text)?;
        let (country, zone, language) = (self.country.as_str(), self.time_zone.as_str(), self.language.as_str());
        let (currency, form) = (self.currency.code(), self.numbering.form());
        let account = self.account.as_ref().map(|account| {
            let text = serde_json::to_string(account).map_err(|_| Fault::Misuse("an account is plain texts"))?;
            tx.seal(&ACCOUNT, &id, self.id.into(), &text)
        });
        let mut root = values![id, id, self.version, country, currency, zone, language, self.terms_days, form];
        root.extend(values![self.show_account, sealed, account.transpose()?]);
        Ok(Cells { root, parts: Vec::new() })
    }
}

impl Root for Business {
    type Id = BusinessId;
    /// There is one, and everybody who may change it reaches it.
    fn lock(tx: &mut Tx<'_>, _: &Scope, id: BusinessId) -> Result<Option<Self>, Fault> {
        let found = tx.whole(&AGGREGATE, LOCK, &values![tx.business().bytes(), id.bytes()])?;
        found.map(|business| read(business.root(), tx)).transpose()
    }
}

/// The business whose books these are.
pub(crate) fn get(reading: &mut impl Reading) -> Result<Business, Fault> {
    read(whole(reading)?.root(), reading)
}

fn whole(reading: &mut impl Reading) -> Result<Whole, Fault> {
    let id = reading.business();
    let missing = Fault::Corrupt { table: "business", column: "id", row: id.to_string() };
    reading.whole(&AGGREGATE, AGGREGATE.root.select, &values![id.bytes(), id.bytes()])?.ok_or(missing)
}

/// The date at an instant on the calendar of the business whose books these are. Nothing of it is opened.
pub(crate) fn date_at(reading: &mut impl Reading, instant: Timestamp) -> Result<Date, Fault> {
    Ok(calendar(reading, instant)?.0)
}

/// The same, and what the business bills in. Nothing of it is opened either.
pub(crate) fn calendar(reading: &mut impl Reading, instant: Timestamp) -> Result<(Date, Currency), Fault> {
    let corrupt = Fault::Corrupt { table: "business", column: "currency", row: reading.business().to_string() };
    let business = whole(reading)?;
    let currency = business.root().get::<String>(4)?.parse().map_err(|_| corrupt)?;
    Ok((date_in(&business.root().get::<String>(5)?, instant), currency))
}

/// The time zone of the business whose books these are. Nothing sealed is opened.
pub(super) fn time_zone(reading: &mut impl Reading) -> Result<String, Fault> {
    whole(reading)?.root().get(5)
}

/// The name of the business whose books these are. Nothing else of it is opened. It stands at the head of every page,
/// those too that say what was altered: where it does not fit itself, it is nothing.
pub(crate) fn name(reading: &mut impl Reading) -> Result<String, Fault> {
    let id = reading.business();
    let corrupt = |column| Fault::Corrupt { table: "business", column, row: id.to_string() };
    let row = reading.one(AGGREGATE.root.select, &values![id.bytes(), id.bytes()])?.ok_or(corrupt("id"))?;
    // Every page says it: where it is not what was written, they say nothing of it and go on.
    if !reading.stands(&AGGREGATE, &row, &[])? {
        return Ok(String::new());
    }
    let text = reading.open(&PARTICULARS, &id.bytes(), SubjectId::from(id), &row.get::<Vec<u8>>(10)?)?;
    let particulars: Party = serde_json::from_str(&text).map_err(|_| corrupt("particulars"))?;
    Ok(particulars.name)
}

fn read(row: &Row, reading: &mut impl Reading) -> Result<Business, Fault> {
    let id: BusinessId = row.id(1)?;
    let corrupt = |column| Fault::Corrupt { table: "business", column, row: id.to_string() };
    let text = reading.open(&PARTICULARS, &id.bytes(), SubjectId::from(id), &row.get::<Vec<u8>>(10)?)?;
    let sealed: Option<Vec<u8>> = row.get(11)?;
    let account = sealed.map(|blob| reading.open(&ACCOUNT, &id.bytes(), SubjectId::from(id), &blob)).transpose()?;
    Ok(Business {
        id,
        version: row.get(2)?,
        country: row.get(3)?,
        currency: row.get::<String>(4)?.parse().map_err(|_| corrupt("currency"))?,
        time_zone: row.get(5)?,
        language: row.get(6)?,
        terms_days: row.get(7)?,
        numbering: Numbering::of_form(&row.get::<String>(8)?).ok_or(corrupt("number_prefix"))?,
        show_account: row.get(9)?,
        particulars: serde_json::from_str(&text).map_err(|_| corrupt("particulars"))?,
        account: account.map(|text| serde_json::from_str(&text).map_err(|_| corrupt("account"))).transpose()?,
    })
}
