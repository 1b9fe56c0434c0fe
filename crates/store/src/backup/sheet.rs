//! The recovery sheet: shown once, tried by typing a part of it back, and in force only then.
//!
//! Sheets stand in the installation's books: the root key, wrapped for the code on the paper, and a keyed hash of the
//! groups that are asked back. A new sheet in force takes the wrapped keys of those before it away.

use crate::books::Order;
use crate::engine::Connection;
use crate::recorded::Event;
use crate::stored::{Aggregate, Cells, Root, Stored, Table};
use crate::whole::is_whole;
use crate::{Acting, Books, Fault, Reading, Refused, Row, Tx, refusals, values};
use coffer_kernel::{Action, Actor, BusinessId, Permit, Scope, SheetId, Timestamp, TypedId, Who};
use coffer_keys::recovery::GROUPS;
use coffer_keys::{BusinessKeys, RecoverySheet, RootKeyId};

/// The numbers of the groups that are asked back: one early, and the last.
pub const ASKED: [usize; 2] = [3, GROUPS];

/// Where sheets stand.
pub(crate) static AGGREGATE: Aggregate = Aggregate {
    root: Table {
        name: "recovery_sheet",
        insert: "INSERT INTO recovery_sheet (business, id, version, name, root, wrapped, asked, made_at, in_force_at, digest) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        replace: "UPDATE recovery_sheet SET version = $3, name = $4, root = $5, wrapped = $6, asked = $7, made_at = $8, in_force_at = $9, \
                  digest = $10 WHERE business = $1 AND id = $2",
        select: "SELECT business, id, version, name, root, wrapped, asked, made_at, in_force_at, digest FROM recovery_sheet \
                 WHERE business = $1 AND id = $2",
    },
    parts: &[],
    held: true,
    lets_in: false,
    all: "SELECT id, version FROM recovery_sheet WHERE business = $1 ORDER BY id",
};

mod sql {
    pub(super) const LOCK: &str = "UPDATE recovery_sheet SET version = version WHERE business = $1 AND id = $2 \
         RETURNING business, id, version, name, root, wrapped, asked, made_at, in_force_at, digest";
    pub(super) const OTHERS: &str = "SELECT business, id, version, name, root, wrapped, asked, made_at, in_force_at, digest FROM recovery_sheet \
         WHERE business = $1 AND id <> $2 AND wrapped IS NOT NULL ORDER BY id";
    /// What was altered is built on by nobody, and good for nothing from here on.
    pub(super) const FORGET: &str = "UPDATE recovery_sheet SET wrapped = NULL WHERE business = $1 AND id = $2";
    pub(super) const IN_FORCE: &str = "SELECT business, id, version, name, root, wrapped, asked, made_at, in_force_at, digest FROM recovery_sheet \
         WHERE business = $1 AND root = $2 AND in_force_at IS NOT NULL AND wrapped IS NOT NULL ORDER BY in_force_at DESC";
    /// The one in force first; where none is, one that was made and not tried yet.
    pub(super) const ANY: &str = "SELECT business, id, version, name, root, wrapped, asked, made_at, in_force_at, digest FROM recovery_sheet \
         WHERE business = $1 AND root = $2 AND wrapped IS NOT NULL \
         ORDER BY CASE WHEN in_force_at IS NULL THEN 1 ELSE 0 END, in_force_at DESC";
}

/// A sheet, as it stands in the books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its id.
    pub id: SheetId,
    version: i64,
    /// The name printed on it.
    pub name: String,
    /// The public name of the root key it opens: a sheet of another one is not in force.
    root: Vec<u8>,
    /// The root key, wrapped for its code, for as long as it is good.
    pub(crate) wrapped: Option<Vec<u8>>,
    asked: [u8; 16],
    made_at: Timestamp,
    /// When it was typed back.
    pub in_force_at: Option<Timestamp>,
}

/// A sheet is asked for.
#[derive(Debug, Clone, Copy)]
struct MakeSheet;

impl Order for MakeSheet {
    const ACTION: Action = Action::MakeRecoverySheet;
}

/// What was typed back from the paper.
#[derive(Debug, Clone)]
pub struct TrySheet {
    /// Which sheet.
    pub sheet: SheetId,
    /// The groups with the numbers in [`ASKED`].
    pub typed: [String; 2],
}

impl Order for TrySheet {
    const ACTION: Action = Action::MakeRecoverySheet;
}

#[derive(Debug, Clone, Copy)]
struct SheetShown(SheetId);

impl Event for SheetShown {
    const NAME: &'static str = "recovery_sheet.shown";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
}

/// What the record of a sheet in force is called.
pub(super) const IN_FORCE: &str = SheetInForce::NAME;

#[derive(Debug, Clone, Copy)]
struct SheetInForce(SheetId);

impl Event for SheetInForce {
    const NAME: &'static str = "recovery_sheet.in_force";
    fn about(&self) -> Option<[u8; 16]> {
        Some(self.0.bytes())
    }
}

refusals! {
    /// Why there is no sheet.
    pub enum SheetRefused {
        /// Something else was typed.
        Other => Invalid, "recovery_sheet.other_groups", "These are not the groups of this sheet. Look at the paper and type them again; the sheet before this one stays good.";
        /// It is in force, or another one is.
        Over => Conflict, "recovery_sheet.over", "This sheet is not waiting to be tried any more. If you did not try it, make a new one.";
        /// One person's books are not all there is here.
        Shared => Conflict, "recovery_sheet.shared", "Several businesses keep their books here, and the sheet opens all of them. Whoever runs this machine makes it: coffer recovery-sheet";
    }
}

impl Books {
    /// Makes a sheet and hands it out, to be shown once. It is not in force before it was tried. That it was handed out stands
    /// in the log of each business it opens, before it is.
    ///
    /// # Errors
    /// [`SheetRefused`].
    pub async fn make_sheet(&self, acting: Acting<'_>) -> Result<(SheetId, RecoverySheet), SheetRefused> {
        let actor = &acting(BusinessId::INSTALLATION);
        let shared = self.is_shared(actor).await?;
        let world = self.world();
        let (sheet, wrapped) = RecoverySheet::create(self.inner().keyring.root(), world.entropy.as_ref());
        let id = SheetId::new(world.clock.now(), world.entropy.as_ref());
        let root = self.inner().keyring.root().id().as_bytes().to_vec();
        let (name, asked) = (sheet.id().to_string(), asked(&sheet));
        self.transact(actor, MakeSheet, move |tx, permit, _| {
            // Said to those alone who may make one.
            if shared {
                return Err(SheetRefused::Shared);
            }
            // Nobody may take one of them for the sheet.
            end_others(tx, permit, id, Ends::Untried)?;
            let asked = tx.blind_index("recovery_sheet", "asked", &asked);
            let (name, root, wrapped) = (name.clone(), root.clone(), Some(wrapped.as_bytes().to_vec()));
            tx.insert(&Sheet { id, version: 1, name, root, wrapped, asked, made_at: tx.now(), in_force_at: None })?;
            tx.record::<_, _, SheetRefused>(SheetShown(id), ())
        })
        .await?;
        self.tell_everybody(acting, MakeSheet, SheetShown(id)).await?;
        Ok((id, sheet))
    }

    /// Puts a sheet in force, if what was typed stands on it; the ones before it end.
    ///
    /// # Errors
    /// [`SheetRefused`]; the sheet before stays good then.
    pub async fn try_sheet(&self, acting: Acting<'_>, order: TrySheet) -> Result<(), SheetRefused> {
        let (sheet, told) = (order.sheet, order.clone());
        self.put_in_force(&acting(BusinessId::INSTALLATION), order).await?;
        Ok(self.tell_everybody(acting, told, SheetInForce(sheet)).await?)
    }

    async fn put_in_force(&self, actor: &Actor, order: TrySheet) -> Result<(), SheetRefused> {
        self.transact(actor, order, |tx, permit, order| {
            let granted = tx.lock::<Sheet>(permit, order.sheet)?;
            if granted.in_force_at.is_some() || granted.wrapped.is_none() {
                return Err(SheetRefused::Over);
            }
            if tx.blind_index("recovery_sheet", "asked", &normalised(&order.typed)) != granted.asked {
                return Err(SheetRefused::Other);
            }
            end_others(tx, permit, order.sheet, Ends::All)?;
            let sheet = Sheet { version: granted.version + 1, in_force_at: Some(tx.now()), ..Sheet::clone(&granted) };
            tx.replace(&granted, &sheet)?;
            tx.record(SheetInForce(order.sheet), ())
        })
        .await
    }

    /// Whether somebody of one business asks for what concerns the books of several.
    pub(crate) async fn is_shared(&self, actor: &Actor) -> Result<bool, Refused> {
        let one_of_many = matches!(actor.who(), Who::Staff { .. } | Who::Key { .. });
        // The installation's own books are one of them.
        Ok(one_of_many && self.businesses().await?.len() > 2)
    }
}

/// Which of the sheets beside one end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ends {
    /// Those that were never tried. One that was altered may be the last good one, once somebody has put it right.
    Untried,
    /// All of them.
    All,
}

fn end_others(tx: &mut Tx<'_>, permit: &Permit, but: SheetId, ends: Ends) -> Result<(), Refused> {
    let others = tx.query(sql::OTHERS, &values![tx.business().bytes(), but.bytes()])?;
    for row in others {
        let id: SheetId = row.id(1)?;
        if !is_whole(tx.keys(), &AGGREGATE, &row) {
            if ends == Ends::All {
                tx.execute(sql::FORGET, &values![tx.business().bytes(), id.bytes()])?;
            }
            continue;
        }
        let granted = tx.lock::<Sheet>(permit, id)?;
        if ends == Ends::Untried && granted.in_force_at.is_some() {
            continue;
        }
        let ended = Sheet { version: granted.version + 1, wrapped: None, ..Sheet::clone(&granted) };
        tx.replace(&granted, &ended)?;
    }
    Ok(())
}

/// The sheet in force, where there is one; else one that was made and nobody typed back. One that was altered opens nothing
/// that anybody has on paper: it is noted, and counts as none.
pub(super) fn any(reading: &mut impl Reading, root: RootKeyId) -> Result<Option<Sheet>, Fault> {
    let root = root.as_bytes().to_vec();
    for row in reading.query(sql::ANY, &values![BusinessId::INSTALLATION.bytes(), root])? {
        if reading.stands(&AGGREGATE, &row, &[])? {
            return read(&row).map(Some);
        }
    }
    Ok(None)
}

/// The sheet in force, for chores; an error where the one there is was altered.
pub(super) fn of_installation(
    link: &mut dyn Connection,
    keys: &BusinessKeys,
    root: RootKeyId,
) -> Result<Option<Sheet>, Fault> {
    let root = root.as_bytes().to_vec();
    let rows = link.query(sql::IN_FORCE, &values![BusinessId::INSTALLATION.bytes(), root])?;
    let Some(row) = rows.first() else { return Ok(None) };
    if is_whole(keys, &AGGREGATE, row) { read(row).map(Some) } else { Err(altered(row)?) }
}

fn altered(row: &Row) -> Result<Fault, Fault> {
    Ok(Fault::Altered { table: AGGREGATE.root.name, id: row.get(1)? })
}

fn asked(sheet: &RecoverySheet) -> String {
    let groups: Vec<&str> = sheet.groups().collect();
    normalised(&ASKED.map(|number| groups.get(number - 1).copied().unwrap_or_default().to_owned()))
}

/// In capitals; what is never on a sheet is the digit that it looks like, as where a whole code is typed.
fn normalised(typed: &[String; 2]) -> String {
    typed.each_ref().map(|group| group.trim().to_ascii_uppercase().replace('O', "0").replace(['I', 'L'], "1")).join(" ")
}

impl Stored for Sheet {
    const AGGREGATE: &'static Aggregate = &AGGREGATE;
    fn id(&self) -> [u8; 16] {
        self.id.bytes()
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn cells(&self, tx: &mut Tx<'_>) -> Result<Cells, Fault> {
        let (business, id, name) = (tx.business().bytes(), self.id.bytes(), self.name.as_str());
        let (root, wrapped, asked) = (self.root.clone(), self.wrapped.clone(), self.asked.as_slice());
        let root = values![business, id, self.version, name, root, wrapped, asked, self.made_at, self.in_force_at];
        Ok(Cells { root, parts: Vec::new() })
    }
}

impl Root for Sheet {
    type Id = SheetId;
    fn lock(tx: &mut Tx<'_>, _: &Scope, id: SheetId) -> Result<Option<Self>, Fault> {
        let found = tx.whole(&AGGREGATE, sql::LOCK, &values![tx.business().bytes(), id.bytes()])?;
        found.map(|sheet| read(sheet.root())).transpose()
    }
}

fn read(row: &Row) -> Result<Sheet, Fault> {
    Ok(Sheet {
        id: row.id(1)?,
        version: row.get(2)?,
        name: row.get(3)?,
        root: row.get(4)?,
        wrapped: row.get(5)?,
        asked: row.get(6)?,
        made_at: row.get(7)?,
        in_force_at: row.get(8)?,
    })
}
