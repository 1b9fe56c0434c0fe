//! Countries by the names that exports write, as ISO 3166-1 alpha-2.

/// English and German names; those of the others are asked for as codes.
const NAMES: &[(&str, &[&str])] = &[
    ("AE", &["united arab emirates", "vereinigte arabische emirate"]),
    ("AR", &["argentina", "argentinien"]),
    ("AT", &["austria", "österreich"]),
    ("AU", &["australia", "australien"]),
    ("BE", &["belgium", "belgien"]),
    ("BG", &["bulgaria", "bulgarien"]),
    ("BR", &["brazil", "brasilien"]),
    ("CA", &["canada", "kanada"]),
    ("CH", &["switzerland", "schweiz"]),
    ("CL", &["chile"]),
    ("CN", &["china"]),
    ("CY", &["cyprus", "zypern"]),
    ("CZ", &["czech republic", "czechia", "tschechien"]),
    ("DE", &["germany", "deutschland"]),
    ("DK", &["denmark", "dänemark"]),
    ("EE", &["estonia", "estland"]),
    ("ES", &["spain", "spanien"]),
    ("FI", &["finland", "finnland"]),
    ("FR", &["france", "frankreich"]),
    ("GB", &["united kingdom", "uk", "great britain", "england", "vereinigtes königreich"]),
    ("GR", &["greece", "griechenland"]),
    ("HK", &["hong kong", "hongkong"]),
    ("HR", &["croatia", "kroatien"]),
    ("HU", &["hungary", "ungarn"]),
    ("IE", &["ireland", "irland"]),
    ("IL", &["israel"]),
    ("IN", &["india", "indien"]),
    ("IS", &["iceland", "island"]),
    ("IT", &["italy", "italien"]),
    ("JP", &["japan"]),
    ("KR", &["south korea", "südkorea"]),
    ("LI", &["liechtenstein"]),
    ("LT", &["lithuania", "litauen"]),
    ("LU", &["luxembourg", "luxemburg"]),
    ("LV", &["latvia", "lettland"]),
    ("MT", &["malta"]),
    ("MX", &["mexico", "mexiko"]),
    ("NL", &["netherlands", "the netherlands", "niederlande"]),
    ("NO", &["norway", "norwegen"]),
    ("NZ", &["new zealand", "neuseeland"]),
    ("PL", &["poland", "polen"]),
    ("PT", &["portugal"]),
    ("RO", &["romania", "rumänien"]),
    ("RS", &["serbia", "serbien"]),
    ("SE", &["sweden", "schweden"]),
    ("SG", &["singapore", "singapur"]),
    ("SI", &["slovenia", "slowenien"]),
    ("SK", &["slovakia", "slowakei"]),
    ("TR", &["turkey", "türkiye", "türkei"]),
    ("UA", &["ukraine"]),
    ("US", &["united states", "united states of america", "usa", "u.s.a.", "vereinigte staaten"]),
    ("ZA", &["south africa", "südafrika"]),
];

/// The code of a country, from its code or a name of it.
pub(super) fn code(text: &str) -> Option<String> {
    if text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Some(text.to_ascii_uppercase()).map(|code| if code == "UK" { "GB".to_owned() } else { code });
    }
    let name = text.to_lowercase();
    NAMES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(code, _)| (*code).to_owned())
}
