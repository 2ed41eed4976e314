//! Every word that was read, with a number: normal forms, written forms, and which of these share letters.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

/// A normal form's number in its vocabulary.
pub(crate) type TermId = u32;
/// A written form's number in its vocabulary.
pub(crate) type FormId = u32;

/// The words of one family. It only grows, so that what was read with it stays right when more is read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    terms: HashMap<Arc<str>, TermId>,
    texts: Vec<Arc<str>>,
    forms: Vec<Form>,
    form_of: HashMap<Arc<str>, FormId>,
    forms_with_pair: HashMap<[char; 2], Vec<FormId>>,
    forms_with_three: HashMap<[char; 3], Vec<FormId>>,
}

/// A word as it is written.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    pub(crate) letters: Box<[char]>,
    pub(crate) term: TermId,
}

impl Vocabulary {
    /// The number of a written word, which is added where it is new.
    pub(crate) fn learn(&mut self, form: &str, normal: &str) -> FormId {
        if let Some(&known) = self.form_of.get(form) {
            return known;
        }
        let term = self.learn_term(normal);
        let number = index(self.forms.len());
        let letters: Box<[char]> = form.chars().collect();
        note(&mut self.forms_with_pair, pairs(&letters), number);
        note(&mut self.forms_with_three, threes(&letters), number);
        self.forms.push(Form { letters, term });
        self.form_of.insert(form.into(), number);
        number
    }

    /// The number of a normal form, which is added where it is new.
    pub(crate) fn learn_term(&mut self, normal: &str) -> TermId {
        if let Some(&term) = self.terms.get(normal) {
            return term;
        }
        let (term, text) = (index(self.texts.len()), Arc::<str>::from(normal));
        self.texts.push(Arc::clone(&text));
        self.terms.insert(text, term);
        term
    }

    /// The term with this normal form.
    pub(crate) fn term(&self, normal: &str) -> Option<TermId> {
        self.terms.get(normal).copied()
    }

    /// The number of a written word.
    pub(crate) fn written(&self, form: &str) -> Option<FormId> {
        self.form_of.get(form).copied()
    }

    /// A term's normal form.
    pub(crate) fn text(&self, term: TermId) -> &str {
        &self.texts[term as usize]
    }

    /// A written word.
    pub(crate) fn form(&self, form: FormId) -> &Form {
        &self.forms[form as usize]
    }

    /// How many normal forms there are.
    pub(crate) const fn terms(&self) -> usize {
        self.texts.len()
    }

    /// How many written forms there are.
    pub(crate) const fn forms(&self) -> usize {
        self.forms.len()
    }

    /// The forms that share at least `least` of a word's distinct pairs of letters, and what `enough` asks for of the form;
    /// with how many they share.
    pub(crate) fn sharing_pairs(
        &self,
        letters: &[char],
        least: usize,
        enough: impl Fn(&Form) -> Option<usize>,
    ) -> Vec<(FormId, usize)> {
        self.sharing(lists(&self.forms_with_pair, pairs(letters)), least, enough)
    }

    /// The same for groups of three letters.
    pub(crate) fn sharing_threes(
        &self,
        letters: &[char],
        least: usize,
        enough: impl Fn(&Form) -> Option<usize>,
    ) -> Vec<(FormId, usize)> {
        self.sharing(lists(&self.forms_with_three, threes(letters)), least, enough)
    }

    /// Whatever is in `least` of the lists is in one of the shorter ones as well when `least - 1` are set aside: only these are
    /// gone through, and what is found in them is looked up in the long ones.
    fn sharing(&self, mut lists: Vec<&[FormId]>, least: usize, enough: impl Fn(&Form) -> Option<usize>) -> Vec<(FormId, usize)> {
        lists.sort_unstable_by_key(|list| list.len());
        let (short, long) = lists.split_at((lists.len() + 1).saturating_sub(least.max(1)));
        let (mut counts, mut touched) = (vec![0_u8; self.forms.len()], Vec::new());
        for &form in short.iter().copied().flatten() {
            let count = &mut counts[form as usize];
            if *count == 0 {
                touched.push(form);
            }
            *count = count.saturating_add(1);
        }
        let complete = |form: FormId| {
            let enough = enough(self.form(form))?.max(least);
            let mut shared = usize::from(counts[form as usize]);
            for (at, list) in long.iter().enumerate() {
                if shared + long.len() - at < enough {
                    return None;
                }
                shared += usize::from(list.binary_search(&form).is_ok());
            }
            (shared >= enough).then_some((form, shared))
        };
        touched.into_iter().filter_map(complete).collect()
    }
}

fn note<K: Eq + Hash>(forms_with: &mut HashMap<K, Vec<FormId>>, groups: impl Iterator<Item = K>, form: FormId) {
    for group in groups {
        let forms = forms_with.entry(group).or_default();
        if forms.last() != Some(&form) {
            forms.push(form);
        }
    }
}

/// The forms with each of a word's distinct groups of letters; the numbers of each rise.
fn lists<K: Eq + Hash + Ord>(forms_with: &HashMap<K, Vec<FormId>>, groups: impl Iterator<Item = K>) -> Vec<&[FormId]> {
    let mut groups: Vec<K> = groups.collect();
    groups.sort_unstable();
    groups.dedup();
    groups.iter().map(|group| forms_with.get(group).map_or(&[][..], Vec::as_slice)).collect()
}

/// A word's neighbouring letters, its beginning and end marked by a space.
fn pairs(letters: &[char]) -> impl Iterator<Item = [char; 2]> + '_ {
    (0..=letters.len()).map(move |at| [marked(letters, at), marked(letters, at + 1)])
}

/// A word's groups of three neighbouring letters, its beginning and end marked by a space.
fn threes(letters: &[char]) -> impl Iterator<Item = [char; 3]> + '_ {
    (0..letters.len()).map(move |at| [marked(letters, at), marked(letters, at + 1), marked(letters, at + 2)])
}

/// The letter before a place; a space before the first and after the last.
fn marked(letters: &[char], at: usize) -> char {
    if at == 0 { ' ' } else { letters.get(at - 1).copied().unwrap_or(' ') }
}

#[expect(clippy::cast_possible_truncation, reason = "a vocabulary has far fewer than 2^32 words")]
const fn index(length: usize) -> u32 {
    length as u32
}
