//! What the lines of a conversation say, as Markdown: the same words in every channel.

use super::stuck::room_news_key;
use super::{Wording, as_written};
use crate::domain::answer::{Answer, ArticleRef, Choice};
use crate::domain::ids::TicketNumber;
use crate::domain::lang::Lang;
use crate::domain::message::{Action, Author, Content, FileRefusal, HandOff, HandOffReason, Secret, SmallTalk};
use crate::domain::own_ticket::OwnTicket;
use crate::domain::routing::Groups;
use crate::domain::ticket::{Priority, Status, SupportLine};
use crate::domain::time::Timestamp;
use crate::ports::Recorded;

/// What the wording needs to know of this installation.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Where the web pages are reached, without a slash at the end.
    pub public_url: String,
    /// The telephone number for what cannot wait.
    pub urgent_phone: Option<String>,
    /// The operator groups, for their names.
    pub groups: Groups,
    /// Whose clock dates are shown in.
    pub timezone: jiff::tz::TimeZone,
}

/// A line in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What is said, in Markdown. For a free text of a person: that text as it is, which is not Markdown.
    pub text: String,
    /// The choices under it, with their labels.
    pub actions: Vec<(Action, String)>,
}

/// What stands for the number of a ticket that was not opened, only shown.
const NOT_NUMBERED: &str = "…";

impl Facts {
    /// Where an article is read whole.
    #[must_use]
    pub fn article_url(&self, article: &ArticleRef) -> String {
        format!("{}/kb/{}/{}", self.public_url, article.lang, article.slug)
    }

    /// Where operators work on a ticket.
    #[must_use]
    pub fn ticket_url(&self, number: TicketNumber) -> String {
        format!("{}/desk/tickets/{number}", self.public_url)
    }

    /// A moment as people write it: `22.11.2026 kl. 15.04` (English: `22 November 2026, 15:04`).
    #[must_use]
    pub fn moment(&self, at: Timestamp, lang: Lang) -> String {
        let Ok(instant) = jiff::Timestamp::from_microsecond(at.micros()) else { return String::new() };
        let format = match lang {
            Lang::Nb | Lang::Nn => "%d.%m.%Y kl. %H.%M",
            Lang::En => "%-d %B %Y, %H:%M",
        };
        instant.to_zoned(self.timezone.clone()).strftime(format).to_string()
    }
}

impl Wording {
    /// A line in words, in the line's own language.
    #[must_use]
    pub fn line(&self, recorded: &Recorded, facts: &Facts) -> Said {
        let line = &recorded.line;
        let text = self.content(&line.content, &line.author, recorded.number, line.lang, facts);
        if recorded.withdrawn && line.author == Author::Bot {
            let text = format!("*{}*\n\n{text}", self.get(line.lang, "talk.replaced"));
            return Said { text, actions: Vec::new() };
        }
        let actions = line.content.actions().into_iter().map(|action| {
            let label = self.action(&action, &line.content, line.lang);
            (action, label)
        });
        Said { text, actions: actions.collect() }
    }

    fn content(&self, content: &Content, author: &Author, number: Option<TicketNumber>, lang: Lang, facts: &Facts) -> String {
        let number = number.map_or_else(|| NOT_NUMBERED.to_owned(), |number| number.to_string());
        match content {
            Content::Question(text) | Content::Text(text) | Content::Note(text) => text.as_str().to_owned(),
            Content::File(file) => file.name.as_str().to_owned(),
            Content::FileRefused { name, why } => self.fill(lang, refusal_key(*why), &[("name", &as_written(name.as_str()))]),
            Content::Edited(text) => self.fill(lang, "talk.edited", &[("text", text.as_str())]),
            Content::Deleted => self.get(lang, "talk.deleted").to_owned(),
            Content::Pressed(action) => self.action(action, content, lang),
            Content::Chosen(choice) => choice.title.clone(),
            Content::Answer(answer) => self.answer(answer, lang, facts),
            Content::Offer(choices) => self.offer(choices, lang),
            Content::KnownIncident(told) => self.known_incident(told, lang, facts),
            Content::IncidentEnded { ticket, incident } => self.incident_ended(incident, ticket.map(|_| number.as_str()), lang),
            Content::SmallTalk(kind) => self.get(lang, small_talk_key(*kind)).to_owned(),
            Content::HandedOff(hand_off) => self.hand_off(hand_off, &number, lang, facts),
            Content::SecretsRemoved(kinds) => self.secrets(kinds, lang),
            Content::OwnTickets(tickets) => self.own_tickets(tickets, lang, facts),
            Content::Taken => self.fill(lang, "bot.taken", &[("name", &name_of(author))]),
            Content::Released => self.fill(lang, "bot.released", &[("name", &name_of(author))]),
            Content::Transferred { group } => {
                let name = facts.groups.get(group).map_or(group.as_str(), |group| group.name(lang));
                self.fill(lang, "bot.transferred", &[("group", name)])
            }
            Content::MovedToLine { line } => self.get(lang, line_key(*line)).to_owned(),
            Content::MergedInto { original, .. } => {
                self.fill(lang, "bot.merged_into", &[("number", &number), ("original", &original.to_string())])
            }
            Content::ResolvedAsk(_) => self.fill(lang, "bot.resolved_ask", &[("number", &number)]),
            Content::Confirmed => self.get(lang, "bot.confirmed").to_owned(),
            Content::Reopened(_) => self.fill(lang, "bot.reopened", &[("number", &number)]),
            Content::GladItHelped => self.get(lang, "bot.glad_it_helped").to_owned(),
            Content::Room(news) => self.get(lang, room_news_key(*news)).to_owned(),
        }
    }

    /// The label of a choice under this content.
    #[must_use]
    pub fn action(&self, action: &Action, under: &Content, lang: Lang) -> String {
        let key = match action {
            Action::Helped => "bot.action_helped",
            Action::NotHelped if matches!(under, Content::Offer(_)) => "bot.action_none_of_these",
            Action::NotHelped => "bot.action_not_helped",
            Action::Human => "bot.action_human",
            Action::TellMe => "incident.action_tell_me",
            Action::SomethingElse => "incident.action_something_else",
            Action::ResolvedYes => "bot.action_resolved_yes",
            Action::ResolvedNo if matches!(under, Content::MergedInto { .. }) => "bot.action_not_the_same",
            Action::ResolvedNo => "bot.action_resolved_no",
            Action::Choose(slug) => {
                let Content::Offer(choices) = under else { return slug.to_string() };
                let chosen = choices.iter().find(|choice| choice.article.slug == *slug);
                return chosen.map_or_else(|| slug.to_string(), |choice| choice.title.clone());
            }
        };
        self.get(lang, key).to_owned()
    }

    fn answer(&self, answer: &Answer, lang: Lang, facts: &Facts) -> String {
        let url = facts.article_url(&answer.article);
        let values = [("title", answer.title.as_str()), ("passage", answer.passage.trim()), ("url", &url)];
        let mut text = self.fill(lang, "bot.answer", &values);
        if let Some(direct) = &answer.direct {
            let values = [("direct", as_written(direct.as_str())), ("title", answer.title.clone()), ("answer", text)];
            text = self.fill(lang, "bot.answer_direct", &values.each_ref().map(|(name, value)| (*name, value.as_str())));
        }
        if let Some(request) = &answer.request {
            text.push_str("\n\n");
            text.push_str(&self.fill(lang, "bot.answer_request", &[("url", request)]));
        }
        text
    }

    fn offer(&self, choices: &[Choice], lang: Lang) -> String {
        self.get(lang, if choices.len() == 1 { "bot.offer_one" } else { "bot.offer_some" }).to_owned()
    }

    fn hand_off(&self, hand_off: &HandOff, number: &str, lang: Lang, facts: &Facts) -> String {
        let key = match hand_off.reason {
            HandOffReason::Asked => "bot.handed_off_asked",
            HandOffReason::NoAnswer => "bot.handed_off_no_answer",
            HandOffReason::DidNotHelp => "bot.handed_off_did_not_help",
            HandOffReason::Critical => "bot.handed_off_critical",
            HandOffReason::Called => "bot.handed_off_called",
            HandOffReason::Missed => "talk.handed_off_missed",
            HandOffReason::Incident => return self.fill(lang, "incident.awaited", &[("number", number)]),
        };
        let group = facts.groups.get(&hand_off.group).map_or(hand_off.group.as_str(), |group| group.name(lang));
        let first = self.fill(lang, key, &[("group", group), ("number", number)]);
        if hand_off.reason == HandOffReason::Called {
            return first;
        }
        let mut parts = vec![first, self.get(lang, "bot.handed_off_next").to_owned()];
        if hand_off.priority == Priority::Critical {
            parts.insert(
                1,
                match &facts.urgent_phone {
                    Some(phone) => self.fill(lang, "bot.handed_off_call", &[("phone", phone)]),
                    None => self.get(lang, "bot.handed_off_call_unknown").to_owned(),
                },
            );
        }
        parts.join("\n\n")
    }

    fn secrets(&self, kinds: &[Secret], lang: Lang) -> String {
        let names: Vec<&str> = kinds.iter().map(|kind| self.get(lang, secret_key(*kind))).collect();
        let listed = match names.as_slice() {
            [] => return String::new(),
            [one] => (*one).to_owned(),
            [some @ .., last] => format!("{} {} {last}", some.join(", "), self.get(lang, "bot.and")),
        };
        let told = self.fill(lang, "bot.secrets_one", &[("kinds", &listed)]);
        if kinds.contains(&Secret::Password) {
            return format!("{told} {}", self.get(lang, "bot.secrets_password"));
        }
        told
    }

    /// The state of an employee's own tickets, and how they see the rest of it where others read along.
    #[must_use]
    pub fn own_tickets(&self, tickets: &[OwnTicket], lang: Lang, facts: &Facts) -> String {
        if tickets.is_empty() {
            return self.get(lang, "bot.own_tickets_none").to_owned();
        }
        let mut text = self.get(lang, "bot.own_tickets").to_owned();
        text.push('\n');
        for ticket in tickets {
            text.push_str("\n- ");
            text.push_str(&self.own_ticket(ticket, lang, facts));
        }
        if tickets.iter().any(|ticket| ticket.subject.is_none()) {
            text.push_str("\n\n");
            text.push_str(self.get(lang, "bot.own_tickets_alone"));
        }
        text
    }

    /// The state of one of an employee's own tickets, in a line.
    #[must_use]
    pub fn own_ticket(&self, ticket: &OwnTicket, lang: Lang, facts: &Facts) -> String {
        let key = match (ticket.status, &ticket.subject) {
            (Status::Waiting, Some(_)) => "bot.own_ticket_waiting",
            (Status::Taken, Some(_)) => "bot.own_ticket_taken",
            (Status::Resolved, Some(_)) => "bot.own_ticket_resolved",
            (Status::Waiting, None) => "bot.own_ticket_number_waiting",
            (Status::Taken, None) => "bot.own_ticket_number_taken",
            (Status::Resolved, None) => "bot.own_ticket_number_resolved",
        };
        let (number, opened) = (ticket.number.to_string(), facts.moment(ticket.opened_at, lang));
        let [subject, holder] = [&ticket.subject, &ticket.holder].map(|text| as_written(text.as_deref().unwrap_or_default()));
        let values = [("number", number.as_str()), ("subject", &subject), ("holder", &holder), ("opened", &opened)];
        self.fill(lang, key, &values)
    }
}

fn name_of(author: &Author) -> String {
    match author {
        Author::Operator { name, .. } => as_written(name),
        Author::Employee | Author::Bot => "Firstline".to_owned(),
    }
}

const fn line_key(line: SupportLine) -> &'static str {
    match line {
        SupportLine::First => "bot.moved_to_first",
        SupportLine::Second => "bot.moved_to_second",
        SupportLine::Third => "bot.moved_to_third",
        SupportLine::Supplier => "bot.moved_to_supplier",
    }
}

const fn refusal_key(why: FileRefusal) -> &'static str {
    match why {
        FileRefusal::Kind => "talk.file_kind",
        FileRefusal::TooLarge => "talk.file_too_large",
        FileRefusal::TooMany => "talk.file_too_many",
        FileRefusal::Unreachable => "talk.file_unreachable",
    }
}

const fn small_talk_key(kind: SmallTalk) -> &'static str {
    match kind {
        SmallTalk::Greeting => "bot.greeting",
        SmallTalk::Thanks => "bot.thanks",
        SmallTalk::Farewell => "bot.farewell",
        SmallTalk::Other => "bot.small_talk_other",
    }
}

const fn secret_key(kind: Secret) -> &'static str {
    match kind {
        Secret::Fnr => "bot.kind_fnr",
        Secret::Dnr => "bot.kind_dnr",
        Secret::Account => "bot.kind_account",
        Secret::Card => "bot.kind_card",
        Secret::Password => "bot.kind_password",
    }
}
