//! An article's text in the parts that a form shows, and back: what was not changed stays as it was written.

use serde_yaml_ng::Value;

use super::super::front_matter::{self, FrontMatter};
use super::super::problem::Report;
use crate::ports::{Fields, Manual};

/// A text as parts; `None` where its front matter cannot be read.
pub(super) fn take_apart(text: &str) -> Option<Manual> {
    let mut problems = Vec::new();
    let mut report = Report::on(std::path::PathBuf::new(), &mut problems);
    let front = FrontMatter::read(text, &mut report)?;
    let body = front.body.trim_start_matches('\n');
    let mut one = |key| front.text(key, &mut report).unwrap_or_default();
    let (title, address, owner, reviewed) = (one("title"), one("address"), one("owner"), one("reviewed"));
    let (audience, group, request) = (one("audience"), one("group"), one("request"));
    let (tags, questions) = (front.texts("tags", &mut report), front.texts("questions", &mut report));
    let fields = Fields { title, address, tags, questions, owner, reviewed, audience, group, request };
    Some(Manual { head: text[..text.len() - body.len()].to_owned(), fields, body: body.to_owned() })
}

/// A text from its parts.
pub(super) fn put_together(parts: &Manual) -> String {
    let before = take_apart(&parts.head).map(|parts| parts.fields).unwrap_or_default();
    let (yaml, gap) = inside(&parts.head);
    let mut entries = entries(yaml);
    for (key, old, new) in changes(&before, &parts.fields) {
        if old != new {
            replace(&mut entries, key, new.written(key));
        }
    }
    let yaml: String = entries.into_iter().map(|entry| entry.lines).collect();
    let end = if parts.body.is_empty() || parts.body.ends_with('\n') { "" } else { "\n" };
    format!("---\n{yaml}---\n{gap}{}{end}", parts.body.trim_start_matches('\n'))
}

/// The YAML between the lines of a head, and what stands between it and the body.
fn inside(head: &str) -> (&str, &str) {
    let opened = head.strip_prefix("---").and_then(|rest| rest.trim_start_matches([' ', '\t']).strip_prefix('\n'));
    opened.and_then(front_matter::split).unwrap_or(("", "\n"))
}

/// A key with its value, or lines that belong to none, as they were written.
struct Entry {
    key: Option<String>,
    lines: String,
}

/// The entries of a front matter. Whatever is indented, or an item of a list, goes on with what stands above it.
fn entries(yaml: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for line in yaml.split_inclusive('\n') {
        let own = line.trim_end();
        let goes_on = line.starts_with([' ', '\t']) || own == "-" || own.starts_with("- ");
        match entries.last_mut() {
            Some(last) if goes_on => last.lines.push_str(line),
            _ => entries.push(Entry { key: key_of(own), lines: line.to_owned() }),
        }
    }
    entries
}

fn key_of(line: &str) -> Option<String> {
    let (key, _) = line.split_once(':')?;
    (!key.starts_with('#')).then(|| key.trim().trim_matches(['"', '\'']).to_owned())
}

fn replace(entries: &mut Vec<Entry>, key: &str, written: Option<String>) {
    let at = entries.iter().position(|entry| entry.key.as_deref() == Some(key));
    let entry = written.map(|lines| Entry { key: Some(key.to_owned()), lines });
    match (at, entry) {
        (Some(at), Some(entry)) => entries[at] = entry,
        (Some(at), None) => drop(entries.remove(at)),
        (None, Some(entry)) => entries.push(entry),
        (None, None) => {}
    }
}

/// The value of a key as a form has it.
#[derive(PartialEq, Eq)]
enum Shown<'f> {
    One(&'f str),
    /// On one line: `[a, b]`.
    Row(&'f [String]),
    /// One on each line.
    Column(&'f [String]),
}

fn changes<'f>(before: &'f Fields, after: &'f Fields) -> [(&'static str, Shown<'f>, Shown<'f>); 9] {
    [
        ("title", Shown::One(&before.title), Shown::One(&after.title)),
        ("address", Shown::One(&before.address), Shown::One(&after.address)),
        ("tags", Shown::Row(&before.tags), Shown::Row(&after.tags)),
        ("questions", Shown::Column(&before.questions), Shown::Column(&after.questions)),
        ("owner", Shown::One(&before.owner), Shown::One(&after.owner)),
        ("reviewed", Shown::One(&before.reviewed), Shown::One(&after.reviewed)),
        ("audience", Shown::One(&before.audience), Shown::One(&after.audience)),
        ("group", Shown::One(&before.group), Shown::One(&after.group)),
        ("request", Shown::One(&before.request), Shown::One(&after.request)),
    ]
}

impl Shown<'_> {
    /// The lines of the key; `None` where there is nothing to say.
    fn written(&self, key: &str) -> Option<String> {
        match self {
            Self::One("") | Self::Row([]) | Self::Column([]) => None,
            Self::One(text) => Some(format!("{key}: {}\n", scalar(text, &format!("k: {text}"), |read| read.get("k").cloned()))),
            Self::Row(texts) => {
                let item = |text: &String| {
                    scalar(text, &format!("[{text}, x]"), |read| read.get(0).cloned().filter(|_| read.get(1).is_some()))
                };
                Some(format!("{key}: [{}]\n", texts.iter().map(item).collect::<Vec<_>>().join(", ")))
            }
            Self::Column(texts) => {
                let item = |text: &String| scalar(text, &format!("- {text}"), |read| read.get(0).cloned());
                Some(texts.iter().fold(format!("{key}:\n"), |lines, text| lines + "  - " + &item(text) + "\n"))
            }
        }
    }
}

/// A text as it may stand in YAML: as it is where `tried` reads back as the same, in quotes otherwise.
fn scalar(text: &str, tried: &str, value: impl FnOnce(&Value) -> Option<Value>) -> String {
    let read = serde_yaml_ng::from_str::<Value>(tried).ok();
    match read.as_ref().and_then(value) {
        Some(Value::String(same)) if same == text => text.to_owned(),
        _ => quoted(text),
    }
}

/// In double quotes, as YAML has them.
fn quoted(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        '\n' => "\\n".to_owned(),
        '\t' => "\\t".to_owned(),
        c if c.is_control() => String::new(),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}
