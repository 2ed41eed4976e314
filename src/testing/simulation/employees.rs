//! What employees do on the platform.

use serde_json::json;

use super::index::SAYINGS;
use super::life::Life;
use super::story::{Story, Written};
use crate::testing::discord::{AnswerKind, ChannelId, Outcome, Posted, Press};

/// Among how many of the bot's latest messages somebody finds one to press.
const IN_SIGHT: usize = 8;

impl Story {
    pub(super) async fn an_employee_acts(&mut self, life: &Life) {
        let who = self.dice.below(self.town.employees.len());
        if self.upheaval.away.contains(&who) {
            return;
        }
        match self.dice.below(28) {
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
            14 => self.looks_after_own_tickets(who).await,
            15..18 => self.asks_alone(who).await,
            18 => self.opens_the_form(who).await,
            24 | 25 => self.changes_something(who).await,
            26 => self.deletes_something(who).await,
            27 => self.commands_own_ticket(who, life).await,
            _ => self.presses_something(who).await,
        }
        self.fill_in_a_form().await;
    }

    async fn writes(&mut self, who: usize, place: ChannelId) {
        let text = self.question();
        let person = self.town.employees[who].clone();
        let id = person.says(place, &text).await;
        self.tell(&format!("{} writes {text:?} in {}", NAMES[who], self.town.name_of(place)));
        let is_direct = place == person.direct_channel();
        self.written.push(Written { by: who, place, id, text, is_direct, changes: Vec::new(), is_deleted: false });
    }

    async fn writes_in_a_room(&mut self, who: usize) {
        let person = &self.town.employees[who];
        let mut rooms = self.town.fake.rooms_of(person.id());
        rooms.retain(|room| person.may_write_in(*room));
        let place = self.dice.pick(&rooms).copied().unwrap_or(self.town.help);
        self.writes(who, place).await;
    }

    async fn looks_after_own_tickets(&mut self, who: usize) {
        if self.town.fake.has_command("sak") {
            self.tell(&format!("{} gives the command /sak list", NAMES[who]));
            let list = json!([{ "name": "list", "type": 1 }]);
            self.town.employees[who].runs(self.town.help, "sak", list).await;
        }
    }

    /// Asks by a command, for an answer that nobody else sees.
    async fn asks_alone(&mut self, who: usize) {
        let text = self.question();
        if self.town.fake.has_command("ask") {
            self.tell(&format!("{} asks {text:?} by a command", NAMES[who]));
            let question = json!([{ "name": "question", "type": 3, "value": text }]);
            self.town.employees[who].runs(self.town.help, "ask", question).await;
            self.alone.push((who, text));
        }
    }

    /// Presses the button of the standing message that opens the form.
    async fn opens_the_form(&mut self, who: usize) {
        let panels = self.town.fake.bot_messages(self.town.start);
        let panel = panels.iter().find(|panel| panel.custom_ids.iter().any(|id| id == "panel:ask"));
        if let Some(panel) = panel {
            self.tell(&format!("{} wants the form", NAMES[who]));
            let opened = self.town.employees[who].presses(panel.id, "panel:ask").await;
            self.forms.push((who, opened));
        }
    }

    /// Somebody who sees the form fills it in.
    async fn fill_in_a_form(&mut self) {
        let is_shown = |press: &Press| matches!(press.outcome(), Outcome::Answered(answer) if answer.kind == AnswerKind::Form);
        let is_here = |who: &usize| !self.upheaval.away.contains(who);
        let Some(at) = self.forms.iter().position(|(who, press)| is_here(who) && is_shown(press)) else { return };
        let (who, form) = self.forms.remove(at);
        let text = self.question();
        self.tell(&format!("{} writes {text:?} in the form", NAMES[who]));
        form.submits(&[("question", &text)]).await;
        self.alone.push((who, text));
    }

    pub(super) fn question(&mut self) -> String {
        let saying = self.dice.pick(&SAYINGS).copied().unwrap_or("passord");
        format!("{saying} nr{}.", self.serial())
    }

    async fn presses_something(&mut self, who: usize) {
        let person = self.town.employees[who].clone();
        let mut in_sight: Vec<Posted> = Vec::new();
        for place in self.town.fake.rooms_of(person.id()).into_iter().chain([self.town.help, person.direct_channel()]) {
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
