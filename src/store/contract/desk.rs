//! What the store promises about sign-ins and about how far channels have been read.

use std::time::Duration;

use futures_util::future::join_all;

use super::Backend;
use super::evening::{Evening, operator};
use crate::domain::ids::{ChannelName, ExternalId, GroupId};
use crate::domain::permission::{Membership, Operator};
use crate::ports::{Hash, Session, SessionKind, Watermark};

fn session(evening: &Evening, secret: &str, kind: SessionKind) -> Session {
    let groups = Membership::Some(vec![GroupId::new("general"), GroupId::new("clinical")]);
    let operator = Operator { groups, ..operator("Kari") };
    Session { hash: Hash(secret.to_owned()), kind, operator, expires_at: evening.now().after(Duration::from_mins(10)) }
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
