//! The keys in use: each business's, and its subjects' data keys, fetched when needed and kept for a while.
//!
//! The cache is bounded, zeroized when dropped, no older than five minutes, and tagged with the key epoch that every
//! transaction reads, so that rotation and destruction on another node act at the next statement.

use crate::engine::Connection;
use crate::log::refusals::Counts;
use crate::{Fault, values};
use coffer_kernel::{BusinessId, Clock, Entropy, SubjectId, Timestamp, TypedId};
use coffer_keys::seal::generation_of;
use coffer_keys::sign::SignerName;
use coffer_keys::{BusinessKeys, Class, DataKey, KeyTag, LogSigner, RootKey, WrappedKey};
use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

mod sql {
    pub(super) const BUSINESS_KEY: &str =
        "SELECT wrapped, generation FROM business_key WHERE business = $1 ORDER BY generation DESC LIMIT 1";
    pub(super) const SIGNER: &str =
        "SELECT name, wrapped FROM log_signer WHERE business = $1 ORDER BY generation DESC LIMIT 1";
    pub(super) const OLDER_KEY: &str = "SELECT wrapped, generation FROM subject_key \
         WHERE business = $1 AND subject = $2 AND class = $3 AND generation = $4 AND destroyed_at IS NULL";
    pub(super) const RESERVE: &str = "UPDATE subject_key SET uses = uses + $5 \
         WHERE business = $1 AND subject = $2 AND class = $3 AND generation = $4 RETURNING uses";
    pub(super) const SUBJECT_KEY: &str = "SELECT wrapped, generation FROM subject_key \
         WHERE business = $1 AND subject = $2 AND class = $3 AND destroyed_at IS NULL ORDER BY generation DESC LIMIT 1";
    pub(super) const ADD_BUSINESS_KEY: &str =
        "INSERT INTO business_key (business, generation, root, wrapped, created_at) VALUES ($1, $2, $3, $4, $5)";
    pub(super) const ADD_SIGNER: &str =
        "INSERT INTO log_signer (business, generation, name, verifier, wrapped) VALUES ($1, $2, $3, $4, $5)";
    pub(super) const ADD_HEAD: &str = "INSERT INTO log_head (business, size, key_epoch) VALUES ($1, 0, 0)";
    pub(super) const ADD_SUBJECT_KEY: &str = "INSERT INTO subject_key (business, subject, class, generation, wrapped, uses, destroyed_at) \
         VALUES ($1, $2, $3, $4, $5, $6, NULL)";
    pub(super) const EPOCH: &str = "SELECT key_epoch FROM log_head WHERE business = $1";
    pub(super) const ADD_TO_DIRECTORY: &str = "INSERT INTO business_directory (business, founded_at) VALUES ($1, $2)";
}

/// How many data keys one business keeps at hand.
const MOST_DATA_KEYS: usize = 40_000;
/// How long a data key is kept at hand, in seconds.
const KEEP_SECONDS: i64 = 300;

/// Which of a subject's data keys of one class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Which {
    /// The one that seals.
    Newest,
    /// The one of this generation: it opens what it sealed.
    Of(u32),
}

/// Whose data key, of which class, and which of them.
pub(crate) type KeyName = (SubjectId, Class, Which);

/// A generation of a data key: what its uses are counted by.
pub(crate) type Generation = (SubjectId, Class, u32);

/// How often a data key seals before the next generation takes over.
///
/// AES-256-GCM with random nonces allows 2³² messages under one key (SP 800-38D §8.3). Uses are counted in blocks, which are
/// reserved in the transaction that needs one: a start loses what is left of a block, and no seal goes uncounted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyUses {
    /// After so many a new generation is opened.
    pub most: i64,
    /// How many are reserved at once.
    pub block: u32,
}

impl Default for KeyUses {
    fn default() -> Self {
        Self { most: 1 << 31, block: 1 << 10 }
    }
}

/// All keys of this process.
pub(crate) struct Keyring {
    uses: KeyUses,
    installation: Arc<InstallationKeys>,
    clock: Arc<dyn Clock>,
    businesses: Mutex<HashMap<BusinessId, Arc<BookKeys>>>,
}

/// The installation's keys, for what is found without a business: tokens and the rows that let somebody in.
struct InstallationKeys {
    root: Arc<RootKey>,
    keys: OnceLock<Arc<BusinessKeys>>,
}

/// One business's keys.
pub(crate) struct BookKeys {
    pub(crate) business: BusinessId,
    pub(crate) keys: BusinessKeys,
    pub(crate) signer: LogSigner,
    installation: Arc<InstallationKeys>,
    clock: Arc<dyn Clock>,
    epoch: AtomicI64,
    data_keys: Mutex<HashMap<KeyName, Kept>>,
    uses: KeyUses,
    /// What is left of the blocks of uses that were reserved.
    reserved: Mutex<HashMap<Generation, u32>>,
    /// How often what is recorded once a minute was repeated.
    pub(crate) counts: Counts,
}

struct Kept {
    key: Arc<DataKey>,
    until: Timestamp,
}

impl Keyring {
    pub(crate) fn new(root: Arc<RootKey>, clock: Arc<dyn Clock>, uses: KeyUses) -> Self {
        Self {
            uses,
            installation: Arc::new(InstallationKeys { root, keys: OnceLock::new() }),
            clock,
            businesses: Mutex::default(),
        }
    }

    /// The key that wraps them all.
    pub(crate) fn root(&self) -> &Arc<RootKey> {
        &self.installation.root
    }

    /// The keys of a business that exists; [`None`] if there is no such business.
    pub(crate) fn book(&self, link: &mut dyn Connection, business: BusinessId) -> Result<Option<Arc<BookKeys>>, Fault> {
        if let Some(book) = held(&self.businesses).get(&business) {
            return Ok(Some(Arc::clone(book)));
        }
        let Some(keys) = self.installation.business_keys(link, business)? else { return Ok(None) };
        let rows = link.query(sql::SIGNER, &values![business.bytes()])?;
        let row = rows.first().ok_or_else(|| Fault::Keys(format!("{business} has no signer")))?;
        let name = signer_name(row.get(0)?)?;
        let signer = LogSigner::unwrap(name, &keys, &WrappedKey(row.get(1)?))
            .map_err(|error| Fault::Keys(format!("the signer of {business} does not open: {error}")))?;
        Ok(Some(self.keep(business, keys, signer)))
    }

    /// Makes the keys of a new business and writes them with the transaction at hand. They are kept once it commits.
    pub(crate) fn found(
        &self,
        link: &mut dyn Connection,
        business: BusinessId,
        entropy: &dyn Entropy,
    ) -> Result<Arc<BookKeys>, Fault> {
        let (keys, wrapped) = BusinessKeys::create(self.root(), business, entropy);
        let (signer, seed) = LogSigner::create(signer_name(format!("coffer/{business}"))?, &keys, entropy);
        let now = self.clock.now();
        let root = self.root().id().as_bytes().to_vec();
        link.later(sql::ADD_BUSINESS_KEY, values![business.bytes(), 1_i64, root, wrapped.0, now])?;
        let verifier = signer.verifier_key();
        link.later(sql::ADD_SIGNER, values![business.bytes(), 1_i64, signer.name().as_str(), verifier, seed.0])?;
        link.later(sql::ADD_HEAD, values![business.bytes()])?;
        link.later(sql::ADD_TO_DIRECTORY, values![business.bytes(), now])?;
        Ok(Arc::new(self.fresh(business, keys, signer)))
    }

    /// Keeps a business's keys after the transaction that made them has committed.
    pub(crate) fn adopt(&self, book: &Arc<BookKeys>) {
        held(&self.businesses).entry(book.business).or_insert_with(|| Arc::clone(book));
    }

    fn keep(&self, business: BusinessId, keys: BusinessKeys, signer: LogSigner) -> Arc<BookKeys> {
        let book = Arc::new(self.fresh(business, keys, signer));
        Arc::clone(held(&self.businesses).entry(business).or_insert(book))
    }

    fn fresh(&self, business: BusinessId, keys: BusinessKeys, signer: LogSigner) -> BookKeys {
        BookKeys {
            business,
            keys,
            signer,
            installation: Arc::clone(&self.installation),
            clock: Arc::clone(&self.clock),
            epoch: AtomicI64::new(0),
            data_keys: Mutex::default(),
            uses: self.uses,
            reserved: Mutex::default(),
            counts: Counts::default(),
        }
    }
}

impl InstallationKeys {
    fn business_keys(&self, link: &mut dyn Connection, business: BusinessId) -> Result<Option<BusinessKeys>, Fault> {
        let wrapped = link.query(sql::BUSINESS_KEY, &values![business.bytes()])?;
        let Some(row) = wrapped.first() else { return Ok(None) };
        BusinessKeys::unwrap(&self.root, business, &WrappedKey(row.get(0)?))
            .map(Some)
            .map_err(|error| Fault::Keys(format!("the key of {business} does not open: {error}")))
    }
}

impl BookKeys {
    /// The installation's keys, whichever business these are.
    pub(crate) fn installation(&self, link: &mut dyn Connection) -> Result<Arc<BusinessKeys>, Fault> {
        if let Some(keys) = self.installation.keys.get() {
            return Ok(Arc::clone(keys));
        }
        let found = self.installation.business_keys(link, BusinessId::INSTALLATION)?;
        let keys = Arc::new(found.ok_or_else(|| Fault::Keys("the installation is not founded yet".to_owned()))?);
        Ok(Arc::clone(self.installation.keys.get_or_init(|| keys)))
    }

    /// Reads the key epoch of the transaction at hand and forgets data keys of an older one.
    pub(crate) fn catch_up(&self, link: &mut dyn Connection) -> Result<(), Fault> {
        let rows = link.query(sql::EPOCH, &values![self.business.bytes()])?;
        let epoch = rows.first().map_or(Ok(0), |row| row.get(0))?;
        if self.epoch.fetch_max(epoch, Ordering::AcqRel) < epoch {
            held(&self.data_keys).clear();
        }
        Ok(())
    }

    /// A data key that is at hand.
    pub(crate) fn at_hand(&self, name: &KeyName) -> Option<Arc<DataKey>> {
        let now = self.clock.now();
        held(&self.data_keys).get(name).filter(|kept| kept.until > now).map(|kept| Arc::clone(&kept.key))
    }

    /// A data key, from its row; [`None`] where there is none, or it was destroyed.
    pub(crate) fn fetch(
        &self,
        link: &mut dyn Connection,
        (subject, class, which): KeyName,
    ) -> Result<Option<Arc<DataKey>>, Fault> {
        let mut row = values![self.business.bytes(), subject.bytes(), class_code(class)];
        let found = match which {
            Which::Newest => link.query(sql::SUBJECT_KEY, &row)?,
            Which::Of(generation) => {
                row.extend(values![generation]);
                link.query(sql::OLDER_KEY, &row)?
            }
        };
        let Some(row) = found.first() else { return Ok(None) };
        let tag = KeyTag { subject: subject.bytes(), class, generation: row.get(1)? };
        let key = self
            .keys
            .unwrap_data_key(tag, &WrappedKey(row.get(0)?))
            .map_err(|error| Fault::does_not_open("subject_key", "wrapped", &subject.bytes(), &error))?;
        Ok(Some(Arc::new(key)))
    }

    /// The key that a sealed value says it needs, from a snapshot; what does not fit does not open with it.
    pub(crate) fn opening_key(
        &self,
        link: &mut dyn Connection,
        (subject, class): (SubjectId, Class),
        blob: &[u8],
    ) -> Result<Arc<DataKey>, Fault> {
        for which in asked_for(blob) {
            let name = (subject, class, which);
            if let Some(key) = self.at_hand(&name) {
                return Ok(key);
            }
            if let Some(key) = self.fetch(link, name)? {
                self.keep(name, &key);
                return Ok(key);
            }
        }
        Err(no_key(subject, class))
    }

    /// Makes both data keys of a new subject and writes them with the transaction at hand, with a block of uses each.
    pub(crate) fn new_subject(
        &self,
        link: &mut dyn Connection,
        subject: SubjectId,
        entropy: &dyn Entropy,
    ) -> Result<[(Class, Arc<DataKey>); 2], Fault> {
        let mut make = |class| Ok::<_, Fault>((class, self.new_generation(link, (subject, class, 1), entropy)?));
        Ok([make(Class::Statutory)?, make(Class::Other)?])
    }

    /// Reserves a block of uses for a data key in the transaction at hand. Where the key has sealed enough, the next
    /// generation has the block; another node may have made it already.
    pub(crate) fn reserve(
        &self,
        link: &mut dyn Connection,
        key: &Arc<DataKey>,
        entropy: &dyn Entropy,
    ) -> Result<Arc<DataKey>, Fault> {
        let tag = *key.tag();
        let (subject, class) = (SubjectId::from_bytes(tag.subject), tag.class);
        let row = values![self.business.bytes(), tag.subject, class_code(class), tag.generation, self.uses.block];
        let uses: i64 = link.query(sql::RESERVE, &row)?.first().ok_or_else(|| no_key(subject, class))?.get(0)?;
        if uses <= self.uses.most {
            return Ok(Arc::clone(key));
        }
        match self.fetch(link, (subject, class, Which::Newest))? {
            Some(newest) if newest.tag().generation > tag.generation => self.reserve(link, &newest, entropy),
            Some(_) => self.new_generation(link, (subject, class, tag.generation.saturating_add(1)), entropy),
            None => Err(no_key(subject, class)),
        }
    }

    fn new_generation(
        &self,
        link: &mut dyn Connection,
        (subject, class, generation): Generation,
        entropy: &dyn Entropy,
    ) -> Result<Arc<DataKey>, Fault> {
        let (key, wrapped) = self.keys.new_data_key(subject.bytes(), class, generation, entropy);
        let mut row = values![self.business.bytes(), subject.bytes(), class_code(class), generation];
        row.extend(values![Some(wrapped.0), self.uses.block]);
        link.later(sql::ADD_SUBJECT_KEY, row)?;
        Ok(Arc::new(key))
    }

    /// How many uses are reserved at once.
    pub(crate) const fn block(&self) -> u32 {
        self.uses.block
    }

    /// Takes one use of a block that was reserved; false where none is left.
    pub(crate) fn spend(&self, generation: &Generation) -> bool {
        let mut reserved = held(&self.reserved);
        let Some(left) = reserved.get_mut(generation).filter(|left| **left > 0) else { return false };
        *left -= 1;
        true
    }

    /// Keeps what is left of a block after the transaction that reserved it has committed.
    pub(crate) fn have(&self, generation: Generation, left: u32) {
        let mut reserved = held(&self.reserved);
        if reserved.len() >= MOST_DATA_KEYS {
            reserved.clear();
        }
        let has = reserved.entry(generation).or_default();
        *has = has.saturating_add(left);
    }

    /// Keeps a data key at hand.
    pub(crate) fn keep(&self, name: KeyName, key: &Arc<DataKey>) {
        let Ok(until) = self.clock.now().checked_add(jiff::SignedDuration::from_secs(KEEP_SECONDS)) else { return };
        let mut kept = held(&self.data_keys);
        if kept.len() >= MOST_DATA_KEYS {
            kept.clear();
        }
        kept.insert(name, Kept { key: Arc::clone(key), until });
    }
}

/// Which keys a sealed value may be opened with, the right one first. One whose generation nobody ever made opens with
/// none; that it does not is found out with the newest.
pub(crate) fn asked_for(blob: &[u8]) -> impl Iterator<Item = Which> + use<> {
    generation_of(blob).ok().map(Which::Of).into_iter().chain([Which::Newest])
}

pub(crate) fn no_key(subject: SubjectId, class: Class) -> Fault {
    Fault::Keys(format!("{subject} has no key of class {class:?}, or it was destroyed"))
}

fn class_code(class: Class) -> i64 {
    class.code().into()
}

fn signer_name(name: String) -> Result<SignerName, Fault> {
    SignerName::try_from(name).map_err(|error| Fault::Keys(error.to_string()))
}

/// A panic while a map was held leaves it whole: nothing here is half done between two statements.
pub(crate) fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
