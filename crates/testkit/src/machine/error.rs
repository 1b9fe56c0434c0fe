//! Why a real program could not serve a test.

use std::{error::Error, fmt, io, path::Path};

/// Why a real program could not serve a test. Made to be read by the developer whose test it stops.
#[derive(Debug)]
pub enum MachineError {
    /// A program is not on this machine; `./test` installs it.
    Missing {
        /// What was looked for, as a person would call it.
        program: &'static str,
    },
    /// The operating system refused something.
    Io {
        /// What was being done.
        doing: String,
        /// What it answered.
        source: io::Error,
    },
    /// A program ran and said that it failed, or ended before it was ready.
    Failed {
        /// The program.
        program: String,
        /// What it wrote, errors first.
        said: String,
    },
    /// The step that fills a template database failed.
    Template {
        /// The template's name.
        name: String,
        /// What the step said.
        said: String,
    },
}

impl MachineError {
    /// For `map_err`: names what was being done to which file.
    pub(crate) fn doing(verb: &str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let doing = format!("{verb} {}", path.display());
        move |source| Self::Io { doing, source }
    }
}

impl fmt::Display for MachineError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { program } => {
                write!(out, "{program} is not installed; `sh xtask/needs.sh tests` installs it")
            }
            Self::Io { doing, source } => write!(out, "could not {doing}: {source}"),
            Self::Failed { program, said } => write!(out, "{program} failed: {said}"),
            Self::Template { name, said } => {
                write!(out, "the template database {name} could not be filled: {said}")
            }
        }
    }
}

impl Error for MachineError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Missing { .. } | Self::Failed { .. } | Self::Template { .. } => None,
        }
    }
}
