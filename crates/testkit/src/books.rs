//! Books for a test, on either engine, that can be closed, crashed and opened again.

use crate::postgres::{Address, Database, Server};
use crate::world::{SeededEntropy, VirtualClock};
use coffer_kernel::Entropy;
use coffer_keys::{DatabaseKey, RootKey, Secret};
use coffer_store::{
    Aggregate, Books, Dialect, EngineChoice, Fault, Faults, Heads, KeyUses, LookAgain, Migration, Opening, Target,
    World,
};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// Where a test's books live: a folder or a database of its own, and the key to them.
pub struct Home {
    place: Place,
    root: Arc<RootKey>,
    key: String,
    /// The clock of these books.
    pub clock: Arc<VirtualClock>,
    /// Their randomness.
    pub entropy: Arc<SeededEntropy>,
    migrations: &'static [Migration],
    aggregates: &'static [&'static Aggregate],
    look_again: LookAgain,
    key_uses: KeyUses,
    heads: Option<Arc<dyn Heads>>,
}

enum Place {
    Folder(PathBuf),
    /// A database, and how it is reached: by its own address, or by one of something before it.
    Database(Database, Address),
}

impl Home {
    /// A home on this engine, with a seed of its own.
    ///
    /// # Panics
    /// Where the machine has no room for it or PostgreSQL does not start: a test without its engine has failed.
    #[must_use]
    #[expect(clippy::expect_used, reason = "a test without its engine has failed")]
    pub fn new(
        engine: Dialect,
        seed: u64,
        migrations: &'static [Migration],
        aggregates: &'static [&'static Aggregate],
    ) -> Self {
        let place = match engine {
            Dialect::Sqlite => Place::Folder(folder()),
            Dialect::Postgres => {
                let server = Server::shared().expect("PostgreSQL starts");
                let database = server.database().expect("a database of the test's own");
                let address = database.address().clone();
                Place::Database(database, address)
            }
        };
        Self::at(place, seed, migrations, aggregates)
    }

    /// A home in this database, reached by this address: its own, or that of a [`Relay`](crate::postgres::Relay).
    #[must_use]
    pub fn in_database(
        database: Database,
        address: Address,
        seed: u64,
        migrations: &'static [Migration],
        aggregates: &'static [&'static Aggregate],
    ) -> Self {
        Self::at(Place::Database(database, address), seed, migrations, aggregates)
    }

    fn at(
        place: Place,
        seed: u64,
        migrations: &'static [Migration],
        aggregates: &'static [&'static Aggregate],
    ) -> Self {
        let entropy = Arc::new(SeededEntropy::new(seed));
        let root = RootKey::generate(entropy.as_ref());
        let key = DatabaseKey::create(&root, entropy.as_ref()).0.expose_hex().expose().clone();
        let clock = Arc::new(VirtualClock::default());
        let key_uses = KeyUses::default();
        let look_again: LookAgain = |_, _| Ok(());
        let (root, heads) = (Arc::new(root), None);
        Self { place, root, key, clock, entropy, migrations, aggregates, look_again, key_uses, heads }
    }

    /// Opens the books.
    ///
    /// # Errors
    /// As [`Books::open`].
    pub fn open(&self, faults: Option<Arc<dyn Faults>>) -> Result<Books, Fault> {
        Books::open(Opening {
            engine: self.engine()?,
            root: Arc::clone(&self.root),
            world: World {
                clock: Arc::clone(&self.clock) as Arc<_>,
                entropy: Arc::clone(&self.entropy) as Arc<dyn Entropy>,
            },
            migrations: self.migrations,
            aggregates: self.aggregates,
            look_again: self.look_again,
            scratch: self.scratch(),
            key_uses: self.key_uses,
            heads: self.heads.clone(),
            faults,
        })
    }

    /// Where a backup stands for a moment.
    #[must_use]
    pub fn scratch(&self) -> PathBuf {
        match &self.place {
            Place::Folder(folder) => folder.join("unfinished"),
            Place::Database(database, _) => {
                let name: String = database.address().url().chars().filter(char::is_ascii_alphanumeric).collect();
                std::env::temp_dir().join(format!("coffer-scratch-{name}"))
            }
        }
    }

    /// Opens with other migrations from now on.
    pub const fn migrate_with(&mut self, migrations: &'static [Migration]) {
        self.migrations = migrations;
    }

    /// Opens with this look at whoever asks for a change. Without it everybody may stay: [`Callers`](crate::Callers) are known
    /// to nobody.
    #[must_use]
    pub const fn looking_again(mut self, look_again: LookAgain) -> Self {
        self.look_again = look_again;
        self
    }

    /// Keeps the last head of each log there from the next time it is opened. Without it none is kept.
    pub fn keep_heads(&mut self, heads: Arc<dyn Heads>) {
        self.heads = Some(heads);
    }

    /// Opens with data keys that seal so often from now on.
    pub const fn sealing(&mut self, key_uses: KeyUses) {
        self.key_uses = key_uses;
    }

    fn engine(&self) -> Result<EngineChoice, Fault> {
        match &self.place {
            Place::Folder(folder) => {
                Ok(EngineChoice::Embedded { file: folder.join("coffer.db"), key: Secret::new(self.key.clone()) })
            }
            Place::Database(_, address) => {
                let target = Target::parse(&Secret::new(address.url()));
                target
                    .map(|target| EngineChoice::Postgres(Box::new(target)))
                    .map_err(|error| Fault::Engine(error.to_string()))
            }
        }
    }

    /// The folder of an embedded home, to look into from outside.
    #[must_use]
    pub const fn folder(&self) -> Option<&PathBuf> {
        match &self.place {
            Place::Folder(folder) => Some(folder),
            Place::Database(..) => None,
        }
    }

    /// The raw key of an embedded home, 64 hexadecimal digits, for a test that changes rows behind the program's back.
    #[must_use]
    pub fn database_key(&self) -> &str {
        &self.key
    }

    /// The database of a home on PostgreSQL.
    #[must_use]
    pub const fn database(&self) -> Option<&Database> {
        match &self.place {
            Place::Folder(_) => None,
            Place::Database(database, _) => Some(database),
        }
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        if let Place::Folder(folder) = &self.place {
            // What cannot be removed is a temporary folder all the same.
            drop(std::fs::remove_dir_all(folder));
        }
    }
}

/// Open books with their home.
pub struct TestBooks {
    /// The books.
    pub books: Books,
    /// Where they live.
    pub home: Home,
}

impl TestBooks {
    /// Closes the books and opens them again, as a restart would.
    ///
    /// # Panics
    /// Where they cannot be opened.
    #[expect(clippy::expect_used, reason = "a test without its books has failed")]
    pub fn reopen(&mut self) {
        self.books.close();
        // On a thread of its own: opening waits, and the test may be inside a runtime.
        let opened = std::thread::scope(|scope| scope.spawn(|| self.home.open(None)).join());
        self.books = opened.expect("opening does not panic").expect("the books open again");
    }
}

impl Drop for TestBooks {
    fn drop(&mut self) {
        self.books.close();
    }
}

/// Runs the same test on both engines: what differs is a bug.
///
/// # Panics
/// Where the books cannot be opened.
pub fn on_both_engines<T: Future<Output = ()>>(
    migrations: &'static [Migration],
    aggregates: &'static [&'static Aggregate],
    test: impl Fn(TestBooks) -> T,
) {
    in_each_home(|engine| Home::new(engine, 7, migrations, aggregates), test);
}

/// Like [`on_both_engines`], in homes made like this.
///
/// # Panics
/// Where the books cannot be opened.
#[expect(clippy::expect_used, reason = "a test without its books has failed")]
pub fn in_each_home<T: Future<Output = ()>>(home: impl Fn(Dialect) -> Home, test: impl Fn(TestBooks) -> T) {
    for engine in [Dialect::Sqlite, Dialect::Postgres] {
        let home = home(engine);
        let books = home.open(None).expect("the books open");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(test(TestBooks { books, home }));
    }
}

/// A new folder for one test.
fn folder() -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("coffer-books-{}-{number}", std::process::id()));
    drop(std::fs::remove_dir_all(&folder));
    drop(std::fs::create_dir_all(&folder));
    folder
}
