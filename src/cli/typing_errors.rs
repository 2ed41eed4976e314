//! Typing errors, made on purpose: the same for the same text, so that figures can be compared.

/// From this length on a word is long.
const LONG: usize = 5;
/// One word of so many long ones gets an error.
const ONE_OF: usize = 3;
/// The rows of a Nordic keyboard.
const ROWS: [&str; 3] = ["qwertyuiopå", "asdfghjkløæ", "zxcvbnm"];

/// The text with one edit in every third long word, from the first one on: a letter left out, doubled, swapped with the next, or
/// slipped to the key beside it.
pub(super) fn with_typing_errors(text: &str) -> String {
    let mut chance = Chance::of(text);
    let mut long = 0;
    let mut typed: Vec<String> = Vec::new();
    for word in text.split(' ') {
        let is_long = word.chars().filter(|c| c.is_alphanumeric()).count() >= LONG;
        typed.push(if is_long && long % ONE_OF == 0 { mistyped(word, &mut chance) } else { word.to_owned() });
        long += usize::from(is_long);
    }
    typed.join(" ")
}

fn mistyped(word: &str, chance: &mut Chance) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = chance.below(letters.len() - 1);
    match chance.below(4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 => letters.swap(at, at + 1),
        _ => letters[at] = beside(letters[at], chance),
    }
    letters.into_iter().collect()
}

/// The letter on a key beside; the letter itself where it is on none.
fn beside(letter: char, chance: &mut Chance) -> char {
    let lower = letter.to_lowercase().next().unwrap_or(letter);
    let row: Option<Vec<char>> = ROWS.iter().find(|row| row.contains(lower)).map(|row| row.chars().collect());
    let Some(row) = row else { return letter };
    let at = row.iter().position(|key| *key == lower).unwrap_or(0);
    let right = at == 0 || (at + 1 < row.len() && chance.below(2) == 0);
    row[if right { at + 1 } else { at - 1 }]
}

/// Numbers that look drawn by lot, from a text.
struct Chance(u64);

impl Chance {
    /// FNV-1a of the text.
    fn of(text: &str) -> Self {
        let hash = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self(text.bytes().fold(0xcbf2_9ce4_8422_2325, hash))
    }

    /// The next number below `most` (`SplitMix64`).
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % most.max(1) as u64).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_third_long_word_gets_one_error_and_always_the_same() {
        let text = "skriveren på kontoret virker ikke lenger etter oppdateringen, hva gjør jeg";
        let typed = with_typing_errors(text);
        assert_eq!(typed, with_typing_errors(text));
        let changed = |(one, other): &(&str, &str)| one != other;
        let different: Vec<(&str, &str)> = text.split(' ').zip(typed.split(' ')).filter(changed).collect();
        assert!((1..=2).contains(&different.len()), "{typed}");
        assert!(different.iter().all(|(word, _)| *word == "skriveren" || *word == "lenger"), "{different:?}");
        for (word, typed) in different {
            let lengths = word.chars().count().abs_diff(typed.chars().count());
            assert!(lengths <= 1, "{word} {typed}");
        }
    }

    #[test]
    fn short_words_stay() {
        assert_eq!(with_typing_errors("hva er vpn"), "hva er vpn");
        assert_eq!(with_typing_errors(""), "");
    }
}
