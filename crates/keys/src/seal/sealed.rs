//! A sealed value at rest, with its type.

use std::fmt;
use std::marker::PhantomData;

/// A sealed `T`, as it stands in a row. Only the key of its subject makes a `T` of it again.
pub struct Sealed<T> {
    blob: Vec<u8>,
    of: PhantomData<fn() -> T>,
}

impl<T> Sealed<T> {
    /// A blob as it was read from a row. Whether it opens is found out when it is opened.
    #[must_use]
    pub const fn from_blob(blob: Vec<u8>) -> Self {
        Self { blob, of: PhantomData }
    }

    /// The blob, to be written into a row.
    #[must_use]
    pub fn as_blob(&self) -> &[u8] {
        &self.blob
    }

    /// The blob, given away.
    #[must_use]
    pub fn into_blob(self) -> Vec<u8> {
        self.blob
    }
}

impl<T> Clone for Sealed<T> {
    fn clone(&self) -> Self {
        Self::from_blob(self.blob.clone())
    }
}

impl<T> PartialEq for Sealed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.blob == other.blob
    }
}

impl<T> Eq for Sealed<T> {}

impl<T> fmt::Debug for Sealed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({} bytes)", self.blob.len())
    }
}
