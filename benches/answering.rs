//! How long from a question to a stored and posted answer, and how many answers a second.
//!
//! `cargo bench --bench answering`; about a minute. Client and program share the machine, and every answer is on the disk
//! before it counts, so figures of two machines compare only beside the disk's own figure, which comes first.

mod house;
mod measure;
mod stock;

use std::fs::File;
use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use firstline::app;
use firstline::domain::article::Article;
use firstline::domain::ids::{ChannelName, ConversationId};
use firstline::domain::lang::Lang;
use firstline::domain::message::LangHint;
use firstline::domain::place::Delivery;
use firstline::jobs::Deliver;
use firstline::ports::{Chat, ChatFailure, Index, Leased, Receipted};
use firstline::system::SystemClock;
use firstline::testing::TestBot;
use reqwest::{RequestBuilder, StatusCode};
use serde_json::json;
use tempfile::TempDir;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use self::house::{CHANNEL, House};
use self::measure::{Times, head, row, row_with_rate};
use self::stock::{config, generated, index, questions, sample};

/// How long each rate is measured.
const SPAN: Duration = Duration::from_secs(5);

/// How many questions are put one at a time where each waits for the disk.
const ONE_AT_A_TIME: usize = 500;

#[tokio::main]
async fn main() {
    let asked: Arc<[String]> = questions(&sample(&config())).into();
    head();
    disk();
    searching("the sample articles", sample(&config()), 4);
    searching("3000 generated articles", generated(3_000, &sample(&config())), 1);
    storing(&asked).await;
    posting(&asked).await;
    serving(&asked).await;
}

/// What the disk itself needs: without it the figures of two machines do not compare.
fn disk() {
    let folder = TempDir::new().expect("a folder");
    let mut file = File::create(folder.path().join("disk")).expect("a file");
    let mut times = Times::default();
    for _ in 0..200 {
        times.of(|| file.write_all(&[7; 4_096]).and_then(|()| file.sync_all())).expect("the disk writes");
    }
    row("the disk: 4 KiB written and synced", times);
}

/// From the text to what it means and which articles may answer it, the privacy filter included.
fn searching(what: &str, articles: Vec<Article>, rounds: usize) {
    let asked: Vec<String> = questions(&articles).into_iter().take(1_500).collect();
    let mut building = Times::default();
    let index = building.of(|| index(articles));
    row(&format!("index built in memory: {what}"), building);
    let mut times = Times::default();
    for question in (0..rounds).flat_map(|_| &asked) {
        times.of(|| index.understand(&app::filter(question).0, LangHint::Likely(Lang::Nb)));
    }
    row(&format!("question understood: {what}"), times);
}

/// The times of so many who ask one after the other until the span is over, and how long that was.
async fn at_once<F>(askers: usize, asking: impl Fn(usize, Instant) -> F) -> (Times, Duration)
where
    F: Future<Output = Times> + Send + 'static,
{
    let began = Instant::now();
    let tasks: JoinSet<Times> = (0..askers).map(|asker| asking(asker, began + SPAN)).collect();
    let times = tasks.join_all().await.into_iter().fold(Times::default(), Times::and);
    (times, began.elapsed())
}

/// From a question to its answer being on the disk.
async fn storing(asked: &Arc<[String]>) {
    let folder = TempDir::new().expect("a folder");
    let house = Arc::new(House::open(folder.path(), Delivery::Read).await);
    for askers in [1, 16, 64] {
        let (times, took) = at_once(askers, |asker, until| asking(Arc::clone(&house), Arc::clone(asked), asker, until)).await;
        row_with_rate(&format!("question answered and stored: {askers} at once"), times, took);
    }
    house.store.close().await;
}

async fn asking(house: Arc<House>, asked: Arc<[String]>, first: usize, until: Instant) -> Times {
    let mut times = Times::default();
    for question in asked.iter().cycle().skip(first) {
        if Instant::now() >= until {
            break;
        }
        let began = Instant::now();
        house.flows.receive(&house.message(question)).await.expect("it is kept");
        times.add(began.elapsed());
    }
    times
}

/// A platform that takes everything at once, and tells which conversation it was about.
struct Platform(mpsc::UnboundedSender<ConversationId>);

#[async_trait]
impl Chat for Platform {
    fn name(&self) -> ChannelName {
        ChannelName::new(CHANNEL)
    }

    async fn run(&self, errand: &Leased) -> Result<Receipted, ChatFailure> {
        // Whoever measures may have stopped listening.
        let _ = self.0.send(errand.conversation);
        Ok(Receipted::default())
    }
}

/// From a question to its answer reaching a platform by way of the outbox.
async fn posting(asked: &Arc<[String]>) {
    let folder = TempDir::new().expect("a folder");
    let house = House::open(folder.path(), Delivery::Pushed).await;
    let (tell, mut posted) = mpsc::unbounded_channel();
    let deliver = Deliver::new(Arc::new(house.store.clone()), vec![Arc::new(Platform(tell))], Arc::new(SystemClock));
    let stop = CancellationToken::new();
    let delivering = tokio::spawn(deliver.run(Arc::clone(&house.wake), stop.clone()));
    let mut times = Times::default();
    for question in asked.iter().cycle().take(ONE_AT_A_TIME) {
        let began = Instant::now();
        let id = house.flows.receive(&house.message(question)).await.expect("it is kept").conversation();
        while posted.recv().await.expect("the platform is there") != id {}
        times.add(began.elapsed());
    }
    row("question answered, stored and posted: 1 at a time", times);
    stop.cancel();
    delivering.await.expect("the outbox's job ends");
    house.store.close().await;
}

/// From a request to its response over HTTP, with the whole program behind it.
async fn serving(asked: &Arc<[String]>) {
    let folder = TempDir::new().expect("a folder");
    let bot = TestBot::start(folder.path()).await;
    let request = reqwest::Client::new().post(format!("{}/api/v1/conversations", bot.url()));
    for clients in [1, 16] {
        let one = |client, until| requesting(request.try_clone(), Arc::clone(asked), client, until);
        let (times, took) = at_once(clients, one).await;
        row_with_rate(&format!("POST /api/v1/conversations answered: {clients} at once"), times, took);
    }
    bot.stop().await;
}

async fn requesting(request: Option<RequestBuilder>, asked: Arc<[String]>, first: usize, until: Instant) -> Times {
    let mut times = Times::default();
    for question in asked.iter().cycle().skip(first) {
        if Instant::now() >= until {
            break;
        }
        let began = Instant::now();
        let request = request.as_ref().and_then(RequestBuilder::try_clone).expect("a request without a body");
        let response = request.json(&json!({ "text": question })).send().await.expect("an answer");
        assert_eq!(response.status(), StatusCode::CREATED);
        response.bytes().await.expect("a whole answer");
        times.add(began.elapsed());
    }
    times
}
