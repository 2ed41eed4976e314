//! What was learned, told and settled through the API.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::FNR;
use super::house::House;

const TOKEN: Option<&str> = Some("token-of-kari");

async fn listed(house: &House, query: &str) -> Value {
    house.call("GET", &format!("/api/v1/learned{query}"), TOKEN, None).await.json
}

#[tokio::test]
async fn a_learned_question_is_listed_approved_and_taken_back() {
    let house = House::new().await;
    for words in ["Jeg husker ikke passordet", "jeg husker ikke passordet!", &format!("passordet til {FNR} er borte")] {
        house.employee_asks(words).await.chooses("helped").await;
    }
    assert_eq!(listed(&house, "").await, json!({ "questions": [], "next": null }));
    house.learns().await;
    let list = listed(&house, "?state=proposed").await;
    let question = &list["questions"][0];
    assert_eq!(list["questions"].as_array().map(Vec::len), Some(1), "{list}");
    let told =
        ["article", "text", "lang", "origin", "state", "people", "counts", "settled_by"].map(|name| question[name].clone());
    let expected = json!(["glemt-passord", "Jeg husker ikke passordet", "nb", "helped", "proposed", 2, false, null]);
    assert_eq!(json!(told), expected);

    let id = question["id"].as_str().unwrap();
    for (verb, state) in [("approve", "approved"), ("approve", "approved"), ("decline", "declined"), ("decline", "declined")] {
        let settled = house.call("POST", &format!("/api/v1/learned/{id}/{verb}"), TOKEN, None).await;
        assert_eq!((settled.status, &settled.json["state"]), (StatusCode::OK, &json!(state)));
        assert_eq!((&settled.json["settled_by"], &settled.json["counts"]), (&json!("kari"), &json!(state == "approved")));
        assert_eq!(listed(&house, &format!("?state={state}")).await["questions"][0]["id"], id);
    }
    assert_eq!(listed(&house, &format!("?state=declined&before={id}")).await["questions"], json!([]));
}
