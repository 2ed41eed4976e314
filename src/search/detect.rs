//! Which of the three written forms a text is in: closed-class words, then endings and letters.

use std::collections::HashMap;

use crate::domain::lang::Lang;

use super::text::words;

/// What a word counts that is in one language's list only, and one that is in two.
const SURE: u32 = 4;
const SHARED: u32 = 2;
/// What an ending or a letter counts.
const HINT: u32 = 1;
/// How strong the best language must be, and by how much it must lead.
const LEAST: u32 = 1;
const LEAD: u32 = 1;

/// Endings of longer words, for bokmål, nynorsk and English.
const ENDINGS: [&[&str]; 3] = [
    &["het", "lig", "ene", "heten", "eren", "ingen"],
    &["leg", "ane", "inga", "heit", "leik", "aren", "ar"],
    &["tion", "ght", "ould"],
];
/// The shortest word whose ending is looked at, in letters.
const LONG: usize = 5;

/// Which language a text was taken for, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detected {
    /// The language; `None` where the text does not tell.
    pub lang: Option<Lang>,
    /// How strongly words and letters spoke for bokmål, nynorsk and English.
    pub cues: [u32; 3],
}

/// Knows the closed-class words of the three.
#[derive(Debug)]
pub(crate) struct Detector {
    listed: HashMap<&'static str, [bool; 3]>,
}

impl Detector {
    pub(crate) fn new() -> Self {
        let lists =
            [include_str!("words/detect.nb.txt"), include_str!("words/detect.nn.txt"), include_str!("words/detect.en.txt")];
        let mut listed: HashMap<&'static str, [bool; 3]> = HashMap::new();
        for (number, list) in lists.into_iter().enumerate() {
            for word in list.split_whitespace() {
                listed.entry(word).or_default()[number] = true;
            }
        }
        Self { listed }
    }

    /// The language of a text, where its words tell.
    pub(crate) fn detect(&self, text: &str) -> Detected {
        let mut cues = [0; 3];
        for word in words(text) {
            let of_word = self.cues(&word);
            cues.iter_mut().zip(of_word).for_each(|(cue, more)| *cue += more);
        }
        Detected { lang: decided(cues), cues }
    }

    fn cues(&self, word: &str) -> [u32; 3] {
        if let Some(listed) = self.listed.get(word) {
            let count = listed.iter().filter(|listed| **listed).count();
            return listed.map(|listed| {
                if !listed {
                    0
                } else if count == 1 {
                    SURE
                } else {
                    SHARED
                }
            });
        }
        let long = word.chars().count() >= LONG;
        let mut cues = ENDINGS.map(|endings| if long && endings.iter().any(|ending| word.ends_with(ending)) { HINT } else { 0 });
        if word.contains(['æ', 'ø', 'å']) {
            cues[0] += SHARED;
            cues[1] += SHARED;
        }
        cues
    }
}

/// The language that leads. Where bokmål and nynorsk share what there is, it is bokmål only if nothing speaks for nynorsk alone.
fn decided(cues: [u32; 3]) -> Option<Lang> {
    let mut order = Lang::ALL.map(|lang| (cues[lang as usize], lang));
    order.sort_by_key(|(cue, _)| std::cmp::Reverse(*cue));
    let [(first, lang), (second, _), _] = order;
    (first >= LEAST && first >= second + LEAD).then_some(lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_are_told_apart() {
        let detector = Detector::new();
        for (text, lang) in [
            ("Hvorfor får jeg ikke åpnet filen?", Some(Lang::Nb)),
            ("Kvifor får eg ikkje opna fila?", Some(Lang::Nn)),
            ("Why can't I open the file?", Some(Lang::En)),
            ("Skrivaren på kontoret mitt verkar ikkje", Some(Lang::Nn)),
            ("Får ikke logget inn", Some(Lang::Nb)),
            ("screen is black", Some(Lang::En)),
            ("outlook", None),
            ("vpn 809", None),
            ("", None),
        ] {
            assert_eq!(detector.detect(text).lang, lang, "{text}");
        }
    }
}
