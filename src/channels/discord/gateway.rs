//! The connection over which Discord tells what happens. It is kept up whatever comes, but never so eagerly that the day's
//! allowance of sign-ins (about 1 000, after which Discord resets the token) could be used up.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use serenity::all::{
    Client, ClientBuilder, ConnectionStage, Context, Event, EventHandler, GatewayError, GatewayIntents, RawEventHandler,
    ShardManager, ShardStageUpdateEvent,
};
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use super::bot::{self, Bot};
use super::rest::within;

/// How the connection stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GatewayState {
    /// A connection is being made, or made again.
    Connecting,
    /// Events arrive.
    Connected {
        /// Whether every message in the listened channels arrives. Where Discord refuses the message-content intent, only
        /// what mentions the bot, replies to it or is written to it directly does.
        hears_everything: bool,
    },
    /// Discord refuses, for a reason that an administrator has to do something about.
    Refused(String),
    /// The channel was told to stop.
    Stopped,
}

impl fmt::Display for GatewayState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connecting => f.write_str("connecting"),
            Self::Connected { hears_everything: true } => f.write_str("connected"),
            Self::Connected { hears_everything: false } => write!(f, "connected, but {INTENT_REFUSED}"),
            Self::Refused(why) => write!(f, "refused: {why}"),
            Self::Stopped => f.write_str("stopped"),
        }
    }
}

/// What it means that Discord closes with 4014, and what to do.
const INTENT_REFUSED: &str = "only mentions, replies to the bot, direct messages, buttons and /sak are heard: \
    switch on \"Message Content Intent\" under Bot in Discord's developer portal and start again";

/// What it means that Discord closes with 4004 or answers 401, and what to do.
const TOKEN_REFUSED: &str = "Discord does not know the token; copy it again from the developer portal to FIRSTLINE_DISCORD_TOKEN";

/// How long stopping may take: the connection first, then what is under way.
const CLOSING: Duration = Duration::from_millis(1_200);
const FINISHING: Duration = Duration::from_millis(1_600);

/// How many of the day's sign-ins are left alone.
const RESERVE: u64 = 50;

/// How often it is looked at how many sign-ins the library has used, and how many it may use in that time.
const LOOK_EVERY: Duration = Duration::from_mins(2);
const SIGN_INS_A_LOOK: u64 = 5;

/// The pauses between connections.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_mins(10);

/// A connection that held this long was a good one.
const GOOD: Duration = Duration::from_mins(5);

/// Why a connection ended.
enum Ended {
    Stopped,
    IntentRefused,
    Refused(String),
    Lost(String),
    /// Too many sign-ins; come back after this long.
    Spent(Duration),
}

/// Keeps the connection until told to stop.
pub(super) async fn run(bot: &Arc<Bot>, stop: &CancellationToken) {
    let mut hears_everything = true;
    let mut pause = FIRST_PAUSE;
    loop {
        bot.set_state(GatewayState::Connecting);
        let began = Instant::now();
        let ended = connect(bot, hears_everything, stop).await;
        if began.elapsed() >= GOOD {
            pause = FIRST_PAUSE;
        }
        let wait = match ended {
            Ended::Stopped => break,
            Ended::IntentRefused => {
                warn!("Discord refuses the message-content intent; {INTENT_REFUSED}");
                hears_everything = false;
                pause
            }
            Ended::Refused(why) => {
                warn!(why, "Discord refuses the connection");
                bot.set_state(GatewayState::Refused(why));
                LONGEST_PAUSE
            }
            Ended::Lost(why) => {
                warn!(why, wait_ms = pause.as_millis(), "the connection to Discord was lost");
                pause
            }
            Ended::Spent(wait) => {
                warn!(wait_s = wait.as_secs(), "too many sign-ins to Discord; waiting so that the day's allowance lasts");
                wait
            }
        };
        tokio::select! {
            () = stop.cancelled() => break,
            () = tokio::time::sleep(wait) => pause = LONGEST_PAUSE.min(pause * 2),
        }
    }
    bot.set_state(GatewayState::Stopped);
    bot.stopping.cancel();
    if !bot.lanes.finish(FINISHING).await {
        warn!("not everything from Discord could be finished; it is read again at the next start");
    }
}

/// One connection, from asking for the gateway's address to its end.
async fn connect(bot: &Arc<Bot>, hears_everything: bool, stop: &CancellationToken) -> Ended {
    let made = tokio::select! {
        () = stop.cancelled() => return Ended::Stopped,
        made = prepare(bot, hears_everything) => made,
    };
    let (mut client, allowance) = match made {
        Ok(prepared) => prepared,
        Err(ended) => return ended,
    };
    let shards = Arc::clone(&client.shard_manager);
    let ended = tokio::select! {
        () = stop.cancelled() => {
            bot.stopping.cancel();
            Ended::Stopped
        }
        wait = overspent(bot, allowance) => Ended::Spent(wait),
        ended = client.start() => match ended {
            Err(serenity::Error::Gateway(GatewayError::DisallowedGatewayIntents)) => Ended::IntentRefused,
            Err(serenity::Error::Gateway(GatewayError::InvalidAuthentication)) => Ended::Refused(TOKEN_REFUSED.to_owned()),
            Err(error) => Ended::Lost(error.to_string()),
            Ok(()) => Ended::Lost("the gateway's library gave up".to_owned()),
        },
    };
    close(&shards).await;
    ended
}

async fn close(shards: &ShardManager) {
    if timeout(CLOSING, shards.shutdown_all()).await.is_err() {
        warn!("Discord did not confirm the end of the connection");
    }
}

/// A client for the gateway that Discord names, and how many sign-ins are left.
async fn prepare(bot: &Arc<Bot>, hears_everything: bool) -> Result<(Client, u64), Ended> {
    let gateway = within(bot.http.get_bot_gateway()).await.map_err(|error| {
        if error.is_token_refused() { Ended::Refused(TOKEN_REFUSED.to_owned()) } else { Ended::Lost(error.to_string()) }
    })?;
    let limit = &gateway.session_start_limit;
    if limit.remaining <= RESERVE.min(limit.total / 2) {
        return Err(Ended::Spent(Duration::from_millis(limit.reset_after).max(FIRST_PAUSE)));
    }
    let mut intents = GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
    intents.set(GatewayIntents::MESSAGE_CONTENT, hears_everything);
    let ears = Arc::new(Ears { bot: Arc::clone(bot), hears_everything });
    let builder = ClientBuilder::new_with_http(bot::http(&bot.config), intents)
        .event_handler_arc(Arc::clone(&ears))
        .raw_event_handler(Heard(ears));
    let client = within(builder.into_future()).await.map_err(|error| Ended::Lost(error.to_string()))?;
    // Where the library could not ask for the address, it would take Discord's own, and give it another server's token.
    *client.ws_url.lock().await = gateway.url;
    Ok((client, limit.remaining))
}

/// Ends when the library signs in again and again, which it does by itself every five seconds for as long as it is turned away.
/// Gives back how long to leave Discord alone.
async fn overspent(bot: &Bot, mut left: u64) -> Duration {
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        let Ok(gateway) = within(bot.http.get_bot_gateway()).await else { continue };
        let remaining = gateway.session_start_limit.remaining;
        if left.saturating_sub(remaining) > SIGN_INS_A_LOOK {
            return LONGEST_PAUSE;
        }
        left = remaining;
    }
}

/// What the gateway's library tells.
struct Ears {
    bot: Arc<Bot>,
    hears_everything: bool,
}

/// The same ears for events as they come, before the library makes anything of them.
struct Heard(Arc<Ears>);

#[async_trait]
impl EventHandler for Ears {
    async fn shard_stage_update(&self, _: Context, event: ShardStageUpdateEvent) {
        if event.new != ConnectionStage::Connected && !self.bot.stopping.is_cancelled() {
            self.bot.set_state(GatewayState::Connecting);
        }
    }
}

#[async_trait]
impl RawEventHandler for Heard {
    async fn raw_event(&self, _: Context, event: Event) {
        let Ears { bot, hears_everything } = &*self.0;
        if bot.stopping.is_cancelled() {
            return;
        }
        match event {
            Event::Ready(event) => {
                bot.introduced(event.ready.user.id, event.ready.application.id);
                bot.set_state(GatewayState::Connected { hears_everything: *hears_everything });
                info!(guilds = event.ready.guilds.len(), "connected to Discord");
                bot.catch_up().await;
                bot.register_command().await;
            }
            Event::Resumed(_) => bot.set_state(GatewayState::Connected { hears_everything: *hears_everything }),
            Event::GuildCreate(event) => {
                for thread in &event.guild.threads {
                    bot.thread_seen(thread).await;
                }
            }
            Event::ThreadCreate(event) => bot.thread_seen(&event.thread).await,
            Event::MessageCreate(event) => bot.heard(event.message).await,
            Event::InteractionCreate(event) => bot.interacted(event.interaction).await,
            Event::Unknown(event) => unreadable(&event.kind),
            _ => {}
        }
    }
}

/// The events that this channel lives on. The library drops what it cannot read as unknown, without a word.
const NEEDED: [&str; 4] = ["READY", "RESUMED", "MESSAGE_CREATE", "INTERACTION_CREATE"];

fn unreadable(kind: &str) {
    metrics::counter!("firstline_discord_unreadable_events_total").increment(1);
    if NEEDED.contains(&kind) {
        warn!(kind, "an event from Discord could not be read, and is lost");
    }
}
