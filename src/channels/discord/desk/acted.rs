//! An operator pressed, chose or filled in a form. Discord waits three seconds, so it is acknowledged first; a form can only be
//! shown instead of that.

use std::future::Future;
use std::sync::Arc;

use serenity::all::{
    ComponentInteraction, ComponentInteractionDataKind, CreateAllowedMentions, CreateInteractionResponse,
    CreateInteractionResponseFollowup, CreateInteractionResponseMessage, CreateModal, EditInteractionResponse, ModalInteraction,
};
use tracing::{debug, warn};

use super::super::bot::Bot;
use super::super::rest::{RestError, code, within};
use super::deed::{Acting, Deed, Menu, Told, Who};
use super::offer::{Offer, Piece};
use super::press_id::{CardButton, DeskForm, DeskPress};
use crate::domain::ids::{GroupId, IncidentNumber, Slug, TicketNumber};
use crate::domain::operator_side::Wish;
use crate::domain::ticket::{Assessment, Impact, Urgency};

/// Where an answer is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    /// In a message of its own, where there is something to tell that the card does not show.
    Beside,
    /// In a message of its own.
    Apart,
    /// In the place of the message that was acted on.
    InPlace,
}

/// What follows from a press.
enum Step {
    Do(Answer, Deed),
    Ask(CreateModal),
    Nothing,
}

impl Bot {
    pub(super) async fn desk_pressed(self: &Arc<Self>, press: ComponentInteraction, number: TicketNumber, pressed: DeskPress) {
        let who = self.who(&Acting {
            id: press.id.get(),
            user: &press.user,
            guild: press.guild_id,
            member: press.member.as_ref(),
            place: press.channel_id,
            channel: press.channel.as_ref(),
            locale: &press.locale,
        });
        match self.what_follows(&press, number, pressed, &who).await {
            Step::Ask(form) => {
                let shown = within(press.create_response(&self.http, CreateInteractionResponse::Modal(form))).await;
                goes_on(who.interaction, shown);
            }
            Step::Do(answer, deed) => {
                if goes_on(who.interaction, within(press.create_response(&self.http, acknowledgement(answer))).await) {
                    let (bot, order) = (Arc::clone(self), who.order());
                    self.in_order(order, async move { bot.answer_press(&press, number, deed, answer, &who).await }).await;
                }
            }
            Step::Nothing => {}
        }
    }

    async fn what_follows(&self, press: &ComponentInteraction, number: TicketNumber, pressed: DeskPress, who: &Who) -> Step {
        use Answer::{Apart, Beside, InPlace};
        let chosen = chosen(press);
        let deed = match pressed {
            DeskPress::Card(CardButton::Take) => return Step::Do(Beside, Deed::Wish(Wish::Take, "discord_desk.took")),
            DeskPress::Card(CardButton::Release) => {
                return Step::Do(Beside, Deed::Wish(Wish::Release, "discord_desk.released"));
            }
            DeskPress::Card(CardButton::Resolve) => return Step::Ask(self.resolve_form(number, who)),
            DeskPress::Card(CardButton::Transfer) => return Step::Do(Apart, Deed::Menu(Menu::Groups)),
            DeskPress::Card(CardButton::Priority) => return Step::Do(Apart, Deed::Menu(Menu::Impact)),
            DeskPress::Card(CardButton::Incident) => return Step::Do(Apart, Deed::Menu(Menu::Incidents)),
            DeskPress::Announce => return Step::Ask(self.announce_form(number, who)),
            DeskPress::Edit(offer) => return self.edit_first(number, offer, who).await,
            DeskPress::Group => {
                return chosen.map_or(Step::Nothing, |group| Step::Ask(self.transfer_form(number, GroupId::new(group), who)));
            }
            DeskPress::Impact => chosen.and_then(Impact::from_name).map(|impact| Deed::Menu(Menu::Urgency(impact))),
            DeskPress::Urgency(impact) => chosen
                .and_then(Urgency::from_name)
                .map(|urgency| Deed::Wish(Wish::Prioritise(Assessment { impact, urgency }), "discord_desk.prioritised")),
            DeskPress::Incident => {
                chosen.and_then(|chosen| chosen.parse().ok()).map(|number| Deed::Link(IncidentNumber::new(number)))
            }
            DeskPress::Article(key) => chosen.map(|slug| Deed::Preview(key, Piece::Article(Slug::new(slug)))),
            DeskPress::Send(offer) => Some(Deed::Send(offer)),
        };
        deed.map_or(Step::Nothing, |deed| Step::Do(InPlace, deed))
    }

    /// The form with the words; where they cannot be had, the preview is looked at anew, which says why.
    async fn edit_first(&self, number: TicketNumber, offer: Offer, who: &Who) -> Step {
        match self.words_form(number, &offer, who).await {
            Ok(Some(form)) => Step::Ask(form),
            Ok(None) | Err(_) => Step::Do(Answer::InPlace, Deed::Preview(offer.key, offer.piece)),
        }
    }

    async fn answer_press(&self, press: &ComponentInteraction, number: TicketNumber, deed: Deed, answer: Answer, who: &Who) {
        // What was written in the room before a ticket was handled belongs to what it was before.
        self.lanes.after_what_came_before(who.interaction).await;
        let done = if let Deed::Wish(_, done) = &deed { Some(*done) } else { None };
        let told = self.carry_out(number, deed, who).await;
        let told_of = match answer {
            Answer::Apart | Answer::InPlace => within(press.edit_response(&self.http, in_place(told))).await.map(drop),
            // What the card shows by itself need not be told; a card that is left as it stands shows nothing new.
            Answer::Beside => {
                let shows_it = done.is_some_and(|done| told.text == self.in_words(who, done, &[("number", &number.to_string())]));
                if shows_it && self.is_editable(press.message.id) {
                    return;
                }
                within(press.create_followup(&self.http, beside(told))).await.map(drop)
            }
        };
        untold(who, told_of);
    }

    pub(super) async fn desk_form_filled(self: &Arc<Self>, filled: ModalInteraction, number: TicketNumber, form: DeskForm) {
        let who = self.who(&Acting {
            id: filled.id.get(),
            user: &filled.user,
            guild: filled.guild_id,
            member: filled.member.as_ref(),
            place: filled.channel_id,
            channel: filled.channel.as_ref(),
            locale: &filled.locale,
        });
        let answer = if form == DeskForm::Resolve { Answer::Apart } else { Answer::InPlace };
        let deed = self.asked_in(form, &filled.data);
        if goes_on(who.interaction, within(filled.create_response(&self.http, acknowledgement(answer))).await) {
            let (bot, order) = (Arc::clone(self), who.order());
            let work = async move {
                bot.lanes.after_what_came_before(who.interaction).await;
                let told = bot.carry_out(number, deed, &who).await;
                untold(&who, within(filled.edit_response(&bot.http, in_place(told))).await.map(drop));
            };
            self.in_order(order, work).await;
        }
    }

    /// Puts work into the lane of the place where somebody acted.
    pub(super) async fn in_order(self: &Arc<Self>, (place, order): (u64, u64), work: impl Future<Output = ()> + Send + 'static) {
        crate::crash_point!("rest.after_acknowledge");
        self.lanes.push(place, order, Box::pin(work)).await;
    }
}

/// The one thing that was chosen.
fn chosen(press: &ComponentInteraction) -> Option<&str> {
    match &press.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.first().map(String::as_str),
        _ => None,
    }
}

fn acknowledgement(answer: Answer) -> CreateInteractionResponse {
    match answer {
        Answer::Beside | Answer::InPlace => CreateInteractionResponse::Acknowledge,
        Answer::Apart => CreateInteractionResponse::Defer(CreateInteractionResponseMessage::new().ephemeral(true)),
    }
}

/// Whether the work is to be done. What comes twice was acknowledged the first time; where Discord did not hear of it in time, it
/// counts all the same.
pub(super) fn goes_on(interaction: u64, acknowledged: Result<(), RestError>) -> bool {
    match acknowledged {
        Ok(()) => true,
        Err(error) if error.code() == Some(code::ALREADY_ACKNOWLEDGED) => {
            debug!(interaction.id = interaction, "an interaction came twice");
            false
        }
        Err(error) => {
            warn!(interaction.id = interaction, %error, "an interaction could not be acknowledged in time; it counts all the same");
            true
        }
    }
}

/// What is told in the place of a message that only one person sees.
pub(super) fn in_place(told: Told) -> EditInteractionResponse {
    let Told { text, rows } = told;
    EditInteractionResponse::new().content(text).components(rows).allowed_mentions(CreateAllowedMentions::new())
}

fn beside(told: Told) -> CreateInteractionResponseFollowup {
    let told = CreateInteractionResponseFollowup::new().content(told.text).ephemeral(true);
    told.allowed_mentions(CreateAllowedMentions::new())
}

/// What cannot be told is not worth a second try: what was done counts.
pub(super) fn untold(who: &Who, told: Result<(), RestError>) {
    if let Err(error) = told {
        warn!(interaction.id = who.interaction, %error, "an operator could not be told what became of what they did");
    }
}
