//! An article's body in passages: sections that can be shown whole.

/// The longest passage, in characters, before it is cut between list items or paragraphs.
pub(crate) const LONGEST: usize = 1_200;

/// A part of an article that can stand alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Passage {
    /// The heading it stands under; `None` before the first one.
    pub(crate) heading: Option<String>,
    /// What is shown, in Markdown: the heading in bold, then the text.
    pub(crate) markdown: String,
    /// Whether it has numbered steps.
    pub(crate) has_steps: bool,
}

/// The passages of a body, in order; a body without text has none.
pub(crate) fn passages(body: &str, title: &str) -> Vec<Passage> {
    sections(body, title).into_iter().flat_map(|(heading, text)| cut(heading.as_deref(), &text)).collect()
}

/// Headings with the text below them; the first heading is left out where it is the title again.
fn sections(body: &str, title: &str) -> Vec<(Option<String>, String)> {
    let mut sections = vec![(None, String::new())];
    let (mut in_code, mut is_first) = (false, true);
    for line in body.lines() {
        in_code ^= line.trim_start().starts_with("```");
        let heading = heading(line).filter(|_| !in_code);
        let is_title = |heading: &str| is_first && (line.starts_with("# ") || heading.to_lowercase() == title.to_lowercase());
        match heading {
            Some(heading) if is_title(heading) => is_first = false,
            Some(heading) => {
                is_first = false;
                sections.push((Some(heading.to_owned()), String::new()));
            }
            None => {
                if let Some((_, text)) = sections.last_mut() {
                    text.push_str(line.trim_end());
                    text.push('\n');
                }
            }
        }
    }
    sections
}

fn heading(line: &str) -> Option<&str> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    ((1..=6).contains(&level) && text.starts_with(' ')).then(|| text.trim().trim_end_matches('#').trim_end())
}

/// A section as one passage, or as several where it is too long.
fn cut(heading: Option<&str>, text: &str) -> Vec<Passage> {
    let mut passages: Vec<String> = Vec::new();
    for block in blocks(text) {
        match passages.last_mut() {
            Some(passage) if characters(passage) + characters(&block) <= LONGEST => passage.push_str(&block),
            _ => passages.push(block),
        }
    }
    passages.iter().map(|text| passage(heading, text.trim_matches('\n'))).collect()
}

fn passage(heading: Option<&str>, text: &str) -> Passage {
    let markdown = heading.map_or_else(|| text.to_owned(), |heading| format!("**{heading}**\n\n{text}"));
    let has_steps = text.lines().any(is_numbered);
    Passage { heading: heading.map(str::to_owned), markdown, has_steps }
}

/// Pieces that may not be cut: a whole list, or its items where it is long; a paragraph, or its lines where it is long.
fn blocks(text: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    let mut after_blank = true;
    for line in text.split_inclusive('\n') {
        let in_list = blocks.last().is_some_and(|block| is_item(block));
        let inside_list = in_list && (is_item(line) || line.starts_with([' ', '\t']) || !after_blank);
        let blank = line.trim().is_empty();
        let starts = after_blank && !blank && !inside_list;
        match blocks.last_mut() {
            Some(block) if !starts => block.push_str(line),
            _ if blank => {}
            _ => blocks.push(line.to_owned()),
        }
        after_blank = blank;
    }
    blocks.into_iter().flat_map(loosened).collect()
}

/// A block that is too long to show whole, in its items or lines.
fn loosened(block: String) -> Vec<String> {
    if characters(&block) <= LONGEST {
        return vec![block];
    }
    let mut pieces: Vec<String> = Vec::new();
    let is_list = is_item(&block);
    for line in block.split_inclusive('\n') {
        let starts = !is_list || is_item(line);
        match pieces.last_mut() {
            Some(piece) if !starts => piece.push_str(line),
            _ => pieces.push(line.to_owned()),
        }
    }
    pieces
}

fn is_item(line: &str) -> bool {
    is_numbered(line) || ["- ", "* ", "+ "].iter().any(|bullet| line.starts_with(bullet))
}

fn is_numbered(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < line.len() && (rest.starts_with(". ") || rest.starts_with(") "))
}

fn characters(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_a_passage_with_its_heading() {
        let body = "# Printer\n\nFor all printers.\n\n## Paper jam\n\n1. Open.\n2. Pull.\n\n## Queue\nWait.\n";
        let found = passages(body, "Printer");
        let shown: Vec<&str> = found.iter().map(|passage| passage.markdown.as_str()).collect();
        assert_eq!(shown, ["For all printers.", "**Paper jam**\n\n1. Open.\n2. Pull.", "**Queue**\n\nWait."]);
        assert!(found[1].has_steps && !found[2].has_steps);
    }

    #[test]
    fn only_the_first_heading_can_be_the_title_again() {
        let found = passages("# ØVRIG\n\nIntro.\n\n# Papir\n\nOpen.\n", "Øvrig");
        let headings: Vec<Option<&str>> = found.iter().map(|passage| passage.heading.as_deref()).collect();
        assert_eq!(headings, [None, Some("Papir")]);
    }

    #[test]
    fn steps_stay_whole_where_a_section_is_cut() {
        let step = |number: usize| format!("{number}. {}\n   - {}\n", "press the button ".repeat(12), "or this one ".repeat(8));
        let body: String = (1..=12).map(step).collect();
        let found = passages(&body, "Long");
        assert!(found.len() > 2);
        for passage in &found {
            assert!(passage.markdown.chars().count() <= LONGEST);
            assert!(is_numbered(&passage.markdown), "begins with a step: {}", passage.markdown);
        }
    }
}
