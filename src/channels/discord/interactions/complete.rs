//! Choices while somebody types in a command's option.

use std::time::Duration;

use serenity::all::{CommandInteraction, CreateAutocompleteResponse, CreateInteractionResponse};
use tokio::time::timeout;
use tracing::warn;

use super::super::bot::{Bot, employee_id};
use super::super::rest::within;
use super::super::to_discord::brief;
use super::ask::{QUESTION, picked};
use super::options::{LONGEST_CHOICE, MOST_CHOICES};
use super::own_tickets::NUMBER;
use crate::domain::lang::Lang;
use crate::ports::TicketSummary;

/// How long looking may take: Discord waits three seconds, and whoever types waits less.
const PATIENCE: Duration = Duration::from_secs(2);

impl Bot {
    pub(super) async fn complete(&self, typing: &CommandInteraction) {
        let Some(field) = typing.data.autocomplete() else { return };
        let lang = self.readers_lang_in(&typing.locale, typing.guild_id);
        let choices = match field.name {
            QUESTION => self.titles(field.value, lang),
            NUMBER => self.own_numbers(typing, field.value, lang).await,
            _ => return,
        };
        let shown = CreateInteractionResponse::Autocomplete(choices);
        if let Err(error) = within(typing.create_response(&self.http, shown)).await {
            warn!(interaction.id = %typing.id, %error, "choices could not be shown");
        }
    }

    /// Titles of articles that may be what is asked for, each once.
    fn titles(&self, typed: &str, lang: Lang) -> CreateAutocompleteResponse {
        let (typed, _) = (self.filter)(typed);
        let mut titles: Vec<String> = Vec::new();
        let mut choices = CreateAutocompleteResponse::new();
        for found in self.flows.suggest(&typed, lang, MOST_CHOICES) {
            let title = brief(&found.title, LONGEST_CHOICE);
            if !titles.contains(&title) {
                let value = picked(&found.article).unwrap_or_else(|| title.clone());
                choices = choices.add_string_choice(&title, value);
                titles.push(title);
            }
        }
        choices
    }

    /// The person's own tickets that have what was typed in their number or subject.
    async fn own_numbers(&self, typing: &CommandInteraction, typed: &str, lang: Lang) -> CreateAutocompleteResponse {
        let employee = employee_id(typing.user.id);
        let listed = timeout(PATIENCE, self.flows.own_ticket_list(&employee)).await;
        let tickets = listed.ok().and_then(Result::ok).unwrap_or_default();
        let typed = typed.to_lowercase();
        let fits = |ticket: &&TicketSummary| {
            ticket.number.to_string().starts_with(&typed) || ticket.subject.to_lowercase().contains(&typed)
        };
        let fitting = tickets.iter().filter(fits).take(MOST_CHOICES);
        fitting.fold(CreateAutocompleteResponse::new(), |choices, ticket| {
            choices.add_int_choice(brief(&self.ticket_choice(ticket, lang), LONGEST_CHOICE), ticket.number.get())
        })
    }
}
