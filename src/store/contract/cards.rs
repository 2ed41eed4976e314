//! What the store promises about cards, and about where operators talk among themselves.

use std::time::Duration;

use super::Backend;
use super::evening::{Evening, Wants, operator};
use crate::domain::conversation::Conversation;
use crate::domain::decision::Errand;
use crate::domain::ids::{ChannelName, ConversationId, ExternalId, GroupId, TicketId};
use crate::domain::message::Redacted;
use crate::domain::operator_side::Wish;
use crate::ports::{Leased, Receipted, ShownCard};

/// Runs every errand that waits; cards are posted under this name. Gives back the last one about a card.
async fn run_all(evening: &Evening, card: &str) -> Option<Leased> {
    let mut last = None;
    loop {
        let leased = evening.store.lease(evening.now(), evening.now().after(Duration::from_secs(30)), 1).await.unwrap();
        let Some(errand) = leased.into_iter().next() else { return last };
        let is_card = matches!(errand.errand, Errand::ShowCard { .. } | Errand::RefreshCard { .. });
        let left = Receipted {
            external_id: is_card.then(|| ExternalId::new(card)),
            card_at: is_card.then(|| "operators".to_owned()),
            card_shows: is_card.then(|| format!("{card} as it stands")),
            ..Receipted::default()
        };
        evening.store.done(&errand, &left, evening.now()).await.unwrap();
        if errand.errand != (Errand::Admit { operator: operator("Kari").id }) && errand.card.is_some() {
            last = Some(errand);
        }
    }
}

fn ticket(conversation: &Conversation) -> (TicketId, GroupId) {
    let ticket = conversation.ticket.as_ref().expect("there is a ticket");
    (ticket.id, ticket.group.clone())
}

async fn shown_again(evening: &Evening, id: ConversationId, card: &str) -> ShownCard {
    evening.handles(id, &operator("Kari"), Wish::Take).await;
    evening.handles(id, &operator("Kari"), Wish::Release).await;
    run_all(evening, card).await.and_then(|errand| errand.card).expect("a card was there before")
}

pub(super) async fn every_card_leads_to_its_ticket_and_a_new_one_names_the_one_before(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let conversation = evening.ticket("Ola", Wants::Person).await.conversation;
    let (chat, of_ola, posted) = (ChannelName::new("chat"), ticket(&conversation), evening.now());
    run_all(&evening, "first").await;
    evening.pass(Duration::from_mins(1));
    let first = shown_again(&evening, conversation.id, "first").await;
    assert_eq!((first.address.as_str(), first.external_id.as_str(), first.posted_at), ("operators", "first", posted));
    assert_eq!((first.shown.as_deref(), first.earlier, first.talk), (Some("first as it stands"), None, None));

    shown_again(&evening, conversation.id, "second").await;
    let second = shown_again(&evening, conversation.id, "second").await;
    assert_eq!((second.external_id.as_str(), second.shown.as_deref()), ("second", Some("second as it stands")));
    assert_eq!(second.earlier, Some(ExternalId::new("first")), "shown again it still goes on from the first");
    for card in ["first", "second"] {
        let found = evening.store.card_posted(&chat, &ExternalId::new(card)).await.unwrap();
        assert_eq!(found.as_ref(), Some(&of_ola), "{card}");
    }
    assert_eq!(evening.store.card_posted(&chat, &ExternalId::new("post")).await.unwrap(), None);
}

pub(super) async fn operators_talk_about_a_ticket_in_the_place_where_they_began(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let conversation = evening.ticket("Ola", Wants::Person).await.conversation;
    let (chat, (id, group)) = (ChannelName::new("chat"), ticket(&conversation));
    run_all(&evening, "card").await;
    for address in ["thread", "another thread"] {
        evening.store.keep_talk(&chat, id, &group, address).await.unwrap();
    }

    evening.handles(conversation.id, &operator("Kari"), Wish::Note(Redacted::vouched("ringte"))).await;
    let noted = run_all(&evening, "card").await.expect("the note is to be posted");
    assert!(matches!(&noted.errand, Errand::PostNote { ticket, group: of, .. } if (ticket, of) == (&id, &group)));
    assert_eq!(noted.card.and_then(|card| card.talk).as_deref(), Some("thread"));
}
