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
    put_back: Mutex<usize>,
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
        place: format!("place {number}"),
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

    async fn put_back(&self, _: OutboxId, _: Timestamp) -> Result<(), StoreError> {
        *self.put_back.lock().unwrap() += 1;
        self.noted.notify_one();
        Ok(())
    }

    async fn give_up(&self, _: OutboxId, _: Obstacle, _: &str, _: Timestamp) -> Result<(), StoreError> {
        Ok(())
    }

    async fn stuck(&self, _: u32) -> Result<Vec<Stuck>, StoreError> {
        Ok(vec![])
    }

    async fn stuck_in(&self, _: ConversationId) -> Result<Vec<Stuck>, StoreError> {
        Ok(vec![])
    }

    async fn stuck_one(&self, _: OutboxId) -> Result<Option<Stuck>, StoreError> {
        Ok(None)
    }

    async fn count_stuck(&self) -> Result<u64, StoreError> {
        Ok(0)
    }

    async fn retry(&self, _: OutboxId, _: Timestamp) -> Result<bool, StoreError> {
        Ok(false)
    }

    async fn dismiss(&self, _: OutboxId, _: Timestamp) -> Result<bool, StoreError> {
        Ok(false)
    }

    async fn still_waits(&self, id: OutboxId) -> Result<bool, StoreError> {
        Ok(!self.done.lock().unwrap().contains(&ConversationId::new(id.get())))
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

    async fn forget_receipts(&self, _: Timestamp, _: Timestamp) -> Result<u64, StoreError> {
        Ok(0)
    }
}

/// A platform that never answers in some places.
struct Platform;

#[async_trait]
impl Chat for Platform {
    fn name(&self) -> ChannelName {
        ChannelName::new("chat")
    }

    async fn run(&self, errand: &Leased) -> Result<Receipted, ChatFailure> {
        if errand.conversation == ConversationId::new(1) || errand.place == "a slow place" {
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

#[tokio::test]
async fn a_slow_place_holds_up_nobody_elsewhere() {
    let queue = Queue::of(2..102);
    for errand in queue.waiting.lock().unwrap().iter_mut().take(40) {
        "a slow place".clone_into(&mut errand.place);
    }
    let job = Deliver::new(Arc::clone(&queue) as _, vec![Arc::new(Platform)], Arc::new(SystemClock));
    let running = tokio::spawn(job.run(Arc::default(), CancellationToken::new()));
    let all_others = async {
        while queue.done.lock().unwrap().len() < 60 {
            queue.noted.notified().await;
        }
    };
    timeout(LONGEST_SLEEP * 2, all_others).await.expect("the others are not waited for");
    running.abort();
    assert_eq!(*queue.put_back.lock().unwrap(), 40 - 18, "two run, sixteen stand in line, the others come back");
}

#[tokio::test]
async fn an_errand_whose_hold_ran_out_while_its_end_was_noted_is_not_run_again() {
    let queue = Queue::of(2..3);
    let job = Deliver::new(Arc::clone(&queue) as _, vec![Arc::new(Platform)], Arc::new(SystemClock));
    let again = Leased { attempts: 1, ..errand(2) };
    let run = job.running.begin(again.id).expect("nobody runs it");
    assert!(matches!(job.one(&again).await.unwrap(), Delivered::Postponed(_)), "who has it has not noted its end");
    drop(run);
    assert_eq!(job.one(&errand(2)).await.unwrap(), Delivered::Done);
    assert_eq!(job.one(&again).await.unwrap(), Delivered::Done);
    assert_eq!(*queue.done.lock().unwrap(), [ConversationId::new(2)], "it was run once");
}

#[tokio::test]
async fn a_place_that_keeps_failing_is_left_alone_and_then_tried_with_one() {
    let (places, now) = (Arc::new(Places::default()), SystemClock.now());
    let fails = |now| {
        let Door::Open(turn) = places.enter(&errand(1), now) else { panic!("it is open") };
        turn.ended(true, now);
    };
    for _ in 0..3 {
        fails(now);
    }
    assert!(matches!(places.enter(&errand(1), now), Door::Closed(until) if until == now.after(Duration::from_secs(5))));
    assert!(matches!(places.enter(&errand(2), now), Door::Open(_)), "another place is open");

    let later = now.after(Duration::from_secs(5));
    let Door::Open(trial) = places.enter(&errand(1), later) else { panic!("one may try") };
    assert!(matches!(places.enter(&errand(1), later), Door::Crowded), "and only one");
    drop(trial);
    fails(later);
    assert!(matches!(places.enter(&errand(1), later), Door::Closed(until) if until == later.after(Duration::from_secs(10))));

    let at_last = later.after(Duration::from_secs(10));
    let Door::Open(works) = places.enter(&errand(1), at_last) else { panic!("one may try") };
    works.ended(false, at_last);
    assert!(matches!(places.enter(&errand(1), at_last), Door::Open(_)));
    assert!(matches!(places.enter(&errand(1), at_last), Door::Open(_)));
}

#[test]
fn retries_wait_longer_each_time_and_never_longer_than_the_longest() {
    for (attempts, seconds) in [(0, 1), (1, 2), (2, 4), (8, 256), (9, 300), (40, 300)] {
        let (least, wait) = (Duration::from_secs(seconds), backoff(attempts, OutboxId::new(77)));
        assert!((least..=least + least / 4).contains(&wait), "{attempts}: {wait:?}");
    }
}

#[test]
fn errands_that_failed_together_come_back_apart() {
    let mut waits: Vec<Duration> = (0..50).map(|id| backoff(3, OutboxId::new(id))).collect();
    waits.sort_unstable();
    waits.dedup();
    assert!(waits.len() > 40, "{} different waits", waits.len());
    assert_eq!(backoff(3, OutboxId::new(7)), backoff(3, OutboxId::new(7)), "and the same one the same way each time");
}
