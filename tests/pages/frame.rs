//! What holds for every page.

use axum::http::StatusCode;

use super::house::House;

#[tokio::test]
async fn every_page_is_whole_in_three_languages() {
    let house = House::open().await;
    let mut asker = house.browser();
    asker.asks("Skjermen er svart").await;
    for lang in ["nb", "nn", "en"] {
        let mut operator = house.operator("Kari").await.reads(lang);
        asker = asker.reads(lang);
        let mut pages = vec![
            asker.gets("/").await,
            asker.gets("/chat/tickets").await,
            asker.gets("/kb/nb/glemt-passord").await,
            asker.gets("/kb/nb/finnes-ikke").await,
            asker.gets("/ingenting").await,
            house.browser().reads(lang).gets("/").await,
            house.browser().reads(lang).gets("/desk").await,
            house.browser().reads(lang).gets("/desk/sign-in?token=brukt").await,
        ];
        for path in [
            "/desk",
            "/desk?whose=mine&status=any",
            "/desk/tickets/1001",
            "/desk/tickets/1001?said=take",
            "/desk/tickets/9",
            "/desk/explain?q=passord",
        ] {
            pages.push(operator.gets(path).await);
        }
        for page in pages {
            assert!(page.text.contains(&format!("<html lang=\"{lang}\">")), "{}", page.text);
            let missing = [
                ">page.",
                ">chat.",
                ">desk.",
                ">bot.",
                ">explain.",
                "\"page.",
                "\"chat.",
                "\"desk.",
                "{name}",
                "{number}",
                "{group}",
            ];
            for key in missing {
                assert!(!page.text.contains(key), "{key} in {lang}:\n{}", page.text);
            }
        }
    }
}

#[tokio::test]
async fn the_readers_choice_of_language_is_kept() {
    let house = House::open().await;
    let mut reader = house.browser().reads("en");
    assert!(reader.gets("/").await.text.contains("<html lang=\"en\">"));
    let answer = reader.posts("/language", &[("lang", "nn"), ("back", "/chat/tickets")]).await;
    assert_eq!(answer.leads_to(), "/chat/tickets");
    assert!(reader.gets("/chat/tickets").await.text.contains("Sakene mine"));
}

#[tokio::test]
async fn every_answer_is_protected_and_nothing_stands_inline() {
    let house = House::open().await;
    for path in ["/", "/desk", "/ingenting", "/assets/firstline.js", "/kb/nb/glemt-passord"] {
        let answer = house.browser().gets(path).await;
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(answer.headers["referrer-policy"], "same-origin", "{path}");
        for inline in ["<script>", " style=\"", "<style", " onclick="] {
            assert!(!answer.text.contains(inline), "{inline} in {path}");
        }
    }
}

#[tokio::test]
async fn a_form_on_another_site_changes_nothing() {
    let house = House::open().await;
    let mut asker = house.browser();
    asker.gets("/").await;
    asker.on = "https://evil.example";
    for path in ["/chat", "/chat/new", "/language", "/desk/sign-in", "/desk/tickets/1001/resolve"] {
        assert_eq!(asker.posts(path, &[("text", "Skjermen er svart")]).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    asker.on = "http://hjelp.example";
    assert!(!asker.gets("/").await.text.contains("Skjermen er svart"));
}

#[tokio::test]
async fn the_script_and_the_styles_are_small_and_of_this_version() {
    let house = House::open().await;
    let mut reader = house.browser();
    let page = reader.gets("/").await;
    let script = page.all("src")[0].to_owned();
    assert!(script.starts_with("/assets/firstline.js?v="));
    let answer = reader.gets(&script).await;
    assert!(answer.text.len() < 10_000, "{} bytes", answer.text.len());
    assert!(answer.headers["cache-control"].to_str().unwrap().contains("immutable"));
}
