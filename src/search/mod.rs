//! Understanding questions and finding articles; tantivy lives here and nowhere else.
//!
//! In reading order: `text` makes words, `analysis` brings them to one normal form, `lexicon` knows which words the
//! articles use, `query` reads a question with it, `recall` finds articles that have its words, `features` measures
//! them, `weights` weighs, `confidence` says how sure that is. `snapshot` is all of it for one state of the articles.

mod analysis;
mod confidence;
mod detect;
mod distance;
mod english;
mod explain;
mod features;
mod find;
mod intent;
mod letters;
mod lexicon;
mod norwegian;
mod particles;
mod profile;
mod query;
mod recall;
mod sections;
mod snapshot;
mod stem;
#[cfg(test)]
mod tests;
mod text;
mod weights;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tracing::warn;

use crate::domain::answer::{ArticleRef, Candidate, PerMille, Thresholds, Understanding};
use crate::domain::article::Article;
use crate::domain::ids::Slug;
use crate::domain::lang::Lang;
use crate::domain::message::{LangHint, Redacted};
use crate::ports::Index;

pub use analysis::Family;
pub use detect::Detected;
pub use explain::{CandidateShown, Contribution, Explanation, WordShown};
pub use query::Recognised;
pub use recall::Changed;

use analysis::Analysis;
use confidence::Sign;
use detect::Detector;
use features::Feature;
use intent::{Found, Intents, Meant};
use profile::Version;
use recall::Recall;
use snapshot::{Asked, Ranked, Snapshot};

/// How many candidates an understanding holds.
const CANDIDATES: usize = 10;
/// How many candidates an explanation shows.
const EXPLAINED: usize = 20;

/// Why the index cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// Neither the old index nor a new one can be opened there.
    #[error("the search index cannot be kept in {folder}")]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What went wrong.
        source: Box<tantivy::TantivyError>,
    },
    /// The index cannot be written.
    #[error("the search index cannot be written")]
    Engine(#[source] Box<tantivy::TantivyError>),
}

impl From<tantivy::TantivyError> for SearchError {
    fn from(source: tantivy::TantivyError) -> Self {
        Self::Engine(Box::new(source))
    }
}

/// The thresholds that go with the shipped weights.
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
    folder: Option<PathBuf>,
    recall: Mutex<Recall>,
    snapshot: RwLock<Arc<Snapshot>>,
}

impl SearchIndex {
    /// Opens the index in `folder` and brings it up to these articles; in memory where `None`.
    ///
    /// The folder holds a copy only: where it is missing or damaged it is built anew, and where another process writes it,
    /// this one keeps its index in memory.
    ///
    /// # Errors
    /// [`SearchError`] where the folder cannot be made or written.
    pub fn open(folder: Option<&Path>, articles: Vec<Article>) -> Result<Self, SearchError> {
        let (analysis, detector) = (Arc::new(Analysis::new()), Detector::new());
        let versions = versions(articles, &detector);
        let (recall, _) = opened(folder, &versions, &analysis)?;
        let snapshot = Snapshot::new(&versions, Arc::clone(&analysis), recall.finder());
        let (folder, recall, snapshot) = (folder.map(Path::to_owned), Mutex::new(recall), RwLock::new(Arc::new(snapshot)));
        Ok(Self { analysis, detector, intents: Intents::new(), folder, recall, snapshot })
    }

    /// Takes in the present set of articles. Only what changed is indexed anew; the next question sees it.
    /// An index that was deleted or damaged meanwhile is built anew.
    ///
    /// # Errors
    /// [`SearchError`] where no index can be made; the articles from before stay then.
    pub fn update(&self, articles: Vec<Article>) -> Result<Changed, SearchError> {
        let versions = versions(articles, &self.detector);
        let mut recall = self.recall.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = match recall.update(&versions, &self.analysis) {
            Ok(changed) => changed,
            Err(error) => {
                warn!(?error, "the search index on disk can no longer be written and is built anew");
                // The old index holds the folder's lock until it is let go of.
                *recall = Recall::in_memory()?;
                let (built, changed) = opened(self.folder.as_deref(), &versions, &self.analysis)?;
                *recall = built;
                changed
            }
        };
        let snapshot = Arc::new(Snapshot::new(&versions, Arc::clone(&self.analysis), recall.finder()));
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = snapshot;
        Ok(changed)
    }

    /// Why a text is understood and answered as it is.
    #[must_use]
    pub fn explain(&self, text: &str, hint: LangHint) -> Explanation {
        let snapshot = self.snapshot();
        let detected = self.detector.detect(text);
        let reader = reader(&detected, hint);
        let asked = snapshot.ask(text);
        let ranked = snapshot.rank(&asked, EXPLAINED);
        let family = ranked.first().map_or(Family::of(reader), |first| first.profile.family);
        let shown = |ranked: &Ranked<'_>| Some(shown(ranked, snapshot.candidate(ranked, &asked, reader)?));
        let candidates: Vec<CandidateShown> = ranked.iter().filter_map(shown).collect();
        let thresholds = shipped_thresholds();
        let meant = self.meant(text, candidates.first().map(|first| &first.candidate));
        Explanation {
            detected,
            intent: meant.intent,
            intent_rule: meant.rule,
            words: words_shown(&snapshot, &asked, family),
            candidates,
            thresholds,
        }
    }

    /// The articles that have the words, best first, each slug once; in `lang` where the article exists in it.
    #[must_use]
    pub fn search(&self, words: &str, lang: Option<Lang>, limit: usize) -> Vec<Candidate> {
        let reader = lang.or_else(|| self.detector.detect(words).lang).unwrap_or_default();
        self.candidates(words, reader, limit)
    }

    fn candidates(&self, text: &str, reader: Lang, limit: usize) -> Vec<Candidate> {
        let snapshot = self.snapshot();
        let asked = snapshot.ask(text);
        let ranked = snapshot.rank(&asked, limit);
        ranked.iter().filter_map(|ranked| snapshot.candidate(ranked, &asked, reader)).collect()
    }

    /// What a text wants. A good article speaks against talk between colleagues.
    fn meant(&self, text: &str, first: Option<&Candidate>) -> Meant {
        let thresholds = shipped_thresholds();
        let found = match first.map(|first| first.confidence) {
            Some(confidence) if confidence >= thresholds.answer => Found::Answer,
            Some(confidence) if confidence >= thresholds.offer => Found::Offer,
            _ => Found::Nothing,
        };
        self.intents.read(text, found)
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshot.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Index for SearchIndex {
    fn understand(&self, text: &Redacted, hint: LangHint) -> Understanding {
        let text = text.as_str();
        let detected = self.detector.detect(text);
        let candidates = self.candidates(text, reader(&detected, hint), CANDIDATES);
        let intent = self.meant(text, candidates.first()).intent;
        Understanding { lang: detected.lang, intent, candidates }
    }

    fn passage(&self, slug: &Slug, lang: Lang, text: &str) -> Option<Candidate> {
        let snapshot = self.snapshot();
        let asked = snapshot.ask(text);
        let ranked = snapshot.rank(&asked, EXPLAINED);
        let confidence = ranked.iter().find(|ranked| ranked.profile.slug == *slug).map_or(0.0, |ranked| ranked.confidence);
        snapshot.shown(slug, &asked, lang, PerMille::from_share(f64::from(confidence)))
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
fn opened(folder: Option<&Path>, versions: &[Arc<Version>], analysis: &Analysis) -> Result<(Recall, Changed), SearchError> {
    let mut recall = Recall::open(folder)?;
    match recall.update(versions, analysis) {
        Ok(changed) => Ok((recall, changed)),
        Err(error) => {
            warn!(?error, "the search index on disk cannot be written; it is kept in memory");
            let mut recall = Recall::in_memory()?;
            let changed = recall.update(versions, analysis)?;
            Ok((recall, changed))
        }
    }
}

fn versions(articles: Vec<Article>, detector: &Detector) -> Vec<Arc<Version>> {
    let read = |article| Arc::new(Version::new(Arc::new(article), |question| detector.detect(question).lang));
    articles.into_iter().map(read).collect()
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

fn shown(ranked: &Ranked<'_>, candidate: Candidate) -> CandidateShown {
    let features = Feature::ALL.iter().map(|feature| feature.name());
    let signs = Sign::ALL.iter().map(|sign| sign.name());
    CandidateShown {
        candidate,
        family: ranked.profile.family,
        score: ranked.score,
        features: explain::contributions(features, &ranked.figures, &weights::RANKING),
        signs: explain::contributions(signs, &ranked.signs, &weights::CONFIDENCE),
    }
}
