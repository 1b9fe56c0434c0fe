//! Every statement on the business's table.

use super::model::Business;
use coffer_kernel::{SubjectId, TypedId};
use coffer_store::{Aggregate, Cells, Column, Fault, Reading, Stored, Table, Tx, values};

/// Where a business stands.
pub static AGGREGATE: Aggregate = Aggregate {
    root: Table {
        name: "business",
        insert: "INSERT INTO business (business, id, version, country, currency, time_zone, language, terms_days, number_prefix, \
                 particulars) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        replace: "UPDATE business SET version = $3, country = $4, currency = $5, time_zone = $6, language = $7, terms_days = $8, \
                  number_prefix = $9, particulars = $10 WHERE business = $1 AND id = $2",
        select: "SELECT business, id, version, country, currency, time_zone, language, terms_days, number_prefix, particulars \
                 FROM business WHERE business = $1 AND id = $2",
    },
    parts: &[],
    all: "SELECT id, version FROM business WHERE business = $1",
};

const PARTICULARS: Column = Column::statutory("business", "particulars");

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
        let (currency, prefix) = (self.currency.code(), self.number_prefix.as_str());
        let root = values![id, id, self.version, country, currency, zone, language, self.terms_days, prefix, sealed];
        Ok(Cells { root, parts: Vec::new() })
    }
}

/// The business whose books these are.
pub(crate) fn get(reading: &mut impl Reading) -> Result<Business, Fault> {
    let id = reading.business();
    let corrupt = |column| Fault::Corrupt { table: "business", column, row: id.to_string() };
    let row = reading.one(AGGREGATE.root.select, &values![id.bytes(), id.bytes()])?.ok_or(corrupt("id"))?;
    let text = reading.open(&PARTICULARS, &id.bytes(), SubjectId::from(id), &row.get::<Vec<u8>>(9)?)?;
    Ok(Business {
        id,
        version: row.get(2)?,
        country: row.get(3)?,
        currency: row.get::<String>(4)?.parse().map_err(|_| corrupt("currency"))?,
        time_zone: row.get(5)?,
        language: row.get(6)?,
        terms_days: row.get(7)?,
        number_prefix: row.get(8)?,
        particulars: serde_json::from_str(&text).map_err(|_| corrupt("particulars"))?,
    })
}
