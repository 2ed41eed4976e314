//! A shelf with two articles, and understanding enough for the stories: words that every clerk would know.

use std::sync::Arc;

use firstline::domain::answer::{ArticleRef, Candidate, Intent, PerMille, Thresholds, Understanding};
use firstline::domain::article::{Article, Day, Suggestion};
use firstline::domain::explanation::{CandidateShown, Contribution, Detected, Explanation, Recognised, WordShown};
use firstline::domain::ids::{GroupId, Slug};
use firstline::domain::lang::Lang;
use firstline::domain::message::{LangHint, Redacted};
use firstline::domain::reply::StandardReply;
use firstline::ports::{Index, Pupil, StandardReplies, Taught};

pub(super) struct Shelf;

const PASSWORD: &str = "# Glemt passord\n\n## Prøv dette først\n\n1. Gå til <https://passord.example>.\n2. Velg **Glemt passord**.\n\
                        3. Følg stegene på skjermen.\n\nStår det at kontoen er låst? Se [Kontoen er låst](konto-laast.md).\n\n\
                        <script>alert(1)</script>\n";

impl Index for Shelf {
    fn understand(&self, text: &Redacted, hint: LangHint) -> Understanding {
        let text = text.as_str().to_lowercase();
        let found = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let intent = if found(&["person", "snakke"]) { Intent::Person } else { Intent::Question };
        let candidates = match () {
            () if found(&["passord", "password"]) => vec![password(hint.lang(), 930)],
            () if found(&["skriver", "printer"]) => vec![printer(480), password(hint.lang(), 310)],
            () => vec![printer(120)],
        };
        Understanding { lang: Some(hint.lang()), intent, candidates }
    }

    fn why(&self, text: &Redacted, hint: LangHint) -> Option<Explanation> {
        let Understanding { lang, intent, candidates } = self.understand(text, hint);
        let thresholds = Thresholds { answer: PerMille::new(600), offer: PerMille::new(250) };
        let words = text.as_str().to_lowercase().split_whitespace().map(word).collect();
        let candidates = candidates.into_iter().map(shown).collect();
        let detected = Detected { lang, cues: [12, -3, 0] };
        let intent_rule = (intent == Intent::Person).then_some("asks for a person");
        Some(Explanation { detected, intent, intent_rule, words, candidates, thresholds })
    }

    fn suggest(&self, typed: &Redacted, reader: Lang, _: usize) -> Vec<Suggestion> {
        let lang = if reader == Lang::En { Lang::En } else { Lang::Nb };
        let article = ArticleRef { slug: Slug::new("glemt-passord"), lang };
        let found = |title: &str| vec![Suggestion { article: article.clone(), title: title.to_owned(), question: None }];
        match typed.as_str() {
            text if text.starts_with("pass") => found("Glemt passord"),
            text if text.starts_with('[') => found(text),
            _ => vec![],
        }
    }

    fn passage(&self, slug: &Slug, lang: Lang, _: &str) -> Option<Candidate> {
        match slug.as_str() {
            "glemt-passord" => Some(password(lang, 930)),
            "skriver" => Some(printer(480)),
            _ => None,
        }
    }

    fn article(&self, article: &ArticleRef) -> Option<Arc<Article>> {
        let known = article.slug.as_str() == "glemt-passord" && article.lang != Lang::Nn;
        let text = |text: &str| Some(text.to_owned());
        known.then(|| {
            Arc::new(Article {
                article: article.clone(),
                title: "Glemt passord".to_owned(),
                tags: vec![],
                questions: vec![],
                owner: text("IT-drift"),
                reviewed: Some(Day { year: 2026, month: 11, day: 9 }),
                audience: None,
                group: None,
                request: text("https://skjema.example/passord"),
                body: PASSWORD.to_owned(),
            })
        })
    }

    fn languages(&self, slug: &Slug) -> Vec<Lang> {
        if slug.as_str() == "glemt-passord" { vec![Lang::Nb, Lang::En] } else { vec![] }
    }

    fn size(&self) -> usize {
        2
    }
}

impl Pupil for Shelf {
    fn teach(&self, _: Vec<Taught>) {}
}

impl StandardReplies for Shelf {
    fn standard_replies(&self) -> Arc<[StandardReply]> {
        let reply = |slug: &str, lang, title: &str, group: Option<&str>, body: &str| StandardReply {
            slug: Slug::new(slug),
            lang,
            title: title.to_owned(),
            group: group.map(GroupId::new),
            tags: vec![],
            body: body.to_owned(),
        };
        let visit = "Hei {name}! Vi kommer til {sted?}. Sak {number}.\n\nHilsen {operator}, {group}";
        Arc::new([
            reply("besok", Lang::En, "We will come to you", None, "Hi {name}, we will come to {place?}."),
            reply("besok", Lang::Nb, "Vi kommer til deg", None, visit),
            reply("takk", Lang::Nb, "Takk for hjelpen", Some("general"), "Takk, {name}!"),
            reply("journal", Lang::Nb, "Ikke send pasientopplysninger", Some("clinical"), "Nei."),
        ])
    }
}

fn word(text: &str) -> WordShown {
    let text = text.to_owned();
    WordShown { recognised: Recognised::Repaired, weight: 4.5, stands_for: vec![(text.clone(), 0.85)], text }
}

fn shown(candidate: Candidate) -> CandidateShown {
    let figure = |number: u8| {
        let name = if number == 0 { "nothing" } else { "coverage" };
        Contribution { name, value: f32::from(number), contribution: -1.5 * f32::from(number) }
    };
    let (features, signs) = ((0..15).map(figure).collect(), vec![figure(1)]);
    CandidateShown { candidate, score: 7.25, features, signs, matched: ["passord".to_owned()].into() }
}

fn password(lang: Lang, confidence: u16) -> Candidate {
    let lang = if lang == Lang::En { Lang::En } else { Lang::Nb };
    candidate("glemt-passord", lang, "Glemt passord", confidence, PASSWORD)
}

fn printer(confidence: u16) -> Candidate {
    candidate(
        "skriver",
        Lang::Nb,
        "Skriveren skriver ikke ut",
        confidence,
        "1. Slå skriveren av og på.\n2. Send utskriften på nytt.\n",
    )
}

fn candidate(slug: &str, lang: Lang, title: &str, confidence: u16, passage: &str) -> Candidate {
    Candidate {
        article: ArticleRef { slug: Slug::new(slug), lang },
        title: title.to_owned(),
        confidence: PerMille::new(confidence),
        passage: passage.trim_start_matches("# Glemt passord\n\n").to_owned(),
        group: Some(GroupId::new("general")),
        request: None,
    }
}
