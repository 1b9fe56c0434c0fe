//! The same of what only the tests need: a server of 15 or later without a cluster of its own, a browser with its driver, the
//! program that ends others at a system call, and the judges.

use super::{Machine, NOBODY, ROOT};
use std::fs;

/// All of it, as packages are called.
const ALL: &str = "postgresql chromium chromium-driver strace python3 python3-venv";

/// Installs what was put aside for it, and notes first what is said about clusters.
const APT: (&str, &str) = (
    "apt-get",
    "case \"$*\" in *' install '*) here=${0%/*}; cat \"$here/etc/cluster\" >>\"$here/called\"; cp -r \"$here/comes/.\" \"$here\" ;; esac",
);

/// Makes an environment, whose own notes what it is to install; with rights or without, as anybody.
const PYTHON: (&str, &str) = (
    "python3",
    "[ \"$2\" != venv ] || { mkdir -p \"$3/bin\"; printf '#!/bin/sh\\necho \"judges $*\" >>\"$HOME/called\"\\n' >\"$3/bin/python3\"; \
     chmod +x \"$3/bin/python3\"; }",
);

impl Machine {
    /// A server of this version stands in this folder.
    fn server(&self, place: &str, version: u32) {
        let says = format!("echo 'postgres (PostgreSQL) {version}.4 (Debian {version}.4-1)'");
        for program in ["postgres", "initdb", "pg_ctl"] {
            self.put(&format!("{place}pg-{version}/bin"), &(program, &says));
        }
    }

    /// What comes with the packages.
    fn comes(&self, server: u32) {
        self.server("comes/", server);
        ["chromium", "chromedriver", "strace"].iter().for_each(|program| self.put("comes", &(program, "")));
        self.put("comes", &PYTHON);
    }

    fn needs_for_tests(&self) -> (bool, String, String) {
        drop(fs::remove_file(self.0.join("called")));
        self.needs("needs_for_tests")
    }
}

// proves: F5.a
#[test]
fn what_tests_need_is_installed_with_rights_and_named_without_them() {
    let other = Machine::with("tests-other", &[NOBODY, ("cargo", "")]);
    let (well, said, _) = other.needs_for_tests();
    assert!(!well && said.contains(ALL) && said.contains("no apt-get"), "{said}");

    let powerless = Machine::with("tests-powerless", &[NOBODY, ("cargo", ""), APT]);
    let (well, said, called) = powerless.needs_for_tests();
    assert!(!well && said.contains(&format!("sudo apt-get install --no-install-recommends {ALL}\n")), "{said}");
    assert!(!called.contains("apt-get") && !powerless.0.join("etc").exists(), "nothing was touched: {called}");

    let sudo = ("sudo", "[ \"$1\" = -n ] && exit 0; exec \"$@\"");
    for (name, rights) in [("tests-root", [ROOT, ("none", "")]), ("tests-sudo", [NOBODY, sudo])] {
        let machine = Machine::with(name, &[rights.as_slice(), &[("cargo", ""), APT]].concat());
        machine.comes(15);
        let (well, said, called) = machine.needs_for_tests();
        assert!(well && called.contains(&format!("--yes {ALL} --no-install")), "{name}: {said} {called}");
        assert!(called.contains("\ncreate_main_cluster = false\n"), "{name}: it stood there before: {called}");
        assert!(called.contains("judges -m pip install") && called.contains("schemathesis=="), "{name}: {called}");
        assert_eq!(called.contains("sudo env"), name == "tests-sudo", "{name}: {called}");

        // All there: nothing is called that would install, and the settings are said once.
        let (well, said, called) = machine.needs_for_tests();
        assert!(well && !called.contains("apt-get") && !called.contains("-m pip"), "{name}: {said} {called}");
        let settings = fs::read_to_string(machine.0.join("etc/cluster")).expect("settings");
        assert_eq!(settings, "create_main_cluster = false\n", "{name}");
    }
}

// proves: F5.a
#[test]
fn a_server_that_is_too_old_is_no_server_and_what_is_there_is_left_alone() {
    let there = [ROOT, ("cargo", ""), APT, ("google-chrome", ""), ("chromedriver", ""), ("strace", ""), PYTHON];
    let machine = Machine::with("tests-old", &there);
    machine.server("", 9);
    machine.comes(14);
    let (well, said, called) = machine.needs_for_tests();
    assert!(!well && said.contains("PostgreSQL 15 or later") && said.contains("package is older"), "{said}");
    assert!(
        called.contains("--yes postgresql --no-install") && !called.contains("judges"),
        "and nothing else: {called}"
    );
    machine.comes(17);
    let (well, said, called) = machine.needs_for_tests();
    assert!(well && called.contains("judges"), "{said} {called}");

    // A list of judges that changed is installed anew, and nothing else is.
    let list = machine.0.join(".cache/coffer/judges/installed");
    fs::write(&list, "aiosmtpd==0").expect("an old list");
    let (well, said, called) = machine.needs_for_tests();
    assert!(well && called.contains("judges") && !called.contains("apt-get"), "{said} {called}");
    assert!(fs::read_to_string(&list).expect("a list").contains("page-validation=="));
}
