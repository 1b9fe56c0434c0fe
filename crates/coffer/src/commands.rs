//! The commands that need the books: the same whether they are given to a running server or open the books themselves.

use crate::arguments::{Command, Import};
use crate::console::Console;
use crate::home::Home;
use crate::{Ending, audit, doctor, import, keys, serve, setup, sheet, users};

/// Does one of them, for whoever is at this console.
pub(crate) async fn run(home: &Home, command: Command, console: &mut dyn Console) -> Result<(), Ending> {
    match command {
        Command::SetupLink => serve::set_up_link(home, console).await,
        Command::RecoverySheet => sheet::sheet(home, console).await,
        Command::Backup { file } => sheet::back_up(home, &file, console).await,
        Command::Business(options) => setup::business(home, options, console).await,
        Command::User(command) => users::run(home, command, console).await,
        Command::Key(options) => keys::create(home, options, console).await,
        Command::Import(Import::Customers(options)) => import::customers(home, options, console).await,
        Command::Check(options) => audit::check(home, &options, console).await,
        Command::Audit(command) => audit::online(home, command, console).await,
        Command::Doctor(options) => doctor::whole(home, &options, console).await,
        Command::Serve(_)
        | Command::Demo(_)
        | Command::Init
        | Command::OpenApi
        | Command::Trust(_)
        | Command::RotateKey
        | Command::Restore { .. } => {
            Err("This command does not go through a server. Stop the server first, or use another --data.".into())
        }
    }
}
