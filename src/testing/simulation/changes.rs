//! What employees do with what they have written, and with their own tickets.

use serde_json::{Value, json};

use super::employees::NAMES;
use super::life::Life;
use super::story::Story;
use crate::domain::ids::EmployeeId;
use crate::ports::Conversations;

/// Among how many of their own latest messages somebody finds one to change.
const IN_SIGHT: usize = 6;

impl Story {
    /// Writes something anew that was written before: with the bot, with the desk, or not yet heard at all.
    pub(super) async fn changes_something(&mut self, who: usize) {
        let Some(at) = self.something_written(who) else { return };
        let text = self.question();
        let (id, before) = (self.written[at].id, self.written[at].text.clone());
        self.tell(&format!("{} changes {before:?} into {text:?}", NAMES[who]));
        self.town.employees[who].edits(id, &text).await;
        self.written[at].changes.push(text);
    }

    pub(super) async fn deletes_something(&mut self, who: usize) {
        let Some(at) = self.something_written(who) else { return };
        let (id, before) = (self.written[at].id, self.written[at].text.clone());
        self.tell(&format!("{} deletes {before:?}", NAMES[who]));
        self.town.employees[who].deletes(id).await;
        self.written[at].is_deleted = true;
    }

    /// One of somebody's own latest messages that stand, as a place in the list of what was written.
    fn something_written(&mut self, who: usize) -> Option<usize> {
        let person = &self.town.employees[who];
        let is_there = |at: &usize| {
            let written = &self.written[*at];
            written.by == who && person.sees(written.place) && self.town.fake.message(written.id).is_some()
        };
        let own: Vec<usize> = (0..self.written.len()).rev().filter(is_there).take(IN_SIGHT).collect();
        self.dice.pick(&own).copied()
    }

    /// Gives one of the subcommands of `/sak` about an own ticket.
    pub(super) async fn commands_own_ticket(&mut self, who: usize, life: &Life) {
        let person = self.town.employees[who].clone();
        let id = EmployeeId::new(format!("discord:{}", person.id()));
        let own = life.store.tickets_of(&id).await.unwrap_or_default();
        let Some(number) = self.dice.pick(&own).map(|ticket| ticket.number) else { return };
        let mut options = vec![json!({ "name": "number", "type": 4, "value": number.get() })];
        let verb = match self.dice.below(4) {
            0 => "close",
            1 => "reopen",
            2 => "status",
            _ => {
                let text = format!("En ting til nr{}.", self.serial());
                options.push(json!({ "name": "text", "type": 3, "value": text }));
                self.alone.push((who, text));
                "add"
            }
        };
        if self.town.fake.has_command("sak") {
            self.tell(&format!("{} gives the command /sak {verb} {number}", NAMES[who]));
            let options: Value = json!([{ "name": verb, "type": 1, "options": options }]);
            person.runs(self.town.help, "sak", options).await;
        }
    }
}
