//! What operators do without pressing: commands of the desk, and words to each other beside a card.

use serde_json::{Value, json};

use super::life::Life;
use super::operators::NAMES;
use super::story::Story;
use crate::domain::ids::TicketNumber;
use crate::ports::{Conversations, TicketFilter};
use crate::testing::discord::{ChannelId, Posted};

/// Among how many of the latest cards an operator finds one to talk about.
const IN_SIGHT: usize = 4;

impl Story {
    /// Gives a command, in the desk's channel or in a room, about a ticket that it names.
    pub(super) async fn an_operator_commands(&mut self, life: &Life) {
        let tickets = life.store.tickets(&TicketFilter::default()).await.unwrap_or_default();
        let Some(number) = self.dice.pick(&tickets).map(|ticket| ticket.number) else { return };
        let other = self.dice.pick(&tickets).map_or(number, |other| other.number);
        let who = self.dice.below(self.town.operators.len());
        let person = self.town.operators[who].clone();
        let mut places = self.town.fake.rooms_of(person.id());
        places.push(self.town.desks[0]);
        let place = self.dice.pick(&places).copied().filter(|place| person.sees(*place)).unwrap_or(self.town.desks[0]);
        let (command, mut options) = self.some_command(other);
        if self.town.fake.has_command(command) {
            self.tell(&format!("{} gives the command /{command} about {number}", NAMES[who]));
            options.push(integer("ticket", number.get()));
            person.runs(place, command, json!(options)).await;
        }
    }

    fn some_command(&mut self, other: TicketNumber) -> (&'static str, Vec<Value>) {
        match self.dice.below(12) {
            0..3 => ("take", Vec::new()),
            3 => ("release", Vec::new()),
            4..6 => {
                let group = if self.dice.one_in(3) { "general" } else { "clinical" };
                let reason = self.internal_words();
                ("transfer", vec![words("group", group), words("reason", &reason)])
            }
            6 => ("resolve", Vec::new()),
            7 => {
                let last = format!("Prøv nå nr{}.", self.serial());
                self.replies.push(last.clone());
                ("resolve", vec![words("text", &last)])
            }
            8 | 9 => {
                let note = self.internal_words();
                ("note", vec![words("text", &note)])
            }
            10 => ("snooze", vec![integer("hours", 2)]),
            _ => ("merge", vec![integer("into", other.get())]),
        }
    }

    /// Words for colleagues alone.
    fn internal_words(&mut self) -> String {
        let note = format!("INTERNT nr{}.", self.serial());
        self.notes.push(note.clone());
        note
    }

    /// Writes to colleagues in the thread of a card, which is made where there is none.
    pub(super) async fn talks_beside_a_card(&mut self) {
        let desk = self.town.desks[0];
        let is_card = |post: &Posted| post.only_for.is_none() && !post.custom_ids.is_empty();
        let cards: Vec<Posted> = self.town.fake.bot_messages(desk).into_iter().rev().filter(is_card).take(IN_SIGHT).collect();
        let Some(card) = self.dice.pick(&cards).cloned() else { return };
        let who = self.dice.below(self.town.operators.len());
        let person = self.town.operators[who].clone();
        let beside = ChannelId::new(card.id.get());
        if !self.town.fake.threads(desk).iter().any(|thread| thread.id == beside) {
            person.opens_thread(card.id, "Om saken").await;
        }
        let note = self.internal_words();
        self.tell(&format!("{} writes {note:?} beside a card", NAMES[who]));
        person.says(beside, &note).await;
    }
}

fn words(name: &str, value: &str) -> Value {
    json!({ "name": name, "type": 3, "value": value })
}

fn integer(name: &str, value: i64) -> Value {
    json!({ "name": name, "type": 4, "value": value })
}
