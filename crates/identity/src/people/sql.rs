//! Every statement on the people's tables.

use super::model::{Spare, User, sign_in_name};
use coffer_kernel::{BusinessId, Scope, SubjectId, TypedId, UserId};
use coffer_keys::totp::TotpSecret;
use coffer_store::{Aggregate, Cells, Column, Fault, Reading, Root, Row, Stored, Table, Tx, Value, values};

/// Where a person stands.
pub static AGGREGATE: Aggregate = Aggregate {
    root: Table {
        name: "user_account",
        insert: "INSERT INTO user_account (business, id, version, created_at, language, email_index, second_step, last_step, \
                 password, name, email, totp, totp_pending) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        replace: "UPDATE user_account SET version = $3, created_at = $4, language = $5, email_index = $6, second_step = $7, \
                  last_step = $8, password = $9, name = $10, email = $11, totp = $12, \
                  totp_pending = $13 WHERE business = $1 AND id = $2",
        select: "SELECT business, id, version, created_at, language, email_index, second_step, last_step, password, name, email, \
                 totp, totp_pending FROM user_account WHERE business = $1 AND id = $2",
    },
    parts: &[Table {
        name: "spare_code",
        insert: "INSERT INTO spare_code (business, user_id, position, code, used_at) VALUES ($1, $2, $3, $4, $5)",
        replace: "DELETE FROM spare_code WHERE business = $1 AND user_id = $2",
        select: "SELECT business, user_id, position, code, used_at FROM spare_code WHERE business = $1 AND user_id = $2 \
                 ORDER BY position",
    }],
    all: "SELECT id, version FROM user_account WHERE business = $1 ORDER BY id",
};

const NAME: Column = Column::other("user_account", "name");
const EMAIL: Column = Column::other("user_account", "email");
const TOTP: Column = Column::other("user_account", "totp");
const PENDING: Column = Column::other("user_account", "totp_pending");
const LOCK: &str = "UPDATE user_account SET version = version WHERE business = $1 AND id = $2 \
     RETURNING id, version, created_at, language, second_step, last_step, password, name, email, totp, totp_pending";
const GET: &str = "SELECT id, version, created_at, language, second_step, last_step, password, name, email, totp, totp_pending \
     FROM user_account WHERE business = $1 AND id = $2";
const SPARE: &str = "SELECT code, used_at FROM spare_code WHERE business = $1 AND user_id = $2 ORDER BY position";
const BY_EMAIL: &str = "SELECT id, password FROM user_account WHERE business = $1 AND email_index = $2";
const ALL: &str = "SELECT id FROM user_account WHERE business = $1 ORDER BY id";
const NAME_OF: &str = "SELECT name FROM user_account WHERE business = $1 AND id = $2";
const HAS_SECOND_STEP: &str = "SELECT 1 FROM user_account WHERE business = $1 AND id = $2 AND second_step = 1";

impl Stored for User {
    const AGGREGATE: &'static Aggregate = &AGGREGATE;
    fn id(&self) -> [u8; 16] {
        self.id.bytes()
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn cells(&self, tx: &mut Tx<'_>) -> Result<Cells, Fault> {
        let (business, id, subject) = (tx.business().bytes(), self.id.bytes(), SubjectId::from(self.id));
        let index = tx.blind_index("user_account", "email", &sign_in_name(&self.email)).to_vec();
        let name = tx.seal(&NAME, &id, subject, &self.name)?;
        let email = tx.seal(&EMAIL, &id, subject, &self.email)?;
        let mut secret = |column: &Column, totp: &Option<TotpSecret>| {
            totp.as_ref().map(|totp| tx.seal(column, &id, subject, totp.base_32().expose())).transpose()
        };
        let (totp, pending) = (secret(&TOTP, &self.totp)?, secret(&PENDING, &self.pending)?);
        let mut root = values![business, id, self.version, self.created_at, self.language.as_str(), index];
        root.extend(values![self.second_step, self.last_step, self.password.as_str(), name, email, totp, pending]);
        let spare = self.spare.iter().zip(0_i64..);
        let spare: Vec<Vec<Value>> =
            spare.map(|(spare, place)| values![business, id, place, spare.code.to_vec(), spare.used_at]).collect();
        Ok(Cells { root, parts: vec![spare] })
    }
}

impl Root for User {
    type Id = UserId;
    /// The permit's scope is not asked: a person reaches their own row, and commands check whose it is.
    fn lock(tx: &mut Tx<'_>, _: &Scope, id: UserId) -> Result<Option<Self>, Fault> {
        let row = tx.one(LOCK, &values![tx.business().bytes(), id.bytes()])?;
        row.map(|row| read(&row, tx)).transpose()
    }
}

/// A person.
pub(crate) fn get(reading: &mut impl Reading, id: UserId) -> Result<Option<User>, Fault> {
    let row = reading.one(GET, &values![reading.business().bytes(), id.bytes()])?;
    row.map(|row| read(&row, reading)).transpose()
}

/// Everybody's id, in the order in which they came.
pub(crate) fn all(reading: &mut impl Reading) -> Result<Vec<UserId>, Fault> {
    reading.query(ALL, &values![reading.business().bytes()])?.iter().map(|row| row.id(0)).collect()
}

/// Who signs in with this address, and the PHC string of their password. Opens nothing.
pub(crate) fn by_email(reading: &mut impl Reading, index: [u8; 16]) -> Result<Option<(UserId, String)>, Fault> {
    let row = reading.one(BY_EMAIL, &values![reading.business().bytes(), index.to_vec()])?;
    row.map(|row| Ok((row.id(0)?, row.get(1)?))).transpose()
}

/// A person's name, and nothing else of theirs opened.
pub(crate) fn name(reading: &mut impl Reading, id: UserId) -> Result<Option<String>, Fault> {
    let row = reading.one(NAME_OF, &values![reading.business().bytes(), id.bytes()])?;
    row.map(|row| reading.open(&NAME, &id.bytes(), id.into(), &row.get::<Vec<u8>>(0)?)).transpose()
}

/// Whether a person has a second step, asked from any books.
pub(crate) fn has_second_step(reading: &mut impl Reading, id: UserId) -> Result<bool, Fault> {
    let row = values![BusinessId::INSTALLATION.bytes(), id.bytes()];
    Ok(reading.one(HAS_SECOND_STEP, &row)?.is_some())
}

fn read(row: &Row, reading: &mut impl Reading) -> Result<User, Fault> {
    let id: UserId = row.id(0)?;
    let (bytes, subject) = (id.bytes(), SubjectId::from(id));
    let name = reading.open(&NAME, &bytes, subject, &row.get::<Vec<u8>>(7)?)?;
    let email = reading.open(&EMAIL, &bytes, subject, &row.get::<Vec<u8>>(8)?)?;
    let mut secret = |column: &'static Column, place: usize| {
        let sealed: Option<Vec<u8>> = row.get(place)?;
        let text = sealed.map(|blob| reading.open(column, &bytes, subject, &blob)).transpose()?;
        let corrupt = Fault::Corrupt { table: column.table, column: column.name, row: id.to_string() };
        text.map(|text| TotpSecret::from_base_32(&text).ok_or(corrupt)).transpose()
    };
    let (totp, pending) = (secret(&TOTP, 9)?, secret(&PENDING, 10)?);
    let spare = reading.query(SPARE, &values![reading.business().bytes(), bytes])?;
    let spare = spare.iter().map(|row| Ok(Spare { code: row.get(0)?, used_at: row.get(1)? }));
    Ok(User {
        id,
        version: row.get(1)?,
        created_at: row.get(2)?,
        language: row.get(3)?,
        second_step: row.get(4)?,
        last_step: row.get(5)?,
        password: row.get(6)?,
        name,
        email,
        totp,
        pending,
        spare: spare.collect::<Result<_, Fault>>()?,
    })
}
