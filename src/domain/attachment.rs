//! Files that people attach to a conversation: a picture of the screen, a form, a log.

use super::conversation::{Conversation, Phase};
use super::decision::{Decision, Draft, Moment, Receipt};
use super::event::Happened;
use super::ids::FileId;
use super::message::{Author, Content, FileRefusal, Redacted, Visibility};
use super::named::named;
use super::operator_side::{author, take_if_waiting, wake};
use super::permission::Allowed;
use super::policy::Policy;
use super::ticket::Holder;

/// How many files one conversation may hold.
pub const MOST_FILES: usize = 30;

/// A file that is attached to a conversation. What is in it lies outside the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Which.
    pub id: FileId,
    /// What its owner calls it, with an ending, after the privacy filter.
    pub name: Redacted,
    /// What it was found to hold, whatever its name says.
    pub kind: FileKind,
    /// How large it is, in bytes.
    pub size: u64,
}

named! {
    /// The kinds of files that are taken.
    FileKind {
        /// A picture without loss.
        Png => "png",
        /// A photograph.
        Jpeg => "jpeg",
        /// A picture, perhaps a moving one.
        Gif => "gif",
        /// A picture as browsers make them.
        Webp => "webp",
        /// A document for reading.
        Pdf => "pdf",
        /// Plain text: a log, a list.
        Text => "txt",
        /// A text document of Microsoft's.
        Word => "docx",
        /// A spreadsheet of Microsoft's.
        Excel => "xlsx",
        /// Slides of Microsoft's.
        PowerPoint => "pptx",
        /// An open document's text.
        OpenText => "odt",
        /// An open document's spreadsheet.
        OpenSheet => "ods",
    }
}

impl FileKind {
    /// Whether browsers show it as a picture.
    #[must_use]
    pub const fn is_picture(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg | Self::Gif | Self::Webp)
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Text => "text/plain; charset=utf-8",
            Self::Word => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Excel => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::PowerPoint => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::OpenText => "application/vnd.oasis.opendocument.text",
            Self::OpenSheet => "application/vnd.oasis.opendocument.spreadsheet",
        }
    }
}

/// How attaching a file ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attached {
    /// It is decided.
    Done(Box<Decision>),
    /// The conversation is over, or the ticket is not open: nobody would look at it.
    Over,
    /// Somebody else has the ticket.
    HeldBy(Holder),
    /// The conversation holds [`MOST_FILES`] already.
    TooMany,
}

/// Who attaches a file, and for whom.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// The employee whose conversation it is.
    Employee,
    /// An operator, for these readers.
    Operator(&'a Allowed, Visibility, &'a Policy),
    /// An operator, where the conversation lives: the employee sees the file already.
    InPlace(&'a Allowed, &'a Policy),
}

impl<'a> By<'a> {
    fn author(self) -> (Author, Visibility) {
        match self {
            Self::Employee => (Author::Employee, Visibility::Everyone),
            Self::Operator(by, visibility, _) => (author(by), visibility),
            Self::InPlace(by, _) => (author(by), Visibility::Everyone),
        }
    }

    /// The operator who attaches it for the employee.
    const fn replying(self) -> Option<(&'a Allowed, &'a Policy)> {
        match self {
            Self::Operator(by, Visibility::Everyone, policy) | Self::InPlace(by, policy) => Some((by, policy)),
            Self::Operator(..) | Self::Employee => None,
        }
    }
}

/// Decides what follows from a file that somebody attaches; `held` files are in the conversation already.
///
/// The bot says nothing to it: a file is no question. An operator's file for the employee is a reply: it takes a ticket that waits.
#[must_use]
pub fn attach(
    conversation: Conversation,
    by: By<'_>,
    file: Attachment,
    held: usize,
    receipt: Receipt,
    moment: &mut Moment,
) -> Attached {
    if conversation.phase == Phase::Ended {
        return Attached::Over;
    }
    if held >= MOST_FILES {
        return Attached::TooMany;
    }
    if let Some((operator, _)) = by.replying() {
        let Some(ticket) = conversation.open_ticket() else { return Attached::Over };
        if let Some(holder) = ticket.holder().filter(|holder| holder.id != operator.by().id) {
            return Attached::HeldBy(holder.clone());
        }
    }
    let mut draft = Draft::of(conversation, moment);
    keep(&mut draft, by, file);
    Attached::Done(Box::new(draft.decide(Some(receipt))))
}

fn keep(draft: &mut Draft<'_>, by: By<'_>, file: Attachment) {
    let (author, visibility) = by.author();
    if let Some((operator, policy)) = by.replying() {
        take_if_waiting(draft, operator, policy);
    }
    let message = match by {
        By::Operator(_, Visibility::Everyone, _) => draft.say(author.clone(), Content::File(file)),
        _ => draft.record(author.clone(), visibility, Content::File(file)),
    };
    let what = match by {
        By::Operator(_, Visibility::Desk, _) => Happened::Noted { message },
        By::Operator(_, Visibility::Everyone, _) | By::InPlace(..) => Happened::Replied { message },
        By::Employee if draft.conversation().open_ticket().is_some() => Happened::Added { message },
        By::Employee => Happened::Attached { message },
    };
    if visibility == Visibility::Everyone {
        wake(draft, author.clone());
    }
    draft.happened(author, what);
}

/// Decides what follows from a file of an employee's that cannot be taken: they are told, or, while the desk has the matter and the
/// bot is silent, the desk is.
#[must_use]
pub fn refuse(conversation: Conversation, name: Redacted, why: FileRefusal, receipt: Receipt, moment: &mut Moment) -> Decision {
    let with_desk = conversation.open_ticket().is_some();
    let mut draft = Draft::of(conversation, moment);
    let content = Content::FileRefused { name, why };
    let message =
        if with_desk { draft.record(Author::Employee, Visibility::Desk, content) } else { draft.say(Author::Bot, content) };
    draft.happened(Author::Employee, Happened::FileRefused { message });
    draft.decide(Some(receipt))
}
