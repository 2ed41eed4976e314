//! Forums, whose posts are threads, and channels of announcements.

use std::collections::BTreeMap;

use serde_json::json;

use super::FakeDiscord;
use super::event::{Event, intent};
use super::ids::{ChannelId, MessageId};
use super::message::Message;
use super::people::Person;
use super::state::{Channel, Kind, State, Thread};

/// The platform's numbers for these kinds of channel.
const ANNOUNCEMENTS: u8 = 5;
const FORUM: u8 = 15;

/// The platform's numbers for the kinds of thread.
const ANNOUNCEMENT_THREAD: u8 = 10;
const PUBLIC_THREAD: u8 = 11;
const PRIVATE_THREAD: u8 = 12;

/// How long a post stands idle before it is put away.
const AUTO_ARCHIVE_MINUTES: u64 = 4_320;

impl FakeDiscord {
    /// A forum that everybody sees.
    #[must_use]
    pub fn forum(&self, name: &str) -> ChannelId {
        self.channel_of_sort(name, FORUM)
    }

    /// A channel of announcements, which takes no private threads.
    #[must_use]
    pub fn announcements(&self, name: &str) -> ChannelId {
        self.channel_of_sort(name, ANNOUNCEMENTS)
    }

    fn channel_of_sort(&self, name: &str, sort: u8) -> ChannelId {
        self.shared.change(|state| {
            let id = ChannelId::new(state.ids.next());
            state.channels.insert(id, Channel { sort, ..Channel::new(name.to_owned(), Kind::Text) });
            state.emit_channel("CHANNEL_CREATE", id);
            id
        })
    }
}

impl Person {
    /// Makes a post in a forum: a thread, and its first message with the same id.
    ///
    /// # Panics
    /// Where the person does not see the forum, or it is none.
    pub async fn posts(&self, forum: ChannelId, title: &str, words: &str) -> ChannelId {
        let id = self.platform().shared.change(|state| {
            assert!(state.is_forum(forum) && state.sees(self.id(), forum), "{} sees no such forum", state.user_name(self.id()));
            state.post_in_forum(self, forum, title, words)
        });
        self.platform().flushed().await;
        id
    }
}

impl State {
    pub(super) fn is_forum(&self, id: ChannelId) -> bool {
        self.channels.get(&id).is_some_and(|channel| channel.sort == FORUM)
    }

    /// The platform's number for the kind of a thread.
    pub(super) fn thread_number(&self, thread: &Thread) -> u8 {
        let parent = self.channels.get(&thread.parent).map_or(0, |parent| parent.sort);
        match (thread.private, parent) {
            (true, _) => PRIVATE_THREAD,
            (false, ANNOUNCEMENTS) => ANNOUNCEMENT_THREAD,
            (false, _) => PUBLIC_THREAD,
        }
    }

    fn post_in_forum(&mut self, by: &Person, forum: ChannelId, title: &str, words: &str) -> ChannelId {
        let (now, id) = (self.now(), ChannelId::new(self.ids.next()));
        let post = Thread {
            parent: forum,
            private: false,
            owner: by.id(),
            created: now,
            members: BTreeMap::from([(by.id(), now)]),
            archived: false,
            archive_changed: now,
            locked: false,
            auto_archive_minutes: AUTO_ARCHIVE_MINUTES,
        };
        self.channels.insert(id, Channel::new(title.to_owned(), Kind::Thread(post)));
        let mut payload = self.channel_json(id);
        payload["newly_created"] = json!(true);
        self.emit(Event::in_channel("THREAD_CREATE", intent::GUILDS, id, payload));
        self.post_as(Message { id: MessageId::new(id.get()), ..Message::new(id, by.id(), words) });
        id
    }
}
