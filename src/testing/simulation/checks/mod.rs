//! What must be so when everything is at rest, whatever happened before.

mod answers;
mod employees;
mod outbox;
mod state;
mod written;

use std::collections::BTreeMap;

use super::life::Life;
use super::story::Story;
use crate::domain::conversation::Conversation;
use crate::domain::event::Event;
use crate::domain::ids::{ConversationId, EmployeeId, MessageId};
use crate::domain::message::Visibility;
use crate::ports::{Conversations, Recorded, StoreError, TicketFilter, TicketSummary};
use crate::store::Entry;
use crate::testing::discord::{ChannelId, Logged, Person, Posted, UserId};

/// What there is to look at.
pub(super) struct Evidence {
    conversations: Vec<Told>,
    ledger: Vec<Entry>,
    posted: Vec<Logged>,
    /// What one person alone was told, as it stands.
    alone: Vec<Posted>,
    /// Each employee, and where the bot writes to them directly.
    direct: Vec<(EmployeeId, UserId, ChannelId)>,
    tickets: Vec<TicketSummary>,
}

/// One conversation as the store has it.
struct Told {
    conversation: Conversation,
    events: Vec<Event>,
    /// Every line, notes too.
    lines: Vec<Recorded>,
    /// The lines that the employee may read.
    shown: Vec<Recorded>,
    room: Option<String>,
}

/// How many conversations are read at a time.
const PAGE: u32 = 200;

/// Everything that is not as it must be.
pub(super) async fn all(story: &mut Story, life: &Life) -> Vec<String> {
    let evidence = match Evidence::gather(story, life).await {
        Ok(evidence) => evidence,
        Err(error) => return vec![format!("the store cannot be read: {error}")],
    };
    let figures = &mut story.figures;
    figures.posted = evidence.posted.len() as u64;
    figures.tickets = evidence.tickets.len() as u64;
    let mut broken = rules(story);
    broken.extend(state::check(&evidence));
    broken.extend(outbox::check(story, &evidence));
    broken.extend(employees::check(story, &evidence));
    broken.extend(answers::check(story, &evidence));
    broken
}

/// The platform's rules that were broken. To acknowledge something late or once more is none of those where answers come late,
/// or not at all.
fn rules(story: &Story) -> Vec<String> {
    const OF_LATE_ANSWERS: [&str; 2] = ["Interaction has already been acknowledged", "Unknown interaction"];
    let broken = story.town.fake.violations().into_iter();
    broken.filter(|rule| !OF_LATE_ANSWERS.iter().any(|late| rule.contains(late))).collect()
}

fn of_person(person: &Person) -> (EmployeeId, UserId, ChannelId) {
    (EmployeeId::new(format!("discord:{}", person.id())), person.id(), person.direct_channel())
}

impl Evidence {
    async fn gather(story: &Story, life: &Life) -> Result<Self, StoreError> {
        let mut conversations = Vec::new();
        for conversation in life.store.conversations_after(None, PAGE).await? {
            let id = conversation.id;
            conversations.push(Told {
                events: life.store.events(id).await?,
                lines: life.store.lines(id, None, Visibility::Desk).await?,
                shown: life.store.lines(id, None, Visibility::Everyone).await?,
                room: life.store.room_of(id).await?,
                conversation,
            });
        }
        Ok(Self {
            conversations,
            ledger: life.store.ledger().await?,
            posted: story.town.fake.everything_posted(),
            alone: story.town.fake.said_alone(),
            direct: story.town.employees.iter().map(of_person).collect(),
            tickets: life.store.tickets(&TicketFilter::default()).await?,
        })
    }

    fn told(&self, id: ConversationId) -> Option<&Told> {
        self.conversations.iter().find(|told| told.conversation.id == id)
    }

    /// The lines of all conversations, by their identifier.
    fn lines(&self) -> BTreeMap<MessageId, &Recorded> {
        let lines = self.conversations.iter().flat_map(|told| &told.lines);
        lines.map(|recorded| (recorded.line.id, recorded)).collect()
    }
}
