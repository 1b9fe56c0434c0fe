//! Signed notes: a text and the lines of those who signed it (C2SP signed-note).

use std::fmt;

use base64ct::{Base64, Encoding};

use super::{BadNote, KeyId, KeyName, NoteRefused, VerifierKey};

/// The longest note: room for [`MAX_SIGNATURES`] lines, post-quantum ones among them.
pub const MAX_NOTE_BYTES: usize = 256 * 1024;

/// The most signatures on a note; signed-note demands at least 16.
pub const MAX_SIGNATURES: usize = 32;

/// What a signature line starts with.
const SIGNED_BY: &str = "— ";

/// A text with at least one signature line. None of the signatures is verified yet.
///
/// It displays as the note, byte for byte what was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedNote {
    body: String,
    signatures: Vec<SignatureLine>,
}

/// Who says to have signed, and the signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureLine {
    name: KeyName,
    id: KeyId,
    signature: Vec<u8>,
}

impl SignedNote {
    /// Puts a note together: `signature` is what the key `name` with the id `id` made
    /// over the bytes of `body`, whose final newline is signed with it.
    ///
    /// # Errors
    /// The body is not the text of a note, or the signature is empty.
    pub fn assemble(body: &str, name: KeyName, id: KeyId, signature: &[u8]) -> Result<Self, BadNote> {
        check_text(body)?;
        if !body.ends_with('\n') {
            return Err(BadNote::Unfinished);
        }
        if signature.is_empty() {
            return Err(BadNote::Signature);
        }
        let line = SignatureLine { name, id, signature: signature.to_vec() };
        Ok(Self { body: body.to_owned(), signatures: vec![line] })
    }

    /// Reads a note.
    ///
    /// # Errors
    /// It is too large, not UTF-8, has control characters, or is not a text, an empty
    /// line and signature lines up to its end.
    pub fn parse(note: &[u8]) -> Result<Self, BadNote> {
        if note.len() > MAX_NOTE_BYTES {
            return Err(BadNote::TooLarge);
        }
        let note = str::from_utf8(note).map_err(|_| BadNote::Characters)?;
        check_text(note)?;
        let note = note.strip_suffix('\n').ok_or(BadNote::Unfinished)?;
        let (text, lines) = note.rsplit_once("\n\n").ok_or(BadNote::NoSignature)?;
        let mut signed = Self { body: format!("{text}\n"), signatures: Vec::new() };
        for line in lines.split('\n') {
            signed = signed.with_signature(SignatureLine::parse(line)?)?;
        }
        Ok(signed)
    }

    /// The same note with one more signature line, such as a witness's.
    ///
    /// # Errors
    /// It has [`MAX_SIGNATURES`] already.
    pub fn with_signature(mut self, line: SignatureLine) -> Result<Self, BadNote> {
        if self.signatures.len() == MAX_SIGNATURES {
            return Err(BadNote::TooManySignatures);
        }
        self.signatures.push(line);
        Ok(self)
    }

    /// The text, whoever signed it: nothing is to be believed of it.
    pub(super) fn unverified(&self) -> &str {
        &self.body
    }

    /// The text, if `key` signed it. Lines of other keys are ignored, as signed-note
    /// demands; every line of this key must hold.
    ///
    /// # Errors
    /// No line is of this key, or one of its signatures is wrong.
    pub fn verify(&self, key: &VerifierKey) -> Result<&str, NoteRefused> {
        let of_key = |line: &&SignatureLine| line.name == *key.name() && line.id == key.id();
        let mut lines = self.signatures.iter().filter(of_key).peekable();
        if lines.peek().is_none() {
            return Err(NoteRefused::NotSigned { key: key.clone() });
        }
        if lines.all(|line| key.signed(self.body.as_bytes(), &line.signature)) {
            Ok(&self.body)
        } else {
            Err(NoteRefused::WrongSignature { key: key.clone() })
        }
    }

    /// The signature lines, in the order of the note.
    #[must_use]
    pub fn signatures(&self) -> &[SignatureLine] {
        &self.signatures
    }
}

impl SignatureLine {
    /// Reads one signature line, without its newline.
    ///
    /// # Errors
    /// It is not `— name base64(id ‖ signature)`, with one space between the parts.
    pub fn parse(line: &str) -> Result<Self, BadNote> {
        let parts = line.strip_prefix(SIGNED_BY).and_then(|line| line.split_once(' '));
        let (name, encoded) = parts.ok_or(BadNote::Signature)?;
        let name = name.parse().map_err(BadNote::Name)?;
        let decoded = Base64::decode_vec(encoded).map_err(|_| BadNote::Signature)?;
        let (id, signature) = decoded.split_first_chunk().ok_or(BadNote::Signature)?;
        if signature.is_empty() {
            return Err(BadNote::Signature);
        }
        Ok(Self { name, id: KeyId::from_bytes(*id), signature: signature.to_vec() })
    }

    /// The name of the key.
    #[must_use]
    pub const fn name(&self) -> &KeyName {
        &self.name
    }

    /// The id of the key.
    #[must_use]
    pub const fn id(&self) -> KeyId {
        self.id
    }
}

fn check_text(text: &str) -> Result<(), BadNote> {
    let refused = |char: char| char < ' ' && char != '\n';
    if text.contains(refused) { Err(BadNote::Characters) } else { Ok(()) }
}

impl fmt::Display for SignedNote {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{}", self.body)?;
        self.signatures.iter().try_for_each(|line| writeln!(out, "{line}"))
    }
}

impl fmt::Display for SignatureLine {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let signature = [self.id.as_bytes(), self.signature.as_slice()].concat();
        write!(out, "{SIGNED_BY}{} {}", self.name, Base64::encode_string(&signature))
    }
}
