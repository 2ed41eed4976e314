//! An article's page: read, judged, and asked about.

use axum::http::StatusCode;

use super::house::{FNR, House};

#[tokio::test]
async fn an_article_is_read_whole_and_leads_to_its_form_and_other_languages() {
    let house = House::open().await;
    let page = house.browser().gets("/kb/nb/glemt-passord").await;
    assert_eq!(page.text.matches("<h1").count(), 1);
    assert!(page.text.contains("<h2 id=\"prøv-dette-først\">Prøv dette først</h2>") && !page.text.contains("<script>"));
    assert!(page.text.contains("09.11.2026") && page.text.contains("IT-drift"));
    assert!(page.all("href").contains(&"/kb/en/glemt-passord") && page.all("href").contains(&"https://skjema.example/passord"));
    for (path, lang, words) in [("/kb/nn/glemt-passord", "nn", "Fann ikkje artikkelen"), ("/kb/de/x", "en", "Article not found")]
    {
        let page = house.browser().reads(lang).gets(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        assert!(page.text.contains(words), "{}", page.text);
    }
}

#[tokio::test]
async fn a_reader_says_whether_it_was_useful_and_may_change_their_mind() {
    let house = House::open().await;
    let mut eva = house.browser();
    let page = eva.gets("/kb/nb/glemt-passord").await;
    assert!(page.text.contains("Var dette nyttig?") && !page.text.contains("aria-pressed=\"true\" name=\"useful\""));
    let voted = eva.posts("/kb/nb/glemt-passord/useful", &[("useful", "yes")]).await;
    assert_eq!(voted.leads_to(), "/kb/nb/glemt-passord#useful");
    assert!(eva.gets("/kb/nb/glemt-passord").await.text.contains("Takk! Du svarte ja."));

    let remark = format!("Fant ikke knappen, er {FNR}");
    eva.posts("/kb/nb/glemt-passord/useful", &[("useful", "no"), ("remark", &remark)]).await;
    let page = eva.gets("/kb/en/glemt-passord").await;
    assert!(page.text.contains("Du svarte nei") && page.text.contains("Fant ikke knappen, er [fødselsnummer]"), "{}", page.text);
    assert!(!page.text.contains(FNR), "the words are redacted");
    assert!(page.text.contains("<details class=\"ds-card no-print\" open"), "a person is the next step");

    let others = house.browser().gets("/kb/nb/glemt-passord").await;
    assert!(!others.text.contains("Du svarte"), "a vote is its reader's own");
    for (path, form) in [("/kb/nb/glemt-passord/useful", "perhaps"), ("/kb/nb/finnes-ikke/useful", "yes")] {
        assert!(eva.posts(path, &[("useful", form)]).await.status.is_client_error(), "{path}");
    }
}

#[tokio::test]
async fn a_reader_who_was_not_helped_asks_a_person_who_sees_which_article_it_was() {
    let house = House::open().await;
    let mut eva = house.browser();
    eva.asks("Skjermen er svart").await;
    let question = [("text", "Jeg får ikke valgt nytt"), ("client_id", "a1")];
    let room = eva.posts("/kb/nb/glemt-passord/ask", &question).await.leads_to().to_owned();
    let page = eva.gets(room.split('#').next().unwrap()).await;
    assert!(page.text.contains("Jeg får ikke valgt nytt") && page.text.contains("Sak 1002 hos"), "{}", page.text);
    assert!(!page.text.contains("Skjermen er svart"), "it is a matter of its own");
    let mut kari = house.operator("Kari").await;
    let ticket = kari.gets("/desk/tickets/1002").await;
    assert!(ticket.text.contains("«Glemt passord»"), "{}", ticket.text);
    assert!(ticket.all("href").contains(&"http://hjelp.example/kb/nb/glemt-passord"));
    assert!(eva.gets("/").await.text.contains("Jeg får ikke valgt nytt"), "the front page goes on with it");
}
