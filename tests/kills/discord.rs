//! On Discord: the platform sends nothing again by itself, so what was missed is read, and what may have been posted is looked for.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use firstline::domain::message::Content;
use firstline::domain::room::RoomNews;
use firstline::ports::Clock;
use firstline::system::SystemClock;
use firstline::testing::Process;
use firstline::testing::discord::{ChannelId, FakeDiscord, MessageId, Person, Posted, Received, TOKEN};
use futures_util::{StreamExt, stream};
use reqwest::{Method, StatusCode};
use serde_json::json;
use tokio::time::timeout;

use super::Mortal;
use super::records::Records;

/// Who works in the desk over the API.
const KARI: &str = "kari-token-for-tests";

/// After how long without a request it is looked whether anything is left to do, and how often in a row in vain.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
const PATIENCE: u32 = 10;

/// The button that asks for a last word before it resolves.
const RESOLVE: &str = "Løst";

/// A house whose program dies.
pub(super) struct House {
    pub(super) discord: FakeDiscord,
    pub(super) help: ChannelId,
    pub(super) desk: ChannelId,
    pub(super) mortal: Mortal,
    pub(super) kari: Person,
    moved: Instant,
}

impl House {
    async fn new() -> Self {
        Self::of(super::BINARY).await
    }

    /// One with this program.
    pub(super) async fn of(binary: &str) -> Self {
        let discord = FakeDiscord::start_at(SystemClock.now().millis()).await;
        let (help, desk) = (discord.text_channel("hjelp"), discord.text_channel("skranke"));
        let role = discord.role("Operatør");
        let mut mortal = Mortal::of(binary);
        mortal.program = mortal
            .program
            .with("FIRSTLINE_DISCORD_TOKEN", TOKEN)
            .with("FIRSTLINE_DISCORD_API", discord.url())
            .with("FIRSTLINE_DISCORD_CHANNELS", help.to_string())
            .with("FIRSTLINE_DISCORD_GROUPS", format!("{{ general = {{ channel = {desk}, role = {role} }} }}"));
        let kari = discord.member("Kari", &[role]);
        Self { discord, help, desk, mortal, kari, moved: Instant::now() }
    }

    /// The platform's time goes on with ours.
    pub(super) fn time_passes(&mut self) {
        self.discord.advance(self.moved.elapsed());
        self.moved = Instant::now();
    }

    /// Starts the program and waits until it hears what is said.
    pub(super) async fn starts(&mut self) -> Process {
        self.time_passes();
        let is_command = |request: &&Received| request.method == "PUT" && request.path.starts_with("/applications");
        let before = self.discord.requests().iter().filter(is_command).count();
        let process = self.mortal.program.start().await;
        self.discord.wait_for_requests("PUT", "/applications", before + 1).await;
        process
    }

    /// The program dies over what somebody does, which may have been kept (`true`) or not.
    async fn dies(&mut self, alive: Process, point: &str, does: impl AsyncFnOnce()) -> bool {
        let before = alive_events(&self.mortal).await;
        self.mortal.dies_at(point);
        does().await;
        self.mortal.is_dead(alive).await;
        alive_events(&self.mortal).await > before
    }

    /// The program dies over a press and is started again; where nothing was kept, the person presses again.
    async fn dies_over_press(&mut self, alive: Process, point: &str, who: &Person, post: MessageId, button: &str) -> Process {
        let pressed = async || {
            let press = who.presses(post, button).await;
            if button == RESOLVE {
                press.submits(&[]).await;
            }
        };
        let kept = self.dies(alive, point, &pressed).await;
        let process = self.starts().await;
        if !kept {
            pressed().await;
        }
        process
    }

    /// Stops the program once nothing is left to do: errands are given out oldest first in each place, so a last question there has
    /// its answer after all others; and then until the other places have theirs too.
    pub(super) async fn finishes(&self, alive: Process) {
        let asked = self.discord.member("Siste", &[]).says(self.help, "Jeg har glemt passordet mitt").await;
        self.discord.wait_for_bot_message_in_turn(self.help, |post| post.answers == Some(asked)).await;
        let (mut so_far, mut idle) = (0, 0);
        while idle < PATIENCE && waiting(&self.mortal).await > 0 {
            let goes_on = timeout(LOOK_AGAIN, self.discord.wait_for_request_beyond(so_far)).await;
            idle = if goes_on.is_ok() { 0 } else { idle + 1 };
            so_far = self.discord.requests().len();
        }
        assert!(idle < PATIENCE, "errands wait, and nothing is done about them");
        alive.stop().await;
    }

    async fn comes_to_rest(&self, alive: Process) -> Records {
        self.finishes(alive).await;
        let records = Records::read(&self.mortal.database()).await;
        records.are_sound();
        records
    }

    async fn card(&self, button: &str) -> Posted {
        self.discord.wait_for_bot_message(self.desk, |post| post.buttons.iter().any(|label| label == button)).await
    }
}

async fn alive_events(mortal: &Mortal) -> usize {
    Records::read(&mortal.database()).await.events()
}

/// How many errands are not done and not given up.
async fn waiting(mortal: &Mortal) -> u64 {
    Records::waiting(&mortal.database()).await
}

/// Where the program dies in each part of a conversation's life.
struct Deaths {
    ask: &'static str,
    hand_off: &'static str,
    take: &'static str,
    words: &'static str,
    resolve: &'static str,
}

const fn deaths(
    ask: &'static str,
    hand_off: &'static str,
    take: &'static str,
    words: &'static str,
    resolve: &'static str,
) -> Deaths {
    Deaths { ask, hand_off, take, words, resolve }
}

/// Every point at least once in each part in which the program comes to it.
const DEATHS: [Deaths; 9] = [
    deaths("flow.before_commit", "flow.before_commit", "flow.before_commit", "flow.before_commit", "flow.before_commit"),
    deaths("flow.after_commit", "flow.after_commit", "flow.after_commit", "flow.after_commit", "flow.after_commit"),
    deaths("store.before_commit", "store.before_commit", "store.before_commit", "store.before_commit", "store.before_commit"),
    deaths("store.after_commit", "store.after_commit", "store.after_commit", "store.after_commit", "store.after_commit"),
    deaths("deliver.before_run", "deliver.before_run", "deliver.before_run", "flow.before_commit", "deliver.before_run"),
    deaths("deliver.before_done", "deliver.before_done", "deliver.before_done", "flow.after_commit", "deliver.before_done"),
    deaths("rest.after_post", "rest.after_post", "rest.after_edit", "store.before_commit", "rest.after_post"),
    deaths("flow.after_commit", "rest.after_thread", "rest.after_acknowledge", "store.after_commit", "rest.after_edit"),
    deaths("flow.before_commit", "rest.after_member", "flow.after_commit", "flow.before_commit", "rest.after_acknowledge"),
];

#[tokio::test]
async fn whatever_the_program_dies_over_it_is_said_once_and_nothing_is_lost() {
    let stories = stream::iter(DEATHS.iter().map(a_whole_conversation));
    stories.buffer_unordered(3).collect::<()>().await;
}

async fn a_whole_conversation(deaths: &Deaths) {
    let mut house = House::new().await;
    let (discord, help, kari) = (house.discord.clone(), house.help, house.kari.clone());
    let ola = discord.member("Ola", &[]);

    let alive = house.starts().await;
    house
        .dies(alive, deaths.ask, async || {
            ola.says(help, "Jeg har glemt passordet mitt").await;
        })
        .await;
    let alive = house.starts().await;
    let answer = discord.wait_for_bot_message(help, |post| post.answers.is_some()).await;

    let human = "Jeg vil snakke med en person";
    let alive = house.dies_over_press(alive, deaths.hand_off, &ola, answer.id, human).await;
    let waiting = house.card("Ta saken").await;
    let room = discord.wait_for_thread(help, |thread| thread.members.contains(&ola.id())).await;

    let mut alive = house.dies_over_press(alive, deaths.take, &kari, waiting.id, "Ta saken").await;
    let taken = house.card("Løst").await;
    discord.wait_for_thread_member(room.id, kari.id()).await;

    let kept = house
        .dies(alive, deaths.words, async || {
            ola.says(room.id, "Det haster litt").await;
        })
        .await;
    alive = house.starts().await;
    if !kept {
        alive.wait_for("the words", |seen| seen.err.contains("an employee's message was received")).await;
    }

    let alive = house.dies_over_press(alive, deaths.resolve, &kari, taken.id, RESOLVE).await;
    let direct = ola.direct_channel();
    discord.wait_for_bot_message(direct, |post| post.buttons.iter().any(|label| label == "Nei, det er ikke løst")).await;
    discord.wait_for_bot_message(house.desk, |post| post.buttons.is_empty() && post.only_for.is_none()).await;

    let records = house.comes_to_rest(alive).await;
    assert_eq!((records.all.len(), &records.numbers[..]), (2, &[1_001][..]), "one matter and the last question, one ticket");
    assert_eq!(records.all[0].written(), ["Jeg har glemt passordet mitt", "Det haster litt"]);
    let threads = discord.threads(help);
    assert_eq!(threads.len(), 1, "one room: {threads:?}");
    let cards = discord.bot_messages(house.desk).into_iter().filter(|post| post.only_for.is_none()).count();
    assert_eq!(cards, 1, "one card, whatever it showed:\n{}", discord.transcript(house.desk));
    assert_eq!(
        discord.bot_messages(help).len(),
        4,
        "the answer, the number, where the room is, and the last answer:\n{}",
        discord.transcript(help)
    );
    for place in [help, room.id] {
        says_nothing_twice(&discord, place);
    }
    discord.assert_honest();
}

/// A text without the port in its links, which is another one after each start.
pub(super) fn portless(text: &str) -> String {
    text.split("127.0.0.1:").map(|part| part.trim_start_matches(|c: char| c.is_ascii_digit())).collect()
}

/// No two posts of the bot in a place are the same.
fn says_nothing_twice(discord: &FakeDiscord, place: ChannelId) {
    let posts = discord.bot_messages(place);
    let different: BTreeSet<_> = posts.iter().map(|post| (post.answers, portless(&post.content), &post.custom_ids)).collect();
    assert_eq!(different.len(), posts.len(), "something was said twice:\n{}", discord.transcript(place));
}

#[tokio::test]
async fn what_is_said_in_a_room_while_it_is_being_made_is_heard() {
    let mut house = House::new().await;
    let (discord, help) = (house.discord.clone(), house.help);
    let ola = discord.member("Ola", &[]);
    let alive = house.starts().await;
    house
        .dies(alive, "rest.after_member", async || {
            ola.says(help, "Kan jeg få snakke med et menneske?").await;
        })
        .await;
    let room = discord.wait_for_thread(help, |thread| thread.members.contains(&ola.id())).await;
    ola.says(room.id, "Er det noen her?").await;

    let mut alive = house.starts().await;
    house.card("Ta saken").await;
    alive.wait_for("the words", |seen| seen.err.contains("an employee's message was received")).await;
    let records = house.comes_to_rest(alive).await;
    assert_eq!(records.all[0].written(), ["Kan jeg få snakke med et menneske?", "Er det noen her?"]);
    says_nothing_twice(&discord, room.id);
    assert_eq!(discord.threads(help).len(), 1);
}

/// Where the program dies on another way than the one that was thought of.
const DEATHS_ON_ANOTHER_WAY: [&str; 6] = [
    "rest.after_thread",
    "rooms.after_keeping",
    "rest.after_member",
    "rest.after_post",
    "store.after_commit",
    "deliver.before_done",
];

#[tokio::test]
async fn a_room_that_is_gone_is_made_anew_once_whatever_the_program_dies_over() {
    let stories = stream::iter(DEATHS_ON_ANOTHER_WAY.iter().map(|point| a_reply_without_a_room(point)));
    stories.buffer_unordered(3).collect::<()>().await;
}

async fn a_reply_without_a_room(point: &str) {
    let mut house = House::new().await;
    let (discord, help) = (house.discord.clone(), house.help);
    let ola = discord.member("Ola", &[]);
    let alive = house.starts().await;
    ola.says(help, "Kan jeg få snakke med et menneske?").await;
    house.card("Ta saken").await;
    let gone = discord.wait_for_thread(help, |thread| thread.members.contains(&ola.id())).await;
    let answer = alive.call(Method::POST, "/api/v1/tickets/1001/claim", Some(KARI), None).await;
    assert_eq!(answer.map(|(status, _)| status), Some(StatusCode::OK));
    discord.wait_for_bot_message(ola.direct_channel(), |post| post.content.contains("har tatt sak")).await;
    alive.stop().await;
    discord.remove_channel(gone.id);

    let alive = house.starts().await;
    house.mortal.dies_at(point);
    let words = || Some(json!({ "text": "Hei, her er jeg.", "client_id": "hei" }));
    // The answer may be lost with the program: the same is sent again, and is one reply.
    drop(alive.call(Method::POST, "/api/v1/tickets/1001/reply", Some(KARI), words()).await);
    house.mortal.is_dead(alive).await;
    let alive = house.starts().await;
    drop(alive.call(Method::POST, "/api/v1/tickets/1001/reply", Some(KARI), words()).await);

    let anew = discord.wait_for_thread(help, |thread| thread.members.contains(&ola.id())).await;
    discord.wait_for_bot_message(anew.id, |post| post.content.contains("Hei, her er jeg.")).await;
    let records = house.comes_to_rest(alive).await;
    assert_eq!(discord.threads(help).len(), 1, "{point}: one room took the place of the one that is gone");
    let told = records.all[0].lines.iter().filter(|said| said.line.content == Content::Room(RoomNews::MadeAnew)).count();
    assert_eq!(told, 1, "{point}: the desk is told once");
    for place in [help, anew.id] {
        says_nothing_twice(&discord, place);
    }
    discord.assert_honest();
}
