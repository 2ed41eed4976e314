//! Who may do what; a value of [`Allowed`] is the proof that it was asked.

use std::collections::BTreeSet;

use super::ids::{GroupId, OperatorId};
use super::named::named;
use super::ticket::{Holder, Ticket};

/// A person in the desk, as the sign-in vouches for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// Who.
    pub id: OperatorId,
    /// The name that colleagues and employees see.
    pub name: String,
    /// Whose matters they have to do with.
    pub groups: Membership,
    /// What they may do there.
    pub roles: Roles,
}

named! {
    /// What a person in the desk may do, within their groups.
    Role {
        /// Works on tickets.
        Operator => "operator",
        /// Keeps articles, standard replies and links.
        Editor => "editor",
        /// Works on tickets, and keeps incidents and planned maintenance.
        Coordinator => "coordinator",
        /// All of it.
        Administrator => "administrator",
        /// Reads everything and changes nothing.
        Auditor => "auditor",
    }
}

/// The roles that somebody has. Nobody is in the desk without one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles(BTreeSet<Role>);

impl Roles {
    /// Those of somebody who may do everything.
    #[must_use]
    pub fn all() -> Self {
        Self::from([Role::Administrator])
    }

    /// Those of somebody who works on tickets, and nothing else.
    #[must_use]
    pub fn operator() -> Self {
        Self::from([Role::Operator])
    }

    /// Each of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = Role> {
        self.0.iter().copied()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one of these is among them; an administrator has every role that changes or reads something.
    #[must_use]
    pub fn any(&self, roles: &[Role]) -> bool {
        self.0.contains(&Role::Administrator) || roles.iter().any(|role| self.0.contains(role))
    }
}

impl<const N: usize> From<[Role; N]> for Roles {
    fn from(roles: [Role; N]) -> Self {
        Self(roles.into())
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        Self(roles.into_iter().collect())
    }
}

/// Who reads tickets.
const READERS: &[Role] = &[Role::Operator, Role::Coordinator, Role::Auditor];
/// Who works on them.
const WORKERS: &[Role] = &[Role::Operator, Role::Coordinator];

/// Which groups an operator belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Membership {
    /// Every group there is.
    Every,
    /// These.
    Some(Vec<GroupId>),
}

impl Operator {
    /// Whether they belong to the group.
    #[must_use]
    pub fn belongs_to(&self, group: &GroupId) -> bool {
        match &self.groups {
            Membership::Every => true,
            Membership::Some(groups) => groups.contains(group),
        }
    }

    /// The groups whose tickets this operator may read; `None` where that is every group there is.
    #[must_use]
    pub fn sees(&self) -> Option<&[GroupId]> {
        match &self.groups {
            Membership::Every => None,
            Membership::Some(groups) => Some(groups),
        }
    }

    /// Whether they may read tickets at all, of whichever group.
    #[must_use]
    pub fn reads_tickets(&self) -> bool {
        self.roles.any(READERS)
    }

    /// Whether they may work on tickets at all, of whichever group.
    #[must_use]
    pub fn works_on_tickets(&self) -> bool {
        self.roles.any(WORKERS)
    }

    /// Whether they may keep articles at all, of whichever group.
    #[must_use]
    pub fn edits(&self) -> bool {
        self.roles.any(&[Role::Editor])
    }

    /// Whether they read, and change nothing whatever it is.
    #[must_use]
    pub fn only_reads(&self) -> bool {
        self.roles == Roles::from([Role::Auditor])
    }

    /// Whether this operator may look at how articles are kept: editors, and whoever audits.
    ///
    /// # Errors
    /// [`Refused`] where they may not.
    pub fn may_look_at_articles(&self) -> Result<(), Refused> {
        self.needs(&[Role::Editor, Role::Auditor])
    }

    /// Whether this operator may look at the link register: whoever works in the desk, and whoever audits.
    ///
    /// # Errors
    /// [`Refused`] where they have no role at all.
    pub fn may_look_at_links(&self) -> Result<(), Refused> {
        self.needs(&[Role::Operator, Role::Editor, Role::Coordinator, Role::Auditor])
    }

    /// Whether this operator may read the tickets of the group.
    ///
    /// # Errors
    /// [`Refused`] where they may not.
    pub fn may_see(&self, group: &GroupId) -> Result<(), Refused> {
        self.needs(READERS)?;
        self.within(group)
    }

    /// Proof that this operator may edit articles of this group, and what they are found by.
    ///
    /// # Errors
    /// [`Refused`] where they are no editor or do not belong to it.
    pub fn may_edit(&self, group: &GroupId) -> Result<MayEdit, Refused> {
        self.needs(&[Role::Editor])?;
        self.within(group)?;
        Ok(MayEdit { by: self.holder() })
    }

    /// Whether this operator may look at how incidents are kept: whoever reads tickets.
    ///
    /// # Errors
    /// [`Refused`] where they may not.
    pub fn may_look_at_incidents(&self) -> Result<(), Refused> {
        self.needs(READERS)
    }

    /// Proof that this operator may announce incidents and planned maintenance.
    ///
    /// # Errors
    /// [`Refused`] where they are no coordinator.
    pub fn may_coordinate(&self) -> Result<MayCoordinate, Refused> {
        self.needs(&[Role::Coordinator])?;
        Ok(MayCoordinate { by: self.holder() })
    }

    /// Proof that this operator may work on this ticket, which belongs to one of their groups.
    ///
    /// # Errors
    /// [`Refused`] where it does not, or they do not work on tickets.
    pub fn may_work_on(&self, ticket: &Ticket) -> Result<Allowed, Refused> {
        self.needs(WORKERS)?;
        self.within(&ticket.group)?;
        Ok(Allowed { by: self.holder() })
    }

    /// Proof that this operator may work for this group: on what concerns its tickets and no single step of one.
    ///
    /// # Errors
    /// [`Refused`] where they do not work on tickets or do not belong to it.
    pub fn may_work_for(&self, group: &GroupId) -> Result<Allowed, Refused> {
        self.needs(WORKERS)?;
        self.within(group)?;
        Ok(Allowed { by: self.holder() })
    }

    /// Proof that this operator may open a ticket for somebody who called.
    ///
    /// One that is left waiting may go to any group, as a transfer may; whoever `keeps` it must belong to the group.
    ///
    /// # Errors
    /// [`Refused`] where they do not work on tickets, or keep one of another group.
    pub fn may_register(&self, group: &GroupId, keeps: bool) -> Result<Allowed, Refused> {
        self.needs(WORKERS)?;
        if keeps {
            self.within(group)?;
        }
        Ok(Allowed { by: self.holder() })
    }

    fn needs(&self, roles: &'static [Role]) -> Result<(), Refused> {
        if self.roles.any(roles) { Ok(()) } else { Err(Refused::Role(roles)) }
    }

    /// Whether they belong to the group that it is about.
    ///
    /// # Errors
    /// [`Refused`] where they do not.
    pub fn within(&self, group: &GroupId) -> Result<(), Refused> {
        if self.belongs_to(group) { Ok(()) } else { Err(Refused::Group(group.clone())) }
    }

    fn holder(&self) -> Holder {
        Holder { id: self.id.clone(), name: self.name.clone() }
    }
}

/// The operator may work on the ticket in hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed {
    by: Holder,
}

impl Allowed {
    /// Who was allowed.
    #[must_use]
    pub const fn by(&self) -> &Holder {
        &self.by
    }
}

/// The operator may edit what articles of a group are found by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MayEdit {
    by: Holder,
}

impl MayEdit {
    /// Who may.
    #[must_use]
    pub const fn by(&self) -> &Holder {
        &self.by
    }
}

/// The operator may announce incidents and planned maintenance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MayCoordinate {
    by: Holder,
}

impl MayCoordinate {
    /// Who may.
    #[must_use]
    pub const fn by(&self) -> &Holder {
        &self.by
    }
}

/// Why an operator may not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// They do not belong to the group that it is about.
    #[error("this belongs to the group {0}, and the operator does not")]
    Group(GroupId),
    /// They have none of the roles that it takes.
    #[error("this takes the role {}", one_of(.0))]
    Role(&'static [Role]),
}

fn one_of(roles: &[Role]) -> String {
    roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(" or ")
}
