//! How long a sign-in lasts, how it ends, and what its cookie is like.

use std::time::Duration;

use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use firstline::config::SignInConfig;
use firstline::domain::permission::{Membership, Roles};

use super::house::House;

const MINUTE: Duration = Duration::from_mins(1);

#[tokio::test]
async fn a_session_that_is_not_used_ends_and_one_that_is_used_goes_on() {
    let house = House::open().await;
    let (mut idle, mut busy) = (house.operator("Kari").await, house.operator("Ola").await);
    for _ in 0..3 {
        house.clock.advance(50 * MINUTE);
        assert_eq!(busy.gets("/desk").await.status, StatusCode::OK);
    }
    assert_eq!(idle.gets("/desk").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_session_ends_after_a_shift_however_much_it_is_used() {
    let house = House::open().await;
    let mut kari = house.operator("Kari").await;
    for _ in 0..11 {
        house.clock.advance(60 * MINUTE);
        assert_eq!(kari.gets("/desk").await.status, StatusCode::OK);
    }
    house.clock.advance(60 * MINUTE);
    assert_eq!(kari.gets("/desk").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_page_that_only_listens_keeps_nobody_signed_in() {
    let house = House::open().await;
    let mut kari = house.operator("Kari").await;
    kari.says = vec![("accept", "text/event-stream".to_owned())];
    for _ in 0..2 {
        house.clock.advance(50 * MINUTE);
        drop(kari.listens("/desk/events", None).await);
    }
    kari.says = vec![];
    house.clock.advance(21 * MINUTE);
    assert_eq!(kari.gets("/desk").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn signing_out_everywhere_ends_ones_own_sessions_and_nobody_elses() {
    let house = House::open().await;
    let (mut at_work, mut on_phone, mut ola) =
        (house.operator("Kari").await, house.operator("Kari").await, house.operator("Ola").await);
    assert!(at_work.gets("/desk").await.all("action").contains(&"/desk/sign-out-everywhere"));
    assert_eq!(at_work.posts("/desk/sign-out-everywhere", &[]).await.leads_to(), "/");
    assert_eq!(at_work.gets("/desk").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(on_phone.gets("/desk").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(ola.gets("/desk").await.status, StatusCode::OK);
}

#[tokio::test]
async fn signing_in_again_gives_a_new_secret_and_ends_the_old_one() {
    let house = House::open().await;
    let mut kari = house.operator("Kari").await;
    let before = kari.cookie("firstline_desk").unwrap().to_owned();
    let link = house.sign_in_link(Membership::Every, Roles::all()).await;
    let token = link.split_once("token=").unwrap().1;
    kari.posts("/desk/sign-in", &[("token", token), ("name", "Kari")]).await;
    assert_ne!(kari.cookie("firstline_desk").unwrap(), before);
    let mut thief = house.browser();
    thief.keep_cookie("firstline_desk", &before);
    assert_eq!(thief.gets("/desk").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn over_https_cookies_belong_to_the_host_alone() {
    let house = House::at("https://hjelp.example").await;
    let mut kari = house.browser();
    kari.on = "https://hjelp.example";
    let link = house.sign_in_link(Membership::Every, Roles::all()).await;
    let token = link.split_once("token=").unwrap().1;
    let answer = kari.posts("/desk/sign-in", &[("token", token), ("name", "Kari")]).await;
    let cookie = answer.headers[SET_COOKIE].to_str().unwrap();
    assert!(cookie.starts_with("__Host-firstline_desk="), "{cookie}");
    for part in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Domain"));
    assert_eq!(kari.gets("/desk").await.status, StatusCode::OK);
    kari.posts("/language", &[("lang", "nn"), ("back", "/")]).await;
    kari.asks("Skjermen er svart").await;
    assert!(kari.cookies().all(|name| name.starts_with("__Host-")), "{:?}", kari.cookies().collect::<Vec<_>>());

    let secret = kari.cookie("__Host-firstline_desk").unwrap().to_owned();
    let mut tossed = house.browser();
    tossed.keep_cookie("firstline_desk", &secret);
    assert_eq!(tossed.gets("/desk").await.status, StatusCode::UNAUTHORIZED, "a neighbour could have set a cookie of that name");
}

#[tokio::test]
async fn who_tries_links_too_often_has_to_wait_and_others_do_not() {
    let house = House::open().await;
    let mut guesser = house.browser();
    guesser.at = "192.0.2.7".parse().unwrap();
    for number in 0..50 {
        assert_eq!(guesser.gets(&format!("/desk/sign-in?token=gjett-{number}")).await.status, StatusCode::GONE);
    }
    let link = house.sign_in_link(Membership::Every, Roles::all()).await;
    assert_eq!(guesser.gets(&link).await.status, StatusCode::TOO_MANY_REQUESTS, "even the right one");
    assert_eq!(house.browser().gets(&link).await.status, StatusCode::OK);
    house.clock.advance(10 * MINUTE);
    assert_eq!(guesser.gets("/desk/sign-in?token=gjett").await.status, StatusCode::GONE);
}

#[tokio::test]
async fn the_limits_can_be_configured() {
    let short = SignInConfig { idle: 5 * MINUTE, lasts: 8 * MINUTE, ..SignInConfig::default() };
    let house = House::with("http://hjelp.example", &short).await;
    let mut kari = house.operator("Kari").await;
    for (waits, status) in [(4, StatusCode::OK), (3, StatusCode::OK), (1, StatusCode::UNAUTHORIZED)] {
        house.clock.advance(waits * MINUTE);
        assert_eq!(kari.gets("/desk").await.status, status);
    }
}
