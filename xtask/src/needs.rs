//! What the two commands do on a machine that lacks something (`xtask/needs.sh`), tried with a PATH that lacks it.

#![allow(clippy::expect_used, reason = "tests")]

mod commands;
mod for_tests;

use crate::tree;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;
use std::process::Command;

/// A machine with these programs and no others; each writes down how it was called.
struct Machine(PathBuf);

impl Machine {
    fn with(name: &str, programs: &[(&str, &str)]) -> Self {
        let folder = std::env::temp_dir().join(format!("coffer-needs-{}-{name}", std::process::id()));
        drop(fs::remove_dir_all(&folder));
        fs::create_dir_all(&folder).expect("a folder");
        for tool in ["env", "mkdir", "grep", "sed", "cat", "dirname", "tee", "cp", "chmod"] {
            symlink(format!("/usr/bin/{tool}"), folder.join(tool)).expect("a link");
        }
        let machine = Self(folder);
        programs.iter().for_each(|program| machine.put("", program));
        machine
    }

    /// Puts a program into this folder of the machine.
    fn put(&self, place: &str, (program, script): &(&str, &str)) {
        let (folder, called) = (self.0.join(place), self.0.join("called"));
        fs::create_dir_all(&folder).expect("a folder");
        let text = format!("#!/bin/sh\necho \"{program} $*\" >>\"{}\"\n{script}\n", called.display());
        fs::write(folder.join(program), text).expect("a program");
        fs::set_permissions(folder.join(program), fs::Permissions::from_mode(0o755)).expect("its mode");
    }

    /// Whether it went well, what was said, and what was called.
    fn needs_for_building(&self) -> (bool, String, String) {
        self.needs("needs_for_building")
    }

    fn needs(&self, what: &str) -> (bool, String, String) {
        let script = tree::root().join("xtask/needs.sh");
        // What stands in fixed places is looked for on this machine alone.
        let here = self.0.display();
        let places = format!("needs_postgres_places='{here}/pg-*/bin'; needs_cluster_settings='{here}/etc/cluster'");
        let words = format!(". '{}'; {places}; {what}", script.display());
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", &words]).env_clear().env("PATH", &self.0).env("HOME", &self.0);
        let output = shell.output().expect("a shell");
        let called = fs::read_to_string(self.0.join("called")).unwrap_or_default();
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned(), called)
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

const NOBODY: (&str, &str) = ("id", "echo 1000");
const ROOT: (&str, &str) = ("id", "echo 0");

// proves: F5.a
#[test]
fn what_is_missing_is_installed_where_there_are_rights_and_named_where_there_are_none() {
    let (well, said, _) = Machine::with("bare", &[NOBODY]).needs_for_building();
    assert!(!well && said.contains("Rust toolchain") && said.contains("rustup.rs"), "{said}");

    let (well, said, _) = Machine::with("other", &[NOBODY, ("cargo", "")]).needs_for_building();
    assert!(!well && said.contains("gcc libc6-dev") && said.contains("no apt-get"), "{said}");

    let powerless = [NOBODY, ("cargo", ""), ("apt-get", "")];
    let (well, said, called) = Machine::with("powerless", &powerless).needs_for_building();
    assert!(!well && said.contains("sudo apt-get install") && !called.contains("apt-get"), "{said} {called}");

    let root = [ROOT, ("cargo", ""), ("apt-get", "")];
    let (well, said, called) = Machine::with("root", &root).needs_for_building();
    assert!(well && called.contains("gcc libc6-dev") && !called.contains("sudo"), "{said} {called}");

    let sudo = [NOBODY, ("cargo", ""), ("apt-get", ""), ("sudo", "[ \"$1\" = -n ] && exit 0; exec \"$@\"")];
    let (well, said, called) = Machine::with("sudo", &sudo).needs_for_building();
    assert!(well && called.contains("sudo env") && called.contains("gcc libc6-dev"), "{said} {called}");

    let whole = [NOBODY, ("cargo", ""), ("cc", ""), ("pkg-config", "")];
    let (well, said, called) = Machine::with("whole", &whole).needs_for_building();
    assert!(well && !called.contains("apt-get"), "nothing is installed that is there: {said} {called}");
}

// proves: F5.a
#[test]
fn what_a_toolchain_came_without_is_added_to_it() {
    let tools = "needs_rust_tools";
    let bare = ("cargo", "case $1 in fmt|nextest) exit 1 ;; esac");
    let (well, said, called) = Machine::with("minimal", &[bare, ("rustup", "")]).needs(tools);
    assert!(well && called.contains("rustup component add rustfmt\n"), "{said} {called}");
    assert!(called.contains("cargo install --locked --quiet cargo-nextest@"), "{said} {called}");

    let (well, said, called) = Machine::with("without-rustup", &[bare]).needs(tools);
    assert!(!well && said.contains("rustfmt") && !called.contains("install"), "{said} {called}");

    let unreachable = ("cargo", "case $1 in nextest|install) exit 1 ;; esac");
    let (well, said, _) = Machine::with("offline", &[unreachable]).needs(tools);
    assert!(!well && said.contains("nexte.st"), "{said}");

    let (well, said, called) = Machine::with("full", &[("cargo", "")]).needs(tools);
    assert!(well && !called.contains("install"), "{said} {called}");
}
