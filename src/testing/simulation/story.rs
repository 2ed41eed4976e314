//! One story: who does what, who goes next, what goes wrong.

use std::time::Duration;

use tokio::time::sleep;

use super::checks;
use super::figures::{Failed, Figures};
use super::life::Life;
use super::moderators::Upheaval;
use super::town::{Town, desk_operator};
use super::web::Requests;
use crate::ports::{Clock, Outbox};
use crate::store::SqlStore;
use crate::testing::Chance;
use crate::testing::discord::{ChannelId, MessageId, Press, Wire};
use crate::testing::turnstile::{Course, standing_still};

/// How many things happen at least, and how many more there may be.
const STEPS: (u64, usize) = (25, 30);

/// How many turns it may take until everything is at rest. More, and something goes round in circles.
const PATIENCE: u64 = 5_000;

/// What is broken on purpose, to see that it is noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sabotage {
    /// Now and then a decided errand is not in the outbox.
    LostErrand,
    /// The platform forgets keys at once, and does not show the bot what it has posted.
    NoMemory,
    /// After a crash every place counts as read.
    EagerWatermark,
    /// Whoever wants a ticket has it, also where a colleague has it already.
    GreedyClaim,
    /// The bot speaks while a person has the matter.
    TalksOver,
}

impl Sabotage {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::LostErrand, Self::NoMemory, Self::EagerWatermark, Self::GreedyClaim, Self::TalksOver];
}

/// How a life of the program ended.
pub(super) enum Ended {
    Crashed,
    /// Everything is done; this is not as it must be.
    AtRest(Vec<String>),
}

/// Something that a person wrote on the platform.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) by: usize,
    pub(super) place: ChannelId,
    pub(super) id: MessageId,
    pub(super) text: String,
    /// Whether only the bot reads it.
    pub(super) is_direct: bool,
    /// What it was changed into, one after the other.
    pub(super) changes: Vec<String>,
    pub(super) is_deleted: bool,
}

impl Written {
    /// Its wordings, the first one first.
    pub(super) fn versions(&self) -> impl Iterator<Item = &String> {
        [&self.text].into_iter().chain(&self.changes)
    }
}

pub(super) struct Story {
    seed: u64,
    pub(super) dice: Chance,
    pub(super) town: Town,
    pub(super) wire: Option<Wire>,
    pub(super) requests: Requests,
    /// What employees wrote on the platform.
    pub(super) written: Vec<Written>,
    /// What employees asked by commands and in forms, where only they see the answer.
    pub(super) alone: Vec<(usize, String)>,
    /// Forms that somebody wants to fill in.
    pub(super) forms: Vec<(usize, Press)>,
    /// Last words that an operator is asked for before a ticket is resolved.
    pub(super) last_words: Vec<Press>,
    /// What operators wrote for colleagues alone.
    pub(super) notes: Vec<String>,
    /// What operators wrote to employees on the platform.
    pub(super) replies: Vec<String>,
    pub(super) upheaval: Upheaval,
    /// Whether anything of that kind happens in this story.
    is_restless: bool,
    pub(super) figures: Figures,
    pub(super) sabotage: Option<Sabotage>,
    serial: u32,
    left: u64,
    weather: Weather,
    told: Vec<String>,
    before: Option<SqlStore>,
}

/// How often things go wrong: one time in so many.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weather {
    pub(super) fault: usize,
    crash: usize,
    /// How many turns pass between two steps.
    calm: usize,
}

impl Weather {
    fn of(dice: &mut Chance) -> Self {
        let of = |dice: &mut Chance, from: &[usize]| dice.pick(from).copied().unwrap_or(1);
        Self { fault: of(dice, &[15, 40, 120]), crash: of(dice, &[120, 300, 900]), calm: of(dice, &[3, 8, 20, 40]) }
    }
}

impl Story {
    pub(super) fn new(seed: u64, town: Town, sabotage: Option<Sabotage>) -> Self {
        let mut dice = Chance::new(seed);
        let (least, more) = STEPS;
        let left = least + u64::try_from(dice.below(more)).unwrap_or(0);
        let weather = Weather::of(&mut dice);
        let is_restless = dice.one_in(2);
        let figures = Figures { seeds: 1, ..Figures::default() };
        Self {
            seed,
            dice,
            town,
            wire: None,
            requests: Requests::default(),
            written: Vec::new(),
            alone: Vec::new(),
            forms: Vec::new(),
            last_words: Vec::new(),
            notes: Vec::new(),
            replies: Vec::new(),
            upheaval: Upheaval::default(),
            is_restless,
            figures,
            sabotage,
            serial: 0,
            left,
            weather,
            told: Vec::new(),
            before: None,
        }
    }

    /// The program starts, and the story goes on until it crashes or everything is told.
    pub(super) async fn go_on(&mut self) -> anyhow::Result<Ended> {
        if let Some(before) = self.before.take() {
            standing_still(before.close()).await;
        }
        self.town.clock.start();
        self.tell("the program starts");
        let life = Life::begin(&self.town).await?;
        self.before = Some(life.store.clone());
        self.sabotage(&life).await;
        self.requests.connection_lost();
        let is_first = self.wire.is_none();
        self.wire = Some(self.town.fake.wire());
        if is_first {
            self.come_to_rest(&life).await;
        }
        let ended = self.live(&life).await;
        self.town.clock.stop();
        Ok(ended)
    }

    async fn live(&mut self, life: &Life) -> Ended {
        loop {
            self.quiet().await;
            let waiting = life.turnstile.wishes().len() + self.frames();
            if waiting > 0 && !self.dice.one_in(self.weather.calm) {
                if self.something_goes_on(life).await {
                    return Ended::Crashed;
                }
            } else if self.left > 0 {
                self.left -= 1;
                self.figures.steps += 1;
                self.act(life).await;
            } else {
                return Ended::AtRest(self.finish(life).await);
            }
        }
    }

    /// Somebody does something, or something befalls everybody.
    async fn act(&mut self, life: &Life) {
        self.town.keep_time();
        match self.dice.below(100) {
            0..6 if self.is_restless => self.something_befalls_a_room().await,
            0..42 => self.an_employee_acts(life).await,
            42..62 => self.an_operator_acts(life).await,
            62..78 => self.somebody_acts_on_a_page(life).await,
            78..88 => self.time_passes(life).await,
            _ => self.the_connection_changes(),
        }
    }

    /// A frame arrives or somebody gets their turn; whether the program is killed over it.
    async fn something_goes_on(&mut self, life: &Life) -> bool {
        let wishes = life.turnstile.wishes();
        if wishes.is_empty() || (self.frames() > 0 && self.dice.one_in(3)) {
            self.frames_arrive(life);
            return false;
        }
        let place = self.dice.below(wishes.len());
        if self.dice.one_in(self.weather.crash) {
            self.figures.crashes += 1;
            if self.dice.one_in(2) {
                self.tell(&format!("CRASH before it {}", wishes[place]));
            } else {
                self.turn(life, place, wishes[place], Course::Well).await;
                self.tell(&format!("CRASH after it {}", wishes[place]));
            }
            return true;
        }
        let course = self.course(wishes[place]);
        self.turn(life, place, wishes[place], course).await;
        false
    }

    async fn turn(&mut self, life: &Life, place: usize, what: &str, course: Course) {
        self.town.keep_time();
        self.figures.turns += 1;
        life.turnstile.let_through(place, course).await;
        let request = if what == CALL { self.town.fake.last_request() } else { String::new() };
        let ended = if course == Course::Well { String::new() } else { format!(" ({course:?})") };
        self.tell(&format!("· it {what} {request}{ended}"));
        self.town.fake.fail_no_more();
    }

    /// Waits until nothing more happens by itself.
    pub(super) async fn quiet(&self) {
        // Paused time goes on only when everybody waits.
        sleep(Duration::from_millis(1)).await;
    }

    pub(super) fn frames(&self) -> usize {
        self.wire.as_ref().map_or(0, Wire::waiting)
    }

    /// From here on nothing goes wrong, until there is nothing left to do.
    async fn finish(&mut self, life: &Life) -> Vec<String> {
        self.tell("everything works again");
        self.sabotage(life).await;
        self.reconnect();
        self.figures.asked = (self.written.len() + self.alone.len()) as u64;
        self.rooms_are_possible_again();
        let mut is_at_rest = self.come_to_rest(life).await;
        let mut broken = Vec::new();
        if self.is_restless {
            self.tell("the desk works on what waits, and tries again what is stuck");
            broken = self.tickets_are_worked_on(life).await;
            is_at_rest &= life.flows.retry_all(&desk_operator(0)).await.is_ok() && self.come_to_rest(life).await;
        }
        if !is_at_rest {
            return vec!["it does not come to rest".to_owned()];
        }
        broken.extend(checks::all(self, life).await);
        broken
    }

    /// Lets everything through that waits, and time pass, until nothing is left to do.
    async fn come_to_rest(&mut self, life: &Life) -> bool {
        let until = self.figures.turns + PATIENCE;
        let mut at_rest = 0;
        while self.figures.turns < until {
            self.quiet().await;
            self.frames_arrive_in_order(life);
            self.requests.send_all(&life.flows);
            self.quiet().await;
            let wishes = life.turnstile.wishes();
            if let Some(first) = wishes.first() {
                self.turn(life, 0, first, Course::Well).await;
                continue;
            }
            if self.frames() > 0 {
                continue;
            }
            let is_done = life.store.waiting().await.is_ok_and(|waiting| waiting == 0) && self.requests.are_done();
            at_rest = if is_done { at_rest + 1 } else { 0 };
            if at_rest > 2 {
                return true;
            }
            // Whoever waits for their next try gets it.
            tokio::time::advance(Duration::from_secs(45)).await;
        }
        false
    }

    /// A number that no text before had.
    pub(super) fn serial(&mut self) -> u32 {
        self.serial += 1;
        self.serial
    }

    /// Notes what happens.
    pub(super) fn tell(&mut self, what: &str) {
        let now = self.town.clock.now().millis();
        let start = 1_795_417_200_000;
        let (seconds, millis) = ((now - start) / 1_000, (now - start) % 1_000);
        let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
        self.told.push(format!("{hours:>3}:{minutes:02}:{seconds:02}.{millis:03} {what}"));
    }

    pub(super) const fn weather(&self) -> Weather {
        self.weather
    }

    pub(super) fn into_figures(self) -> Figures {
        self.figures
    }

    pub(super) fn into_failed(mut self, broken: Vec<String>) -> Failed {
        self.told.push(self.town.fake.everything_said());
        Failed { seed: self.seed, broken, story: self.told, figures: self.figures }
    }

    /// Everything that happened, one line each.
    pub(super) fn told(&self) -> &[String] {
        &self.told
    }
}

/// What calls to the platform are named.
pub(super) const CALL: &str = "called Discord";
