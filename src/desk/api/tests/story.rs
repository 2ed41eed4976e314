//! A matter from the first question to the end, told through the API.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::house::{House, said};

#[tokio::test]
async fn a_question_is_answered_and_the_answer_helps() {
    let house = House::new().await;
    let ola = house.employee_asks("Jeg har glemt passordet").await;
    insta::assert_snapshot!(said(&ola.begun), @r"
    employee question: Jeg har glemt passordet
    bot answer: **Glemt passord** [helped not_helped human]
    ");
    assert_eq!((&ola.begun["state"], &ola.begun["ticket"]), (&json!("open"), &Value::Null));
    let answer = &ola.begun["messages"][1];
    assert_eq!(answer["confidence"], json!(0.9));
    assert_eq!(answer["articles"][0]["url"], "https://hjelp.example/kb/nb/glemt-passord");
    let helped = ola.chooses("helped").await;
    assert_eq!(helped.json["state"], "resolved");
    insta::assert_snapshot!(said(&helped.json), @r"
    employee question: Jeg har glemt passordet
    bot answer: **Glemt passord** [human]
    employee text: Det hjalp
    bot notice: Så bra at det hjalp! Skriv gjerne igjen hvis det er noe mer.
    ");
}

#[tokio::test]
async fn an_offered_title_is_chosen_in_either_spelling_of_the_address() {
    let house = House::new().await;
    for spelling in ["choose:skriver-virker-ikke", "choose%3Askriver-virker-ikke"] {
        let asker = house.employee_asks("Noe med skriveren").await;
        let chosen = asker.chooses(spelling).await;
        insta::allow_duplicates! { insta::assert_snapshot!(said(&chosen.json), @r"
    employee question: Noe med skriveren
    bot offer: Jeg er ikke helt sikker på hva du trenger. Er det noe av dette?
    employee text: Skriveren virker ikke
    bot answer: **Skriveren virker ikke** [helped not_helped human]
    "); }
    }
}

#[tokio::test]
async fn a_matter_goes_to_the_desk_is_resolved_and_comes_back() {
    let house = House::new().await;
    let (kari, ola) = (house.operator("token-of-kari"), house.operator("token-of-ola"));
    let employee = house.employee_asks("Jeg har glemt passordet").await;

    let queued = employee.chooses("not_helped").await.json;
    assert_eq!((&queued["state"], &queued["ticket"]), (&json!("queued"), &json!({ "number": 1001, "status": "waiting" })));

    assert_eq!(kari.does("claim", 1001, None).await.status, StatusCode::OK);
    let second = ola.does("claim", 1001, None).await;
    assert_eq!((second.status, &second.json["holder"]), (StatusCode::CONFLICT, &json!("kari")));
    assert_eq!(kari.does("claim", 1001, None).await.status, StatusCode::OK, "one's own may be claimed again");
    assert_eq!(employee.reads().await["state"], "with_operator");

    assert_eq!(employee.writes("Haster litt").await.status, StatusCode::OK);
    assert_eq!(ola.does("note", 1001, Some(json!({ "text": "Ring tilbake" }))).await.status, StatusCode::OK);
    assert_eq!(kari.does("reply", 1001, Some(json!({ "text": "Jeg ser på det" }))).await.status, StatusCode::OK);
    let resolved = kari.does("resolve", 1001, Some(json!({ "text": "Nytt passord er laget" }))).await.json;
    assert_eq!((&resolved["status"], &resolved["holder"]), (&json!("resolved"), &json!("kari")));
    assert_eq!(employee.reads().await["state"], "resolved");

    let reopened = employee.chooses("resolved_no").await.json;
    assert_eq!((&reopened["state"], &reopened["ticket"]["number"]), (&json!("queued"), &json!(1001)));
    insta::assert_snapshot!(said(&reopened), @r"
    employee question: Jeg har glemt passordet
    bot answer: **Glemt passord**
    employee text: Det hjalp ikke
    bot handoff: Leit at det ikke hjalp. Jeg har gitt saken videre til Generell støtte. Saksnummeret ditt er **1001**.
    operator notice: kari har tatt saken din og svarer deg her.
    employee text: Haster litt
    operator text: Jeg ser på det
    operator text: Nytt passord er laget
    bot notice: Sak 1001 er merket som løst. Er den løst for deg også?
    employee text: Nei, det er ikke løst
    bot notice: Da åpner jeg sak **1001** igjen. En person svarer deg her.
    ");
}

#[tokio::test]
async fn an_operator_reads_the_conversation_the_notes_and_suggestions() {
    let house = House::new().await;
    let kari = house.operator("token-of-kari");
    let employee = house.employee_asks("Jeg har glemt passordet").await;
    employee.chooses("human").await;
    kari.does("note", 1001, Some(json!({ "text": "Kjent feil" }))).await;
    let ticket = kari.reads(1001).await;
    assert_eq!(ticket["subject"], "Jeg har glemt passordet");
    assert_eq!((&ticket["notes"][0]["by"], &ticket["notes"][0]["text"]), (&json!("kari"), &json!("Kjent feil")));
    assert_eq!(ticket["suggested"][0]["slug"], "glemt-passord");
    assert!(!said(&ticket).contains("Kjent feil") && !said(&ticket).contains('['), "{}", said(&ticket));
    assert!(!said(&employee.reads().await).contains("Kjent feil"));
}

#[tokio::test]
async fn the_queue_is_filtered_by_status_and_group() {
    let house = House::new().await;
    let kari = house.operator("token-of-kari");
    house.employee_asks("Noe rart").await;
    house.employee_asks("Noe annet rart").await;
    kari.does("claim", 1002, None).await;
    kari.does("transfer", 1001, Some(json!({ "group": "clinical", "reason": "Gjelder journalen" }))).await;
    let numbers = async |query: &str| -> Vec<i64> {
        let listed = kari.sees(query).await.json;
        listed["tickets"].as_array().unwrap().iter().map(|ticket| ticket["number"].as_i64().unwrap()).collect()
    };
    assert_eq!(numbers("?status=waiting").await, [1001]);
    assert_eq!(numbers("?status=waiting,taken").await, [1001, 1002]);
    assert_eq!(numbers("?status=waiting&status=taken&group=general").await, [1002]);
    assert_eq!(numbers("?status=&group=").await, [1001, 1002]);
    assert_eq!(numbers("?group=clinical&status=resolved").await, [0_i64; 0]);
}

#[tokio::test]
async fn the_same_client_id_twice_is_one_message() {
    let house = House::new().await;
    let (one, other) = (house.employee_asks("Noe rart").await, house.employee_asks("Noe rart").await);
    let message = json!({ "text": "Er det noen der?", "client_id": "m-1" });
    one.call("POST", "/messages", Some(message.clone())).await;
    let again = one.call("POST", "/messages", Some(message.clone())).await;
    assert_eq!((again.status, said(&again.json).matches("noen der").count()), (StatusCode::OK, 1));
    let elsewhere = other.call("POST", "/messages", Some(message)).await;
    assert_eq!(said(&elsewhere.json).matches("noen der").count(), 1, "another conversation's ids are its own");
    one.writes("Hallo").await;
    assert_eq!(said(&one.writes("Hallo").await.json).matches("Hallo").count(), 2, "without an id each is a message");
}

#[tokio::test]
async fn only_what_is_new_is_read_after_a_message() {
    let house = House::new().await;
    let employee = house.employee_asks("Jeg har glemt passordet").await;
    let question = employee.begun["messages"][0]["id"].as_str().unwrap().to_owned();
    let rest = employee.call("GET", &format!("?after={question}"), None).await.json;
    insta::assert_snapshot!(said(&rest), @r"
    bot answer: **Glemt passord** [helped not_helped human]
    ");
}

#[tokio::test]
async fn secrets_are_taken_out_of_everything_that_people_type() {
    let house = House::new().await;
    let kari = house.operator("token-of-kari");
    let typed = format!("Noe rart med {}", super::FNR);
    let person = json!({ "name": typed, "email": typed, "organisation": typed });
    let begun = house.call("POST", "/api/v1/conversations", None, Some(json!({ "text": typed, "person": person }))).await.json;
    assert!(said(&begun).contains("bot notice: Jeg fjernet et fødselsnummer"), "{}", said(&begun));
    for (what, body) in [
        ("reply", json!({ "text": typed })),
        ("note", json!({ "text": typed })),
        ("transfer", json!({ "group": "clinical", "reason": typed })),
        ("resolve", json!({ "text": typed })),
    ] {
        assert_eq!(kari.does(what, 1001, Some(body)).await.status, StatusCode::OK, "{what}");
    }
    assert!(house.keeps("[fødselsnummer]") && !house.keeps(super::FNR));
}
