//! A gateway connection without a socket, for a simulation: every frame is taken by hand, so that it is known when it arrives.

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::event::{Live, Outgoing, intent};
use super::ids::{ChannelId, UserId};
use super::message::{Message, RECIPIENT_ADD, THREAD_STARTER};
use super::state::State;
use super::{FakeDiscord, Posted};

/// What the program asks to be told.
const INTENTS: u64 = intent::GUILDS | intent::GUILD_MESSAGES | intent::DIRECT_MESSAGES | intent::MESSAGE_CONTENT;

/// A session of the gateway whose frames are taken by hand.
#[derive(Debug)]
pub struct Wire {
    fake: FakeDiscord,
    session: String,
    frames: Option<UnboundedReceiver<Outgoing>>,
    /// The last event that was taken.
    taken: u64,
}

/// A message of the bot's as it was posted, whatever became of it.
#[derive(Clone, Debug)]
pub struct Logged {
    /// The message, as it stood first.
    pub posted: Posted,
    /// The deduplication key that it came with.
    pub nonce: Option<String>,
}

impl FakeDiscord {
    /// Signs in to the gateway; the session of any earlier wire is over.
    ///
    /// # Panics
    /// Where the platform refuses it, which a test must have asked for.
    #[must_use]
    pub fn wire(&self) -> Wire {
        let (outgoing, frames) = unbounded_channel();
        let session = self.shared.change(|state| {
            state.gateway.sessions.clear();
            state.gateway.connections += 1;
            let live = Live { connection: state.gateway.connections, outgoing, written: u64::MAX };
            let token = state.token.clone();
            state.identify(Some(&token), INTENTS, (0, 1), live)
        });
        let session = session.unwrap_or_else(|(code, reason)| panic!("the gateway refuses with {code}: {reason}"));
        Wire { fake: self.clone(), session, frames: Some(frames), taken: 0 }
    }

    /// Forgets failures that were ordered and have not happened.
    pub fn fail_no_more(&self) {
        self.shared.change(|state| state.plan = super::failure::Plan::default());
    }

    /// Every message that the bot ever posted, in the order of posting.
    #[must_use]
    pub fn everything_posted(&self) -> Vec<Logged> {
        self.shared.read(|state| {
            let own = |message: &&Message| message.author == state.bot && !matches!(message.kind, RECIPIENT_ADD | THREAD_STARTER);
            state.log.iter().filter(own).map(Logged::from).collect()
        })
    }

    /// Method and path of the latest request.
    #[must_use]
    pub fn last_request(&self) -> String {
        self.shared.read(|state| state.requests.last().map_or_else(String::new, |last| format!("{} {}", last.method, last.path)))
    }

    /// Whether the bot has registered a command.
    #[must_use]
    pub fn has_command(&self, name: &str) -> bool {
        self.shared.read(|state| state.commands.values().flatten().any(|command| command["name"] == name))
    }

    /// Does not show the bot its own messages any more when it reads a channel: a fault that nobody can work around.
    pub fn hide_own_messages(&self) {
        self.shared.change(|state| state.hides_own = true);
    }

    /// Everything that was said, channel by channel.
    #[must_use]
    pub fn everything_said(&self) -> String {
        self.shared.read(State::situation)
    }

    /// What the bot has said to one person alone, in answer to what they pressed or ran, as it stands now.
    #[must_use]
    pub fn said_alone(&self) -> Vec<Posted> {
        self.shared.read(|state| {
            let messages = state.messages.values().flat_map(|room| room.values());
            messages.filter(|message| !message.is_public()).map(Posted::from).collect()
        })
    }

    /// The private threads that a person is in, and their direct conversation with the bot where there is one.
    #[must_use]
    pub fn rooms_of(&self, user: UserId) -> Vec<ChannelId> {
        self.shared.read(|state| {
            let theirs = |id: &ChannelId| state.audience(*id).is_some_and(|audience| audience.contains(&user));
            state.channels.keys().copied().filter(theirs).collect()
        })
    }
}

impl Wire {
    /// The next event's frame, where one has come.
    pub fn take(&mut self) -> Option<String> {
        let frames = self.frames.as_mut()?;
        loop {
            match frames.try_recv() {
                Ok(Outgoing::Frame { text, seq }) if seq > 0 => {
                    self.taken = seq;
                    return Some(text);
                }
                // What the gateway says of the connection itself is for sockets.
                Ok(_) => {}
                Err(_) => return None,
            }
        }
    }

    /// How many frames have come and were not taken.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.frames.as_ref().map_or(0, UnboundedReceiver::len)
    }

    /// Whether the connection stands.
    #[must_use]
    pub const fn is_up(&self) -> bool {
        self.frames.is_some()
    }

    /// The connection breaks; what was not taken is only to be had by resuming.
    pub fn breaks(&mut self) {
        self.frames = None;
        self.fake.shared.change(|state| {
            if let Some(session) = state.gateway.sessions.get_mut(&self.session) {
                session.live = None;
            }
        });
    }

    /// Connects again and takes the session up where it broke; `again` is how many events are sent once more. A session of which
    /// nothing is known yet is begun anew.
    ///
    /// # Panics
    /// Where the platform refuses the token.
    pub fn resumes(&mut self, again: u64) {
        if self.taken == 0 {
            *self = self.fake.wire();
            return;
        }
        let (outgoing, frames) = unbounded_channel();
        let live = Live { connection: 0, outgoing, written: u64::MAX };
        let from = self.taken.saturating_sub(again).max(1);
        self.fake.shared.change(|state| {
            let token = state.token.clone();
            let resumed = state.resume(Some(&token), &self.session, from, live);
            assert!(resumed.is_ok(), "the gateway refuses the token");
        });
        self.frames = Some(frames);
    }
}

impl State {
    fn audience(&self, id: ChannelId) -> Option<Vec<UserId>> {
        let channel = self.channels.get(&id)?;
        match (&channel.kind, channel.thread()) {
            (super::state::Kind::Direct(person), _) => Some(vec![*person]),
            (_, Some(thread)) if thread.private => Some(thread.members.keys().copied().collect()),
            _ => None,
        }
    }
}

impl From<&Message> for Logged {
    fn from(message: &Message) -> Self {
        let nonce = message.nonce.as_ref().map(|nonce| nonce.as_str().map_or_else(|| nonce.to_string(), str::to_owned));
        Self { posted: Posted::from(message), nonce }
    }
}
