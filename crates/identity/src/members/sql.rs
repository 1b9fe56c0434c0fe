//! Every statement on the members' tables.

use super::Member;
use coffer_kernel::{BusinessId, Role, Scope, Timestamp, TypedId, UserId};
use coffer_store::{Aggregate, Cells, Fault, Reading, Root, Row, Stored, Table, Tx, values};

/// Where a membership stands.
pub static AGGREGATE: Aggregate = Aggregate {
    root: Table {
        name: "membership",
        insert: "INSERT INTO membership (business, id, version, role, since, ended_at) VALUES ($1, $2, $3, $4, $5, $6)",
        replace: "UPDATE membership SET version = $3, role = $4, since = $5, ended_at = $6 WHERE business = $1 AND id = $2",
        select: "SELECT business, id, version, role, since, ended_at FROM membership WHERE business = $1 AND id = $2",
    },
    parts: &[],
    held: false,
    lets_in: true,
    all: "SELECT id, version FROM membership WHERE business = $1 ORDER BY id",
};

/// How many columns a row of this table grants with: they stand first, and the voucher behind them. The digest in the log is
/// of these alone.
const GRANT: usize = 6;
const VOUCH: &str = "UPDATE membership SET voucher = $3 WHERE business = $1 AND id = $2";
const LOCK: &str = "UPDATE membership SET version = version WHERE business = $1 AND id = $2 \
     RETURNING business, id, version, role, since, ended_at, voucher";
const PLACE: &str = "SELECT business, id, version, role, since, ended_at, voucher FROM membership \
     WHERE business = $1 AND id = $2 AND ended_at IS NULL";
const ALL: &str = "SELECT business, id, version, role, since, ended_at, voucher FROM membership \
     WHERE business = $1 AND ended_at IS NULL ORDER BY since, id";
const LOCK_OWNERS: &str = "UPDATE membership SET version = version WHERE business = $1 AND role = 'owner' AND ended_at IS NULL \
     RETURNING business, id, version, role, since, ended_at, voucher";
const WORKS: &str = "SELECT m.business, m.id, m.version, m.role, m.since, m.ended_at, m.voucher FROM workplace w \
     JOIN membership m ON m.business = w.business AND m.id = w.user_id \
     WHERE w.user_id = $1 AND m.ended_at IS NULL ORDER BY w.business";
/// With each place whether it is found from its person.
const EVERYWHERE: &str = "SELECT m.business, m.id, m.version, m.role, m.since, m.ended_at, m.voucher, w.user_id FROM membership m \
     LEFT JOIN workplace w ON w.user_id = m.id AND w.business = m.business ORDER BY m.business, m.id";
const EVER: &str = "SELECT id FROM membership WHERE business = $1 ORDER BY since, id";
const ADD_WORKPLACE: &str =
    "INSERT INTO workplace (user_id, business) VALUES ($1, $2) ON CONFLICT (user_id, business) DO NOTHING";

impl Stored for Member {
    const AGGREGATE: &'static Aggregate = &AGGREGATE;
    const VOUCH: Option<&'static str> = Some(VOUCH);
    fn id(&self) -> [u8; 16] {
        self.user.bytes()
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn cells(&self, tx: &mut Tx<'_>) -> Result<Cells, Fault> {
        let (business, id) = (tx.business().bytes(), self.user.bytes());
        let root = values![business, id, self.version, self.role.code(), self.since, self.ended_at];
        Ok(Cells { root, parts: Vec::new() })
    }
}

impl Root for Member {
    type Id = UserId;
    fn lock(tx: &mut Tx<'_>, _: &Scope, id: UserId) -> Result<Option<Self>, Fault> {
        let Some(row) = tx.one(LOCK, &values![tx.business().bytes(), id.bytes()])? else { return Ok(None) };
        let member = Member { vouched: role_in(&row, 0, tx)?.is_some(), ..read(&row)? };
        Ok(Some(member))
    }
}

/// The role that a row grants, whose columns stand from this place on; none where there is no row, or nobody vouched for it.
pub(crate) fn role_in(row: &Row, from: usize, reading: &mut impl Reading) -> Result<Option<Role>, Fault> {
    let Some(role) = row.get::<Option<String>>(from + 3)? else { return Ok(None) };
    let voucher: Option<Vec<u8>> = row.get(from + GRANT)?;
    let vouched = reading.vouched(AGGREGATE.root.name, row.span(from, GRANT), voucher.as_deref())?;
    Ok(Role::from_code(&role).filter(|_| vouched))
}

/// As what somebody works in that business now; nobody changes that before this transaction ends, in whichever books it is.
pub(crate) fn lock_role(tx: &mut Tx<'_>, user: UserId, business: BusinessId) -> Result<Option<Role>, Fault> {
    let row = tx.one(LOCK, &values![business.bytes(), user.bytes()])?;
    let Some(row) = row.filter(|row| row.get::<Option<Timestamp>>(5).is_ok_and(|ended| ended.is_none())) else {
        return Ok(None);
    };
    role_in(&row, 0, tx)
}

/// Everybody who works here now.
pub(super) fn all(reading: &mut impl Reading) -> Result<Vec<Member>, Fault> {
    let mut members = Vec::new();
    for row in reading.query(ALL, &values![reading.business().bytes()])? {
        if role_in(&row, 0, reading)?.is_some() {
            members.push(read(&row)?);
        }
    }
    Ok(members)
}

/// How many owners there are; their rows stay locked, so that two do not leave at once.
pub(super) fn lock_owners(tx: &mut Tx<'_>) -> Result<usize, Fault> {
    let mut owners = 0;
    for row in tx.query(LOCK_OWNERS, &values![tx.business().bytes()])? {
        owners += usize::from(role_in(&row, 0, tx)?.is_some());
    }
    Ok(owners)
}

/// Whether a place stands anywhere that was given here, whoever's it is or was.
pub(crate) fn place_stands(reading: &mut impl Reading) -> Result<bool, Fault> {
    for row in reading.query(EVERYWHERE, &[])? {
        if role_in(&row, 0, reading)?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Where a person works now.
pub(crate) fn workplaces(reading: &mut impl Reading, user: UserId) -> Result<Vec<BusinessId>, Fault> {
    Ok(works(reading, user)?.into_iter().map(|(business, _)| business).collect())
}

/// Where a person works now, and as what.
pub(super) fn works(reading: &mut impl Reading, user: UserId) -> Result<Vec<(BusinessId, Role)>, Fault> {
    let mut works = Vec::new();
    for row in reading.query(WORKS, &values![user.bytes()])? {
        if let Some(role) = role_in(&row, 0, reading)? {
            works.push((row.id(0)?, role));
        }
    }
    Ok(works)
}

/// Everybody who works or worked here.
pub(super) fn ever(reading: &mut impl Reading) -> Result<Vec<UserId>, Fault> {
    reading.query(EVER, &values![reading.business().bytes()])?.iter().map(|row| row.id(0)).collect()
}

/// As what somebody works in that business now: said by their place alone, however it is found.
pub(crate) fn role_at(reading: &mut impl Reading, user: UserId, business: BusinessId) -> Result<Option<Role>, Fault> {
    let row = reading.one(PLACE, &values![business.bytes(), user.bytes()])?;
    row.map_or(Ok(None), |row| role_in(&row, 0, reading))
}

/// The places that are not as they were written here, or are not found from their person, whoever's they are and wherever.
pub(crate) fn altered(reading: &mut impl Reading) -> Result<(usize, Vec<UserId>), Fault> {
    let rows = reading.query(EVERYWHERE, &[])?;
    let mut altered = Vec::new();
    for row in &rows {
        let voucher: Option<Vec<u8>> = row.get(GRANT)?;
        let stands = reading.vouched(AGGREGATE.root.name, row.span(0, GRANT), voucher.as_deref())?;
        let found = row.maybe_id::<UserId>(GRANT + 1)?.is_some();
        altered.extend((!stands || !found).then_some(row.id::<UserId>(1)?));
    }
    Ok((rows.len(), altered))
}

pub(super) fn add_workplace(tx: &mut Tx<'_>, user: UserId) -> Result<(), Fault> {
    tx.execute(ADD_WORKPLACE, &values![user.bytes(), tx.business().bytes()]).map(drop)
}

fn read(row: &Row) -> Result<Member, Fault> {
    let corrupt = Fault::Corrupt { table: "membership", column: "role", row: String::new() };
    Ok(Member {
        user: row.id(1)?,
        version: row.get(2)?,
        role: Role::from_code(&row.get::<String>(3)?).ok_or(corrupt)?,
        since: row.get(4)?,
        ended_at: row.get(5)?,
        vouched: true,
    })
}
