//! What an operator can do with a ticket, as it stands. What they may do is asked in the flows, whatever is shown here.

use maud::{Markup, html};

use super::super::reader::Reader;
use crate::desk::LONGEST_TEXT;
use crate::domain::permission::Operator;
use crate::domain::ticket::Status;
use crate::ports::TicketSummary;

/// How the ticket stands to the operator who looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stand<'t> {
    Free,
    Mine,
    Theirs(&'t str),
    Resolved(&'t str),
}

fn stand<'t>(by: &Operator, ticket: &'t TicketSummary) -> Stand<'t> {
    match (ticket.status, &ticket.holder) {
        (Status::Resolved, holder) => Stand::Resolved(holder.as_ref().map_or("", |holder| &holder.name)),
        (_, Some(holder)) if holder.id == by.id => Stand::Mine,
        (_, Some(holder)) => Stand::Theirs(&holder.name),
        (_, None) => Stand::Free,
    }
}

/// Everything but the note: the element with the id `work`.
pub(super) fn work(reader: &Reader, by: &Operator, ticket: &TicketSummary) -> Markup {
    let stand = stand(by, ticket);
    let open = !matches!(stand, Stand::Resolved(_));
    let mine = matches!(stand, Stand::Free | Stand::Mine);
    html! {
        section #work aria-label=(reader.say("desk.actions")) {
            div.card.strip.row.apart {
                p { (sentence(reader, stand)) }
                @match stand {
                    Stand::Free => (button(reader, ticket, "take", "desk.take", "main")),
                    Stand::Mine => (button(reader, ticket, "release", "desk.release", "slim")),
                    Stand::Theirs(_) | Stand::Resolved(_) => {},
                }
            }
            @if open { (reply(reader, ticket, stand)) }
            @if mine {
                (resolve(reader, ticket))
                (transfer(reader, by, ticket))
            }
        }
    }
}

fn sentence(reader: &Reader, stand: Stand<'_>) -> String {
    match stand {
        Stand::Free => reader.say("desk.is_free").to_owned(),
        Stand::Mine => reader.say("desk.is_mine").to_owned(),
        Stand::Theirs(name) => reader.fill("desk.is_theirs", &[("name", name)]),
        Stand::Resolved(name) => reader.fill("desk.is_resolved", &[("name", name)]),
    }
}

fn button(reader: &Reader, ticket: &TicketSummary, verb: &str, key: &str, kind: &str) -> Markup {
    html! {
        form #{ (verb) "-form" } method="post" action=(address(ticket, verb)) data-live {
            button #{ (verb) "-button" } .(kind) { (reader.say(key)) }
        }
    }
}

fn address(ticket: &TicketSummary, verb: &str) -> String {
    format!("/desk/tickets/{}/{verb}", ticket.number)
}

fn reply(reader: &Reader, ticket: &TicketSummary, stand: Stand<'_>) -> Markup {
    let closed = matches!(stand, Stand::Theirs(_));
    html! {
        form #reply-form .card method="post" action=(address(ticket, "reply")) data-live {
            div.field {
                label for="reply-text" { (reader.say("desk.reply")) }
                textarea #reply-text name="text" rows="4" required maxlength=(LONGEST_TEXT) lang=(ticket.lang)
                    disabled[closed] aria-describedby="reply-keys" {}
                p #reply-keys .hint {
                    (reader.say("desk.reply_keys"))
                    @if stand == Stand::Free { " " (reader.say("desk.reply_takes")) }
                }
            }
            button #reply-button .main disabled[closed] { (reader.say("desk.reply_send")) }
        }
    }
}

fn resolve(reader: &Reader, ticket: &TicketSummary) -> Markup {
    html! {
        details #resolve .card {
            summary { (reader.say("desk.resolve")) }
            form #resolve-form method="post" action=(address(ticket, "resolve")) data-live {
                div.field {
                    label for="resolve-text" { (reader.say("desk.resolve_text")) }
                    textarea #resolve-text name="text" rows="2" maxlength=(LONGEST_TEXT) lang=(ticket.lang) {}
                }
                button #resolve-button { (reader.say("desk.resolve_send")) }
            }
        }
    }
}

fn transfer(reader: &Reader, by: &Operator, ticket: &TicketSummary) -> Markup {
    let others: Vec<_> = reader.desk().facts.groups.iter().filter(|group| group.id != ticket.group).collect();
    if others.is_empty() || !by.belongs_to(&ticket.group) {
        return html! {};
    }
    html! {
        details #transfer .card {
            summary { (reader.say("desk.transfer")) }
            form #transfer-form method="post" action=(address(ticket, "transfer")) data-live {
                div.field {
                    label for="transfer-group" { (reader.say("desk.transfer_group")) }
                    select #transfer-group name="group" {
                        @for group in others { option value=(group.id) { (group.name(reader.lang)) } }
                    }
                }
                div.field {
                    label for="transfer-text" { (reader.say("desk.transfer_reason")) }
                    textarea #transfer-text name="text" rows="2" required maxlength=(LONGEST_TEXT) {}
                }
                button #transfer-button { (reader.say("desk.transfer_send")) }
            }
        }
    }
}

/// The form for a note to colleagues: apart from the reply in place, colour and label, and never the same box.
pub(super) fn note(reader: &Reader, ticket: &TicketSummary) -> Markup {
    html! {
        form #note-form .card.note-form method="post" action=(address(ticket, "note")) data-live {
            h2 { (reader.say("desk.note")) }
            div.field {
                label for="note-text" { (reader.say("desk.note_text")) }
                textarea #note-text name="text" rows="2" required maxlength=(LONGEST_TEXT) aria-describedby="note-keys" {}
                p #note-keys .hint { (reader.say("desk.note_keys")) }
            }
            button #note-button { (reader.say("desk.note_save")) }
        }
    }
}
