//! The standing message to ask from: one in its channel, whatever happens.

use super::super::CHANNEL;
use super::asking::told;
use super::harness::Town;
use crate::domain::ids::ChannelName;
use crate::ports::StandingPosts;
use crate::store::SqlStore;
use crate::testing::discord::{AnswerKind, Failure, Posted, Route};

/// The panels that stand in the help channel.
fn panels(town: &Town) -> Vec<Posted> {
    let all = town.discord.bot_messages(town.help).into_iter();
    all.filter(|post| post.custom_ids.contains(&"panel:ask".to_owned())).collect()
}

/// The panel that is noted to stand there.
async fn noted(town: &Town, store: &SqlStore) -> Option<u64> {
    let noted = store.standing_post(&ChannelName::new(CHANNEL), &town.help.to_string()).await.unwrap()?;
    noted.as_str().parse().ok()
}

async fn with_panel() -> (Town, Posted) {
    let mut town = Town::asleep().await;
    town.panels = vec![town.help];
    town.start().await;
    let panel = town.discord.wait_for_bot_message(town.help, |post| post.buttons == ["Spør", "Sakene mine"]).await;
    (town, panel)
}

#[tokio::test]
async fn one_asks_in_a_form_and_sees_ones_tickets() {
    let (town, panel) = with_panel().await;
    let ola = town.employee("Ola");
    let form = ola.presses(panel.id, "Spør").await;
    let sent = form.submits(&[("question", "skjermen er svart")]).await;
    assert_eq!(sent.answered().await.kind, AnswerKind::Deferred);
    let answer = told(&sent, "Saksnummeret ditt er **1001**").await;
    assert_eq!(answer.only_for, Some(ola.id()));
    let listed = ola.presses(panel.id, "Sakene mine").await;
    let list = told(&listed, "**1001** skjermen er svart").await;
    assert_eq!(list.only_for, Some(ola.id()));
    town.discord.assert_honest();
}

#[tokio::test]
async fn a_panel_is_found_again_after_a_restart_and_is_not_changed_without_need() {
    let (mut town, panel) = with_panel().await;
    town.stop().await;
    town.start().await;
    town.discord.wait_for_requests("GET", &format!("/channels/{}/messages/{}", town.help, panel.id), 1).await;
    assert_eq!(panels(&town), [panel]);
}

#[tokio::test]
async fn a_panel_whose_receipt_was_lost_is_not_put_up_twice() {
    let mut town = Town::asleep().await;
    town.panels = vec![town.help];
    town.discord.fail_next_on(Route::CreateMessage, 1, Failure::LostReply);
    town.start().await;
    town.until("the panel to be noted", async |store| noted(&town, store).await).await;
    assert_eq!(panels(&town).len(), 1);
    town.discord.assert_honest();
}

#[tokio::test]
async fn a_panel_that_was_removed_is_put_up_again() {
    let (mut town, panel) = with_panel().await;
    town.until("the panel to be noted", async |store| noted(&town, store).await).await;
    town.discord.removes_message(panel.id);
    let second = town.discord.wait_for_bot_message(town.help, |post| post.buttons == ["Spør", "Sakene mine"]).await;
    assert_ne!(second.id, panel.id);
    town.until("it to be noted", async |store| noted(&town, store).await.filter(|noted| *noted == second.id.get())).await;
    town.stop().await;
    town.discord.removes_message(second.id);
    town.start().await;
    town.discord.wait_for_bot_message(town.help, |post| post.buttons == ["Spør", "Sakene mine"]).await;
    assert_eq!(panels(&town).len(), 1);
    town.discord.assert_honest();
}
