//! What the checks need to know of an article's Markdown.

use std::path::Path;

use pulldown_cmark::{Event, Parser, Tag};

/// What an article's Markdown holds.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// Whether there is any heading.
    pub(super) has_heading: bool,
    /// Links and pictures: the target and the line inside the body, counted from 0.
    pub(super) links: Vec<(String, u32)>,
}

/// Reads through the Markdown; what stands in code is not a link.
pub(super) fn outline(body: &str) -> Outline {
    let mut outline = Outline::default();
    let (mut line, mut counted) = (0, 0);
    for (event, range) in Parser::new(body).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { .. }) => outline.has_heading = true,
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                if range.start > counted {
                    line += u32::try_from(body[counted..range.start].matches('\n').count()).unwrap_or(0);
                    counted = range.start;
                }
                outline.links.push((dest_url.to_string(), line));
            }
            _ => {}
        }
    }
    outline
}

/// Whether a link leads to a file beside the article that is not there. Other links are not looked after.
pub(super) fn is_dead(link: &str, article: &Path) -> bool {
    let path = link.split(['#', '?']).next().unwrap_or_default();
    if path.is_empty() || path.starts_with('/') || has_scheme(path) {
        return false;
    }
    let beside = article.parent().unwrap_or(article);
    !beside.join(path).exists() && !beside.join(decoded(path)).exists()
}

fn has_scheme(link: &str) -> bool {
    let Some((scheme, _)) = link.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// The path without URL escapes such as `%20`.
fn decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = after.get(..2).filter(|_| *first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        if let Some(byte) = hex.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
