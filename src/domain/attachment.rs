//! Files that people attach to a conversation: a picture of the screen, a form, a log.

use super::conversation::{Conversation, Phase};
use super::decision::{Decision, Draft, Moment, Receipt};
use super::event::Happened;
use super::ids::FileId;
use super::message::{Author, Content, Redacted, Visibility};
use super::named::named;
use super::place::Delivery;

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
    /// The conversation holds [`MOST_FILES`] already.
    TooMany,
    /// The employee is on a platform that files do not reach from here.
    OutOfReach,
}

/// Decides what follows from a file that somebody attaches for these readers; `held` files are in the conversation already.
///
/// The bot says nothing to it: a file is no question.
#[must_use]
pub fn attach(
    conversation: Conversation,
    by: Author,
    visibility: Visibility,
    file: Attachment,
    held: usize,
    receipt: Receipt,
    moment: &mut Moment,
) -> Attached {
    let to_employee = matches!(by, Author::Operator { .. }) && visibility == Visibility::Everyone;
    if conversation.phase == Phase::Ended || (to_employee && conversation.phase != Phase::WithDesk) {
        return Attached::Over;
    }
    if held >= MOST_FILES {
        return Attached::TooMany;
    }
    if to_employee && conversation.place.delivery == Delivery::Pushed {
        return Attached::OutOfReach;
    }
    let mut draft = Draft::of(conversation, moment);
    let message = draft.record(by.clone(), visibility, Content::File(file));
    let what = match (&by, visibility) {
        (Author::Operator { .. }, Visibility::Desk) => Happened::Noted { message },
        (Author::Operator { .. }, Visibility::Everyone) => Happened::Replied { message },
        _ if draft.conversation().open_ticket().is_some() => Happened::Added { message },
        _ => Happened::Attached { message },
    };
    draft.happened(by, what);
    Attached::Done(Box::new(draft.decide(Some(receipt))))
}
