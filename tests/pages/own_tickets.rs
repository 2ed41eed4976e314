//! An employee's own cases, each on a page of its own.

use axum::http::StatusCode;

use super::house::House;

#[tokio::test]
async fn a_case_tells_where_it_stands_and_what_has_happened() {
    let house = House::open().await;
    let mut asker = house.browser();
    asker.asks("Skjermen er svart").await;
    assert!(asker.gets("/chat/tickets").await.all("href").contains(&"/chat/tickets/1001"));
    let page = asker.gets("/chat/tickets/1001").await;
    assert!(page.text.contains("Ingen har tatt saken ennå. Den har ventet siden") && page.text.contains("Saken kom inn"));
    assert!(page.text.contains(" kl. "), "times are written as in Norway: {}", page.text);

    let mut kari = house.operator("Kari").await;
    kari.posts("/desk/tickets/1001/take", &[]).await;
    kari.posts("/desk/tickets/1001/note", &[("text", "Sur kunde")]).await;
    kari.posts("/desk/tickets/1001/reply", &[("text", "Er kabelen i?")]).await;
    let page = asker.gets("/chat/tickets/1001").await;
    for told in ["Kari har hatt saken siden", "Kari tok saken", "Kari svarte deg", "brukerstøtten venter på deg", "Er kabelen i?"]
    {
        assert!(page.text.contains(told), "{told}: {}", page.text);
    }
    assert!(!page.text.contains("Sur kunde"));
}

#[tokio::test]
async fn something_is_added_once_and_reaches_the_operator() {
    let house = House::open().await;
    let mut asker = house.browser();
    asker.asks("Skjermen er svart").await;
    let added = [("text", "Den på rom 4"), ("client_id", "k1")];
    for _ in 0..2 {
        let said = asker.posts("/chat/tickets/1001/add", &added).await;
        assert_eq!(said.leads_to(), "/chat/tickets/1001?said=added");
    }
    let page = asker.gets("/chat/tickets/1001?said=added").await;
    assert!(page.text.contains("Det er lagt til i saken.") && page.text.contains("Du skrev mer"));
    assert_eq!(page.text.matches("Den på rom 4").count(), 1);
    assert!(house.operator("Kari").await.gets("/desk/tickets/1001").await.text.contains("Den på rom 4"));
    assert_eq!(asker.posts("/chat/tickets/1001/add", &[("text", " ")]).await.leads_to(), "/chat/tickets/1001?said=empty");
}

#[tokio::test]
async fn a_resolved_case_is_confirmed_or_opened_again() {
    let house = House::open().await;
    let mut asker = house.browser();
    asker.asks("Skjermen er svart").await;
    let mut kari = house.operator("Kari").await;
    assert_eq!(asker.posts("/chat/tickets/1001/solved", &[]).await.leads_to(), "/chat/tickets/1001?said=late");
    kari.posts("/desk/tickets/1001/take", &[]).await;
    kari.posts("/desk/tickets/1001/resolve", &[("text", "Ny kabel")]).await;
    let page = asker.gets("/chat/tickets/1001").await;
    assert!(page.text.contains("Kari løste saken") && page.text.contains("Er det løst?") && !page.text.contains("/add\""));

    assert_eq!(asker.posts("/chat/tickets/1001/reopen", &[]).await.leads_to(), "/chat/tickets/1001?said=reopened");
    assert!(asker.gets("/chat/tickets/1001").await.text.contains("Ingen har tatt saken ennå."));
    kari.posts("/desk/tickets/1001/take", &[]).await;
    kari.posts("/desk/tickets/1001/resolve", &[("text", "Nå da?")]).await;
    assert_eq!(asker.posts("/chat/tickets/1001/solved", &[]).await.leads_to(), "/chat/tickets/1001?said=solved");
    let page = asker.gets("/chat/tickets/1001").await;
    assert!(page.text.contains("Du sa at det er løst") && !page.text.contains("/solved\""), "{}", page.text);
    assert!(page.text.contains("/reopen\""), "it can still be opened again");
}

#[tokio::test]
async fn a_case_is_nobody_elses_to_see_or_touch() {
    let house = House::open().await;
    house.browser().asks("Skjermen er svart").await;
    let mut other = house.browser();
    other.gets("/").await;
    assert_eq!(other.gets("/chat/tickets/1001").await.status, StatusCode::NOT_FOUND);
    for verb in ["add", "reopen", "solved", "delete"] {
        let answer = other.posts(&format!("/chat/tickets/1001/{verb}"), &[("text", "Hei")]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{verb}");
    }
}
