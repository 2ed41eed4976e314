//! Operators look through the tickets: which, in which order, and what comes in meanwhile.

use axum::http::StatusCode;
use firstline::domain::ids::GroupId;
use firstline::domain::permission::{Membership, Role, Roles};

use super::browser::{Answer, Browser};
use super::house::{FNR, House};

const SCREEN: &str = "Skjermen er svart";
const MOUSE: &str = "Musen er borte";
const SOUND: &str = "Lyden er borte";

/// What the lists to choose among say that they hold.
fn counts(page: &Answer) -> Vec<&str> {
    page.text.split("<span class=\"count\">").skip(1).filter_map(|rest| rest.split('<').next()).collect()
}

/// The part of the page that shows tickets.
fn listed(page: &Answer) -> &str {
    page.text.split("<section id=\"queue\"").nth(1).unwrap().split("</section>").next().unwrap()
}

fn shows(page: &Answer) -> [bool; 3] {
    [SCREEN, MOUSE, SOUND].map(|subject| listed(page).contains(subject))
}

async fn kari_with_one_taken_one_free_and_one_resolved(house: &House) -> Browser {
    for subject in [SCREEN, MOUSE, SOUND] {
        house.browser().asks(subject).await;
    }
    let mut kari = house.operator("Kari").await;
    kari.posts("/desk/tickets/1001/take", &[]).await;
    house.operator("Ola").await.posts("/desk/tickets/1003/resolve", &[("text", "Slått på igjen")]).await;
    kari
}

#[tokio::test]
async fn each_list_holds_what_it_is_called_and_says_how_much() {
    let house = House::open().await;
    let mut kari = kari_with_one_taken_one_free_and_one_resolved(&house).await;
    let cases = [
        ("/desk", [true, true, false]),
        ("/desk?view=mine", [true, false, false]),
        ("/desk?view=free", [false, true, false]),
        ("/desk?view=all", [true, true, true]),
        ("/desk?view=snoozed", [false, false, false]),
        ("/desk?view=resolved", [false, false, true]),
        ("/desk?view=nonsense&status=nonsense&sort=nonsense&after=nonsense", [true, true, false]),
    ];
    for (address, expected) in cases {
        let page = kari.gets(address).await;
        assert_eq!(shows(&page), expected, "{address}\n{}", page.text);
        assert_eq!(counts(&page), ["1", "2", "1", "3", "0", "1"], "{address}");
    }
}

#[tokio::test]
async fn a_list_is_narrowed_down_by_its_address_and_says_so() {
    let house = House::open().await;
    let mut kari = kari_with_one_taken_one_free_and_one_resolved(&house).await;
    kari.posts("/desk/tickets/1001/reply", &[("text", "Er den koblet til?")]).await;
    let cases = [
        ("/desk?group=clinical", [false, false, false]),
        ("/desk?group=general", [true, true, false]),
        ("/desk?status=taken", [true, false, false]),
        ("/desk?view=all&status=resolved", [false, false, true]),
        ("/desk?view=free&status=resolved", [false, true, false]),
        ("/desk?priority=critical", [false, false, false]),
        ("/desk?line=second", [false, false, false]),
        ("/desk?line=first&lang=nb", [true, true, false]),
        ("/desk?lang=en", [false, false, false]),
        ("/desk?waits=employee", [true, false, false]),
        ("/desk?waits=desk", [false, true, false]),
        ("/desk?q=SVART", [true, false, false]),
        ("/desk?q=1002", [false, true, false]),
        ("/desk?view=all&q=er+borte", [false, true, true]),
    ];
    for (address, expected) in cases {
        assert_eq!(shows(&kari.gets(address).await), expected, "{address}");
    }
    let page = kari.gets("/desk?view=all&q=borte&waits=desk&sort=age").await;
    for kept in [
        "name=\"view\" value=\"all\"",
        "name=\"q\" value=\"borte\"",
        "<option value=\"desk\" selected>Oss</option>",
        "<option value=\"age\" selected>Eldste først</option>",
        "<th scope=\"col\" aria-sort=\"ascending\">Meldt</th>",
        "href=\"/desk?view=all&amp;waits=desk&amp;q=borte&amp;sort=urgency\">Prioritet</a>",
        "href=\"/desk?view=all\">Nullstill</a>",
    ] {
        assert!(page.text.contains(kept), "{kept}\n{}", page.text);
    }
}

#[tokio::test]
async fn it_is_told_who_waits_for_whom_and_since_when() {
    let house = House::open().await;
    house.browser().asks(SCREEN).await;
    let (mut kari, mut ola) = (house.operator("Kari").await, house.operator("Ola").await);
    assert!(listed(&kari.gets("/desk").await).contains("Venter på oss siden kl. "));
    kari.posts("/desk/tickets/1001/take", &[]).await;
    assert!(listed(&kari.gets("/desk").await).contains("Venter på deg siden kl. "));
    assert!(listed(&ola.gets("/desk").await).contains("Venter på Kari siden kl. "));
    kari.posts("/desk/tickets/1001/reply", &[("text", "Er den koblet til?")]).await;
    let page = kari.gets("/desk").await;
    assert!(listed(&page).contains("Venter på innmelderen siden kl. "), "{}", page.text);
    for told in ["nå nettopp", "Vanlig", "Under arbeid", "Generell støtte", "Førstelinje", "Kari", "Uten navn", "Bokmål"] {
        assert!(listed(&page).contains(told), "{told}\n{}", page.text);
    }
}

#[tokio::test]
async fn a_long_list_comes_page_by_page() {
    let house = House::open().await;
    for number in 1..=51 {
        house.browser().asks(&format!("Lampe {number} er mørk")).await;
    }
    let mut kari = house.operator("Kari").await;
    let first = kari.gets("/desk?sort=age").await;
    assert!(first.text.contains("50 av 51 saker"), "{}", first.text);
    assert_eq!(first.all("data-row").len(), 50);
    let next = first.all("href").into_iter().find(|href| href.contains("after=")).unwrap().replace("&amp;", "&");
    assert!(next.contains("sort=age"), "{next}");
    let second = kari.gets(&next).await;
    assert_eq!(second.all("data-row"), ["1051"]);
    assert!(second.text.contains("href=\"/desk?sort=age\">Til begynnelsen av listen</a>"), "{}", second.text);
    assert!(second.text.contains("rel=\"prev\" href=\"/desk?sort=age\">Forrige side</a>"), "{}", second.text);
    assert!(!first.text.contains("Forrige side"), "{}", first.text);
}

#[tokio::test]
async fn where_there_is_nothing_it_is_said_what_to_do() {
    let house = House::open().await;
    let mut kari = house.operator("Kari").await;
    let cases = [
        ("/desk", "Nye saker kommer hit av seg selv."),
        ("/desk?view=mine", "href=\"/desk?view=free\">Vis saker som ingen har tatt</a>"),
        ("/desk?view=free", "Alle sakene er tatt."),
        ("/desk?view=all", "Når noen trenger en person"),
        ("/desk?view=snoozed", "Du utsetter en sak når du har den åpen."),
        ("/desk?view=resolved", "Det du løser, finner du igjen her."),
        ("/desk?view=mine&q=skjerm", "Ingen saker passer."),
    ];
    for (address, told) in cases {
        let page = kari.gets(address).await;
        assert!(listed(&page).contains(told), "{address}\n{}", page.text);
    }
}

#[tokio::test]
async fn what_must_not_be_kept_does_not_stand_in_the_address_of_a_search() {
    let house = House::open().await;
    let mut kari = house.operator("Kari").await;
    let address = kari.gets(&format!("/desk?view=all&q=pasient+{FNR}")).await.leads_to().to_owned();
    assert!(address.starts_with("/desk?view=all&q=pasient%20") && !address.contains(FNR), "{address}");
    assert!(!kari.gets(&address).await.text.contains(FNR));
}

#[tokio::test]
async fn who_only_reads_is_offered_nothing_to_change() {
    let house = House::open().await;
    house.browser().asks(SCREEN).await;
    let mut inger = house.signed_in("Inger", Membership::Every, Roles::from([Role::Auditor])).await;
    let page = inger.gets("/desk").await;
    assert!(listed(&page).contains(SCREEN), "{}", page.text);
    for absent in ["/take\"", "data-do=\"take\"", "data-do=\"call\"", "href=\"/desk/call\""] {
        assert!(!page.text.contains(absent), "{absent}\n{}", page.text);
    }
}

#[tokio::test]
async fn what_is_new_is_announced_and_moves_nothing_that_is_shown() {
    let house = House::open().await;
    house.browser().asks(SCREEN).await;
    let mut kari = house.operator("Kari").await;
    let events = kari.gets("/desk").await.all("data-events")[0].replace("&amp;", "&");
    let mut stream = kari.listens(&events, None).await;
    stream.until("id=\"queue-news\"").await;
    house.browser().asks(MOUSE).await;
    let read = stream.until("Ny sak 1002: Musen er borte").await.to_owned();
    assert!(read.contains("<a id=\"news-show\" href=\"/desk\">vis</a>"), "{read}");
    assert!(read.contains("data-notice=\"Ny sak 1002 til Generell støtte\""), "a notification holds nothing of the text: {read}");
    assert!(!read.contains("id=\"ticket-1002\"") && !read.contains("<section id=\"queue\""), "{read}");
    house.browser().asks(SOUND).await;
    let read = stream.until("2 nye saker").await.to_owned();
    assert!(read.contains("data-numbers=\"1002 1003\"") && read.contains("data-notice=\"2 nye saker\""), "{read}");
}

#[tokio::test]
async fn a_row_is_renewed_where_it_stands_and_says_when_it_has_left_the_list() {
    let house = House::open().await;
    house.browser().asks(SCREEN).await;
    let mut kari = house.operator("Kari").await;
    let events = kari.gets("/desk?view=free").await.all("data-events")[0].replace("&amp;", "&");
    let mut stream = kari.listens(&events, None).await;
    stream.until("id=\"queue-news\"").await;
    house.operator("Ola").await.posts("/desk/tickets/1001/take", &[]).await;
    let read = stream.until("Ikke lenger i denne listen").await.to_owned();
    assert!(read.contains("<tr class=\"left\" id=\"ticket-1001\"") && read.contains("Venter på Ola"), "{read}");
    stream
        .until("id=\"view-free\" href=\"/desk?view=free\" aria-current=\"page\">Ikke tatt <span class=\"count\">0</span>")
        .await;
}

#[tokio::test]
async fn a_ticket_of_another_group_disappears_from_a_list_without_a_word_more() {
    let house = House::open().await;
    house.browser().asks(SCREEN).await;
    let general = Membership::Some(vec![GroupId::new("general")]);
    let mut per = house.operator_of("Per", general).await;
    let events = per.gets("/desk").await.all("data-events")[0].replace("&amp;", "&");
    let mut stream = per.listens(&events, None).await;
    stream.until("id=\"queue-news\"").await;
    let reason = [("group", "clinical"), ("text", "Gjelder journalen")];
    house.operator("Ola").await.posts("/desk/tickets/1001/transfer", &reason).await;
    let read = stream.until("Mine grupper <span class=\"count\">0</span>").await;
    assert!(!read.contains("Klinisk støtte"), "{read}");
}

#[tokio::test]
async fn an_empty_list_fills_by_itself() {
    let house = House::open().await;
    let mut kari = house.operator("Kari").await;
    let events = kari.gets("/desk").await.all("data-events")[0].replace("&amp;", "&");
    let mut stream = kari.listens(&events, None).await;
    stream.until("Ingen åpne saker i gruppene dine.").await;
    house.browser().asks(SCREEN).await;
    let read = stream.until("Ny sak 1001: Skjermen er svart").await;
    assert!(read.contains("id=\"ticket-1001\"") && read.contains("1 ny sak</p>"), "{read}");
}

#[tokio::test]
async fn a_page_that_was_away_is_told_what_came_meanwhile() {
    let house = House::open().await;
    house.browser().asks(SCREEN).await;
    let mut kari = house.operator("Kari").await;
    let events = kari.gets("/desk").await.all("data-events")[0].replace("&amp;", "&");
    house.browser().asks(MOUSE).await;
    kari.listens(&events, None).await.until("data-numbers=\"1002\"").await;
}

#[tokio::test]
async fn the_keyboards_commands_stand_on_every_page_of_the_desk_in_the_readers_language() {
    let house = House::open().await;
    house.browser().asks(SCREEN).await;
    let mut kari = house.operator("Kari").await;
    for path in ["/desk", "/desk/tickets/1001", "/desk/call", "/desk/explain"] {
        let page = kari.gets(path).await;
        for name in
            ["next", "previous", "open", "take", "reply", "note", "transfer", "resolve", "search", "queue", "call", "help"]
        {
            assert!(page.text.contains(&format!("data-do=\"{name}\"")), "{name} on {path}");
        }
    }
    let row = kari.gets("/desk").await;
    assert!(listed(&row).contains("data-key=\"take\"") && row.text.contains("data-key=\"search\""), "{}", row.text);
    kari.posts("/language", &[("lang", "nn"), ("back", "/desk")]).await;
    assert!(kari.gets("/desk").await.text.contains("Gå til sak #") && kari.gets("/desk").await.text.contains("Førre sak"));
    let outside = house.browser().gets("/").await;
    assert_eq!(outside.status, StatusCode::OK);
    assert!(!outside.text.contains("data-do="), "employees have no desk commands");
}
