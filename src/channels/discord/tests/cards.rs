//! A card always says how things stand, and the operators' channel does not fill with cards.

use std::time::Duration;

use super::handing_off::handed_off;
use super::harness::Town;
use crate::testing::discord::{Failure, Route};

#[tokio::test]
async fn a_card_says_since_when_in_moments_that_stay_true() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    let (_, card) = handed_off(&town, &ola).await;
    assert!(card.content.contains("**Venter** – kom i køen <t:"), "{}", card.content);
    assert!(card.content.contains("-# Vist <t:"), "it says from when it is: {}", card.content);
    kari.presses(card.id, "Ta saken").await;
    let held = town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("**Kari har den** – tok den <t:")).await;
    assert_eq!(held.id, card.id);
    town.discord.assert_honest();
}

#[tokio::test]
async fn two_changes_in_a_row_on_an_old_card_make_one_new_one() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    let (_, card) = handed_off(&town, &ola).await;
    town.passes(Duration::from_hours(2));
    town.discord.fail_next_on(Route::CreateMessage, 1, Failure::Held);
    kari.presses(card.id, "Ta saken").await;
    town.until("Kari to have it", async |_| town.tickets().await.iter().any(|ticket| ticket.holder.is_some()).then_some(()))
        .await;
    let changed = kari
        .runs(
            town.desk,
            "snooze",
            serde_json::json!([
                { "name": "hours", "type": 4, "value": 3 }, { "name": "ticket", "type": 4, "value": 1001 },
            ]),
        )
        .await;
    changed.wait_for_message(|post| post.content == "Sak 1001 er utsatt.").await;
    town.discord.release_held();
    let newer = town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("Utsatt til <t:")).await;
    town.until_nothing_waits().await;
    let cards: Vec<_> = town.discord.bot_messages(town.desk).into_iter().filter(|post| post.only_for.is_none()).collect();
    assert_eq!(cards.iter().map(|post| post.id).collect::<Vec<_>>(), [card.id, newer.id]);
    assert!(cards.iter().all(|post| !post.is_edited), "the old one is left, and the new one shows all of it at once");
    town.discord.assert_honest();
}

#[tokio::test]
async fn a_new_card_goes_on_from_the_old_one_whose_buttons_still_answer() {
    let town = Town::new().await;
    let (ola, kari, nils) = (town.employee("Ola"), town.consultant("Kari"), town.consultant("Nils"));
    let (_, card) = handed_off(&town, &ola).await;
    town.passes(Duration::from_hours(2));
    let pressed = kari.presses(card.id, "Ta saken").await;
    let told = pressed.wait_for_message(|post| post.content == "Du har tatt sak 1001.").await;
    assert_eq!(told.only_for, Some(kari.id()), "the card that was pressed does not show it");
    let held = town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("**Kari har den**")).await;
    assert_eq!(held.answers, Some(card.id));
    let link = format!("https://discord.com/channels/{}/{}/{}", town.discord.guild(), town.desk, card.id);
    assert!(held.content.contains(&format!("Fortsetter fra [et eldre kort]({link})")), "{}", held.content);

    let stale = nils.presses(card.id, "Ta saken").await;
    stale.wait_for_message(|post| post.content == "Kari har sak 1001.").await;
    let again = kari.presses(card.id, "Ta saken").await;
    again.wait_for_message(|post| post.content == "Du har sak 1001 allerede.").await;
    kari.presses(held.id, "Legg tilbake").await;
    let released =
        town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("**Venter**") && post.is_edited).await;
    assert_eq!(released.id, held.id, "the new card is young, so it is changed");
    assert!(released.content.contains(&link), "and still goes on from the old one");
    assert_eq!(town.discord.message(card.id).map(|card| card.is_edited), Some(false));
    town.discord.assert_honest();
}

#[tokio::test]
async fn of_two_operators_who_take_at_once_one_has_it() {
    let town = Town::new().await;
    let (ola, kari, nils) = (town.employee("Ola"), town.consultant("Kari"), town.consultant("Nils"));
    let (_, card) = handed_off(&town, &ola).await;
    let (one, other) = tokio::join!(kari.presses(card.id, "Ta saken"), nils.presses(card.id, "Ta saken"));
    let lost = |post: &crate::testing::discord::Posted| post.content.ends_with("har sak 1001.");
    tokio::select! {
        _ = one.wait_for_message(lost) => {}
        _ = other.wait_for_message(lost) => {}
    }
    let held = town.tickets().await;
    assert!(matches!(held.as_slice(), [ticket] if ticket.holder.is_some()));
    town.discord.assert_honest();
}
