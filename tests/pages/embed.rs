//! The chat on another site's page.

use axum::http::StatusCode;

use super::house::House;

const INTRANET: &str = "https://intranett.example.no";

fn policy(answer: &super::browser::Answer) -> &str {
    answer.headers["content-security-policy"].to_str().unwrap()
}

#[tokio::test]
async fn only_the_page_in_the_frame_may_be_framed_and_only_by_sites_that_are_named() {
    let house = House::open().await;
    let mut asker = house.browser();
    let framed = asker.gets("/embed").await;
    assert!(policy(&framed).contains(&format!("frame-ancestors 'self' {INTRANET}")), "{}", policy(&framed));
    assert_eq!(framed.all("data-origins"), [INTRANET]);
    for path in ["/", "/chat/tickets", "/kb/nb/glemt-passord", "/desk", "/embed/annet", "/embed.js"] {
        assert!(policy(&asker.gets(path).await).contains("frame-ancestors 'none'"), "{path}");
    }
}

#[tokio::test]
async fn a_page_loads_one_small_script_that_trusts_no_other_origin() {
    let house = House::open().await;
    let script = house.browser().gets("/embed.js").await;
    assert_eq!(script.headers["content-type"], "text/javascript; charset=utf-8");
    assert_eq!(script.headers["cache-control"], "public, max-age=300");
    assert!(script.text.len() < 3_072, "{} bytes", script.text.len());
    assert!(script.text.contains("Spør brukarstøtta") && !script.text.contains("/*words*/"), "{}", script.text);
    assert!(script.text.contains("event.origin !== origin") && !script.text.contains("postMessage({ firstline: what }, \"*\")"));
    let frame = house.browser().gets("/embed").await;
    let script = frame.all("src").into_iter().find(|src| src.starts_with("/assets/frame.js")).unwrap().to_owned();
    assert!(house.browser().gets(&script).await.text.contains("!origins.includes(event.origin)"));
}

#[tokio::test]
async fn a_question_in_the_frame_goes_on_there_with_the_frames_own_cookie() {
    let house = House::at("https://hjelp.example").await;
    let mut asker = house.browser();
    let page = asker.gets("/embed?lang=nn-NO").await;
    assert!(page.text.contains("<html lang=\"nn\"") && page.text.contains("name=\"frame\""), "{}", page.text);
    let cookies: Vec<&str> = page.headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap()).collect();
    assert_eq!(cookies.len(), 2);
    for cookie in cookies {
        assert!(cookie.contains("HttpOnly; SameSite=None; Secure; Partitioned"), "{cookie}");
    }
    let sent = asker.posts("/chat", &[("text", "Skjermen er svart"), ("frame", "1")]).await;
    assert_eq!(sent.leads_to(), "/embed#text");
    assert!(asker.gets("/").await.text.contains("<html lang=\"nb\""), "the frame's language is the frame's alone");
    let page = asker.gets("/embed").await;
    assert!(page.text.contains("<html lang=\"nn\""), "the frame remembers its language");
    assert!(page.text.contains("Skjermen er svart") && page.text.contains("Sak 1001 hos"));
    assert_eq!(asker.posts("/chat/new", &[("frame", "1")]).await.leads_to(), "/embed#text");
    assert!(!asker.gets("/embed").await.text.contains("Skjermen er svart"));
}

#[tokio::test]
async fn who_keeps_no_cookie_in_the_frame_is_told_where_to_ask() {
    let house = House::open().await;
    let told = house.browser().posts_by_script("/chat", &[("text", "Skjermen er svart"), ("frame", "1")]).await;
    assert_eq!(told["ok"], false);
    assert!(told["message"].as_str().unwrap().contains("Åpne i eget vindu"), "{told}");
    let queue = house.operator("Kari").await.gets("/desk").await;
    assert!(!queue.text.contains("Skjermen er svart"), "nothing is kept that leads nowhere");
}

#[tokio::test]
async fn the_same_person_is_the_same_in_the_frame_where_the_browser_lets_them() {
    let house = House::open().await;
    let mut asker = house.browser();
    asker.asks("Skjermen er svart").await;
    let page = asker.gets("/embed?lang=en").await;
    assert!(page.text.contains("Skjermen er svart"), "the ordinary cookie goes first");
    asker.posts("/language", &[("lang", "nb"), ("back", "/")]).await;
    assert!(asker.gets("/embed?lang=en").await.text.contains("<html lang=\"nb\""), "the reader's own choice goes first");
}

#[tokio::test]
async fn without_named_sites_there_is_nothing_to_embed() {
    let house = House::without_embedding().await;
    for path in ["/embed", "/embed.js"] {
        let answer = house.browser().gets(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(policy(&answer).contains("frame-ancestors 'none'"));
    }
}
