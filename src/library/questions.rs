//! Questions with their right answers, kept beside the articles: `questions.nb.tsv` and the like.

use std::path::Path;

use super::files;
use crate::domain::ids::Slug;
use crate::domain::lang::Lang;
use crate::ports::TestQuestion;

/// The questions of every such file, by file; what is no question is passed over, as is a file that cannot be read.
pub(super) fn read(folder: &Path) -> Vec<TestQuestion> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let is_ours = |path: &Path| {
        let named = path.file_stem().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with("questions"));
        named && path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("tsv"))
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| is_ours(path));
    paths.sort();
    let texts = paths.iter().filter_map(|path| files::read(path).ok());
    texts.flat_map(|text| text.lines().filter_map(question).collect::<Vec<_>>()).collect()
}

/// A line: language, right articles (or `-`), tags and the question, with tabs between.
fn question(line: &str) -> Option<TestQuestion> {
    let [lang, right, _tags, text] = line.split('\t').collect::<Vec<_>>().try_into().ok()?;
    let right = right.split(',').map(str::trim).filter(|slug| !slug.is_empty() && *slug != "-");
    let text = text.trim();
    (!text.is_empty()).then_some(())?;
    Some(TestQuestion { lang: Lang::from_code(lang.trim())?, right: right.map(Slug::new).collect(), text: text.to_owned() })
}
