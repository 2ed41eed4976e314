//! Editors go through what no article answers, and write from there.

use std::fs;
use std::time::Duration;

use axum::http::StatusCode;
use firstline::domain::ids::GroupId;
use firstline::domain::permission::{Membership, Role, Roles};

use super::browser::Browser;
use super::house::{FNR, House};

const LOCKED: &str = "---\ntitle: Låst konto\nquestions:\n  - Kontoen min er låst\n---\n\n# Låst konto\n\nVent i ti minutter.\n";
const GOLDFISH: [&str; 3] =
    ["Hvem mater gullfiskene i akvariet?", "gullfiskene i akvariet er sultne 01010112345", "Kven matar gullfiskane i akvariet?"];

/// A house where three people asked about the goldfish, and one about something else.
async fn house() -> House {
    let house = House::with_articles("http://hjelp.example", &[("nb/konto-laast.md", LOCKED)]).await;
    for question in GOLDFISH.into_iter().chain(["Kontoen er låst etter ferien"]) {
        house.browser().asks(question).await;
    }
    house
}

async fn with_role(house: &House, role: Role) -> Browser {
    house.signed_in("Kari", Membership::Every, Roles::from([role])).await
}

#[tokio::test]
async fn what_nobody_answered_stands_in_groups_with_what_to_do_about_it() {
    let house = house().await;
    let mut kari = with_role(&house, Role::Editor).await;
    let page = kari.gets("/desk/missing").await;
    assert!(page.text.contains("Spørsmål: 4. Personer: 4. Grupper: 2, hvorav 2 vises"), "{}", page.text);
    assert!(page.text.contains("Spørsmål: 3. Personer: 3. Uten svar: 3."), "{}", page.text);
    assert!(page.text.contains("Skriv en artikkel: ingen ligger nær."), "{}", page.text);
    assert!(page.text.contains("href=\"/desk/articles/nb/konto-laast\""), "the nearest article: {}", page.text);
    assert!(page.text.contains("[fødselsnummer]") && !page.text.contains(FNR), "{}", page.text);
    assert!(kari.gets("/desk/articles").await.text.contains("<a href=\"/desk/missing\">Det som mangler</a>"));

    house.clock.advance(Duration::from_hours(24 * 40));
    let mut kari = with_role(&house, Role::Editor).await;
    for (days, none) in [("30", true), ("90", false), ("365", false), ("7", false)] {
        let page = kari.gets(&format!("/desk/missing?days={days}")).await;
        assert_eq!(page.text.contains("Ingen spørsmål uten svar i denne tiden."), none, "{days}: {}", page.text);
    }
}

#[tokio::test]
async fn an_article_is_begun_with_the_questions_and_no_question_stands_in_an_address() {
    let house = house().await;
    let mut kari = with_role(&house, Role::Editor).await;
    let chosen = [("lang", "nb"), ("question", GOLDFISH[0]), ("question", GOLDFISH[2]), ("article", "nn/konto-laast")];
    let page = kari.posts("/desk/missing/write", &chosen).await;
    assert_eq!(page.status, StatusCode::OK, "it leads nowhere: the questions are in the page");
    assert!(page.text.contains("value=\"Hvem mater gullfiskene i akvariet\""), "{}", page.text);
    assert!(page.text.contains("<option value=\"nb\" selected>"), "{}", page.text);
    let questions = [GOLDFISH[0], GOLDFISH[2]].join("\n");
    assert!(page.text.contains(&format!("name=\"questions\" value=\"{questions}\"")), "{}", page.text);

    let begun = [("title", "Gullfiskene"), ("lang", "nb"), ("questions", &questions), ("slug", "")];
    let editor = kari.posts("/desk/articles/begin", &begun).await;
    assert!(editor.text.contains("/desk/articles/nb/gullfiskene/save") && editor.text.contains(GOLDFISH[2]), "{}", editor.text);
    assert_eq!(kari.gets("/desk/missing/write").await.leads_to(), "/desk/missing");
}

#[tokio::test]
async fn a_question_becomes_an_example_of_an_article_once_it_is_saved() {
    let house = house().await;
    let mut kari = with_role(&house, Role::Editor).await;
    let question = "Kontoen er låst etter ferien";
    let page = kari.posts("/desk/missing/add", &[("question", question), ("article", "nb/konto-laast")]).await;
    assert!(page.text.contains("står nå blant eksempelspørsmålene"), "{}", page.text);
    assert!(page.text.contains(&format!("Kontoen min er låst\n{question}")), "{}", page.text);
    let file = house.kb.join("nb/konto-laast.md");
    assert_eq!(fs::read_to_string(&file).unwrap(), LOCKED, "nothing is saved yet");

    let hidden = |name: &str| {
        let (_, rest) = page.text.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let (base, head, questions) = (hidden("base"), hidden("head"), format!("Kontoen min er låst\r\n{question}"));
    let body = "# Låst konto\n\nVent i ti minutter.\n";
    let fields = [("base", &*base), ("head", &head), ("title", "Låst konto"), ("questions", &questions), ("body", body)];
    kari.posts("/desk/articles/nb/konto-laast/save", &fields).await.leads_to();
    assert!(fs::read_to_string(&file).unwrap().contains(&format!("  - {question}\n")));

    let again = kari.posts("/desk/missing/add", &[("question", "kontoen min er låst"), ("article", "nb/konto-laast")]).await;
    assert!(again.text.contains("hadde spørsmålet fra før"), "{}", again.text);
    let nowhere = kari.posts("/desk/missing/add", &[("question", question), ("article", "nb/finnes-ikke")]).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn auditors_read_it_others_do_not_and_only_an_articles_own_editors_add_to_it() {
    let house = house().await;
    let mut auditor = with_role(&house, Role::Auditor).await;
    let page = auditor.gets("/desk/missing").await;
    assert!(page.text.contains(GOLDFISH[0]) && !page.text.contains("/desk/missing/write"), "{}", page.text);
    let question = [("question", GOLDFISH[0]), ("article", "nb/konto-laast")];
    for form in ["/desk/missing/write", "/desk/missing/add"] {
        assert_eq!(auditor.posts(form, &question).await.status, StatusCode::FORBIDDEN, "{form}");
    }
    let mut operator = with_role(&house, Role::Operator).await;
    assert_eq!(operator.gets("/desk/missing").await.status, StatusCode::FORBIDDEN);
    let clinical = Membership::Some(vec![GroupId::new("clinical")]);
    let mut elsewhere = house.signed_in("Per", clinical, Roles::from([Role::Editor])).await;
    assert_eq!(elsewhere.posts("/desk/missing/add", &question).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_solved_ticket_becomes_the_start_of_an_article() {
    let house = House::open().await;
    house.browser().asks("Hvem mater gullfiskene i akvariet?").await;
    let mut kari = house.operator("Kari").await;
    assert_eq!(kari.posts("/desk/tickets/1001/article", &[]).await.status, StatusCode::NOT_FOUND, "it is not solved yet");
    assert!(!kari.gets("/desk/tickets/1001").await.text.contains("/desk/tickets/1001/article\""));
    kari.posts("/desk/tickets/1001/take", &[]).await;
    kari.posts("/desk/tickets/1001/note", &[("text", "Bare for oss")]).await;
    kari.posts("/desk/tickets/1001/reply", &[("text", "Resepsjonen mater dem.")]).await;
    kari.posts("/desk/tickets/1001/resolve", &[("text", "Hver morgen.")]).await;

    assert!(kari.gets("/desk/tickets/1001").await.text.contains("action=\"/desk/tickets/1001/article\""));
    let page = kari.posts("/desk/tickets/1001/article", &[]).await;
    for begun in [
        "value=\"Hvem mater gullfiskene i akvariet\"",
        "name=\"questions\" value=\"Hvem mater gullfiskene i akvariet?\"",
        "name=\"group\" value=\"general\"",
        "name=\"body\" value=\"Resepsjonen mater dem.\n\nHver morgen.\"",
        "ta bort navn",
    ] {
        assert!(page.text.contains(begun), "{begun}: {}", page.text);
    }
    assert!(!page.text.contains("Bare for oss"), "a note is the desk's own");
    let body = "Resepsjonen mater dem.";
    let begun = [("title", "Gullfiskene"), ("lang", "nb"), ("group", "general"), ("body", body)];
    let editor = kari.posts("/desk/articles/begin", &begun).await;
    assert!(editor.text.contains("# Gullfiskene\n\nResepsjonen mater dem."), "{}", editor.text);
    assert_eq!(kari.gets("/desk/tickets/1001/article").await.leads_to(), "/desk/tickets/1001");

    let mut operator = with_role(&house, Role::Operator).await;
    assert!(!operator.gets("/desk/tickets/1001").await.text.contains("/desk/tickets/1001/article\""));
    for role in [Role::Operator, Role::Editor, Role::Auditor] {
        let mut other = with_role(&house, role).await;
        assert_eq!(other.posts("/desk/tickets/1001/article", &[]).await.status, StatusCode::FORBIDDEN, "{role:?}");
    }
}
