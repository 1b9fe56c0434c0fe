//! The refusals every command shares, and a macro for its own.

use crate::Fault;
use coffer_kernel::{Forbidden, Pointer, Reason, Refuse};
use std::fmt;

/// What the store itself may answer to any order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// The policy says no.
    Forbidden(Forbidden),
    /// There is no such thing in this business, or it is out of the actor's reach.
    NotFound,
    /// It was changed since the caller read it.
    Stale,
    /// Fields of the order are wrong: all of them, so that nobody mends a form in rounds.
    Fields(Vec<Pointer>),
    /// The idempotency key was used before, for another order.
    KeyReused,
    /// The same order was done before, and what came of it may not be shown to whoever repeats it.
    DoneBefore,
    /// Who they are was proven too long ago for this.
    NotFresh,
    /// Too many orders are waiting.
    Busy,
    /// Something broke inside. Logged where it is answered; the caller learns no more than that.
    Fault(Fault),
}

impl Refused {
    /// Nothing, where no field is wrong.
    ///
    /// # Errors
    /// [`Refused::Fields`], where one is.
    pub fn fields(wrong: Vec<Pointer>) -> Result<(), Self> {
        if wrong.is_empty() { Ok(()) } else { Err(Self::Fields(wrong)) }
    }
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Forbidden> for Refused {
    fn from(forbidden: Forbidden) -> Self {
        Self::Forbidden(forbidden)
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Forbidden(forbidden) => return forbidden.fmt(f),
            Self::NotFound => {
                "There is nothing here under this id. It may have been mistyped, or it belongs to somebody else."
            }
            Self::Stale => "Somebody changed this since you opened it. Look at the new state, then repeat your change.",
            Self::Fields(wrong) => match wrong.as_slice() {
                [one] => &one.detail,
                _ => "Several fields are not right yet. Mend each one named here, then send it again.",
            },
            Self::KeyReused => {
                "This Idempotency-Key was used for a different request. Use a new key for a new request."
            }
            Self::DoneBefore => {
                "This was done when it was first sent with this Idempotency-Key, and it was not done again. What came of it \
                 is not shown, because whoever asks may not read it. Ask with a key or a role that may."
            }
            Self::NotFresh => {
                "This asks for a fresh proof that it is you. Type a code of your second step, then repeat it within five \
                 minutes."
            }
            Self::Busy => "Too much is going on at this moment and nothing was done. Try again in a few seconds.",
            Self::Fault(Fault::Unknown) => {
                "The connection to the database failed while this was being saved, so it may or may not be done. \
                 Send it again with the same Idempotency-Key: it is never done twice."
            }
            Self::Fault(Fault::Away(_)) => {
                "The database cannot be reached at this moment and nothing was done. Try again in a few seconds."
            }
            Self::Fault(Fault::Altered { .. }) => {
                "What stands here is not what Coffer wrote: somebody or something else changed the database. Nothing was done \
                 and nothing of it is shown. Whoever runs Coffer should run `coffer check`, which names it, and bring it back \
                 from a backup."
            }
            Self::Fault(Fault::LogCut { .. }) => {
                "The log of these books is not the one that was signed: records of it were taken away or replaced in the \
                 database, so it is not signed. Whoever runs Coffer should run `coffer check`, and keep this state as evidence."
            }
            Self::Fault(_) => {
                "Something broke on our side and nothing was done. It was noted; try again, or call the operator."
            }
        })
    }
}

impl std::error::Error for Refused {}

impl Refuse for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::Forbidden(forbidden) => forbidden.code(),
            Self::NotFound => "not_found",
            Self::Stale => "stale",
            Self::Fields(wrong) => match wrong.as_slice() {
                [one] => one.code,
                _ => "fields.wrong",
            },
            Self::KeyReused => "idempotency_key.reused",
            Self::DoneBefore => "done_before",
            Self::NotFresh => "sign_in.not_fresh",
            Self::Busy => "busy",
            Self::Fault(Fault::Unknown) => "outcome_unknown",
            Self::Fault(Fault::Away(_)) => "database.away",
            Self::Fault(Fault::Altered { .. }) => "row.altered",
            Self::Fault(Fault::LogCut { .. }) => "log.cut",
            Self::Fault(_) => "broken",
        }
    }
    fn reason(&self) -> Reason {
        match self {
            Self::Forbidden(forbidden) => forbidden.reason(),
            Self::NotFound => Reason::NotFound,
            Self::Stale => Reason::Stale,
            Self::NotFresh => Reason::Unauthenticated,
            Self::Fields(_) | Self::KeyReused => Reason::Invalid,
            // Trying again helps nobody, and nothing broke: what stands there does not allow it.
            Self::DoneBefore | Self::Fault(Fault::Altered { .. }) => Reason::Conflict,
            Self::Busy | Self::Fault(Fault::Unknown | Fault::Closed | Fault::Away(_)) => Reason::Unavailable,
            Self::Fault(_) => Reason::Broken,
        }
    }
    fn pointers(&self) -> Vec<Pointer> {
        match self {
            Self::Fields(wrong) => wrong.clone(),
            Self::Forbidden(_)
            | Self::NotFound
            | Self::Stale
            | Self::KeyReused
            | Self::DoneBefore
            | Self::NotFresh
            | Self::Busy
            | Self::Fault(_) => Vec::new(),
        }
    }
}

/// Declares a command's own refusals beside those of the store. What is about one field says `at` which; what another check
/// refuses is taken over whole, behind a `+`.
///
/// ```
/// coffer_store::refusals! {
///     /// Why a draft is not issued.
///     pub enum IssueRefused {
///         /// It has no lines.
///         Empty => Invalid, "invoice.empty", "This draft has no lines. Add what you are billing for.";
///     }
/// }
/// # fn main() {}
/// ```
#[macro_export]
macro_rules! refusals {
    ($(#[$doc:meta])* $vis:vis enum $name:ident {
        $($(#[$why:meta])* $variant:ident => $reason:ident, $code:literal, $words:literal $(, at $field:literal)?;)*
        $(+ $other:ident($refused:ty), $meaning:literal;)*
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        $vis enum $name {
            $($(#[$why])* $variant,)*
            $(#[doc = $meaning] $other($refused),)*
            /// What the store answers to any order.
            Store($crate::Refused),
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    $(Self::$variant => f.write_str($words),)*
                    $(Self::$other(refused) => ::std::fmt::Display::fmt(refused, f),)*
                    Self::Store(refused) => ::std::fmt::Display::fmt(refused, f),
                }
            }
        }
        impl ::std::error::Error for $name {}
        impl $crate::Refuse for $name {
            fn code(&self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)*
                    $(Self::$other(refused) => $crate::Refuse::code(refused),)*
                    Self::Store(refused) => $crate::Refuse::code(refused),
                }
            }
            fn reason(&self) -> $crate::Reason {
                match self {
                    $(Self::$variant => $crate::Reason::$reason,)*
                    $(Self::$other(refused) => $crate::Refuse::reason(refused),)*
                    Self::Store(refused) => $crate::Refuse::reason(refused),
                }
            }
            fn pointers(&self) -> Vec<$crate::Pointer> {
                if let Self::Store(refused) = self {
                    return $crate::Refuse::pointers(refused);
                }
                $(if let Self::$other(refused) = self {
                    return $crate::Refuse::pointers(refused);
                })*
                $($(if matches!(self, Self::$variant) {
                    return vec![$crate::Pointer::new($field, $code, $words)];
                })?)*
                Vec::new()
            }
        }
        impl $crate::Refusals for $name {
            fn all() -> ::std::vec::Vec<(&'static str, $crate::Reason, &'static str)> {
                let own = ::std::vec![$(($code, $crate::Reason::$reason, $words)),*];
                [own $(, <$refused as $crate::Refusals>::all())*].concat()
            }
        }
        $(impl From<$refused> for $name {
            fn from(refused: $refused) -> Self { Self::$other(refused) }
        })*
        impl From<$crate::Refused> for $name {
            fn from(refused: $crate::Refused) -> Self { Self::Store(refused) }
        }
        impl From<$crate::Fault> for $name {
            fn from(fault: $crate::Fault) -> Self { Self::Store(fault.into()) }
        }
    };
}
