//! Killed at random moments while many ask at once.

use firstline::testing::Seen;
use firstline::testing::discord::{MessageId, UserId};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::discord::{House, says_nothing_twice};

/// How often the program is killed, where `FIRSTLINE_TEST_KILLS` does not say.
const KILLS: u64 = 15;

/// The latest moment of a kill, in lines of the program's log after its start: enough for all that is asked in one life.
const LATEST: usize = 220;

/// Another one gives other moments.
const SEED: u64 = 20_261_122;

/// How many ask over the API in each life of the program, and how many on Discord.
const CLIENTS: u64 = 3;
const PEOPLE: u64 = 3;

const QUESTIONS: [&str; 3] =
    ["Jeg har glemt passordet mitt", "Hvordan legger jeg inn fraværsmelding i Outlook?", "Eg får ikkje skrive ut"];

/// Chance that is the same each time (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from(mixed ^ (mixed >> 31)).unwrap_or(usize::MAX) % limit
    }
}

/// The program's address while it lives.
type Address = watch::Receiver<Option<String>>;

/// A client of the API that sends again what was not answered.
struct Client {
    http: reqwest::Client,
    address: Address,
    nth: u64,
}

impl Client {
    async fn sends(&mut self, path: &str, token: Option<&str>, body: Value) -> (StatusCode, Value) {
        loop {
            let alive = self.address.wait_for(Option::is_some).await.expect("the test goes on").clone().expect("an address");
            let mut request = self.http.request(Method::POST, format!("{alive}{path}")).json(&body);
            if let Some(token) = token {
                request = request.bearer_auth(token);
            }
            if let Ok(response) = request.send().await {
                let status = response.status();
                if let Ok(answer) = response.json().await {
                    return (status, answer);
                }
            }
            // It died; the next address is another one.
            drop(self.address.wait_for(|now| now.as_ref() != Some(&alive)).await);
        }
    }

    /// Asks three things in one conversation, and then for a person.
    async fn talks(mut self) {
        let words = QUESTIONS.map(|question| format!("{question} ({})", self.nth));
        let (status, begun) = self.sends("/api/v1/conversations", None, json!({ "text": words[0] })).await;
        assert_eq!(status, StatusCode::CREATED, "{begun}");
        let (path, secret) = (format!("/api/v1/conversations/{}", text(&begun["id"])), text(&begun["secret"]));
        for (said, client_id) in words[1..].iter().zip(2..) {
            let body = json!({ "text": said, "client_id": format!("m-{client_id}") });
            let (_, seen) = self.sends(&format!("{path}/messages"), Some(&secret), body).await;
            let lines = seen["messages"].as_array().into_iter().flatten();
            assert_eq!(lines.filter(|line| line["text"] == **said).count(), 1, "said once: {seen}");
        }
        let (status, seen) = self.sends(&format!("{path}/actions/human"), Some(&secret), Value::Null).await;
        assert!(matches!(status, StatusCode::OK | StatusCode::UNPROCESSABLE_ENTITY), "kept now, or kept before: {seen}");
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// Somebody who asked on Discord, and what they are owed.
struct Asked {
    message: MessageId,
    person: UserId,
    wants_a_person: bool,
}

/// The clients and people of one life of the program.
fn ask_at_once(house: &House, life: u64, address: &Address, clients: &mut JoinSet<()>) -> JoinSet<Asked> {
    for nth in (0..CLIENTS).map(|client| life * CLIENTS + client) {
        let client = Client { http: reqwest::Client::new(), address: address.clone(), nth };
        clients.spawn(client.talks());
    }
    let mut people = JoinSet::new();
    for nth in 0..PEOPLE {
        let person = house.discord.member(&format!("Person {}", life * PEOPLE + nth), &[]);
        let (help, wants_a_person) = (house.help, nth == 0);
        people.spawn(async move {
            let words = if wants_a_person { "Kan jeg få snakke med et menneske?" } else { QUESTIONS[0] };
            Asked { message: person.says(help, words).await, person: person.id(), wants_a_person }
        });
    }
    people
}

#[tokio::test]
async fn killed_again_and_again_while_many_ask_it_answers_each_of_them_once() {
    let kills = std::env::var("FIRSTLINE_TEST_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    let mut house = House::new().await;
    let quiet = house.mortal.program.clone();
    let (mut chance, mut clients, mut asked) = (Chance(SEED), JoinSet::new(), Vec::new());
    let (tell, address) = watch::channel(None);

    // What was said on Discord before the program was ever there is nobody's question.
    house.starts().await.kill().await;
    for life in 0..kills {
        house.time_passes();
        let moment = chance.below(LATEST);
        let is_moment = move |seen: &Seen| seen.err.lines().count() >= moment;
        let mut process = quiet.clone().with("FIRSTLINE_LOG", "info,firstline=debug,sqlx=debug").spawn();
        let mut people = ask_at_once(&house, life, &address, &mut clients);
        let seen = process.wait_for("the start screen", |seen| seen.url().is_some() || is_moment(seen)).await;
        tell.send_replace(seen.url());
        process.wait_for("the moment", is_moment).await;
        process.kill().await;
        tell.send_replace(None);
        while let Some(said) = people.join_next().await {
            asked.push(said.expect("it was said"));
        }
    }

    let process = house.starts().await;
    tell.send_replace(Some(process.url()));
    while let Some(ended) = clients.join_next().await {
        ended.expect("a client was answered");
    }
    everybody_is_answered(&house, &asked).await;
    let records = house.comes_to_rest(process).await;
    let (messages, posts) = (records.messages(), house.discord.bot_messages(house.help).len());
    println!("{kills} kills, {messages} messages in {} conversations, {posts} posts in the channel", records.all.len());
    house.discord.assert_honest();
}

async fn everybody_is_answered(house: &House, asked: &[Asked]) {
    let (discord, help) = (&house.discord, house.help);
    for one in asked {
        if one.wants_a_person {
            let room = discord.wait_for_thread(help, |thread| thread.members.contains(&one.person)).await;
            discord.wait_for_bot_message(room.id, |_| true).await;
            says_nothing_twice(discord, room.id);
        } else {
            discord.wait_for_bot_message(help, |post| post.answers == Some(one.message)).await;
        }
    }
    let wanted = asked.iter().filter(|one| one.wants_a_person).count();
    discord.wait_for_bot_messages(house.desk, wanted).await;
    assert_eq!(discord.threads(help).len(), wanted, "a room for everybody who wanted one, and no other");
    for one in asked.iter().filter(|one| !one.wants_a_person) {
        let answers = discord.bot_messages(help).into_iter().filter(|post| post.answers == Some(one.message)).count();
        assert_eq!(answers, 1, "one answer:\n{}", discord.transcript(help));
    }
    says_nothing_twice(discord, help);
    says_nothing_twice(discord, house.desk);
}
