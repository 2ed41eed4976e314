//! What was written while nobody listened.

use std::time::Duration;

use super::harness::Town;
use crate::domain::ids::{OperatorId, TicketNumber};
use crate::domain::operator_side::Wish;
use crate::domain::permission::{Membership, Operator, Roles};
use crate::domain::ticket::Status;
use crate::testing::discord::permission;

#[tokio::test]
async fn what_was_asked_too_long_ago_goes_to_a_person_and_is_one_matter() {
    let mut town = Town::new().await;
    let ola = town.employee("Ola");
    town.stop().await;
    ola.says(town.help, "glemt passord").await;
    ola.says(town.help, "noen som vet noe om passord?").await;
    ola.says(town.help, "haha").await;
    town.passes(Duration::from_hours(3));
    let fresh = town.employee("Kari").says(town.help, "glemt passord").await;
    town.start().await;
    let told = town.discord.wait_for_bot_message(town.help, |post| post.content.contains("mens ingen fulgte med")).await;
    assert!(told.content.contains("**1001**") && told.content.contains("Generell støtte"), "{}", told.content);
    town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("glemt passord")).await;
    town.discord.wait_for_bot_message(town.help, |post| post.answers == Some(fresh)).await;
    town.until_said(&ola, "the employee", "noen som vet noe om passord?").await;
    assert_eq!(town.tickets().await.len(), 1);
    town.discord.assert_honest();
}

#[tokio::test]
async fn what_a_person_has_answered_is_left_to_them() {
    let mut town = Town::new().await;
    let (ola, kari, per) = (town.employee("Ola"), town.consultant("Kari"), town.employee("Per"));
    town.stop().await;
    let replied = ola.says(town.help, "glemt passord").await;
    per.says(town.help, "haha, passord").await;
    per.replies(replied, "prøv selvbetjeningen").await;
    let seen_to = ola.says(town.help, "skriveren virker ikke").await;
    kari.says(town.help, "haha, jeg kommer ned til deg").await;
    let open = per.says(town.help, "glemt passord jeg òg").await;
    town.start().await;
    town.discord.wait_for_bot_message(town.help, |post| post.answers == Some(open)).await;
    let answered: Vec<_> = town.discord.bot_messages(town.help).iter().filter_map(|post| post.answers).collect();
    assert_eq!(answered, [open], "neither {replied} nor {seen_to}");
    town.discord.assert_honest();
}

#[tokio::test]
async fn direct_conversations_resolved_rooms_and_mentions_elsewhere_are_read() {
    let mut town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    let canteen = town.discord.text_channel("kantina");
    let mention = format!("<@{}>", town.discord.bot());
    let first = ola.says_privately("glemt passord").await;
    town.discord.wait_for_bot_message(ola.direct_channel(), |post| post.answers == Some(first)).await;
    let asked = ola.says(canteen, &format!("{mention} glemt passord")).await;
    town.discord.wait_for_bot_message(canteen, |post| post.answers == Some(asked)).await;
    ola.says(town.help, "skjermen er svart").await;
    let room = town.discord.wait_for_thread(town.help, |thread| thread.name == "Sak 1001").await.id;
    let card = town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("Sak 1001")).await;
    kari.presses(card.id, "Ta saken").await;
    town.discord.wait_for_thread_member(room, kari.id()).await;
    let desk = Operator {
        id: OperatorId::new(format!("discord:{}", kari.id())),
        name: "Kari".to_owned(),
        groups: Membership::Every,
        roles: Roles::operator(),
    };
    town.flows().handle(TicketNumber::new(1001), &desk, Wish::Resolve(None)).await.unwrap();
    town.discord.wait_for_bot_message(ola.direct_channel(), |post| post.content.contains("Er den løst for deg også?")).await;
    town.stop().await;

    let direct = ola.says_privately("skriveren virker ikke").await;
    ola.says(canteen, "glemt passord").await;
    let there = ola.says(canteen, &format!("{mention} skriveren virker ikke")).await;
    ola.says(room, "nei").await;
    town.start().await;
    town.discord.wait_for_bot_message(ola.direct_channel(), |post| post.answers == Some(direct)).await;
    town.discord.wait_for_bot_message(canteen, |post| post.answers == Some(there)).await;
    town.until("the ticket to be open again", async |_| {
        town.tickets().await.iter().any(|ticket| ticket.status == Status::Waiting).then_some(())
    })
    .await;
    assert_eq!(town.discord.bot_messages(canteen).len(), 2, "{}", town.discord.transcript(canteen));
    town.discord.assert_honest();
}

#[tokio::test]
async fn who_wrote_to_the_bot_alone_in_vain_is_heard_once_they_write_again() {
    let mut town = Town::new().await;
    let ola = town.employee("Ola");
    town.stop().await;
    let missed = ola.says_privately("glemt passord").await;
    town.start().await;
    assert_eq!(town.discord.bot_messages(ola.direct_channel()), [], "no session tells who wrote there for the first time");
    let again = ola.says_privately("skriveren virker ikke").await;
    town.discord.wait_for_bot_message(ola.direct_channel(), |post| post.answers == Some(again)).await;
    let answered: Vec<_> = town.discord.bot_messages(ola.direct_channel()).iter().filter_map(|post| post.answers).collect();
    assert_eq!(answered, [missed, again], "each once, and in their order");
    town.discord.assert_honest();
}

#[tokio::test]
async fn a_place_that_cannot_be_read_holds_nobody_up_and_is_read_when_it_can() {
    let mut town = Town::new().await;
    let ola = town.employee("Ola");
    town.stop().await;
    let hidden = ola.says(town.mentions, &format!("<@{}> glemt passord", town.discord.bot())).await;
    let missed = ola.says(town.help, "glemt passord").await;
    town.discord.deny(town.mentions, permission::VIEW_CHANNEL);
    town.start().await;
    town.discord.wait_for_bot_message(town.help, |post| post.answers == Some(missed)).await;
    town.discord.allow(town.mentions, permission::VIEW_CHANNEL);
    town.discord.wait_for_bot_message(town.mentions, |post| post.answers == Some(hidden)).await;
}
