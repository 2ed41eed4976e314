//! Editors keep articles in the browser, without our script unless it is said.

use std::fs;
use std::process::Command;

use axum::http::StatusCode;
use firstline::domain::ids::GroupId;
use firstline::domain::permission::{Membership, Role, Roles};

use super::browser::{Answer, Browser};
use super::house::House;

const LOCKED: &str = "---\ntitle: Låst konto\nquestions:\n  - Kontoen min er låst\nowner: IKT\nreviewed: 2026-08-17\n---\n\n\
                      # Låst konto\n\n1. Vent i ti minutter.\n2. Logg inn på nytt.\n";
const DOOR: &str =
    "---\ntitle: Adgangskort\ngroup: clinical\nreviewed: 2020-01-01\n---\n\n# Adgangskort\n\nRing resepsjonen om døra.\n";
const DOOR_EN: &str =
    "---\ntitle: Access card\nreviewed: 2019-01-01\n---\n\n# Access card\n\nCall the front desk about the door.\n";
const PAGE: &str = "/desk/articles/nb/konto-laast";

async fn house() -> House {
    let files = [("nb/konto-laast.md", LOCKED), ("nb/adgangskort.md", DOOR), ("en/adgangskort.md", DOOR_EN)];
    House::with_articles("http://hjelp.example", &files).await
}

/// An editor of this group.
async fn editor_of(house: &House, name: &str, group: &str) -> Browser {
    house.signed_in(name, Membership::Some(vec![GroupId::new(group)]), Roles::from([Role::Editor])).await
}

/// The value of a form's hidden field.
fn hidden<'a>(page: &'a Answer, name: &str) -> &'a str {
    let start = format!("name=\"{name}\" value=\"");
    let (_, rest) = page.text.split_once(&start).unwrap_or_else(|| panic!("no field {name}:\n{}", page.text));
    rest.split('"').next().unwrap()
}

/// The form of a page as a browser would send it back, with another body.
async fn saves(editor: &mut Browser, page: &Answer, verb: &str, body: &str) -> Answer {
    let (base, head) = (hidden(page, "base").to_owned(), hidden(page, "head").replace("&quot;", "\""));
    let questions = "Kontoen min er låst\r\n";
    let fields = [("base", base.as_str()), ("head", &head), ("title", "Låst konto"), ("questions", questions), ("owner", "IKT")];
    let fields: Vec<_> = fields.into_iter().chain([("reviewed", "2026-08-17"), ("body", body)]).collect();
    editor.posts(&format!("{PAGE}/{verb}"), &fields).await
}

fn on_disk(house: &House, file: &str) -> String {
    fs::read_to_string(house.kb.join(file)).unwrap()
}

fn git(house: &House, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").arg("-C").arg(&house.kb).args(arguments).output();
    let Ok(output) = output else {
        assert!(std::env::var_os("CI").is_none(), "git is missing");
        eprintln!("skipped: git is missing");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

/// Puts the articles into a repository; `None` where there is no git.
fn in_git(house: &House) -> Option<()> {
    git(house, &["init", "--quiet"])?;
    git(house, &["add", "."])?;
    git(house, &["-c", "user.name=Per", "-c", "user.email=per@x.example", "commit", "--quiet", "-m", "Begynnelsen"])?;
    Some(())
}

#[tokio::test]
async fn the_list_tells_languages_review_and_faults_and_is_narrowed_by_its_address() {
    let house = house().await;
    let mut kari = house.operator("Kari").await;
    let page = kari.gets("/desk/articles").await;
    assert!(page.text.contains("Artikler funnet: 2"), "{}", page.text);
    for told in [
        "Låst konto",
        "Bokmål: kilden for de andre",
        "Nynorsk: finnes ikke",
        "English: eldre enn kilden",
        "forfalt",
        "Klinisk støtte",
    ] {
        assert!(page.text.contains(told), "{told}: {}", page.text);
    }
    let cases = [
        ("q=resepsjon", 0),
        ("q=låst+ikt", 1),
        ("which=due", 1),
        ("which=behind", 1),
        ("which=no-nn", 2),
        ("which=no-en", 1),
        ("which=faulty", 0),
        ("group=clinical&sort=reviewed", 1),
        ("page=99", 2),
    ];
    for (query, count) in cases {
        let page = kari.gets(&format!("/desk/articles?{}", query.replace('å', "%C3%A5"))).await;
        assert!(page.text.contains(&format!("Artikler funnet: {count}<")), "{query}: {}", page.text);
    }
}

#[tokio::test]
async fn many_articles_come_page_by_page_and_the_search_goes_along() {
    let files: Vec<(String, String)> =
        (0..120).map(|nth| (format!("nb/a{nth:03}.md"), format!("---\ntitle: Skriver {nth:03}\n---\n# S\n\nx\n"))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(file, text)| (file.as_str(), text.as_str())).collect();
    let house = House::with_articles("http://hjelp.example", &files).await;
    let mut kari = house.operator("Kari").await;
    let page = kari.gets("/desk/articles?q=skriver&page=2").await;
    assert!(page.text.contains("Side 2 av 3") && page.text.contains("Skriver 050") && !page.text.contains("Skriver 100"));
    assert!(page.text.contains("/desk/articles?q=skriver&amp;page=3") && page.text.contains("href=\"/desk/articles?q=skriver\""));
}

#[tokio::test]
async fn a_saved_article_is_on_disk_in_use_and_committed_in_the_editors_name() {
    let house = house().await;
    if in_git(&house).is_none() {
        return;
    }
    let mut kari = house.operator("Kari Nordmann").await;
    let page = kari.gets(PAGE).await;
    let saved = saves(&mut kari, &page, "save", "# Låst konto\r\n\r\n1. Vent i et kvarter.\r\n").await;
    assert_eq!(saved.leads_to(), format!("{PAGE}?said=live#said-back"));
    assert_eq!(
        on_disk(&house, "nb/konto-laast.md"),
        LOCKED.replace("ti minutter", "et kvarter").replace("2. Logg inn på nytt.\n", "")
    );
    let page = kari.gets(&format!("{PAGE}?said=live")).await;
    assert!(
        page.text.contains("Ansatte får den nye artikkelen nå") && page.text.contains("data-drafted=\"saved\""),
        "{}",
        page.text
    );
    let told = git(&house, &["log", "--max-count=1", "--format=%an <%ae>: %s"]).unwrap();
    assert_eq!(told, "Kari Nordmann <no-reply@hjelp.example>: Endret «Låst konto» (Bokmål): tekst\n");

    let page = kari.gets(&format!("{PAGE}/history")).await;
    assert!(page.text.contains("Begynnelsen") && page.text.contains("Endret «Låst konto»"), "{}", page.text);
    let first = git(&house, &["log", "--max-parents=0", "--format=%H"]).unwrap();
    let page = kari.gets(&format!("{PAGE}/history?version={}&now=yes", first.trim())).await;
    assert!(page.text.contains("<ins>+ ") && page.text.contains("Vent i ti minutter"), "{}", page.text);
    let fields = [("commit", first.trim()), ("base", hidden(&page, "base"))];
    let restored = kari.posts(&format!("{PAGE}/restore"), &fields).await;
    assert_eq!(restored.leads_to(), format!("{PAGE}?said=live#said-back"));
    assert_eq!(on_disk(&house, "nb/konto-laast.md"), LOCKED);
}

#[tokio::test]
async fn a_change_by_somebody_else_is_shown_with_all_texts_and_never_written_over() {
    let house = house().await;
    let mut kari = house.operator("Kari").await;
    let page = kari.gets(PAGE).await;
    let theirs = LOCKED.replace("ti minutter", "en time");
    fs::write(house.kb.join("nb/konto-laast.md"), &theirs).unwrap();
    let page = saves(&mut kari, &page, "save", "# Låst konto\n\nVent i et kvarter.\n").await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert_eq!(on_disk(&house, "nb/konto-laast.md"), theirs);
    for told in [
        "Noen andre har endret artikkelen mens du skrev",
        "Dette endret den andre",
        "Dette endret du",
        "Slik den var da du åpnet den",
    ] {
        assert!(page.text.contains(told), "{told}: {}", page.text);
    }
    assert!(page.text.contains("en time") && page.text.contains("et kvarter") && page.text.contains("ti minutter"));
    assert!(page.text.contains("data-drafted=\"shown\""), "the form has her text");
    let saved = saves(&mut kari, &page, "save", "# Låst konto\n\nVent i et kvarter.\n").await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "having seen theirs, she may: {}", saved.text);
    assert!(on_disk(&house, "nb/konto-laast.md").contains("et kvarter"));
}

#[tokio::test]
async fn what_is_wrong_is_told_in_the_readers_language_and_what_cannot_be_used_is_not_saved() {
    let house = house().await;
    for (lang, told) in
        [("nb", "Artikkelen har ingen tekst."), ("nn", "Artikkelen har ingen tekst."), ("en", "The article has no text.")]
    {
        let mut kari = house.operator("Kari").await.reads(lang);
        let page = kari.gets(PAGE).await;
        let refused = saves(&mut kari, &page, "save", " ").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains(told) && refused.text.contains("Kontoen min er låst"), "{}", refused.text);
    }
    assert_eq!(on_disk(&house, "nb/konto-laast.md"), LOCKED);
    let mut kari = house.operator("Kari").await;
    let page = kari.gets(PAGE).await;
    let shown = saves(&mut kari, &page, "preview", "Tekst [borte](borte.md) <script>alert(1)</script>").await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.text.contains("Lenken «borte.md» fører ingen steder") && shown.text.contains("Teksten har ingen overskrift"));
    assert!(!shown.text.contains("<script>alert"), "{}", shown.text);
}

#[tokio::test]
async fn the_script_gets_preview_faults_and_who_else_is_there() {
    let house = house().await;
    let (mut kari, mut per) = (house.operator("Kari").await, house.operator("Per").await);
    assert!(!kari.gets(PAGE).await.text.contains("Har også artikkelen åpen"));
    assert!(per.gets(PAGE).await.text.contains("Har også artikkelen åpen nå: Kari"));
    let told = kari.posts_by_script(&format!("{PAGE}/preview"), &[("title", "Ny"), ("body", "# Ny\n\n**Fet**")]).await;
    let regions: Vec<&str> = told["regions"].as_array().unwrap().iter().map(|region| region.as_str().unwrap()).collect();
    assert!(regions[0].contains("id=\"preview\"") && regions[0].contains("<strong>Fet</strong>"), "{told}");
    assert!(regions[1].contains("Ingen feil funnet") && regions[2].contains("Per"), "{told}");
}

#[tokio::test]
async fn an_editor_changes_articles_of_their_groups_alone_and_an_auditor_none() {
    let house = house().await;
    let mut liv = editor_of(&house, "Liv", "clinical").await;
    let page = liv.gets(PAGE).await;
    assert!(
        page.text.contains("Du kan lese artikkelen, men ikke endre den") && !page.text.contains("id=\"save\""),
        "{}",
        page.text
    );
    assert_eq!(saves(&mut liv, &page, "save", "# X\n\nY\n").await.status, StatusCode::FORBIDDEN);
    assert_eq!(on_disk(&house, "nb/konto-laast.md"), LOCKED);

    let door = "/desk/articles/nb/adgangskort";
    let page = liv.gets(door).await;
    let (base, head) = (hidden(&page, "base").to_owned(), hidden(&page, "head").to_owned());
    let mut fields =
        vec![("base", base.as_str()), ("head", &head), ("title", "Adgangskort"), ("body", "# A\n\nB\n"), ("group", "general")];
    assert_eq!(liv.posts(&format!("{door}/save"), &fields).await.status, StatusCode::FORBIDDEN, "it would leave her group");
    fields[4].1 = "clinical";
    assert_eq!(liv.posts(&format!("{door}/save"), &fields).await.status, StatusCode::SEE_OTHER);
    let translation = [("title", "Tilgangskort"), ("body", "# T\n\nU\n"), ("group", "general")];
    assert_eq!(liv.posts("/desk/articles/nn/adgangskort/save", &translation).await.status, StatusCode::FORBIDDEN);

    let mut auditor = house.signed_in("Ida", Membership::Every, Roles::from([Role::Auditor])).await;
    assert!(auditor.gets("/desk/articles").await.text.contains("Låst konto"));
    let page = auditor.gets(PAGE).await;
    for verb in ["save", "retire", "commit"] {
        let answer = auditor.posts(&format!("{PAGE}/{verb}"), &[("confirm", "yes"), ("base", hidden(&page, "base"))]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{verb}");
    }
    let mut operator = house.signed_in("Ola", Membership::Every, Roles::operator()).await;
    assert_eq!(operator.gets("/desk/articles").await.status, StatusCode::FORBIDDEN);
    assert_eq!(operator.gets(PAGE).await.status, StatusCode::FORBIDDEN);
    assert!(!operator.gets("/desk").await.text.contains("/desk/articles"));
    assert_eq!(house.browser().gets(PAGE).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(on_disk(&house, "nb/konto-laast.md"), LOCKED);
}

#[tokio::test]
async fn a_new_article_begins_with_its_title_and_a_translation_with_its_source() {
    let house = house().await;
    let mut kari = house.operator("Kari").await;
    let page = kari.gets("/desk/articles/new?title=Ny%20skriver&questions=Hvor%20er%20skriveren").await;
    assert!(page.text.contains("value=\"Ny skriver\""), "{}", page.text);
    let page = kari
        .posts("/desk/articles/begin", &[("title", "Ny skriver på låven"), ("lang", "nb"), ("questions", "Hvor er den")])
        .await;
    assert!(
        page.text.contains("action=\"/desk/articles/nb/ny-skriver-paa-laaven/save\"") && page.text.contains("Hvor er den"),
        "{}",
        page.text
    );
    let fields =
        [("title", "Ny skriver på låven"), ("questions", "Hvor er den"), ("body", "# Ny\n\nPå låven.\n"), ("today", "yes")];
    let saved = kari.posts("/desk/articles/nb/ny-skriver-paa-laaven/save", &fields).await;
    assert_eq!(saved.leads_to(), "/desk/articles/nb/ny-skriver-paa-laaven?said=live#said-back");
    let text = on_disk(&house, "nb/ny-skriver-paa-laaven.md");
    assert!(
        text.starts_with("---\ntitle: Ny skriver på låven\nquestions:\n  - Hvor er den\nreviewed: 20")
            && text.ends_with("---\n\n# Ny\n\nPå låven.\n"),
        "{text}"
    );

    let again = kari.posts("/desk/articles/begin", &[("title", "Låst konto"), ("slug", "konto-laast"), ("lang", "nb")]).await;
    assert!(again.text.contains("Det finnes allerede en artikkel med dette navnet"), "{}", again.text);
    let page = kari.gets("/desk/articles/nn/konto-laast").await;
    assert!(
        page.text.contains("Artikkelen finnes ikke på dette språket ennå") && page.text.contains("Vent i ti minutter"),
        "{}",
        page.text
    );
    assert!(page.text.contains("Kilden: Bokmål"), "{}", page.text);
    let fields = [("title", "Låst konto"), ("body", "# Låst konto\n\nVent i ti minutt.\n")];
    assert_eq!(kari.posts("/desk/articles/nn/konto-laast/save", &fields).await.status, StatusCode::SEE_OTHER);
    assert!(on_disk(&house, "nn/konto-laast.md").contains("ti minutt."));
    for nowhere in ["/desk/articles/nb/finnes-ikke", "/desk/articles/sv/konto-laast", "/desk/articles/nb/..%2F..%2Fetc"] {
        assert_eq!(kari.gets(nowhere).await.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
    let wicked = kari.posts("/desk/articles/nb/..%2Fx/save", &[("title", "X"), ("body", "# X\n\nY\n")]).await;
    assert!(wicked.text.contains("kan ikke være navnet på en artikkel") && !house.kb.join("x.md").exists(), "{}", wicked.text);
}

#[tokio::test]
async fn an_article_is_removed_only_after_a_tick() {
    let house = house().await;
    let mut kari = house.operator("Kari").await;
    let page = kari.gets(PAGE).await;
    let base = hidden(&page, "base").to_owned();
    assert!(
        kari.posts(&format!("{PAGE}/retire"), &[("base", &base)]).await.text.contains("Kryss av for at artikkelen skal fjernes")
    );
    assert!(house.kb.join("nb/konto-laast.md").exists());
    let removed = kari.posts(&format!("{PAGE}/retire"), &[("base", &base), ("confirm", "yes")]).await;
    assert_eq!(removed.leads_to(), "/desk/articles?said=retired#said-back");
    assert!(!house.kb.join("nb/konto-laast.md").exists());
    assert_eq!(kari.gets(PAGE).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_file_whose_front_matter_cannot_be_read_is_put_right_as_a_whole() {
    let house = house().await;
    fs::write(house.kb.join("nb/konto-laast.md"), "---\ntitle: a: b: c\n---\n\n# Låst\n").unwrap();
    let mut kari = house.operator("Kari").await;
    let page = kari.gets(PAGE).await;
    assert!(page.text.contains("name=\"whole\"") && page.text.contains("title: a: b: c"), "{}", page.text);
    let saved = kari
        .posts(&format!("{PAGE}/save"), &[("base", hidden(&page, "base")), ("whole", "---\r\ntitle: Låst\r\n---\r\n# Låst\r\n")])
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    assert_eq!(on_disk(&house, "nb/konto-laast.md"), "---\ntitle: Låst\n---\n# Låst\n");
}

#[tokio::test]
async fn trying_a_change_out_shows_which_questions_would_get_another_answer() {
    let house = house().await;
    let asked = "dørklokka i resepsjonen ringer hele tida";
    house.browser().asks(asked).await;
    let tests = "lang\tslugs\ttags\tquestion\nnb\tkonto-laast\tplain\tdørklokka i resepsjonen durer\nnb\tkonto-laast\tplain\tkontoen min er låst\n";
    fs::write(house.kb.join("questions.nb.tsv"), tests).unwrap();
    let mut kari = house.operator("Kari").await;
    let page = kari.gets(PAGE).await;
    let body = "# Låst konto\n\nVent i ti minutter.\n\n## Dørklokka i resepsjonen\n\nDørklokka i resepsjonen ringer hele tida når den durer: slå den av.\n";
    let same = saves(&mut kari, &page, "try", "# Låst konto\n\n1. Vent i ti minutter.\n2. Logg inn på nytt.\n").await;
    assert!(same.text.contains("0 av 3 spørsmål ville fått et annet svar"), "{}", same.text);
    let tried = saves(&mut kari, &page, "try", body).await;
    assert!(tried.text.contains("2 av 3 spørsmål ville fått et annet svar"), "{}", tried.text);
    assert!(tried.text.contains("Bedre: 1. Dårligere: 0. Uavgjort: 1."), "{}", tried.text);
    assert!(tried.text.contains(asked) && tried.text.contains("testspørsmål"), "{}", tried.text);
    assert_eq!(on_disk(&house, "nb/konto-laast.md"), LOCKED, "nothing is saved");

    let fields = [("title", "Låst konto"), ("body", body)];
    let mut told = kari.posts_by_script(&format!("{PAGE}/try"), &fields).await;
    while let Some(address) = told["poll"].as_str() {
        let address = address.to_owned();
        told = serde_json::from_str(&kari.gets(&address).await.text).unwrap();
    }
    assert!(told["regions"][0].as_str().unwrap().contains("ville fått et annet svar"), "{told}");
    let unusable = kari.posts_by_script(&format!("{PAGE}/try"), &[("title", ""), ("body", "")]).await;
    assert_eq!(unusable["ok"], false);
}
