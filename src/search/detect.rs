//! Which of the three written forms a text is in: every word speaks for each of them, known words by a table, others by
//! their pairs of letters.
//!
//! No language detection library is asked where this is undecided (one question in twenty): lingua's models take 250 µs a text,
//! and what words and letters leave open, such as a product's name alone, is better settled by the channel's hint.

use std::collections::HashMap;

use crate::domain::explanation::Detected;
use crate::domain::lang::Lang;

use super::text::words;

/// By how much the best language must lead the next, in tenths of a logit: about seven to three.
const LEAD: i32 = 9;

/// What something speaks for bokmål, nynorsk and English, in tenths of a logit.
type Cues = [i32; 3];

/// Knows common words and pairs of letters of the three.
#[derive(Debug)]
pub(crate) struct Detector {
    words: HashMap<&'static str, Cues>,
    letters: HashMap<[char; 2], Cues>,
}

impl Detector {
    pub(crate) fn new() -> Self {
        let pair = |(pair, cues): (&'static str, Cues)| {
            let mut letters = pair.chars();
            Some(([letters.next()?, letters.next()?], cues))
        };
        let words = entries(include_str!("words/detect.words.txt")).collect();
        let letters = entries(include_str!("words/detect.letters.txt")).filter_map(pair).collect();
        Self { words, letters }
    }

    /// The language of a text, where its words tell.
    pub(crate) fn detect(&self, text: &str) -> Detected {
        self.detect_words(&words(text))
    }

    fn detect_words(&self, words: &[String]) -> Detected {
        let cues = sum(words.iter().map(|word| self.of_word(word)));
        Detected { lang: decided(cues), cues }
    }

    fn of_word(&self, word: &str) -> Cues {
        if let Some(cues) = self.words.get(word) {
            return *cues;
        }
        if !word.chars().any(char::is_alphabetic) {
            return Cues::default();
        }
        let letters = || ['<'].into_iter().chain(word.chars());
        let pairs = letters().zip(letters().skip(1).chain(['>']));
        sum(pairs.filter_map(|(one, other)| self.letters.get(&[one, other]).copied()))
    }
}

fn sum(cues: impl Iterator<Item = Cues>) -> Cues {
    cues.fold(Cues::default(), |[nb, nn, en], more| [nb + more[0], nn + more[1], en + more[2]])
}

/// The language that leads clearly.
fn decided(cues: Cues) -> Option<Lang> {
    let mut order = Lang::ALL.map(|lang| (cues[lang as usize], lang));
    order.sort_by_key(|(cue, _)| std::cmp::Reverse(*cue));
    let [(first, lang), (second, _), _] = order;
    (first >= second + LEAD).then_some(lang)
}

/// The rows of a table: what it is about, and what that speaks for each language.
fn entries(table: &'static str) -> impl Iterator<Item = (&'static str, Cues)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut fields = line.split(' ');
        let entry = fields.next()?;
        let mut cue = || fields.next()?.parse().ok();
        Some((entry, [cue()?, cue()?, cue()?]))
    })
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
        ] {
            assert_eq!(detector.detect(text).lang, lang, "{text}");
        }
    }

    #[test]
    fn content_words_and_letters_tell_where_no_closed_class_word_does() {
        let detector = Detector::new();
        for (text, lang) in [
            ("papiret sitter fast i skriveren", Some(Lang::Nb)),
            ("sykehusets vaktordninger", Some(Lang::Nb)),
            ("brukarrettleiingar for lærarane", Some(Lang::Nn)),
            ("sjukemeldingar og eigenmeldingar", Some(Lang::Nn)),
            ("warranty replacement through the supplier", Some(Lang::En)),
        ] {
            assert_eq!(detector.detect(text).lang, lang, "{text}");
        }
    }

    #[test]
    fn words_of_another_language_do_not_turn_a_sentence() {
        let detector = Detector::new();
        for (text, lang) in [
            ("Where do I find the timeliste for my avdeling?", Some(Lang::En)),
            ("hvordan deler jeg skjermen i Teams meeting room", Some(Lang::Nb)),
            ("eg får ikkje lagt til shared mailbox i Outlook", Some(Lang::Nn)),
        ] {
            assert_eq!(detector.detect(text).lang, lang, "{text}");
        }
    }

    #[test]
    fn dialect_counts_as_the_form_it_is_nearest_to() {
        let detector = Detector::new();
        for (text, lang) in
            [("æ får itj te å bruke kalendern", Some(Lang::Nb)), ("eg veit kje koss eg skal få opna døra", Some(Lang::Nn))]
        {
            assert_eq!(detector.detect(text).lang, lang, "{text}");
        }
    }

    #[test]
    fn what_does_not_tell_is_left_undecided() {
        let detector = Detector::new();
        for text in ["outlook", "vpn 809", "", "👍", "Teams, Excel og PowerPoint"] {
            assert_eq!(detector.detect(text).lang, None, "{text}");
        }
    }
}
