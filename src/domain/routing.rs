//! Which group a matter belongs to.

use super::answer::{Candidate, PerMille};
use super::ids::GroupId;

/// Operators with a shared queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Short name, stable.
    pub id: GroupId,
    /// Name in bokmål, nynorsk and English.
    pub names: [String; 3],
    /// Lower-case beginnings of words that point to this group when no article does.
    pub hints: Vec<String>,
}

impl Group {
    /// The name in a language.
    #[must_use]
    pub fn name(&self, lang: super::lang::Lang) -> &str {
        &self.names[lang as usize]
    }
}

/// The configured groups; the first is where everything goes that nothing points elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Groups(Vec<Group>);

/// A configuration without any group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there must be at least one group")]
pub struct NoGroups;

impl Groups {
    /// The groups in this order.
    ///
    /// # Errors
    /// [`NoGroups`] where the list is empty.
    pub fn new(groups: Vec<Group>) -> Result<Self, NoGroups> {
        if groups.is_empty() { Err(NoGroups) } else { Ok(Self(groups)) }
    }

    /// The group that takes what nothing points elsewhere.
    #[must_use]
    pub fn default_group(&self) -> &Group {
        &self.0[0]
    }

    /// The group with this short name.
    #[must_use]
    pub fn get(&self, id: &GroupId) -> Option<&Group> {
        self.0.iter().find(|group| group.id == *id)
    }

    /// All groups in the configured order.
    pub fn iter(&self) -> impl Iterator<Item = &Group> {
        self.0.iter()
    }
}

/// An article below this confidence says nothing about where the matter belongs.
const CREDIBLE: PerMille = PerMille::new(150);

/// The group for a matter: the likeliest article's where it is credible, else the one that the words hint at most, else the default.
#[must_use]
pub fn route(text: &str, candidates: &[Candidate], groups: &Groups) -> GroupId {
    let from_article = candidates
        .first()
        .filter(|candidate| candidate.confidence >= CREDIBLE)
        .and_then(|candidate| candidate.group.as_ref())
        .filter(|id| groups.get(id).is_some());
    if let Some(id) = from_article {
        return id.clone();
    }
    hinted(text, groups).unwrap_or_else(|| groups.default_group()).id.clone()
}

fn hinted<'a>(text: &str, groups: &'a Groups) -> Option<&'a Group> {
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty()).collect();
    let hits = |group: &Group| words.iter().filter(|word| group.hints.iter().any(|hint| word.starts_with(hint.as_str()))).count();
    let best = groups.iter().map(|group| (hits(group), group)).filter(|(hits, _)| *hits > 0);
    best.fold(None, |best: Option<(usize, &Group)>, next| match best {
        Some(best) if best.0 >= next.0 => Some(best),
        _ => Some(next),
    })
    .map(|(_, group)| group)
}
