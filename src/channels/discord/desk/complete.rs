//! Choices while an operator types an option of a command: their own tickets, every group, standard replies, articles.

use std::collections::BTreeSet;

use serenity::all::{AutocompleteChoice, CommandInteraction, CreateAutocompleteResponse, CreateInteractionResponse};
use tracing::{debug, warn};

use super::super::bot::Bot;
use super::super::rest::within;
use super::super::to_discord::brief;
use super::choose::MOST;
use super::commands::option;
use super::deed::{Undone, Who};
use super::groups::find;
use crate::domain::ids::GroupId;
use crate::domain::reply::{StandardReply, pick};
use crate::domain::ticket::Status;
use crate::flows::FlowError;
use crate::ports::TicketFilter;

/// The longest name and the longest value of a choice.
const LONGEST: usize = 100;

impl Bot {
    pub(super) async fn desk_typed(&self, typing: CommandInteraction) {
        let who = self.who_commands(&typing);
        let Some(typed) = typing.data.autocomplete() else { return };
        let choices = match self.choices(&typing, typed.name, typed.value, &who).await {
            Ok(choices) => choices,
            Err(error) => {
                warn!(interaction.id = who.interaction, %error, "there are no choices for what an operator types");
                Vec::new()
            }
        };
        let choices = CreateAutocompleteResponse::new().set_choices(choices);
        let offered = within(typing.create_response(&self.http, CreateInteractionResponse::Autocomplete(choices))).await;
        if let Err(error) = offered {
            // Whoever types on asks again.
            debug!(interaction.id = who.interaction, %error, "choices came too late");
        }
    }

    async fn choices(
        &self,
        typing: &CommandInteraction,
        name: &str,
        typed: &str,
        who: &Who,
    ) -> Result<Vec<AutocompleteChoice>, Undone> {
        match name {
            option::TICKET | option::INTO => self.ticket_choices(typed, who).await,
            option::GROUP => self.group_choices(typed, who).await,
            option::REPLY => self.reply_choices(typing, typed, who).await,
            option::ARTICLE => Ok(self.article_choices(typed, who)),
            _ => Ok(Vec::new()),
        }
    }

    /// Open tickets of the operator's groups.
    async fn ticket_choices(&self, typed: &str, who: &Who) -> Result<Vec<AutocompleteChoice>, Undone> {
        let by = self.operator_acting(who, None).await?;
        let (statuses, text) = (vec![Status::Waiting, Status::Taken], typed.trim().to_owned());
        let filter = TicketFilter { statuses, text, limit: 25, ..TicketFilter::default() };
        let found = self.flows.queue(&by, filter).await?;
        let choice = |ticket: &crate::ports::TicketSummary| {
            let name = format!("{} · {}", ticket.number, ticket.subject);
            AutocompleteChoice::new(brief(&name, LONGEST), ticket.number.get())
        };
        Ok(found.iter().take(MOST).map(choice).collect())
    }

    /// Every group, found by its name or short name.
    async fn group_choices(&self, typed: &str, who: &Who) -> Result<Vec<AutocompleteChoice>, Undone> {
        // Which are likely matters only as long as nothing says more.
        let busy = if typed.trim().is_empty() { self.flows.busy_groups().await? } else { Vec::new() };
        let found = find(&self.facts.groups, typed, who.lang, &self.likely(&busy, who), MOST);
        let choice = |group: &crate::domain::routing::Group| {
            let name = format!("{} ({})", group.name(who.lang), group.id);
            AutocompleteChoice::new(brief(&name, LONGEST), group.id.as_str())
        };
        Ok(found.into_iter().map(choice).collect())
    }

    /// The standard replies that the ticket's group can use, in the language of its conversation first.
    async fn reply_choices(
        &self,
        typing: &CommandInteraction,
        typed: &str,
        who: &Who,
    ) -> Result<Vec<AutocompleteChoice>, Undone> {
        let number = self.ticket_meant(typing, who).await.map_err(FlowError::from)?;
        let by = self.operator_acting(who, number).await?;
        let (lang, group) = match number {
            Some(number) => {
                let ticket = self.flows.ticket_alone(number, &by).await?;
                (ticket.lang, ticket.group)
            }
            None => match by.sees().and_then(<[GroupId]>::first) {
                Some(own) => (who.lang, own.clone()),
                None => return Ok(Vec::new()),
            },
        };
        let replies = self.replies.standard_replies();
        let typed = typed.to_lowercase();
        let words: Vec<&str> = typed.split_whitespace().collect();
        let picked = pick(&replies, lang, &group).into_iter().filter(|reply| says(reply, &words));
        let choices = picked.map(|reply| {
            let other = if reply.lang == lang { String::new() } else { format!(" ({})", reply.lang) };
            (format!("{}{other}", reply.title), format!("{}/{}", reply.lang, reply.slug))
        });
        Ok(fitting(choices))
    }

    fn article_choices(&self, typed: &str, who: &Who) -> Vec<AutocompleteChoice> {
        let (typed, _) = (self.filter)(typed);
        let found = self.flows.suggest(&typed, who.lang, MOST);
        fitting(found.into_iter().map(|found| (found.title, found.article.slug.as_str().to_owned())))
    }
}

/// Whether a standard reply has all of these words, in its title, its tags or what it says.
fn says(reply: &StandardReply, words: &[&str]) -> bool {
    let all = [reply.slug.as_str(), &reply.title, &reply.tags.join(" "), &reply.body].join(" ").to_lowercase();
    words.iter().all(|word| all.contains(word))
}

/// Choices whose value Discord can carry, each once.
fn fitting(choices: impl Iterator<Item = (String, String)>) -> Vec<AutocompleteChoice> {
    let mut offered = BTreeSet::new();
    let fits = |value: &str| value.chars().count() <= LONGEST;
    let choices = choices.filter(|(_, value)| fits(value) && offered.insert(value.clone())).take(MOST);
    choices.map(|(name, value)| AutocompleteChoice::new(brief(&name, LONGEST), value)).collect()
}
