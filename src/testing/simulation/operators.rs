//! What operators do on the platform.

use super::story::Story;
use crate::testing::discord::Posted;

/// Among how many of the latest cards an operator finds one to press.
const IN_SIGHT: usize = 8;

impl Story {
    pub(super) async fn an_operator_acts(&mut self) {
        match self.dice.below(10) {
            0..5 => self.presses_on_a_card().await,
            _ => self.answers_in_a_room().await,
        }
    }

    /// Presses on a card; now and then two of them at once, on the same.
    async fn presses_on_a_card(&mut self) {
        let desk = self.town.desks[usize::from(self.dice.one_in(4))];
        let cards = self.town.fake.bot_messages(desk);
        let cards: Vec<Posted> = cards.into_iter().rev().filter(|card| !card.custom_ids.is_empty()).take(IN_SIGHT).collect();
        let Some(card) = self.dice.pick(&cards).cloned() else { return };
        let hands = if self.dice.one_in(3) { 2 } else { 1 };
        let first = self.dice.below(self.town.operators.len());
        for hand in 0..hands {
            let who = (first + hand) % self.town.operators.len();
            let Some(button) = self.dice.pick(&card.custom_ids).cloned() else { return };
            self.tell(&format!("{} presses {button}", NAMES[who]));
            let person = self.town.operators[who].clone();
            person.presses(card.id, &button).await;
        }
    }

    async fn answers_in_a_room(&mut self) {
        let who = self.dice.below(self.town.operators.len());
        let person = self.town.operators[who].clone();
        let rooms = self.town.fake.rooms_of(person.id());
        let Some(room) = self.dice.pick(&rooms).copied() else { return self.presses_on_a_card().await };
        let text = format!("Jeg ser på det nr{}.", self.serial());
        self.tell(&format!("{} writes {text:?} in the thread {room}", NAMES[who]));
        person.says(room, &text).await;
    }
}

const NAMES: [&str; 3] = ["Kari", "Per", "Siri"];
