//! A Discord of one's own: REST and gateway over real sockets, with the platform's rules and a memory.
//!
//! People write and press through [`Person`], the program under test talks to [`FakeDiscord::url`], and the test reads
//! what was posted. Nothing sleeps: waiting ends when something happens, or fails with a transcript. Time is the fake's
//! own and moves only through [`FakeDiscord::advance`].

mod attachments;
mod by_hand;
mod capacity;
mod command;
mod control;
mod event;
mod failure;
mod forum;
mod gateway;
mod guilds;
mod ids;
mod interaction;
mod limits;
mod mention;
mod message;
mod moderation;
mod observe;
mod people;
pub mod permission;
mod press;
mod refusal;
mod render;
mod render_guild;
mod requests;
mod rest;
mod rules;
mod schema;
mod shared;
mod side_talk;
mod state;
mod thread;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinSet;

pub use self::by_hand::{Logged, Wire};
pub use self::control::Disconnect;
pub use self::event::intent;
use self::failure::CutListener;
pub use self::failure::{Failure, Route};
pub use self::ids::{ChannelId, GuildId, InteractionId, MessageId, RoleId, UserId};
pub use self::interaction::{Answer, AnswerKind};
pub use self::observe::{Posted, SeenThread};
pub use self::people::Person;
pub use self::press::{Outcome, Press};
pub use self::requests::Received;
use self::shared::Shared;
use self::state::State;

/// The token that the fake knows the bot by.
pub const TOKEN: &str = "MTIzNDU2Nzg5MDEyMzQ1Njc4.fake.firstline-under-test-0000";

/// A Monday morning in Norway, 2026-03-02 08:00, in milliseconds since 1970.
const MONDAY_MORNING: i64 = 1_772_434_800_000;

/// The platform. Clones share everything; the servers stop with the last one.
#[derive(Clone, Debug)]
pub struct FakeDiscord {
    shared: Arc<Shared>,
    url: String,
    _servers: Arc<JoinSet<()>>,
}

impl FakeDiscord {
    /// Starts a guild with the bot in it, listening on free ports of 127.0.0.1.
    ///
    /// # Panics
    /// Where no port can be bound, or where `CI` is `true` and the platform's API description is missing.
    pub async fn start() -> Self {
        Self::start_at(MONDAY_MORNING).await
    }

    /// Like [`FakeDiscord::start`], at another time (milliseconds since 1970).
    ///
    /// # Panics
    /// As [`FakeDiscord::start`].
    pub async fn start_at(now_millis: i64) -> Self {
        schema::description();
        let (rest, url) = bind("http").await;
        let (gateway, gateway_url) = bind("ws").await;
        let shared = Arc::new(Shared::new(State { gateway_url, cdn_url: url.clone(), ..State::new(TOKEN, now_millis) }));
        let mut servers = JoinSet::new();
        servers.spawn(rest::serve(CutListener(rest), Arc::clone(&shared)));
        servers.spawn(gateway::serve(gateway, Arc::clone(&shared)));
        Self { shared, url, _servers: Arc::new(servers) }
    }

    /// The address for `[discord] api`, without a path.
    #[must_use]
    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// The token that the program must present.
    #[must_use]
    pub const fn token(&self) -> &'static str {
        TOKEN
    }

    /// The guild.
    #[must_use]
    pub fn guild(&self) -> GuildId {
        self.shared.read(|state| state.guild)
    }

    /// The bot's own account.
    #[must_use]
    pub fn bot(&self) -> UserId {
        self.shared.read(|state| state.bot)
    }

    /// The bot's application, as number; not the same as its account.
    #[must_use]
    pub fn application(&self) -> u64 {
        self.shared.read(|state| state.application)
    }
}

async fn bind(scheme: &str) -> (TcpListener, String) {
    let bound = TcpListener::bind(("127.0.0.1", 0)).await;
    let listener = bound.unwrap_or_else(|error| panic!("the fake Discord found no free port: {error}"));
    let port = listener.local_addr().map_or(0, |address| address.port());
    (listener, format!("{scheme}://127.0.0.1:{port}"))
}
