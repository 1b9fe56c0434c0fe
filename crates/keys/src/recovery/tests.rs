#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use super::*;
use crate::testing::{keys, seeded};

const ALPHABET: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

fn sheet() -> (RootKey, Vec<String>, WrappedKey) {
    let (root, _, _) = keys(1);
    let (sheet, wrapped) = RecoverySheet::create(&root, &seeded(2));
    let groups = sheet.groups().map(str::to_owned).collect();
    (root, groups, wrapped)
}

fn wrong_groups(typed: &[String], wrapped: &WrappedKey) -> Vec<WrongGroup> {
    match recover(&typed.join(" "), wrapped).err() {
        Some(RecoveryRefused::Code(NotTheCode::WrongGroups(groups))) => groups,
        other => panic!("{other:?}"),
    }
}

// proves: D3
#[test]
fn the_code_recovers_the_root() {
    let (root, groups, wrapped) = sheet();
    assert_eq!(groups.len(), GROUPS);
    assert!(groups.iter().all(|group| group.len() == GROUP && group.chars().all(|c| ALPHABET.contains(c))));
    let recovered = recover(&groups.join(" "), &wrapped).ok().unwrap();
    assert_eq!(recovered.secret().expose(), root.secret().expose());
    assert_eq!(recovered.id(), root.id());
}

#[test]
fn the_sheet_says_what_it_opens() {
    let (root, _, _) = keys(1);
    let (sheet, wrapped) = RecoverySheet::create(&root, &seeded(2));
    assert_eq!(wrapped.wrapped_by(), Ok(sheet.id()));
    assert_eq!(*sheet.text().expose(), sheet.groups().collect::<Vec<_>>().join(" "));
}

#[test]
fn it_is_read_however_it_is_typed() {
    let (root, groups, wrapped) = sheet();
    let joined = |between: &str| groups.join(between);
    for typed in [
        joined(""),
        joined("-"),
        joined(" - "),
        joined("\n"),
        joined(", "),
        joined(" ").to_lowercase(),
        format!("  {}\r\n", joined("\t")),
        joined(" ").replace('0', "O").replace('1', "I"),
        joined(" ").replace('0', "o").replace('1', "l"),
        joined("").replace('1', "L"),
        // Six groups a line, as printed.
        groups.chunks(6).map(|line| line.join(" ")).collect::<Vec<_>>().join("\n"),
        // In one piece but for a space where somebody paused.
        format!("{} {}", &joined("")[..17], &joined("")[17..]),
    ] {
        assert_eq!(recover(&typed, &wrapped).ok().map(|root| root.id()), Some(root.id()), "{typed}");
    }
}

/// Each of the 31 other symbols, at each of the 39 places: the group is named, and only that one.
#[test]
fn every_single_slip_is_named_with_its_group() {
    let (_, groups, wrapped) = sheet();
    for (index, place) in (0..GROUPS).flat_map(|group| (0..GROUP).map(move |place| (group, place))) {
        for symbol in ALPHABET.chars() {
            let mut typed = groups.clone();
            typed[index].replace_range(place..=place, &symbol.to_string());
            if typed != groups {
                let number = u8::try_from(index).unwrap() + 1;
                assert_eq!(wrong_groups(&typed, &wrapped), [WrongGroup { number, slip: Slip::Mistyped }]);
            }
        }
    }
}

#[test]
fn exchanged_symbols_and_groups_are_named() {
    let (_, groups, wrapped) = sheet();
    for (index, (a, b)) in (0..GROUPS).flat_map(|group| [(0, 1), (1, 2), (0, 2)].map(move |swap| (group, swap))) {
        let mut typed = groups.clone();
        let mut symbols: Vec<char> = typed[index].chars().collect();
        symbols.swap(a, b);
        typed[index] = symbols.into_iter().collect();
        if typed != groups {
            assert_eq!(wrong_groups(&typed, &wrapped).len(), 1, "{typed:?}");
        }
    }
    for (a, b) in (0..GROUPS).flat_map(|a| (0..a).map(move |b| (a, b))) {
        let mut typed = groups.clone();
        typed.swap(a, b);
        let numbers: Vec<usize> =
            wrong_groups(&typed, &wrapped).iter().map(|group| usize::from(group.number) - 1).collect();
        assert_eq!(numbers, [b, a]);
    }
}

#[test]
fn all_wrong_groups_are_named_at_once() {
    let (_, mut groups, wrapped) = sheet();
    let mistype = |group: &mut String| {
        let next = if group.starts_with('7') { "8" } else { "7" };
        group.replace_range(0..1, next);
    };
    mistype(&mut groups[2]);
    mistype(&mut groups[10]);
    let refused = recover(&groups.join(" "), &wrapped).err().unwrap();
    assert_eq!(
        refused.to_string(),
        "This is not group 3. Compare its characters with the sheet, one by one. This is not group 11. Compare its \
         characters with the sheet, one by one."
    );
}

#[test]
fn what_is_never_on_a_sheet_gives_a_hint() {
    let (_, groups, wrapped) = sheet();
    let with = |index: usize, group: &str| {
        let mut typed = groups.clone();
        group.clone_into(&mut typed[index]);
        recover(&typed.join(" "), &wrapped).err().unwrap().to_string()
    };
    assert_eq!(with(10, "uuu"), "This is not group 11. There is never a letter U on the sheet; did you mean the V?");
    let o = with(10, "oZZ");
    assert!(o.starts_with("This is not group 11. There is never a letter O on the sheet; the digit 0 "), "{o}");
    assert!(with(3, "2l2").contains("never a letter L on the sheet; the digit 1 "));
    assert_eq!(with(0, "AÄA"), "This is not group 1. There is never a 'Ä' on the sheet.");
    assert_eq!(with(12, "ABCD"), "This is not group 13. A group has 3 characters, and here are 4.");
    assert_eq!(with(5, "A"), "This is not group 6. A group has 3 characters, and here are 1.");
}

#[test]
fn a_code_that_is_not_whole_is_counted() {
    let (_, groups, wrapped) = sheet();
    let counted = |typed: &str| match recover(typed, &wrapped).err() {
        Some(RecoveryRefused::Code(NotTheCode::WrongLength { characters })) => characters,
        other => panic!("{other:?}"),
    };
    assert_eq!(counted(""), 0);
    assert_eq!(counted("   \n"), 0);
    assert_eq!(counted(&groups[..12].join(" ")), 36);
    assert_eq!(counted(&groups.concat()[1..]), 38);
    assert_eq!(counted(&format!("{} 777", groups.join(" "))), 42);
    assert_eq!(counted(&"7".repeat(100_000)), 100_000);
}

#[test]
fn another_sheet_and_a_damaged_copy_are_told_apart() {
    let (root, groups, wrapped) = sheet();
    let (other, other_wrapped) = RecoverySheet::create(&root, &seeded(3));
    let refused = recover(&groups.join(" "), &other_wrapped).err().unwrap();
    assert_eq!(refused, RecoveryRefused::OtherSheet { needs: other.id(), given: wrapped.wrapped_by().unwrap() });
    let mut damaged = wrapped.clone();
    damaged.0[40] ^= 1;
    let refused = recover(&groups.join(" "), &damaged).err().unwrap();
    assert_eq!(refused, RecoveryRefused::Damaged(DoesNotOpen::NotAuthentic));
    assert!(refused.to_string().contains("the sheet is still good"));
}
