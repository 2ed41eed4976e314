//! What operators and employees do with a ticket beside asking and answering, told through the API.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::house::{House, said};

/// What somebody does, and what of the ticket is to be looked at afterwards.
type Case = (&'static str, Value, [(&'static str, Value); 2]);

#[tokio::test]
async fn a_ticket_is_judged_moved_and_put_aside() {
    let house = House::new().await;
    let kari = house.operator("token-of-kari");
    let employee = house.employee_asks("Noe rart").await;
    let year_2100 = "2100-01-01T00:00:00Z";
    let until = "2027-01-01T08:00:00Z";
    let done: [Case; 4] = [
        (
            "prioritise",
            json!({ "impact": "unit", "urgency": "high" }),
            [("priority", json!("critical")), ("impact", json!("unit"))],
        ),
        (
            "transfer",
            json!({ "line": "second", "reason": "Trenger innsikt" }),
            [("line", json!("second")), ("status", json!("waiting"))],
        ),
        ("snooze", json!({ "until": until }), [("snoozed_until", json!(until)), ("waits_for", json!("desk"))]),
        ("wake", json!({}), [("snoozed_until", Value::Null), ("duplicate_of", Value::Null)]),
    ];
    for (what, body, expected) in done {
        let reply = kari.does(what, 1001, Some(body)).await;
        assert_eq!(reply.status, StatusCode::OK, "{what}: {}", reply.text);
        for (member, value) in expected {
            assert_eq!(reply.json[member], value, "{what}");
        }
    }
    for (what, body, about) in [
        ("prioritise", json!({ "impact": "everybody", "urgency": "high" }), "impact"),
        ("transfer", json!({ "reason": "hvorfor" }), "either"),
        ("transfer", json!({ "group": "clinical", "line": "second", "reason": "hvorfor" }), "either"),
        ("transfer", json!({ "line": "fourth", "reason": "hvorfor" }), "line"),
        ("transfer", json!({ "line": "third", "reason": "[fødselsnummer]" }), "reason"),
        ("snooze", json!({ "until": year_2100 }), "within a year"),
        ("snooze", json!({ "until": "i morgen" }), "until"),
    ] {
        let reply = kari.does(what, 1001, Some(body)).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}: {}", reply.text);
        assert!(reply.json["detail"].as_str().unwrap().contains(about), "{}", reply.text);
    }
    let told = said(&employee.reads().await);
    assert!(told.contains("operator notice: Saken din er gitt videre til andrelinjen"), "{told}");
    assert!(!told.contains("innsikt"), "{told}");
}

#[tokio::test]
async fn a_duplicate_is_merged_listed_and_may_come_back() {
    let house = House::new().await;
    let kari = house.operator("token-of-kari");
    let (_first, second) = (house.employee_asks("Noe rart").await, house.employee_asks("Noe rart her også").await);
    let merged = kari.does("merge", 1002, Some(json!({ "into": 1001 }))).await;
    assert_eq!((merged.status, &merged.json["duplicate_of"]), (StatusCode::OK, &json!(1001)));
    assert_eq!(kari.sees("/1001/duplicates").await.json["tickets"][0]["number"], 1002);
    for (from, into, status) in [(1001, 1002, 409), (1001, 1001, 422), (1001, 9999, 422), (1002, 1001, 409)] {
        let refused = kari.does("merge", from, Some(json!({ "into": into }))).await;
        assert_eq!(refused.status.as_u16(), status, "{from} into {into}: {}", refused.text);
    }
    let told = second.reads().await;
    insta::assert_snapshot!(said(&told).lines().last().unwrap(), @"bot notice: Sak 1002 gjelder det samme som sak **1001**, så vi arbeider videre med begge i den. Gjelder saken din noe annet? [resolved_no]");
    assert_eq!(second.chooses("resolved_no").await.json["state"], "queued");
    assert_eq!(kari.sees("/1001/duplicates").await.json["tickets"], json!([]));
}

#[tokio::test]
async fn the_queue_is_searched_ordered_and_read_page_by_page() {
    let house = House::new().await;
    let kari = house.operator("token-of-kari");
    for text in ["Noe rart på Ærøya", "Noe annet", "Noe tredje"] {
        house.employee_asks(text).await;
    }
    kari.does("claim", 1002, None).await;
    kari.does("reply", 1002, Some(json!({ "text": "Hvilket rom?" }))).await;
    kari.does("snooze", 1003, Some(json!({ "until": "2027-01-01T08:00:00Z" }))).await;
    for (query, numbers, total) in [
        ("?q=%C3%A6r%C3%98ya", json!([1001]), 1),
        ("?holder=me", json!([1002]), 1),
        ("?holder=nobody&snoozed=no", json!([1001]), 1),
        ("?snoozed=yes", json!([1003]), 1),
        ("?waits_for=employee&line=first&priority=normal,high&lang=nb", json!([1002]), 1),
        ("?order=change&limit=2", json!([1003, 1002]), 3),
    ] {
        let list = kari.sees(query).await.json;
        let listed: Value = list["tickets"].as_array().unwrap().iter().map(|ticket| ticket["number"].clone()).collect();
        assert_eq!((&listed, &list["total"]), (&numbers, &json!(total)), "{query}");
    }
    let first = kari.sees("?order=age&limit=2").await.json;
    let next = first["next"].as_str().unwrap();
    let rest = kari.sees(&format!("?order=age&limit=2&after={next}")).await.json;
    assert_eq!((&rest["tickets"][0]["number"], &rest["next"]), (&json!(1003), &Value::Null));
    for wrong in ["?holder=ola", "?order=up", "?after=1", "?limit=0", "?limit=201", "?waits_for=nobody", "?snoozed=maybe"] {
        assert_eq!(kari.sees(wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
}

#[tokio::test]
async fn a_call_becomes_a_ticket_or_is_solved_and_is_registered_once() {
    let house = House::new().await;
    let call = async |body: Value| house.call("POST", "/api/v1/calls", Some("token-of-kari"), Some(body)).await;
    let person = json!({ "name": "Liv på post 3", "email": "liv@example.no" });
    let waiting =
        json!({ "text": "Noe rart", "person": person, "judged": { "impact": "unit", "urgency": "medium" }, "client_id": "c-1" });
    for _ in 0..2 {
        let registered = call(waiting.clone()).await;
        assert_eq!(registered.status, StatusCode::CREATED, "{}", registered.text);
        assert_eq!(registered.headers["location"], "/api/v1/tickets/1001");
        assert_eq!((&registered.json["priority"], &registered.json["status"]), (&json!("high"), &json!("waiting")));
        assert_eq!(registered.json["employee"]["name"], "Liv på post 3");
    }
    let held = call(json!({ "text": "Noe rart", "group": "clinical", "outcome": "held" })).await.json;
    assert_eq!((&held["number"], &held["holder"], &held["group"]), (&json!(1002), &json!("kari"), &json!("clinical")));
    let solved = call(json!({ "text": "Noe med skriveren", "outcome": "solved", "article": "skriver-virker-ikke" })).await.json;
    assert_eq!((&solved["status"], &solved["holder"]), (&json!("resolved"), &json!("kari")));
    insta::assert_snapshot!(said(&solved), @r"
    employee question: Noe med skriveren
    operator handoff: Saken er meldt på telefon og ligger hos Generell støtte. Saksnummeret er **1003**.
    operator text: Skriveren virker ikke: https://hjelp.example/kb/nb/skriver-virker-ikke
    ");
    house.learns().await;
    let learned = house.call("GET", "/api/v1/learned", Some("token-of-kari"), None).await.json;
    assert_eq!(learned["questions"][0]["text"], "Noe med skriveren");
    for (body, about) in [
        (json!({ "text": "Noe", "outcome": "solved" }), "solution"),
        (json!({ "text": "Noe", "outcome": "solved", "article": "finnes-ikke" }), "article"),
        (json!({ "text": "Noe", "group": "nowhere" }), "group"),
        (json!({ "text": " " }), "empty"),
    ] {
        let refused = call(body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
        assert!(refused.json["detail"].as_str().unwrap().contains(about), "{}", refused.text);
    }
}

#[tokio::test]
async fn what_is_sent_twice_is_written_once() {
    let house = House::new().await;
    let (kari, ola) = (house.operator("token-of-kari"), house.operator("token-of-ola"));
    house.employee_asks("Noe rart").await;
    for (what, body) in [
        ("note", json!({ "text": "Ringer straks", "client_id": "n-1" })),
        ("reply", json!({ "text": "Hvilket rom?", "client_id": "r-1" })),
        ("transfer", json!({ "group": "clinical", "reason": "Gjelder dem", "client_id": "t-1" })),
        ("resolve", json!({ "text": "Ordnet", "client_id": "l-1" })),
    ] {
        for _ in 0..2 {
            let reply = kari.does(what, 1001, Some(body.clone())).await;
            assert_eq!(reply.status, StatusCode::OK, "{what}: {}", reply.text);
        }
    }
    let ticket = kari.reads(1001).await;
    let texts = said(&ticket) + &ticket["notes"].to_string();
    for once in ["Ringer straks", "Hvilket rom?", "Gjelder dem", "Ordnet"] {
        assert_eq!(texts.matches(once).count(), 1, "{once} in {texts}");
    }
    ola.does("note", 1001, Some(json!({ "text": "Takk, Kari", "client_id": "n-1" }))).await;
    assert_eq!(kari.reads(1001).await["notes"].as_array().unwrap().len(), 3, "another's names are their own");
    assert_eq!(
        kari.does("note", 1001, Some(json!({ "text": "Hei", "client_id": "" }))).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn a_conversation_that_is_begun_twice_with_the_same_secret_is_one() {
    let house = House::new().await;
    let secret = "kJ8s-2mQ_x91LpZ0aB7cD5eF3gH6iJ4k";
    let body = json!({ "text": "Noe rart", "secret": secret });
    let begin = async |body: &Value| house.call("POST", "/api/v1/conversations", None, Some(body.clone())).await;
    let (one, again) = (begin(&body).await, begin(&body).await);
    assert_eq!((one.status, again.status), (StatusCode::CREATED, StatusCode::CREATED));
    assert_eq!((&one.json["id"], &one.json["secret"]), (&again.json["id"], &json!(secret)));
    assert_eq!(said(&again.json).matches("Noe rart").count(), 1);
    let other = begin(&json!({ "text": "Noe rart", "secret": secret.to_uppercase() })).await;
    assert_ne!(one.json["id"], other.json["id"]);
    for unfit in ["kort", &"a b".repeat(20), &"a".repeat(201)] {
        assert_eq!(begin(&json!({ "text": "Hei", "secret": unfit })).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{unfit}");
    }
    assert!(!house.keeps(secret));
}

#[tokio::test]
async fn an_employee_follows_adds_to_and_reopens_their_own_ticket() {
    let house = House::new().await;
    let kari = house.operator("token-of-kari");
    let (ola, stranger) = (house.employee_asks("Noe rart").await, house.employee_asks("Noe annet").await);
    let own = async |who: &str, method: &str, under: &str, body: Option<Value>| {
        house.call(method, &format!("/api/v1/own-tickets/1001{under}"), Some(who), body).await
    };
    kari.does("snooze", 1001, Some(json!({ "until": "2027-01-01T08:00:00Z" }))).await;
    let more = json!({ "text": "Rom 12", "client_id": "a-1" });
    own(&ola.secret, "POST", "/add", Some(more.clone())).await;
    let added = own(&ola.secret, "POST", "/add", Some(more)).await.json;
    assert_eq!(said(&added).matches("Rom 12").count(), 1);
    assert_eq!(kari.reads(1001).await["snoozed_until"], Value::Null, "who writes wakes the ticket");
    kari.does("resolve", 1001, Some(json!({ "text": "Ordnet" }))).await;
    assert_eq!(own(&ola.secret, "POST", "/add", Some(json!({ "text": "Takk" }))).await.status, StatusCode::CONFLICT);
    for _ in 0..2 {
        assert_eq!(own(&ola.secret, "POST", "/reopen", None).await.status, StatusCode::OK);
    }
    let ticket = own(&ola.secret, "GET", "", None).await.json;
    let history: Vec<&str> = ticket["history"].as_array().unwrap().iter().map(|step| step["what"].as_str().unwrap()).collect();
    assert_eq!(history, ["received", "added", "answered", "resolved", "reopened"]);
    assert_eq!((&ticket["status"], &ticket["can_add"], &ticket["can_reopen"]), (&json!("waiting"), &json!(true), &json!(false)));
    for (method, under) in [("GET", ""), ("POST", "/add"), ("POST", "/reopen")] {
        let refused = own(&stranger.secret, method, under, Some(json!({ "text": "Hei" }))).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{under}");
    }
}
