//! Editors keep standard replies in the browser.

use std::fs;
use std::process::Command;

use axum::http::StatusCode;
use firstline::domain::ids::GroupId;
use firstline::domain::permission::{Membership, Role, Roles};

use super::browser::Answer;
use super::house::House;

const KNOWN: &str = "---\ntitle: Kjent feil\ntags: [nede]\n---\n\nHei {name}! Vi arbeider med det.\n";
const CLINICAL: &str = "---\ntitle: Journal\ngroup: clinical\n---\n\nIkke send pasientopplysninger.\n";
const PAGE: &str = "/desk/replies/nb/kjent-feil";

async fn house() -> House {
    let files = [("replies/nb/kjent-feil.md", KNOWN), ("replies/nb/journal.md", CLINICAL)];
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

#[tokio::test]
async fn a_standard_reply_is_changed_on_disk_and_committed_in_the_editors_name() {
    let house = house().await;
    git(&house, &["init", "--quiet"]);
    git(&house, &["add", "."]);
    git(&house, &["-c", "user.name=Per", "-c", "user.email=per@x.example", "commit", "--quiet", "-m", "Begynnelsen"]);
    let mut kari = house.operator("Kari").await;
    let list = kari.gets("/desk/replies").await;
    assert!(list.text.contains("Standardsvar funnet: 2") && list.text.contains("Klinisk støtte"), "{}", list.text);
    assert!(!kari.gets("/desk/articles").await.text.contains("Kjent feil"), "it is no article");

    let page = kari.gets(PAGE).await;
    let (base, head) = (hidden(&page, "base"), hidden(&page, "head"));
    let text = "Hei {name}! Vi kommer til {rom?}.";
    let fields = [("base", &*base), ("head", &head), ("title", "Kjent feil"), ("tags", "nede\r\ndrift"), ("body", text)];
    assert!(kari.posts(&format!("{PAGE}/save"), &fields).await.leads_to().starts_with(&format!("{PAGE}?said=saved")));
    let file = fs::read_to_string(house.kb.join("replies/nb/kjent-feil.md")).unwrap();
    assert_eq!(file, format!("---\ntitle: Kjent feil\ntags: [nede, drift]\n---\n\n{text}\n"));
    let log = git(&house, &["log", "-1", "--format=%an %s", "--name-only"]);
    assert!(log.starts_with("Kari Endret standardsvaret «Kjent feil» (Bokmål)"), "{log}");
    assert!(log.trim_end().ends_with("replies/nb/kjent-feil.md"), "{log}");

    let late = kari.posts(&format!("{PAGE}/save"), &fields[..4]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "it says nothing: {}", late.text);
    let other = [("base", &*base), ("head", &head), ("title", "Kjent feil"), ("body", "Noe annet")];
    let late = kari.posts(&format!("{PAGE}/save"), &other).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.text);
    assert!(late.text.contains("Noen andre har endret standardsvaret") && late.text.contains("Noe annet"), "{}", late.text);
    assert_eq!(fs::read_to_string(house.kb.join("replies/nb/kjent-feil.md")).unwrap(), file, "nothing is written over");
}

#[tokio::test]
async fn an_unknown_field_is_told_while_it_is_written_and_is_not_saved() {
    let house = house().await;
    let mut kari = house.operator("Kari").await;
    let page = kari.gets(PAGE).await;
    let base = hidden(&page, "base");
    let fields = [("base", &*base), ("title", "Kjent feil"), ("body", "Hei {navn}!")];
    let told = kari.posts_by_script(&format!("{PAGE}/preview"), &fields).await;
    assert!(told["regions"].to_string().contains("Feltet navn er ikke kjent"), "{told}");
    let refused = kari.posts(&format!("{PAGE}/save"), &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("Hei {navn}!"), "the text is still in the form: {}", refused.text);
    assert_eq!(fs::read_to_string(house.kb.join("replies/nb/kjent-feil.md")).unwrap(), KNOWN);
}

#[tokio::test]
async fn a_standard_reply_is_begun_saved_and_removed() {
    let house = house().await;
    let mut kari = house.operator("Kari").await;
    let begun = [("title", "Vi ringer på onsdag"), ("lang", "nn"), ("slug", "")];
    let editor = kari.posts("/desk/replies/new", &begun).await;
    let address = "/desk/replies/nn/vi-ringer-paa-onsdag";
    assert!(editor.text.contains(&format!("action=\"{address}/save\"")), "{}", editor.text);
    let fields = [("base", ""), ("head", ""), ("title", "Vi ringer på onsdag"), ("group", "clinical"), ("body", "Hei {name}!")];
    kari.posts(&format!("{address}/save"), &fields).await.leads_to();
    let file = house.kb.join("replies/nn/vi-ringer-paa-onsdag.md");
    assert!(fs::read_to_string(&file).unwrap().contains("group: clinical"));
    assert!(kari.posts("/desk/replies/new", &begun).await.text.contains("Det finnes allerede"));

    let base = hidden(&kari.gets(address).await, "base");
    let unconfirmed = kari.posts(&format!("{address}/retire"), &[("base", &base)]).await;
    assert!(file.exists() && unconfirmed.text.contains("Kryss av"), "{}", unconfirmed.text);
    kari.posts(&format!("{address}/retire"), &[("base", &base), ("confirm", "yes")]).await.leads_to();
    assert!(!file.exists());
    assert_eq!(kari.gets(address).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn auditors_read_and_only_a_groups_own_editors_change_its_replies() {
    let house = house().await;
    let mut auditor = house.signed_in("Revisor", Membership::Every, Roles::from([Role::Auditor])).await;
    let page = auditor.gets(PAGE).await;
    assert!(page.text.contains("Kjent feil") && !page.text.contains("id=\"save\""), "{}", page.text);
    assert_eq!(auditor.gets("/desk/replies/new").await.status, StatusCode::FORBIDDEN);
    let general = Membership::Some(vec![GroupId::new("general")]);
    let mut editor = house.signed_in("Per", general, Roles::from([Role::Editor])).await;
    let clinical = "/desk/replies/nb/journal";
    let page = editor.gets(clinical).await;
    assert!(page.text.contains("ikke endre det") && !page.text.contains("id=\"save\""), "{}", page.text);
    let base = hidden(&page, "base");
    let fields = [("base", &*base), ("title", "Journal"), ("body", "Noe annet")];
    assert_eq!(editor.posts(&format!("{clinical}/save"), &fields).await.status, StatusCode::FORBIDDEN);
    let gone = [("base", &*base), ("confirm", "yes")];
    assert_eq!(editor.posts(&format!("{clinical}/retire"), &gone).await.status, StatusCode::FORBIDDEN);
    let mut operator = house.signed_in("Ola", Membership::Every, Roles::from([Role::Operator])).await;
    assert_eq!(operator.gets("/desk/replies").await.status, StatusCode::FORBIDDEN);
    assert_eq!(fs::read_to_string(house.kb.join("replies/nb/journal.md")).unwrap(), CLINICAL);
}

#[tokio::test]
async fn a_standard_reply_has_a_history_and_a_way_back() {
    let house = house().await;
    git(&house, &["init", "--quiet"]);
    git(&house, &["add", "."]);
    git(&house, &["-c", "user.name=Per", "-c", "user.email=per@x.example", "commit", "--quiet", "-m", "Begynnelsen"]);
    let mut kari = house.operator("Kari").await;
    let base = hidden(&kari.gets(PAGE).await, "base");
    let fields = [("base", &*base), ("title", "Kjent feil"), ("tags", "nede"), ("body", "Hei {name}! Det er rettet.")];
    kari.posts(&format!("{PAGE}/save"), &fields).await.leads_to();
    let first = git(&house, &["log", "--max-parents=0", "--format=%H"]);
    let page = kari.gets(&format!("{PAGE}/history?version={}&now=yes", first.trim())).await;
    assert!(page.text.contains("Begynnelsen") && page.text.contains("Endret standardsvaret «Kjent feil»"), "{}", page.text);
    assert!(page.text.contains("Det er rettet.") && page.text.contains("href=\"/desk/replies\""), "{}", page.text);
    let fields = [("commit", first.trim()), ("base", &*hidden(&page, "base"))];
    kari.posts(&format!("{PAGE}/restore"), &fields).await.leads_to();
    assert_eq!(fs::read_to_string(house.kb.join("replies/nb/kjent-feil.md")).unwrap(), KNOWN);
    assert!(git(&house, &["log", "-1", "--format=%an %s"]).starts_with("Kari Hentet tilbake standardsvaret «Kjent feil»"));
}
