//! The index of past tickets on disk or in memory: what it holds of a ticket, how it is opened and how it is filled.

use std::path::Path;

use tantivy::directory::{Directory, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, TantivyDocument, TantivyError, Term};
use tracing::{info, warn};

use super::reading::Reading;
use crate::domain::ids::{EventId, TicketId};
use crate::ports::PastTicket;

/// Changes whenever the same ticket would be indexed otherwise; an index of another edition is built anew.
const EDITION: &str = "1";
/// What the writer may use before it writes a segment, in bytes.
const WRITER_MEMORY: usize = 32_000_000;
/// How much of a question and of a resolution is indexed, in characters.
const INDEXED_QUESTION: usize = 2_000;
const INDEXED_RESOLUTION: usize = 4_000;
/// How much of them is kept to be shown, in characters.
const SHOWN_QUESTION: usize = 300;
const SHOWN_RESOLUTION: usize = 500;

/// The field of the group.
pub(super) const GROUP: &str = "group";
/// The field of the moment of resolution.
pub(super) const RESOLVED_AT: &str = "resolved_at";

/// What is held of a ticket.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    pub(super) ticket: Field,
    pub(super) number: Field,
    pub(super) group: Field,
    pub(super) lang: Field,
    pub(super) resolved_by: Field,
    pub(super) resolved_at: Field,
    pub(super) question_shown: Field,
    pub(super) resolution_shown: Field,
    /// Normal forms.
    pub(super) question: Field,
    /// Normal forms.
    pub(super) resolution: Field,
}

/// An index that can be read.
#[derive(Clone)]
pub(super) struct Shelf {
    index: Index,
    pub(super) reader: IndexReader,
    pub(super) fields: Fields,
}

/// An index that can be filled.
pub(super) struct Filling {
    writer: IndexWriter,
    shelf: Shelf,
}

impl Shelf {
    /// The index in `folder`; what cannot be used there is deleted and begun anew.
    pub(super) fn open(folder: &Path) -> tantivy::Result<Self> {
        match Self::existing(folder) {
            Ok(Some(shelf)) => return Ok(shelf),
            Ok(None) => info!(folder = %folder.display(), "the index of past tickets is built"),
            Err(error) => {
                warn!(folder = %folder.display(), %error, "the index of past tickets cannot be used and is built anew");
            }
        }
        Self::begun(folder)
    }

    /// An empty index in memory.
    pub(super) fn in_memory() -> tantivy::Result<Self> {
        let (schema, fields) = schema();
        Self::with(Index::create_in_ram(schema), fields)
    }

    fn existing(folder: &Path) -> tantivy::Result<Option<Self>> {
        if !folder.join("meta.json").exists() {
            return Ok(None);
        }
        let (schema, fields) = schema();
        let index = Index::open_in_dir(folder)?;
        let damaged = index.schema() != schema || !index.validate_checksum()?.is_empty();
        read_payload(&index)?;
        if damaged { Err(unusable("damaged")) } else { Self::with(index, fields).map(Some) }
    }

    /// Deletes what is there, unless another program fills it.
    fn begun(folder: &Path) -> tantivy::Result<Self> {
        if folder.exists() {
            let _held = MmapDirectory::open(folder)?.acquire_lock(&INDEX_WRITER_LOCK)?;
            std::fs::remove_dir_all(folder)?;
        }
        std::fs::create_dir_all(folder)?;
        let (schema, fields) = schema();
        Self::with(Index::create(MmapDirectory::open(folder)?, schema, IndexSettings::default())?, fields)
    }

    fn with(index: Index, fields: Fields) -> tantivy::Result<Self> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { index, reader, fields })
    }

    /// Up to which event tickets were taken in.
    pub(super) fn up_to(&self) -> tantivy::Result<Option<EventId>> {
        read_payload(&self.index)
    }

    /// Takes it to be filled; no two can at a time.
    pub(super) fn fill(self) -> tantivy::Result<Filling> {
        let writer = self.index.writer_with_num_threads(1, WRITER_MEMORY)?;
        Ok(Filling { writer, shelf: self })
    }
}

impl Filling {
    pub(super) fn remember(&self, ticket: &PastTicket, reading: &Reading) -> tantivy::Result<()> {
        self.forget(ticket.id);
        self.writer.add_document(document(ticket, self.shelf.fields, reading)).map(drop)
    }

    pub(super) fn forget(&self, ticket: TicketId) {
        self.writer.delete_term(Term::from_field_i64(self.shelf.fields.ticket, ticket.get()));
    }

    /// Keeps what was told, durably, and lets it be found.
    pub(super) fn keep(&mut self, up_to: Option<EventId>) -> tantivy::Result<()> {
        let mut commit = self.writer.prepare_commit()?;
        commit.set_payload(&payload(up_to));
        commit.commit()?;
        self.shelf.reader.reload()
    }
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let indexing = TextFieldIndexing::default().set_tokenizer("whitespace").set_index_option(IndexRecordOption::WithFreqs);
    let forms = TextOptions::default().set_indexing_options(indexing);
    let fields = Fields {
        ticket: builder.add_i64_field("ticket", INDEXED | STORED),
        number: builder.add_i64_field("number", STORED),
        group: builder.add_text_field(GROUP, STRING | STORED | FAST),
        lang: builder.add_text_field("lang", STORED),
        resolved_by: builder.add_text_field("resolved_by", STORED),
        resolved_at: builder.add_i64_field(RESOLVED_AT, STORED | FAST),
        question_shown: builder.add_text_field("question_shown", STORED),
        resolution_shown: builder.add_text_field("resolution_shown", STORED),
        question: builder.add_text_field("question", forms.clone()),
        resolution: builder.add_text_field("resolution", forms),
    };
    (builder.build(), fields)
}

fn document(ticket: &PastTicket, fields: Fields, reading: &Reading) -> TantivyDocument {
    let (question, resolution) = (ticket.question.as_str(), ticket.resolution.as_str());
    let mut document = TantivyDocument::new();
    document.add_i64(fields.ticket, ticket.id.get());
    document.add_i64(fields.number, ticket.number.get());
    document.add_text(fields.group, ticket.group.as_str());
    document.add_text(fields.lang, ticket.lang.code());
    document.add_text(fields.resolved_by, &ticket.resolved_by);
    document.add_i64(fields.resolved_at, ticket.resolved_at.micros());
    document.add_text(fields.question_shown, shortened(question, SHOWN_QUESTION));
    document.add_text(fields.resolution_shown, shortened(resolution, SHOWN_RESOLUTION));
    document.add_text(fields.question, reading.terms(beginning(question, INDEXED_QUESTION)));
    document.add_text(fields.resolution, reading.terms(beginning(resolution, INDEXED_RESOLUTION)));
    document
}

/// The first so many characters.
fn beginning(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).map_or(text, |(end, _)| &text[..end])
}

/// The text, cut at a word where it is long.
fn shortened(text: &str, most: usize) -> String {
    let text = text.trim();
    let head = beginning(text, most);
    if head.len() == text.len() {
        return text.to_owned();
    }
    let whole = head.rfind(char::is_whitespace).filter(|at| *at > head.len() / 2).map_or(head, |at| &head[..at]);
    format!("{}…", whole.trim_end())
}

fn payload(up_to: Option<EventId>) -> String {
    up_to.map_or_else(|| EDITION.to_owned(), |event| format!("{EDITION} {event}"))
}

/// Up to which event tickets were taken in, as it was kept with the index; an index without a word about it is new.
fn read_payload(index: &Index) -> tantivy::Result<Option<EventId>> {
    let Some(payload) = index.load_metas()?.payload else { return Ok(None) };
    let mut words = payload.split(' ');
    if words.next() != Some(EDITION) {
        return Err(unusable("of another edition"));
    }
    let event = words.next().map(|number| number.parse().map(EventId::new)).transpose();
    event.map_err(|_| unusable("damaged"))
}

fn unusable(why: &str) -> TantivyError {
    TantivyError::SystemError(why.to_owned())
}
