//! Which questions of a page a person has answered while nobody listened: the bot does not answer them again.

use std::collections::{BTreeSet, HashSet};
use std::time::Duration;

use serenity::all::{GuildId, Message, MessageId, UserId};

use super::bot::{Bot, moment_of};
use super::from_discord::is_from_a_person;
use super::rest::RestError;

/// Until when a word that mentions the asker, or an operator's that comes next, is taken to be about the question.
const ABOUT_IT: Duration = Duration::from_mins(30);

/// How many people's roles are asked for at most, for one stretch of messages.
const ASKED_ABOUT: usize = 50;

/// What of a message tells whether it answers another.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) id: u64,
    pub(super) author: u64,
    pub(super) is_person: bool,
    pub(super) is_operator: bool,
    /// The message that it is a reply to.
    pub(super) replies_to: Option<u64>,
    /// Whom it mentions in its text.
    pub(super) mentions: Vec<u64>,
}

impl Seen {
    pub(super) fn of(message: &Message, operators: &HashSet<UserId>) -> Self {
        let replied = message.message_reference.as_ref().and_then(|reference| reference.message_id);
        let written = |user: &&serenity::all::User| message.content.contains(&user.id.to_string());
        Self {
            id: message.id.get(),
            author: message.author.id.get(),
            is_person: is_from_a_person(message),
            is_operator: operators.contains(&message.author.id),
            replies_to: replied.map(MessageId::get),
            mentions: message.mentions.iter().filter(written).map(|user| user.id.get()).collect(),
        }
    }
}

/// The messages of a stretch, oldest first, that somebody else has answered: by a reply to that very message, by a word soon after
/// that mentions who asked, or by being an operator and the next to write. Bots do not count, and who asks does not answer
/// themselves; any other colleague's next word may well be a question of their own.
pub(super) fn answered(stretch: &[Seen]) -> HashSet<u64> {
    let has_answer = |(at, asked): (usize, &Seen)| is_answered(asked, &stretch[at + 1..]).then_some(asked.id);
    stretch.iter().enumerate().filter(|(_, seen)| seen.is_person).filter_map(has_answer).collect()
}

fn is_answered(asked: &Seen, later: &[Seen]) -> bool {
    let mut others = later.iter().filter(|seen| seen.is_person && seen.author != asked.author).peekable();
    let next = others.peek().map(|seen| seen.id);
    others.any(|seen| {
        let soon = moment_of(seen.id).since(moment_of(asked.id)) <= ABOUT_IT;
        match seen.replies_to {
            Some(replied) => replied == asked.id,
            None => soon && (seen.mentions.contains(&asked.author) || (seen.is_operator && Some(seen.id) == next)),
        }
    })
}

impl Bot {
    /// Who of those that wrote right after somebody else is an operator of any group; REST does not tell roles with a message.
    pub(super) async fn operators_among(&self, messages: &[Message], guild: GuildId) -> Result<HashSet<UserId>, RestError> {
        let after_another = messages.windows(2).filter(|two| two[0].author.id != two[1].author.id);
        let writers = after_another.map(|two| &two[1]).filter(|message| is_from_a_person(message));
        let writers: BTreeSet<UserId> = writers.map(|message| message.author.id).collect();
        let roles: HashSet<u64> = self.config.groups.values().flat_map(|group| group.roles.iter().copied()).collect();
        let mut operators = HashSet::new();
        for writer in writers.into_iter().filter(|_| !roles.is_empty()).take(ASKED_ABOUT) {
            match self.call(self.http.get_member(guild, writer)).await {
                Ok(member) if member.roles.iter().any(|role| roles.contains(&role.get())) => drop(operators.insert(writer)),
                // Who has left the server is nobody's operator any more.
                Ok(_) | Err(RestError::Refused { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(operators)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: u64 = 60_000 << 22;

    fn said(minute: u64, author: u64) -> Seen {
        let id = (minute + 1_000) * MINUTE;
        Seen { id, author, is_person: true, is_operator: false, replies_to: None, mentions: Vec::new() }
    }

    #[test]
    fn a_question_is_answered_where_a_person_turned_to_it() {
        let (ola, kari, bot) = (1, 2, 9);
        let asked = || said(0, ola);
        let replied = |author| Seen { replies_to: Some(asked().id), ..said(90, author) };
        let cases: [(&str, Vec<Seen>, bool); 11] = [
            ("nobody wrote", vec![asked()], false),
            ("a colleague replied, however late", vec![asked(), replied(kari)], true),
            ("who asked replied to themselves", vec![asked(), replied(ola)], false),
            ("a bot replied", vec![asked(), Seen { is_person: false, ..replied(bot) }], false),
            ("a colleague wrote next", vec![asked(), said(1, kari)], false),
            ("a colleague mentioned who asked", vec![asked(), Seen { mentions: vec![ola], ..said(5, kari) }], true),
            ("much later", vec![asked(), Seen { mentions: vec![ola], ..said(45, kari) }], false),
            ("an operator wrote next", vec![asked(), Seen { is_operator: true, ..said(2, kari) }], true),
            ("after more from who asked", vec![asked(), said(1, ola), Seen { is_operator: true, ..said(2, kari) }], true),
            ("after another colleague", vec![asked(), said(1, 3), Seen { is_operator: true, ..said(2, kari) }], false),
            (
                "an operator replied to another",
                vec![asked(), Seen { is_operator: true, replies_to: Some(7), ..said(2, kari) }],
                false,
            ),
        ];
        for (what, stretch, expected) in cases {
            assert_eq!(answered(&stretch).contains(&asked().id), expected, "{what}");
        }
    }
}
