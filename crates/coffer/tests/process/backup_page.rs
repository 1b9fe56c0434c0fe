//! The page that makes a backup says what is true after it: that it counts, once all of it arrived.

use crate::seated::seated;

// proves: F3
#[test]
fn the_page_that_makes_a_backup_says_by_itself_that_it_arrived() {
    let (installation, serving, mut browser) = seated("en");
    browser.go(&format!("https://localhost:{}/backup", serving.port));
    assert!(browser.text("#last-backup").contains("There is none yet"));
    let file = browser.file("form[data-backup] button", &installation.folder().join("downloads"));
    assert!(file.starts_with(b"coffer backup 1\n"));
    browser.until("document.querySelector('#last-backup').textContent.includes('saved from a browser')");
    assert!(!browser.text("main").contains("There is none yet"));
}
