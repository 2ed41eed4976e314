//! The chat page.

use maud::{Markup, html};

use super::super::files::{self, Target};
use super::super::line::{Side, line};
use super::super::reader::Reader;
use super::super::shell::{Nav, Shell};
use super::news;
use super::talk::Talk;
use crate::desk::{LONGEST_TEXT, open_choices};
use crate::domain::conversation::Phase;
use crate::domain::ids::ConversationId;
use crate::domain::message::Action;
use crate::ports::TicketSummary;

/// The whole page. `by_address` says that the page's own address names the conversation, so that what is written belongs to it.
pub(super) fn page(reader: &Reader, talk: Option<&Talk>, by_address: bool) -> Markup {
    let title = reader.say("chat.title");
    let follow = talk.map(|talk| news::address(talk.conversation.id, talk.lines.last().map(|recorded| recorded.line.id)));
    let named = talk.filter(|_| by_address).map(|talk| talk.conversation.id);
    Shell::new(reader, title, Nav::Employee).events(follow).render(&html! {
        div.row.apart.ahead {
            h1 { (title) }
            form #anew method="post" action="/chat/new" hidden[talk.is_none()] { button.slim { (reader.say("chat.new")) } }
        }
        @if talk.is_none() { (welcome(reader)) }
        h2.unseen { (reader.say("chat.log")) }
        div #log .log role="log" aria-live="polite" aria-label=(reader.say("chat.log")) data-follow {
            @for recorded in talk.iter().flat_map(|talk| &talk.lines) { (line(reader, recorded, Side::Employee)) }
        }
        (choices(reader, talk))
        (status(reader, talk))
        (compose(reader, talk.is_none(), named))
        @if let Some(talk) = talk { (files::form(reader, Target::Conversation(talk.conversation.id))) }
    })
}

fn welcome(reader: &Reader) -> Markup {
    let examples = ["chat.example_password", "chat.example_vpn", "chat.example_expenses"];
    html! {
        div #welcome {
            p.lead { (reader.say("chat.welcome")) }
            p #examples-label .label { (reader.say("chat.examples")) }
            div.examples role="group" aria-labelledby="examples-label" {
                @for example in examples {
                    @let text = reader.say(example);
                    button form="compose" name="example" value=(text) formnovalidate { (text) }
                }
            }
        }
    }
}

/// The choices that are open now: the element with the id `choices`.
pub(super) fn choices(reader: &Reader, talk: Option<&Talk>) -> Markup {
    let open = talk.and_then(|talk| Some((talk, open_choices(&talk.conversation, &talk.lines)?)));
    let Some((talk, (under, actions))) = open else { return html! { div #choices {} } };
    let content = talk.lines.iter().find(|recorded| recorded.line.id == under).map(|recorded| &recorded.line);
    html! {
        div #choices .choices role="group" aria-label=(reader.say("chat.choices")) {
            @for action in &actions {
                form #{ "choice-" (action.id().replace(':', "-")) } .pick[matches!(action, Action::Choose(_))] method="post"
                    action={ "/chat/" (talk.conversation.id) "/actions/" (action.id()) } data-live {
                    input type="hidden" name="line" value=(under);
                    @if let Some(line) = content {
                        button lang=(line.lang) { (reader.desk().wording.action(action, &line.content, line.lang)) }
                    }
                }
            }
        }
    }
}

/// Where the case stands: the element with the id `status`.
pub(super) fn status(reader: &Reader, talk: Option<&Talk>) -> Markup {
    let shown = talk.and_then(|talk| Some((talk.conversation.phase, talk.ticket.as_ref()?)));
    let Some((phase, ticket)) = shown else { return html! { div #status {} } };
    let kind = if matches!(phase, Phase::WithDesk) { "strip" } else { "strip done" };
    html! {
        section #status .card.(kind) aria-label=(reader.say("chat.status")) {
            p {
                b { (reader.fill("chat.status_number", &[("number", &ticket.number.to_string()), ("group", reader.group(&ticket.group))])) }
            }
            p { (next(reader, phase, ticket)) }
        }
    }
}

/// What happens next.
fn next(reader: &Reader, phase: Phase, ticket: &TicketSummary) -> String {
    let name = ticket.holder.as_ref().map(|holder| holder.name.as_str());
    match (phase, name) {
        (Phase::WithDesk, None) => reader.say("chat.status_waiting").to_owned(),
        (Phase::WithDesk, Some(name)) => reader.fill("chat.status_taken", &[("name", name)]),
        (Phase::Resolved, Some(name)) => reader.fill("chat.status_resolved", &[("name", name)]),
        _ => reader.say("chat.status_ended").to_owned(),
    }
}

fn compose(reader: &Reader, first: bool, conversation: Option<ConversationId>) -> Markup {
    html! {
        form #compose .compose.first[first] method="post" action="/chat" data-live {
            input type="hidden" name="client_id" value=(reader.desk().ids.secret());
            @if let Some(id) = conversation { input type="hidden" name="conversation" value=(id); }
            p #said-back .said-back role="status" {}
            label for="text" { (reader.say("chat.text")) }
            textarea #text name="text" rows="2" required maxlength=(LONGEST_TEXT) data-enter-sends data-paste-to="file-form" aria-describedby="keys" {}
            @if first {
                div.field data-once {
                    label for="name" { (reader.say("chat.name")) }
                    input #name type="text" name="name" maxlength="60" autocomplete="name";
                }
            }
            div.row.apart {
                p #keys .hint data-needs-script hidden { (reader.say("chat.keys")) }
                button.main { (reader.say("chat.send")) }
            }
            noscript {
                p.hint { (reader.say("chat.reload")) " " a href=(reader.address) { (reader.say("chat.reload_link")) } }
            }
        }
    }
}
