//! What is measured: the flows over a real database file, with the sample articles or with generated ones.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use firstline::app;
use firstline::config::Config;
use firstline::domain::answer::ArticleRef;
use firstline::domain::article::Article;
use firstline::domain::decision::Decision;
use firstline::domain::ids::{ChannelName, EmployeeId, ExternalId, Slug};
use firstline::domain::lang::Lang;
use firstline::domain::message::{Employee, IncomingMessage, LangHint};
use firstline::domain::place::{Delivery, Place};
use firstline::flows::{Flows, Needs};
use firstline::library;
use firstline::ports::{Clock, News};
use firstline::search::{SearchIndex, shipped_thresholds};
use firstline::store::SqlStore;
use firstline::system::{ProcessIds, SystemClock};
use tokio::sync::Notify;

/// The channel that everybody writes in.
pub(crate) const CHANNEL: &str = "bench";

/// The flows over a database file of their own.
pub(crate) struct House {
    pub(crate) flows: Flows,
    pub(crate) store: SqlStore,
    /// Is told of every commit.
    pub(crate) wake: Arc<Notify>,
    delivery: Delivery,
    asked: AtomicU64,
}

struct Bell(Arc<Notify>);

impl News for Bell {
    fn committed(&self, decision: &Decision) {
        if !decision.errands.is_empty() {
            self.0.notify_one();
        }
    }
}

impl House {
    pub(crate) async fn open(folder: &Path, delivery: Delivery) -> Self {
        let config = config();
        let store = SqlStore::open(&format!("sqlite:{}", folder.join("bench.db").display())).await.expect("a database");
        let wake = Arc::new(Notify::new());
        let flows = Flows::new(Needs {
            store: Arc::new(store.clone()),
            index: Arc::new(index(sample(&config))),
            clock: Arc::new(SystemClock),
            ids: Arc::new(ProcessIds::draw().expect("random bytes")),
            news: Arc::new(Bell(Arc::clone(&wake))),
            policy: config.policy,
            adviser: None,
        });
        Self { flows, store, wake, delivery, asked: AtomicU64::new(0) }
    }

    /// A question of somebody who has not asked before.
    pub(crate) fn message(&self, question: &str) -> IncomingMessage {
        let number = self.asked.fetch_add(1, Ordering::Relaxed).to_string();
        let (text, secrets) = app::filter(question);
        IncomingMessage {
            conversation: None,
            place: Place { channel: ChannelName::new(CHANNEL), address: number.clone(), delivery: self.delivery },
            external_id: ExternalId::new(number.clone()),
            employee: Employee { id: EmployeeId::new(number), name: None, email: None, organisation: None },
            text,
            secrets,
            lang: LangHint::Likely(Lang::Nb),
        }
    }
}

/// The settings that hold where nothing is set.
pub(crate) fn config() -> Config {
    let kb = Path::new(env!("CARGO_MANIFEST_DIR")).join("kb").display().to_string();
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
