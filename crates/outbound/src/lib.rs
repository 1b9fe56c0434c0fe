//! Calling out: mail. What leaves the process leaves through here.
