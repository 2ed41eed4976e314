//! Which group a matter goes to, and what a ticket is called.

use super::*;
use crate::domain::routing::{Group, Groups, OwnDesk, route};
use crate::domain::ticket::subject;

fn routed(text: &str, found: &[Candidate]) -> String {
    route(text, found, &policy().groups, None).to_string()
}

/// Storvik has a desk of its own beside the hospital's groups; Vik has none.
fn shared() -> Groups {
    let group = |id: &str, hints: &[&str]| Group {
        id: GroupId::new(id),
        names: [id, id, id].map(str::to_owned),
        hints: hints.iter().map(|hint| (*hint).to_owned()).collect(),
    };
    let all =
        [("general", [].as_slice()), ("clinical", &["journal"]), ("storvik", &[]), ("storvik-hr", &["lønn"]), ("hr", &["lønn"])];
    let groups = Groups::new(all.map(|(id, hints)| group(id, hints)).to_vec()).expect("groups");
    let own = OwnDesk { groups: vec![GroupId::new("storvik-hr")], default: GroupId::new("storvik") };
    groups.with_organisation("Storvik kommune", own)
}

#[test]
fn what_an_organisation_asks_goes_to_its_own_groups_where_it_has_any() {
    let storvik = Some("Storvik kommune");
    let cases = [
        ("journalen henger", None, storvik, "storvik"),
        ("feil lønn", None, storvik, "storvik-hr"),
        ("alt henger", Some("clinical"), storvik, "storvik"),
        ("alt henger", Some("storvik-hr"), storvik, "storvik-hr"),
        ("alt henger", Some("storvik"), storvik, "storvik"),
        ("kaffen er kald", None, storvik, "storvik"),
        ("journalen henger", None, Some("Vik kommune"), "clinical"),
        ("alt henger", Some("clinical"), Some("Vik kommune"), "clinical"),
        ("kaffen er kald", None, None, "general"),
    ];
    for (text, of_article, organisation, expected) in cases {
        let found = Candidate { group: of_article.map(GroupId::new), ..article("noe", 900) };
        let routed = route(text, &[found], &shared(), organisation);
        assert_eq!(routed.as_str(), expected, "{text} by {organisation:?}, article of {of_article:?}");
    }
}

#[test]
fn an_organisation_with_two_servers_has_the_groups_of_both_and_the_first_default() {
    let more = OwnDesk { groups: vec![GroupId::new("clinical")], default: GroupId::new("general") };
    let groups = shared().with_organisation("Storvik kommune", more);
    let routed = |text: &str| route(text, &[], &groups, Some("Storvik kommune")).to_string();
    assert_eq!([routed("journalen henger"), routed("feil lønn"), routed("noe")], ["clinical", "storvik-hr", "storvik"]);
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
