//! The guild, the application and what a session is greeted with.

use serde_json::{Value, json};

use super::ids::{ChannelId, GuildId, UserId};
use super::render::moment;
use super::state::{Kind, State};

/// The application's flag that it reads message content (granted below the review threshold).
const MESSAGE_CONTENT_LIMITED: u64 = 1 << 19;

impl State {
    pub(super) fn guild_json(&self, id: GuildId) -> Value {
        let mut guild = self.guild_fields(id);
        let more = json!({
            "home_header": null,
            "discovery_splash": null,
            "application_id": null,
            "region": "rotterdam",
            "afk_channel_id": null,
            "afk_timeout": 300,
            "system_channel_id": null,
            "widget_enabled": false,
            "widget_channel_id": null,
            "max_presences": null,
            "max_members": 500_000,
            "max_stage_video_channel_users": 50,
            "max_video_channel_users": 25,
            "vanity_url_code": null,
            "premium_subscription_count": 0,
            "rules_channel_id": null,
            "safety_alerts_channel_id": null,
            "public_updates_channel_id": null,
            "nsfw": false,
            "incidents_data": null,
        });
        extend(&mut guild, more);
        guild
    }

    fn guild_fields(&self, id: GuildId) -> Value {
        json!({
            "id": id.to_string(),
            "name": self.guild_name(id),
            "icon": null,
            "description": null,
            "splash": null,
            "banner": null,
            "features": [],
            "emojis": [],
            "stickers": [],
            "owner_id": self.owner.to_string(),
            "roles": self.roles_json(id),
            "verification_level": 0,
            "default_message_notifications": 0,
            "mfa_level": 0,
            "explicit_content_filter": 0,
            "nsfw_level": 0,
            "premium_tier": 0,
            "premium_progress_bar_enabled": false,
            "preferred_locale": "no",
            "system_channel_flags": 0,
        })
    }

    /// The guild as a session of this account gets it when it begins: with the rooms that it sees.
    pub(super) fn guild_create_json(&self, who: UserId, guild: GuildId) -> Value {
        let members: Vec<_> = self.members_of(guild).into_iter().map(|user| self.member_json(guild, user)).collect();
        let sees = |id: &ChannelId| self.guild_of(*id) == guild && (who == self.bot || self.sees(who, *id));
        let active = self.active_threads().into_iter().filter(sees);
        let threads: Vec<_> = active.map(|id| self.channel_json(id)).collect();
        let text = self.channels.iter().filter(|(id, channel)| matches!(channel.kind, Kind::Text) && sees(id));
        let channels: Vec<_> = text.map(|(id, _)| self.channel_json(*id)).collect();
        let mut guild = self.guild_json(guild);
        let more = json!({
            "joined_at": moment(self.users.get(&who).map_or(0, |user| user.joined)),
            "large": false,
            "unavailable": false,
            "member_count": members.len(),
            "members": members,
            "channels": channels,
            "threads": threads,
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        });
        extend(&mut guild, more);
        guild
    }

    /// The guild's channels that are not threads.
    pub(super) fn text_channels_json(&self, guild: GuildId) -> Value {
        let text = self.channels.iter().filter(|(_, channel)| matches!(channel.kind, Kind::Text));
        let text = text.filter(|(id, _)| self.guild_of(**id) == guild);
        text.map(|(id, _)| self.channel_json(*id)).collect()
    }

    /// What the first event of a session says.
    pub(super) fn ready_json(&self, who: UserId, session: &str, shard: (u64, u64), guilds: &[GuildId]) -> Value {
        let guilds: Vec<_> = guilds.iter().map(|id| json!({ "id": id.to_string(), "unavailable": true })).collect();
        json!({
            "v": 10,
            "user": self.own_account_json(who),
            "guilds": guilds,
            "session_id": session,
            "resume_gateway_url": self.gateway_url,
            "shard": [shard.0, shard.1],
            "application": { "id": self.application.to_string(), "flags": self.application_flags() },
            "private_channels": [],
            "relationships": [],
            "presences": [],
            "user_settings": {},
        })
    }

    pub(super) fn application_json(&self) -> Value {
        json!({
            "id": self.application.to_string(),
            "name": "Firstline",
            "icon": null,
            "description": "",
            "type": null,
            "bot": self.user_json(self.bot),
            "bot_public": false,
            "bot_require_code_grant": false,
            "verify_key": "00",
            "flags": self.application_flags(),
            "flags_new": self.application_flags().to_string(),
            "redirect_uris": [],
            "interactions_endpoint_url": null,
            "role_connections_verification_url": null,
            "owner": self.user_json(self.owner),
            "approximate_guild_count": 1,
            "approximate_user_install_count": 0,
            "approximate_user_authorization_count": 0,
            "explicit_content_filter": 0,
            "team": null,
            "eligible_oauth2_scopes": [],
        })
    }

    const fn application_flags(&self) -> u64 {
        if self.gateway.content_allowed { MESSAGE_CONTENT_LIMITED } else { 0 }
    }
}

/// Adds the fields of one object to another.
pub(super) fn extend(object: &mut Value, more: Value) {
    if let (Some(object), Value::Object(more)) = (object.as_object_mut(), more) {
        object.extend(more);
    }
}
