//! The connection over which Discord tells what happens. It is kept up whatever comes, but never so eagerly that the day's
//! allowance of sign-ins (about 1 000, after which Discord resets the token) could be used up: every one is noted before it is made,
//! so that restarts count too, and `allowance` says when the next may be.
//!
//! In reading order: here the whole, `shard` keeps one shard up, `session` is one sign-in and what follows, `ears` hears,
//! `standing` says how it stands.

mod allowance;
mod ears;
mod session;
mod shard;
mod standing;

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tracing::warn;

use self::session::Plan;
use self::shard::Doors;
use super::bot::Bot;
use super::rest::{RestError, within};

#[cfg(any(test, feature = "testing"))]
pub(super) use self::ears::hear;
pub use self::standing::GatewayState;
pub(super) use self::standing::{Standing, WITHOUT_CONTENT};

/// What it means that Discord closes with 4004 or answers 401, and what to do.
const TOKEN_REFUSED: &str = "Discord does not know the token; copy it again from the developer portal to FIRSTLINE_DISCORD_TOKEN";

/// How long finishing what is under way may take after the end of the connection.
const FINISHING: Duration = Duration::from_millis(1_600);

/// The pauses between attempts.
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
}

/// Keeps the connection until told to stop.
pub(super) async fn run(bot: &Arc<Bot>, stop: &CancellationToken) {
    let mut hears_everything = bot.config.message_content;
    let mut pause = FIRST_PAUSE;
    let doors = Doors::default();
    loop {
        bot.standing.set_all(GatewayState::Connecting);
        let began = Instant::now();
        let ended = connect(bot, hears_everything, &doors, stop).await;
        if began.elapsed() >= GOOD {
            pause = FIRST_PAUSE;
        }
        let wait = match ended {
            Ended::Stopped => break,
            Ended::IntentRefused => {
                warn!("Discord refuses the message-content intent; {WITHOUT_CONTENT}");
                hears_everything = false;
                pause
            }
            Ended::Refused(why) => {
                warn!(why, "Discord refuses the connection");
                bot.standing.set_all(GatewayState::Refused(why));
                LONGEST_PAUSE
            }
            Ended::Lost(why) => {
                warn!(why, wait_ms = pause.as_millis(), "Discord could not be connected to");
                pause
            }
        };
        tokio::select! {
            () = stop.cancelled() => break,
            () = tokio::time::sleep(wait) => pause = LONGEST_PAUSE.min(pause * 2),
        }
    }
    bot.standing.set_all(GatewayState::Stopped);
    bot.stopping.cancel();
    if !bot.lanes.finish(FINISHING).await {
        warn!("not everything from Discord could be finished; it is read again at the next start");
    }
}

/// All shards, from asking for the gateway's address until told to stop, or until one of them is refused.
async fn connect(bot: &Arc<Bot>, hears_everything: bool, doors: &Doors, stop: &CancellationToken) -> Ended {
    let gateway = tokio::select! {
        () = stop.cancelled() => return Ended::Stopped,
        gateway = within(bot.http.get_bot_gateway()) => match gateway {
            Ok(gateway) => gateway,
            Err(error) => return refusal(&error),
        },
    };
    let total = gateway.shards.max(1);
    bot.standing.begin(total);
    // Where one is refused all are, so the others leave too.
    let leave = stop.child_token();
    let plan = |shard| Plan { url: gateway.url.clone(), shard, total, hears_everything };
    let keep = |shard| shard::keep(bot, &gateway, plan(shard), doors, &leave);
    let mut shards: FuturesUnordered<_> = (0..total).map(keep).collect();
    let first = loop {
        tokio::select! {
            biased;
            // Nothing that comes from here on is begun with.
            () = stop.cancelled(), if !bot.stopping.is_cancelled() => bot.stopping.cancel(),
            first = shards.next() => break first.unwrap_or(Ended::Stopped),
        }
    };
    leave.cancel();
    while shards.next().await.is_some() {}
    first
}

/// What a failed call of REST means for the connection.
fn refusal(error: &RestError) -> Ended {
    if error.is_token_refused() { Ended::Refused(TOKEN_REFUSED.to_owned()) } else { Ended::Lost(error.to_string()) }
}
