//! A room, a place or a person is gone: what must reach the employee takes another way, and the ticket stays workable.

use std::time::Duration;

use super::harness::Town;
use crate::domain::ids::{GroupId, OperatorId, TicketNumber};
use crate::domain::message::{Content, Redacted, Visibility};
use crate::domain::obstacle::Obstacle;
use crate::domain::operator_side::{Wish, Written};
use crate::domain::permission::{Membership, Operator, Roles};
use crate::domain::room::RoomNews;
use crate::flows::{Outcome, Remedy};
use crate::ports::{Conversations, Outbox, Stuck};
use crate::testing::discord::{ChannelId, Failure, Person, Posted, Route, permission};

/// Ola asks for a person; gives back the room and the card.
async fn handed_off(town: &Town, ola: &Person) -> (ChannelId, Posted) {
    ola.says(town.help, "skjermen er svart").await;
    let room = town.discord.wait_for_thread(town.help, |thread| thread.name == "Sak 1001").await;
    let card = town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("**Sak 1001**")).await;
    (room.id, card)
}

/// Somebody of the general desk, who works in the browser.
fn in_the_browser() -> Operator {
    Operator {
        id: OperatorId::new("web:eva"),
        name: "Eva".to_owned(),
        groups: Membership::Some(vec![GroupId::new("general")]),
        roles: Roles::operator(),
    }
}

async fn eva_does(town: &Town, wish: Wish) {
    let done = town.flows().handle(TicketNumber::new(1001), &in_the_browser(), wish).await.unwrap();
    assert!(matches!(done, Outcome::Done | Outcome::Already), "{done:?}");
}

/// Eva writes to the employee in the browser.
async fn eva_writes(town: &Town, words: &str) {
    eva_does(town, Wish::Reply(Redacted::vouched(words), Written::InDesk)).await;
}

/// What the desk was told of the room.
async fn news(town: &Town) -> Vec<RoomNews> {
    let conversations = town.store.conversations_after(None, 100).await.unwrap();
    let mut told = Vec::new();
    for conversation in conversations {
        for recorded in town.store.lines(conversation.id, None, Visibility::Desk).await.unwrap() {
            if let Content::Room(news) = recorded.line.content {
                assert_eq!(recorded.line.visibility, Visibility::Desk);
                told.push(news);
            }
        }
    }
    told
}

async fn until_told(town: &Town, wanted: &[RoomNews]) {
    let what = format!("the desk to be told {wanted:?}");
    town.until(&what, async |_| (news(town).await == wanted).then_some(())).await;
}

async fn until_stuck(town: &Town, why: Obstacle) -> Stuck {
    let what = format!("an errand to be stuck: {why:?}");
    town.until(&what, async |store| store.stuck(10).await.unwrap().into_iter().find(|stuck| stuck.why == why)).await
}

/// Waits until nothing is left to be said or done.
async fn at_rest(town: &Town) {
    town.until("nothing to be left to do", async |store| (store.waiting().await.unwrap() == 0).then_some(())).await;
}

fn says(words: &str) -> impl Fn(&Posted) -> bool {
    move |post| post.content.contains(words)
}

#[tokio::test]
async fn a_deleted_room_is_made_anew_once_with_everybody_in_it_and_then_the_employee_is_written_to() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    let (room, card) = handed_off(&town, &ola).await;
    kari.presses(card.id, "Ta saken").await;
    town.discord.wait_for_thread_member(room, kari.id()).await;
    town.discord.remove_channel(room);
    until_told(&town, &[RoomNews::Deleted]).await;

    let ticket = town.tickets().await.remove(0);
    let by = Operator { id: ticket.holder.clone().unwrap().id, name: "Kari".to_owned(), ..in_the_browser() };
    let reply = |words: &str| Wish::Reply(Redacted::vouched(words), Written::InDesk);
    town.flows().handle(ticket.number, &by, reply("Er du der?")).await.unwrap();
    let anew = town.discord.wait_for_thread(town.help, |thread| thread.name == "Sak 1001" && thread.id != room).await;
    town.discord.wait_for_bot_message(anew.id, says("Er du der?")).await;
    let members = town.discord.wait_for_thread(town.help, |thread| thread.id == anew.id).await.members;
    assert!(members.contains(&ola.id()) && members.contains(&kari.id()));
    ola.says(anew.id, "Ja, her.").await;
    town.until_said(&ola, "the employee", "Ja, her.").await;
    until_told(&town, &[RoomNews::Deleted, RoomNews::MadeAnew]).await;

    town.discord.remove_channel(anew.id);
    until_told(&town, &[RoomNews::Deleted, RoomNews::MadeAnew, RoomNews::Deleted]).await;
    town.flows().handle(ticket.number, &by, reply("Prøv igjen nå.")).await.unwrap();
    let direct = ola.direct_channel();
    town.discord.wait_for_bot_message(direct, says("Prøv igjen nå.")).await;
    town.discord.wait_for_bot_message(direct, says("Saken din **1001** fortsetter her")).await;
    ola.says_privately("Nå virker det.").await;
    town.until_said(&ola, "the employee", "Nå virker det.").await;
    until_told(&town, &[RoomNews::Deleted, RoomNews::MadeAnew, RoomNews::Deleted, RoomNews::Direct]).await;
    assert_eq!(town.tickets().await.len(), 1, "it is the same matter");
    assert_eq!(town.store.count_stuck().await.unwrap(), 0);
    town.discord.assert_honest();
}

#[tokio::test]
async fn a_locked_room_is_unlocked_so_that_the_employee_can_answer() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    let (room, _) = handed_off(&town, &ola).await;
    town.discord.wait_for_bot_message(room, says("> skjermen er svart")).await;
    eva_does(&town, Wish::Take).await;
    at_rest(&town).await;
    town.discord.lock(room);
    town.discord.archive(room);
    eva_writes(&town, "Hvilken skjerm er det?").await;
    town.discord.wait_for_bot_message(room, says("Hvilken skjerm er det?")).await;
    ola.says(room, "Den til venstre.").await;
    town.until_said(&ola, "the employee", "Den til venstre.").await;
    until_told(&town, &[RoomNews::Unlocked]).await;
    town.discord.assert_honest();
}

#[tokio::test]
async fn where_the_room_cannot_be_unlocked_the_employee_is_written_to() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    let (room, _) = handed_off(&town, &ola).await;
    eva_does(&town, Wish::Take).await;
    at_rest(&town).await;
    town.discord.deny(town.help, permission::MANAGE_THREADS);
    town.discord.lock(room);
    eva_writes(&town, "Hvilken skjerm er det?").await;
    town.discord.wait_for_bot_message(ola.direct_channel(), says("Hvilken skjerm er det?")).await;
    ola.says_privately("Den til venstre.").await;
    town.until_said(&ola, "the employee", "Den til venstre.").await;
    until_told(&town, &[RoomNews::Direct]).await;
    town.discord.assert_honest();
}

#[tokio::test]
async fn words_to_somebody_who_left_the_server_are_stuck_for_a_reason_and_the_desk_is_told_once() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    let (room, _) = handed_off(&town, &ola).await;
    eva_does(&town, Wish::Take).await;
    at_rest(&town).await;
    ola.leaves_the_guild().await;
    eva_writes(&town, "Er du der?").await;
    let stuck = until_stuck(&town, Obstacle::PersonLeft).await;
    assert_eq!(stuck.number, Some(TicketNumber::new(1001)));
    eva_writes(&town, "Hallo?").await;
    town.until("both to be stuck", async |store| (store.count_stuck().await.unwrap() == 2).then_some(())).await;
    until_told(&town, &[RoomNews::EmployeeLeft]).await;
    assert!(town.discord.bot_messages(room).iter().all(|post| !post.content.contains("Er du der?")), "nobody would read it");
    assert!(town.discord.bot_messages(town.help).iter().all(|post| !post.content.contains("Er du der?")), "everybody would");
}

#[tokio::test]
async fn where_the_server_is_full_of_threads_the_employee_is_written_to_from_the_beginning() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    town.discord.most_threads(0);
    ola.says(town.help, "skjermen er svart").await;
    let direct = ola.direct_channel();
    town.discord.wait_for_bot_message(direct, says("Saken din **1001** fortsetter her")).await;
    town.discord.wait_for_bot_message(town.help, says("Samtalen fortsetter i en direktemelding til deg.")).await;
    ola.says_privately("Den til venstre.").await;
    town.until_said(&ola, "the employee", "Den til venstre.").await;

    let card = town.discord.wait_for_bot_message(town.desk, says("**Sak 1001**")).await;
    kari.presses(card.id, "Ta saken").await;
    town.discord.wait_for_bot_message(direct, says("Kari har tatt saken din")).await;
    until_told(&town, &[RoomNews::Direct, RoomNews::OperatorOutside]).await;
    assert_eq!(town.store.count_stuck().await.unwrap(), 0);
    town.discord.assert_honest();
}

#[tokio::test]
async fn what_no_way_leads_to_is_stuck_and_goes_through_when_it_is_tried_again() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    town.discord.deny(town.help, permission::CREATE_PRIVATE_THREADS);
    ola.closes_direct_messages();
    ola.says(town.help, "skjermen er svart").await;
    let room = until_stuck(&town, Obstacle::Forbidden).await;
    assert!(room.reason.contains("Create Private Threads") && room.reason.contains("direct messages"), "{}", room.reason);
    eva_does(&town, Wish::Take).await;
    town.discord.wait_for_bot_message(town.help, says("Eva har tatt saken din")).await;
    eva_writes(&town, "Hvilken skjerm er det?").await;
    let words = until_stuck(&town, Obstacle::PersonClosed).await;
    assert!(
        town.discord.bot_messages(town.help).iter().all(|post| !post.content.contains("Hvilken skjerm")),
        "it is Ola's alone"
    );

    town.discord.allow(town.help, permission::CREATE_PRIVATE_THREADS);
    for stuck in [room, words] {
        assert!(town.flows().remedy(stuck.id, Remedy::Retry, &in_the_browser()).await.unwrap());
        at_rest(&town).await;
    }
    let room = town.discord.wait_for_thread(town.help, |thread| thread.name == "Sak 1001").await;
    town.discord.wait_for_bot_message(room.id, says("Hvilken skjerm er det?")).await;
    assert_eq!(town.store.count_stuck().await.unwrap(), 0);
    town.discord.assert_honest();
}

#[tokio::test]
async fn who_may_not_work_on_a_ticket_tries_nothing_again() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    town.discord.deny(town.help, permission::CREATE_PRIVATE_THREADS);
    ola.closes_direct_messages();
    ola.says(town.help, "skjermen er svart").await;
    let stuck = until_stuck(&town, Obstacle::Forbidden).await;
    let outsider = Operator { groups: Membership::Some(vec![GroupId::new("clinical")]), ..in_the_browser() };
    assert!(town.flows().remedy(stuck.id, Remedy::Retry, &outsider).await.is_err());
    assert!(town.flows().stuck(&outsider).await.unwrap().is_empty());
    assert_eq!(town.flows().stuck(&in_the_browser()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_operator_for_whom_there_is_no_room_answers_from_the_desk() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    let (room, card) = handed_off(&town, &ola).await;
    town.discord.wait_for_bot_message(room, says("> skjermen er svart")).await;
    town.discord.most_thread_members(2);
    kari.presses(card.id, "Ta saken").await;
    at_rest(&town).await;
    until_told(&town, &[RoomNews::OperatorOutside]).await;
    assert_eq!(town.store.count_stuck().await.unwrap(), 0);
    town.discord.assert_honest();
}

#[tokio::test]
async fn what_is_asked_where_no_private_thread_can_be_made_goes_on_directly() {
    let mut town = Town::asleep().await;
    let news_channel = town.discord.announcements("nytt");
    town.also = vec![news_channel];
    town.start().await;
    let ola = town.employee("Ola");
    ola.says(news_channel, "skjermen er svart").await;
    town.discord.wait_for_bot_message(ola.direct_channel(), says("Saken din **1001** fortsetter her")).await;
    town.discord.wait_for_bot_message(news_channel, says("direktemelding")).await;
    town.discord.assert_honest();
}

#[tokio::test]
async fn a_forums_post_is_answered_in_and_is_its_own_room() {
    let mut town = Town::asleep().await;
    let forum = town.discord.forum("spør-oss");
    town.also = vec![forum];
    town.start().await;
    let (ola, per, kari) = (town.employee("Ola"), town.employee("Per"), town.consultant("Kari"));
    let post = ola.posts(forum, "Passord", "jeg har glemt passordet").await;
    let answer = town.discord.wait_for_bot_message(post, says("**Om glemt-passord**")).await;
    per.says(post, "jeg har glemt passordet, jeg også").await;
    ola.presses(answer.id, "Jeg vil snakke med en person").await;
    town.discord.wait_for_bot_message(post, says("Alle som ser forumet, kan lese det som skrives")).await;
    let card = town.discord.wait_for_bot_message(town.desk, says("**Sak 1001**")).await;
    kari.presses(card.id, "Ta saken").await;
    at_rest(&town).await;
    kari.says(post, "Jeg nullstiller det.").await;
    town.until_said(&ola, "Kari", "Jeg nullstiller det.").await;
    ola.says(post, "Takk!").await;
    town.until_said(&ola, "the employee", "Takk!").await;
    until_told(&town, &[RoomNews::InForum]).await;
    assert!(town.discord.threads(forum).iter().all(|thread| !thread.is_private), "no thread beside the post");
    assert_eq!(town.tickets().await.len(), 1, "what Per said was not for the bot");
    town.discord.assert_honest();
}

#[tokio::test]
async fn a_post_that_was_made_while_nobody_listened_is_answered_on_return() {
    let mut town = Town::asleep().await;
    let forum = town.discord.forum("spør-oss");
    town.also = vec![forum];
    let ola = town.employee("Ola");
    ola.posts(forum, "Før", "jeg har glemt passordet").await;
    town.passes(Duration::from_mins(1));
    town.start().await;
    let early = ola.posts(forum, "Først", "jeg har glemt passordet").await;
    town.discord.wait_for_bot_message(early, says("**Om glemt-passord**")).await;
    town.stop().await;
    town.passes(Duration::from_mins(1));
    let missed = ola.posts(forum, "Imens", "jeg har glemt passordet").await;
    town.passes(Duration::from_mins(1));
    town.start().await;
    town.discord.wait_for_bot_message(missed, says("**Om glemt-passord**")).await;
    assert_eq!(town.discord.bot_messages(early).len(), 1);
    let before = town.discord.threads(forum)[0].id;
    assert!(town.discord.bot_messages(before).is_empty(), "nothing old is answered at the very first start");
    town.discord.assert_honest();
}

#[tokio::test]
async fn a_lost_receipt_on_the_other_way_says_nothing_twice() {
    for route in [Route::OpenDirect, Route::CreateMessage] {
        let town = Town::new().await;
        town.discord.remember_nonces_for(Duration::ZERO);
        let ola = town.employee("Ola");
        let (room, _) = handed_off(&town, &ola).await;
        eva_does(&town, Wish::Take).await;
        at_rest(&town).await;
        at_rest(&town).await;
        town.discord.most_threads(0);
        town.discord.remove_channel(room);
        until_told(&town, &[RoomNews::Deleted]).await;
        town.discord.fail_next_on(route, 1, Failure::LostReply);
        eva_writes(&town, "Er du der?").await;
        town.until_put_off().await;
        town.passes(Duration::from_secs(10));
        let direct = ola.direct_channel();
        town.discord.wait_for_bot_message(direct, says("Er du der?")).await;
        at_rest(&town).await;
        assert_eq!(
            town.discord.bot_messages(direct).len(),
            3,
            "who took it, the case, the words: {route:?}:\n{}",
            town.discord.transcript(direct)
        );
        town.discord.assert_honest();
    }
}

#[tokio::test]
async fn a_room_whose_receipt_was_lost_is_found_though_it_was_put_away_meanwhile() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    town.discord.fail_next_on(Route::CreateThread, 1, Failure::LostReply);
    ola.says(town.help, "skjermen er svart").await;
    let room = town.discord.wait_for_thread(town.help, |thread| thread.name == "Sak 1001").await;
    town.until_put_off().await;
    town.discord.archive(room.id);
    town.passes(Duration::from_secs(10));
    town.discord.wait_for_bot_message(room.id, says("> skjermen er svart")).await;
    assert_eq!(town.discord.threads(town.help).len(), 1);
    town.discord.assert_honest();
}

#[tokio::test]
async fn the_same_words_said_twice_on_purpose_are_said_twice_whatever_is_lost() {
    let town = Town::new().await;
    town.discord.remember_nonces_for(Duration::ZERO);
    let ola = town.employee("Ola");
    let (room, _) = handed_off(&town, &ola).await;
    eva_does(&town, Wish::Take).await;
    eva_writes(&town, "Vent litt.").await;
    town.discord.wait_for_bot_message(room, says("Vent litt.")).await;
    at_rest(&town).await;
    town.discord.fail_next_on(Route::CreateMessage, 1, Failure::ServerError);
    eva_writes(&town, "Vent litt.").await;
    town.until_put_off().await;
    town.passes(Duration::from_secs(10));
    at_rest(&town).await;
    let said = town.discord.bot_messages(room).iter().filter(|post| post.content.contains("Vent litt.")).count();
    assert_eq!(said, 2, "{}", town.discord.transcript(room));
}

#[tokio::test]
async fn what_was_said_is_found_under_everything_that_was_said_since() {
    let town = Town::new().await;
    town.discord.remember_nonces_for(Duration::ZERO);
    let (ola, per) = (town.employee("Ola"), town.discord.other_bot("Kanari"));
    town.discord.hold_events();
    let asked = ola.says(town.help, "glemt passord").await;
    for n in 0..130 {
        per.says(town.help, &format!("kvitter {n}")).await;
    }
    town.discord.fail_next_on(Route::CreateMessage, 1, Failure::LostReply);
    town.discord.release_events();
    town.discord.wait_for_bot_message(town.help, |post| post.answers == Some(asked)).await;
    town.until_put_off().await;
    town.passes(Duration::from_secs(10));
    at_rest(&town).await;
    assert_eq!(town.discord.bot_messages(town.help).len(), 1, "{}", town.discord.transcript(town.help));
}
