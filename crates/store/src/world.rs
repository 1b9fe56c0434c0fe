//! The world of one set of books: clock and entropy, as parameters.

use coffer_kernel::{Clock, Entropy};
use std::sync::Arc;

/// Clock and entropy.
#[derive(Clone)]
pub struct World {
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Fills with randomness.
    pub entropy: Arc<dyn Entropy>,
}
