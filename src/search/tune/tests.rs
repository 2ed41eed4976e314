use super::*;
use crate::domain::answer::ArticleRef;
use crate::domain::answer::Thresholds;
use crate::domain::article::Article;
use crate::domain::lang::Lang;

/// Numbers as if drawn by lot, the same every time.
pub(super) struct Lot(pub(super) u64);

impl Lot {
    /// The next one, 0 to 1.
    pub(super) fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 33).unwrap_or(0)) / f64::from(1_u32 << 31)
    }
}

const THINGS: [&str; 12] = [
    "stiftemaskin",
    "kaffetrakter",
    "garderobeskap",
    "plotter",
    "sykkelbod",
    "heis",
    "solskjerming",
    "makulator",
    "tavle",
    "lagerrom",
    "vannkoker",
    "postkasse",
];

/// An article for each thing; what to do about it is told in the same words for all.
fn index() -> SearchIndex {
    let article = |thing: &&str| Article {
        article: ArticleRef { slug: Slug::new(*thing), lang: Lang::Nb },
        title: format!("Om {thing}"),
        tags: Vec::new(),
        questions: Vec::new(),
        owner: None,
        reviewed: None,
        audience: None,
        group: None,
        request: None,
        body: format!("Slik bruker du {thing}.\n\n1. Åpne døren.\n2. Trykk på knappen.\n\nMeld fra om {thing} er ødelagt."),
    };
    SearchIndex::open(None, THINGS.iter().map(article).collect()).expect("an index in memory")
}

fn example(text: &str, right: &[&str]) -> Example {
    Example { text: Redacted::vouched(text), right: right.iter().map(|slug| Slug::new(*slug)).collect() }
}

fn examples() -> Vec<Example> {
    let of_thing = |thing: &&str| {
        let ask = |text: String| example(&text, &[thing]);
        [ask(format!("hvordan bruker jeg {thing}")), ask(format!("{thing} er ødelagt")), ask(format!("knappen på {thing}"))]
    };
    let mut examples: Vec<Example> = THINGS.iter().flat_map(of_thing).collect();
    examples.push(example("hvor åpner jeg kantinen", &[]));
    examples.push(example("takk", &[]));
    examples
}

fn tuned(examples: &[Example]) -> Tuned {
    index().tune(examples, None, &mut |_| {}).expect("enough to learn from")
}

#[test]
fn every_question_is_tried_with_both_and_the_same_weights_come_out_every_time() {
    let examples = examples();
    let tuned = tuned(&examples);
    assert_eq!((tuned.shipped.trials.len(), tuned.tuned.trials.len()), (examples.len(), examples.len()));
    let found = |trial: &Trial| trial.found.first().cloned();
    for (example, trial) in examples.iter().zip(&tuned.tuned.trials).take(36) {
        assert_eq!(found(trial).as_ref(), example.right.first(), "{example:?}");
    }
    assert!(tuned.tuned.trials[37].confidence.abs() < f64::EPSILON, "thanks are never answered with an article");
    assert_eq!(tuned, self::tuned(&examples));
    assert!(tuned.weights.ranking.iter().all(|weight| *weight >= 0.0));
}

#[test]
fn hidden_articles_teach_it_to_know_what_it_cannot_answer() {
    let examples = examples();
    let tuned = tuned(&examples);
    assert_eq!(tuned.hidden, 11, "a third of 36, less the one question without an answer");
    let index = index();
    let thresholds = tuned.weights.thresholds(PerMille::new(950));
    assert!(thresholds.reached, "{thresholds:?}");
    let index = index.with_weights(std::sync::Arc::new(tuned.weights), thresholds.thresholds);
    let confidence = |text: &str| {
        index
            .explain(text, crate::domain::message::LangHint::Likely(Lang::Nb))
            .candidates
            .first()
            .map_or(0, |first| first.candidate.confidence.get())
    };
    let Thresholds { answer, .. } = thresholds.thresholds;
    assert!(confidence("hvordan bruker jeg heis") >= answer.get());
    assert!(confidence("knappen på ringeklokken") < answer.get());
}

#[test]
fn too_little_to_learn_from_is_said() {
    let index = index();
    let refused = |examples: &[Example]| index.tune(examples, None, &mut |_| {}).err();
    assert_eq!(refused(&examples()[..9]), Some(TuneError::TooFew { usable: 9 }));
    assert_eq!(refused(&[]), Some(TuneError::TooFew { usable: 0 }));
    let one_article: Vec<Example> = (0..30).map(|number| example(&format!("heis {number}"), &["heis"])).collect();
    assert!(refused(&one_article).is_some(), "nobody can be tried on other articles' questions");
}

#[test]
fn progress_is_told_to_the_end() {
    let mut last = Vec::new();
    let examples = examples();
    index().tune(&examples, None, &mut |progress| last.push(progress)).expect("enough");
    assert!(last.contains(&Progress::Asked(examples.len())));
    assert_eq!(last.last(), Some(&Progress::Fitted(12, 12)));
}
