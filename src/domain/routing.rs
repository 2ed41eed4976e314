//! Which group a matter belongs to.

use std::collections::BTreeMap;

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

/// The configured groups; the first is where everything goes that nothing points elsewhere. A member organisation may have groups
/// of its own: what its employees ask goes to those.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Groups {
    all: Vec<Group>,
    own: BTreeMap<String, OwnDesk>,
}

/// The groups that take what a member organisation's employees ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnDesk {
    /// Those that an article or a word may point to.
    pub groups: Vec<GroupId>,
    /// The one that takes what nothing points elsewhere.
    pub default: GroupId,
}

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
        if groups.is_empty() { Err(NoGroups) } else { Ok(Self { all: groups, own: BTreeMap::new() }) }
    }

    /// The same groups, of which a member organisation has these for itself. Named twice, it has both; the first default stays.
    #[must_use]
    pub fn with_organisation(mut self, name: &str, own: OwnDesk) -> Self {
        let desk = self.own.entry(name.to_owned()).or_insert_with(|| OwnDesk { groups: Vec::new(), default: own.default });
        desk.groups.extend(own.groups);
        self
    }

    /// The group that takes what nothing points elsewhere.
    #[must_use]
    pub fn default_group(&self) -> &Group {
        &self.all[0]
    }

    /// The group with this short name.
    #[must_use]
    pub fn get(&self, id: &GroupId) -> Option<&Group> {
        self.all.iter().find(|group| group.id == *id)
    }

    /// Whether the group takes what employees of this organisation ask: any configured one does, unless the organisation has its own.
    #[must_use]
    pub fn serves(&self, id: &GroupId, organisation: Option<&str>) -> bool {
        self.get(id).is_some() && self.desk_of(organisation).is_none_or(|own| own.default == *id || own.groups.contains(id))
    }

    fn desk_of(&self, organisation: Option<&str>) -> Option<&OwnDesk> {
        self.own.get(organisation?)
    }

    fn default_for(&self, organisation: Option<&str>) -> &Group {
        self.desk_of(organisation).and_then(|own| self.get(&own.default)).unwrap_or_else(|| self.default_group())
    }

    /// All groups in the configured order.
    pub fn iter(&self) -> impl Iterator<Item = &Group> {
        self.all.iter()
    }
}

/// An article below this confidence says nothing about where the matter belongs.
const CREDIBLE: PerMille = PerMille::new(150);

/// The group for a matter of an employee of this organisation, among those that serve it: the likeliest article's where it is
/// credible, else the one that the words hint at most, else the default.
#[must_use]
pub fn route(text: &str, candidates: &[Candidate], groups: &Groups, organisation: Option<&str>) -> GroupId {
    let from_article = candidates
        .first()
        .filter(|candidate| candidate.confidence >= CREDIBLE)
        .and_then(|candidate| candidate.group.as_ref())
        .filter(|id| groups.serves(id, organisation));
    if let Some(id) = from_article {
        return id.clone();
    }
    hinted(text, groups, organisation).unwrap_or_else(|| groups.default_for(organisation)).id.clone()
}

fn hinted<'a>(text: &str, groups: &'a Groups, organisation: Option<&str>) -> Option<&'a Group> {
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty()).collect();
    let hits = |group: &Group| words.iter().filter(|word| group.hints.iter().any(|hint| word.starts_with(hint.as_str()))).count();
    let serving = groups.iter().filter(|group| groups.serves(&group.id, organisation));
    let best = serving.map(|group| (hits(group), group)).filter(|(hits, _)| *hits > 0);
    best.fold(None, |best: Option<(usize, &Group)>, next| match best {
        Some(best) if best.0 >= next.0 => Some(best),
        _ => Some(next),
    })
    .map(|(_, group)| group)
}
