//! One-time codes from a phone or password manager (control C23): RFC 6238 with SHA-1, six digits, thirty seconds,
//! because that is what every authenticator app understands.
//!
//! A code is exactly six ASCII digits; nothing is trimmed or folded. That a code works once only is the caller's part:
//! it keeps the step that was matched, in the transaction that lets the person in, and accepts later steps only.

use crate::Secret;
use coffer_kernel::{Entropy, Timestamp};
use totp_rs::{Algorithm, Builder};
use zeroize::Zeroizing;

const DIGITS: u8 = 6;
const STEP_SECONDS: u64 = 30;
/// RFC 4648 §6.
const BASE_32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// How far a person's clock may be off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Drift {
    /// Not at all: a code works in its own thirty seconds (ASVS 6.5.5).
    #[default]
    None,
    /// One step to either side, ninety seconds in all: a deviation that evidence prints.
    OneStep,
}

/// The number of a thirty-second step since 1970. Only steps later than the last accepted one may be accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step(pub u64);

/// The secret that a person's authenticator shares with us: 160 bits (RFC 4226 §4).
pub struct TotpSecret(Secret<[u8; 20]>);

impl TotpSecret {
    /// A new secret.
    #[must_use]
    pub fn generate(entropy: &dyn Entropy) -> Self {
        Self(Secret::filled(|out| entropy.fill(out)))
    }

    /// The secret as it came out of its seal, or `None` for anything but 20 bytes.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Secret::copied(bytes).map(Self)
    }

    /// The secret as it is typed: base 32, without padding. `None` for anything but 20 bytes.
    #[must_use]
    pub fn from_base_32(text: &str) -> Option<Self> {
        let mut bytes = Zeroizing::new([0_u8; 20]);
        if text.len() != 32 {
            return None;
        }
        for (group, out) in text.as_bytes().chunks(8).zip(bytes.chunks_mut(5)) {
            let bits = group.iter().try_fold(0_u64, |bits, letter| {
                let value = BASE_32.iter().position(|known| known == letter)?;
                Some(bits << 5 | u64::try_from(value).ok()?)
            })?;
            out.iter_mut().zip(bits.to_be_bytes().into_iter().skip(3)).for_each(|(out, byte)| *out = byte);
        }
        Self::from_bytes(bytes.as_slice())
    }

    /// Another holder of the same secret.
    #[must_use]
    pub fn copy(&self) -> Self {
        Self(Secret::filled(|out| out.copy_from_slice(self.expose())))
    }

    /// The bytes, to be sealed.
    #[must_use]
    pub fn expose(&self) -> &[u8; 20] {
        self.0.expose()
    }

    /// The step that the code belongs to, or `None` where it belongs to none that the drift allows at this instant.
    #[must_use]
    pub fn matched_step(&self, code: &str, at: Timestamp, drift: Drift) -> Option<Step> {
        let seconds = u64::try_from(at.as_second()).ok()?;
        self.generator(drift)?.check(code, seconds).map(Step)
    }

    /// The code that an authenticator shows at this instant.
    #[must_use]
    pub fn code_at(&self, at: Timestamp) -> Option<String> {
        let seconds = u64::try_from(at.as_second()).ok()?;
        Some(self.generator(Drift::None)?.generate(seconds).to_string())
    }

    fn generator(&self, drift: Drift) -> Option<totp_rs::Totp> {
        let skew = match drift {
            Drift::None => 0,
            Drift::OneStep => 1,
        };
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(DIGITS)
            .with_step_duration(STEP_SECONDS)
            .with_skew(skew)
            .with_secret(totp_rs::Secret::new_stack(*self.expose()))
            .build()
            .ok()
    }

    /// The secret in base 32, in capitals, to be typed into an authenticator by hand.
    #[must_use]
    pub fn base_32(&self) -> Secret<String> {
        let mut text = String::with_capacity(32);
        let (groups, _) = self.expose().as_chunks::<5>();
        for [a, b, c, d, e] in groups {
            let bits = u64::from_be_bytes([0, 0, 0, *a, *b, *c, *d, *e]);
            for shift in [35, 30, 25, 20, 15, 10, 5, 0] {
                let digit = usize::try_from((bits >> shift) & 31).unwrap_or(0);
                text.extend(BASE_32.get(digit).copied().map(char::from));
            }
        }
        Secret::new(text)
    }

    /// The `otpauth` URI that an authenticator scans. The issuer is the installation's name; the account is how the
    /// person signs in.
    #[must_use]
    pub fn uri(&self, issuer: &str, account: &str) -> Secret<String> {
        let (issuer, account) = (percent_encoded(issuer), percent_encoded(account));
        let secret = self.base_32();
        let mut uri = String::with_capacity(
            128_usize.saturating_add(issuer.len().saturating_mul(2)).saturating_add(account.len()),
        );
        for part in ["otpauth://totp/", &issuer, ":", &account, "?secret=", secret.expose(), "&issuer=", &issuer] {
            uri.push_str(part);
        }
        uri.push_str("&algorithm=SHA1&digits=6&period=30");
        Secret::new(uri)
    }
}

/// Everything but RFC 3986's unreserved characters, as `%XX`.
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len().saturating_mul(3));
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for nibble in [byte >> 4, byte & 15] {
                encoded.extend(char::from_digit(u32::from(nibble), 16).map(|digit| digit.to_ascii_uppercase()));
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests;
