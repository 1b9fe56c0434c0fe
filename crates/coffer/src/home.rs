//! Opening what lies on disk: the lock, the root key, the books.

use crate::Ending;
use crate::arguments::Arguments;
use crate::places::{Places, places};
use crate::world::{SystemClock, say};
use coffer_kernel::{Actor, BusinessId, Clock, Mint, Origin, Who};
use coffer_keys::{DatabaseKey, KeyFile, RootKey, RootProvider, Secret, SystemEntropy, WrappedKey};
use coffer_store::{Aggregate, Books, EngineChoice, Opening, STEPS, Target, World};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;
use std::sync::{Arc, LazyLock};

/// Every protected aggregate of the program, for the checker.
static AGGREGATES: LazyLock<Vec<&'static Aggregate>> =
    LazyLock::new(|| [coffer_billing::AGGREGATES, coffer_identity::AGGREGATES].concat());

/// An open installation.
pub(crate) struct Home {
    pub(crate) books: Books,
    pub(crate) mint: Mint,
    pub(crate) places: Places,
    /// The key to the data, for the recovery sheet.
    pub(crate) root: Arc<RootKey>,
    /// Held for as long as the books are open: one process at a time.
    _lock: File,
}

impl Home {
    /// Whoever sits at this machine, in these books.
    pub(crate) fn operator(&self, business: BusinessId) -> Actor {
        self.mint.actor(Who::Operator { name: "command line".into() }, business, Origin::default())
    }
}

/// Opens the installation, or makes a new one where there is none.
pub(crate) fn open(arguments: &Arguments) -> Result<Home, Ending> {
    let places = places(arguments.data.clone(), arguments.key_file.clone())?;
    open_at(places, arguments.database.as_deref(), Arc::new(SystemClock))
}

/// Opens the installation in these places, on this clock.
pub(crate) fn open_at(places: Places, database: Option<&str>, clock: Arc<dyn Clock>) -> Result<Home, Ending> {
    DirBuilder::new().recursive(true).mode(0o700).create(&places.data)?;
    let lock = lock(&places.data)?;
    let root = Arc::new(root_key(&places)?);
    let engine = match database {
        Some(address) => EngineChoice::Postgres(Box::new(Target::parse(&Secret::new(address.to_owned()))?)),
        None => embedded(&places.data, &root)?,
    };
    let world = World { clock, entropy: Arc::new(SystemEntropy) };
    let opening =
        Opening { engine, root: Arc::clone(&root), world, migrations: STEPS, aggregates: &AGGREGATES, faults: None };
    let books = Books::open(opening)?;
    #[expect(clippy::disallowed_methods, reason = "main claims the mint")]
    let mint = Mint::claim();
    Ok(Home { books, mint, places, root, _lock: lock })
}

fn lock(data: &Path) -> Result<File, Ending> {
    let path = data.join("lock");
    let lock = OpenOptions::new().create(true).append(true).mode(0o600).open(&path)?;
    lock.try_lock().map_err(|_| {
        format!("Another Coffer has these books open ({}). Stop it first, or use another --data.", path.display())
    })?;
    Ok(lock)
}

/// The root key; a new one only where there are no data that an older one would open.
fn root_key(places: &Places) -> Result<RootKey, Ending> {
    let file = KeyFile::at(places.key_file.clone(), places.data.clone());
    if !places.key_file.exists() && !places.data.join("database.key").exists() {
        let root = RootKey::generate(&SystemEntropy);
        if let Some(folder) = places.key_file.parent() {
            DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
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

fn embedded(data: &Path, root: &RootKey) -> Result<EngineChoice, Ending> {
    let path = data.join("database.key");
    let key = if path.exists() {
        DatabaseKey::unwrap(root, &WrappedKey(fs::read(&path)?)).map_err(|error| {
            format!("The key to your data does not fit these books: {error}. Use the key file they were made with.")
        })?
    } else {
        let (key, wrapped) = DatabaseKey::create(root, &SystemEntropy);
        write_new(&path, wrapped.as_bytes())?;
        // The engine gives its log the mode of the database: for its owner alone.
        write_new(&data.join("coffer.db"), &[])?;
        key
    };
    Ok(EngineChoice::Embedded { file: data.join("coffer.db"), key: key.expose_hex() })
}

/// Writes a file that was not there, readable to its owner alone, and waits until it is on disk.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}
