//! What operators say among themselves beside a card is a note: in the desk, and never with the employee.

use super::handing_off::handed_off;
use super::harness::Town;
use crate::domain::ids::{OperatorId, TicketNumber};
use crate::domain::message::{Redacted, Visibility};
use crate::domain::operator_side::Wish;
use crate::domain::permission::{Membership, Operator, Roles};
use crate::ports::Conversations;

#[tokio::test]
async fn words_beside_a_card_are_notes_and_notes_from_the_desk_are_shown_there() {
    let town = Town::new().await;
    let (ola, kari, per) = (town.employee("Ola"), town.consultant("Kari"), town.employee("Per"));
    let (room, card) = handed_off(&town, &ola).await;
    let talk = kari.opens_thread(card.id, "Sak 1001").await;
    kari.says(talk, "Samme feil i går.").await;
    town.until_said(&ola, "Kari", "Samme feil i går.").await;
    per.says(talk, "Jeg er ikke operatør.").await;

    let eva =
        Operator { id: OperatorId::new("web:eva"), name: "Eva".to_owned(), groups: Membership::Every, roles: Roles::operator() };
    let noted = town.flows().handle(TicketNumber::new(1001), &eva, Wish::Note(Redacted::vouched("Leverandøren vet."))).await;
    noted.unwrap();
    town.discord.wait_for_bot_message(talk, |post| post.content == "**Eva:** Leverandøren vet.").await;
    kari.says(talk, "Fint.").await;
    town.until_said(&ola, "Kari", "Fint.").await;
    town.until_nothing_waits().await;

    assert_eq!(town.discord.bot_messages(talk).len(), 1, "the bot says nothing of its own there");
    let ticket = town.tickets().await.remove(0);
    let seen = town.store.lines(ticket.conversation, None, Visibility::Everyone).await.unwrap();
    assert!(!format!("{seen:?}").contains("Leverandøren") && !format!("{seen:?}").contains("Samme feil"));
    let kept = town.store.lines(ticket.conversation, None, Visibility::Desk).await.unwrap();
    assert!(!format!("{kept:?}").contains("Jeg er ikke operatør"));
    assert!(!town.discord.transcript(room).contains("Samme feil"));
    town.discord.assert_honest();
}

#[tokio::test]
async fn what_was_said_beside_a_card_while_away_is_read_at_the_next_start() {
    let mut town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    let (_, card) = handed_off(&town, &ola).await;
    town.until_nothing_waits().await;
    town.stop().await;
    let talk = kari.opens_thread(card.id, "Sak 1001").await;
    kari.says(talk, "Dere var borte.").await;
    town.start().await;
    town.until_said(&ola, "Kari", "Dere var borte.").await;
    kari.says(talk, "Nå er dere her.").await;
    town.until_said(&ola, "Kari", "Nå er dere her.").await;
    let ticket = town.tickets().await.remove(0);
    let kept = format!("{:?}", town.store.lines(ticket.conversation, None, Visibility::Desk).await.unwrap());
    assert_eq!(kept.matches("Dere var borte.").count(), 1);
    town.discord.assert_honest();
}
