//! Rooms: a private thread where the employee and the desk talk alone. A direct conversation is a room already.

use serenity::all::{
    AutoArchiveDuration, Channel, ChannelId, ChannelType, CreateThread, GuildChannel, GuildId, Mentionable, UserId,
};

use super::bot::{Bot, channel_at, moment_of, snowflake_at, user_of};
use super::deliver::{CLOCKS_DIFFER_BY, Post, Tried, gone, unread};
use super::rest::{RestError, within};
use super::to_discord::brief;
use crate::domain::conversation::Conversation;
use crate::domain::ids::TicketId;
use crate::domain::lang::Lang;
use crate::domain::message::Content;
use crate::ports::{ChatFailure, Leased, Receipted, StoreError, TicketSummary};
use crate::wording::as_written;

/// How much of the question the room's first message quotes, in characters.
const QUOTED: usize = 500;

/// Where a thread can be made.
struct Parent {
    guild: GuildId,
    channel: ChannelId,
}

impl Bot {
    /// Makes the room for a ticket, or finds it.
    pub(super) async fn open_room(&self, leased: &Leased, ticket: TicketId) -> Result<Receipted, ChatFailure> {
        if let Some(room) = leased.room.clone().filter(|_| begun(leased).is_none()) {
            return Ok(Receipted { room: Some(room), ..Receipted::default() });
        }
        let conversation = self.conversation_of(leased).await?;
        let ticket = self.store.ticket_by_id(ticket).await.map_err(unread)?.ok_or_else(|| gone("the ticket"))?;
        let asked_in = channel_at(&conversation.place.address).ok_or_else(|| gone("the channel"))?;
        let room = match self.parent(asked_in).await.map_err(|error| error.failure("the channel could not be read"))? {
            None => {
                self.room_begins(asked_in, snowflake_at(leased.created_at)).await.map_err(unread)?;
                asked_in
            }
            Some(parent) => self.thread_for(leased, &conversation, &ticket, parent).await?,
        };
        Ok(Receipted { room: Some(room.to_string()), ..Receipted::default() })
    }

    /// The channel that can have a thread; `None` where the two of them are alone already.
    async fn parent(&self, asked_in: ChannelId) -> Result<Option<Parent>, RestError> {
        Ok(match within(self.http.get_channel(asked_in)).await? {
            Channel::Guild(channel) => {
                let is_thread =
                    matches!(channel.kind, ChannelType::PublicThread | ChannelType::PrivateThread | ChannelType::NewsThread);
                let own = channel.parent_id.filter(|_| is_thread).unwrap_or(channel.id);
                Some(Parent { guild: channel.guild_id, channel: own })
            }
            _ => None,
        })
    }

    async fn thread_for(
        &self,
        leased: &Leased,
        conversation: &Conversation,
        ticket: &TicketSummary,
        parent: Parent,
    ) -> Result<ChannelId, ChatFailure> {
        let lang = conversation.lang;
        let thread = match begun(leased) {
            Some(thread) => thread,
            None => self.new_thread(leased, lang, ticket, &parent).await?,
        };
        let Some(employee) = user_of(conversation.employee.id.as_str()) else { return Err(gone("the employee")) };
        let added = within(self.http.add_thread_channel_member(thread, employee)).await;
        added.map_err(|error| error.failure("the employee could not be added to the thread"))?;
        crate::crash_point!("rest.after_member");
        let welcome = self.welcome(ticket, conversation, employee).await.map_err(unread)?;
        self.announce(leased, thread, conversation, welcome, employee).await?;
        Ok(thread)
    }

    /// The thread, noted before anybody is in it, so that no word that is written there can be missed.
    async fn new_thread(
        &self,
        leased: &Leased,
        lang: Lang,
        ticket: &TicketSummary,
        parent: &Parent,
    ) -> Result<ChannelId, ChatFailure> {
        let name = self.wording.fill(lang, "discord.room_name", &[("number", &ticket.number.to_string())]);
        let made = self.find_or_make(leased, &name, parent).await;
        let thread = made.map_err(|error| error.failure("a private thread could not be made"))?;
        self.room_begins(thread, thread.get()).await.map_err(unread)?;
        self.store.keep_room(leased, &thread.to_string()).await.map_err(unread)?;
        Ok(thread)
    }

    async fn find_or_make(&self, leased: &Leased, name: &str, parent: &Parent) -> Result<ChannelId, RestError> {
        if leased.attempts > 0 {
            let me = self.me().await?;
            let active = within(self.http.get_guild_active_threads(parent.guild)).await?.threads;
            let is_it = |thread: &&GuildChannel| {
                thread.name == name && thread.parent_id == Some(parent.channel) && thread.owner_id == Some(me)
            };
            if let Some(found) = active.iter().find(is_it) {
                return Ok(found.id);
            }
        }
        let thread = CreateThread::new(name)
            .kind(ChannelType::PrivateThread)
            .invitable(false)
            .auto_archive_duration(AutoArchiveDuration::OneWeek);
        let made = within(parent.channel.create_thread(&self.http, thread)).await?.id;
        crate::crash_point!("rest.after_thread");
        Ok(made)
    }

    /// What the room begins with: whom it is for, the number, and what was asked.
    async fn welcome(&self, ticket: &TicketSummary, conversation: &Conversation, employee: UserId) -> Result<String, StoreError> {
        let question = match &conversation.ticket {
            Some(ticket) => self.store.line(ticket.question).await?,
            None => None,
        };
        let asked = match question.map(|recorded| recorded.line.content) {
            Some(Content::Question(text) | Content::Text(text)) => text.as_str().to_owned(),
            _ => ticket.subject.clone(),
        };
        let quote = as_written(&brief(&asked, QUOTED)).lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n");
        let (who, number) = (employee.mention().to_string(), ticket.number.to_string());
        let values = [("employee", who.as_str()), ("number", &number), ("question", &quote)];
        Ok(self.wording.fill(conversation.lang, "discord.room_opened", &values))
    }

    /// Says the first words in the room, and where the room is in the channel that it came from.
    async fn announce(
        &self,
        leased: &Leased,
        thread: ChannelId,
        conversation: &Conversation,
        welcome: String,
        employee: UserId,
    ) -> Result<(), ChatFailure> {
        let (tried, lang) = (Tried::of(leased), conversation.lang);
        let key = format!("{}.r", leased.id);
        let first = Post { content: welcome, key, reply_to: None, buttons: Vec::new(), pings: Some(employee) };
        self.post(thread, first, tried).await.map_err(|error| error.failure("the thread's first message"))?;
        if self.room_is_pointed_to_alone(conversation, thread).await? {
            return Ok(());
        }
        let asked_in = channel_at(&conversation.place.address).ok_or_else(|| gone("the channel"))?;
        let content = self.wording.fill(lang, "discord.room_elsewhere", &[("room", &thread.mention().to_string())]);
        let pointer = Post { content, key: format!("{}.p", leased.id), reply_to: None, buttons: Vec::new(), pings: None };
        self.post(asked_in, pointer, tried).await.map_err(|error| error.failure("the way to the thread"))?;
        Ok(())
    }
}

/// The thread that this errand began to make before it broke off. One that is older than the errand was made by another, and
/// is finished.
fn begun(leased: &Leased) -> Option<ChannelId> {
    let room = leased.room.as_deref().and_then(channel_at).filter(|_| leased.attempts > 0)?;
    (moment_of(room.get()) >= leased.created_at.before(CLOCKS_DIFFER_BY)).then_some(room)
}
