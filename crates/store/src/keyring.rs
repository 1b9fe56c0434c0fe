//! The keys in use: each business's, and its subjects' data keys, fetched when needed and kept for a while.
//!
//! The cache is bounded, zeroized when dropped, no older than five minutes, and tagged with the key epoch that every
//! transaction reads, so that rotation and destruction on another node act at the next statement.

use crate::engine::Connection;
use crate::{Fault, values};
use coffer_kernel::{BusinessId, Clock, Entropy, SubjectId, Timestamp, TypedId};
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
    pub(super) const SUBJECT_KEY: &str = "SELECT wrapped, generation FROM subject_key \
         WHERE business = $1 AND subject = $2 AND class = $3 AND destroyed_at IS NULL ORDER BY generation DESC LIMIT 1";
    pub(super) const ADD_BUSINESS_KEY: &str =
        "INSERT INTO business_key (business, generation, root, wrapped, created_at) VALUES ($1, $2, $3, $4, $5)";
    pub(super) const ADD_SIGNER: &str =
        "INSERT INTO log_signer (business, generation, name, verifier, wrapped) VALUES ($1, $2, $3, $4, $5)";
    pub(super) const ADD_HEAD: &str = "INSERT INTO log_head (business, size, key_epoch) VALUES ($1, 0, 0)";
    pub(super) const ADD_SUBJECT_KEY: &str = "INSERT INTO subject_key (business, subject, class, generation, wrapped, destroyed_at) \
         VALUES ($1, $2, $3, $4, $5, NULL)";
    pub(super) const EPOCH: &str = "SELECT key_epoch FROM log_head WHERE business = $1";
    pub(super) const ADD_TO_DIRECTORY: &str = "INSERT INTO business_directory (business, founded_at) VALUES ($1, $2)";
}

/// How many data keys one business keeps at hand.
const MOST_DATA_KEYS: usize = 20_000;
/// How long a data key is kept at hand, in seconds.
const KEEP_SECONDS: i64 = 300;

/// All keys of this process.
pub(crate) struct Keyring {
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
    data_keys: Mutex<HashMap<(SubjectId, Class), Kept>>,
}

struct Kept {
    key: Arc<DataKey>,
    until: Timestamp,
}

impl Keyring {
    pub(crate) fn new(root: Arc<RootKey>, clock: Arc<dyn Clock>) -> Self {
        Self {
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
        let (installation, clock) = (Arc::clone(&self.installation), Arc::clone(&self.clock));
        BookKeys { business, keys, signer, installation, clock, epoch: AtomicI64::new(0), data_keys: Mutex::default() }
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

    /// The subject's data key of this class.
    pub(crate) fn data_key(
        &self,
        link: &mut dyn Connection,
        subject: SubjectId,
        class: Class,
    ) -> Result<Arc<DataKey>, Fault> {
        let now = self.clock.now();
        if let Some(kept) = held(&self.data_keys).get(&(subject, class))
            && kept.until > now
        {
            return Ok(Arc::clone(&kept.key));
        }
        let rows = link.query(sql::SUBJECT_KEY, &values![self.business.bytes(), subject.bytes(), class_code(class)])?;
        let row = rows
            .first()
            .ok_or_else(|| Fault::Keys(format!("{subject} has no key of class {class:?}, or it was destroyed")))?;
        let tag = KeyTag { subject: subject.bytes(), class, generation: row.get(1)? };
        let key = self
            .keys
            .unwrap_data_key(tag, &WrappedKey(row.get(0)?))
            .map_err(|error| Fault::does_not_open("subject_key", "wrapped", &subject.bytes(), &error))?;
        let key = Arc::new(key);
        self.keep(subject, class, &key);
        Ok(key)
    }

    /// Makes both data keys of a new subject and writes them with the transaction at hand.
    pub(crate) fn new_subject(
        &self,
        link: &mut dyn Connection,
        subject: SubjectId,
        entropy: &dyn Entropy,
    ) -> Result<[(Class, Arc<DataKey>); 2], Fault> {
        let mut make = |class| -> Result<_, Fault> {
            let (key, wrapped) = self.keys.new_data_key(subject.bytes(), class, 1, entropy);
            let row = values![self.business.bytes(), subject.bytes(), class_code(class), 1_i64, Some(wrapped.0)];
            link.later(sql::ADD_SUBJECT_KEY, row)?;
            Ok((class, Arc::new(key)))
        };
        Ok([make(Class::Statutory)?, make(Class::Other)?])
    }

    /// Keeps a data key at hand.
    pub(crate) fn keep(&self, subject: SubjectId, class: Class, key: &Arc<DataKey>) {
        let Ok(until) = self.clock.now().checked_add(jiff::SignedDuration::from_secs(KEEP_SECONDS)) else { return };
        let mut kept = held(&self.data_keys);
        if kept.len() >= MOST_DATA_KEYS {
            kept.clear();
        }
        kept.insert((subject, class), Kept { key: Arc::clone(key), until });
    }
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
