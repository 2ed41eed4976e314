//! What the store promises about attached files.

use super::Backend;
use super::evening::{Evening, Wants, message, words};
use crate::domain::attachment::{self, Attached, Attachment, By, FileKind};
use crate::domain::decision::{Decision, Receipt};
use crate::domain::ids::{ChannelName, ConversationId, ExternalId, FileId};
use crate::domain::message::Content;
use crate::ports::Committed;

async fn attaching(evening: &Evening, id: ConversationId, file: i64, receipt: &str) -> Decision {
    let conversation = evening.store.conversation(id).await.unwrap().unwrap();
    let held = evening.store.files_held(id).await.unwrap();
    let file = Attachment { id: FileId::new(file), name: words("skjerm.png"), kind: FileKind::Png, size: 4_200 };
    let receipt = Receipt { channel: ChannelName::new("web"), external_id: ExternalId::new(receipt) };
    match attachment::attach(conversation, By::Employee, file, held, receipt, &mut evening.moment()) {
        Attached::Done(decision) => *decision,
        other => panic!("the file was not taken: {other:?}"),
    }
}

pub(super) async fn a_file_leads_to_its_line(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let id = evening.hears(&message("Ola", "Skjermen er svart"), Wants::Person).await.conversation.id;
    let decision = attaching(&evening, id, 70, "first").await;
    evening.keeps(&decision).await;

    let found = evening.store.attached(FileId::new(70)).await.unwrap().unwrap();
    assert_eq!(found.conversation, id);
    assert_eq!(found.line, decision.lines[0]);
    assert!(matches!(&found.line.content, Content::File(file) if file.size == 4_200 && file.name == words("skjerm.png")));
    assert_eq!(evening.store.attached(FileId::new(71)).await.unwrap(), None);
    assert_eq!(evening.store.files_held(id).await.unwrap(), 1);
}

pub(super) async fn the_same_upload_twice_is_one_file(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let id = evening.hears(&message("Ola", "Skjermen er svart"), Wants::Person).await.conversation.id;
    evening.keeps(&attaching(&evening, id, 70, "same").await).await;
    let again = attaching(&evening, id, 71, "same").await;
    assert_eq!(evening.store.commit(&again).await.unwrap(), Committed::SeenBefore(id));
    assert_eq!(evening.store.attached(FileId::new(71)).await.unwrap(), None);
    assert_eq!(evening.store.files_held(id).await.unwrap(), 1);
}
