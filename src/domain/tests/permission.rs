//! Who may do what.

use super::super::ids::{GroupId, OperatorId};
use super::super::permission::{Membership, Operator, Refused, Role, Roles};

fn person(role: Role) -> Operator {
    let groups = Membership::Some(vec![GroupId::new("clinical")]);
    Operator { id: OperatorId::new("desk:liv"), name: "Liv".to_owned(), groups, roles: Roles::from([role]) }
}

#[test]
fn each_role_opens_what_it_is_for_and_nothing_else() {
    let clinical = GroupId::new("clinical");
    // The role; whether it reads tickets, works on them, edits articles, looks at them, coordinates, looks at links.
    let cases = [
        (Role::Operator, [true, true, false, false, false, true]),
        (Role::Editor, [false, false, true, true, false, true]),
        (Role::Coordinator, [true, true, false, false, true, true]),
        (Role::Administrator, [true, true, true, true, true, true]),
        (Role::Auditor, [true, false, false, true, false, true]),
    ];
    for (role, allowed) in cases {
        let who = person(role);
        let found = [
            who.may_see(&clinical).is_ok(),
            who.works_on_tickets(),
            who.may_edit(&clinical).is_ok(),
            who.may_look_at_articles().is_ok(),
            who.may_coordinate().is_ok(),
            who.may_look_at_links().is_ok(),
        ];
        assert_eq!(found, allowed, "{role:?}");
    }
}

#[test]
fn no_role_reaches_beyond_ones_groups() {
    let general = GroupId::new("general");
    for role in Role::ALL {
        let who = person(*role);
        assert!(who.may_see(&general).is_err() && who.may_edit(&general).is_err(), "{role:?}");
    }
    assert_eq!(person(Role::Operator).may_see(&general), Err(Refused::Group(general)));
}

#[test]
fn a_refusal_says_which_role_it_takes() {
    let refused = person(Role::Auditor).may_coordinate().unwrap_err();
    assert_eq!(refused.to_string(), "this takes the role coordinator");
}
