//! The operating system's generator, for `main` to hand out as [`Entropy`].

use coffer_kernel::Entropy;

/// Unpredictable bytes from AWS-LC's generator (SP 800-90A CTR-DRBG), which seeds itself from the operating system.
///
/// Nothing in this crate reaches for it by itself: everything that needs entropy takes a `&dyn Entropy`.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, out: &mut [u8]) {
        if aws_lc_rs::rand::fill(out).is_err() {
            // A process that cannot draw a nonce must not go on: a repeated one would reveal what is sealed.
            std::process::abort();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn draws_differ_and_fill_the_whole_buffer() {
        let mut seen = BTreeSet::new();
        let mut touched = [false; 64];
        for _ in 0..1_000 {
            let mut bytes = [0; 64];
            SystemEntropy.fill(&mut bytes);
            for (touched, byte) in touched.iter_mut().zip(bytes) {
                *touched |= byte != 0;
            }
            assert!(seen.insert(bytes));
        }
        assert!(touched.iter().all(|touched| *touched));
    }
}
