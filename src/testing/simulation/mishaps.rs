//! What befalls everybody: calls that fail, connections that break, time that passes.

use std::time::Duration;

use tokio::time::{advance, sleep};

use super::life::Life;
use super::story::{CALL, Story};
use crate::ports::Outbox;
use crate::testing::discord::{Failure, Wire};
use crate::testing::turnstile::Course;

/// How many events may come again when a session is taken up.
const MOST_AGAIN: usize = 4;

impl Story {
    /// How a call goes.
    pub(super) fn course(&mut self, what: &str) -> Course {
        if !self.dice.one_in(self.weather().fault) {
            return Course::Well;
        }
        let (fault, course) = if what == CALL { self.platform_fails() } else { self.database_fails() };
        *self.figures.faults.entry(fault).or_default() += 1;
        self.tell(&format!("FAULT: {fault}"));
        course
    }

    fn database_fails(&mut self) -> (&'static str, Course) {
        match self.dice.below(4) {
            0 => ("database: reply lost", Course::ReplyLost),
            1 => ("database: slow", Course::Slow(Duration::from_secs(4))),
            _ => ("database: busy", Course::Refused),
        }
    }

    fn platform_fails(&mut self) -> (&'static str, Course) {
        let retry_after = Duration::from_millis(700);
        let (fault, failure) = match self.dice.below(8) {
            0 => ("platform: 429", Failure::RateLimited { retry_after }),
            1 => ("platform: 429 without a header", Failure::RateLimitedBare),
            2 => ("platform: 500", Failure::ServerError),
            3 => ("platform: connection reset", Failure::Reset),
            4 => return ("platform: cannot be reached", Course::Refused),
            5 => return ("platform: answer too late", Course::Slow(Duration::from_secs(20))),
            _ => ("platform: reply lost", Failure::LostReply),
        };
        self.town.fake.fail_next(1, failure);
        (fault, Course::Well)
    }

    /// The gateway's connection breaks or comes back, or events are sent twice.
    pub(super) fn the_connection_changes(&mut self) {
        let is_up = self.wire.as_ref().is_some_and(Wire::is_up);
        let fault = match self.dice.below(4) {
            0 | 1 if is_up => {
                self.wire.iter_mut().for_each(Wire::breaks);
                "gateway: connection broken"
            }
            2 if is_up => {
                self.wire = Some(self.town.fake.wire());
                "gateway: session invalid"
            }
            _ if is_up => {
                self.town.fake.deliver_twice();
                "gateway: event sent twice"
            }
            0 => {
                self.wire = Some(self.town.fake.wire());
                "gateway: session invalid"
            }
            _ => {
                let again = u64::try_from(self.dice.below(MOST_AGAIN)).unwrap_or(0);
                self.wire.iter_mut().for_each(|wire| wire.resumes(again));
                "gateway: resumed"
            }
        };
        if self.dice.one_in(3) {
            let remembered = if self.dice.one_in(2) { Duration::ZERO } else { Duration::from_mins(5) };
            self.town.fake.remember_nonces_for(remembered);
        }
        *self.figures.faults.entry(fault).or_default() += 1;
        self.tell(&format!("FAULT: {fault}"));
    }

    pub(super) fn reconnect(&mut self) {
        if let Some(wire) = self.wire.as_mut().filter(|wire| !wire.is_up()) {
            wire.resumes(0);
        }
    }

    /// Some of the events arrive, now and then in a burst in which they overtake each other.
    pub(super) fn frames_arrive(&mut self, life: &Life) {
        let mut burst = Vec::new();
        let many = 1 + self.dice.below(3);
        while let Some(frame) = self.wire.as_mut().filter(|_| burst.len() < many).and_then(Wire::take) {
            let opens = frame.contains("\"READY\"");
            burst.push(frame);
            if opens {
                break;
            }
        }
        if burst.len() > 1 && self.dice.one_in(3) && !burst.iter().any(|frame| frame.contains("\"READY\"")) {
            self.dice.shuffle(&mut burst);
            *self.figures.faults.entry("gateway: events out of order").or_default() += 1;
        }
        self.hear(life, burst);
    }

    pub(super) fn frames_arrive_in_order(&mut self, life: &Life) {
        if let Some(frame) = self.wire.as_mut().and_then(Wire::take) {
            self.hear(life, vec![frame]);
        }
    }

    fn hear(&mut self, life: &Life, burst: Vec<String>) {
        for frame in burst {
            let name = frame.split("\"t\":\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("?");
            self.tell(&format!("· it hears {name}"));
            let discord = std::sync::Arc::clone(&life.discord);
            tokio::spawn(async move { discord.hear(&frame).await });
        }
    }

    /// Seconds in which nobody gets a turn; or much more, where nothing is under way.
    pub(super) async fn time_passes(&mut self, life: &Life) {
        let is_idle = life.turnstile.wishes().is_empty() && life.store.waiting().await.is_ok_and(|waiting| waiting == 0);
        let minutes = u64::try_from(1 + self.dice.below(45)).unwrap_or(1);
        match self.dice.below(5) {
            0 if is_idle => advance(Duration::from_mins(minutes * 60)).await,
            1..3 => advance(Duration::from_mins(minutes)).await,
            _ => sleep(Duration::from_secs(minutes / 2)).await,
        }
        self.tell("time has passed");
    }
}
