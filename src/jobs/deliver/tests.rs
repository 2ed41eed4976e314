use std::sync::Mutex;

use async_trait::async_trait;

use super::*;
use crate::domain::decision::Errand;
use crate::domain::ids::{ChannelName, ConversationId, MessageId};
use crate::ports::Stuck;
use crate::system::SystemClock;

/// An outbox of one errand for each conversation, in which nothing fails.
#[derive(Default)]
struct Queue {
    waiting: Mutex<Vec<Leased>>,
    done: Mutex<Vec<ConversationId>>,
    noted: Notify,
}

impl Queue {
    fn of(conversations: std::ops::Range<i64>) -> Arc<Self> {
        let waiting = conversations.map(errand).collect();
        Arc::new(Self { waiting: Mutex::new(waiting), ..Self::default() })
    }
}

fn errand(number: i64) -> Leased {
    Leased {
        id: OutboxId::new(number),
        errand: Errand::Say { message: MessageId::new(number), reply_to: None },
        channel: ChannelName::new("chat"),
        conversation: ConversationId::new(number),
        created_at: SystemClock.now(),
        attempts: 0,
        room: None,
        card: None,
    }
}

#[async_trait]
impl Outbox for Queue {
    async fn lease(&self, _: Timestamp, _: Timestamp, limit: u32) -> Result<Vec<Leased>, StoreError> {
        let mut waiting = self.waiting.lock().unwrap();
        let count = waiting.len().min(limit as usize);
        Ok(waiting.drain(..count).collect())
    }

    async fn done(&self, errand: &Leased, _: &Receipted, _: Timestamp) -> Result<(), StoreError> {
        self.done.lock().unwrap().push(errand.conversation);
        self.noted.notify_one();
        Ok(())
    }

    async fn keep_room(&self, _: &Leased, _: &str) -> Result<(), StoreError> {
        Ok(())
    }

    async fn postpone(&self, _: OutboxId, _: Timestamp, _: &str) -> Result<(), StoreError> {
        Ok(())
    }

    async fn give_up(&self, _: OutboxId, _: &str, _: Timestamp) -> Result<(), StoreError> {
        Ok(())
    }

    async fn stuck(&self, _: u32) -> Result<Vec<Stuck>, StoreError> {
        Ok(vec![])
    }

    async fn waiting(&self) -> Result<u64, StoreError> {
        Ok(self.waiting.lock().unwrap().len() as u64)
    }

    async fn next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        Ok(None)
    }

    async fn forget_done(&self, _: Timestamp) -> Result<u64, StoreError> {
        Ok(0)
    }
}

/// A platform that never answers about the first conversation.
struct Platform;

#[async_trait]
impl Chat for Platform {
    fn name(&self) -> ChannelName {
        ChannelName::new("chat")
    }

    async fn run(&self, errand: &Leased) -> Result<Receipted, ChatFailure> {
        if errand.conversation == ConversationId::new(1) {
            std::future::pending::<()>().await;
        }
        Ok(Receipted::default())
    }
}

#[tokio::test]
async fn an_errand_that_hangs_holds_up_its_own_conversation_alone() {
    let queue = Queue::of(1..31);
    let job = Deliver::new(Arc::clone(&queue) as _, vec![Arc::new(Platform)], Arc::new(SystemClock));
    let running = tokio::spawn(job.run(Arc::default(), CancellationToken::new()));
    let all_others = async {
        while queue.done.lock().unwrap().len() < 29 {
            queue.noted.notified().await;
        }
    };
    timeout(LONGEST_SLEEP, all_others).await.expect("the others are not waited for");
    running.abort();
    assert!(!queue.done.lock().unwrap().contains(&ConversationId::new(1)));
}

#[test]
fn retries_wait_longer_each_time_and_never_longer_than_the_longest() {
    let waits: Vec<Duration> = (0..12).map(|attempts| backoff(attempts, OutboxId::new(256))).collect();
    assert_eq!(waits[..3], [1, 2, 4].map(Duration::from_secs));
    assert!(waits.windows(2).all(|pair| pair[0] <= pair[1]));
    assert_eq!(waits.last(), Some(&LONGEST_RETRY));
    assert!(backoff(40, OutboxId::new(255)) <= LONGEST_RETRY + LONGEST_RETRY / 4);
}

#[test]
fn errands_that_failed_together_come_back_apart() {
    assert_ne!(backoff(3, OutboxId::new(1)), backoff(3, OutboxId::new(200)));
}
