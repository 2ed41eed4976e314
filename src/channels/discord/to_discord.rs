//! The domain's lines as Discord shows them: its Markdown, its sizes, its buttons.

use serenity::all::{ButtonStyle, CreateActionRow, CreateButton};

use super::press_id;
use crate::domain::ids::ConversationId;
use crate::domain::message::{Action, Author, Content};
use crate::ports::Recorded;
use crate::wording::{Facts, Said, Wording, as_written};

/// The longest message.
pub(super) const LONGEST_MESSAGE: usize = 2_000;

/// The longest label of a button.
const LONGEST_LABEL: usize = 80;

/// The most buttons in a row.
const ROW: usize = 5;

/// A line as Discord shows it.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    /// The text, in as many messages as it takes.
    pub(super) parts: Vec<String>,
    /// The buttons under the last of them.
    pub(super) buttons: Vec<CreateActionRow>,
}

/// A line as Discord shows it.
pub(super) fn show(recorded: &Recorded, wording: &Wording, facts: &Facts) -> Shown {
    show_within(LONGEST_MESSAGE, recorded, wording, facts)
}

/// Lines of one turn in a single message, with `tail` under them: an article's passage gives way where there is not room for all.
pub(super) fn show_together(lines: &[Recorded], tail: Option<&str>, wording: &Wording, facts: &Facts) -> Shown {
    const GAP: &str = "\n\n";
    let is_answer = |recorded: &Recorded| matches!(recorded.line.content, Content::Answer(_));
    let whole = |recorded: &Recorded| show(recorded, wording, facts).parts.join("\n");
    let beside = lines.iter().filter(|recorded| !is_answer(recorded)).map(whole).chain(tail.map(str::to_owned));
    let taken: usize = beside.map(|text| length(&text) + length(GAP)).sum();
    let mut texts = Vec::new();
    let mut buttons = Vec::new();
    for recorded in lines {
        let limit = if is_answer(recorded) { LONGEST_MESSAGE.saturating_sub(taken) } else { LONGEST_MESSAGE };
        let shown = show_within(limit, recorded, wording, facts);
        texts.push(shown.parts.join("\n"));
        if !shown.buttons.is_empty() {
            buttons = shown.buttons;
        }
    }
    texts.extend(tail.map(str::to_owned));
    Shown { parts: vec![brief(&texts.join(GAP), LONGEST_MESSAGE)], buttons }
}

fn show_within(limit: usize, recorded: &Recorded, wording: &Wording, facts: &Facts) -> Shown {
    let mut recorded = recorded.clone();
    if let Content::Answer(answer) = &mut recorded.line.content {
        answer.passage = from_article(&answer.passage);
    }
    let mut said = wording.line(&recorded, facts);
    if let Some(budget) = passage_budget(limit, &recorded, &said) {
        shorten_passage(&mut recorded, budget);
        said = wording.line(&recorded, facts);
    }
    let text = match (&recorded.line.author, &recorded.line.content) {
        (Author::Operator { name, .. }, Content::Text(_)) => format!("**{}:** {}", as_written(name), as_written(&said.text)),
        (_, Content::Text(_) | Content::Question(_) | Content::Note(_) | Content::File(_)) => as_written(&said.text),
        _ => said.text,
    };
    Shown { parts: split(&text, LONGEST_MESSAGE), buttons: buttons(recorded.conversation, said.actions) }
}

/// How long an answer's passage may be, where the answer as a whole is too long.
fn passage_budget(limit: usize, recorded: &Recorded, said: &Said) -> Option<usize> {
    let Content::Answer(answer) = &recorded.line.content else { return None };
    let whole = length(&said.text);
    (whole > limit).then(|| limit.saturating_sub(whole - length(answer.passage.trim())))
}

fn shorten_passage(recorded: &mut Recorded, budget: usize) {
    if let Content::Answer(answer) = &mut recorded.line.content {
        let room = budget.saturating_sub(length(ELLIPSIS));
        let (head, _) = head(answer.passage.trim(), room);
        answer.passage = format!("{}{ELLIPSIS}", head.trim_end());
    }
}

const ELLIPSIS: &str = "\n\n…";

/// As Discord counts: UTF-16 units, which is never less than characters.
fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The text in pieces of at most `limit`, cut at paragraphs, lines or words.
pub(super) fn split(text: &str, limit: usize) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = text.trim();
    while length(rest) > limit {
        let (head, tail) = head(rest, limit);
        parts.push(head.trim_end().to_owned());
        rest = tail.trim_start();
    }
    if !rest.is_empty() || parts.is_empty() {
        parts.push(rest.to_owned());
    }
    parts
}

/// The longest beginning within `limit` that ends where a reader would pause, and the rest.
fn head(text: &str, limit: usize) -> (&str, &str) {
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > limit
    });
    let Some((end, _)) = end else { return (text, "") };
    let fits = &text[..end];
    let pause = ["\n\n", "\n", " "].iter().find_map(|pause| fits.rfind(pause).filter(|at| *at > end / 3));
    text.split_at(pause.unwrap_or(end))
}

/// A short text for a label or a name, with an ellipsis where it was cut.
pub(super) fn brief(text: &str, limit: usize) -> String {
    if length(text) <= limit {
        return text.to_owned();
    }
    let (head, _) = head(text, limit.saturating_sub(1));
    format!("{}…", head.trim_end())
}

/// The buttons: each offered title in a row of its own, what is left together below.
pub(super) fn buttons(conversation: ConversationId, actions: Vec<(Action, String)>) -> Vec<CreateActionRow> {
    let (titles, rest): (Vec<_>, Vec<_>) = actions.into_iter().partition(|(action, _)| matches!(action, Action::Choose(_)));
    let button = |(action, label): &(Action, String)| {
        let custom_id = press_id::choice(conversation, action);
        CreateButton::new(custom_id).label(brief(label, LONGEST_LABEL)).style(style(action))
    };
    let titles = titles.chunks(1).map(|title| CreateActionRow::Buttons(title.iter().map(button).collect()));
    let rest = rest.chunks(ROW).map(|row| CreateActionRow::Buttons(row.iter().map(button).collect()));
    titles.chain(rest).collect()
}

const fn style(action: &Action) -> ButtonStyle {
    match action {
        Action::Helped | Action::ResolvedYes => ButtonStyle::Success,
        Action::Choose(_) | Action::TellMe => ButtonStyle::Primary,
        Action::NotHelped | Action::SomethingElse | Action::Human | Action::ResolvedNo => ButtonStyle::Secondary,
    }
}

/// An article's Markdown as Discord can show it: smaller headings become bold, and a link that leads nowhere here becomes its text.
pub(super) fn from_article(markdown: &str) -> String {
    let lines = markdown.lines().map(|line| {
        let line = relink(&without_tags(line));
        match line.strip_prefix("####") {
            Some(heading) => format!("**{}**", heading.trim_start_matches('#').trim()),
            None => line,
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The line without HTML's tags, which Discord would show as they are; what stands in code stays, and so do bare addresses.
fn without_tags(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    let mut in_code = false;
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = (!in_code).then(|| after_tag(rest)).flatten() {
            rest = after;
            continue;
        }
        in_code ^= c == '`';
        shown.push(c);
        rest = &rest[c.len_utf8()..];
    }
    shown
}

/// What follows the tag that the text begins with, where it begins with one: `<br>`, `</kbd>`, `<p class="x">`.
fn after_tag(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('<')?;
    let (tag, after) = inner.split_once('>')?;
    let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(|c| c.is_ascii_alphanumeric());
    is_name.then_some(after)
}

fn relink(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, link)) = next_link(rest) {
        shown.push_str(before);
        shown.push_str(&link.shown());
        rest = link.after;
    }
    shown.push_str(rest);
    shown
}

struct Link<'a> {
    is_image: bool,
    text: &'a str,
    address: &'a str,
    after: &'a str,
}

impl Link<'_> {
    fn shown(&self) -> String {
        let Self { is_image, text, address, .. } = self;
        match address.split_once(':') {
            Some(("https" | "http", _)) if !is_image => format!("[{text}]({address})"),
            Some((_, bare)) if !is_image && bare != *text => format!("{text} ({bare})"),
            _ => (*text).to_owned(),
        }
    }
}

/// The next `[text](address)` or `![text](address)` of a line, with what stands before it.
fn next_link(line: &str) -> Option<(&str, Link<'_>)> {
    let middle = line.find("](")?;
    let open = line[..middle].rfind('[')?;
    let close = middle + line[middle..].find(')')?;
    let is_image = line[..open].ends_with('!');
    let before = &line[..open - usize::from(is_image)];
    let address = line[middle + 2..close].split_whitespace().next().unwrap_or_default();
    Some((before, Link { is_image, text: &line[open + 1..middle], address, after: &line[close + 1..] }))
}

#[cfg(test)]
#[path = "to_discord_tests.rs"]
mod tests;
