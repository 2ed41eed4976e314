//! An article's body with headings that can be led to, and the list of them.

use std::collections::BTreeSet;

use maud::{Markup, PreEscaped};
use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::super::markup::{rendered, safe};

/// An article with this many sections or more has a table of contents.
const LONG: usize = 4;

/// Names that elements around the article have.
const TAKEN: [&str; 8] = ["main", "announce", "contents", "useful", "text", "remark", "person", "log"];

/// An article's body.
pub(super) struct Body {
    /// As HTML.
    pub(super) html: Markup,
    /// Its sections; none where it is short.
    pub(super) contents: Vec<Section>,
}

/// A section of an article.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Section {
    /// The name of its heading's element.
    pub(super) id: String,
    /// Its heading.
    pub(super) title: String,
}

impl Body {
    /// Renders Markdown as [`super::super::markup::markdown`] does, with a name for every heading.
    pub(super) fn of(text: &str, base: &str) -> Self {
        let mut events = safe(text, base, 0);
        let (mut names, mut contents) = (BTreeSet::from(TAKEN.map(str::to_owned)), Vec::new());
        for at in 0..events.len() {
            let title = words(&events[at..]);
            if let Event::Start(Tag::Heading { id, level, .. }) = &mut events[at] {
                let name = free_name(&title, &mut names);
                *id = Some(name.clone().into());
                if *level == HeadingLevel::H2 {
                    contents.push(Section { id: name, title });
                }
            }
        }
        if contents.len() < LONG {
            contents.clear();
        }
        let PreEscaped(html) = rendered(text, events.into_iter());
        Self { html: PreEscaped(html), contents }
    }
}

/// The words up to the end of the heading that begins here.
fn words(events: &[Event<'_>]) -> String {
    let heading = events.iter().take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))));
    let words = heading.filter_map(|event| match event {
        Event::Text(words) | Event::Code(words) => Some(&**words),
        _ => None,
    });
    words.collect()
}

/// A name that no heading has yet: `prøv-dette-først`, `prøv-dette-først-2`.
fn free_name(title: &str, names: &mut BTreeSet<String>) -> String {
    let lower = title.to_lowercase();
    let parts: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let name = if parts.is_empty() { "section".to_owned() } else { parts.join("-") };
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    let free = std::iter::once(name.clone()).chain(numbered).find(|name| !names.contains(name)).unwrap_or(name);
    names.insert(free.clone());
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_has_a_name_of_its_own() {
        let body = Body::of("## Slik gjør *du*!\n\nA\n\n### Steg\n\n## Steg\n\n## Main\n\n## `VPN` & mer\n\n## ?\n", "/kb/nb/");
        let ids: Vec<&str> = body.contents.iter().map(|section| section.id.as_str()).collect();
        assert_eq!(ids, ["slik-gjør-du", "steg-2", "main-2", "vpn-mer", "section"]);
        assert_eq!(body.contents[0].title, "Slik gjør du!");
        assert!(body.html.0.contains("<h2 id=\"slik-gjør-du\">") && body.html.0.contains("<h3 id=\"steg\">"), "{}", body.html.0);
    }

    #[test]
    fn a_short_article_needs_no_contents() {
        let body = Body::of("## A\n\n## B\n\n## C\n", "/kb/nb/");
        assert!(body.contents.is_empty() && body.html.0.contains("id=\"c\""));
    }
}
