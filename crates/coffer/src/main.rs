//! Coffer: billing for people who cannot afford a leak.
//!
//! Here is only wiring: the command line, where things lie, what is started and how it ends. The clock, the system's
//! generator and the mint of actors are claimed here, once, and handed down.

mod arguments;
mod audit;
mod certificates;
mod checked;
mod chores;
mod commands;
mod console;
mod demo;
mod doctor;
mod ending;
mod files;
mod heads;
mod home;
mod import;
mod keys;
mod known;
mod looks;
mod places;
mod post;
mod restore;
mod rotate;
mod serve;
mod setup;
mod sheet;
mod socket;
#[cfg(test)]
mod testing;
mod trust;
mod users;
mod world;

use arguments::{Arguments, Command, LogFormat};
use clap::Parser;
use console::Terminal;
use places::Places;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::io::{IsTerminal, stderr};
use std::process::ExitCode;
use tokio::runtime::Runtime;
use tracing_subscriber::EnvFilter;

/// Why the program ends: a sentence for the operator.
pub(crate) type Ending = Box<dyn std::error::Error + Send + Sync>;

/// The version of this program.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    log(&arguments);
    no_core_dumps();
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            world::complain(&ending::sentence(&why));
            ExitCode::from(ending::code(&why))
        }
    }
}

/// Logs to where errors go. Whoever sits at a terminal reads what to do next, not every answer that was given.
fn log(arguments: &Arguments) {
    let usual = if stderr().is_terminal() { "warn" } else { "info" };
    let filter = EnvFilter::new(arguments.log.as_deref().unwrap_or(usual));
    let log = tracing_subscriber::fmt().with_writer(stderr).with_env_filter(filter);
    match arguments.log_format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().init(),
    }
}

/// Keys are in this process's memory: a crash leaves no copy of it. Where that cannot be had, the doctor says so.
fn no_core_dumps() {
    let hard = getrlimit(Resource::Core).maximum;
    if setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: hard }).is_err() {
        tracing::warn!("core dumps cannot be switched off: a crash could write keys to disk");
    }
}

fn run(arguments: Arguments) -> Result<(), Ending> {
    if let Command::Audit(command) = &arguments.command
        && let Some(outcome) = audit::offline(command)
    {
        return outcome;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let database = arguments.database.as_deref();
    let told = arguments.data.is_some() || arguments.key_file.is_some() || database.is_some();
    let places = || places::places(arguments.data.clone(), arguments.key_file.clone());
    match arguments.command {
        Command::Demo(options) => runtime.block_on(demo::run(told, options)),
        Command::Restore { file, code_file, with_findings } => {
            runtime.block_on(restore::restore(places()?, database, &file, (code_file, with_findings)))
        }
        Command::OpenApi => {
            world::say(coffer_web::api::document_text().trim_end());
            Ok(())
        }
        Command::Trust(options) => trust::run(&places()?, &options),
        Command::Init => setup::init(&runtime, places()?, database),
        Command::RotateKey => rotate::rotate(&runtime, &places()?, database),
        Command::Serve(options) => {
            rotate::resume(&runtime, &places()?, database)?;
            let home = home::open(places()?, database)?;
            let outcome = runtime.block_on(async {
                setup::installation(&home).await?;
                serve::serve(&home, options).await
            });
            home.books.close();
            outcome
        }
        command @ (Command::SetupLink
        | Command::RecoverySheet
        | Command::Backup { .. }
        | Command::Business(_)
        | Command::User(_)
        | Command::Key(_)
        | Command::Import(_)
        | Command::Check(_)
        | Command::Audit(_)
        | Command::Doctor(_)) => books(&runtime, places()?, database, command),
    }
}

/// What needs the books: through the server that has them, or by opening them.
fn books(runtime: &Runtime, places: Places, database: Option<&str>, command: Command) -> Result<(), Ending> {
    if let Some(server) = socket::call::server(&places.data)? {
        return server.run(words()?);
    }
    rotate::resume(runtime, &places, database)?;
    let mut terminal = Terminal;
    // The doctor makes nothing, and has something to say where the books do not open.
    if let Command::Doctor(options) = &command {
        let opened = if places.data.exists() {
            home::open(places.clone(), database)
        } else {
            Err("There are no books here yet.".into())
        };
        let outcome = match opened {
            Ok(home) => {
                let outcome = runtime.block_on(doctor::whole(&home, options, &mut terminal));
                home.books.close();
                outcome
            }
            Err(why) => doctor::without_books(&places, &world::SystemClock, &why, options, &mut terminal),
        };
        return outcome;
    }
    let home = home::open(places, database)?;
    let outcome = runtime.block_on(async {
        setup::installation(&home).await?;
        commands::run(&home, command, &mut terminal).await
    });
    home.books.close();
    outcome
}

/// The words of the command line, as they are given to a server.
fn words() -> Result<Vec<String>, Ending> {
    let words = std::env::args_os().skip(1).map(|word| word.into_string());
    let words: Result<_, _> = words.collect();
    words.map_err(|word| format!("{} is no text. Use a name that is.", word.display()).into())
}
