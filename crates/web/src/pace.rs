//! Bodies that keep pace: one that trickles in would hold its place for as long as its sender likes.

use crate::limits::{HEARD_OUT, Limits};
use axum::body::{Body, BodyDataStream, Bytes, HttpBody};
use futures_util::{Stream, StreamExt, stream};
use std::fmt;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// The body did not come in time.
#[derive(Debug)]
pub(crate) struct Late;

impl fmt::Display for Late {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body did not come in time")
    }
}

impl std::error::Error for Late {}

impl Late {
    /// Whether this is why a body could not be read.
    pub(crate) fn is_in(error: &(dyn std::error::Error + 'static)) -> bool {
        std::iter::successors(Some(error), |error| error.source()).any(|error| error.is::<Self>())
    }
}

/// A body on its way, and by when more of it must have come.
type Begun = (BodyDataStream, Instant);

/// What is known of a body from outside of whoever reads it: whether all of it was read, and what they left.
#[derive(Clone, Default)]
pub(crate) struct Heard {
    all: Arc<AtomicBool>,
    left: Arc<Mutex<Option<Begun>>>,
}

impl Heard {
    /// Of this body nothing is read yet; where there is none, that is all.
    pub(crate) fn of(body: &Body) -> Self {
        Self { all: Arc::new(AtomicBool::new(body.is_end_stream())), left: Arc::default() }
    }

    /// All of it.
    pub(crate) fn all(&self) -> bool {
        self.all.load(Ordering::Relaxed)
    }

    /// Lets what was left run out, up to so many bytes, and forgets it. A connection that is closed against somebody who
    /// still talks takes the answer with it (RFC 9112, 9.6).
    pub(crate) async fn out(&self, most: usize, limits: Limits) {
        let left = self.left.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(begun) = left else { return };
        let mut rest = pin!(flowing(Lent { begun: Some(begun), heard: self.clone() }, limits.pace));
        let (mut seen, until) = (0, Instant::now() + HEARD_OUT);
        while let Ok(Some(Ok(bytes))) = timeout_at(until, rest.next()).await {
            seen += bytes.len();
            if seen > most {
                return;
            }
        }
    }
}

/// A body that comes back from whoever does not read it to its end.
struct Lent {
    begun: Option<Begun>,
    heard: Heard,
}

impl Drop for Lent {
    fn drop(&mut self) {
        *self.heard.left.lock().unwrap_or_else(PoisonError::into_inner) = self.begun.take();
    }
}

/// The same body, which ends in [`Late`] where it falls behind.
pub(crate) fn in_time(body: Body, limits: Limits, heard: Heard) -> Body {
    let begun = (body.into_data_stream(), Instant::now() + limits.body);
    Body::from_stream(flowing(Lent { begun: Some(begun), heard }, limits.pace))
}

fn flowing(lent: Lent, pace: u32) -> impl Stream<Item = Result<Bytes, axum::Error>> + Send {
    stream::unfold(lent, move |mut lent| async move {
        let (body, deadline) = lent.begun.as_mut()?;
        let said = match timeout_at(*deadline, body.next()).await {
            Ok(Some(Ok(bytes))) => {
                *deadline += earned(&bytes, pace);
                return Some((Ok(bytes), lent));
            }
            Ok(Some(Err(error))) => Some(Err(error)),
            Ok(None) => {
                lent.heard.all.store(true, Ordering::Relaxed);
                None
            }
            Err(_) => Some(Err(axum::Error::new(Late))),
        };
        lent.begun = None;
        said.map(|said| (said, lent))
    })
}

/// How much more time these bytes are worth.
fn earned(bytes: &Bytes, pace: u32) -> Duration {
    let micros = u64::try_from(bytes.len()).unwrap_or_default().saturating_mul(1_000_000);
    Duration::from_micros(micros / u64::from(pace.max(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_worth_the_time_they_take_at_the_pace() {
        assert_eq!(earned(&Bytes::from(vec![0; 512]), 1024), Duration::from_millis(500));
        assert_eq!(earned(&Bytes::new(), 0), Duration::ZERO);
    }
}
