//! What a message wants, judged by signs with weights: a sum for each intent, each part of which has a name.

use std::str::FromStr;

use super::signs::{Kinds, Seen, Signs};

/// The longest message that is short, the longest that is not long, and the longest that is not very long, in words.
const SHORT: usize = 4;
const LONG: usize = 20;
const VERY_LONG: usize = 35;

/// What the model tells apart from questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// Something is wrong that cannot wait.
    Incident,
    /// A person, or an answer about what was sent in.
    Human,
    /// Nothing: colleagues talk.
    Chatter,
    /// Help of any kind, where it is only overheard: a question, or a problem that is told of.
    Help,
}

/// How many wishes there are.
const WISHES: usize = 4;

/// A fact about a message other than its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fact {
    /// A pattern for asking after a person is in it.
    PersonPattern,
    /// A pattern for asking after own tickets is in it.
    TicketsPattern,
    /// A pattern of talk is in it.
    ChatPattern,
    /// It asks.
    QuestionMark,
    /// It calls out.
    ExclamationMark,
    /// It has a picture sign.
    Emoji,
    /// At most four words.
    Short,
    /// More than twenty words.
    Long,
    /// More than thirty-five words.
    VeryLong,
    /// An article is worth an offer.
    Article,
    /// An article answers.
    GoodArticle,
    /// It is taken for talk between colleagues.
    Talk,
    /// It is nearly taken for that.
    NearlyTalk,
    /// Nothing speaks for that.
    NoTalk,
    /// It is taken for a request for a person, or after own tickets.
    ForPerson,
}

impl FromStr for Fact {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Ok(match name {
            "person-pattern" => Self::PersonPattern,
            "tickets-pattern" => Self::TicketsPattern,
            "chat-pattern" => Self::ChatPattern,
            "question-mark" => Self::QuestionMark,
            "exclamation-mark" => Self::ExclamationMark,
            "emoji" => Self::Emoji,
            "short" => Self::Short,
            "long" => Self::Long,
            "very-long" => Self::VeryLong,
            "article" => Self::Article,
            "good-article" => Self::GoodArticle,
            "talk" => Self::Talk,
            "nearly-talk" => Self::NearlyTalk,
            "no-talk" => Self::NoTalk,
            "for-person" => Self::ForPerson,
            _ => return Err(()),
        })
    }
}

/// The facts of a text of so many words, apart from patterns and articles.
pub(crate) fn facts(text: &str, words: usize) -> Vec<Fact> {
    let of_text = [
        (text.contains('?'), Fact::QuestionMark),
        (text.contains('!'), Fact::ExclamationMark),
        (has_emoji(text), Fact::Emoji),
        (words <= SHORT, Fact::Short),
        (words > LONG, Fact::Long),
        (words > VERY_LONG, Fact::VeryLong),
    ];
    of_text.into_iter().filter_map(|(holds, fact)| holds.then_some(fact)).collect()
}

fn has_emoji(text: &str) -> bool {
    let pictured = |c: char| matches!(c, '\u{1f300}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}');
    text.contains(pictured) || [":)", ":-)", ":D", ";)", ";-)"].iter().any(|smile| text.contains(smile))
}

/// A sign that a message may have.
#[derive(Clone, Copy, Debug)]
enum Sign {
    /// A word of a kind.
    Word(Kinds),
    /// A word of a kind at the start.
    First(Kinds),
    /// Words of two kinds near each other.
    Near(Kinds, Kinds),
    /// Words of two kinds, wherever.
    Both(Kinds, Kinds),
    /// Something else.
    Fact(Fact),
}

#[derive(Debug)]
struct Weighed {
    wish: Wish,
    name: &'static str,
    sign: Sign,
    weight: i32,
}

/// The signs and their weights.
#[derive(Debug)]
pub(crate) struct Model {
    bias: [i32; WISHES],
    weighed: Vec<Weighed>,
}

impl Model {
    pub(crate) fn new(signs: &Signs, of_help: &Signs) -> Self {
        let mut model = Self { bias: [i32::MIN / 2; WISHES], weighed: Vec::new() };
        let tables = [include_str!("weights.txt"), include_str!("help.txt")];
        let rows = tables.into_iter().flat_map(str::lines).filter(|line| !line.starts_with('#'));
        for (wish, name, weight) in rows.filter_map(row) {
            if name == "bias" {
                model.bias[wish as usize] = weight;
            } else {
                model.weighed.push(Weighed { wish, name, sign: sign(name, &[signs, of_help]), weight });
            }
        }
        model
    }

    /// How clearly a message has a wish (from 0 on it has it), and the sign that speaks most for it.
    pub(crate) fn judge(&self, wish: Wish, seen: &Seen, facts: &[Fact]) -> (i32, &'static str) {
        let mut score = self.bias[wish as usize];
        let mut strongest = (0, "bias");
        let of_wish = self.weighed.iter().filter(|weighed| weighed.wish == wish);
        for weighed in of_wish.filter(|weighed| weighed.sign.holds(seen, facts)) {
            score += weighed.weight;
            strongest = strongest.max((weighed.weight, weighed.name));
        }
        (score, strongest.1)
    }
}

impl Sign {
    fn holds(self, seen: &Seen, facts: &[Fact]) -> bool {
        match self {
            Self::Word(kind) => seen.has(kind),
            Self::First(kind) => seen.starts_with(kind),
            Self::Both(one, other) => seen.has(one) && seen.has(other),
            Self::Near(one, other) => seen.has_near(one, other),
            Self::Fact(fact) => facts.contains(&fact),
        }
    }
}

fn row(line: &'static str) -> Option<(Wish, &'static str, i32)> {
    let mut fields = line.split(' ');
    let wish = match fields.next()? {
        "incident" => Wish::Incident,
        "human" => Wish::Human,
        "chatter" => Wish::Chatter,
        "help" => Wish::Help,
        _ => return None,
    };
    Some((wish, fields.next()?, fields.next()?.parse().ok()?))
}

fn sign(name: &str, signs: &[&Signs]) -> Sign {
    let kind = |name: &str| signs.iter().fold(0, |kinds, signs| kinds | signs.kind(name));
    if let Ok(fact) = name.parse() {
        return Sign::Fact(fact);
    }
    if let Some(first) = name.strip_prefix('^') {
        return Sign::First(kind(first));
    }
    if let Some((one, other)) = name.split_once('&') {
        return Sign::Both(kind(one), kind(other));
    }
    match name.split_once('+') {
        Some((one, other)) => Sign::Near(kind(one), kind(other)),
        None => Sign::Word(kind(name)),
    }
}
