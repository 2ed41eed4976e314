//! Incidents as employees read them, and as the desk keeps them.

use axum::http::StatusCode;
use firstline::domain::ids::GroupId;
use firstline::domain::permission::{Membership, Role, Roles};

use super::browser::Browser;
use super::house::House;

const FORM: [(&str, &str); 9] = [
    ("kind", "incident"),
    ("severity", "critical"),
    ("state", "confirmed"),
    ("title_nb", "DIPS er nede"),
    ("title_en", "DIPS is down"),
    ("text_nb", "Bruk **nødrutinen**. <script>alert(1)</script>"),
    ("services", "DIPS, journalsystemet"),
    ("from", "2020-11-22T09:10"),
    ("groups", "clinical"),
];

impl House {
    async fn coordinator(&self) -> Browser {
        self.signed_in("Kari", Membership::Every, Roles::from([Role::Coordinator])).await
    }
}

/// Announces what the form says; the address that follows.
async fn announces(kari: &mut Browser, form: &[(&str, &str)]) -> String {
    kari.posts("/desk/incidents", form).await.leads_to().to_owned()
}

/// The address of the only choice with this id on a page.
fn choice(page: &super::browser::Answer, id: &str) -> String {
    let found: Vec<&str> = page.all("action").into_iter().filter(|action| action.ends_with(id)).collect();
    assert_eq!(found.len(), 1, "{}", page.text);
    found[0].to_owned()
}

#[tokio::test]
async fn from_the_announcement_to_the_end_without_script() {
    let house = House::open().await;
    let mut kari = house.coordinator().await;
    let first = announces(&mut kari, &FORM).await;
    assert!(kari.gets(&first).await.text.contains("Det er meldt."));

    let mut ola = house.browser();
    let front = ola.gets("/").await;
    assert!(front.text.contains("DIPS er nede") && front.text.contains("Bekreftet, rettes"), "{}", front.text);
    let told = ola.asks("Hvorfor henger DIPS").await;
    assert!(told.text.contains("Vi vet om dette: <strong>DIPS er nede</strong>"), "{}", told.text);
    assert!(told.text.contains("<strong>nødrutinen</strong>") && !told.text.contains("<script>alert"));
    ola.posts(&choice(&told, "/tell_me"), &[]).await;
    let waiting = ola.gets("/").await;
    assert!(waiting.text.contains("Da sier jeg fra her når det er over") && waiting.text.contains("1001"), "{}", waiting.text);

    let queue = kari.gets("/desk").await;
    assert!(queue.text.contains("href=\"/desk/incidents/1\"") && queue.text.contains("D-1</a>"), "{}", queue.text);
    assert!(kari.gets("/desk/incidents/1").await.text.contains("/desk/tickets/1001"));
    kari.posts("/desk/incidents/1/update", &[("text_nb", "Feilen er funnet."), ("state", "monitoring")]).await.leads_to();
    assert!(ola.gets("/status").await.text.contains("Feilen er funnet."));
    kari.posts("/desk/incidents/1/end", &[("text_nb", "Strømmen er tilbake.")]).await.leads_to();
    for _ in 0..2 {
        house.looks_after_incidents().await;
    }
    let over = ola.gets("/").await;
    assert_eq!(over.text.matches("Feilen er rettet: <strong>DIPS er nede</strong>").count(), 1, "{}", over.text);
    assert!(over.text.contains("Strømmen er tilbake.") && !over.text.contains("Bekreftet, rettes"));
    ola.posts(&choice(&over, "/resolved_yes"), &[]).await.leads_to();
    let status = ola.gets("/status").await;
    assert!(status.text.contains("Ingen kjente feil akkurat nå.") && status.text.contains("Strømmen er tilbake."));
}

#[tokio::test]
async fn something_else_gets_the_answer_that_it_would_have_got() {
    let house = House::open().await;
    announces(&mut house.coordinator().await, &FORM).await;
    let mut ola = house.browser();
    let told = ola.asks("Passord til DIPS").await;
    assert!(!told.text.contains("Velg <strong>"), "the incident comes first: {}", told.text);
    ola.posts(&choice(&told, "/something_else"), &[]).await;
    assert!(ola.gets("/").await.text.contains("Velg <strong>Glemt passord</strong>"));
}

#[tokio::test]
async fn a_form_with_something_wrong_comes_back_as_it_was() {
    let house = House::open().await;
    let mut kari = house.coordinator().await;
    let long = "x".repeat(121);
    let cases: [(&[(&str, &str)], &str); 4] = [
        (&[("text_nb", "Bruk papir."), ("from", "2026-11-22T09:10")], "Skriv dette på bokmål."),
        (&[("title_nb", &long), ("text_nb", "Bruk papir."), ("from", "i går")], "Skriv dato og klokkeslett"),
        (&[("title_nb", "Nede"), ("text_nb", "Bruk papir."), ("from", "")], "Skriv når det begynte"),
        (
            &[("kind", "maintenance"), ("title_nb", "Bytte"), ("text_nb", "Bruk papir."), ("from", "22.11.2026 kl. 09.10")],
            "Skriv når vedlikeholdet skal være over.",
        ),
    ];
    for (form, why) in cases {
        let page = kari.posts("/desk/incidents", form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text.contains(why) && page.text.contains("aria-invalid=\"true\""), "{why}: {}", page.text);
        assert!(page.text.contains("Bruk papir.") && page.text.contains("ingenting av det du skrev, er borte"));
    }
    assert!(house.browser().gets("/status").await.text.contains("Ingen kjente feil akkurat nå."));
    announces(&mut kari, &FORM).await;
    let update = kari.posts("/desk/incidents/1/update", &[("text_nb", ""), ("text_nn", "Berre nynorsk")]).await;
    assert_eq!(update.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(update.text.contains("Berre nynorsk") && update.text.contains("Skriv dette på bokmål."), "{}", update.text);
}

#[tokio::test]
async fn planned_work_is_put_in_other_words_and_called_off() {
    let house = House::open().await;
    let mut kari = house.coordinator().await;
    let form = [
        ("kind", "maintenance"),
        ("title_nb", "Bytte av rutere"),
        ("text_nb", "Nettet er borte en time."),
        ("from", "2099-11-22T22:00"),
        ("until", "2099-11-22T23:00"),
    ];
    announces(&mut kari, &form).await;
    let mut ola = house.browser();
    assert!(!ola.gets("/").await.text.contains("Bytte av rutere"), "it is years ahead");
    assert!(ola.gets("/status").await.text.contains("Bytte av rutere"));
    let edit = kari.gets("/desk/incidents/1/edit").await;
    assert!(edit.text.contains("2099-11-22T22:00") && edit.text.contains("Nettet er borte en time."), "{}", edit.text);
    let changed = form.map(|(name, value)| if name == "title_nb" { (name, "Bytte av svitsjer") } else { (name, value) });
    kari.posts("/desk/incidents/1/edit", &changed).await.leads_to();
    assert!(ola.gets("/status").await.text.contains("Bytte av svitsjer"));
    kari.posts("/desk/incidents/1/cancel", &[]).await.leads_to();
    assert!(ola.gets("/status").await.text.contains("Avlyst"));
    assert!(kari.gets("/desk/incidents/1?said=ended").await.text.contains("Hendelsen er over."));
}

#[tokio::test]
async fn only_coordinators_keep_incidents_and_whoever_reads_tickets_reads_them() {
    let house = House::open().await;
    announces(&mut house.coordinator().await, &FORM).await;
    house.browser().asks("Skjermen er svart").await;
    let cases = [
        (Role::Operator, StatusCode::OK, StatusCode::SEE_OTHER),
        (Role::Auditor, StatusCode::OK, StatusCode::FORBIDDEN),
        (Role::Editor, StatusCode::FORBIDDEN, StatusCode::FORBIDDEN),
    ];
    for (role, reads, links) in cases {
        let mut per = house.signed_in("Per", Membership::Every, Roles::from([role])).await;
        for page in ["/desk/incidents", "/desk/incidents/1"] {
            assert_eq!(per.gets(page).await.status, reads, "{role:?}");
        }
        assert_eq!(per.gets("/desk/incidents/new").await.status, StatusCode::FORBIDDEN);
        assert_eq!(per.posts("/desk/incidents", &FORM).await.status, StatusCode::FORBIDDEN);
        for verb in ["end", "reopen", "cancel"] {
            assert_eq!(per.posts(&format!("/desk/incidents/1/{verb}"), &[]).await.status, StatusCode::FORBIDDEN, "{role:?}");
        }
        let page = per.gets("/desk/incidents/1").await.text;
        assert!(!page.contains("/desk/incidents/1/end") && !page.contains("/desk/incidents/1/edit"), "{role:?}");
        assert_eq!(per.posts("/desk/tickets/1001/incident", &[("incident", "1")]).await.status, links, "{role:?}");
    }
    let mut nobody = house.browser();
    assert_eq!(nobody.gets("/desk/incidents").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(nobody.posts("/desk/incidents", &FORM).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_ticket_is_linked_beside_it_and_by_its_number() {
    let house = House::open().await;
    announces(&mut house.coordinator().await, &FORM).await;
    house.browser().asks("Skjermen er svart").await;
    let mut per = house.operator("Per").await;
    assert!(per.gets("/desk/tickets/1001").await.text.contains("Gjelder saken en av disse?"));
    assert_eq!(per.posts("/desk/tickets/1001/incident", &[("incident", "1")]).await.leads_to(), "/desk/tickets/1001");
    let page = per.gets("/desk/tickets/1001").await;
    assert!(page.text.contains("Løs fra hendelsen") && page.text.contains("D-1"), "{}", page.text);
    let again = per.posts("/desk/tickets/1001/incident", &[("incident", "1")]).await.leads_to().to_owned();
    assert!(per.gets(&again).await.text.contains("Det er allerede gjort."));
    let steps =
        [("unlink", "1001", "unlinked"), ("link", "1001", "linked"), ("link", "7", "no-ticket"), ("link", "x", "no-ticket")];
    for (verb, ticket, said) in steps {
        let next = per.posts(&format!("/desk/incidents/1/{verb}"), &[("ticket", ticket)]).await.leads_to().to_owned();
        assert_eq!(next, format!("/desk/incidents/1?said={said}"));
    }
    let mut liv = house.operator_of("Liv", Membership::Some(vec![GroupId::new("clinical")])).await;
    let page = liv.gets("/desk/incidents/1").await.text;
    assert!(page.contains("gjelder dette (1)") && !page.contains("Skjermen er svart"), "another group's ticket: {page}");
    let next = liv.posts("/desk/incidents/1/unlink", &[("ticket", "1001")]).await.leads_to().to_owned();
    assert!(next.ends_with("no-ticket"), "{next}");
    house.coordinator().await.posts("/desk/incidents/1/end", &[]).await.leads_to();
    let next = per.posts("/desk/incidents/1/link", &[("ticket", "1001")]).await.leads_to().to_owned();
    assert!(next.ends_with("said=ended"), "{next}");
}

#[tokio::test]
async fn open_pages_hear_of_incidents_as_they_come_and_go() {
    let house = House::open().await;
    let mut ola = house.browser();
    let front = ola.gets("/").await;
    let mut beginning = ola.listens(front.all("data-events")[0], None).await;
    let page = ola.gets("/status").await;
    let mut status = ola.listens(page.all("data-events")[0], None).await;
    status.until("Ingen kjente feil").await;
    let talk = ola.asks("Skjermen er svart").await;
    let mut chat = ola.listens(talk.all("data-events")[0], None).await;
    chat.until("id=\"incidents\"").await;
    beginning.until("id=\"incidents\"").await;
    let mut kari = house.coordinator().await;
    announces(&mut kari, &FORM).await;
    for stream in [&mut beginning, &mut chat] {
        stream.until("Ny driftsmelding: DIPS er nede").await;
    }
    status.until("DIPS er nede").await;
    kari.posts("/desk/incidents/1/end", &[("text_nb", "Alt virker.")]).await;
    status.until("Alt virker.").await;
}

#[tokio::test]
async fn everybody_reads_of_it_in_their_language() {
    let house = House::open().await;
    announces(&mut house.coordinator().await, &FORM).await;
    let cases = [
        ("nb", "lang=\"nb\">DIPS er nede", "Driftsstatus"),
        ("nn", "lang=\"nb\">DIPS er nede", "Ingen feil eller vedlikehald"),
        ("en", "lang=\"en\">DIPS is down", "Service status"),
    ];
    for (lang, title, words) in cases {
        let page = house.browser().reads(lang).gets("/status").await;
        assert!(page.text.contains(title) && page.text.contains(words), "{lang}: {}", page.text);
    }
    let mut ola = house.browser().reads("en");
    assert!(ola.asks("DIPS hangs").await.text.contains("We know about this: <strong>DIPS is down</strong>"));
}
