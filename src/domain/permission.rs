//! Who may do what; a value of [`Allowed`] is the proof that it was asked.

use super::ids::{GroupId, OperatorId};
use super::ticket::{Holder, Ticket};

/// A person in the desk, as the sign-in vouches for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// Who.
    pub id: OperatorId,
    /// The name that colleagues and employees see.
    pub name: String,
    /// Which groups' tickets they may work on.
    pub groups: Membership,
}

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

    /// Whether this operator may read what belongs to the group.
    ///
    /// # Errors
    /// [`Refused`] where they may not.
    pub fn may_see(&self, group: &GroupId) -> Result<(), Refused> {
        if self.belongs_to(group) { Ok(()) } else { Err(Refused { group: group.clone() }) }
    }

    /// Proof that this operator may edit what articles of this group are found by: whoever answers for its matters may.
    ///
    /// # Errors
    /// [`Refused`] where they do not belong to it.
    pub fn may_edit(&self, group: &GroupId) -> Result<MayEdit, Refused> {
        self.may_see(group)?;
        Ok(MayEdit { by: Holder { id: self.id.clone(), name: self.name.clone() } })
    }

    /// Proof that this operator may work on this ticket, which belongs to one of their groups.
    ///
    /// # Errors
    /// [`Refused`] where it does not.
    pub fn may_work_on(&self, ticket: &Ticket) -> Result<Allowed, Refused> {
        if self.belongs_to(&ticket.group) {
            Ok(Allowed { by: Holder { id: self.id.clone(), name: self.name.clone() } })
        } else {
            Err(Refused { group: ticket.group.clone() })
        }
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

/// The operator does not belong to the group that it is about.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this belongs to the group {group}, and the operator does not")]
pub struct Refused {
    /// Which.
    pub group: GroupId,
}
