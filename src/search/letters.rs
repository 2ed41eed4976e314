//! Groups of four letters: what words with typing errors, other endings or other spellings still share.

use super::analysis::Analysis;

/// How many letters a group has; a word's beginning and end count as one each.
const GROUP: usize = 4;
/// How many different last bits of packed groups are told apart.
const LAST_BITS: usize = 4_096;

/// The distinct letter groups of a text, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Letters(Vec<u32>);

impl Letters {
    /// The groups of the words that say something in either family.
    pub(crate) fn of(words: &[String], analysis: &Analysis) -> Self {
        let telling = words.iter().filter(|word| !analysis.is_stop_anywhere(word));
        let mut groups: Vec<u32> = telling.flat_map(|word| groups(word)).collect();
        groups.sort_unstable();
        groups.dedup();
        Self(groups)
    }

    /// The groups.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().copied()
    }
}

/// The letter groups of a question, to be compared with those of many texts.
#[derive(Clone, Debug)]
pub(crate) struct Sought {
    pub(crate) letters: Letters,
    /// Which last bits its groups have: most groups of other texts are told apart by them.
    last_bits: Vec<bool>,
}

impl Sought {
    pub(crate) fn new(letters: Letters) -> Self {
        let mut last_bits = vec![false; LAST_BITS];
        for group in letters.iter() {
            last_bits[group as usize % LAST_BITS] = true;
        }
        Self { letters, last_bits }
    }

    /// How many groups a text shares with the question of what they could, 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "a text has far fewer than 2^23 letters")]
    pub(crate) fn likeness(&self, text: &Letters) -> f32 {
        let (own, others) = (&self.letters.0[..], &text.0[..]);
        let possible = others.iter().filter(|group| self.last_bits[**group as usize % LAST_BITS]);
        let shared = possible.filter(|group| own.binary_search(group).is_ok()).count();
        let possible = (own.len() as f32 * others.len() as f32).sqrt();
        if possible > 0.0 { shared as f32 / possible } else { 0.0 }
    }
}

/// Every group of a word, packed into a number.
fn groups(word: &str) -> Vec<u32> {
    let letters: Vec<char> = [' '].into_iter().chain(word.chars()).chain([' ']).collect();
    let packed = |group: &[char]| group.iter().fold(0_u32, |packed, &c| packed.wrapping_mul(0x0100_0193) ^ u32::from(c));
    if letters.len() <= GROUP { vec![packed(&letters)] } else { letters.windows(GROUP).map(packed).collect() }
}

#[cfg(test)]
mod tests {
    use super::super::text::words;
    use super::*;

    fn likeness(one: &str, other: &str) -> f32 {
        let analysis = Analysis::new();
        Sought::new(Letters::of(&words(one), &analysis)).likeness(&Letters::of(&words(other), &analysis))
    }

    #[test]
    fn a_typing_error_leaves_most_groups_alone() {
        assert!((likeness("skriveren", "skriveren") - 1.0).abs() < f32::EPSILON);
        let (near, far) = (likeness("skriverren er tom", "skriveren"), likeness("kaffemaskin", "skriveren"));
        assert!(near > 0.4 && far < 0.1, "{near} {far}");
        assert!(likeness("pc", "PC-en") > 0.9);
        assert!(likeness("", "skriver").abs() < f32::EPSILON);
    }
}
