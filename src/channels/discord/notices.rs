//! What became of a ticket, told to its employee directly: they may not look into its thread for days. Where they take no direct
//! messages it is said in the thread, and calls them there. Never both: whoever tries again looks in both first.

use serenity::all::{ChannelId, CreateActionRow, Mentionable, UserId};

use super::address::{Address, interaction_of};
use super::bot::{Bot, channel_at, user_of};
use super::deliver::{Post, Tried, external, unread};
use super::hindrance::Hindrance;
use super::rest::RestError;
use super::to_discord::{self, LONGEST_MESSAGE, Shown, brief, split};
use crate::domain::conversation::Conversation;
use crate::domain::ids::ExternalId;
use crate::domain::message::{Author, Content};
use crate::domain::notice::is_notice;
use crate::ports::{ChatFailure, Leased, Receipted, Recorded, StoreError};
use crate::wording::as_written;

/// A message for a place, in as many pieces as it takes.
struct Message {
    place: ChannelId,
    pieces: Vec<Post>,
}

impl Bot {
    /// Says directly what is for the employee alone, or tells what became of their ticket; `None` where the line belongs into the
    /// conversation's place.
    pub(super) async fn say_directly(
        &self,
        leased: &Leased,
        conversation: &Conversation,
        recorded: &Recorded,
        reply_to: Option<&ExternalId>,
    ) -> Result<Option<Receipted>, ChatFailure> {
        let room = leased.room.as_deref().and_then(channel_at);
        let alone = Address::parse(&conversation.place.address).is_some_and(|address| address.private_to.is_some());
        let answers_message = reply_to.is_some_and(|answers| interaction_of(answers).is_none());
        let is_notice = is_notice(&recorded.line.content) && room.is_some() && !answers_message;
        if !(is_notice || alone && room.is_none()) {
            return Ok(None);
        }
        let Some(employee) = user_of(conversation.employee.id.as_str()) else { return Ok(None) };
        let direct = self.direct_channel(employee).await?;
        if room.is_some_and(|room| direct == Ok(room)) {
            return Ok(None);
        }
        let shown = to_discord::show(recorded, &self.wording, &self.facts);
        let fallback = room.map(|room| in_room(leased, room, employee, &shown));
        let told = match room {
            Some(room) => self.with_way(conversation, recorded, room, &shown).await.map_err(unread)?,
            None => shown,
        };
        let first = direct.map(|place| Message { place, pieces: pieces(leased, told) });
        self.say_once(leased, first, fallback).await.map(Some)
    }

    /// What an employee added from elsewhere, for those who read in the room; the desk has it where there is no room, or none any
    /// more.
    pub(super) async fn say_for_employee(
        &self,
        leased: &Leased,
        conversation: &Conversation,
        recorded: &Recorded,
    ) -> Result<Receipted, ChatFailure> {
        let Some(room) = leased.room.as_deref().and_then(channel_at) else { return Ok(Receipted::default()) };
        let Shown { parts, .. } = to_discord::show(recorded, &self.wording, &self.facts);
        let name = as_written(conversation.employee.name.as_deref().unwrap_or_default());
        let text = parts.join("\n");
        let text = self.wording.fill(conversation.lang, "discord_ask.added_by", &[("name", &name), ("text", &text)]);
        let shown = Shown { parts: split(&text, LONGEST_MESSAGE), buttons: Vec::new() };
        let message = Message { place: room, pieces: pieces(leased, shown) };
        match self.say_in(&message, Tried::of(leased)).await {
            Err(error) if error.hindrance() == Some(Hindrance::Gone) => Ok(Receipted::default()),
            said => said.map_err(|error| error.failure("a message")),
        }
    }

    /// The person's direct conversation; the hindrance where they take none.
    async fn direct_channel(&self, user: UserId) -> Result<Result<ChannelId, Hindrance>, ChatFailure> {
        match self.direct_with(user).await {
            Ok(channel) => Ok(Ok(channel)),
            Err(error) if error.is_closed_to_us() => Ok(Err(error.hindrance().unwrap_or(Hindrance::Closed))),
            Err(error) => Err(error.failure("a direct conversation could not be opened")),
        }
    }

    /// Says it in the first place that takes it, unless it was said in either before.
    async fn say_once(
        &self,
        leased: &Leased,
        first: Result<Message, Hindrance>,
        second: Option<Message>,
    ) -> Result<Receipted, ChatFailure> {
        let tried = Tried::of(leased);
        let failed = |error: RestError| error.failure("a message");
        if let Some(second) = &second
            && self.begun_in(second, tried).await.map_err(failed)?
        {
            return self.say_in(second, tried).await.map_err(failed);
        }
        let closed = match first {
            Ok(first) => match self.say_in(&first, tried).await {
                Err(error) if error.is_closed_to_us() => error.hindrance().unwrap_or(Hindrance::Closed),
                said => return said.map_err(failed),
            },
            Err(closed) => closed,
        };
        match &second {
            Some(second) => self.say_in(second, tried).await.map_err(|error| match error.hindrance() {
                Some(why) => ChatFailure::Stuck { why: why.and_directly(closed), reason: error.reason("a message") },
                None => failed(error),
            }),
            None => Err(ChatFailure::Stuck { why: closed.obstacle(), reason: UNREACHABLE.to_owned() }),
        }
    }

    /// Whether an earlier try said it there, wholly or in part. What went with a deleted room is not there.
    async fn begun_in(&self, message: &Message, tried: Tried) -> Result<bool, RestError> {
        let (Tried::Since(at), Some(first)) = (tried, message.pieces.first()) else { return Ok(false) };
        match self.find(message.place, first, at).await {
            Err(error) if error.hindrance() == Some(Hindrance::Gone) => Ok(false),
            found => Ok(found?.is_some()),
        }
    }

    async fn say_in(&self, message: &Message, tried: Tried) -> Result<Receipted, RestError> {
        let mut posted = None;
        for piece in &message.pieces {
            posted = Some(self.post(message.place, piece.clone(), tried).await?);
        }
        Ok(Receipted { external_id: posted.map(external), ..Receipted::default() })
    }

    /// The line for a direct message, with the way to the thread.
    async fn with_way(
        &self,
        conversation: &Conversation,
        recorded: &Recorded,
        room: ChannelId,
        shown: &Shown,
    ) -> Result<Shown, StoreError> {
        let (lang, way) = (conversation.lang, room.mention().to_string());
        let ticket = match &conversation.ticket {
            Some(ticket) => self.store.ticket_by_id(ticket.id).await?,
            None => None,
        };
        let number = ticket.map(|ticket| ticket.number.to_string()).unwrap_or_default();
        let text = match (&recorded.line.content, &recorded.line.author) {
            (Content::Taken, Author::Operator { name, .. }) => {
                let values = [("name", as_written(name)), ("number", number), ("room", way)];
                let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
                self.wording.fill(lang, "discord_ask.notice_taken", &values)
            }
            (Content::Reopened(_), _) => {
                self.wording.fill(lang, "discord_ask.notice_reopened", &[("number", &number), ("room", &way)])
            }
            _ => {
                let said = shown.parts.join("\n");
                let values = [("said", said.as_str()), ("number", &number), ("room", &way)];
                self.wording.fill(lang, "discord_ask.notice", &values)
            }
        };
        Ok(Shown { parts: split(&text, LONGEST_MESSAGE), buttons: shown.buttons.clone() })
    }
}

/// What an administrator reads of an answer that reaches nobody.
const UNREACHABLE: &str = "the time to answer the command is over, and the employee takes no direct messages from the bot; \
    write to them in another way, or ask them to allow direct messages from members of the server";

/// The line for the thread: it calls its employee, who is not told otherwise.
fn in_room(leased: &Leased, room: ChannelId, employee: UserId, shown: &Shown) -> Message {
    let text = format!("{} {}", employee.mention(), shown.parts.join("\n"));
    let key = format!("{}.t", leased.id);
    let content = brief(&text, LONGEST_MESSAGE);
    let post = Post { content, key, reply_to: None, buttons: shown.buttons.clone(), pings: Some(employee) };
    Message { place: room, pieces: vec![post] }
}

fn pieces(leased: &Leased, Shown { parts, mut buttons }: Shown) -> Vec<Post> {
    let last = parts.len().saturating_sub(1);
    let piece = |(n, content): (usize, String)| {
        let key = if n == 0 { leased.id.to_string() } else { format!("{}.{n}", leased.id) };
        let buttons: Vec<CreateActionRow> = if n == last { std::mem::take(&mut buttons) } else { Vec::new() };
        Post { content, key, reply_to: None, buttons, pings: None }
    };
    parts.into_iter().enumerate().map(piece).collect()
}
