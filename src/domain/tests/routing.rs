//! Which group a matter goes to, and what a ticket is called.

use super::*;
use crate::domain::routing::route;
use crate::domain::ticket::subject;

fn routed(text: &str, found: &[Candidate]) -> String {
    route(text, found, &policy().groups).to_string()
}

#[test]
fn the_likely_article_says_where_a_matter_belongs() {
    let mut clinical = article("journal-henger", 600);
    clinical.group = Some(GroupId::new("clinical"));
    assert_eq!(routed("alt henger", &[clinical]), "clinical");
}

#[test]
fn an_unlikely_article_says_nothing_but_the_words_may() {
    let mut general = article("skriver", 20);
    general.group = Some(GroupId::new("general"));
    assert_eq!(routed("Journalen åpner seg ikke", &[general.clone()]), "clinical");
    assert_eq!(routed("kaffen er kald", &[general]), "general");
}

#[test]
fn an_article_of_an_unknown_group_is_no_reason_to_lose_a_ticket() {
    let mut odd = article("journal-henger", 900);
    odd.group = Some(GroupId::new("closed-last-year"));
    assert_eq!(routed("kaffen er kald", &[odd]), "general");
}

#[test]
fn a_subject_is_one_line_and_ends_at_a_word() {
    assert_eq!(subject("\n  Skriveren virker ikke \nDen står i 3. etasje"), "Skriveren virker ikke");
    let long = subject(&"ordentlig ".repeat(20));
    assert!(long.chars().count() <= 81 && long.ends_with("ordentlig…"), "{long}");
    assert_eq!(subject(""), "");
}
