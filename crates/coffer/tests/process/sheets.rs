//! The copy of the wrapped key beside the data, while somebody writes the database.

use crate::installation::Installation;
use crate::recovery::sheet;

// proves: C03.c, C84.c
#[test]
fn the_copy_beside_the_data_outlives_the_row_of_its_sheet_and_goes_with_the_key_it_opens() {
    for on_postgres in [false, true] {
        let installation = Installation::new(on_postgres);
        sheet(&installation);
        let copy = installation.folder().join("data/recovery.key");
        let kept = std::fs::read(&copy).unwrap();
        installation.behind("DELETE FROM recovery_sheet");
        installation.serve().stop();
        assert_eq!(std::fs::read(&copy).unwrap(), kept, "{on_postgres}: it may be the last good one");
        sheet(&installation);
        assert_ne!(std::fs::read(&copy).unwrap(), kept, "{on_postgres}: a new sheet takes its place");
        installation.run(&["rotate-key"]);
        installation.serve().stop();
        assert!(!copy.exists(), "{on_postgres}: it opens a key that is no more");
    }
}
