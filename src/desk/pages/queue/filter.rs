//! Which tickets an operator wants to see, as the address says it.

use serde::Deserialize;

use crate::desk::Desk;
use crate::domain::ids::GroupId;
use crate::domain::permission::Operator;
use crate::domain::ticket::Status;
use crate::flows::FlowError;
use crate::ports::{TicketFilter, TicketSummary};

/// The query as it was sent.
#[derive(Deserialize)]
pub(in super::super) struct Asked {
    #[serde(default)]
    status: String,
    #[serde(default)]
    group: String,
    #[serde(default)]
    whose: String,
}

/// Which tickets to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Filter {
    /// Where they stand.
    pub(super) status: Standing,
    /// Only this group's.
    pub(super) group: Option<GroupId>,
    /// Who has them.
    pub(super) whose: Whose,
}

/// Where tickets stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Not resolved.
    Open,
    /// Anywhere.
    Any,
    /// Exactly here.
    At(Status),
}

/// Who has tickets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// Anybody or nobody.
    All,
    /// The reader.
    Mine,
    /// Nobody.
    Free,
}

/// How many tickets one list shows at most.
const MOST: u32 = 200;

/// How many are looked through for the reader's own.
const MOST_SEARCHED: u32 = 2_000;

impl Standing {
    /// All there are to choose from.
    pub(super) const ALL: [Self; 5] =
        [Self::Open, Self::At(Status::Waiting), Self::At(Status::Taken), Self::At(Status::Resolved), Self::Any];

    /// The word in the address.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Any => "any",
            Self::At(status) => status.as_str(),
        }
    }

    fn statuses(self) -> Vec<Status> {
        match self {
            Self::Open => vec![Status::Waiting, Status::Taken],
            Self::Any => Vec::new(),
            Self::At(status) => vec![status],
        }
    }
}

impl Whose {
    /// All there are to choose from.
    pub(super) const ALL: [Self; 3] = [Self::All, Self::Mine, Self::Free];

    /// The word in the address.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Mine => "mine",
            Self::Free => "free",
        }
    }
}

impl From<Asked> for Filter {
    /// What the address does not say, or says wrongly, is the ordinary: everything that is not resolved.
    fn from(asked: Asked) -> Self {
        let status = Standing::ALL.into_iter().find(|one| one.as_str() == asked.status).unwrap_or(Standing::Open);
        let whose = Whose::ALL.into_iter().find(|one| one.as_str() == asked.whose).unwrap_or(Whose::All);
        let known = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        let group = Some(asked.group).filter(|group| !group.is_empty() && group.chars().all(known)).map(GroupId::new);
        Self { status, group, whose }
    }
}

impl Filter {
    /// The address of the list, under `/desk` or `/desk/events`.
    pub(super) fn address(&self, path: &str) -> String {
        let group = self.group.as_ref().map_or("", GroupId::as_str);
        format!("{path}?whose={}&status={}&group={group}", self.whose.as_str(), self.status.as_str())
    }

    /// The tickets, most urgent and then oldest first.
    pub(super) async fn tickets(&self, desk: &Desk, by: &Operator) -> Result<Vec<TicketSummary>, FlowError> {
        let limit = if self.whose == Whose::All { MOST } else { MOST_SEARCHED };
        let groups = self.group.iter().cloned().collect();
        let filter = TicketFilter { statuses: self.status.statuses(), groups, limit, ..TicketFilter::default() };
        let mut tickets = desk.flows.queue(by, filter).await?;
        tickets.retain(|ticket| match self.whose {
            Whose::All => true,
            Whose::Mine => ticket.holder.as_ref().is_some_and(|holder| holder.id == by.id),
            Whose::Free => ticket.holder.is_none(),
        });
        tickets.truncate(MOST as usize);
        Ok(tickets)
    }
}
