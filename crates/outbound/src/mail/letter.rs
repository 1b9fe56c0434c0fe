//! A letter: from a seller, to one address, as plain text and as HTML that says the same.

use super::{NotSent, Problem};
use coffer_kernel::Timestamp;
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};
use lettre::{Address, address::Envelope};

/// The longest name that goes into a header (RFC 5322 §2.1.1 gives a line 998 bytes, encoding takes three for one).
const LONGEST_NAME: usize = 200;

/// One letter. Names are taken as they are: what could end a header is taken out of them here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// What it is known by: the same in every attempt to send it.
    pub id: String,
    /// Who writes.
    pub sender_name: String,
    /// Their address.
    pub sender: String,
    /// Where replies go, where that is somewhere else.
    pub reply_to: Option<String>,
    /// The one address it goes to.
    pub recipient: String,
    /// The subject.
    pub subject: String,
    /// The text, lines separated by `\n`.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// When it is dated.
    pub at: Timestamp,
}

/// A letter as it goes over the wire.
pub(super) struct Composed {
    pub(super) envelope: Envelope,
    /// Whether a server without SMTPUTF8 (RFC 6531) understands its addresses.
    pub(super) ascii: bool,
    pub(super) bytes: Vec<u8>,
    /// The sender's domain, by which we greet: the machine's own name is nobody's business.
    pub(super) domain: String,
}

/// Whether letters can go to this address at all.
#[must_use]
pub fn address_fits(address: &str) -> bool {
    address.parse::<Address>().is_ok()
}

impl Letter {
    /// Headers and body (RFC 5322), and the envelope.
    pub(super) fn composed(&self) -> Result<Composed, NotSent> {
        let sender: Address = self.sender.parse().map_err(|_| NotSent::later(Problem::Settings))?;
        let recipient: Address = self.recipient.parse().map_err(|_| NotSent::never(Problem::Recipient))?;
        let domain = sender.domain().to_owned();
        let ascii = [&self.sender, &self.recipient].iter().all(|address| address.is_ascii());
        let unfit = |_| NotSent::never(Problem::Content);
        let mut message = Message::builder()
            .date(self.at.into())
            .message_id(Some(format!("<{}@{domain}>", self.id)))
            .from(Mailbox::new(Some(one_line(&self.sender_name)), sender))
            .to(Mailbox::new(None, recipient))
            .subject(one_line(&self.subject));
        // An address that mail cannot go to is no place for replies.
        if let Some(reply_to) = self.reply_to.as_ref().and_then(|address| address.parse::<Address>().ok()) {
            message = message.reply_to(Mailbox::new(Some(one_line(&self.sender_name)), reply_to));
        }
        let message = message.multipart(self.parts()).map_err(unfit)?;
        Ok(Composed { envelope: message.envelope().clone(), ascii, bytes: message.formatted(), domain })
    }

    /// The text and the HTML, the better one last (RFC 2046 §5.1.4). What separates them is the letter's own id: nothing
    /// random, so that each attempt has the same bytes.
    fn parts(&self) -> MultiPart {
        let lines = |text: &str| text.replace('\n', "\r\n");
        MultiPart::alternative()
            .boundary(format!("={}=", self.id))
            .singlepart(SinglePart::plain(lines(&self.text)))
            .singlepart(SinglePart::html(lines(&self.html)))
    }
}

/// Without what could end a header or hide in it.
fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    plain.chars().filter(|letter| !hides(*letter)).take(LONGEST_NAME).collect()
}

/// Signs without a width, and those that turn the direction of reading round: they make a name look like another.
const fn hides(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn letter() -> Letter {
        Letter {
            id: "dlv_1".into(),
            sender_name: "Atelier Nord".into(),
            sender: "billing@ateliernord.example".into(),
            reply_to: Some("studio@ateliernord.example".into()),
            recipient: "vogel@example.org".into(),
            subject: "Invoice AN-2026-0001".into(),
            text: "Hello.\nGoodbye.\n".into(),
            html: "<p>Hello.</p>".into(),
            at: Timestamp::from_second(1_795_262_400).unwrap(),
        }
    }

    fn headers(letter: &Letter) -> Vec<String> {
        let text = String::from_utf8(letter.composed().unwrap().bytes).unwrap();
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        let mut headers: Vec<String> = Vec::new();
        for line in head.split("\r\n") {
            match headers.last_mut().filter(|_| line.starts_with([' ', '\t'])) {
                Some(folded) => folded.push_str(line),
                None => headers.push(line.to_owned()),
            }
        }
        headers
    }

    fn names(letter: &Letter) -> Vec<String> {
        headers(letter).iter().map(|header| header.split_once(':').unwrap().0.to_lowercase()).collect()
    }

    // proves: C17.d
    #[test]
    fn no_name_adds_a_header() {
        let usual = names(&letter());
        for evil in [
            "Nord\r\nBcc: eve@example.org",
            "Nord\nBcc: eve@example.org",
            "Nord\rBcc: eve@example.org",
            "Nord\u{2028}Bcc: eve@example.org",
            "Nord\u{85}Bcc: eve@example.org\0",
            "Nord\" <eve@example.org>, \"",
            "=?utf-8?q?=0D=0ABcc:_eve@example.org?=",
            &"Ä\r\n ".repeat(500),
        ] {
            let (sender_name, subject) = (evil.to_owned(), evil.to_owned());
            let evil = Letter { sender_name, subject, ..letter() };
            assert_eq!(names(&evil), usual, "{:?}", evil.subject);
            assert_eq!(evil.composed().unwrap().envelope, letter().composed().unwrap().envelope);
        }
    }

    #[test]
    fn what_is_no_address_gets_nothing() {
        for evil in ["", "vogel", "vogel@example.org\r\nRCPT TO:<eve@example.org>", "a@b>, <c@d", "a b@example.org"] {
            let evil = Letter { recipient: evil.to_owned(), ..letter() };
            assert_eq!(evil.composed().err(), Some(NotSent::never(Problem::Recipient)), "{}", evil.recipient);
        }
    }

    #[test]
    fn every_attempt_has_the_same_id() {
        let known = |letter: &Letter| headers(letter).into_iter().find(|header| header.starts_with("Message-ID:"));
        assert_eq!(letter().composed().unwrap().bytes, letter().composed().unwrap().bytes);
        let later = Letter { at: Timestamp::from_second(1_795_269_600).unwrap(), ..letter() };
        assert_eq!(known(&letter()), known(&later));
        assert_eq!(known(&letter()).as_deref(), Some("Message-ID: <dlv_1@ateliernord.example>"));
    }
}
