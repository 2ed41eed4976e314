//! Who is at a conversation just now: which operators look at its ticket, and who types. Nothing of what is typed is known here.
//!
//! Kept in memory by each process for itself, and only as long as it is true: whoever looks has a seat, which ends with their
//! page; whoever types is forgotten when they have not typed for a while.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::live::Live;
use crate::domain::draft::DraftKind;
use crate::domain::ids::{ConversationId, OperatorId};
use crate::domain::permission::Operator;
use crate::domain::time::Timestamp;
use crate::ports::Clock;

/// For how long somebody types who was last heard typing: twice what the script waits between two words of it.
const TYPING_LASTS: Duration = Duration::from_secs(8);

/// How many conversations somebody may be at; more are not told of.
const MOST: usize = 4_096;

/// Somebody at a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// Whose conversation it is.
    Employee,
    /// Somebody of the desk.
    Operator {
        /// Who.
        id: OperatorId,
        /// What to call them.
        name: String,
    },
}

impl From<&Operator> for Who {
    fn from(operator: &Operator) -> Self {
        Self::Operator { id: operator.id.clone(), name: operator.name.clone() }
    }
}

/// What one reader is told of the others. Names are in the order in which people came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Others {
    /// Operators who look at the ticket.
    pub(super) looking: Vec<String>,
    /// Operators who type a reply.
    pub(super) replying: Vec<String>,
    /// Operators who type a note.
    pub(super) noting: Vec<String>,
    /// Whether the employee types.
    pub(super) employee: bool,
    /// In what time some of it is no longer true unless it is heard again.
    pub(super) stale_in: Option<Duration>,
}

/// Who is where. Clones speak of the same people.
#[derive(Clone)]
pub(super) struct Presence {
    clock: Arc<dyn Clock>,
    live: Live,
    rooms: Arc<Mutex<HashMap<ConversationId, Vec<Guest>>>>,
}

/// An open page on which an operator looks at a ticket; they stop looking when it is dropped.
pub(super) struct Seat {
    presence: Presence,
    conversation: ConversationId,
    who: Who,
}

struct Guest {
    who: Who,
    /// How many pages they have open on it.
    seats: u32,
    /// What they type, and until when that is taken to be so.
    types: Option<(DraftKind, Timestamp)>,
}

impl Presence {
    /// Nobody is anywhere. Open pages hear of changes through `live`.
    pub(super) fn new(clock: Arc<dyn Clock>, live: Live) -> Self {
        Self { clock, live, rooms: Arc::default() }
    }

    /// An operator opens a page on which they look at the conversation.
    pub(super) fn looks(&self, conversation: ConversationId, by: &Operator) -> Seat {
        let who = Who::from(by);
        let news = self.change(conversation, &who, |guest| {
            guest.seats += 1;
            guest.seats == 1
        });
        self.tell(conversation, news);
        Seat { presence: self.clone(), conversation, who }
    }

    /// Somebody types.
    pub(super) fn types(&self, conversation: ConversationId, who: &Who, kind: DraftKind) {
        let now = self.clock.now();
        let news = self.change(conversation, who, |guest| {
            let typed = guest.types.replace((kind, now.after(TYPING_LASTS)));
            typed.is_none_or(|(before, until)| before != kind || until <= now)
        });
        self.tell(conversation, news);
    }

    /// Somebody has sent what they typed.
    pub(super) fn sent(&self, conversation: ConversationId, who: &Who) {
        let news = self.change(conversation, who, |guest| guest.types.take().is_some());
        self.tell(conversation, news);
    }

    /// Who is at a conversation besides this one.
    pub(super) fn others(&self, conversation: ConversationId, than: &Who) -> Others {
        let (now, rooms) = (self.clock.now(), self.rooms());
        let mut others = Others::default();
        for guest in rooms.get(&conversation).into_iter().flatten().filter(|guest| !guest.who.is(than)) {
            let typed = guest.types.filter(|(_, until)| *until > now);
            if let Some((_, until)) = typed {
                let left = until.since(now);
                others.stale_in = Some(others.stale_in.map_or(left, |sooner| sooner.min(left)));
            }
            match (&guest.who, typed.map(|(kind, _)| kind)) {
                (Who::Employee, typed) => others.employee = typed.is_some(),
                (Who::Operator { name, .. }, Some(DraftKind::Reply)) => others.replying.push(name.clone()),
                (Who::Operator { name, .. }, Some(DraftKind::Note)) => others.noting.push(name.clone()),
                (Who::Operator { .. }, None) => {}
            }
            if let Who::Operator { name, .. } = &guest.who
                && guest.seats > 0
            {
                others.looking.push(name.clone());
            }
        }
        others
    }

    /// Changes what is known of a guest; whether that is news. Rooms in which nobody is left are closed.
    fn change(&self, conversation: ConversationId, who: &Who, change: impl FnOnce(&mut Guest) -> bool) -> bool {
        let (now, mut rooms) = (self.clock.now(), self.rooms());
        if rooms.len() >= MOST && !rooms.contains_key(&conversation) {
            rooms.retain(|_, guests| guests.iter().any(|guest| guest.is_there(now)));
            if rooms.len() >= MOST {
                return false;
            }
        }
        let guests = rooms.entry(conversation).or_default();
        if !guests.iter().any(|guest| guest.who.is(who)) {
            guests.push(Guest { who: who.clone(), seats: 0, types: None });
        }
        let news = guests.iter_mut().find(|guest| guest.who.is(who)).is_some_and(change);
        guests.retain(|guest| guest.is_there(now));
        if guests.is_empty() {
            rooms.remove(&conversation);
        }
        news
    }

    fn tell(&self, conversation: ConversationId, news: bool) {
        if news {
            self.live.stir(conversation);
        }
    }

    fn rooms(&self) -> MutexGuard<'_, HashMap<ConversationId, Vec<Guest>>> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Who {
    /// Whether they are the same person, whatever they are called.
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Operator { id, .. }, Self::Operator { id: other, .. }) => id == other,
            _ => self == other,
        }
    }
}

impl Guest {
    fn is_there(&self, now: Timestamp) -> bool {
        self.seats > 0 || self.types.is_some_and(|(_, until)| until > now)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let news = self.presence.change(self.conversation, &self.who, |guest| {
            guest.seats = guest.seats.saturating_sub(1);
            guest.seats == 0
        });
        self.presence.tell(self.conversation, news);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;
    use crate::domain::permission::{Membership, Roles};

    #[derive(Default)]
    struct Hand(AtomicI64);

    impl Clock for Hand {
        fn now(&self) -> Timestamp {
            Timestamp::from_micros(self.0.load(Ordering::Relaxed))
        }
    }

    struct Room {
        clock: Arc<Hand>,
        live: Live,
        presence: Presence,
    }

    const HERE: ConversationId = ConversationId::new(1);

    impl Room {
        fn empty() -> Self {
            let (clock, live) = (Arc::new(Hand::default()), Live::new());
            let presence = Presence::new(clock.clone(), live.clone());
            Self { clock, live, presence }
        }

        fn pass(&self, seconds: i64) {
            self.clock.0.fetch_add(seconds * 1_000_000, Ordering::Relaxed);
        }

        fn seen_by_ola(&self) -> Others {
            self.presence.others(HERE, &Who::from(&operator("Ola")))
        }
    }

    fn operator(name: &str) -> Operator {
        let id = OperatorId::new(format!("web:{name}"));
        Operator { id, name: name.to_owned(), groups: Membership::Every, roles: Roles::operator() }
    }

    #[test]
    fn who_looks_is_seen_by_others_until_the_last_page_is_closed() {
        let room = Room::empty();
        let first = room.presence.looks(HERE, &operator("Kari"));
        let second = room.presence.looks(HERE, &operator("Kari"));
        assert_eq!(room.seen_by_ola().looking, ["Kari"]);
        assert_eq!(room.presence.others(HERE, &Who::from(&operator("Kari"))), Others::default(), "nobody is told of themselves");
        drop(first);
        assert_eq!(room.seen_by_ola().looking, ["Kari"]);
        drop(second);
        assert_eq!(room.seen_by_ola(), Others::default());
        assert!(room.presence.rooms().is_empty(), "nothing is left behind");
    }

    #[test]
    fn who_types_is_seen_until_they_send_or_fall_silent() {
        let room = Room::empty();
        let kari = Who::from(&operator("Kari"));
        room.presence.types(HERE, &kari, DraftKind::Reply);
        room.presence.types(HERE, &Who::Employee, DraftKind::Reply);
        room.pass(5);
        room.presence.types(HERE, &kari, DraftKind::Note);
        let seen = room.seen_by_ola();
        assert_eq!((seen.replying.len(), seen.noting, seen.employee), (0, vec!["Kari".to_owned()], true));
        assert_eq!(seen.stale_in, Some(Duration::from_secs(3)));
        room.pass(4);
        assert_eq!((room.seen_by_ola().noting.len(), room.seen_by_ola().employee), (1, false));
        room.presence.sent(HERE, &kari);
        assert_eq!(room.seen_by_ola(), Others::default());
        assert!(room.presence.others(ConversationId::new(2), &Who::Employee).replying.is_empty());
    }

    #[test]
    fn open_pages_are_woken_when_somebody_begins_and_not_at_every_key() {
        let room = Room::empty();
        let mut heard = room.live.listen().unwrap().stirs;
        let kari = Who::from(&operator("Kari"));
        for _ in 0..5 {
            room.presence.types(HERE, &kari, DraftKind::Reply);
        }
        assert!(heard.try_recv().is_ok() && heard.try_recv().is_err());
        room.pass(9);
        room.presence.types(HERE, &kari, DraftKind::Reply);
        assert!(heard.try_recv().is_ok(), "they had fallen silent");
    }

    #[test]
    fn only_so_many_conversations_are_told_of_and_silent_ones_make_room() {
        let room = Room::empty();
        for number in 0..=4_096 {
            room.presence.types(ConversationId::new(number), &Who::Employee, DraftKind::Reply);
        }
        assert_eq!(room.presence.rooms().len(), MOST);
        room.pass(9);
        room.presence.types(ConversationId::new(9_999), &Who::Employee, DraftKind::Reply);
        assert_eq!(room.presence.rooms().len(), 1);
    }
}
