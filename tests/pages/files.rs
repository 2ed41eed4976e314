//! Files that employees and operators attach, and who gets to see them.

use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};

use super::browser::{Answer, Browser};
use super::house::{FNR, House};

const LOG: &[u8] = b"feil 0x80070005 i bunnteksten\n";

/// Asks for a person and gives the address of the conversation's upload form and the ticket's page.
async fn handed_off(ola: &mut Browser) -> (String, String) {
    let page = ola.asks("Jeg vil snakke med et menneske om en melding jeg får").await;
    let form = upload_form(&page);
    (form, "/desk/tickets/1001".to_owned())
}

fn upload_form(page: &Answer) -> String {
    page.all("action").into_iter().find(|action| action.ends_with("/files")).expect("a form that attaches a file").to_owned()
}

fn file_address(page: &Answer) -> String {
    page.all("href").into_iter().find(|address| address.starts_with("/files/")).expect("a file").to_owned()
}

#[tokio::test]
async fn an_employees_file_reaches_the_operator_and_nobody_else() {
    let house = House::open().await;
    let (mut ola, mut kari, mut stranger) = (house.browser(), house.operator("Kari").await, house.browser());
    let (form, ticket) = handed_off(&mut ola).await;

    ola.uploads(&form, &[("client_id", "en")], "C:\\logg æøå.txt", LOG).await.leads_to();

    let seen = kari.gets(&ticket).await;
    assert!(seen.text.contains("logg æøå.txt") && !seen.text.contains("C:"), "{}", seen.text);
    let address = file_address(&seen);
    for reader in [&mut ola, &mut kari] {
        let file = reader.gets(&address).await;
        assert_eq!(file.text.as_bytes(), LOG);
        assert_eq!(file.headers[CONTENT_TYPE], "text/plain; charset=utf-8");
        assert_eq!(file.headers[CONTENT_DISPOSITION], "attachment; filename*=UTF-8''logg%20%C3%A6%C3%B8%C3%A5.txt");
    }
    assert_eq!(stranger.gets(&address).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_same_upload_twice_is_one_file() {
    let house = House::open().await;
    let (mut ola, mut kari) = (house.browser(), house.operator("Kari").await);
    let (form, ticket) = handed_off(&mut ola).await;
    for _ in 0..2 {
        ola.uploads(&form, &[("client_id", "en")], "logg.txt", LOG).await.leads_to();
    }
    assert_eq!(kari.gets(&ticket).await.text.matches(">logg.txt<").count(), 1);
}

#[tokio::test]
async fn a_file_for_colleagues_is_never_the_employees_to_see() {
    let house = House::open().await;
    let (mut ola, mut kari) = (house.browser(), house.operator("Kari").await);
    let (_, ticket) = handed_off(&mut ola).await;

    // Whatever a form says that does not say "everyone", colleagues alone see it.
    kari.uploads(&format!("{ticket}/files"), &[("readers", "desk")], "internt.txt", LOG).await.leads_to();
    kari.uploads(&format!("{ticket}/files"), &[], "ogsa-internt.txt", LOG).await.leads_to();

    let seen = kari.gets(&ticket).await;
    assert!(seen.text.contains("internt.txt") && seen.text.contains("ogsa-internt.txt"));
    let chat = ola.gets("/").await;
    assert!(!chat.text.contains("internt"), "{}", chat.text);
    assert_eq!(ola.gets(&file_address(&seen)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_operators_file_reaches_the_employee() {
    let house = House::open().await;
    let (mut ola, mut kari) = (house.browser(), house.operator("Kari").await);
    let (_, ticket) = handed_off(&mut ola).await;
    kari.uploads(&format!("{ticket}/files"), &[("readers", "everyone")], "veiledning.pdf", b"%PDF-1.7\n").await.leads_to();
    let chat = ola.gets("/").await;
    assert!(chat.text.contains("veiledning.pdf"));
    assert_eq!(ola.gets(&file_address(&chat)).await.headers[CONTENT_TYPE], "application/pdf");
}

#[tokio::test]
async fn what_is_not_taken_is_said_and_nothing_is_kept() {
    let house = House::open().await;
    let mut ola = house.browser();
    let (form, _) = handed_off(&mut ola).await;
    let cases: [(&str, Vec<u8>, &str); 3] = [
        ("virus.png", b"MZ\x90\x00\x03\x00".to_vec(), "Filer av dette slaget tas ikke imot"),
        ("side.html", b"<!DOCTYPE html><script>alert(1)</script>".to_vec(), "Filer av dette slaget tas ikke imot"),
        ("stor.txt", vec![b'a'; 1_100_000], "Filen er for stor. Den kan være høyst 1 MB."),
    ];
    for (name, bytes, why) in cases {
        let refused = ola.uploads(&form, &[], name, &bytes).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(refused.text.contains(why), "{name}: {}", refused.text);
    }
    assert!(!ola.gets("/").await.text.contains("/files/1"));
}

#[tokio::test]
async fn a_secret_in_a_files_name_is_taken_out() {
    let house = House::open().await;
    let (mut ola, mut kari) = (house.browser(), house.operator("Kari").await);
    let (form, ticket) = handed_off(&mut ola).await;
    ola.uploads(&form, &[], &format!("{FNR}.txt"), LOG).await.leads_to();
    let seen = kari.gets(&ticket).await;
    assert!(!seen.text.contains(FNR) && seen.text.contains("[fødselsnummer].txt"), "{}", seen.text);
}

#[tokio::test]
async fn nobody_attaches_to_a_conversation_of_another() {
    let house = House::open().await;
    let (mut ola, mut stranger) = (house.browser(), house.browser());
    let (form, _) = handed_off(&mut ola).await;
    assert_eq!(stranger.uploads(&form, &[], "logg.txt", LOG).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn nobody_sends_a_file_on_a_colleagues_ticket() {
    let house = House::open().await;
    let (mut ola, mut kari, mut per) = (house.browser(), house.operator("Kari").await, house.operator("Per").await);
    let (_, ticket) = handed_off(&mut ola).await;
    kari.uploads(&format!("{ticket}/files"), &[("readers", "everyone")], "veiledning.pdf", b"%PDF-1.7\n").await.leads_to();
    let refused = per.uploads(&format!("{ticket}/files"), &[("readers", "everyone")], "annet.txt", LOG).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "who sends a file has the ticket");
    assert!(refused.text.contains("En kollega har saken"), "{}", refused.text);
    assert!(!ola.gets("/").await.text.contains("annet.txt"));
}

#[tokio::test]
async fn text_is_never_saved_under_the_name_of_a_program() {
    let house = House::open().await;
    let mut ola = house.browser();
    let (form, _) = handed_off(&mut ola).await;
    ola.uploads(&form, &[], "logg.bat", LOG).await.leads_to();
    let address = file_address(&ola.gets("/").await);
    let file = ola.gets(&address).await;
    assert_eq!(file.headers[CONTENT_DISPOSITION], "attachment; filename*=UTF-8''logg.bat.txt");
}

#[tokio::test]
async fn a_picture_pasted_into_a_text_goes_to_those_who_read_the_text() {
    let house = House::open().await;
    house.browser().asks("Skjermen er svart").await;
    let page = house.operator("Kari").await.gets("/desk/tickets/1001").await;
    for (text, form, readers) in
        [("reply-text-1001", "file-1001-form", "everyone"), ("note-text-1001", "file-note-1001-form", "desk")]
    {
        let area = page.text.split(&format!("id=\"{text}\"")).nth(1).and_then(|rest| rest.split('>').next()).unwrap();
        assert!(area.contains(&format!("data-paste-to=\"{form}\"")), "{area}");
        let form = page.text.split(&format!("id=\"{form}\"")).nth(1).and_then(|rest| rest.split("</form>").next()).unwrap();
        assert!(form.contains(&format!("name=\"readers\" value=\"{readers}\"")), "{form}");
    }
}
