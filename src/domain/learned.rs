//! Questions that articles were seen to answer, in the words of those who asked.
//!
//! An employee who says that an answer helped, and an operator who answers with a link to an article, each teach a lesson.
//! A learned question is found by from then on where an editor approves it, or where enough people confirmed it.

use super::conversation::{Conversation, Shown};
use super::event::{Event, Happened};
use super::ids::{ConversationId, GroupId, LearnedId, MessageId, Slug};
use super::lang::Lang;
use super::message::{Redacted, Secret};
use super::ticket::Holder;
use super::time::Timestamp;

/// How many learned questions an article has at most, besides declined ones; further ones are not learned until an
/// editor declines some.
pub const MOST_KEPT: u32 = 100;

/// How many articles of one reply are learned from; a reply with more links is a list to look through.
pub const MOST_LINKED: usize = 3;

/// The fewest words of a question that others may ask too.
const FEWEST_WORDS: usize = 2;

/// The shortest such question, in characters without punctuation.
const SHORTEST: usize = 6;

/// The longest such question, in characters without punctuation: more is one person's story.
const LONGEST: usize = 200;

/// From how many digits in a row on a text may name a person: a telephone number, a case, a patient.
const DIGITS_IN_A_ROW: usize = 5;

/// The same, for digits anywhere in the text.
const DIGITS_IN_ALL: usize = 8;

/// What the configuration says about learning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LearningPolicy {
    /// Whether anything is learned and what was learned counts.
    pub enabled: bool,
    /// How many different people must have confirmed a question before it counts by itself; 0 leaves it to editors.
    pub confirmations: u32,
}

/// A question that an article was seen to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LearnedQuestion {
    /// Its identifier; later ones are higher.
    pub id: LearnedId,
    /// The article.
    pub article: Slug,
    /// What was asked, as it was first asked.
    pub text: Redacted,
    /// The language of whoever asked it first.
    pub lang: Lang,
    /// What it was first learned from.
    pub origin: Origin,
    /// What became of it.
    pub state: LearnedState,
    /// How many different employees said that the article helped them with it.
    pub people: u32,
    /// When it was first learned.
    pub first_at: Timestamp,
    /// When it was last asked and answered so.
    pub last_at: Timestamp,
    /// Who last approved or declined it, and when.
    pub settled: Option<(Holder, Timestamp)>,
}

/// What a question is learned from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The employee said that the answer helped.
    Helped,
    /// An operator answered with the article.
    Replied,
}

/// What became of a learned question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LearnedState {
    /// No editor has said anything yet.
    Proposed,
    /// An editor approved it.
    Approved,
    /// An editor declined it or took it back. It is kept, so that it is not proposed again.
    Declined,
}

impl LearnedState {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Proposed, Self::Approved, Self::Declined];

    /// The stable short name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Approved => "approved",
            Self::Declined => "declined",
        }
    }

    /// The one with this short name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }
}

impl LearnedQuestion {
    /// Whether the article is found by it.
    #[must_use]
    pub const fn counts(&self, policy: LearningPolicy) -> bool {
        let confirmed = policy.confirmations > 0 && self.people >= policy.confirmations;
        match self.state {
            LearnedState::Approved => policy.enabled,
            LearnedState::Proposed => policy.enabled && confirmed,
            LearnedState::Declined => false,
        }
    }
}

/// A question without capitals, punctuation and superfluous spaces: the same for all who ask the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuestionKey(String);

impl QuestionKey {
    /// The key of any text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let lower = text.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        Self(words.join(" "))
    }

    /// The text, as the store keeps it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why nothing is learned from a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It says too little.
    #[error("the question is too short")]
    TooShort,
    /// It is one person's story.
    #[error("the question is too long")]
    TooLong,
    /// Something was taken out of it.
    #[error("a part of the question was redacted")]
    Redacted,
    /// It holds an address or a number that may be a person's.
    #[error("the question may name a person")]
    Personal,
}

/// One case in which an article answered a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// The conversation in which it did.
    pub conversation: ConversationId,
    /// The article.
    pub article: Slug,
    /// What was asked, on one line.
    pub text: Redacted,
    /// What makes it the same question as another one.
    pub key: QuestionKey,
    /// The language of whoever asked.
    pub lang: Lang,
    /// How it is known.
    pub origin: Origin,
    /// When.
    pub at: Timestamp,
}

impl Lesson {
    /// The lesson that `article` answered `text`, where others may ask the same.
    ///
    /// # Errors
    /// [`Unfit`] where nothing is learned from such a text.
    pub fn new(case: Case, article: Slug, text: &Redacted, lang: Lang) -> Result<Self, Unfit> {
        let key = QuestionKey::of(text.as_str());
        fit(text, &key)?;
        let words: Vec<&str> = text.as_str().split_whitespace().collect();
        let Case { conversation, origin, at } = case;
        Ok(Self { conversation, article, text: Redacted::vouched(words.join(" ")), key, lang, origin, at })
    }
}

/// Where and how something was learned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case {
    /// The conversation.
    pub conversation: ConversationId,
    /// How it is known.
    pub origin: Origin,
    /// When.
    pub at: Timestamp,
}

fn fit(text: &Redacted, key: &QuestionKey) -> Result<(), Unfit> {
    let text = text.as_str();
    let length = key.as_str().chars().count();
    if Secret::ALL.into_iter().any(|secret| text.contains(secret.mark())) {
        return Err(Unfit::Redacted);
    }
    if length < SHORTEST || key.as_str().split(' ').count() < FEWEST_WORDS {
        return Err(Unfit::TooShort);
    }
    if length > LONGEST {
        return Err(Unfit::TooLong);
    }
    let is_digit = |c: char| c.is_ascii_digit();
    let in_a_row = text.split(|c| !is_digit(c)).map(str::len).max().unwrap_or(0);
    let in_all = text.chars().filter(|c| is_digit(*c)).count();
    if text.contains('@') || in_a_row >= DIGITS_IN_A_ROW || in_all >= DIGITS_IN_ALL {
        return Err(Unfit::Personal);
    }
    Ok(())
}

/// What an event says about the answer to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// This article helped with the question on this line.
    Helped {
        /// The question's line.
        question: MessageId,
        /// The article that had been shown.
        article: Slug,
    },
    /// An operator answered the question on this line; the articles that they link to are in the reply.
    Replied {
        /// The question's line.
        question: MessageId,
        /// The reply's line.
        reply: MessageId,
        /// The group whose ticket it is: only its own articles learn from it, since whoever edits an article reads its questions.
        group: GroupId,
    },
}

/// What an event says about the answer to a question, with the conversation as it was right after the event.
#[must_use]
pub fn evidence(event: &Event, conversation: &Conversation) -> Option<Evidence> {
    match (&event.what, &conversation.shown) {
        (Happened::Helped, Shown::Answer(article)) => {
            Some(Evidence::Helped { question: conversation.question?, article: article.slug.clone() })
        }
        (Happened::Replied { message }, _) => {
            let ticket = conversation.ticket.as_ref()?;
            Some(Evidence::Replied { question: ticket.question, reply: *message, group: ticket.group.clone() })
        }
        _ => None,
    }
}

/// The articles that a text links to, each once, in order: by their pages' addresses (`…/kb/nb/vpn-feil`) or as files (`vpn-feil.md`).
#[must_use]
pub fn linked_articles(text: &str) -> Vec<Slug> {
    let ends =
        |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>' | '[' | ']' | '"' | '\'' | '`' | '*' | '|' | ',' | ';');
    let mut found: Vec<Slug> = Vec::new();
    for address in text.split(ends).filter_map(linked).map(Slug::new) {
        if !found.contains(&address) {
            found.push(address);
        }
    }
    found
}

fn linked(word: &str) -> Option<&str> {
    let address = word.split(['?', '#']).next()?.trim_end_matches(['.', ':', '!', '/']);
    if let Some((_, page)) = address.split_once("/kb/") {
        let (lang, slug) = page.split_once('/')?;
        let slug = slug.strip_suffix(".md").unwrap_or(slug);
        return (Lang::from_code(lang).is_some() && is_name(slug)).then_some(slug);
    }
    let slug = address.rsplit('/').next()?.strip_suffix(".md")?;
    is_name(slug).then_some(slug)
}

fn is_name(slug: &str) -> bool {
    !slug.is_empty() && slug.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}
