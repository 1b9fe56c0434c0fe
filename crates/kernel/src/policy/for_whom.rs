//! What no route needs: the matrix asks none of it, so it is said here who may.

use super::{PARTIES, Party, Reach, reach};
use crate::Action;
use crate::actor::Role;

fn may(action: Action) -> Vec<Party> {
    PARTIES.into_iter().filter(|party| reach(action, *party) != Reach::None).collect()
}

#[test]
fn what_no_route_needs_is_for_whom_it_was_made_and_for_nobody_else() {
    let at_the_machine = [
        Action::CreateSetupLink,
        Action::RecoverUser,
        Action::RestoreBooks,
        Action::RotateRootKey,
        Action::KnowFindings,
    ];
    for action in at_the_machine {
        assert_eq!(may(action), [Party::Operator], "{action:?}: whoever is at the machine");
    }
    for action in [Action::ResumeCaller, Action::RecordRendition, Action::RecordDelivery] {
        assert_eq!(may(action), [Party::System], "{action:?}: the program itself");
    }
    assert_eq!(may(Action::FoundBusiness), [Party::Setup, Party::Operator]);
    assert_eq!(may(Action::SetUpOwner), [Party::Setup, Party::Joining], "who was handed a link");
    assert_eq!(may(Action::SignIn), [Party::Setup, Party::Anonymous]);
    assert_eq!(may(Action::AcceptInvitation), [Party::Anonymous]);
    assert_eq!(may(Action::ReadSessions), Role::ALL.map(Party::Role), "their own");
    assert_eq!(may(Action::OpenDocument), [Party::Link]);
}
