//! Every statement on the catalogue's table.

use super::{Item, Particulars};
use crate::invoices::content::TaxCategory;
use coffer_kernel::{ItemId, Scope, SubjectId, TypedId};
use coffer_store::{Aggregate, Cells, Column, Fault, Reading, Root, Row, Stored, Table, Tx, values};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Where an item stands.
pub static AGGREGATE: Aggregate = Aggregate {
    root: Table {
        name: "item",
        insert: "INSERT INTO item (business, id, version, unit, currency, net_price, category, rate, created_at, retired_at, particulars, \
                 digest) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        replace: "UPDATE item SET version = $3, unit = $4, currency = $5, net_price = $6, category = $7, rate = $8, created_at = $9, \
                  retired_at = $10, particulars = $11, digest = $12 WHERE business = $1 AND id = $2",
        select: "SELECT business, id, version, unit, currency, net_price, category, rate, created_at, retired_at, particulars, \
                 digest FROM item WHERE business = $1 AND id = $2",
    },
    parts: &[],
    held: true,
    lets_in: false,
    all: "SELECT id, version FROM item WHERE business = $1 ORDER BY id",
};

const PARTICULARS: Column = Column::other("item", "particulars");
const LOCK: &str = "UPDATE item SET version = version WHERE business = $1 AND id = $2 \
     RETURNING business, id, version, unit, currency, net_price, category, rate, created_at, retired_at, particulars, digest";
const LIST: &str = "SELECT business, id, version, unit, currency, net_price, category, rate, created_at, retired_at, particulars, digest \
     FROM item WHERE business = $1 AND id < $2 AND retired_at IS NULL ORDER BY id DESC LIMIT $3";

/// As many at a time as this asks for.
const AT_ONCE: usize = 50;
const THESE: &str = "SELECT business, id, version, unit, currency, net_price, category, rate, created_at, retired_at, particulars, digest \
     FROM item WHERE business = $1 AND id IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51)";

/// What is sealed of an item.
#[derive(Serialize, Deserialize)]
struct Sealed {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
}

impl Stored for Item {
    const AGGREGATE: &'static Aggregate = &AGGREGATE;
    fn id(&self) -> [u8; 16] {
        self.id.bytes()
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn cells(&self, tx: &mut Tx<'_>) -> Result<Cells, Fault> {
        let (business, id, said) = (tx.business(), self.id.bytes(), &self.particulars);
        let sealed = Sealed { name: said.name.clone(), description: said.description.clone() };
        let text = serde_json::to_string(&sealed).map_err(|_| Fault::Misuse("an item is plain texts"))?;
        let sealed = tx.seal(&PARTICULARS, &id, business.into(), &text)?;
        let (unit, currency, category) = (said.unit.as_str(), self.currency.code(), said.category.code());
        let mut root = values![business.bytes(), id, self.version, unit, currency, said.net_price.to_string()];
        root.extend(values![category, said.rate.to_string(), self.created_at, self.retired_at, sealed]);
        Ok(Cells { root, parts: Vec::new() })
    }
}

impl Root for Item {
    type Id = ItemId;
    /// The catalogue is the whole business's: everybody who may change it reaches all of it.
    fn lock(tx: &mut Tx<'_>, _: &Scope, id: ItemId) -> Result<Option<Self>, Fault> {
        let found = tx.whole(&AGGREGATE, LOCK, &values![tx.business().bytes(), id.bytes()])?;
        found.map(|item| read(item.root(), tx)).transpose()
    }
}

/// The item, if the business has it.
pub(super) fn find(reading: &mut impl Reading, id: ItemId) -> Result<Option<Item>, Fault> {
    let found = reading.whole(&AGGREGATE, AGGREGATE.root.select, &values![reading.business().bytes(), id.bytes()])?;
    found.map(|item| read(item.root(), reading)).transpose()
}

/// Items on offer in the order of their making, the newest first, from below this id.
pub(super) fn list(reading: &mut impl Reading, below: ItemId, most: i64) -> Result<Vec<Item>, Fault> {
    reading.fill(
        below,
        most,
        |reading, below: ItemId, asked| {
            let values = values![reading.business().bytes(), below.bytes(), asked];
            reading.query(LIST, &values)
        },
        |reading, row| {
            // Lines take their price from here.
            let stands = reading.stands(&AGGREGATE, &row, &[])?;
            Ok((row.id(1)?, stands.then(|| read(&row, reading)).transpose()?))
        },
    )
}

/// What these are called, on offer or not. Their names are opened.
pub(crate) fn names(reading: &mut impl Reading, ids: &BTreeSet<ItemId>) -> Result<BTreeMap<ItemId, String>, Fault> {
    let (ids, mut names): (Vec<ItemId>, _) = (ids.iter().copied().collect(), BTreeMap::new());
    for some in ids.chunks(AT_ONCE) {
        let mut values = values![reading.business().bytes()];
        values.extend((0..AT_ONCE).map(|place| some.get(place).map(|id| id.bytes()).into()));
        for row in reading.query(THESE, &values)? {
            let id: ItemId = row.id(1)?;
            if reading.stands(&AGGREGATE, &row, &[])? {
                names.insert(id, opened(reading, id, &row.get::<Vec<u8>>(10)?)?.name);
            }
        }
    }
    Ok(names)
}

fn opened(reading: &mut impl Reading, id: ItemId, sealed: &[u8]) -> Result<Sealed, Fault> {
    let business = SubjectId::from(reading.business());
    let text = reading.open(&PARTICULARS, &id.bytes(), business, sealed)?;
    let corrupt = |_| Fault::Corrupt { table: "item", column: "particulars", row: id.to_string() };
    serde_json::from_str(&text).map_err(corrupt)
}

fn read(row: &Row, reading: &mut impl Reading) -> Result<Item, Fault> {
    let id: ItemId = row.id(1)?;
    let corrupt = |column| Fault::Corrupt { table: "item", column, row: id.to_string() };
    let Sealed { name, description } = opened(reading, id, &row.get::<Vec<u8>>(10)?)?;
    let currency = row.get::<String>(4)?.parse().map_err(|_| corrupt("currency"))?;
    let particulars = Particulars {
        name,
        description,
        unit: row.get(3)?,
        currency: Some(currency),
        net_price: row.get::<String>(5)?.parse().map_err(|_| corrupt("net_price"))?,
        category: TaxCategory::from_code(&row.get::<String>(6)?).ok_or(corrupt("category"))?,
        rate: row.get::<String>(7)?.parse().map_err(|_| corrupt("rate"))?,
    };
    Ok(Item { id, version: row.get(2)?, particulars, currency, created_at: row.get(8)?, retired_at: row.get(9)? })
}
