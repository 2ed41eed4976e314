//! Operators see why a question is answered as it is.

use axum::http::StatusCode;

use super::house::{FNR, House};

#[tokio::test]
async fn every_step_from_the_question_to_the_answer_is_shown() {
    let house = House::open().await;
    let mut kari = house.operator("Kari").await;
    let form = kari.gets("/desk/explain").await;
    assert!(form.text.contains("<a href=\"/desk/explain\" aria-current=\"page\">Forklar svar</a>"), "{}", form.text);
    assert!(
        form.text.contains("<label class=\"ds-label\" for=\"q\">Spørsmål</label>") && !form.text.contains("<table"),
        "{}",
        form.text
    );

    let page = kari.gets("/desk/explain?q=Glemt+passord").await.text;
    for told in [
        "value=\"Glemt passord\"",
        "Firstline svarer med den første artikkelen: 93,0\u{a0}% sikker er minst 60,0\u{a0}%.",
        "Tegn på bokmål: 12, nynorsk: -3, engelsk: 0.",
        "Ingen regel slo til.",
        "Svarer fra 60,0\u{a0}%, tilbyr artikler fra 25,0\u{a0}%.",
        "<th scope=\"row\">passord</th>",
        "skrivefeil, rettet",
        "passord (0,85)",
        "<summary>1. <span lang=\"nb\">Glemt passord</span> – 93,0\u{a0}% sikker</summary>",
        "<a class=\"ds-link\" href=\"/kb/nb/glemt-passord\" lang=\"nb\">",
        "Rangering: 7,25 poeng",
        "<strong>Glemt <mark>passord</mark></strong>",
    ] {
        assert!(page.contains(told), "{told}\n{page}");
    }
    assert_eq!(page.matches("<th scope=\"row\" lang=\"en\">coverage</th>").count(), 11, "ten of ranking and one of confidence");
    assert!(page.contains("<td>−21,00</td>") && !page.contains("nothing") && !page.contains("<script>alert"), "{page}");
}

#[tokio::test]
async fn what_a_text_wants_and_how_sure_the_index_is_decide_what_is_told() {
    let house = House::open().await;
    let mut kari = house.operator("Kari").await.reads("en");
    for (question, told) in [
        ("the+printer", "lets the asker choose among the nearest articles: being 48.0% sure is below 60.0%, but at least 25.0%."),
        ("the+screen", "A person takes over: being 12.0% sure is below 25.0%."),
        ("a+person", "A person takes over, because the asker wants one."),
        ("+", "role=\"status\">"),
    ] {
        let page = kari.gets(&format!("/desk/explain?q={question}")).await.text;
        assert!(page.contains(told), "{question}\n{page}");
    }
}

#[tokio::test]
async fn what_must_not_be_kept_stands_neither_on_the_page_nor_in_its_address() {
    let house = House::open().await;
    let mut kari = house.operator("Kari").await;
    let answer = kari.gets(&format!("/desk/explain?q=passord+{FNR}")).await;
    let address = answer.leads_to().to_owned();
    assert!(address.starts_with("/desk/explain?q=passord%20") && !address.contains(FNR), "{address}");
    let page = kari.gets(&address).await;
    assert!(page.text.contains("value=\"passord [fødselsnummer]\"") && !page.text.contains(FNR), "{}", page.text);
}

#[tokio::test]
async fn only_operators_who_have_signed_in_see_it() {
    let house = House::open().await;
    let answer = house.browser().gets("/desk/explain?q=passord").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(!answer.text.contains("glemt-passord"), "{}", answer.text);
}
