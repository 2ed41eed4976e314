//! What a message wants, apart from its subject: tables of patterns and words, one for each language.

mod critical;
mod pattern;
mod tables;
#[cfg(test)]
mod tests;

use crate::domain::answer::Intent;
use crate::domain::message::SmallTalk;

use super::text::{sentences, words};
use critical::Critical;
use tables::{Patterns, Words};

/// A yes or no is short; what is longer says something else as well.
const SHORT: usize = 8;

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

/// Reads intents.
#[derive(Debug)]
pub(crate) struct Intents {
    patterns: Patterns,
    courtesy: Words,
    critical: Critical,
}

impl Intents {
    pub(crate) fn new() -> Self {
        let courtesy = Words::new(include_str!("chatter.txt"));
        Self { patterns: Patterns::new(), courtesy, critical: Critical::new() }
    }

    /// What a message wants.
    pub(crate) fn read(&self, text: &str) -> Meant {
        if text.trim_start().starts_with("/sak") {
            return Meant::by(Intent::OwnTickets, "/sak");
        }
        let words = words(text);
        let found = self.courtesy(text, &words).or_else(|| self.reply(&words));
        let found = found.or_else(|| self.own_tickets(&words)).or_else(|| self.person(&words));
        found.or_else(|| self.critical(text)).unwrap_or(Meant::QUESTION)
    }

    /// Talk between colleagues that asks the desk for nothing. Only to be trusted where no article fits either.
    pub(crate) fn chatter(&self, text: &str) -> Option<Meant> {
        let (pattern, _) = self.patterns.find("chat", &words(text))?;
        Some(Meant::by(Intent::SmallTalk(SmallTalk::Other), pattern.source))
    }

    /// Nothing but words of courtesy.
    fn courtesy(&self, text: &str, words: &[String]) -> Option<Meant> {
        if words.is_empty() {
            return Some(Meant::by(Intent::SmallTalk(SmallTalk::Other), "no words"));
        }
        let kinds = ["greeting", "thanks", "farewell", "other", "filler"];
        if !words.iter().all(|word| kinds.iter().any(|kind| self.courtesy.is(kind, word))) {
            return None;
        }
        let has = |kind: &str| self.courtesy.first(kind, words).is_some();
        let asks = text.contains('?');
        match () {
            () if has("thanks") => Some(Meant::by(Intent::SmallTalk(SmallTalk::Thanks), "thanks")),
            () if has("other") => Some(Meant::by(Intent::SmallTalk(SmallTalk::Other), "chatter")),
            () if has("farewell") && !asks => Some(Meant::by(Intent::SmallTalk(SmallTalk::Farewell), "farewell")),
            () if has("greeting") => Some(Meant::by(Intent::SmallTalk(SmallTalk::Greeting), "greeting")),
            () => None,
        }
    }

    /// Yes or no to what was asked last.
    fn reply(&self, words: &[String]) -> Option<Meant> {
        if words.len() > SHORT {
            return None;
        }
        let no = self.patterns.find("no", words).filter(|(_, at)| *at <= 2 && self.is_bare(words));
        if let Some((pattern, _)) = no {
            return Some(Meant::by(Intent::No, pattern.source));
        }
        let yes = self.patterns.find("yes", words).filter(|(_, at)| *at <= 1 && self.is_bare(words));
        yes.map(|(pattern, _)| Meant::by(Intent::Yes, pattern.source))
    }

    /// Whether the words name no subject: all of them are words that a reply is made of.
    fn is_bare(&self, words: &[String]) -> bool {
        words.iter().all(|word| REPLY_WORDS.split_whitespace().any(|known| known == word) || self.courtesy.is("filler", word))
    }

    fn own_tickets(&self, words: &[String]) -> Option<Meant> {
        let (pattern, at) = self.patterns.find("tickets", words)?;
        let how = self.patterns.find("how", words).is_some_and(|(_, how)| how <= at);
        (!how).then(|| Meant::by(Intent::OwnTickets, pattern.source))
    }

    fn person(&self, words: &[String]) -> Option<Meant> {
        let (pattern, at) = self.patterns.find("person", words)?;
        let about_whom = words[..(at + 3).min(words.len())]
            .iter()
            .any(|word| matches!(word.as_str(), "hvem" | "kven" | "kem" | "who" | "how" | "hvordan" | "korleis"));
        let unable = words.windows(2).any(|pair| is_not(&pair[0]) && pair[1].starts_with("snakk"));
        (!about_whom && !unable).then(|| Meant::by(Intent::Person, pattern.source))
    }

    fn critical(&self, text: &str) -> Option<Meant> {
        self.critical.reason(&sentences(text)).map(|reason| Meant::by(Intent::Critical, reason))
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
