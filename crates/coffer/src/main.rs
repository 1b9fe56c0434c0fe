//! Coffer: billing for people who cannot afford a leak.
//!
//! Here is only wiring: the command line, where things lie, what is started and how it ends. The clock, the system's
//! generator and the mint of actors are claimed here, once, and handed down.

mod arguments;
mod audit;
mod chores;
mod demo;
mod files;
mod home;
mod import;
mod keys;
mod places;
mod post;
mod restore;
mod serve;
mod setup;
mod sheet;
mod world;

use arguments::{Arguments, Command, Import};
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = tracing_subscriber::EnvFilter::new(&arguments.log);
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_env_filter(filter).init();
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            world::complain(&why);
            ExitCode::FAILURE
        }
    }
}

/// Why the program ends: a sentence for the operator.
pub(crate) type Ending = Box<dyn std::error::Error + Send + Sync>;

fn run(arguments: Arguments) -> Result<(), Ending> {
    if let Command::Audit(command) = &arguments.command
        && let Some(outcome) = audit::offline(command)
    {
        return outcome;
    }
    if matches!(arguments.command, Command::OpenApi) {
        world::say(coffer_web::api::document_text().trim_end());
        return Ok(());
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    if let Command::Demo(options) = &arguments.command {
        return runtime.block_on(demo::run(&arguments, options.clone()));
    }
    if let Command::Restore { file, code_file } = &arguments.command {
        let places = places::places(arguments.data.clone(), arguments.key_file.clone())?;
        return runtime.block_on(restore::restore(places, file, code_file.clone()));
    }
    let home = home::open(&arguments)?;
    let outcome = runtime.block_on(async {
        setup::installation(&home).await?;
        match arguments.command {
            Command::Serve(options) => serve::serve(&home, options).await,
            Command::Demo(_) | Command::Restore { .. } | Command::OpenApi => Ok(()),
            Command::RecoverySheet => sheet::sheet(&home),
            Command::Backup { file } => sheet::back_up(&home, &file).await,
            Command::SetupLink => serve::set_up_link(&home, "https://localhost:8443").await,
            Command::Business(options) => setup::business(&home, options).await,
            Command::Key(options) => keys::create(&home, options).await,
            Command::Import(Import::Customers(options)) => import::customers(&home, options).await,
            Command::Check(options) => audit::check(&home, options.business).await,
            Command::Audit(command) => audit::online(&home, command).await,
        }
    });
    home.books.close();
    outcome
}
