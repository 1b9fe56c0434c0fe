//! What must not be shown: a value that is wiped when it is dropped and cannot be printed, copied or serialized.
//!
//! [`Secret`] deliberately has no `Debug`, `Display`, `Clone`, `PartialEq` or serializer; the one way to the value is
//! the word [`Secret::expose`], which a reader can search for. Secrets are compared with [`equal`].

use zeroize::Zeroize;

/// A value in memory that is wiped when it is dropped.
///
/// It lives in a box, so that moving a `Secret` moves a pointer and leaves no copy of the value behind on the stack.
pub struct Secret<T: Zeroize>(Box<T>);

impl<T: Zeroize> Secret<T> {
    /// Takes a value into custody. Where the value can be made in place, prefer [`Secret::filled`].
    #[must_use]
    pub fn new(value: T) -> Self {
        Self(Box::new(value))
    }

    /// The value. Whoever calls this answers for where it goes.
    #[must_use]
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<const N: usize> Secret<[u8; N]> {
    /// Bytes written in place by `fill`, so that no other copy of them is made.
    #[must_use]
    pub fn filled(fill: impl FnOnce(&mut [u8; N])) -> Self {
        let mut bytes = Box::new([0; N]);
        fill(&mut bytes);
        Self(bytes)
    }

    /// A copy of exactly `N` bytes, or `None` for any other length.
    #[must_use]
    pub fn copied(bytes: &[u8]) -> Option<Self> {
        (bytes.len() == N).then(|| Self::filled(|out| out.copy_from_slice(bytes)))
    }
}

impl<T: Zeroize> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// Whether two byte strings are equal, in a time that depends on their lengths only.
#[must_use]
pub fn equal(a: &[u8], b: &[u8]) -> bool {
    aws_lc_rs::constant_time::verify_slices_are_equal(a, b).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::rc::Rc;

    struct Witness(Rc<Cell<bool>>);
    impl Zeroize for Witness {
        fn zeroize(&mut self) {
            self.0.set(true);
        }
    }

    #[test]
    fn a_dropped_secret_is_wiped() {
        let wiped = Rc::new(Cell::new(false));
        let secret = Secret::new(Witness(Rc::clone(&wiped)));
        assert!(!secret.expose().0.get());
        drop(secret);
        assert!(wiped.get());
    }

    #[test]
    fn only_the_right_length_is_copied() {
        assert!(Secret::<[u8; 4]>::copied(&[1, 2, 3]).is_none());
        assert!(Secret::<[u8; 4]>::copied(&[1, 2, 3, 4, 5]).is_none());
        let secret = Secret::<[u8; 4]>::copied(&[1, 2, 3, 4]);
        assert!(secret.is_some_and(|secret| *secret.expose() == [1, 2, 3, 4]));
    }

    #[test]
    fn equality_is_of_all_bytes() {
        assert!(equal(b"", b"") && equal(b"abc", b"abc"));
        assert!(!equal(b"abc", b"abd") && !equal(b"abc", b"ab") && !equal(b"", b"a"));
    }
}
