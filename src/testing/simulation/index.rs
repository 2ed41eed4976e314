//! A small index: four articles, and a few words that it understands. The real one is slower, and no richer for what is tested here.

use std::sync::Arc;

use crate::domain::answer::{ArticleRef, Candidate, Intent, PerMille, Understanding};
use crate::domain::article::Article;
use crate::domain::ids::Slug;
use crate::domain::lang::Lang;
use crate::domain::message::{LangHint, Redacted, SmallTalk};
use crate::ports::Index;

/// What somebody may write, and what it is: the first word decides.
pub(super) const SAYINGS: [&str; 12] =
    ["passord", "passord", "skriver", "skjermen", "journalen", "wifi", "hei", "takk", "menneske", "saken", "nei", "ja"];

#[derive(Debug)]
pub(super) struct SmallIndex;

impl Index for SmallIndex {
    fn understand(&self, text: &Redacted, _: LangHint) -> Understanding {
        let words = text.as_str().to_lowercase();
        let intent = match words.split_whitespace().next().unwrap_or_default() {
            "hei" => Intent::SmallTalk(SmallTalk::Greeting),
            "takk" => Intent::SmallTalk(SmallTalk::Thanks),
            "menneske" => Intent::Person,
            "saken" => Intent::OwnTickets,
            "nei" => Intent::No,
            "ja" => Intent::Yes,
            "brann" => Intent::Critical,
            _ => Intent::Question,
        };
        let found: &[(&str, u16)] = match () {
            () if words.contains("passord") => &[("glemt-passord", 990)],
            () if words.contains("skriver") => &[("skriver", 500), ("glemt-passord", 450), ("papir", 420)],
            () if words.contains("wifi") => &[("wifi", 950)],
            () => &[],
        };
        let candidates = found.iter().map(|(slug, confidence)| candidate(slug, *confidence)).collect();
        Understanding { lang: None, intent, candidates }
    }

    fn passage(&self, slug: &Slug, _: Lang, _: &str) -> Option<Candidate> {
        Some(candidate(slug.as_str(), 990))
    }

    fn article(&self, _: &ArticleRef) -> Option<Arc<Article>> {
        None
    }

    fn languages(&self, _: &Slug) -> Vec<Lang> {
        vec![Lang::Nb]
    }

    fn size(&self) -> usize {
        4
    }
}

fn candidate(slug: &str, confidence: u16) -> Candidate {
    Candidate {
        article: ArticleRef { slug: Slug::new(slug), lang: Lang::Nb },
        title: format!("Om {slug}"),
        confidence: PerMille::new(confidence),
        passage: format!("1. Gjør det ene med {slug}.\n2. Gjør det andre."),
        group: None,
        request: None,
    }
}
