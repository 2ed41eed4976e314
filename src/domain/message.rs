//! What is said: lines of a conversation and their content, free of any platform and any language's wording.

use super::answer::{Answer, Choice};
use super::attachment::Attachment;
use super::ids::{ExternalId, GroupId, MessageId, OperatorId, Slug, TicketId, TicketNumber};
use super::incident::IncidentTold;
use super::lang::Lang;
use super::own_ticket::OwnTicket;
use super::place::{Place, Readers};
use super::room::RoomNews;
use super::ticket::{Priority, SupportLine};
use super::time::Timestamp;

/// Text from which identity numbers, cards and passwords have been taken out. Only the privacy filter and the readers of what it let
/// through make one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Redacted(String);

impl Redacted {
    /// Vouches that `text` has been through the privacy filter.
    #[must_use]
    pub fn vouched(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, safe to keep.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether anything is said beside what was taken out.
    #[must_use]
    pub fn says_something(&self) -> bool {
        let left = Secret::ALL.iter().fold(self.0.clone(), |left, secret| left.replace(secret.mark(), ""));
        !left.trim().is_empty()
    }
}

/// What kind of secret the privacy filter took out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Secret {
    /// Norwegian identity number (fødselsnummer).
    Fnr,
    /// D-number, for people without a Norwegian identity number.
    Dnr,
    /// Bank account number.
    Account,
    /// Payment card number.
    Card,
    /// Password, PIN or PUK.
    Password,
}

impl Secret {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Fnr, Self::Dnr, Self::Account, Self::Card, Self::Password];

    /// The stable short name: `fnr`, `dnr`, `account`, `card`, `password`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fnr => "fnr",
            Self::Dnr => "dnr",
            Self::Account => "account",
            Self::Card => "card",
            Self::Password => "password",
        }
    }

    /// What stands in a text where one of these stood, the same in every language.
    #[must_use]
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Fnr => "[fødselsnummer]",
            Self::Dnr => "[D-nummer]",
            Self::Account => "[kontonummer]",
            Self::Card => "[kortnummer]",
            Self::Password => "[passord]",
        }
    }
}

/// What an employee wrote, as a channel hands it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncomingMessage {
    /// The conversation it belongs to, where the channel knows; otherwise it is found by place and employee.
    pub conversation: Option<super::ids::ConversationId>,
    /// Where it was written.
    pub place: Place,
    /// The platform's own id of the message; the same one twice is one message.
    pub external_id: ExternalId,
    /// Who wrote it.
    pub employee: Employee,
    /// What it says, after the privacy filter.
    pub text: Redacted,
    /// What the privacy filter took out, in order.
    pub secrets: Vec<Secret>,
    /// What the channel knows of the writer's language.
    pub lang: LangHint,
    /// Who reads what is answered there.
    pub readers: Readers,
}

/// What a channel knows of a writer's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LangHint {
    /// The writer chose it: whatever the text looks like, this is it.
    Chosen(Lang),
    /// It stands where the text itself does not tell.
    Likely(Lang),
}

impl LangHint {
    /// The language that the writer chose.
    #[must_use]
    pub const fn chosen(self) -> Option<Lang> {
        match self {
            Self::Chosen(lang) => Some(lang),
            Self::Likely(_) => None,
        }
    }

    /// The language, however it is known.
    #[must_use]
    pub const fn lang(self) -> Lang {
        match self {
            Self::Chosen(lang) | Self::Likely(lang) => lang,
        }
    }
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Employee {
    /// The channel's word for who this is.
    pub id: super::ids::EmployeeId,
    /// What to call them, where known.
    pub name: Option<String>,
    /// Their own word for an e-mail address; never used to recognise anybody.
    pub email: Option<String>,
    /// The member organisation they say they belong to.
    pub organisation: Option<String>,
}

/// Who wrote a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Author {
    /// The employee whose conversation it is.
    Employee,
    /// Firstline itself.
    Bot,
    /// A person in the desk.
    Operator {
        /// Who.
        id: OperatorId,
        /// What the employee sees as the name.
        name: String,
    },
}

/// Who may read a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Visibility {
    /// The employee and the desk.
    Everyone,
    /// The desk alone.
    Desk,
}

/// One line of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its identifier, ordered by time.
    pub id: MessageId,
    /// Who wrote it.
    pub author: Author,
    /// Who may read it.
    pub visibility: Visibility,
    /// The language it is in, or is to be said in.
    pub lang: Lang,
    /// What it says.
    pub content: Content,
    /// When it was written.
    pub at: Timestamp,
}

/// What stands in place of a text that its writer deleted, the same in every language.
pub const DELETED_MARK: &str = "[slettet]";

/// What a line says; the wording of all but free text is found at the rim, in the line's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// An employee's text that the bot was to answer.
    Question(Redacted),
    /// Free text between people.
    Text(Redacted),
    /// An operator's internal note.
    Note(Redacted),
    /// The employee pressed a choice.
    Pressed(Action),
    /// The employee chose this one of the offered titles.
    Chosen(Choice),
    /// One article's passage.
    Answer(Answer),
    /// Titles to choose from, best first.
    Offer(Vec<Choice>),
    /// An incident that the question seems to be about, as it stood then.
    KnownIncident(IncidentTold),
    /// An incident is over.
    IncidentEnded {
        /// The ticket that waited for it and is resolved now, where there is one.
        ticket: Option<TicketId>,
        /// The incident.
        incident: IncidentTold,
    },
    /// A greeting, thanks or the like in return.
    SmallTalk(SmallTalk),
    /// The matter is a ticket now, and a person will come.
    HandedOff(HandOff),
    /// Secrets were taken out of what was written.
    SecretsRemoved(Vec<Secret>),
    /// The state of the employee's own tickets, newest first; empty where there are none.
    OwnTickets(Vec<OwnTicket>),
    /// An operator took the ticket.
    Taken,
    /// The operator put the ticket back into the queue.
    Released,
    /// The ticket went to another group.
    Transferred {
        /// The group that has it now.
        group: GroupId,
    },
    /// The ticket went to another line of support.
    MovedToLine {
        /// The line that has it now.
        line: SupportLine,
    },
    /// The ticket is about the same as another one, where it goes on; is it?
    MergedInto {
        /// The employee's ticket.
        ticket: TicketId,
        /// The other one's number.
        original: TicketNumber,
    },
    /// An operator resolved the ticket; is it solved?
    ResolvedAsk(TicketId),
    /// The employee says it is solved.
    Confirmed,
    /// The employee says it is not solved: the same ticket waits again.
    Reopened(TicketId),
    /// The employee says that the answer helped.
    GladItHelped,
    /// A file that somebody attached.
    File(Attachment),
    /// What became of the room where the employee and the desk talk, for the desk.
    Room(RoomNews),
    /// A file that somebody sent along and that was not taken.
    FileRefused {
        /// What its owner calls it.
        name: Redacted,
        /// Why not.
        why: FileRefusal,
    },
    /// What the employee wrote, as they changed it later.
    Edited(Redacted),
    /// The employee deleted a message.
    Deleted,
}

/// What an employee is told about a hand-off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOff {
    /// The new ticket.
    pub ticket: TicketId,
    /// Its number once the store has given it one.
    pub number: Option<TicketNumber>,
    /// The group it went to.
    pub group: GroupId,
    /// How urgent it was judged.
    pub priority: Priority,
    /// Why the bot stepped back.
    pub reason: HandOffReason,
}

/// Why the bot stepped back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HandOffReason {
    /// The employee asked for a person.
    Asked,
    /// No article answers well enough.
    NoAnswer,
    /// The answer did not help.
    DidNotHelp,
    /// Life, health or the operation of a ward may be affected.
    Critical,
    /// The employee called, and an operator wrote it down.
    Called,
    /// It is about an incident that is known, and the employee wants to be told when that is over.
    Incident,
    /// It was asked while nobody listened, too long ago to be answered now.
    Missed,
}

/// Why a file was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileRefusal {
    /// It is of no kind that is taken, or not what it claims to be.
    Kind,
    /// It is too large.
    TooLarge,
    /// The conversation holds as many files as it may.
    TooMany,
    /// It could not be fetched from where it lies.
    Unreachable,
}

/// Kinds of chatter that get a friendly line and no article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SmallTalk {
    /// "Hei!"
    Greeting,
    /// "Tusen takk"
    Thanks,
    /// "Ha det"
    Farewell,
    /// Anything else that asks for nothing.
    Other,
}

/// A choice that an employee is offered under a line; the ids are stable.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// The answer helped.
    Helped,
    /// The answer did not help.
    NotHelped,
    /// A person, please.
    Human,
    /// This one of the offered articles.
    Choose(Slug),
    /// It is the incident that was told of: a word when it is over, please.
    TellMe,
    /// It is something else than the incident that was told of.
    SomethingElse,
    /// The resolved matter is solved.
    ResolvedYes,
    /// The resolved matter is not solved.
    ResolvedNo,
}

impl Action {
    /// The stable id: `helped`, `not_helped`, `human`, `choose:<slug>`, `tell_me`, `something_else`, `resolved_yes`, `resolved_no`.
    #[must_use]
    pub fn id(&self) -> String {
        match self {
            Self::Helped => "helped".to_owned(),
            Self::NotHelped => "not_helped".to_owned(),
            Self::Human => "human".to_owned(),
            Self::Choose(slug) => format!("choose:{slug}"),
            Self::TellMe => "tell_me".to_owned(),
            Self::SomethingElse => "something_else".to_owned(),
            Self::ResolvedYes => "resolved_yes".to_owned(),
            Self::ResolvedNo => "resolved_no".to_owned(),
        }
    }

    /// The action with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        match id {
            "helped" => Some(Self::Helped),
            "not_helped" => Some(Self::NotHelped),
            "human" => Some(Self::Human),
            "tell_me" => Some(Self::TellMe),
            "something_else" => Some(Self::SomethingElse),
            "resolved_yes" => Some(Self::ResolvedYes),
            "resolved_no" => Some(Self::ResolvedNo),
            _ => id.strip_prefix("choose:").filter(|slug| !slug.is_empty()).map(|slug| Self::Choose(Slug::new(slug))),
        }
    }
}

impl Content {
    /// The choices that belong under this content.
    #[must_use]
    pub fn actions(&self) -> Vec<Action> {
        match self {
            Self::Answer(_) => vec![Action::Helped, Action::NotHelped, Action::Human],
            Self::Offer(choices) => {
                let chosen = choices.iter().map(|choice| Action::Choose(choice.article.slug.clone()));
                chosen.chain([Action::NotHelped, Action::Human]).collect()
            }
            Self::MergedInto { .. } => vec![Action::ResolvedNo],
            Self::KnownIncident(_) => vec![Action::TellMe, Action::SomethingElse, Action::Human],
            Self::SmallTalk(_) | Self::OwnTickets(_) | Self::IncidentEnded { ticket: None, .. } => vec![Action::Human],
            Self::ResolvedAsk(_) | Self::IncidentEnded { ticket: Some(_), .. } => vec![Action::ResolvedYes, Action::ResolvedNo],
            _ => Vec::new(),
        }
    }
}
