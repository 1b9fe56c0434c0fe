//! What a password must be: long enough and not one that others would guess. No composition rules (ASVS 6.2.5).

use coffer_store::refusals;
use zxcvbn::{Score, zxcvbn};

/// The fewest characters, because everybody here has a second step (SP 800-63B-4 §3.1.1.2).
pub const LEAST_LENGTH: usize = 8;
/// The most characters that are taken; a passphrase fits many times over.
pub const MOST_LENGTH: usize = 256;

refusals! {
    /// Why a password is not taken.
    pub enum PasswordRefused {
        /// Too short.
        Short => Invalid, "password.short", "A password has at least 8 characters. A sentence you can remember is better still.";
        /// Too long.
        Long => Invalid, "password.long", "A password has at most 256 characters. Shorten it.";
        /// Easily guessed.
        Weak => Invalid, "password.weak", "This password is easily guessed. Use several words that do not belong together, or let a password manager make one.";
    }
}

/// Words that many passwords are made of and that the strength meter, whose lists are English, does not know: a word a line,
/// in the languages around us.
const WORDS: &str = include_str!("common-words.txt");

/// Checks a password against its rules; `about` are words that an attacker knows: the name, the address.
///
/// Common passwords, keyboard walks, dates and names are found by the bundled lists of the strength meter, and by ours, alone
/// and with what people add to them.
///
/// # Errors
/// [`PasswordRefused`].
pub fn check_password(password: &str, about: &[&str]) -> Result<(), PasswordRefused> {
    let length = password.chars().count();
    if length < LEAST_LENGTH {
        return Err(PasswordRefused::Short);
    }
    if length > MOST_LENGTH {
        return Err(PasswordRefused::Long);
    }
    let known: Vec<&str> = about
        .iter()
        .flat_map(|text| text.split(['@', '.', ' ', '-']))
        .chain(about.iter().copied())
        .chain(["coffer"])
        .chain(WORDS.lines())
        .collect();
    if zxcvbn(password, &known).score() < Score::Three {
        return Err(PasswordRefused::Weak);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What people choose again and again, of eight characters and more, in several languages: written down from what is
    /// generally known, and not taken from the lists of the strength meter.
    const COMMON: &str = include_str!("common-passwords.txt");

    // proves: C27.a
    #[test]
    fn each_password_that_many_people_have_is_refused() {
        assert!(COMMON.lines().count() > 400, "the list is there");
        let taken: Vec<&str> =
            COMMON.lines().filter(|common| check_password(common, &[]) != Err(PasswordRefused::Weak)).collect();
        assert_eq!(taken, Vec::<&str>::new());
        for with_more in ["Schmetterling1", "Sonnenschein2024", "Frühling2025!", "motdepasse12", "Contraseña1"] {
            assert_eq!(check_password(with_more, &[]), Err(PasswordRefused::Weak), "{with_more}");
        }
    }

    // proves: C26.a, C27.a, D6
    #[test]
    fn what_others_would_guess_is_refused_and_nothing_is_asked_about_its_composition() {
        let about = ["Ingrid Solberg", "ingrid@ateliernord.example"];
        for weak in
            ["password1", "Passw0rd!", "qwertyuiop", "ingridsolberg", "ateliernord1", "coffercoffer", "12345678901"]
        {
            assert_eq!(check_password(weak, &about), Err(PasswordRefused::Weak), "{weak}");
        }
        assert_eq!(check_password("short", &about), Err(PasswordRefused::Short));
        assert_eq!(check_password(&"long ".repeat(60), &about), Err(PasswordRefused::Long));
        for good in ["correct battery staple mango", "zwölf boxkämpfer jagen viktor", "v8#kQz2!mLp0"] {
            assert_eq!(check_password(good, &about), Ok(()), "{good}");
        }
    }
}
