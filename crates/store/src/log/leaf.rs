//! What a leaf says.
//!
//! JSON, one object, keys always in this order, stored and hashed byte for byte as written:
//!
//! | key | meaning |
//! | --- | --- |
//! | `v` | version of this format: 1 |
//! | `n` | place in the log, from 0 |
//! | `id` | random id of the record, hexadecimal |
//! | `at` | instant, RFC 3339, UTC |
//! | `by` | who: kind and id, e.g. `staff:usr_…` |
//! | `do` | the action asked for |
//! | `out` | `done`, `refused` or `shown` |
//! | `what` | the event, the refusal's code, or what kinds of data were shown |
//! | `about` | id bytes of what it is about, hexadecimal, or null |
//! | `times` | how often a repeated refusal happened in its minute; 1 otherwise |
//! | `rows` | protected rows written: table, id, version, keyed digest; zeros where it was removed |
//! | `opened` | kinds of sealed data that were opened to do it, so that its answer may show them; absent where none was |
//! | `detail` | hash of the sealed detail's ciphertext (as a leaf of RFC 6962, base 64), or null |
//! | `mark` | keyed code over all that stands before it; absent in logs from before it was made |

use super::mark::marked;
use crate::fault::hex;
use crate::stored::RowDigest;
use coffer_kernel::Timestamp;
use coffer_keys::BusinessKeys;
use serde::{Deserialize, Serialize};

/// What became of the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It was done.
    Done,
    /// It was refused.
    Refused,
    /// Sealed data was shown.
    Shown,
}

/// A record of the log, as it is hashed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leaf {
    /// Version of the format.
    pub v: u8,
    /// Place in the log, from 0.
    pub n: i64,
    /// Random id of the record.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
    /// The action asked for.
    #[serde(rename = "do")]
    pub action: String,
    /// What became of it.
    pub out: Outcome,
    /// The event, the refusal's code, or the kinds of data shown.
    pub what: String,
    /// What it is about.
    pub about: Option<String>,
    /// How often.
    pub times: i64,
    /// Protected rows written: table, id, version, keyed digest.
    pub rows: Vec<(String, String, i64, String)>,
    /// The kinds of sealed data that were opened to do it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened: Option<String>,
    /// Hash of the sealed detail's ciphertext.
    pub detail: Option<String>,
    /// Keyed code over everything before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
}

impl Leaf {
    /// The bytes that are stored and hashed.
    pub(crate) fn to_bytes(&self, keys: &BusinessKeys) -> Vec<u8> {
        // Strings, integers and options only: there is nothing in it that could fail.
        marked(serde_json::to_vec(self).unwrap_or_default(), keys)
    }

    /// Reads a stored leaf back.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}

/// A digest as it stands in a leaf.
pub(crate) fn row(digest: &RowDigest) -> (String, String, i64, String) {
    (digest.table.to_owned(), hex(&digest.id), digest.version, hex(&digest.digest))
}
