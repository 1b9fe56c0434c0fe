//! How much anybody may ask for at once: the limits of the edge, in one place (ASVS 4.2, 15.2.2).
//!
//! Limits of the content, such as how many lines an invoice may have, stand with the content.

use std::time::Duration;

/// How many headers a request may have.
pub(crate) const MOST_HEADERS: usize = 64;
/// The most a request's head may weigh, in bytes.
pub(crate) const LARGEST_HEAD: usize = 16 * 1024;
/// The longest idempotency key, in characters.
pub(crate) const LONGEST_KEY: usize = 255;
/// The most a body of the API may weigh, in bytes.
pub(crate) const LARGEST_BODY: usize = 1024 * 1024;
/// The most a letterhead may weigh, in bytes: a logo of 1 MiB, in base 64, and what stands beside it.
pub(crate) const LARGEST_LETTERHEAD: usize = 1536 * 1024;
/// How much of a body that is too large is read and forgotten before it is refused, in bytes.
pub(crate) const MOST_TAKEN: usize = 8 * 1024 * 1024;
/// How much of a body whose request is refused already is read and forgotten, so that its sender is there to hear why, in bytes.
pub(crate) const MOST_HEARD_OUT: usize = 2 * 1024 * 1024;
/// How long that is waited for at most.
pub(crate) const HEARD_OUT: Duration = Duration::from_secs(5);
/// The most a form with a file may weigh, in bytes: a file of 5 MiB as text, and the fields beside it.
pub(crate) const LARGEST_UPLOAD: usize = 6 * 1024 * 1024;
/// How much of a form with a file that is too large is read and forgotten before it is refused, in bytes.
pub(crate) const MOST_UPLOADED: usize = 64 * 1024 * 1024;
/// How many requests one connection may have under way (HTTP/2).
pub(crate) const MOST_STREAMS: u32 = 64;
/// How many requests a client may begin and take back before it is sent away (HTTP/2 rapid reset).
pub(crate) const MOST_RESETS: usize = 20;
/// How long requests under way are waited for at the end.
pub(crate) const FAREWELL: Duration = Duration::from_secs(20);

/// How long a peer is waited for, and how many are served at a time.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How long a handshake may take.
    pub handshake: Duration,
    /// How long the head of a request may take to arrive, and a connection may wait for its next request.
    pub head: Duration,
    /// How long a body may take to begin; then it must come at [`Limits::pace`].
    pub body: Duration,
    /// How many bytes of a body must come in a second, on the whole.
    pub pace: u32,
    /// How long a peer may leave what it asked for untaken.
    pub taking: Duration,
    /// How many connections there may be.
    pub connections: usize,
    /// How many of them one address may have.
    pub of_one_address: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            handshake: Duration::from_secs(10),
            head: Duration::from_secs(20),
            body: Duration::from_secs(20),
            pace: 16 * 1024,
            taking: Duration::from_secs(30),
            connections: 512,
            of_one_address: 256,
        }
    }
}
