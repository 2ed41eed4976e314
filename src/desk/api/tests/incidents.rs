//! Incidents, read by everybody and kept by coordinators through the API.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::house::House;

const TOKEN: Option<&str> = Some("token-of-kari");

fn dips() -> Value {
    json!({
        "kind": "incident",
        "title": { "nb": "DIPS er nede", "en": "DIPS is down" },
        "text": { "nb": "Bruk nødrutinen." },
        "services": ["DIPS"],
        "groups": ["clinical"],
    })
}

#[tokio::test]
async fn an_incident_is_announced_told_of_ended_and_opened_again() {
    let house = House::new().await;
    let announced = house.call("POST", "/api/v1/incidents", TOKEN, Some(dips())).await;
    assert_eq!((announced.status, &announced.json["number"]), (StatusCode::CREATED, &json!(1)), "{}", announced.text);
    let steps = [
        (json!({ "state": "confirmed", "text": { "nb": "Vi leter." }, "next_update": "2030-01-01T12:00:00Z" }), "confirmed"),
        (json!({ "text": { "nb": "Vi leter ennå." } }), "confirmed"),
        (json!({ "state": "over" }), "over"),
        (json!({ "state": "over" }), "over"),
        (json!({ "state": "confirmed", "text": { "nb": "Den kom tilbake." } }), "confirmed"),
    ];
    for (body, state) in steps {
        let changed = house.call("PATCH", "/api/v1/incidents/1", TOKEN, Some(body)).await;
        assert_eq!((changed.status, &changed.json["state"]), (StatusCode::OK, &json!(state)), "{}", changed.text);
    }
    let list = house.call("GET", "/api/v1/incidents", None, None).await;
    let incident = &list.json["incidents"][0];
    assert_eq!(incident["updates"].as_array().map(Vec::len), Some(3), "{incident}");
    assert_eq!((&incident["title"]["en"], &incident["ended_at"]), (&json!("DIPS is down"), &Value::Null));
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_a_reason() {
    let house = House::new().await;
    house.call("POST", "/api/v1/incidents", TOKEN, Some(dips())).await;
    let with = |name: &str, value: Value| {
        let mut body = dips();
        body[name] = value;
        body
    };
    let cases = [
        with("kind", json!("flood")),
        with("kind", json!("maintenance")),
        with("state", json!("under_way")),
        with("severity", json!("huge")),
        with("title", json!({ "nb": " " })),
        with("until", json!("yesterday")),
        with("until", json!("1999-01-01T00:00:00Z")),
        with("groups", json!(["nobody"])),
    ];
    for body in cases {
        let refused = house.call("POST", "/api/v1/incidents", TOKEN, Some(body.clone())).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
    }
    for body in [json!({}), json!({ "state": "confirmed" }), json!({ "state": "cancelled" }), json!({ "state": "lost" })] {
        let refused = house.call("PATCH", "/api/v1/incidents/1", TOKEN, Some(body.clone())).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
    }
    let gone = house.call("PATCH", "/api/v1/incidents/9", TOKEN, Some(json!({ "state": "over" }))).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    for path in ["/api/v1/incidents", "/api/v1/incidents/1"] {
        let method = if path.ends_with('1') { "PATCH" } else { "POST" };
        assert_eq!(house.call(method, path, None, Some(dips())).await.status, StatusCode::UNAUTHORIZED);
    }
}
