//! How searching grows with the articles: building an index, taking in an edited article, understanding a question, and
//! suggesting articles while somebody types one.
//!
//! `cargo bench --bench searching`; a few minutes. All of it in memory, on one core, the privacy filter left out.

mod measure;
mod stock;

use std::time::Instant;

use firstline::domain::article::Article;
use firstline::domain::lang::Lang;
use firstline::domain::message::{LangHint, Redacted};
use firstline::ports::Index;
use firstline::search::SearchIndex;

use self::measure::{Times, head, row, row_with_rate};
use self::stock::{config, generated, index, questions, sample};

/// How many questions are asked in a round.
const ASKED: usize = 1_000;
/// How often they are asked; the first round is not counted.
const ROUNDS: usize = 3;
/// How many questions are typed letter by letter.
const TYPED: usize = 60;
/// How many articles are edited, one after the other.
const EDITED: usize = 10;

fn main() {
    let like = sample(&config());
    head();
    suggesting("the sample articles: suggested while one types", &index(like.clone()), &like);
    for count in [100, 3_000, 30_000] {
        growing(count, &like);
    }
}

fn growing(count: usize, like: &[Article]) {
    let articles = generated(count, like);
    let copy = articles.clone();
    let mut building = Times::default();
    let index = building.of(|| index(copy));
    row(&format!("{count} articles: index built"), building);
    asking(&format!("{count} articles: question understood"), &index, &articles);
    suggesting(&format!("{count} articles: suggested while one types"), &index, &articles);
    editing(&format!("{count} articles: one edited, index updated"), &index, articles);
}

/// Questions from all over the articles; the first round warms up.
fn asking(what: &str, index: &SearchIndex, articles: &[Article]) {
    let all = questions(articles);
    let apart = all.len().div_ceil(ASKED);
    let asked: Vec<Redacted> = all.iter().step_by(apart).map(Redacted::vouched).collect();
    let round = |_| {
        let mut times = Times::default();
        for question in &asked {
            times.of(|| index.understand(question, LangHint::Likely(Lang::Nb)));
        }
        times
    };
    round(0);
    let began = Instant::now();
    let times = (1..ROUNDS).map(round).fold(Times::default(), Times::and);
    row_with_rate(what, times, began.elapsed());
}

/// Every beginning of questions from all over the articles, from the third letter on.
fn suggesting(what: &str, index: &SearchIndex, articles: &[Article]) {
    let all = questions(articles);
    let mut times = Times::default();
    for question in all.iter().step_by(all.len().div_ceil(TYPED)) {
        for (end, _) in question.char_indices().skip(3) {
            let typed = Redacted::vouched(&question[..end]);
            times.of(|| index.suggest(&typed, Lang::Nb, 6));
        }
    }
    row(what, times);
}

/// An editor saves one article after the other; the whole set is handed over each time, as it is when a file changes.
fn editing(what: &str, index: &SearchIndex, mut articles: Vec<Article>) {
    let mut times = Times::default();
    for number in 0..EDITED {
        let at = number * articles.len() / EDITED;
        articles[at].body.push_str("\n\nRingeklokken er ny.");
        let saved = articles.clone();
        let changed = times.of(|| index.update(saved)).expect("the index is updated");
        assert_eq!(changed.changed, 1);
    }
    row(what, times);
}
