//! Which files there are, and their text.

use std::collections::{HashSet, VecDeque};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::LibraryError;
use super::problem::{Problem, Report};
use crate::domain::flaw::Flaw;
use crate::domain::lang::Lang;

/// The largest article or glossary, in bytes: a book is smaller.
pub(super) const LARGEST: u64 = 1024 * 1024;

/// The folders beside those of articles: standard replies and links.
const REPLIES: &str = "replies";
const LINKS: &str = "links";

/// A Markdown file of the knowledge base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Where it is.
    pub(super) path: PathBuf,
    /// The language of the folder that it is in.
    pub(super) lang: Option<Lang>,
}

/// The files of a knowledge base, by path.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub(super) files: Vec<Found>,
    pub(super) problems: Vec<Problem>,
}

/// Where a knowledge base's standard replies are, if it has any.
pub(super) fn replies(folder: &Path) -> PathBuf {
    folder.join(REPLIES)
}

/// Where a knowledge base's links are, if it has any.
pub(super) fn links(folder: &Path) -> PathBuf {
    folder.join(LINKS)
}

/// Lists the Markdown files below a folder. Hidden files, the top folder's own README, standard replies and links are not articles.
pub(super) fn find(folder: &Path) -> Result<Listing, LibraryError> {
    let unreadable = |error: std::io::Error| LibraryError { folder: folder.to_owned(), reason: error.to_string() };
    fs::read_dir(folder).map_err(unreadable)?;
    let mut listing = Listing::default();
    let mut entered = HashSet::new();
    let mut waiting = VecDeque::from([(folder.to_owned(), None)]);
    while let Some((inside, lang)) = waiting.pop_front() {
        if !fs::canonicalize(&inside).is_ok_and(|real| entered.insert(real)) {
            Report::on(inside, &mut listing.problems).warning(
                None,
                "this folder leads to one that was read already",
                "remove the link",
            );
            continue;
        }
        let at_top = inside == folder;
        for path in entries(&inside, &mut listing.problems) {
            match fs::metadata(&path) {
                Ok(kind) if kind.is_dir() && at_top && [REPLIES, LINKS].contains(&name(&path).as_str()) => {}
                Ok(kind) if kind.is_dir() => enter(path, lang.filter(|_| !at_top), at_top, &mut waiting, &mut listing.problems),
                Ok(_) if !is_article(&path, at_top) => {}
                _ if is_article(&path, at_top) => listing.files.push(Found { path, lang }),
                _ => {}
            }
        }
    }
    listing.files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(listing)
}

/// Reads every file of a folder beside the articles, as far as it is there; what cannot be read is reported and passed over.
pub(super) fn read_beside<T>(
    folder: &Path,
    problems: &mut Vec<Problem>,
    mut read_one: impl FnMut(&Found, &str, &mut Vec<Problem>) -> Option<T>,
) -> Vec<T> {
    if !folder.is_dir() {
        return Vec::new();
    }
    let listing = find(folder).unwrap_or_else(|error| {
        Report::on(folder.to_owned(), problems).error(None, error.to_string(), "give Firstline's user the right to read it");
        Listing::default()
    });
    problems.extend(listing.problems);
    let mut all = Vec::new();
    for found in &listing.files {
        match read(&found.path) {
            Ok(text) => all.extend(read_one(found, &text, problems)),
            Err(flaw) => problems.push(Problem::of(found.path.clone(), None, flaw)),
        }
    }
    all
}

fn entries(folder: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let hidden = |path: &PathBuf| name(path).starts_with('.');
    match fs::read_dir(folder) {
        Ok(entries) => {
            let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| !hidden(path)).collect();
            paths.sort();
            paths
        }
        Err(error) => {
            let what = format!("this folder cannot be read ({error})");
            Report::on(folder.to_owned(), problems).error(None, what, "give Firstline's user the right to read it");
            Vec::new()
        }
    }
}

fn enter(
    path: PathBuf,
    lang: Option<Lang>,
    at_top: bool,
    waiting: &mut VecDeque<(PathBuf, Option<Lang>)>,
    problems: &mut Vec<Problem>,
) {
    let own = Lang::from_code(&name(&path)).filter(|_| at_top);
    let name = name(&path);
    if at_top && own.is_none() && looks_like_language(&name) {
        let what = format!("\"{name}\" is not a language that Firstline knows");
        Report::on(path, problems).error(None, what, "move its articles into nb, nn or en");
        return;
    }
    waiting.push_back((path, own.or(lang)));
}

fn looks_like_language(name: &str) -> bool {
    let language = name.split(['-', '_']).next().unwrap_or(name);
    (2..=3).contains(&language.len()) && language.chars().all(|c| c.is_ascii_alphabetic())
}

fn is_article(path: &Path, at_top: bool) -> bool {
    let markdown = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"));
    markdown && !(at_top && name(path).eq_ignore_ascii_case("readme.md"))
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The text of a file, its lines ended as everywhere here.
pub(super) fn read(path: &Path) -> Result<String, Flaw> {
    let text = read_exactly(path)?;
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    Ok(if text.contains('\r') { text.replace("\r\n", "\n") } else { text })
}

/// The text of a file, to the byte.
pub(super) fn read_exactly(path: &Path) -> Result<String, Flaw> {
    let mut bytes = Vec::new();
    let opened = fs::File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes));
    if let Err(error) = opened {
        return Err(Flaw::Unreadable { reason: error.to_string() });
    }
    if bytes.len() as u64 > LARGEST {
        return Err(Flaw::TooLarge);
    }
    String::from_utf8(bytes).map_err(|_| Flaw::NotUtf8)
}
