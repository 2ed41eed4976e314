use super::*;
use crate::domain::answer::Intent;

fn article(lang: Lang, slug: &str, title: &str, body: &str) -> Article {
    Article {
        article: ArticleRef { slug: Slug::new(slug), lang },
        title: title.to_owned(),
        tags: Vec::new(),
        questions: Vec::new(),
        owner: None,
        reviewed: None,
        audience: None,
        group: None,
        request: None,
        body: body.to_owned(),
    }
}

fn shelf() -> Vec<Article> {
    let stapler = "# Stiftemaskin\n\nFor alle stiftemaskiner.\n\n## Tom for stifter\n\n1. Åpne skuffen.\n2. Legg i nye stifter.\n\n## Bestille ny\n\nSkriv til lageret.";
    vec![
        article(Lang::Nb, "stiftemaskin", "Stiftemaskin", stapler),
        article(
            Lang::Nb,
            "kaffemaskin",
            "Kaffemaskinen lekker",
            "Slå av vannet og tørk opp.\n\n1. Tøm beholderen.\n2. Ring renholdet.",
        ),
        article(
            Lang::En,
            "kaffemaskin",
            "The coffee machine leaks",
            "Turn the water off.\n\n1. Empty the tray.\n2. Call the cleaners.",
        ),
        article(Lang::Nn, "planter", "Vatne plantane", "Plantane på kontoret treng vatn kvar veke."),
        article(Lang::Nb, "garderobeskap", "Garderobeskap", "Nøkkelen til skapet hentes i resepsjonen."),
    ]
}

fn index() -> SearchIndex {
    SearchIndex::open(None, shelf()).expect("an index in memory")
}

fn first(index: &SearchIndex, text: &str) -> Option<Candidate> {
    index.understand(&Redacted::vouched(text), LangHint::Likely(Lang::Nb)).candidates.into_iter().next()
}

fn first_name(index: &SearchIndex, text: &str) -> Option<String> {
    first(index, text).map(|candidate| format!("{}/{}", candidate.article.lang, candidate.article.slug))
}

#[test]
fn the_right_article_comes_first_in_the_askers_language() {
    let index = index();
    for (question, expected) in [
        ("kaffemaskinen lekker på gulvet", "nb/kaffemaskin"),
        ("the coffee machine is leaking", "en/kaffemaskin"),
        ("kor finn eg nykel til garderobeskapet?", "nb/garderobeskap"),
        ("hvor ofte skal plantene ha vann", "nn/planter"),
        ("kafemaskinen leker", "nb/kaffemaskin"),
        ("nøkkel til garderobe skapet", "nb/garderobeskap"),
    ] {
        assert_eq!(first_name(&index, question).as_deref(), Some(expected), "{question}");
    }
}

#[test]
fn what_no_article_is_about_has_little_confidence() {
    let index = index();
    let off_subject =
        first(&index, "hvordan søker jeg om foreldrepermisjon til høsten").map_or(0, |first| first.confidence.get());
    assert!(off_subject < shipped_thresholds().offer.get(), "{off_subject}");
}

#[test]
fn the_passage_with_the_steps_is_shown() {
    let shown = first(&index(), "stiftemaskinen er tom for stifter").expect("an article").passage;
    assert_eq!(shown, "**Tom for stifter**\n\n1. Åpne skuffen.\n2. Legg i nye stifter.");
}

#[test]
fn each_slug_is_once_among_the_candidates() {
    let understood = index().understand(&Redacted::vouched("kaffemaskinen coffee machine"), LangHint::Likely(Lang::Nb));
    let slugs: Vec<_> = understood.candidates.iter().map(|candidate| candidate.article.slug.as_str()).collect();
    assert_eq!(slugs.iter().filter(|slug| **slug == "kaffemaskin").count(), 1);
    assert_eq!(understood.intent, Intent::Question);
}

#[test]
fn an_update_is_seen_by_the_next_question() {
    let index = index();
    let mut articles = shelf();
    articles.remove(0);
    articles[0].body.push_str("\n\nSjekk pakningen.");
    articles.push(article(Lang::Nb, "makulator", "Makulatoren", "Makulatoren står på kopirommet."));
    assert_eq!(index.update(articles.clone()).expect("an update"), Changed { added: 1, changed: 1, removed: 1 });
    assert!(index.update(articles).expect("an update").is_nothing());
    assert_eq!(first_name(&index, "hvor er makulatoren?").as_deref(), Some("nb/makulator"));
    assert_ne!(first_name(&index, "tom for stifter").as_deref(), Some("nb/stiftemaskin"));
    assert_eq!(index.size(), 5);
}

#[test]
fn a_lost_or_damaged_folder_is_built_anew() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("index");
    let answers =
        |folder: &Path| first_name(&SearchIndex::open(Some(folder), shelf()).expect("an index"), "kaffemaskinen lekker");
    let expected = Some("nb/kaffemaskin".to_owned());
    assert_eq!(answers(&folder), expected);
    for file in std::fs::read_dir(&folder).expect("files").flatten() {
        std::fs::write(file.path(), b"nonsense").expect("damaged");
    }
    assert_eq!(answers(&folder), expected, "damaged");
    std::fs::remove_dir_all(&folder).expect("lost");
    assert_eq!(answers(&folder), expected, "lost");
    assert_eq!(answers(&folder), expected, "found again");
}

#[test]
fn two_processes_may_open_one_folder() {
    let home = tempfile::tempdir().expect("a folder");
    let serving = SearchIndex::open(Some(home.path()), shelf()).expect("an index");
    let mut others = shelf();
    others.truncate(2);
    let asking = SearchIndex::open(Some(home.path()), others).expect("an index in memory");
    assert_eq!((serving.size(), asking.size()), (5, 2));
    assert_eq!(first_name(&serving, "garderobeskap nøkkel").as_deref(), Some("nb/garderobeskap"));
}

#[test]
fn the_same_text_gives_the_same_understanding() {
    let text = Redacted::vouched("kaffemaskinen på kontoret lekker og plantene er tørre");
    let understood = index().understand(&text, LangHint::Likely(Lang::Nb));
    assert_eq!(index().understand(&text, LangHint::Likely(Lang::Nb)), understood);
}

#[test]
fn a_passage_is_given_for_any_article_that_exists() {
    let index = index();
    let given = index.passage(&Slug::new("planter"), Lang::En, "noe helt annet").expect("the article");
    assert_eq!((given.article.lang, given.passage.is_empty()), (Lang::Nn, false));
    assert_eq!(index.passage(&Slug::new("finnes-ikke"), Lang::Nb, "planter"), None);
    assert_eq!(index.languages(&Slug::new("kaffemaskin")), [Lang::Nb, Lang::En]);
}

#[test]
fn contributions_add_up_to_the_score() {
    let explained = index().explain("kaffemaskinen lekker", LangHint::Likely(Lang::Nb));
    let first = explained.candidates.first().expect("a candidate");
    let sum: f32 = first.features.iter().map(|feature| feature.contribution).sum();
    assert!((sum - first.score).abs() < 1e-4);
    assert_eq!(explained.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>(), ["kaffemaskinen", "lekker"]);
}

#[test]
fn the_words_that_matched_are_known_as_the_passage_writes_them() {
    let explained = index().explain("hvor ofte skal plantene på kontoret ha vann?", LangHint::Likely(Lang::Nb));
    let first = explained.candidates.first().expect("a candidate");
    assert_eq!(first.candidate.passage, "Plantane på kontoret treng vatn kvar veke.");
    assert_eq!(first.matched.iter().map(String::as_str).collect::<Vec<_>>(), ["kontoret", "plantane", "vatn"]);
}

/// A small desk for questions about what users meet at once.
fn desk() -> SearchIndex {
    let asked = |mut article: Article, tags: &[&str], questions: &[&str]| {
        article.tags = tags.iter().map(|&tag| tag.to_owned()).collect();
        article.questions = questions.iter().map(|&question| question.to_owned()).collect();
        article
    };
    let steps = "For alle.\n\n## Slik gjør du\n\n1. Velg.\n2. Trykk.";
    let fee = format!("{steps}\n\n## Gebyr for tapt nøkkel\n\nDet koster 200 kroner.");
    let articles = vec![
        asked(
            article(Lang::Nb, "plotter", "Plotteren virker ikke", steps),
            &["utskrift", "tegning"],
            &["Plotteren er tom for blekk"],
        ),
        asked(article(Lang::Nb, "brev", "Skrive brev", steps), &["brevmal", "skriving"], &["Hvordan skriver jeg et brev?"]),
        asked(article(Lang::Nb, "portal", "Innlogging i portalen", &fee), &["portal"], &["Slipper ikke inn i portalen"]),
        asked(article(Lang::Nb, "drill", "Drillen er død", steps), &["batteri"], &["Drillen er helt død"]),
        asked(
            article(Lang::En, "locker", "Lockers", "For all.\n\n## How to open\n\n1. Turn.\n2. Pull."),
            &["key"],
            &["My locker is stuck"],
        ),
    ];
    SearchIndex::open(None, articles).expect("an index in memory")
}

#[test]
fn a_verb_and_its_particle_are_one_matter() {
    let desk = desk();
    for (question, expected) in [
        ("får ikke skrevet ut", "nb/plotter"),
        ("hvordan skriver jeg den ut?", "nb/plotter"),
        ("får ikkje skrive ut teikninga", "nb/plotter"),
        ("får ikke logget meg inn", "nb/portal"),
        ("problemer med pålogging", "nb/portal"),
        ("I cannot log in", "nb/portal"),
        ("skal skrive til en kunde", "nb/brev"),
    ] {
        assert_eq!(first_name(&desk, question).as_deref(), Some(expected), "{question}");
    }
}

#[test]
fn what_a_thing_is_counts_more_than_its_state() {
    let desk = desk();
    for question in ["plotteren virker ikke", "plotteren virkr ikke", "hei, plotteren er død", "heisann! plotteren er daud"] {
        assert_eq!(first_name(&desk, question).as_deref(), Some("nb/plotter"), "{question}");
    }
}

#[test]
fn one_accidental_word_is_no_reason_to_offer_anything() {
    let desk = desk();
    for question in
        ["what is the best way to boil eggs", "hvordan baker jeg et godt brød", "kven vann kampen i går", "is there life on mars"]
    {
        let confidence = first(&desk, question).map_or(0, |first| first.confidence.get());
        assert!(confidence < shipped_thresholds().offer.get(), "{question}: {confidence}");
    }
}

#[test]
fn the_steps_are_shown_unless_another_section_fits_clearly_better() {
    let desk = desk();
    for (question, heading) in [
        ("plotteren virker ikke", "**Slik gjør du**"),
        ("hvordan logger jeg på portalen?", "**Slik gjør du**"),
        ("hva er gebyret for en tapt nøkkel til portalen", "**Gebyr for tapt nøkkel**"),
        ("my locker is stuck", "**How to open**"),
    ] {
        let passage = first(&desk, question).map(|first| first.passage).unwrap_or_default();
        assert!(passage.starts_with(heading), "{question}: {passage}");
    }
}

#[test]
fn a_taught_question_finds_its_article_until_something_else_is_taught() {
    let index = index();
    let (strange, slug) = ("sorpetrommelen surkler fælt", Slug::new("kaffemaskin"));
    let confidence = |text: &str| first(&index, text).map_or(0, |first| first.confidence.get());
    assert!(confidence(strange) < shipped_thresholds().offer.get());
    let taught = |text: &str| vec![Taught { slug: slug.clone(), text: text.to_owned() }];
    index.teach(taught(strange));
    assert_eq!(first_name(&index, strange).as_deref(), Some("nb/kaffemaskin"));
    assert!(confidence(strange) >= shipped_thresholds().answer.get(), "{}", confidence(strange));
    index.update(shelf().into_iter().filter(|article| article.article.slug.as_str() != "planter").collect()).expect("an update");
    assert_eq!(first_name(&index, strange).as_deref(), Some("nb/kaffemaskin"), "it stays when articles change");
    assert!(
        index.article(&ArticleRef { slug: slug.clone(), lang: Lang::Nb }).is_some_and(|article| article.questions.is_empty())
    );

    index.teach(taught("the brown soup drips"));
    assert!(confidence(strange) < shipped_thresholds().offer.get(), "what is not taught any more is forgotten");
    assert_eq!(first_name(&index, "the brown soup drips").as_deref(), Some("en/kaffemaskin"));
    index.teach(Vec::new());
    assert!(confidence("the brown soup drips") < shipped_thresholds().answer.get());
}

#[test]
fn what_is_taught_for_an_article_that_is_not_there_waits_for_it() {
    let index = SearchIndex::open(None, Vec::new()).expect("an index in memory");
    index.teach(vec![Taught { slug: Slug::new("kaffemaskin"), text: "sorpetrommelen surkler fælt".to_owned() }]);
    assert_eq!(first_name(&index, "sorpetrommelen surkler fælt"), None);
    index.update(shelf()).expect("an update");
    assert_eq!(first_name(&index, "sorpetrommelen surkler fælt").as_deref(), Some("nb/kaffemaskin"));
}

#[test]
fn weights_and_thresholds_in_use_decide_what_is_explained() {
    let text = "kaffemaskinen lekker";
    let mut weights = Weights::shipped();
    weights.base -= 3.0;
    let thresholds = Thresholds { answer: PerMille::new(900), offer: PerMille::new(100) };
    let (shipped, other) = (index(), index().with_weights(Arc::new(weights), thresholds));
    let explained = |index: &SearchIndex| index.explain(text, LangHint::Likely(Lang::Nb));
    let confidence = |index| explained(index).candidates.first().map_or(0, |first| first.candidate.confidence.get());
    assert!(confidence(&other) < confidence(&shipped));
    assert_eq!((explained(&shipped).thresholds, explained(&other).thresholds), (shipped_thresholds(), thresholds));
}

/// What is said to some questions: for each candidate its slug, confidence and passage.
fn said(index: &SearchIndex) -> Vec<Vec<(String, u16, String)>> {
    let questions = [
        "kaffemaskina er tom for vatn",
        "plantevegg treng gjødsel",
        "nykel til skapet",
        "the coffee machne leaks",
        "stifter til kopimaskina",
    ];
    let ask = |question| index.understand(&Redacted::vouched(question), LangHint::Likely(Lang::Nb)).candidates;
    let shown = |found: Candidate| (found.article.slug.to_string(), found.confidence.get(), found.passage);
    questions.iter().map(|question| ask(*question).into_iter().map(shown).collect()).collect()
}

#[test]
fn an_edited_index_answers_as_one_that_was_made_of_the_same_articles() {
    let index = index();
    let before = said(&index);
    let mut edited = shelf();
    edited[3].body = "Planteveggen treng vatn kvar veke og gjødsel kvar månad.".to_owned();
    edited[0].questions = vec!["how do I refill the stapler".to_owned(), "kopimaskina manglar stifter".to_owned()];
    edited.remove(4);
    edited.push(article(Lang::Nb, "adgangskort", "Adgangskort", "Kortet åpner døra og skapet. Nøkkelkort hentes i resepsjonen."));
    for articles in [edited, Vec::new(), shelf()] {
        index.update(articles.clone()).expect("an update");
        assert_eq!(said(&index), said(&SearchIndex::open(None, articles).expect("an index in memory")));
    }
    assert_eq!(said(&index), before);
}

#[test]
fn a_message_without_end_is_understood_like_its_beginning() {
    let index = index();
    let long = format!("kaffemaskinen lekker. {}", "æ".repeat(200_000));
    assert_eq!(first_name(&index, &long).as_deref(), Some("nb/kaffemaskin"));
    let lines = (0..50_000).map(|number| format!("x{number}")).collect::<Vec<_>>().join("\n");
    assert!(index.understand(&Redacted::vouched(lines), LangHint::Likely(Lang::Nb)).candidates.len() <= 10);
}
