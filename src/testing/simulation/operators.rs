//! What operators do on the platform.

use super::life::Life;
use super::story::Story;
use crate::testing::discord::{AnswerKind, Outcome, Posted, Press};

/// Among how many of the latest cards an operator finds one to press.
const IN_SIGHT: usize = 8;

impl Story {
    pub(super) async fn an_operator_acts(&mut self, life: &Life) {
        self.resolves_where_asked().await;
        match self.dice.below(14) {
            0..5 => self.presses_on_a_card().await,
            10..13 => self.an_operator_commands(life).await,
            13 => self.talks_beside_a_card().await,
            _ => self.answers_in_a_room().await,
        }
    }

    /// Sends the form that the button to resolve shows, without a last word.
    async fn resolves_where_asked(&mut self) {
        let is_shown = |press: &Press| matches!(press.outcome(), Outcome::Answered(answer) if answer.kind == AnswerKind::Form);
        let Some(at) = self.last_words.iter().position(is_shown) else { return };
        let form = self.last_words.remove(at);
        self.tell("somebody resolves without a last word");
        form.submits(&[]).await;
    }

    /// Presses on a card; now and then two of them at once, on the same.
    async fn presses_on_a_card(&mut self) {
        let desk = self.town.desks[usize::from(self.dice.one_in(4))];
        let cards = self.town.fake.bot_messages(desk);
        let is_card = |post: &Posted| post.only_for.is_none() && !post.custom_ids.is_empty();
        let cards: Vec<Posted> = cards.into_iter().rev().filter(is_card).take(IN_SIGHT).collect();
        let Some(card) = self.dice.pick(&cards).cloned() else { return };
        let hands = if self.dice.one_in(3) { 2 } else { 1 };
        let first = self.dice.below(self.town.operators.len());
        for hand in 0..hands {
            let who = (first + hand) % self.town.operators.len();
            let Some(button) = self.dice.pick(&card.custom_ids).cloned() else { return };
            self.tell(&format!("{} presses {button}", NAMES[who]));
            let person = self.town.operators[who].clone();
            let pressed = person.presses(card.id, &button).await;
            if button.ends_with(":resolve") {
                self.last_words.push(pressed);
            }
        }
    }

    async fn answers_in_a_room(&mut self) {
        let who = self.dice.below(self.town.operators.len());
        let person = self.town.operators[who].clone();
        let mut rooms = self.town.fake.rooms_of(person.id());
        rooms.retain(|room| person.may_write_in(*room));
        let Some(room) = self.dice.pick(&rooms).copied() else { return self.presses_on_a_card().await };
        let text = format!("Jeg ser på det nr{}.", self.serial());
        self.tell(&format!("{} writes {text:?} in the thread {room}", NAMES[who]));
        person.says(room, &text).await;
        self.replies.push(text);
    }
}

pub(super) const NAMES: [&str; 3] = ["Kari", "Per", "Siri"];
