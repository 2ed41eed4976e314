//! What a language model may add to answers, and that nobody is worse off with a bad one than with none.

use std::fs;

use firstline::testing::{Asker, FakeModel, Manner, TestBot};
use serde_json::Value;
use tempfile::TempDir;

const GUEST: &str = "---\ntitle: Gjestenett\n---\n\nÅpne Wi-Fi på telefonen og velg «Fjellfjord-Gjest». Du trenger ikke passord. \
    Skriv inn mobilnummeret ditt. Tilgangen varer i 24 timer.\n";

const PRINTER: &str =
    "---\ntitle: Skriveren virker ikke\n---\n\nSlå av skriveren, vent i fem minutter og slå den på igjen. Ring ellers 4000.\n";

const HOME: &str =
    "---\ntitle: Skriver på hjemmekontor\n---\n\nKoble skriveren til PC-en med kabel. Skriveren må være din egen.\n";

const QUESTION: &str = "Korleis kjem eg på gjestenettet?";

const ANSWER: &str = "Vel «Fjellfjord-Gjest» under Wi-Fi på telefonen. Du treng ikkje passord, og tilgangen varer i 24 timar.";

/// A synthetic identity number, of a series that nobody has.
const FNR: &str = "15819520086";

/// Firstline with three articles and the model, surer of them than it should be.
struct House {
    bot: TestBot,
    model: FakeModel,
    _data: TempDir,
}

/// Whatever is found is answered with.
const SURE: (&str, &str) = ("FIRSTLINE_ANSWER_AT", "0.002");

/// Whatever is found is offered.
const UNSURE: (&str, &str) = ("FIRSTLINE_ANSWER_AT", "1");

impl House {
    async fn open(sure: (&str, &str), more: &[(&str, &str)]) -> Self {
        let (data, model) = (TempDir::new().expect("a folder of its own"), FakeModel::start().await);
        let kb = data.path().join("kb");
        fs::create_dir_all(kb.join("nb")).expect("a folder for articles");
        for (slug, text) in [("gjestenett", GUEST), ("skriver", PRINTER), ("skriver-hjemme", HOME)] {
            fs::write(kb.join("nb").join(format!("{slug}.md")), text).expect("an article");
        }
        let kb = kb.display().to_string();
        let own = [
            ("FIRSTLINE_KB", kb.as_str()),
            ("FIRSTLINE_OFFER_AT", "0.001"),
            sure,
            ("FIRSTLINE_MODEL_URL", model.url()),
            ("FIRSTLINE_MODEL_NAME", "liten"),
            ("FIRSTLINE_MODEL_DEADLINE_MS", "15000"),
        ];
        let settings: Vec<(&str, &str)> = own.into_iter().chain(more.iter().copied()).collect();
        let bot = TestBot::start_with(&data.path().join("data"), &settings).await;
        Self { bot, model, _data: data }
    }
}

fn told(asker: &Asker<'_>) -> String {
    asker.lines().last().and_then(|line| line["text"].as_str()).unwrap_or_default().to_owned()
}

/// The titles under an offer, in order.
fn offered(asker: &Asker<'_>) -> Vec<String> {
    let articles = asker.lines().last().and_then(|line| line["articles"].as_array()).cloned().unwrap_or_default();
    articles.iter().map(|article| article["title"].as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn a_question_in_nynorsk_gets_a_direct_answer_from_an_article_in_another_form() {
    let house = House::open(SURE, &[]).await;
    house.model.answers(ANSWER);
    let ola = house.bot.asks(QUESTION).await;
    insta::assert_snapshot!(ola.transcript());
    let mut again = ola;
    again.looks().await;
    assert!(told(&again).starts_with(ANSWER), "it is kept as it was said: {}", told(&again));
}

#[tokio::test]
async fn an_answer_that_the_article_does_not_bear_out_is_dropped_and_the_article_shown() {
    let house = House::open(SURE, &[]).await;
    for wrong in [
        "Vel «Fjellfjord-Gjest» under Wi-Fi på telefonen. Tilgangen varer i 48 timar.",
        "Vel «Fjellfjord-Gjest» under Wi-Fi, og logg inn på https://gjest.example.com først.",
        "Ring brukarstøtta på 22 33 44 55, så hjelper dei deg med Wi-Fi på telefonen.",
        "Tilgangen krev at du sender fødselsnummeret ditt til Wi-Fi på telefonen.",
        "You can choose “Fjellfjord-Gjest” on the phone, and then you have Wi-Fi.",
        "NONE",
    ] {
        house.model.answers(wrong);
        let ola = house.bot.asks(QUESTION).await;
        assert_eq!(ola.last_kind(), "answer", "{wrong}");
        assert!(told(&ola).starts_with("**Gjestenett**"), "{wrong}: {}", told(&ola));
    }
}

#[tokio::test]
async fn a_model_that_is_slow_broken_or_gone_costs_nobody_their_answer() {
    let house = House::open(SURE, &[("FIRSTLINE_MODEL_DEADLINE_MS", "50")]).await;
    house.model.answers(ANSWER);
    for manner in [Manner::NeverAnswers, Manner::Fails(500), Manner::Babbles("not JSON".to_owned())] {
        house.model.takes(manner.clone());
        let ola = house.bot.asks(QUESTION).await;
        assert!(told(&ola).starts_with("**Gjestenett**"), "{manner:?}: {}", told(&ola));
    }
    let gone = House::open(SURE, &[("FIRSTLINE_MODEL_URL", "http://127.0.0.1:9/v1")]).await;
    assert!(told(&gone.bot.asks(QUESTION).await).starts_with("**Gjestenett**"));
}

#[tokio::test]
async fn the_model_sees_the_redacted_question_and_the_found_passages_and_nothing_else() {
    let house = House::open(SURE, &[]).await;
    let asked = serde_json::json!({
        "text": format!("Fødselsnummeret mitt er {FNR}. Hvordan kommer jeg på gjestenettet?"),
        "person": { "name": "Ola Hemmelig", "email": "ola.hemmelig@example.org" }
    });
    let ola = house.bot.asks_with(asked).await;
    assert_eq!(ola.last_kind(), "answer", "{}", ola.transcript());
    let heard = house.model.heard();
    assert_eq!(heard.len(), 2, "it is asked whether the article answers, and for an answer from it");
    for request in &heard {
        let question = request.data()["question"].as_str().unwrap_or_default().to_owned();
        assert!(question.contains("[fødselsnummer]") && question.contains("gjestenettet"), "{question}");
        let whole = request.body.to_string();
        let secrets = [FNR, "Hemmelig", "hemmelig@", &ola.id, &ola.secret];
        assert!(secrets.iter().all(|secret| !whole.contains(secret)), "{whole}");
    }
}

#[tokio::test]
async fn an_offer_begins_with_the_title_that_the_model_prefers() {
    let house = House::open(UNSURE, &[]).await;
    house.model.says_of_articles("0");
    let question = "skriveren på hjemmekontoret virker ikke";
    let before = offered(&house.bot.asks(question).await);
    assert!(before.len() > 1, "{before:?}");
    house.model.prefers(&before[1]);
    let after = offered(&house.bot.asks(question).await);
    assert_eq!((&after[0], &after[1]), (&before[1], &before[0]));
    assert!(house.model.heard().iter().all(firstline::testing::Heard::compares), "an offer is not rewritten");
}

#[tokio::test]
async fn an_answer_that_the_model_doubts_becomes_an_offer_and_an_offer_never_an_answer() {
    let sure = House::open(SURE, &[]).await;
    sure.model.says_of_articles("0");
    let doubted = sure.bot.asks(QUESTION).await;
    assert_eq!((doubted.last_kind(), offered(&doubted)[0].as_str()), ("offer", "Gjestenett"));
    sure.model.says_of_articles("1 – it answers everything!");
    assert_eq!(sure.bot.asks(QUESTION).await.last_kind(), "answer", "babble is no opinion");

    let unsure = House::open(UNSURE, &[]).await;
    unsure.model.prefers("Gjestenett");
    assert_eq!(unsure.bot.asks(QUESTION).await.last_kind(), "offer");
}

#[tokio::test]
async fn the_model_is_not_asked_where_the_bot_does_not_answer_or_where_it_is_off() {
    let house = House::open(SURE, &[]).await;
    let mut ola = house.bot.asks("Kan jeg få snakke med et menneske?").await;
    ola.says("Hvordan kommer jeg på gjestenettet?").await;
    house.bot.asks("hei").await;
    assert!(house.model.heard().is_empty(), "a person, words to the desk, small talk");

    let off = House::open(SURE, &[("FIRSTLINE_MODEL_RERANK", "false"), ("FIRSTLINE_MODEL_REWRITE", "false")]).await;
    assert_eq!(off.bot.asks(QUESTION).await.last_kind(), "answer");
    let without = House::open(SURE, &[("FIRSTLINE_MODEL_URL", "")]).await;
    assert_eq!(without.bot.asks(QUESTION).await.last_kind(), "answer");
    assert!(off.model.heard().is_empty() && without.model.heard().is_empty());
}

#[tokio::test]
async fn what_was_said_with_a_models_help_stays_when_the_model_is_gone() {
    let mut house = House::open(SURE, &[]).await;
    house.model.answers(ANSWER);
    let (id, secret) = {
        let ola = house.bot.asks(QUESTION).await;
        (ola.id.clone(), ola.secret.clone())
    };
    house.model.takes(Manner::NeverAnswers);
    house.bot.restart().await;
    let path = format!("/api/v1/conversations/{id}");
    let (_, now) = house.bot.call(reqwest::Method::GET, &path, Some(&secret), None).await;
    let said = now["messages"].as_array().and_then(|lines| lines.last()).cloned().unwrap_or(Value::Null);
    assert!(said["text"].as_str().is_some_and(|text| text.starts_with(ANSWER)), "{now}");
}
