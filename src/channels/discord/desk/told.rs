//! What became of an operator's wish, in words for them alone: how things stand now.

use super::super::bot::Bot;
use super::deed::{Undone, Who};
use crate::domain::ids::TicketNumber;
use crate::domain::operator_side::Unmergeable;
use crate::flows::{FlowError, Outcome};
use crate::wording::as_written;

impl Bot {
    /// How a wish ended; `done` is the sentence for the one who had it done.
    pub(super) fn outcome_told(&self, number: TicketNumber, outcome: &Outcome, done: &str, who: &Who) -> String {
        let number = number.to_string();
        let (key, detail) = match outcome {
            Outcome::Done => (done, String::new()),
            Outcome::Already if done == "discord_desk.took" => ("discord_desk.already_yours", String::new()),
            Outcome::Already => ("discord_desk.already_so", String::new()),
            Outcome::HeldBy(holder) => ("discord_desk.held_by", as_written(&holder.name)),
            Outcome::NotOpen => ("discord_desk.not_open", String::new()),
            Outcome::NoSuchGroup(group) => ("discord_desk.no_such_group", as_written(group.as_str())),
            Outcome::NoReason => ("discord_desk.no_reason", String::new()),
            Outcome::UnfitMoment => ("discord_desk.unfit_moment", String::new()),
            Outcome::Unmergeable(why) => unmergeable(*why),
        };
        self.in_words(who, key, &[("number", &number), ("name", &detail), ("group", &detail), ("original", &detail)])
    }

    /// Why nothing came of it.
    pub(super) fn failure_told(&self, number: TicketNumber, undone: &Undone, who: &Who) -> String {
        let key = match undone {
            Undone::Flow(FlowError::NotFound) => "discord_desk.no_such_ticket",
            Undone::Flow(FlowError::Refused(_)) => "discord_desk.not_allowed",
            Undone::Flow(FlowError::Store(_) | FlowError::Files(_) | FlowError::Contended(_)) | Undone::Rest(_) => {
                "discord.try_again"
            }
        };
        self.in_words(who, key, &[("number", &number.to_string())])
    }
}

fn unmergeable(why: Unmergeable) -> (&'static str, String) {
    let key = match why {
        Unmergeable::NoSuchTicket => "discord_desk.merge_no_such",
        Unmergeable::Itself => "discord_desk.merge_itself",
        Unmergeable::OriginalNotOpen => "discord_desk.merge_not_open",
        Unmergeable::IsDuplicateOf(original) => return ("discord_desk.merge_is_duplicate", original.to_string()),
        Unmergeable::HasDuplicates => "discord_desk.merge_has_duplicates",
    };
    (key, String::new())
}
