//! Every statement on the delivery settings' table.

use super::{DeliverySettings, PublicUrl, Ways};
use coffer_kernel::{BusinessId, Scope, SubjectId, TypedId};
use coffer_keys::Secret;
use coffer_store::{Aggregate, Cells, Column, Fault, Reading, Root, Row, Stored, Table, Tx, values};

/// Where the settings stand.
pub static AGGREGATE: Aggregate = Aggregate {
    root: Table {
        name: "delivery_settings",
        insert: "INSERT INTO delivery_settings (business, id, version, public_url, mail, password) \
                 VALUES ($1, $2, $3, $4, $5, $6)",
        replace: "UPDATE delivery_settings SET version = $3, public_url = $4, mail = $5, password = $6 \
                  WHERE business = $1 AND id = $2",
        select: "SELECT business, id, version, public_url, mail, password FROM delivery_settings \
                 WHERE business = $1 AND id = $2",
    },
    parts: &[],
    all: "SELECT id, version FROM delivery_settings WHERE business = $1",
};

const PUBLIC_URL: Column = Column::other("delivery_settings", "public_url");
const MAIL: Column = Column::other("delivery_settings", "mail");
const PASSWORD: Column = Column::other("delivery_settings", "password");
const LOCK: &str = "UPDATE delivery_settings SET version = version WHERE business = $1 AND id = $2 \
     RETURNING business, id, version, public_url, mail, password";

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
        let public_url =
            self.public_url.as_ref().map(|url| tx.seal(&PUBLIC_URL, &id, self.business.into(), &url.to_string()));
        let mail = self.mail.as_ref().map(|mail| {
            let text = serde_json::to_string(mail).map_err(|_| Fault::Misuse("mail settings are plain texts"))?;
            tx.seal(&MAIL, &id, self.business.into(), &text)
        });
        let root = values![id, id, self.version, public_url.transpose()?, mail.transpose()?, self.password.clone()];
        Ok(Cells { root, parts: Vec::new() })
    }
}

impl Root for DeliverySettings {
    type Id = BusinessId;
    /// There is one, and everybody who may change it reaches it.
    fn lock(tx: &mut Tx<'_>, _: &Scope, id: BusinessId) -> Result<Option<Self>, Fault> {
        let row = tx.one(LOCK, &values![tx.business().bytes(), id.bytes()])?;
        row.map(|row| read(&row, tx)).transpose()
    }
}

/// The settings of the business whose books these are.
pub(crate) fn get(reading: &mut impl Reading) -> Result<DeliverySettings, Fault> {
    let business = reading.business();
    let row = reading.one(AGGREGATE.root.select, &values![business.bytes(), business.bytes()])?;
    row.map_or(Ok(DeliverySettings::none(business)), |row| read(&row, reading))
}

/// By which ways documents can be handed over; opens nothing.
pub(crate) fn ways(reading: &mut impl Reading) -> Result<Ways, Fault> {
    let id = reading.business().bytes();
    let Some(row) = reading.one(AGGREGATE.root.select, &values![id, id])? else { return Ok(Ways::default()) };
    let (url, mail): (Option<Vec<u8>>, Option<Vec<u8>>) = (row.get(3)?, row.get(4)?);
    Ok(Ways { link: url.is_some(), mail: url.is_some() && mail.is_some() })
}

/// How links begin; of the settings it opens that alone.
pub(crate) fn public_url(reading: &mut impl Reading) -> Result<Option<PublicUrl>, Fault> {
    let id = reading.business();
    let Some(row) = reading.one(AGGREGATE.root.select, &values![id.bytes(), id.bytes()])? else { return Ok(None) };
    row.get::<Option<Vec<u8>>>(3)?.map(|blob| url(reading, id, &blob)).transpose()
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

fn url(reading: &mut impl Reading, business: BusinessId, sealed: &[u8]) -> Result<PublicUrl, Fault> {
    let text = reading.open(&PUBLIC_URL, &business.bytes(), business.into(), sealed)?;
    let kept = PublicUrl::parse(&text).or_else(|| PublicUrl::here(&text));
    kept.ok_or_else(|| Fault::Corrupt { table: "delivery_settings", column: "public_url", row: business.to_string() })
}

fn read(row: &Row, reading: &mut impl Reading) -> Result<DeliverySettings, Fault> {
    let business: BusinessId = row.id(1)?;
    let corrupt = |column| Fault::Corrupt { table: "delivery_settings", column, row: business.to_string() };
    let (address, mail): (Option<Vec<u8>>, Option<Vec<u8>>) = (row.get(3)?, row.get(4)?);
    let mail = mail.map(|blob| reading.open(&MAIL, &business.bytes(), business.into(), &blob)).transpose()?;
    Ok(DeliverySettings {
        business,
        version: row.get(2)?,
        public_url: address.map(|blob| url(reading, business, &blob)).transpose()?,
        mail: mail.map(|text| serde_json::from_str(&text).map_err(|_| corrupt("mail"))).transpose()?,
        password: row.get(5)?,
    })
}
