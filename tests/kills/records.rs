//! What stands in the database once the program has stopped.

use std::collections::BTreeSet;

use firstline::domain::conversation::Conversation;
use firstline::domain::event::{Event, Happened};
use firstline::domain::message::{Author, Content, Visibility};
use firstline::ports::{Conversations, Outbox, Recorded, TicketFilter};
use firstline::store::SqlStore;

/// A conversation with everything that belongs to it.
pub(super) struct Record {
    pub(super) conversation: Conversation,
    pub(super) events: Vec<Event>,
    pub(super) lines: Vec<Recorded>,
}

/// Everything that is kept.
pub(super) struct Records {
    pub(super) all: Vec<Record>,
    pub(super) numbers: Vec<i64>,
    pub(super) waiting: u64,
    pub(super) stuck: usize,
}

impl Records {
    /// Reads everything; nobody else works on the database meanwhile.
    pub(super) async fn read(url: &str) -> Self {
        let store = SqlStore::open(url).await.expect("the database opens");
        let mut all = Vec::new();
        for conversation in store.conversations_after(None, 100_000).await.expect("it is read") {
            let events = store.events(conversation.id).await.expect("they are read");
            let lines = store.lines(conversation.id, None, Visibility::Desk).await.expect("they are read");
            all.push(Record { conversation, events, lines });
        }
        let tickets = store.tickets(&TicketFilter { limit: 100_000, ..TicketFilter::default() }).await.expect("they are read");
        let mut numbers: Vec<i64> = tickets.iter().map(|ticket| ticket.number.get()).collect();
        numbers.sort_unstable();
        let (waiting, stuck) = (store.waiting().await.expect("it is read"), store.stuck(100).await.expect("they are read").len());
        store.close().await;
        Self { all, numbers, waiting, stuck }
    }

    /// How many errands are neither done nor given up, whether somebody works on the database or not.
    pub(super) async fn waiting(url: &str) -> u64 {
        let store = SqlStore::open(url).await.expect("the database opens");
        let waiting = store.waiting().await.expect("it is read");
        store.close().await;
        waiting
    }

    /// Everything of one employee.
    pub(super) fn of_employee(&self, id: &str) -> Vec<&Record> {
        self.all.iter().filter(|record| record.conversation.employee.id.as_str() == id).collect()
    }

    /// The conversation that a ticket came out of.
    pub(super) fn of_ticket(&self, number: i64) -> Vec<&Record> {
        let has = |record: &&Record| record.lines.iter().any(|said| said.number.is_some_and(|it| it.get() == number));
        self.all.iter().filter(has).collect()
    }

    /// How much has happened in all: more of it after something was kept.
    pub(super) fn events(&self) -> usize {
        self.all.iter().map(|record| record.events.len()).sum()
    }

    /// What has to be so whenever the program has stopped in peace and has nothing left to do.
    pub(super) fn are_sound(&self) {
        assert_eq!((self.waiting, self.stuck), (0, 0), "nothing waits to be delivered, and nothing was given up");
        let counted: Vec<i64> = (1_001..).take(self.numbers.len()).collect();
        assert_eq!(self.numbers, counted, "tickets are numbered without gaps");
        for record in &self.all {
            let replayed = Conversation::replay(record.conversation.id, &record.events);
            assert_eq!(replayed.as_ref(), Some(&record.conversation), "the events make the state");
            record.answers_each_question_once();
        }
    }
}

impl Record {
    /// Every question that the employee asked has one outcome: an answer, an offer or a hand-off; and nothing of what they wrote
    /// (in these stories always something else) is kept twice.
    fn answers_each_question_once(&self) {
        let asked = |event: &Event| matches!(event.what, Happened::Asked { .. });
        let is_outcome = |event: &&Event| {
            matches!(event.what, Happened::Answered { .. } | Happened::Offered { .. } | Happened::HandedOff { .. })
        };
        let followed = self.events.windows(2).filter(|pair| asked(&pair[0]) && is_outcome(&&pair[1])).count();
        let questions = self.lines.iter().filter(|said| matches!(said.line.content, Content::Question(_))).count();
        let answers =
            self.lines.iter().filter(|said| matches!(said.line.content, Content::Answer(_) | Content::Offer(_))).count();
        let handed_off = self.lines.iter().filter(|said| matches!(said.line.content, Content::HandedOff(_))).count();
        let outcomes = self.events.iter().filter(is_outcome).count();
        assert_eq!((questions, outcomes), (followed, answers + handed_off), "one outcome each: {:?}", self.events);
        let written = self.written();
        let once: BTreeSet<&str> = written.iter().copied().collect();
        assert_eq!(once.len(), written.len(), "nothing was heard twice: {written:?}");
    }

    /// What the employee wrote, in order.
    pub(super) fn written(&self) -> Vec<&str> {
        let by_employee = self.lines.iter().filter(|said| said.line.author == Author::Employee);
        let texts = by_employee.filter_map(|said| match &said.line.content {
            Content::Question(text) | Content::Text(text) => Some(text.as_str()),
            _ => None,
        });
        texts.collect()
    }
}
