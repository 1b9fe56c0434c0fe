//! Changing the root key: every business's key is wrapped for the new one. Nothing else in the books changes.

use crate::books::{Books, EngineChoice, Order};
use crate::engine::postgres::Postgres;
use crate::engine::sqlite::Sqlite;
use crate::engine::{Committed, Connection, Engine, Mode};
use crate::recorded::Event;
use crate::refused::Refused;
use crate::{Acting, Fault, values};
use coffer_kernel::{Action, BusinessId, Entropy, TypedId};
use coffer_keys::{BusinessKeys, RootKey, WrappedKey};

mod sql {
    pub(super) const ALL: &str = "SELECT business, generation, wrapped FROM business_key ORDER BY business, generation";
    pub(super) const REPLACE: &str =
        "UPDATE business_key SET root = $3, wrapped = $4 WHERE business = $1 AND generation = $2";
}

#[derive(Debug, Clone, Copy)]
struct NoteNewRoot;

impl Order for NoteNewRoot {
    const ACTION: Action = Action::RotateRootKey;
}

/// What the record of a new root key is called.
pub(crate) const ROOT_ROTATED: &str = RootRotated::NAME;

#[derive(Debug, Clone, Copy)]
struct RootRotated;

impl Event for RootRotated {
    const NAME: &'static str = "root_key.rotated";
    fn about(&self) -> Option<[u8; 16]> {
        None
    }
}

/// Wraps the keys of all businesses for a new root key, those that are not yet; all of them or none. For whoever has the
/// books alone. Returns how many there were.
///
/// # Errors
/// Where the engine refuses, or a key opens with neither.
pub fn rewrap(engine: EngineChoice, old: &RootKey, new: &RootKey, entropy: &dyn Entropy) -> Result<usize, Fault> {
    let engine: Box<dyn Engine> = match engine {
        EngineChoice::Embedded { file, key } => Box::new(Sqlite { file, key: Some(key) }),
        EngineChoice::Plain { file } => Box::new(Sqlite { file, key: None }),
        EngineChoice::Postgres(target) => Box::new(Postgres::new(*target)?),
    };
    let mut link = engine.connect(Mode::Write)?;
    link.begin(Mode::Write)?;
    let outcome = all(link.as_mut(), old, new, entropy).and_then(|count| link.flush().map(|()| count));
    if outcome.is_err() {
        link.rollback();
        return outcome;
    }
    match link.commit() {
        Committed::Yes => outcome,
        Committed::No(fault) => {
            link.rollback();
            Err(fault)
        }
        Committed::Unknown => Err(Fault::Unknown),
    }
}

fn all(link: &mut dyn Connection, old: &RootKey, new: &RootKey, entropy: &dyn Entropy) -> Result<usize, Fault> {
    let mut count = 0;
    for row in link.query(sql::ALL, &[])? {
        let (business, generation, wrapped): (BusinessId, i64, WrappedKey) =
            (row.id(0)?, row.get(1)?, WrappedKey(row.get(2)?));
        let fails = |error| Fault::Keys(format!("the key of {business} opens with neither key: {error}"));
        if wrapped.wrapped_by().map_err(fails)? == new.id() {
            continue;
        }
        let fresh = BusinessKeys::rewrap(old, new, business, &wrapped, entropy).map_err(fails)?;
        let root = new.id().as_bytes().to_vec();
        link.later(sql::REPLACE, values![business.bytes(), generation, root, fresh.0])?;
        count += 1;
    }
    Ok(count)
}

impl Books {
    /// Records that these books are opened with a new root key from now on.
    ///
    /// # Errors
    /// As the store's.
    pub async fn note_new_root(&self, acting: Acting<'_>) -> Result<(), Refused> {
        let operator = acting(BusinessId::INSTALLATION);
        self.transact(&operator, NoteNewRoot, |tx, _, _| tx.record::<_, _, Refused>(RootRotated, ())).await?;
        self.tell_everybody(acting, NoteNewRoot, RootRotated).await
    }
}
