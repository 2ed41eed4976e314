//! What the store promises about words that were changed or deleted.

use std::time::Duration;

use super::Backend;
use super::evening::{Evening, Wants, message, operator, policy, words};
use crate::domain::amending::{self, Earlier};
use crate::domain::answer::Understanding;
use crate::domain::conversation::Conversation;
use crate::domain::decision::{Decision, Errand, Receipt};
use crate::domain::employee_side::Heard;
use crate::domain::ids::{ChannelName, ConversationId, ExternalId};
use crate::domain::incident::Known;
use crate::domain::message::{Content, DELETED_MARK, Line};
use crate::domain::operator_side::Wish;
use crate::ports::{Committed, Receipted, Recorded, TicketFilter, Watermark};

fn chat() -> ChannelName {
    ChannelName::new("chat")
}

fn receipt(id: &str) -> Receipt {
    Receipt { channel: chat(), external_id: ExternalId::new(id) }
}

async fn earlier(evening: &Evening, id: &str) -> (Conversation, Line, Vec<Line>) {
    let found = evening.store.received_line(&chat(), &ExternalId::new(id)).await.unwrap().unwrap();
    let conversation = evening.store.conversation(found.conversation).await.unwrap().unwrap();
    let all = evening.all_lines(conversation.id).await;
    let line = found.line;
    let after = all.into_iter().filter(|later| later.line.id > line.id && !later.withdrawn).map(|later| later.line).collect();
    (conversation, line, after)
}

/// Ola changes a message; nothing is kept.
async fn amending(evening: &Evening, id: &str, revision: &str, text: &str) -> Decision {
    let (conversation, line, after) = earlier(evening, id).await;
    let understood = Understanding { lang: None, ..Wants::Answer.understanding() };
    let message = crate::domain::message::IncomingMessage { external_id: ExternalId::new(id), ..message("Ola", text) };
    let heard =
        Heard { message: &message, understood: &understood, own: &[], about: None, advice: None, known: Known::default() };
    let earlier = Earlier { line: &line, after: &after };
    amending::amend(conversation, earlier, heard, receipt(revision), &policy(), &mut evening.moment()).unwrap()
}

async fn withdraws(evening: &Evening, id: &str) -> Decision {
    let (conversation, line, after) = earlier(evening, id).await;
    let earlier = Earlier { line: &line, after: &after };
    let decision = amending::withdraw(conversation, earlier, receipt("deleted"), &policy(), &mut evening.moment()).unwrap();
    evening.keeps(&decision).await;
    decision
}

fn standing(lines: &[Recorded]) -> Vec<&Content> {
    lines.iter().filter(|line| !line.withdrawn).map(|line| &line.line.content).collect()
}

async fn replays(evening: &Evening, id: ConversationId) {
    let events = evening.store.events(id).await.unwrap();
    assert_eq!(Conversation::replay(id, &events), evening.store.conversation(id).await.unwrap());
}

pub(super) async fn what_was_changed_is_kept_and_what_stands_is_found(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let id = evening.hears(&message("Ola", "Skrivern"), Wants::Answer).await.conversation.id;
    let changed = amending(&evening, "Skrivern", "Skrivern@1", "Skriveren").await;
    evening.keeps(&changed).await;
    assert_eq!(evening.store.commit(&changed).await.unwrap(), Committed::SeenBefore(id), "the same change twice is one");

    let lines = evening.all_lines(id).await;
    assert_eq!(lines.iter().map(|line| line.withdrawn).collect::<Vec<_>>(), [true, true, false, false]);
    assert_eq!(lines[0].line.content, Content::Question(words("Skrivern")));
    assert_eq!(standing(&lines)[0], &Content::Question(words("Skriveren")));
    let found = evening.store.received_line(&chat(), &ExternalId::new("Skrivern")).await.unwrap().unwrap();
    assert_eq!(found.line.id, lines[2].line.id, "the message is this line now");
    replays(&evening, id).await;
}

pub(super) async fn a_deleted_text_is_gone_wherever_it_stood(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let id = evening.hears(&message("Ola", "Hemmelig"), Wants::Person).await.conversation.id;
    evening.hears(&message("Ola", "Mer om det"), Wants::Chat).await;
    evening.keeps(&amending(&evening, "Hemmelig", "Hemmelig@1", "Likevel hemmelig").await).await;
    let finds = async |words: &str| {
        let filter = TicketFilter { text: words.to_owned(), ..TicketFilter::default() };
        evening.store.tickets(&filter).await.unwrap().len()
    };
    assert_eq!(finds("hemmelig").await, 1);

    withdraws(&evening, "Hemmelig").await;
    let texts: Vec<_> = evening.all_lines(id).await.into_iter().map(|line| line.line.content).collect();
    assert_eq!(texts[0], Content::Question(words(DELETED_MARK)));
    assert!(texts.contains(&Content::Edited(words(DELETED_MARK))), "{texts:?}");
    assert!(texts.contains(&Content::Deleted), "the desk is told");
    assert_eq!((finds("hemmelig").await, finds("mer om det").await), (0, 1));
    replays(&evening, id).await;
}

pub(super) async fn a_post_is_found_by_the_line_that_it_shows(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let asked = evening.hears(&message("Ola", "Skrivern"), Wants::Answer).await;
    let errand = evening.store.lease(evening.now(), evening.now().after(Duration::from_secs(9)), 1).await.unwrap().remove(0);
    let left = Receipted { external_id: Some(ExternalId::new("post")), said_at: Some("hall".to_owned()), ..Receipted::default() };
    evening.store.done(&errand, &left, evening.now()).await.unwrap();
    let posted = Some(("hall".to_owned(), ExternalId::new("post")));
    assert_eq!(evening.store.post_of(asked.lines[1].id).await.unwrap(), posted);

    let changed = amending(&evening, "Skrivern", "Skrivern@1", "Skriveren").await;
    evening.keeps(&changed).await;
    let amend = evening.store.lease(evening.now(), evening.now().after(Duration::from_secs(9)), 1).await.unwrap().remove(0);
    let (said, before) = (changed.lines[1].id, asked.lines[1].id);
    assert!(matches!(amend.errand, Errand::Amend { message, earlier, .. } if (message, earlier) == (said, before)));
    evening.store.done(&amend, &left, evening.now()).await.unwrap();
    assert_eq!((evening.store.post_of(said).await.unwrap(), evening.store.post_of(before).await.unwrap()), (posted, None));
}

pub(super) async fn places_are_watched_until_their_matter_is_over(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let id = evening.ticket("Ola", Wants::Person).await.conversation.id;
    let errand = evening.store.lease(evening.now(), evening.now().after(Duration::from_secs(9)), 1).await.unwrap().remove(0);
    evening.store.keep_room(&errand, "thread").await.unwrap();
    for address in ["thread", "alone"] {
        let mark = Watermark { channel: chat(), address: address.to_owned(), last: ExternalId::new("7") };
        evening.store.set_watermark(&mark).await.unwrap();
    }
    let watched = async || {
        let marks = evening.store.watched(&chat(), evening.now()).await.unwrap();
        marks.into_iter().map(|mark| mark.address).collect::<Vec<_>>()
    };
    assert_eq!(watched().await, ["alone", "thread"]);
    evening.handles(id, &operator("Kari"), Wish::Resolve(None)).await;
    assert_eq!(watched().await, ["alone", "thread"], "somebody may still write there");
    evening.pass(Duration::from_hours(8 * 24));
    assert_eq!(watched().await, ["alone"]);
}
