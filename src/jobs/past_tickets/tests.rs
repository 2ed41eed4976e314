//! Stories of tickets that are solved while the job looks on, or away.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use tempfile::TempDir;

use super::*;
use crate::domain::answer::{PerMille, Thresholds};
use crate::domain::decision::Decision;
use crate::domain::ids::{ChannelName, EmployeeId, ExternalId, Fresh, GroupId, OperatorId, TicketId, TicketNumber};
use crate::domain::lang::Lang;
use crate::domain::message::{Action, Employee, IncomingMessage, LangHint, Redacted};
use crate::domain::operator_side::{Wish, Written};
use crate::domain::permission::{Membership, Operator, Roles};
use crate::domain::place::{Delivery, Place, Readers};
use crate::domain::policy::Policy;
use crate::domain::routing::{Group, Groups};
use crate::flows::{Flows, Needs, Outcome};
use crate::ports::{Conversations, Ids, News, PastTicket, Resembled, SimilarTicket};
use crate::search::{SearchIndex, TicketIndex};
use crate::store::SqlStore;
use crate::testing::TestClock;

/// Identifiers counted from a number on.
struct From(AtomicI64);

impl Ids for From {
    fn block(&self, _: Timestamp) -> Fresh {
        Fresh::starting_at(self.0.fetch_add(Fresh::BLOCK, Ordering::SeqCst))
    }

    fn secret(&self) -> String {
        String::new()
    }
}

/// Nobody listens.
struct Silence;

impl News for Silence {
    fn committed(&self, _: &Decision) {}
}

/// Past tickets that can be told to fail when they are to be kept.
struct Fragile {
    index: TicketIndex,
    breaks: AtomicBool,
    kept: Mutex<Vec<Option<EventId>>>,
}

impl PastTickets for Fragile {
    fn similar(&self, to: &Resembled<'_>) -> Vec<SimilarTicket> {
        self.index.similar(to)
    }

    fn size(&self) -> u64 {
        self.index.size()
    }

    fn prepare(&self) -> Result<Option<EventId>, PastTicketsError> {
        self.index.prepare()
    }

    fn remember(&self, tickets: Vec<PastTicket>) -> Result<(), PastTicketsError> {
        self.index.remember(tickets)
    }

    fn forget(&self, tickets: &[TicketId]) -> Result<(), PastTicketsError> {
        self.index.forget(tickets)
    }

    fn keep(&self, up_to: Option<EventId>) -> Result<(), PastTicketsError> {
        if self.breaks.swap(false, Ordering::SeqCst) {
            return Err(PastTicketsError::Unprepared);
        }
        self.kept.lock().unwrap().push(up_to);
        self.index.keep(up_to)
    }
}

/// A desk with a database and past tickets in a folder of its own.
struct Desk {
    store: Arc<SqlStore>,
    past: Arc<Fragile>,
    clock: Arc<TestClock>,
    folder: TempDir,
}

impl Desk {
    async fn open() -> Self {
        let folder = TempDir::new().unwrap();
        let store = SqlStore::open(&format!("sqlite:{}", folder.path().join("desk.db").display())).await.unwrap();
        let past = Arc::new(past_in(&folder));
        Self { store: Arc::new(store), past, clock: Arc::default(), folder }
    }

    fn job(&self) -> Remember {
        Remember::new(self.store.clone(), self.past.clone(), self.clock.clone())
    }

    /// The verbs, whose identifiers begin there.
    fn flows(&self, first_id: i64) -> Flows {
        let group = Group { id: GroupId::new("general"), names: ["", "", ""].map(str::to_owned), hints: vec![] };
        Flows::new(Needs {
            store: self.store.clone(),
            index: Arc::new(SearchIndex::open(None, vec![]).unwrap()),
            clock: self.clock.clone(),
            ids: Arc::new(From(AtomicI64::new(first_id))),
            news: Arc::new(Silence),
            policy: Policy {
                thresholds: Thresholds { answer: PerMille::new(700), offer: PerMille::new(300) },
                groups: Groups::new(vec![group]).unwrap(),
                cards: std::collections::BTreeMap::new(),
            },
            adviser: None,
        })
    }

    fn finds(&self, question: &str) -> Vec<(i64, String)> {
        let question = Redacted::vouched(question);
        let to = Resembled { question: &question, groups: None, except: None, now: self.clock.now(), limit: 9 };
        self.past.similar(&to).into_iter().map(|ticket| (ticket.number.get(), ticket.resolution)).collect()
    }
}

fn past_in(folder: &TempDir) -> Fragile {
    let index = TicketIndex::at(folder.path().join("past"));
    Fragile { index, breaks: AtomicBool::default(), kept: Mutex::default() }
}

fn employee(name: &str) -> EmployeeId {
    EmployeeId::new(format!("web:{name}"))
}

async fn asks(flows: &Flows, name: &str, text: &str) -> ConversationId {
    asks_in(flows, None, name, text).await
}

async fn asks_in(flows: &Flows, conversation: Option<ConversationId>, name: &str, text: &str) -> ConversationId {
    let place = Place { channel: ChannelName::new("web"), address: name.to_owned(), delivery: Delivery::Read };
    let message = IncomingMessage {
        conversation,
        place,
        external_id: ExternalId::new(format!("{name}: {text}")),
        employee: Employee { id: employee(name), name: None, email: None, organisation: None },
        text: Redacted::vouched(text),
        secrets: vec![],
        lang: LangHint::Likely(Lang::Nb),
        readers: Readers::Alone,
    };
    flows.receive(&message).await.unwrap().conversation()
}

async fn kari(flows: &Flows, number: i64, wish: Wish) {
    let kari =
        Operator { id: OperatorId::new("desk:kari"), name: "Kari".to_owned(), groups: Membership::Every, roles: Roles::all() };
    assert_eq!(flows.handle(TicketNumber::new(number), &kari, wish).await.unwrap(), Outcome::Done);
}

fn said(text: &str) -> Redacted {
    Redacted::vouched(text)
}

/// Somebody asks, and Kari solves it.
async fn solved(flows: &Flows, number: i64, name: &str, question: &str, answer: &str) -> ConversationId {
    let id = asks(flows, name, question).await;
    kari(flows, number, Wish::Resolve(Some(said(answer)))).await;
    id
}

async fn look(job: &mut Remember) {
    job.catch_up(&CancellationToken::new()).await.unwrap();
}

fn found(number: i64, resolution: &str) -> Vec<(i64, String)> {
    vec![(number, resolution.to_owned())]
}

#[tokio::test]
async fn a_ticket_is_found_while_it_is_solved_and_with_all_that_was_answered() {
    let desk = Desk::open().await;
    let (flows, mut job) = (desk.flows(1), desk.job());
    let id = asks(&flows, "Ola", "Tastaturet mangler en tast").await;
    kari(&flows, 1001, Wish::Reply(said("Hvilken tast?"), Written::InDesk)).await;
    kari(&flows, 1001, Wish::Note(said("Samme som i går"))).await;
    look(&mut job).await;
    assert_eq!(desk.finds("en tast mangler på tastaturet"), [], "it is not solved");

    kari(&flows, 1001, Wish::Resolve(Some(said("Nytt tastatur er sendt.")))).await;
    look(&mut job).await;
    assert_eq!(desk.finds("en tast mangler på tastaturet"), found(1001, "Hvilken tast?\n\nNytt tastatur er sendt."));

    flows.press(id, &employee("Ola"), &Action::ResolvedNo, None).await.unwrap();
    look(&mut job).await;
    assert_eq!(desk.finds("en tast mangler på tastaturet"), [], "it is open again");

    kari(&flows, 1001, Wish::Resolve(None)).await;
    look(&mut job).await;
    assert_eq!(desk.finds("en tast mangler på tastaturet").len(), 1);
}

#[tokio::test]
async fn each_ticket_of_a_conversation_is_remembered_by_itself() {
    let desk = Desk::open().await;
    let (flows, mut job) = (desk.flows(1), desk.job());
    let first = solved(&flows, 1001, "Ola", "Tastaturet mangler en tast", "Byttet.").await;
    flows.press(first, &employee("Ola"), &Action::ResolvedYes, None).await.unwrap();
    asks_in(&flows, Some(first), "Ola", "Kaffemaskina lekk").await;
    kari(&flows, 1002, Wish::Resolve(Some(said("Ring drift.")))).await;
    look(&mut job).await;
    assert_eq!(desk.finds("mangler tast på tastatur"), found(1001, "Byttet."));
    assert_eq!(desk.finds("kaffemaskinen lekker"), found(1002, "Ring drift."));
}

#[tokio::test]
async fn what_turns_up_late_is_taken_in_too() {
    let desk = Desk::open().await;
    let (slow, quick, mut job) = (desk.flows(1), desk.flows(1_000_000), desk.job());
    asks(&slow, "Ola", "Tastaturet mangler en tast").await;
    solved(&quick, 1002, "Liv", "Kaffemaskina lekk", "Ring drift.").await;
    look(&mut job).await;
    assert_eq!(desk.finds("kaffemaskina lekk").len(), 1);

    kari(&slow, 1001, Wish::Resolve(Some(said("Byttet.")))).await;
    look(&mut job).await;
    assert_eq!(desk.finds("mangler tast på tastatur").len(), 1, "its event comes before some that were read already");
}

#[tokio::test]
async fn only_what_is_settled_is_never_read_again() {
    let desk = Desk::open().await;
    let (flows, mut job) = (desk.flows(1), desk.job());
    solved(&flows, 1001, "Ola", "Tastaturet mangler en tast", "Byttet.").await;
    for _ in 0..3 {
        look(&mut job).await;
    }
    desk.clock.advance(2 * SETTLED);
    solved(&flows, 1002, "Liv", "Kaffemaskina lekk", "Ring drift.").await;
    look(&mut job).await;
    let kept = desk.past.kept.lock().unwrap().clone();
    assert_eq!(kept.len(), 2, "what was taken in once is not taken in again: {kept:?}");
    let events = desk.store.events_after(None, 1_000).await.unwrap();
    let resolved = events.iter().find(|(_, event)| event.what.settles()).map(|(_, event)| event.id);
    assert_eq!(kept, [None, resolved]);
    assert_eq!(desk.past.size(), 2);
}

#[tokio::test]
async fn a_crash_or_a_failure_before_it_is_kept_loses_nothing() {
    let desk = Desk::open().await;
    let (flows, mut job) = (desk.flows(1), desk.job());
    solved(&flows, 1001, "Ola", "Tastaturet mangler en tast", "Byttet.").await;
    desk.past.breaks.store(true, Ordering::SeqCst);
    assert!(job.catch_up(&CancellationToken::new()).await.is_err());
    assert_eq!(desk.past.size(), 0);
    look(&mut job).await;
    assert_eq!(desk.finds("mangler tast på tastatur"), found(1001, "Byttet."));

    desk.past.breaks.store(true, Ordering::SeqCst);
    solved(&flows, 1002, "Liv", "Kaffemaskina lekk", "Ring drift.").await;
    assert!(job.catch_up(&CancellationToken::new()).await.is_err());
    look(&mut desk.job()).await;
    assert_eq!((desk.finds("kaffemaskina lekk").len(), desk.past.size()), (1, 2));
}

#[tokio::test]
async fn a_lost_index_is_filled_again_from_the_store() {
    let mut desk = Desk::open().await;
    let flows = desk.flows(1);
    for number in 1001..1031 {
        solved(&flows, number, &format!("Ola {number}"), &format!("Tastatur{number} mangler en tast"), "Byttet.").await;
    }
    look(&mut desk.job()).await;
    assert_eq!(desk.past.size(), 30);
    desk.clock.advance(2 * SETTLED);
    std::fs::remove_dir_all(desk.folder.path().join("past")).unwrap();
    desk.past = Arc::new(past_in(&desk.folder));
    assert_eq!(desk.past.size(), 0);
    look(&mut desk.job()).await;
    assert_eq!((desk.past.size(), desk.finds("tastatur1017")), (30, found(1017, "Byttet.")));
}

#[tokio::test]
async fn it_ends_when_it_is_told_to() {
    let desk = Desk::open().await;
    let (wake, stop) = (Arc::new(Notify::new()), CancellationToken::new());
    let running = tokio::spawn(desk.job().run(wake, stop.clone()));
    stop.cancel();
    tokio::time::timeout(Duration::from_secs(5), running).await.expect("in time").expect("without a panic");
}
