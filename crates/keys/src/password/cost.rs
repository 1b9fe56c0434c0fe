//! What a password hash costs, and which costs are refused.

use crate::KeyId;
use argon2::{KeyId as PhcKeyId, Params, ParamsBuilder};
use std::fmt;

/// What Argon2id spends on one password (RFC 9106 §3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Argon2Cost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes, which this program fills one after another.
    pub lanes: u32,
}

impl Argon2Cost {
    /// 64 MiB, two passes, one lane.
    pub const RECOMMENDED: Self = Self { memory_kib: 64 * 1024, passes: 2, lanes: 1 };
    /// The least memory allowed, 46 MiB (ASVS 5.0 appendix C, for one pass).
    pub const LEAST_MEMORY_KIB: u32 = 46 * 1024;

    pub(super) fn params(self, pepper: KeyId) -> Result<Params, CostRefused> {
        let pepper = PhcKeyId::new(pepper.as_bytes()).map_err(|_| CostRefused::Impossible)?;
        let mut builder = ParamsBuilder::new();
        builder.m_cost(self.memory_kib).t_cost(self.passes).p_cost(self.lanes).keyid(pepper);
        builder.output_len(super::OUTPUT);
        builder.build().ok().filter(is_bearable).ok_or(CostRefused::Impossible)
    }
}

/// Whether a cost is one this program would ever ask for: a tampered row must not make it take all memory or hours.
pub(super) fn is_bearable(params: &Params) -> bool {
    params.m_cost() <= 1024 * 1024 && params.t_cost() <= 16 && params.p_cost() <= 16
}

/// A cost that passwords are not hashed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CostRefused {
    /// Less memory than [`Argon2Cost::LEAST_MEMORY_KIB`].
    TooCheap {
        /// What was asked for.
        memory_kib: u32,
    },
    /// No passes, no lanes, less memory than the lanes need, or more than 1 GiB, 16 passes or 16 lanes.
    Impossible,
}

impl fmt::Display for CostRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooCheap { memory_kib } => write!(
                f,
                "Password hashing with {memory_kib} KiB is too easy to guess against. Allow it at least {} KiB.",
                Argon2Cost::LEAST_MEMORY_KIB
            ),
            Self::Impossible => write!(
                f,
                "Argon2id cannot be run at this cost. Use between 1 and 16 passes and lanes and at most 1 GiB."
            ),
        }
    }
}

impl std::error::Error for CostRefused {}
