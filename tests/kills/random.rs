//! Killed at random moments while many ask at once, and operators take, answer and resolve.
//!
//! `FIRSTLINE_TEST_RELEASE_BINARY` names the program as it is shipped, which is then killed instead of the one that was built
//! for the tests; `FIRSTLINE_TEST_KILLS` says how often, and `FIRSTLINE_TEST_SEED` chooses other moments.

mod book;
mod clients;
mod figures;
mod moment;
mod people;

use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, Instant};

use firstline::domain::time::Timestamp;
use firstline::ports::Clock;
use firstline::system::SystemClock;
use firstline::testing::{Chance, Process};
use tokio::sync::watch;
use tokio::task::JoinSet;

use self::book::Book;
use self::clients::Caller;
use self::figures::Figures;
use self::moment::Moment;
use self::people::Town;
use super::discord::House;
use super::records::Records;

/// How often the program is killed, where nothing is said: as it was built for the tests, and as it is shipped.
const KILLS: u64 = 15;
const KILLS_OF_RELEASE: u64 = 120;

/// Another one gives other moments.
const SEED: u64 = 20_261_122;

/// How many ask over the API in each life of the program, and how many on Discord.
const CLIENTS: u64 = 3;
const PEOPLE: u64 = 3;

/// How often people on Discord press something in each life.
const PRESSES: u64 = 3;

/// What a start may take, for everything else to be measured in it.
const FASTEST: Duration = Duration::from_millis(300);
const SLOWEST: Duration = Duration::from_secs(1);

/// The program's address while it lives.
type Address = watch::Receiver<Option<String>>;

/// Everybody who wants something, and the program that dies under them.
struct Stream {
    house: House,
    book: Arc<Book>,
    chance: Chance,
    /// How long a start takes on this machine, which all waiting is measured in.
    pace: Duration,
    tell: watch::Sender<Option<String>>,
    at_work: JoinSet<()>,
    /// When each life ended.
    ended: Vec<Timestamp>,
}

#[tokio::test]
async fn killed_again_and_again_while_many_ask_and_are_helped_it_loses_nothing_and_says_nothing_twice() {
    let release = std::env::var("FIRSTLINE_TEST_RELEASE_BINARY").ok();
    let kills = number("FIRSTLINE_TEST_KILLS").unwrap_or(if release.is_some() { KILLS_OF_RELEASE } else { KILLS });
    let seed = number("FIRSTLINE_TEST_SEED").unwrap_or(SEED);
    println!("{kills} kills of {}, moments of the seed {seed}", release.as_deref().unwrap_or("the program built for tests"));
    let began = Instant::now();
    let mut stream = Stream::begins(release.as_deref(), Chance::new(seed)).await;
    for life in 0..kills {
        stream.lives_and_is_killed(life).await;
    }
    let (records, figures) = stream.comes_to_rest().await;
    records.are_sound();
    println!("{figures}\n{} s in all", began.elapsed().as_secs());
    assert_eq!((figures.lost, figures.doubled), (Vec::new(), Vec::new()), "nothing is lost, and nothing is doubled");
    assert_eq!(figures.unheeded, Vec::<String>::new(), "what is acknowledged is done");
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|value| value.parse().unwrap_or_else(|_| panic!("{variable} is not a number: {value}")))
}

impl Stream {
    /// What was said on Discord before the program was ever there is nobody's question, so it is there before it all begins.
    async fn begins(release: Option<&str>, chance: Chance) -> Self {
        let mut house = House::of(release.unwrap_or(super::BINARY)).await;
        house.mortal.program = house
            .mortal
            .program
            .clone()
            .with("FIRSTLINE_API_TOKENS", "kari=kari-token-for-tests,per=per-token-for-tests")
            .with("FIRSTLINE_LOG", "info,firstline=debug,sqlx=debug");
        house.starts().await.kill().await;
        let starting = Instant::now();
        house.starts().await.kill().await;
        let (pace, tell) = (starting.elapsed().clamp(FASTEST, SLOWEST), watch::Sender::new(None));
        Self { house, book: Arc::default(), chance, pace, tell, at_work: JoinSet::new(), ended: Vec::new() }
    }

    /// One life of the program, with all who come in it. They go on where the next one finds them.
    async fn lives_and_is_killed(&mut self, life: u64) {
        self.house.time_passes();
        let moment = Moment::drawn(&mut self.chance, self.pace);
        self.people_come(life);
        let process = self.house.mortal.program.spawn();
        tokio::select! {
            () = moment.comes(&process, &self.house.discord) => {}
            never = announces(&process, &self.tell) => match never {},
        }
        process.kill().await;
        self.tell.send_replace(None);
        self.ended.push(SystemClock.now());
        while self.at_work.try_join_next().transpose().expect("nobody who asks gives up").is_some() {}
    }

    /// Each at a moment of their own, which may lie in a later life or between two.
    fn people_come(&mut self, life: u64) {
        let longest = self.pace * 2;
        for nth in life * CLIENTS..(life + 1) * CLIENTS {
            let caller = self.caller();
            self.at_work.spawn(after(self.chance.span(longest), caller.asks(nth)));
        }
        let operator = self.caller();
        self.at_work.spawn(after(self.chance.span(longest), operator.helps_somebody(life)));
        for nth in life * PEOPLE..(life + 1) * PEOPLE {
            self.at_work.spawn(after(self.chance.span(longest), self.town().asks(nth)));
        }
        for _ in 0..PRESSES {
            let (chance, town) = (Chance::new(self.chance.number()), self.town());
            let (address, span) = (self.tell.subscribe(), self.chance.span(longest));
            self.at_work.spawn(after_reachable(address, after(span, town.does_something(chance))));
        }
    }

    fn caller(&self) -> Caller {
        Caller::new(self.tell.subscribe(), Arc::clone(&self.book))
    }

    fn town(&self) -> Town {
        Town::of(&self.house, Arc::clone(&self.book))
    }

    /// The program is not killed any more: everybody gets what they are owed. It is stopped and started once more, so that what
    /// it thought to be done, and was not, is done too.
    async fn comes_to_rest(mut self) -> (Records, Figures) {
        let process = self.house.starts().await;
        self.tell.send_replace(Some(process.url()));
        while let Some(ended) = self.at_work.join_next().await {
            ended.expect("nobody who asks gives up");
        }
        self.house.finishes(process).await;
        let process = self.house.starts().await;
        self.house.finishes(process).await;
        let records = Records::read(&self.house.mortal.database()).await;
        let figures = Figures::of(&self.house, &records, &self.book, &self.ended);
        self.house.discord.assert_honest();
        (records, figures)
    }
}

/// Tells everybody where the program is, as soon as it says so.
async fn announces(process: &Process, tell: &watch::Sender<Option<String>>) -> Infallible {
    let mut seen = process.watch();
    let url = seen.wait_for(|seen| seen.url().is_some()).await.ok().and_then(|seen| seen.url());
    if url.is_some() {
        tell.send_replace(url);
    }
    std::future::pending().await
}

/// Does something once the program is there, as far as anybody can tell: pressing in vain is soon given up.
async fn after_reachable(mut address: Address, something: impl Future<Output = ()>) {
    drop(address.wait_for(Option::is_some).await);
    something.await;
}

/// Does something later.
async fn after(span: Duration, something: impl Future<Output = ()>) {
    tokio::time::sleep(span).await;
    something.await;
}
