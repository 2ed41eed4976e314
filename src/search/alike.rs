//! Questions that ask for the same thing, put together by the words they share.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::domain::gap::Alike;
use crate::domain::lang::Lang;

use super::SearchIndex;
use super::analysis::{Analysis, Family};
use super::text::words;

/// How alike a question must be to those of a group on average, 0 to 1, to be one of them.
const ALIKE: f32 = 0.4;

/// What a word counts that says in what state a thing is rather than which thing.
const GENERIC: f32 = 0.3;

/// What a word counts that no other question has: it can only keep questions apart.
const LONE: f32 = 0.7;

/// How many shared words a group is described by at most.
const SHARED: usize = 6;

/// A word of a question: the form in which words of one meaning meet, and how it was written.
type Word = (String, String);

/// A question as its words' weights, in the order of the words' numbers; its length is 1, or 0 without any words.
type Direction = Vec<(usize, f32)>;

/// Questions that were put together so far.
#[derive(Debug, Default)]
struct Group {
    members: Vec<usize>,
    /// How many they are.
    size: f32,
    sum: HashMap<usize, f32>,
}

impl SearchIndex {
    /// Puts questions together that are alike, whatever language they are in; largest groups first, the same list always in
    /// the same way. Each question is in one group. The time it takes grows with the questions times the groups.
    #[must_use]
    pub fn group_alike(&self, questions: &[&str]) -> Vec<Alike> {
        let read = |text: &&str| {
            let words = words(text);
            read(&words, self.detector.detect(text).lang, &self.analysis)
        };
        let questions: Vec<Vec<Word>> = questions.iter().map(read).collect();
        group(&questions, |normal| self.analysis.is_generic(normal))
    }
}

fn read(words: &[String], lang: Option<Lang>, analysis: &Analysis) -> Vec<Word> {
    let family = Family::of(lang.unwrap_or_default());
    let normal = |word: &String| match family {
        Family::Norwegian => analysis.normal(family, word),
        Family::English => analysis.in_norwegian(word).first().cloned().unwrap_or_else(|| analysis.normal(family, word)),
    };
    words.iter().filter(|word| !analysis.is_stop(family, word)).map(|word| (normal(word), word.clone())).collect()
}

fn group(questions: &[Vec<Word>], is_generic: impl Fn(&str) -> bool) -> Vec<Alike> {
    let directions = directions(questions, is_generic);
    let mut groups = put_together(&directions);
    for Group { members, sum, .. } in &mut groups {
        members.sort_by(|a, b| dot(&directions[*b], sum).total_cmp(&dot(&directions[*a], sum)).then(a.cmp(b)));
    }
    let described = |Group { members, .. }| Alike { words: shared(&members, questions), members };
    let mut alike: Vec<Alike> = groups.into_iter().map(described).collect();
    alike.sort_by_key(|alike| (std::cmp::Reverse(alike.members.len()), alike.members.iter().min().copied()));
    alike
}

/// Rare words count up to twice as much as the most frequent one: what many ask about is frequent here and still what
/// they ask about.
fn directions(questions: &[Vec<Word>], is_generic: impl Fn(&str) -> bool) -> Vec<Direction> {
    let own = |words: &[Word]| words.iter().map(|(normal, _)| normal.clone()).collect::<BTreeSet<String>>();
    let words: Vec<BTreeSet<String>> = questions.iter().map(|words| own(words)).collect();
    let mut frequency: BTreeMap<&str, f32> = BTreeMap::new();
    for word in words.iter().flatten() {
        *frequency.entry(word).or_default() += 1.0;
    }
    let all = frequency.values().fold(2.0_f32, |most, count| most.max(*count));
    let weight = |word: &str, count: f32| {
        let rarity = 1.0 - count.ln() / all.ln();
        let weight = if count > 1.0 { 1.0 + rarity } else { LONE };
        if is_generic(word) { weight * GENERIC } else { weight }
    };
    let numbered = frequency.iter().enumerate().map(|(number, (word, count))| (*word, (number, weight(word, *count))));
    let weights: HashMap<&str, (usize, f32)> = numbered.collect();
    let direction = |words: &BTreeSet<String>| unit(words.iter().filter_map(|word| weights.get(&**word).copied()).collect());
    words.iter().map(direction).collect()
}

fn unit(mut direction: Direction) -> Direction {
    let length = direction.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
    for (_, weight) in &mut direction {
        *weight /= length;
    }
    direction
}

/// Each question joins the group that it is most like on average, or begins one; those that are like many come first.
fn put_together(directions: &[Direction]) -> Vec<Group> {
    let mut everything = HashMap::new();
    for direction in directions {
        add(direction, &mut everything);
    }
    let mut order: Vec<(f32, usize)> =
        directions.iter().enumerate().map(|(at, direction)| (dot(direction, &everything), at)).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut groups: Vec<Group> = Vec::new();
    let mut with_word: HashMap<usize, BTreeSet<usize>> = HashMap::new();
    for (_, at) in order {
        let direction = &directions[at];
        let joined = nearest(direction, &groups, &with_word).unwrap_or(groups.len());
        if joined == groups.len() {
            groups.push(Group::default());
        }
        groups[joined].members.push(at);
        groups[joined].size += 1.0;
        add(direction, &mut groups[joined].sum);
        for (word, _) in direction {
            with_word.entry(*word).or_default().insert(joined);
        }
    }
    groups
}

fn nearest(direction: &Direction, groups: &[Group], with_word: &HashMap<usize, BTreeSet<usize>>) -> Option<usize> {
    let candidates: BTreeSet<usize> = direction.iter().filter_map(|(word, _)| with_word.get(word)).flatten().copied().collect();
    let likeness = |group: usize| dot(direction, &groups[group].sum) / groups[group].size;
    let best = candidates.into_iter().rev().map(|group| (likeness(group), group)).max_by(|a, b| a.0.total_cmp(&b.0));
    best.filter(|(likeness, _)| *likeness >= ALIKE).map(|(_, group)| group)
}

fn add(direction: &Direction, sum: &mut HashMap<usize, f32>) {
    for (word, weight) in direction {
        *sum.entry(*word).or_default() += weight;
    }
}

fn dot(direction: &Direction, sum: &HashMap<usize, f32>) -> f32 {
    direction.iter().filter_map(|(word, weight)| Some(weight * sum.get(word)?)).sum()
}

/// The words that at least half of several questions have, as the first of them that has one wrote it.
fn shared(members: &[usize], questions: &[Vec<Word>]) -> Vec<String> {
    let mut counts: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for words in members.iter().map(|at| &questions[*at]) {
        let own: BTreeMap<&str, &str> = words.iter().map(|(normal, written)| (&**normal, &**written)).collect();
        for (normal, written) in own {
            counts.entry(normal).or_insert((0, written)).0 += 1;
        }
    }
    let mut shared: Vec<(usize, &str)> = counts.into_values().collect();
    shared.retain(|(count, _)| *count > 1 && count * 2 >= members.len());
    shared.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    shared.into_iter().take(SHARED).map(|(_, written)| written.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grouped(questions: &[&str]) -> Vec<Alike> {
        SearchIndex::open(None, Vec::new()).unwrap().group_alike(questions)
    }

    fn members(groups: &[Alike]) -> Vec<Vec<usize>> {
        let sorted = |alike: &Alike| alike.members.iter().copied().collect::<BTreeSet<usize>>().into_iter().collect();
        groups.iter().map(sorted).collect()
    }

    #[test]
    fn what_asks_for_the_same_comes_together_largest_first() {
        let questions = [
            "Hvor søker jeg om parkeringskort?",
            "Kantinen er stengt i dag",
            "Eg treng parkeringskort til bilen min",
            "Når opnar kantina?",
            "jeg har mistet parkeringskortet mitt",
            "Kan jeg få en ny stol?",
        ];
        let groups = grouped(&questions);
        assert_eq!(members(&groups), [vec![0, 2, 4], vec![1, 3], vec![5]]);
        assert_eq!(groups[0].words, ["parkeringskort"]);
        assert_eq!(groups[2].words, [""; 0], "one question shares no words with itself");
    }

    #[test]
    fn a_matter_that_most_ask_about_stays_one_group() {
        let matters = ["bil", "sykkel", "moped", "hytte", "båt", "hund", "katt", "hest", "gutt", "stol"];
        let asked: Vec<String> = matters.iter().map(|matter| format!("parkeringskort {matter}")).collect();
        let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
        assert_eq!(grouped(&asked).len(), 1);
    }

    #[test]
    fn languages_meet_where_a_word_has_a_translation() {
        assert_eq!(members(&grouped(&["The printer is blinking", "Skriveren blinker bare"])), [[0, 1]]);
    }

    #[test]
    fn that_a_thing_does_not_work_does_not_make_two_things_one() {
        assert_eq!(grouped(&["Kantina virker ikke", "Heisen virker ikke"]).len(), 2);
    }

    #[test]
    fn the_first_of_a_group_is_most_like_the_others() {
        let groups = grouped(&["akvariet er grønt og stort", "akvariet er stort", "akvariet"]);
        assert_eq!((groups.len(), groups[0].members[0]), (1, 1), "{groups:?}");
    }

    #[test]
    fn what_says_nothing_stands_alone_and_nothing_gives_nothing() {
        assert_eq!(members(&grouped(&["", "og", "👍"])), [[0], [1], [2]]);
        assert!(grouped(&[]).is_empty());
    }

    #[test]
    fn thousands_of_questions_are_grouped_the_same_way_twice() {
        let asked: Vec<String> = (0..5_000).map(|nth| format!("sak{} trinn{} del{}", nth % 700, nth % 13, nth % 411)).collect();
        let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
        let groups = grouped(&asked);
        assert_eq!(groups, grouped(&asked));
        assert_eq!(groups.iter().map(|alike| alike.members.len()).sum::<usize>(), 5_000);
    }
}
