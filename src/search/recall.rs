//! tantivy: which articles have a question's words at all. What it finds is ranked elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use tantivy::directory::MmapDirectory;
use tantivy::schema::{FAST, Field, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, Term};
use tracing::{info, warn};

use crate::domain::article::Article;
use crate::domain::ids::Slug;

use super::SearchError;
use super::analysis::{Analysis, Family};
use super::find::Finder;
use super::letters::Letters;
use super::memo::Memo;
use super::profile::without_targets;
use super::text::words;
use super::version::Version;

/// Changes whenever the same article would be indexed otherwise; an index of another edition is built anew.
const EDITION: &str = "4";
/// The name of the field for the slug's number.
pub(crate) const SLUG: &str = "slug";
/// The name of the field for how many words a document has.
pub(crate) const WORDS: &str = "words";
/// What the writer may use before it writes a segment, in bytes.
const WRITER_MEMORY: usize = 32_000_000;

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
pub(crate) struct Fields {
    /// `lang/slug`.
    article: Field,
    /// The slug's number.
    slug: Field,
    /// How many words the document has, whichever of the fields below they are in.
    words: Field,
    /// Title, tags and example questions.
    pub(crate) front: Field,
    /// A passage.
    pub(crate) text: Field,
    /// Letter groups of all of the article's words.
    pub(crate) letters: Field,
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
    pub(crate) fn update(&mut self, versions: &[Arc<Version>], memo: &Memo<'_>) -> Result<Changed, SearchError> {
        let wanted: BTreeMap<String, &Version> = versions.iter().map(|version| (key(&version.article), &**version)).collect();
        let gone: BTreeSet<&String> = self.prints.keys().filter(|key| !wanted.contains_key(*key)).collect();
        let (mut counts, mut stale) = (Changed { removed: gone.len(), ..Changed::default() }, Vec::new());
        for (key, version) in &wanted {
            match self.prints.get(key) {
                Some(known) if *known == version.print => continue,
                Some(_) => counts.changed += 1,
                None => counts.added += 1,
            }
            stale.push((key.as_str(), *version));
        }
        if !counts.is_nothing() {
            let gone: Vec<String> = gone.into_iter().cloned().collect();
            let prints = wanted.iter().map(|(key, version)| (key.clone(), version.print.clone())).collect();
            self.write(&gone, &stale, prints, memo)?;
        }
        Ok(counts)
    }

    fn write(
        &mut self,
        gone: &[String],
        stale: &[(&str, &Version)],
        prints: BTreeMap<String, String>,
        memo: &Memo<'_>,
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
            for document in documents(key, version, fields, memo) {
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
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub(crate) fn finder(&self) -> Result<Finder, tantivy::TantivyError> {
        Finder::new(self.reader.searcher(), self.fields)
    }
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let indexing = TextFieldIndexing::default().set_tokenizer("whitespace").set_index_option(IndexRecordOption::WithFreqs);
    let text = TextOptions::default().set_indexing_options(indexing);
    let fields = Fields {
        article: builder.add_text_field("article", STRING),
        slug: builder.add_u64_field(SLUG, FAST),
        words: builder.add_u64_field(WORDS, FAST),
        front: builder.add_text_field("front", text.clone()),
        text: builder.add_text_field("text", text.clone()),
        letters: builder.add_text_field("letters", text),
    };
    (builder.build(), fields)
}

/// One document for the front matter, one for each passage.
fn documents(key: &str, version: &Version, fields: Fields, memo: &Memo<'_>) -> Vec<TantivyDocument> {
    let article = &version.article;
    let family = Family::of(article.article.lang);
    let document = |field, terms: String| {
        let mut document = TantivyDocument::new();
        document.add_text(fields.article, key);
        document.add_u64(fields.slug, number_of(&article.article.slug));
        document.add_u64(fields.words, terms.split_whitespace().map(|_| 1).sum());
        document.add_text(field, terms);
        document
    };
    let own = [&article.title].into_iter().chain(&article.tags).map(|text| (family, text));
    let asked = version.questions.iter().map(|(family, question)| (*family, question));
    let bodies = version.passages.iter().map(|shown| without_targets(&shown.markdown));
    let asked_too = version.questions.iter().map(|(_, question)| question);
    let fronts = [&article.title].into_iter().chain(&article.tags).chain(asked_too).cloned();
    let spelled = fronts.chain(bodies).map(|text| spelled(&text, memo.analysis())).collect();
    let front = own.chain(asked).map(|(family, text)| analysed(text, family, memo)).collect();
    let passage = |markdown: &str| document(fields.text, analysed(&without_targets(markdown), family, memo));
    let passages = version.passages.iter().map(|shown| passage(&shown.markdown));
    let whole = [document(fields.front, front), document(fields.letters, spelled)];
    whole.into_iter().chain(passages).collect()
}

fn analysed(text: &str, family: Family, memo: &Memo<'_>) -> String {
    let mut terms = String::with_capacity(text.len());
    for term in memo.terms(family, &words(text)) {
        terms.push(family.mark());
        terms.push_str(&term.normal);
        terms.push(' ');
    }
    terms
}

/// The letter groups of a text, as terms.
fn spelled(text: &str, analysis: &Analysis) -> String {
    Letters::of(&words(text), analysis).iter().fold(String::new(), |mut terms, group| {
        // Writing to a string does not fail.
        let _ = write!(terms, "{} ", letters_term(group));
        terms
    })
}

/// The term that a letter group is indexed as.
pub(crate) fn letters_term(group: u32) -> String {
    format!("{group:x}")
}

/// The number that stands for a slug in the index.
pub(crate) fn number_of(slug: &Slug) -> u64 {
    Sha256::digest(slug.as_str()).iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

fn key(article: &Article) -> String {
    format!("{}/{}", article.article.lang, article.article.slug)
}

fn write_prints(prints: &BTreeMap<String, String>) -> String {
    let lines = prints.iter().map(|(key, print)| format!("{print} {key}"));
    [EDITION.to_owned()].into_iter().chain(lines).collect::<Vec<_>>().join("\n")
}

fn read_prints(payload: &str) -> Option<BTreeMap<String, String>> {
    let lines = payload.strip_prefix(EDITION)?.lines().filter(|line| !line.is_empty());
    lines.map(|line| line.split_once(' ').map(|(print, key)| (key.to_owned(), print.to_owned()))).collect()
}
