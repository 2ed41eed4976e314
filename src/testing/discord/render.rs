//! The platform's JSON objects, complete enough for its own clients.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::ids::{ChannelId, GuildId, RoleId, UserId};
use super::message::Message;
use super::permission;
use super::state::{Channel, Kind, Role, State, Thread, User};

/// A moment as the platform writes it.
pub(super) fn moment(millis: i64) -> String {
    let moment = Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH);
    moment.strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string()
}

/// A person's place in a thread.
pub(super) fn thread_member_json(thread: ChannelId, user: UserId, joined: i64) -> Value {
    json!({ "id": thread.to_string(), "user_id": user.to_string(), "join_timestamp": moment(joined), "flags": 0 })
}

impl State {
    pub(super) fn user_json(&self, id: UserId) -> Value {
        let user = self.users.get(&id);
        let name = user.map_or("deleted", |user| user.name.as_str());
        let is_bot = user.is_some_and(|user| user.is_bot);
        json!({
            "id": id.to_string(),
            "username": name.to_lowercase().replace(' ', "."),
            "global_name": if is_bot { Value::Null } else { json!(name) },
            "discriminator": if is_bot { "0001" } else { "0" },
            "avatar": null,
            "avatar_decoration_data": null,
            "collectibles": null,
            "primary_guild": null,
            "public_flags": 0,
            "flags": 0,
            "bot": is_bot,
        })
    }

    /// The bot's own account.
    pub(super) fn me_json(&self) -> Value {
        self.own_account_json(self.bot)
    }

    /// An account as it is told to itself.
    pub(super) fn own_account_json(&self, who: UserId) -> Value {
        let mut me = self.user_json(who);
        me["mfa_enabled"] = json!(true);
        me["locale"] = json!("no");
        me["premium_type"] = json!(0);
        me["email"] = Value::Null;
        me["verified"] = json!(true);
        me
    }

    /// A member of a guild; null where they are none.
    pub(super) fn member_json(&self, guild: GuildId, id: UserId) -> Value {
        let mut member = self.member_without_user_json(guild, id);
        if !member.is_null() {
            member["user"] = self.user_json(id);
        }
        member
    }

    /// A member as it stands beside a message's author.
    pub(super) fn member_without_user_json(&self, guild: GuildId, id: UserId) -> Value {
        let (user, roles) = (self.users.get(&id), self.roles_in(guild, id));
        user.zip(roles).map_or(Value::Null, |(user, roles)| member_fields(user, roles))
    }

    pub(super) fn message_json(&self, message: &Message) -> Value {
        let mentions: Vec<_> = message.mentions.iter().map(|user| self.user_json(*user)).collect();
        let mut body = json!({
            "id": message.id.to_string(),
            "type": message.kind,
            "channel_id": message.channel.to_string(),
            "author": self.user_json(message.author),
            "content": message.content,
            "embeds": message.embeds,
            "components": message.components,
            "attachments": message.attachments,
            "mentions": mentions,
            "mention_roles": [],
            "mention_everyone": false,
            "timestamp": moment(message.posted),
            "edited_timestamp": message.edited.map(moment),
            "flags": message.flags,
            "pinned": false,
            "tts": false,
        });
        if let Some(metadata) = &message.interaction {
            body["interaction_metadata"] = metadata.clone();
            body["application_id"] = json!(self.application.to_string());
            body["webhook_id"] = json!(self.application.to_string());
        }
        if message.has_thread {
            body["thread"] = self.channel_json(ChannelId::new(message.id.get()));
        }
        self.render_answered(message, &mut body);
        body
    }

    fn render_answered(&self, message: &Message, body: &mut Value) {
        let Some(answered) = message.answers else { return };
        let found = self.find_message(answered);
        let channel = found.map_or(message.channel, |found| found.channel);
        let reference = json!({ "type": 0, "message_id": answered.to_string(), "channel_id": channel.to_string() });
        body["message_reference"] = self.with_guild(message.channel, reference);
        body["referenced_message"] = found.map_or(Value::Null, |found| {
            let shallow = Message { answers: None, ..found.clone() };
            self.message_json(&shallow)
        });
    }

    pub(super) fn channel_json(&self, id: ChannelId) -> Value {
        let Some(channel) = self.channels.get(&id) else { return Value::Null };
        let last = self.messages.get(&id).and_then(|room| room.keys().next_back()).map(ToString::to_string);
        match &channel.kind {
            Kind::Text => self.text_json(id, channel, last.as_deref()),
            Kind::Thread(thread) => self.thread_json(id, channel, thread, last.as_deref()),
            Kind::Direct(person) => json!({
                "id": id.to_string(),
                "type": 1,
                "flags": 0,
                "last_message_id": last,
                "recipients": [self.user_json(*person)],
            }),
        }
    }

    fn text_json(&self, id: ChannelId, channel: &Channel, last: Option<&str>) -> Value {
        let position = self.channels.keys().position(|other| *other == id);
        json!({
            "id": id.to_string(),
            "type": channel.sort,
            "flags": 0,
            "guild_id": self.guild_of(id).to_string(),
            "name": channel.name,
            "topic": null,
            "position": position,
            "parent_id": null,
            "nsfw": false,
            "rate_limit_per_user": 0,
            "last_message_id": last,
            "permission_overwrites": self.overwrites_json(self.guild_of(id), channel),
        })
    }

    /// What the channel takes from everybody and from the bot, and whom it is opened for.
    fn overwrites_json(&self, guild: GuildId, channel: &Channel) -> Value {
        let overwrite = |id: String, kind: u8, allow: u64, deny: u64| json!({ "id": id, "type": kind, "allow": allow.to_string(), "deny": deny.to_string() });
        let mut overwrites = Vec::new();
        if !channel.only_for.is_empty() {
            overwrites.push(overwrite(guild.to_string(), 0, 0, permission::VIEW_CHANNEL));
            overwrites.extend(channel.only_for.iter().map(|r| overwrite(r.to_string(), 0, permission::VIEW_CHANNEL, 0)));
        }
        if channel.denied != 0 || !channel.only_for.is_empty() {
            overwrites.push(overwrite(self.bot.to_string(), 1, permission::GRANTED & !channel.denied, channel.denied));
        }
        Value::Array(overwrites)
    }

    fn thread_json(&self, id: ChannelId, channel: &Channel, thread: &Thread, last: Option<&str>) -> Value {
        let count = self.messages.get(&id).map_or(0, std::collections::BTreeMap::len);
        let joined = thread.members.get(&self.bot);
        let mut body = json!({
            "id": id.to_string(),
            "type": self.thread_number(thread),
            "flags": 0,
            "guild_id": self.guild_of(id).to_string(),
            "parent_id": thread.parent.to_string(),
            "owner_id": thread.owner.to_string(),
            "name": channel.name,
            "last_message_id": last,
            "rate_limit_per_user": 0,
            "message_count": count,
            "total_message_sent": count,
            "member_count": thread.members.len().min(50),
            "thread_metadata": {
                "archived": thread.archived,
                "archive_timestamp": moment(thread.archive_changed),
                "auto_archive_duration": thread.auto_archive_minutes,
                "locked": thread.locked,
                "create_timestamp": moment(thread.created),
            },
        });
        if thread.private {
            body["thread_metadata"]["invitable"] = json!(false);
        }
        if let Some(joined) = joined {
            body["member"] = thread_member_json(id, self.bot, *joined);
        }
        body
    }

    pub(super) fn roles_json(&self, guild: GuildId) -> Value {
        self.roles_of(guild).iter().enumerate().map(|(position, (id, role))| role_json(*id, role, position)).collect()
    }

    /// The threads that are not archived and that the bot sees.
    pub(super) fn active_threads(&self) -> Vec<ChannelId> {
        let is_active = |channel: &Channel| channel.thread().is_some_and(|thread| !thread.archived);
        let active = self.channels.iter().filter(|(id, channel)| is_active(channel) && self.visible(**id).is_ok());
        active.map(|(id, _)| *id).collect()
    }

    /// Threads as the platform lists them, with the bot's own membership beside.
    pub(super) fn threads_json(&self, threads: &[ChannelId]) -> Value {
        let bodies: Vec<_> = threads.iter().map(|id| self.channel_json(*id)).collect();
        let members: Vec<_> = bodies.iter().filter_map(|thread| thread.get("member").cloned()).collect();
        json!({ "threads": bodies, "members": members, "has_more": false })
    }
}

fn member_fields(user: &User, roles: &[RoleId]) -> Value {
    let roles: Vec<_> = roles.iter().map(ToString::to_string).collect();
    json!({
        "roles": roles,
        "nick": null,
        "avatar": null,
        "banner": null,
        "avatar_decoration_data": null,
        "communication_disabled_until": null,
        "premium_since": null,
        "joined_at": moment(user.joined),
        "flags": 0,
        "pending": false,
        "mute": false,
        "deaf": false,
    })
}

fn role_json(id: RoleId, role: &Role, position: usize) -> Value {
    json!({
        "id": id.to_string(),
        "name": role.name,
        "permissions": role.permissions.to_string(),
        "position": position,
        "color": 0,
        "colors": { "primary_color": 0, "secondary_color": null, "tertiary_color": null },
        "hoist": false,
        "managed": false,
        "mentionable": false,
        "icon": null,
        "unicode_emoji": null,
        "flags": 0,
    })
}
