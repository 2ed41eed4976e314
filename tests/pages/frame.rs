//! What holds for every page.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use firstline::config::{Logo, LookConfig};
use tower::ServiceExt;

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
            assert!(page.text.contains(&format!("<html lang=\"{lang}\"")), "{}", page.text);
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
            let shown = without_standard_replies(&page.text);
            for key in missing {
                assert!(!shown.contains(key), "{key} in {lang}:\n{shown}");
            }
        }
    }
}

/// A page without the list of standard replies, in which fields that the ticket cannot fill stand as they are.
fn without_standard_replies(page: &str) -> String {
    let Some((before, rest)) = page.split_once("id=\"replies-list-") else { return page.to_owned() };
    let after = rest.split_once("</section>").map_or("", |(_, after)| after);
    [before, after].concat()
}

#[tokio::test]
async fn the_readers_choice_of_language_is_kept() {
    let house = House::open().await;
    let mut reader = house.browser().reads("en");
    assert!(reader.gets("/").await.text.contains("<html lang=\"en\""));
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

#[tokio::test]
async fn an_organisation_has_its_own_name_theme_and_logo() {
    let logo = Logo { kind: "image/svg+xml", bytes: b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec() };
    let theme = Some(":root { --ds-color-accent-base-default: #004400 }".to_owned());
    let house = House::looking_like(LookConfig { name: Some("Storvik hjelper".to_owned()), theme, logo: Some(logo) }).await;
    let page = house.browser().gets("/").await;
    assert!(page.text.contains("– Storvik hjelper</title>") && !page.text.contains("Firstline</a>"), "{}", page.text);
    let theme = page.all("href").into_iter().find(|address| address.starts_with("/assets/theme.css?v=")).unwrap().to_owned();
    let logo = page.all("src").into_iter().find(|address| address.starts_with("/assets/logo?v=")).unwrap().to_owned();
    assert!(house.browser().gets(&theme).await.text.contains("#004400"));
    let shown = house.browser().gets(&logo).await;
    assert_eq!(shown.headers["content-type"], "image/svg+xml");
    assert!(shown.headers["content-security-policy"].to_str().unwrap().contains("sandbox"), "an SVG runs nothing");
}

#[tokio::test]
async fn without_a_look_of_its_own_there_is_neither_theme_nor_logo() {
    let house = House::open().await;
    let page = house.browser().gets("/").await;
    assert!(page.text.contains("– Firstline</title>") && !page.text.contains("/assets/theme.css"));
    assert_eq!(house.browser().gets("/assets/logo").await.status, StatusCode::NOT_FOUND);
}

/// Whoever could make a browser load our pages and count bytes must learn nothing from how well they compress.
#[tokio::test]
async fn pages_are_compressed_for_those_whom_no_other_site_led_here() {
    let house = House::open().await;
    let cases = [
        (Some("none"), true),
        (Some("same-origin"), true),
        (Some("cross-site"), false),
        (Some("same-site"), false),
        (None, false),
    ];
    for (site, compressed) in cases {
        let request = Request::get("/").header("accept-encoding", "gzip");
        let request = site.into_iter().fold(request, |request, site| request.header("sec-fetch-site", site));
        let answer = house.app.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(answer.headers().contains_key("content-encoding"), compressed, "{site:?}");
    }
    let request = Request::get("/assets/firstline.css").header("accept-encoding", "gzip").body(Body::empty()).unwrap();
    let answer = house.app.clone().oneshot(request).await.unwrap();
    assert_eq!(answer.headers()["content-encoding"], "gzip");
    let bytes = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    assert!(bytes.len() < 40_000, "{} bytes", bytes.len());
}
