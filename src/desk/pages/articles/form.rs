//! An article as its form sends it.

use serde::Deserialize;

use super::super::reader::Reader;
use crate::ports::{Fields, Manual};

/// The form as it was sent, or as it is shown.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filled {
    /// What the file was known by when it was read; empty where there was none.
    pub(super) base: String,
    /// Everything before the body, as it was read.
    pub(super) head: String,
    pub(super) title: String,
    /// Where a link leads.
    pub(super) address: String,
    /// One on each line, as are questions.
    pub(super) tags: String,
    pub(super) questions: String,
    pub(super) owner: String,
    pub(super) reviewed: String,
    /// Whether the article was gone through today.
    pub(super) today: Option<String>,
    pub(super) audience: String,
    pub(super) group: String,
    pub(super) request: String,
    pub(super) body: String,
    /// The whole file, where its front matter cannot be shown in fields.
    pub(super) whole: Option<String>,
}

impl Filled {
    /// A file's text as the form shows it; its parts, where it can be taken apart.
    pub(super) fn of(base: &str, text: &str, parts: Option<&Manual>) -> Self {
        let base = base.to_owned();
        match parts {
            Some(parts) => Self { base, ..Self::of_parts(parts) },
            None => Self { base, whole: Some(text.to_owned()), ..Self::default() },
        }
    }

    /// The parts of a file as the form shows them.
    pub(super) fn of_parts(parts: &Manual) -> Self {
        let Manual { head, fields, body } = parts.clone();
        let Fields { title, address, tags, questions, owner, reviewed, audience, group, request } = fields;
        let (tags, questions) = (tags.join("\n"), questions.join("\n"));
        Self { head, title, address, tags, questions, owner, reviewed, audience, group, request, body, ..Self::default() }
    }

    /// The file's text.
    pub(super) fn text(&self, reader: &Reader) -> String {
        match &self.whole {
            Some(whole) => lines(whole),
            None => reader.desk().editing.put_together(&self.parts(reader)),
        }
    }

    /// The file's parts.
    pub(super) fn parts(&self, reader: &Reader) -> Manual {
        let one = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let each = |text: &str| text.lines().map(one).filter(|line| !line.is_empty()).collect();
        let reviewed = if self.today.is_some() { today(reader) } else { one(&self.reviewed) };
        let fields = Fields {
            title: one(&self.title),
            address: one(&self.address),
            tags: each(&self.tags),
            questions: each(&self.questions),
            owner: one(&self.owner),
            reviewed,
            audience: one(&self.audience),
            group: one(&self.group),
            request: one(&self.request),
        };
        Manual { head: lines(&self.head), fields, body: lines(&self.body) }
    }
}

/// Browsers end lines in their own way.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// The day that it is where the installation's clock hangs.
pub(super) fn today(reader: &Reader) -> String {
    let desk = reader.desk();
    let now = jiff::Timestamp::from_microsecond(desk.clock.now().micros()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    now.to_zoned(desk.facts.timezone.clone()).date().to_string()
}
