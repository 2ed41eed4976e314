//! What is answered to one person alone.
//!
//! What they said is kept first, and Discord is told afterwards that an answer is coming: what is acknowledged is not lost by a
//! crash. Where keeping takes long, Discord is told before it is done, since it waits three seconds and no longer.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use serenity::all::{
    ApplicationId, ChannelId, CommandInteraction, ComponentInteraction, CreateActionRow, CreateInteractionResponse,
    CreateInteractionResponseMessage, GuildId, InteractionId, ModalInteraction, User,
};
use tokio::sync::oneshot;
use tokio::time::timeout;
use tracing::warn;

use super::super::address::{Address, receipt_of};
use super::super::bot::{Bot, channel_name, employee_id, moment_of};
use super::super::privately::secret_of;
use super::super::rest::within;
use super::respond::heeded;
use crate::domain::decision::Receipt;
use crate::domain::lang::Lang;
use crate::domain::message::Employee;
use crate::ports::{ReplyToken, StoreError};

/// How long keeping may take before Discord is told.
const KEPT_FIRST: Duration = Duration::from_millis(1_500);

/// How long Discord takes answers; a little less than it says.
const TOKEN_IS_GOOD: Duration = Duration::from_mins(15).saturating_sub(Duration::from_secs(10));

/// Something that a person did, and is answered alone.
#[derive(Clone)]
pub(in super::super) struct Begun {
    pub(in super::super) id: InteractionId,
    pub(in super::super) application: ApplicationId,
    pub(in super::super) token: String,
    pub(in super::super) user: User,
    channel: ChannelId,
    pub(super) guild: Option<GuildId>,
    nick: Option<String>,
    locale: String,
}

macro_rules! begun_by {
    ($($kind:ty),+) => {$(
        impl From<&$kind> for Begun {
            fn from(interaction: &$kind) -> Self {
                Self {
                    id: interaction.id,
                    application: interaction.application_id,
                    token: interaction.token.clone(),
                    user: interaction.user.clone(),
                    channel: interaction.channel_id,
                    guild: interaction.guild_id,
                    nick: interaction.member.as_ref().and_then(|member| member.nick.clone()),
                    locale: interaction.locale.clone(),
                }
            }
        }
    )+};
}

begun_by!(CommandInteraction, ComponentInteraction, ModalInteraction);

impl Begun {
    /// Where the conversation lives that is held with this person alone.
    pub(super) const fn address(&self) -> Address {
        Address::private(self.channel, self.user.id)
    }

    /// What makes the same interaction twice one.
    pub(super) fn receipt(&self) -> Receipt {
        Receipt { channel: channel_name(), external_id: receipt_of(self.id) }
    }

    fn reply_token(&self) -> ReplyToken {
        ReplyToken {
            channel: channel_name(),
            answers: receipt_of(self.id),
            secret: secret_of(self.application, &self.token),
            expires_at: moment_of(self.id.get()).after(TOKEN_IS_GOOD),
        }
    }
}

/// What one person is shown.
pub(in super::super) struct Told {
    pub(in super::super) text: String,
    pub(in super::super) buttons: Vec<CreateActionRow>,
}

impl From<String> for Told {
    fn from(text: String) -> Self {
        Self { text, buttons: Vec::new() }
    }
}

impl Bot {
    /// Works on what somebody did, in their own lane, and tells Discord that an answer for them alone is coming. The work gives
    /// back what is to be told at once; where it gives nothing, the answer is on its way through the outbox.
    pub(super) async fn answer_alone<W>(self: &Arc<Self>, begun: Begun, work: impl FnOnce(Arc<Self>, Begun) -> W)
    where
        W: Future<Output = Option<Told>> + Send + 'static,
    {
        let under_way = self.acknowledging.begin(begun.id);
        let (done, is_done) = oneshot::channel();
        let (bot, asker) = (Arc::clone(self), begun.clone());
        let work = work(Arc::clone(self), begun.clone());
        let work = Box::pin(async move {
            let told = work.await;
            // Whoever waited may have stopped waiting.
            let _ = done.send(());
            if let Some(told) = told {
                bot.tell(&asker, told).await;
            }
        });
        let mut queued =
            pin!(async { self.lanes.push(begun.user.id.get(), begun.id.get(), work).await && is_done.await.is_ok() });
        let kept_first = timeout(KEPT_FIRST, &mut queued).await;
        crate::crash_point!("asking.before_acknowledge");
        self.defer(&begun).await;
        drop(under_way);
        let is_done = match kept_first {
            Ok(is_done) => is_done,
            Err(_) => queued.await,
        };
        if !is_done {
            self.tell(&begun, self.short(&begun, "discord.try_again", &[])).await;
        }
    }

    async fn defer(&self, begun: &Begun) {
        let thinking = CreateInteractionResponse::Defer(CreateInteractionResponseMessage::new().ephemeral(true));
        let told = self.http.create_interaction_response(begun.id, &begun.token, &thinking, Vec::new());
        heeded(begun.id, within(told).await);
    }

    /// Tells what needs no second try: it can be asked for again.
    async fn tell(&self, begun: &Begun, told: Told) {
        self.acknowledging.finished(begun.id).await;
        if let Err(error) = self.edit_original(begun.application, &begun.token, &told).await {
            warn!(interaction.id = %begun.id, %error, "somebody could not be told what became of what they did");
        }
    }

    /// Keeps the way to answer, before anything is decided that is answered through it.
    pub(super) async fn keep_way(&self, begun: &Begun) -> Result<(), StoreError> {
        self.store.keep_reply_token(&begun.reply_token()).await?;
        crate::crash_point!("asking.after_token");
        Ok(())
    }

    /// The language to answer somebody in before their own words tell.
    pub(super) fn lang_for(&self, begun: &Begun) -> Lang {
        self.readers_lang_in(&begun.locale, begun.guild)
    }

    pub(super) fn employee(&self, begun: &Begun) -> Employee {
        Employee {
            id: employee_id(begun.user.id),
            name: Some(self.filtered_name(begun.nick.as_deref(), &begun.user)),
            email: None,
            organisation: None,
        }
    }

    /// A sentence in the reader's language, to be told at once.
    pub(super) fn short(&self, begun: &Begun, key: &'static str, values: &[(&str, &str)]) -> Told {
        self.wording.fill(self.lang_for(begun), key, values).into()
    }
}
