//! The lists that an operator chooses among.

use crate::domain::permission::Operator;
use crate::domain::ticket::{Status, TicketOrder};
use crate::domain::time::Timestamp;
use crate::ports::{Asleep, HeldBy, TicketFilter};

/// One list. None holds more than the operator may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    /// What the operator has.
    Mine,
    /// What is not resolved, of all their groups.
    Groups,
    /// What nobody has.
    Free,
    /// Everything.
    All,
    /// What is put aside.
    Snoozed,
    /// What is resolved.
    Resolved,
}

impl View {
    /// All there are to choose from.
    pub(super) const ALL: &'static [Self] = &[Self::Mine, Self::Groups, Self::Free, Self::All, Self::Snoozed, Self::Resolved];

    /// The word in the address.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Groups => "groups",
            Self::Free => "free",
            Self::All => "all",
            Self::Snoozed => "snoozed",
            Self::Resolved => "resolved",
        }
    }

    /// The one that this word in the address means.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|view| view.as_str() == name)
    }

    /// Where the tickets in it stand.
    pub(super) const fn statuses(self) -> &'static [Status] {
        match self {
            Self::Mine => &[Status::Taken],
            Self::Free => &[Status::Waiting],
            Self::Groups | Self::Snoozed => &[Status::Waiting, Status::Taken],
            Self::All => Status::ALL,
            Self::Resolved => &[Status::Resolved],
        }
    }

    /// The order in which it makes most sense: work by urgency, the past by what happened last.
    pub(super) const fn order(self) -> TicketOrder {
        match self {
            Self::Mine | Self::Groups | Self::Free | Self::Snoozed => TicketOrder::Urgency,
            Self::All | Self::Resolved => TicketOrder::Change,
        }
    }

    /// What it holds for this operator.
    pub(super) fn filter(self, by: &Operator, now: Timestamp) -> TicketFilter {
        let holder = match self {
            Self::Mine => HeldBy::Operator(by.id.clone()),
            Self::Free => HeldBy::Nobody,
            _ => HeldBy::Any,
        };
        let asleep = match self {
            Self::Mine | Self::Groups | Self::Free => Asleep::No(now),
            Self::Snoozed => Asleep::Yes(now),
            Self::All | Self::Resolved => Asleep::Either,
        };
        TicketFilter { statuses: self.statuses().to_vec(), holder, asleep, order: self.order(), ..TicketFilter::default() }
    }
}
