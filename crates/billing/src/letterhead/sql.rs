//! Every statement on the letterhead's table.

use super::{Letterhead, Picture};
use coffer_kernel::{BusinessId, Scope, TypedId};
use coffer_store::{Aggregate, Cells, Column, Fault, Reading, Root, Row, Stored, Table, Tx, values};

/// Where a letterhead stands. Its row stays when nothing is chosen any more.
pub static AGGREGATE: Aggregate = Aggregate {
    root: Table {
        name: "letterhead",
        insert: "INSERT INTO letterhead (business, id, version, accent, logo, digest) VALUES ($1, $2, $3, $4, $5, $6)",
        replace: "UPDATE letterhead SET version = $3, accent = $4, logo = $5, digest = $6 WHERE business = $1 AND id = $2",
        select: "SELECT business, id, version, accent, logo, digest FROM letterhead WHERE business = $1 AND id = $2",
    },
    parts: &[],
    held: true,
    lets_in: false,
    all: "SELECT id, version FROM letterhead WHERE business = $1",
};

const LOGO: Column = Column::other("letterhead", "logo");
const LOCK: &str = "UPDATE letterhead SET version = version WHERE business = $1 AND id = $2 \
     RETURNING business, id, version, accent, logo, digest";

impl Stored for Letterhead {
    const AGGREGATE: &'static Aggregate = &AGGREGATE;
    fn id(&self) -> [u8; 16] {
        self.business.bytes()
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn cells(&self, tx: &mut Tx<'_>) -> Result<Cells, Fault> {
        let id = self.business.bytes();
        let accent = self.accent.map(|accent| accent.to_string());
        let logo = self.logo.as_ref().map(|logo| tx.seal_bytes(&LOGO, &id, self.business.into(), &logo.png));
        Ok(Cells { root: values![id, id, self.version, accent, logo.transpose()?], parts: Vec::new() })
    }
}

impl Root for Letterhead {
    type Id = BusinessId;
    /// There is one, and everybody who may change it reaches it.
    fn lock(tx: &mut Tx<'_>, _: &Scope, id: BusinessId) -> Result<Option<Self>, Fault> {
        let found = tx.whole(&AGGREGATE, LOCK, &values![tx.business().bytes(), id.bytes()])?;
        found.map(|letterhead| read(letterhead.root(), tx)).transpose()
    }
}

/// The letterhead of the business whose books these are.
pub(crate) fn get(reading: &mut impl Reading) -> Result<Letterhead, Fault> {
    let business = reading.business();
    let key = values![business.bytes(), business.bytes()];
    let found = reading.whole(&AGGREGATE, AGGREGATE.root.select, &key)?;
    found.map_or(Ok(Letterhead::none(business)), |letterhead| read(letterhead.root(), reading))
}

fn read(row: &Row, reading: &mut impl Reading) -> Result<Letterhead, Fault> {
    let business: BusinessId = row.id(1)?;
    let corrupt = |column| Fault::Corrupt { table: "letterhead", column, row: business.to_string() };
    let (accent, logo): (Option<String>, Option<Vec<u8>>) = (row.get(3)?, row.get(4)?);
    let logo = logo.map(|blob| reading.open_bytes(&LOGO, &business.bytes(), business.into(), &blob)).transpose()?;
    Ok(Letterhead {
        business,
        version: row.get(2)?,
        accent: accent.map(|text| text.parse().map_err(|_| corrupt("accent"))).transpose()?,
        logo: logo.map(|png| Picture { png }),
    })
}
