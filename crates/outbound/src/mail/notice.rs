//! What a mail about an invoice says: whose it is, its number, where it is, and the seller's own words where they wrote
//! some. No amounts, no lines, no addresses. Once as plain text and once as simple HTML that says the same.

/// Subject and text of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same, as HTML without pictures, scripts or anything fetched from elsewhere.
    pub html: String,
}

/// What a notice is made of.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The language, BCP 47: German, or else English.
    pub language: &'a str,
    /// Whose invoice it is.
    pub seller: &'a str,
    /// Its number.
    pub number: &'a str,
    /// Where it is.
    pub link: &'a str,
    /// The seller's own words, where there are any.
    pub words: Option<&'a str>,
}

struct Sentences {
    subject: String,
    there_is: String,
    see: &'static str,
    button: &'static str,
    alone: &'static str,
}

impl Sentences {
    fn of(about: &About<'_>) -> Self {
        let About { language, seller, number, .. } = about;
        if language.split('-').next().is_some_and(|primary| primary.eq_ignore_ascii_case("de")) {
            return Self {
                subject: format!("Rechnung {number} von {seller}"),
                there_is: format!("{seller} hat eine Rechnung für Sie: {number}."),
                see: "Hier können Sie sie ansehen und herunterladen:",
                button: "Rechnung ansehen",
                alone: "Der Link ist nur für Sie bestimmt. Bitte geben Sie ihn nicht weiter.",
            };
        }
        Self {
            subject: format!("Invoice {number} from {seller}"),
            there_is: format!("{seller} has an invoice for you: {number}."),
            see: "See it and download it here:",
            button: "See the invoice",
            alone: "The link is for you alone. Please do not pass it on.",
        }
    }
}

/// The notice that an invoice is there.
#[must_use]
pub fn invoice_notice(about: About<'_>) -> Notice {
    let Sentences { subject, there_is, see, button, alone } = Sentences::of(&about);
    let words = about.words.map(str::trim).filter(|words| !words.is_empty());
    let link = about.link;
    let own = words.map(|words| format!("{words}\n\n")).unwrap_or_default();
    let text = format!("{own}{there_is}\n\n{see}\n{link}\n\n{alone}\n");
    let own = words.map(|words| format!("<p>{}</p>\n", escaped(words).replace('\n', "<br>"))).unwrap_or_default();
    let (there_is, at) = (escaped(&there_is), escaped(link));
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\"><meta charset=\"utf-8\"><title>{}</title>\n<body>\n{own}<p>{there_is}</p>\n\
         <p>{see}<br><a href=\"{at}\">{button}</a></p>\n<p>{alone}</p>\n</body></html>\n",
        escaped(about.language),
        escaped(&subject),
    );
    Notice { subject, text, html }
}

/// What was typed, as text of a page: nothing in it is markup.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    // proves: B4, C94.b
    #[test]
    fn what_was_typed_is_never_markup() {
        let evil = "</p><img src=x onerror=alert(1)> & \"Sons'";
        let about =
            About { language: "en\"><b>", seller: evil, number: "1", link: "https://a.example/d/1", words: Some(evil) };
        let notice = invoice_notice(about);
        assert!(notice.text.starts_with(evil) && notice.subject.contains(evil), "as it was typed");
        assert!(!notice.html.contains("<img") && !notice.html.contains("<b>"), "{}", notice.html);
        assert_eq!(notice.html.matches("<a href=\"https://a.example/d/1\">").count(), 1);
        assert_eq!(notice.html.matches("<p>").count(), 4);
    }
}
