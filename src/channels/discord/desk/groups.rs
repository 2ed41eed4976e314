//! Finding a group among hundreds by what somebody types of its name, typing errors included.

use crate::domain::lang::Lang;
use crate::domain::routing::{Group, Groups};

/// How alike a word must be to the beginning of one of the name's, from 0 to 1, to be taken for a slip of it.
const ALIKE: f64 = 0.65;

/// The groups whose name or short name has every word that was typed, the best first; of equals in the order of `first`, then as
/// configured. All of them where nothing was typed.
pub(super) fn find<'g>(groups: &'g Groups, typed: &str, lang: Lang, first: &[&Group], most: usize) -> Vec<&'g Group> {
    let typed: Vec<String> = words(typed);
    let place = |group: &Group| first.iter().position(|one| one.id == group.id).unwrap_or(usize::MAX);
    let mut found: Vec<_> = groups.iter().filter_map(|group| Some((fit(group, &typed, lang)?, group))).collect();
    found.sort_by(|(one, a), (other, b)| other.total_cmp(one).then_with(|| place(a).cmp(&place(b))));
    found.into_iter().map(|(_, group)| group).take(most).collect()
}

/// How well a group fits: the mean over the typed words, each at its best.
fn fit(group: &Group, typed: &[String], lang: Lang) -> Option<f64> {
    if typed.is_empty() {
        return Some(0.0);
    }
    let mut own = words(group.name(lang));
    own.extend(group.names.iter().flat_map(|name| words(name)));
    own.extend(words(group.id.as_str()));
    let fits: Option<Vec<f64>> =
        typed.iter().map(|word| own.iter().filter_map(|own| alike(word, own)).reduce(f64::max)).collect();
    let fits = fits?;
    #[expect(clippy::cast_precision_loss, reason = "a handful of words")]
    let mean = fits.iter().sum::<f64>() / fits.len() as f64;
    Some(mean)
}

fn alike(typed: &str, own: &str) -> Option<f64> {
    if own == typed {
        return Some(3.0);
    }
    if own.starts_with(typed) {
        return Some(2.0);
    }
    if typed.chars().count() > 2 && own.contains(typed) {
        return Some(1.5);
    }
    // Whoever is still typing has the beginning, so as much of the name is held against it, and a letter more or less.
    let length = typed.chars().count();
    let beginnings = [length.saturating_sub(1), length, length + 1].map(|length| own.chars().take(length).collect::<String>());
    let score = |own: &String| strsim::normalized_damerau_levenshtein(typed, own);
    beginnings.iter().map(score).reduce(f64::max).filter(|score| *score >= ALIKE)
}

/// Words in lower case, with the letters that many keyboards lack as those that stand in for them.
fn words(text: &str) -> Vec<String> {
    let folded = text.to_lowercase().replace('æ', "ae").replace('ø', "o").replace('å', "a");
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::GroupId;

    fn groups() -> Groups {
        let named = |(id, nb, en): (&str, &str, &str)| Group {
            id: GroupId::new(id),
            names: [nb, nb, en].map(str::to_owned),
            hints: Vec::new(),
        };
        let known = [
            ("general", "Brukerstøtte", "Service desk"),
            ("clinical", "Kliniske systemer", "Clinical systems"),
            ("lab", "Laboratoriesystemer", "Laboratory systems"),
            ("print", "Utskrift og skrivere", "Printing"),
            ("surgery-north", "Kirurgi, Nordlandssykehuset", "Surgery, Nordland hospital"),
        ];
        let many = (1..=321).map(|n| Group {
            id: GroupId::new(format!("unit-{n}")),
            names: std::array::from_fn(|_| format!("Enhet {n}")),
            hints: Vec::new(),
        });
        Groups::new(known.into_iter().map(named).chain(many).collect()).unwrap()
    }

    #[test]
    fn a_group_is_found_among_hundreds_by_what_was_typed_of_it() {
        let groups = groups();
        assert_eq!(groups.iter().count(), 326);
        let cases = [
            ("brukerst", "general"),
            ("brukerstotte", "general"),
            ("brukerstøte", "general"),
            ("klinske", "clinical"),
            ("systemer klin", "clinical"),
            ("clinical", "clinical"),
            ("labratorie", "lab"),
            ("skrivere", "print"),
            ("nordlandsykehuset", "surgery-north"),
            ("kirugi", "surgery-north"),
            ("surgery-north", "surgery-north"),
            ("enhet 300", "unit-300"),
            ("unit-7", "unit-7"),
        ];
        for (typed, expected) in cases {
            let found = find(&groups, typed, Lang::Nb, &[], 25);
            assert_eq!(found.first().map(|group| group.id.as_str()), Some(expected), "{typed}");
        }
    }

    #[test]
    fn what_was_typed_of_nothing_finds_nothing_and_nothing_finds_the_first() {
        let groups = groups();
        assert!(find(&groups, "qwzx", Lang::Nb, &[], 25).is_empty());
        let first = [groups.get(&GroupId::new("lab")).unwrap(), groups.get(&GroupId::new("print")).unwrap()];
        let found: Vec<_> = find(&groups, " ", Lang::Nb, &first, 25).iter().map(|group| group.id.as_str()).collect();
        assert_eq!((found.len(), &found[..3]), (25, &["lab", "print", "general"][..]));
    }
}
