//! Learned questions: what people ask in their own words, and an article answered, is answered by it from then on.

use std::fs;
use std::time::{Duration, Instant};

use firstline::testing::{Asker, TestBot};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;

/// How long learning may take on a machine that does other things too; left to itself it is a matter of milliseconds.
const PATIENCE: Duration = Duration::from_secs(20);

/// Of these words the article has one only, so that it is offered and no more.
const OFFERED: &str = "Konsulenten vil surfe på nett";

/// Of these words no article has any.
const STRANGE: &str = "Konsulenten trenger surfemulighet";

/// The article that is meant.
const ARTICLE: &str = "gjestenett";

const ARTICLES: [(&str, &str, &str); 3] = [
    (ARTICLE, "Nett for gjester", "Gjester kobler seg til nett uten passord.\n\n1. Velg gjestenettet.\n2. Godta vilkårene."),
    ("kopimaskin", "Kopimaskin i kjelleren", "Kopimaskinen startes med den grønne knappen."),
    ("parkering", "Parkering", "Parkeringshuset åpner klokka seks."),
];

/// A bot with three articles, which offers whatever it finds at all.
struct School {
    bot: TestBot,
    _folder: TempDir,
}

impl School {
    async fn open() -> Self {
        Self::open_with(&[]).await
    }

    async fn open_with(settings: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().expect("a folder of its own");
        let kb = folder.path().join("kb");
        fs::create_dir_all(kb.join("nb")).expect("a folder for articles");
        for (slug, title, text) in ARTICLES {
            fs::write(kb.join(format!("nb/{slug}.md")), format!("---\ntitle: {title}\n---\n\n{text}\n")).expect("an article");
        }
        let kb = kb.display().to_string();
        let own = [("FIRSTLINE_KB", kb.as_str()), ("FIRSTLINE_OFFER_AT", "0")];
        let settings: Vec<(&str, &str)> = own.iter().chain(settings).copied().collect();
        let bot = TestBot::start_with(&folder.path().join("data"), &settings).await;
        Self { bot, _folder: folder }
    }

    async fn call(&self, method: Method, path: &str) -> (StatusCode, Value) {
        self.bot.call(method, &format!("/api/v1/learned{path}"), Some("kari-token-for-tests"), None).await
    }

    async fn listed(&self, state: &str) -> Vec<Value> {
        let (status, list) = self.call(Method::GET, &format!("?state={state}")).await;
        assert_eq!(status, StatusCode::OK, "{list}");
        list["questions"].as_array().expect("a list").clone()
    }

    /// Asks for the proposal until it is as it should be.
    async fn waits_for_proposal(&self, text: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let begun = Instant::now();
        loop {
            let proposals = self.listed("proposed").await;
            if let Some(found) = proposals.iter().find(|one| one["text"] == text && fits(one)) {
                return found.clone();
            }
            assert!(begun.elapsed() < PATIENCE, "{text:?} was not learned: {proposals:?}");
        }
    }

    async fn proposal(&self, text: &str) -> Value {
        self.waits_for_proposal(text, |_| true).await
    }

    /// Kari says what becomes of it.
    async fn settles(&self, question: &Value, verb: &str) -> Value {
        let id = question["id"].as_str().expect("an id");
        let (status, settled) = self.call(Method::POST, &format!("/{id}/{verb}")).await;
        assert_eq!(status, StatusCode::OK, "{settled}");
        settled
    }

    /// Somebody asks this, and the article helps.
    async fn is_helped(&self, words: &str) -> Asker<'_> {
        let mut asker = self.bot.asks(words).await;
        is_helped(&mut asker).await;
        asker
    }
}

/// The employee takes the article from the offer where it is not the answer, and says that it helped.
async fn is_helped(asker: &mut Asker<'_>) {
    if asker.last_kind() == "offer" {
        asker.presses(&format!("choose:{ARTICLE}")).await;
    }
    assert_eq!(answered_with(asker), Some(ARTICLE), "{}", asker.transcript());
    asker.presses("helped").await;
}

/// The article that the last line answers with.
fn answered_with<'a>(asker: &'a Asker<'_>) -> Option<&'a str> {
    let last = asker.lines().last().filter(|line| line["kind"] == "answer")?;
    last["articles"][0]["slug"].as_str()
}

#[tokio::test]
async fn what_an_editor_approves_answers_the_next_one_who_asks_so_until_it_is_taken_back() {
    let mut school = School::open().await;
    let mut first = school.bot.asks(OFFERED).await;
    assert_eq!(first.last_kind(), "offer", "the article does not have these words:\n{}", first.transcript());
    is_helped(&mut first).await;
    let proposal = school.proposal(OFFERED).await;
    assert_eq!((proposal["article"].as_str(), proposal["people"].as_u64()), (Some(ARTICLE), Some(1)));
    assert_eq!((proposal["origin"].as_str(), proposal["counts"].as_bool()), (Some("helped"), Some(false)));
    assert_eq!(school.bot.asks(OFFERED).await.last_kind(), "offer", "one person is not enough");

    let approved = school.settles(&proposal, "approve").await;
    assert_eq!((approved["state"].as_str(), approved["settled_by"].as_str()), (Some("approved"), Some("kari")));
    assert!(school.listed("proposed").await.is_empty());
    let again = school.bot.asks(&OFFERED.to_uppercase()).await;
    assert_eq!(answered_with(&again), Some(ARTICLE), "{}", again.transcript());
    school.bot.restart().await;
    let again = school.bot.asks(OFFERED).await;
    assert_eq!(answered_with(&again), Some(ARTICLE), "known from the first question on:\n{}", again.transcript());

    let declined = school.settles(&proposal, "decline").await;
    assert_eq!((declined["state"].as_str(), declined["counts"].as_bool()), (Some("declined"), Some(false)));
    let after = school.bot.asks(OFFERED).await;
    assert_eq!(after.last_kind(), "offer", "it is forgotten:\n{}", after.transcript());
    assert_eq!(school.listed("declined").await.len(), 1, "and kept, so that it is not proposed again");
    school.bot.stop().await;
}

#[tokio::test]
async fn three_people_are_enough_and_one_person_three_times_is_not() {
    let school = School::open().await;
    let mut ola = school.is_helped(OFFERED).await;
    for _ in 0..2 {
        ola.says(OFFERED).await;
        is_helped(&mut ola).await;
    }
    school.is_helped(&format!("{OFFERED}!!")).await;
    let proposal = school.waits_for_proposal(OFFERED, |one| one["people"] == 2).await;
    assert_eq!(proposal["counts"], false, "Ola is one person, however often he says it");
    school.is_helped(OFFERED).await;
    school.waits_for_proposal(OFFERED, |one| one["people"] == 3 && one["counts"] == true).await;
    let begun = Instant::now();
    while answered_with(&school.bot.asks(OFFERED).await) != Some(ARTICLE) {
        assert!(begun.elapsed() < PATIENCE, "three people are not enough");
    }
    school.bot.stop().await;
}

#[tokio::test]
async fn an_operators_reply_with_a_link_proposes_the_article_for_the_tickets_question() {
    let school = School::open().await;
    let asker = school.bot.asks(STRANGE).await;
    assert_eq!(asker.state(), "queued", "nothing in the articles is like it:\n{}", asker.transcript());
    let kari = school.bot.operator("kari");
    let reply = format!("Se {}/kb/nb/{ARTICLE}, så kommer dere på nett.", school.bot.url());
    assert_eq!(kari.does(asker.ticket(), "reply", json!({ "text": reply })).await.0, StatusCode::OK);
    let proposal = school.proposal(STRANGE).await;
    assert_eq!((proposal["article"].as_str(), proposal["origin"].as_str()), (Some(ARTICLE), Some("replied")));
    assert_eq!(proposal["people"], 0, "an operator's answer is no employee's confirmation");

    school.settles(&proposal, "approve").await;
    let next = school.bot.asks(STRANGE).await;
    assert_eq!(answered_with(&next), Some(ARTICLE), "{}", next.transcript());
    school.bot.stop().await;
}

#[tokio::test]
async fn what_was_redacted_in_a_part_is_not_kept() {
    let school = School::open().await;
    for words in ["Fødselsnummeret mitt er 01010750160 og konsulenten vil på nett", OFFERED] {
        school.is_helped(words).await;
    }
    school.proposal(OFFERED).await;
    let proposals = school.listed("proposed").await;
    assert_eq!(proposals.len(), 1, "{proposals:?}");
    school.bot.stop().await;
}

#[tokio::test]
async fn learning_can_be_left_to_editors_or_switched_off() {
    let only_editors = School::open_with(&[("FIRSTLINE_LEARNING_CONFIRMATIONS", "0")]).await;
    for _ in 0..4 {
        only_editors.is_helped(OFFERED).await;
    }
    let proposal = only_editors.waits_for_proposal(OFFERED, |one| one["people"] == 4).await;
    assert_eq!(proposal["counts"], false);
    assert_eq!(only_editors.settles(&proposal, "approve").await["counts"], true);
    only_editors.bot.stop().await;

    let off = School::open_with(&[("FIRSTLINE_LEARNING", "false")]).await;
    off.is_helped(OFFERED).await;
    assert!(off.listed("proposed").await.is_empty());
    off.bot.stop().await;
}

#[tokio::test]
async fn what_is_asked_wrongly_of_the_api_is_told_so() {
    let school = School::open().await;
    let cases = [
        (Method::GET, "?state=nonsense", StatusCode::UNPROCESSABLE_ENTITY),
        (Method::GET, "?before=nonsense", StatusCode::UNPROCESSABLE_ENTITY),
        (Method::POST, "/7/approve", StatusCode::NOT_FOUND),
        (Method::POST, "/nonsense/decline", StatusCode::NOT_FOUND),
    ];
    for (method, path, wanted) in cases {
        let (status, problem) = school.call(method, path).await;
        assert_eq!(status, wanted, "{path}: {problem}");
    }
    let (status, _) = school.bot.call(Method::GET, "/api/v1/learned", None, None).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    school.bot.stop().await;
}
