//! Which articles a list shows, as the address says it.

use serde::Deserialize;

use crate::domain::flaw::Flaw;
use crate::domain::lang::Lang;
use crate::flows::Title;
use crate::ports::Shelved;

/// How many articles a page shows.
pub(super) const PAGE: usize = 50;

/// The query as it was sent, and as it is written again.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filter {
    /// Words to look for.
    pub(super) q: String,
    /// Which of them: one of [`WHICH`].
    pub(super) which: String,
    /// Only this group's.
    pub(super) group: String,
    /// In which order: one of [`ORDERS`].
    pub(super) sort: String,
    /// Which page, counted from 1.
    pub(super) page: String,
}

/// Which articles can be asked for, with their names.
pub(super) const WHICH: [(&str, &str); 9] = [
    ("", "editor.which_all"),
    ("mine", "editor.which_mine"),
    ("due", "editor.which_due"),
    ("behind", "editor.which_behind"),
    ("no-nb", "editor.which_no_nb"),
    ("no-nn", "editor.which_no_nn"),
    ("no-en", "editor.which_no_en"),
    ("faulty", "editor.which_faulty"),
    ("uncommitted", "editor.which_uncommitted"),
];

/// The orders, with their names.
pub(super) const ORDERS: [(&str, &str); 6] = [
    ("", "editor.sort_title"),
    ("reviewed", "editor.sort_reviewed"),
    ("changed", "editor.sort_changed"),
    ("faults", "editor.sort_faults"),
    ("shown", "editor.sort_shown"),
    ("not-helped", "editor.sort_not_helped"),
];

impl Filter {
    /// The articles that it lets through, in its order.
    pub(super) fn of(&self, titles: Vec<Title>, reader: Lang) -> Vec<Title> {
        let words: Vec<String> = self.q.split_whitespace().map(str::to_lowercase).collect();
        let fits = |title: &Title| self.lets_through(title) && has(title, &words);
        let mut titles: Vec<Title> = titles.into_iter().filter(fits).collect();
        let languages = reader.preference();
        titles.sort_by_cached_key(|title| title.in_languages(languages).0.to_lowercase());
        match self.sort.as_str() {
            "reviewed" => titles.sort_by_key(|title| title.source().and_then(|file| file.reviewed)),
            "changed" => titles.sort_by_key(|title| std::cmp::Reverse(last_changed(title))),
            "faults" => titles.sort_by_key(|title| std::cmp::Reverse(faults(title))),
            "shown" => titles.sort_by_key(|title| std::cmp::Reverse(title.figures.shown)),
            "not-helped" => titles.sort_by_key(|title| std::cmp::Reverse(title.figures.did_not_help)),
            _ => {}
        }
        titles
    }

    fn lets_through(&self, title: &Title) -> bool {
        let lacks = |lang: Lang| title.files.iter().all(|file| file.article.lang != lang);
        let asked = match self.which.as_str() {
            "mine" => title.may_edit,
            "due" => title.files.iter().any(is_due),
            "behind" => !title.behind.is_empty(),
            "no-nb" => lacks(Lang::Nb),
            "no-nn" => lacks(Lang::Nn),
            "no-en" => lacks(Lang::En),
            "faulty" => faults(title) > 0,
            "uncommitted" => title.files.iter().any(|file| file.uncommitted),
            _ => true,
        };
        asked && (self.group.is_empty() || self.group == title.group.as_str())
    }

    /// The address of the same list on another page.
    pub(super) fn address(&self, page: usize) -> String {
        let values = [("q", &self.q), ("which", &self.which), ("group", &self.group), ("sort", &self.sort)];
        let given = values.into_iter().filter(|(_, value)| !value.is_empty());
        let mut parts: Vec<String> = given.map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        parts.extend((page > 1).then(|| format!("page={page}")));
        if parts.is_empty() { "/desk/articles".to_owned() } else { format!("/desk/articles?{}", parts.join("&")) }
    }
}

/// Whether a file's review is due again.
pub(super) fn is_due(file: &Shelved) -> bool {
    file.faults.iter().any(|fault| matches!(fault.flaw, Flaw::ReviewDue { .. }))
}

/// How many things are wrong with an article, in all languages; that its review is due is told elsewhere.
pub(super) fn faults(title: &Title) -> usize {
    let told_elsewhere = |flaw: &Flaw| matches!(flaw, Flaw::ReviewDue { .. } | Flaw::Behind { .. });
    title.files.iter().flat_map(|file| &file.faults).filter(|fault| !told_elsewhere(&fault.flaw)).count()
}

fn last_changed(title: &Title) -> Option<i64> {
    title.files.iter().filter_map(|file| file.changed.as_ref().map(|changed| changed.at.micros())).max()
}

/// Whether every word stands somewhere in the article's name, titles, tags or owner.
fn has(title: &Title, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let texts = title.files.iter().flat_map(|file| [&file.title].into_iter().chain(&file.tags).chain(&file.owner));
    let all = texts.fold(title.slug.as_str().to_lowercase(), |all, text| all + "\n" + &text.to_lowercase());
    words.iter().all(|word| all.contains(word.as_str()))
}

/// A text as it may stand in an address.
pub(super) fn escaped(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}
