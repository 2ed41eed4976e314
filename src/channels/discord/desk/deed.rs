//! What operators ask for, however they ask for it, and what they alone are told of it.

use serenity::all::{ChannelId, CreateActionRow, GuildId, Member, PartialChannel, User};
use tracing::warn;

use super::super::bot::{Bot, channel_name};
use super::super::operators::Person;
use super::super::rest::RestError;
use super::offer::{Offer, Piece};
use crate::domain::decision::Receipt;
use crate::domain::ids::{ExternalId, GroupId, IncidentNumber, TicketNumber};
use crate::domain::lang::Lang;
use crate::domain::operator_side::Wish;
use crate::domain::permission::Operator;
use crate::domain::ticket::Impact;
use crate::flows::FlowError;

/// What an operator asks for, of one ticket.
pub(super) enum Deed {
    /// A verb of the desk's, and the sentence for whoever had it done.
    Wish(Wish, &'static str),
    /// To choose.
    Menu(Menu),
    /// To link the ticket to this incident.
    Link(IncidentNumber),
    /// To announce an incident and link the ticket to it: its title and what is to be said of it.
    Announce { title: String, text: String },
    /// To see words before they are sent.
    Preview(u64, Piece),
    /// To send words that were seen.
    Send(Offer),
    /// To send these words, once for this key.
    Say(u64, String),
    /// To see which articles may answer the question.
    Articles,
}

/// What there is to choose.
#[derive(Clone, Copy)]
pub(super) enum Menu {
    Groups,
    Impact,
    Urgency(Impact),
    Incidents,
}

/// Who asks, where, and in which language they are told.
pub(super) struct Who {
    pub(super) person: Person,
    /// Where they act: a channel or a thread.
    pub(super) place: ChannelId,
    /// The channel that the place is in; the place itself where it is no thread.
    pub(super) channel: ChannelId,
    pub(super) lang: Lang,
    /// The number of what they did, which makes the same twice one.
    pub(super) interaction: u64,
}

impl Who {
    /// In which lane their wish stands, and after what.
    pub(super) fn order(&self) -> (u64, u64) {
        (self.place.get(), self.interaction)
    }
}

/// What somebody alone is told.
pub(super) struct Told {
    pub(super) text: String,
    pub(super) rows: Vec<CreateActionRow>,
}

impl Told {
    pub(super) const fn only(text: String) -> Self {
        Self { text, rows: Vec::new() }
    }
}

/// Why an operator's wish could not be carried out.
#[derive(Debug, thiserror::Error)]
pub(super) enum Undone {
    #[error(transparent)]
    Flow(#[from] FlowError),
    /// Discord did not say who they are.
    #[error(transparent)]
    Rest(#[from] RestError),
}

impl Undone {
    /// Whether the same may work later; otherwise it is not for them, or there is no such thing.
    pub(super) const fn may_pass(&self) -> bool {
        !matches!(self, Self::Flow(FlowError::NotFound | FlowError::Refused(_)))
    }
}

/// What an interaction says of whoever acts.
pub(super) struct Acting<'i> {
    pub(super) id: u64,
    pub(super) user: &'i User,
    pub(super) guild: Option<GuildId>,
    pub(super) member: Option<&'i Member>,
    pub(super) place: ChannelId,
    pub(super) channel: Option<&'i PartialChannel>,
    pub(super) locale: &'i str,
}

impl Bot {
    pub(super) fn who(&self, acting: &Acting<'_>) -> Who {
        let Acting { id, user, guild, member, place, channel, locale } = *acting;
        let is_thread = channel.is_some_and(|channel| channel.thread_metadata.is_some());
        let parent = channel.and_then(|channel| channel.parent_id).filter(|_| is_thread);
        let person = Person {
            user: user.id,
            name: self.presser_name(member, user),
            guild,
            roles: member.map(|member| member.roles.clone()).unwrap_or_default(),
        };
        Who { person, place, channel: parent.unwrap_or(place), lang: self.readers_lang_in(locale, guild), interaction: id }
    }

    /// The operator that somebody is: to a ticket, wherever they act, or else where they act.
    pub(super) async fn operator_acting(&self, who: &Who, number: Option<TicketNumber>) -> Result<Operator, Undone> {
        let ticket = match number {
            Some(number) => self.store.ticket(number).await.map_err(FlowError::from)?,
            None => None,
        };
        Ok(match ticket {
            Some(ticket) => self.operator_about(who.person.clone(), &ticket.group).await?,
            None => self.operator_pressing(who.person.clone(), who.channel).await?,
        })
    }

    /// Does what an operator asks for, after the flows have asked whether they may; gives back what they alone are told.
    pub(super) async fn carry_out(&self, number: TicketNumber, deed: Deed, who: &Who) -> Told {
        match self.attempt(number, deed, who).await {
            Ok(told) => told,
            Err(undone) => {
                if undone.may_pass() {
                    warn!(ticket.number = %number, error = %undone, "an operator's wish could not be kept");
                }
                Told::only(self.failure_told(number, &undone, who))
            }
        }
    }

    async fn attempt(&self, number: TicketNumber, deed: Deed, who: &Who) -> Result<Told, Undone> {
        let by = &self.operator_acting(who, Some(number)).await?;
        Ok(match deed {
            Deed::Wish(wish, done) => {
                let outcome = self.flows.handle_once(number, by, wish, Some(receipt(who))).await?;
                Told::only(self.outcome_told(number, &outcome, done, who))
            }
            Deed::Menu(menu) => self.menu(number, menu, who, by).await?,
            Deed::Link(incident) => self.link_to_incident(number, incident, who, by).await?,
            Deed::Announce { title, text } => self.announce_incident(number, (&title, &text), who, by).await?,
            Deed::Preview(key, piece) => self.preview(number, key, piece, who, by).await?,
            Deed::Send(offer) => self.send_offer(number, offer, who, by).await?,
            Deed::Say(key, text) => self.send_words(number, key, &text, who, by).await?,
            Deed::Articles => self.suggested_articles(number, who, by).await?,
        })
    }

    /// The groups that have their operators in the server where somebody acts.
    pub(super) fn groups_beside(&self, who: &Who) -> Vec<GroupId> {
        let guild = who.person.guild.and_then(|guild| self.config.guilds.get(&guild.get()));
        guild.map_or_else(|| self.config.groups.keys().cloned().collect(), |guild| guild.groups.clone())
    }

    /// A sentence in the language of whoever acts.
    pub(super) fn in_words(&self, who: &Who, key: &str, values: &[(&str, &str)]) -> String {
        self.wording.fill(who.lang, key, values)
    }
}

pub(super) fn receipt(who: &Who) -> Receipt {
    Receipt { channel: channel_name(), external_id: ExternalId::new(who.interaction.to_string()) }
}
