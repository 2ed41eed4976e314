//! What a town's bot knows.

use std::sync::Arc;

use crate::domain::answer::{ArticleRef, Candidate, Intent, PerMille, Understanding};
use crate::domain::article::{Article, Suggestion};
use crate::domain::ids::Slug;
use crate::domain::lang::Lang;
use crate::domain::message::{LangHint, Redacted, SmallTalk};
use crate::ports::Index;

/// An index with two articles, which knows what a few words mean.
pub(super) struct Shelf;

impl Index for Shelf {
    fn understand(&self, text: &Redacted, _: LangHint) -> Understanding {
        let words = text.as_str().to_lowercase();
        let has = |some: &[&str]| some.iter().any(|word| words.contains(word));
        let lang = if has(&["password", "printer", "screen"]) {
            Lang::En
        } else if has(&["ikkje"]) {
            Lang::Nn
        } else {
            Lang::Nb
        };
        let intent = match words.as_str() {
            "hei" => Intent::SmallTalk(SmallTalk::Greeting),
            "takk" => Intent::SmallTalk(SmallTalk::Thanks),
            words if words.starts_with("haha") => Intent::SmallTalk(SmallTalk::Other),
            "nei" => Intent::No,
            words if words.starts_with("hvor er saken min") => Intent::OwnTickets,
            "ja" => Intent::Yes,
            _ => Intent::Question,
        };
        let found = if has(&["passord", "password"]) {
            vec![candidate("glemt-passord", lang, 900)]
        } else if has(&["skriver", "printer"]) {
            vec![candidate("skriver", lang, 400), candidate("glemt-passord", lang, 300)]
        } else {
            Vec::new()
        };
        Understanding { lang: Some(lang), intent, candidates: found }
    }

    fn passage(&self, slug: &Slug, lang: Lang, _: &str) -> Option<Candidate> {
        Some(candidate(slug.as_str(), lang, 900))
    }

    fn suggest(&self, typed: &Redacted, reader: Lang, most: usize) -> Vec<Suggestion> {
        let titles = ["glemt-passord", "skriver"].map(|slug| candidate(slug, reader, 900));
        let fits = |found: &Candidate| found.title.to_lowercase().contains(&typed.as_str().to_lowercase());
        let doubled = titles.into_iter().filter(fits).flat_map(|found| [found.clone(), found]);
        doubled.map(|Candidate { article, title, .. }| Suggestion { article, title, question: None }).take(most).collect()
    }

    fn article(&self, _: &ArticleRef) -> Option<Arc<Article>> {
        None
    }

    fn languages(&self, _: &Slug) -> Vec<Lang> {
        Lang::ALL.to_vec()
    }

    fn size(&self) -> usize {
        2
    }
}

fn candidate(slug: &str, lang: Lang, confidence: u16) -> Candidate {
    let article = ArticleRef { slug: Slug::new(slug), lang };
    let (title, passage) = (format!("Om {slug}"), "1. Gjør det ene.\n2. Gjør det andre.".to_owned());
    Candidate { article, title, confidence: PerMille::new(confidence), passage, group: None, request: None }
}
