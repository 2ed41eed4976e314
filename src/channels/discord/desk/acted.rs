//! An operator pressed, chose or filled in a form. It is carried out first, and Discord is told afterwards what became of it: what
//! is acknowledged is done. A form can only be shown instead of that.

use std::future::Future;
use std::sync::Arc;

use serenity::all::{
    ComponentInteraction, ComponentInteractionDataKind, CreateInteractionResponse, CreateModal, InteractionId, MessageId,
    ModalInteraction,
};

use super::super::bot::Bot;
use super::super::interactions::{alone, heeded};
use super::super::lanes::soon;
use super::super::rest::within;
use super::deed::{Acting, Deed, Menu, Told, Who};
use super::offer::{Offer, Piece};
use super::press_id::{CardButton, DeskForm, DeskPress};
use crate::domain::ids::{GroupId, IncidentNumber, Slug, TicketNumber};
use crate::domain::operator_side::Wish;
use crate::domain::ticket::{Assessment, Impact, Urgency};

/// Where an answer is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    /// In a message of its own, where there is something to tell that this card does not show.
    Beside(MessageId),
    /// In a message of its own.
    Apart,
    /// In the place of the message that was acted on.
    InPlace,
}

/// What Discord takes one response to.
pub(super) struct Awaiting {
    pub(super) id: InteractionId,
    pub(super) token: String,
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
                heeded(press.id, within(press.create_response(&self.http, CreateInteractionResponse::Modal(form))).await);
            }
            Step::Do(answer, deed) => {
                let awaiting = Awaiting { id: press.id, token: press.token };
                self.carry_out_in_turn(awaiting, number, deed, answer, who).await;
            }
            Step::Nothing => {}
        }
    }

    async fn what_follows(&self, press: &ComponentInteraction, number: TicketNumber, pressed: DeskPress, who: &Who) -> Step {
        use Answer::{Apart, InPlace};
        let (beside, chosen) = (Answer::Beside(press.message.id), chosen(press));
        let deed = match pressed {
            DeskPress::Card(CardButton::Take) => return Step::Do(beside, Deed::Wish(Wish::Take, "discord_desk.took")),
            DeskPress::Card(CardButton::Release) => {
                return Step::Do(beside, Deed::Wish(Wish::Release, "discord_desk.released"));
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
        let awaiting = Awaiting { id: filled.id, token: filled.token };
        self.carry_out_in_turn(awaiting, number, deed, answer, who).await;
    }

    async fn carry_out_in_turn(self: &Arc<Self>, awaiting: Awaiting, number: TicketNumber, deed: Deed, answer: Answer, who: Who) {
        let bot = Arc::clone(self);
        let done = if let Deed::Wish(_, done) = &deed { Some(*done) } else { None };
        self.in_turn(awaiting, who.order(), async move {
            let told = bot.carry_out(number, deed, &who).await;
            let shown = done.map(|done| bot.in_words(&who, done, &[("number", &number.to_string())]));
            bot.response(answer, told, shown.as_deref())
        })
        .await;
    }

    /// Does something in the lane of the place where somebody acted, and then responds with what came of it. What was written in a
    /// room before a ticket was handled belongs to what it was before, so that goes first; but it is not let to hold up for long
    /// what Discord waits for.
    pub(super) async fn in_turn(
        self: &Arc<Self>,
        awaiting: Awaiting,
        (place, order): (u64, u64),
        work: impl Future<Output = CreateInteractionResponse> + Send + 'static,
    ) {
        let (bot, latest) = (Arc::clone(self), soon());
        let work = async move {
            bot.lanes.after_what_came_before(order, latest).await;
            let response = work.await;
            bot.respond(awaiting.id, &awaiting.token, response).await;
        };
        self.lanes.push_awaited(place, order, latest, Box::pin(work)).await;
    }

    /// What the card shows by itself need not be told; a card that is left as it stands shows nothing new.
    fn response(&self, answer: Answer, told: Told, shown_by_card: Option<&str>) -> CreateInteractionResponse {
        let Told { text, rows } = told;
        match answer {
            Answer::Beside(card) if shown_by_card == Some(&text) && self.is_editable(card) => {
                CreateInteractionResponse::Acknowledge
            }
            Answer::Beside(_) | Answer::Apart => CreateInteractionResponse::Message(alone(text).components(rows)),
            Answer::InPlace => CreateInteractionResponse::UpdateMessage(alone(text).components(rows)),
        }
    }
}

/// The one thing that was chosen.
fn chosen(press: &ComponentInteraction) -> Option<&str> {
    match &press.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.first().map(String::as_str),
        _ => None,
    }
}
