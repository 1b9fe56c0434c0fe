//! Opening what lies on disk: the lock, the root key, the books.

use crate::Ending;
use crate::ending::{Ended, IN_USE};
use crate::files::{beside, make_folder, write_new};
use crate::heads::HeadFiles;
use crate::places::Places;
use crate::world::{SystemClock, say};
use coffer_kernel::{Actor, BusinessId, Clock, Mint, Origin, Who};
use coffer_keys::{DatabaseKey, KeyFile, RootKey, RootProvider, Secret, SystemEntropy, WrappedKey};
use coffer_store::backup::{holds_books, tidy_up};
use coffer_store::{Aggregate, Books, EngineChoice, KeyUses, Opening, STEPS, Target, World};
use coffer_web::Looks;
use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

/// Every protected aggregate of the program, for the checker.
static AGGREGATES: LazyLock<Vec<&'static Aggregate>> =
    LazyLock::new(|| [coffer_store::AGGREGATES, coffer_billing::AGGREGATES, coffer_identity::AGGREGATES].concat());

/// An open installation.
#[derive(Clone)]
pub(crate) struct Home {
    pub(crate) books: Books,
    pub(crate) mint: Mint,
    pub(crate) places: Places,
    /// The key to the data, for the files that are sealed beside them.
    pub(crate) root: Arc<RootKey>,
    /// What was found of the books when they were last looked through.
    pub(crate) looked: Looks,
    /// Where it is served, as far as this process knows.
    pub(crate) address: Arc<str>,
    /// Who gives commands: the name the operating system gives them.
    operator: Arc<str>,
    /// Held for as long as the books are open: one process at a time.
    _lock: Arc<File>,
}

impl Home {
    /// Whoever sits at this machine, in these books.
    pub(crate) fn operator(&self, business: BusinessId) -> Actor {
        self.mint.actor(Who::Operator { name: Arc::clone(&self.operator) }, business, Origin::default())
    }

    /// The same installation, for commands of this account.
    pub(crate) fn by(&self, account: u32) -> Self {
        Self { operator: format!("account {account}").into(), ..self.clone() }
    }

    /// The same installation, served here.
    pub(crate) fn served_at(&self, address: &str) -> Self {
        Self { address: address.into(), ..self.clone() }
    }
}

/// Opens the installation, or makes a new one where there is none.
pub(crate) fn open(places: Places, database: Option<&str>) -> Result<Home, Ending> {
    open_at(places, database, Arc::new(SystemClock))
}

/// Opens the installation in these places, on this clock.
pub(crate) fn open_at(places: Places, database: Option<&str>, clock: Arc<dyn Clock>) -> Result<Home, Ending> {
    // Before anything is made: where the key lies badly there are no books to begin with.
    KeyFile::at(places.key_file.clone(), places.data.clone()).check()?;
    let unfinished = unfinished_restore(&places.data);
    if !places.data.exists() && unfinished.exists() {
        return Err(format!(
            "A restore to {} was ended before it was done. Give the same coffer restore again; or remove {} to begin \
             with empty books.",
            places.data.display(),
            unfinished.display()
        )
        .into());
    }
    make_folder(&places.data)?;
    let lock = lock(&places.data)?;
    let root = Arc::new(root_key(&places, database)?);
    open_locked(places, root, database, clock, lock)
}

/// Opens the installation with a root key that is at hand already.
pub(crate) fn open_with(
    places: Places,
    root: Arc<RootKey>,
    database: Option<&str>,
    clock: Arc<dyn Clock>,
) -> Result<Home, Ending> {
    let lock = lock(&places.data)?;
    open_locked(places, root, database, clock, lock)
}

/// Opens the installation with a root key and a lock that are at hand already.
pub(crate) fn open_locked(
    places: Places,
    root: Arc<RootKey>,
    database: Option<&str>,
    clock: Arc<dyn Clock>,
    lock: File,
) -> Result<Home, Ending> {
    if tidy_up(&places.scratch())? > 0 {
        say("A backup was ended before it was whole; what was left of it in the data folder is gone.");
    }
    let engine = match database {
        Some(address) => postgres(address)?,
        None => embedded(&places.data, &root)?,
    };
    let world = World { clock, entropy: Arc::new(SystemEntropy) };
    let scratch = places.scratch();
    let opening = Opening {
        key_uses: KeyUses::default(),
        engine,
        root: Arc::clone(&root),
        world,
        migrations: STEPS,
        aggregates: &AGGREGATES,
        heads: Some(Arc::new(HeadFiles::of(&places))),
        look_again: coffer_identity::look_again,
        scratch,
        faults: None,
    };
    let books = Books::open(opening)?;
    #[expect(clippy::disallowed_methods, reason = "main claims the mint")]
    let mint = Mint::claim();
    let operator = format!("account {}", rustix::process::geteuid().as_raw()).into();
    let address = "https://localhost:8443".into();
    let looked = Looks::default();
    Ok(Home { books, mint, places, root, looked, address, operator, _lock: Arc::new(lock) })
}

/// Where a restore puts books together before they have their name.
pub(crate) fn unfinished_restore(data: &Path) -> PathBuf {
    beside(data, ".restoring")
}

/// One process at a time has the books.
pub(crate) fn lock(data: &Path) -> Result<File, Ending> {
    let path = data.join("lock");
    let lock = OpenOptions::new().create(true).append(true).mode(0o600).open(&path)?;
    lock.try_lock().map_err(|_| {
        let path = path.display();
        let why = format!(
            "Another Coffer has these books open ({path}) and takes no commands, because it is starting, ending or \
             busy with a command of its own. Wait for it, stop it, or use another --data."
        );
        Ended::with(IN_USE, why)
    })?;
    Ok(lock)
}

/// The root key; a new one only where there are no data that an older one would open.
fn root_key(places: &Places, database: Option<&str>) -> Result<RootKey, Ending> {
    let file = KeyFile::at(places.key_file.clone(), places.data.clone());
    if !places.key_file.exists() && !places.data.join("database.key").exists() {
        if let Some(address) = database
            && holds_books(target(address)?)?
        {
            return Err(format!(
                "There are books in this database, and the key to them is not in {}. Put the key file they were made with \
                 there (is its disk mounted?); or restore a backup to an empty database with the recovery sheet. No new \
                 key was made: it would not open them.",
                places.key_file.display()
            )
            .into());
        }
        let root = RootKey::generate(&SystemEntropy);
        if let Some(folder) = places.key_file.parent() {
            make_folder(folder)?;
        }
        file.create(&root)?;
        say(format_args!(
            "Made the key to your data: {}. Without it nobody can open them, you included.",
            places.key_file.display()
        ));
        return Ok(root);
    }
    Ok(file.unlock()?)
}

/// The database at this address.
pub(crate) fn postgres(address: &str) -> Result<EngineChoice, Ending> {
    Ok(EngineChoice::Postgres(Box::new(target(address)?)))
}

fn target(address: &str) -> Result<Target, Ending> {
    Ok(Target::parse(&Secret::new(address.to_owned()))?)
}

fn embedded(data: &Path, root: &RootKey) -> Result<EngineChoice, Ending> {
    let (path, file) = (data.join("database.key"), data.join("coffer.db"));
    let key = if path.exists() {
        if !file.exists() {
            return Err(format!(
                "The books themselves are gone: {} is not there, though the key to it is. Look for it, or restore a \
                 backup to another --data.",
                file.display()
            )
            .into());
        }
        DatabaseKey::unwrap(root, &WrappedKey(fs::read(&path)?)).map_err(|error| {
            format!("The key to your data does not fit these books: {error}. Use the key file they were made with.")
        })?
    } else {
        let (key, wrapped) = DatabaseKey::create(root, &SystemEntropy);
        // The engine gives its log the mode of the database: for its owner alone. The key comes second, so that where
        // there is one there is a database.
        if !file.exists() {
            write_new(&file, &[])?;
        }
        write_new(&path, wrapped.as_bytes())?;
        key
    };
    Ok(EngineChoice::Embedded { file, key: key.expose_hex() })
}
