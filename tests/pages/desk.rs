//! Operators sign in, see the queue, and work on tickets.

use axum::http::StatusCode;
use firstline::domain::ids::GroupId;
use firstline::domain::permission::{Membership, Roles};

use super::house::House;

#[tokio::test]
async fn a_link_is_good_for_exactly_one_sign_in() {
    let house = House::open().await;
    let link = house.sign_in_link(Membership::Every, Roles::all()).await;
    let token = link.split_once("token=").unwrap().1;
    for _ in 0..2 {
        let page = house.browser().gets(&link).await;
        assert!(page.text.contains("value=\"Operatør\""), "looking does not use it up: {}", page.text);
    }
    let (mut kari, mut ola) = (house.browser(), house.browser());
    let sign_in = [("token", token), ("name", "Kari")];
    let both = tokio::join!(kari.posts("/desk/sign-in", &sign_in), ola.posts("/desk/sign-in", &sign_in));
    let mut statuses = [both.0.status, both.1.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::GONE]);
    let late = house.browser().gets(&link).await;
    assert_eq!(late.status, StatusCode::GONE);
    assert!(late.text.contains("firstline sign-in-link"));
}

#[tokio::test]
async fn a_session_is_no_link_and_a_link_is_no_session() {
    let house = House::open().await;
    let mut kari = house.operator("Kari").await;
    let session = kari.cookie("firstline_desk").unwrap().to_owned();
    assert_eq!(kari.gets(&format!("/desk/sign-in?token={session}")).await.status, StatusCode::GONE);
    assert_eq!(kari.gets("/desk").await.status, StatusCode::OK);
    kari.posts("/desk/sign-out", &[]).await;
    assert_eq!(kari.gets("/desk").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn who_has_not_signed_in_sees_and_does_nothing() {
    let house = House::open().await;
    let mut asker = house.browser();
    asker.asks("Skjermen er svart").await;
    for path in ["/desk", "/desk/events", "/desk/tickets/1001", "/desk/tickets/1001/events"] {
        let answer = asker.gets(path).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
        assert!(!answer.text.contains("Skjermen er svart"), "{path}");
    }
    assert_eq!(asker.posts("/desk/tickets/1001/take", &[]).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn one_operator_takes_a_ticket_and_the_other_is_told_who_has_it() {
    let house = House::open().await;
    let mut asker = house.browser();
    asker.asks("Skjermen er svart").await;
    let (mut kari, mut ola) = (house.operator("Kari").await, house.operator("Ola").await);
    assert!(kari.gets("/desk").await.text.contains("Ta saken<span class=\"unseen\"> 1001</span>"));
    assert_eq!(kari.posts("/desk/tickets/1001/take", &[]).await.leads_to(), "/desk/tickets/1001?said=take");
    assert_eq!(ola.posts("/desk/tickets/1001/take", &[]).await.leads_to(), "/desk/tickets/1001?said=held");

    let page = ola.gets("/desk/tickets/1001?said=held").await;
    assert!(page.text.contains("Kari har saken. Ingenting er endret."), "{}", page.text);
    assert!(page.text.contains("Kari har saken. Du kan lese og skrive internt notat, men ikke svare."));
    let reply = page.text.split("id=\"reply-text-1001\"").nth(1).unwrap().split('>').next().unwrap();
    assert!(reply.contains(" disabled"), "{reply}");
    let told = ola.posts_by_script("/desk/tickets/1001/reply", &[("text", "Hei")]).await;
    assert_eq!(told["message"], "Kari har saken. Ingenting er endret.");
    assert!(asker.gets("/").await.text.contains("Kari har saken og svarer deg her."));
}

#[tokio::test]
async fn a_ticket_is_answered_resolved_and_reopened() {
    let house = House::open().await;
    let mut asker = house.browser();
    asker.asks("Skjermen er svart").await;
    let mut kari = house.operator("Kari").await;
    kari.posts("/desk/tickets/1001/reply", &[("text", "Er skjermen koblet til strøm?\nSe https://x.example/skjerm.")]).await;
    let page = asker.gets("/").await;
    assert!(page.text.contains("Er skjermen koblet til strøm?<br>"), "{}", page.text);
    assert!(page.all("href").contains(&"https://x.example/skjerm"));
    assert!(page.text.contains("person i brukerstøtten"));

    kari.posts("/desk/tickets/1001/resolve", &[("text", "")]).await;
    let page = asker.gets("/").await;
    let no = page.all("action").into_iter().find(|action| action.ends_with("/resolved_no")).unwrap().to_owned();
    asker.posts(&no, &[]).await;
    assert!(kari.gets("/desk").await.text.contains("1001"), "the same ticket waits again");
}

#[tokio::test]
async fn a_note_never_reaches_the_employee() {
    let house = House::open().await;
    let mut asker = house.browser();
    asker.asks("Skjermen er svart").await;
    let mut kari = house.operator("Kari").await;
    assert_eq!(
        kari.posts("/desk/tickets/1001/note", &[("text", "Ringte leverandøren")]).await.leads_to(),
        "/desk/tickets/1001?said=note"
    );
    let reason = [("group", "clinical"), ("text", "Gjelder journalen")];
    assert_eq!(kari.posts("/desk/tickets/1001/transfer", &reason).await.leads_to(), "/desk/tickets/1001?said=transfer");
    let page = kari.gets("/desk/tickets/1001").await;
    assert!(page.text.contains("class=\"line note\"") && page.text.contains("Ringte leverandøren"));
    for path in ["/", "/chat/tickets"] {
        let page = asker.gets(path).await;
        assert!(!page.text.contains("Ringte leverandøren") && !page.text.contains("Gjelder journalen"), "{path}");
    }
}

#[tokio::test]
async fn an_operator_sees_and_works_on_the_tickets_of_their_groups_only() {
    let house = House::open().await;
    house.browser().asks("Skjermen er svart").await;
    let clinical = Membership::Some(vec![GroupId::new("clinical")]);
    let mut per = house.operator_of("Per", clinical).await;
    assert!(!per.gets("/desk?group=general").await.text.contains("Skjermen er svart"));
    assert_eq!(per.gets("/desk/tickets/1001").await.status, StatusCode::FORBIDDEN);
    assert_eq!(per.posts("/desk/tickets/1001/take", &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(per.posts("/desk/tickets/1001/note", &[("text", "Hei")]).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn suggested_articles_stand_beside_the_conversation_ready_to_be_inserted() {
    let house = House::open().await;
    let mut asker = house.browser();
    let page = asker.asks("Jeg har glemt passordet mitt").await;
    let human = page.all("action").into_iter().find(|action| action.ends_with("/human")).unwrap().to_owned();
    asker.posts(&human, &[]).await;
    let page = house.operator("Kari").await.gets("/desk/tickets/1001").await;
    assert!(page.text.contains("93 % sannsynlig"));
    let all = page.all("data-insert");
    let inserts: Vec<&str> = all.into_iter().skip_while(|text| !text.starts_with("Glemt passord")).collect();
    assert_eq!(inserts[0], "Glemt passord: http://hjelp.example/kb/nb/glemt-passord");
    assert!(inserts[1].contains("2. Velg Glemt passord."));
}

#[tokio::test]
async fn what_solved_a_ticket_like_it_stands_beside_the_conversation() {
    let house = House::open().await;
    house.browser().asks("Skjermen er svart etter oppdatering").await;
    house.browser().asks("Svart skjerm etter at maskinen ble oppdatert").await;
    let mut kari = house.operator("Kari").await;
    assert!(kari.gets("/desk/tickets/1002").await.text.contains("Ingen løste saker ligner."));
    kari.posts("/desk/tickets/1001/resolve", &[("text", "Slå av <hurtigstart>.\nSe https://x.example/skjerm.")]).await;
    house.remembers_what_is_solved().await;
    let page = kari.gets("/desk/tickets/1002").await;
    let panel = page.text.split("id=\"similar-1002\"").nth(1).unwrap().split("</section>").next().unwrap();
    for shown in ["Skjermen er svart etter oppdatering", "Slå av &lt;hurtigstart&gt;.<br>", "Løst av Kari", "Generell støtte"]
    {
        assert!(panel.contains(shown), "{shown}: {panel}");
    }
    assert!(page.all("href").contains(&"/desk/tickets/1001") && page.all("href").contains(&"https://x.example/skjerm"));
    assert!(!kari.gets("/desk/tickets/1001").await.text.contains("/desk/tickets/1002"));
}

#[tokio::test]
async fn an_operator_is_shown_what_solved_tickets_of_their_own_groups_only() {
    let house = House::open().await;
    house.browser().asks("Skjermen er svart etter oppdatering").await;
    house.browser().asks("Svart skjerm etter oppdatering av journal").await;
    let mut kari = house.operator("Kari").await;
    let to_clinical = [("group", "clinical"), ("text", "Journal")];
    kari.posts("/desk/tickets/1002/transfer", &to_clinical).await;
    kari.posts("/desk/tickets/1001/resolve", &[("text", "Byttet kabel")]).await;
    house.remembers_what_is_solved().await;
    let clinical = Membership::Some(vec![GroupId::new("clinical")]);
    let page = house.operator_of("Per", clinical).await.gets("/desk/tickets/1002").await;
    assert!(page.text.contains("Svart skjerm") && !page.text.contains("Byttet kabel"), "{}", page.text);
    assert!(kari.gets("/desk/tickets/1002").await.text.contains("Byttet kabel"));
}
