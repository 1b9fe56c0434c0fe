//! Keys for programs, made at the machine.

use crate::Ending;
use crate::arguments::Key;
use crate::console::Console;
use crate::home::Home;
use coffer_identity::api_keys::{CreateApiKey, create as create_key};
use coffer_kernel::policy::{Party, Reach, reach};
use coffer_kernel::{Action, Role};
use std::time::Duration;

/// Makes a key and shows its secret, once.
pub(crate) async fn create(home: &Home, options: Key, console: &mut dyn Console) -> Result<(), Ending> {
    let role = Role::from_code(&options.role).ok_or_else(|| {
        let known: Vec<&str> = Role::ALL.iter().map(|role| role.code()).collect();
        format!("There is no role {}. Choose one of {}.", options.role, known.join(", "))
    })?;
    let scope = |code: &String| Action::from_code(code).ok_or_else(|| format!("There is no scope {code}."));
    let scopes: Vec<Action> = if options.scopes.is_empty() {
        Action::ALL.iter().copied().filter(|action| reach(*action, Party::Role(role)) != Reach::None).collect()
    } else {
        options.scopes.iter().map(scope).collect::<Result<_, _>>()?
    };
    let life = Duration::from_secs(u64::from(options.days) * 24 * 60 * 60);
    let expires_at = home.books.world().clock.now().checked_add(life)?;
    let order = CreateApiKey { name: options.name, role, scopes, expires_at: Some(expires_at) };
    let created = create_key(&home.books, &home.operator(options.business), order).await?;
    console.say(&created.secret.expose())
}
