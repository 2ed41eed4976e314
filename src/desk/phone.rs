//! What an operator writes down while somebody calls.

use super::repeated::receipt;
use super::{Desk, Door, Person};
use crate::domain::ids::{GroupId, Slug};
use crate::domain::lang::Lang;
use crate::domain::message::Redacted;
use crate::domain::permission::Operator;
use crate::domain::phone::{Call, Left};
use crate::domain::ticket::Assessment;

/// What was written down.
#[derive(Clone, Debug)]
pub struct Noted {
    /// The operator's own name for it: the same one twice is one call.
    pub client_id: String,
    /// What the caller said of themselves.
    pub person: Person,
    /// What they called about.
    pub text: Redacted,
    /// What colleagues are to know besides: a number to call back.
    pub aside: Option<Redacted>,
    /// The language they spoke.
    pub lang: Lang,
    /// The group that takes it, where the operator chose one.
    pub group: Option<GroupId>,
    /// How urgent it is, where that was judged.
    pub assessment: Option<Assessment>,
    /// What becomes of it.
    pub left: Left,
}

impl Desk {
    /// The call that an operator wrote down. Every call has an employee of its own, whom no secret opens: what callers say of
    /// themselves makes them nobody's owner.
    #[must_use]
    pub fn call(&self, by: &Operator, noted: Noted) -> Call {
        let Noted { client_id, person, text, aside, lang, group, assessment, left } = noted;
        let receipt = receipt(by.id.as_str(), "calls", &client_id);
        let key = receipt.external_id.as_str();
        let employee = self.employee(Door::Phone.employee(key), person);
        Call { place: Door::Phone.place(key), employee, text, aside, lang, group, assessment, left, receipt }
    }

    /// What helped a caller: the operator's words, with the article that they read from linked below. `None` where there is no
    /// such article.
    #[must_use]
    pub fn solution(&self, words: &Redacted, article: Option<&Slug>, lang: Lang) -> Option<Redacted> {
        let Some(slug) = article else { return Some(words.clone()) };
        let found = self.index.passage(slug, lang, words.as_str())?;
        let link = format!("{}: {}", found.title, self.facts.article_url(&found.article));
        Some(Redacted::vouched(if words.as_str().is_empty() { link } else { format!("{}\n\n{link}", words.as_str()) }))
    }
}
