//! The chat page.

use maud::{Markup, html};

use super::super::files::{self, Target};
use super::super::line::{Side, line};
use super::super::reader::Reader;
use super::super::shell::{Nav, Shell};
use super::super::suggest;
use super::super::typing;
use super::news;
use super::talk::Talk;
use crate::desk::{LONGEST_TEXT, open_choices};
use crate::domain::conversation::Phase;
use crate::domain::ids::ConversationId;
use crate::domain::message::Action;
use crate::ports::TicketSummary;

/// Where the chat is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Setting {
    /// On the front page, which shows the latest conversation.
    Front,
    /// On the page of one conversation, so that what is written belongs to it.
    Conversation,
    /// On a page in another site's frame.
    Frame,
}

impl Setting {
    /// Where the page is.
    pub(super) const fn address(self) -> &'static str {
        if matches!(self, Self::Frame) { super::super::embed::ADDRESS } else { "/" }
    }
}

/// What the page shows.
pub(super) struct Shown<'t> {
    /// The conversation, if one has begun.
    pub(super) talk: Option<&'t Talk>,
    /// An earlier conversation to go back to.
    pub(super) earlier: Option<ConversationId>,
    /// Where.
    pub(super) setting: Setting,
}

/// The whole page.
pub(super) fn page(reader: &Reader, shown: &Shown<'_>) -> Markup {
    let &Shown { talk, earlier, setting } = shown;
    let title = reader.say("chat.title");
    let follow = talk.map(|talk| news::address(talk.conversation.id, talk.lines.last().map(|recorded| recorded.line.id)));
    let (nav, scripts): (_, &[_]) = match setting {
        Setting::Frame => (Nav::Frame, &["chat.js", "frame.js"]),
        Setting::Front | Setting::Conversation => (Nav::Employee, &["chat.js"]),
    };
    Shell::new(reader, title, nav).scripts(scripts).events(follow).render(&html! {
        @if setting == Setting::Frame { (around(reader)) }
        div.row.apart.ahead {
            h1.ds-heading data-size="md" { (title) }
            form #anew method="post" action="/chat/new" hidden[talk.is_none()] {
                (in_frame(setting))
                button.ds-button.slim data-variant="secondary" data-size="sm" { (reader.say("chat.new")) }
            }
        }
        @if talk.is_none() { (welcome(reader, earlier)) }
        h2.unseen { (reader.say("chat.log")) }
        div #log .log role="log" aria-live="polite" aria-label=(reader.say("chat.log")) data-follow {
            @for recorded in talk.iter().flat_map(|talk| &talk.lines) { (line(reader, recorded, Side::Employee)) }
        }
        @match talk {
            Some(talk) => (typing::for_employee(reader, talk.conversation.id).region),
            None => p #typing .typing {},
        }
        p #working .typing hidden { (reader.say("chat.working")) " " span.dots aria-hidden="true" {} }
        (choices(reader, talk))
        (status(reader, talk))
        (compose(reader, shown))
        @if let Some(talk) = talk { (files::form(reader, Target::Conversation(talk.conversation.id))) }
        @if talk.is_none() { (examples(reader)) }
    })
}

/// What the page in a frame has in place of a header.
fn around(reader: &Reader) -> Markup {
    html! {
        div #frame .row.apart data-origins=(reader.desk().embedded_by.join(" ")) {
            a href="/" { (reader.say("embed.own_window")) }
            button #close .ds-button.slim type="button" data-variant="tertiary" data-size="sm" data-needs-script hidden { (reader.say("embed.close")) }
        }
    }
}

fn in_frame(setting: Setting) -> Markup {
    html! { @if setting == Setting::Frame { input type="hidden" name="frame" value="1"; } }
}

fn welcome(reader: &Reader, earlier: Option<ConversationId>) -> Markup {
    html! {
        div #welcome {
            p.lead { (reader.say("chat.welcome")) }
            @if let Some(id) = earlier { p { a href={ "/chat/" (id) } { (reader.say("chat.earlier")) } } }
        }
    }
}

/// Suggested questions. They stand after the field, so that Enter in it presses its own button and not the first of these.
fn examples(reader: &Reader) -> Markup {
    let examples = ["chat.example_password", "chat.example_vpn", "chat.example_expenses"];
    html! {
        section #examples aria-labelledby="examples-label" {
            h2 #examples-label .label { (reader.say("chat.examples")) }
            div.examples {
                @for example in examples {
                    @let text = reader.say(example);
                    button.ds-button data-variant="secondary" data-size="sm" form="compose" name="example" value=(text) formnovalidate { (text) }
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
                        button.ds-button data-variant="secondary" lang=(line.lang) {
                            (reader.desk().wording.action(action, &line.content, line.lang))
                        }
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
    let number = ticket.number.to_string();
    html! {
        section #status .ds-card.(kind) aria-label=(reader.say("chat.status")) {
            p {
                b { (reader.fill("chat.status_number", &[("number", &number), ("group", reader.group(&ticket.group))])) }
            }
            p { (next(reader, phase, ticket)) }
            p.own { a href={ "/chat/tickets/" (number) } { (reader.say("chat.status_more")) } }
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

fn compose(reader: &Reader, shown: &Shown<'_>) -> Markup {
    let first = shown.talk.is_none();
    let named = shown.talk.filter(|_| shown.setting == Setting::Conversation).map(|talk| talk.conversation.id);
    html! {
        form #compose .compose.first[first] method="post" action="/chat" data-unsent=(reader.say("chat.unsent"))
            data-keys=(reader.say("chat.keys")) {
            input type="hidden" name="client_id" value=(reader.desk().ids.secret());
            @if let Some(id) = named { input type="hidden" name="conversation" value=(id); }
            (in_frame(shown.setting))
            p #said-back .said-back role="status" {}
            div.ds-field.field {
                label.ds-label for="text" { (reader.say("chat.text")) }
                (field(reader, first))
            }
            @if first {
                div.ds-field.field data-once {
                    label.ds-label for="name" { (reader.say("chat.name")) }
                    input #name .ds-input type="text" name="name" maxlength="60" autocomplete="name";
                }
            }
            div.row.apart {
                p #keys .hint data-needs-script hidden { (reader.say(if first { "chat.keys_first" } else { "chat.keys" })) }
                button.ds-button.main { (reader.say("chat.send")) }
            }
            noscript {
                p.hint { (reader.say("chat.reload")) " " a href=(reader.address) { (reader.say("chat.reload_link")) } }
            }
        }
    }
}

/// A line for the first question, under which suggestions appear; an area for all that is written later.
fn field(reader: &Reader, first: bool) -> Markup {
    html! {
        @if first {
            div.suggesting {
                input #text .ds-input type="text" name="text" required maxlength=(LONGEST_TEXT) autocomplete="off" aria-describedby="keys"
                    data-suggest=(suggest::address(reader.lang)) data-label=(reader.say("chat.suggest_label"));
            }
        } @else {
            textarea #text .ds-input name="text" rows="2" required maxlength=(LONGEST_TEXT) data-enter-sends data-paste-to="file-form"
                aria-describedby="keys" {}
        }
    }
}
