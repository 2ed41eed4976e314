//! Text made safe to show: the bot's Markdown and people's free text.

use std::collections::BTreeSet;

use maud::{Markup, PreEscaped, html};
use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream, html::push_html};

use crate::domain::explanation::is_of_word;

/// Renders Markdown. Raw HTML is dropped, pictures leave their description, and links lead only to the web, to mail or
/// inside the site; those of an article are relative to `base`, such as `/kb/nb/`. Bare web addresses become links.
/// Headings go down by `lower` levels.
pub(super) fn markdown(text: &str, base: &str, lower: usize) -> Markup {
    rendered(text, safe(text, base, lower).into_iter())
}

/// The same, with these words marked wherever they stand; they are in lower case.
pub(super) fn marked(text: &str, base: &str, lower: usize, words: &BTreeSet<String>) -> Markup {
    let mark = |event| match event {
        Event::Text(text) => with_marks(&text, words),
        other => vec![other],
    };
    rendered(text, safe(text, base, lower).into_iter().flat_map(mark))
}

/// Markdown's events as HTML; `text` is what they came from.
pub(super) fn rendered<'e>(text: &str, events: impl Iterator<Item = Event<'e>>) -> Markup {
    let mut out = String::with_capacity(text.len() * 3 / 2);
    push_html(&mut out, events);
    PreEscaped(out)
}

/// The events of a text, as far as they may stand in a page; see [`markdown`].
pub(super) fn safe<'t>(text: &'t str, base: &str, lower: usize) -> Vec<Event<'t>> {
    let mut refused = Vec::new();
    let events = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    let mut safe = Vec::new();
    for event in TextMergeStream::new(events) {
        match event {
            Event::Html(_)
            | Event::InlineHtml(_)
            | Event::Start(Tag::Image { .. } | Tag::HtmlBlock)
            | Event::End(TagEnd::Image | TagEnd::HtmlBlock) => {}
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let address = safe_address(&dest_url, base);
                refused.push(address.is_none());
                safe.extend(address.map(|address| Event::Start(Tag::Link { link_type, dest_url: address.into(), title, id })));
            }
            Event::End(TagEnd::Link) if refused.pop().unwrap_or(false) => {}
            Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                safe.push(Event::Start(Tag::Heading { level: lowered(level, lower), id, classes, attrs }));
            }
            Event::End(TagEnd::Heading(level)) => safe.push(Event::End(TagEnd::Heading(lowered(level, lower)))),
            Event::Text(words) if refused.is_empty() => safe.extend(with_addresses(&words)),
            other => safe.push(other),
        }
    }
    safe
}

fn with_marks(text: &str, words: &BTreeSet<String>) -> Vec<Event<'static>> {
    let plain = |text: &str| Event::Text(text.to_owned().into());
    let mut events = Vec::new();
    for piece in text.split_inclusive(|c| !is_of_word(c)) {
        let word = piece.trim_end_matches(|c| !is_of_word(c));
        if words.contains(&word.to_lowercase()) {
            let mark = |tag: &'static str| Event::InlineHtml(tag.into());
            events.extend([mark("<mark>"), plain(word), mark("</mark>"), plain(&piece[word.len()..])]);
        } else {
            events.push(plain(piece));
        }
    }
    events
}

/// A text of the article's with its bare web addresses as links.
fn with_addresses(words: &str) -> Vec<Event<'static>> {
    let text = |words: &str| Event::Text(words.to_owned().into());
    let mut events = Vec::new();
    for piece in pieces(words) {
        match piece {
            Piece::Words(words) => events.push(text(words)),
            Piece::Address(address) => {
                let dest_url: CowStr<'_> = address.to_owned().into();
                let link = Tag::Link { link_type: LinkType::Autolink, dest_url, title: "".into(), id: "".into() };
                events.extend([Event::Start(link), text(address), Event::End(TagEnd::Link)]);
            }
        }
    }
    events
}

fn lowered(level: HeadingLevel, lower: usize) -> HeadingLevel {
    HeadingLevel::try_from(level as usize + lower).unwrap_or(HeadingLevel::H6)
}

/// The address as it may stand in a page; `None` where it could run a script or leave for a strange scheme.
fn safe_address(address: &str, base: &str) -> Option<String> {
    if address.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') || address.starts_with("//") {
        return None;
    }
    let start = address.split(['/', '?', '#']).next().unwrap_or_default();
    match start.split_once(':') {
        Some((scheme, _)) if ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) => {
            Some(address.to_owned())
        }
        Some(_) => None,
        None if address.starts_with(['/', '#', '?']) => Some(address.to_owned()),
        None => Some(from_file(address, base)),
    }
}

/// A link between files of the knowledge base (`konto-laast.md#steg`), as a link between pages.
fn from_file(address: &str, base: &str) -> String {
    let (path, rest) = address.find(['#', '?']).map_or((address, ""), |at| address.split_at(at));
    let (mut base, mut path) = (base.trim_end_matches('/'), path.strip_suffix(".md").unwrap_or(path));
    loop {
        if let Some(inner) = path.strip_prefix("./") {
            path = inner;
        } else if let Some(outer) = path.strip_prefix("../") {
            path = outer;
            base = base.rsplit_once('/').map_or("", |(parent, _)| parent);
        } else {
            return format!("{base}/{path}{rest}");
        }
    }
}

/// Shows what a person wrote as it stands: line breaks kept, web addresses made into links, nothing else interpreted.
pub(super) fn free_text(text: &str) -> Markup {
    html! {
        p {
            @for (number, line) in text.lines().enumerate() {
                @if number > 0 { br; }
                @for piece in pieces(line) {
                    @match piece {
                        Piece::Words(words) => (words),
                        Piece::Address(address) => a href=(address) rel="nofollow noopener noreferrer" { (address) },
                    }
                }
            }
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Piece<'t> {
    Words(&'t str),
    Address(&'t str),
}

fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut rest, mut from) = (line, 0);
    while let Some(at) = next_address(rest, from) {
        let end = rest[at..].find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"')).map_or(rest.len(), |end| at + end);
        let address = rest[at..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'']);
        if address.ends_with("//") {
            from = end;
            continue;
        }
        pieces.extend([Piece::Words(&rest[..at]), Piece::Address(address)]);
        (rest, from) = (&rest[at + address.len()..], 0);
    }
    pieces.push(Piece::Words(rest));
    pieces
}

fn next_address(text: &str, from: usize) -> Option<usize> {
    let found = ["https://", "http://"].iter().filter_map(|scheme| text[from..].find(scheme)).min()?;
    Some(from + found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(markdown_text: &str) -> String {
        markdown(markdown_text, "/kb/nb/", 1).into_string()
    }

    #[test]
    fn raw_html_and_pictures_never_reach_the_page() {
        for wicked in ["<script>alert(1)</script>", "a <img src=x onerror=alert(1)> b", "<!-- x -->", "![alt](http://x/y.png)"] {
            let html = shown(wicked);
            assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("<!--"), "{html}");
        }
        assert!(shown("![a picture](x.png)").contains("a picture"));
    }

    #[test]
    fn words_are_marked_wherever_they_stand_and_nothing_is_run() {
        let words = ["e-posten", "b", "skriver"].map(str::to_owned).into();
        let shown = marked("**E-posten** <b>a</b> <https://b.example/skriver>, `skriver` & Skriver.", "/kb/nb/", 1, &words);
        let expected = "<p><strong><mark>E-posten</mark></strong> a <a href=\"https://b.example/skriver\">\
                        https://<mark>b</mark>.example/<mark>skriver</mark></a>, <code>skriver</code> &amp; <mark>Skriver</mark>.</p>\n";
        assert_eq!(shown.into_string(), expected);
    }

    #[test]
    fn only_harmless_links_stay_links() {
        for wicked in
            ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example", "file:///etc"]
        {
            assert_eq!(shown(&format!("[here]({wicked})")), "<p>here</p>\n", "{wicked}");
        }
        let cases = [
            ("https://x.example/a?b=1", "https://x.example/a?b=1"),
            ("mailto:it@x.example", "mailto:it@x.example"),
            ("konto-laast.md", "/kb/nb/konto-laast"),
            ("./konto-laast.md#steg", "/kb/nb/konto-laast#steg"),
            ("../en/locked.md", "/kb/en/locked"),
            ("../../../x", "/x"),
            ("#steg", "#steg"),
            ("/chat/tickets", "/chat/tickets"),
        ];
        for (written, led_to) in cases {
            assert_eq!(shown(&format!("[here]({written})")), format!("<p><a href=\"{led_to}\">here</a></p>\n"), "{written}");
        }
    }

    #[test]
    fn a_bare_web_address_can_be_followed_and_a_link_stays_one_link() {
        let shown_as = "<p>Åpne <a href=\"https://x.example/a_b_c\">https://x.example/a_b_c</a>, og vent.</p>\n";
        assert_eq!(shown("Åpne https://x.example/a_b_c, og vent."), shown_as);
        assert_eq!(
            shown("[https://x.example](https://x.example)"),
            "<p><a href=\"https://x.example\">https://x.example</a></p>\n"
        );
    }

    #[test]
    fn headings_go_down_and_stop_at_the_last() {
        assert_eq!(shown("## Steg"), "<h3>Steg</h3>\n");
        assert_eq!(shown("###### Smått"), "<h6>Smått</h6>\n");
    }

    #[test]
    fn what_a_person_wrote_is_shown_and_not_run() {
        assert_eq!(free_text("<script>x</script>\n**a**").into_string(), "<p>&lt;script&gt;x&lt;/script&gt;<br>**a**</p>");
    }

    #[test]
    fn web_addresses_in_what_a_person_wrote_can_be_followed() {
        let cases = [
            ("se https://x.example/a.", vec![Piece::Words("se "), Piece::Address("https://x.example/a"), Piece::Words(".")]),
            ("(http://x.example)", vec![Piece::Words("("), Piece::Address("http://x.example"), Piece::Words(")")]),
            ("https:// er http", vec![Piece::Words("https:// er http")]),
            ("javascript:alert(1)", vec![Piece::Words("javascript:alert(1)")]),
        ];
        for (text, expected) in cases {
            assert_eq!(pieces(text), expected, "{text}");
        }
    }
}
