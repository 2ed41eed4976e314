//! What the store promises about sign-ins and about how far channels have been read.

use std::time::Duration;

use futures_util::future::join_all;

use super::Backend;
use super::evening::{Evening, operator};
use crate::domain::ids::{ChannelName, ExternalId, GroupId};
use crate::domain::permission::{Membership, Operator, Roles};
use crate::ports::{Hash, Session, SessionKind, Watermark};

fn session(evening: &Evening, secret: &str, kind: SessionKind) -> Session {
    let groups = Membership::Some(vec![GroupId::new("general"), GroupId::new("clinical")]);
    let operator = Operator { groups, ..operator("Kari") };
    let expires_at = evening.now().after(Duration::from_mins(10));
    let ends_at = evening.now().after(Duration::from_hours(12));
    Session { hash: Hash(secret.to_owned()), kind, operator, email: None, expires_at, ends_at }
}

pub(super) async fn a_link_is_used_up_by_exactly_one(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let link = session(&evening, "link", SessionKind::Link);
    evening.store.open_session(&link).await.unwrap();
    assert_eq!(evening.store.session(&link.hash, evening.now()).await.unwrap().as_ref(), Some(&link));

    let uses = join_all((0..10).map(|_| evening.store.close_session(&link.hash))).await;
    assert_eq!(uses.into_iter().filter(|used| matches!(used, Ok(true))).count(), 1);
    assert_eq!(evening.store.session(&link.hash, evening.now()).await.unwrap(), None);
}

pub(super) async fn a_session_ends_when_its_time_is_over(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let every = session(&evening, "session", SessionKind::Desk);
    let every = Session { operator: operator("Kari"), ..every };
    evening.store.open_session(&every).await.unwrap();
    evening.pass(Duration::from_mins(9));
    assert_eq!(evening.store.session(&every.hash, evening.now()).await.unwrap().as_ref(), Some(&every));
    evening.pass(Duration::from_mins(1));
    assert_eq!(evening.store.session(&every.hash, evening.now()).await.unwrap(), None);
}

pub(super) async fn a_session_that_is_used_goes_on_and_a_closed_one_does_not_come_back(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let (used, closed) = (session(&evening, "used", SessionKind::Desk), session(&evening, "closed", SessionKind::Desk));
    for session in [&used, &closed] {
        evening.store.open_session(session).await.unwrap();
    }
    evening.store.close_session(&closed.hash).await.unwrap();
    evening.pass(Duration::from_mins(9));
    let later = evening.now().after(Duration::from_mins(10));
    for session in [&used, &closed] {
        evening.store.prolong_session(&session.hash, later).await.unwrap();
    }
    evening.pass(Duration::from_mins(9));
    let found = evening.store.session(&used.hash, evening.now()).await.unwrap();
    assert_eq!(found, Some(Session { expires_at: later, ..used }));
    assert_eq!(evening.store.session(&closed.hash, evening.now()).await.unwrap(), None);
}

pub(super) async fn a_person_is_signed_out_everywhere_and_nobody_else(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let ola = Session { operator: operator("Ola"), ..session(&evening, "ola", SessionKind::Person) };
    let link = session(&evening, "link", SessionKind::Link);
    let kari = ["one", "two"].map(|secret| session(&evening, secret, SessionKind::Person));
    for session in kari.iter().chain([&ola, &link]) {
        evening.store.open_session(session).await.unwrap();
    }
    assert_eq!(evening.store.close_sessions_of(&kari[0].operator.id).await.unwrap(), 2);
    for session in &kari {
        assert_eq!(evening.store.session(&session.hash, evening.now()).await.unwrap(), None);
    }
    for session in [ola, link] {
        assert_eq!(evening.store.session(&session.hash, evening.now()).await.unwrap(), Some(session));
    }
}

pub(super) async fn a_session_that_is_opened_again_is_as_it_was_opened_last(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let first = session(&evening, "proxied", SessionKind::Proxied);
    evening.store.open_session(&first).await.unwrap();
    let operator =
        Operator { groups: Membership::Every, roles: Roles::default(), name: "Kari N.".to_owned(), ..first.operator.clone() };
    let second = Session { operator, email: Some("kari@helse.example".to_owned()), ..first };
    evening.store.open_session(&second).await.unwrap();
    assert_eq!(evening.store.session(&second.hash, evening.now()).await.unwrap(), Some(second));
}

pub(super) async fn expired_sessions_are_forgotten(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let first = session(&evening, "first", SessionKind::Desk);
    evening.store.open_session(&first).await.unwrap();
    evening.pass(Duration::from_mins(5));
    let second = session(&evening, "second", SessionKind::Link);
    evening.store.open_session(&second).await.unwrap();

    evening.pass(Duration::from_mins(5));
    assert_eq!(evening.store.forget_expired(evening.now()).await.unwrap(), 1);
    assert!(!evening.store.close_session(&first.hash).await.unwrap());
    assert_eq!(evening.store.session(&second.hash, evening.now()).await.unwrap(), Some(second));
}

pub(super) async fn watermarks_move(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let channel = ChannelName::new("chat");
    assert_eq!(evening.store.watermark(&channel, "hall").await.unwrap(), None);
    for last in ["1", "2"] {
        let mark = Watermark { channel: channel.clone(), address: "hall".to_owned(), last: ExternalId::new(last) };
        evening.store.set_watermark(&mark).await.unwrap();
    }
    assert_eq!(evening.store.watermark(&channel, "hall").await.unwrap(), Some(ExternalId::new("2")));
    assert_eq!(evening.store.watermark(&channel, "yard").await.unwrap(), None);
}

pub(super) async fn it_answers(backend: &dyn Backend) {
    Evening::on(backend).await.store.ping().await.unwrap();
}
