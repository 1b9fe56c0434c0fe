//! Beside a running server: commands go to it through a Unix socket in the data folder, because one process at a time
//! has the books.
//!
//! The folder and the socket are open to the server's account alone (0700 and 0600), and the kernel says who is at the
//! other end: the same account, or root. What is asked for is recorded in the operator's name like any other act. The
//! server never touches a file of the caller's: what they asked for or bring comes through the socket, and they write and
//! read it.
//!
//! | from | line |
//! | --- | --- |
//! | caller | what is wanted: the version of this program and the words of the command line |
//! | server | something to say, a question, a file (in parts, each with its length before it), a wish for one, the end |
//! | caller | an answer, what became of the file, or the one that was wished for (its length before it) |

pub(crate) mod call;
mod caller;
pub(crate) mod listen;

use crate::Ending;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{BufRead, Read, Write};
use std::path::{Path, PathBuf};

/// The longest line either side believes.
const LONGEST: u64 = 256 * 1024;
/// How many bytes of a file go in one part.
const PART: usize = 64 * 1024;
/// The longest path that a socket can have, with room for its end.
const LONGEST_PATH: usize = 107;

/// Where the socket is.
pub(crate) fn path(data: &Path) -> PathBuf {
    data.join("socket")
}

/// What a caller wants.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    version: String,
    words: Vec<String>,
}

/// What the server tells.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Told {
    Say(String),
    Ask(String),
    /// A file under this name; parts follow, the last one empty.
    File(String),
    Part(usize),
    /// A file of theirs is wanted, if it is not larger than `most` bytes.
    Take {
        name: String,
        most: usize,
    },
    /// The server could not read the file to its end.
    Broken(String),
    Done,
    Refused {
        code: u8,
        why: String,
    },
}

/// What a caller answers.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Answer {
    Line(String),
    Kept {
        left: bool,
    },
    NotKept(String),
    /// The file that was wanted follows, so many bytes.
    File(usize),
    TooLarge,
    NoFile(String),
}

fn send(to: &mut impl Write, message: &impl Serialize) -> Result<(), Ending> {
    let mut line = serde_json::to_vec(message)?;
    line.push(b'\n');
    to.write_all(&line)?;
    Ok(())
}

/// The next line; [`None`] where the other side is gone.
fn receive<T: DeserializeOwned>(from: &mut impl BufRead) -> Result<Option<T>, Ending> {
    let mut line = Vec::new();
    from.take(LONGEST).read_until(b'\n', &mut line)?;
    if line.last() != Some(&b'\n') {
        return Ok(None);
    }
    Ok(Some(serde_json::from_slice(&line)?))
}

/// Whether this account may be trusted with the books: our own, or root.
fn is_ours(account: u32) -> bool {
    account == 0 || account == rustix::process::geteuid().as_raw()
}
