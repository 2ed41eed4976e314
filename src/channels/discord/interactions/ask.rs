//! Somebody asks by a command, in a form, or with another's message; the answer is theirs alone.

use std::sync::Arc;
use std::time::Duration;

use serenity::all::{CommandInteraction, ModalInteraction};
use tracing::warn;

use super::super::bot::{Bot, channel_name};
use super::super::from_discord::text_of;
use super::super::listen::NotHeard;
use super::alone::{Begun, Told};
use super::options::{self, written_in};
use crate::domain::answer::ArticleRef;
use crate::domain::conversation::Phase;
use crate::domain::ids::{ConversationId, Slug};
use crate::domain::lang::Lang;
use crate::domain::message::{Author, IncomingMessage, LangHint};
use crate::domain::place::{Delivery, Place, Readers};
use crate::flows::{FlowError, Received};

/// The form of the panel, and its field.
pub(in super::super) const FORM: &str = "ask:form";
pub(in super::super) const QUESTION: &str = "question";

/// The longest question, in characters: what the form's field takes.
pub(in super::super) const LONGEST_QUESTION: u16 = 4_000;

/// What stands before an article where a title was picked: `kb:nb/glemt-passord`.
const PICKED: &str = "kb:";

/// The pauses before a question that could not be kept is tried again; after the last one its writer is told.
const PAUSES_MS: [u64; 7] = [250, 500, 1_000, 2_000, 4_000, 8_000, 16_000];

/// What is asked.
enum Asked {
    /// These words.
    Words(String),
    /// What this article answers.
    Picked(ArticleRef),
}

/// What stands for a picked title; `None` where Discord has no room for it, and the title itself has to do.
pub(super) fn picked(article: &ArticleRef) -> Option<String> {
    let value = format!("{PICKED}{}/{}", article.lang, article.slug);
    (value.chars().count() <= options::LONGEST_CHOICE).then_some(value)
}

impl Asked {
    fn read(value: &str) -> Self {
        let article = value.strip_prefix(PICKED).and_then(|picked| picked.split_once('/'));
        match article.and_then(|(lang, slug)| Some((Lang::from_code(lang)?, slug))) {
            Some((lang, slug)) => Self::Picked(ArticleRef { slug: Slug::new(slug), lang }),
            None => Self::Words(value.to_owned()),
        }
    }
}

impl Bot {
    /// `/spør` and its likes.
    pub(super) async fn asked_by_command(self: &Arc<Self>, command: &CommandInteraction) {
        let value = options::text(&command.data.options, QUESTION).unwrap_or_default();
        self.ask(Begun::from(command), Asked::read(value)).await;
    }

    /// The form that the panel shows.
    pub(super) async fn asked_in_form(self: &Arc<Self>, form: &ModalInteraction) {
        let text = written_in(form, QUESTION).unwrap_or_default().to_owned();
        self.ask(Begun::from(form), Asked::Words(text)).await;
    }

    /// "Ask Firstline" on somebody's message: its words, asked by whoever chose that.
    pub(super) async fn asked_with_message(self: &Arc<Self>, command: &CommandInteraction) {
        let message = command.data.resolved.messages.values().next().cloned();
        self.answer_alone(Begun::from(command), |bot, begun| async move {
            let me = bot.me().await.map_err(|error| warn!(%error, "it is not known who we are")).ok();
            let text = message.zip(me).map(|(message, me)| text_of(me, &message, true)).unwrap_or_default();
            bot.asked(&begun, Asked::Words(text)).await
        })
        .await;
    }

    async fn ask(self: &Arc<Self>, begun: Begun, asked: Asked) {
        self.answer_alone(begun, |bot, begun| async move { bot.asked(&begun, asked).await }).await;
    }

    /// Keeps a question however long the store takes to recover, within reason; gives back what is to be told at once.
    async fn asked(&self, begun: &Begun, asked: Asked) -> Option<Told> {
        let (message, picked) = self.incoming_alone(begun, asked);
        if !message.text.says_something() {
            return Some(self.short(begun, "discord_ask.nothing_asked", &[]));
        }
        for pause in PAUSES_MS {
            match self.receive_alone(begun, &message, picked.as_ref()).await {
                Ok(told) => return told,
                Err(error) => warn!(interaction.id = %begun.id, %error, "a question could not be kept yet"),
            }
            tokio::select! {
                () = self.stopping.cancelled() => break,
                () = tokio::time::sleep(Duration::from_millis(pause)) => {}
            }
        }
        Some(self.short(begun, "discord.try_again", &[]))
    }

    async fn receive_alone(
        &self,
        begun: &Begun,
        message: &IncomingMessage,
        picked: Option<&ArticleRef>,
    ) -> Result<Option<Told>, NotHeard> {
        self.keep_way(begun).await?;
        // What their own Discord is in says more of a person's language than what their server is in.
        let message = IncomingMessage { lang: message.lang, ..self.at_home(message.clone(), begun.guild).await? };
        let received = match picked {
            Some(article) => self.flows.receive_picked(&message, article).await?,
            None => self.flows.receive(&message).await?,
        };
        match received {
            Received::Kept(id) => Ok(self.unanswered(begun, id).await?),
            Received::SeenBefore(_) => Ok(None),
        }
    }

    /// What to tell where nothing is said in answer, since a person has the matter.
    async fn unanswered(&self, begun: &Begun, id: ConversationId) -> Result<Option<Told>, FlowError> {
        let employee = self.employee(begun).id;
        let conversation = self.flows.own_conversation(id, &employee).await?;
        if conversation.phase != Phase::WithDesk {
            return Ok(None);
        }
        let lines = self.flows.own_lines(id, &employee, None).await?;
        let is_last = lines.last().is_some_and(|recorded| recorded.line.author == Author::Employee);
        Ok(is_last.then(|| self.short(begun, "discord_ask.added_to_open", &[])))
    }

    fn incoming_alone(&self, begun: &Begun, asked: Asked) -> (IncomingMessage, Option<ArticleRef>) {
        let (words, lang, picked) = match asked {
            Asked::Words(words) => (words, LangHint::Likely(self.lang_for(begun)), None),
            Asked::Picked(article) => {
                let title = self.flows.title_of(&article).unwrap_or_else(|| article.slug.as_str().replace('-', " "));
                (title, LangHint::Chosen(article.lang), Some(article))
            }
        };
        let (text, secrets) = (self.filter)(words.trim());
        let place = Place { channel: channel_name(), address: begun.address().to_string(), delivery: Delivery::Pushed };
        let external_id = begun.receipt().external_id;
        let employee = self.employee(begun);
        let readers = Readers::Alone;
        (IncomingMessage { conversation: None, place, external_id, employee, text, secrets, lang, readers }, picked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picked_title_leads_to_its_article_and_other_words_are_asked() {
        let article = ArticleRef { slug: Slug::new("glemt-passord"), lang: Lang::Nn };
        let value = picked(&article).unwrap();
        assert!(matches!(Asked::read(&value), Asked::Picked(read) if read == article));
        for words in ["kb:", "kb:sv/x", "kb", "glemt passord"] {
            assert!(matches!(Asked::read(words), Asked::Words(read) if read == words), "{words}");
        }
        assert_eq!(picked(&ArticleRef { slug: Slug::new("lang-".repeat(30)), lang: Lang::Nb }), None);
    }
}
