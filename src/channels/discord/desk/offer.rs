//! Words that an operator may send to the employee: a standard reply or an article's passage, shown to the operator alone first.
//! Everything that comes of one command carries its key, so that whatever is sent of it is said once.

use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};

use super::super::bot::{Bot, channel_name};
use super::super::card_text::short_hash;
use super::super::to_discord::{brief, split};
use super::choose::article_select;
use super::deed::{Told, Who};
use super::press_id::{self, DeskPress};
use crate::domain::decision::Receipt;
use crate::domain::ids::{ExternalId, Slug, TicketNumber};
use crate::domain::lang::Lang;
use crate::domain::operator_side::{Wish, Written};
use crate::domain::permission::Operator;
use crate::domain::reply::{Values, fields, fill};
use crate::flows::{FlowError, Outcome};
use crate::ports::TicketSummary;
use crate::wording::{as_written, plain};

/// How much of the words a preview shows; what is sent is whole.
const SHOWN: usize = 1_700;

/// What can be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A standard reply, in this language.
    Reply(Lang, Slug),
    /// An article, in the language of the conversation.
    Article(Slug),
}

/// Words that were shown to an operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Offer {
    /// What keeps them from being sent twice: the number of the command that asked for them.
    pub(super) key: u64,
    /// What they come from.
    pub(super) piece: Piece,
    /// What tells whether they are still the same words.
    pub(super) said: String,
}

impl Bot {
    /// Shows an operator the words, with ways to send them.
    pub(super) async fn preview(
        &self,
        number: TicketNumber,
        key: u64,
        piece: Piece,
        who: &Who,
        by: &Operator,
    ) -> Result<Told, FlowError> {
        let Some((ticket, text)) = self.words_of(number, &piece, by).await? else {
            return Ok(Told::only(self.in_words(who, "discord_desk.no_such_words", &[])));
        };
        let quoted = as_written(&brief(&text, SHOWN)).lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n");
        let missing = fields(&text);
        let number = ticket.number.to_string();
        let mut shown = self.in_words(who, "discord_desk.preview", &[("number", &number), ("text", &quoted)]);
        if !missing.is_empty() {
            let missing = missing.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            shown += &self.in_words(who, "discord_desk.preview_missing", &[("fields", &as_written(&missing))]);
        }
        let offer = Offer { key, piece, said: said(&text) };
        Ok(Told { text: shown, rows: self.ways_to_send(&ticket, offer, missing.is_empty(), who) })
    }

    fn ways_to_send(&self, ticket: &TicketSummary, offer: Offer, is_whole: bool, who: &Who) -> Vec<CreateActionRow> {
        let send = press_id::press(ticket.number, &DeskPress::Send(offer.clone()));
        let edit = press_id::press(ticket.number, &DeskPress::Edit(offer));
        if !press_id::fits(&send) {
            return Vec::new();
        }
        let button = |id, key, style| CreateButton::new(id).label(self.wording.get(who.lang, key)).style(style);
        let edit = button(edit, "discord_desk.edit_first", ButtonStyle::Secondary);
        let mut buttons = vec![edit];
        if is_whole {
            buttons.insert(0, button(send, "discord_desk.send", ButtonStyle::Primary));
        }
        vec![CreateActionRow::Buttons(buttons)]
    }

    /// Sends the words that were shown, unless they are others by now.
    pub(super) async fn send_offer(
        &self,
        number: TicketNumber,
        offer: Offer,
        who: &Who,
        by: &Operator,
    ) -> Result<Told, FlowError> {
        match self.words_of(number, &offer.piece, by).await? {
            Some((_, text)) if said(&text) == offer.said => self.send_words(number, offer.key, &text, who, by).await,
            Some(_) => self.preview(number, offer.key, offer.piece, who, by).await,
            None => Ok(Told::only(self.in_words(who, "discord_desk.no_such_words", &[]))),
        }
    }

    /// Sends words to the employee, once for this key; in the outbox, like everything that an operator writes in the desk.
    pub(super) async fn send_words(
        &self,
        number: TicketNumber,
        key: u64,
        text: &str,
        who: &Who,
        by: &Operator,
    ) -> Result<Told, FlowError> {
        if !fields(text).is_empty() {
            return Ok(Told::only(self.in_words(who, "discord_desk.still_fields", &[])));
        }
        let (text, _) = (self.filter)(text);
        let receipt = Receipt { channel: channel_name(), external_id: ExternalId::new(format!("reply-{key}")) };
        let outcome = self.flows.handle_once(number, by, Wish::Reply(text, Written::InDesk), Some(receipt)).await?;
        let text = match outcome {
            Outcome::Already => self.in_words(who, "discord_desk.sent_already", &[]),
            outcome => self.outcome_told(number, &outcome, "discord_desk.sent", who),
        };
        Ok(Told::only(text))
    }

    /// The words as they are for this ticket; `None` where they are gone.
    pub(super) async fn words_of(
        &self,
        number: TicketNumber,
        piece: &Piece,
        by: &Operator,
    ) -> Result<Option<(TicketSummary, String)>, FlowError> {
        match piece {
            Piece::Article(slug) => {
                let (ticket, found) = self.flows.passage_for(number, slug, by).await?;
                Ok(found.map(|found| {
                    let url = self.facts.article_url(&found.article);
                    (ticket, format!("{}\n\n{}\n\n{url}", found.title, plain(&found.passage)))
                }))
            }
            Piece::Reply(lang, slug) => {
                let ticket = self.flows.ticket_alone(number, by).await?;
                let replies = self.replies.standard_replies();
                let wanted = replies.iter().find(|reply| reply.lang == *lang && reply.slug == *slug);
                Ok(wanted.map(|reply| {
                    let text = fill(&reply.body, &self.values(&ticket, by, reply.lang));
                    (ticket, text)
                }))
            }
        }
    }

    fn values<'v>(&'v self, ticket: &'v TicketSummary, by: &'v Operator, lang: Lang) -> Values<'v> {
        Values {
            name: ticket.employee_name.as_deref(),
            number: ticket.number,
            operator: &by.name,
            group: self.facts.groups.get(&ticket.group).map_or(ticket.group.as_str(), |group| group.name(lang)),
            phone: self.facts.urgent_phone.as_deref(),
        }
    }

    /// The articles that may answer a ticket's question, to choose one from.
    pub(super) async fn suggested_articles(&self, number: TicketNumber, who: &Who, by: &Operator) -> Result<Told, FlowError> {
        let view = self.flows.ticket(number, by).await?;
        let named = number.to_string();
        let Some(select) = article_select(number, who.interaction, &view.suggested) else {
            return Ok(Told::only(self.in_words(who, "discord_desk.no_articles", &[("number", &named)])));
        };
        let list = view.suggested.iter().map(|found| {
            let percent = ((found.confidence.get() + 5) / 10).to_string();
            let (title, url) = (as_written(&found.title), self.facts.article_url(&found.article));
            self.in_words(who, "discord_desk.article", &[("title", &title), ("percent", &percent), ("url", &url)])
        });
        let list = list.collect::<Vec<_>>().join("\n");
        let text = self.in_words(who, "discord_desk.articles", &[("number", &named), ("list", &list)]);
        Ok(Told { text: split(&text, SHOWN).swap_remove(0), rows: vec![select] })
    }
}

/// What tells one text from another, in a few characters.
fn said(text: &str) -> String {
    short_hash(text).chars().take(8).collect()
}
