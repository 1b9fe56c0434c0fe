//! Opening: engine, keys, migrations, threads.

use super::{Books, Inner, LookAgain, Threads};
use crate::Fault;
use crate::committer::lanes::Lanes;
use crate::committer::worker::{Worker, spawn};
use crate::engine::faults::Faults;
use crate::engine::postgres::{Postgres, Target};
use crate::engine::sqlite::Sqlite;
use crate::engine::{Engine, faults};
use crate::keyring::{KeyUses, Keyring};
use crate::log::kept::{Heads, KeptHeads};
use crate::migrate::{self, Hands, Migration};
use crate::readers::Readers;
use crate::stored::Aggregate;
use crate::world::World;
use coffer_kernel::BusinessId;
use coffer_keys::{RootKey, Secret};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use tokio::sync::Notify;

/// Which engine to stand on.
pub enum EngineChoice {
    /// The encrypted embedded database in this file.
    Embedded {
        /// The file.
        file: PathBuf,
        /// SQLCipher's raw key, 64 hexadecimal digits.
        key: Secret<String>,
    },
    /// An unencrypted embedded database. For the benchmark that measures what encryption costs.
    Plain {
        /// The file.
        file: PathBuf,
    },
    /// PostgreSQL 15 or newer.
    Postgres(Box<Target>),
}

/// Everything needed to open books.
pub struct Opening {
    /// The engine.
    pub engine: EngineChoice,
    /// The root key, unlocked.
    pub root: Arc<RootKey>,
    /// Clock and entropy.
    pub world: World,
    /// The migrations, in order.
    pub migrations: &'static [Migration],
    /// Every protected aggregate, for the checker.
    pub aggregates: &'static [&'static Aggregate],
    /// A folder of these books alone for what is on its way out; it is made when it is needed.
    pub scratch: PathBuf,
    /// Where the last signed head of each log is kept, out of reach of whoever only writes the database. Without it a log that
    /// was cut is signed as it stands.
    pub heads: Option<Arc<dyn Heads>>,
    /// How whoever asks for a change is looked at again, within the transaction that makes it. The room that knows who is
    /// asking says it; without it there are no books.
    pub look_again: LookAgain,
    /// How often a data key seals.
    pub key_uses: KeyUses,
    /// Where to fail on purpose. [`None`] outside tests.
    pub faults: Option<Arc<dyn Faults>>,
}

impl Books {
    /// Opens the books, bringing the schema forward first.
    ///
    /// # Errors
    /// Where the engine cannot be reached, the key does not fit, or a migration fails (nothing of it is kept).
    /// [`Fault::LogCut`] where a step that is missing builds on the log, and a log was cut.
    pub fn open(opening: Opening) -> Result<Self, Fault> {
        let engine: Arc<dyn Engine> = match opening.engine {
            EngineChoice::Embedded { file, key } => Arc::new(Sqlite { file, key: Some(key) }),
            EngineChoice::Plain { file } => Arc::new(Sqlite { file, key: None }),
            EngineChoice::Postgres(target) => Arc::new(Postgres::new(*target)?),
        };
        let keyring = Arc::new(Keyring::new(opening.root, Arc::clone(&opening.world.clock), opening.key_uses));
        let heads = Arc::new(KeptHeads::new(opening.heads));
        let hands = Hands { keyring: &keyring, world: &opening.world, heads: &heads };
        migrate::bring_forward(engine.as_ref(), opening.migrations, opening.world.clock.as_ref(), Some(&hands))?;
        let engine = faults::wrap(engine, opening.faults);
        let lanes = Arc::new(Lanes::default());
        let readers = Arc::new(Readers::default());
        let committed = Arc::new(Notify::new());
        let writing = writers(&engine, &keyring, &lanes, &opening.world, &committed)?;
        let reading = Readers::start(&readers, &engine)?;
        Ok(Self {
            inner: Arc::new(Inner {
                engine,
                keyring,
                lanes,
                readers,
                world: opening.world,
                aggregates: opening.aggregates,
                committed,
                heads,
                scratch: opening.scratch,
                migrations: opening.migrations,
                look_again: opening.look_again,
                threads: Mutex::new(Threads { reading, writing }),
            }),
            pile: None,
        })
    }
}

fn writers(
    engine: &Arc<dyn Engine>,
    keyring: &Arc<Keyring>,
    lanes: &Arc<Lanes>,
    world: &World,
    committed: &Arc<Notify>,
) -> Result<Vec<JoinHandle<()>>, Fault> {
    (0..engine.writers())
        .map(|number| {
            let notify = Arc::clone(committed);
            let worker = Worker {
                engine: Arc::clone(engine),
                keyring: Arc::clone(keyring),
                lanes: Arc::clone(lanes),
                world: world.clone(),
                committed: Arc::new(move |_: BusinessId| notify.notify_waiters()),
            };
            spawn(format!("coffer-writer-{number}"), move || worker.run())
        })
        .collect()
}
