//! No secret has a voice: none can be printed, serialized or cloned (law 6, control C08).
//!
//! A type that implements the trait has the inherent constant, which comes before the trait's; one that does not falls
//! back to the trait's. So the answer is known at compile time and asserted here, with controls that say yes.

use crate::*;
use std::fmt::{Debug, Display};
use std::marker::PhantomData;

trait No {
    const ANSWER: bool = false;
}

macro_rules! has {
    ($type:ty: $trait:path) => {{
        #[allow(dead_code, reason = "only one of the two constants is used")]
        struct Probe<T: ?Sized>(PhantomData<T>);
        impl<T: ?Sized> No for Probe<T> {}
        #[allow(dead_code, reason = "only one of the two constants is used")]
        impl<T: ?Sized + $trait> Probe<T> {
            const ANSWER: bool = true;
        }
        <Probe<$type>>::ANSWER
    }};
}

macro_rules! assert_silent {
    ($($type:ty),* $(,)?) => {$(
        assert!(!has!($type: Debug), concat!(stringify!($type), " prints itself with Debug"));
        assert!(!has!($type: Display), concat!(stringify!($type), " prints itself with Display"));
        assert!(!has!($type: Clone), concat!(stringify!($type), " can be cloned"));
        assert!(!has!($type: serde::Serialize), concat!(stringify!($type), " can be serialized"));
        assert!(!has!($type: PartialEq), concat!(stringify!($type), " is compared in variable time"));
        assert!(!has!($type: AsRef<[u8]>), concat!(stringify!($type), " gives its bytes away as a slice"));
        assert!(!has!($type: std::ops::Deref), concat!(stringify!($type), " gives itself away silently"));
    )*};
}

#[test]
fn the_probe_tells_yes_from_no() {
    assert!(has!(String: Debug) && has!(String: Display) && has!(String: Clone) && has!(String: PartialEq));
    assert!(has!(String: serde::Serialize) && has!(String: AsRef<[u8]>) && has!(String: std::ops::Deref));
    assert!(!has!(std::cell::Cell<String>: Clone));
}

// proves: C08.b
#[test]
fn secrets_cannot_be_printed_copied_or_serialized() {
    assert_silent!(
        Secret<String>,
        Secret<[u8; 32]>,
        Secret<Vec<u8>>,
        RootKey,
        BusinessKeys,
        DatabaseKey,
        DataKey,
        RowDigest,
        LogSigner,
        Token,
        RecoverySheet,
        archive::ArchiveKey,
        password::PasswordHasher,
        totp::TotpSecret,
    );
}

#[test]
fn keys_may_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<BusinessKeys>();
    shared::<DataKey>();
    shared::<RootKey>();
    shared::<LogSigner>();
    shared::<password::PasswordHasher>();
    shared::<archive::ArchiveKey>();
}
