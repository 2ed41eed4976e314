//! What the store promises about ways to answer one person alone, and about messages that stand for good.

use std::time::Duration;

use super::Backend;
use super::evening::Evening;
use crate::domain::ids::{ChannelName, ExternalId, MessageId};
use crate::ports::{ReplyToken, TokenSecret};

fn token(evening: &Evening, answers: &str, good_for: Duration) -> ReplyToken {
    ReplyToken {
        channel: ChannelName::new("chat"),
        answers: ExternalId::new(answers),
        secret: TokenSecret::new("hemmelig"),
        expires_at: evening.now().after(good_for),
    }
}

pub(super) async fn a_way_to_answer_is_good_for_its_time(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let (short, long) = (token(&evening, "a", Duration::from_mins(1)), token(&evening, "b", Duration::from_mins(15)));
    for one in [&short, &long, &short] {
        evening.store.keep_reply_token(one).await.unwrap();
    }
    let store = backend.open().await;
    assert_eq!(store.reply_token(&short.channel, &short.answers, evening.now()).await.unwrap(), Some(short.clone()));
    evening.pass(Duration::from_mins(2));
    assert_eq!(store.reply_token(&short.channel, &short.answers, evening.now()).await.unwrap(), None);
    assert_eq!(store.forget_reply_tokens(evening.now()).await.unwrap(), 1);
    assert_eq!(store.reply_token(&long.channel, &long.answers, evening.now()).await.unwrap(), Some(long.clone()));
    store.forget_reply_token(&long).await.unwrap();
    assert_eq!(store.reply_token(&long.channel, &long.answers, evening.now()).await.unwrap(), None);
}

pub(super) async fn a_way_to_answer_is_found_by_what_it_said_last(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let way = token(&evening, "a", Duration::from_mins(15));
    evening.store.keep_reply_token(&way).await.unwrap();
    for line in [1, 2] {
        evening.store.said_by_token(&way, MessageId::new(line)).await.unwrap();
    }
    let said = async |line| evening.store.reply_token_that_said(MessageId::new(line), evening.now()).await.unwrap();
    assert_eq!((said(1).await, said(2).await), (None, Some(way.clone())));
    evening.store.keep_reply_token(&way).await.unwrap();
    assert_eq!(said(2).await, Some(way), "keeping it again forgets nothing");
}

pub(super) async fn one_message_stands_in_a_place(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let chat = ChannelName::new("chat");
    assert_eq!(evening.store.standing_post(&chat, "20").await.unwrap(), None);
    for post in ["50", "51"] {
        evening.store.keep_standing_post(&chat, "20", &ExternalId::new(post)).await.unwrap();
    }
    let store = backend.open().await;
    assert_eq!(store.standing_post(&chat, "20").await.unwrap(), Some(ExternalId::new("51")));
    assert_eq!(store.standing_post(&chat, "21").await.unwrap(), None);
}
