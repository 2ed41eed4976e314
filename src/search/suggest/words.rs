//! How well a word that is being typed fits a word that stands in a phrase.

use super::super::analysis::{Analysis, Family};
use super::super::distance::typing_errors;
use super::Reading;

/// The share of every phrase in one word of the field: that of the phrase's word that fits best, and where it stands.
pub(super) struct Fits {
    best: Vec<(f32, usize)>,
    reached: Vec<usize>,
}

/// A word that stands in phrases.
#[derive(Debug)]
pub(super) struct Known {
    text: String,
    /// The same as somebody without æ, ø and å on their keyboard writes it.
    plain: String,
    letters: Vec<char>,
    normals: [String; Family::ALL.len()],
    places: Vec<(usize, usize)>,
}

/// A word of the field.
pub(super) struct Typed<'t> {
    text: &'t str,
    plain: String,
    letters: Vec<char>,
    normals: [String; Family::ALL.len()],
    /// The normal forms of words that mean the same, by family.
    meanings: [Vec<&'t str>; Family::ALL.len()],
    unfinished: bool,
    /// Whether it says nothing of the matter.
    pub(super) says_nothing: bool,
}

/// From this length on, in letters, a word is looked for inside others: a compound's later part, or one with a compound before it.
const PART: usize = 4;
/// From this length on a word may be an earlier part of the typed compound.
const EARLIER_PART: usize = 5;
/// From this length on typing errors are passed over; two of them from the second on.
const ONE_ERROR: usize = 4;
const TWO_ERRORS: usize = 8;

const SAME: f32 = 1.0;
const SAME_BUT_FOR_LETTERS: f32 = 0.95;
const BEGINS: f32 = 0.9;
const SAME_NORMAL: f32 = 0.85;
const MEANS_THE_SAME: f32 = 0.6;
const HAS_IT_INSIDE: f32 = 0.6;
const IS_A_PART: f32 = 0.5;
const AN_ERROR: [f32; 2] = [0.65, 0.5];

impl Fits {
    /// So many phrases, none of which fits yet.
    pub(super) fn none(phrases: usize) -> Self {
        Self { best: vec![(0.0, 0); phrases], reached: Vec::new() }
    }

    /// None fits any more.
    pub(super) fn clear(&mut self) {
        for phrase in self.reached.drain(..) {
            self.best[phrase] = (0.0, 0);
        }
    }

    /// The phrases of a word have this share.
    pub(super) fn add(&mut self, known: &Known, share: f32) {
        if share == 0.0 {
            return;
        }
        for &(phrase, at) in &known.places {
            if self.best[phrase].0 == 0.0 {
                self.reached.push(phrase);
            }
            if share > self.best[phrase].0 {
                self.best[phrase] = (share, at);
            }
        }
    }

    /// How many phrases have the word.
    pub(super) fn len(&self) -> usize {
        self.reached.len()
    }

    /// The phrases that have the word, each with its share and where the word stands.
    pub(super) fn phrases(&self) -> impl Iterator<Item = (usize, f32, usize)> {
        self.reached.iter().map(|&phrase| (phrase, self.best[phrase].0, self.best[phrase].1))
    }
}

impl Known {
    /// A word that stands nowhere yet.
    pub(super) fn new(text: &str, analysis: &Analysis) -> Self {
        let plain = plain(text);
        let letters = plain.chars().collect();
        let normals = Family::ALL.map(|family| analysis.normal(family, text));
        Self { text: text.to_owned(), plain, letters, normals, places: Vec::new() }
    }

    /// It stands in this phrase, after so many words.
    pub(super) fn stands_in(&mut self, phrase: usize, at: usize) {
        self.places.push((phrase, at));
    }
}

impl<'t> Typed<'t> {
    /// The first of these words; `unfinished` where more letters may come.
    pub(super) fn new(words: &'t [String], unfinished: bool, reading: Reading<'t>) -> Self {
        let Reading { analysis, concepts } = reading;
        let text = words.first().map_or("", String::as_str);
        let plain = plain(text);
        let letters = plain.chars().collect();
        let normals = Family::ALL.map(|family| analysis.normal(family, text));
        let meanings = Family::ALL.map(|family| concepts.find(family, words, analysis).unwrap_or_default().meanings);
        let says_nothing = !unfinished && analysis.is_stop_anywhere(text);
        Self { text, plain, letters, normals, meanings, unfinished, says_nothing }
    }

    /// How well it fits a word, 0 to 1; typing errors are not looked for.
    pub(super) fn likeness(&self, known: &Known) -> f32 {
        if self.text == known.text {
            return SAME;
        }
        if self.plain == known.plain {
            return SAME_BUT_FOR_LETTERS;
        }
        if self.says_nothing {
            return 0.0;
        }
        if known.plain.starts_with(&self.plain) && (self.unfinished || self.letters.len() >= PART) {
            return BEGINS;
        }
        let of_family = |family: Family| {
            let normal = &known.normals[family as usize];
            if *normal == self.normals[family as usize] {
                return SAME_NORMAL;
            }
            if self.meanings[family as usize].contains(&normal.as_str()) { MEANS_THE_SAME } else { 0.0 }
        };
        let by_meaning = Family::ALL.map(of_family).into_iter().fold(0.0, f32::max);
        by_meaning.max(self.likeness_of_parts(known))
    }

    /// `passord` in `brukerpassord`, and in `passordbytte` that somebody typed.
    fn likeness_of_parts(&self, known: &Known) -> f32 {
        if self.letters.len() >= PART && known.letters.len() > self.letters.len() && known.plain.contains(&self.plain) {
            return HAS_IT_INSIDE;
        }
        let is_part = known.letters.len() >= EARLIER_PART
            && self.letters.len() >= known.letters.len() + PART
            && (self.plain.starts_with(&known.plain) || self.plain.ends_with(&known.plain));
        if is_part { IS_A_PART } else { 0.0 }
    }

    /// How well it fits the beginning of a word that it was meant to be, 0 to 1.
    pub(super) fn likeness_in_spite_of_errors(&self, known: &Known) -> f32 {
        let typed = self.letters.len();
        if typed < ONE_ERROR || known.letters.len() + 1 < typed || known.letters[0] != self.letters[0] && typed < TWO_ERRORS {
            return 0.0;
        }
        let most = if typed >= TWO_ERRORS { 2 } else { 1 };
        let longest = if self.unfinished { (typed + 1).min(known.letters.len()) } else { known.letters.len() };
        let shortest = if self.unfinished { (typed - 1).min(longest) } else { longest };
        let errors = (shortest..=longest).filter_map(|end| typing_errors(&self.letters, &known.letters[..end], most)).min();
        errors.map_or(0.0, |errors| AN_ERROR[errors.saturating_sub(1).min(1)])
    }
}

/// `påloggingsfeil`, `paaloggingsfeil` and `paloggingsfeil` are one.
fn plain(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            'å' | 'æ' => plain.push('a'),
            'ø' => plain.push('o'),
            'a' if plain.ends_with('a') => {}
            'e' if plain.ends_with(['a', 'o']) => {}
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn words_meet_without_the_nordic_letters() {
        for spellings in
            [["pålogging", "paalogging", "palogging"], ["nøkkel", "noekkel", "nokkel"], ["lærling", "laerling", "larling"]]
        {
            assert!(spellings.iter().all(|word| plain(word) == spellings[2]), "{spellings:?}");
        }
    }
}
