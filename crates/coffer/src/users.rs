//! People, from the machine: who there is, a way back in, an end.

use crate::Ending;
use crate::arguments::User;
use crate::console::Console;
use crate::home::Home;
use coffer_identity::links::{RecoverUser, recover};
use coffer_identity::members::{dismiss, everybody};
use coffer_kernel::BusinessId;

/// Does one of them.
pub(crate) async fn run(home: &Home, command: User, console: &mut dyn Console) -> Result<(), Ending> {
    let operator = home.operator(BusinessId::INSTALLATION);
    match command {
        User::List => {
            for person in everybody(&home.books, &operator).await? {
                let step = if person.second_step { "" } else { ", no second step" };
                console.say(&format_args!("{}  {} <{}>{step}", person.user, person.name, person.email))?;
                for (business, role) in person.works {
                    console.say(&format_args!("    {} of {business}", role.code().replace('_', " ")))?;
                }
            }
        }
        User::Recover { email } => {
            let token = recover(&home.books, &home.mint, &operator, RecoverUser { email }).await?;
            console.say(&format_args!(
                "Hand this to the person themselves, when you know it is them. It works once, for an hour, and the people \
                 of their business see that it was made:\n{}/enter/{}",
                home.address,
                token.expose()
            ))?;
        }
        User::End { email } => {
            let ended = dismiss(&home.books, &home.mint, &operator, &email).await?;
            console.say(&format_args!(
                "Ended in {ended} of their businesses. What they had made (invitations, keys, links) ended too."
            ))?;
        }
    }
    Ok(())
}
