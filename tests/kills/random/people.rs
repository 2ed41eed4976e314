//! Who uses Discord: employees who ask and press, and an operator who takes, answers and resolves.

use std::sync::Arc;
use std::time::Duration;

use firstline::ports::Clock;
use firstline::system::SystemClock;
use firstline::testing::Chance;
use firstline::testing::discord::{AnswerKind, ChannelId, FakeDiscord, MessageId, Person, Posted, Press};
use tokio::time::timeout;

use super::super::discord::House;
use super::book::{Asked, Book, Pressed, Wish, Written};

const HUMAN: &str = "Jeg vil snakke med en person";
const TAKE: &str = "Ta saken";
const RESOLVE: &str = "Løst";

/// How long a form is waited for, which whoever dies will never show.
const FORM_IS_AWAITED: Duration = Duration::from_secs(3);

/// The town's people, as far as they are on Discord.
pub(super) struct Town {
    discord: FakeDiscord,
    help: ChannelId,
    desk: ChannelId,
    kari: Person,
    book: Arc<Book>,
}

impl Town {
    pub(super) fn of(house: &House, book: Arc<Book>) -> Self {
        Self { discord: house.discord.clone(), help: house.help, desk: house.desk, kari: house.kari.clone(), book }
    }

    /// Somebody asks; every third wants a person at once.
    pub(super) async fn asks(self, nth: u64) {
        let person = self.discord.member(&format!("Person {nth}"), &[]);
        let question = if nth.is_multiple_of(3) { "Kan jeg få snakke med et menneske?" } else { "Jeg har glemt passordet mitt" };
        let words = format!("{question} ({nth})");
        let message = person.says(self.help, &words).await;
        self.book.open().asked.push(Asked { message, person, words });
    }

    /// Somebody presses, or writes in a thread.
    pub(super) async fn does_something(self, mut chance: Chance) {
        if chance.below(3) == 0 {
            self.an_employee_wants_a_person(&mut chance).await;
        } else {
            self.kari_works(&mut chance).await;
        }
    }

    /// Somebody who was answered, and has not been handed over as far as they see, presses for a person.
    async fn an_employee_wants_a_person(&self, chance: &mut Chance) {
        let rooms = self.discord.threads(self.help);
        let answers: Vec<Posted> = self.discord.bot_messages(self.help).into_iter().filter(|post| has(post, HUMAN)).collect();
        let heard = self.book.open().asked.clone();
        let alone = heard.iter().filter(|one| !rooms.iter().any(|room| room.members.contains(&one.person.id())));
        let may: Vec<(&Asked, MessageId)> =
            alone.filter_map(|one| Some((one, answers.iter().find(|answer| answer.answers == Some(one.message))?.id))).collect();
        let Some((asker, answer)) = chance.pick(&may) else { return };
        self.presses(&asker.person, *answer, HUMAN, Wish::Person(asker.person.id())).await;
    }

    /// The operator sees to a card: takes it, or writes in its thread where she has not, or has solved it.
    async fn kari_works(&self, chance: &mut Chance) {
        let waits = |card: &Posted| has(card, TAKE) || has(card, RESOLVE) && card.content.contains("Kari");
        let cards: Vec<Posted> = self.discord.bot_messages(self.desk).into_iter().filter(waits).collect();
        let Some((card, number)) = chance.pick(&cards).and_then(|card| Some((card, number_on(card)?))) else { return };
        if has(card, TAKE) {
            self.presses(&self.kari, card.id, TAKE, Wish::Take(number)).await;
            return;
        }
        let name = format!("Sak {number}");
        let room = self.discord.threads(self.help).into_iter().find(|room| room.name == name);
        let words = format!("Kari ser på {name}");
        let has_written = self.book.open().written.iter().any(|written| written.words == words);
        match room {
            Some(room) if !has_written && room.members.contains(&self.kari.id()) => {
                self.book.open().written.push(Written { words: words.clone() });
                self.kari.says(room.id, &words).await;
            }
            _ => self.resolves(card.id, number).await,
        }
    }

    /// The button shows a form, which is sent as it is where it comes.
    async fn resolves(&self, card: MessageId, number: i64) {
        let Some(shown) = self.presses(&self.kari, card, RESOLVE, Wish::Form).await else { return };
        let form = timeout(FORM_IS_AWAITED, shown.answered()).await;
        if form.is_ok_and(|answer| answer.kind == AnswerKind::Form) {
            let at = SystemClock.now();
            let press = shown.submits(&[]).await;
            self.book.open().pressed.push(Pressed { press, at, wish: Wish::Resolve(number) });
        }
    }

    async fn presses(&self, who: &Person, message: MessageId, button: &str, wish: Wish) -> Option<Press> {
        let at = SystemClock.now();
        let press = who.presses_if_there(message, button).await?;
        self.book.open().pressed.push(Pressed { press: press.clone(), at, wish });
        Some(press)
    }
}

fn has(post: &Posted, button: &str) -> bool {
    post.buttons.iter().any(|label| label == button)
}

/// The number of the ticket on a card.
fn number_on(card: &Posted) -> Option<i64> {
    let after = card.content.split_once("Sak ")?.1;
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}
