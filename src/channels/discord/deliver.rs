//! Errands of the outbox, run on Discord. An errand that was tried before is looked for before it is run again.

use async_trait::async_trait;
use serde::Serialize;
use serenity::all::{
    ChannelId, CreateActionRow, CreateAllowedMentions, CreateMessage, Message, MessageFlags, MessageId, MessageReference,
    MessageReferenceKind, Nonce, UserId,
};

use super::bot::{Bot, channel_at, channel_name, number, snowflake_at, user_of};
use super::card::Showing;
use super::catch_up::PAGE;
use super::hindrance::Hindrance;
use super::reach::{Reach, Trouble};
use super::rest::RestError;
use super::to_discord::{self, Shown};
use crate::domain::conversation::Conversation;
use crate::domain::decision::Errand;
use crate::domain::ids::{ChannelName, ExternalId, MessageId as LineId, OperatorId};
use crate::domain::message::Content;
use crate::domain::room::RoomNews;
use crate::domain::time::Timestamp;
use crate::ports::{Chat, ChatFailure, Leased, Receipted, Recorded, StoreError};

/// How far Discord's clock and ours may differ when a message of ours is looked for.
pub(super) const CLOCKS_DIFFER_BY: std::time::Duration = std::time::Duration::from_secs(30);

/// How many pages of a place are looked through at most for a message of ours.
const MOST_PAGES: usize = 20;

/// A message to be posted once.
#[derive(Clone)]
pub(super) struct Post {
    pub(super) content: String,
    /// The deduplication key, at most 25 characters.
    pub(super) key: String,
    pub(super) reply_to: Option<MessageId>,
    pub(super) buttons: Vec<CreateActionRow>,
    /// The one person who is pinged, beside the one who is replied to.
    pub(super) pings: Option<UserId>,
}

/// Whether an errand may have been run before, without our knowing.
#[derive(Clone, Copy)]
pub(super) enum Tried {
    Never,
    /// And what it left can be no older than this.
    Since(Timestamp),
}

impl Tried {
    pub(super) const fn of(errand: &Leased) -> Self {
        if errand.attempts == 0 { Self::Never } else { Self::Since(errand.created_at) }
    }
}

#[async_trait]
impl Chat for Bot {
    fn name(&self) -> ChannelName {
        channel_name()
    }

    async fn run(&self, leased: &Leased) -> Result<Receipted, ChatFailure> {
        match &leased.errand {
            Errand::Say { message, reply_to } => self.say(leased, *message, reply_to.as_ref()).await,
            Errand::Amend { message, earlier, reply_to } => self.amend(leased, *message, *earlier, reply_to.as_ref()).await,
            Errand::Retract { message } => self.retract(*message).await,
            Errand::OpenRoom { ticket } => self.open_room(leased, *ticket).await,
            Errand::ShowCard { ticket, group, .. } => self.show_card(leased, (*ticket, group), Showing::Anew).await,
            Errand::RefreshCard { ticket, group, .. } => self.show_card(leased, (*ticket, group), Showing::Quietly).await,
            Errand::PostNote { message, .. } => self.post_note(leased, *message).await,
            Errand::Admit { operator } => self.admit(leased, operator).await,
        }
    }
}

impl Bot {
    /// Says a line where the conversation lives, or where else it reaches the employee; one that does not stand any more is not said.
    pub(super) async fn say(
        &self,
        leased: &Leased,
        line: LineId,
        reply_to: Option<&ExternalId>,
    ) -> Result<Receipted, ChatFailure> {
        let mut recorded = self.store.line(line).await.map_err(unread)?.ok_or_else(|| gone("the line"))?;
        if std::mem::take(&mut recorded.withdrawn) {
            return self.find_said(leased, &recorded, reply_to).await;
        }
        let conversation = self.conversation_of(leased).await?;
        if let Some(told) = self.say_alone(leased, &conversation, &recorded, reply_to).await? {
            return Ok(told);
        }
        let reach = Reach::of(leased, &conversation, &recorded);
        let shown = to_discord::show(&recorded, &self.wording, &self.facts);
        let said = match self.first_way(reach).await {
            Ok(place) => self.say_there(place, leased, &recorded, &shown, reply_to).await,
            Err(trouble) => Err(trouble),
        };
        let said = match said {
            Err(Trouble::Hindered(why, reason)) => {
                let place = self.another_way(reach, why, reason).await?;
                self.say_there(place, leased, &recorded, &shown, reply_to).await
            }
            said => said,
        };
        said.map_err(Trouble::failure)
    }

    /// Says a line in a place, and tells where it stands then.
    async fn say_there(
        &self,
        place: ChannelId,
        leased: &Leased,
        recorded: &Recorded,
        shown: &Shown,
        reply_to: Option<&ExternalId>,
    ) -> Result<Receipted, Trouble> {
        let said = match &recorded.line.content {
            Content::File(file) => self.say_file(place, leased, &recorded.line, file).await?,
            _ => self.say_at(place, leased, shown, reply_to).await?,
        };
        let (external_id, said_at) = (Some(external(said)), Some(place.to_string()));
        Ok(Receipted { external_id, said_at, ..Receipted::default() })
    }

    /// Says all parts of a line in a place; gives back the last one, which has the buttons.
    async fn say_at(
        &self,
        place: ChannelId,
        leased: &Leased,
        shown: &Shown,
        reply_to: Option<&ExternalId>,
    ) -> Result<MessageId, Trouble> {
        let mut last = None;
        for (n, content) in shown.parts.iter().enumerate() {
            let key = if n == 0 { leased.id.to_string() } else { format!("{}.{n}", leased.id) };
            let reply_to = reply_to.filter(|_| n == 0).and_then(|id| number(id.as_str())).map(MessageId::from);
            let buttons = if n + 1 == shown.parts.len() { shown.buttons.clone() } else { Vec::new() };
            let post = Post { content: content.clone(), key, reply_to, buttons, pings: None };
            let posted = self.post(place, post, Tried::of(leased)).await;
            last = Some(posted.map_err(|error| Trouble::of(error, "a message"))?);
        }
        last.ok_or_else(|| gone("what was to be said").into())
    }

    /// Lets an operator into the room. Who cannot be let in answers from the desk, and so do operators of other channels; into a
    /// direct conversation nobody can be let.
    async fn admit(&self, leased: &Leased, operator: &OperatorId) -> Result<Receipted, ChatFailure> {
        let conversation = self.conversation_of(leased).await?;
        let asked_in = channel_at(&conversation.place.address);
        let own_room = leased.room.as_deref().and_then(channel_at).filter(|room| Some(*room) != asked_in);
        let (Some(user), Some(room)) = (user_of(operator.as_str()), own_room) else {
            return Ok(Receipted::default());
        };
        match self.let_in(room, user).await.map_err(|error| Trouble::of(error, "an operator could not be let into the thread")) {
            // Where the room is gone, the next one is made with the operator in it.
            Ok(()) | Err(Trouble::Hindered(Hindrance::Gone, _)) => {}
            Err(Trouble::Hindered(..)) => self.tell_desk(leased, RoomNews::OperatorOutside).await?,
            Err(Trouble::Failed(failure)) => return Err(failure),
        }
        Ok(Receipted::default())
    }

    /// Posts a message once: Discord itself recognises the key for some minutes, and a message that was tried before is looked for.
    /// What it recognises from another place, which may be gone, is said here with a key of its own.
    pub(super) async fn post(&self, place: ChannelId, post: Post, tried: Tried) -> Result<MessageId, RestError> {
        if let Tried::Since(at) = tried
            && let Some(earlier) = self.find(place, &post, at).await?
        {
            return Ok(earlier);
        }
        let mut posted = self.send(place, &post, post.key.clone()).await?;
        if posted.channel_id != place {
            posted = self.send(place, &post, format!("{}~", post.key)).await?;
        }
        crate::crash_point!("rest.after_post");
        Ok(posted.id)
    }

    async fn send(&self, place: ChannelId, post: &Post, key: String) -> Result<Message, RestError> {
        let mentions = CreateAllowedMentions::new().replied_user(true).users(post.pings);
        let mut message = CreateMessage::new()
            .content(&post.content)
            .nonce(Nonce::String(key))
            .enforce_nonce(true)
            .allowed_mentions(mentions)
            .flags(MessageFlags::SUPPRESS_EMBEDS);
        if !post.buttons.is_empty() {
            message = message.components(post.buttons.clone());
        }
        if let Some(replied_to) = post.reply_to {
            // Where it has been deleted meanwhile, the answer is said all the same.
            let reference = MessageReference::new(MessageReferenceKind::Default, place);
            message = message.reference_message(reference.message_id(replied_to).fail_if_not_exists(false));
        }
        self.call(place.send_message(&self.http, message)).await
    }

    /// The message that this post left already, if it did: the newest one that says the same and is no other errand's.
    pub(super) async fn find(&self, place: ChannelId, post: &Post, since: Timestamp) -> Result<Option<MessageId>, RestError> {
        let me = self.me().await?;
        let written = self.written_since(place, snowflake_at(since.before(CLOCKS_DIFFER_BY))).await?;
        let is_it = |message: &Message| message.author.id == me && (has_key(message, &post.key) || says_the_same(message, post));
        self.newest_unknown(&written, is_it).await
    }

    /// The newest of these messages that fits and that no errand is known to have left.
    pub(super) async fn newest_unknown(
        &self,
        written: &[Message],
        fits: impl Fn(&Message) -> bool,
    ) -> Result<Option<MessageId>, RestError> {
        for message in written.iter().rev().filter(|message| fits(message)) {
            let known = self.store.conversation_of_post(&channel_name(), &external(message.id)).await;
            if known.map_err(|error| RestError::Wire(error.to_string()))?.is_none() {
                return Ok(Some(message.id));
            }
        }
        Ok(None)
    }

    /// Everything that was written in a place after this id, oldest first.
    pub(super) async fn written_since(&self, place: ChannelId, after: u64) -> Result<Vec<Message>, RestError> {
        let (mut written, mut after) = (Vec::new(), after);
        for _ in 0..MOST_PAGES {
            let page = self.recent(place, after).await?;
            let is_last = page.len() < usize::from(PAGE);
            after = page.last().map_or(after, |message| message.id.get());
            written.extend(page);
            if is_last {
                return Ok(written);
            }
        }
        Err(RestError::Unsure)
    }

    pub(super) async fn conversation_of(&self, leased: &Leased) -> Result<Conversation, ChatFailure> {
        let conversation = self.store.conversation(leased.conversation).await.map_err(unread)?;
        conversation.ok_or_else(|| gone("the conversation"))
    }
}

fn has_key(message: &Message, key: &str) -> bool {
    match &message.nonce {
        Some(Nonce::String(nonce)) => nonce == key,
        Some(Nonce::Number(nonce)) => nonce.to_string() == key,
        None => false,
    }
}

fn says_the_same(message: &Message, post: &Post) -> bool {
    if let Some(mark) = mark(post) {
        return message.content.contains(mark);
    }
    let answers = message.message_reference.as_ref().and_then(|reference| reference.message_id);
    // What is said elsewhere than it was asked answers nothing there.
    let answers_it = answers.is_none() || answers == post.reply_to;
    message.content == post.content && answers_it && custom_ids(&message.components) == custom_ids(&post.buttons)
}

/// What the first words of a room and the way to it, also to one made anew, are known by: whom, or which thread, they mention. The
/// language or the matter that they tell of may be another by the time they are looked for.
fn mark(post: &Post) -> Option<&str> {
    let begins = match post.key.split_once('.')?.1 {
        "r" | "ra" => "<@",
        "p" | "pa" => "<#",
        _ => return None,
    };
    let mention = &post.content[post.content.find(begins)?..];
    Some(&mention[..=mention.find('>')?])
}

/// The buttons' custom ids, which tell one conversation's from another's under the same words.
fn custom_ids(rows: &impl Serialize) -> Vec<String> {
    of_buttons(rows, "custom_id")
}

/// What each button under a message has in a field.
pub(super) fn of_buttons(rows: &impl Serialize, field: &str) -> Vec<String> {
    let rows = serde_json::to_value(rows).unwrap_or_default();
    let buttons = rows.as_array().into_iter().flatten().filter_map(|row| row["components"].as_array()).flatten();
    buttons.filter_map(|button| button[field].as_str().map(str::to_owned)).collect()
}

pub(super) fn external(message: MessageId) -> ExternalId {
    ExternalId::new(message.to_string())
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
pub(super) fn unread(error: StoreError) -> ChatFailure {
    ChatFailure::Later { reason: error.to_string(), wait: None }
}

pub(super) fn gone(what: &str) -> ChatFailure {
    ChatFailure::Never { reason: format!("{what} is not in the database any more") }
}
