//! What people read on Discord.

use super::*;
use crate::domain::answer::{Answer, ArticleRef, PerMille};
use crate::domain::ids::{GroupId, MessageId, OperatorId, Slug};
use crate::domain::lang::Lang;
use crate::domain::message::{Line, Redacted, Visibility};
use crate::domain::routing::{Group, Groups};
use crate::domain::time::Timestamp;

fn facts() -> Facts {
    let names = ["Generell støtte".to_owned(), "Generell støtte".to_owned(), "General support".to_owned()];
    Facts {
        public_url: "https://hjelp.example.no".to_owned(),
        urgent_phone: None,
        groups: Groups::new(vec![Group { id: GroupId::new("general"), names, hints: vec![] }]).unwrap(),
        timezone: jiff::tz::TimeZone::UTC,
    }
}

fn shown(author: Author, content: Content) -> Shown {
    let at = Timestamp::from_micros(0);
    let line = Line { id: MessageId::new(1), author, visibility: Visibility::Everyone, lang: Lang::Nb, content, at };
    let recorded = Recorded { conversation: ConversationId::new(1), line, number: None, withdrawn: false };
    show(&recorded, &Wording::embedded().unwrap(), &facts())
}

fn answer(passage: &str) -> Shown {
    let article = ArticleRef { slug: Slug::new("glemt-passord"), lang: Lang::Nb };
    let (title, passage) = ("Glemt passord".to_owned(), passage.to_owned());
    shown(
        Author::Bot,
        Content::Answer(Answer { article, title, passage, confidence: PerMille::new(900), request: None, direct: None }),
    )
}

#[test]
fn a_long_answer_is_cut_between_steps_and_still_leads_to_the_whole() {
    let steps: Vec<String> =
        (1..=60).map(|n| format!("{n}. Gjør det som står i punkt {n}, og vent til maskinen svarer.")).collect();
    let [text] = answer(&steps.join("\n")).parts.try_into().expect("one message");
    assert!(length(&text) <= LONGEST_MESSAGE, "{}", length(&text));
    assert!(text.ends_with("…\n\n[Les hele artikkelen](https://hjelp.example.no/kb/nb/glemt-passord)"), "{text}");
    let last = text.lines().rev().find(|line| line.starts_with(|c: char| c.is_ascii_digit())).expect("a step");
    assert!(steps.contains(&last.to_owned()), "a step is shown whole or not at all: {last}");
}

#[test]
fn an_operators_words_come_with_their_name_and_cannot_format_or_ping() {
    let kari = Author::Operator { id: OperatorId::new("web:kari"), name: "Kari_N".to_owned() };
    let said = Content::Text(Redacted::vouched("se <@123> og **dette**: https://x.no/a_b"));
    assert_eq!(shown(kari, said).parts, [r"**Kari\_N:** se \<@123\> og \*\*dette\*\*: https://x.no/a_b"]);
}

#[test]
fn a_very_long_reply_loses_nothing() {
    let words = "ord ".repeat(1_200);
    let kari = Author::Operator { id: OperatorId::new("web:kari"), name: "Kari".to_owned() };
    let parts = shown(kari, Content::Text(Redacted::vouched(words.trim()))).parts;
    assert!(parts.iter().all(|part| length(part) <= LONGEST_MESSAGE));
    assert_eq!(parts.join(" ").matches("ord").count(), 1_200);
}

#[test]
fn articles_links_work_or_become_words() {
    let cases = [
        ("Se [nettsiden](https://x.no/a).", "Se [nettsiden](https://x.no/a)."),
        ("Se [glemt passord](glemt-passord.md) først.", "Se glemt passord først."),
        ("Ring [vakta](tel:+4755555555).", "Ring vakta (+4755555555)."),
        ("Skriv til [a@b.no](mailto:a@b.no).", "Skriv til a@b.no."),
        ("![Knappen øverst](knapp.png) Trykk der.", "Knappen øverst Trykk der."),
        ("#### Hvis det ikke går", "**Hvis det ikke går**"),
        ("Trykk <kbd>Ctrl</kbd>.<br/>", "Trykk Ctrl."),
        ("Skriv `net use <stasjon>` og 1 < 2 > 0.", "Skriv `net use <stasjon>` og 1 < 2 > 0."),
        ("Se <https://x.no>.", "Se <https://x.no>."),
        ("En [hake] og (en parentes)", "En [hake] og (en parentes)"),
    ];
    for (article, expected) in cases {
        assert_eq!(from_article(article), expected);
    }
}

#[test]
fn a_text_without_a_pause_is_cut_all_the_same() {
    assert_eq!(split(&"å".repeat(25), 10), ["å".repeat(10), "å".repeat(10), "å".repeat(5)]);
    assert_eq!(split("", 10), [""]);
    assert_eq!(brief("Bestille nytt adgangskort", 12), "Bestille…");
}

#[test]
fn every_offered_title_gets_a_row_of_its_own() {
    let choose = |slug: &str| (Action::Choose(Slug::new(slug)), "Tittel ".repeat(20));
    let rows = buttons(ConversationId::new(1), vec![choose("a"), choose("b"), (Action::Human, "Person".to_owned())]);
    let rows = serde_json::to_value(&rows).unwrap();
    assert_eq!(rows.as_array().map(Vec::len), Some(3));
    assert!(rows[0]["components"][0]["label"].as_str().is_some_and(|label| length(label) <= LONGEST_LABEL));
    assert_eq!(rows[2]["components"][0]["custom_id"], "c:1:human");
}
