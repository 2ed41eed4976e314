//! What is shown where somebody else changed the file meanwhile.

use maud::{Markup, html};

use super::super::reader::Reader;
use super::diff::difference;
use super::edit::Conflict;

/// The three texts side by side, and what each side changed. The form below holds the editor's own text.
pub(super) fn shown(reader: &Reader, conflict: &Conflict, mine: &str) -> Markup {
    let theirs = conflict.theirs.as_ref().map(|file| file.text.as_str());
    html! {
        section #conflict .ds-alert data-color="warning" aria-labelledby="conflict-title" {
            h2.ds-heading #conflict-title data-size="xs" { (reader.say("editor.conflict")) }
            p.ds-paragraph { (reader.say(if theirs.is_some() { "editor.conflict_text" } else { "editor.conflict_gone" })) }
            @if let Some(theirs) = theirs {
                @match &conflict.ancestor {
                    Some(ancestor) => {
                        div.halves {
                            div { h3 { (reader.say("editor.their_changes")) } (difference(reader, ancestor, theirs)) }
                            div { h3 { (reader.say("editor.my_changes")) } (difference(reader, ancestor, mine)) }
                        }
                    },
                    None => { h3 { (reader.say("editor.difference_to_theirs")) } (difference(reader, theirs, mine)) },
                }
            }
            details {
                summary { (reader.say("editor.whole_texts")) }
                div.thirds {
                    @if let Some(theirs) = theirs { (text(reader.say("editor.theirs"), theirs)) }
                    (text(reader.say("editor.mine"), mine))
                    @if let Some(ancestor) = &conflict.ancestor { (text(reader.say("editor.ancestor"), ancestor)) }
                }
            }
        }
    }
}

fn text(title: &str, text: &str) -> Markup {
    html! { div { h3 { (title) } pre.code tabindex="0" { (text) } } }
}
