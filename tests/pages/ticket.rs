//! An operator works on a ticket: replies and notes kept apart, what is begun is kept, others are seen, several at once.

use axum::http::StatusCode;
use firstline::domain::ids::GroupId;
use firstline::domain::permission::{Membership, Role, Roles};

use super::browser::{Answer, Browser};
use super::house::House;

/// Somebody asks what no article answers, so that it becomes a ticket; says their name if they have one.
async fn ticket(house: &House, text: &str, name: &str) -> Browser {
    let mut asker = house.browser();
    asker.posts("/chat", &[("text", text), ("name", name)]).await;
    asker
}

/// What stands inside the element with this id, up to the end of its kind.
fn inside<'p>(page: &'p Answer, id: &str, end: &str) -> &'p str {
    let rest = page.text.split(&format!("id=\"{id}\"")).nth(1).unwrap_or_else(|| panic!("no {id}: {}", page.text));
    rest.split(end).next().unwrap()
}

/// What is written in a field.
fn written<'p>(page: &'p Answer, id: &str) -> &'p str {
    inside(page, id, "</textarea>").split_once('>').unwrap().1
}

#[tokio::test]
async fn a_reply_and_a_note_have_nothing_in_common_but_the_page() {
    let house = House::open().await;
    ticket(&house, "Skjermen er svart", "Ola Nordmann").await;
    let page = house.operator("Kari").await.gets("/desk/tickets/1001").await;
    let (reply, note) = (inside(&page, "reply-form-1001", "</form>"), inside(&page, "note-form-1001", "</form>"));
    assert!(reply.contains("action=\"/desk/tickets/1001/reply\"") && reply.contains("Send svar til Ola Nordmann"), "{reply}");
    assert!(reply.contains("Svaret går til Ola Nordmann") && reply.contains("value=\"reply\""));
    assert!(note.contains("action=\"/desk/tickets/1001/note\"") && note.contains("Lagre notat for kolleger"), "{note}");
    assert!(note.contains("Bare operatører ser notatet.") && note.contains("value=\"note\""));
    assert!(page.text.contains("class=\"ds-card note-form\"") && !reply.contains("note") && !note.contains("/reply"));
    let (beside, from_side) = (page.text.find("<aside").unwrap(), page.text.find("id=\"note-form-1001\"").unwrap());
    assert!(page.text.find("id=\"reply-form-1001\"").unwrap() < beside && beside < from_side, "they stand in different places");
}

#[tokio::test]
async fn a_text_that_was_written_for_the_others_is_neither_sent_nor_kept() {
    let house = House::open().await;
    let mut asker = ticket(&house, "Skjermen er svart", "").await;
    let mut kari = house.operator("Kari").await;
    for (address, meant_for) in [("reply", "note"), ("note", "reply")] {
        let path = format!("/desk/tickets/1001/{address}");
        let slip = [("text", "Innmelderen er vanskelig"), ("for", meant_for)];
        let told = kari.posts_by_script(&path, &slip).await;
        assert_eq!((told["ok"].as_bool(), told["message"].as_str().unwrap().contains("andre skjemaet")), (Some(false), true));
        assert_eq!(kari.posts(&path, &slip).await.leads_to(), "/desk/tickets/1001?said=other-form");
    }
    let log = kari.gets("/desk/tickets/1001").await;
    assert!(!inside(&log, "log-1001", "</section>").contains("vanskelig"));
    assert!(!asker.gets("/").await.text.contains("vanskelig"));
    kari.posts("/desk/tickets/1001/note", &[("text", "Bytt kabel"), ("for", "note")]).await;
    kari.posts("/desk/tickets/1001/reply", &[("text", "Vi bytter kabel"), ("for", "reply")]).await;
    let page = asker.gets("/").await;
    assert!(page.text.contains("Vi bytter kabel") && !page.text.contains("Bytt kabel"));
}

#[tokio::test]
async fn a_form_that_is_sent_twice_is_one_line() {
    let house = House::open().await;
    let mut asker = ticket(&house, "Skjermen er svart", "").await;
    let mut kari = house.operator("Kari").await;
    let form = [("text", "Er den koblet til strøm?"), ("for", "reply"), ("client_id", "a1")];
    for _ in 0..2 {
        let told = kari.posts_by_script("/desk/tickets/1001/reply", &form).await;
        assert_eq!((told["ok"].as_bool(), told["message"].as_str()), (Some(true), Some("Svaret er sendt.")));
    }
    assert_eq!(asker.gets("/").await.text.matches("Er den koblet til strøm?").count(), 1);
    let mut ola = house.operator("Ola").await;
    for _ in 0..2 {
        ola.posts("/desk/tickets/1001/note", &[("text", "Fast kunde"), ("client_id", "a1")]).await;
    }
    assert_eq!(ola.gets("/desk/tickets/1001").await.text.matches("Fast kunde").count(), 1);
}

#[tokio::test]
async fn what_is_begun_is_kept_through_sign_out_and_goes_when_it_is_sent() {
    let house = House::open().await;
    ticket(&house, "Skjermen er svart", "").await;
    let mut kari = house.operator("Kari").await;
    let begun = [("kind", "reply"), ("form", "f1"), ("text", "Hei, jeg ser på <det> for 01010112345")];
    let told = kari.posts_by_script("/desk/tickets/1001/draft", &begun).await;
    assert!(told["message"].as_str().unwrap().starts_with("Utkastet er lagret"), "{told}");
    kari.posts_by_script("/desk/tickets/1001/draft", &[("kind", "note"), ("form", "f2"), ("text", "Ring Per")]).await;
    kari.posts("/desk/sign-out", &[]).await;

    let mut kari = house.operator("Kari").await;
    for address in ["/desk/tickets/1001", "/desk/work?tickets=1001"] {
        let page = kari.gets(address).await;
        assert_eq!(written(&page, "reply-text-1001"), "Hei, jeg ser på &lt;det&gt; for [fødselsnummer]", "{address}");
        assert_eq!(written(&page, "note-text-1001"), "Ring Per", "{address}");
    }
    let others = house.operator("Ola").await.gets("/desk/tickets/1001").await;
    assert_eq!((written(&others, "reply-text-1001"), written(&others, "note-text-1001")), ("", ""));

    kari.posts("/desk/tickets/1001/reply", &[("text", "Hei, det er i orden"), ("client_id", "f1")]).await;
    kari.posts_by_script("/desk/tickets/1001/draft", &begun).await;
    let page = kari.gets("/desk/tickets/1001").await;
    assert_eq!(
        (written(&page, "reply-text-1001"), written(&page, "note-text-1001")),
        ("", "Ring Per"),
        "a late save changes nothing"
    );
}

#[tokio::test]
async fn drafts_are_for_those_who_work_on_the_ticket() {
    let house = House::open().await;
    ticket(&house, "Skjermen er svart", "").await;
    let draft = [("kind", "reply"), ("text", "Hei")];
    let clinical = Membership::Some(vec![GroupId::new("clinical")]);
    let mut elsewhere = house.operator_of("Per", clinical).await;
    assert_eq!(elsewhere.posts("/desk/tickets/1001/draft", &draft).await.status, StatusCode::FORBIDDEN);
    let mut auditor = house.signed_in("Rita", Membership::Every, Roles::from([Role::Auditor])).await;
    assert_eq!(auditor.posts("/desk/tickets/1001/draft", &draft).await.status, StatusCode::FORBIDDEN);
    assert_eq!(auditor.posts("/desk/tickets/1001/typing", &draft).await.status, StatusCode::FORBIDDEN);
    let page = auditor.gets("/desk/tickets/1001").await;
    for form in ["reply-form-1001", "note-form-1001", "take-form-1001", "resolve-1001", "replies-1001"] {
        assert!(!page.text.contains(form), "{form}");
    }
    let unknown = [("kind", "poem"), ("text", "Hei")];
    let status = house.operator("Kari").await.posts("/desk/tickets/1001/draft", &unknown).await.status;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn standard_replies_come_filled_in_in_the_conversations_language_with_the_groups_own_first() {
    let house = House::open().await;
    ticket(&house, "Skjermen er svart", "Ola").await;
    let mut kari = house.operator("Kari").await;
    let page = kari.gets("/desk/tickets/1001").await;
    let list = inside(&page, "replies-list-1001", "</section>");
    let titles = ["Takk for hjelpen", "Vi kommer til deg", "We will come to you"].map(|title| list.find(title).unwrap());
    assert!(titles.is_sorted() && !list.contains("pasientopplysninger"), "{list}");
    assert!(list.contains("Hei Ola! Vi kommer til {sted?}. Sak 1001.\n\nHilsen Kari, Generell støtte"), "{list}");

    let found = kari.gets("/desk/tickets/1001/replies?replies=KOMMER+deg").await;
    assert!(found.text.starts_with("<div id=\"replies-list-1001\"") && found.text.contains("Vi kommer til deg"));
    assert!(!found.text.contains("Takk for hjelpen"));
    let page = kari.gets("/desk/tickets/1001?replies=finnes+ikke").await;
    assert!(page.text.contains("Ingen standardsvar passer til søket."), "the same without script");
    let page = kari.gets("/desk/tickets/1001?use=nb/takk").await;
    assert_eq!(written(&page, "reply-text-1001"), "Takk, Ola!", "the same without script");
}

#[tokio::test]
async fn a_reply_with_something_left_to_fill_in_is_not_sent() {
    let house = House::open().await;
    let mut asker = ticket(&house, "Skjermen er svart", "").await;
    let mut kari = house.operator("Kari").await;
    let unfilled = [("text", "Hei {name}! Vi kommer til {sted?}.")];
    for verb in ["reply", "resolve"] {
        let told = kari.posts_by_script(&format!("/desk/tickets/1001/{verb}"), &unfilled).await;
        assert_eq!(told["message"], "Fyll ut {name}, {sted?} før du sender. Ingenting er sendt.");
    }
    assert_eq!(kari.posts("/desk/tickets/1001/reply", &unfilled).await.leads_to(), "/desk/tickets/1001?said=unfilled");
    let page = kari.gets("/desk/tickets/1001?said=unfilled").await;
    assert!(page.text.contains("Fyll ut {name}, {sted?} før du sender."));
    assert_eq!(written(&page, "reply-text-1001"), "Hei {name}! Vi kommer til {sted?}.", "what was typed is not lost");
    assert!(!asker.gets("/").await.text.contains("Vi kommer"));
    kari.posts("/desk/tickets/1001/reply", &[("text", "Bruk {\"a\": 1} i filen")]).await;
    assert!(asker.gets("/").await.text.contains("i filen"), "other braces are nobody's field");
}

#[tokio::test]
async fn articles_are_searched_on_the_page_with_script_and_without() {
    let house = House::open().await;
    ticket(&house, "Skjermen er svart", "").await;
    let mut kari = house.operator("Kari").await;
    let found = kari.gets("/desk/tickets/1001/articles?q=passord").await;
    assert!(found.text.starts_with("<div id=\"articles-list-1001\" data-count=\"Artikler: 1\""), "{}", found.text);
    assert!(found.all("data-insert").contains(&"Glemt passord: http://hjelp.example/kb/nb/glemt-passord"));
    let page = kari.gets("/desk/tickets/1001?articles=passord").await;
    assert!(inside(&page, "articles-list-1001", "</section>").contains("Glemt passord"));
    assert!(page.all("value").contains(&"passord"));
    let clinical = Membership::Some(vec![GroupId::new("clinical")]);
    let mut elsewhere = house.operator_of("Per", clinical).await;
    for path in ["articles?q=passord", "replies", "duplicate?into=1001"] {
        assert_eq!(elsewhere.gets(&format!("/desk/tickets/1001/{path}")).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}

/// What is done, with which fields, where its words come back, and which.
type Step = (&'static str, &'static [(&'static str, &'static str)], &'static str, &'static str);

#[tokio::test]
async fn a_ticket_is_judged_moved_put_aside_and_fetched_back() {
    let house = House::open().await;
    ticket(&house, "Skjermen er svart", "").await;
    let mut kari = house.operator("Kari").await;
    let steps: [Step; 6] = [
        ("priority", &[("impact", "organisation"), ("urgency", "high")], "priority", "Hele virksomheten"),
        ("line", &[("line", "second"), ("text", "Må ha drift")], "line", "Andrelinje"),
        ("snooze", &[("preset", "tomorrow")], "snooze", "Lagt til side til"),
        ("wake", &[], "wake", "Om saken"),
        ("snooze", &[("until", "2020-01-01T08:00")], "moment", "Velg et tidspunkt"),
        ("transfer", &[("group", "klinisk støtte"), ("text", "Journal")], "transfer", "Klinisk støtte"),
    ];
    for (verb, fields, said, shown) in steps {
        let page = kari.posts(&format!("/desk/tickets/1001/{verb}"), fields).await.leads_to().to_owned();
        assert_eq!(page, format!("/desk/tickets/1001?said={said}"), "{verb}");
        let page = kari.gets(&page).await;
        assert!(page.text.contains(shown), "{verb}: {}", page.text);
    }
    let page = kari.gets("/desk/tickets/1001").await;
    assert!(!page.text.contains("Lagt til side til"));
    let nowhere = kari.posts("/desk/tickets/1001/transfer", &[("group", "Månen"), ("text", "x")]).await;
    assert_eq!(nowhere.leads_to(), "/desk/tickets/1001?said=no-group");
}

#[tokio::test]
async fn both_tickets_are_shown_before_they_are_merged() {
    let house = House::open().await;
    ticket(&house, "Skjermen er svart", "").await;
    ticket(&house, "Svart skjerm igjen", "").await;
    let mut kari = house.operator("Kari").await;
    let page = kari.gets("/desk/tickets/1002/duplicate?into=1001").await;
    assert!(page.text.contains("Skjermen er svart") && page.text.contains("Svart skjerm igjen"), "{}", page.text);
    assert!(page.all("action").contains(&"/desk/tickets/1002/merge"));
    for nobody in ["1002", "4711", "abc"] {
        let page = kari.gets(&format!("/desk/tickets/1002/duplicate?into={nobody}")).await;
        assert!(page.text.contains("finnes ikke") && !page.all("action").contains(&"/desk/tickets/1002/merge"), "{nobody}");
    }
    assert_eq!(kari.posts("/desk/tickets/1002/merge", &[("into", "1001")]).await.leads_to(), "/desk/tickets/1002?said=merge");
    assert!(kari.gets("/desk/tickets/1002").await.text.contains("Duplikat av"));
    let page = kari.gets("/desk/tickets/1001").await;
    assert!(inside(&page, "duplicates-1001", "</section>").contains("Svart skjerm igjen"));
    assert_eq!(
        kari.posts("/desk/tickets/1001/merge", &[("into", "1002")]).await.leads_to(),
        "/desk/tickets/1001?said=merge-other"
    );
}

#[tokio::test]
async fn operators_see_who_else_looks_and_who_types_and_employees_only_who_types_a_reply() {
    let house = House::open().await;
    let mut asker = ticket(&house, "Skjermen er svart", "Per").await;
    let page = asker.gets("/").await;
    let (mut kari, mut ola) = (house.operator("Kari").await, house.operator("Ola").await);
    let mut employees = asker.listens(page.all("data-events")[0], None).await;
    let mut olas = ola.listens("/desk/tickets/1001/events", None).await;
    olas.until("id=\"presence-1001\"").await;
    let karis = kari.listens("/desk/tickets/1001/events", None).await;
    assert!(!olas.until("Kari ser også på saken.").await.contains("Ola ser også"), "nobody is told of themselves");

    kari.posts("/desk/tickets/1001/typing", &[("kind", "note")]).await;
    olas.until("Kari skriver notat …").await;
    kari.posts("/desk/tickets/1001/typing", &[("kind", "reply")]).await;
    olas.until("Kari skriver svar …").await;
    let read = employees.until("Kari skriver …").await;
    assert!(!read.contains("notat") && !read.contains("ser også"), "{read}");
    let typing =
        employees.until("data-typing").await.split("data-typing=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    asker.posts(&typing, &[("kind", "reply")]).await;
    olas.until("Per skriver …").await;
    drop(karis);
    let page = house.operator("Nina").await.gets("/desk/tickets/1001").await;
    let presence = inside(&page, "presence-1001", "</p>");
    assert!(presence.contains("Ola ser også") && !presence.contains("Kari ser"), "who closes the page is gone: {presence}");
    let mut stranger = house.browser();
    assert_eq!(stranger.posts(&typing, &[("kind", "reply")]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn several_tickets_stand_side_by_side_and_none_is_taken_for_another() {
    let house = House::open().await;
    let mut first = ticket(&house, "Skjermen er svart", "Per").await;
    let mut second = ticket(&house, "Musen er borte", "Åse").await;
    ticket(&house, "Tastaturet er vått", "").await;
    let mut kari = house.operator("Kari").await;
    kari.posts("/desk/tickets/1003/take", &[]).await;
    let page = kari.gets("/desk/work?tickets=1001,1002,4711").await;
    let mut ids = page.all(" id");
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "every id stands once");
    assert!(page.text.contains("Sak 4711 finnes ikke"));
    for number in [1001, 1002] {
        let events = page.all("data-events").into_iter().find(|events| events.contains(&format!("/tickets/{number}/")));
        let events = events.unwrap().replace("&amp;", "&");
        let mut stream = kari.listens(&events, None).await;
        let read = stream.until(&format!("id=\"presence-{number}\"")).await;
        assert!(
            read.contains(&format!("id=\"work-{number}\"")) && read.contains("name=\"from\" value=\"1001,1002,4711\""),
            "{read}"
        );
    }
    let fewer = kari.gets("/desk/work?tickets=1001,1002").await;
    assert!(fewer.all("href").contains(&"/desk/work?tickets=1001,1002,1003"), "own tickets are offered");
    assert!(fewer.all("href").contains(&"/desk/work?tickets=1002"), "and each can be closed");
    assert_eq!(kari.gets("/desk/work?tickets=1001,1002&add=1003").await.leads_to(), "/desk/work?tickets=1001,1002,1003");

    let reply = [("text", "Se under pulten"), ("for", "reply"), ("from", "1001,1002")];
    let back = kari.posts("/desk/tickets/1002/reply", &reply).await.leads_to().to_owned();
    assert_eq!(back, "/desk/work?tickets=1001,1002&about=1002&said=reply");
    let page = kari.gets(&back).await;
    assert!(inside(&page, "said-back-1002", "</p>").contains("Svaret er sendt."));
    assert!(!inside(&page, "said-back-1001", "</p>").contains("sendt"));
    assert!(second.gets("/").await.text.contains("Se under pulten") && !first.gets("/").await.text.contains("Se under pulten"));
    let clinical = Membership::Some(vec![GroupId::new("clinical")]);
    let page = house.operator_of("Per", clinical).await.gets("/desk/work?tickets=1001").await;
    assert!(page.text.contains("hører til en gruppe du ikke er med i") && !page.text.contains("Skjermen er svart"));
}
