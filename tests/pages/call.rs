//! Operators write down what somebody calls about.

use axum::http::StatusCode;
use firstline::domain::ids::GroupId;
use firstline::domain::permission::{Membership, Role, Roles};

use super::browser::Browser;
use super::house::{FNR, House};

/// The identifier that the form on the page carries.
async fn client_id(operator: &mut Browser) -> String {
    let page = operator.gets("/desk/call").await;
    page.text.split("name=\"client_id\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn what_may_help_comes_up_while_the_caller_talks() {
    let house = House::open().await;
    house.browser().asks("Skjermen er svart etter oppdatering").await;
    let mut kari = house.operator("Kari").await;
    kari.posts("/desk/tickets/1001/resolve", &[("text", "Slå av <hurtigstart>.")]).await;
    house.remembers_what_is_solved().await;

    let help = kari.posts("/desk/call/help", &[("text", "Skjermen er svart etter en oppdatering")]).await.text;
    for shown in ["Hører til Generell støtte.", "Sak 1001", "Slå av &lt;hurtigstart&gt;.", "Løst av Kari"] {
        assert!(help.contains(shown), "{shown}\n{help}");
    }
    let help = kari.posts("/desk/call/help", &[("text", "Hun har glemt passordet")]).await.text;
    assert!(help.contains("Velg <strong>Glemt passord</strong>") && help.contains("93 % sannsynlig treff"), "{help}");
    assert!(help.contains("data-helped=\"Glemt passord: http://hjelp.example/kb/nb/glemt-passord\""), "{help}");
    assert!(help.contains("id=\"help\""), "{help}");
    assert!(help.contains("data-found=\"Artikler som ligner: 1. Løste saker som ligner: 0.\""), "{help}");
    assert!(!help.contains("<html"), "only the region: {help}");
    let nothing = kari.posts("/desk/call/help", &[("text", " ")]).await.text;
    assert!(nothing.contains("når du har skrevet hva det gjelder"), "{nothing}");
}

#[tokio::test]
async fn without_script_a_button_brings_what_helps_and_keeps_what_was_written() {
    let house = House::open().await;
    let mut kari = house.operator("Kari").await;
    let fields =
        [("text", "Hun har glemt passordet"), ("name", "Anne"), ("group", "clinical"), ("client_id", "c1"), ("do", "look")];
    let page = kari.posts("/desk/call", &fields).await;
    assert_eq!(page.status, StatusCode::OK);
    for kept in [
        ">Hun har glemt passordet</textarea>",
        "value=\"Anne\"",
        "<option value=\"clinical\" selected>",
        "name=\"client_id\" value=\"c1\"",
        "Velg <strong>Glemt passord</strong>",
    ] {
        assert!(page.text.contains(kept), "{kept}\n{}", page.text);
    }
    assert!(kari.gets("/desk?view=all").await.text.contains("Det er ingen saker ennå."));
}

#[tokio::test]
async fn a_call_becomes_a_ticket_that_the_operator_has() {
    let house = House::open().await;
    let mut kari = house.operator("Kari").await;
    let fields = [
        ("text", "Skjermen er svart"),
        ("name", "Anne Berg"),
        ("place", "Akuttmottaket"),
        ("phone", "73 55 00 00"),
        ("email", "anne@helse.example"),
        ("impact", "unit"),
        ("urgency", "high"),
        ("do", "keep"),
    ];
    assert_eq!(kari.posts("/desk/call", &fields).await.leads_to(), "/desk/tickets/1001");
    let page = kari.gets("/desk/tickets/1001").await;
    for shown in ["Skjermen er svart", "Anne Berg", "Akuttmottaket", "Telefon: 73 55 00 00", "Kritisk", "Du har saken."] {
        assert!(page.text.contains(shown), "{shown}\n{}", page.text);
    }
    let mine = kari.gets("/desk?view=mine").await;
    assert!(mine.text.contains("Anne Berg") && mine.text.contains("Venter på deg siden"), "{}", mine.text);
}

#[tokio::test]
async fn a_call_goes_into_the_queue_of_the_group_that_it_belongs_to() {
    let house = House::open().await;
    let mut kari = house.operator("Kari").await;
    let fields = [("text", "Journalen åpner seg ikke"), ("group", "clinical"), ("do", "queue")];
    assert_eq!(kari.posts("/desk/call", &fields).await.leads_to(), "/desk/call?saved=1001");
    assert!(kari.gets("/desk/call?saved=1001").await.text.contains("Saken er lagret: 1001."));
    let queue = kari.gets("/desk?view=free&group=clinical").await;
    assert!(queue.text.contains("Journalen åpner seg ikke"), "{}", queue.text);
}

#[tokio::test]
async fn a_call_that_was_solved_is_closed_with_what_helped() {
    let house = House::open().await;
    let mut kari = house.operator("Kari").await;
    let fields = [("text", "Skjermen er svart"), ("helped", "Satte i kabelen"), ("do", "solved")];
    assert_eq!(kari.posts("/desk/call", &fields).await.leads_to(), "/desk/call?saved=1001");
    let page = kari.gets("/desk?view=resolved").await;
    assert!(page.text.contains("Skjermen er svart"), "{}", page.text);
    house.remembers_what_is_solved().await;
    let help = kari.posts("/desk/call/help", &[("text", "Skjermen er helt svart")]).await.text;
    assert!(help.contains("Satte i kabelen"), "what helped helps the next one: {help}");
}

#[tokio::test]
async fn what_cannot_be_taken_comes_back_filled_in_with_the_error_at_its_field() {
    let house = House::open().await;
    let mut kari = house.operator("Kari").await;
    let good = [("text", "Skjermen er svart"), ("name", "Anne"), ("client_id", "c1")];
    let cases = [
        (vec![("text", " "), ("do", "keep")], "text", "Skriv noe først."),
        (vec![("email", "anne"), ("do", "keep")], "email", "Skriv e-postadressen som navn@sted.no"),
        (vec![("phone", "ring meg"), ("do", "queue")], "phone", "Skriv telefonnummeret med sifre"),
        (vec![("helped", ""), ("do", "solved")], "helped", "Skriv hva som hjalp, før du avslutter saken."),
        (vec![("group", "nowhere"), ("do", "queue")], "group", "Gruppen finnes ikke."),
    ];
    for (bad, field, told) in cases {
        let rest = good.iter().filter(|(name, _)| bad.iter().all(|(other, _)| other != name));
        let fields: Vec<_> = rest.chain(&bad).copied().collect();
        let page = kari.posts("/desk/call", &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        let message = format!("<p class=\"ds-validation-message\" id=\"{field}-flaw\">{told}");
        assert!(page.text.contains(&message), "{field}\n{}", page.text);
        assert!(page.text.contains(&format!("aria-invalid=\"true\" aria-describedby=\"{field}-flaw")), "{field}\n{}", page.text);
        assert!(page.text.contains("value=\"Anne\"") && page.text.contains("value=\"c1\""), "{field}\n{}", page.text);
    }
    assert!(kari.gets("/desk?view=all").await.text.contains("Det er ingen saker ennå."));
}

#[tokio::test]
async fn the_same_call_sent_twice_is_one_ticket() {
    let house = House::open().await;
    let mut kari = house.operator("Kari").await;
    let id = client_id(&mut kari).await;
    let fields = [("text", "Skjermen er svart"), ("client_id", &*id), ("do", "keep")];
    for _ in 0..2 {
        assert_eq!(kari.posts("/desk/call", &fields).await.leads_to(), "/desk/tickets/1001");
    }
    assert_ne!(client_id(&mut kari).await, id, "the next call is another one");
}

#[tokio::test]
async fn what_must_not_be_kept_is_taken_out_before_anything_else_sees_it() {
    let house = House::open().await;
    let mut kari = house.operator("Kari").await;
    let text = format!("Pasient {FNR} har glemt passord");
    let fields = [("text", &*text), ("name", FNR), ("helped", FNR), ("do", "look")];
    for path in ["/desk/call", "/desk/call/help"] {
        let page = kari.posts(path, &fields).await;
        assert!(!page.text.contains(FNR) && page.text.contains("Velg <strong>"), "{path}\n{}", page.text);
    }
    kari.posts("/desk/call", &[("text", &*text), ("name", FNR), ("do", "keep")]).await;
    let page = kari.gets("/desk/tickets/1001").await;
    assert!(page.text.contains("[fødselsnummer]") && !page.text.contains(FNR), "{}", page.text);
}

#[tokio::test]
async fn a_call_for_another_group_can_be_left_to_it_and_not_be_kept() {
    let house = House::open().await;
    let clinical = Membership::Some(vec![GroupId::new("clinical")]);
    let mut per = house.operator_of("Per", clinical).await;
    let fields = [("text", "Skjermen er svart"), ("group", "general"), ("do", "keep")];
    let page = per.posts("/desk/call", &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("Du er ikke med i gruppen Generell støtte."), "{}", page.text);
    assert!(page.text.contains(">Skjermen er svart</textarea>"), "{}", page.text);
    let fields = [("text", "Skjermen er svart"), ("group", "general"), ("do", "queue")];
    assert_eq!(per.posts("/desk/call", &fields).await.leads_to(), "/desk/call?saved=1001");
}

#[tokio::test]
async fn only_those_who_work_on_tickets_register_calls() {
    let house = House::open().await;
    let mut inger = house.signed_in("Inger", Membership::Every, Roles::from([Role::Auditor])).await;
    let fields = [("text", "Skjermen er svart"), ("do", "queue")];
    for mut nobody in [house.browser(), house.browser()] {
        assert_eq!(nobody.gets("/desk/call").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(nobody.posts("/desk/call", &fields).await.status, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(inger.gets("/desk/call").await.status, StatusCode::FORBIDDEN);
    for path in ["/desk/call", "/desk/call/help"] {
        assert_eq!(inger.posts(path, &fields).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert!(inger.gets("/desk?view=all").await.text.contains("Det er ingen saker ennå."));
}
