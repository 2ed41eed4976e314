//! Markdown where only plain text can stand.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// Markdown as plain text, for a box whose text is shown as it stands: marks fall away, steps keep their numbers.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut lists: Vec<Option<u64>> = Vec::new();
    for event in Parser::new(text) {
        match event {
            Event::Text(words) | Event::Code(words) => out.push_str(&words),
            Event::SoftBreak => out.push(' '),
            Event::HardBreak => out.push('\n'),
            Event::Start(Tag::List(first)) => lists.push(first),
            Event::Start(Tag::Item) => {
                end_line(&mut out);
                match lists.last_mut() {
                    Some(Some(number)) => {
                        out.extend([number.to_string().as_str(), ". "]);
                        *number += 1;
                    }
                    _ => out.push_str("- "),
                }
            }
            Event::End(TagEnd::List(_)) => {
                lists.pop();
                end_line(&mut out);
                out.push('\n');
            }
            Event::End(TagEnd::Paragraph) if lists.is_empty() => out.push_str("\n\n"),
            Event::End(TagEnd::Heading(_) | TagEnd::Paragraph) => end_line(&mut out),
            _ => {}
        }
    }
    out.trim().to_owned()
}

fn end_line(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_for_a_box_of_plain_text_keeps_its_steps_and_loses_its_marks() {
        let passage = "## Slik gjør du\n\n1. Åpne **Innstillinger**.\n2. Se [låst konto](konto-laast.md).\n\nHjelper det ikke,\nring `4000`.\n\n- kabel\n- lader\n";
        let expected =
            "Slik gjør du\n1. Åpne Innstillinger.\n2. Se låst konto.\n\nHjelper det ikke, ring 4000.\n\n- kabel\n- lader";
        assert_eq!(plain(passage), expected);
    }
}
