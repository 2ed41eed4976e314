//! The link register in the browser: editors keep it, everybody in the desk reads it, and a ticket's search finds it.

use std::fs;
use std::process::Command;

use axum::http::StatusCode;
use firstline::domain::ids::GroupId;
use firstline::domain::permission::{Membership, Role, Roles};

use super::browser::{Answer, Browser};
use super::house::House;

const TIMES: &str = "---\ntitle: Timeregistrering\naddress: https://timer.example.no/\ntags: [timeliste, overtid]\nreviewed: 2026-10-05\n---\n\n\
                     Her fører du timene dine.\n";
const TIMES_EN: &str = "---\ntitle: Time sheets\naddress: https://timer.example.no/\ntags: [overtime]\nreviewed: 2026-10-05\n---\n\nWhere hours go.\n";
const RECORD: &str = "---\ntitle: Journalkurs\naddress: https://laering.example.no/\ngroup: clinical\nreviewed: 2025-01-31\n---\n\nKurs i journalen.\n";
const PAGE: &str = "/desk/links/nb/timer";

async fn house() -> House {
    let files = [("links/nb/timer.md", TIMES), ("links/en/timer.md", TIMES_EN), ("links/nb/journalkurs.md", RECORD)];
    House::with_articles("http://hjelp.example", &files).await
}

fn hidden(page: &Answer, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let (_, rest) = page.text.split_once(&start).unwrap_or_else(|| panic!("no field {name}:\n{}", page.text));
    rest.split('"').next().unwrap().to_owned()
}

fn git(house: &House, arguments: &[&str]) -> String {
    let output = Command::new("git").arg("-C").arg(&house.kb).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn into_git(house: &House) {
    git(house, &["init", "--quiet"]);
    git(house, &["add", "."]);
    git(house, &["-c", "user.name=Per", "-c", "user.email=per@x.example", "commit", "--quiet", "-m", "Begynnelsen"]);
}

/// The titles that a list shows, in its order.
async fn titles(kari: &mut Browser, query: &str) -> Vec<String> {
    let page = kari.gets(&format!("/desk/links?{query}")).await;
    let rows = page.text.split("<th class=\"subject\"").skip(1);
    let title = |row: &str| row.split_once("</a>").and_then(|(row, _)| row.rsplit('>').next()).unwrap_or_default().to_owned();
    rows.map(title).collect()
}

#[tokio::test]
async fn the_register_is_searched_with_forms_and_slips_and_filtered() {
    let house = house().await;
    let mut kari = house.operator("Kari").await;
    assert_eq!(titles(&mut kari, "").await, ["Journalkurs", "Timeregistrering"]);
    assert_eq!(titles(&mut kari, "q=timelister").await, ["Timeregistrering"]);
    assert_eq!(titles(&mut kari, "q=tmieliste").await, ["Timeregistrering"]);
    assert_eq!(titles(&mut kari, "q=kaffemaskin").await, Vec::<String>::new());
    assert_eq!(titles(&mut kari, "which=due").await, ["Journalkurs"]);
    assert_eq!(titles(&mut kari, "which=missing&group=clinical").await, ["Journalkurs"]);
    assert_eq!(titles(&mut kari, "which=faulty").await, Vec::<String>::new());
    let page = kari.gets("/desk/links").await;
    assert!(page.text.contains("href=\"https://timer.example.no/\""), "{}", page.text);
    assert!(page.text.contains("href=\"/desk/links/nn/timer\""), "the way to a language that is missing");
    assert!(!kari.gets("/desk/articles").await.text.contains("Journalkurs"), "a link is no article");
    assert!(kari.gets("/desk/articles?q=overtid").await.text.contains("/desk/links/nb/timer"), "and stands beside them");
}

#[tokio::test]
async fn a_link_is_changed_on_disk_and_committed_in_the_editors_name() {
    let house = house().await;
    into_git(&house);
    let mut kari = house.operator("Kari").await;
    let page = kari.gets(PAGE).await;
    let (base, head) = (hidden(&page, "base"), hidden(&page, "head"));
    let fields = [
        ("base", &*base),
        ("head", &head),
        ("title", "Timeregistrering"),
        ("address", "https://timer.example.no/ny"),
        ("tags", "timeliste\r\nfleksitid"),
        ("reviewed", "2026-11-20"),
        ("body", "Her fører du timene dine."),
    ];
    assert!(kari.posts(&format!("{PAGE}/save"), &fields).await.leads_to().starts_with(&format!("{PAGE}?said=saved")));
    let file = fs::read_to_string(house.kb.join("links/nb/timer.md")).unwrap();
    let expected = "---\ntitle: Timeregistrering\naddress: https://timer.example.no/ny\ntags: [timeliste, fleksitid]\n\
                    reviewed: 2026-11-20\n---\n\nHer fører du timene dine.\n";
    assert_eq!(file, expected);
    let log = git(&house, &["log", "-1", "--format=%an %s", "--name-only"]);
    assert!(log.starts_with("Kari Endret lenken «Timeregistrering» (Bokmål)"), "{log}");
    assert!(log.trim_end().ends_with("links/nb/timer.md"), "{log}");
    assert_eq!(titles(&mut kari, "q=fleksitid").await, ["Timeregistrering"], "it is found at once");

    let late =
        [("base", &*base), ("head", &head), ("title", "Timer"), ("address", "https://x.example.no"), ("body", "Noe annet")];
    let late = kari.posts(&format!("{PAGE}/save"), &late).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.text);
    assert!(late.text.contains("Noen andre har endret lenken") && late.text.contains("Noe annet"), "{}", late.text);
    assert_eq!(fs::read_to_string(house.kb.join("links/nb/timer.md")).unwrap(), file, "nothing is written over");
}

#[tokio::test]
async fn an_address_that_could_run_something_is_refused_and_is_nowhere_to_be_clicked() {
    let house = house().await;
    let mut kari = house.operator("Kari").await;
    let base = hidden(&kari.gets(PAGE).await, "base");
    for address in ["javascript:alert(1)", "http://timer.example.no", "https://kari:pw@timer.example.no", "timer"] {
        let fields = [("base", &*base), ("title", "Timer"), ("address", address), ("body", "Her fører du timene dine.")];
        let told = kari.posts_by_script(&format!("{PAGE}/preview"), &fields).await;
        let regions = told["regions"].to_string();
        assert!(regions.contains("er ikke en adresse som en lenke kan ha"), "{regions}");
        assert!(!regions.contains(&format!("href=\\\"{address}")), "{regions}");
        assert_eq!(kari.posts(&format!("{PAGE}/save"), &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(fs::read_to_string(house.kb.join("links/nb/timer.md")).unwrap(), TIMES);
}

#[tokio::test]
async fn a_link_is_begun_saved_removed_and_brought_back() {
    let house = house().await;
    into_git(&house);
    let mut kari = house.operator("Kari").await;
    let begun = [("title", "Møterom på Østsida"), ("lang", "nn"), ("slug", "")];
    let editor = kari.posts("/desk/links/new", &begun).await;
    let address = "/desk/links/nn/moeterom-paa-oestsida";
    assert!(editor.text.contains(&format!("action=\"{address}/save\"")), "{}", editor.text);
    let fields = [("title", "Møterom"), ("address", "https://rom.example.no/"), ("group", "clinical"), ("body", "Ledige rom.")];
    kari.posts(&format!("{address}/save"), &fields).await.leads_to();
    let file = house.kb.join("links/nn/moeterom-paa-oestsida.md");
    let written = "---\ntitle: Møterom\naddress: https://rom.example.no/\ngroup: clinical\n---\n\nLedige rom.\n";
    assert_eq!(fs::read_to_string(&file).unwrap(), written);

    let base = hidden(&kari.gets(address).await, "base");
    let unconfirmed = kari.posts(&format!("{address}/retire"), &[("base", &base)]).await;
    assert!(file.exists() && unconfirmed.text.contains("Kryss av"), "{}", unconfirmed.text);
    let list = kari.posts(&format!("{address}/retire"), &[("base", &base), ("confirm", "yes")]).await.leads_to().to_owned();
    assert!(!file.exists());
    let history = format!("{address}/history");
    let list = kari.gets(list.split('#').next().unwrap()).await;
    assert!(list.text.contains("Lenken er fjernet.") && list.text.contains(&format!("href=\"{history}\"")), "{}", list.text);

    let commits = git(&house, &["log", "--format=%H", "--", "links/nn/moeterom-paa-oestsida.md"]);
    let [removed, made] = commits.lines().collect::<Vec<_>>().try_into().unwrap();
    let page = kari.gets(&format!("{history}?version={removed}")).await;
    assert!(page.text.contains("Fjernet lenken «Møterom»") && !page.text.contains("/restore\""), "{}", page.text);
    let page = kari.gets(&format!("{history}?version={made}")).await;
    let fields = [("commit", made), ("base", &*hidden(&page, "base"))];
    kari.posts(&format!("{address}/restore"), &fields).await.leads_to();
    assert_eq!(fs::read_to_string(&file).unwrap(), written);
    assert!(git(&house, &["log", "-1", "--format=%s"]).starts_with("Hentet tilbake lenken «Møterom» (Nynorsk)"));
}

#[tokio::test]
async fn everybody_in_the_desk_reads_and_only_a_groups_own_editors_change_its_links() {
    let house = house().await;
    let mut operator = house.signed_in("Ola", Membership::Every, Roles::from([Role::Operator])).await;
    let mut auditor = house.signed_in("Revisor", Membership::Every, Roles::from([Role::Auditor])).await;
    for reader in [&mut operator, &mut auditor] {
        let list = reader.gets("/desk/links").await;
        assert!(list.text.contains("Timeregistrering") && !list.text.contains("/desk/links/new"), "{}", list.text);
        assert!(!list.text.contains("/desk/links/nn/timer"), "nothing to write for them: {}", list.text);
        let page = reader.gets(PAGE).await;
        assert!(page.text.contains("https://timer.example.no/") && !page.text.contains("id=\"save\""), "{}", page.text);
        assert_eq!(reader.gets("/desk/links/new").await.status, StatusCode::FORBIDDEN);
        let fields = [("base", ""), ("title", "X"), ("address", "https://x.example.no"), ("body", "Y")];
        assert_eq!(reader.posts(&format!("{PAGE}/save"), &fields).await.status, StatusCode::FORBIDDEN);
    }
    let general = Membership::Some(vec![GroupId::new("general")]);
    let mut editor = house.signed_in("Per", general, Roles::from([Role::Editor])).await;
    let clinical = "/desk/links/nb/journalkurs";
    let page = editor.gets(clinical).await;
    assert!(page.text.contains("ikke endre den") && !page.text.contains("id=\"save\""), "{}", page.text);
    let base = hidden(&page, "base");
    let fields = [("base", &*base), ("title", "Kurs"), ("address", "https://laering.example.no/"), ("body", "Noe annet")];
    assert_eq!(editor.posts(&format!("{clinical}/save"), &fields).await.status, StatusCode::FORBIDDEN);
    let gone = [("base", &*base), ("confirm", "yes")];
    assert_eq!(editor.posts(&format!("{clinical}/retire"), &gone).await.status, StatusCode::FORBIDDEN);
    assert_eq!(fs::read_to_string(house.kb.join("links/nb/journalkurs.md")).unwrap(), RECORD);
    assert_eq!(house.browser().gets("/desk/links").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_tickets_search_finds_articles_standard_replies_and_links_each_ready_to_be_inserted() {
    let house = house().await;
    let mut asker = house.browser();
    asker.posts("/chat", &[("text", "Skjermen er svart"), ("name", "Ola")]).await;
    let mut kari = house.operator("Kari").await;
    let found = kari.gets("/desk/tickets/1001/articles?q=timelister").await;
    let inserted = found.all("data-insert");
    assert!(inserted.contains(&"Timeregistrering: https://timer.example.no/"), "{}", found.text);
    assert!(found.text.contains("Lenker: 1\""), "how many is told to those who do not see it: {}", found.text);
    let found = kari.gets("/desk/tickets/1001/articles?q=kommer%20til%20deg").await;
    assert!(found.text.contains(">Standardsvar</h3>") && found.text.contains("Vi kommer til {sted?}."), "{}", found.text);
    let page = kari.gets("/desk/tickets/1001?articles=tmieliste").await;
    assert!(page.all("data-insert").contains(&"Timeregistrering: https://timer.example.no/"), "the same without script");
    let page = kari.gets("/desk/tickets/1001").await;
    assert!(!page.text.contains("https://timer.example.no/"), "only what was searched for");

    let mut auditor = house.signed_in("Revisor", Membership::Every, Roles::from([Role::Auditor])).await;
    let found = auditor.gets("/desk/tickets/1001/articles?q=timelister").await;
    assert!(found.text.contains("https://timer.example.no/") && found.all("data-insert").is_empty(), "{}", found.text);
}
