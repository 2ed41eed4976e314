//! What an operator can do with a ticket, as it stands. What they may do is asked in the flows, whatever is shown here.

use maud::{Markup, html};

use super::super::files::{Target, form_id};
use super::spot::Spot;
use super::{article, verbs};
use crate::desk::LONGEST_TEXT;
use crate::domain::draft::DraftKind;
use crate::domain::message::Visibility;
use crate::domain::ticket::Status;

/// How the ticket stands to the operator who looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand<'t> {
    /// Nobody has it.
    Free,
    /// The reader has it.
    Mine,
    /// This operator has it.
    Theirs(&'t str),
    /// This operator resolved it.
    Resolved(&'t str),
}

impl<'t> Stand<'t> {
    /// How it stands to the reader.
    pub(super) fn of(spot: Spot<'t>) -> Self {
        match (spot.ticket.status, &spot.ticket.holder) {
            (Status::Resolved, holder) => Self::Resolved(holder.as_ref().map_or("", |holder| &holder.name)),
            (_, Some(holder)) if holder.id == spot.by.id => Self::Mine,
            (_, Some(holder)) => Self::Theirs(&holder.name),
            (_, None) => Self::Free,
        }
    }
}

/// Everything but the note: the element with the id `work-<number>`. The reply holds what was begun of it.
pub(super) fn work(spot: Spot<'_>, begun: &str) -> Markup {
    let stand = Stand::of(spot);
    let open = !matches!(stand, Stand::Resolved(_));
    html! {
        section.work id=(spot.id("work")) aria-label=(spot.landmark(spot.say("desk.actions"))) {
            div.ds-card.strip.row.apart {
                p { (sentence(spot, stand)) }
                @if spot.works() {
                    @match stand {
                        Stand::Free => (button(spot, "take", "desk.take", "primary")),
                        Stand::Mine => (button(spot, "release", "desk.release", "secondary")),
                        Stand::Theirs(_) | Stand::Resolved(_) => {},
                    }
                }
            }
            @if spot.works() {
                @if open { (reply(spot, stand, begun)) }
                (verbs::all(spot, stand))
            }
            (article::button(spot))
        }
    }
}

fn sentence(spot: Spot<'_>, stand: Stand<'_>) -> String {
    match stand {
        Stand::Free => spot.say("desk.is_free").to_owned(),
        Stand::Mine => spot.say("desk.is_mine").to_owned(),
        Stand::Theirs(name) => spot.reader.fill("desk.is_theirs", &[("name", name)]),
        Stand::Resolved(name) => spot.reader.fill("desk.is_resolved", &[("name", name)]),
    }
}

fn button<'p>(spot: Spot<'p>, verb: &str, key: &'p str, kind: &str) -> Markup {
    let shortcut = (verb == "take").then_some(verb);
    html! {
        form id=(spot.id(&format!("{verb}-form"))) method="post" action=(spot.address(verb)) data-live {
            (spot.back())
            button.ds-button data-size="sm" data-variant=(kind) id=(spot.id(&format!("{verb}-button"))) data-key=[shortcut] { (spot.say(key)) }
        }
    }
}

fn reply(spot: Spot<'_>, stand: Stand<'_>, begun: &str) -> Markup {
    let closed = matches!(stand, Stand::Theirs(_));
    let (text, keys, told) = (spot.id("reply-text"), spot.id("reply-keys"), spot.id("reply-text-told"));
    let paste_to = form_id(Target::Ticket(spot.ticket.number, Visibility::Everyone));
    let send = spot.reader.fill("ticket.reply_send", &[("name", spot.addressee())]);
    html! {
        form.ds-card.reply-form id=(spot.id("reply-form")) method="post" action=(spot.address("reply")) data-live
            aria-label=(spot.landmark(spot.say("desk.reply"))) {
            (spot.back())
            input type="hidden" name="for" value=(DraftKind::Reply.as_str());
            div.ds-field {
                label.ds-label for=(text) { (spot.say("desk.reply")) }
                textarea.ds-input id=(text) name="text" rows="5" required maxlength=(LONGEST_TEXT) lang=(spot.ticket.lang)
                    disabled[closed] aria-describedby=(keys) data-key="reply" data-draft="reply" data-keep=(spot.address("draft"))
                    data-typing=(spot.address("typing")) data-paste-to=(paste_to) { (begun) }
                p.hint id=(keys) {
                    (spot.reader.fill("ticket.reply_keys", &[("name", spot.addressee())]))
                    @if stand == Stand::Free { " " (spot.say("desk.reply_takes")) }
                }
            }
            p.hint.told id=(told) data-told {}
            button.ds-button id=(spot.id("reply-button")) disabled[closed] { (send) }
        }
    }
}
