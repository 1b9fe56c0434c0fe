//! Customers come in through the command line: what is guessed and can be changed, a dry run, a report, nobody twice.

use crate::installation::Installation;
use coffer_billing::import::LARGEST_FILE;
use std::path::Path;

const FILE: &str = "Firma;Ansprechpartner;E-Mail;Land\r\nBäckerei Vogel;Anna;anna@vogel.example;Deutschland\r\n\
    ;;nobody;Atlantis\r\n=1+1;;;\r\n";

// proves: F3, F4, C66.b
#[test]
fn customers_come_in_from_a_file() {
    let installation = Installation::new(false);
    let (file, report) = (installation.folder().join("customers.csv"), installation.folder().join("report.csv"));
    std::fs::write(&file, FILE).unwrap();
    let (file, report) = (file.to_str().unwrap(), report.to_str().unwrap());
    let said = |more: &[&str]| {
        let words = ["import", "customers", "--business", &installation.business, "--map", "E-Mail=email"];
        String::from_utf8(installation.run(&[words.as_slice(), more, &[file]].concat()).stdout).unwrap()
    };
    let dry = said(&["--dry-run"]);
    assert!(dry.contains("Firma \u{2192} name") && dry.contains("Ansprechpartner \u{2192} -"), "{dry}");
    assert!(dry.contains("3 rows: 1 ready, 2 refused"), "{dry}");
    assert!(said(&["--report", report]).contains("3 rows: 1 added, 2 refused"));
    assert!(said(&[]).contains("3 rows: 1 there, 2 refused"), "again: nobody twice");
    let report = std::fs::read_to_string(report).unwrap();
    assert!(
        report.contains("\"2\",\"added\",\"cus_")
            && report.contains("\"4\",\"refused\",\"\",\"Firma\",\"row.formula\""),
        "{report}"
    );
    let words = ["import", "customers", "--business", &installation.business, "--map", "Firma=-", file];
    let refused = installation.try_run(&words);
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("No column holds a name"));
    assert!(installation.check().contains("nothing"), "books and log are whole");
}

// proves: F3, D8
#[test]
fn a_file_comes_in_through_a_running_server_and_never_into_books_that_are_nobodys() {
    for on_postgres in [false, true] {
        let installation = Installation::new(on_postgres);
        let folder = installation.folder().to_path_buf();
        let (file, report) = (folder.join("customers.csv"), folder.join("report.csv"));
        std::fs::write(&file, FILE).unwrap();
        let import = |business: &str, file: &Path, more: &[&str]| {
            let words = ["import", "customers", "--business", business, "--map", "E-Mail=email"];
            let output = installation.try_run(&[words.as_slice(), more, &[file.to_str().unwrap()]].concat());
            (output.status.code(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
        };
        let serving = installation.serve();
        // Nothing that a server is brought is taken for more than it is.
        let large = folder.join("large.csv");
        std::fs::File::create(&large).unwrap().set_len(LARGEST_FILE as u64 + 1).unwrap();
        let own = installation.business.as_str();
        for (unfit, why) in
            [(folder.join("missing.csv"), "cannot be read"), (folder.clone(), "cannot be read"), (large, "larger")]
        {
            let (code, said) = import(own, &unfit, &[]);
            assert!(code == Some(1) && said.contains(why), "{unfit:?}: {code:?} {said}");
        }
        let (code, said) = import(own, &file, &["--report", report.to_str().unwrap()]);
        assert!(code == Some(0) && said.contains("Firma \u{2192} name"), "{code:?} {said}");
        assert!(said.contains("3 rows: 1 added, 2 refused"), "{said}");
        assert!(std::fs::read_to_string(&report).unwrap().contains("\"2\",\"added\",\"cus_"));
        let (code, said) = import(own, &file, &["--report", report.to_str().unwrap()]);
        assert!(code == Some(1) && said.contains("report.csv"), "a report replaces nothing: {code:?} {said}");
        serving.stop();
        // One that there is not, and the installation's own books, which are no business.
        for other in ["biz_00000000000000000000000009", "biz_00000000000000000000000000"] {
            let (code, said) = import(other, &file, &[]);
            assert!(code.is_some_and(|code| code > 0) && !said.contains("added"), "{other}: {code:?} {said}");
            assert!(!said.contains("panicked"), "{other}: {said}");
        }
        assert!(installation.check().contains("nothing"), "books and log are whole");
        assert!(import(own, &file, &[]).1.contains("1 there"), "they came in through the server, once");
    }
}
