//! Suggestions under the field while an employee types.

use super::house::{FNR, House};

#[tokio::test]
async fn a_first_question_has_a_field_with_suggestions_and_its_own_button_first() {
    let house = House::open().await;
    let mut asker = house.browser();
    let page = asker.gets("/").await;
    assert_eq!(page.all("data-suggest"), ["/suggest?lang=nb&amp;q="]);
    let (send, example) = (page.text.find(">Send</button>").unwrap(), page.text.find("name=\"example\"").unwrap());
    assert!(send < example, "Enter presses the first button of the form: its own");
    assert_eq!(page.text.matches("id=\"text\"").count(), 1, "there is one field");
    let page = asker.asks("Skjermen er svart").await;
    assert_eq!(page.text.matches("id=\"text\"").count(), 1, "there is one field");
    assert!(page.all("data-suggest").is_empty() && page.text.contains("<textarea"));
}

#[tokio::test]
async fn what_fits_is_a_list_of_options_that_lead_to_articles() {
    let house = House::open().await;
    let list = house.browser().gets("/suggest?lang=nb&q=pass").await;
    assert_eq!(list.all("data-href"), ["/kb/nb/glemt-passord"]);
    assert!(list.text.contains("role=\"listbox\"") && list.text.contains("role=\"option\" aria-selected=\"false\" lang=\"nb\""));
    assert!(list.all("data-said")[0].starts_with("1 forslag."), "{}", list.text);
    assert_eq!(list.headers["cache-control"], "private, max-age=60");
    let list = house.browser().reads("nb").gets("/suggest?lang=en&q=pass").await;
    assert_eq!(list.all("data-href"), ["/kb/en/glemt-passord"], "the page's language goes first");
    assert!(list.all("data-said")[0].starts_with("1 suggestion."));
    for nothing in ["", "%20", "kaffe", &"pass%20".repeat(60)] {
        let list = house.browser().gets(&format!("/suggest?q={nothing}")).await;
        assert!(list.all("data-href").is_empty() && list.all("data-said")[0].starts_with("Ingen forslag."), "{nothing}");
    }
}

#[tokio::test]
async fn what_was_typed_passes_the_privacy_filter_first() {
    let house = House::open().await;
    let list = house.browser().gets(&format!("/suggest?q={FNR}")).await;
    assert!(
        !list.text.contains(FNR) && list.text.contains("[fødselsnummer]"),
        "the shelf echoes what it is asked: {}",
        list.text
    );
}
