//! Who is asking: proven credentials in, actors out. The only user of the mint.
//!
//! What is found without a business stands in the installation's books, keyed by hash. So far: the installation itself
//! and keys of programs; people, sessions and second steps are the next rooms of this house.

pub mod api_keys;
mod installation;

pub use installation::found_installation;
