//! Files that are sent along, both ways.

use std::time::Duration;

use super::harness::Town;
use crate::domain::ids::{ExternalId, OperatorId, TicketNumber};
use crate::domain::message::{Content, Visibility};
use crate::domain::permission::{Membership, Operator, Roles};
use crate::flows::{AttachEnd, Attacher, Upload};
use crate::ports::{Conversations, Recorded};
use crate::testing::discord::{ChannelId, Failure, Person, Posted, Route};

const LOG: &[u8] = b"10:14 skriveren svarer ikke\n10:15 skriveren svarer ikke\n";

async fn lines(town: &Town) -> Vec<Recorded> {
    let mut all = Vec::new();
    for conversation in town.store.conversations_after(None, 10).await.unwrap() {
        all.extend(town.store.lines(conversation.id, None, Visibility::Desk).await.unwrap());
    }
    all
}

async fn until_kept(town: &Town, name: &str) -> Recorded {
    let is_it = |line: &Recorded| matches!(&line.line.content, Content::File(file) if file.name.as_str() == name);
    town.until("the file", async |_| lines(town).await.into_iter().find(is_it)).await
}

async fn handed_off(town: &Town, ola: &Person) -> (ChannelId, Posted) {
    ola.says(town.help, "skjermen er svart").await;
    let room = town.discord.wait_for_thread(town.help, |thread| thread.name == "Sak 1001").await;
    let card = town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("**Sak 1001**")).await;
    town.discord.wait_for_bot_message(town.help, |post| post.content.contains("fortsetter i")).await;
    (room.id, card)
}

#[tokio::test]
async fn a_file_that_comes_with_a_question_is_kept_with_it() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    ola.sends(town.help, "skjermen er svart", &[("logg.txt", LOG)]).await;
    let kept = until_kept(&town, "logg.txt").await;
    let Content::File(file) = &kept.line.content else { panic!("no file") };
    assert_eq!(town.flows().bytes_of(file).await.unwrap().as_deref(), Some(LOG));
    town.until_said(&ola, "the employee", "skjermen er svart").await;
    town.discord.assert_honest();
}

#[tokio::test]
async fn a_file_without_words_goes_where_its_sender_is_talking_and_is_no_question() {
    let town = Town::new().await;
    let (ola, per) = (town.employee("Ola"), town.employee("Per"));
    per.sends(town.help, "", &[("ferie.txt", LOG)]).await;
    let asked = ola.says(town.help, "glemt passord").await;
    town.discord.wait_for_bot_message(town.help, |post| post.answers == Some(asked)).await;
    ola.sends(town.help, "", &[("logg.txt", LOG)]).await;
    until_kept(&town, "logg.txt").await;
    assert_eq!(town.discord.bot_messages(town.help).len(), 1);
    assert_eq!(town.store.conversations_after(None, 10).await.unwrap().len(), 1, "holiday pictures are nobody's matter");
}

#[tokio::test]
async fn what_cannot_be_taken_is_told_politely() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    let large = vec![b'a'; (1 << 20) + 1];
    ola.sends(town.help, "glemt passord", &[("program.exe", b"MZ\x90\0\x03\0\0\0"), ("stor_logg.txt", &large)]).await;
    town.discord
        .wait_for_bot_message(town.help, |post| post.content.starts_with("Filen program.exe kan jeg ikke ta imot."))
        .await;
    town.discord.wait_for_bot_message(town.help, |post| post.content.contains("er for stor til at jeg kan ta imot den")).await;
    town.discord.loses_files();
    town.discord.assert_honest();
}

#[tokio::test]
async fn files_in_a_room_are_kept_whoever_sends_them() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    let (room, card) = handed_off(&town, &ola).await;
    ola.sends(room, "", &[("skjerm.txt", LOG)]).await;
    until_kept(&town, "skjerm.txt").await;
    kari.presses(card.id, "Ta saken").await;
    town.discord.wait_for_thread_member(room, kari.id()).await;
    let before = town.discord.bot_messages(room).len();
    kari.sends(room, "se her", &[("oppskrift.txt", LOG)]).await;
    let kept = until_kept(&town, "oppskrift.txt").await;
    assert_eq!(kept.line.visibility, Visibility::Everyone);
    town.until_said(&ola, "Kari", "se her").await;
    assert!(town.discord.bot_messages(room).len() <= before + 1, "it stands there already");
    town.discord.assert_honest();
}

#[tokio::test]
async fn a_file_from_the_desk_is_brought_to_the_room_once() {
    let town = Town::new().await;
    let ola = town.employee("Ola");
    let (room, _) = handed_off(&town, &ola).await;
    town.discord.fail_next_on(Route::CreateMessage, 2, Failure::LostReply);
    let liv =
        Operator { id: OperatorId::new("web:liv"), name: "Liv".to_owned(), groups: Membership::Every, roles: Roles::operator() };
    let receipt = crate::domain::decision::Receipt {
        channel: crate::domain::ids::ChannelName::new("web"),
        external_id: ExternalId::new("upload"),
    };
    let upload = Upload { name: crate::domain::message::Redacted::vouched("oppskrift.txt"), bytes: LOG.to_vec(), receipt };
    let by = Attacher::Operator(TicketNumber::new(1001), &liv, Visibility::Everyone);
    assert_eq!(town.flows().attach(by, upload).await.unwrap(), AttachEnd::Kept);
    for _ in 0..2 {
        town.until_put_off().await;
        town.passes(Duration::from_secs(10));
    }
    let sent = town.discord.wait_for_bot_message(room, |post| post.content == "**Liv** har lagt ved oppskrift.txt:").await;
    assert_eq!(town.discord.files_of(sent.id), [("oppskrift.txt".to_owned(), LOG.to_vec())]);
    let all = town.discord.bot_messages(room);
    assert_eq!(all.iter().filter(|post| post.content.contains("oppskrift.txt")).count(), 1);
    town.discord.assert_honest();
}
