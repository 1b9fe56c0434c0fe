//! People, from the machine: who there is, a way back in, an end.

use crate::Ending;
use crate::arguments::User;
use crate::console::Console;
use crate::home::Home;
use crate::world::within_a_line;
use coffer_identity::links::{RecoverUser, recover};
use coffer_identity::members::{Known, dismiss, everybody};
use coffer_kernel::BusinessId;

/// Does one of them.
pub(crate) async fn run(home: &Home, command: User, console: &mut dyn Console) -> Result<(), Ending> {
    let operator = home.operator(BusinessId::INSTALLATION);
    match command {
        User::List => {
            for person in everybody(&home.books, &operator).await? {
                console.say(&line(&person))?;
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

/// One person, one line, whatever they once gave as their name.
fn line(person: &Known) -> String {
    let step = if person.second_step { "" } else { ", no second step" };
    let (name, email) = (within_a_line(&person.name), within_a_line(&person.email));
    format!("{}  {name} <{email}>{step}", person.user)
}

#[cfg(test)]
mod tests {
    use super::*;
    use coffer_kernel::{TypedId, UserId};

    // proves: D15
    #[test]
    fn nobodys_name_makes_a_line_of_its_own() {
        let user = UserId::from_bytes([1; 16]);
        let (name, email) = ("Mallory\r\nusr_01k0\tIngrid\u{2028}".to_owned(), "m@x\n<y>".to_owned());
        let said = line(&Known { user, name, email, second_step: true, works: Vec::new() });
        assert!(!said.contains(['\n', '\r', '\t', '\u{2028}']), "{said:?}");
        assert!(said.contains("Mallory\\u{d}\\u{a}usr_01k0\\u{9}Ingrid"), "{said}");
    }
}
