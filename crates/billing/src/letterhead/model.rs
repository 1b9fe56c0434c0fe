//! A letterhead, as the books know it.

use super::accent::Accent;
use coffer_kernel::BusinessId;

/// The largest logo that is kept, in bytes: it is part of every document.
pub const LARGEST: usize = 256 * 1024;

/// What stands at the head of documents besides the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letterhead {
    /// Whose it is.
    pub business: BusinessId,
    /// Its version; 0 where nothing was chosen yet.
    pub version: i64,
    /// The colour, as it was chosen.
    pub accent: Option<Accent>,
    /// The logo.
    pub logo: Option<Picture>,
}

impl Letterhead {
    /// Of a business that has chosen nothing.
    #[must_use]
    pub const fn none(business: BusinessId) -> Self {
        Self { business, version: 0, accent: None, logo: None }
    }
}

/// A picture that may stand on paper: a PNG of 8 bits a channel with nothing else in it, made by `documents` from
/// whatever somebody brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The file.
    pub png: Vec<u8>,
}

impl Picture {
    /// Its width and height, in pixels, from its header (PNG, 11.2.2).
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        let number =
            |at: usize| self.png.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_be_bytes);
        (number(16), number(20))
    }

    /// Whether it can be what `documents` makes.
    pub(super) fn fits(&self) -> bool {
        self.png.starts_with(b"\x89PNG\r\n\x1a\n") && self.png.len() <= LARGEST
    }
}
