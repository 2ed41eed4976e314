//! What could not be delivered, as operators see it and try it again.

use axum::http::StatusCode;
use firstline::domain::ids::GroupId;
use firstline::domain::obstacle::Obstacle;
use firstline::domain::permission::{Membership, Role, Roles};

use super::house::House;

#[tokio::test]
async fn what_is_stuck_is_listed_with_why_and_tried_again_without_script() {
    let house = House::open().await;
    let id = house.has_stuck("Ola", Obstacle::PersonClosed).await;
    let mut kari = house.operator("Kari").await;
    let queue = kari.gets("/desk").await;
    assert!(queue.text.contains("href=\"/desk/stuck\">Står fast (1)</a>"), "{}", queue.text);

    let page = kari.gets("/desk/stuck").await;
    for words in
        ["Ola: en beskjed til den ansatte", "Den ansatte tar ikke imot direktemeldinger.", "the platform said no", "Sak 1001"]
    {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    let ticket = kari.gets("/desk/tickets/1001").await;
    assert!(ticket.text.contains("Noe i denne saken står fast:"), "{}", ticket.text);

    let done = kari.posts(&format!("/desk/stuck/{id}/retry"), &[]).await;
    let after = kari.gets(done.leads_to()).await;
    assert!(after.text.contains("Det blir prøvd igjen nå.") && after.text.contains("Ingenting står fast."), "{}", after.text);
    assert!(!kari.gets("/desk").await.text.contains("/desk/stuck"), "nothing is stuck any more");
    let again = kari.posts(&format!("/desk/stuck/{id}/retry"), &[]).await;
    assert!(kari.gets(again.leads_to()).await.text.contains("Det står ikke fast lenger."));
}

#[tokio::test]
async fn what_nobody_needs_any_more_is_put_away_from_the_tickets_page() {
    let house = House::open().await;
    let id = house.has_stuck("Ola", Obstacle::PersonLeft).await;
    let mut kari = house.operator("Kari").await;
    let done = kari.posts(&format!("/desk/stuck/{id}/dismiss"), &[("ticket", "1001")]).await;
    assert_eq!(done.leads_to(), "/desk/tickets/1001");
    assert!(!kari.gets("/desk/tickets/1001").await.text.contains("Noe i denne saken står fast"));
}

#[tokio::test]
async fn only_who_works_for_the_group_tries_again_and_only_administrators_read_the_technical_reason() {
    let house = House::open().await;
    let id = house.has_stuck("Ola", Obstacle::Forbidden).await;
    let clinical = Membership::Some(vec![GroupId::new("clinical")]);
    let mut per = house.signed_in("Per", clinical, Roles::operator()).await;
    assert!(!per.gets("/desk/stuck").await.text.contains("Ola:"));
    assert_eq!(per.posts(&format!("/desk/stuck/{id}/retry"), &[]).await.status, StatusCode::FORBIDDEN);
    let mut auditor = house.signed_in("Revisor", Membership::Every, Roles::from([Role::Auditor])).await;
    let page = auditor.gets("/desk/stuck").await;
    assert!(page.text.contains("Firstline mangler tillatelse") && !page.text.contains("/retry"), "{}", page.text);
    let mut liv = house.signed_in("Liv", Membership::Every, Roles::operator()).await;
    let page = liv.gets("/desk/stuck").await;
    assert!(page.text.contains("/retry") && !page.text.contains("the platform said no"), "{}", page.text);
}

#[tokio::test]
async fn the_api_lists_what_is_stuck_and_tries_it_again() {
    let house = House::open().await;
    let id = house.has_stuck("Ola", Obstacle::Full).await.to_string();
    let (status, list) = house.calls("GET", "/api/v1/outbox/stuck", Some(super::house::OPERATOR), "").await;
    assert_eq!(status, StatusCode::OK);
    let errand = &list["errands"][0];
    let told = ["id", "what", "why", "reason", "channel", "ticket", "group"].map(|name| errand[name].clone());
    let expected = serde_json::json!([id, "say", "full", "the platform said no", "chat", 1001, "general"]);
    assert_eq!(serde_json::json!(told), expected);
    for done in [true, false] {
        let (_, answer) =
            house.calls("POST", &format!("/api/v1/outbox/stuck/{id}/retry"), Some(super::house::OPERATOR), "").await;
        assert_eq!(answer, serde_json::json!({ "done": done }));
    }
}
