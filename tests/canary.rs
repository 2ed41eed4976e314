//! Identifiers are planted wherever somebody can write, and none of them is found in the database file, the index, the log,
//! the figures, or on the operators' side. What may be kept is found, so that the search can fail.

mod birds;
mod browser;
mod made;

use std::fmt::Display;

use firstline::ports::Clock;
use firstline::system::SystemClock;
use firstline::testing::discord::{FakeDiscord, TOKEN};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;

use self::birds::{Birds, STAYS, all_sing_in, files, none_sings_in};
use self::browser::{Browser, address_on, escaped};
use crate::program::{Program, data_in, runs};

/// The program over a folder of its own, and what is planted in it.
struct Aviary {
    program: Program,
    birds: Birds,
    folder: TempDir,
}

impl Aviary {
    async fn open(settings: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().expect("a folder of its own");
        let program = Program::start(folder.path(), settings).await;
        Self { program, birds: Birds::default(), folder }
    }

    /// Looks through all that is kept and told, while the program runs and after it has stopped. The harmless words of the
    /// places in `kept` must be in the database, and those of the places in `not_logged` not in the log.
    async fn search(self, kept: &[&str], not_logged: &[&str]) {
        let Self { program, birds, folder } = self;
        let data = data_in(folder.path());
        let database: Vec<u8> = files(&data).into_iter().filter(|(name, _)| name.contains(".db")).flat_map(|it| it.1).collect();
        all_sing_in("the database", &database, &birds.songs(kept));
        birds.are_not_below(&data);
        let metrics = program.metrics().await;
        birds.are_not_in("the figures", metrics.as_bytes());
        none_sings_in("the figures", metrics.as_bytes(), &birds.songs(not_logged));
        let log = program.log();
        all_sing_in("the log", log.as_bytes(), &["an employee's message was received".to_owned()]);
        birds.are_not_in("the log", log.as_bytes());
        none_sings_in("the log", log.as_bytes(), &birds.songs(not_logged));
        program.stop().await;
        // The log is in this folder too, and the stopped program has moved its write-ahead log into the database.
        birds.are_not_below(folder.path());
    }
}

/// Every group's cards in one channel: the made-up sentences touch on several groups' matters.
fn groups_at(channel: impl Display, role: impl Display) -> String {
    let group = |id: &&str| format!("{id} = {{ channel = {channel}, role = {role} }}");
    format!("{{ {} }}", ["general", "clinical", "hr", "facilities"].iter().map(group).collect::<Vec<_>>().join(", "))
}

#[tokio::test]
async fn nothing_that_is_told_by_the_api_is_kept() {
    let mut aviary = Aviary::open(&[]).await;
    let (bot, birds) = (&aviary.program.bot, &mut aviary.birds);
    let person =
        json!({ "name": birds.name("a name"), "email": birds.name("an address"), "organisation": birds.name("an employer") });
    let mut ola = bot.asks_with(json!({ "text": birds.sentence("a question"), "person": person })).await;
    ola.says(&birds.sentence("a follow-up")).await;
    ola.says("Jeg vil snakke med et menneske").await;
    let number = ola.ticket();
    ola.says(&birds.sentence("words in the queue")).await;
    let (kari, per) = (bot.operator("kari"), bot.operator("per"));
    assert_eq!(kari.does(number, "claim", Value::Null).await.0, StatusCode::OK);
    ola.says(&birds.sentence("words to the desk")).await;
    for (verb, field, place) in [("reply", "text", "a reply"), ("note", "text", "a note"), ("transfer", "reason", "a reason")] {
        let words = json!({ field: birds.sentence(place), "group": "clinical" });
        let (status, answer) = kari.does(number, verb, words).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
    }
    let (status, answer) = per.does(number, "resolve", json!({ "text": birds.sentence("a last word") })).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    ola.presses("resolved_no").await;

    let seen = format!("{}{}", kari.reads(number).await, kari.lists("status=waiting").await);
    birds.are_not_in("the operators' side", seen.as_bytes());
    let employee = ["a question", "a follow-up", "words in the queue", "words to the desk", "a name", "an employer"];
    let all = [&employee[..], &["a reply", "a note", "a reason", "a last word"]].concat();
    all_sing_in("the operators' side", seen.as_bytes(), &birds.songs(&all));
    all_sing_in("the operators' side", seen.as_bytes(), &STAYS.map(str::to_owned));
    let all = [&all[..], &["an address"]].concat();
    aviary.search(&all, &all).await;
}

#[tokio::test]
async fn nothing_that_is_told_on_the_pages_is_kept() {
    let mut aviary = Aviary::open(&[]).await;
    let (url, birds) = (aviary.program.bot.url().to_owned(), &mut aviary.birds);
    let mut ola = Browser::on(&url);
    let (question, name) = (birds.sentence("a question"), birds.name("a name"));
    ola.posts("/chat", &[("text", &question), ("name", &name), ("client_id", &birds.bare("a client's id"))]).await;
    ola.posts("/chat", &[("text", ""), ("example", &birds.sentence("an example"))]).await;
    ola.posts("/chat", &[("text", "Jeg vil snakke med et menneske")]).await;
    ola.posts("/chat", &[("text", &birds.sentence("words in the queue"))]).await;

    let mut kari = Browser::on(&url);
    let token = aviary.program.sign_in_link.split_once("token=").expect("a token").1;
    let (led, page) = kari.posts("/desk/sign-in", &[("token", token), ("name", &birds.name("an operator's name"))]).await;
    assert_eq!(led.as_deref(), Some("/desk"), "{page}");
    for (verb, place) in [("reply", "a reply"), ("note", "a note"), ("transfer", "a reason"), ("resolve", "a last word")] {
        let words = [("text", birds.sentence(place)), ("group", "clinical".to_owned())];
        let words = words.each_ref().map(|(field, text)| (*field, text.as_str()));
        let led = kari.posts(&format!("/desk/tickets/1001/{verb}"), &words).await.0;
        assert_eq!(led, Some(format!("/desk/tickets/1001?said={verb}")));
    }
    let no = address_on(&ola.gets("/").await, "/resolved_no");
    ola.posts(&no, &[("line", &birds.bare("a line"))]).await;

    let seen = [kari.gets("/desk").await, kari.gets("/desk/tickets/1001").await].concat();
    birds.are_not_in("the desk", seen.as_bytes());
    let written = ["a question", "an example", "words in the queue", "a name", "a reply", "a note", "a reason", "a last word"];
    let all = [&written[..], &["an operator's name"]].concat();
    all_sing_in("the desk", seen.as_bytes(), &birds.songs(&all));
    all_sing_in("the desk", seen.as_bytes(), &STAYS.map(str::to_owned));
    aviary.search(&all, &written).await;
}

/// "No, it is not solved" in each language.
const NOT_SOLVED: [&str; 3] = ["Nei, det er ikke løst", "Nei, det er ikkje løyst", "No, it is not solved"];

#[tokio::test]
async fn nothing_that_is_told_on_discord_goes_to_the_desk_there_or_is_kept() {
    let discord = FakeDiscord::start_at(SystemClock.now().millis()).await;
    let (help, desk, role) = (discord.text_channel("hjelp"), discord.text_channel("skranke"), discord.role("Operatør"));
    let mut aviary = Aviary::open(&[
        ("FIRSTLINE_DISCORD_TOKEN", TOKEN),
        ("FIRSTLINE_DISCORD_API", &discord.url()),
        ("FIRSTLINE_DISCORD_CHANNELS", &help.to_string()),
        ("FIRSTLINE_DISCORD_GROUPS", &groups_at(desk, role)),
    ])
    .await;
    let birds = &mut aviary.birds;
    discord.wait_until_connected().await;
    discord.wait_for_requests("PUT", "/applications", 1).await;
    let ola = discord.member(&birds.name("a name"), &[]);
    let kari = discord.member(&birds.name("an operator's name"), &[role]);

    let asked = ola.says(help, &birds.sentence("a question")).await;
    discord.wait_for_bot_message(help, |_| true).await;
    ola.replies(asked, "Kan jeg få snakke med et menneske?").await;
    let room = discord.wait_for_thread(help, |thread| thread.members.contains(&ola.id())).await.id;
    let card = discord.wait_for_bot_message(desk, |post| post.buttons.iter().any(|button| button == "Ta saken")).await;
    ola.says(room, &birds.sentence("words in the queue")).await;
    kari.presses(card.id, "Ta saken").await;
    discord.wait_for_thread_member(room, kari.id()).await;
    kari.says(room, &birds.sentence("a reply in the room")).await;
    let per = aviary.program.bot.operator("per");
    let note = json!({ "text": birds.sentence("a note") });
    assert_eq!(per.does(1_001, "note", note).await.0, StatusCode::OK);
    let card = discord.wait_for_bot_message(desk, |post| post.buttons.iter().any(|button| button == "Løst")).await;
    kari.presses(card.id, "Løst").await.submits(&[]).await;
    let direct = ola.direct_channel();
    let asks = discord
        .wait_for_bot_message(direct, |post| post.buttons.iter().any(|button| NOT_SOLVED.contains(&button.as_str())))
        .await;
    let not_solved = asks.buttons.iter().find(|button| NOT_SOLVED.contains(&button.as_str())).expect("it was waited for");
    ola.presses(asks.id, not_solved).await;
    discord.wait_for_bot_message(desk, |post| post.buttons.iter().any(|button| button == "Ta saken")).await;

    let sent: String = discord
        .requests()
        .iter()
        .map(|sent| [&sent.path, &sent.query, &sent.body.to_string()].map(String::as_str).join(" "))
        .collect::<Vec<_>>()
        .join("\n");
    birds.are_not_in("what went to Discord", sent.as_bytes());
    all_sing_in("what went to Discord", sent.as_bytes(), &birds.songs(&["a question", "a name", "an operator's name"]));
    let seen = per.reads(1_001).await.to_string();
    birds.are_not_in("the operators' side", seen.as_bytes());
    let all = ["a question", "words in the queue", "a reply in the room", "a note", "a name"];
    all_sing_in("the operators' side", seen.as_bytes(), &birds.songs(&all));
    aviary.search(&all, &all).await;
}

#[tokio::test]
async fn nothing_that_stands_in_an_address_or_a_refused_request_is_kept() {
    let mut aviary = Aviary::open(&[]).await;
    let (bot, birds) = (&aviary.program.bot, &mut aviary.birds);
    let ola = bot.asks("Kan jeg få snakke med et menneske?").await;
    let own = format!("/api/v1/conversations/{}", ola.id);
    let tickets = "/api/v1/tickets/1001".to_owned();
    let mut number = || birds.bare("an address");
    for (method, path, body) in [
        (Method::GET, format!("{own}?after={}", number()), None),
        (Method::GET, format!("/api/v1/conversations/{}", number()), None),
        (Method::POST, format!("{own}/actions/choose:{}", number()), None),
        (Method::POST, format!("{own}/messages"), Some(json!({ "text": "hei", "client_id": number() }))),
        (Method::POST, format!("{own}/messages"), Some(json!({ "text": { "fnr": number() } }))),
        (Method::POST, "/api/v1/conversations".to_owned(), Some(json!({ "text": "hei", "lang": number() }))),
        (Method::POST, "/api/v1/conversations".to_owned(), Some(json!({ "text": number().repeat(400) }))),
        (Method::GET, format!("/kb/nb/{}?q={}", number(), number()), None),
        (Method::GET, format!("/desk/sign-in?token={}", number()), None),
        (Method::GET, format!("/?q={}", escaped(&number())), None),
        (Method::GET, format!("/{}", number()), None),
    ] {
        bot.call(method, &path, Some(&ola.secret), body).await;
    }
    let kari = Some("kari-token-for-tests");
    for (method, path, body) in [
        (Method::GET, format!("/api/v1/tickets?group={}&status={}", number(), number()), None),
        (Method::GET, format!("/api/v1/tickets/{}", number()), None),
        (Method::POST, format!("{tickets}/{}", number()), Some(json!({}))),
        (Method::POST, format!("{tickets}/transfer"), Some(json!({ "group": number(), "reason": "feil" }))),
    ] {
        bot.call(method, &path, kari, body).await;
    }
    bot.call(Method::GET, &tickets, Some(&number()), None).await;
    let link = runs(aviary.folder.path(), &["sign-in-link", "--name", &birds.name("an invited name")]);
    assert!(link.contains("/desk/sign-in?token="));
    aviary.search(&["an invited name"], &[]).await;
}
