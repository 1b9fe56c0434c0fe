//! Sealed notes to ourselves that a browser carries: a form that waits for its person to sign in again, the mark of a
//! device that was signed in on. Their holder can neither read nor make them.
//!
//! Sealed like a cursor, in a domain of their own. Whose they are and until when they are good stands inside.

use super::BusinessKeys;
use crate::DoesNotOpen;
use base64ct::{Base64UrlUnpadded, Encoding};
use coffer_kernel::Entropy;
use zeroize::Zeroizing;

const VERSION: u8 = 1;
const DOMAIN: &[u8] = b"coffer/v1/carried";

/// The longest that is looked at: a form of a megabyte.
const LONGEST: usize = 3 * 1_024 * 1_024 / 2;

impl BusinessKeys {
    /// Text of URL-safe characters that only [`Self::open_carried`] of the same business reads.
    #[must_use]
    pub fn seal_carried(&self, plaintext: &[u8], entropy: &dyn Entropy) -> String {
        let mut blob = vec![VERSION];
        self.cursor.seal_onto(&mut blob, DOMAIN, plaintext, entropy);
        Base64UrlUnpadded::encode_string(&blob)
    }

    /// What was sealed.
    ///
    /// # Errors
    /// [`DoesNotOpen`] for anything that [`Self::seal_carried`] of this business did not make.
    pub fn open_carried(&self, text: &str) -> Result<Zeroizing<Vec<u8>>, DoesNotOpen> {
        if text.len() > LONGEST {
            return Err(DoesNotOpen::NotAuthentic);
        }
        let blob = Base64UrlUnpadded::decode_vec(text).map_err(|_| DoesNotOpen::NotAuthentic)?;
        match blob.as_slice() {
            [] => Err(DoesNotOpen::CutShort),
            [VERSION, sealed @ ..] => self.cursor.open(DOMAIN, sealed).ok_or(DoesNotOpen::NotAuthentic),
            [version, ..] => Err(DoesNotOpen::UnknownVersion(*version)),
        }
    }
}
