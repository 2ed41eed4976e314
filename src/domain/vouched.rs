//! What somebody else vouches for: a person who has signed in elsewhere, and what that gives them here.

use std::collections::{BTreeMap, BTreeSet};

use super::ids::GroupId;
use super::permission::{Membership, Role, Roles};

/// A person as a sign-in service, or a proxy in front, vouches for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vouched {
    /// Who: the same text at every sign-in of the same person, and never another person's.
    pub key: String,
    /// What they are called there.
    pub name: Option<String>,
    /// Their address there.
    pub email: Option<String>,
    /// The roles and the groups that they have there, by the service's own names.
    pub titles: BTreeSet<String>,
}

/// Which of the service's roles and groups give which rights here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entitlements {
    /// The names there that give a role here.
    pub roles: BTreeMap<Role, BTreeSet<String>>,
    /// The names there that make somebody belong to a group here.
    pub groups: BTreeMap<GroupId, BTreeSet<String>>,
    /// The names there that make somebody belong to every group.
    pub every_group: BTreeSet<String>,
}

/// What a person may do in the desk, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rights {
    /// What; none for somebody who only asks.
    pub roles: Roles,
    /// For whose matters.
    pub groups: Membership,
}

impl Entitlements {
    /// The rights of this person. Administrators belong to every group, and so does whoever only reads.
    #[must_use]
    pub fn rights(&self, person: &Vouched) -> Rights {
        let has = |wanted: &BTreeSet<String>| !wanted.is_disjoint(&person.titles);
        let roles: Roles = self.roles.iter().filter(|(_, wanted)| has(wanted)).map(|(role, _)| *role).collect();
        let only_reads = roles == Roles::from([Role::Auditor]);
        let groups = if roles.any(&[Role::Administrator]) || only_reads || has(&self.every_group) {
            Membership::Every
        } else {
            Membership::Some(self.groups.iter().filter(|(_, wanted)| has(wanted)).map(|(group, _)| group.clone()).collect())
        };
        Rights { roles, groups }
    }
}
