//! tantivy: which articles have a question's words at all. What it finds is ranked elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use tantivy::collector::TopDocs;
use tantivy::directory::MmapDirectory;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, Term};
use tracing::{info, warn};

use crate::domain::article::Article;
use crate::domain::ids::Slug;

use super::SearchError;
use super::analysis::{Analysis, Family};
use super::profile::{Shelf, Version, without_targets};
use super::query::Query;
use super::text::words;

/// Changes whenever the same article would be indexed otherwise; an index of another edition is built anew.
const EDITION: &str = "2";
/// What the writer may use before it writes a segment, in bytes.
const WRITER_MEMORY: usize = 32_000_000;
/// How many passages are taken along for ranking.
const PASSAGES: usize = 120;
/// How many of a question's words are looked for, the rarest first.
const MOST_WORDS: usize = 24;
/// How many relatives of a word are looked for.
const MOST_VARIANTS: usize = 8;
/// How much more a word counts in title, tags and example questions.
const FRONT: f32 = 2.0;

/// How many articles an update added, changed and removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Not there before.
    pub added: usize,
    /// There before with other content.
    pub changed: usize,
    /// No longer there.
    pub removed: usize,
}

impl Changed {
    /// Whether everything is as it was.
    #[must_use]
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

#[derive(Clone, Copy, Debug)]
struct Fields {
    /// `lang/slug`.
    article: Field,
    /// Mark of the family and slug.
    profile: Field,
    /// Title, tags and example questions.
    front: Field,
    /// A passage.
    text: Field,
}

/// The index, on disk or in memory.
pub(crate) struct Recall {
    index: Index,
    reader: IndexReader,
    writer: Option<IndexWriter>,
    fields: Fields,
    /// Every indexed article's `lang/slug` with the fingerprint of its content.
    prints: BTreeMap<String, String>,
}

impl std::fmt::Debug for Recall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recall").field("articles", &self.prints.len()).finish_non_exhaustive()
    }
}

impl Recall {
    /// Opens the index in `folder`; what cannot be used there is deleted and begun anew. In memory where `None`.
    pub(crate) fn open(folder: Option<&Path>) -> Result<Self, SearchError> {
        let Some(folder) = folder else { return Self::in_memory() };
        match Self::existing(folder) {
            Ok(Some(recall)) => return Ok(recall),
            Ok(None) => info!(folder = %folder.display(), "the search index is built"),
            Err(error) => warn!(folder = %folder.display(), %error, "the search index cannot be used and is built anew"),
        }
        Self::begun(folder).map_err(|source| SearchError::Folder { folder: folder.to_owned(), source: Box::new(source) })
    }

    /// An empty index in memory.
    pub(crate) fn in_memory() -> Result<Self, SearchError> {
        let (schema, fields) = schema();
        Ok(Self::with(Index::create_in_ram(schema), fields, BTreeMap::new())?)
    }

    fn existing(folder: &Path) -> Result<Option<Self>, tantivy::TantivyError> {
        if !folder.join("meta.json").exists() {
            return Ok(None);
        }
        let (schema, fields) = schema();
        let index = Index::open_in_dir(folder)?;
        let damaged = index.validate_checksum()?;
        let payload = index.load_metas()?.payload.unwrap_or_default();
        let prints = read_prints(&payload);
        match prints {
            Some(prints) if index.schema() == schema && damaged.is_empty() => Self::with(index, fields, prints).map(Some),
            _ => Err(tantivy::TantivyError::SystemError("damaged or of another edition".to_owned())),
        }
    }

    fn begun(folder: &Path) -> Result<Self, tantivy::TantivyError> {
        if folder.exists() {
            std::fs::remove_dir_all(folder)?;
        }
        std::fs::create_dir_all(folder)?;
        let (schema, fields) = schema();
        Self::with(
            Index::create(MmapDirectory::open(folder)?, schema, tantivy::IndexSettings::default())?,
            fields,
            BTreeMap::new(),
        )
    }

    fn with(index: Index, fields: Fields, prints: BTreeMap<String, String>) -> Result<Self, tantivy::TantivyError> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { index, reader, writer: None, fields, prints })
    }

    /// Makes the index hold exactly these versions; only what changed is written.
    pub(crate) fn update(&mut self, versions: &[Arc<Version>], analysis: &Analysis) -> Result<Changed, SearchError> {
        let wanted: BTreeMap<String, (String, &Version)> =
            versions.iter().map(|version| (key(&version.article), (print(version), &**version))).collect();
        let gone: BTreeSet<&String> = self.prints.keys().filter(|key| !wanted.contains_key(*key)).collect();
        let (mut counts, mut stale) = (Changed { removed: gone.len(), ..Changed::default() }, Vec::new());
        for (key, (print, version)) in &wanted {
            match self.prints.get(key) {
                Some(known) if known == print => continue,
                Some(_) => counts.changed += 1,
                None => counts.added += 1,
            }
            stale.push((key.as_str(), *version));
        }
        if !counts.is_nothing() {
            let gone: Vec<String> = gone.into_iter().cloned().collect();
            let prints = wanted.iter().map(|(key, (print, _))| (key.clone(), print.clone())).collect();
            self.write(&gone, &stale, prints, analysis)?;
        }
        Ok(counts)
    }

    fn write(
        &mut self,
        gone: &[String],
        stale: &[(&str, &Version)],
        prints: BTreeMap<String, String>,
        analysis: &Analysis,
    ) -> Result<(), tantivy::TantivyError> {
        let fields = self.fields;
        let writer = match &mut self.writer {
            Some(writer) => writer,
            none => none.insert(self.index.writer_with_num_threads(1, WRITER_MEMORY)?),
        };
        for key in gone.iter().map(String::as_str).chain(stale.iter().map(|(key, _)| *key)) {
            writer.delete_term(Term::from_field_text(fields.article, key));
        }
        for (key, version) in stale {
            for document in documents(key, version, fields, analysis) {
                writer.add_document(document)?;
            }
        }
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&write_prints(&prints));
        commit.commit()?;
        self.prints = prints;
        self.reader.reload()
    }

    /// A reader of what is indexed now.
    pub(crate) fn finder(&self) -> Finder {
        Finder { searcher: self.reader.searcher(), fields: self.fields }
    }
}

/// Finds articles in one state of the index.
pub(crate) struct Finder {
    searcher: Searcher,
    fields: Fields,
}

impl std::fmt::Debug for Finder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Finder")
    }
}

impl Finder {
    /// The slugs of one family whose passages or front matter have the question's words, most promising first.
    pub(crate) fn find(&self, query: &Query, family: Family, stock: &Shelf) -> Result<Vec<Slug>, tantivy::TantivyError> {
        let mut words: Vec<_> = query.words.iter().collect();
        words.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        let mut clauses: Vec<(Occur, Box<dyn tantivy::query::Query>)> = Vec::new();
        for variant in words.iter().take(MOST_WORDS).flat_map(|word| word.variants.iter().take(MOST_VARIANTS)) {
            let marked = format!("{}{}", family.mark(), stock.lexicon.text(variant.term));
            for (field, boost) in [(self.fields.front, FRONT), (self.fields.text, 1.0)] {
                let term = TermQuery::new(Term::from_field_text(field, &marked), IndexRecordOption::WithFreqs);
                clauses.push((Occur::Should, Box::new(BoostQuery::new(Box::new(term), boost * variant.share))));
            }
        }
        let top = self.searcher.search(&BooleanQuery::new(clauses), &TopDocs::with_limit(PASSAGES).order_by_score())?;
        let mut slugs = Vec::new();
        for (_, address) in top {
            let document: TantivyDocument = self.searcher.doc(address)?;
            let slug = document.get_first(self.fields.profile).and_then(|value| value.as_str()).map(Slug::new);
            slugs.extend(slug.filter(|slug| !slugs.contains(slug)));
        }
        Ok(slugs)
    }
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let indexing = TextFieldIndexing::default().set_tokenizer("whitespace").set_index_option(IndexRecordOption::WithFreqs);
    let text = TextOptions::default().set_indexing_options(indexing);
    let fields = Fields {
        article: builder.add_text_field("article", STRING),
        profile: builder.add_text_field("profile", STORED),
        front: builder.add_text_field("front", text.clone()),
        text: builder.add_text_field("text", text),
    };
    (builder.build(), fields)
}

/// One document for the front matter, one for each passage.
fn documents(key: &str, version: &Version, fields: Fields, analysis: &Analysis) -> Vec<TantivyDocument> {
    let article = &version.article;
    let family = Family::of(article.article.lang);
    let document = |field, text: &str| {
        let mut document = TantivyDocument::new();
        document.add_text(fields.article, key);
        document.add_text(fields.profile, article.article.slug.as_str());
        document.add_text(field, analysed(text, family, analysis));
        document
    };
    let front = [&article.title].into_iter().chain(&article.tags).chain(&article.questions).chain(&version.taught);
    let front = front.map(String::as_str).collect::<Vec<_>>().join("\n");
    let passages = version.passages.iter().map(|passage| document(fields.text, &without_targets(&passage.markdown)));
    [document(fields.front, &front)].into_iter().chain(passages).collect()
}

fn analysed(text: &str, family: Family, analysis: &Analysis) -> String {
    let mut terms = String::with_capacity(text.len());
    for term in analysis.terms(family, &words(text)) {
        terms.push(family.mark());
        terms.push_str(&term);
        terms.push(' ');
    }
    terms
}

fn key(article: &Article) -> String {
    format!("{}/{}", article.article.lang, article.article.slug)
}

/// A fingerprint of all that is indexed of an article.
fn print(version: &Version) -> String {
    let article = &version.article;
    let mut hash = Sha256::new();
    let texts = [&article.title, &article.body].into_iter();
    for text in texts.chain(&article.tags).chain(["\n".to_owned()].iter()).chain(&article.questions).chain(&version.taught) {
        hash.update(text.len().to_le_bytes());
        hash.update(text);
    }
    hash.finalize().iter().take(8).fold(String::new(), |mut print, byte| {
        // Writing to a string does not fail.
        let _ = write!(print, "{byte:02x}");
        print
    })
}

fn write_prints(prints: &BTreeMap<String, String>) -> String {
    let lines = prints.iter().map(|(key, print)| format!("{print} {key}"));
    [EDITION.to_owned()].into_iter().chain(lines).collect::<Vec<_>>().join("\n")
}

fn read_prints(payload: &str) -> Option<BTreeMap<String, String>> {
    let lines = payload.strip_prefix(EDITION)?.lines().filter(|line| !line.is_empty());
    lines.map(|line| line.split_once(' ').map(|(print, key)| (key.to_owned(), print.to_owned()))).collect()
}
