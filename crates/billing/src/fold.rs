//! Letters as people type them when they look for a name: without case and without accents, so that “wo” finds Wójcik.

/// The folded form of a text: lower case, Latin letters without their marks, ligatures as two letters.
#[must_use]
pub fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).filter(|c| !is_mark(*c) && !is_joiner(*c)).fold(
        String::new(),
        |mut folded, c| {
            match plain(c) {
                Some(letters) => folded.push_str(letters),
                None => folded.push(c),
            }
            folded
        },
    )
}

/// How well a folded name fits what was typed: 0 it begins with it, 1 one of its words does, 2 it holds it; [`None`] not.
#[must_use]
pub fn rank(folded: &str, typed: &str) -> Option<u8> {
    if folded.starts_with(typed) {
        return Some(0);
    }
    let begins = folded.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(typed));
    if begins { Some(1) } else { folded.contains(typed).then_some(2) }
}

/// What says how letters are written together: a name is found with it and without.
const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Combining marks, where a text was written in pieces.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ' | 'ả' => "a",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẹ' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ọ' => "o",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ụ' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ё' => "е",
        'й' => "и",
        'ί' => "ι",
        'ά' => "α",
        'έ' => "ε",
        'ή' => "η",
        'ό' => "ο",
        'ύ' => "υ",
        'ώ' => "ω",
        'ς' => "σ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_case_do_not_matter() {
        for (name, typed) in [
            ("Łukasz Wójcik", "wo"),
            ("Ødegård & Sønner AS", "odegard"),
            ("GROẞ", "gross"),
            ("Ελένη Παπαδοπούλου", "ΠΑΠΑΔΟΠΟΥΛΟΥ"),
            ("Cafe\u{301}", "café"),
            ("Студія Бузок", "бузок"),
            ("می\u{200c}خواهم", "میخواهم"),
            ("محمدعلی", "محمد\u{200c}علی"),
        ] {
            assert!(rank(&fold(name), &fold(typed)).is_some(), "{typed} finds {name}");
        }
        assert_eq!(rank(&fold("Studio Tworek"), "wo"), Some(2));
        assert_eq!(rank(&fold("Łukasz Wójcik"), "wo"), Some(1));
        assert_eq!(rank(&fold("Wolff & Söhne KG"), "wo"), Some(0));
        assert_eq!(rank(&fold("Bäckerei Vogel"), "wo"), None);
    }
}
