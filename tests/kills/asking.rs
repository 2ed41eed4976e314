//! What is asked for oneself alone, and the panel that it is asked from: wherever the program dies, a question that was acknowledged
//! is answered once, and one that was not is asked again.

use firstline::testing::discord::{Outcome, Posted, Press};
use futures_util::{StreamExt, stream};
use serde_json::json;

use super::discord::House;
use super::records::Records;

const QUESTION: &str = "Jeg har glemt passordet mitt";

/// What has become of a question when the program dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Death {
    /// It is not kept, and its writer sees that.
    Unheard,
    /// It is kept, and its writer does not know.
    Unacknowledged,
    /// It is answered, and that is not noted.
    Answered,
}

/// Where it dies.
const DEATHS: [(&str, Death); 7] = [
    ("asking.after_token", Death::Unheard),
    ("flow.before_commit", Death::Unheard),
    ("flow.after_commit", Death::Unacknowledged),
    ("asking.before_acknowledge", Death::Unacknowledged),
    ("asking.after_edit", Death::Answered),
    ("deliver.before_done", Death::Answered),
    ("store.before_commit", Death::Unheard),
];

#[tokio::test]
async fn what_is_asked_alone_is_answered_once_or_asked_again_whatever_the_program_dies_over() {
    let stories = stream::iter(DEATHS.map(|(point, death)| Box::pin(asked_alone(point, death))));
    stories.buffer_unordered(3).collect::<()>().await;
}

async fn asked_alone(point: &str, death: Death) {
    let mut house = House::new().await;
    let discord = house.discord.clone();
    let ola = discord.member("Ola", &[]);
    let help = house.help;
    let ask = async || ola.runs(help, "spør", json!([{ "name": "question", "type": 3, "value": QUESTION }])).await;
    let alive = house.starts().await;
    let mut asked: Option<Press> = None;
    house.dies(alive, point, async || asked = Some(ask().await)).await;
    let asked = asked.expect("it was asked");
    let was_acknowledged = matches!(asked.outcome(), Outcome::Answered(_));
    assert_eq!(was_acknowledged, death == Death::Answered, "{point}");

    let alive = house.starts().await;
    let answers = |post: &Posted| post.content.contains("assord") && !post.buttons.is_empty();
    match death {
        Death::Unheard => drop(ask().await.wait_for_message(answers).await),
        Death::Unacknowledged => drop(discord.wait_for_bot_message(ola.direct_channel(), answers).await),
        Death::Answered => drop(asked.wait_for_message(answers).await),
    }
    house.finishes(alive).await;
    let records = Records::read(&house.mortal.database()).await;
    records.are_sound();
    let own = records.of_employee(&format!("discord:{}", ola.id()));
    assert_eq!(own.iter().flat_map(|record| record.written()).collect::<Vec<_>>(), [QUESTION], "{point}: it is kept once");
    let told = asked.messages().len() + discord.bot_messages(ola.direct_channel()).len();
    assert_eq!(told, usize::from(death != Death::Unheard), "{point}: it is answered once");
    discord.assert_honest();
}

#[tokio::test]
async fn a_panel_that_was_put_up_and_not_noted_is_found_again() {
    let mut house = House::new().await;
    let channels = house.help.to_string();
    house.mortal.program = house.mortal.program.clone().with("FIRSTLINE_DISCORD_PANELS", channels);
    house.mortal.dies_at("panel.after_post");
    let dying = house.mortal.program.spawn();
    house.mortal.is_dead(dying).await;
    let alive = house.starts().await;
    let is_panel = |post: &Posted| post.buttons.iter().any(|label| label == "Spør");
    house.discord.wait_for_bot_message(house.help, is_panel).await;
    house.finishes(alive).await;
    let panels = house.discord.bot_messages(house.help).into_iter().filter(|post| is_panel(post)).count();
    assert_eq!(panels, 1, "{}", house.discord.transcript(house.help));
    house.discord.assert_honest();
}
