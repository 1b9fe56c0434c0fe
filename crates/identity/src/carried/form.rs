//! A form that waits: what somebody had typed when their sign-in was over, or when a fresh proof was asked for.

use super::{Kind, open, seal};
use crate::door::Door;
use coffer_kernel::{Timestamp, TypedId, UserId};
use coffer_store::Refused;
use std::time::Duration;

/// How long a form waits.
const WAITS: Duration = Duration::from_secs(24 * 60 * 60);

/// A form as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Where to.
    pub path: String,
    /// Its fields, as a browser writes them; with a file, the parts it is made of.
    pub body: Vec<u8>,
}

/// Seals a form for the person who sent it. There is none for anybody: what one typed another does not send.
///
/// # Errors
/// As the store's.
pub async fn keep(door: &Door, user: UserId, form: &Form) -> Result<String, Refused> {
    let at = door.books.world().clock.now().as_microsecond().to_be_bytes();
    let length = u32::try_from(form.path.len()).unwrap_or(u32::MAX).to_be_bytes();
    seal(door, Kind::Form, &[&user.bytes()[..], &at, &length, form.path.as_bytes(), &form.body].concat()).await
}

/// The form behind a note, for whoever has signed in now; [`None`] where it is another person's, or older than a day.
///
/// # Errors
/// As the store's.
pub async fn take_up(door: &Door, user: UserId, kept: &str) -> Result<Option<Form>, Refused> {
    if kept.is_empty() {
        return Ok(None);
    }
    let Some((plain, now)) = open(door, Kind::Form, kept).await? else { return Ok(None) };
    Ok(read(&plain, user, now))
}

fn read(plain: &[u8], user: UserId, now: Timestamp) -> Option<Form> {
    let (whose, rest) = plain.split_first_chunk::<16>()?;
    let (at, rest) = rest.split_first_chunk::<8>()?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let (path, body) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    let kept_at = Timestamp::from_microsecond(i64::from_be_bytes(*at)).ok()?;
    let good = kept_at.checked_add(WAITS).is_ok_and(|until| now < until);
    (good && *whose == user.bytes())
        .then_some(Form { path: String::from_utf8(path.to_vec()).ok()?, body: body.to_vec() })
}
