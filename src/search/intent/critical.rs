//! Whether something is wrong that cannot wait: signs are counted, for no list of sentences would be long enough.

use super::tables::Words;

/// From how many points on a report of a fault is critical.
const CRITICAL_FROM: i32 = 4;
/// The smallest number of people that counts as many.
const MANY: u32 = 10;
/// How far a "not" reaches, in words.
const REACH: usize = 4;

/// Kinds of signs and their points; each kind counts once.
const POINTS: [(&str, i32); 7] =
    [("everyone", 3), ("several", 1), ("lifeline", 3), ("ward", 1), ("system", 1), ("now", 1), ("device", -2)];

/// Signs of an incident.
#[derive(Debug)]
pub(crate) struct Critical {
    words: Words,
}

impl Critical {
    pub(crate) fn new() -> Self {
        Self { words: Words::new(include_str!("critical.txt")) }
    }

    /// Why these sentences report something critical; `None` where they do not.
    pub(crate) fn reason(&self, sentences: &[Vec<String>]) -> Option<&'static str> {
        let all: Vec<String> = sentences.concat();
        let asked_first = self.words.first("asking", &all);
        if let Some(danger) = self.words.first("danger", &all) {
            let report = asked_first.is_none_or(|asked| asked > danger);
            return report.then_some("danger to life or property");
        }
        let failing = self.failing(&all)?;
        if asked_first.is_some_and(|asked| asked < failing) {
            return None;
        }
        (self.points(&all) >= CRITICAL_FROM).then_some("a fault that many or a lifeline suffer from")
    }

    /// Where a word of failure stands, or "not" with something that ought to work.
    fn failing(&self, words: &[String]) -> Option<usize> {
        let negated = |at: &usize| self.words.is("not", &words[*at]) && !self.is_own(words, *at);
        let near = |at: &usize| words.iter().skip(*at).take(REACH).chain(words[..*at].iter().rev().take(REACH));
        let unable = |at: &usize| near(at).any(|word| self.words.is("unable", word));
        let unable = (0..words.len()).filter(negated).find(unable);
        self.words.first("failing", words).into_iter().chain(unable).min()
    }

    fn points(&self, words: &[String]) -> i32 {
        let has = |kind: &str| words.iter().enumerate().any(|(at, word)| self.words.is(kind, word) && !self.is_own(words, at));
        let signs: i32 = POINTS.iter().filter(|(kind, _)| has(kind)).map(|(_, points)| points).sum();
        let own = i32::from(self.words.first("own", words).is_some());
        signs + self.many_people(words) + 1 - own
    }

    /// "All *my* files" is not about everyone, "all the *time*" is not, and a printer next to "the others" neither.
    fn is_own(&self, words: &[String], at: usize) -> bool {
        let mut near = words.iter().skip(at + 1).take(2);
        let narrows = |word: &String| NOT_OF_PEOPLE.split(' ').any(|narrow| narrow == word);
        self.words.is("everyone", &words[at]) && (near.any(narrows) || is_no_thing(words, at))
    }

    fn many_people(&self, words: &[String]) -> i32 {
        let counted = words.windows(2).any(|pair| {
            let many = pair[0].parse::<u32>().is_ok_and(|number| number >= MANY);
            many && self.words.is("people", &pair[1])
        });
        if counted { 2 } else { 0 }
    }
}

/// "No sound", not "no one": what follows is not what people are or do.
fn is_no_thing(words: &[String], at: usize) -> bool {
    let next = words.get(at + 1).map_or("", String::as_str);
    let of_people = FOLLOWS_NO_ONE.split(' ').any(|word| word == next);
    words[at] == "ingen" && !of_people
}

/// What follows "all" where it does not mean people: what is one's own, and time.
const NOT_OF_PEOPLE: &str =
    "min mi mine mitt my andre others tatt teke tiden tida time dagen day natten natta night uken uka veka week";

/// What follows "ingen" where it means people.
const FOLLOWS_NO_ONE: &str = "på i av her hos hjå kommer kjem får kan klarer klarar greier greier har når som andre";
