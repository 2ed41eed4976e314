//! One session of one shard: from its sign-in to the moment at which it would need another one. Resuming is the library's, and free.

use std::sync::Arc;
use std::time::Duration;

use serenity::all::{
    GatewayError, GatewayIntents, Shard, ShardId, ShardInfo, ShardManager, ShardManagerOptions, ShardMessenger, ShardRunner,
    ShardRunnerInfo, ShardRunnerMessage, ShardRunnerOptions,
};
use serenity::gateway::ConnectionStage;
use serenity::prelude::{RwLock, TypeMap};
use tokio::sync::Mutex;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tracing::warn;

use super::super::bot::{Bot, channel_name};
use super::ears::{Ears, Heard};
use super::{Ended, GOOD, TOKEN_REFUSED};
use crate::domain::time::Timestamp;

/// How long making the connection may take.
const CONNECTING: Duration = Duration::from_secs(15);

/// How long Discord may take to confirm the end of the connection.
const CLOSING: Duration = Duration::from_millis(1_200);

/// How often the clock is looked at.
const LOOK: Duration = Duration::from_secs(1);

/// The close code of a client that leaves for good.
const LEAVING: u16 = 1_000;

/// What one shard connects with.
#[derive(Clone)]
pub(super) struct Plan {
    pub(super) url: String,
    pub(super) shard: u32,
    pub(super) total: u32,
    pub(super) hears_everything: bool,
}

/// Connects, signs in, and stays until the session is over.
pub(super) async fn run(bot: &Arc<Bot>, plan: &Plan, stop: &CancellationToken) -> Ended {
    let made = tokio::select! {
        () = stop.cancelled() => return Ended::Stopped,
        made = connect(bot, plan) => made,
    };
    let (mut runner, signed_in) = match made {
        Ok(made) => made,
        Err(why) => return Ended::Lost(why),
    };
    let messenger = ShardMessenger::new(&runner);
    let mut held = false;
    let mut running = Box::pin(runner.run());
    let ended = loop {
        tokio::select! {
            () = stop.cancelled() => {
                messenger.send_to_shard(ShardRunnerMessage::Shutdown(ShardId(plan.shard), LEAVING));
                if timeout(CLOSING, &mut running).await.is_err() {
                    warn!("Discord did not confirm the end of the connection");
                }
                break Ended::Stopped;
            }
            ended = &mut running => break ending(ended),
            () = tokio::time::sleep(LOOK), if !held => held = note_if_held(bot, plan.shard, signed_in).await,
        }
    };
    if !held {
        note_if_held(bot, plan.shard, signed_in).await;
    }
    bot.standing.set_ready(plan.shard, None);
    ended
}

/// The shard, connected but not signed in, and when it will have signed in: that is noted first.
async fn connect(bot: &Arc<Bot>, plan: &Plan) -> Result<(ShardRunner, Timestamp), String> {
    let mut intents = GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
    intents.set(GatewayIntents::MESSAGE_CONTENT, plan.hears_everything);
    let info = ShardInfo { id: ShardId(plan.shard), total: plan.total };
    let url = Arc::new(Mutex::new(plan.url.clone()));
    let made = timeout(CONNECTING, Shard::new(url, bot.config.token.reveal(), info, intents, None)).await;
    let shard = made.map_err(|_| "the gateway did not answer".to_owned())?.map_err(|error| error.to_string())?;
    let at = note(bot, plan.shard).await.map_err(|error| format!("a sign-in could not be noted: {error}"))?;
    crate::crash_point!("gateway.before_identify");
    metrics::counter!("firstline_discord_sign_ins_total").increment(1);
    let ears = Arc::new(Ears { bot: Arc::clone(bot), shard: plan.shard, hears_everything: plan.hears_everything });
    let data = Arc::new(RwLock::new(TypeMap::new()));
    let manager = manager(bot, &data, intents);
    let runner = ShardRunner::new(ShardRunnerOptions {
        data,
        event_handlers: vec![Arc::clone(&ears) as _],
        raw_event_handlers: vec![Arc::new(Heard(ears))],
        manager: Arc::clone(&manager),
        shard,
        http: Arc::clone(&bot.http),
    });
    disarm(&manager, &runner, plan.shard).await;
    Ok((runner, at))
}

/// Notes a sign-in, later than every one that is noted already: two at one moment would count as one.
async fn note(bot: &Bot, shard: u32) -> Result<Timestamp, crate::ports::StoreError> {
    let now = bot.clock.now();
    let past = bot.store.sign_ins(&channel_name(), now).await?;
    let at = past.last().map_or(now, |last| now.max(last.at.after(Duration::from_micros(1))));
    bot.store.note_sign_in(&channel_name(), shard, at).await?;
    Ok(at)
}

fn manager(bot: &Bot, data: &Arc<RwLock<TypeMap>>, intents: GatewayIntents) -> Arc<ShardManager> {
    let options = ShardManagerOptions {
        data: Arc::clone(data),
        event_handlers: Vec::new(),
        raw_event_handlers: Vec::new(),
        shard_index: 0,
        shard_init: 0,
        shard_total: 0,
        ws_url: Arc::default(),
        http: Arc::clone(&bot.http),
        intents,
        presence: None,
    };
    ShardManager::new(options).0
}

/// Takes from the library's manager what would sign in anew by itself, again and again: its queue is ended, by the only order that
/// ends it, of which the running shard is none the wiser since it speaks of another. A shard that asks to be started anew is then
/// told at once that it has been stopped, and its run ends.
async fn disarm(manager: &ShardManager, runner: &ShardRunner, shard: u32) {
    let nobody = ShardId(u32::MAX);
    let info = ShardRunnerInfo { latency: None, runner_tx: ShardMessenger::new(runner), stage: ConnectionStage::Disconnected };
    manager.runners.lock().await.insert(nobody, info);
    manager.shutdown_finished(nobody);
    manager.shutdown_all().await;
    manager.shutdown_finished(ShardId(shard));
}

fn ending(ended: serenity::Result<()>) -> Ended {
    match ended {
        Ok(()) => Ended::Lost("the session is over".to_owned()),
        Err(serenity::Error::Gateway(GatewayError::DisallowedGatewayIntents)) => Ended::IntentRefused,
        Err(serenity::Error::Gateway(GatewayError::InvalidAuthentication)) => Ended::Refused(TOKEN_REFUSED.to_owned()),
        Err(error) => Ended::Lost(error.to_string()),
    }
}

/// Notes that the session held, once it has.
async fn note_if_held(bot: &Bot, shard: u32, signed_in: Timestamp) -> bool {
    let held = bot.standing.ready_since(shard).is_some_and(|since| bot.clock.now().since(since) >= GOOD);
    if !held {
        return false;
    }
    match bot.store.sign_in_held(&channel_name(), shard, signed_in).await {
        Ok(()) => true,
        Err(error) => {
            warn!(%error, "it could not be noted that the connection to Discord holds");
            false
        }
    }
}
