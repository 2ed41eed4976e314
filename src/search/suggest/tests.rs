//! What is suggested, by what was typed.

use crate::domain::answer::ArticleRef;
use crate::domain::article::{Article, Suggestion};
use crate::domain::glossary::{Concept, Glossary};
use crate::domain::ids::Slug;
use crate::domain::lang::Lang;
use crate::domain::message::Redacted;
use crate::ports::{Index, Pupil, Taught};
use crate::search::SearchIndex;

fn article(slug: &str, lang: Lang, title: &str, questions: &[&str]) -> Article {
    Article {
        article: ArticleRef { slug: Slug::new(slug), lang },
        title: title.to_owned(),
        tags: vec![],
        questions: questions.iter().map(|question| (*question).to_owned()).collect(),
        owner: None,
        reviewed: None,
        audience: None,
        group: None,
        request: None,
        body: "Les dette.".to_owned(),
    }
}

fn index() -> SearchIndex {
    let index = SearchIndex::open(
        None,
        vec![
            article(
                "glemt-passord",
                Lang::Nb,
                "Glemt passord",
                &["Jeg husker ikke passordet mitt", "Kommer ikke inn på pålogginga"],
            ),
            article("glemt-passord", Lang::Nn, "Gløymt passord", &["Eg hugsar ikkje passordet"]),
            article("glemt-passord", Lang::En, "Forgotten password", &["I cannot log in any more"]),
            article("skriver", Lang::Nb, "Skriveren skriver ikke ut", &["Papiret har satt seg fast"]),
            article("vpn", Lang::Nb, "VPN hjemmefra", &["Hvordan kobler jeg til hjemmefra?"]),
            article("vpn", Lang::En, "VPN from home", &["How do I connect from home?"]),
            article("nettverk", Lang::Nb, "Trådløst nettverk", &["Får ikke koblet til nettet"]),
            article("reise", Lang::Nb, "Reiseregning", &["Sende inn bilag for kjøring"]),
        ],
    )
    .unwrap();
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let concept =
        Concept { nb: words(&["skriver"]), nn: words(&["skrivar"]), en: words(&["printer"]), also: words(&["multimaskin"]) };
    index.define(&Glossary { concepts: vec![concept] });
    index
}

fn suggested(index: &SearchIndex, typed: &str, reader: Lang) -> Vec<Suggestion> {
    index.suggest(&Redacted::vouched(typed), reader, 5)
}

#[test]
fn the_article_is_there_after_a_few_letters() {
    let index = index();
    for (typed, first) in [
        ("gl", "glemt-passord"),
        ("passo", "glemt-passord"),
        ("husker ikke pas", "glemt-passord"),
        ("Hugsar ikkje", "glemt-passord"),
        ("pålog", "glemt-passord"),
        ("paalog", "glemt-passord"),
        ("palog", "glemt-passord"),
        ("skrivaren", "skriver"),
        ("skirver", "skriver"),
        ("skrive ut", "skriver"),
        ("multimaskin", "skriver"),
        ("printer", "skriver"),
        ("nettv", "nettverk"),
        ("regning", "reise"),
        ("reiseregningsskjema", "reise"),
        ("reisergn", "reise"),
        ("kjoring", "reise"),
    ] {
        let found = suggested(&index, typed, Lang::Nb);
        assert_eq!(found.first().map(|first| first.article.slug.as_str()), Some(first), "{typed}: {found:?}");
    }
}

#[test]
fn the_readers_language_goes_first_and_an_article_stands_there_once() {
    let index = index();
    for (typed, reader, lang) in [
        ("vpn", Lang::Nb, Lang::Nb),
        ("vpn", Lang::En, Lang::En),
        ("passord", Lang::Nn, Lang::Nn),
        ("passord", Lang::Nb, Lang::Nb),
        ("forgotten passw", Lang::Nb, Lang::En),
    ] {
        let found = suggested(&index, typed, reader);
        assert_eq!(found[0].article.lang, lang, "{typed} for {reader}: {found:?}");
        let slugs: std::collections::BTreeSet<_> = found.iter().map(|one| &one.article.slug).collect();
        assert_eq!(slugs.len(), found.len(), "{found:?}");
    }
}

#[test]
fn a_question_that_fits_better_than_the_title_is_shown() {
    let found = suggested(&index(), "papiret sitter", Lang::Nb);
    assert_eq!(found[0].question.as_deref(), Some("Papiret har satt seg fast"));
    assert_eq!(suggested(&index(), "vpn", Lang::Nb)[0].question, None);
}

#[test]
fn nothing_is_suggested_for_nothing() {
    let index = index();
    for typed in ["", " ", "g", "jeg har ", "kaffemaskin", "?!", "xqzw"] {
        assert_eq!(suggested(&index, typed, Lang::Nb), [], "{typed}");
    }
}

#[test]
fn what_employees_taught_is_never_shown_to_others() {
    let index = index();
    let taught = Taught { slug: Slug::new("vpn"), text: "Tunnelen til Eva Hansen er stengt".to_owned() };
    Pupil::teach(&index, vec![taught]);
    assert_eq!(suggested(&index, "tunnelen", Lang::Nb), []);
}

#[test]
fn an_edited_title_is_suggested_at_once() {
    let index = index();
    index.update(vec![article("glemt-passord", Lang::Nb, "Tilbakestille kodeord", &[])]).unwrap();
    assert_eq!(suggested(&index, "kodeo", Lang::Nb).len(), 1);
    assert_eq!(suggested(&index, "passord", Lang::Nb), []);
}
