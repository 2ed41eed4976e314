//! What became of a pressed button, a run command or a submitted form.

use serde_json::json;

use super::FakeDiscord;
use super::ids::InteractionId;
use super::interaction::{Answer, AnswerKind, Interaction, InteractionKind};
use super::message::LOADING;
use super::observe::Posted;
use super::state::State;

/// An interaction that a person began.
#[derive(Clone, Debug)]
pub struct Press {
    fake: FakeDiscord,
    id: InteractionId,
}

/// Where an interaction stands.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// The bot has not responded, and still may.
    Waiting,
    /// The bot has responded.
    Answered(Answer),
    /// The three seconds have passed without a response: the person saw "the application did not respond".
    Failed,
}

impl Press {
    pub(super) const fn new(fake: FakeDiscord, id: InteractionId) -> Self {
        Self { fake, id }
    }

    /// The interaction's id.
    #[must_use]
    pub const fn id(&self) -> InteractionId {
        self.id
    }

    /// Where the interaction stands, by the fake's own time.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.fake.shared.read(|state| match state.interactions.get(&self.id) {
            Some(Interaction { answer: Some(answer), .. }) => Outcome::Answered(answer.clone()),
            Some(interaction) if !interaction.is_late(state.now()) => Outcome::Waiting,
            Some(_) | None => Outcome::Failed,
        })
    }

    /// Waits for the bot's first response.
    ///
    /// # Panics
    /// With a transcript, where none comes in ten seconds.
    pub async fn answered(&self) -> Answer {
        let look = |state: &State| state.interactions.get(&self.id)?.answer.clone();
        self.fake.shared.expect("the bot to respond to the interaction", look).await
    }

    /// The messages that the interaction brought so far: the response, where it is a message, and what followed.
    #[must_use]
    pub fn messages(&self) -> Vec<Posted> {
        self.fake.shared.read(|state| state.brought(self.id))
    }

    /// Waits for a message through the interaction that `fits`.
    ///
    /// # Panics
    /// With a transcript, where none comes in ten seconds.
    pub async fn wait_for_message(&self, fits: impl Fn(&Posted) -> bool) -> Posted {
        let look = |state: &State| state.brought(self.id).into_iter().rev().find(&fits);
        self.fake.shared.expect("a fitting message through the interaction", look).await
    }

    /// Fills in the form that the bot showed, `(custom id, text)` for each field, and sends it.
    ///
    /// # Panics
    /// Where the bot showed no form, or the form has no such field.
    pub async fn submits(&self, fields: &[(&str, &str)]) -> Self {
        let answer = self.answered().await;
        assert_eq!(answer.kind, AnswerKind::Form, "the bot showed no form");
        let form = answer.data.to_string();
        let rows = fields.iter().zip(1..).map(|((id, text), number)| {
            assert!(form.contains(&format!("\"custom_id\":\"{id}\"")), "the form has no field {id:?}: {form}");
            let input = json!({ "type": 4, "id": number * 2, "custom_id": id, "value": text });
            json!({ "type": 1, "id": number * 2 - 1, "components": [input] })
        });
        let data = json!({ "custom_id": answer.data["custom_id"], "components": rows.collect::<Vec<_>>() });
        let id = self.fake.shared.change(|state| {
            let began = state.interactions.get(&self.id).cloned();
            let began = began.unwrap_or_else(|| panic!("the interaction {} is gone", self.id));
            state.interact(InteractionKind::Form, began.user, began.channel, began.message, &data)
        });
        self.fake.flushed().await;
        Self::new(self.fake.clone(), id)
    }
}

impl State {
    /// The messages that came through an interaction; one that only stands for a later one is left out.
    fn brought(&self, id: InteractionId) -> Vec<Posted> {
        let Some(interaction) = self.interactions.get(&id) else { return Vec::new() };
        let is_new = |answer: &Answer| matches!(answer.kind, AnswerKind::Message | AnswerKind::Deferred);
        let original = interaction.original.filter(|_| interaction.answer.as_ref().is_some_and(is_new));
        let later = interaction.follow_ups.iter().copied().filter(|message| Some(*message) != original);
        let found = original.into_iter().chain(later).filter_map(|message| self.find_message(message));
        found.filter(|message| message.flags & LOADING == 0).map(Posted::from).collect()
    }
}
