//! What becomes of a letter that is not accepted.

use std::fmt;

/// Where it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// The server's name or its authority cannot be used.
    Settings,
    /// There is no server of this name.
    Unknown,
    /// There is no connection, or it broke off.
    Unreachable,
    /// It took too long.
    Silent,
    /// It offers no TLS.
    NoTls,
    /// It could not prove who it is.
    Unproven,
    /// It says what no mail server says.
    Unclear,
    /// It does not know name or password.
    SignIn,
    /// It takes no letters from this sender.
    Sender,
    /// It takes no letters for this recipient.
    Recipient,
    /// It does not take this letter.
    Content,
    /// The content was sent, and no answer came.
    Unanswered,
}

impl Problem {
    const ALL: [Self; 12] = [
        Self::Settings,
        Self::Unknown,
        Self::Unreachable,
        Self::Silent,
        Self::NoTls,
        Self::Unproven,
        Self::Unclear,
        Self::SignIn,
        Self::Sender,
        Self::Recipient,
        Self::Content,
        Self::Unanswered,
    ];

    /// The one with this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|problem| problem.code() == code)
    }

    /// The name in rows, in the log and in the API. Never personal.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Settings => "mail.settings_unfit",
            Self::Unknown => "mail.unknown_server",
            Self::Unreachable => "mail.unreachable",
            Self::Silent => "mail.silent",
            Self::NoTls => "mail.no_tls",
            Self::Unproven => "mail.unproven",
            Self::Unclear => "mail.unclear",
            Self::SignIn => "mail.sign_in_refused",
            Self::Sender => "mail.sender_refused",
            Self::Recipient => "mail.recipient_refused",
            Self::Content => "mail.content_refused",
            Self::Unanswered => "mail.unanswered",
        }
    }

    /// What is wrong and what to do, for whoever set the server up.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Settings => "The mail server's name or its certificate authority cannot be read. Check both.",
            Self::Unknown => "Nobody knows a server of this name. Check its spelling.",
            Self::Unreachable => "The mail server cannot be reached, or it broke off. Check its name and port.",
            Self::Silent => "The mail server takes too long to answer. Check its port, or try again later.",
            Self::NoTls => {
                "The mail server offers no encryption at this port, so it was told nothing. Use its port with TLS, usually 465 or 587."
            }
            Self::Unproven => {
                "The mail server could not prove that it is the one you named. Check its name, or give the authority that vouches for it."
            }
            Self::Unclear => "What answers there does not speak like a mail server. Check its name and port.",
            Self::SignIn => "The mail server does not accept this name and password. Check both with whoever runs it.",
            Self::Sender => {
                "The mail server takes no mail from this sender. Use an address that belongs to your account there."
            }
            Self::Recipient => "The mail server takes no mail for this address. Compare it with the customer.",
            Self::Content => "The mail server refused this mail. Ask whoever runs it why.",
            Self::Unanswered => "The mail server broke off before it said whether it took the mail.",
        }
    }
}

/// A server's own words. They may name somebody, so they are shown to those who may see the letter, and printed nowhere.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Said(String);

/// The most of a server's words that is kept, in characters.
const MOST_SAID: usize = 300;

impl Said {
    /// What a server said, without what could hide in it.
    #[must_use]
    pub fn of(words: &str) -> Self {
        Self(words.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).take(MOST_SAID).collect())
    }

    /// The words, to be sealed or shown.
    #[must_use]
    pub fn words(&self) -> &str {
        self.0.trim()
    }
}

impl fmt::Debug for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Said")
    }
}

/// A letter that was not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotSent {
    /// Whether trying again is of no use.
    pub for_good: bool,
    /// Where it failed.
    pub problem: Problem,
    /// The server's reply code (RFC 5321 §4.2), where it said one.
    pub reply: Option<u16>,
    /// What it said with it.
    pub said: Said,
}

impl NotSent {
    /// To be tried again.
    #[must_use]
    pub fn later(problem: Problem) -> Self {
        Self { for_good: false, problem, reply: None, said: Said::default() }
    }

    /// Not to be tried again.
    #[must_use]
    pub fn never(problem: Problem) -> Self {
        Self { for_good: true, problem, reply: None, said: Said::default() }
    }

    /// A server's refusal. Only what it says for good of this recipient or this letter is for good: all else is about
    /// us, and can be mended while the letter waits.
    #[must_use]
    pub fn replied(problem: Problem, reply: u16, said: Said) -> Self {
        let about_the_letter = matches!(problem, Problem::Recipient | Problem::Content);
        Self { for_good: about_the_letter && reply >= 500, problem, reply: Some(reply), said }
    }
}

impl fmt::Display for NotSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.problem.words())
    }
}

impl std::error::Error for NotSent {}
