//! What can be wrong between articles.

use std::collections::HashMap;

use super::article::Page;
use super::problem::Problem;
use crate::domain::answer::ArticleRef;
use crate::domain::flaw::Flaw;
use crate::domain::ids::Slug;
use crate::domain::lang::Lang;

/// Leaves out every article whose name and language an earlier one has.
pub(super) fn without_duplicates(pages: Vec<Page>, problems: &mut Vec<Problem>) -> Vec<Page> {
    let mut firsts: HashMap<ArticleRef, String> = HashMap::new();
    pages
        .into_iter()
        .filter(|page| {
            let article = &page.article.article;
            let Some(first) = firsts.get(article) else {
                firsts.insert(article.clone(), page.file.display().to_string());
                return true;
            };
            let flaw = Flaw::SameName { file: first.clone(), lang: article.lang };
            problems.push(Problem::of(page.file.clone(), None, flaw));
            false
        })
        .collect()
}

/// Finds translations that are older than their source: the bokmål article, else the nynorsk one.
pub(super) fn compare(pages: &[Page], problems: &mut Vec<Problem>) {
    let mut sources: HashMap<&Slug, &Page> = HashMap::new();
    for lang in Lang::ALL {
        for page in pages.iter().filter(|page| page.article.article.lang == lang) {
            sources.entry(&page.article.article.slug).or_insert(page);
        }
    }
    for page in pages {
        let Some(source) = sources.get(&page.article.article.slug) else { continue };
        let (Some(translated), Some(written)) = (page.article.reviewed, source.article.reviewed) else { continue };
        if translated < written {
            let flaw = Flaw::Behind { own: translated, source: written, file: source.file.display().to_string() };
            problems.push(Problem::of(page.file.clone(), Some(page.reviewed_line), flaw));
        }
    }
}
