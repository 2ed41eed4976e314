//! Links: what may stand as an address, and which version of one a reader is shown.

use crate::domain::ids::Slug;
use crate::domain::lang::Lang;
use crate::domain::link::{Address, Link, version};

#[test]
fn an_address_leads_to_the_web_to_a_mailbox_or_to_a_telephone() {
    for good in [
        "https://tid.example.no",
        "https://tid.example.no:8443/timer?uke=48#i-dag",
        "https://blåbær.example.no/",
        "mailto:brukerstotte@example.no",
        "mailto:lonn@example.no?subject=L%C3%B8nn",
        "tel:113",
        "tel:+4770000000",
        "tel:70-00-00-00",
    ] {
        assert_eq!(Address::new(good).map(|address| address.as_str().to_owned()).as_deref(), Some(good));
    }
    for bad in [
        "",
        "tid.example.no",
        "http://tid.example.no",
        "HTTPS://tid.example.no",
        "https:tid.example.no",
        "https://",
        "https://intranett",
        "https://kari:hemmelig@tid.example.no/",
        "https://bank.example.no@tid.example.no/",
        "https://tid..example.no",
        "https://tid.example.no:0/",
        "https://tid.example.no/to ord",
        "https://tid.example.no/{uke}",
        "https://tid.example.no/\nmer",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "mailto:",
        "mailto:brukerstotte",
        "mailto:a@b@example.no",
        "tel:",
        "tel:11",
        "tel:ring meg",
        "tel:1234567890123456",
    ] {
        assert_eq!(Address::new(bad), None, "{bad}");
    }
    assert_eq!(Address::new(&format!("https://example.no/{}", "a".repeat(2_000))), None, "too long");
}

#[test]
fn two_ways_to_write_an_address_lead_to_the_same_place() {
    let place = |text: &str| Address::new(text).map(|address| address.place());
    for (one, other) in [
        ("https://Tid.example.no", "https://tid.example.no/"),
        ("https://tid.example.no/timer/", "https://tid.example.no/timer"),
        ("mailto:Lonn@example.no", "mailto:lonn@example.no"),
    ] {
        assert_eq!(place(one), place(other));
    }
    assert_ne!(place("https://tid.example.no/Timer"), place("https://tid.example.no/timer"), "a path is as it is written");
    assert_ne!(place("https://tid.example.no?uke=1"), place("https://tid.example.no?uke=2"));
}

fn link(slug: &str, lang: Lang, title: &str, address: &str) -> Link {
    let (title, purpose) = (title.to_owned(), "Her fører du timer.".to_owned());
    let address = Address::new(address).unwrap();
    Link { slug: Slug::new(slug), lang, title, address, group: None, tags: vec![], reviewed: None, purpose }
}

#[test]
fn a_reader_gets_their_own_version_or_the_next_best() {
    let links = [
        link("timer", Lang::En, "Timesheet", "https://tid.example.no/en"),
        link("timer", Lang::Nb, "Timeføring", "https://tid.example.no"),
        link("vakt", Lang::Nn, "Vakttelefonen", "tel:70000000"),
    ];
    let shown = |slug: &str, reader| version(&links, &Slug::new(slug), reader).map(Link::in_words);
    assert_eq!(shown("timer", Lang::En).as_deref(), Some("Timesheet: https://tid.example.no/en"));
    assert_eq!(shown("timer", Lang::Nn).as_deref(), Some("Timeføring: https://tid.example.no"));
    assert_eq!(shown("vakt", Lang::En).as_deref(), Some("Vakttelefonen: 70000000"));
    assert_eq!(shown("finnes-ikke", Lang::Nb), None);
    let mail = link("mail", Lang::Nb, "Sikkerhet", "mailto:sikkerhet@example.no?subject=Mistenkelig");
    assert_eq!(mail.in_words(), "Sikkerhet: sikkerhet@example.no");
}
