//! Which kinds of words a message has, and where: everyone, a ward, a failure, a colleague, a joke.

use std::collections::HashMap;

use super::super::distance::typing_errors;
use super::tables::entries;

/// From how many letters on a listed word may have one typing error.
const FORGIVING_FROM: usize = 6;
/// The shortest written word that is taken for a listed one with a typing error, in letters.
const REPAIRED_FROM: usize = 5;
/// The shortest listed beginning of a word, in letters.
const SHORTEST_BEGINNING: usize = 3;
/// How near two words are that speak together, in words.
const REACH: usize = 4;
/// How many words are the start of a message.
const START: usize = 2;
/// From which number on it counts as a crowd.
const CROWD: u32 = 10;

/// A set of kinds of words; a kind is a bit.
pub(crate) type Kinds = u128;

/// Knows which words are of which kinds.
#[derive(Debug)]
pub(crate) struct Signs {
    names: Vec<&'static str>,
    whole: HashMap<&'static str, Kinds>,
    beginnings: HashMap<&'static str, Kinds>,
    /// Listed words by what is left of them without one letter.
    shortened: HashMap<String, Vec<&'static str>>,
}

impl Signs {
    pub(crate) fn new() -> Self {
        Self::of(include_str!("signs.txt"), 0)
    }

    /// The kinds that count only where words are overheard; their bits are none of the others'.
    pub(crate) fn of_help(&self) -> Self {
        Self::of(include_str!("help.words.txt"), self.names.len())
    }

    fn of(table: &'static str, before: usize) -> Self {
        let names = vec![""; before];
        let mut signs = Self { names, whole: HashMap::new(), beginnings: HashMap::new(), shortened: HashMap::new() };
        for (name, words) in entries(table) {
            let kind = 1 << signs.names.len();
            signs.names.push(name);
            words.split_whitespace().for_each(|word| signs.add(word, kind));
        }
        signs
    }

    fn add(&mut self, word: &'static str, kind: Kinds) {
        if let Some(beginning) = word.strip_suffix('~') {
            *self.beginnings.entry(beginning).or_default() |= kind;
            return;
        }
        let known = self.whole.insert(word, kind | self.whole.get(word).copied().unwrap_or_default()).is_some();
        if !known && word.chars().count() >= FORGIVING_FROM {
            let mut forms = shortened(word);
            forms.push(word.to_owned());
            for form in forms {
                self.shortened.entry(form).or_default().push(word);
            }
        }
    }

    /// The kind with this name; none at all where no word is of it.
    pub(crate) fn kind(&self, name: &str) -> Kinds {
        self.names.iter().position(|known| *known == name).map_or(0, |bit| 1 << bit)
    }

    /// What kinds of words a message has, word by word.
    pub(crate) fn read(&self, words: &[String]) -> Seen {
        let (everyone, others) = (self.kind("everyone"), self.kind("people") | self.kind("place") | self.kind("system"));
        let others = others | self.kind("lifeline") | self.kind("acute");
        let mut kinds: Vec<Kinds> = words.iter().map(|word| self.of_word(word)).collect();
        for at in 0..words.len() {
            let next = kinds.get(at + 1).copied().unwrap_or_default();
            if kinds[at] & everyone != 0 && is_not_of_people(&words[at..], next & others != 0) {
                kinds[at] &= !everyone;
            }
        }
        Seen { kinds }
    }

    fn of_word(&self, word: &str) -> Kinds {
        let beginnings = word.char_indices().map(|(at, c)| &word[..at + c.len_utf8()]).skip(SHORTEST_BEGINNING - 1);
        let begun = beginnings.filter_map(|beginning| self.beginnings.get(beginning)).fold(0, |kinds, more| kinds | more);
        let known = begun | self.whole.get(word).copied().unwrap_or_default();
        match word.parse::<u32>() {
            Ok(number) if number >= CROWD => known | self.kind("crowd"),
            Err(_) if known == 0 => self.repaired(word),
            _ => known,
        }
    }

    /// The kinds of the listed words that are one typing error away; another ending is another word.
    fn repaired(&self, word: &str) -> Kinds {
        if word.chars().count() < REPAIRED_FROM {
            return 0;
        }
        let letters = |word: &str| word.chars().collect::<Vec<_>>();
        let ends = |word: &str| (word.chars().next(), word.chars().next_back());
        let mut forms = shortened(word);
        forms.push(word.to_owned());
        let near = forms.iter().filter_map(|form| self.shortened.get(form)).flatten();
        let meant =
            near.filter(|listed| ends(listed) == ends(word) && typing_errors(&letters(listed), &letters(word), 1).is_some());
        meant.fold(0, |kinds, listed| kinds | self.whole.get(listed).copied().unwrap_or_default())
    }
}

/// The kinds of words in a message, in the order of the words.
#[derive(Debug)]
pub(crate) struct Seen {
    kinds: Vec<Kinds>,
}

impl Seen {
    /// The same words, with the kinds that others see in them as well.
    pub(crate) fn and(mut self, others: &Self) -> Self {
        self.kinds.iter_mut().zip(&others.kinds).for_each(|(kinds, more)| *kinds |= more);
        self
    }

    /// Whether any word is of a kind.
    pub(crate) fn has(&self, kind: Kinds) -> bool {
        self.kinds.iter().any(|kinds| kinds & kind != 0)
    }

    /// Whether one of the first words is of a kind.
    pub(crate) fn starts_with(&self, kind: Kinds) -> bool {
        self.kinds.iter().take(START).any(|kinds| kinds & kind != 0)
    }

    /// Whether words of two kinds stand near each other.
    pub(crate) fn has_near(&self, one: Kinds, other: Kinds) -> bool {
        let of_one = self.kinds.iter().enumerate().filter(|(_, kinds)| **kinds & one != 0);
        of_one.into_iter().any(|(at, _)| {
            let near = at.saturating_sub(REACH)..(at + REACH + 1).min(self.kinds.len());
            near.into_iter().any(|there| there != at && self.kinds[there] & other != 0)
        })
    }
}

/// "All *my* files", "all the *time*", "all the *buttons*" and "no *sound*" are not about people; `words` begins at "all".
fn is_not_of_people(words: &[String], people_follow: bool) -> bool {
    let is_in = |list: &str, word: &str| list.split(' ').any(|listed| listed == word);
    let next = words.get(1).map_or("", String::as_str);
    let plural = ["ene", "ane", "s"].iter().any(|ending| next.ends_with(ending)) && next.chars().count() > 3;
    let of_things = matches!(words[0].as_str(), "alle" | "all" | "alt") && plural && !people_follow;
    let narrowed = words.iter().skip(1).take(2).any(|word| is_in(NOT_OF_PEOPLE, word));
    of_things || narrowed || (words[0] == "ingen" && !is_in(FOLLOWS_NO_ONE, next))
}

/// The forms of a word with one letter left out.
fn shortened(word: &str) -> Vec<String> {
    word.char_indices().map(|(at, c)| [&word[..at], &word[at + c.len_utf8()..]].concat()).collect()
}

/// What follows "all" where it does not mean people: what is one's own, and time.
const NOT_OF_PEOPLE: &str = "min mi mine mitt my andre others tatt teke tiden tida time dagen day natten natta night uken uka uke \
    veka week veien vegen way gang gangen morgen morgon kveld dag";

/// What follows "ingen" where it means people.
const FOLLOWS_NO_ONE: &str = "på i av her hos hjå kommer kjem får fær kan klarer klarar greier greier har når som andre vet veit \
    svarer svarar ser";
