//! What became of all that was asked, said and pressed.

use std::collections::BTreeSet;
use std::fmt;

use firstline::domain::event::Happened;
use firstline::domain::message::{Author, Content};
use firstline::domain::place::Delivery;
use firstline::domain::time::Timestamp;
use firstline::testing::discord::{ChannelId, FakeDiscord, Outcome, Posted};

use super::super::discord::{House, portless};
use super::super::records::{Record, Records};
use super::book::{Asked, Book, Pages, Pressed, Wish};

/// The figures of a run.
pub(super) struct Figures {
    kills: usize,
    asked: usize,
    sent: usize,
    helped: usize,
    posts: usize,
    presses: usize,
    unanswered: usize,
    /// What somebody wrote, or the bot owed them, that is nowhere.
    pub(super) lost: Vec<String>,
    /// What is there more than once.
    pub(super) doubled: Vec<String>,
    /// Presses that the bot acknowledged in a life in which it did nothing about them.
    unheeded: Vec<String>,
}

impl Figures {
    /// Holds what is in the book against the records and against what stands on Discord.
    pub(super) fn of(house: &House, records: &Records, book: &Book, ended: &[Timestamp]) -> Self {
        let (pages, posts) = (book.open(), all_posts(house));
        let is_unanswered = |pressed: &&Pressed| !matches!(pressed.press.outcome(), Outcome::Answered(_));
        let mut figures = Self {
            kills: ended.len(),
            asked: pages.asked.len(),
            sent: pages.sent.len(),
            helped: pages.replied.len() + pages.written.len(),
            posts: posts.len(),
            presses: pages.pressed.len(),
            unanswered: pages.pressed.iter().filter(is_unanswered).count(),
            lost: Vec::new(),
            doubled: Vec::new(),
            unheeded: Vec::new(),
        };
        for one in &pages.asked {
            figures.look_after(one, records, &house.discord, house.help);
        }
        figures.look_after_the_api(&pages, records, &posts);
        figures.look_for_the_same_again(&posts);
        let in_vain = pages.pressed.iter().filter(|pressed| !is_unanswered(pressed) && !was_heeded(pressed, records, ended));
        figures.unheeded = in_vain.map(|pressed| format!("{:?} at {:?}", pressed.wish, pressed.at)).collect();
        figures
    }

    /// There has to be one of something.
    fn one(&mut self, found: usize, what: impl FnOnce() -> String) {
        match found {
            0 => self.lost.push(what()),
            1 => {}
            times => self.doubled.push(format!("{times} times {}", what())),
        }
    }

    /// A question on Discord: kept once, answered once, and a room where it became a ticket.
    fn look_after(&mut self, asked: &Asked, records: &Records, discord: &FakeDiscord, help: ChannelId) {
        let (message, person) = (asked.message, asked.person.id());
        let own: Vec<&Record> = records.of_employee(&format!("discord:{person}"));
        self.one(own.len(), || format!("the conversation of {}", asked.words));
        self.one(said_by_employees(&own, &asked.words), || format!("the question {}", asked.words));
        let outcomes = discord.bot_messages(help).iter().filter(|post| post.answers == Some(message)).count();
        self.one(outcomes, || format!("the answer to {}", asked.words));
        let rooms = discord.threads(help).iter().filter(|room| room.members.contains(&person)).count();
        let tickets = own.iter().filter(|record| record.conversation.ticket.is_some()).count();
        if rooms < tickets {
            self.lost.push(format!("the room for {}", asked.words));
        } else if rooms > tickets {
            self.doubled.push(format!("{rooms} rooms for {}", asked.words));
        }
    }

    /// What was acknowledged over the API, and what operators wrote: kept once, and said once where somebody has to be told.
    fn look_after_the_api(&mut self, pages: &Pages, records: &Records, posts: &[Posted]) {
        for sent in &pages.sent {
            let own: Vec<&Record> = records.all.iter().filter(|it| it.conversation.id.to_string() == sent.conversation).collect();
            self.one(said_by_employees(&own, &sent.words), || format!("the message {}", sent.words));
        }
        let written = pages.written.iter().map(|written| (&written.words, false));
        let replied = pages.replied.iter().map(|replied| (&replied.words, true));
        for (words, is_passed_on) in written.chain(replied) {
            let holding: Vec<&Record> = records.all.iter().filter(|record| said_by_operators(record, words) > 0).collect();
            self.one(holding.iter().map(|record| said_by_operators(record, words)).sum(), || format!("the words {words}"));
            let is_pushed = holding.iter().any(|record| record.conversation.place.delivery == Delivery::Pushed);
            if is_passed_on && is_pushed {
                let told = posts.iter().filter(|post| post.content.contains(words.as_str())).count();
                self.one(told, || format!("the post of {words}"));
            }
        }
    }

    /// No two posts have the same key, and no two are the same in the same place. Links lead to another port after each start. What
    /// only the presser sees is told after each press, and the same is told where they press again.
    fn look_for_the_same_again(&mut self, posts: &[Posted]) {
        let (mut keys, mut seen) = (BTreeSet::new(), BTreeSet::new());
        for post in posts.iter().filter(|post| post.only_for.is_none()) {
            let same_key = post.nonce.as_ref().is_some_and(|key| !keys.insert(key));
            let is_new = seen.insert((post.channel, portless(&post.content), post.answers, &post.custom_ids));
            if same_key || !is_new {
                self.doubled.push(format!("the post {}", post.content));
            }
        }
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kills, asked, sent, helped, posts, presses, unanswered, lost, doubled, unheeded } = self;
        let (lost, doubled, unheeded) = (lost.len(), doubled.len(), unheeded.len());
        writeln!(f, "{kills} kills; {asked} questions on Discord, {sent} messages over the API, {helped} replies of operators;")?;
        writeln!(f, "{posts} messages posted; {lost} lost, {doubled} doubled;")?;
        write!(
            f,
            "{presses} presses, {unanswered} of them without an answer, {unheeded} acknowledged before a kill and not carried out"
        )
    }
}

fn all_posts(house: &House) -> Vec<Posted> {
    let rooms = house.discord.threads(house.help).into_iter().map(|room| room.id);
    [house.help, house.desk].into_iter().chain(rooms).flat_map(|place| house.discord.bot_messages(place)).collect()
}

fn said_by_employees(records: &[&Record], words: &str) -> usize {
    records.iter().flat_map(|record| record.written()).filter(|written| *written == words).count()
}

fn said_by_operators(record: &Record, words: &str) -> usize {
    let by_operators = record.lines.iter().filter(|said| matches!(said.line.author, Author::Operator { .. }));
    by_operators.filter(|said| matches!(&said.line.content, Content::Text(text) if text.as_str() == words)).count()
}

/// Whether it was done in the life in which it was acknowledged, or before.
fn was_heeded(pressed: &Pressed, records: &Records, ended: &[Timestamp]) -> bool {
    let own = match pressed.wish {
        Wish::Person(user) => records.of_employee(&format!("discord:{user}")),
        Wish::Take(number) | Wish::Resolve(number) => records.of_ticket(number),
    };
    let is_it = |what: &Happened| match pressed.wish {
        Wish::Person(_) => matches!(what, Happened::HandedOff { .. }),
        Wish::Take(_) => matches!(what, Happened::Taken { .. }),
        Wish::Resolve(_) => matches!(what, Happened::Resolved { .. }),
    };
    let end = ended.iter().find(|end| **end > pressed.at);
    let mut events = own.iter().flat_map(|record| &record.events);
    events.any(|event| is_it(&event.what) && end.is_none_or(|end| event.at <= *end))
}
