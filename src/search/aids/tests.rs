//! What operators find beside articles, by what they type.

use super::AidIndex;
use crate::domain::aid::Aid;
use crate::domain::glossary::{Concept, Glossary};
use crate::domain::ids::Slug;
use crate::domain::lang::Lang;
use crate::domain::link::{Address, Link};
use crate::domain::message::Redacted;
use crate::domain::reply::StandardReply;
use crate::ports::Aids;

fn link(slug: &str, lang: Lang, title: &str, tags: &[&str], purpose: &str) -> Link {
    Link {
        slug: Slug::new(slug),
        lang,
        title: title.to_owned(),
        address: Address::new(&format!("https://{slug}.example.no/")).unwrap(),
        group: None,
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        reviewed: None,
        purpose: purpose.to_owned(),
    }
}

fn index() -> AidIndex {
    let index = AidIndex::default();
    index.put_links(vec![
        link("timer", Lang::Nb, "Timeregistrering", &["timeliste", "overtid"], "Her fører du timene dine hver uke."),
        link("timer", Lang::Nn, "Timeregistrering", &["timeliste"], "Her fører du timane dine kvar veke."),
        link("timer", Lang::En, "Time sheets", &["overtime"], "Where you enter your hours every week."),
        link("reise", Lang::Nb, "Reiseregninger", &["utlegg", "bilag"], "Her sender du inn reiseregninger."),
        link("utskrift", Lang::Nb, "Skrivere", &["utskriftskø"], "Her legger du til en skriver."),
        link("lonn", Lang::Nb, "Lønnsslipper", &["lønn"], "Her finner du lønnsslippene dine."),
    ]);
    let reply = |slug: &str, lang, title: &str, body: &str| StandardReply {
        slug: Slug::new(slug),
        lang,
        title: title.to_owned(),
        group: None,
        tags: vec![],
        body: body.to_owned(),
    };
    index.put_replies(&[
        reply("kommer", Lang::Nb, "Vi kommer til deg", "Hei {name}! Vi kommer til {sted?}.\n\nHilsen {operator}"),
        reply("kommer", Lang::En, "We will come to you", "Hi {name}! We will come to {place?}.\n\n{operator}"),
        reply("aapnet", Lang::Nb, "Kontoen er åpnet igjen", "Hei {name}! Vent i fem minutter, og logg inn.\n\nHilsen {operator}"),
    ]);
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let concept =
        Concept { nb: words(&["skriver"]), nn: words(&["skrivar"]), en: words(&["printer"]), also: words(&["multimaskin"]) };
    index.define(&Glossary { concepts: vec![concept] });
    index
}

fn found(index: &AidIndex, aid: Aid, typed: &str, reader: Lang) -> Vec<String> {
    index.find(aid, &Redacted::vouched(typed), reader, 5).into_iter().map(|slug| slug.to_string()).collect()
}

#[test]
fn a_link_is_found_by_beginnings_other_forms_slips_and_words_of_one_meaning() {
    let index = index();
    for (typed, first) in [
        ("timere", "timer"),
        ("timelister", "timer"),
        ("tmieliste", "timer"),
        ("overtid", "timer"),
        ("overtime", "timer"),
        ("føre timer", "timer"),
        ("reiseregning", "reise"),
        ("reiserekning", "reise"),
        ("bilag reise", "reise"),
        ("printer", "utskrift"),
        ("multimaskin", "utskrift"),
        ("lonnslipp", "lonn"),
        ("lonn.example", "lonn"),
    ] {
        let found = found(&index, Aid::Link, typed, Lang::Nb);
        assert_eq!(found.first().map(String::as_str), Some(first), "{typed}: {found:?}");
    }
}

#[test]
fn what_has_nothing_to_do_with_the_words_is_not_found() {
    let index = index();
    for typed in ["", "kaffemaskin", "jeg har", "?!"] {
        assert!(found(&index, Aid::Link, typed, Lang::Nb).is_empty(), "{typed}");
        assert!(found(&index, Aid::Reply, typed, Lang::Nb).is_empty(), "{typed}");
    }
}

#[test]
fn standard_replies_are_found_by_what_they_say_but_not_by_their_fields() {
    let index = index();
    for (typed, first) in [("komme", "kommer"), ("we will come", "kommer"), ("kontoen åpnet", "aapnet"), ("logge inn", "aapnet")]
    {
        let found = found(&index, Aid::Reply, typed, Lang::Nb);
        assert_eq!(found.first().map(String::as_str), Some(first), "{typed}: {found:?}");
    }
    assert!(found(&index, Aid::Reply, "operator", Lang::Nb).is_empty(), "that is where a name goes");
    assert!(found(&index, Aid::Link, "kontoen åpnet", Lang::Nb).is_empty(), "a reply is no link");
}

#[test]
fn a_link_that_is_taken_out_of_the_register_is_found_no_more() {
    let index = index();
    assert_eq!((index.links().len(), found(&index, Aid::Link, "utlegg", Lang::Nb).len()), (6, 1));
    index.put_links(index.links().iter().filter(|link| link.slug.as_str() != "reise").cloned().collect());
    assert_eq!((index.links().len(), found(&index, Aid::Link, "utlegg", Lang::Nb).len()), (5, 0));
    assert_eq!(found(&index, Aid::Link, "printer", Lang::Nb), ["utskrift"], "with the glossary from before");
}
