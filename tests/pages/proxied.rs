//! A proxy in front signs people in and says who they are with every request.

use axum::http::StatusCode;
use firstline::config::{Employees, Network, ProxyConfig, SignInConfig, VouchedBy};
use firstline::domain::ids::GroupId;
use firstline::domain::permission::Role;
use firstline::domain::vouched::Entitlements;

use super::browser::Browser;
use super::house::House;

async fn house(employees: Employees) -> House {
    let proxy = ProxyConfig {
        user: "x-remote-user".to_owned(),
        name: Some("x-remote-name".to_owned()),
        email: None,
        titles: vec!["x-remote-groups".to_owned()],
    };
    let roles = [(Role::Operator, ["desk".to_owned()].into()), (Role::Auditor, ["revisjon".to_owned()].into())];
    let rights = Entitlements {
        roles: roles.into(),
        groups: [(GroupId::new("general"), ["it".to_owned()].into())].into(),
        ..Entitlements::default()
    };
    let sign_in = SignInConfig {
        by: Some(VouchedBy::Proxy(proxy)),
        rights,
        employees,
        trusted_proxies: vec![Network::parse("10.0.0.0/8").unwrap()],
        ..SignInConfig::default()
    };
    House::with("http://hjelp.example", &sign_in).await
}

fn behind(house: &House, user: &str, groups: &str) -> Browser {
    let mut browser = house.browser();
    browser.at = "10.1.2.3".parse().unwrap();
    let says = [("x-remote-user", user), ("x-remote-name", "Kari Nordmann"), ("x-remote-groups", groups)];
    browser.says = says.map(|(name, value)| (name, value.to_owned())).to_vec();
    browser
}

#[tokio::test]
async fn the_proxy_vouches_for_an_operator_with_every_request() {
    let house = house(Employees::Open).await;
    house.browser().asks("Skjermen er svart").await;
    let mut kari = behind(&house, "kari", "desk, it");
    let page = kari.gets("/desk").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("Innlogget som Kari Nordmann") && page.text.contains("Skjermen er svart"));
    assert!(!page.text.contains("sign-out"), "signing out is the proxy's matter");
    assert_eq!(kari.posts("/desk/tickets/1001/take", &[]).await.leads_to(), "/desk/tickets/1001?said=take");

    kari.says[2].1 = "revisjon".to_owned();
    assert_eq!(kari.posts("/desk/tickets/1001/note", &[("text", "Hei")]).await.status, StatusCode::FORBIDDEN, "at once");
    kari.says.clear();
    assert_eq!(kari.gets("/desk").await.status, StatusCode::UNAUTHORIZED, "no cookie stays behind");
}

#[tokio::test]
async fn nobody_but_a_trusted_proxy_is_believed() {
    let house = house(Employees::Open).await;
    let mut intruder = behind(&house, "kari", "desk, it");
    intruder.at = "192.0.2.66".parse().unwrap();
    for page in ["/desk", "/"] {
        let answer = intruder.gets(page).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{page}");
        assert!(answer.text.contains("kom ikke gjennom virksomhetens innlogging"), "{}", answer.text);
    }
    intruder.says.push(("x-forwarded-for", "10.1.2.3".to_owned()));
    assert_eq!(intruder.gets("/desk").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_employee_finds_their_conversation_again_in_another_browser() {
    let house = house(Employees::Required).await;
    let page = behind(&house, "ola", "").asks("Skjermen er svart").await;
    assert!(page.text.contains("Skjermen er svart"));
    assert!(behind(&house, "ola", "").gets("/").await.text.contains("Skjermen er svart"));
    assert!(!behind(&house, "kari", "desk, it").gets("/").await.text.contains("Skjermen er svart"));
    let mut kari = behind(&house, "kari", "desk, it");
    assert!(kari.gets("/desk").await.text.contains("Kari Nordmann"), "the asker's name is the proxy's");
}

#[tokio::test]
async fn where_employees_must_sign_in_nobody_asks_without() {
    let house = house(Employees::Required).await;
    let mut stranger = house.browser();
    for page in ["/", "/chat/tickets", "/kb/nb/glemt-passord", "/chat/1", "/chat/1/events"] {
        let answer = stranger.gets(page).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{page}");
    }
    assert!(stranger.gets("/").await.text.contains("Du må logge inn før du kan spørre."));
    assert_eq!(stranger.posts("/chat", &[("text", "Hei")]).await.status, StatusCode::UNAUTHORIZED);
    let (status, _) = house.calls("POST", "/api/v1/conversations", None, "{\"text\":\"Hei\"}").await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    let (status, _) = house.calls("GET", "/api/v1/incidents", None, "").await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}
