//! A secret key as age programs read it: Bech32 (BIP 173), in capitals.

use crate::Secret;

/// The human-readable part, in the lower case that the checksum is computed over.
const PREFIX: &[u8] = b"age-secret-key-";
const ALPHABET: &[u8; 32] = b"QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";
const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];

pub(super) fn encoded(scalar: &Secret<[u8; 32]>) -> Secret<String> {
    let values = Secret::new(five_bit_groups(scalar.expose()));
    let mut text = String::with_capacity(PREFIX.len().saturating_add(1 + 52 + 6));
    text.extend(PREFIX.iter().map(|letter| char::from(letter.to_ascii_uppercase())));
    text.push('1');
    for value in values.expose().iter().copied().chain(checksum(values.expose())) {
        text.extend(ALPHABET.get(usize::from(value)).copied().map(char::from));
    }
    Secret::new(text)
}

/// The bits of the key in groups of five, the last one filled up with zeros.
fn five_bit_groups(bytes: &[u8; 32]) -> Vec<u8> {
    let mut groups = Vec::with_capacity(52);
    let (mut pending, mut bits) = (0_u16, 0_u8);
    for byte in bytes {
        pending = (pending << 8) | u16::from(*byte);
        bits = bits.saturating_add(8);
        while bits >= 5 {
            bits = bits.saturating_sub(5);
            groups.push(low_five(pending >> bits));
        }
    }
    if bits > 0 {
        groups.push(low_five(pending << 5_u8.saturating_sub(bits)));
    }
    groups
}

fn low_five(bits: u16) -> u8 {
    let [_, low] = bits.to_be_bytes();
    low & 31
}

fn checksum(values: &[u8]) -> [u8; 6] {
    let high = PREFIX.iter().map(|letter| letter >> 5);
    let low = PREFIX.iter().map(|letter| letter & 31);
    let expanded = high.chain([0]).chain(low).chain(values.iter().copied()).chain([0; 6]);
    let remainder = expanded.fold(1, polymod_step) ^ 1;
    [25, 20, 15, 10, 5, 0].map(|shift: u32| {
        let [.., low] = (remainder >> shift).to_be_bytes();
        low & 31
    })
}

fn polymod_step(remainder: u32, value: u8) -> u32 {
    let top = remainder >> 25;
    let shifted = ((remainder & 0x01ff_ffff) << 5) ^ u32::from(value);
    GENERATOR.iter().enumerate().fold(
        shifted,
        |sum, (bit, generator)| {
            if (top >> bit) & 1 == 1 { sum ^ generator } else { sum }
        },
    )
}
