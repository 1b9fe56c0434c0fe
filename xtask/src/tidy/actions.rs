//! Every action is asked for in a test: by its route, each of which the authorization matrix asks as every role, or by its
//! name.

use super::statements::is_test;
use crate::tree::{self, File};

/// Where the actions are listed.
const REGISTRY: &str = "crates/kernel/src/action.rs";

/// Actions that no route needs and no test names.
pub(crate) fn check() -> Vec<String> {
    let files = tree::files("crates", &[".rs"]);
    let registry = files.iter().find(|file| file.path == REGISTRY).map(|file| file.text.clone()).unwrap_or_default();
    let actions = listed(&registry);
    if actions.is_empty() {
        return vec![format!("{REGISTRY}: no action is listed there")];
    }
    let asked: String = files.iter().flat_map(asked_in).collect::<Vec<_>>().join("\n");
    let unasked = actions.into_iter().filter(|(action, _)| !names(&asked, action));
    unasked.map(|(action, code)| format!("{action} ({code}): no route needs it and no test names it")).collect()
}

/// `AddItem = "item.add", "add to the catalogue";`, its name and its code.
fn listed(registry: &str) -> Vec<(&str, &str)> {
    let rows = registry.lines().filter_map(|line| line.strip_prefix("    ")?.split_once(" = \""));
    let rows = rows.filter(|(name, _)| name.chars().all(char::is_alphanumeric));
    rows.filter_map(|(name, rest)| Some((name, rest.split_once("\", \"")?.0))).collect()
}

/// What routes and tests of a file say.
fn asked_in(file: &File) -> Vec<&str> {
    let routes: &[&str] = if file.path.starts_with("crates/web/src/") { &["route(\"", "Operation::"] } else { &[] };
    let called =
        |lead: &&str| file.text.split(*lead).skip(1).filter_map(|rest| rest.split(')').next()).collect::<Vec<_>>();
    routes.iter().flat_map(called).chain(std::iter::once(tests_of(file))).collect()
}

/// A file of tests, or the tests at the end of one.
fn tests_of(file: &File) -> &str {
    if is_test(&file.path) {
        return &file.text;
    }
    // A module that is a file of its own says nothing here but where it is.
    let from = file.text.rfind("#[cfg(test)]").unwrap_or_default();
    file.text.get(from..).filter(|tests| tests.contains("#[test]")).unwrap_or_default()
}

/// Whether this action stands there, and not one whose name only begins like it.
fn names(text: &str, action: &str) -> bool {
    let ends = |rest: &str| !rest.starts_with(|letter: char| letter.is_alphanumeric());
    text.split("Action::").skip(1).any(|rest| rest.strip_prefix(action).is_some_and(ends))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(path: &str, text: &str) -> bool {
        asked_in(&File { path: path.into(), text: text.into() }).iter().any(|said| names(said, "AddItem"))
    }

    #[test]
    fn an_action_that_nobody_asks_for_is_found() {
        assert_eq!(
            listed("        $variant,\n    AddItem = \"item.add\", \"add to it\";\n"),
            [("AddItem", "item.add")]
        );
        assert!(asked(
            "crates/web/src/pages/mod.rs",
            "(route(\"GET\", \"/items/new\", Action::AddItem), get(items::new))"
        ));
        assert!(asked("crates/web/src/api/mod.rs", "Operation::post(list, Action::AddItem, catalogue::add)"));
        assert!(asked("crates/web/tests/http/a.rs", "let scopes = [Action::AddItem];"));
        assert!(asked("crates/x/src/a.rs", "#[cfg(test)]\nmod tests {\n#[test]\nfn a() { Action::AddItem; }\n}\n"));
        let code = "const ACTION: Action = Action::AddItem;";
        assert!(!asked("crates/billing/src/catalogue/add.rs", code), "that is the action itself");
        assert!(!asked("crates/x/src/a.rs", &format!("#[cfg(test)]\nmod tests;\n{code}")), "its tests are elsewhere");
        assert!(!asked("crates/web/tests/http/a.rs", "Action::AddItems"), "another one");
    }
}
