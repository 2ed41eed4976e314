//! Whether what follows a trigger is the secret or the rest of an ordinary sentence.

use super::lexicon::{CHANGES, DOUBTS, POSSESSIVES, Trigger, USERS};
use super::ordinary::is_ordinary;
use super::secret::Candidate;
use super::shape::Shape;
use super::words::Word;

/// How a candidate is tied to its trigger.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// "passord: …", "passord = …"
    Label,
    /// "passordet mitt er …"
    Copula,
    /// "passord for gjestenettet: …"
    Remote,
    /// "passord …"
    Beside,
    /// "endret passordet til …"
    Change,
    /// "… er passordet mitt"
    Reversed,
}

/// A trigger and what is said before it.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    /// What announces the secret.
    pub trigger: Trigger,
    /// True for "mitt passord" and "passordet mitt".
    pub owned: bool,
    before: &'a [Word],
}

impl<'a> Scene<'a> {
    /// A trigger with the few words before it.
    pub(super) fn new(trigger: Trigger, before: &'a [Word]) -> Self {
        let owned = before.last().is_some_and(|word| POSSESSIVES.has(&word.lower));
        Self { trigger, owned, before }
    }

    /// The same scene, owned if it was or if it is now found to be.
    pub(super) fn owned_too(self, owned: bool) -> Self {
        Self { owned: self.owned || owned, ..self }
    }

    /// True after "byttet", "changed".
    pub(super) fn is_changing(&self) -> bool {
        self.before.iter().any(|word| CHANGES.has(&word.lower))
    }

    /// True if the candidate, tied to the trigger like this, is a secret.
    pub(super) fn accepts(&self, link: Link, secret: &Candidate) -> bool {
        match self.trigger {
            Trigger::Password => self.accepts_password(link, secret),
            Trigger::Pass => {
                let plain_to_see = link == Link::Copula && secret.shape == Shape::Strong;
                let said = link == Link::Label || self.names_user() || plain_to_see;
                said && self.accepts_password(link, secret)
            }
            Trigger::Pin => accepts_pin(link, secret),
            Trigger::Code => {
                let said = self.owned && matches!(link, Link::Copula | Link::Label);
                said && matches!(secret.shape, Shape::Digits(4..=8)) && accepts_pin(link, secret)
            }
        }
    }

    fn accepts_password(&self, link: Link, secret: &Candidate) -> bool {
        match secret.shape {
            Shape::Strong => true,
            Shape::Reference => false,
            Shape::Asset | Shape::Symbols => matches!(link, Link::Label | Link::Copula),
            Shape::Figures => link == Link::Label && !is_point_in_time(secret.text),
            Shape::Digits(count) => accepts_digits(link, secret, count),
            Shape::Mixed => match link {
                Link::Label | Link::Copula | Link::Change => true,
                Link::Beside => self.names_user(),
                Link::Remote | Link::Reversed => false,
            },
            Shape::Plain => self.accepts_word(link, secret) && !secret.is_ordinary() && secret.ends_clause(),
        }
    }

    fn accepts_word(&self, link: Link, secret: &Candidate) -> bool {
        match link {
            Link::Label => !self.is_doubtful(),
            Link::Copula => !secret.sounds_like_a_state(),
            Link::Beside => secret.quoted || self.names_user(),
            Link::Remote | Link::Change | Link::Reversed => false,
        }
    }

    /// True after "glemt", "bytte": more likely a topic than a label.
    fn is_doubtful(&self) -> bool {
        self.before.iter().rev().take(2).any(|word| DOUBTS.has(&word.lower))
    }

    /// True after "bruker kari" and "bruker kari og".
    fn names_user(&self) -> bool {
        let mut words = self.before.iter().rev().map(|word| word.lower.as_str());
        let joiners = ["og", "and", "med", "with"];
        let name = words.find(|word| !joiners.contains(word)).filter(|name| !is_ordinary(name));
        name.is_some() && words.next().is_some_and(|label| USERS.has(label))
    }
}

fn accepts_digits(link: Link, secret: &Candidate, count: usize) -> bool {
    let fits = match link {
        Link::Label | Link::Copula => count >= 3,
        Link::Beside | Link::Change => (4..=7).contains(&count) && !is_year(secret.text),
        Link::Remote | Link::Reversed => false,
    };
    fits && !secret.counts_something()
}

fn accepts_pin(link: Link, secret: &Candidate) -> bool {
    let labelled = link == Link::Label;
    match secret.shape {
        Shape::Digits(count) => {
            let usual = if matches!(link, Link::Beside | Link::Reversed) { 4..=8 } else { 3..=12 };
            usual.contains(&count) && !secret.counts_something()
        }
        Shape::Strong => labelled || link == Link::Copula,
        Shape::Mixed => labelled,
        Shape::Figures => labelled && !is_point_in_time(secret.text),
        _ => false,
    }
}

/// `14.02.2024`, `14:30`
fn is_point_in_time(text: &str) -> bool {
    text.contains(':') || text.split(['.', '-', '/']).count() >= 3
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && (text.starts_with("19") || text.starts_with("20"))
}
