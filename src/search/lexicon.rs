//! The words that the articles of one family use: what is known, how rare it is, what it is made of.

use std::collections::HashMap;

use super::distance::{is_key_slip, typing_errors};

/// A normal form's number in its lexicon.
pub(crate) type TermId = u32;

/// What a word that says little counts of its rarity.
const GENERIC: f32 = 0.5;
/// The shortest part of a compound, in letters.
const SHORTEST_PART: usize = 3;
/// Words shorter than this are repaired only where one key slipped or two letters changed places.
const REPAIRED_FREELY_FROM: usize = 5;
/// From this length on two errors are repaired.
const TWO_ERRORS_FROM: usize = 8;
/// How many likenesses of an unknown word are taken along.
const MOST_LIKENESSES: usize = 4;
/// The least share of common groups of three letters that makes two words alike.
const LEAST_LIKENESS: f32 = 0.5;

/// The vocabulary of one family's articles.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    terms: HashMap<String, TermId>,
    texts: Vec<String>,
    articles_with: Vec<u32>,
    articles: u32,
    /// Whether each term says little, however rare it is.
    generic: Vec<bool>,
    forms: Vec<Form>,
    form_of: HashMap<String, u32>,
    forms_with_pair: HashMap<(char, char), Vec<u32>>,
    forms_with_three: HashMap<[char; 3], Vec<u32>>,
    parts: HashMap<TermId, (TermId, TermId)>,
    compounds: HashMap<TermId, Vec<Compound>>,
}

/// A word as it is written in articles.
#[derive(Debug)]
struct Form {
    letters: Vec<char>,
    term: TermId,
}

/// A compound that a term is part of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Compound {
    pub(crate) whole: TermId,
    /// Whether the term is the last part, which says what kind of thing the whole is.
    pub(crate) is_head: bool,
}

/// A known word that an unknown one resembles.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Likeness {
    pub(crate) term: TermId,
    /// 0 to 1.
    pub(crate) share: f32,
}

impl Lexicon {
    /// The number of a written word, which is added where it is new.
    pub(crate) fn learn(&mut self, form: &str, normal: impl FnOnce() -> String) -> TermId {
        if let Some(&known) = self.form_of.get(form) {
            return self.forms[known as usize].term;
        }
        let term = self.term_of(&normal());
        let number = index(self.forms.len());
        let letters: Vec<char> = form.chars().collect();
        for pair in pairs(&letters) {
            let with_pair = self.forms_with_pair.entry(pair).or_default();
            if with_pair.last() != Some(&number) {
                with_pair.push(number);
            }
        }
        for three in threes(&letters) {
            let with_three = self.forms_with_three.entry(three).or_default();
            if with_three.last() != Some(&number) {
                with_three.push(number);
            }
        }
        self.forms.push(Form { letters, term });
        self.form_of.insert(form.to_owned(), number);
        term
    }

    /// The number of a normal form, which is added where it is new.
    pub(crate) fn term_of(&mut self, normal: &str) -> TermId {
        if let Some(&term) = self.terms.get(normal) {
            return term;
        }
        let term = index(self.texts.len());
        self.texts.push(normal.to_owned());
        self.articles_with.push(0);
        self.terms.insert(normal.to_owned(), term);
        term
    }

    /// Notes one article by its distinct terms.
    pub(crate) fn count(&mut self, terms: impl Iterator<Item = TermId>) {
        self.articles += 1;
        for term in terms {
            self.articles_with[term as usize] += 1;
        }
    }

    /// Notes which terms say little, however rare they are. To be called once, when everything is learned.
    pub(crate) fn find_generic(&mut self, is_generic: impl Fn(&str) -> bool) {
        self.generic = self.texts.iter().map(|text| is_generic(text)).collect();
    }

    /// Finds out which terms are made of two others. To be called once, when everything is learned.
    pub(crate) fn find_compounds(&mut self) {
        for whole in 0..index(self.texts.len()) {
            let Some((modifier, head)) = self.split(&self.texts[whole as usize]) else { continue };
            self.parts.insert(whole, (modifier, head));
            self.compounds.entry(modifier).or_default().push(Compound { whole, is_head: false });
            self.compounds.entry(head).or_default().push(Compound { whole, is_head: true });
        }
    }

    /// The two known terms that a normal form is made of, with an `s` or `e` between them or not; the most even split wins.
    pub(crate) fn split(&self, normal: &str) -> Option<(TermId, TermId)> {
        let cuts = normal.char_indices().map(|(at, _)| at).skip(SHORTEST_PART);
        let splits = cuts.filter_map(|cut| {
            let (front, back) = normal.split_at(cut);
            let shorter = front.chars().count().min(back.chars().count());
            if shorter < SHORTEST_PART {
                return None;
            }
            let head = self.worth_joining(back)?;
            let modifier = self.modifier(front)?;
            Some((shorter, modifier, head))
        });
        splits.max_by_key(|&(shorter, ..)| shorter).map(|(_, modifier, head)| (modifier, head))
    }

    fn modifier(&self, front: &str) -> Option<TermId> {
        let bare = front.strip_suffix('s').or_else(|| front.strip_suffix('e'));
        let long_bare = bare.filter(|bare| bare.chars().count() >= SHORTEST_PART);
        self.worth_joining(front).or_else(|| long_bare.and_then(|bare| self.worth_joining(bare)))
    }

    fn worth_joining(&self, normal: &str) -> Option<TermId> {
        let term = self.terms.get(normal).copied()?;
        (!normal.chars().any(|c| c.is_ascii_digit()) && self.articles_with[term as usize] > 0).then_some(term)
    }

    /// The term with this normal form.
    pub(crate) fn term(&self, normal: &str) -> Option<TermId> {
        self.terms.get(normal).copied()
    }

    /// The term that a word is written for, where articles write it so.
    pub(crate) fn written(&self, form: &str) -> Option<TermId> {
        self.form_of.get(form).map(|&known| self.forms[known as usize].term)
    }

    /// A term's normal form.
    pub(crate) fn text(&self, term: TermId) -> &str {
        &self.texts[term as usize]
    }

    /// The compounds that a term is part of.
    pub(crate) fn compounds_of(&self, term: TermId) -> &[Compound] {
        self.compounds.get(&term).map_or(&[], Vec::as_slice)
    }

    /// The parts of a compound.
    pub(crate) fn parts_of(&self, term: TermId) -> Option<(TermId, TermId)> {
        self.parts.get(&term).copied()
    }

    /// How much a term tells articles apart: the logarithm of how rare it is.
    pub(crate) fn weight(&self, term: TermId) -> f32 {
        let generic = self.generic.get(term as usize).copied().unwrap_or_default();
        self.weight_of_count(self.articles_with[term as usize]) * if generic { GENERIC } else { 1.0 }
    }

    /// The weight of a word that no article has.
    pub(crate) fn weight_of_unknown(&self) -> f32 {
        self.weight_of_count(1)
    }

    #[expect(clippy::cast_precision_loss, reason = "article counts are far below 2^23")]
    fn weight_of_count(&self, with: u32) -> f32 {
        let (all, with) = (self.articles as f32, with as f32);
        (1.0 + (all - with + 0.5).max(0.0) / (with + 0.5)).ln()
    }

    /// The known word that an unknown one was meant to be: one typing error away, two where it is long.
    pub(crate) fn repair(&self, word: &str) -> Option<TermId> {
        let letters: Vec<char> = word.chars().collect();
        let digits = letters.iter().any(char::is_ascii_digit);
        if digits || letters.len() < 4 {
            return None;
        }
        let most = if letters.len() >= TWO_ERRORS_FROM { 2 } else { 1 };
        let shared = letters.len().saturating_sub(3 * most).max(1);
        let near = self.sharing_pairs(&letters, shared).into_iter();
        let repaired = near.filter_map(|(number, _)| {
            let form = &self.forms[number as usize];
            let errors = typing_errors(&letters, &form.letters, most)?;
            let slip = is_key_slip(&letters, &form.letters);
            let swap = errors == 1 && is_swap(&letters, &form.letters);
            let short = letters.len() < REPAIRED_FREELY_FROM;
            if short && !slip && !swap {
                return None;
            }
            let same_start = letters.first() == form.letters.first();
            let often = self.articles_with[form.term as usize];
            Some(((errors, !same_start, !slip, std::cmp::Reverse(often), number), form.term))
        });
        repaired.min_by_key(|(rank, _)| *rank).map(|(_, term)| term)
    }

    /// Known words that share most of their letter pairs with `word`, the most alike first.
    pub(crate) fn likenesses(&self, word: &str) -> Vec<Likeness> {
        let letters: Vec<char> = word.chars().collect();
        if letters.len() < REPAIRED_FREELY_FROM || letters.iter().any(char::is_ascii_digit) {
            return Vec::new();
        }
        let mut best: HashMap<TermId, f32> = HashMap::new();
        for (number, shared) in self.sharing_threes(&letters) {
            let form = &self.forms[number as usize];
            let share = ratio(2 * usize::from(shared), letters.len() + form.letters.len());
            if share >= LEAST_LIKENESS {
                let known = best.entry(form.term).or_default();
                *known = known.max(share);
            }
        }
        let mut likenesses: Vec<_> = best.into_iter().map(|(term, share)| Likeness { term, share }).collect();
        likenesses.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.term.cmp(&b.term)));
        likenesses.truncate(MOST_LIKENESSES);
        likenesses
    }

    /// The forms that share groups of three letters, with how many they share.
    fn sharing_threes(&self, letters: &[char]) -> Vec<(u32, u8)> {
        let mut wanted: Vec<[char; 3]> = threes(letters).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut shared = vec![0_u8; self.forms.len()];
        let mut touched = Vec::new();
        for three in wanted {
            for &number in self.forms_with_three.get(&three).map_or(&[][..], Vec::as_slice) {
                let count = &mut shared[number as usize];
                if *count == 0 {
                    touched.push(number);
                }
                *count = count.saturating_add(1);
            }
        }
        touched.into_iter().map(|number| (number, shared[number as usize])).collect()
    }

    /// The forms that share at least `least` letter pairs, with how many they share, in the order of their numbers.
    fn sharing_pairs(&self, letters: &[char], least: usize) -> Vec<(u32, usize)> {
        let mut shared = vec![0_usize; self.forms.len()];
        let mut wanted: Vec<(char, char)> = pairs(letters).collect();
        wanted.sort_unstable();
        wanted.dedup();
        for pair in wanted {
            for &number in self.forms_with_pair.get(&pair).map_or(&[][..], Vec::as_slice) {
                shared[number as usize] += 1;
            }
        }
        (0..).zip(shared).filter(|&(_, count)| count >= least.max(1)).collect()
    }
}

/// A word's neighbouring letters, its beginning and end marked by a space.
fn pairs(letters: &[char]) -> impl Iterator<Item = (char, char)> + '_ {
    let marked = |at: usize| if at == 0 { ' ' } else { letters.get(at - 1).copied().unwrap_or(' ') };
    (0..=letters.len()).map(move |at| (marked(at), marked(at + 1)))
}

/// A word's groups of three neighbouring letters, its beginning and end marked by a space.
fn threes(letters: &[char]) -> impl Iterator<Item = [char; 3]> + '_ {
    let marked = |at: usize| if at == 0 { ' ' } else { letters.get(at - 1).copied().unwrap_or(' ') };
    (0..letters.len()).map(move |at| [marked(at), marked(at + 1), marked(at + 2)])
}

fn is_swap(one: &[char], other: &[char]) -> bool {
    let differing: Vec<usize> = (0..one.len().min(other.len())).filter(|&at| one[at] != other[at]).collect();
    one.len() == other.len() && matches!(differing[..], [a, b] if b == a + 1 && one[a] == other[b] && one[b] == other[a])
}

#[expect(clippy::cast_possible_truncation, reason = "a vocabulary has far fewer than 2^32 words")]
const fn index(length: usize) -> u32 {
    length as u32
}

#[expect(clippy::cast_precision_loss, reason = "word lengths are small")]
fn ratio(part: usize, whole: usize) -> f32 {
    part as f32 / whole as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon(words: &[&str]) -> Lexicon {
        let mut lexicon = Lexicon::default();
        let terms: Vec<_> = words.iter().map(|word| lexicon.learn(word, || (*word).to_owned())).collect();
        lexicon.count(terms.into_iter());
        lexicon.find_compounds();
        lexicon
    }

    #[test]
    fn an_unknown_word_is_repaired_to_a_known_one() {
        let lexicon = lexicon(&["skriver", "nettverk", "papir", "kart"]);
        for (typed, meant) in [
            ("skirver", Some("skriver")),
            ("netverck", Some("nettverk")),
            ("papri", Some("papir")),
            ("kurt", None),
            ("elefant", None),
        ] {
            assert_eq!(lexicon.repair(typed).map(|term| lexicon.text(term)), meant, "{typed}");
        }
    }

    #[test]
    fn a_compound_is_split_into_what_is_known() {
        let lexicon = lexicon(&["arbeid", "plass", "tilgang", "arbeidsplass"]);
        let parts = |word| lexicon.split(word).map(|(modifier, head)| (lexicon.text(modifier), lexicon.text(head)));
        assert_eq!(parts("arbeidstilgang"), Some(("arbeid", "tilgang")));
        assert_eq!(parts("flyplass"), None);
        assert!(lexicon.term("arbeidsplass").and_then(|term| lexicon.parts_of(term)).is_some());
    }
}
