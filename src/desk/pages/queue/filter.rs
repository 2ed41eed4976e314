//! Which tickets an operator wants to see, as the address says it.

use serde::Deserialize;

use super::views::View;
use crate::desk::Desk;
use crate::domain::ids::GroupId;
use crate::domain::lang::Lang;
use crate::domain::permission::Operator;
use crate::domain::ticket::{Priority, Status, SupportLine, TicketOrder, WaitsFor};
use crate::flows::{FlowError, QueuePage};
use crate::ports::{TicketCursor, TicketFilter, TicketSummary};

/// The query as it was sent.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Asked {
    view: String,
    group: String,
    priority: String,
    line: String,
    status: String,
    lang: String,
    waits: String,
    q: String,
    sort: String,
    after: String,
    back: String,
}

/// Which tickets to show, and in which order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Filter {
    /// Which list.
    pub(super) view: View,
    /// Only this group's.
    pub(super) group: Option<GroupId>,
    /// Only of this priority.
    pub(super) priority: Option<Priority>,
    /// Only on this line of support.
    pub(super) line: Option<SupportLine>,
    /// Only where they stand so, of what the list may hold.
    pub(super) status: Option<Status>,
    /// Only in this language.
    pub(super) lang: Option<Lang>,
    /// Only where this one has the next word.
    pub(super) waits: Option<WaitsFor>,
    /// Only with these words, after the privacy filter.
    pub(super) text: String,
    /// Whether something that must not be kept was taken out of the words.
    pub(super) is_cleaned: bool,
    /// In this order.
    pub(super) order: TicketOrder,
    /// Only what comes after this.
    pub(super) after: Option<TicketCursor>,
    /// Where the pages before this one begin, without the first: the way back, the nearest last.
    pub(super) back: Vec<TicketCursor>,
}

/// How many pages back the address knows the way; from there the way leads to the first one.
const WAY_BACK: usize = 20;

/// How many tickets a page shows.
const SHOWN: u32 = 50;

/// How many tickets are looked through for new ones.
pub(super) const FOLLOWED: u32 = 500;

impl Filter {
    /// What the address asks for. What it does not say, or says wrongly, filters nothing.
    pub(super) fn of(asked: &Asked, desk: &Desk) -> Self {
        let view = View::from_name(&asked.view).unwrap_or(View::Groups);
        let (text, is_cleaned) = match desk.typed(&asked.q) {
            Ok(typed) => (typed.text.as_str().to_owned(), !typed.secrets.is_empty()),
            Err(_) => (String::new(), false),
        };
        let known = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        let group = Some(&asked.group).filter(|group| !group.is_empty() && group.chars().all(known));
        Self {
            view,
            group: group.map(|group| GroupId::new(group.as_str())),
            priority: Priority::from_name(&asked.priority),
            line: SupportLine::from_name(&asked.line),
            status: Status::from_name(&asked.status).filter(|status| view.statuses().contains(status)),
            lang: Lang::from_code(&asked.lang),
            waits: WaitsFor::from_name(&asked.waits),
            text,
            is_cleaned,
            order: TicketOrder::from_name(&asked.sort).unwrap_or_else(|| view.order()),
            after: TicketCursor::from_name(&asked.after),
            back: asked.back.split(',').filter_map(TicketCursor::from_name).collect(),
        }
    }

    /// The same list from its beginning.
    pub(super) fn first(&self) -> Self {
        Self { after: None, back: Vec::new(), ..self.clone() }
    }

    /// The next page of the same list, which begins after this.
    pub(super) fn next(&self, after: TicketCursor) -> Self {
        let mut back: Vec<TicketCursor> = self.back.iter().copied().chain(self.after).collect();
        let superfluous = back.len().saturating_sub(WAY_BACK);
        back.drain(..superfluous);
        Self { after: Some(after), back, ..self.clone() }
    }

    /// The page before this one; the first one is its own.
    pub(super) fn previous(&self) -> Self {
        let mut back = self.back.clone();
        Self { after: back.pop(), back, ..self.clone() }
    }

    /// Another list, with nothing narrowed down.
    pub(super) fn plain(view: View) -> Self {
        let (group, priority, line, status, lang, waits, after) = (None, None, None, None, None, None, None);
        let (text, is_cleaned, order, back) = (String::new(), false, view.order(), Vec::new());
        Self { view, group, priority, line, status, lang, waits, text, is_cleaned, order, after, back }
    }

    /// Whether the list is narrowed down beyond its view.
    pub(super) fn narrows(&self) -> bool {
        Self { order: self.view.order(), is_cleaned: false, ..self.first() } != Self::plain(self.view)
    }

    /// The address of the list at this path; what is as usual does not stand in it.
    pub(super) fn address(&self, path: &str) -> String {
        let after = self.after.map(|after| after.to_string());
        let back = self.back.iter().map(TicketCursor::to_string).collect::<Vec<_>>().join(",");
        let parts = [
            ("view", Some(self.view).filter(|view| *view != View::Groups).map(View::as_str)),
            ("group", self.group.as_ref().map(GroupId::as_str)),
            ("priority", self.priority.map(Priority::as_str)),
            ("line", self.line.map(SupportLine::as_str)),
            ("status", self.status.map(Status::as_str)),
            ("lang", self.lang.map(Lang::code)),
            ("waits", self.waits.map(WaitsFor::as_str)),
            ("q", Some(self.text.as_str()).filter(|text| !text.is_empty())),
            ("sort", Some(self.order).filter(|order| *order != self.view.order()).map(TicketOrder::as_str)),
            ("after", after.as_deref()),
            ("back", Some(back.as_str()).filter(|back| !back.is_empty())),
        ];
        let said = parts.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", in_address(value?))));
        let query = said.collect::<Vec<_>>().join("&");
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// The page of the list.
    pub(super) async fn page(&self, desk: &Desk, by: &Operator) -> Result<QueuePage, FlowError> {
        desk.flows.queue_page(by, TicketFilter { limit: SHOWN, ..self.narrowed(desk, by) }).await
    }

    /// The beginning of the whole list, whatever page is shown.
    pub(super) async fn followed(&self, desk: &Desk, by: &Operator) -> Result<Vec<TicketSummary>, FlowError> {
        desk.flows.queue(by, TicketFilter { limit: FOLLOWED, after: None, ..self.narrowed(desk, by) }).await
    }

    fn narrowed(&self, desk: &Desk, by: &Operator) -> TicketFilter {
        let view = self.view.filter(by, desk.clock.now());
        TicketFilter {
            statuses: self.status.map_or(view.statuses, |status| vec![status]),
            groups: self.group.iter().cloned().collect(),
            priorities: self.priority.into_iter().collect(),
            lines: self.line.into_iter().collect(),
            waits_for: self.waits,
            langs: self.lang.into_iter().collect(),
            text: self.text.clone(),
            order: self.order,
            after: self.after,
            ..view
        }
    }
}

/// How many tickets each view holds, in the order of [`View::ALL`].
pub(super) async fn counts(desk: &Desk, by: &Operator) -> Result<Vec<u64>, FlowError> {
    let mut counts = Vec::with_capacity(View::ALL.len());
    for view in View::ALL {
        let filter = TicketFilter { limit: 1, ..view.filter(by, desk.clock.now()) };
        counts.push(desk.flows.queue_page(by, filter).await?.total);
    }
    Ok(counts)
}

/// A value as it may stand in an address.
fn in_address(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::TicketId;
    use crate::domain::time::Timestamp;

    fn cursor(id: i64) -> TicketCursor {
        TicketCursor { priority: Priority::Normal, at: Timestamp::from_micros(id), id: TicketId::new(id) }
    }

    #[test]
    fn each_page_leads_back_to_the_one_before() {
        let first = Filter::plain(View::All);
        let second = first.next(cursor(1));
        let third = second.next(cursor(2));
        assert_eq!(third.address("/desk"), "/desk?view=all&after=normal.2.2&back=normal.1.1");
        assert_eq!((third.previous(), second.previous()), (second.clone(), first.clone()));
        assert_eq!((third.first(), third.narrows()), (first, false));
    }

    #[test]
    fn the_way_back_in_the_address_has_an_end() {
        let far = (1..=60).fold(Filter::plain(View::All), |page, id| page.next(cursor(id)));
        assert_eq!(far.back.len(), WAY_BACK);
        assert_eq!(far.previous().after, Some(cursor(59)));
    }
}
