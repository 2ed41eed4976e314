//! Who is mentioned: what a text says, less what `allowed_mentions` does not allow.

use serde_json::Value;

use super::ids::{MessageId, UserId};
use super::state::State;

/// The people whom a person's text mentions; a reply mentions its author too.
pub(super) fn by_person(state: &State, content: &str, answers: Option<MessageId>) -> Vec<UserId> {
    let answered = answers.and_then(|id| state.find_message(id)).map(|message| message.author);
    let mut mentioned = written(state, content);
    mentioned.extend(answered.filter(|user| !mentioned.contains(user)));
    mentioned
}

/// The people whom the bot's request mentions.
pub(super) fn by_bot(state: &State, body: &Value, content: &str) -> Vec<UserId> {
    let allowed = body.get("allowed_mentions").filter(|allowed| !allowed.is_null());
    let listed = |user: &UserId| match allowed {
        None => true,
        Some(allowed) => has(&allowed["parse"], "users") || has(&allowed["users"], &user.to_string()),
    };
    let mut mentioned: Vec<_> = written(state, content).into_iter().filter(listed).collect();
    if allowed.is_none_or(|allowed| allowed["replied_user"] == true) {
        let answered = snowflake(&body["message_reference"]["message_id"]).map(MessageId::new);
        let author = answered.and_then(|id| state.find_message(id)).map(|message| message.author);
        mentioned.extend(author.filter(|user| !mentioned.contains(user)));
    }
    mentioned
}

/// A snowflake as clients write it: text, or a number.
pub(super) fn snowflake(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

fn written(state: &State, content: &str) -> Vec<UserId> {
    let mut found = Vec::new();
    for rest in content.split("<@").skip(1) {
        let number = rest.trim_start_matches('!').split_once('>').and_then(|(number, _)| number.parse().ok());
        let user = number.map(UserId::new).filter(|user| state.users.contains_key(user));
        found.extend(user.filter(|user| !found.contains(user)));
    }
    found
}

fn has(list: &Value, wanted: &str) -> bool {
    list.as_array().is_some_and(|list| list.iter().any(|item| item == wanted))
}
