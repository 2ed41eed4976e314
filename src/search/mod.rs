//! Understanding questions and finding articles; tantivy lives here and nowhere else.
//!
//! In reading order: `text` makes words, `analysis` brings them to one normal form, `vocabulary` numbers them, `lexicon` knows
//! which of them the articles use now, and `spelling` which are nearly written so. `version` is an article as it was read,
//! `profile` its words, `shelf` all of them. `query` reads a question, `recall` keeps the index, `find` and `postings` find articles
//! that have the question's words, `features` and `measure` measure them, `weights` weighs, `confidence` says how sure that is and
//! `calibration` what it is worth. `suggest` has titles and questions ready for those who are still typing, `aids` standard replies and links. `snapshot` is all of it for one state of the articles; what did not change is shared with the
//! state before. `tune` fits the weights to questions whose right articles are known.

mod aids;
mod alike;
mod analysis;
mod bag;
mod calibration;
mod concepts;
mod confidence;
mod detect;
mod distance;
mod english;
mod explain;
mod failure;
mod features;
mod find;
mod found;
mod intent;
mod letters;
mod lexicon;
mod measure;
mod memo;
mod norwegian;
mod particles;
mod postings;
mod profile;
mod query;
mod recall;
mod rehearsal;
mod sections;
mod shelf;
mod snapshot;
mod spelling;
mod stem;
mod suggest;
#[cfg(test)]
mod tests;
mod text;
mod tickets;
mod tune;
mod version;
mod vocabulary;
mod weights;
mod weights_file;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tracing::warn;

use crate::domain::answer::{ArticleRef, Candidate, PerMille, Thresholds, Understanding};
use crate::domain::article::{Article, Suggestion};
use crate::domain::gap::Alike;
use crate::domain::glossary::Glossary;
use crate::domain::ids::Slug;
use crate::domain::incident::WordForms;
use crate::domain::lang::Lang;
use crate::domain::message::{LangHint, Redacted};
use crate::ports::{Index, Pupil};

pub use crate::domain::explanation::{CandidateShown, Contribution, Detected, Explanation, Recognised, WordShown};
pub use crate::ports::Taught;
pub use aids::AidIndex;
pub use analysis::Family;
pub use failure::SearchError;
pub use recall::Changed;
pub use tickets::TicketIndex;
pub use tune::{Example, FEWEST, Progress, Trial, Tried, TuneError, Tuned};
pub use weights::{Chosen, Compared, Made, Weights};
pub use weights_file::WeightsError;

use analysis::Analysis;
use concepts::Concepts;
use confidence::Sign;
use detect::Detector;
use features::Feature;
use intent::{Found, Intents, Meant};
use memo::Memo;
use recall::Recall;
use snapshot::{Asked, Ranked, Snapshot};
use text::beginning;
use version::Version;

/// How many candidates an understanding holds.
const CANDIDATES: usize = 10;
/// How many candidates an explanation shows.
const EXPLAINED: usize = 20;

/// The thresholds that go with the shipped weights, where no other share of right answers is wanted than the usual one.
#[must_use]
pub const fn shipped_thresholds() -> Thresholds {
    weights::THRESHOLDS
}

/// The present articles, ready to be searched.
#[derive(Debug)]
pub struct SearchIndex {
    analysis: Arc<Analysis>,
    detector: Detector,
    intents: Intents,
    weights: Arc<Weights>,
    thresholds: Thresholds,
    folder: Option<PathBuf>,
    kept: Mutex<Kept>,
    snapshot: RwLock<Arc<Snapshot>>,
    /// The engine for trying out changes; none until the first one is tried.
    second: Mutex<Option<Recall>>,
}

/// What is searched, and the engine that holds a copy of it.
#[derive(Debug)]
struct Kept {
    recall: Recall,
    versions: Vec<Arc<Version>>,
    taught: Vec<Taught>,
}

impl SearchIndex {
    /// Opens the index in `folder` and brings it up to these articles; in memory where `None`. It weighs with the shipped weights.
    ///
    /// The folder holds a copy only: where it is missing or damaged it is built anew, and where another process writes it,
    /// this one keeps its index in memory.
    ///
    /// # Errors
    /// [`SearchError`] where the folder cannot be made or written.
    pub fn open(folder: Option<&Path>, articles: Vec<Article>) -> Result<Self, SearchError> {
        let (analysis, detector) = (Arc::new(Analysis::new()), Detector::new());
        let (versions, memo) = (versions(articles, &[], &detector, &[]), Memo::new(&analysis));
        let (recall, _) = opened(folder, &versions, &memo)?;
        let finder = recall.finder()?;
        let snapshot = Snapshot::new(Arc::clone(&analysis), finder.clone()).of(&versions, &memo, finder);
        let kept = Mutex::new(Kept { recall, versions, taught: Vec::new() });
        let snapshot = RwLock::new(Arc::new(snapshot));
        let (intents, folder) = (Intents::new(), folder.map(Path::to_owned));
        let (weights, thresholds) = (Arc::new(Weights::shipped()), shipped_thresholds());
        Ok(Self { analysis, detector, intents, weights, thresholds, folder, kept, snapshot, second: Mutex::default() })
    }

    /// The same index with other weights than the shipped ones, and with the thresholds that answers are given from.
    #[must_use]
    pub fn with_weights(self, weights: Arc<Weights>, thresholds: Thresholds) -> Self {
        Self { weights, thresholds, ..self }
    }

    /// Takes in the present set of articles. Only what changed is read and indexed anew; the next question sees it.
    /// An index that was deleted or damaged meanwhile is built anew.
    ///
    /// # Errors
    /// [`SearchError`] where no index can be made; the articles from before stay then.
    pub fn update(&self, articles: Vec<Article>) -> Result<Changed, SearchError> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let taught = kept.taught.clone();
        self.take_in(&mut kept, articles, taught)
    }

    /// Puts these questions in place of all that were taught before, whatever becomes of the articles later; the next question
    /// sees them. Where they cannot be indexed, the ones from before stay.
    pub fn teach(&self, taught: Vec<Taught>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let articles: Vec<_> = kept.versions.iter().map(|version| Arc::clone(&version.article)).collect();
        if let Err(error) = self.take_in(&mut kept, articles, taught) {
            warn!(error = &error as &dyn std::error::Error, "learned questions could not be indexed");
        }
    }

    fn take_in(
        &self,
        kept: &mut Kept,
        articles: Vec<impl Into<Arc<Article>>>,
        taught: Vec<Taught>,
    ) -> Result<Changed, SearchError> {
        let versions = versions(articles, &taught, &self.detector, &kept.versions);
        let memo = Memo::new(&self.analysis);
        let changed = match kept.recall.update(&versions, &memo) {
            Ok(changed) => changed,
            Err(error) => {
                warn!(?error, "the search index on disk can no longer be written and is built anew");
                // The old index holds the folder's lock until it is let go of.
                kept.recall = Recall::in_memory()?;
                let built = opened(self.folder.as_deref(), &versions, &memo);
                let (built, changed) = built.or_else(|_| opened(None, &versions, &memo))?;
                kept.recall = built;
                changed
            }
        };
        let snapshot = Arc::new(self.snapshot().of(&versions, &memo, kept.recall.finder()?));
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = snapshot;
        (kept.versions, kept.taught) = (versions, taught);
        Ok(changed)
    }

    /// Takes in the editors' glossary instead of the one before; the next question sees it.
    pub fn define(&self, glossary: &Glossary) {
        let concepts = Arc::new(Concepts::new(glossary, &self.analysis));
        // Holding the writer keeps an update from putting the old glossary back.
        let _writing = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let defined = Arc::new(self.snapshot().defined(concepts));
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = defined;
    }

    /// Why a text is understood and answered as it is.
    #[must_use]
    pub fn explain(&self, text: &str, hint: LangHint) -> Explanation {
        let text = beginning(text);
        let snapshot = self.snapshot();
        let detected = self.detector.detect(text);
        let reader = reader(&detected, hint);
        let asked = snapshot.ask(text);
        let ranked = snapshot.rank(&asked, &self.weights, EXPLAINED);
        let family = ranked.first().map_or(Family::of(reader), |first| first.profile.family);
        let shown = |ranked: &Ranked<'_>| {
            let candidate = snapshot.candidate(ranked, &asked, reader)?;
            let family = Family::of(candidate.article.lang);
            let known = (family, &snapshot.shelf(family).lexicon, &*self.analysis);
            let matched = explain::matched(&candidate.passage, asked.of(family), known);
            Some(shown(ranked, &self.weights, candidate, matched))
        };
        let candidates: Vec<CandidateShown> = ranked.iter().filter_map(shown).collect();
        let meant = self.meant(text, candidates.first().map(|first| &first.candidate));
        Explanation {
            detected,
            intent: meant.intent,
            intent_rule: meant.rule,
            words: words_shown(&snapshot, &asked, family),
            candidates,
            thresholds: self.thresholds,
        }
    }

    /// The articles that have the words, best first, each slug once; in `lang` where the article exists in it.
    #[must_use]
    pub fn search(&self, words: &str, lang: Option<Lang>, limit: usize) -> Vec<Candidate> {
        let reader = lang.or_else(|| self.detector.detect(words).lang).unwrap_or_default();
        self.candidates(&self.snapshot(), words, reader, limit)
    }

    /// What a text is taken for on one state of the articles.
    fn understand_from(&self, snapshot: &Snapshot, text: &str, hint: LangHint) -> Understanding {
        let text = beginning(text);
        let detected = self.detector.detect(text);
        let candidates = self.candidates(snapshot, text, reader(&detected, hint), CANDIDATES);
        let intent = self.meant(text, candidates.first()).intent;
        Understanding { lang: detected.lang, intent, candidates }
    }

    fn candidates(&self, snapshot: &Snapshot, text: &str, reader: Lang, limit: usize) -> Vec<Candidate> {
        let asked = snapshot.ask(beginning(text));
        let ranked = snapshot.rank(&asked, &self.weights, limit);
        ranked.iter().filter_map(|ranked| snapshot.candidate(ranked, &asked, reader)).collect()
    }

    /// What a text wants. A good article speaks against talk between colleagues.
    fn meant(&self, text: &str, first: Option<&Candidate>) -> Meant {
        self.intents.read(text, self.found(first))
    }

    fn found(&self, first: Option<&Candidate>) -> Found {
        let thresholds = self.thresholds;
        match first.map(|first| first.confidence) {
            Some(confidence) if confidence >= thresholds.answer => Found::Answer,
            Some(confidence) if confidence >= thresholds.offer => Found::Offer,
            _ => Found::Nothing,
        }
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshot.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Index for SearchIndex {
    fn understand(&self, text: &Redacted, hint: LangHint) -> Understanding {
        self.understand_from(&self.snapshot(), text.as_str(), hint)
    }

    fn seeks_help(&self, text: &Redacted, understood: &Understanding) -> bool {
        let found = self.found(understood.candidates.first());
        self.intents.seeks_help(beginning(text.as_str()), found, understood.intent)
    }

    fn word_forms(&self, text: &str) -> Vec<WordForms> {
        let words = text::words(beginning(text)).into_iter().filter(|word| !self.analysis.is_stop_anywhere(word));
        words.map(|word| WordForms(Family::ALL.map(|family| self.analysis.normal(family, &word)).to_vec())).collect()
    }

    fn group_alike(&self, questions: &[&str]) -> Vec<Alike> {
        Self::group_alike(self, questions)
    }

    fn passage(&self, slug: &Slug, lang: Lang, text: &str) -> Option<Candidate> {
        let snapshot = self.snapshot();
        let asked = snapshot.ask(beginning(text));
        let ranked = snapshot.rank(&asked, &self.weights, EXPLAINED);
        let confidence = ranked.iter().find(|ranked| ranked.profile.slug == *slug).map_or(0.0, |ranked| ranked.confidence);
        snapshot.shown(slug, &asked, lang, PerMille::from_share(f64::from(confidence)))
    }

    fn why(&self, text: &Redacted, hint: LangHint) -> Option<Explanation> {
        Some(self.explain(text.as_str(), hint))
    }

    fn suggest(&self, typed: &Redacted, reader: Lang, most: usize) -> Vec<Suggestion> {
        self.snapshot().suggest(beginning(typed.as_str()), reader, most)
    }

    fn article(&self, article: &ArticleRef) -> Option<Arc<Article>> {
        self.snapshot().article(article)
    }

    fn languages(&self, slug: &Slug) -> Vec<Lang> {
        self.snapshot().languages(slug)
    }

    fn size(&self) -> usize {
        self.snapshot().size()
    }
}

/// The index in `folder` with these versions; in memory where it cannot be written there.
fn opened(folder: Option<&Path>, versions: &[Arc<Version>], memo: &Memo<'_>) -> Result<(Recall, Changed), SearchError> {
    let mut recall = Recall::open(folder)?;
    match recall.update(versions, memo) {
        Ok(changed) => Ok((recall, changed)),
        Err(error) => {
            warn!(?error, "the search index on disk cannot be written; it is kept in memory");
            let mut recall = Recall::in_memory()?;
            let changed = recall.update(versions, memo)?;
            Ok((recall, changed))
        }
    }
}

impl Pupil for SearchIndex {
    fn teach(&self, taught: Vec<Taught>) {
        Self::teach(self, taught);
    }
}

/// The articles, each with what it was taught; one version of an article is enough, since a question counts in its own language.
/// What was read `before` is taken from there.
fn versions(
    articles: Vec<impl Into<Arc<Article>>>,
    taught: &[Taught],
    detector: &Detector,
    before: &[Arc<Version>],
) -> Vec<Arc<Version>> {
    let mut lessons: BTreeMap<&Slug, Vec<&str>> = BTreeMap::new();
    for Taught { slug, text } in taught {
        lessons.entry(slug).or_default().push(text);
    }
    let before: BTreeMap<&ArticleRef, &Arc<Version>> = before.iter().map(|version| (&version.article.article, version)).collect();
    let read = |article: Arc<Article>| {
        let taught = lessons.remove(&article.article.slug).unwrap_or_default();
        match before.get(&article.article) {
            Some(known) if known.is_of(&article, &taught) => Arc::clone(known),
            _ => Arc::new(Version::new(article, &taught, |question| detector.detect(question).lang)),
        }
    };
    articles.into_iter().map(Into::into).map(read).collect()
}

/// The language to answer in.
fn reader(detected: &Detected, hint: LangHint) -> Lang {
    hint.chosen().or(detected.lang).unwrap_or(hint.lang())
}

fn words_shown(snapshot: &Snapshot, asked: &Asked, family: Family) -> Vec<WordShown> {
    let lexicon = &snapshot.shelf(family).lexicon;
    let shown = |word: &query::QueryWord| {
        let stands_for = word.variants.iter().map(|variant| (lexicon.text(variant.term).to_owned(), variant.share));
        WordShown { text: word.text.clone(), recognised: word.recognised, weight: word.weight, stands_for: stands_for.collect() }
    };
    asked.of(family).words.iter().map(shown).collect()
}

fn shown(ranked: &Ranked<'_>, weights: &Weights, candidate: Candidate, matched: BTreeSet<String>) -> CandidateShown {
    let features = Feature::ALL.iter().map(|feature| feature.name());
    let signs = Sign::ALL.iter().map(|sign| sign.name());
    CandidateShown {
        candidate,
        score: ranked.score,
        features: explain::contributions(features, &ranked.figures, &weights.ranking),
        signs: explain::contributions(signs, &ranked.signs, &weights.confidence),
        matched,
    }
}
