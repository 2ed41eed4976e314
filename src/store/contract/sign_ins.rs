//! What the store promises about our own sign-ins to platforms.

use std::time::Duration;

use super::Backend;
use crate::domain::ids::ChannelName;
use crate::domain::time::Timestamp;
use crate::ports::SignIn;

const MONDAY: Timestamp = Timestamp::from_micros(1_795_417_200_000_000);

fn minute(minutes: u64) -> Timestamp {
    MONDAY.after(Duration::from_mins(minutes))
}

pub(super) async fn a_sign_in_is_remembered_through_a_restart_and_once(backend: &dyn Backend) {
    let (here, elsewhere) = (ChannelName::new("chat"), ChannelName::new("other"));
    let store = backend.open().await;
    for (shard, minutes) in [(1, 2), (0, 1), (0, 1), (0, 3)] {
        store.note_sign_in(&here, shard, minute(minutes)).await.unwrap();
    }
    store.note_sign_in(&elsewhere, 0, minute(2)).await.unwrap();
    store.sign_in_held(&here, 0, minute(3)).await.unwrap();
    store.sign_in_held(&here, 7, minute(3)).await.unwrap();
    let store = backend.open().await;
    let told = |shard, minutes, held| SignIn { shard, at: minute(minutes), held };
    assert_eq!(store.sign_ins(&here, minute(0)).await.unwrap(), [told(0, 1, false), told(1, 2, false), told(0, 3, true)]);
    assert_eq!(store.sign_ins(&here, minute(2)).await.unwrap(), [told(1, 2, false), told(0, 3, true)]);
}

pub(super) async fn a_sign_in_is_forgotten_after_two_days(backend: &dyn Backend) {
    let (here, elsewhere) = (ChannelName::new("chat"), ChannelName::new("other"));
    let store = backend.open().await;
    for channel in [&here, &elsewhere] {
        store.note_sign_in(channel, 0, minute(0)).await.unwrap();
    }
    store.note_sign_in(&here, 0, minute(1)).await.unwrap();
    let later = minute(2 * 24 * 60 + 1);
    store.note_sign_in(&here, 0, later).await.unwrap();
    let kept: Vec<Timestamp> = store.sign_ins(&here, minute(0)).await.unwrap().iter().map(|one| one.at).collect();
    assert_eq!(kept, [minute(1), later]);
    assert_eq!(store.sign_ins(&elsewhere, minute(0)).await.unwrap().len(), 1, "another platform's are its own");
}
