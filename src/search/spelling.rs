//! Words that are written nearly as known ones: typing errors, and words that only look alike.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::distance::{is_key_slip, typing_errors};
use super::lexicon::{Lexicon, TermId};
use super::vocabulary::{Form, FormId};

/// Words shorter than this are repaired only where one key slipped or two letters changed places.
const REPAIRED_FREELY_FROM: usize = 5;
/// From this length on two errors are repaired.
const TWO_ERRORS_FROM: usize = 8;
/// How many likenesses of an unknown word are taken along.
const MOST_LIKENESSES: usize = 4;

/// A known word that an unknown one resembles.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Likeness {
    pub(crate) term: TermId,
    /// 0 to 1.
    pub(crate) share: f32,
}

/// How near a known word is to what was typed, the nearest first: errors, another first letter, no slip of a key, how many
/// articles have it, which of them is used first.
type Nearness = (usize, bool, bool, Reverse<u32>, u32);

impl Lexicon {
    /// The known word that an unknown one was meant to be: one typing error away, two where it is long.
    pub(crate) fn repair(&self, word: &str) -> Option<TermId> {
        let letters: Vec<char> = word.chars().collect();
        let digits = letters.iter().any(char::is_ascii_digit);
        if digits || letters.len() < 4 {
            return None;
        }
        let most = if letters.len() >= TWO_ERRORS_FROM { 2 } else { 1 };
        let shared = letters.len().saturating_sub(3 * most).max(1);
        let near_in_length = |form: &Form| (form.letters.len().abs_diff(letters.len()) <= most).then_some(shared);
        let near = self.vocabulary().sharing_pairs(&letters, shared, near_in_length).into_iter();
        let repaired = near.filter_map(|(number, _)| self.nearness(number, &letters, most));
        repaired.min().map(|(_, term)| term)
    }

    fn nearness(&self, number: FormId, letters: &[char], most: usize) -> Option<(Nearness, TermId)> {
        let (form, place) = (self.vocabulary().form(number), self.place_of_form(number)?);
        let errors = typing_errors(letters, &form.letters, most)?;
        let slip = is_key_slip(letters, &form.letters);
        let swap = errors == 1 && is_swap(letters, &form.letters);
        let same_start = letters.first() == form.letters.first();
        let freely = letters.len() >= REPAIRED_FREELY_FROM;
        let often = self.articles_with(form.term);
        (freely || slip || swap).then_some(((errors, !same_start, !slip, Reverse(often), place), form.term))
    }

    /// Known words that share at least half of their groups of three letters with `word`, the most alike first.
    pub(crate) fn likenesses(&self, word: &str) -> Vec<Likeness> {
        let letters: Vec<char> = word.chars().collect();
        if letters.len() < REPAIRED_FREELY_FROM || letters.iter().any(char::is_ascii_digit) {
            return Vec::new();
        }
        // Half of both words' groups is a quarter of their sum; a form that shares so many is at least that long itself.
        let half = |form: &Form| Some((letters.len() + form.letters.len()).div_ceil(4));
        let mut best: HashMap<TermId, f32> = HashMap::new();
        for (number, shared) in self.vocabulary().sharing_threes(&letters, letters.len().div_ceil(3), half) {
            let form = self.vocabulary().form(number);
            if self.place_of_form(number).is_some() {
                let known = best.entry(form.term).or_default();
                *known = known.max(ratio(2 * shared, letters.len() + form.letters.len()));
            }
        }
        let mut likenesses: Vec<_> = best.into_iter().map(|(term, share)| Likeness { term, share }).collect();
        let place = |like: &Likeness| self.place_of_term(like.term);
        likenesses.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| place(a).cmp(&place(b))));
        likenesses.truncate(MOST_LIKENESSES);
        likenesses
    }
}

fn is_swap(one: &[char], other: &[char]) -> bool {
    let differing: Vec<usize> = (0..one.len().min(other.len())).filter(|&at| one[at] != other[at]).collect();
    one.len() == other.len() && matches!(differing[..], [a, b] if b == a + 1 && one[a] == other[b] && one[b] == other[a])
}

#[expect(clippy::cast_precision_loss, reason = "word lengths are small")]
fn ratio(part: usize, whole: usize) -> f32 {
    part as f32 / whole as f32
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::tests::lexicon;

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
    fn words_that_share_half_of_their_letter_groups_are_alike() {
        let lexicon = lexicon(&["avspasering", "avspaseringen", "passering", "vask"]);
        let alike: Vec<&str> = lexicon.likenesses("avspasere").iter().map(|like| lexicon.text(like.term)).collect();
        assert_eq!(alike, ["avspasering", "avspaseringen"]);
        assert!(lexicon.likenesses("vaskebøtte").is_empty());
    }
}
