//! The best-scored tickets of some groups.

use tantivy::collector::sort_key::NaturalComparator;
use tantivy::collector::{Collector, SegmentCollector, TopNComputer};
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader, TantivyError};

use super::shelf::{GROUP, RESOLVED_AT};
use crate::domain::ids::GroupId;

/// A ticket that was found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) score: Score,
    pub(super) at: DocAddress,
    /// When it was resolved, in microseconds.
    pub(super) resolved_at: i64,
}

/// Keeps the best tickets of each segment.
pub(super) struct Top<'g> {
    /// Whose tickets may be found; everybody's where `None`.
    pub(super) groups: Option<&'g [GroupId]>,
    pub(super) limit: usize,
    /// Whether blocks that cannot hold one of the best are passed over. It pays where few terms stand in many places.
    pub(super) pruned: bool,
}

/// The best of one segment.
pub(super) struct TopOfSegment {
    segment: SegmentOrdinal,
    best: TopNComputer<Score, DocId, NaturalComparator>,
    allowed: Option<Allowed>,
    resolved_at: Column<i64>,
}

/// Which of a segment's tickets may be found.
struct Allowed {
    groups: StrColumn,
    /// By the group's ordinal in the column.
    listed: Vec<bool>,
}

impl Allowed {
    fn of(groups: &[GroupId], reader: &SegmentReader) -> tantivy::Result<Self> {
        let missing = || TantivyError::SchemaError("tickets have no group".to_owned());
        let column = reader.fast_fields().str(GROUP)?.ok_or_else(missing)?;
        let mut listed = vec![false; column.num_terms()];
        for group in groups {
            let ordinal = column.dictionary().term_ord(group.as_str())?.and_then(|ordinal| usize::try_from(ordinal).ok());
            if let Some(place) = ordinal.and_then(|ordinal| listed.get_mut(ordinal)) {
                *place = true;
            }
        }
        Ok(Self { groups: column, listed })
    }

    fn holds(&self, doc: DocId) -> bool {
        let ordinal = self.groups.ords().first(doc).and_then(|ordinal| usize::try_from(ordinal).ok());
        ordinal.and_then(|ordinal| self.listed.get(ordinal)).copied().unwrap_or_default()
    }
}

impl Collector for Top<'_> {
    type Fruit = Vec<Found>;
    type Child = TopOfSegment;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<TopOfSegment> {
        let allowed = self.groups.map(|groups| Allowed::of(groups, reader)).transpose()?;
        let resolved_at = reader.fast_fields().i64(RESOLVED_AT)?;
        let best = TopNComputer::new_with_comparator(self.limit, NaturalComparator);
        Ok(TopOfSegment { segment, best, allowed, resolved_at })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, of_segments: Vec<Vec<Found>>) -> tantivy::Result<Vec<Found>> {
        let mut found: Vec<Found> = of_segments.into_iter().flatten().collect();
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.at.cmp(&b.at)));
        found.truncate(self.limit);
        Ok(found)
    }

    fn collect_segment(
        &self,
        weight: &dyn Weight,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<Vec<Found>> {
        let mut top = self.for_segment(segment, reader)?;
        let alive = reader.alive_bitset();
        let is_alive = |doc| alive.is_none_or(|alive| alive.is_alive(doc));
        if top.allowed.as_ref().is_some_and(|allowed| !allowed.listed.contains(&true)) {
            return Ok(Vec::new());
        }
        let mut collect = |doc, score| {
            if is_alive(doc) {
                top.collect(doc, score);
            }
            top.best.threshold.unwrap_or(Score::MIN)
        };
        if self.pruned {
            weight.for_each_pruning(Score::MIN, reader, &mut collect)?;
        } else {
            weight.for_each(reader, &mut |doc, score| {
                collect(doc, score);
            })?;
        }
        Ok(top.harvest())
    }
}

impl SegmentCollector for TopOfSegment {
    type Fruit = Vec<Found>;

    fn collect(&mut self, doc: DocId, score: Score) {
        let is_better = self.best.threshold.is_none_or(|least| score > least);
        if is_better && self.allowed.as_ref().is_none_or(|allowed| allowed.holds(doc)) {
            self.best.push(score, doc);
        }
    }

    fn harvest(self) -> Vec<Found> {
        let Self { segment, best, resolved_at, .. } = self;
        let found = best.into_sorted_vec().into_iter().map(|hit| Found {
            score: hit.sort_key,
            at: DocAddress::new(segment, hit.doc),
            resolved_at: resolved_at.first(hit.doc).unwrap_or_default(),
        });
        found.collect()
    }
}
