#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::testing::{a_door, on_both_engines};
use coffer_kernel::{TypedId, UserId};

#[test]
fn a_form_waits_a_day_for_its_person_and_for_nobody_else() {
    on_both_engines(|test| async move {
        let door = a_door(&test).await;
        let (ingrid, tom) = (UserId::from_bytes([1; 16]), UserId::from_bytes([2; 16]));
        let form = Form { path: "/invoices".into(), body: b"note=Danke".to_vec() };
        let kept = keep(&door, ingrid, &form).await.unwrap();
        assert_eq!(take_up(&door, ingrid, &kept).await.unwrap(), Some(form.clone()));
        assert_eq!(take_up(&door, tom, &kept).await.unwrap(), None);
        let device = mark(&door, ingrid).await.unwrap();
        assert_eq!(recognise(&door, &device).await.unwrap().unwrap().user, ingrid);
        assert_eq!(take_up(&door, ingrid, &device).await.unwrap(), None, "one kind is not the other");
        assert_eq!(recognise(&door, &kept).await.unwrap(), None);
        assert_eq!(recognise(&door, "AAAA").await.unwrap(), None);
        test.home.clock.advance_seconds(24 * 60 * 60);
        assert_eq!(take_up(&door, ingrid, &kept).await.unwrap(), None, "older than a day");
    });
}
