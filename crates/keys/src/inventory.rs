//! Every cryptographic primitive in use, and why (control C10): what the printed inventory is made from.
//!
//! No other crate may import a primitive, so this list is whole; a change of algorithm changes it, and is seen.

/// One use of one algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// The algorithm, with its parameters.
    pub algorithm: &'static str,
    /// Where it is specified.
    pub standard: &'static str,
    /// Whose implementation runs.
    pub implementation: &'static str,
    /// What it protects.
    pub purpose: &'static str,
    /// The module of this crate that uses it.
    pub module: &'static str,
}

const AWS_LC: &str = "aws-lc-rs";

/// All uses, by module.
pub const USES: &[Use] = &[
    of("X25519", "RFC 7748", "wrapping an archive's file key", "archive"),
    of("ChaCha20-Poly1305", "RFC 8439", "the content of archives, and their file keys", "archive"),
    of("HKDF-SHA256", "RFC 5869", "the keys of an archive", "archive"),
    of("HMAC-SHA256", "RFC 2104", "the header of an archive", "archive"),
    of("CTR-DRBG seeded by the operating system", "SP 800-90A", "all keys, nonces and tokens", "entropy"),
    of("HKDF-SHA256", "RFC 5869", "a key for each purpose from a business's key", "hierarchy"),
    of(
        "HMAC-SHA256",
        "RFC 2104",
        "blind indexes, row digests, receipts, marks of records, tallies, tokens at rest, vouchers of rows that let somebody in",
        "hierarchy",
    ),
    of("AES-256-GCM, 96-bit random nonce", "SP 800-38D", "cursors of lists, notes a browser carries", "hierarchy"),
    Use {
        algorithm: "Argon2id, 64 MiB, 2 passes",
        standard: "RFC 9106",
        implementation: "argon2",
        purpose: "passwords at rest",
        module: "password",
    },
    of("HMAC-SHA256", "RFC 2104", "the pepper of passwords", "password"),
    of("HKDF-SHA256", "RFC 5869", "the wrapping key of a recovery sheet's 130-bit code", "recovery"),
    of("AES-256-GCM, 96-bit random nonce", "SP 800-38D", "files beside the data: private keys of certificates", "root"),
    of("AES-256-GCM, 96-bit random nonce", "SP 800-38D", "fields of rows", "seal"),
    of("Ed25519", "RFC 8032", "checkpoints of the log", "sign"),
    of("SHA-256", "FIPS 180-4", "key ids in signed notes", "sign"),
    of("SHA-256", "FIPS 180-4", "what tokens are looked up by, and their checksums", "token"),
    Use {
        algorithm: "HMAC-SHA1, 160-bit secret, 6 digits, 30 s",
        standard: "RFC 6238",
        implementation: "totp-rs",
        purpose: "one-time codes",
        module: "totp",
    },
    of("AES-256-GCM, 96-bit random nonce", "SP 800-38D", "keys under other keys", "wrap"),
    of("HKDF-SHA256", "RFC 5869", "wrapping keys and their public names", "wrap"),
];

const fn of(algorithm: &'static str, standard: &'static str, purpose: &'static str, module: &'static str) -> Use {
    Use { algorithm, standard, implementation: AWS_LC, purpose, module }
}
