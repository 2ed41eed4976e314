//! What a person's roles and groups elsewhere give them here.

use std::collections::BTreeSet;

use crate::domain::ids::GroupId;
use crate::domain::permission::{Membership, Role, Roles};
use crate::domain::vouched::{Entitlements, Vouched};

fn titles(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn person(names: &[&str]) -> Vouched {
    Vouched { key: "k".to_owned(), name: None, email: None, titles: titles(names) }
}

fn table() -> Entitlements {
    let roles = [
        (Role::Operator, titles(&["fl.operator", "vikar"])),
        (Role::Administrator, titles(&["fl.admin"])),
        (Role::Auditor, titles(&["fl.revisjon"])),
    ];
    let groups = [("general", &["it-1"][..]), ("clinical", &["it-2", "emr"])];
    Entitlements {
        roles: roles.into(),
        groups: groups.map(|(group, names)| (GroupId::new(group), titles(names))).into(),
        every_group: titles(&["vakt"]),
    }
}

#[test]
fn roles_and_groups_elsewhere_give_rights_here() {
    let some = |groups: &[&str]| Membership::Some(groups.iter().map(|group| GroupId::new(*group)).collect());
    let cases = [
        (&["fl.operator", "emr"][..], Roles::operator(), some(&["clinical"])),
        (&["vikar", "it-1", "it-2", "noe"], Roles::operator(), some(&["clinical", "general"])),
        (&["fl.operator", "vakt"], Roles::operator(), Membership::Every),
        (&["fl.operator"], Roles::operator(), some(&[])),
        (&["it-1"], Roles::default(), some(&["general"])),
        (&["FL.ADMIN"], Roles::default(), some(&[])),
        (&[], Roles::default(), some(&[])),
        (&["fl.admin"], Roles::all(), Membership::Every),
        (&["fl.revisjon"], Roles::from([Role::Auditor]), Membership::Every),
        (&["fl.revisjon", "fl.operator", "emr"], Roles::from([Role::Auditor, Role::Operator]), some(&["clinical"])),
    ];
    for (names, roles, groups) in cases {
        let rights = table().rights(&person(names));
        assert_eq!((rights.roles, rights.groups), (roles, groups), "{names:?}");
    }
}

#[test]
fn nobody_gets_anything_from_a_table_that_is_empty() {
    let rights = Entitlements::default().rights(&person(&["administrator", "operator"]));
    assert!(rights.roles.is_empty());
}
