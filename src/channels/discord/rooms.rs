//! Rooms: a private thread where the employee and the desk talk alone. A direct conversation is a room already, and so is a post
//! of a forum, though everybody sees that one. Where no room can be had, the employee is written to directly.

use serenity::all::{AutoArchiveDuration, ChannelId, ChannelType, CreateThread, GuildChannel, GuildId, Mentionable, UserId};

use super::address::Address;
use super::bot::{Bot, channel_at, channel_name, moment_of, snowflake_at, user_of};
use super::deliver::{CLOCKS_DIFFER_BY, Post, Tried, gone, unread};
use super::hindrance::Hindrance;
use super::looks::{Kind, Look};
use super::reach::Trouble;
use super::rest::RestError;
use super::to_discord::brief;
use crate::domain::conversation::Conversation;
use crate::domain::ids::TicketId;
use crate::domain::message::{Content, Visibility};
use crate::domain::room::RoomNews;
use crate::domain::ticket::Status;
use crate::ports::{ChatFailure, Leased, Receipted, StoreError, TicketSummary};
use crate::wording::as_written;

/// How much of the question the room's first message quotes, in characters.
const QUOTED: usize = 500;

/// How many archived threads are looked through for one that was made already, newest first.
const ARCHIVED: u64 = 100;

/// Where a thread can be made.
struct Parent {
    guild: GuildId,
    channel: ChannelId,
}

/// What there can be for a ticket where it was asked.
enum Site {
    /// The two of them are alone there.
    Alone,
    /// A forum's post, which takes no thread beside it.
    Post,
    /// A channel that can have a private thread.
    Under(Parent),
    /// Nothing.
    Nowhere,
}

impl Bot {
    /// Makes the room for a ticket, or finds it.
    pub(super) async fn open_room(&self, leased: &Leased, ticket: TicketId) -> Result<Receipted, ChatFailure> {
        let begun = begun(leased);
        if let Some(room) = leased.room.clone().filter(|_| begun.is_none()) {
            return Ok(Receipted { room: Some(room), ..Receipted::default() });
        }
        let conversation = self.conversation_of(leased).await?;
        let ticket = self.store.ticket_by_id(ticket).await.map_err(unread)?.ok_or_else(|| gone("the ticket"))?;
        if ticket.status == Status::Resolved && leased.attempts > 0 {
            // Tried again when the matter is over: nobody needs the room any more.
            return Ok(Receipted::default());
        }
        let opened = match begun {
            Some(room) => self.go_on_with(leased, &conversation, &ticket, room).await,
            None => self.room_for(leased, &conversation, &ticket, None).await,
        };
        let room = match opened {
            Ok(room) => room,
            Err(Trouble::Hindered(why, reason)) => self.room_elsewhere(leased, &conversation, why, reason).await?,
            Err(Trouble::Failed(failure)) => return Err(failure),
        };
        Ok(Receipted { room: Some(room.to_string()), ..Receipted::default() })
    }

    /// Finishes the room that this errand began; where it was deleted meanwhile, another one is made.
    async fn go_on_with(
        &self,
        leased: &Leased,
        conversation: &Conversation,
        ticket: &TicketSummary,
        room: ChannelId,
    ) -> Result<ChannelId, Trouble> {
        match self.look(room).await {
            Ok(look) if look.kind == Kind::Direct => {
                // It came as far as the direct message.
                self.point_directly(leased, conversation).await?;
                Ok(room)
            }
            Ok(_) => self.room_for(leased, conversation, ticket, Some(room)).await,
            Err(error) => {
                let trouble = Trouble::of(error, "the room could not be read");
                let is_gone = matches!(trouble, Trouble::Hindered(Hindrance::Gone, _));
                let anew = if is_gone { self.make_anew(leased, conversation).await? } else { None };
                anew.ok_or(trouble)
            }
        }
    }

    async fn room_for(
        &self,
        leased: &Leased,
        conversation: &Conversation,
        ticket: &TicketSummary,
        begun: Option<ChannelId>,
    ) -> Result<ChannelId, Trouble> {
        let asked_in = channel_at(&conversation.place.address).ok_or_else(|| gone("the channel"))?;
        match self.site(asked_in).await.map_err(|error| Trouble::of(error, "the channel could not be read"))? {
            Site::Alone => self.room_begins(asked_in, snowflake_at(leased.created_at)).await.map_err(unread)?,
            Site::Post => self.open_in_post(leased, conversation, ticket, asked_in).await?,
            Site::Under(parent) => {
                let thread = match begun {
                    Some(thread) => thread,
                    None => self.new_thread(leased, conversation, ticket, &parent, None).await?,
                };
                self.finish_room(leased, conversation, thread).await?;
                return Ok(thread);
            }
            Site::Nowhere => {
                let reason = "a channel of this kind takes no private threads".to_owned();
                return Err(Trouble::Hindered(Hindrance::WrongKind, reason));
            }
        }
        Ok(asked_in)
    }

    /// Where there is no room to be had for this reason, the employee is written to directly, and told so where they asked.
    async fn room_elsewhere(
        &self,
        leased: &Leased,
        conversation: &Conversation,
        why: Hindrance,
        reason: String,
    ) -> Result<ChannelId, ChatFailure> {
        let direct = match self.go_direct(leased, conversation, why).await {
            Ok(direct) => direct,
            Err(Trouble::Hindered(closed, also)) => {
                return Err(ChatFailure::Stuck { why: why.and_directly(closed), reason: format!("{reason}; {also}") });
            }
            Err(Trouble::Failed(failure)) => return Err(failure),
        };
        self.point_directly(leased, conversation).await?;
        Ok(direct)
    }

    /// Says where it was asked that the conversation goes on directly. Where nothing can be said in that place, or others are not to
    /// see that there is anything, the direct message alone tells it.
    async fn point_directly(&self, leased: &Leased, conversation: &Conversation) -> Result<(), ChatFailure> {
        let content = self.wording.get(conversation.lang, "discord_rooms.goes_on_directly").to_owned();
        let is_private = Address::parse(&conversation.place.address).is_some_and(|address| address.private_to.is_some());
        if is_private {
            return Ok(());
        }
        match self.point_the_way(leased, conversation, content, "").await {
            Ok(()) | Err(Trouble::Hindered(..)) => Ok(()),
            Err(Trouble::Failed(failure)) => Err(failure),
        }
    }

    /// Makes another room for a conversation whose room was deleted, once; `None` where that cannot be, or was done before.
    pub(super) async fn make_anew(&self, leased: &Leased, conversation: &Conversation) -> Result<Option<ChannelId>, Trouble> {
        let Some(ticket) = &conversation.ticket else { return Ok(None) };
        let Some(asked_in) = channel_at(&conversation.place.address) else { return Ok(None) };
        if self.was_made_anew(conversation).await? && !self.has_told(RoomNews::MadeAnew, leased.id).await? {
            return Ok(None);
        }
        let Ok(Site::Under(parent)) = self.site(asked_in).await else { return Ok(None) };
        let ticket = self.store.ticket_by_id(ticket.id).await.map_err(unread)?.ok_or_else(|| gone("the ticket"))?;
        let thread = self.new_thread(leased, conversation, &ticket, &parent, Some(RoomNews::MadeAnew)).await?;
        self.finish_room(leased, conversation, thread).await?;
        Ok(Some(thread))
    }

    /// Whether this errand made the conversation's room anew before it broke off.
    pub(super) async fn was_made_anew_by(&self, leased: &Leased) -> Result<bool, ChatFailure> {
        Ok(leased.attempts > 0 && self.has_told(RoomNews::MadeAnew, leased.id).await?)
    }

    async fn was_made_anew(&self, conversation: &Conversation) -> Result<bool, ChatFailure> {
        let lines = self.store.lines(conversation.id, None, Visibility::Desk).await.map_err(unread)?;
        Ok(lines.iter().any(|recorded| recorded.line.content == Content::Room(RoomNews::MadeAnew)))
    }

    /// What there can be for a ticket in this place.
    async fn site(&self, asked_in: ChannelId) -> Result<Site, RestError> {
        let Look { kind, guild, .. } = self.look(asked_in).await?;
        let Some(guild) = guild else { return Ok(Site::Alone) };
        Ok(match kind {
            Kind::Direct => Site::Alone,
            Kind::Post { .. } => Site::Post,
            Kind::Text => Site::Under(Parent { guild, channel: asked_in }),
            Kind::PrivateThread { parent, .. } | Kind::OpenThread { parent } if self.look(parent).await?.kind == Kind::Text => {
                Site::Under(Parent { guild, channel: parent })
            }
            _ => Site::Nowhere,
        })
    }

    /// The post itself is the room. Everybody who sees the forum reads what is said there: the desk and the employee are told.
    async fn open_in_post(
        &self,
        leased: &Leased,
        conversation: &Conversation,
        ticket: &TicketSummary,
        post: ChannelId,
    ) -> Result<(), Trouble> {
        self.room_begins(post, snowflake_at(leased.created_at)).await.map_err(unread)?;
        let number = ticket.number.to_string();
        let content = self.wording.fill(conversation.lang, "discord_rooms.opened_in_post", &[("number", &number)]);
        let key = format!("{}.r", leased.id);
        let first = Post { content, key, reply_to: None, buttons: Vec::new(), pings: None };
        let said = self.post(post, first, Tried::of(leased)).await;
        said.map_err(|error| Trouble::of(error, "the post's first words"))?;
        Ok(self.tell_once(conversation.id, RoomNews::InForum, conversation.id).await?)
    }

    /// The thread, noted before anybody is in it, so that no word that is written there can be missed. Before that the desk is
    /// told the news that this is, if it is any.
    async fn new_thread(
        &self,
        leased: &Leased,
        conversation: &Conversation,
        ticket: &TicketSummary,
        parent: &Parent,
        news: Option<RoomNews>,
    ) -> Result<ChannelId, Trouble> {
        let name = self.wording.fill(conversation.lang, "discord.room_name", &[("number", &ticket.number.to_string())]);
        let made = self.find_or_make(leased, &name, parent).await;
        let thread = made.map_err(|error| Trouble::of(error, "a private thread could not be made"))?;
        if let Some(news) = news {
            self.tell_desk(leased, news).await?;
        }
        self.room_begins(thread, thread.get()).await.map_err(unread)?;
        self.store.keep_room(leased, &thread.to_string()).await.map_err(unread)?;
        crate::crash_point!("rooms.after_keeping");
        Ok(thread)
    }

    async fn find_or_make(&self, leased: &Leased, name: &str, parent: &Parent) -> Result<ChannelId, RestError> {
        if leased.attempts > 0
            && let Some(found) = self.made_before(leased, name, parent).await?
        {
            return Ok(found);
        }
        let thread = CreateThread::new(name)
            .kind(ChannelType::PrivateThread)
            .invitable(false)
            .auto_archive_duration(AutoArchiveDuration::OneWeek);
        let made = self.call(parent.channel.create_thread(&self.http, thread)).await?.id;
        crate::crash_point!("rest.after_thread");
        Ok(made)
    }

    /// The thread that this errand made before its receipt was lost, wherever it is now: ours, of that name, no older than the
    /// errand, and the room of nobody else. Another installation's ticket of the same number is older or somebody's.
    async fn made_before(&self, leased: &Leased, name: &str, parent: &Parent) -> Result<Option<ChannelId>, RestError> {
        let me = self.me().await?;
        let active = self.call(self.http.get_guild_active_threads(parent.guild)).await?.threads;
        let archived = self.http.get_channel_archived_private_threads(parent.channel, None, Some(ARCHIVED));
        let archived = match self.call(archived).await {
            Ok(archived) => archived.threads,
            // Who may not manage threads is not shown them, and a thread that was just made is not among them.
            Err(error) if error.hindrance() == Some(Hindrance::Forbidden) => Vec::new(),
            Err(error) => return Err(error),
        };
        let is_it = |thread: &&GuildChannel| {
            let is_ours = thread.name == name && thread.parent_id == Some(parent.channel) && thread.owner_id == Some(me);
            is_ours && moment_of(thread.id.get()) >= leased.created_at.before(CLOCKS_DIFFER_BY)
        };
        for thread in active.iter().chain(&archived).filter(is_it) {
            let whose = self.store.conversation_in_room(&channel_name(), &thread.id.to_string()).await;
            let whose = whose.map_err(|error| RestError::Wire(error.to_string()))?;
            if whose.is_none_or(|conversation| conversation.id == leased.conversation) {
                return Ok(Some(thread.id));
            }
        }
        Ok(None)
    }

    /// Lets the employee in, and who has the ticket, and says the first words there and the way to it where it was asked.
    pub(super) async fn finish_room(
        &self,
        leased: &Leased,
        conversation: &Conversation,
        thread: ChannelId,
    ) -> Result<(), Trouble> {
        let Some(employee) = user_of(conversation.employee.id.as_str()) else { return Err(gone("the employee").into()) };
        let Some(ticket) = &conversation.ticket else { return Ok(()) };
        let added = self.let_in(thread, employee).await;
        added.map_err(|error| Trouble::of(error, "the employee could not be added to the thread"))?;
        crate::crash_point!("rest.after_member");
        if let Some(holder) = ticket.holder().and_then(|holder| user_of(holder.id.as_str())) {
            // Who cannot be let in answers from the desk.
            let _: Result<(), RestError> = self.let_in(thread, holder).await;
        }
        let summary = self.store.ticket_by_id(ticket.id).await.map_err(unread)?.ok_or_else(|| gone("the ticket"))?;
        let content = self.welcome(&summary, conversation, employee).await.map_err(unread)?;
        // The same errand may have opened another room before, and pointed to it.
        let anew = if self.has_told(RoomNews::MadeAnew, leased.id).await? { "a" } else { "" };
        let key = format!("{}.r{anew}", leased.id);
        let first = Post { content, key, reply_to: None, buttons: Vec::new(), pings: Some(employee) };
        let said = self.post(thread, first, Tried::of(leased)).await;
        said.map_err(|error| Trouble::of(error, "the thread's first message"))?;
        if self.room_is_pointed_to_alone(conversation, thread).await? {
            return Ok(());
        }
        let way = thread.mention().to_string();
        let content = self.wording.fill(conversation.lang, "discord.room_elsewhere", &[("room", &way)]);
        match self.point_the_way(leased, conversation, content, anew).await {
            // The employee is in the thread and was pinged there.
            Ok(()) | Err(Trouble::Hindered(..)) => Ok(()),
            Err(failed) => Err(failed),
        }
    }

    /// Says in the place where it was asked where the conversation goes on.
    async fn point_the_way(
        &self,
        leased: &Leased,
        conversation: &Conversation,
        content: String,
        anew: &str,
    ) -> Result<(), Trouble> {
        let Some(asked_in) = channel_at(&conversation.place.address) else { return Ok(()) };
        let pointer = Post { content, key: format!("{}.p{anew}", leased.id), reply_to: None, buttons: Vec::new(), pings: None };
        let said = self.post(asked_in, pointer, Tried::of(leased)).await;
        said.map(drop).map_err(|error| Trouble::of(error, "the way to the room"))
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
        let opened = self.wording.fill(conversation.lang, "discord.room_opened", &values);
        if !self.standing.hears_only_what_is_meant_for_it() {
            return Ok(opened);
        }
        let bot = self.me().await.map(|me| me.mention().to_string()).unwrap_or_default();
        let hint = self.wording.fill(conversation.lang, "discord.room_mention", &[("bot", &bot)]);
        Ok(format!("{opened}\n\n{hint}"))
    }
}

/// The thread that this errand began to make before it broke off. One that is older than the errand was made by another, and
/// is finished.
fn begun(leased: &Leased) -> Option<ChannelId> {
    let room = leased.room.as_deref().and_then(channel_at).filter(|_| leased.attempts > 0)?;
    (moment_of(room.get()) >= leased.created_at.before(CLOCKS_DIFFER_BY)).then_some(room)
}
