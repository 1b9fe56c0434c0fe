//! What a browser carries for us, sealed: the mark of a device that somebody signed in on, and a form that waits until
//! its person has signed in again or proven who they are. Nobody else reads, makes or changes them.

mod device;
mod form;
#[cfg(test)]
mod tests;

pub use device::{Device, mark, recognise};
pub use form::{Form, keep, take_up};

use crate::door::Door;
use coffer_kernel::{Action, BusinessId, Timestamp};
use coffer_store::{Order, Refused};

/// What kind of note it is: its first byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Kind {
    Device = 1,
    Form = 2,
}

struct Seal(Vec<u8>);

impl Order for Seal {
    const ACTION: Action = Action::ResumeCaller;
}

struct Open(String);

impl Order for Open {
    const ACTION: Action = Action::ResumeCaller;
}

/// Seals a note of this kind.
async fn seal(door: &Door, kind: Kind, plain: &[u8]) -> Result<String, Refused> {
    let system = door.mint.system("identity.carried", BusinessId::INSTALLATION);
    let (note, entropy) = ([&[kind as u8], plain].concat(), std::sync::Arc::clone(&door.books.world().entropy));
    door.books
        .read(&system, Seal(note), move |snapshot, _, note| {
            Ok::<_, Refused>(snapshot.seal_carried(&note.0, entropy.as_ref()))
        })
        .await
}

/// Opens a note of this kind; [`None`] for whatever is not one. With the instant of looking.
async fn open(door: &Door, kind: Kind, text: &str) -> Result<Option<(Vec<u8>, Timestamp)>, Refused> {
    let system = door.mint.system("identity.carried", BusinessId::INSTALLATION);
    let found = door
        .books
        .read(&system, Open(text.to_owned()), |snapshot, _, text| {
            Ok::<_, Refused>((snapshot.open_carried(&text.0), snapshot.now()))
        })
        .await?;
    let (Some(note), now) = found else { return Ok(None) };
    Ok(note.strip_prefix(&[kind as u8]).map(|plain| (plain.to_vec(), now)))
}
