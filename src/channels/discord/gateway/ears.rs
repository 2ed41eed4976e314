//! What the gateway tells, event by event.

use std::sync::Arc;

use async_trait::async_trait;
use serenity::all::{ConnectionStage, Context, Event, EventHandler, RawEventHandler, ShardStageUpdateEvent};
use tracing::{info, warn};

use super::super::bot::Bot;
use super::GatewayState;

/// The ears of one shard.
pub(super) struct Ears {
    pub(super) bot: Arc<Bot>,
    pub(super) shard: u32,
    pub(super) hears_everything: bool,
}

/// The same ears for events as they come, before the library makes anything of them.
pub(super) struct Heard(pub(super) Arc<Ears>);

impl Ears {
    fn is_up(&self) {
        self.bot.standing.set(self.shard, GatewayState::Connected { hears_everything: self.hears_everything });
    }
}

#[async_trait]
impl EventHandler for Ears {
    async fn shard_stage_update(&self, _: Context, event: ShardStageUpdateEvent) {
        if event.new != ConnectionStage::Connected && !self.bot.stopping.is_cancelled() {
            self.bot.standing.set(self.shard, GatewayState::Connecting);
        }
    }
}

#[async_trait]
impl RawEventHandler for Heard {
    async fn raw_event(&self, _: Context, event: Event) {
        Box::pin(self.0.hear(event)).await;
    }
}

impl Ears {
    async fn hear(&self, event: Event) {
        let Self { bot, shard, .. } = self;
        if bot.stopping.is_cancelled() {
            return;
        }
        match event {
            Event::Ready(event) => {
                bot.introduced(event.ready.user.id, event.ready.application.id);
                bot.standing.set_ready(*shard, Some(bot.clock.now()));
                self.is_up();
                info!(shard, guilds = event.ready.guilds.len(), "connected to Discord");
                bot.catch_up().await;
                if *shard == 0 {
                    bot.register_commands().await;
                    bot.keep_panels().await;
                }
            }
            Event::Resumed(_) => {
                metrics::counter!("firstline_discord_resumes_total").increment(1);
                self.is_up();
            }
            Event::GuildCreate(event) => {
                for thread in &event.guild.threads {
                    Box::pin(bot.thread_seen(thread)).await;
                }
            }
            Event::ThreadCreate(event) => Box::pin(bot.thread_seen(&event.thread)).await,
            Event::MessageCreate(event) => bot.heard(event.message).await,
            Event::MessageUpdate(event) => bot.changed(event).await,
            Event::MessageDelete(event) => {
                bot.panel_may_be_gone(event.channel_id, event.message_id).await;
                bot.deleted(event.channel_id, vec![event.message_id]).await;
            }
            Event::MessageDeleteBulk(event) => bot.deleted(event.channel_id, event.ids).await,
            Event::InteractionCreate(event) => bot.interacted(event.interaction).await,
            Event::ThreadUpdate(event) => bot.channel_changed(&event.thread),
            Event::ChannelUpdate(event) => bot.channel_changed(&event.channel),
            Event::ThreadDelete(event) => bot.channel_gone(event.thread.id).await,
            Event::ChannelDelete(event) => bot.channel_gone(event.channel.id).await,
            Event::Unknown(event) => unreadable(&event.kind),
            _ => {}
        }
    }
}

/// Hears an event as the gateway sends it, without a connection.
#[cfg(any(test, feature = "testing"))]
pub(in super::super) async fn hear(bot: &Arc<Bot>, frame: &str) -> Result<(), serde_json::Error> {
    if let serenity::all::GatewayEvent::Dispatch(_, event) = serde_json::from_str(frame)? {
        Box::pin(Ears { bot: Arc::clone(bot), shard: 0, hears_everything: true }.hear(event)).await;
    }
    Ok(())
}

/// The events that this channel lives on. The library drops what it cannot read as unknown, without a word.
const NEEDED: [&str; 7] =
    ["READY", "RESUMED", "MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE", "MESSAGE_DELETE_BULK", "INTERACTION_CREATE"];

fn unreadable(kind: &str) {
    metrics::counter!("firstline_discord_unreadable_events_total").increment(1);
    if NEEDED.contains(&kind) {
        warn!(kind, "an event from Discord could not be read, and is lost");
    }
}
