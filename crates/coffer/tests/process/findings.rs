//! Books with findings come back only where that is asked for, and as they are: nothing is healed on the way.

use crate::check::name;
use crate::installation::{Installation, invoice};
use crate::recovery::sheet;

/// Books that are lost, what is left of them (a backup, and a file with the code of their sheet), and what became of them before.
struct Lost<T> {
    books: Installation,
    file: String,
    code: String,
    damage: T,
}

impl<T> Lost<T> {
    /// Those that this was done to.
    fn after(on_postgres: bool, damage: impl FnOnce(&Installation) -> T) -> Self {
        let books = Installation::new(on_postgres);
        let [file, code] = ["books.backup", "code"].map(|name| books.folder().join(name).to_str().unwrap().to_owned());
        std::fs::write(&code, sheet(&books)).unwrap();
        let damage = damage(&books);
        books.run(&["backup", &file]);
        Self { books, file, code, damage }
    }

    /// The words that bring them back.
    fn restore(&self) -> [&str; 4] {
        ["restore", &self.file, "--code-file", &self.code]
    }

    /// The words that check them.
    fn check(&self) -> [&str; 3] {
        ["check", "--business", &self.books.business]
    }
}

/// So many invoices are issued.
fn issues(books: &Installation, count: usize) {
    let serving = books.serve();
    let mut client = books.client(&serving);
    let customer = books.customer(&mut client);
    for _ in 0..count {
        assert_eq!(client.post("/api/v1/invoices/issue", &invoice(&customer)).unwrap().status, 201);
    }
    drop(client);
    serving.stop();
}

/// An older row of one customer is put back and written on, and that of another is altered: the ids of both.
fn with_findings(lost: &Installation) -> (String, String) {
    let serving = lost.serve();
    let mut client = lost.client(&serving);
    let first = lost.customer(&mut client);
    name(&mut client, &first, "Vogel");
    serving.stop();
    lost.behind("CREATE TABLE kept AS SELECT * FROM customer");
    let serving = lost.serve();
    name(&mut lost.client(&serving), &first, "Vogel & Söhne");
    serving.stop();
    lost.behind("DELETE FROM customer");
    lost.behind("INSERT INTO customer SELECT * FROM kept");
    lost.behind("DROP TABLE kept");
    let serving = lost.serve();
    let mut client = lost.client(&serving);
    name(&mut client, &first, "Vogel & Töchter");
    let second = lost.customer(&mut client);
    serving.stop();
    lost.behind("UPDATE customer SET created_at = created_at + 1 WHERE version = 1");
    (first, second)
}

// proves: D16, C03.c
#[test]
fn books_with_findings_come_back_only_where_that_is_asked_for_and_what_was_altered_stays_refused() {
    for on_postgres in [false, true] {
        let lost = Lost::after(on_postgres, with_findings);
        let mut back = Installation::nothing(on_postgres);
        let refused = back.try_run(&lost.restore());
        let said = String::from_utf8_lossy(&refused.stdout).into_owned();
        assert!(!refused.status.success() && !back.folder().join("data").exists(), "{on_postgres}: {said}");
        for finding in ["which was put back.", "this row is not as its last record wrote it."] {
            assert_eq!(said.lines().filter(|line| line.ends_with(finding)).count(), 1, "{on_postgres}: {said}");
        }
        back.run(&[&lost.restore()[..], &["--with-findings"]].concat());
        back.become_another(&lost.books);
        let checked = back.try_run(&lost.check());
        let named = String::from_utf8_lossy(&checked.stdout).into_owned();
        assert_eq!(checked.status.code(), Some(3), "{on_postgres}: {named}");
        assert!(named.contains("which was put back.") && named.contains("its last record wrote it."), "{named}");
        let log = back.folder().join("log");
        back.run(&["audit", "export", "--installation", log.to_str().unwrap()]);
        assert!(std::fs::read_to_string(&log).unwrap().contains("backup.restored"), "{on_postgres}: it is noted");
        let serving = back.serve();
        let mut client = back.client(&serving);
        let (first, second) = &lost.damage;
        for (customer, status) in [(first, 200), (second, 409)] {
            let answer = client.send("GET", &format!("/api/v1/customers/{customer}"), "", "").unwrap();
            assert_eq!(answer.status, status, "{on_postgres}: {answer:?}");
        }
    }
}

/// What a check that finds something ends with, by which it is said to be known.
fn read(place: &Installation) -> String {
    let checked = place.try_run(&["check", "--business", &place.business]);
    let told = String::from_utf8_lossy(&checked.stderr).into_owned();
    let seen = told.split(" --as ").nth(1).unwrap_or_else(|| panic!("{told}"));
    seen.chars().take_while(char::is_ascii_hexdigit).collect()
}

// proves: D11, C03.c
#[test]
fn what_is_said_to_be_known_ends_the_alarm_beside_the_server_and_without_it_until_it_changes_again() {
    for on_postgres in [false, true] {
        let place = Installation::new(on_postgres);
        with_findings(&place);
        let check = ["check", "--business", &place.business];
        let known = |why, seen: &str| place.try_run(&[&check[..], &["--known", why, "--as", seen]].concat());
        for why in ["", "  ", "two\nlines"] {
            let refused = known(why, &read(&place));
            assert_eq!(refused.status.code(), Some(1), "{on_postgres}: {refused:?}");
        }
        assert_eq!(place.try_run(&check).status.code(), Some(3), "{on_postgres}: nothing was recorded");
        for beside in [true, false] {
            let (why, seen) = ("Found on Monday, and told to the owner", read(&place));
            // Another row is altered between what was read and what is said of it.
            place.behind("UPDATE customer SET created_at = created_at + 1 WHERE version > 1");
            for other in [known(why, &seen), known(why, ""), place.try_run(&[&check[..], &["--known", why]].concat())] {
                let said = String::from_utf8_lossy(&other.stdout).into_owned();
                assert_eq!(other.status.code(), Some(3), "{on_postgres} {beside}: {said} {other:?}");
                assert!(!said.contains("Known from now on"), "{on_postgres} {beside}: nobody has read that: {said}");
            }
            assert_ne!(read(&place), seen, "{on_postgres} {beside}: what is found has another name");
            place.behind("UPDATE customer SET created_at = created_at - 1 WHERE version > 1");
            let serving = beside.then(|| place.serve());
            let ended = known(why, &seen);
            let said = String::from_utf8_lossy(&ended.stdout).into_owned();
            assert_eq!(ended.status.code(), Some(0), "{on_postgres} {beside}: {said} {ended:?}");
            let now = said.lines().filter(|line| line.starts_with("Known from now on: customer ")).count();
            assert_eq!(now, if beside { 2 } else { 1 }, "{on_postgres} {beside}: {said}");
            let said = String::from_utf8(place.run(&check).stdout).unwrap();
            assert!(said.trim_end().ends_with("but 2 findings that were said to be known."), "{on_postgres}: {said}");
            assert_eq!(said.lines().filter(|line| line.contains("Said to be known by operator:account ")).count(), 2);
            drop(serving);
            place.behind("UPDATE customer SET created_at = created_at + 1 WHERE version = 1");
            assert_eq!(place.try_run(&check).status.code(), Some(3), "{on_postgres} {beside}: it changed again");
        }
        place.behind("UPDATE customer SET digest = NULL WHERE version > 1");
        let mended = place.try_run(&[check.as_slice(), &["--mend"]].concat());
        let said = String::from_utf8_lossy(&mended.stdout).into_owned();
        assert!(said.contains("not taken on, because an older state of it was put back"), "{on_postgres}: {said}");
    }
}

// proves: D16, A14
#[test]
fn what_the_check_names_a_restore_names_too() {
    for on_postgres in [false, true] {
        let lost = Lost::after(on_postgres, |books| {
            issues(books, 1);
            // Neither stands in the log: only who works it out again finds it.
            books.behind("UPDATE rollup SET minor = minor + 100 WHERE name = 'account' AND part = 'revenue EUR'");
            books.behind("UPDATE number_series SET value = value + 1");
        });
        let found = |place: &Installation, words: &[&str]| {
            let ended = place.try_run(words);
            assert!(!ended.status.success(), "{on_postgres}: {words:?}");
            let said = String::from_utf8(ended.stdout).unwrap();
            let found = ["The running sum of revenue EUR is not", "The numbers of series "];
            found.map(|finding| said.lines().filter(|line| line.starts_with(finding)).count())
        };
        assert_eq!(found(&lost.books, &lost.check()), [1, 1], "{on_postgres}");
        let back = Installation::nothing(on_postgres);
        assert_eq!(found(&back, &lost.restore()), [1, 1], "{on_postgres}");
        assert!(!back.folder().join("data").exists(), "{on_postgres}: nothing came back");
        back.run(&[&lost.restore()[..], &["--with-findings"]].concat());
    }
}

// proves: D16, A14
#[test]
fn sums_beyond_64_bits_are_findings_and_end_neither_a_check_nor_a_restore() {
    for on_postgres in [false, true] {
        let lost = Lost::after(on_postgres, |books| {
            issues(books, 2);
            books.behind(&format!("UPDATE posting SET minor = {}", i64::MAX));
        });
        let judged = |place: &Installation, words: &[&str]| {
            let ended = place.try_run(words);
            let (said, told) = (String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr));
            let lines = |what: &str| said.lines().filter(|line| line.starts_with(what)).count();
            assert_eq!(lines("The running sums cannot be worked out again: "), 1, "{on_postgres} {words:?}: {said}");
            // What comes after it is looked at all the same; one engine adds up further than the other.
            let unbalanced = lines("The debits and credits of entry ");
            let books = unbalanced.max(2 * lines("What the books come to cannot be worked out again: "));
            assert_eq!(books, 2, "{on_postgres} {words:?}: {said}");
            assert!(!told.contains("panicked"), "{on_postgres} {words:?}: {told}");
            (ended.status.code(), told.into_owned())
        };
        let (code_of_check, told) = judged(&lost.books, &lost.check());
        assert!(code_of_check == Some(3) && told.contains("findings, named above"), "{on_postgres}: {told}");
        let back = Installation::nothing(on_postgres);
        let (code_of_restore, told) = judged(&back, &lost.restore());
        assert!(code_of_restore == Some(1) && told.contains("What came back is not whole"), "{on_postgres}: {told}");
        assert!(!back.folder().join("data").exists(), "{on_postgres}: nothing came back");
        back.run(&[&lost.restore()[..], &["--with-findings"]].concat());
    }
}
