//! The need for what helps operators beside articles.

use std::sync::Arc;

use crate::domain::aid::Aid;
use crate::domain::ids::Slug;
use crate::domain::lang::Lang;
use crate::domain::link::Link;
use crate::domain::message::Redacted;

/// Knows the link register as it stands now, and finds links and standard replies by words. Answers from memory and never waits.
pub trait Aids: Send + Sync {
    /// All links, in every language, by file.
    fn links(&self) -> Arc<[Link]>;

    /// The names of those that have what was typed, whatever language it is in: best first, each once, at most `most`. Where a
    /// version in the reader's language fits about as well as another, it counts more.
    fn find(&self, aid: Aid, typed: &Redacted, reader: Lang, most: usize) -> Vec<Slug>;
}
