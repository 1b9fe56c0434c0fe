//! Sealed cursors: where a page of a list ended, as a token that its holder can neither read nor make.
//!
//! Sealed with a key of the business (AES-256-GCM), so that a cursor of another business is refused like a forged one.
//! What it says, and that it belongs to the list it is used on, is the caller's to put inside and check.

use super::BusinessKeys;
use crate::DoesNotOpen;
use base64ct::{Base64UrlUnpadded, Encoding};
use coffer_kernel::Entropy;
use zeroize::Zeroizing;

const VERSION: u8 = 1;
const DOMAIN: &[u8] = b"coffer/v1/cursor";

/// The longest token that is looked at: a cursor is a sort key, an id and a hash.
const LONGEST: usize = 2_048;

impl BusinessKeys {
    /// A token of URL-safe characters that only [`Self::open_cursor`] of the same business reads.
    #[must_use]
    pub fn seal_cursor(&self, plaintext: &[u8], entropy: &dyn Entropy) -> String {
        let mut blob = vec![VERSION];
        self.cursor.seal_onto(&mut blob, DOMAIN, plaintext, entropy);
        Base64UrlUnpadded::encode_string(&blob)
    }

    /// What the token says.
    ///
    /// # Errors
    /// [`DoesNotOpen`] for anything that [`Self::seal_cursor`] of this business did not make.
    pub fn open_cursor(&self, token: &str) -> Result<Zeroizing<Vec<u8>>, DoesNotOpen> {
        if token.len() > LONGEST {
            return Err(DoesNotOpen::NotAuthentic);
        }
        let blob = Base64UrlUnpadded::decode_vec(token).map_err(|_| DoesNotOpen::NotAuthentic)?;
        match blob.as_slice() {
            [] => Err(DoesNotOpen::CutShort),
            [VERSION, sealed @ ..] => self.cursor.open(DOMAIN, sealed).ok_or(DoesNotOpen::NotAuthentic),
            [version, ..] => Err(DoesNotOpen::UnknownVersion(*version)),
        }
    }
}
