//! Generated tickets in three languages.

use std::collections::BTreeSet;
use std::time::Duration;

use firstline::domain::ids::{GroupId, TicketId, TicketNumber};
use firstline::domain::lang::Lang;
use firstline::domain::message::Redacted;
use firstline::domain::time::Timestamp;
use firstline::ports::PastTicket;
use firstline::testing::checkout;

/// How many groups solve tickets.
pub(crate) const GROUPS: usize = 326;
/// When they are looked for.
pub(crate) const NOW: Timestamp = Timestamp::from_micros(1_795_417_200_000_000);

/// The group with this number.
pub(crate) fn group(number: usize) -> GroupId {
    GroupId::new(format!("group-{number}"))
}

/// Words that make a text of a language, between those that say what it is about.
const LITTLE: [&[&str]; 3] = [
    &["jeg", "får", "ikke", "på", "det", "er", "når", "og", "hva", "kan", "må", "etter", "til", "som"],
    &["eg", "får", "ikkje", "på", "det", "er", "når", "og", "kva", "kan", "må", "etter", "til", "som"],
    &["I", "cannot", "the", "is", "when", "and", "what", "can", "my", "after", "to", "it", "with", "does"],
];

/// Syllables of the words that a language has besides.
const SYLLABLES: [&str; 24] = [
    "ka", "lom", "ster", "vik", "dro", "fal", "gren", "hus", "jor", "kvel", "lag", "mer", "nok", "pil", "rust", "sel", "tan",
    "ulv", "vass", "bryt", "dal", "eng", "fisk", "glo",
];
/// How many such words there are.
const MADE: usize = 60_000;

/// Makes tickets, always the same ones.
pub(crate) struct Tickets {
    chance: Chance,
    /// Words of each language, the most frequent first.
    words: [Vec<String>; 3],
    made: i64,
}

impl Default for Tickets {
    fn default() -> Self {
        let words = Lang::ALL.map(|lang| {
            let known = of_articles(lang);
            known.into_iter().chain((0..MADE).map(word)).collect()
        });
        Self { chance: Chance(0x5EED), words, made: 0 }
    }
}

impl Tickets {
    /// The next solved ticket.
    pub(crate) fn solved(&mut self) -> PastTicket {
        self.made += 1;
        let lang = self.lang();
        let (asked, answered) = (self.text(lang, 6, 18), self.text(lang, 8, 40));
        let age = Duration::from_mins(u64::try_from(self.chance.below(3 * 365 * 24 * 60)).unwrap_or_default());
        PastTicket {
            id: TicketId::new(self.made),
            number: TicketNumber::new(1_000 + self.made),
            question: Redacted::vouched(asked),
            resolution: Redacted::vouched(answered),
            lang,
            group: group(self.chance.below(GROUPS)),
            resolved_by: format!("Operator {}", self.chance.below(900)),
            resolved_at: NOW.before(age),
        }
    }

    /// A question like those of the tickets.
    pub(crate) fn question(&mut self) -> Redacted {
        let lang = self.lang();
        Redacted::vouched(self.text(lang, 6, 18))
    }

    /// Six of ten are in bokmål, three in nynorsk, one in English.
    fn lang(&mut self) -> Lang {
        match self.chance.below(10) {
            0..=5 => Lang::Nb,
            6..=8 => Lang::Nn,
            _ => Lang::En,
        }
    }

    /// So many words, about half of which say something, and now and then a system's name or a room's number.
    fn text(&mut self, lang: Lang, least: usize, most: usize) -> String {
        let mut text = String::new();
        for _ in 0..least + self.chance.below(most - least) {
            let word = match self.chance.below(20) {
                0..=8 => LITTLE[lang as usize][self.chance.below(LITTLE[lang as usize].len())].to_owned(),
                9 => format!("Fagsystem{}", self.chance.frequent(3_000)),
                10 => format!("rom {}", self.chance.below(4_000)),
                _ => {
                    let nth = self.chance.frequent(self.words[lang as usize].len());
                    self.words[lang as usize][nth].clone()
                }
            };
            text.push_str(&word);
            text.push(' ');
        }
        text
    }
}

/// A word made of syllables.
fn word(number: usize) -> String {
    let (mut rest, mut word) = (number + 500, String::new());
    while rest > 0 {
        word.push_str(SYLLABLES[rest % SYLLABLES.len()]);
        rest /= SYLLABLES.len();
    }
    word
}

/// The longer words of the sample articles in a language.
fn of_articles(lang: Lang) -> Vec<String> {
    let folder = checkout().join("kb").join(lang.code());
    let files: BTreeSet<_> = std::fs::read_dir(folder).expect("the sample articles").flatten().map(|file| file.path()).collect();
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    for text in files.iter().filter_map(|file| std::fs::read_to_string(file).ok()) {
        let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 4);
        words.for_each(|word| *counts.entry(word.to_lowercase()).or_default() += 1);
    }
    let mut words: Vec<(String, usize)> = counts.into_iter().collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words.into_iter().map(|(word, _)| word).collect()
}

/// Chance that comes out the same each time (xorshift).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).unwrap_or(1).max(1)).unwrap_or_default()
    }

    /// A place in a list, the front ones as much more often as in a language (Zipf): every octave of places alike often.
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a list")]
    fn frequent(&mut self, end: usize) -> usize {
        let share = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        let place = ((end + 1) as f64).powf(share) - 1.0;
        (place as usize).min(end.saturating_sub(1))
    }
}
