//! What a button carries: the platform gives a hundred characters, and hands them back to whoever presses.

use sha2::{Digest, Sha256};

use crate::domain::conversation::{Conversation, Shown};
use crate::domain::ids::{ConversationId, Slug};
use crate::domain::message::Action;

/// The longest custom id.
const LONGEST: usize = 100;

/// What was pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PressId {
    /// A choice under a line of a conversation.
    Choice(ConversationId, Chosen),
}

/// A choice, or what stands for one whose article's name is too long for a button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Chosen {
    Action(Action),
    Hashed(String),
}

/// The custom id of a choice.
pub(super) fn choice(conversation: ConversationId, action: &Action) -> String {
    let whole = format!("c:{conversation}:{}", action.id());
    match action {
        Action::Choose(slug) if whole.len() > LONGEST => format!("c:{conversation}:hash:{}", hash(slug)),
        _ => whole,
    }
}

/// What a custom id says; `None` where it is not one of ours.
pub(super) fn read(custom_id: &str) -> Option<PressId> {
    let mut parts = custom_id.splitn(3, ':');
    let (kind, number, rest) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?);
    match kind {
        "c" => {
            let chosen = match rest.strip_prefix("hash:") {
                Some(hash) => Chosen::Hashed(hash.to_owned()),
                None => Chosen::Action(Action::from_id(rest)?),
            };
            Some(PressId::Choice(ConversationId::new(number), chosen))
        }
        _ => None,
    }
}

impl Chosen {
    /// The action that is meant, as things stand in the conversation; `None` where it is not offered any more.
    pub(super) fn action(&self, conversation: &Conversation) -> Option<Action> {
        match (self, &conversation.shown) {
            (Self::Action(action), _) => Some(action.clone()),
            (Self::Hashed(wanted), Shown::Offer(articles)) => {
                articles.iter().find(|article| hash(&article.slug) == *wanted).map(|article| Action::Choose(article.slug.clone()))
            }
            (Self::Hashed(_), _) => None,
        }
    }
}

/// 128 bits of the name's SHA-256, in hexadecimal.
fn hash(slug: &Slug) -> String {
    let digest = Sha256::digest(slug.as_str().as_bytes());
    let hex = |bits: u8| char::from_digit(bits.into(), 16).unwrap_or_default();
    digest.iter().take(16).flat_map(|byte| [hex(byte >> 4), hex(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::answer::ArticleRef;
    use crate::domain::ids::{ChannelName, EmployeeId};
    use crate::domain::lang::Lang;
    use crate::domain::message::Employee;
    use crate::domain::place::{Delivery, Place};
    use crate::domain::time::Timestamp;

    fn offering(slug: &Slug) -> Conversation {
        let place = Place { channel: ChannelName::new("discord"), address: "1".to_owned(), delivery: Delivery::Pushed };
        let employee = Employee { id: EmployeeId::new("discord:1"), name: None, email: None, organisation: None };
        let id = ConversationId::new(i64::MAX);
        let mut conversation = Conversation::opened(id, place, employee, Lang::Nb, Timestamp::from_micros(0));
        conversation.shown = Shown::Offer(vec![ArticleRef { slug: slug.clone(), lang: Lang::Nb }]);
        conversation
    }

    #[test]
    fn every_choice_finds_its_way_back_however_long_its_article_is_named() {
        for slug in ["glemt-passord", "å-bytte-et-passord", &"lang-".repeat(60)] {
            let slug = Slug::new(slug);
            let conversation = offering(&slug);
            let action = Action::Choose(slug);
            let custom_id = choice(conversation.id, &action);
            assert!(custom_id.chars().count() <= LONGEST, "{custom_id}");
            let Some(PressId::Choice(id, chosen)) = read(&custom_id) else { panic!("unreadable: {custom_id}") };
            assert_eq!((id, chosen.action(&conversation)), (conversation.id, Some(action)));
        }
    }

    #[test]
    fn a_long_name_that_is_not_offered_any_more_is_nothing() {
        let slug = Slug::new("lang-".repeat(60));
        let custom_id = choice(ConversationId::new(7), &Action::Choose(slug));
        let Some(PressId::Choice(_, chosen)) = read(&custom_id) else { panic!("unreadable: {custom_id}") };
        assert_eq!(chosen.action(&offering(&Slug::new("noe-annet"))), None);
    }

    #[test]
    fn strangers_custom_ids_are_left_alone() {
        for custom_id in ["", "c", "c:1", "c:x:helped", "c:1:dance", "t:1:take"] {
            assert_eq!(read(custom_id), None, "{custom_id}");
        }
    }
}
