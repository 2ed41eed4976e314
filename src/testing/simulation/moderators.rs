//! What befalls rooms and people on the platform: threads are deleted, put away and locked, permissions are taken, people leave.

use std::collections::BTreeSet;

use super::employees::NAMES;
use super::life::Life;
use super::story::Story;
use super::town::desk_operator;
use crate::domain::message::Redacted;
use crate::domain::operator_side::{Wish, Written};
use crate::domain::ticket::Status;
use crate::flows::Outcome;
use crate::ports::{Conversations, TicketFilter};
use crate::testing::discord::{ChannelId, SeenThread, UserId, permission};

/// How many threads the guild takes where it is not full.
const THREADS: usize = 1_000;

/// What of this has happened.
#[derive(Debug, Default)]
pub(super) struct Upheaval {
    /// The threads that were deleted, with who was in them.
    pub(super) removed: Vec<(ChannelId, Vec<UserId>)>,
    /// The employees who have left the guild at some time, and those who are away now.
    pub(super) left: BTreeSet<usize>,
    pub(super) away: BTreeSet<usize>,
    /// Whether the bot was ever not allowed something that it needs for rooms, or the guild was full of threads.
    pub(super) was_narrow: bool,
}

impl Upheaval {
    /// Whether a thread was deleted in which this person was.
    pub(super) fn was_in_removed(&self, channel: ChannelId, person: UserId) -> bool {
        self.removed.iter().any(|(removed, members)| *removed == channel && members.contains(&person))
    }

    pub(super) fn is_removed(&self, channel: ChannelId) -> bool {
        self.removed.iter().any(|(removed, _)| *removed == channel)
    }
}

impl Story {
    pub(super) async fn something_befalls_a_room(&mut self) {
        match self.dice.below(9) {
            0 | 1 => self.a_thread_is_deleted(),
            2 => self.a_thread_is_put_away(),
            3 | 4 => self.a_thread_is_locked(),
            5 | 6 => self.somebody_leaves_or_comes_back().await,
            7 => self.rooms_become_scarce(),
            _ => self.rooms_are_possible_again(),
        }
    }

    fn a_room(&mut self) -> Option<SeenThread> {
        let rooms = self.town.fake.threads(self.town.help);
        self.dice.pick(&rooms).cloned()
    }

    fn a_thread_is_deleted(&mut self) {
        let Some(room) = self.a_room() else { return };
        self.tell(&format!("a moderator deletes the thread {} ({})", room.id, room.name));
        self.town.fake.remove_channel(room.id);
        self.upheaval.removed.push((room.id, room.members));
    }

    fn a_thread_is_put_away(&mut self) {
        let Some(room) = self.a_room() else { return };
        self.tell(&format!("the thread {} is put away", room.id));
        self.town.fake.archive(room.id);
    }

    fn a_thread_is_locked(&mut self) {
        let Some(room) = self.a_room() else { return };
        self.tell(&format!("a moderator locks the thread {}", room.id));
        self.town.fake.lock(room.id);
    }

    async fn somebody_leaves_or_comes_back(&mut self) {
        let who = self.dice.below(self.town.employees.len());
        let person = self.town.employees[who].clone();
        if self.upheaval.away.remove(&who) {
            self.tell(&format!("{} comes back", NAMES[who]));
            person.comes_back().await;
        } else {
            self.tell(&format!("{} leaves the guild", NAMES[who]));
            self.upheaval.away.insert(who);
            self.upheaval.left.insert(who);
            person.leaves_the_guild().await;
        }
    }

    fn rooms_become_scarce(&mut self) {
        self.upheaval.was_narrow = true;
        match self.dice.below(3) {
            0 => {
                self.tell("the guild is full of threads");
                self.town.fake.most_threads(0);
            }
            1 => {
                self.tell("the bot may not make private threads any more");
                self.town.fake.deny(self.town.help, permission::CREATE_PRIVATE_THREADS);
            }
            _ => {
                self.tell("the bot may not manage threads any more");
                self.town.fake.deny(self.town.help, permission::MANAGE_THREADS);
            }
        }
    }

    /// Takes every ticket that waits and writes to its employee, as the desk may whatever became of rooms and people; gives back what
    /// could not be done.
    pub(super) async fn tickets_are_worked_on(&mut self, life: &Life) -> Vec<String> {
        let (by, mut broken) = (desk_operator(0), Vec::new());
        let tickets = life.store.tickets(&TicketFilter::default()).await.unwrap_or_default();
        for number in tickets.iter().filter(|ticket| ticket.status == Status::Waiting).map(|ticket| ticket.number) {
            let words = Redacted::vouched(format!("Vi ser på det nr{}.", self.serial()));
            for wish in [Wish::Take, Wish::Reply(words, Written::InDesk)] {
                let (name, done) = (wish.name(), life.flows.handle(number, &by, wish).await);
                if !matches!(done, Ok(Outcome::Done)) {
                    broken.push(format!("nobody can {name} ticket {number}: {done:?}"));
                }
            }
        }
        broken
    }

    /// An administrator puts right what can be put right.
    pub(super) fn rooms_are_possible_again(&mut self) {
        if self.upheaval.was_narrow {
            self.tell("the bot may make and manage threads");
            self.town.fake.most_threads(THREADS);
            self.town.fake.allow(self.town.help, permission::CREATE_PRIVATE_THREADS | permission::MANAGE_THREADS);
        }
    }
}
