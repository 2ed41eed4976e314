//! Reaching the employee where the way that was thought of is closed: the room, else a direct message, else, for what the bot
//! itself says, the place where it was asked. What a person in the desk writes never becomes public.

use serenity::all::{ChannelId, EditThread, UserId};

use super::address::Address;
use super::bot::{Bot, channel_at, snowflake_at, user_of};
use super::deliver::{Post, Tried, gone, unread};
use super::hindrance::Hindrance;
use super::looks::Kind;
use super::rest::RestError;
use crate::domain::conversation::Conversation;
use crate::domain::message::{Author, Content};
use crate::domain::obstacle::Obstacle;
use crate::domain::room::RoomNews;
use crate::ports::{ChatFailure, Leased, Recorded};

/// Why something could not be said or done in a place.
#[derive(Debug)]
pub(super) enum Trouble {
    /// There may be a way around it.
    Hindered(Hindrance, String),
    /// There is none, now or ever.
    Failed(ChatFailure),
}

impl Trouble {
    /// What a failed call means while it was `doing` something.
    pub(super) fn of(error: RestError, doing: &str) -> Self {
        match error.hindrance() {
            Some(hindrance) => Self::Hindered(hindrance, error.reason(doing)),
            None => Self::Failed(error.failure(doing)),
        }
    }

    /// The failure of an errand for which no way around is looked for.
    pub(super) fn failure(self) -> ChatFailure {
        match self {
            Self::Hindered(hindrance, reason) => ChatFailure::Stuck { why: hindrance.obstacle(), reason },
            Self::Failed(failure) => failure,
        }
    }
}

impl From<ChatFailure> for Trouble {
    fn from(failure: ChatFailure) -> Self {
        Self::Failed(failure)
    }
}

/// How a line may reach the employee.
#[derive(Clone, Copy)]
pub(super) struct Reach<'e> {
    pub(super) leased: &'e Leased,
    pub(super) conversation: &'e Conversation,
    /// Whether only the employee may read it: a person's own words are theirs alone.
    pub(super) in_private: bool,
}

impl<'e> Reach<'e> {
    pub(super) const fn of(leased: &'e Leased, conversation: &'e Conversation, recorded: &Recorded) -> Self {
        let by_a_person = matches!(recorded.line.author, Author::Operator { .. });
        Self { leased, conversation, in_private: by_a_person && !is_worded_here(&recorded.line.content) }
    }
}

/// Whether Firstline has the words for what an operator did: that somebody took a ticket is no secret, what they write is.
const fn is_worded_here(content: &Content) -> bool {
    matches!(
        content,
        Content::Taken
            | Content::Released
            | Content::Transferred { .. }
            | Content::MovedToLine { .. }
            | Content::MergedInto { .. }
            | Content::ResolvedAsk(_)
            | Content::IncidentEnded { .. }
    )
}

impl Bot {
    /// The place where a line is to be said first, ready for it: the room with the employee in it.
    pub(super) async fn first_way(&self, reach: Reach<'_>) -> Result<ChannelId, Trouble> {
        let address = reach.leased.room.as_deref().unwrap_or(&reach.conversation.place.address);
        let place = channel_at(address).ok_or_else(|| not_a_channel(address))?;
        if reach.leased.room.is_some() {
            self.ready(reach, place).await?;
        } else if reach.in_private {
            let look = self.look(place).await.map_err(|error| Trouble::of(error, "the place could not be read"))?;
            if !matches!(look.kind, Kind::Direct | Kind::Post { .. }) {
                return Err(Trouble::Hindered(Hindrance::NoRoom, "there is no room where the two of them are alone".to_owned()));
            }
        }
        Ok(place)
    }

    /// Sees to it that the employee is in the room and can write there.
    async fn ready(&self, reach: Reach<'_>, room: ChannelId) -> Result<(), Trouble> {
        let look = self.look(room).await.map_err(|error| Trouble::of(error, "the room could not be read"))?;
        if let Kind::PrivateThread { locked: true, .. } | Kind::Post { locked: true, .. } = look.kind {
            self.unlock(reach.leased, room).await?;
        }
        let Kind::PrivateThread { .. } = look.kind else { return Ok(()) };
        if self.was_made_anew_by(reach.leased).await? {
            self.finish_room(reach.leased, reach.conversation, room).await?;
        }
        let Some(employee) = user_of(reach.conversation.employee.id.as_str()) else { return Err(gone("the employee").into()) };
        self.let_in(room, employee).await.map_err(|error| Trouble::of(error, "the employee could not be added to the thread"))
    }

    /// Takes somebody into a thread, out of the archive where it is there. Who is in it already stays.
    pub(super) async fn let_in(&self, thread: ChannelId, user: UserId) -> Result<(), RestError> {
        match self.call(self.http.add_thread_channel_member(thread, user)).await {
            Err(error) if error.hindrance() == Some(Hindrance::Archived) => {
                let woken = EditThread::new().archived(false);
                self.call(thread.edit_thread(&self.http, woken)).await?;
                crate::crash_point!("rest.after_waking");
                self.call(self.http.add_thread_channel_member(thread, user)).await
            }
            ended => ended,
        }
    }

    /// Unlocks a thread: in a locked one the employee could not answer.
    async fn unlock(&self, leased: &Leased, thread: ChannelId) -> Result<(), Trouble> {
        let open = EditThread::new().archived(false).locked(false);
        let unlocked = self.call(thread.edit_thread(&self.http, open)).await;
        self.looks.forget(thread);
        unlocked.map_err(|error| Trouble::Hindered(Hindrance::Locked, error.reason("the thread is locked")))?;
        crate::crash_point!("rest.after_unlocking");
        Ok(self.tell_desk(leased, RoomNews::Unlocked).await?)
    }

    /// Another place where the line can be said, where the first one is closed for this reason.
    pub(super) async fn another_way(
        &self,
        reach: Reach<'_>,
        mut why: Hindrance,
        mut reason: String,
    ) -> Result<ChannelId, ChatFailure> {
        let room = reach.leased.room.as_deref().and_then(channel_at);
        if let Some(room) = room {
            self.looks.forget(room);
            if why == Hindrance::Gone && Some(room) != channel_at(&reach.conversation.place.address) {
                match self.make_anew(reach.leased, reach.conversation).await {
                    Ok(Some(room)) => return Ok(room),
                    Ok(None) => {}
                    Err(Trouble::Hindered(also, words)) => (why, reason) = (also, format!("{reason}; {words}")),
                    Err(Trouble::Failed(failure)) => return Err(failure),
                }
            }
        }
        match self.go_direct(reach.leased, reach.conversation, why).await {
            Ok(direct) => Ok(direct),
            Err(Trouble::Failed(failure)) => Err(failure),
            Err(Trouble::Hindered(closed, also)) => {
                // Where it was asked has not been tried where there was a room.
                let asked_in = Address::parse(&reach.conversation.place.address).filter(|address| address.private_to.is_none());
                let asked_in = room.and(asked_in).map(|address| address.channel);
                match asked_in.filter(|asked_in| !reach.in_private && Some(*asked_in) != room) {
                    Some(asked_in) => Ok(asked_in),
                    None => Err(ChatFailure::Stuck { why: why.and_directly(closed), reason: format!("{reason}; {also}") }),
                }
            }
        }
    }

    /// Writes to the employee directly from now on: what they write there belongs to the conversation.
    pub(super) async fn go_direct(
        &self,
        leased: &Leased,
        conversation: &Conversation,
        why: Hindrance,
    ) -> Result<ChannelId, Trouble> {
        let Some(employee) = user_of(conversation.employee.id.as_str()) else { return Err(gone("the employee").into()) };
        if why == Hindrance::NotHere && conversation.ticket.is_some() {
            self.tell_once(conversation.id, RoomNews::EmployeeLeft, conversation.id).await?;
        }
        let direct = self.direct_with(employee).await.map_err(|error| Trouble::of(error, "no direct conversation"))?;
        if leased.room.as_deref().and_then(channel_at) == Some(direct) {
            return Err(Trouble::Hindered(why, "the direct conversation is closed".to_owned()));
        }
        if let Some(ticket) = &conversation.ticket {
            let ticket = self.store.ticket_by_id(ticket.id).await.map_err(unread)?.ok_or_else(|| gone("the ticket"))?;
            let number = ticket.number.to_string();
            let content = self.wording.fill(conversation.lang, "discord_rooms.direct_opened", &[("number", &number)]);
            let key = format!("{}.d", leased.id);
            let first = Post { content, key, reply_to: None, buttons: Vec::new(), pings: None };
            let said = self.post(direct, first, Tried::of(leased)).await;
            said.map_err(|error| Trouble::of(error, "a direct message"))?;
            self.tell_desk(leased, RoomNews::Direct).await?;
        }
        self.room_begins(direct, snowflake_at(leased.created_at)).await.map_err(unread)?;
        crate::crash_point!("rooms.before_keeping");
        self.store.keep_room(leased, &direct.to_string()).await.map_err(unread)?;
        Ok(direct)
    }
}

fn not_a_channel(address: &str) -> Trouble {
    let reason = format!("{address} is not the number of a channel");
    Trouble::Failed(ChatFailure::Stuck { why: Obstacle::Other, reason })
}
