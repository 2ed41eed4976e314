//! What employees do on the platform.

use serde_json::json;

use super::index::SAYINGS;
use super::story::{Story, Written};
use crate::testing::discord::{ChannelId, Posted};

/// Among how many of the bot's latest messages somebody finds one to press.
const IN_SIGHT: usize = 8;

impl Story {
    pub(super) async fn an_employee_acts(&mut self) {
        let who = self.dice.below(self.town.employees.len());
        match self.dice.below(20) {
            0..8 => self.writes(who, self.town.help).await,
            8 | 9 => {
                for _ in 0..2 + self.dice.below(2) {
                    self.writes(who, self.town.help).await;
                }
            }
            10..13 => self.writes_in_a_room(who).await,
            13 => {
                let alone = self.town.employees[who].direct_channel();
                self.writes(who, alone).await;
            }
            14 => self.asks_for_own_tickets(who).await,
            _ => self.presses_something(who).await,
        }
    }

    async fn writes(&mut self, who: usize, place: ChannelId) {
        let saying = self.dice.pick(&SAYINGS).copied().unwrap_or("passord");
        let text = format!("{saying} nr{}", self.serial());
        let person = self.town.employees[who].clone();
        let id = person.says(place, &text).await;
        self.tell(&format!("{} writes {text:?} in {}", NAMES[who], self.town.name_of(place)));
        let is_direct = place == person.direct_channel();
        self.written.push(Written { by: who, place, id, text, is_direct });
    }

    async fn writes_in_a_room(&mut self, who: usize) {
        let rooms = self.town.fake.rooms_of(self.town.employees[who].id());
        let place = self.dice.pick(&rooms).copied().unwrap_or(self.town.help);
        self.writes(who, place).await;
    }

    async fn asks_for_own_tickets(&mut self, who: usize) {
        if self.town.fake.has_command("sak") {
            self.tell(&format!("{} gives the command /sak", NAMES[who]));
            self.town.employees[who].runs(self.town.help, "sak", json!([])).await;
        }
    }

    async fn presses_something(&mut self, who: usize) {
        let person = self.town.employees[who].clone();
        let mut in_sight: Vec<Posted> = Vec::new();
        for place in self.town.fake.rooms_of(person.id()).into_iter().chain([self.town.help]) {
            let posted = self.town.fake.bot_messages(place).into_iter().rev();
            let for_them = posted.filter(|posted| posted.only_for.is_none_or(|only| only == person.id()));
            in_sight.extend(for_them.filter(|posted| !posted.custom_ids.is_empty()).take(IN_SIGHT));
        }
        let Some(posted) = self.dice.pick(&in_sight).cloned() else { return };
        let Some(button) = self.dice.pick(&posted.custom_ids).cloned() else { return };
        self.tell(&format!("{} presses {button}", NAMES[who]));
        person.presses(posted.id, &button).await;
    }
}

pub(super) const NAMES: [&str; 4] = ["Ola", "Eva", "Nils", "Liv"];
