//! What everything on Discord shares.

use std::num::NonZeroU64;
use std::sync::Arc;

use serenity::all::{ApplicationId, ChannelId, CreateAllowedMentions, Http, HttpBuilder, UserId};
use tokio::sync::OnceCell;
use tokio_util::sync::CancellationToken;

use super::address::Address;
use super::brake::Brake;
use super::files::Fetcher;
use super::gateway::Standing;
use super::home::Homes;
use super::interactions::Acknowledging;
use super::lanes::Lanes;
use super::looks::Looks;
use super::progress::Progress;
use super::rest::RestError;
use super::{CHANNEL, DiscordError, DiscordParts, Filter};
use crate::config::DiscordConfig;
use crate::domain::ids::{ChannelName, EmployeeId, OperatorId};
use crate::domain::time::Timestamp;
use crate::flows::Flows;
use crate::ports::{Clock, StandardReplies, Store};
use crate::wording::{Facts, Wording};

pub(super) struct Bot {
    pub(super) config: DiscordConfig,
    pub(super) flows: Flows,
    pub(super) store: Arc<dyn Store>,
    pub(super) wording: Arc<Wording>,
    pub(super) facts: Facts,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) filter: Filter,
    pub(super) largest_file_mb: u32,
    pub(super) fetcher: Fetcher,
    pub(super) replies: Arc<dyn StandardReplies>,
    pub(super) http: Arc<Http>,
    pub(super) lanes: Arc<Lanes>,
    pub(super) progress: Progress,
    pub(super) brake: Brake,
    pub(super) looks: Looks,
    pub(super) acknowledging: Acknowledging,
    pub(super) homes: Homes,
    /// Set once the channel is told to stop.
    pub(super) stopping: CancellationToken,
    pub(super) standing: Standing,
    me: OnceCell<UserId>,
}

impl Bot {
    pub(super) fn new(parts: DiscordParts) -> Result<Self, DiscordError> {
        let DiscordParts { config, flows, store, wording, facts, clock, filter, largest_file_mb, replies } = parts;
        no_zeros(&config)?;
        let token = config.token.reveal();
        if token.trim().is_empty() || !token.chars().all(|c| c.is_ascii_graphic()) {
            return Err(DiscordError::Token);
        }
        let fetcher = Fetcher::new().map_err(|_| DiscordError::Fetcher)?;
        let stopping = CancellationToken::new();
        Ok(Self {
            http: Arc::new(http(&config)),
            lanes: Arc::new(Lanes::new(stopping.clone())),
            progress: Progress::default(),
            brake: Brake::default(),
            looks: Looks::default(),
            acknowledging: Acknowledging::default(),
            homes: Homes::default(),
            standing: Standing::default(),
            me: OnceCell::new(),
            config,
            flows,
            store,
            wording,
            facts,
            clock,
            filter,
            largest_file_mb,
            fetcher,
            replies,
            stopping,
        })
    }

    /// The bot's own user.
    pub(super) async fn me(&self) -> Result<UserId, RestError> {
        self.me.get_or_try_init(|| async { Ok(self.call(self.http.get_current_user()).await?.id) }).await.copied()
    }

    /// Notes who the gateway says that we are.
    pub(super) fn introduced(&self, me: UserId, application: ApplicationId) {
        self.http.set_application_id(application);
        // Discord never changes it, so whichever of gateway and REST told first is right.
        drop(self.me.set(me));
    }
}

/// A client for Discord's REST side, or for the compatible server that is configured.
pub(super) fn http(config: &DiscordConfig) -> Http {
    let builder = HttpBuilder::new(config.token.reveal()).default_allowed_mentions(CreateAllowedMentions::new());
    match &config.api {
        // serenity leaves the address out of account while its own rate limiter is on.
        Some(api) => builder.proxy(api).ratelimiter_disabled(true).build(),
        None => builder.build(),
    }
}

fn no_zeros(config: &DiscordConfig) -> Result<(), DiscordError> {
    let refuse = |key: String| Err(DiscordError::ZeroId { key });
    if config.channels.contains_key(&0) || config.panels.contains(&0) || config.coordinators.contains(&0) {
        return refuse("[discord] channels, panels or coordinators".to_owned());
    }
    for (group, operators) in &config.groups {
        if operators.channel == 0 {
            return refuse(format!("[discord.groups.{group}] channel"));
        }
        if operators.roles.contains(&0) {
            return refuse(format!("[discord.groups.{group}] role"));
        }
    }
    match config.guilds.iter().find(|(id, guild)| **id == 0 || guild.coordinators.contains(&0)) {
        Some((_, guild)) => refuse(format!("[discord.guilds.{}] id or coordinators", guild.name)),
        None => Ok(()),
    }
}

pub(super) fn channel_name() -> ChannelName {
    ChannelName::new(CHANNEL)
}

pub(super) fn employee_id(user: UserId) -> EmployeeId {
    EmployeeId::new(format!("{CHANNEL}:{user}"))
}

pub(super) fn operator_id(user: UserId) -> OperatorId {
    OperatorId::new(format!("{CHANNEL}:{user}"))
}

/// The Discord user behind an employee's or operator's id; `None` where another channel vouches for it.
pub(super) fn user_of(id: &str) -> Option<UserId> {
    let (channel, key) = id.split_once(':')?;
    Some(UserId::from(number(key)?)).filter(|_| channel == CHANNEL)
}

/// The channel that an address is in, whoever sees what is said there.
pub(super) fn channel_at(address: &str) -> Option<ChannelId> {
    Address::parse(address).map(|address| address.channel)
}

/// A Discord id, which is never 0.
pub(super) fn number(text: &str) -> Option<NonZeroU64> {
    text.parse().ok()
}

/// Discord counts milliseconds from the first second of 2015.
const EPOCH_MS: i64 = 1_420_070_400_000;

/// The moment at which Discord gave an id.
pub(super) fn moment_of(id: u64) -> Timestamp {
    let millis = i64::try_from(id >> 22).unwrap_or(0) + EPOCH_MS;
    Timestamp::from_micros(millis * 1_000)
}

/// The smallest id that Discord gives at this moment.
pub(super) fn snowflake_at(at: Timestamp) -> u64 {
    u64::try_from(at.millis() - EPOCH_MS).unwrap_or(0) << 22
}
