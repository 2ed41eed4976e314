//! What the store promises about what operators have begun to write.

use std::time::Duration;

use super::Backend;
use super::evening::{Evening, Wants, operator, words};
use crate::domain::draft::{Draft, DraftKey, DraftKind};
use crate::domain::ids::TicketId;
use crate::domain::time::Timestamp;

/// The ticket that somebody's wish for a person opens.
async fn ticket(evening: &Evening, name: &str) -> TicketId {
    evening.ticket(name, Wants::Person).await.conversation.ticket.unwrap().id
}

fn key(name: &str, ticket: TicketId, kind: DraftKind) -> DraftKey {
    DraftKey { by: operator(name).id, ticket, kind }
}

fn draft(key: &DraftKey, form: &str, text: &str, at: Timestamp) -> Draft {
    Draft { key: key.clone(), form: form.to_owned(), text: words(text), at }
}

/// What an operator finds in their forms on a ticket.
async fn found(evening: &Evening, name: &str, ticket: TicketId) -> Vec<(DraftKind, String)> {
    let drafts = evening.store.drafts(&operator(name).id, ticket).await.unwrap();
    drafts.into_iter().map(|draft| (draft.key.kind, draft.text.as_str().to_owned())).collect()
}

pub(super) async fn a_draft_is_kept_through_a_restart_for_its_operator_ticket_and_kind(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let (first, second) = (ticket(&evening, "Ola").await, ticket(&evening, "Per").await);
    let reply = draft(&key("Kari", first, DraftKind::Reply), "a", "Har du prøvd", evening.now());
    let note = draft(&key("Kari", first, DraftKind::Note), "b", "Ring leverandøren", evening.now());
    for one in [&reply, &note] {
        evening.store.keep_draft(one).await.unwrap();
    }
    let store = backend.open().await;
    let mut kept = store.drafts(&operator("Kari").id, first).await.unwrap();
    kept.sort_by_key(|draft| draft.key.kind);
    assert_eq!(kept, [reply, note]);
    assert!(store.drafts(&operator("Kari").id, second).await.unwrap().is_empty(), "another ticket");
    assert!(store.drafts(&operator("Knut").id, first).await.unwrap().is_empty(), "another operator");
}

pub(super) async fn the_last_write_wins(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let ticket = ticket(&evening, "Ola").await;
    let (key, early) = (key("Kari", ticket, DraftKind::Reply), evening.now());
    evening.pass(Duration::from_secs(5));
    evening.store.keep_draft(&draft(&key, "b", "Hei Ola", evening.now())).await.unwrap();
    evening.store.keep_draft(&draft(&key, "a", "Hei", early)).await.unwrap();
    assert_eq!(found(&evening, "Kari", ticket).await, [(DraftKind::Reply, "Hei Ola".to_owned())]);
    evening.store.keep_draft(&draft(&key, "a", "", evening.now())).await.unwrap();
    assert!(found(&evening, "Kari", ticket).await.is_empty(), "what was taken away again is no draft");
    evening.store.keep_draft(&draft(&key, "a", "Hallo", evening.now())).await.unwrap();
    assert_eq!(found(&evening, "Kari", ticket).await, [(DraftKind::Reply, "Hallo".to_owned())]);
}

pub(super) async fn what_was_sent_does_not_come_back(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let ticket = ticket(&evening, "Ola").await;
    let (reply, note) = (key("Kari", ticket, DraftKind::Reply), key("Kari", ticket, DraftKind::Note));
    evening.store.keep_draft(&draft(&reply, "a", "Hei", evening.now())).await.unwrap();
    evening.store.keep_draft(&draft(&note, "b", "Husk kabel", evening.now())).await.unwrap();
    evening.store.draft_sent(&reply, "a", evening.now()).await.unwrap();
    evening.pass(Duration::from_secs(1));
    evening.store.keep_draft(&draft(&reply, "a", "Hei", evening.now())).await.unwrap();
    assert_eq!(found(&evening, "Kari", ticket).await, [(DraftKind::Note, "Husk kabel".to_owned())], "late words of a sent form");
    evening.store.keep_draft(&draft(&reply, "c", "Og forresten", evening.now())).await.unwrap();
    assert!(found(&evening, "Kari", ticket).await.contains(&(DraftKind::Reply, "Og forresten".to_owned())), "another form's");
}

pub(super) async fn old_drafts_are_forgotten(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let ticket = ticket(&evening, "Ola").await;
    let begun = evening.now();
    evening.store.keep_draft(&draft(&key("Kari", ticket, DraftKind::Reply), "a", "Hei", begun)).await.unwrap();
    evening.pass(Duration::from_hours(1));
    evening.store.keep_draft(&draft(&key("Knut", ticket, DraftKind::Reply), "b", "Hallo", evening.now())).await.unwrap();
    assert_eq!(evening.store.forget_drafts(begun).await.unwrap(), 0);
    assert_eq!(evening.store.forget_drafts(evening.now()).await.unwrap(), 1);
    assert!(found(&evening, "Kari", ticket).await.is_empty());
    assert_eq!(found(&evening, "Knut", ticket).await.len(), 1);
}
