//! Every statement on the delivery settings' table.

use super::{Address, DeliverySettings, PublicUrl, Ways};
use coffer_kernel::{BusinessId, Scope, SubjectId, TypedId};
use coffer_keys::Secret;
use coffer_store::{Aggregate, Cells, Column, Fault, Reading, Root, Row, Stored, Table, Tx, Whole, values};

/// Where the settings stand.
pub static AGGREGATE: Aggregate = Aggregate {
    root: Table {
        name: "delivery_settings",
        insert: "INSERT INTO delivery_settings (business, id, version, public_url, mail, password, digest) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
        replace: "UPDATE delivery_settings SET version = $3, public_url = $4, mail = $5, password = $6, digest = $7 \
                  WHERE business = $1 AND id = $2",
        select: "SELECT business, id, version, public_url, mail, password, digest FROM delivery_settings \
                 WHERE business = $1 AND id = $2",
    },
    parts: &[],
    held: true,
    lets_in: false,
    all: "SELECT id, version FROM delivery_settings WHERE business = $1",
};

const PUBLIC_URL: Column = Column::other("delivery_settings", "public_url");
const MAIL: Column = Column::other("delivery_settings", "mail");
const PASSWORD: Column = Column::other("delivery_settings", "password");
const LOCK: &str = "UPDATE delivery_settings SET version = version WHERE business = $1 AND id = $2 \
     RETURNING business, id, version, public_url, mail, password, digest";

impl Stored for DeliverySettings {
    const AGGREGATE: &'static Aggregate = &AGGREGATE;
    fn id(&self) -> [u8; 16] {
        self.business.bytes()
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn cells(&self, tx: &mut Tx<'_>) -> Result<Cells, Fault> {
        let id = self.business.bytes();
        let address = self.address.as_ref().map(|address| {
            let text = serde_json::to_string(address).map_err(|_| Fault::Misuse("an address is plain texts"))?;
            tx.seal(&PUBLIC_URL, &id, self.business.into(), &text)
        });
        let mail = self.mail.as_ref().map(|mail| {
            let text = serde_json::to_string(mail).map_err(|_| Fault::Misuse("mail settings are plain texts"))?;
            tx.seal(&MAIL, &id, self.business.into(), &text)
        });
        let root = values![id, id, self.version, address.transpose()?, mail.transpose()?, self.password.clone()];
        Ok(Cells { root, parts: Vec::new() })
    }
}

impl Root for DeliverySettings {
    type Id = BusinessId;
    /// There is one, and everybody who may change it reaches it.
    fn lock(tx: &mut Tx<'_>, _: &Scope, id: BusinessId) -> Result<Option<Self>, Fault> {
        let found = tx.whole(&AGGREGATE, LOCK, &values![tx.business().bytes(), id.bytes()])?;
        found.map(|settings| read(settings.root(), tx)).transpose()
    }
}

/// The settings of the business whose books these are.
pub(crate) fn get(reading: &mut impl Reading) -> Result<DeliverySettings, Fault> {
    let business = reading.business();
    whole(reading)?.map_or(Ok(DeliverySettings::none(business)), |settings| read(settings.root(), reading))
}

fn whole(reading: &mut impl Reading) -> Result<Option<Whole>, Fault> {
    let id = reading.business().bytes();
    reading.whole(&AGGREGATE, AGGREGATE.root.select, &values![id, id])
}

/// By which ways documents can be handed over.
pub(crate) fn ways(reading: &mut impl Reading) -> Result<Ways, Fault> {
    let id = reading.business();
    let Some(settings) = whole(reading)? else { return Ok(Ways::default()) };
    let mail = settings.root().get::<Option<Vec<u8>>>(4)?.is_some();
    let address = settings.root().get::<Option<Vec<u8>>>(3)?.map(|blob| address(reading, id, &blob)).transpose()?;
    let link = address.as_ref().is_some_and(Address::leads_here);
    Ok(Ways { link, mail: link && mail, unreached: address.is_some() && !link })
}

/// How links begin, where there are any; of the settings it opens that alone.
pub(crate) fn links(reading: &mut impl Reading) -> Result<Option<String>, Fault> {
    let id = reading.business();
    let Some(settings) = whole(reading)? else { return Ok(None) };
    let address = settings.root().get::<Option<Vec<u8>>>(3)?.map(|blob| address(reading, id, &blob)).transpose()?;
    Ok(address.filter(Address::leads_here).map(|address| address.url.to_string()))
}

/// Seals a password for its place.
pub(super) fn seal_password(tx: &mut Tx<'_>, password: &Secret<String>) -> Result<Vec<u8>, Fault> {
    let business = tx.business();
    tx.seal(&PASSWORD, &business.bytes(), business.into(), password.expose())
}

/// Opens the password: for whoever is about to say it to the server.
pub(crate) fn password(
    reading: &mut impl Reading,
    settings: &DeliverySettings,
) -> Result<Option<Secret<String>>, Fault> {
    let (id, subject) = (settings.business.bytes(), SubjectId::from(settings.business));
    let opened = settings.password.as_ref().map(|blob| reading.open(&PASSWORD, &id, subject, blob));
    Ok(opened.transpose()?.map(Secret::new))
}

/// The address as it was kept; before it was looked at, it stood there by itself.
fn address(reading: &mut impl Reading, business: BusinessId, sealed: &[u8]) -> Result<Address, Fault> {
    let text = reading.open(&PUBLIC_URL, &business.bytes(), business.into(), sealed)?;
    let url = |text: &str| PublicUrl::parse(text).or_else(|| PublicUrl::here(text));
    let kept = match url(&text) {
        Some(url) => Some(Address::from_before(url)),
        None => serde_json::from_str(&text).ok().filter(|kept: &Address| url(&kept.url.to_string()).is_some()),
    };
    kept.ok_or_else(|| Fault::Corrupt { table: "delivery_settings", column: "public_url", row: business.to_string() })
}

fn read(row: &Row, reading: &mut impl Reading) -> Result<DeliverySettings, Fault> {
    let business: BusinessId = row.id(1)?;
    let corrupt = |column| Fault::Corrupt { table: "delivery_settings", column, row: business.to_string() };
    let (sealed, mail): (Option<Vec<u8>>, Option<Vec<u8>>) = (row.get(3)?, row.get(4)?);
    let mail = mail.map(|blob| reading.open(&MAIL, &business.bytes(), business.into(), &blob)).transpose()?;
    Ok(DeliverySettings {
        business,
        version: row.get(2)?,
        address: sealed.map(|blob| address(reading, business, &blob)).transpose()?,
        mail: mail.map(|text| serde_json::from_str(&text).map_err(|_| corrupt("mail"))).transpose()?,
        password: row.get(5)?,
    })
}
