//! What the configuration says about deciding.

use std::collections::BTreeMap;

use super::answer::Thresholds;
use super::ids::{ChannelName, GroupId};
use super::routing::Groups;

/// What the configuration says about deciding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// From which confidence on the bot answers or offers.
    pub thresholds: Thresholds,
    /// The operator groups.
    pub groups: Groups,
    /// Which channel shows a group's tickets to its operators, beside the desk's own pages.
    pub cards: BTreeMap<GroupId, ChannelName>,
}
