//! What holds for every address that a form can be sent to: walked from the sources, so that none is forgotten.

use std::fs;
use std::path::{Path, PathBuf};

use axum::http::StatusCode;
use firstline::domain::permission::{Membership, Role, Roles};
use serde_json::Value;

use super::house::{AUDITOR, House};

/// Those that somebody may send to who only reads: they end what is their own, or choose a language.
const OWN: [&str; 4] = ["/desk/sign-in", "/desk/sign-out", "/desk/sign-out-everywhere", "/language"];

fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
}

/// Everything up to the parenthesis that closes what is open at the beginning.
fn until_closed(text: &str) -> &str {
    let mut depth = 1;
    let end = text.char_indices().find(|(_, c)| {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        depth == 0
    });
    &text[..end.map_or(text.len(), |(at, _)| at)]
}

/// The addresses of the pages that take forms, with something in the place of each blank.
fn forms() -> Vec<String> {
    let mut files = Vec::new();
    sources(&firstline::testing::checkout().join("src/desk/pages"), &mut files);
    let mut found = Vec::new();
    for file in files {
        let text = fs::read_to_string(file).unwrap();
        for route in text.split(".route(").skip(1).map(until_closed) {
            let changes = ["post(", "put(", "delete(", "patch(", "any("].iter().any(|verb| route.contains(verb));
            let literal = route.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
            assert!(literal.is_some() || !changes, "an address that takes forms stands here as it is: {route}");
            found.extend(literal.filter(|_| changes).map(filled));
        }
    }
    assert!(found.len() >= 8, "{found:?}");
    found
}

fn filled(address: &str) -> String {
    let blanks = [("{number}", "1001"), ("{verb}", "take"), ("{lang}", "nb")];
    let filled = blanks.iter().fold(address.to_owned(), |address, (blank, value)| address.replace(blank, value));
    filled.split('/').map(|part| if part.starts_with('{') { "1" } else { part }).collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn no_form_of_another_site_is_taken() {
    let house = House::open().await;
    let mut kari = house.operator("Kari").await;
    let from_elsewhere: [(&str, &str); 4] = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "http://evil.example"),
        ("origin", "null"),
    ];
    for address in forms() {
        for (name, value) in from_elsewhere {
            kari.on = if name == "origin" { value } else { "http://hjelp.example" };
            kari.says = if name == "origin" { vec![] } else { vec![(name, value.to_owned())] };
            let answer = kari.posts(&address, &[("text", "Hei"), ("lang", "en")]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{address} {name}: {value}");
            assert!(answer.text.contains("fra et annet nettsted"), "{address}: {}", answer.text);
        }
    }
    kari.on = "http://hjelp.example";
    kari.says = vec![];
    assert_eq!(kari.gets("/desk").await.status, StatusCode::OK, "nothing of it signed Kari out");
}

#[tokio::test]
async fn an_auditor_reads_the_desk_and_changes_nothing_there() {
    let house = House::open().await;
    house.browser().asks("Skjermen er svart").await;
    let mut auditor = house.signed_in("Revisor", Membership::Every, Roles::from([Role::Auditor])).await;
    for page in ["/desk", "/desk/tickets/1001", "/desk/learned", "/desk/explain?q=passord"] {
        assert_eq!(auditor.gets(page).await.status, StatusCode::OK, "{page}");
    }
    let desk: Vec<String> = forms().into_iter().filter(|address| address.starts_with("/desk")).collect();
    for address in desk.iter().filter(|address| !OWN.contains(&address.as_str())) {
        let answer = auditor.posts(address, &[("text", "Hei"), ("group", "clinical")]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{address}: {}", answer.text);
    }
    for verb in ["take", "release", "reply", "note", "transfer", "resolve"] {
        let answer = auditor.posts(&format!("/desk/tickets/1001/{verb}"), &[("text", "Hei")]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{verb}");
    }
    assert!(auditor.gets("/desk").await.text.contains("Venter"), "the ticket waits as before");
}

#[tokio::test]
async fn an_auditors_token_reads_the_api_and_changes_nothing_there() {
    let house = House::open().await;
    house.browser().asks("Skjermen er svart").await;
    let (_, described) = house.calls("GET", "/api/openapi.json", None, "").await;
    let mut refused = 0;
    for (path, methods) in described["paths"].as_object().unwrap() {
        let for_operators = |method: &Value| method["security"].to_string().contains("operator");
        for (method, _) in methods.as_object().unwrap().iter().filter(|(_, described)| for_operators(described)) {
            let body = "{\"text\":\"Hei\",\"group\":\"clinical\"}";
            let (status, _) = house.calls(&method.to_uppercase(), &filled(path), Some(AUDITOR), body).await;
            if method == "get" {
                assert_ne!(status, StatusCode::FORBIDDEN, "{path}");
            } else {
                assert_eq!(status, StatusCode::FORBIDDEN, "{method} {path}");
                refused += 1;
            }
        }
    }
    assert!(refused >= 8, "{refused}");
}

#[tokio::test]
async fn who_has_no_role_is_told_so_and_sees_nothing_of_the_desk() {
    let house = House::open().await;
    house.browser().asks("Skjermen er svart").await;
    let mut nobody = house.signed_in("Ola", Membership::Every, Roles::default()).await;
    for page in ["/desk", "/desk/tickets/1001", "/desk/events", "/desk/tickets/1001/events"] {
        let answer = nobody.gets(page).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{page}");
        assert!(answer.text.contains("har ingen oppgave her") && !answer.text.contains("svart"), "{}", answer.text);
    }
}
