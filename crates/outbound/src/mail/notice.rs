//! What a mail about an invoice says: whose it is, its number, where it is. No amounts, no lines, no names of people.

/// Subject and text of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
}

/// The notice that an invoice is there, in the language of this BCP 47 tag: German, or else English.
#[must_use]
pub fn invoice_notice(language: &str, seller: &str, number: &str, link: &str) -> Notice {
    let german = language.split('-').next().is_some_and(|primary| primary.eq_ignore_ascii_case("de"));
    if german {
        return Notice {
            subject: format!("Rechnung {number} von {seller}"),
            text: format!(
                "{seller} hat eine Rechnung für Sie: {number}.\n\n\
                 Hier können Sie sie ansehen und herunterladen:\n{link}\n\n\
                 Der Link ist nur für Sie bestimmt. Bitte geben Sie ihn nicht weiter.\n"
            ),
        };
    }
    Notice {
        subject: format!("Invoice {number} from {seller}"),
        text: format!(
            "{seller} has an invoice for you: {number}.\n\n\
             See it and download it here:\n{link}\n\n\
             The link is for you alone. Please do not pass it on.\n"
        ),
    }
}
