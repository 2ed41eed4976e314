//! What a test reads: messages, threads, transcripts, requests, broken rules.

use std::fmt::Write as _;

use serde_json::Value;

use super::FakeDiscord;
use super::ids::{ChannelId, MessageId, UserId};
use super::message::{LOADING, Message, RECIPIENT_ADD, THREAD_STARTER};
use super::requests::Received;
use super::state::{Channel, State};

/// How many requests a failed wait shows.
const LAST_REQUESTS: usize = 12;

/// A message as a test sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Posted {
    /// The message's id.
    pub id: MessageId,
    /// Where it stands.
    pub channel: ChannelId,
    /// Who wrote it.
    pub author: UserId,
    /// What it says.
    pub content: String,
    /// The labels of its buttons, as they stand.
    pub buttons: Vec<String>,
    /// The custom ids of its buttons and selects.
    pub custom_ids: Vec<String>,
    /// Its embeds, as the platform keeps them.
    pub embeds: Value,
    /// The message that it replies to.
    pub answers: Option<MessageId>,
    /// Whom it mentions.
    pub mentions: Vec<UserId>,
    /// The only person who sees it, where it is ephemeral.
    pub only_for: Option<UserId>,
    /// The key that it was posted with, for the platform to know it again.
    pub nonce: Option<String>,
    /// Whether it was changed after it was posted.
    pub is_edited: bool,
}

/// A thread as a test sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenThread {
    /// The thread's id; it is a channel of its own.
    pub id: ChannelId,
    /// What it is called.
    pub name: String,
    /// Whether only its members see it.
    pub is_private: bool,
    /// Whether it is put away.
    pub is_archived: bool,
    /// Whether it is closed for good.
    pub is_locked: bool,
    /// Who is in it, the bot included.
    pub members: Vec<UserId>,
}

impl FakeDiscord {
    /// What the bot has posted in a channel or thread, oldest first; ephemeral messages included.
    #[must_use]
    pub fn bot_messages(&self, channel: ChannelId) -> Vec<Posted> {
        self.shared.read(|state| state.by_bot(channel))
    }

    /// The message with this id.
    #[must_use]
    pub fn message(&self, id: MessageId) -> Option<Posted> {
        self.shared.read(|state| state.find_message(id).map(Posted::from))
    }

    /// Waits for a message of the bot that `fits`; the newest one where several do.
    ///
    /// # Panics
    /// With a transcript, where none comes in ten seconds.
    pub async fn wait_for_bot_message(&self, channel: ChannelId, fits: impl Fn(&Posted) -> bool) -> Posted {
        let look = |state: &State| state.by_bot(channel).into_iter().rev().find(&fits);
        self.shared.expect("a fitting message of the bot", look).await
    }

    /// Waits for a message of the bot that `fits`, as long as the bot has other things to do in the channel first.
    ///
    /// # Panics
    /// With a transcript, where the bot posts nothing there for ten seconds.
    pub async fn wait_for_bot_message_in_turn(&self, channel: ChannelId, fits: impl Fn(&Posted) -> bool) -> Posted {
        loop {
            let before = self.bot_messages(channel).len();
            let look = |state: &State| {
                let posted = state.by_bot(channel);
                let found = posted.iter().rev().find(|posted| fits(posted)).cloned();
                (found.is_some() || posted.len() > before).then_some(found)
            };
            if let Some(found) = self.shared.expect("a further message of the bot", look).await {
                return found;
            }
        }
    }

    /// Waits until the bot has posted at least so many messages in a channel.
    ///
    /// # Panics
    /// With a transcript, where they do not come in ten seconds.
    pub async fn wait_for_bot_messages(&self, channel: ChannelId, count: usize) -> Vec<Posted> {
        let look = |state: &State| Some(state.by_bot(channel)).filter(|posted| posted.len() >= count);
        self.shared.expect(&format!("{count} messages of the bot"), look).await
    }

    /// The threads under a channel, oldest first.
    #[must_use]
    pub fn threads(&self, channel: ChannelId) -> Vec<SeenThread> {
        self.shared.read(|state| state.threads_under(channel))
    }

    /// Waits for a thread under a channel that `fits`.
    ///
    /// # Panics
    /// With a transcript, where none comes in ten seconds.
    pub async fn wait_for_thread(&self, channel: ChannelId, fits: impl Fn(&SeenThread) -> bool) -> SeenThread {
        let look = |state: &State| state.threads_under(channel).into_iter().rev().find(&fits);
        self.shared.expect("a fitting thread", look).await
    }

    /// Waits until a person is in a thread.
    ///
    /// # Panics
    /// With a transcript, where they are not in ten seconds.
    pub async fn wait_for_thread_member(&self, thread: ChannelId, user: UserId) {
        let look = |state: &State| state.channels.get(&thread)?.thread()?.members.contains_key(&user).then_some(());
        self.shared.expect("somebody to join the thread", look).await;
    }

    /// Waits until so many requests of a method under a path (after `/api/v10`) have come.
    ///
    /// # Panics
    /// With a transcript, where they do not come in ten seconds.
    pub async fn wait_for_requests(&self, method: &str, path: &str, count: usize) {
        let fits = |request: &&Received| request.method == method && request.path.starts_with(path);
        let look = |state: &State| (state.requests.iter().filter(fits).count() >= count).then_some(());
        self.shared.expect(&format!("{count} times {method} {path}"), look).await;
    }

    /// Waits, without an end, until there have been more requests than so many.
    pub async fn wait_for_request_beyond(&self, count: usize) {
        self.shared.until(|state| (state.requests.len() > count).then_some(())).await;
    }

    /// Waits until the bot has a gateway session that is connected.
    ///
    /// # Panics
    /// With a transcript, where it has none in ten seconds.
    pub async fn wait_until_connected(&self) {
        let is_connected = |state: &State| state.bot_sessions().any(|session| session.live.is_some());
        let look = |state: &State| (is_connected(state) && state.is_flushed()).then_some(());
        self.shared.expect("the bot to connect to the gateway", look).await;
    }

    /// Waits until the bot has identified (not resumed) so many times.
    ///
    /// # Panics
    /// With a transcript, where it does not in ten seconds.
    pub async fn wait_for_identifies(&self, count: usize) {
        let look = |state: &State| (state.gateway.identifies >= count).then_some(());
        self.shared.expect(&format!("{count} identifies"), look).await;
    }

    /// Waits until the bot has resumed its session so many times.
    ///
    /// # Panics
    /// With a transcript, where it does not in ten seconds.
    pub async fn wait_for_resumes(&self, count: usize) {
        let look = |state: &State| (state.gateway.resumes >= count).then_some(());
        self.shared.expect(&format!("{count} resumes"), look).await;
    }

    /// How often the bot has identified; the platform allows 1 000 a day.
    #[must_use]
    pub fn identifies(&self) -> usize {
        self.shared.read(|state| state.gateway.identifies)
    }

    /// The intents of the newest session; see [`super::intent`].
    #[must_use]
    pub fn intents(&self) -> Option<u64> {
        self.shared.read(|state| state.bot_sessions().next_back().map(|session| session.intents))
    }

    /// The names of the commands that the bot has registered, in the guild or everywhere.
    #[must_use]
    pub fn commands(&self) -> Vec<String> {
        let name = |command: &Value| command["name"].as_str().map(str::to_owned);
        self.shared.read(|state| state.commands.values().flatten().filter_map(name).collect())
    }

    /// What was said in a channel, one line each, for snapshots: `author ↩ answered: words [button] [button]`.
    #[must_use]
    pub fn transcript(&self, channel: ChannelId) -> String {
        self.shared.read(|state| state.transcript(channel))
    }

    /// Every request so far.
    #[must_use]
    pub fn requests(&self) -> Vec<Received> {
        self.shared.read(|state| state.requests.clone())
    }

    /// The rules that were broken so far, by the program or by the fake itself.
    #[must_use]
    pub fn violations(&self) -> Vec<String> {
        self.shared.read(|state| state.violations.clone())
    }

    /// Ends a test: no rule may have been broken.
    ///
    /// # Panics
    /// With the list of broken rules.
    pub fn assert_honest(&self) {
        let broken = self.violations();
        assert!(broken.is_empty(), "rules of the platform were broken:\n- {}", broken.join("\n- "));
    }

    /// Waits until every event has left on the connections that are there.
    pub(super) async fn flushed(&self) {
        self.shared.expect("events to leave", |state| state.is_flushed().then_some(())).await;
    }
}

impl From<&Message> for Posted {
    fn from(message: &Message) -> Self {
        let texts = |key: &str| message.controls().filter_map(|c| c[key].as_str().map(str::to_owned)).collect();
        Self {
            id: message.id,
            channel: message.channel,
            author: message.author,
            content: message.content.clone(),
            buttons: texts("label"),
            custom_ids: texts("custom_id"),
            embeds: message.embeds.clone(),
            answers: message.answers,
            mentions: message.mentions.clone(),
            only_for: message.only_for,
            nonce: message.nonce.as_ref().map(|nonce| nonce.as_str().map_or_else(|| nonce.to_string(), str::to_owned)),
            is_edited: message.edited.is_some(),
        }
    }
}

impl State {
    /// The bot's own words in a channel: lines that the platform writes are left out, and responses still to come.
    fn by_bot(&self, channel: ChannelId) -> Vec<Posted> {
        let spoken = |message: &&Message| {
            message.author == self.bot && !matches!(message.kind, RECIPIENT_ADD | THREAD_STARTER) && message.flags & LOADING == 0
        };
        self.messages.get(&channel).into_iter().flat_map(|room| room.values()).filter(spoken).map(Posted::from).collect()
    }

    fn threads_under(&self, parent: ChannelId) -> Vec<SeenThread> {
        let under = self.channels.iter().filter_map(|(id, channel)| {
            let thread = channel.thread().filter(|thread| thread.parent == parent)?;
            Some(SeenThread {
                id: *id,
                name: channel.name.clone(),
                is_private: thread.private,
                is_archived: thread.archived,
                is_locked: thread.locked,
                members: thread.members.keys().copied().collect(),
            })
        });
        under.collect()
    }

    fn bot_sessions(&self) -> impl DoubleEndedIterator<Item = &super::event::Session> {
        self.gateway.sessions.values().filter(|session| session.who == self.bot)
    }

    fn is_flushed(&self) -> bool {
        self.gateway.sessions.values().all(super::event::Session::is_flushed)
    }

    fn transcript(&self, channel: ChannelId) -> String {
        let lines = self.messages.get(&channel).into_iter().flat_map(|room| room.values());
        lines.map(|message| self.line(message)).collect()
    }

    /// One message, in one line and more where it has more.
    fn line(&self, message: &Message) -> String {
        let author = self.user_name(message.author);
        match message.kind {
            RECIPIENT_ADD => {
                let added: Vec<_> = message.mentions.iter().map(|user| self.user_name(*user)).collect();
                return format!("· {author} took in {}\n", added.join(", "));
            }
            THREAD_STARTER => return String::new(),
            _ => {}
        }
        let answered = message.answers.and_then(|id| self.find_message(id));
        let reply = answered.map_or_else(String::new, |answered| format!(" ↩ {}", self.user_name(answered.author)));
        let only = message.only_for.map_or_else(String::new, |user| format!(" (only {} sees)", self.user_name(user)));
        let words = if message.flags & LOADING == 0 { message.content.replace('\n', "\n    ") } else { "…".to_owned() };
        let mut line = format!("{author}{reply}{only}: {words}");
        self.add_parts(message, &mut line);
        line.push('\n');
        line
    }

    fn add_parts(&self, message: &Message, line: &mut String) {
        for embed in message.embeds.as_array().into_iter().flatten() {
            let parts = [&embed["title"], &embed["description"]].into_iter().filter_map(Value::as_str);
            let fields = embed["fields"].as_array().into_iter().flatten();
            let fields = fields.map(|field| format!("{}: {}", text(&field["name"]), text(&field["value"])));
            for part in parts.map(str::to_owned).chain(fields) {
                let _ = write!(line, "\n  | {}", part.replace('\n', "\n  | "));
            }
        }
        let labels: Vec<_> = message.controls().map(label).collect();
        if !labels.is_empty() {
            let _ = write!(line, "\n    {}", labels.join(" "));
        }
        if message.has_thread {
            let thread = self.channels.get(&ChannelId::new(message.id.get())).map_or("", |channel| channel.name.as_str());
            let _ = write!(line, "\n    thread: {thread}");
        }
    }

    /// Everything that helps to see why a wait came to nothing.
    pub(super) fn situation(&self) -> String {
        let mut told = String::new();
        for (id, channel) in &self.channels {
            let sort = if channel.thread().is_some() { "thread" } else { "channel" };
            let _ = writeln!(told, "{sort} {}:\n{}", channel.name, self.transcript(*id));
        }
        let connected = self.gateway.sessions.values().filter(|session| session.live.is_some()).count();
        let _ = writeln!(told, "gateway: {} identified, {connected} connected", self.gateway.identifies);
        for request in self.requests.iter().rev().take(LAST_REQUESTS).rev() {
            let _ = writeln!(told, "request: {} {}", request.method, request.path);
        }
        for violation in &self.violations {
            let _ = writeln!(told, "broken rule: {violation}");
        }
        told
    }

    pub(super) fn archive(&mut self, id: ChannelId) {
        if let Some(thread) = self.channels.get_mut(&id).and_then(Channel::thread_mut) {
            thread.archived = true;
            self.emit_channel("THREAD_UPDATE", id);
        }
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// A control as a person sees it.
fn label(control: &Value) -> String {
    let label = [&control["label"], &control["placeholder"], &control["custom_id"]].into_iter().find_map(Value::as_str);
    let label = label.unwrap_or("?");
    if control["disabled"] == true { format!("({label})") } else { format!("[{label}]") }
}
