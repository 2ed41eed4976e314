//! Articles to search in, the sample ones or generated ones, and questions about them.

use firstline::app;
use firstline::config::Config;
use firstline::domain::answer::ArticleRef;
use firstline::domain::article::Article;
use firstline::domain::ids::Slug;
use firstline::domain::lang::Lang;
use firstline::library;
use firstline::ports::Clock;
use firstline::search::{SearchIndex, shipped_thresholds};
use firstline::system::SystemClock;
use firstline::testing::checkout;

/// The settings that hold where nothing is set.
pub(crate) fn config() -> Config {
    let kb = checkout().join("kb").display().to_string();
    Config::load(None, [("FIRSTLINE_KB".to_owned(), kb)].into_iter(), shipped_thresholds()).expect("settings")
}

/// The sample articles.
pub(crate) fn sample(config: &Config) -> Vec<Article> {
    library::load(&config.storage.kb, &app::checks(SystemClock.now(), config)).expect("the sample articles").articles
}

/// What people ask of these articles, and some things that no article answers.
pub(crate) fn questions(articles: &[Article]) -> Vec<String> {
    let asked = articles.iter().flat_map(|article| article.questions.iter().cloned());
    let strange =
        ["Hvem vant cupfinalen i 1998?", "hei", "kaffemaskina lekk og golvet er vått", "Can I bring my dog to the office?"];
    asked.chain(strange.map(str::to_owned)).collect()
}

/// An index in memory.
pub(crate) fn index(articles: Vec<Article>) -> SearchIndex {
    SearchIndex::open(None, articles).expect("an index")
}

/// So many articles in the words of the sample ones; each has a word of its own, as systems and places have names.
pub(crate) fn generated(count: usize, like: &[Article]) -> Vec<Article> {
    let words: Vec<&str> = like.iter().flat_map(|article| article.body.split_whitespace()).collect();
    let said = |from: usize, many: usize, step: usize| {
        let words = (0..many).filter_map(|turn| words.get((from + turn * step) % words.len()).copied());
        words.collect::<Vec<_>>().join(" ")
    };
    let one = |number: usize| {
        let name = format!("Fagsystem{number}");
        let body =
            (0..6).map(|part| format!("## {name} {}\n\n{}", said(number + part, 3, 17), said(number * 31 + part * 97, 60, 1)));
        Article {
            article: ArticleRef { slug: Slug::new(format!("artikkel-{number}")), lang: Lang::ALL[number % Lang::ALL.len()] },
            title: format!("{} i {name}", said(number * 7, 3, 11)),
            tags: vec![name.clone()],
            questions: vec![format!("{} {name}", said(number * 13, 5, 1)), said(number * 31, 6, 1)],
            owner: None,
            reviewed: None,
            audience: None,
            group: None,
            request: None,
            body: body.collect::<Vec<_>>().join("\n\n"),
        }
    };
    (0..count).map(one).collect()
}
