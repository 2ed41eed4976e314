//! Pages that are open hear the news, and those that were away read on where they left.

use super::browser::Browser;
use super::house::House;

/// The id of every line that a stream carried, in order.
fn ids(stream: &str) -> Vec<&str> {
    stream.lines().filter_map(|line| line.strip_prefix("id: ")).collect()
}

async fn conversation_of(asker: &mut Browser) -> String {
    asker.gets("/").await.all("data-events")[0].split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_stream_that_comes_back_neither_loses_nor_repeats_a_line() {
    let house = House::open().await;
    let mut asker = house.browser();
    asker.asks("Jeg har glemt passordet mitt").await;
    let events = conversation_of(&mut asker).await;
    let mut stream = asker.listens(&events, None).await;
    let seen = ids(stream.until("Velg <strong>").await).iter().map(ToString::to_string).collect::<Vec<_>>();
    drop(stream);

    asker.posts("/chat", &[("text", "Kan jeg få snakke med en person?")]).await;
    let mut stream = asker.listens(&events, seen.last().map(String::as_str)).await;
    let read = stream.until("Saksnummeret ditt er").await.to_owned();
    assert!(!read.contains("Velg <strong>"), "what was seen is not repeated");
    assert!(read.contains("Kan jeg få snakke med en person?"), "what came meanwhile is there");
    let later = ids(&read);
    assert!(later.iter().all(|id| !seen.iter().any(|before| before == id)), "{seen:?} {later:?}");
}

#[tokio::test]
async fn an_open_page_hears_of_lines_choices_and_status_as_they_come() {
    let house = House::open().await;
    let mut asker = house.browser();
    asker.asks("Skjermen er svart").await;
    let page = asker.gets("/").await;
    let mut stream = asker.listens(page.all("data-events")[0], None).await;
    let before = stream.until("Venter på at noen tar den").await;
    assert!(ids(before).is_empty(), "the page has these lines already: {before}");
    let mut kari = house.operator("Kari").await;
    kari.posts("/desk/tickets/1001/take", &[]).await;
    stream.until("Kari har tatt saken din").await;
    stream.until("Kari har saken og svarer deg her.").await;
    kari.posts("/desk/tickets/1001/resolve", &[("text", "Nytt kabel er på vei")]).await;
    let read = stream.until("/actions/resolved_no").await;
    assert!(read.contains("Nytt kabel er på vei"));
}

#[tokio::test]
async fn a_note_is_in_the_operators_stream_and_never_in_the_employees() {
    let house = House::open().await;
    let mut asker = house.browser();
    asker.asks("Skjermen er svart").await;
    let events = conversation_of(&mut asker).await;
    let mut employees = asker.listens(&events, None).await;
    let mut kari = house.operator("Kari").await;
    let mut operators = kari.listens("/desk/tickets/1001/events", None).await;
    kari.posts("/desk/tickets/1001/note", &[("text", "Ringte leverandøren")]).await;
    kari.posts("/desk/tickets/1001/reply", &[("text", "Ny skjerm er bestilt")]).await;
    assert!(operators.until("Ny skjerm er bestilt").await.contains("Ringte leverandøren"));
    assert!(!employees.until("Ny skjerm er bestilt").await.contains("Ringte leverandøren"));
}

#[tokio::test]
async fn a_stream_ends_when_the_program_stops_and_when_its_reader_signs_out() {
    let house = House::open().await;
    let mut asker = house.browser();
    asker.asks("Skjermen er svart").await;
    let events = conversation_of(&mut asker).await;
    let mut kari = house.operator("Kari").await;
    let mut queue = kari.listens("/desk/events", None).await;
    queue.until("Skjermen er svart").await;
    kari.posts("/desk/sign-out", &[]).await;
    house.operator("Ola").await.posts("/desk/tickets/1001/take", &[]).await;
    assert!(!queue.read_out().await.contains("Ola"));

    let stream = asker.listens(&events, None).await;
    house.stop.cancel();
    assert!(stream.read_out().await.contains("Skjermen er svart"));
}

#[tokio::test]
async fn a_page_that_was_open_while_the_server_started_anew_catches_up() {
    let house = House::open().await;
    let mut asker = house.browser();
    asker.asks("Jeg har glemt passordet mitt").await;
    let events = conversation_of(&mut asker).await;
    let mut stream = asker.listens(&events, None).await;
    let last = ids(stream.until("Velg <strong>").await).last().map(ToString::to_string);
    let house = house.starts_anew().await;
    stream.read_out().await;

    asker.goes_to(&house.app);
    asker.posts("/chat", &[("text", "Kan jeg få snakke med en person?"), ("client_id", "k9")]).await;
    let mut stream = asker.listens(&events, last.as_deref()).await;
    let read = stream.until("Saksnummeret ditt er").await;
    assert!(!read.contains("Velg <strong>") && read.contains("Kan jeg få snakke med en person?"), "{read}");
    let seen = ids(read);
    let once: std::collections::BTreeSet<_> = seen.iter().collect();
    assert_eq!(once.len(), seen.len(), "no line comes twice");
}
