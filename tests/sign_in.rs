//! Signing in with a real provider, through the whole program.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use firstline::app::{self, Outer, Running};
use firstline::config::Config;
use firstline::domain::time::Timestamp;
use firstline::ports::Clock;
use firstline::search::shipped_thresholds;
use firstline::system::{ProcessIds, SystemClock};
use firstline::testing::checkout;
use reqwest::StatusCode;
use serde_json::json;
use tempfile::TempDir;

use crate::provider::{Browser, Page, Provider};

const TENANT: &str = "8a5c2f0e-0000-4000-8000-00000000abcd";

/// The machine's clock, and what a test has moved it on by.
#[derive(Default)]
struct Moved(AtomicI64);

impl Clock for Moved {
    fn now(&self) -> Timestamp {
        SystemClock.now().after(Duration::from_micros(u64::try_from(self.0.load(Ordering::SeqCst)).unwrap()))
    }
}

/// The program, with a provider to sign in with.
struct House {
    running: Running,
    clock: Arc<Moved>,
    home: String,
    _folder: TempDir,
}

impl House {
    async fn open(issuer: &str, more: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        let (data, kb) = (folder.path().join("data"), checkout().join("kb"));
        let roles = r#"{ operator = ["desk"], administrator = ["boss"], auditor = ["revisor"] }"#;
        let mut settings = vec![
            ("FIRSTLINE_LISTEN", "127.0.0.1:0"),
            ("FIRSTLINE_DATA", data.to_str().unwrap()),
            ("FIRSTLINE_KB", kb.to_str().unwrap()),
            ("FIRSTLINE_SIGN_IN_NAME", "Prøven"),
            ("FIRSTLINE_SIGN_IN_ISSUER", issuer),
            ("FIRSTLINE_SIGN_IN_CLIENT_ID", "firstline"),
            ("FIRSTLINE_SIGN_IN_CLIENT_SECRET", "hemmelig"),
            ("FIRSTLINE_SIGN_IN_ROLES", roles),
            ("FIRSTLINE_SIGN_IN_GROUP_PATTERN", "fl-{group}"),
        ];
        settings.extend(more);
        let settings = settings.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
        let config = Config::load(None, settings, shipped_thresholds()).unwrap();
        let clock = Arc::new(Moved::default());
        let outer = Outer { clock: clock.clone(), ids: Arc::new(ProcessIds::draw().unwrap()) };
        let running = app::start(config, outer).await.unwrap();
        let home = format!("http://{}", running.address());
        Self { running, clock, home, _folder: folder }
    }

    fn browser(&self) -> Browser {
        Browser::at(&self.home)
    }

    fn pass(&self, span: Duration) {
        self.clock.0.fetch_add(i64::try_from(span.as_micros()).unwrap(), Ordering::SeqCst);
    }

    async fn close(self) {
        self.running.stop().await;
    }
}

fn lands_on(page: &Page, path: &str) {
    let to = page.leads_to.as_deref().unwrap_or_else(|| panic!("{}: {}", page.status, page.text));
    assert!(to.ends_with(path), "{to}");
}

fn failed(page: &Page, status: StatusCode, words: &str) {
    assert_eq!(page.status, status, "{}", page.text);
    assert!(page.text.contains("Innloggingen gikk ikke") && page.text.contains(words), "{}", page.text);
}

#[tokio::test]
async fn an_operator_signs_in_with_the_service_and_lands_where_they_wanted_to() {
    let Some(provider) = Provider::start() else { return };
    let house = House::open(&provider.issuer, &[]).await;
    provider.next("kari", json!({ "name": "Kari Nordmann", "roles": ["desk"], "groups": ["fl-clinical"] })).await;
    let mut kari = house.browser();
    let page = kari.gets("/desk?whose=mine").await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    assert!(page.text.contains("/sign-in/begin?back=/desk%3Fwhose%3Dmine") && page.text.contains("Logg inn med Prøven"));
    lands_on(&kari.signs_in("/desk%3Fwhose%3Dmine").await, "/desk?whose=mine");
    let desk = kari.gets("/desk").await;
    assert_eq!(desk.status, StatusCode::OK);
    assert!(desk.text.contains("Innlogget som Kari Nordmann"), "{}", desk.text);
    assert!(!house.running.screen().to_string().contains("sign in (once)"), "no link is printed where a service vouches");
    house.close().await;
}

#[tokio::test]
async fn roles_and_groups_there_give_rights_here_and_are_read_anew_at_each_sign_in() {
    let Some(provider) = Provider::start() else { return };
    let claims = [("FIRSTLINE_SIGN_IN_ROLES_CLAIM", "realm_access.roles")];
    let house = House::open(&provider.issuer, &claims).await;
    house.browser().posts("/chat", &[("text", "Kan jeg få snakke med et menneske?")]).await;
    let with = |roles: &[&str], groups: &[&str]| json!({ "name": "Kari", "realm_access": { "roles": roles }, "groups": groups });
    let cases = [
        (with(&["desk"], &["fl-general"]), StatusCode::OK, StatusCode::SEE_OTHER),
        (with(&["desk"], &["fl-clinical"]), StatusCode::FORBIDDEN, StatusCode::FORBIDDEN),
        (with(&["revisor"], &[]), StatusCode::OK, StatusCode::FORBIDDEN),
        (with(&["boss"], &[]), StatusCode::OK, StatusCode::SEE_OTHER),
        (with(&["noe annet"], &["fl-general"]), StatusCode::FORBIDDEN, StatusCode::FORBIDDEN),
    ];
    for (claims, reads, works) in cases {
        let mut kari = house.browser();
        provider.next("kari", claims.clone()).await;
        kari.signs_in("/desk").await;
        assert_eq!(kari.gets("/desk/tickets/1001").await.status, reads, "{claims}");
        assert_eq!(kari.posts("/desk/tickets/1001/note", &[("text", "Hei")]).await.status, works, "{claims}");
    }
    house.close().await;
}

#[tokio::test]
async fn an_answer_to_another_browser_or_to_nothing_signs_nobody_in() {
    let Some(provider) = Provider::start() else { return };
    let house = House::open(&provider.issuer, &[]).await;
    provider.next("kari", json!({ "name": "Kari", "roles": ["desk"] })).await;
    let (mut attacker, mut victim, mut nobody) = (house.browser(), house.browser(), house.browser());
    let address = attacker.begins("/desk").await;
    let callback = attacker.until_sent_back(address).await;
    victim.begins("/desk").await;
    for browser in [&mut victim, &mut nobody] {
        failed(&browser.gets(&callback).await, StatusCode::BAD_REQUEST, "ble startet i en annen fane");
        assert_eq!(browser.cookie("firstline_desk"), None);
    }
    house.close().await;
}

#[tokio::test]
async fn an_answer_after_too_long_a_time_signs_nobody_in() {
    let Some(provider) = Provider::start() else { return };
    let house = House::open(&provider.issuer, &[]).await;
    provider.next("kari", json!({ "name": "Kari" })).await;
    let mut kari = house.browser();
    let address = kari.begins("/").await;
    let callback = kari.until_sent_back(address).await;
    house.pass(Duration::from_mins(15));
    failed(&kari.gets(&callback).await, StatusCode::BAD_REQUEST, "tok for lang tid");
    house.close().await;
}

#[tokio::test]
async fn a_token_for_another_attempt_is_not_believed() {
    let Some(provider) = Provider::start() else { return };
    let house = House::open(&provider.issuer, &[]).await;
    provider.next("kari", json!({ "name": "Kari", "roles": ["desk"] })).await;
    let mut kari = house.browser();
    let address = kari.begins("/desk").await;
    let (before, nonce) = address.split_once("nonce=").unwrap();
    let other = if nonce.starts_with('0') { '1' } else { '0' };
    let tampered = format!("{before}nonce={other}{}", &nonce[1..]);
    let callback = kari.until_sent_back(tampered).await;
    failed(&kari.gets(&callback).await, StatusCode::FORBIDDEN, "kunne ikke bekreftes");
    assert_eq!(kari.cookie("firstline_desk"), None);
    house.close().await;
}

#[tokio::test]
async fn a_code_that_was_used_or_made_up_or_taken_elsewhere_is_refused() {
    let Some(provider) = Provider::start() else { return };
    let house = House::open(&provider.issuer, &[]).await;
    provider.next("kari", json!({ "name": "Kari" })).await;
    let mut kari = house.browser();
    let address = kari.begins("/").await;
    let callback = kari.until_sent_back(address).await;
    let mut again = kari.clone();
    lands_on(&kari.gets(&callback).await, "/");
    failed(&again.gets(&callback).await, StatusCode::FORBIDDEN, "kunne ikke bekreftes");

    let mut thief = house.browser();
    let address = thief.begins("/").await;
    let own = thief.until_sent_back(address).await;
    let mut kari = house.browser();
    let address = kari.begins("/").await;
    let stolen = kari.until_sent_back(address).await;
    let value = |address: &str, name: &str| {
        reqwest::Url::parse(address).unwrap().query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned()
    };
    let mixed = own.replace(&value(&own, "code"), &value(&stolen, "code"));
    assert_ne!(mixed, own);
    failed(&thief.gets(&mixed).await, StatusCode::FORBIDDEN, "kunne ikke bekreftes");
    house.close().await;
}

#[tokio::test]
async fn who_gives_up_is_told_what_to_do() {
    let Some(provider) = Provider::start() else { return };
    let house = House::open(&provider.issuer, &[]).await;
    provider.nobody().await;
    failed(&house.browser().signs_in("/desk").await, StatusCode::FORBIDDEN, "ble avbrutt");
    house.close().await;
}

#[tokio::test]
async fn the_program_starts_and_runs_while_the_provider_is_down_and_signing_in_waits_for_it() {
    let house = House::open("http://127.0.0.1:1", &[]).await;
    let mut kari = house.browser();
    assert_eq!(kari.gets("/").await.status, StatusCode::OK);
    failed(&kari.gets("/sign-in/begin").await, StatusCode::SERVICE_UNAVAILABLE, "svarer ikke nå");
    let ready = kari.gets("/readyz").await;
    assert_eq!(ready.status, StatusCode::OK, "people who are signed in go on");
    assert!(
        ready.text.contains(r#""channel":"sign-in","state":"down""#) && ready.text.contains("no connection"),
        "{}",
        ready.text
    );
    house.close().await;
}

#[tokio::test]
async fn a_provider_that_was_away_and_has_other_keys_now_is_believed_again() {
    let Some(provider) = Provider::start() else { return };
    let house = House::open(&provider.issuer, &[]).await;
    let kari = json!({ "name": "Kari", "roles": ["boss"] });
    provider.next("kari", kari.clone()).await;
    lands_on(&house.browser().signs_in("/desk").await, "/desk");

    let provider = provider.restart();
    provider.next("kari", kari).await;
    house.pass(Duration::from_mins(1));
    lands_on(&house.browser().signs_in("/desk").await, "/desk");
    house.close().await;
}

#[tokio::test]
async fn only_people_of_the_own_tenant_get_in_and_their_subject_does_not_matter() {
    let Some(provider) = Provider::start() else { return };
    let entra = [("FIRSTLINE_SIGN_IN_KIND", "entra"), ("FIRSTLINE_SIGN_IN_TENANT", TENANT)];
    let house = House::open(&provider.issuer, &entra).await;
    let of = |tenant: &str| json!({ "tid": tenant, "oid": "o-1", "name": "Kari", "roles": ["desk", "fl-general"] });
    provider.next("subject-1", of("9a5c2f0e-0000-4000-8000-00000000abcd")).await;
    failed(&house.browser().signs_in("/desk").await, StatusCode::FORBIDDEN, "hører til en annen virksomhet");

    let mut browsers = [house.browser(), house.browser()];
    for (browser, subject) in browsers.iter_mut().zip(["subject-1", "subject-2"]) {
        provider.next(subject, of(TENANT)).await;
        lands_on(&browser.signs_in("/desk").await, "/desk");
    }
    let [mut first, mut second] = browsers;
    first.posts("/chat", &[("text", "Skjermen er svart")]).await;
    assert!(second.gets("/").await.text.contains("Skjermen er svart"), "the same tenant and object are the same person");
    house.close().await;
}

#[tokio::test]
async fn a_provider_that_says_little_in_the_token_is_asked_for_the_rest() {
    let Some(provider) = Provider::start() else { return };
    let groups_url = format!("{}/groups/me/groups", provider.issuer);
    let feide = [
        ("FIRSTLINE_SIGN_IN_KIND", "feide"),
        ("FIRSTLINE_SIGN_IN_GROUPS_URL", groups_url.as_str()),
        ("FIRSTLINE_SIGN_IN_ROLES", r#"{ operator = ["fc:org:uni.example:unit:it"] }"#),
        ("FIRSTLINE_SIGN_IN_EVERY_GROUP", "fc:org:uni.example:unit:it"),
    ];
    let house = House::open(&provider.issuer, &feide).await;
    let groups = json!([
        { "id": "fc:org:uni.example", "displayName": "Universitetet", "type": "fc:org" },
        { "id": "fc:org:uni.example:unit:it", "displayName": "IT", "type": "fc:orgunit", "membership": { "basic": "member" } },
    ]);
    provider.next_sparing("ola", json!({ "name": "Ola Nordmann", "email": "ola@uni.example" }), groups).await;
    let mut ola = house.browser();
    lands_on(&ola.signs_in("/desk").await, "/desk");
    let desk = ola.gets("/desk").await;
    assert_eq!(desk.status, StatusCode::OK);
    assert!(desk.text.contains("Innlogget som Ola Nordmann"));
    house.close().await;
}

#[tokio::test]
async fn an_employee_who_signs_in_finds_their_conversation_in_another_browser_and_leaves_the_anonymous_one_behind() {
    let Some(provider) = Provider::start() else { return };
    let house = House::open(&provider.issuer, &[]).await;
    let mut at_work = house.browser();
    at_work.posts("/chat", &[("text", "Skriveren er tom")]).await;
    provider.next("ola", json!({ "name": "Ola Nordmann", "email": "ola@helse.example" })).await;
    assert!(at_work.gets("/sign-in").await.text.contains("blir ikke knyttet til navnet ditt"));
    lands_on(&at_work.signs_in("/").await, "/");
    assert!(!at_work.gets("/").await.text.contains("Skriveren er tom"), "a shared machine tells nothing to whoever signs in");
    at_work.posts("/chat", &[("text", "Kan jeg få snakke med et menneske?"), ("name", "Direktøren")]).await;

    let mut at_home = house.browser();
    at_home.signs_in("/").await;
    assert!(at_home.gets("/").await.text.contains("snakke med et menneske"));
    provider.next("kari", json!({ "name": "Kari", "roles": ["boss"] })).await;
    let mut kari = house.browser();
    kari.signs_in("/desk").await;
    let ticket = kari.gets("/desk/tickets/1001").await.text;
    assert!(ticket.contains("Ola Nordmann") && !ticket.contains("Direktøren"), "the name is the provider's: {ticket}");

    at_work.posts("/desk/sign-out", &[]).await;
    assert!(at_work.gets("/").await.text.contains("Skriveren er tom"));
    house.close().await;
}

#[tokio::test]
async fn sessions_end_when_idle_and_everywhere_at_once() {
    let Some(provider) = Provider::start() else { return };
    let house = House::open(&provider.issuer, &[("FIRSTLINE_SIGN_IN_IDLE_MINUTES", "30")]).await;
    provider.next("kari", json!({ "name": "Kari", "roles": ["desk"] })).await;
    let (mut one, mut two) = (house.browser(), house.browser());
    one.signs_in("/desk").await;
    two.signs_in("/desk").await;
    house.pass(Duration::from_mins(20));
    assert_eq!(one.gets("/desk").await.status, StatusCode::OK);
    house.pass(Duration::from_mins(20));
    assert_eq!(one.gets("/desk").await.status, StatusCode::OK);
    assert_eq!(two.gets("/desk").await.status, StatusCode::UNAUTHORIZED, "it was not used for 40 minutes");

    two.signs_in("/desk").await;
    assert_eq!(two.gets("/desk").await.status, StatusCode::OK);
    one.posts("/desk/sign-out-everywhere", &[]).await;
    for browser in [&mut one, &mut two] {
        assert_eq!(browser.gets("/desk").await.status, StatusCode::UNAUTHORIZED);
    }
    house.close().await;
}

#[tokio::test]
async fn another_sites_page_starts_no_sign_in() {
    let Some(provider) = Provider::start() else { return };
    let house = House::open(&provider.issuer, &[]).await;
    let request = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let led = request.get(format!("{}/sign-in/begin?back=/desk", house.home)).header("sec-fetch-site", "cross-site").send().await;
    assert_eq!(led.unwrap().headers()["location"], "/sign-in?back=/desk");
    let mut led = house.browser();
    for _ in 0..60 {
        // However often, that locks nobody out.
        failed(&led.gets("/sign-in/callback?state=x&code=y").await, StatusCode::BAD_REQUEST, "ble startet i en annen fane");
    }
    for back in ["https://evil.example", "//evil.example", "/\\evil.example"] {
        provider.next("kari", json!({ "name": "Kari" })).await;
        lands_on(&house.browser().signs_in(back).await, &format!("{}/", house.home));
    }
    house.close().await;
}
