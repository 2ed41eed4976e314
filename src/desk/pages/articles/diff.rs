//! The difference between two texts, line by line.

use maud::{Markup, html};
use similar::{ChangeTag, TextDiff};

use super::super::reader::Reader;

/// How many lines are shown around a change.
const AROUND: usize = 3;

/// The lines that went and those that came, with what stands around them; a sentence where the texts are the same.
pub(super) fn difference(reader: &Reader, before: &str, after: &str) -> Markup {
    let diff = TextDiff::from_lines(before, after);
    let groups = diff.grouped_ops(AROUND);
    html! {
        @if groups.is_empty() { p.muted { (reader.say("editor.no_difference")) } }
        @for group in &groups {
            div.diff {
                @for change in group.iter().flat_map(|op| diff.iter_changes(op)) { (line(reader, change.tag(), change.value())) }
            }
        }
    }
}

/// A line; what came and went is told by a sign and by a word too.
fn line(reader: &Reader, tag: ChangeTag, text: &str) -> Markup {
    let text = text.trim_end_matches('\n');
    html! {
        @match tag {
            ChangeTag::Equal => div { "  " (text) },
            ChangeTag::Delete => del { "− " span.unseen { (reader.say("editor.line_gone")) " " } (text) },
            ChangeTag::Insert => ins { "+ " span.unseen { (reader.say("editor.line_new")) " " } (text) },
        }
    }
}
