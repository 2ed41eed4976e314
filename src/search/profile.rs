//! What is known of an article for ranking: its words, field by field, with bokmål and nynorsk versions together.

use std::sync::Arc;

use crate::domain::ids::Slug;

use super::analysis::Family;
use super::bag::Bag;
use super::letters::Letters;
use super::lexicon::{Lexicon, TermId, Used};
use super::memo::{Memo, Term};
use super::text::words;
use super::version::Version;
use super::vocabulary::{FormId, Vocabulary};

/// A title or an example question.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) bag: Bag,
    pub(crate) letters: Letters,
}

/// A passage's words, and whose passage it is.
#[derive(Debug)]
pub(crate) struct PassageBag {
    /// Which of the profile's versions.
    pub(crate) version: usize,
    pub(crate) bag: Bag,
    /// The words of its heading.
    pub(crate) heading: Bag,
    /// Its words in the order in which they stand.
    pub(crate) order: Box<[TermId]>,
}

/// One article in one family of languages; only example questions where it has no version in that family.
#[derive(Debug)]
pub(crate) struct Profile {
    pub(crate) slug: Slug,
    pub(crate) family: Family,
    pub(crate) versions: Vec<Arc<Version>>,
    /// What it was read from.
    sources: Sources,
    pub(crate) titles: Vec<Text>,
    pub(crate) tags: Bag,
    pub(crate) headings: Bag,
    pub(crate) questions: Vec<Text>,
    pub(crate) passages: Vec<PassageBag>,
    /// Title, tags and passages.
    pub(crate) body: Bag,
    /// All example questions.
    pub(crate) asked: Bag,
    /// Everything.
    pub(crate) whole: Bag,
    forms: Box<[FormId]>,
    unwritten: Box<[TermId]>,
}

/// The versions of an article in any family, of which one family's profile is made.
pub(crate) type Sources = Vec<Arc<Version>>;

impl Profile {
    /// Whether it was read from just these.
    pub(crate) fn is_of(&self, sources: &Sources) -> bool {
        self.sources.len() == sources.len() && self.sources.iter().zip(sources).all(|(own, other)| Arc::ptr_eq(own, other))
    }

    /// Adds its words to those that are used.
    pub(crate) fn count(&self, lexicon: &mut Lexicon) {
        lexicon.count(Used { forms: &self.forms, unwritten: &self.unwritten }, self.whole.terms());
    }
}

/// Reads the profiles of one family.
pub(crate) struct Reader<'a> {
    family: Family,
    memo: &'a Memo<'a>,
    /// What it has learned; the one it began with is not changed where others have it too.
    pub(crate) vocabulary: Arc<Vocabulary>,
    /// The words of the profile that is read now.
    forms: Vec<FormId>,
    unwritten: Vec<TermId>,
    /// In which profile each form was met last; they are counted from 1.
    met: Vec<u32>,
    profiles: u32,
}

impl<'a> Reader<'a> {
    pub(crate) const fn new(family: Family, memo: &'a Memo<'a>, vocabulary: Arc<Vocabulary>) -> Self {
        Self { family, memo, vocabulary, forms: Vec::new(), unwritten: Vec::new(), met: Vec::new(), profiles: 0 }
    }

    /// Reads an article from its versions, those in another family for the questions that are asked in this one.
    pub(crate) fn profile(&mut self, slug: Slug, sources: Sources) -> Profile {
        self.profiles += 1;
        let family = self.family;
        let versions: Vec<_> = sources.iter().filter(|version| Family::of(version.lang()) == family).cloned().collect();
        let (mut body, mut asked) = (Vec::new(), Vec::new());
        let questions = sources.iter().flat_map(|version| version.asked_in(family));
        let questions = questions.map(|question| self.text(question, &mut asked)).collect();
        let (mut titles, mut passages) = (Vec::new(), Vec::new());
        let (mut tags, mut headings) = (Vec::new(), Vec::new());
        for (number, version) in versions.iter().enumerate() {
            titles.push(self.text(&version.article.title, &mut body));
            for tag in &version.article.tags {
                tags.extend(self.terms(tag));
            }
            passages.extend(self.passages(number, version, &mut headings));
        }
        body.extend(passages.iter().flat_map(|passage: &PassageBag| passage.order.iter().copied()));
        body.extend(&tags);
        let whole = Bag::of([&body[..], &asked].concat());
        let (tags, headings, body, asked) = (Bag::of(tags), Bag::of(headings), Bag::of(body), Bag::of(asked));
        let forms = std::mem::take(&mut self.forms).into_boxed_slice();
        let unwritten = std::mem::take(&mut self.unwritten).into_boxed_slice();
        Profile {
            slug,
            family,
            versions,
            sources,
            titles,
            tags,
            headings,
            questions,
            passages,
            body,
            asked,
            whole,
            forms,
            unwritten,
        }
    }

    fn passages(&mut self, number: usize, version: &Version, headings: &mut Vec<TermId>) -> Vec<PassageBag> {
        let passages = version.passages.iter().map(|passage| {
            let heading: Vec<TermId> = passage.heading.iter().flat_map(|heading| self.terms(heading)).collect();
            headings.extend(&heading);
            let order = self.terms(&without_targets(&passage.markdown));
            PassageBag { version: number, bag: Bag::of(order.clone()), heading: Bag::of(heading), order: order.into() }
        });
        passages.collect()
    }

    fn text(&mut self, text: &str, field: &mut Vec<TermId>) -> Text {
        let terms = self.terms(text);
        field.extend(&terms);
        Text { bag: Bag::of(terms), letters: Letters::of(&words(text), self.memo.analysis()) }
    }

    fn terms(&mut self, text: &str) -> Vec<TermId> {
        let (memo, words) = (self.memo, words(text));
        let terms = memo.terms(self.family, &words);
        let learn = |term: &Term<'_>| match term.written {
            Some(written) => self.learn(written, &term.normal),
            None => self.learn_unwritten(&term.normal),
        };
        terms.iter().map(learn).collect()
    }

    fn learn(&mut self, written: &str, normal: &str) -> TermId {
        let known = self.vocabulary.written(written);
        let form = known.unwrap_or_else(|| Arc::make_mut(&mut self.vocabulary).learn(written, normal));
        if self.met.len() <= form as usize {
            self.met.resize(self.vocabulary.forms(), 0);
        }
        let met = &mut self.met[form as usize];
        if *met != self.profiles {
            *met = self.profiles;
            self.forms.push(form);
        }
        self.vocabulary.form(form).term
    }

    fn learn_unwritten(&mut self, normal: &str) -> TermId {
        let known = self.vocabulary.term(normal);
        let term = known.unwrap_or_else(|| Arc::make_mut(&mut self.vocabulary).learn_term(normal));
        if !self.unwritten.contains(&term) {
            self.unwritten.push(term);
        }
        term
    }
}

/// Markdown without the addresses of its links.
pub(crate) fn without_targets(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some(at) = rest.find("](") {
        text.push_str(&rest[..=at]);
        let target = &rest[at + 1..];
        let end = target.find(|c: char| c == ')' || c.is_whitespace()).filter(|end| target[*end..].starts_with(')'));
        rest = end.map_or(target, |end| &target[end + 1..]);
    }
    text.push_str(rest);
    text
}
