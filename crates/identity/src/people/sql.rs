//! Every statement on the people's tables.

use super::model::{Pending, Spare, User, sign_in_name};
use coffer_kernel::{BusinessId, Scope, SubjectId, TypedId, UserId};
use coffer_keys::Secret;
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
    held: false,
    lets_in: true,
    all: "SELECT id, version FROM user_account WHERE business = $1 ORDER BY id",
};

const NAME: Column = Column::other("user_account", "name");
const EMAIL: Column = Column::other("user_account", "email");
const TOTP: Column = Column::other("user_account", "totp");
const PENDING: Column = Column::other("user_account", "totp_pending");
/// How many columns a row of this table grants with: they stand first, and the voucher behind them. With them grants each of
/// the spare codes, whose columns follow.
const GRANT: usize = 13;
/// How many columns a spare code grants with.
const CODE: usize = 5;
const VOUCH: &str = "UPDATE user_account SET voucher = $3 WHERE business = $1 AND id = $2";
const LOCK: &str = "UPDATE user_account SET version = version WHERE business = $1 AND id = $2 RETURNING id";
const GET: &str = "SELECT u.business, u.id, u.version, u.created_at, u.language, u.email_index, u.second_step, u.last_step, \
     u.password, u.name, u.email, u.totp, u.totp_pending, u.voucher, s.business, s.user_id, s.position, s.code, s.used_at \
     FROM user_account u LEFT JOIN spare_code s ON s.business = u.business AND s.user_id = u.id \
     WHERE u.business = $1 AND u.id = $2 ORDER BY s.position";
const BY_EMAIL: &str = "SELECT u.business, u.id, u.version, u.created_at, u.language, u.email_index, u.second_step, u.last_step, \
     u.password, u.name, u.email, u.totp, u.totp_pending, u.voucher, s.business, s.user_id, s.position, s.code, s.used_at \
     FROM user_account u LEFT JOIN spare_code s ON s.business = u.business AND s.user_id = u.id \
     WHERE u.business = $1 AND u.email_index = $2 ORDER BY s.position";
const ALL: &str = "SELECT id FROM user_account WHERE business = $1 ORDER BY id";
const NAME_OF: &str = "SELECT name FROM user_account WHERE business = $1 AND id = $2";

impl Stored for User {
    const AGGREGATE: &'static Aggregate = &AGGREGATE;
    const VOUCH: Option<&'static str> = Some(VOUCH);
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
        let totp = self.totp.as_ref().map(TotpSecret::base_32);
        let mut secret = |column: &Column, text: Option<Secret<String>>| {
            text.map(|text| tx.seal(column, &id, subject, text.expose())).transpose()
        };
        let (totp, pending) = (secret(&TOTP, totp)?, secret(&PENDING, self.pending.as_ref().map(written))?);
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
        if tx.one(LOCK, &values![tx.business().bytes(), id.bytes()])?.is_none() {
            return Ok(None);
        }
        get(tx, id)
    }
}

/// A person. Of a row that was not written here nothing is believed that proves who one is: it is read as one without a
/// password, a second step and spare codes, so that nobody signs in with it, and `coffer user recover` still finds whose it is.
pub(crate) fn get(reading: &mut impl Reading, id: UserId) -> Result<Option<User>, Fault> {
    let rows = reading.query(GET, &values![reading.business().bytes(), id.bytes()])?;
    rows.first().map(|row| read(row, &rows, reading)).transpose()
}

/// Everybody's id, in the order in which they came.
pub(crate) fn all(reading: &mut impl Reading) -> Result<Vec<UserId>, Fault> {
    reading.query(ALL, &values![reading.business().bytes()])?.iter().map(|row| row.id(0)).collect()
}

/// Who signs in with this address, as it is compared, and the PHC string of their password, if it was written here. Asked from
/// any books; opens nothing.
pub(crate) fn by_email(reading: &mut impl Reading, name: &str) -> Result<Option<(UserId, Option<String>)>, Fault> {
    let index = reading.index_of_the_house("user_account", "email", name)?.to_vec();
    let rows = reading.query(BY_EMAIL, &values![BusinessId::INSTALLATION.bytes(), index])?;
    let Some(row) = rows.first() else { return Ok(None) };
    let phc = if vouched(row, &rows, reading)? { Some(row.get(8)?) } else { None };
    Ok(Some((row.id(1)?, phc)))
}

/// A person's name, and nothing else of theirs opened.
pub(crate) fn name(reading: &mut impl Reading, id: UserId) -> Result<Option<String>, Fault> {
    let row = reading.one(NAME_OF, &values![reading.business().bytes(), id.bytes()])?;
    row.map(|row| reading.open(&NAME, &id.bytes(), id.into(), &row.get::<Vec<u8>>(0)?)).transpose()
}

/// Whether a person has a second step, asked from any books.
pub(crate) fn has_second_step(reading: &mut impl Reading, id: UserId) -> Result<bool, Fault> {
    let rows = reading.query(GET, &values![BusinessId::INSTALLATION.bytes(), id.bytes()])?;
    let Some(row) = rows.first() else { return Ok(false) };
    Ok(row.get(6)? && vouched(row, &rows, reading)?)
}

/// Everybody whose row or whose spare codes are not as they were written here.
pub(crate) fn altered(reading: &mut impl Reading) -> Result<(usize, Vec<UserId>), Fault> {
    let (everybody, mut altered) = (all(reading)?, Vec::new());
    for id in &everybody {
        let rows = reading.query(GET, &values![reading.business().bytes(), id.bytes()])?;
        let stands = rows.first().map_or(Ok(true), |row| vouched(row, &rows, reading))?;
        altered.extend((!stands).then_some(*id));
    }
    Ok((everybody.len(), altered))
}

/// Whether a person's row and their spare codes were written here. The first of the rows is the person's, and each of them has
/// one of the codes, if there are any.
fn vouched(row: &Row, rows: &[Row], reading: &mut impl Reading) -> Result<bool, Fault> {
    let mut grant = row.span(0, GRANT).to_vec();
    rows.iter().filter(|row| has_code(row)).for_each(|row| grant.extend_from_slice(row.span(GRANT + 1, CODE)));
    let voucher: Option<Vec<u8>> = row.get(GRANT)?;
    reading.vouched(AGGREGATE.root.name, &grant, voucher.as_deref())
}

fn has_code(row: &Row) -> bool {
    row.span(GRANT + 1, 1) != [Value::Null]
}

/// A waiting secret as it is sealed: the secret, and behind it the sign-in that it was shown to.
fn written(pending: &Pending) -> Secret<String> {
    let secret = pending.secret.base_32();
    Secret::new(pending.session.map_or_else(|| secret.expose().clone(), |by| format!("{} {by}", secret.expose())))
}

/// The same, read.
fn pending(text: &str) -> Option<Pending> {
    let (secret, session) = text.split_once(' ').map_or((text, None), |(secret, by)| (secret, by.parse().ok()));
    Some(Pending { secret: TotpSecret::from_base_32(secret)?, session })
}

fn read(row: &Row, rows: &[Row], reading: &mut impl Reading) -> Result<User, Fault> {
    let proves = vouched(row, rows, reading)?;
    let id: UserId = row.id(1)?;
    let (bytes, subject) = (id.bytes(), SubjectId::from(id));
    let name = reading.open(&NAME, &bytes, subject, &row.get::<Vec<u8>>(9)?)?;
    let email = reading.open(&EMAIL, &bytes, subject, &row.get::<Vec<u8>>(10)?)?;
    let mut secret = |column: &'static Column, place: usize| {
        let sealed = row.get::<Option<Vec<u8>>>(place)?.filter(|_| proves);
        let text = sealed.map(|blob| reading.open(column, &bytes, subject, &blob)).transpose()?;
        let corrupt = Fault::Corrupt { table: column.table, column: column.name, row: id.to_string() };
        text.map(|text| pending(&text).ok_or(corrupt)).transpose()
    };
    let (totp, pending) = (secret(&TOTP, 11)?.map(|totp| totp.secret), secret(&PENDING, 12)?);
    let spare = rows.iter().filter(|row| proves && has_code(row));
    let spare = spare.map(|row| Ok(Spare { code: row.get(GRANT + 4)?, used_at: row.get(GRANT + 5)? }));
    Ok(User {
        id,
        version: row.get(2)?,
        created_at: row.get(3)?,
        language: row.get(4)?,
        second_step: row.get::<bool>(6)? && proves,
        last_step: row.get(7)?,
        password: if proves { row.get(8)? } else { String::new() },
        name,
        email,
        totp,
        pending,
        spare: spare.collect::<Result<_, Fault>>()?,
    })
}
