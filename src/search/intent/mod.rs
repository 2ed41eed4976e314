//! What a message wants, apart from its subject.
//!
//! Courtesies, answers and clear requests are known by tables of patterns and words. Incidents, other requests for a person and
//! talk between colleagues are judged by weighed signs, for no list of sentences would be long enough.

mod model;
mod pattern;
mod signs;
mod tables;
#[cfg(test)]
mod tests;

use crate::domain::answer::Intent;
use crate::domain::message::SmallTalk;

use super::text::words;
use model::{Fact, Model, Wish, facts};
use pattern::Spelled;
use signs::{Seen, Signs};
use tables::{Patterns, Words};

/// A yes, a no or a farewell is short; what is longer says something else as well.
const SHORT: usize = 8;

/// From which score for chatter on a message is nearly talk, and below which nothing speaks for it, in tenths of a logit.
const NEARLY_TALK: i32 = -15;
const NO_TALK: i32 = -35;

/// How good an article there is for a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Found {
    /// None worth showing.
    Nothing,
    /// One that is worth an offer.
    Offer,
    /// One that answers.
    Answer,
}

/// An intent and the rule that found it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Meant {
    pub(crate) intent: Intent,
    /// `None` for a plain question.
    pub(crate) rule: Option<&'static str>,
}

impl Meant {
    const QUESTION: Self = Self { intent: Intent::Question, rule: None };

    const fn by(intent: Intent, rule: &'static str) -> Self {
        Self { intent, rule: Some(rule) }
    }
}

/// A message, read once.
struct Message<'a> {
    text: &'a str,
    words: Vec<String>,
    /// The words as patterns see them.
    spelled: Vec<Spelled>,
}

/// Reads intents.
#[derive(Debug)]
pub(crate) struct Intents {
    patterns: Patterns,
    courtesy: Words,
    signs: Signs,
    signs_of_help: Signs,
    model: Model,
}

impl Intents {
    pub(crate) fn new() -> Self {
        let (courtesy, signs) = (Words::new(include_str!("chatter.txt")), Signs::new());
        let signs_of_help = signs.of_help();
        let model = Model::new(&signs, &signs_of_help);
        Self { patterns: Patterns::new(), courtesy, signs, signs_of_help, model }
    }

    /// What a message wants, given how good an article there is for it.
    pub(crate) fn read(&self, text: &str, found: Found) -> Meant {
        if text.trim_start().starts_with("/sak") {
            return Meant::by(Intent::OwnTickets, "/sak");
        }
        let words = words(text);
        let message = Message { text, spelled: self.patterns.read(&words), words };
        let known = self.courtesy(&message).or_else(|| self.reply(&message));
        known.or_else(|| self.judged(&message, found)).unwrap_or(Meant::QUESTION)
    }

    /// Whether a message asks something or tells of a problem, where it is only overheard; `meant` is what it was read as.
    pub(crate) fn seeks_help(&self, text: &str, found: Found, meant: Intent) -> bool {
        match meant {
            Intent::Critical => true,
            Intent::Yes | Intent::No | Intent::SmallTalk(SmallTalk::Greeting | SmallTalk::Thanks | SmallTalk::Farewell) => false,
            Intent::Question | Intent::Person | Intent::OwnTickets | Intent::SmallTalk(SmallTalk::Other) => {
                let words = words(text);
                let message = Message { text, spelled: self.patterns.read(&words), words };
                let (seen, facts) = self.signs_of_help(&message, found, meant);
                self.pleads(text, &seen) || self.model.judge(Wish::Help, &seen, &facts).0 >= 0
            }
        }
    }

    /// "Can somebody help me?", "I need help", "can't get into the app": nothing is left to weigh.
    fn pleads(&self, text: &str, seen: &Seen) -> bool {
        let has = |kind: &str| seen.has(self.signs.kind(kind) | self.signs_of_help.kind(kind));
        let for_help = has("plea") && (text.contains('?') || has("must"));
        let commands = seen.starts_with(self.signs_of_help.kind("command")) && has("itthing");
        for_help || commands || (has("unable") && has("not") && has("itthing"))
    }

    fn signs_of_help(&self, message: &Message<'_>, found: Found, meant: Intent) -> (Seen, Vec<Fact>) {
        let mut facts = self.facts_of(message, found);
        let seen = self.signs.read(&message.words);
        let (talk, _) = self.model.judge(Wish::Chatter, &seen, &facts);
        let more = [
            (talk >= 0 || matches!(meant, Intent::SmallTalk(_)), Fact::Talk),
            (talk >= NEARLY_TALK, Fact::NearlyTalk),
            (talk < NO_TALK, Fact::NoTalk),
            (matches!(meant, Intent::Person | Intent::OwnTickets), Fact::ForPerson),
        ];
        facts.extend(more.into_iter().filter_map(|(holds, fact)| holds.then_some(fact)));
        (seen.and(&self.signs_of_help.read(&message.words)), facts)
    }

    /// Incident, own tickets, person or chatter, the gravest first.
    fn judged(&self, message: &Message<'_>, found: Found) -> Option<Meant> {
        let (tickets, person) = (self.own_tickets(message), self.person(message));
        let facts = self.facts_of(message, found);
        let seen = self.signs.read(&message.words);
        let judge = |wish| self.model.judge(wish, &seen, &facts);
        let (incident, why) = judge(Wish::Incident);
        if incident >= 0 {
            return Some(Meant::by(Intent::Critical, why));
        }
        let plain = tickets.or(person).or_else(|| self.farewell(message));
        plain.or_else(|| self.of_person_or_nobody(judge(Wish::Human), judge(Wish::Chatter), &seen))
    }

    /// What a message has beside its words.
    fn facts_of(&self, message: &Message<'_>, found: Found) -> Vec<Fact> {
        let mut facts = facts(message.text, message.words.len());
        let more = [
            (self.person(message).is_some(), Fact::PersonPattern),
            (self.own_tickets(message).is_some(), Fact::TicketsPattern),
            (self.patterns.find("chat", &message.spelled).is_some(), Fact::ChatPattern),
            (found >= Found::Offer, Fact::Article),
            (found >= Found::Answer, Fact::GoodArticle),
        ];
        facts.extend(more.into_iter().filter_map(|(holds, fact)| holds.then_some(fact)));
        facts
    }

    fn of_person_or_nobody(&self, human: (i32, &'static str), chatter: (i32, &'static str), seen: &Seen) -> Option<Meant> {
        match () {
            () if human.0 >= 0 && human.0 >= chatter.0 => Some(Meant::by(self.person_or_tickets(seen), human.1)),
            () if chatter.0 >= 0 => Some(Meant::by(Intent::SmallTalk(SmallTalk::Other), chatter.1)),
            () => None,
        }
    }

    /// Who asks after what was sent in, without asking for talk, asks after own tickets.
    fn person_or_tickets(&self, seen: &Seen) -> Intent {
        let has = |kind: &str| seen.has(self.signs.kind(kind));
        let wants_talk = ["talk", "call", "transfer", "visit", "person"].into_iter().any(has);
        if has("ticket") && !wants_talk { Intent::OwnTickets } else { Intent::Person }
    }

    /// Nothing but words of courtesy.
    fn courtesy(&self, message: &Message<'_>) -> Option<Meant> {
        let words = &message.words;
        if words.is_empty() {
            return Some(Meant::by(Intent::SmallTalk(SmallTalk::Other), "no words"));
        }
        let kinds = ["greeting", "thanks", "farewell", "other", "filler"];
        if !words.iter().all(|word| kinds.iter().any(|kind| self.courtesy.is(kind, word))) {
            return None;
        }
        let has = |kind: &str| self.courtesy.first(kind, words).is_some();
        let asks = message.text.contains('?');
        match () {
            () if has("thanks") => Some(Meant::by(Intent::SmallTalk(SmallTalk::Thanks), "thanks")),
            () if has("other") => Some(Meant::by(Intent::SmallTalk(SmallTalk::Other), "chatter")),
            () if has("farewell") && !asks => Some(Meant::by(Intent::SmallTalk(SmallTalk::Farewell), "farewell")),
            () if has("greeting") => Some(Meant::by(Intent::SmallTalk(SmallTalk::Greeting), "greeting")),
            () => None,
        }
    }

    /// "See you at two": a short line that begins with leaving.
    fn farewell(&self, message: &Message<'_>) -> Option<Meant> {
        let short = message.words.len() <= SHORT && !message.text.contains('?');
        let (pattern, _) = self.patterns.find("farewell", &message.spelled).filter(|_| short)?;
        Some(Meant::by(Intent::SmallTalk(SmallTalk::Farewell), pattern.source))
    }

    /// Yes or no to what was asked last.
    fn reply(&self, message: &Message<'_>) -> Option<Meant> {
        let (words, spelled) = (&message.words, &message.spelled);
        if words.len() > SHORT {
            return None;
        }
        let no = self.patterns.find("no", spelled).filter(|(_, at)| *at <= 2 && self.is_bare(words));
        if let Some((pattern, _)) = no {
            return Some(Meant::by(Intent::No, pattern.source));
        }
        let yes = self.patterns.find("yes", spelled).filter(|(_, at)| *at <= 1 && self.is_bare(words));
        yes.map(|(pattern, _)| Meant::by(Intent::Yes, pattern.source))
    }

    /// Whether the words name no subject: all of them are words that a reply is made of.
    fn is_bare(&self, words: &[String]) -> bool {
        words.iter().all(|word| REPLY_WORDS.split_whitespace().any(|known| known == word) || self.courtesy.is("filler", word))
    }

    fn own_tickets(&self, message: &Message<'_>) -> Option<Meant> {
        let (pattern, at) = self.patterns.find("tickets", &message.spelled)?;
        let how = self.patterns.find("how", &message.spelled).is_some_and(|(_, how)| how <= at);
        (!how).then(|| Meant::by(Intent::OwnTickets, pattern.source))
    }

    fn person(&self, message: &Message<'_>) -> Option<Meant> {
        let (pattern, at) = self.patterns.find("person", &message.spelled)?;
        let words = &message.words;
        let about_whom = words[..(at + 3).min(words.len())]
            .iter()
            .any(|word| matches!(word.as_str(), "hvem" | "kven" | "kem" | "who" | "how" | "hvordan" | "korleis"));
        let unable = words.windows(2).any(|pair| is_not(&pair[0]) && pair[1].starts_with("snakk"));
        (!about_whom && !unable).then(|| Meant::by(Intent::Person, pattern.source))
    }
}

fn is_not(word: &str) -> bool {
    matches!(word, "ikke" | "ikkje" | "itj" | "not" | "cant" | "cannot")
}

/// What a yes or no is made of.
const REPLY_WORDS: &str = "ja nei jepp japp jupp jo no yes yep yeah yup sure nope nah det den dette e æ hjalp hjelper hjelpe hjelpte hjelp \
    funker funket funkar funka virker virket verkar verka fungerer fungerte gikk gjekk ikke itj ikkje fortsatt fremdeles framleis \
    enda enno ennå like samme same that it this did didnt does doesnt do dont is isnt not help helped work worked working works \
    fixed still the stemmer nettopp riktig akkurat ok okei okay correct ordnet ordna løste løyste seg dessverre diverre sorry \
    men but problem problemet feil error nå no vil heller meg jeg eg takk thanks please";
