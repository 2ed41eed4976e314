//! Somebody attaches a file, or asks for one.

use std::sync::Arc;

use tracing::{info, warn};

use super::read::ticket_of;
use super::{ATTEMPTS, FlowError, Flows};
use crate::domain::attachment::{self, Attached, Attachment, By};
use crate::domain::conversation::Conversation;
use crate::domain::decision::{Decision, Receipt};
use crate::domain::ids::{ConversationId, EmployeeId, FileId, TicketNumber};
use crate::domain::message::{Content, FileRefusal, Redacted, Visibility};
use crate::domain::permission::{Allowed, Operator};
use crate::ports::{Committed, Files, Recorded};

/// A file as it arrives.
#[derive(Clone, Debug)]
pub struct Upload {
    /// What its owner calls it, after the privacy filter.
    pub name: Redacted,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// Which upload it is: the same one twice is one file.
    pub receipt: Receipt,
}

/// Who attaches or reads a file, and where.
#[derive(Clone, Copy, Debug)]
pub enum Attacher<'a> {
    /// An employee, to their own conversation.
    Employee(ConversationId, &'a EmployeeId),
    /// An operator, to a ticket, for these readers.
    Operator(TicketNumber, &'a Operator, Visibility),
    /// An operator, to a ticket, in its room: the employee sees the file there.
    InRoom(TicketNumber, &'a Operator),
}

/// How attaching a file ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttachEnd {
    /// It is kept.
    Kept,
    /// It had been received before.
    SeenBefore,
    /// It is of no kind that is taken, or not what it claims to be.
    NotTaken,
    /// The conversation is over, or the ticket is not open.
    Over,
    /// Another operator has the ticket.
    HeldByOther,
    /// The conversation holds as many files as it may.
    TooMany,
    /// Files are not taken here.
    Off,
}

impl Flows {
    /// The same verbs, which keep attached files there; without, none are taken.
    #[must_use]
    pub fn with_files(self, files: Arc<dyn Files>) -> Self {
        Self { files: Some(files), ..self }
    }

    /// Whether files are taken.
    #[must_use]
    pub const fn takes_files(&self) -> bool {
        self.files.is_some()
    }

    /// Takes in a file, after asking whether they may. The file lies safely on the disk before anything speaks of it.
    ///
    /// # Errors
    /// [`FlowError::NotFound`] where there is no such conversation or it is another employee's, [`FlowError::Refused`] where the
    /// ticket is not one of the operator's groups'; otherwise the failures of the store and the folder.
    pub async fn attach(&self, by: Attacher<'_>, upload: Upload) -> Result<AttachEnd, FlowError> {
        let Some(files) = &self.files else { return Ok(AttachEnd::Off) };
        self.conversation_for(by).await?;
        if self.store.seen(&upload.receipt.channel, &upload.receipt.external_id).await?.is_some() {
            return Ok(AttachEnd::SeenBefore);
        }
        let id = self.moment().fresh.file();
        let Some(kept) = files.keep(id, upload.bytes).await? else { return Ok(AttachEnd::NotTaken) };
        let file = Attachment { id, name: upload.name, kind: kept.kind, size: kept.size };
        let ended = self.keep_attached(by, &file, &upload.receipt).await;
        // After a failure whose end is unknown the file may be spoken of: what nobody speaks of is removed after a day.
        if matches!(ended, Ok(end) if end != AttachEnd::Kept)
            && let Err(failure) = files.remove(id).await
        {
            warn!(file.id = %id, error = &failure as &dyn std::error::Error, "a file that nothing refers to is removed later");
        }
        ended
    }

    async fn keep_attached(&self, by: Attacher<'_>, file: &Attachment, receipt: &Receipt) -> Result<AttachEnd, FlowError> {
        for _ in 0..ATTEMPTS {
            let (conversation, allowed) = self.conversation_for(by).await?;
            let held = self.store.files_held(conversation.id).await?;
            let (file, receipt) = (file.clone(), receipt.clone());
            let who = match (&allowed, by) {
                (Some(allowed), Attacher::Operator(_, _, visibility)) => By::Operator(allowed, visibility, &self.policy),
                (Some(allowed), _) => By::InPlace(allowed, &self.policy),
                (None, _) => By::Employee,
            };
            let attached = attachment::attach(conversation, who, file, held, receipt, &mut self.moment());
            let decision = match attached {
                Attached::Done(decision) => decision,
                Attached::Over => return Ok(AttachEnd::Over),
                Attached::HeldBy(_) => return Ok(AttachEnd::HeldByOther),
                Attached::TooMany => return Ok(AttachEnd::TooMany),
            };
            match self.keep(&decision).await? {
                Committed::Done => {
                    tell(&decision, by);
                    return Ok(AttachEnd::Kept);
                }
                Committed::SeenBefore(_) => return Ok(AttachEnd::SeenBefore),
                Committed::Stale => {}
            }
        }
        Err(FlowError::Contended(ATTEMPTS))
    }

    /// The conversation, and the proof that an operator may work on its ticket. A ticket that another one took the place of is
    /// not open any more: what is attached there must not turn up in the other one.
    async fn conversation_for(&self, by: Attacher<'_>) -> Result<(Conversation, Option<Allowed>), FlowError> {
        match by {
            Attacher::Employee(id, employee) => Ok((self.own_conversation(id, employee).await?, None)),
            Attacher::Operator(number, operator, _) | Attacher::InRoom(number, operator) => {
                let conversation = self.store.conversation_of(number).await?.ok_or(FlowError::NotFound)?;
                let addressed = self.store.ticket(number).await?.ok_or(FlowError::NotFound)?;
                let ticket = conversation.ticket.as_ref().filter(|ticket| ticket.id == addressed.id);
                let allowed = operator.may_work_on(ticket.ok_or(FlowError::NotFound)?)?;
                Ok((conversation, Some(allowed)))
            }
        }
    }

    /// Notes that a file of an employee's could not be taken, and tells whoever is to know; the same receipt twice is one.
    ///
    /// # Errors
    /// [`FlowError::NotFound`] where there is no such conversation or it is another employee's; otherwise the store's failures.
    pub async fn refuse_file(
        &self,
        id: ConversationId,
        by: &EmployeeId,
        name: &Redacted,
        why: FileRefusal,
        receipt: &Receipt,
    ) -> Result<(), FlowError> {
        for _ in 0..ATTEMPTS {
            let conversation = self.own_conversation(id, by).await?;
            let decision = attachment::refuse(conversation, name.clone(), why, receipt.clone(), &mut self.moment());
            if self.keep(&decision).await? != Committed::Stale {
                return Ok(());
            }
        }
        Err(FlowError::Contended(ATTEMPTS))
    }

    /// What is in a file, for the channel that brings it to whoever may read its line; `None` where it is gone.
    ///
    /// # Errors
    /// The failures of the folder.
    pub async fn bytes_of(&self, file: &Attachment) -> Result<Option<Vec<u8>>, FlowError> {
        match &self.files {
            Some(files) => Ok(files.read(file.id).await?),
            None => Ok(None),
        }
    }

    /// A file of the employee's own conversation, with what is in it.
    ///
    /// # Errors
    /// [`FlowError::NotFound`] where there is none that they may read; otherwise the failures of the store and the folder.
    pub async fn own_file(&self, id: FileId, by: &EmployeeId) -> Result<(Attachment, Vec<u8>), FlowError> {
        let found = self.store.attached(id).await?.ok_or(FlowError::NotFound)?;
        self.own_conversation(found.conversation, by).await?;
        if found.line.visibility == Visibility::Desk {
            return Err(FlowError::NotFound);
        }
        self.with_bytes(found).await
    }

    /// A file of a ticket's conversation, with what is in it.
    ///
    /// # Errors
    /// [`FlowError::NotFound`] where there is none, [`FlowError::Refused`] where the operator may not read the ticket; otherwise
    /// the failures of the store and the folder.
    pub async fn file_of_ticket(&self, id: FileId, by: &Operator) -> Result<(Attachment, Vec<u8>), FlowError> {
        let found = self.store.attached(id).await?.ok_or(FlowError::NotFound)?;
        let tickets = self.tickets_in(found.conversation).await?;
        let ticket = ticket_of(&tickets, found.line.id).ok_or(FlowError::NotFound)?;
        by.may_see(&self.store.ticket_by_id(ticket).await?.ok_or(FlowError::NotFound)?.group)?;
        self.with_bytes(found).await
    }

    async fn with_bytes(&self, found: Recorded) -> Result<(Attachment, Vec<u8>), FlowError> {
        let (Some(files), Content::File(file)) = (&self.files, found.line.content) else { return Err(FlowError::NotFound) };
        let bytes = files.read(file.id).await?.ok_or(FlowError::NotFound)?;
        Ok((file, bytes))
    }
}

fn tell(decision: &Decision, by: Attacher<'_>) {
    let by_operator = !matches!(by, Attacher::Employee(..));
    info!(conversation.id = %decision.conversation.id, by_operator, "a file was attached");
}
