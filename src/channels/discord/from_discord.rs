//! Discord's messages and people in the domain's words.

use serenity::all::{GuildId, Member, Message, MessageType, User, UserId};

use super::bot::{Bot, channel_name, employee_id};
use crate::domain::ids::ExternalId;
use crate::domain::lang::Lang;
use crate::domain::message::{Employee, IncomingMessage, LangHint, Redacted, Secret};
use crate::domain::place::{Delivery, Place, Readers};

/// Whether a person wrote it, and not a bot, a webhook or Discord itself.
pub(super) fn is_from_a_person(message: &Message) -> bool {
    let by_hand = matches!(message.kind, MessageType::Regular | MessageType::InlineReply);
    by_hand && !message.author.bot && !message.author.system && message.webhook_id.is_none()
}

/// Whether the message speaks to the bot: mentions it, or replies to it.
pub(super) fn is_addressed_to(me: UserId, message: &Message) -> bool {
    let replied_to = message.referenced_message.as_ref().map(|earlier| earlier.author.id);
    message.mentions.iter().any(|user| user.id == me) || replied_to == Some(me)
}

/// Whether the message speaks to somebody else and not to the bot: mentions them, or replies to what they wrote.
pub(super) fn speaks_to_another(me: UserId, message: &Message) -> bool {
    let is_another = |user: &User| user.id != me && user.id != message.author.id;
    let replied_to = message.referenced_message.as_ref().map(|earlier| &earlier.author);
    !is_addressed_to(me, message) && (message.mentions.iter().any(is_another) || replied_to.is_some_and(is_another))
}

/// The text that a person wrote: without the bot's own mention, with names for people's ids and, where `with_files`, for attached files.
pub(super) fn text_of(me: UserId, message: &Message, with_files: bool) -> String {
    let mut text = message.content.clone();
    for user in &message.mentions {
        let said = if user.id == me { String::new() } else { format!("@{}", display_name(user)) };
        text = text.replace(&format!("<@{}>", user.id), &said).replace(&format!("<@!{}>", user.id), &said);
    }
    let mut text = text.replace(&format!("<@{me}>"), "").trim().to_owned();
    for attachment in message.attachments.iter().filter(|_| with_files) {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str("📎 ");
        text.push_str(&attachment.filename);
    }
    text
}

/// What to call a user, outside any server.
pub(super) fn display_name(user: &User) -> &str {
    user.global_name.as_deref().unwrap_or(&user.name)
}

/// The language of a person's Discord, where it is one of ours. Discord has one Norwegian, which it calls `no`.
fn lang_of(locale: &str) -> Option<Lang> {
    match locale.split('-').next() {
        Some("no" | "nb") => Some(Lang::Nb),
        Some("nn") => Some(Lang::Nn),
        Some("en") => Some(Lang::En),
        _ => None,
    }
}

impl Bot {
    /// The language to tell somebody something in, by their Discord's; its one Norwegian is taken to be that of the server.
    pub(super) fn readers_lang_in(&self, locale: &str, guild: Option<GuildId>) -> Lang {
        let common = self.config.lang_in(guild.map(GuildId::get));
        match lang_of(locale) {
            Some(Lang::En) => Lang::En,
            Some(_) if common == Lang::Nn => Lang::Nn,
            Some(lang) => lang,
            None => common,
        }
    }

    /// What to call whoever wrote the message: the server's name for them before their own.
    pub(super) fn author_name(&self, message: &Message) -> String {
        let nick = message.member.as_ref().and_then(|member| member.nick.as_deref());
        self.filtered_name(nick, &message.author)
    }

    /// What to call whoever pressed.
    pub(super) fn presser_name(&self, member: Option<&Member>, user: &User) -> String {
        self.filtered_name(member.and_then(|member| member.nick.as_deref()), user)
    }

    /// People call themselves what they like, so names pass the privacy filter too.
    pub(super) fn filtered_name(&self, nick: Option<&str>, user: &User) -> String {
        let (name, _) = (self.filter)(nick.unwrap_or_else(|| display_name(user)));
        name.as_str().to_owned()
    }

    /// A person's text after the privacy filter.
    pub(super) fn filtered(&self, me: UserId, message: &Message) -> (Redacted, Vec<Secret>) {
        // Files that are taken are lines of their own; without any words their names are all there is to ask by.
        let with_files = message.content.trim().is_empty() || !self.flows.takes_files();
        (self.filter)(&text_of(me, message, with_files))
    }

    /// A message of an employee.
    pub(super) fn incoming(&self, me: UserId, message: &Message) -> IncomingMessage {
        let (text, secrets) = self.filtered(me, message);
        let address = message.channel_id.to_string();
        let is_direct = message.guild_id.is_none() && !self.config.channels.contains_key(&message.channel_id.get());
        IncomingMessage {
            conversation: None,
            place: Place { channel: channel_name(), address, delivery: Delivery::Pushed },
            external_id: ExternalId::new(message.id.to_string()),
            employee: Employee {
                id: employee_id(message.author.id),
                name: Some(self.author_name(message)),
                email: None,
                organisation: None,
            },
            text,
            secrets,
            lang: LangHint::Likely(self.config.lang),
            readers: if is_direct { Readers::Alone } else { Readers::Others },
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ME: UserId = UserId::new(10);

    fn message(changes: &serde_json::Value) -> Message {
        let mut whole = json!({
            "attachments": [], "author": {"id": "7", "username": "kari"}, "channel_id": "20", "content": "hei", "embeds": [],
            "id": "50", "mention_everyone": false, "mention_roles": [], "mentions": [], "pinned": false,
            "timestamp": "2026-01-01T00:00:00.000000+00:00", "tts": false, "type": 0,
        });
        whole.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        serde_json::from_value(whole).unwrap()
    }

    #[test]
    fn the_bots_mention_goes_and_other_peoples_become_names() {
        let spoken = message(&json!({
            "content": "<@10> kan du hjelpe <@!8>?",
            "mentions": [{"id": "10", "username": "firstline"}, {"id": "8", "username": "ola", "global_name": "Ola N"}],
        }));
        assert_eq!(text_of(ME, &spoken, true), "kan du hjelpe @Ola N?");
        assert!(is_addressed_to(ME, &spoken));
    }

    #[test]
    fn files_are_told_by_name() {
        let file = json!({"id": "1", "filename": "feil.png", "size": 1, "url": "https://x/1", "proxy_url": "https://x/1"});
        assert_eq!(text_of(ME, &message(&json!({"content": "", "attachments": [file]})), true), "📎 feil.png");
    }

    #[test]
    fn only_people_are_listened_to() {
        let cases = [
            (json!({}), true),
            (json!({"type": 19}), true),
            (json!({"type": 18}), false),
            (json!({"webhook_id": "9"}), false),
            (json!({"author": {"id": "9", "username": "b", "bot": true}}), false),
        ];
        for (changes, expected) in cases {
            assert_eq!(is_from_a_person(&message(&changes)), expected, "{changes}");
        }
    }

    #[test]
    fn a_reply_to_the_bot_speaks_to_it() {
        let mut reply = message(&json!({"type": 19}));
        assert!(!is_addressed_to(ME, &reply));
        reply.referenced_message =
            Some(Box::new(message(&json!({"author": {"id": "10", "username": "firstline", "bot": true}}))));
        assert!(is_addressed_to(ME, &reply));
    }

    #[test]
    fn words_to_a_colleague_are_not_for_the_bot() {
        let (ola, me) = (json!({"id": "8", "username": "ola"}), json!({"id": "10", "username": "firstline"}));
        let cases = [
            (json!({}), false),
            (json!({"mentions": [ola]}), true),
            (json!({"mentions": [ola, me]}), false),
            (json!({"type": 19, "referenced_message": message(&json!({"author": ola}))}), true),
            (json!({"type": 19, "referenced_message": message(&json!({}))}), false),
        ];
        for (changes, expected) in cases {
            assert_eq!(speaks_to_another(ME, &message(&changes)), expected, "{changes}");
        }
    }

    #[test]
    fn discords_languages_are_ours_where_they_can_be() {
        let expected = [("no", Some(Lang::Nb)), ("en-GB", Some(Lang::En)), ("en-US", Some(Lang::En)), ("da", None)];
        assert_eq!(expected.map(|(locale, _)| (locale, lang_of(locale))), expected);
    }
}
