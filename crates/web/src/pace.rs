//! Bodies that keep pace: one that trickles in would hold its place for as long as its sender likes.

use crate::limits::Limits;
use axum::body::{Body, Bytes, HttpBody};
use futures_util::{StreamExt, stream};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
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

/// Whether all of a body was read.
#[derive(Clone, Default)]
pub(crate) struct Heard(Arc<AtomicBool>);

impl Heard {
    /// Of this body nothing is read yet; where there is none, that is all.
    pub(crate) fn of(body: &Body) -> Self {
        Self(Arc::new(AtomicBool::new(body.is_end_stream())))
    }

    /// All of it.
    pub(crate) fn all(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The same body, which ends in [`Late`] where it falls behind.
pub(crate) fn in_time(body: Body, limits: Limits, heard: Heard) -> Body {
    let begun = (body.into_data_stream(), Instant::now() + limits.body);
    Body::from_stream(stream::unfold(Some((begun, heard)), move |state| async move {
        let ((mut body, deadline), heard) = state?;
        match timeout_at(deadline, body.next()).await {
            Ok(Some(Ok(bytes))) => {
                let deadline = deadline + earned(&bytes, limits.pace);
                Some((Ok(bytes), Some(((body, deadline), heard))))
            }
            Ok(Some(Err(error))) => Some((Err(error), None)),
            Ok(None) => {
                heard.0.store(true, Ordering::Relaxed);
                None
            }
            Err(_) => Some((Err(axum::Error::new(Late)), None)),
        }
    }))
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
