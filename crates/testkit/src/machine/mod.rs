//! What a test needs of the machine under it: real programs, folders of its own, and an end for
//! whatever would outlive it.
//!
//! A test may panic, be killed for taking too long, or be one of many processes of a run. So nothing
//! here relies on a destructor alone: what a test starts is *held* by a lock that the kernel drops
//! with the process, and a watcher outside the test ends what nobody holds any more.
//!
//! It refuses to install anything (`xtask/needs.sh` does) and to reach beyond the loopback interface.

mod error;
mod folder;
mod programs;
mod watcher;

pub use error::MachineError;
pub(crate) use folder::{Folder, shared_folder, short_temporary_folder};
pub(crate) use programs::{ServerUser, browser, driver, is_root, judges, postgres_programs, succeed, user_id};
pub(crate) use watcher::{Ending, watch};
