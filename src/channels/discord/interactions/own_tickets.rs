//! `/sak`: an employee looks after their own tickets. Whose they are is asked in the flow.

use std::sync::Arc;

use serenity::all::{
    CommandInteraction, ComponentInteraction, CreateActionRow, CreateInputText, CreateInteractionResponse, CreateModal,
    InputTextStyle, ModalInteraction,
};
use tracing::warn;

use super::super::bot::{Bot, channel_name};
use super::super::rest::within;
use super::alone::{Begun, Told};
use super::ask::LONGEST_QUESTION;
use super::options::{self, written_in};
use super::own_button::{OwnButton, OwnPress};
use super::respond::heeded;
use crate::domain::ids::TicketNumber;
use crate::domain::lang::Lang;
use crate::domain::own_ticket::OwnTicket;
use crate::domain::ticket::Status;
use crate::flows::{FlowError, Own, own_ticket};
use crate::ports::TicketSummary;

/// The option that names a ticket, and the one with what is added.
pub(super) const NUMBER: &str = "number";
pub(super) const TEXT: &str = "text";

/// The subcommands.
pub(super) const LIST: &str = "list";
pub(super) const STATUS: &str = "status";
pub(super) const ADD: &str = "add";
pub(super) const REOPEN: &str = "reopen";
pub(super) const CLOSE: &str = "close";

/// What an employee wants with their tickets.
enum Wish {
    List,
    Status(TicketNumber),
    Add(TicketNumber, String),
    Reopen(TicketNumber),
    Close(TicketNumber),
}

impl Wish {
    fn of(command: &CommandInteraction) -> Option<Self> {
        let (verb, options) = options::subcommand(&command.data.options).unwrap_or((LIST, &[]));
        let number = || options::ticket(options, NUMBER);
        Some(match verb {
            LIST => Self::List,
            STATUS => Self::Status(number()?),
            ADD => Self::Add(number()?, options::text(options, TEXT)?.to_owned()),
            REOPEN => Self::Reopen(number()?),
            CLOSE => Self::Close(number()?),
            _ => return None,
        })
    }

    const fn number(&self) -> Option<TicketNumber> {
        match self {
            Self::List => None,
            Self::Status(number) | Self::Add(number, _) | Self::Reopen(number) | Self::Close(number) => Some(*number),
        }
    }
}

impl Bot {
    /// `/sak`.
    pub(super) async fn own_tickets_wanted(self: &Arc<Self>, command: &CommandInteraction) {
        let Some(wish) = Wish::of(command) else { return };
        self.look_after(Begun::from(command), wish).await;
    }

    /// The panel's button.
    pub(super) async fn own_tickets_listed(self: &Arc<Self>, press: &ComponentInteraction) {
        self.look_after(Begun::from(press), Wish::List).await;
    }

    /// A button under a ticket's status.
    pub(super) async fn own_ticket_pressed(self: &Arc<Self>, press: &ComponentInteraction, pressed: OwnPress) {
        let wish = match pressed.button {
            OwnButton::Add => return self.show_addition(press, pressed).await,
            OwnButton::Reopen => Wish::Reopen(pressed.number),
            OwnButton::Close => Wish::Close(pressed.number),
        };
        self.look_after(Begun::from(press), wish).await;
    }

    /// The form that the button for adding shows, sent.
    pub(super) async fn addition_written(self: &Arc<Self>, form: &ModalInteraction, number: TicketNumber) {
        let text = written_in(form, TEXT).unwrap_or_default().to_owned();
        self.look_after(Begun::from(form), Wish::Add(number, text)).await;
    }

    async fn show_addition(&self, press: &ComponentInteraction, pressed: OwnPress) {
        let lang = self.readers_lang_in(&press.locale, press.guild_id);
        let field = CreateInputText::new(InputTextStyle::Paragraph, self.wording.get(lang, "discord_ask.add_field"), TEXT)
            .max_length(LONGEST_QUESTION);
        let title = self.wording.fill(lang, "discord_ask.add_title", &[("number", &pressed.number.to_string())]);
        let form = CreateModal::new(pressed.custom_id(), title).components(vec![CreateActionRow::InputText(field)]);
        heeded(press.id, within(press.create_response(&self.http, CreateInteractionResponse::Modal(form))).await);
    }

    async fn look_after(self: &Arc<Self>, begun: Begun, wish: Wish) {
        self.answer_alone(begun, |bot, begun| async move {
            let number = wish.number().map(|number| number.to_string()).unwrap_or_default();
            let key = match bot.looked_after(&begun, wish).await {
                Ok(told) => return told,
                Err(FlowError::NotFound | FlowError::Refused(_)) => "discord_ask.not_your_ticket",
                Err(error @ (FlowError::Store(_) | FlowError::Files(_) | FlowError::Contended(_))) => {
                    warn!(interaction.id = %begun.id, %error, "an employee's own tickets could not be looked after");
                    "discord.try_again"
                }
            };
            Some(bot.short(&begun, key, &[("number", &number)]))
        })
        .await;
    }

    async fn looked_after(&self, begun: &Begun, wish: Wish) -> Result<Option<Told>, FlowError> {
        let employee = self.employee(begun).id;
        match wish {
            Wish::List => self.list(begun).await.map(Some),
            Wish::Status(number) => {
                let view = self.flows.own_ticket(number, &employee).await?;
                Ok(Some(self.ticket_status(&view, self.lang_for(begun))))
            }
            Wish::Add(number, text) => self.add(begun, number, &text).await.map(Some),
            Wish::Reopen(number) => {
                self.keep_way(begun).await?;
                let ended = self.flows.reopen(number, &employee, Some(begun.receipt())).await?;
                self.settled(begun, number, ended, "discord_ask.reopened").await
            }
            Wish::Close(number) => {
                self.keep_way(begun).await?;
                let ended = self.flows.close(number, &employee, Some(begun.receipt())).await?;
                self.settled(begun, number, ended, "discord_ask.closed").await
            }
        }
    }

    async fn add(&self, begun: &Begun, number: TicketNumber, text: &str) -> Result<Told, FlowError> {
        let (text, _) = (self.filter)(text.trim());
        if !text.says_something() {
            return Ok(self.short(begun, "discord_ask.nothing_added", &[]));
        }
        let key = match self.flows.add(number, &self.employee(begun).id, text, Some(begun.receipt())).await? {
            Own::Kept | Own::Already => "discord_ask.added",
            Own::TooLate => "discord_ask.too_late",
        };
        Ok(self.short(begun, key, &[("number", &number.to_string())]))
    }

    /// What to tell at once of a ticket that was reopened or closed: nothing where the conversation lives on this platform, since
    /// what is said there then is on its way here.
    async fn settled(
        &self,
        begun: &Begun,
        number: TicketNumber,
        ended: Own,
        done: &'static str,
    ) -> Result<Option<Told>, FlowError> {
        let ticket = self.flows.own_ticket(number, &self.employee(begun).id).await?.ticket;
        let key = match ended {
            Own::Kept if ticket.place.channel == channel_name() => return Ok(None),
            Own::Kept | Own::Already => done,
            Own::TooLate => "discord_ask.too_late",
        };
        Ok(Some(self.short(begun, key, &[("number", &number.to_string())])))
    }

    async fn list(&self, begun: &Begun) -> Result<Told, FlowError> {
        let lang = self.lang_for(begun);
        let tickets = self.flows.own_ticket_list(&self.employee(begun).id).await?;
        let own: Vec<OwnTicket> = tickets.iter().map(own_ticket).collect();
        // Newest first, so what does not fit is the oldest.
        Ok(self.wording.own_tickets(&own, lang, &self.facts).into())
    }

    /// A ticket as a choice while typing.
    pub(super) fn ticket_choice(&self, ticket: &TicketSummary, lang: Lang) -> String {
        let key = match ticket.status {
            Status::Waiting => "discord_ask.choice_waiting",
            Status::Taken => "discord_ask.choice_taken",
            Status::Resolved => "discord_ask.choice_resolved",
        };
        let number = ticket.number.to_string();
        self.wording.fill(lang, key, &[("number", &number), ("subject", &ticket.subject)])
    }
}
