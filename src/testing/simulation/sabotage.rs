//! What is broken on purpose, when the program starts and before the end, so that it can be seen that it is noticed.

use std::time::Duration;

use super::life::Life;
use super::story::{Sabotage, Story};
use super::town::desk_operator;
use crate::domain::conversation::{Conversation, Phase};
use crate::domain::decision::{Decision, Errand};
use crate::domain::event::{Event, Happened};
use crate::domain::ids::{ChannelName, ExternalId};
use crate::domain::message::{Author, Content, Line, Visibility};
use crate::domain::place::Delivery;
use crate::domain::ticket::Holder;
use crate::ports::{Clock, Conversations, Ids, StoreError, Watermark, Watermarks};
use crate::store::Standing;

impl Story {
    pub(super) async fn sabotage(&mut self, life: &Life) {
        let Some(sabotage) = self.sabotage else { return };
        let done = match sabotage {
            Sabotage::LostErrand => self.lose_an_errand(life).await,
            Sabotage::EagerWatermark => self.pass_over_what_was_missed(life).await,
            Sabotage::GreedyClaim => self.claim_what_is_held(life).await,
            Sabotage::TalksOver => self.talk_over_somebody(life).await,
            Sabotage::NoMemory => {
                self.town.fake.remember_nonces_for(Duration::ZERO);
                self.town.fake.hide_own_messages();
                Ok(())
            }
        };
        if let Err(error) = done {
            self.tell(&format!("nothing could be broken: {error}"));
        }
    }

    async fn lose_an_errand(&self, life: &Life) -> Result<(), StoreError> {
        let ledger = life.store.ledger().await?;
        let says = |errand: &Errand| matches!(errand, Errand::Say { .. });
        let lost = ledger.iter().rev().find(|entry| entry.standing == Standing::Waiting && says(&entry.errand.errand));
        match lost {
            Some(entry) => life.store.lose_errand(&entry.errand).await,
            None => Ok(()),
        }
    }

    async fn pass_over_what_was_missed(&self, life: &Life) -> Result<(), StoreError> {
        let asked = self.written.iter().filter(|written| written.place == self.town.help);
        let Some(newest) = asked.map(|written| written.id).max() else { return Ok(()) };
        let (channel, address) = (ChannelName::new("discord"), self.town.help.to_string());
        let last = ExternalId::new(newest.to_string());
        life.store.set_watermark(&Watermark { channel, address, last }).await
    }

    async fn claim_what_is_held(&self, life: &Life) -> Result<(), StoreError> {
        let all = life.store.conversations_after(None, 100).await?;
        let Some(held) = all.iter().find(|it| it.open_ticket().is_some_and(|ticket| ticket.holder().is_some())) else {
            return Ok(());
        };
        let by = desk_operator(99);
        let holder = Holder { id: by.id.clone(), name: by.name.clone() };
        let decision = self.decided(held, Author::Operator { id: by.id, name: by.name }, Happened::Taken { holder }, None);
        life.store.commit(&decision).await.map(drop)
    }

    async fn talk_over_somebody(&self, life: &Life) -> Result<(), StoreError> {
        let all = life.store.conversations_after(None, 100).await?;
        let with_desk =
            |it: &&Conversation| it.phase == Phase::WithDesk && it.place.delivery == Delivery::Pushed && it.ticket.is_some();
        let Some(handed_off) = all.iter().find(with_desk) else { return Ok(()) };
        let mut fresh = self.town.ids.block(self.town.clock.now());
        let (id, lang, at) = (fresh.message(), handed_off.lang, self.town.clock.now());
        let said = Line { id, author: Author::Bot, visibility: Visibility::Everyone, lang, content: Content::GladItHelped, at };
        let decision = self.decided(handed_off, Author::Bot, Happened::Chatted { message: id, lang }, Some(said));
        life.store.commit(&decision).await.map(drop)
    }

    fn decided(&self, current: &Conversation, by: Author, what: Happened, said: Option<Line>) -> Decision {
        let at = self.town.clock.now();
        let mut fresh = self.town.ids.block(at);
        let event = Event { id: fresh.event(), at, by, what };
        let mut conversation = current.clone();
        conversation.follow(&event);
        let errands = said.iter().map(|line| (fresh.errand(), Errand::Say { message: line.id, reply_to: None })).collect();
        let (expected, lines) = (Some(current.version), said.into_iter().collect());
        Decision { receipt: None, expected, conversation, events: vec![event], lines, errands }
    }
}
