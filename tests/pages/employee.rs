//! An employee asks, chooses and follows their cases.

use axum::http::StatusCode;

use super::house::{FNR, House};

#[tokio::test]
async fn a_question_is_answered_with_steps_a_link_and_three_choices() {
    let house = House::open().await;
    let page = house.browser().asks("Jeg har glemt passordet mitt").await;
    assert!(page.text.contains("Jeg har glemt passordet mitt"));
    assert!(page.text.contains("<li>Velg <strong>Glemt passord</strong>.</li>"), "{}", page.text);
    assert!(page.all("href").contains(&"http://hjelp.example/kb/nb/glemt-passord"));
    assert!(page.all("href").contains(&"/kb/nb/konto-laast"), "links between articles lead to their pages");
    for choice in ["Det hjalp", "Det hjalp ikke", "Jeg vil snakke med en person"] {
        assert!(page.text.contains(&format!(">{choice}</button>")), "{choice}");
    }
}

#[tokio::test]
async fn an_example_can_be_pressed() {
    let house = House::open().await;
    let mut asker = house.browser();
    let examples = asker.gets("/").await;
    assert!(examples.text.contains("value=\"Jeg har glemt passordet mitt\""));
    asker.posts("/chat", &[("text", ""), ("example", "Jeg har glemt passordet mitt")]).await;
    assert!(asker.gets("/").await.text.contains("Velg <strong>Glemt passord</strong>"));
}

#[tokio::test]
async fn a_choice_hands_the_matter_over_and_the_page_says_what_happens_next() {
    let house = House::open().await;
    let mut asker = house.browser();
    let page = asker.asks("Jeg har glemt passordet mitt").await;
    let choice = page.all("action").into_iter().find(|action| action.ends_with("/actions/human")).unwrap().to_owned();
    let line = page.text.split("name=\"line\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    asker.posts(&choice, &[("line", &line)]).await;
    asker.posts(&choice, &[("line", &line)]).await;
    let page = asker.gets("/").await;
    assert!(page.text.contains("Sak 1001 hos Generell støtte"), "{}", page.text);
    assert!(page.text.contains("Venter på at noen tar den."));
    assert_eq!(page.text.matches("Saksnummeret ditt er").count(), 1, "the same press twice is one");
    assert!(!page.text.contains("/actions/"), "nothing is left to choose");
    assert!(asker.gets("/chat/tickets").await.text.contains("Sak 1001"));
}

#[tokio::test]
async fn a_choice_that_is_no_longer_open_says_so() {
    let house = House::open().await;
    let mut asker = house.browser();
    let page = asker.asks("Jeg har glemt passordet mitt").await;
    let helped = page.all("action").into_iter().find(|action| action.ends_with("/actions/helped")).unwrap().to_owned();
    asker.posts(&helped, &[]).await;
    let told = asker.posts_by_script(&helped, &[]).await;
    assert_eq!(
        (told["ok"].as_bool(), told["message"].as_str()),
        (Some(false), Some("Dette valget gjelder ikke lenger. Skriv heller hva du trenger."))
    );
}

#[tokio::test]
async fn the_same_message_sent_twice_is_one() {
    let house = House::open().await;
    let mut asker = house.browser();
    asker.gets("/").await;
    for _ in 0..2 {
        let told = asker.posts_by_script("/chat", &[("text", "Skjermen er svart"), ("client_id", "k1")]).await;
        assert_eq!(told["ok"], true);
    }
    let page = asker.gets("/").await;
    assert_eq!(page.text.matches("Skjermen er svart").count(), 1);
    assert_eq!(page.text.matches("Saksnummeret ditt er").count(), 1);
}

#[tokio::test]
async fn a_conversation_is_nobody_elses_to_read() {
    let house = House::open().await;
    let mut asker = house.browser();
    asker.asks("Skjermen er svart").await;
    let tickets = asker.gets("/chat/tickets").await;
    let own = tickets
        .all("href")
        .into_iter()
        .find(|href| href.strip_prefix("/chat/").is_some_and(|id| id.parse::<i64>().is_ok()))
        .unwrap()
        .to_owned();
    assert_eq!(asker.gets(&own).await.status, StatusCode::OK);

    let mut other = house.browser();
    other.gets("/").await;
    for path in [own.clone(), format!("{own}/events")] {
        assert_eq!(other.gets(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(other.posts(&format!("{own}/actions/human"), &[]).await.status, StatusCode::NOT_FOUND);
    let id = own.strip_prefix("/chat/").unwrap();
    assert_eq!(other.posts("/chat", &[("text", "Hei"), ("conversation", id)]).await.status, StatusCode::NOT_FOUND);
    assert!(!other.gets("/chat/tickets").await.text.contains("1001"));
}

#[tokio::test]
async fn a_new_question_begins_a_conversation_of_its_own() {
    let house = House::open().await;
    let mut asker = house.browser();
    asker.asks("Skjermen er svart").await;
    assert_eq!(asker.posts("/chat/new", &[]).await.leads_to(), "/#text");
    assert!(!asker.gets("/").await.text.contains("Skjermen er svart"));
    let page = asker.asks("Jeg har glemt passordet mitt").await;
    assert!(page.text.contains("Velg <strong>Glemt passord</strong>"), "the bot answers there");
    assert!(asker.gets("/chat/tickets").await.text.contains("Skjermen er svart"), "the earlier case is still theirs");
}

#[tokio::test]
async fn script_in_what_people_write_is_shown_and_not_run() {
    let house = House::open().await;
    let mut asker = house.browser();
    let wicked = "<script>alert(1)</script> <img src=x onerror=alert(2)>";
    asker.posts("/chat", &[("text", wicked), ("name", "<b>Eva</b>")]).await;
    let mut operator = house.operator("<i>Kari</i>").await;
    operator.posts("/desk/tickets/1001/reply", &[("text", wicked)]).await;
    for page in [
        asker.gets("/").await,
        asker.gets("/chat/tickets").await,
        operator.gets("/desk").await,
        operator.gets("/desk/tickets/1001").await,
    ] {
        assert!(page.text.contains("&lt;script&gt;"), "{}", page.text);
        for tag in ["<script>", "<img", "<b>Eva", "<i>Kari"] {
            assert!(!page.text.contains(tag), "{tag} in {}", page.text);
        }
    }
}

#[tokio::test]
async fn an_identity_number_stops_at_the_door() {
    let house = House::open().await;
    let mut asker = house.browser();
    let page = asker.asks(&format!("Jeg heter Eva, {FNR}, og skjermen er svart")).await;
    assert!(page.text.contains("[fødselsnummer]") && !page.text.contains(FNR));
    let mut operator = house.operator("Kari").await;
    for (verb, shown) in [("reply", "Er"), ("note", "Sjekk")] {
        operator.posts(&format!("/desk/tickets/1001/{verb}"), &[("text", &format!("{shown} {FNR}?"))]).await;
    }
    let page = operator.gets("/desk/tickets/1001").await;
    assert!(
        page.text.contains("Er [fødselsnummer]?") && page.text.contains("Sjekk [fødselsnummer]?") && !page.text.contains(FNR)
    );
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_and_secret_where_the_site_is() {
    for (url, secure) in [("http://hjelp.example", false), ("https://hjelp.example", true)] {
        let house = House::at(url).await;
        let mut asker = house.browser();
        let answer = asker.gets("/").await;
        let cookie = answer.headers["set-cookie"].to_str().unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        assert_eq!(cookie.contains("Secure"), secure, "{cookie}");
        let name = if secure { "__Host-firstline" } else { "firstline" };
        assert!(asker.cookie(name).unwrap().len() >= 22, "128 bits at least");
    }
}

#[tokio::test]
async fn a_message_that_is_sent_again_after_the_way_was_cut_is_one() {
    let house = House::open().await;
    let mut asker = house.browser();
    asker.gets("/").await;
    let message = [("text", "Skjermen er svart"), ("client_id", "k1")];
    asker.posts_by_script("/chat", &message).await;
    let events = asker.gets("/").await.all("data-events")[0].split('?').next().unwrap().to_owned();
    let mut stream = asker.listens(&events, None).await;
    stream.until("Saksnummeret ditt er").await;
    asker.posts_by_script("/chat", &message).await;
    asker.posts_by_script("/chat", &[("text", "Den på rom 4"), ("client_id", "k2")]).await;
    let read = stream.until("Den på rom 4").await;
    assert_eq!(read.matches("<p>Skjermen er svart</p>").count(), 1, "{read}");
}

#[tokio::test]
async fn what_was_over_a_while_ago_makes_room_for_a_new_question() {
    let house = House::open().await;
    let mut asker = house.browser();
    let page = asker.asks("Jeg har glemt passordet mitt").await;
    let helped = page.all("action").into_iter().find(|action| action.ends_with("/actions/helped")).unwrap().to_owned();
    asker.posts(&helped, &[]).await;
    assert!(asker.gets("/").await.text.contains("Velg <strong>Glemt passord</strong>"), "it stays in sight at first");
    house.clock.advance(std::time::Duration::from_hours(2));
    let page = asker.gets("/").await;
    assert!(!page.text.contains("Velg <strong>Glemt passord</strong>"), "{}", page.text);
    let earlier = helped.split("/actions").next().unwrap();
    assert!(page.all("href").contains(&earlier) && page.text.contains("Se den forrige samtalen din"));
    assert!(asker.gets(earlier).await.text.contains("Velg <strong>Glemt passord</strong>"));
}
