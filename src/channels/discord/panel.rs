//! A standing message to ask from. Each configured channel has one: the one that is noted, else one that stands there already,
//! else a new one. So there are never two, whatever breaks off between posting and noting.

use std::time::Duration;

use serenity::all::{
    ButtonStyle, ChannelId, ComponentInteraction, CreateActionRow, CreateAllowedMentions, CreateButton, CreateInputText,
    CreateInteractionResponse, CreateModal, EditMessage, GetMessages, InputTextStyle, Message, MessageFlags, MessageId,
};
use tracing::{info, warn};

use super::bot::{Bot, channel_name, number};
use super::deliver::{Post, Tried, external, of_buttons};
use super::interactions::{FORM, LONGEST_QUESTION, QUESTION, heeded};
use super::rest::{RestError, code, within};
use crate::domain::lang::Lang;
use crate::ports::StoreError;

/// How many of a channel's newest messages are looked through for a panel that is not noted.
const LOOKED_THROUGH: u8 = 100;

/// The pauses between tries to put a panel up.
const PAUSES_S: [u64; 4] = [1, 4, 16, 60];

/// The panel's buttons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PanelButton {
    Ask,
    Tickets,
}

impl PanelButton {
    const ALL: [Self; 2] = [Self::Ask, Self::Tickets];

    const fn custom_id(self) -> &'static str {
        match self {
            Self::Ask => "panel:ask",
            Self::Tickets => "panel:tickets",
        }
    }

    /// The button with this custom id.
    pub(super) fn read(custom_id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|button| button.custom_id() == custom_id)
    }
}

/// Why a panel could not be put up.
#[derive(Debug, thiserror::Error)]
enum NotUp {
    #[error(transparent)]
    Rest(#[from] RestError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Bot {
    /// Puts every configured panel up, or brings it up to date.
    pub(super) async fn keep_panels(&self) {
        for channel in self.config.panels.iter().filter_map(|channel| number(&channel.to_string())) {
            self.keep_panel(channel.into()).await;
        }
    }

    /// Puts a panel up again, if this message was one.
    pub(super) async fn panel_may_be_gone(&self, channel: ChannelId, message: MessageId) {
        if !self.config.panels.contains(&channel.get()) {
            return;
        }
        let noted = self.store.standing_post(&channel_name(), &channel.to_string()).await;
        if noted.is_ok_and(|noted| noted == Some(external(message))) {
            self.keep_panel(channel).await;
        }
    }

    async fn keep_panel(&self, channel: ChannelId) {
        for pause in PAUSES_S {
            match self.put_up(channel).await {
                Ok(()) => return,
                Err(NotUp::Rest(error)) if error.code().is_some() => {
                    return warn!(channel.id = %channel, %error, "a panel could not be put up; may the bot write there?");
                }
                Err(error) => warn!(channel.id = %channel, %error, "a panel could not be put up yet"),
            }
            tokio::select! {
                () = self.stopping.cancelled() => return,
                () = tokio::time::sleep(Duration::from_secs(pause)) => {}
            }
        }
        warn!(channel.id = %channel, "a panel is not up; it is tried again when the connection is made again");
    }

    async fn put_up(&self, channel: ChannelId) -> Result<(), NotUp> {
        let address = channel.to_string();
        let noted = self.store.standing_post(&channel_name(), &address).await?;
        let noted = noted.and_then(|post| number(post.as_str())).map(MessageId::from);
        let standing = match noted {
            Some(noted) => self.standing(channel, noted).await?,
            None => None,
        };
        let found = match standing {
            Some(standing) => Some(standing),
            None => self.unnoted(channel).await?,
        };
        // A panel is everybody's, so it is in the language of its server.
        let lang = self.lang_at(channel);
        let up = if let Some(panel) = found {
            self.bring_up_to_date(channel, &panel, lang).await?
        } else {
            // Discord would give a panel back that is gone, if the next one had its key.
            let key = format!("p.{}", noted.map_or(channel.get(), MessageId::get));
            self.post(channel, self.panel(lang, key), Tried::Never).await?
        };
        crate::crash_point!("panel.after_post");
        if noted != Some(up) {
            self.store.keep_standing_post(&channel_name(), &address, &external(up)).await?;
            info!(channel.id = %channel, "a panel is up");
        }
        Ok(())
    }

    async fn standing(&self, channel: ChannelId, noted: MessageId) -> Result<Option<Message>, RestError> {
        match self.call(channel.message(&self.http, noted)).await {
            Ok(message) => Ok(Some(message)),
            Err(error) if error.code() == Some(code::UNKNOWN_MESSAGE) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn unnoted(&self, channel: ChannelId) -> Result<Option<Message>, RestError> {
        let me = self.me().await?;
        let newest = self.messages(channel, GetMessages::new().limit(LOOKED_THROUGH)).await?;
        Ok(newest.into_iter().rev().find(|message| message.author.id == me && is_panel(message)))
    }

    async fn bring_up_to_date(&self, channel: ChannelId, panel: &Message, lang: Lang) -> Result<MessageId, RestError> {
        let (text, buttons) = (self.wording.get(lang, "discord_ask.panel"), self.panel_buttons(lang));
        let labels = self.panel_labels(lang);
        if panel.content == text.trim() && of_buttons(&panel.components, "label") == labels {
            return Ok(panel.id);
        }
        let edited = EditMessage::new().content(text).components(buttons).allowed_mentions(CreateAllowedMentions::new());
        match self.call(channel.edit_message(&self.http, panel.id, edited.flags(MessageFlags::SUPPRESS_EMBEDS))).await {
            Ok(_) => {}
            Err(error) if error.code() == Some(code::OLD_MESSAGE_EDITED_TOO_OFTEN) => {
                warn!(channel.id = %channel, "a panel keeps its old words for now: Discord lets old messages be edited rarely");
            }
            Err(error) => return Err(error),
        }
        Ok(panel.id)
    }

    /// The panel's form, at once: it needs nothing from the store.
    pub(super) async fn show_form(&self, press: &ComponentInteraction) {
        let lang = self.readers_lang_in(&press.locale, press.guild_id);
        let field = CreateInputText::new(InputTextStyle::Paragraph, self.wording.get(lang, "discord_ask.form_field"), QUESTION)
            .placeholder(self.wording.get(lang, "discord_ask.form_example"))
            .max_length(LONGEST_QUESTION);
        let form = CreateModal::new(FORM, self.wording.get(lang, "discord_ask.form_title"));
        let form = CreateInteractionResponse::Modal(form.components(vec![CreateActionRow::InputText(field)]));
        heeded(press.id, within(press.create_response(&self.http, form)).await);
    }

    fn panel(&self, lang: Lang, key: String) -> Post {
        let content = self.wording.get(lang, "discord_ask.panel").to_owned();
        Post { content, key, reply_to: None, buttons: self.panel_buttons(lang), pings: None }
    }

    fn panel_labels(&self, lang: Lang) -> [String; 2] {
        let label = |button| match button {
            PanelButton::Ask => self.wording.get(lang, "discord_ask.panel_ask"),
            PanelButton::Tickets => self.wording.get(lang, "discord_ask.panel_tickets"),
        };
        PanelButton::ALL.map(|button| label(button).to_owned())
    }

    fn panel_buttons(&self, lang: Lang) -> Vec<CreateActionRow> {
        let buttons = PanelButton::ALL.into_iter().zip(self.panel_labels(lang)).map(|(button, label)| {
            let style = if button == PanelButton::Ask { ButtonStyle::Primary } else { ButtonStyle::Secondary };
            CreateButton::new(button.custom_id()).label(label).style(style)
        });
        vec![CreateActionRow::Buttons(buttons.collect())]
    }
}

fn is_panel(message: &Message) -> bool {
    let shown = serde_json::to_string(&message.components).unwrap_or_default();
    shown.contains(&format!("\"{}\"", PanelButton::Ask.custom_id()))
}
