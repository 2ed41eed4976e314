//! What a conversation makes of its employee's words and choices.

use super::advice::{Advice, weigh_advised};
use super::answer::{Answer, Candidate, Choice, Intent, Understanding, Verdict};
use super::conversation::{Conversation, Phase, Shown};
use super::decision::{Decision, Draft, Errand, Moment, Receipt};
use super::event::Happened;
use super::ids::{GroupId, MessageId, Slug};
use super::incident::{Known, Watched, touched};
use super::lang::Lang;
use super::message::{Action, Author, Content, HandOff, HandOffReason, IncomingMessage, Redacted, SmallTalk, Visibility};
use super::own_ticket::OwnTicket;
use super::place::Delivery;
use super::policy::Policy;
use super::routing::route;
use super::ticket::{Priority, SupportLine, TicketState};

/// A message with all that was looked up about it.
#[derive(Clone, Copy, Debug)]
pub struct Heard<'a> {
    /// The message.
    pub message: &'a IncomingMessage,
    /// What was understood of it.
    pub understood: &'a Understanding,
    /// The employee's own tickets, newest first; only needed where they ask for them.
    pub own: &'a [OwnTicket],
    /// What was looked up about the question in hand; only needed where a person is asked for, or an answer refused.
    pub about: Option<About<'a>>,
    /// What a language model advised, where one was asked.
    pub advice: Option<&'a Advice>,
    /// The incidents that are open, and the message's words to hold against them.
    pub known: Known<'a>,
}

/// What was looked up about the question that a choice is about.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The question's text; empty where none was asked.
    pub question: &'a str,
    /// The articles for it, best first.
    pub candidates: &'a [Candidate],
    /// The article that was chosen from an offer, in the conversation's language where it exists.
    pub chosen: Option<&'a Candidate>,
    /// The incident that was told of, as it stands now.
    pub incident: Option<&'a Watched>,
}

impl<'a> About<'a> {
    /// A question with the articles for it, and nothing else.
    #[must_use]
    pub const fn of(question: &'a str, candidates: &'a [Candidate]) -> Self {
        Self { question, candidates, chosen: None, incident: None }
    }
}

/// What follows from a message goes on with its conversation, or opens one; what is said to it replies to it.
pub(super) fn going_on<'m>(
    current: Option<Conversation>,
    message: &IncomingMessage,
    lang: Lang,
    moment: &'m mut Moment,
) -> Draft<'m> {
    let mut draft = match current {
        Some(conversation) => Draft::of(conversation, moment),
        None => Draft::opening(message.place.clone(), message.employee.clone(), lang, moment),
    };
    draft.in_reply_to(Some(message.external_id.clone()));
    draft
}

/// Decides what follows from a message. `current` is the conversation it belongs to, if there is one.
#[must_use]
pub fn receive(current: Option<Conversation>, heard: Heard<'_>, policy: &Policy, moment: &mut Moment) -> Decision {
    let message = heard.message;
    let lang = spoken(current.as_ref(), message, heard.understood);
    let mut draft = going_on(current, message, lang, moment);
    match draft.conversation().phase {
        Phase::WithDesk => add_to_ticket(&mut draft, heard),
        Phase::Resolved => after_resolution(&mut draft, heard, lang, policy),
        Phase::Ended if heard.understood.intent == Intent::No && ended_with_its_ticket(draft.conversation()) => {
            chat_line(&mut draft, heard, lang);
            reopen(&mut draft, policy);
        }
        Phase::WithBot | Phase::Ended => converse(&mut draft, heard, lang, policy),
    }
    draft.decide(Some(receipt_of(message)))
}

/// What makes the same message twice one.
pub(super) fn receipt_of(message: &IncomingMessage) -> Receipt {
    Receipt { channel: message.place.channel.clone(), external_id: message.external_id.clone() }
}

/// The language that a message is answered in.
#[must_use]
pub fn spoken(current: Option<&Conversation>, message: &IncomingMessage, understood: &Understanding) -> Lang {
    let chosen = message.lang.chosen().or(understood.lang);
    chosen.or_else(|| current.map(|conversation| conversation.lang)).unwrap_or_else(|| message.lang.lang())
}

/// Whether the bot would answer a message from the articles, or at least try to.
#[must_use]
pub fn answers(current: Option<&Conversation>, understood: &Understanding) -> bool {
    understood.intent == Intent::Question && current.is_none_or(|conversation| conversation.phase != Phase::WithDesk)
}

/// The desk has the matter: the line is kept for the operator, and the bot says nothing,
/// except to somebody who asks for their place in a queue where nobody has answered yet.
fn add_to_ticket(draft: &mut Draft<'_>, heard: Heard<'_>) {
    add_line(draft, heard.message.text.clone());
    let waiting = draft.conversation().open_ticket().is_some_and(|ticket| ticket.state == TicketState::Waiting);
    if heard.understood.intent == Intent::OwnTickets && waiting {
        draft.say(Author::Bot, Content::OwnTickets(heard.own.to_vec()));
    }
}

fn add_line(draft: &mut Draft<'_>, text: Redacted) -> MessageId {
    let message = draft.record(Author::Employee, Visibility::Everyone, Content::Text(text));
    super::operator_side::wake(draft, Author::Employee);
    draft.happened(Author::Employee, Happened::Added { message });
    message
}

/// Decides what follows when an employee adds something to a ticket of theirs from elsewhere: whoever reads where the conversation
/// lives is shown it. `None` where the desk does not have it now.
#[must_use]
pub fn add(conversation: &Conversation, text: Redacted, receipt: Option<Receipt>, moment: &mut Moment) -> Option<Decision> {
    conversation.open_ticket()?;
    let mut draft = Draft::of(conversation.clone(), moment);
    let message = add_line(&mut draft, text);
    if draft.conversation().place.delivery == Delivery::Pushed {
        draft.errand(Errand::Say { message, reply_to: None });
    }
    Some(draft.decide(receipt))
}

fn after_resolution(draft: &mut Draft<'_>, heard: Heard<'_>, lang: Lang, policy: &Policy) {
    match heard.understood.intent {
        Intent::Yes | Intent::SmallTalk(SmallTalk::Thanks) => {
            chat_line(draft, heard, lang);
            confirm(draft);
        }
        Intent::No | Intent::Person => {
            chat_line(draft, heard, lang);
            reopen(draft, policy);
        }
        _ => converse(draft, heard, lang, policy),
    }
}

/// Whether the matter that ended last is the resolved ticket's, and not a question that came after it.
fn ended_with_its_ticket(conversation: &Conversation) -> bool {
    let about = conversation.ticket.as_ref().filter(|_| conversation.resolved_ticket().is_some()).map(|ticket| ticket.question);
    about.is_some_and(|about| conversation.question.is_none_or(|question| question == about))
}

pub(super) fn converse(draft: &mut Draft<'_>, heard: Heard<'_>, lang: Lang, policy: &Policy) {
    match heard.understood.intent {
        Intent::Question => {
            ask(draft, heard, lang);
            match about_incident(draft, heard, policy) {
                Some(watched) => tell_of_incident(draft, watched),
                None => answer(draft, own_words(heard), heard.advice, policy),
            }
        }
        Intent::Critical => {
            let question = ask(draft, heard, lang);
            hand_off(draft, question, own_words(heard), HandOffReason::Critical, policy);
        }
        Intent::Person => want_person(draft, heard, lang, policy),
        Intent::OwnTickets => {
            chat_line(draft, heard, lang);
            draft.say(Author::Bot, Content::OwnTickets(heard.own.to_vec()));
        }
        Intent::Yes | Intent::No if matches!(draft.conversation().shown, Shown::Incident(_)) => {
            let line = chat_line(draft, heard, lang);
            let about = heard.about.unwrap_or_else(|| own_words(heard));
            match heard.understood.intent {
                Intent::Yes => await_end(draft, line, about, policy),
                _ => answer(draft, about, None, policy),
            }
        }
        Intent::No if draft.conversation().shown != Shown::Nothing => {
            let line = chat_line(draft, heard, lang);
            draft.happened(Author::Employee, Happened::DidNotHelp);
            hand_off_current(draft, line, heard, HandOffReason::DidNotHelp, policy);
        }
        Intent::Yes if matches!(draft.conversation().shown, Shown::Answer(_)) => {
            chat_line(draft, heard, lang);
            helped(draft);
        }
        Intent::SmallTalk(kind) => small_talk(draft, heard, lang, kind),
        Intent::Yes | Intent::No => small_talk(draft, heard, lang, SmallTalk::Other),
    }
}

fn small_talk(draft: &mut Draft<'_>, heard: Heard<'_>, lang: Lang, kind: SmallTalk) {
    chat_line(draft, heard, lang);
    draft.say(Author::Bot, Content::SmallTalk(kind));
}

pub(super) fn ask(draft: &mut Draft<'_>, heard: Heard<'_>, lang: Lang) -> MessageId {
    let line = draft.record(Author::Employee, Visibility::Everyone, Content::Question(heard.message.text.clone()));
    draft.happened(Author::Employee, Happened::Asked { message: line, lang });
    tell_of_secrets(draft, heard);
    line
}

fn chat_line(draft: &mut Draft<'_>, heard: Heard<'_>, lang: Lang) -> MessageId {
    let line = draft.record(Author::Employee, Visibility::Everyone, Content::Text(heard.message.text.clone()));
    draft.happened(Author::Employee, Happened::Chatted { message: line, lang });
    tell_of_secrets(draft, heard);
    line
}

fn tell_of_secrets(draft: &mut Draft<'_>, heard: Heard<'_>) {
    if !heard.message.secrets.is_empty() {
        let mut kinds = heard.message.secrets.clone();
        kinds.sort_unstable();
        kinds.dedup();
        draft.say(Author::Bot, Content::SecretsRemoved(kinds));
    }
}

pub(super) fn own_words(heard: Heard<'_>) -> About<'_> {
    About::of(heard.message.text.as_str(), heard.understood.candidates.as_slice())
}

fn answer(draft: &mut Draft<'_>, about: About<'_>, advice: Option<&Advice>, policy: &Policy) {
    let candidates = about.candidates;
    match weigh_advised(candidates, policy.thresholds, advice.and_then(|advice| advice.opinion.as_ref())) {
        Verdict::Answer(first) => {
            let direct = advice.and_then(|advice| advice.direct.clone());
            show(draft, Answer { direct, ..first.into() });
        }
        Verdict::Offer(some) => {
            let message = draft.say(Author::Bot, Content::Offer(some.iter().copied().map(Choice::from).collect()));
            let articles = some.iter().map(|candidate| candidate.article.clone()).collect();
            draft.happened(Author::Bot, Happened::Offered { message, articles });
        }
        Verdict::HandOff => {
            if let Some(question) = draft.conversation().question {
                hand_off(draft, question, about, HandOffReason::NoAnswer, policy);
            }
        }
    }
}

fn show(draft: &mut Draft<'_>, answer: Answer) {
    let (article, confidence) = (answer.article.clone(), answer.confidence);
    let message = draft.say(Author::Bot, Content::Answer(answer));
    draft.happened(Author::Bot, Happened::Answered { message, article, confidence });
}

fn want_person(draft: &mut Draft<'_>, heard: Heard<'_>, lang: Lang, policy: &Policy) {
    let line = chat_line(draft, heard, lang);
    hand_off_current(draft, line, heard, HandOffReason::Asked, policy);
}

/// Hands off the question in hand, or, where none was asked, the line that asked for a person. Such a line says little of the
/// matter: only an article that would have answered it tells the group.
fn hand_off_current(draft: &mut Draft<'_>, line: MessageId, heard: Heard<'_>, reason: HandOffReason, policy: &Policy) {
    let candidates = &heard.understood.candidates;
    let is_clear = candidates.first().is_some_and(|first| first.confidence >= policy.thresholds.answer);
    let candidates: &[Candidate] = if is_clear { candidates } else { &[] };
    let own_words = About::of(heard.message.text.as_str(), candidates);
    match (draft.conversation().question, heard.about) {
        (Some(question), Some(about)) => hand_off(draft, question, about, reason, policy),
        (question, _) => hand_off(draft, question.unwrap_or(line), own_words, reason, policy),
    }
}

pub(super) fn hand_off(draft: &mut Draft<'_>, question: MessageId, about: About<'_>, reason: HandOffReason, policy: &Policy) {
    let group = group_for(draft, about, policy);
    open_ticket(draft, question, group, reason);
    super::operator_side::show_card(draft, policy);
}

/// The group that takes the employee's matter.
fn group_for(draft: &Draft<'_>, about: About<'_>, policy: &Policy) -> GroupId {
    route(about.question, about.candidates, &policy.groups, draft.conversation().employee.organisation.as_deref())
}

fn open_ticket(draft: &mut Draft<'_>, question: MessageId, group: GroupId, reason: HandOffReason) {
    let ticket = draft.fresh_ticket();
    let priority = if reason == HandOffReason::Critical { Priority::Critical } else { Priority::Normal };
    let line = SupportLine::First;
    draft.happened(Author::Bot, Happened::HandedOff { ticket, question, group: group.clone(), line, priority, reason });
    draft.say(Author::Bot, Content::HandedOff(HandOff { ticket, number: None, group, priority, reason }));
    if draft.conversation().place.delivery == Delivery::Pushed {
        draft.errand(Errand::OpenRoom { ticket });
    }
}

/// The incident that the message is about, where it is about one.
fn about_incident<'a>(draft: &Draft<'_>, heard: Heard<'a>, policy: &Policy) -> Option<&'a Watched> {
    touched(heard.known, &heard.understood.candidates, policy.thresholds.offer, draft.now())
}

fn tell_of_incident(draft: &mut Draft<'_>, watched: &Watched) {
    let told = watched.incident.told(watched.number, draft.conversation().lang, draft.now());
    let message = draft.say(Author::Bot, Content::KnownIncident(told));
    draft.happened(Author::Bot, Happened::ToldOfIncident { message, incident: watched.incident.id });
}

/// The employee wants a word when the incident is over: a ticket that waits for it, and that nobody has to take. Its operators
/// get no card of it. Where the incident is over already, they are told so.
fn await_end(draft: &mut Draft<'_>, line: MessageId, about: About<'_>, policy: &Policy) {
    let Some(Watched { number, incident, .. }) = about.incident else { return };
    if !incident.is_open() {
        let incident = incident.told(*number, draft.conversation().lang, draft.now());
        draft.say(Author::Bot, Content::IncidentEnded { ticket: None, incident });
        return;
    }
    let question = draft.conversation().question.unwrap_or(line);
    let organisation = draft.conversation().employee.organisation.as_deref();
    let own = incident.matter.touches.groups.iter().find(|group| policy.groups.serves(group, organisation));
    let group = own.cloned().unwrap_or_else(|| group_for(draft, about, policy));
    open_ticket(draft, question, group, HandOffReason::Incident);
    draft.happened(Author::Employee, Happened::LinkedToIncident { incident: incident.id });
}

/// Decides what follows from a choice; `None` where there is nothing to choose any more.
#[must_use]
pub fn press(
    conversation: &Conversation,
    action: &Action,
    about: About<'_>,
    receipt: Option<Receipt>,
    policy: &Policy,
    moment: &mut Moment,
) -> Option<Decision> {
    if !offers(conversation, action) {
        return None;
    }
    let mut draft = Draft::of(conversation.clone(), moment);
    draft.in_reply_to(receipt.as_ref().map(|receipt| receipt.external_id.clone()));
    let made = match (action, about.chosen) {
        (Action::Choose(_), Some(chosen)) => Content::Chosen(chosen.into()),
        _ => Content::Pressed(action.clone()),
    };
    let line = draft.record(Author::Employee, Visibility::Everyone, made);
    match action {
        Action::Helped => helped(&mut draft),
        Action::NotHelped => {
            draft.happened(Author::Employee, Happened::DidNotHelp);
            let question = conversation.question.unwrap_or(line);
            hand_off(&mut draft, question, about, HandOffReason::DidNotHelp, policy);
        }
        Action::Human if conversation.phase == Phase::Resolved => reopen(&mut draft, policy),
        Action::Human => {
            let question = conversation.question.unwrap_or(line);
            hand_off(&mut draft, question, about, HandOffReason::Asked, policy);
        }
        Action::Choose(_) => show(&mut draft, about.chosen?.into()),
        Action::TellMe => {
            about.incident?;
            await_end(&mut draft, line, about, policy);
        }
        Action::SomethingElse => answer(&mut draft, about, None, policy),
        Action::ResolvedYes => confirm(&mut draft),
        Action::ResolvedNo => reopen(&mut draft, policy),
    }
    Some(draft.decide(receipt))
}

/// Whether the choice can be made as things stand.
#[must_use]
pub fn offers(conversation: &Conversation, action: &Action) -> bool {
    let was_offered = |slug: &Slug| match &conversation.shown {
        Shown::Offer(articles) => articles.iter().any(|article| article.slug == *slug),
        Shown::Answer(_) | Shown::Nothing | Shown::Incident(_) => false,
    };
    match (action, conversation.phase) {
        (Action::Helped, Phase::WithBot) => matches!(conversation.shown, Shown::Answer(_)),
        (Action::NotHelped, Phase::WithBot) => matches!(conversation.shown, Shown::Answer(_) | Shown::Offer(_)),
        (Action::TellMe | Action::SomethingElse, Phase::WithBot) => matches!(conversation.shown, Shown::Incident(_)),
        (Action::Choose(slug), Phase::WithBot) => was_offered(slug),
        (Action::Human, phase) => phase != Phase::WithDesk,
        (Action::ResolvedYes, phase) => phase == Phase::Resolved,
        (Action::ResolvedNo, phase) => phase != Phase::WithDesk && conversation.resolved_ticket().is_some(),
        _ => false,
    }
}

fn helped(draft: &mut Draft<'_>) {
    draft.happened(Author::Employee, Happened::Helped);
    draft.say(Author::Bot, Content::GladItHelped);
}

fn confirm(draft: &mut Draft<'_>) {
    draft.happened(Author::Employee, Happened::Confirmed);
    draft.say(Author::Bot, Content::Confirmed);
}

fn reopen(draft: &mut Draft<'_>, policy: &Policy) {
    let Some(ticket) = draft.conversation().resolved_ticket() else { return };
    draft.happened(Author::Employee, Happened::Reopened);
    draft.say(Author::Bot, Content::Reopened(ticket));
    super::operator_side::show_card(draft, policy);
}
