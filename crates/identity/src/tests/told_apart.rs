//! Nobody finds out who signs in here by how long an answer takes: the work is the same, counted.

use crate::sign_in::{BeginRefused, BeginSignIn, begin};
use crate::testing::{GOOD, Someone, a_door, on_both_engines, secret};
use coffer_kernel::Origin;

// proves: C31.a
#[test]
fn whether_somebody_is_known_or_not_one_password_is_hashed() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let owner = Someone::owner(&door, &test).await;
        let tries = async |email: &str, password: &str| {
            let before = door.hashes();
            let order = BeginSignIn { email: email.to_owned(), password: secret(password), device: None };
            let refused = begin(&door, Origin::default(), order).await.err();
            (refused, door.hashes() - before)
        };
        assert_eq!(tries(&owner.email, GOOD).await, (None, 1));
        assert_eq!(tries(&owner.email, "not the right one").await, (Some(BeginRefused::Wrong), 1));
        assert_eq!(tries("nobody@example.test", "not the right one").await, (Some(BeginRefused::Wrong), 1));
        assert_eq!(tries("nobody@example.test", GOOD).await, (Some(BeginRefused::Wrong), 1));
    });
}
