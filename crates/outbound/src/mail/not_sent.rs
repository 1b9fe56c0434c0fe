//! What becomes of a letter that is not accepted.

use std::fmt;

/// Where it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// The server's name or its authority cannot be used.
    Settings,
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
    /// The name in rows, in the log and in the API. Never personal.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Settings => "mail.settings_unfit",
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

/// A letter that was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotSent {
    /// Whether trying again is of no use.
    pub for_good: bool,
    /// Where it failed.
    pub problem: Problem,
    /// The server's reply code (RFC 5321 §4.2), where it said one.
    pub reply: Option<u16>,
}

impl NotSent {
    /// To be tried again.
    #[must_use]
    pub const fn later(problem: Problem) -> Self {
        Self { for_good: false, problem, reply: None }
    }

    /// Not to be tried again.
    #[must_use]
    pub const fn never(problem: Problem) -> Self {
        Self { for_good: true, problem, reply: None }
    }

    /// A server's refusal. Only what it says for good of this recipient or this letter is for good: all else is about
    /// us, and can be mended while the letter waits.
    #[must_use]
    pub const fn replied(problem: Problem, reply: u16) -> Self {
        let about_the_letter = matches!(problem, Problem::Recipient | Problem::Content);
        Self { for_good: about_the_letter && reply >= 500, problem, reply: Some(reply) }
    }
}

impl fmt::Display for NotSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.problem.words())
    }
}

impl std::error::Error for NotSent {}
