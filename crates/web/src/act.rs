//! What a form is for that waits for a fresh proof: as the page says it that asks, and as the history names it where the
//! proof was wrong.

use crate::App;
use crate::form::Fields;
use crate::look::role_name;
use crate::visitor::Inside;
use coffer_identity::carried::Form;
use coffer_identity::members;
use coffer_kernel::{Action, Role, TypedId, UserId};

/// What somebody is about to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Act {
    /// What it is called in the history.
    pub(crate) action: Action,
    /// Whom it is about.
    pub(crate) whom: Option<UserId>,
    /// The place it belongs to.
    pub(crate) place: &'static str,
    /// The sentence: to do what.
    key: &'static str,
    /// What the sentence names besides: an address, or a key's name.
    named: String,
    role: Option<Role>,
}

impl Act {
    /// By where a form goes and what is in it; [`None`] where nothing asks for a proof.
    pub(crate) async fn of(form: &Form) -> Option<Self> {
        let path: Vec<&str> = form.path.trim_start_matches('/').split('/').collect();
        let act = |action, place, key| Self { action, whom: None, place, key, named: String::new(), role: None };
        Some(match path.as_slice() {
            ["people", "invite"] => {
                let named = Fields::in_body(&form.body).await.get("email").to_owned();
                Self { named, ..act(Action::InvitePerson, "/people", "act-invite") }
            }
            ["people", user] => {
                let role = Role::from_code(Fields::in_body(&form.body).await.get("role"));
                Self { whom: user.parse().ok(), role, ..act(Action::RevisePerson, "/people", "act-role") }
            }
            ["people", user, "end"] => {
                Self { whom: user.parse().ok(), ..act(Action::RevisePerson, "/people", "act-end") }
            }
            ["settings", "keys"] => {
                let named = Fields::in_body(&form.body).await.get("name").to_owned();
                Self { named, ..act(Action::CreateApiKey, "/settings", "act-key") }
            }
            ["settings", "delivery", ..] => act(Action::ReviseSettings, "/settings", "act-delivery"),
            ["settings", "second-step", ..] => act(Action::ReviseSignIn, "/settings", "act-second-step"),
            ["settings", "spare-codes"] => act(Action::ReviseSignIn, "/settings", "act-spare"),
            // The particulars ask for a proof where another account is named, and only then.
            ["settings"] => act(Action::ReviseBusiness, "/settings", "act-account"),
            ["recovery-sheet"] => act(Action::MakeRecoverySheet, "/backup", "act-sheet"),
            ["recovery-sheet", "try"] => act(Action::MakeRecoverySheet, "/backup", "act-sheet-try"),
            _ => return None,
        })
    }

    /// What a proof for it is for, as the history keeps it.
    pub(crate) fn purpose(&self) -> (Action, Option<[u8; 16]>) {
        (self.action, self.whom.map(|user| user.bytes()))
    }

    /// To do what, in words: whom it is about by name, where whoever asks may know it.
    pub(crate) async fn said(&self, app: &App, person: &Inside) -> String {
        let name = match self.whom {
            Some(user) => members::name_of(&app.door, &person.actor, user).await.ok().flatten(),
            None => Some(self.named.clone()),
        };
        let role = self.role.map(|role| role_name(person.words, role)).unwrap_or_default();
        person.words.t_all(self.key, &[("name", name.unwrap_or_default()), ("role", role)])
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_a_form_is_for_is_known_by_where_it_goes_and_what_is_in_it() {
        let user = UserId::from_bytes([7; 16]);
        let of = async |path: &str, body: &str| {
            let form = Form { path: path.to_owned(), body: body.as_bytes().to_vec() };
            Act::of(&form).await
        };
        let end = of(&format!("/people/{user}/end"), "").await.unwrap();
        assert_eq!((end.purpose(), end.key), ((Action::RevisePerson, Some([7; 16])), "act-end"));
        let role = of(&format!("/people/{user}"), "role=auditor").await.unwrap();
        assert_eq!((role.role, role.whom, role.key), (Some(Role::Auditor), Some(user), "act-role"));
        let invited = of("/people/invite", "email=eve%40else.example&role=auditor").await.unwrap();
        assert_eq!((invited.action, invited.named.as_str()), (Action::InvitePerson, "eve@else.example"));
        assert_eq!(of("/settings/keys", "name=The+shop").await.unwrap().named, "The shop");
        assert_eq!(of("/customers", "name=Vogel").await, None);
    }
}
