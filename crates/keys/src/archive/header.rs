//! The header of an age file: for whom it is, and the file key wrapped for each of them.
//!
//! It is text, strictly: one spelling only, so that what is authenticated is what was read. Its length and the number
//! of its recipients are bounded, because all of it is read before anything of it can be checked.

use super::x25519::{self, WRAPPED};
use super::{ArchiveKey, ArchiveRecipient, ArchiveRefused};
use crate::Secret;
use crate::subkey::derived;
use aws_lc_rs::hmac;
use base64ct::{Base64Unpadded, Encoding};
use coffer_kernel::Entropy;
use std::io::{self, BufRead, Read};

const VERSION_LINE: &[u8] = b"age-encryption.org/v1\n";
const STANZA: &[u8] = b"-> ";
const END: &[u8] = b"---";
/// The columns of a stanza's body; a shorter line ends it.
const COLUMNS: usize = 64;
/// The longest header that is read: some hundreds of recipients.
const LONGEST: u64 = 64 * 1024;
/// The most recipients that are tried: each costs a scalar multiplication.
const MOST_RECIPIENTS: usize = 64;

/// The header of a new archive for one recipient.
pub(super) fn written(
    file_key: &Secret<[u8; 16]>,
    recipient: &ArchiveRecipient,
    entropy: &dyn Entropy,
) -> Result<Vec<u8>, ArchiveRefused> {
    let (share, wrapped) = x25519::wrap(file_key, recipient, entropy)?;
    let mut header = VERSION_LINE.to_vec();
    header.extend_from_slice(b"-> X25519 ");
    header.extend_from_slice(Base64Unpadded::encode_string(&share).as_bytes());
    header.push(b'\n');
    header.extend_from_slice(Base64Unpadded::encode_string(&wrapped).as_bytes());
    header.push(b'\n');
    header.extend_from_slice(END);
    let mac = hmac::sign(&mac_key(file_key), &header);
    header.push(b' ');
    header.extend_from_slice(Base64Unpadded::encode_string(mac.as_ref()).as_bytes());
    header.push(b'\n');
    Ok(header)
}

/// Reads a header up to its end, and gives the file key where it was wrapped for this key.
pub(super) fn read(reader: &mut impl BufRead, key: &ArchiveKey) -> io::Result<Secret<[u8; 16]>> {
    let mut lines = Lines { reader: reader.take(LONGEST), read: Vec::new() };
    if lines.next()? != VERSION_LINE {
        return Err(ArchiveRefused::Header.into());
    }
    let mut stanzas = Vec::new();
    let mut line = lines.next()?;
    while let Some(arguments) = line.strip_prefix(STANZA) {
        if stanzas.len() == MOST_RECIPIENTS {
            return Err(ArchiveRefused::Header.into());
        }
        stanzas.push(lines.stanza(arguments)?);
        line = lines.next()?;
    }
    let mac = end_line(&line).filter(|_| !stanzas.is_empty()).ok_or(ArchiveRefused::Header)?;
    let file_key = unwrapped(&stanzas, key)?.ok_or(ArchiveRefused::OtherKey)?;
    let authenticated = lines.read_before(&line).ok_or(ArchiveRefused::Header)?;
    hmac::verify(&mac_key(&file_key), &authenticated, &mac).map_err(|_| ArchiveRefused::HeaderAltered)?;
    Ok(file_key)
}

/// A recipient's part of the header.
struct Stanza {
    arguments: Vec<String>,
    body: Vec<u8>,
}

/// The lines of a header, and all that was read of it so far.
struct Lines<R: Read> {
    reader: io::Take<R>,
    read: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    /// The next line with its end.
    fn next(&mut self) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        self.reader.read_until(b'\n', &mut line)?;
        if !line.ends_with(b"\n") {
            return Err(ArchiveRefused::Header.into());
        }
        self.read.extend_from_slice(&line);
        Ok(line)
    }

    fn stanza(&mut self, arguments: &[u8]) -> io::Result<Stanza> {
        let arguments = arguments_of(arguments).ok_or(ArchiveRefused::Header)?;
        let mut body = Vec::new();
        loop {
            let line = self.next()?;
            let text = line.strip_suffix(b"\n").unwrap_or(&line);
            body.extend(base64(text).ok_or(ArchiveRefused::Header)?);
            if text.len() < COLUMNS {
                return Ok(Stanza { arguments, body });
            }
            if text.len() > COLUMNS {
                return Err(ArchiveRefused::Header.into());
            }
        }
    }

    /// What is authenticated: everything before the last line, and that line's three dashes.
    fn read_before(&self, last: &[u8]) -> Option<Vec<u8>> {
        let before = self.read.strip_suffix(last)?;
        Some([before, END].concat())
    }
}

/// One or more arguments of visible ASCII characters, one space apart.
fn arguments_of(line: &[u8]) -> Option<Vec<String>> {
    let line = std::str::from_utf8(line.strip_suffix(b"\n")?).ok()?;
    let visible = |argument: &str| !argument.is_empty() && argument.bytes().all(|byte| byte.is_ascii_graphic());
    line.split(' ').map(|argument| visible(argument).then(|| argument.to_owned())).collect()
}

fn end_line(line: &[u8]) -> Option<Vec<u8>> {
    let text = line.strip_prefix(END)?.strip_prefix(b" ")?.strip_suffix(b"\n")?;
    base64(text).filter(|mac| mac.len() == 32)
}

/// Canonical base 64 without padding.
fn base64(text: &[u8]) -> Option<Vec<u8>> {
    Base64Unpadded::decode_vec(std::str::from_utf8(text).ok()?).ok()
}

fn unwrapped(stanzas: &[Stanza], key: &ArchiveKey) -> Result<Option<Secret<[u8; 16]>>, ArchiveRefused> {
    let mut found = None;
    for stanza in stanzas.iter().filter(|stanza| stanza.arguments.first().is_some_and(|kind| kind == "X25519")) {
        let [_, share] = stanza.arguments.as_slice() else {
            return Err(ArchiveRefused::Header);
        };
        let share = base64(share.as_bytes()).and_then(|share| share.try_into().ok()).ok_or(ArchiveRefused::Header)?;
        let body: &[u8; WRAPPED] = stanza.body.as_slice().try_into().map_err(|_| ArchiveRefused::Header)?;
        if found.is_none() {
            found = x25519::unwrap(key, &share, body)?;
        }
    }
    Ok(found)
}

fn mac_key(file_key: &Secret<[u8; 16]>) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, derived(&[], file_key.expose(), b"header").expose())
}
