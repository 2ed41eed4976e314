//! Who is tried on whom: questions about one article are never on both sides.

use std::collections::BTreeMap;

/// The fold of every item, 0 to `count` - 1; items of one group are in the same fold, and folds are about equally large.
///
/// It depends on the groups' names alone, not on the order of the items.
pub(super) fn folds(groups: &[&str], count: usize) -> Vec<usize> {
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for group in groups {
        *sizes.entry(group).or_default() += 1;
    }
    let mut drawn: Vec<(&str, usize)> = sizes.into_iter().collect();
    drawn.sort_by_key(|(group, size)| (std::cmp::Reverse(*size), chance(group)));
    let mut filled = vec![0; count];
    let mut fold_of: BTreeMap<&str, usize> = BTreeMap::new();
    for (group, size) in drawn {
        let emptiest = (0..count).min_by_key(|fold| filled[*fold]).unwrap_or(0);
        filled[emptiest] += size;
        fold_of.insert(group, emptiest);
    }
    groups.iter().map(|group| fold_of.get(group).copied().unwrap_or(0)).collect()
}

/// A number that looks drawn by lot, always the same for a text (FNV-1a, mixed once more).
pub(super) fn chance(text: &str) -> u64 {
    let hash =
        text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let mixed = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_whole_folds_are_even_and_the_order_does_not_matter() {
        let names: Vec<String> = (0..60).map(|number| format!("article-{}", number % 17)).collect();
        let groups: Vec<&str> = names.iter().map(String::as_str).collect();
        let drawn = folds(&groups, 5);
        for (at, group) in groups.iter().enumerate() {
            let mates = groups.iter().zip(&drawn).filter(|(other, _)| *other == group);
            assert!(mates.into_iter().all(|(_, fold)| *fold == drawn[at]), "{group} is in two folds");
        }
        let sizes: Vec<usize> = (0..5).map(|fold| drawn.iter().filter(|one| **one == fold).count()).collect();
        assert!(sizes.iter().all(|size| (9..=15).contains(size)), "{sizes:?}");
        let mut turned: Vec<usize> = folds(&groups.iter().rev().copied().collect::<Vec<_>>(), 5);
        turned.reverse();
        assert_eq!(drawn, turned);
    }
}
