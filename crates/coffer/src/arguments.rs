//! The command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use coffer_kernel::BusinessId;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Billing for people who cannot afford a leak.
#[derive(Parser)]
#[command(name = "coffer", version, propagate_version = true, after_help = crate::ending::CODES)]
pub(crate) struct Arguments {
    /// Where the data lies [default: coffer in the user's data folder]
    #[arg(long, env = "COFFER_DATA", global = true)]
    pub(crate) data: Option<PathBuf>,
    /// Where the key to the data lies; never inside the data [default: root.key in the user's configuration folder]
    #[arg(long, env = "COFFER_KEY_FILE", global = true)]
    pub(crate) key_file: Option<PathBuf>,
    /// PostgreSQL instead of the embedded database: postgres://user@host/database?sslmode=verify-full&sslrootcert=…
    #[arg(long, env = "COFFER_DATABASE", hide_env_values = true, global = true)]
    pub(crate) database: Option<String>,
    /// What is logged, e.g. info or coffer_web=debug [default: warn at a terminal, info elsewhere]
    #[arg(long, env = "COFFER_LOG", global = true)]
    pub(crate) log: Option<String>,
    /// How it is written
    #[arg(long, env = "COFFER_LOG_FORMAT", value_enum, default_value = "text", global = true)]
    pub(crate) log_format: LogFormat,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// How what is logged is written.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people: a line each
    Text,
    /// For programs: an object a line
    Json,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Serve the books over HTTPS
    Serve(Serve),
    /// Serve a throwaway installation with a lifelike business, to look around in
    Demo(Serve),
    /// Make the first start without serving: data folder, key, certificate
    Init,
    /// Make this machine and its browsers trust the installation's own authority, after asking
    Trust(Trust),
    /// Look at everything around the books that has to be right, and say what to do where it is not
    Doctor(Doctor),
    /// Make a one-time link for the owner's set-up; earlier ones end
    SetupLink,
    /// Make a recovery sheet: with it and a backup everything comes back
    RecoverySheet,
    /// Write a backup that the recovery sheet opens
    Backup {
        /// Where to; a file that is not there yet
        file: PathBuf,
    },
    /// Bring books back from a backup and the recovery sheet
    Restore {
        /// The backup
        file: PathBuf,
        /// A file with the sheet's code, instead of typing it
        #[arg(long)]
        code_file: Option<PathBuf>,
        /// Bring back also what is not whole: findings are named, and what was altered stays refused
        #[arg(long)]
        with_findings: bool,
    },
    /// Change the key to the data, with the server stopped
    RotateKey,
    /// Print the description of the API (OpenAPI 3.1)
    #[command(name = "openapi")]
    OpenApi,
    /// Found a business
    Business(Business),
    /// Who signs in here; let somebody back in; end somebody's time here
    #[command(subcommand)]
    User(User),
    /// Make an API key and show its secret, once
    Key(Key),
    /// Bring in what other software wrote
    #[command(subcommand)]
    Import(Import),
    /// Check the books and the log of a business
    Check(Check),
    /// Export a log, or verify an exported one
    #[command(subcommand)]
    Audit(Audit),
}

#[derive(Args, Clone)]
pub(crate) struct Serve {
    /// Where to listen
    #[arg(long, default_value = "127.0.0.1:8443")]
    pub(crate) listen: SocketAddr,
    /// Whether the page of all components is shown
    #[arg(skip)]
    pub(crate) gallery: bool,
}

#[derive(Args)]
pub(crate) struct Trust {
    /// Take the trust away again
    #[arg(long)]
    pub(crate) remove: bool,
    /// Do not ask
    #[arg(long)]
    pub(crate) yes: bool,
}

#[derive(Args)]
pub(crate) struct Doctor {
    /// For programs: a list of what was looked at, as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct Business {
    /// The name on its invoices
    #[arg(long)]
    pub(crate) name: String,
    /// Its VAT id
    #[arg(long)]
    pub(crate) vat_id: Option<String>,
    /// Where it is taxed, e.g. DE
    #[arg(long)]
    pub(crate) country: String,
    /// What it bills in, e.g. EUR
    #[arg(long)]
    pub(crate) currency: String,
    /// Its time zone, e.g. Europe/Berlin
    #[arg(long)]
    pub(crate) time_zone: String,
    /// What stands before the year in a number, e.g. AN-
    #[arg(long, default_value = "")]
    pub(crate) number_prefix: String,
}

#[derive(Args)]
pub(crate) struct Key {
    /// Whose books it opens
    #[arg(long)]
    pub(crate) business: BusinessId,
    /// What it is for, as the list of keys shows it
    #[arg(long, default_value = "made at the command line")]
    pub(crate) name: String,
    /// The role it acts in, e.g. billing_clerk
    #[arg(long, default_value = "billing_clerk")]
    pub(crate) role: String,
    /// What it may do; may be repeated [default: everything its role may]
    #[arg(long = "scope")]
    pub(crate) scopes: Vec<String>,
    /// For how many days it is good
    #[arg(long, default_value_t = 90)]
    pub(crate) days: u16,
}

#[derive(Subcommand)]
pub(crate) enum Import {
    /// Customers, from the CSV that Invoice Ninja, Zoho and others write
    Customers(Customers),
}

#[derive(Args)]
pub(crate) struct Customers {
    /// Whose customers they become
    #[arg(long)]
    pub(crate) business: BusinessId,
    /// Say what would become of each row, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// A column that is another field than guessed, as COLUMN=FIELD; FIELD is - for none; may be repeated
    #[arg(long)]
    pub(crate) map: Vec<String>,
    /// Where to write the report, row by row, as CSV
    #[arg(long)]
    pub(crate) report: Option<PathBuf>,
    /// The file
    pub(crate) file: PathBuf,
}

#[derive(Subcommand)]
pub(crate) enum User {
    /// List who signs in here, where they work, and as what
    List,
    /// Make a one-time way back in for somebody who lost their second step; the people of their business see it
    Recover {
        /// The address they sign in with
        #[arg(long)]
        email: String,
    },
    /// End somebody's time here, and with it the invitations, keys and links they made
    End {
        /// The address they sign in with
        #[arg(long)]
        email: String,
    },
}

#[derive(Args)]
pub(crate) struct Check {
    /// Which business
    #[arg(long)]
    pub(crate) business: BusinessId,
    /// First take on rows that an older program wrote beside this one, as far as they are what the log says
    #[arg(long)]
    pub(crate) mend: bool,
    /// Say of every row and detail it finds that this is known, and why: no alarm any more, until one changes again. Kept for good: name
    /// nobody in it
    #[arg(long, value_name = "WHY")]
    pub(crate) known: Option<String>,
    /// Of what that is said: what the check that you read ended with. Where something else is found now, nothing is recorded
    #[arg(long = "as", value_name = "DIGEST", requires = "known")]
    pub(crate) seen: Option<String>,
}

/// Whose log.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Log {
    /// A business's
    #[arg(long)]
    business: Option<BusinessId>,
    /// The installation's own: who signed in, who was invited, what was restored
    #[arg(long)]
    installation: bool,
}

impl Log {
    /// In whose books it stands.
    pub(crate) fn books(&self) -> BusinessId {
        self.business.unwrap_or(BusinessId::INSTALLATION)
    }
}

#[derive(Subcommand)]
pub(crate) enum Audit {
    /// Print the public key that verifies a log
    Key(Log),
    /// Sign the log's head and write the log to a file
    Export {
        #[command(flatten)]
        log: Log,
        /// Where to
        file: PathBuf,
    },
    /// Verify an exported log, offline, with nothing but the public key
    Verify {
        /// The exported log
        file: PathBuf,
        /// The public key, as `coffer audit key` printed it
        #[arg(long)]
        key: String,
        /// An earlier export of the same log, or its last head as the folder `heads` beside the data has it: the log must
        /// continue it. One that was kept elsewhere says most
        #[arg(long)]
        since: Option<PathBuf>,
    },
}
