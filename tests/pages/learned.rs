//! Operators go through what was learned.

use axum::http::StatusCode;
use firstline::domain::ids::GroupId;
use firstline::domain::permission::Membership;

use super::browser::Browser;
use super::house::House;

const QUESTION: &str = "Huskar ikkje passord til noko";

/// Somebody asks and says that the answer helped.
async fn is_helped(house: &House, words: &str) {
    let mut asker = house.browser();
    let page = asker.asks(words).await;
    let helped = page.all("action").into_iter().find(|action| action.ends_with("/helped")).unwrap().to_owned();
    asker.posts(&helped, &[]).await;
    house.learns().await;
}

/// The address of the only form with this verb on a page.
async fn form(browser: &mut Browser, page: &str, verb: &str) -> String {
    let page = browser.gets(page).await;
    let found: Vec<&str> = page.all("action").into_iter().filter(|action| action.ends_with(&format!("/{verb}"))).collect();
    assert_eq!(found.len(), 1, "{}", page.text);
    found[0].to_owned()
}

#[tokio::test]
async fn a_proposal_is_approved_taken_back_and_approved_after_all_without_script() {
    let house = House::open().await;
    is_helped(&house, QUESTION).await;
    is_helped(&house, QUESTION).await;
    let mut kari = house.operator("Kari").await;
    let queue = kari.gets("/desk").await;
    assert!(queue.text.contains("<a href=\"/desk/learned\">Lærte spørsmål (1)</a>"), "{}", queue.text);

    let page = kari.gets("/desk/learned").await;
    assert!(page.text.contains("<a class=\"ds-link\" href=\"/kb/nb/glemt-passord\">Glemt passord</a>"), "{}", page.text);
    assert!(page.text.contains(QUESTION) && page.text.contains("Hjalp 2 personer"));
    assert!(page.text.contains("når 3 ulike personer"));
    let steps =
        [("proposed", "approve", "Godkjent: «"), ("approved", "decline", "Tatt bort: «"), ("declined", "approve", "Godkjent: «")];
    for (state, verb, told) in steps {
        let list = format!("/desk/learned?state={state}");
        let action = form(&mut kari, &list, verb).await;
        let next = kari.posts(&action, &[("state", state)]).await.leads_to().to_owned();
        assert!(next.starts_with(&list) && next.ends_with("#said-back"), "{next}");
        let page = kari.gets(next.trim_end_matches("#said-back")).await;
        assert!(page.text.contains(told), "{}", page.text);
        assert!(page.all("action").iter().all(|action| !action.starts_with("/desk/learned/")), "it stands in another list now");
    }
    assert!(kari.gets("/desk").await.text.contains("<a href=\"/desk/learned\">Lærte spørsmål</a>"), "nothing waits");
    let again = form(&mut kari, "/desk/learned?state=approved", "decline").await.replace("decline", "approve");
    let next = kari.posts(&again, &[("state", "approved")]).await.leads_to().to_owned();
    assert!(kari.gets(next.trim_end_matches("#said-back")).await.text.contains("Det er allerede gjort."));
}

#[tokio::test]
async fn only_those_who_answer_for_an_article_see_and_settle_its_questions() {
    let house = House::open().await;
    is_helped(&house, QUESTION).await;
    let mut kari = house.operator("Kari").await;
    let approve = form(&mut kari, "/desk/learned", "approve").await;

    let mut per = house.operator_of("Per", Membership::Some(vec![GroupId::new("clinical")])).await;
    let page = per.gets("/desk/learned").await;
    assert!(!page.text.contains(QUESTION) && page.text.contains("Ingen forslag venter"), "{}", page.text);
    assert!(page.text.contains(">Lærte spørsmål</a>"), "nothing waits for him");
    assert_eq!(per.posts(&approve, &[]).await.status, StatusCode::FORBIDDEN);
    let id = approve.split('/').nth(3).unwrap();
    assert!(!per.gets(&format!("/desk/learned?said=approve&about={id}")).await.text.contains(QUESTION));

    let mut liv = house.operator_of("Liv", Membership::Some(vec![GroupId::new("general")])).await;
    assert!(liv.gets("/desk/learned").await.text.contains(QUESTION), "articles of no group are the first group's");
    let mut nobody = house.browser();
    assert_eq!(nobody.gets("/desk/learned").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(nobody.posts(&approve, &[]).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(kari.posts(&approve.replace("approve", "frame"), &[]).await.status, StatusCode::NOT_FOUND);
    assert!(kari.gets("/desk/learned").await.text.contains(QUESTION), "nothing is settled yet");
}

#[tokio::test]
async fn the_page_speaks_the_operators_language_and_every_button_says_what_it_is_for() {
    let house = House::open().await;
    is_helped(&house, QUESTION).await;
    let cases = [
        ("nb", "Godkjenn", "Lærte spørsmål (1)"),
        ("nn", "Godkjenn", "Lærte spørsmål (1)"),
        ("en", "Approve", "Learned questions (1)"),
    ];
    for (lang, button, link) in cases {
        let mut kari = house.operator("Kari").await.reads(lang);
        let page = kari.gets("/desk/learned").await;
        assert!(page.text.contains(link), "{lang}: {}", page.text);
        assert!(page.text.contains(&format!("{button}<span class=\"unseen\"")), "{lang}: {}", page.text);
        assert!(page.text.contains(&format!(">: {QUESTION}</span></button>")), "{lang}: {}", page.text);
    }
}
