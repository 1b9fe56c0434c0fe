//! People who work here: their name, how they sign in, and their second step.
//!
//! They stand in the installation's books, because a person may work for several businesses; their name and address
//! are sealed under their own keys, and a sign-in name is found by its blind index alone. What a person may do is not
//! said here: that is a membership ([`crate::members`]).

mod arrive;
mod change_password;
mod come_back;
mod model;
mod password;
mod queries;
mod second_step;
pub(crate) mod sql;
#[cfg(test)]
mod tests;

pub(crate) use arrive::is_address;
pub use arrive::{Arrive, ArriveRefused, arrive};
pub use change_password::{ChangePassword, ChangeRefused, change_password};
pub use come_back::{ComeBack, ComeBackRefused, come_back};
pub(crate) use model::sign_in_name;
pub use model::{Pending, Spare, User};
pub use password::{LEAST_LENGTH, MOST_LENGTH, PasswordRefused, check_password};
pub use queries::{has_second_step, own_name};
pub(crate) use second_step::passes;
pub use second_step::{
    BeginSecondStep, ConfirmSecondStep, Enrolment, RenewSpareCodes, SecondStepRefused, begin, begin_anew, confirm,
    confirm_anew, renew_spare_codes,
};
pub use sql::AGGREGATE;
