//! Every failure is a problem document that says what is wrong.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};

use super::house::{House, Reply};

fn is_problem(reply: &Reply, status: u16, about: &str) {
    assert_eq!(reply.status.as_u16(), status, "{about}: {}", reply.text);
    assert_eq!(reply.headers[header::CONTENT_TYPE], "application/problem+json", "{about}");
    assert_eq!(reply.json["status"], json!(status), "{about}");
    for member in ["type", "title", "detail"] {
        assert!(reply.json[member].as_str().is_some_and(|text| !text.is_empty()), "{about} lacks {member}");
    }
}

#[tokio::test]
async fn what_is_sent_wrongly_is_told() {
    let house = House::new().await;
    let employee = house.employee_asks("Jeg har glemt passordet").await;
    let messages = format!("/api/v1/conversations/{}/messages", employee.id);
    let long = json!({ "text": "a".repeat(4_001) });
    let huge = json!({ "text": "a".repeat(64 * 1024) });
    let begin = "/api/v1/conversations";
    let cases: [(&str, Value, u16, &str); 10] = [
        (&messages, json!({ "text": " \n\u{0}" }), 422, "empty"),
        (&messages, json!({ "text": 7 }), 422, "expected a string"),
        (&messages, json!({}), 422, "`text`"),
        (&messages, json!({ "text": "Hei", "client_id": "" }), 422, "`client_id` is empty"),
        (&messages, long, 422, "4000"),
        (&messages, huge, 413, "64 KB"),
        (begin, json!({ "text": "Hei", "lang": "sv" }), 422, "`nb`, `nn`, `en`"),
        (begin, json!({ "text": "Hei", "person": "Kari" }), 422, "expected an object"),
        (begin, json!([]), 422, "expected an object"),
        (begin, json!({ "text": "" }), 422, "empty"),
    ];
    for (path, body, status, detail) in cases {
        let reply = house.call("POST", path, Some(&employee.secret), Some(body)).await;
        is_problem(&reply, status, detail);
        assert!(reply.json["detail"].as_str().unwrap().contains(detail), "{}", reply.text);
    }
}

#[tokio::test]
async fn a_body_that_is_no_json_is_told_apart_from_one_that_does_not_say_so() {
    let house = House::new().await;
    for (content_type, body, status) in
        [("application/json", "{\"text\":", 400), ("application/json", "", 400), ("text/plain", "{\"text\":\"Hei\"}", 415)]
    {
        let request = Request::post("/api/v1/conversations").header(header::CONTENT_TYPE, content_type);
        is_problem(&house.send(request.body(Body::from(body)).unwrap()).await, status, content_type);
    }
}

#[tokio::test]
async fn nothing_is_found_where_nothing_is() {
    let house = House::new().await;
    for path in ["/api", "/api/", "/api/v1", "/api/v1/nothing", "/api/v2/conversations"] {
        is_problem(&house.call("GET", path, None, None).await, 404, path);
    }
    let wrong_method = house.call("DELETE", "/api/v1/tickets", None, None).await;
    is_problem(&wrong_method, 405, "DELETE");
    assert_eq!(wrong_method.headers[header::ALLOW], "GET,HEAD");
    is_problem(&house.call("POST", "/healthz", None, None).await, 405, "POST /healthz");
}

#[tokio::test]
async fn a_conversation_opens_to_its_own_secret_alone() {
    let house = House::new().await;
    let (one, other) = (house.employee_asks("Noe rart").await, house.employee_asks("Noe annet").await);
    for (method, under) in [("GET", ""), ("POST", "/messages"), ("POST", "/actions/human")] {
        let path = format!("/api/v1/conversations/{}{under}", one.id);
        let body = Some(json!({ "text": "Hei" }));
        is_problem(&house.call(method, &path, Some(&other.secret), body.clone()).await, 404, under);
        is_problem(&house.call(method, &path, Some("token-of-kari"), body.clone()).await, 404, under);
        let nobody = house.call(method, &path, None, body).await;
        is_problem(&nobody, 401, under);
        assert!(nobody.headers[header::WWW_AUTHENTICATE].to_str().unwrap().starts_with("Bearer"));
    }
    for id in ["999", "x"] {
        is_problem(&house.call("GET", &format!("/api/v1/conversations/{id}"), Some(&one.secret), None).await, 404, id);
    }
}

#[tokio::test]
async fn operators_paths_open_to_operators_tokens_alone() {
    let house = House::new().await;
    let employee = house.employee_asks("Noe rart").await;
    let writing = ["claim", "release", "reply", "note", "transfer", "resolve"].map(|what| ("POST", format!("/1001/{what}")));
    for (method, under) in [("GET", String::new()), ("GET", "/1001".to_owned())].into_iter().chain(writing) {
        let path = format!("/api/v1/tickets{under}");
        for token in [None, Some("token-of-kar"), Some("token-of-karii"), Some(employee.secret.as_str())] {
            is_problem(&house.call(method, &path, token, None).await, 401, &path);
        }
    }
}

#[tokio::test]
async fn what_an_operator_cannot_do_is_told() {
    let house = House::new().await;
    let (kari, ola) = (house.operator("token-of-kari"), house.operator("token-of-ola"));
    house.employee_asks("Noe rart").await;
    kari.does("claim", 1001, None).await;
    let text = || Some(json!({ "text": "Hei" }));
    for (what, body) in [("release", None), ("reply", text()), ("resolve", None)] {
        let reply = ola.does(what, 1001, body).await;
        is_problem(&reply, 409, what);
        assert_eq!(reply.json["holder"], "kari", "{what}");
    }
    let transfer = json!({ "group": "nowhere", "reason": "Feil sted" });
    let nowhere = kari.does("transfer", 1001, Some(transfer)).await;
    is_problem(&nowhere, 422, "transfer");
    assert!(nowhere.json["detail"].as_str().unwrap().contains("general, clinical"));
    is_problem(&kari.does("reply", 1001, Some(json!({ "text": "" }))).await, 422, "reply");
    is_problem(&kari.does("claim", 4711, None).await, 404, "claim");
    is_problem(&kari.sees("?status=queued").await, 422, "status");
    is_problem(&kari.sees("?group=nowhere").await, 422, "group");
    kari.does("resolve", 1001, None).await;
    let late = kari.does("reply", 1001, text()).await;
    is_problem(&late, 409, "reply after resolving");
    assert_eq!(late.json.get("holder"), None);
}

#[tokio::test]
async fn a_choice_that_is_not_open_changes_nothing() {
    let house = House::new().await;
    let employee = house.employee_asks("Jeg har glemt passordet").await;
    is_problem(&employee.chooses("resolved_yes").await, 422, "nothing is resolved");
    is_problem(&employee.chooses("choose:vpn").await, 422, "nothing is offered");
    is_problem(&employee.chooses("shrug").await, 404, "no such choice");
    employee.chooses("helped").await;
    is_problem(&employee.chooses("helped").await, 422, "it has been chosen");
    assert_eq!(employee.reads().await["messages"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn a_store_that_fails_is_a_reason_to_try_again() {
    let house = House::new().await;
    let healthy = house.call("GET", "/readyz", None, None).await;
    assert_eq!((healthy.status, &healthy.json["ready"]), (StatusCode::OK, &json!(true)));
    assert_eq!(healthy.json["channels"][0], json!({ "channel": "chat", "state": "down", "reason": "the token is refused" }));
    house.store_closes().await;
    let reply = house.call("POST", "/api/v1/conversations", None, Some(json!({ "text": "Hei" }))).await;
    is_problem(&reply, 503, "a broken store");
    assert_eq!(reply.headers[header::RETRY_AFTER], "1");
    let ready = house.call("GET", "/readyz", None, None).await;
    assert_eq!((ready.status, &ready.json["ready"]), (StatusCode::SERVICE_UNAVAILABLE, &json!(false)));
    assert_eq!(house.call("GET", "/healthz", None, None).await.status, StatusCode::OK, "the process lives");
    assert_eq!(house.call("GET", "/metrics", None, None).await.status, StatusCode::OK);
}
