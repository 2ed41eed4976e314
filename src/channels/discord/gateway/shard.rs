//! One shard, kept up: session after session, as far apart as Discord's allowance and its own failures ask for.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use serenity::all::BotGateway;
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use super::super::bot::{Bot, channel_name};
use super::super::rest::within;
use super::allowance::{self, Limit};
use super::session::{self, Plan};
use super::{Ended, FIRST_PAUSE, GOOD, GatewayState, LONGEST_PAUSE, refusal};
use crate::domain::time::Timestamp;

/// How far apart sign-ins of the same bucket must be, by Discord's rules.
const APART: Duration = Duration::from_secs(5);

/// How often it is looked at whether a wait is over.
const LOOK: Duration = Duration::from_secs(1);

/// Keeps apart the sign-ins of shards that Discord counts together.
#[derive(Default)]
pub(super) struct Doors(Mutex<HashMap<u64, Instant>>);

impl Doors {
    /// Waits for a shard's turn among so many buckets, and takes it.
    async fn turn(&self, shard: u32, buckets: u64) {
        let bucket = u64::from(shard) % buckets.max(1);
        let mut last = self.0.lock().await;
        let at = last.get(&bucket).map_or_else(Instant::now, |before| (*before + APART).max(Instant::now()));
        last.insert(bucket, at);
        drop(last);
        sleep_until(at).await;
    }
}

/// Keeps a shard connected until it is told to stop, or an administrator has to do something. What Discord said last of its
/// gateway is believed for the first sign-in, and asked anew before every other.
pub(super) async fn keep(bot: &Arc<Bot>, said: &BotGateway, mut plan: Plan, doors: &Doors, stop: &CancellationToken) -> Ended {
    let mut limit = Some(limit_of(said));
    let mut pause = FIRST_PAUSE;
    loop {
        let began = Instant::now();
        let may = tokio::select! {
            () = stop.cancelled() => return Ended::Stopped,
            may = may_sign_in(bot, &mut plan, limit.take(), doors) => may,
        };
        let ended = match may {
            Ok(()) => session::run(bot, &plan, stop).await,
            Err(ended) => ended,
        };
        let Ended::Lost(why) = ended else { return ended };
        if began.elapsed() >= GOOD {
            pause = FIRST_PAUSE;
        }
        warn!(shard = plan.shard, why, wait_ms = pause.as_millis(), "the connection to Discord was lost");
        bot.standing.set(plan.shard, GatewayState::Connecting);
        tokio::select! {
            () = stop.cancelled() => return Ended::Stopped,
            () = tokio::time::sleep(pause) => pause = LONGEST_PAUSE.min(pause * 2),
        }
    }
}

/// Returns once this shard may sign in. Nobody does who cannot read what is remembered of earlier sign-ins.
async fn may_sign_in(bot: &Bot, plan: &mut Plan, mut said: Option<Limit>, doors: &Doors) -> Result<(), Ended> {
    loop {
        let limit = match said.take() {
            Some(limit) => limit,
            None => ask(bot, plan).await?,
        };
        #[expect(clippy::cast_precision_loss, reason = "a figure for people, far below where that matters")]
        metrics::gauge!("firstline_discord_sign_ins_left").set(limit.remaining as f64);
        let now = bot.clock.now();
        let past = bot.store.sign_ins(&channel_name(), now.before(allowance::DAY)).await;
        let past = past.map_err(|error| Ended::Lost(format!("past sign-ins could not be read: {error}")))?;
        let wait = allowance::wait(&past, plan.shard, &limit, now);
        if wait.is_zero() {
            doors.turn(plan.shard, limit.buckets).await;
            return Ok(());
        }
        info!(
            shard = plan.shard,
            wait_s = wait.as_secs(),
            "the next sign-in to Discord waits, so that the day's allowance lasts"
        );
        bot.standing.set(plan.shard, GatewayState::Waiting { wait });
        until(bot, now.after(wait)).await;
    }
}

/// Asks where to connect, and what is left.
async fn ask(bot: &Bot, plan: &mut Plan) -> Result<Limit, Ended> {
    let gateway = within(bot.http.get_bot_gateway()).await.map_err(|error| refusal(&error))?;
    plan.url.clone_from(&gateway.url);
    Ok(limit_of(&gateway))
}

fn limit_of(gateway: &BotGateway) -> Limit {
    let limit = &gateway.session_start_limit;
    let reset_after = Duration::from_millis(limit.reset_after);
    Limit { total: limit.total, remaining: limit.remaining, reset_after, buckets: limit.max_concurrency }
}

/// Waits until it is then by the clock that moments are told by.
async fn until(bot: &Bot, then: Timestamp) {
    loop {
        let left = then.since(bot.clock.now());
        if left.is_zero() {
            return;
        }
        tokio::time::sleep(left.min(LOOK)).await;
    }
}
