//! The knowledge base while it is in use: loaded at start, kept up to date while files change.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use super::{AppError, Weighing};
use crate::config::Config;
use crate::domain::article::Day;
use crate::domain::lang::Lang;
use crate::domain::time::Timestamp;
use crate::library::{
    self, Checks, FileShelf, Loaded, Problem, ReplyShelf, Severity, Watch, is_of_glossary, is_of_links, is_of_replies,
};
use crate::ports::{Clock, Intake};
use crate::search::{AidIndex, SearchIndex};

/// The knowledge base while it is in use.
pub struct Knowledge {
    folder: PathBuf,
    config: Config,
    clock: Arc<dyn Clock>,
    index: Arc<SearchIndex>,
    replies: Arc<ReplyShelf>,
    aids: Arc<AidIndex>,
    watch: Mutex<Option<Watch>>,
    /// Whoever reads the files and takes them in holds it, so that no older reading comes after a newer one.
    refreshing: Mutex<()>,
}

/// What was loaded, in figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Articles in use, by language.
    pub articles: BTreeMap<Lang, usize>,
    /// Files left out.
    pub left_out: usize,
    /// Concepts of the glossary in use.
    pub concepts: usize,
}

/// The day on which it is `now` where the configuration says that the clock hangs.
#[must_use]
pub fn today(now: Timestamp, config: &Config) -> Day {
    let instant = jiff::Timestamp::from_microsecond(now.micros()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let date = instant.to_zoned(config.desk.timezone.clone()).date();
    Day { year: date.year(), month: date.month(), day: date.day() }
}

/// What articles are checked against.
#[must_use]
pub fn checks(now: Timestamp, config: &Config) -> Checks {
    let groups = config.policy.groups.iter().map(|group| group.id.clone()).collect();
    Checks { today: today(now, config), groups, review_months: config.review_months }
}

impl Knowledge {
    /// Loads the knowledge base and opens the index over it, below the data folder; it weighs as `weighing` says.
    ///
    /// # Errors
    /// [`AppError::Library`] where the folder cannot be read, [`AppError::Search`] where no index can be made.
    pub fn open(config: &Config, weighing: &Weighing, clock: Arc<dyn Clock>) -> Result<(Arc<Self>, Figures), AppError> {
        let folder = config.storage.kb.clone();
        // Watching begins before reading, so that no change falls between the two.
        let watch = Mutex::new(folder.is_dir().then(|| Watch::begin(folder.clone())));
        let (loaded, figures) = read(&folder, &checks(clock.now(), config))?;
        let index = SearchIndex::open(Some(&config.storage.data.join("index")), loaded.articles)?;
        let index = index.with_weights(Arc::clone(&weighing.weights), weighing.thresholds);
        index.define(&loaded.glossary);
        let (index, refreshing) = (Arc::new(index), Mutex::new(()));
        let aids = Arc::new(AidIndex::default());
        aids.define(&loaded.glossary);
        aids.put_replies(&loaded.replies);
        aids.put_links(loaded.links);
        let replies = Arc::new(ReplyShelf::of(loaded.replies));
        let knowledge = Self { folder, config: config.clone(), clock, index, replies, aids, watch, refreshing };
        Ok((Arc::new(knowledge), figures))
    }

    /// The index over the articles, kept up to date by [`Knowledge::keep_up`].
    #[must_use]
    pub fn index(&self) -> Arc<SearchIndex> {
        Arc::clone(&self.index)
    }

    /// The standard replies, kept up to date as the articles are.
    #[must_use]
    pub fn replies(&self) -> Arc<ReplyShelf> {
        Arc::clone(&self.replies)
    }

    /// The link register and the search through it and the standard replies, kept up to date as the articles are.
    #[must_use]
    pub fn aids(&self) -> Arc<AidIndex> {
        Arc::clone(&self.aids)
    }

    /// Takes changed files in as they change, until told to stop.
    pub async fn keep_up(self: Arc<Self>, stop: CancellationToken) {
        let begun = self.watch.lock().unwrap_or_else(PoisonError::into_inner).take();
        let watch = begun.unwrap_or_else(|| Watch::begin(self.folder.clone()));
        let (tell, mut news) = mpsc::channel(1);
        let watching = tokio::spawn(watch.run(tell, stop));
        while let Some(()) = news.recv().await {
            let this = Arc::clone(&self);
            if let Err(panic) = tokio::task::spawn_blocking(move || this.refresh()).await {
                warn!(%panic, "reading the changed articles broke off");
            }
        }
        if let Err(panic) = watching.await {
            warn!(%panic, "watching the articles broke off");
        }
    }

    /// The articles' files, for editors.
    #[must_use]
    pub fn shelf(&self) -> FileShelf {
        let (clock, config) = (Arc::clone(&self.clock), self.config.clone());
        let host = host_of(&config.desk.public_url).to_owned();
        FileShelf::new(self.folder.clone(), Arc::new(move || checks(clock.now(), &config)), host)
    }

    /// The standard replies' files, for editors.
    #[must_use]
    pub fn reply_shelf(&self) -> FileShelf {
        let (clock, config) = (Arc::clone(&self.clock), self.config.clone());
        let host = host_of(&config.desk.public_url).to_owned();
        FileShelf::of_replies(&self.folder, Arc::new(move || checks(clock.now(), &config)), host)
    }

    /// The links' files, for editors.
    #[must_use]
    pub fn link_shelf(&self) -> FileShelf {
        let (clock, config) = (Arc::clone(&self.clock), self.config.clone());
        let host = host_of(&config.desk.public_url).to_owned();
        FileShelf::of_links(&self.folder, Arc::new(move || checks(clock.now(), &config)), host)
    }

    fn refresh(&self) {
        let _in_turn = self.refreshing.lock().unwrap_or_else(PoisonError::into_inner);
        let (loaded, figures) = match read(&self.folder, &checks(self.clock.now(), &self.config)) {
            Ok(read) => read,
            Err(failure) => return warn!(reason = %failure, "the changed articles could not be read; the old ones stay"),
        };
        self.index.define(&loaded.glossary);
        self.aids.define(&loaded.glossary);
        self.aids.put_replies(&loaded.replies);
        self.aids.put_links(loaded.links);
        self.replies.put(loaded.replies);
        match self.index.update(loaded.articles) {
            Ok(changed) => {
                info!(?changed, left_out = figures.left_out, concepts = figures.concepts, "changed articles are in use");
            }
            Err(failure) => warn!(error = &failure as &dyn std::error::Error, "the changed articles could not be indexed"),
        }
    }
}

/// Takes changed files in as soon as an editor has saved them.
pub(super) struct TakesIn(pub(super) Arc<Knowledge>);

#[async_trait]
impl Intake for TakesIn {
    async fn take_in(&self) {
        let knowledge = Arc::clone(&self.0);
        if let Err(panic) = tokio::task::spawn_blocking(move || knowledge.refresh()).await {
            warn!(%panic, "reading a saved article broke off");
        }
    }
}

/// The host of a web address, without its port.
fn host_of(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or(rest)
}

fn read(folder: &Path, checks: &Checks) -> Result<(Loaded, Figures), AppError> {
    let loaded = library::load(folder, checks).map_err(AppError::Library)?;
    let mut figures = Figures { concepts: loaded.glossary.concepts.len(), ..Figures::default() };
    for article in &loaded.articles {
        *figures.articles.entry(article.article.lang).or_default() += 1;
    }
    let errors = loaded.problems.iter().filter(|problem| problem.severity == Severity::Error);
    let (of_replies, errors): (Vec<&Problem>, Vec<&Problem>) = errors.partition(|problem| is_of_replies(problem, folder));
    for problem in of_replies {
        warn!(%problem, "a standard reply is left out");
    }
    let (of_links, errors): (Vec<&Problem>, Vec<&Problem>) = errors.into_iter().partition(|problem| is_of_links(problem, folder));
    for problem in of_links {
        warn!(%problem, "a link is left out");
    }
    let (of_glossary, of_articles): (Vec<&Problem>, Vec<&Problem>) =
        errors.into_iter().partition(|problem| is_of_glossary(problem, folder));
    for problem in of_glossary {
        warn!(%problem, "a line of the glossary is passed over");
    }
    let left_out: BTreeSet<&Path> = of_articles
        .into_iter()
        .inspect(|problem| warn!(%problem, "an article is left out"))
        .map(|problem| &*problem.file)
        .collect();
    figures.left_out = left_out.len();
    Ok((loaded, figures))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_with_several_faults_is_left_out_once() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let language = folder.path().join("nb");
        std::fs::create_dir(&language).expect("a folder for the language");
        std::fs::write(language.join("god.md"), "---\ntitle: God\n---\n# God\n\nTekst.\n").expect("a good article");
        std::fs::write(language.join("vond.md"), "---\nlang: sv\n---\n").expect("a broken article");
        std::fs::write(folder.path().join("ordliste.tsv"), "nb\tnn\ten\talso\ngod\n").expect("a glossary with a fault");
        let checks = Checks { today: Day { year: 2026, month: 1, day: 1 }, groups: Vec::new(), review_months: 12 };
        let (loaded, figures) = read(folder.path(), &checks).expect("the folder can be read");
        let faults = library::load(folder.path(), &checks).expect("the folder can be read").problems;
        assert!(faults.len() > 1, "{faults:?}");
        assert_eq!((loaded.articles.len(), figures.left_out), (1, 1));
    }
}
