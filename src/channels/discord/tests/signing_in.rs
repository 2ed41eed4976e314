//! Sign-ins: shards, the day's allowance, and what is heard without the message-content intent.

use std::time::Duration;

use super::super::{GatewayState, Weight};
use super::guilds::town_and_vik;
use super::harness::Town;
use crate::config::Listening;
use crate::domain::ids::ChannelName;
use crate::ports::SignIns;
use crate::testing::discord::{Disconnect, intent};

/// How long a test waits for a state.
const PATIENCE: Duration = Duration::from_secs(10);

/// Waits until the connection stands in one of these ways.
async fn until_it(town: &Town, fits: impl Fn(&GatewayState) -> bool) -> GatewayState {
    let looking = async {
        loop {
            let state = town.running().state();
            if fits(&state) {
                return state;
            }
            tokio::task::yield_now().await;
        }
    };
    let state = tokio::time::timeout(PATIENCE, looking).await;
    state.unwrap_or_else(|_| panic!("it stands: {}", town.running().state()))
}

const fn is_up(state: &GatewayState) -> bool {
    matches!(state, GatewayState::Connected { .. })
}

const fn has_decided(state: &GatewayState) -> bool {
    matches!(state, GatewayState::Connected { .. } | GatewayState::Waiting { .. })
}

#[tokio::test]
async fn a_thousand_restarts_in_a_row_leave_the_days_allowance_alone() {
    let mut town = Town::asleep().await;
    town.discord.allow_sign_ins(1_000);
    for _ in 0..1_000 {
        town.launch();
        until_it(&town, has_decided).await;
        town.crash().await;
        town.passes(Duration::from_secs(30));
    }
    assert!((10..100).contains(&town.discord.identifies()), "{} sign-ins", town.discord.identifies());
    let before = town.discord.identifies();
    town.passes(Duration::from_hours(24));
    town.launch();
    until_it(&town, has_decided).await;
    assert_eq!(town.discord.identifies(), before + 1, "a day later it connects at once");
    town.discord.assert_honest();
}

#[tokio::test]
async fn after_a_connection_that_held_it_connects_at_once() {
    let mut town = Town::asleep().await;
    town.discord.allow_sign_ins(1_000);
    for _ in 0..5 {
        town.launch();
        until_it(&town, is_up).await;
        town.crash().await;
    }
    town.launch();
    assert!(matches!(until_it(&town, has_decided).await, GatewayState::Waiting { .. }));
    town.passes(Duration::from_secs(5));
    until_it(&town, is_up).await;
    town.passes(Duration::from_mins(5));
    town.stop().await;
    town.launch();
    until_it(&town, is_up).await;
    let noted = town.store.sign_ins(&ChannelName::new("discord"), crate::domain::time::Timestamp::from_micros(0)).await.unwrap();
    assert_eq!(noted.iter().map(|one| one.held).collect::<Vec<_>>(), [false, false, false, false, false, true, false]);
    assert_eq!(town.discord.identifies(), noted.len(), "each was noted");
}

#[tokio::test]
async fn resuming_costs_no_sign_in() {
    let town = Town::new().await;
    for resumed in 1..=3 {
        town.discord.disconnect(Disconnect::Reconnect);
        town.discord.wait_for_resumes(resumed).await;
    }
    let noted = town.store.sign_ins(&ChannelName::new("discord"), crate::domain::time::Timestamp::from_micros(0)).await.unwrap();
    assert_eq!((noted.len(), town.discord.identifies()), (1, 1));
}

#[tokio::test]
async fn what_discord_says_is_left_is_obeyed() {
    let mut town = Town::asleep().await;
    town.discord.allow_sign_ins(0);
    town.launch();
    let state = until_it(&town, has_decided).await;
    assert_eq!(state, GatewayState::Waiting { wait: Duration::from_hours(24) });
    assert!(state.to_string().contains("daily allowance"), "{state}");
    assert_eq!(town.discord.identifies(), 0);
}

#[tokio::test]
async fn with_several_shards_each_server_is_heard_and_together_they_are_connected() {
    let (mut town, vik) = town_and_vik().await;
    town.discord.ask_for_shards(2, 2);
    town.start().await;
    assert_eq!(until_it(&town, is_up).await, GatewayState::Connected { hears_everything: true });
    assert_eq!(town.discord.identifies(), 2);
    let (ola, liv) = (town.employee("Ola"), town.discord.member_of(vik.guild, "Liv", &[]));
    let asked = ola.says(town.help, "glemt passord").await;
    town.discord.wait_for_bot_message(town.help, |post| post.answers == Some(asked)).await;
    let asked = liv.says(vik.help, "glemt passord").await;
    town.discord.wait_for_bot_message(vik.help, |post| post.answers == Some(asked)).await;
    let alone = liv.says_privately("glemt passord").await;
    town.discord.wait_for_bot_message(liv.direct_channel(), |post| post.answers == Some(alone)).await;
    town.stop().await;
    town.discord.assert_honest();
}

#[tokio::test]
async fn where_it_is_configured_so_the_intent_is_not_asked_for() {
    let mut town = Town::asleep().await;
    town.configure(|config| config.message_content = false);
    town.start().await;
    assert_eq!(town.discord.intents().map(|intents| intents & intent::MESSAGE_CONTENT), Some(0));
    assert_eq!(town.running().state(), GatewayState::Connected { hears_everything: false });
    let ola = town.employee("Ola");
    ola.says(town.help, "glemt passord").await;
    let asked = ola.says(town.help, &format!("<@{}> glemt passord", town.discord.bot())).await;
    let answer = town.discord.wait_for_bot_message(town.help, |post| post.answers == Some(asked)).await;
    let again = ola.replies(answer.id, "printer").await;
    town.discord.wait_for_bot_message(town.help, |post| post.answers == Some(again)).await;
    let alone = ola.says_privately("glemt passord").await;
    town.discord.wait_for_bot_message(ola.direct_channel(), |post| post.answers == Some(alone)).await;
}

#[tokio::test]
async fn where_only_mentions_are_listened_to_the_rest_is_left_alone() {
    let mut town = Town::asleep().await;
    let help = town.help.get();
    town.configure(move |config| {
        config.channels.insert(help, Listening::Mentions);
    });
    town.start().await;
    let ola = town.employee("Ola");
    ola.says(town.help, "glemt passord").await;
    let asked = ola.says(town.help, &format!("<@{}> glemt passord", town.discord.bot())).await;
    town.discord.wait_for_bot_message(town.help, |post| post.answers == Some(asked)).await;
    assert_eq!(town.discord.bot_messages(town.help).len(), 1);
}

async fn found(town: &Town, weight: Weight) -> Vec<String> {
    let found = town.channel().check().await;
    found.into_iter().filter(|finding| finding.weight == weight).map(|finding| finding.text).collect()
}

#[tokio::test]
async fn the_doctor_says_what_is_heard_in_each_server() {
    let (mut town, _) = town_and_vik().await;
    let fine = found(&town, Weight::Fine).await;
    assert!(fine.iter().any(|text| text.contains("the message-content intent is on")), "{fine:?}");
    let of_vik = "the server of discord.guilds.vik is there: every message is heard in 1 channel(s), mentions in 0";
    assert!(fine.iter().any(|text| text == of_vik), "{fine:?}");
    assert!(fine.iter().any(|text| text.contains("sign-ins are left today")), "{fine:?}");
    town.discord.allow_message_content(false);
    let doubtful = found(&town, Weight::Doubtful).await;
    assert!(matches!(doubtful.as_slice(), [text] if text.contains("Message Content Intent")), "{doubtful:?}");
    let fine = found(&town, Weight::Fine).await;
    let of_vik = "the server of discord.guilds.vik is there: mentions and replies to the bot are heard in 1 channel(s), and nothing else there";
    assert!(fine.iter().any(|text| text == of_vik), "{fine:?}");
    town.configure(|config| config.message_content = false);
    assert!(found(&town, Weight::Doubtful).await.is_empty());
    assert_eq!(town.discord.identifies(), 0);
    town.discord.assert_honest();
}

#[tokio::test]
async fn the_doctor_names_servers_roles_and_channels_that_are_not_where_they_should_be() {
    let (mut town, vik) = town_and_vik().await;
    let (help, everyone) = (town.help.get(), vik.guild.get());
    town.configure(move |config| {
        let mut gone = config.guilds[&everyone].clone();
        (gone.name, gone.coordinators) = ("gone".to_owned(), Vec::new());
        gone.channels.clear();
        config.guilds.insert(99, gone);
        let own = config.guilds.get_mut(&everyone).unwrap();
        own.channels.push(help);
        own.coordinators = vec![98, everyone];
        let operators = config.groups.get_mut(&crate::domain::ids::GroupId::new("clinical")).unwrap();
        operators.roles = vec![97];
        config.panels = vec![96];
    });
    let wrong = found(&town, Weight::Wrong).await;
    let named = [
        "the role 98 of discord.guilds.vik.coordinators is not in its server",
        "of discord.guilds.vik.coordinators is @everyone",
        "the server 99 of discord.guilds.gone cannot be seen",
        "#hjelp is in another server than discord.guilds.vik",
        "the channel 96 (for the standing message) cannot be seen",
        "the role 97 of the group clinical is not in its server",
    ];
    for text in named {
        assert!(wrong.iter().any(|found| found.contains(text)), "{text}: {wrong:?}");
    }
    assert_eq!(wrong.len(), named.len(), "{wrong:?}");
}
