//! Messages of ours that are changed or taken back, because what they answer was.

use std::time::Duration;

use serenity::all::{ChannelId, CreateAllowedMentions, EditMessage, MessageId};

use super::bot::{Bot, channel_at, moment_of, number};
use super::deliver::{Post, Tried, gone, unread};
use super::rest::{RestError, code};
use super::to_discord::{self, Shown};
use crate::domain::ids::{ExternalId, MessageId as LineId};
use crate::ports::{ChatFailure, Leased, Receipted, Recorded};

/// Until when a message of ours is changed rather than answered anew: Discord lets older ones be edited only now and then,
/// and nobody looks there any more.
const EDITED_FOR: Duration = Duration::from_hours(1);

/// A message of ours, where it stands.
struct Posted {
    place: ChannelId,
    id: MessageId,
}

impl Bot {
    /// Lets a line stand in the message that showed an earlier one; says it anew where that one is old, gone or was never posted.
    pub(super) async fn amend(
        &self,
        leased: &Leased,
        line: LineId,
        earlier: LineId,
        reply_to: Option<&ExternalId>,
    ) -> Result<Receipted, ChatFailure> {
        let recorded = self.store.line(line).await.map_err(unread)?.ok_or_else(|| gone("the line"))?;
        let posted = self.posted(earlier).await?;
        if recorded.withdrawn {
            // Whatever takes this line's place finds the message by it.
            return Ok(posted.map(|posted| receipted(&posted)).unwrap_or_default());
        }
        let fresh = |posted: &Posted| self.clock.now().since(moment_of(posted.id.get())) < EDITED_FOR;
        let Shown { parts, buttons } = to_discord::show(&recorded, &self.wording, &self.facts);
        if let (Some(posted), [content]) = (posted.filter(fresh), parts.as_slice()) {
            let mentions = CreateAllowedMentions::new();
            let changed = EditMessage::new().content(content).components(buttons).allowed_mentions(mentions);
            match self.call(posted.place.edit_message(&self.http, posted.id, changed)).await {
                Ok(_) => {
                    crate::crash_point!("rest.after_edit");
                    return Ok(receipted(&posted));
                }
                Err(error) if is_past_changing(&error) => {}
                Err(error) => return Err(error.failure("an answer could not be changed")),
            }
        }
        self.say(leased, line, reply_to).await
    }

    /// What an attempt to say a line may have posted before the line stopped to stand: whoever takes it back has to know of it.
    pub(super) async fn find_said(
        &self,
        leased: &Leased,
        recorded: &Recorded,
        reply_to: Option<&ExternalId>,
    ) -> Result<Receipted, ChatFailure> {
        let Tried::Since(since) = Tried::of(leased) else { return Ok(Receipted::default()) };
        let conversation = self.conversation_of(leased).await?;
        let address = leased.room.as_deref().unwrap_or(&conversation.place.address);
        let Shown { mut parts, buttons } = to_discord::show(recorded, &self.wording, &self.facts);
        let (Some(place), 1, Some(content)) = (channel_at(address), parts.len(), parts.pop()) else {
            return Ok(Receipted::default());
        };
        let reply_to = reply_to.and_then(|id| number(id.as_str())).map(MessageId::from);
        let post = Post { content, key: leased.id.to_string(), reply_to, buttons, pings: None };
        let found = self.find(place, &post, since).await;
        let found = found.map_err(|error| error.failure("what was said could not be looked for"))?;
        Ok(found.map(|id| receipted(&Posted { place, id })).unwrap_or_default())
    }

    /// Takes back the message that shows a line, where there is one.
    pub(super) async fn retract(&self, line: LineId) -> Result<Receipted, ChatFailure> {
        if let Some(posted) = self.posted(line).await? {
            match self.call(posted.place.delete_message(&self.http, posted.id)).await {
                Err(error) if !is_gone(&error) => return Err(error.failure("an answer could not be taken back")),
                Ok(()) | Err(_) => {}
            }
        }
        Ok(Receipted::default())
    }

    async fn posted(&self, line: LineId) -> Result<Option<Posted>, ChatFailure> {
        let post = self.store.post_of(line).await.map_err(unread)?;
        Ok(post.and_then(|(address, id)| {
            let (place, id) = channel_at(&address).zip(number(id.as_str()))?;
            Some(Posted { place, id: MessageId::from(id) })
        }))
    }
}

fn receipted(posted: &Posted) -> Receipted {
    let (id, place) = (posted.id.to_string(), posted.place.to_string());
    Receipted { external_id: Some(ExternalId::new(id)), said_at: Some(place), ..Receipted::default() }
}

fn is_gone(error: &RestError) -> bool {
    matches!(error.code(), Some(code::UNKNOWN_MESSAGE | code::UNKNOWN_CHANNEL))
}

fn is_past_changing(error: &RestError) -> bool {
    is_gone(error) || error.code() == Some(code::OLD_MESSAGE_EDITED_TOO_OFTEN)
}
