//! What a migration works out for rows that were there before it.

use std::time::Duration;

use sqlx::{AssertSqlSafe, query};

use crate::domain::conversation::Conversation;
use crate::ports::Conversations;
use crate::store::SqlStore;
use crate::store::contract::evening::{Evening, Wants, message, operator, reply};

/// The statements of the migration that fill in what tickets from before it lack.
fn filling() -> impl Iterator<Item = &'static str> {
    let text = include_str!("../../../migrations/0008_desk_verbs.sql");
    let statements = text.split(';').map(str::trim_start);
    let without_comments = statements.map(|statement| {
        let comments = statement.lines().take_while(|line| line.starts_with("--") || line.is_empty());
        let length: usize = comments.map(|line| line.len() + 1).sum();
        statement.get(length..).unwrap_or_default().trim()
    });
    without_comments.filter(|statement| statement.starts_with("UPDATE"))
}

#[tokio::test]
async fn tickets_from_before_wait_for_whom_their_events_say() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("firstline.db").display());
    let database = super::Database::at(url.clone());
    let evening = Evening::on(&database).await;
    let kari = operator("Kari");
    evening.whole_story("Ola").await;
    for (name, words) in [("Per", ""), ("Liv", "r"), ("Ida", "ra"), ("Jon", "raa"), ("Eva", "arr"), ("Siv", "rarar")] {
        let id = evening.ticket(name, Wants::Person).await.conversation.id;
        for (nth, who) in words.chars().enumerate() {
            evening.pass(Duration::from_mins(1));
            match who {
                'r' => evening.handles(id, &kari, reply("Hei")).await,
                _ => drop(evening.hears(&message(name, &format!("{name} {nth}")), Wants::Answer).await),
            }
        }
    }
    database.close().await;

    let store = SqlStore::open(&url).await.unwrap();
    let forget = "UPDATE ticket SET waits_for = 'desk', waits_since = 0, changed_at = 0";
    for statement in std::iter::once(forget).chain(filling()) {
        query(AssertSqlSafe(statement)).execute(store.writer.pool()).await.unwrap();
    }
    let conversations = store.conversations_after(None, 100).await.unwrap();
    assert_eq!(conversations.len(), 7);
    for conversation in conversations {
        let events = store.events(conversation.id).await.unwrap();
        assert_eq!(Conversation::replay(conversation.id, &events), Some(conversation));
    }
    store.close().await;
}
