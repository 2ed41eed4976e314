//! The main job on Discord: the whole program over sockets, against a Discord that keeps state and its rules.

use std::path::Path;

use firstline::ports::Clock;
use firstline::system::SystemClock;
use firstline::testing::TestBot;
use firstline::testing::discord::{ChannelId, FakeDiscord, Person, Posted, RoleId, TOKEN};
use serde_json::json;
use tempfile::TempDir;

/// A house with a help channel, a general and a clinical desk, and the program.
struct House {
    discord: FakeDiscord,
    help: ChannelId,
    desk: ChannelId,
    clinic: ChannelId,
    operators: RoleId,
    bot: TestBot,
    _data: TempDir,
}

impl House {
    async fn open() -> Self {
        let discord = FakeDiscord::start_at(SystemClock.now().millis()).await;
        let (help, desk, clinic) =
            (discord.text_channel("hjelp"), discord.text_channel("skranke"), discord.text_channel("klinisk"));
        let operators = discord.role("Operatør");
        let data = TempDir::new().expect("a folder of its own");
        let bot = program(&discord, data.path(), help, desk, clinic, operators).await;
        discord.wait_until_connected().await;
        // The command is registered once everything missed is on its way to be read.
        discord.wait_for_requests("PUT", "/applications", 1).await;
        Self { discord, help, desk, clinic, operators, bot, _data: data }
    }

    fn operator(&self, name: &str) -> Person {
        self.discord.member(name, &[self.operators])
    }

    async fn close(self) {
        self.bot.stop().await;
        self.discord.assert_honest();
    }
}

async fn program(
    discord: &FakeDiscord,
    data: &Path,
    help: ChannelId,
    desk: ChannelId,
    clinic: ChannelId,
    role: RoleId,
) -> TestBot {
    let groups = format!("{{ general = {{ channel = {desk}, role = {role} }}, clinical = {{ channel = {clinic} }} }}");
    let settings = [
        ("FIRSTLINE_DISCORD_TOKEN", TOKEN),
        ("FIRSTLINE_DISCORD_API", &discord.url()),
        ("FIRSTLINE_DISCORD_CHANNELS", &help.to_string()),
        ("FIRSTLINE_DISCORD_GROUPS", &groups),
    ];
    TestBot::start_with(data, &settings).await
}

/// What people press in one language.
struct Labels {
    lang: &'static str,
    question: &'static str,
    title: &'static str,
    did_not_help: &'static str,
    no: &'static str,
}

const LANGUAGES: [Labels; 3] = [
    Labels {
        lang: "nb",
        question: "Jeg har glemt passordet mitt",
        title: "Glemt passord",
        did_not_help: "Det hjalp ikke",
        no: "Nei, det er ikke løst",
    },
    Labels {
        lang: "nn",
        question: "Eg har gløymt passordet mitt",
        title: "Gløymt passord",
        did_not_help: "Det hjelpte ikkje",
        no: "Nei, det er ikkje løyst",
    },
    Labels {
        lang: "en",
        question: "I have forgotten my password",
        title: "Forgotten password",
        did_not_help: "It did not help",
        no: "No, it is not solved",
    },
];

/// The message in a channel that speaks of a ticket and has this button.
async fn card(house: &House, channel: ChannelId, number: i64, button: &str) -> Posted {
    let (number, wanted) = (number.to_string(), button.to_owned());
    house.discord.wait_for_bot_message(channel, |post| post.content.contains(&number) && post.buttons.contains(&wanted)).await
}

#[tokio::test]
async fn from_a_question_in_the_channel_to_a_person_and_back_in_three_languages() {
    let house = House::open().await;
    let (discord, kari, per) = (&house.discord, house.operator("Kari"), house.operator("Per"));
    for (labels, number) in LANGUAGES.iter().zip(1_001..) {
        let ola = discord.member("Ola", &[]);
        let asked = ola.says(house.help, labels.question).await;
        let answer = discord.wait_for_bot_message(house.help, |post| post.answers == Some(asked)).await;
        assert!(answer.content.contains(labels.title), "{}", discord.transcript(house.help));

        ola.presses(answer.id, labels.did_not_help).await;
        let room = discord
            .wait_for_thread(house.help, |thread| thread.name.contains(&number.to_string()) && thread.members.contains(&ola.id()))
            .await;
        assert!(room.is_private, "nobody else reads along");

        kari.presses(card(&house, house.desk, number, "Ta saken").await.id, "Ta saken").await;
        discord.wait_for_thread_member(room.id, kari.id()).await;
        let told = per.presses(card(&house, house.desk, number, "Legg tilbake").await.id, "Løst").await.submits(&[]).await;
        let told = told.wait_for_message(|post| post.content.contains("Kari")).await;
        assert_eq!(told.only_for, Some(per.id()), "Per is told who has it, and nobody else is");

        kari.says(room.id, "Hei, prøv nå").await;
        let meanwhile = ola.says(room.id, labels.question).await;
        kari.presses(card(&house, house.desk, number, "Løst").await.id, "Løst").await.submits(&[]).await;
        let direct = ola.direct_channel();
        let asks = discord.wait_for_bot_message(direct, |post| post.buttons.iter().any(|button| button == labels.no)).await;
        assert!(!discord.bot_messages(room.id).iter().any(|post| post.answers == Some(meanwhile)), "the bot is silent");

        ola.presses(asks.id, labels.no).await;
        card(&house, house.desk, number, "Ta saken").await;
        let ticket = house.bot.operator("kari").reads(number).await;
        assert_eq!((ticket["status"].as_str(), ticket["lang"].as_str()), (Some("waiting"), Some(labels.lang)));
    }
    house.close().await;
}

#[tokio::test]
async fn a_clinical_matter_is_shown_to_the_clinical_desk_and_answered_from_the_web_desk() {
    let house = House::open().await;
    let ola = house.discord.member("Ola", &[]);
    let asked = ola.says(house.help, "Journalsystemet henger").await;
    let answer = house.discord.wait_for_bot_message(house.help, |post| post.answers == Some(asked)).await;
    ola.presses(answer.id, "Jeg vil snakke med en person").await;
    card(&house, house.clinic, 1_001, "Ta saken").await;
    let room = house.discord.wait_for_thread(house.help, |thread| thread.name.contains("1001")).await;

    let kari = house.bot.operator("kari");
    assert!(kari.does(1_001, "reply", json!({ "text": "Hei, @everyone: prøv å starte på nytt" })).await.0.is_success());
    let said = house.discord.wait_for_bot_message(room.id, |post| post.content.contains("starte på nytt")).await;
    assert!(said.content.contains("kari"), "who speaks is named: {}", said.content);
    assert!(kari.does(1_001, "note", json!({ "text": "minner om DocuPas-feilen" })).await.0.is_success());
    assert!(kari.does(1_001, "resolve", json!({ "text": "Da er den løst" })).await.0.is_success());
    let direct = ola.direct_channel();
    house.discord.wait_for_bot_message(direct, |post| post.content.contains("Er den løst for deg også?")).await;
    assert!(!house.discord.transcript(room.id).contains("DocuPas-feilen"), "a note stays in the desk");
    house.close().await;
}

#[tokio::test]
async fn colleagues_see_their_own_tickets_only() {
    let house = House::open().await;
    let (ola, nina) = (house.discord.member("Ola", &[]), house.discord.member("Nina", &[]));
    ola.says(house.help, "Kan jeg få snakke med et menneske?").await;
    house.discord.wait_for_thread(house.help, |thread| thread.name.contains("1001")).await;

    let own = ola.runs(house.help, "sak", json!([])).await.wait_for_message(|post| post.content.contains("1001")).await;
    assert_eq!(own.only_for, Some(ola.id()));
    let other = nina.runs(house.help, "sak", json!([])).await.wait_for_message(|_| true).await;
    assert!(!other.content.contains("1001"), "{}", other.content);
    house.close().await;
}

#[tokio::test]
async fn a_new_question_in_the_channel_is_answered_though_an_older_matter_has_a_room() {
    let house = House::open().await;
    let ola = house.discord.member("Ola", &[]);
    ola.says(house.help, "Kan jeg få snakke med et menneske?").await;
    // The card comes after the room in the outbox, so the matter is known to have moved there.
    card(&house, house.desk, 1_001, "Ta saken").await;
    let asked = ola.says(house.help, "Jeg har glemt passordet mitt").await;
    let answer = house.discord.wait_for_bot_message(house.help, |post| post.answers == Some(asked)).await;
    assert!(answer.content.contains("Glemt passord"), "{}", house.discord.transcript(house.help));
    house.close().await;
}
