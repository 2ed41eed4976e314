//! How what an operator wanted went, in the address and in words.

use super::super::form::unfit;
use super::super::reader::Reader;
use crate::desk::Unfit;
use crate::domain::draft::DraftKind;
use crate::domain::operator_side::Unmergeable;
use crate::domain::reply::Field;
use crate::domain::ticket::Holder;
use crate::flows::Outcome;

/// How it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) enum Notice {
    /// It is done.
    Did(Verb),
    /// It was so already.
    Already,
    /// Somebody else has the ticket.
    HeldBy(Holder),
    /// The ticket is resolved.
    NotOpen,
    /// There is no such group.
    NoSuchGroup,
    /// The moment is none, is over, or is too far away.
    UnfitMoment,
    /// The tickets cannot be merged, for the reason that the word in the address stands for.
    Unmergeable(&'static str),
    /// The text is not taken.
    Unfit(Unfit),
    /// Something in the text is still to be filled in.
    Unfilled(Vec<Field>),
    /// The text was written in the form for the other readers.
    OtherForm,
}

/// Why tickets cannot be merged: the word in the address, and in words.
const MERGES: [(&str, &str); 5] = [
    ("merge-none", "ticket.merge_none"),
    ("merge-itself", "ticket.merge_itself"),
    ("merge-closed", "ticket.merge_closed"),
    ("merge-other", "ticket.merge_other"),
    ("merge-turned", "ticket.merge_turned"),
];

/// What is done with a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Verb {
    Take,
    Release,
    Reply,
    Note,
    Transfer,
    Line,
    Priority,
    Snooze,
    Wake,
    Merge,
    Resolve,
}

impl Verb {
    /// Every verb with the word in its address and what is said when it is done.
    const ALL: [(Self, &'static str, &'static str); 11] = [
        (Self::Take, "take", "desk.did_take"),
        (Self::Release, "release", "desk.did_release"),
        (Self::Reply, "reply", "desk.did_reply"),
        (Self::Note, "note", "desk.did_note"),
        (Self::Transfer, "transfer", "desk.did_transfer"),
        (Self::Line, "line", "ticket.did_line"),
        (Self::Priority, "priority", "ticket.did_priority"),
        (Self::Snooze, "snooze", "ticket.did_snooze"),
        (Self::Wake, "wake", "ticket.did_wake"),
        (Self::Merge, "merge", "ticket.did_merge"),
        (Self::Resolve, "resolve", "desk.did_resolve"),
    ];

    /// The one with this word.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, word, _)| *word == name).map(|(verb, ..)| verb)
    }

    /// The word in its address.
    pub(super) const fn as_str(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    const fn did(self) -> &'static str {
        Self::ALL[self as usize].2
    }

    /// The draft that it sends.
    pub(super) const fn draft(self) -> Option<DraftKind> {
        match self {
            Self::Reply => Some(DraftKind::Reply),
            Self::Note => Some(DraftKind::Note),
            _ => None,
        }
    }
}

impl Notice {
    /// How a flow's outcome is told.
    pub(super) fn of(verb: Verb, outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::Did(verb),
            // A text is never there already: the same form was sent twice.
            Outcome::Already if verb.draft().is_some() => Self::Did(verb),
            Outcome::Already => Self::Already,
            Outcome::HeldBy(holder) => Self::HeldBy(holder),
            Outcome::NotOpen => Self::NotOpen,
            Outcome::NoSuchGroup(_) => Self::NoSuchGroup,
            Outcome::NoReason => Self::Unfit(Unfit::Empty),
            Outcome::UnfitMoment => Self::UnfitMoment,
            Outcome::Unmergeable(why) => Self::Unmergeable(match why {
                Unmergeable::NoSuchTicket => "merge-none",
                Unmergeable::Itself => "merge-itself",
                Unmergeable::OriginalNotOpen => "merge-closed",
                Unmergeable::IsDuplicateOf(_) => "merge-other",
                Unmergeable::HasDuplicates => "merge-turned",
            }),
        }
    }

    /// The notice that a word in the address stands for; the ticket's present holder is the one who is meant, and the draft's
    /// fields are those that are unfilled.
    pub(super) fn from_code(code: &str, holder: Option<&Holder>, unfilled: impl FnOnce() -> Vec<Field>) -> Option<Self> {
        match code {
            "already" => Some(Self::Already),
            "held" => holder.cloned().map(Self::HeldBy),
            "not-open" => Some(Self::NotOpen),
            "no-group" => Some(Self::NoSuchGroup),
            "empty" => Some(Self::Unfit(Unfit::Empty)),
            "too-long" => Some(Self::Unfit(Unfit::TooLong)),
            "unfilled" => Some(Self::Unfilled(unfilled())),
            "other-form" => Some(Self::OtherForm),
            "moment" => Some(Self::UnfitMoment),
            merge if merge.starts_with("merge-") => {
                MERGES.iter().find(|(word, _)| *word == merge).map(|(word, _)| Self::Unmergeable(word))
            }
            verb => Verb::from_name(verb).map(Self::Did),
        }
    }

    /// The word in the address.
    pub(super) const fn code(&self) -> &'static str {
        match self {
            Self::Did(verb) => verb.as_str(),
            Self::Already => "already",
            Self::HeldBy(_) => "held",
            Self::NotOpen => "not-open",
            Self::NoSuchGroup => "no-group",
            Self::Unfit(Unfit::Empty) => "empty",
            Self::Unfit(Unfit::TooLong) => "too-long",
            Self::Unfilled(_) => "unfilled",
            Self::OtherForm => "other-form",
            Self::UnfitMoment => "moment",
            Self::Unmergeable(why) => why,
        }
    }

    /// In words.
    pub(super) fn words(&self, reader: &Reader) -> String {
        let key = match self {
            Self::Did(verb) => verb.did(),
            Self::Already => "desk.already",
            Self::HeldBy(holder) => return reader.fill("desk.held_by", &[("name", &holder.name)]),
            Self::NotOpen => "desk.not_open",
            Self::NoSuchGroup => "desk.no_such_group",
            Self::Unfit(why) => return unfit(reader, *why),
            Self::Unfilled(fields) => {
                let fields: Vec<String> = fields.iter().map(ToString::to_string).collect();
                return reader.fill("ticket.unfilled", &[("fields", &fields.join(", "))]);
            }
            Self::OtherForm => "ticket.other_form",
            Self::UnfitMoment => "ticket.unfit_moment",
            Self::Unmergeable(why) => MERGES.iter().find(|(word, _)| word == why).map_or("ticket.merge_none", |(_, key)| *key),
        };
        reader.say(key).to_owned()
    }

    /// Whether nothing was done.
    pub(super) const fn is_refusal(&self) -> bool {
        !matches!(self, Self::Did(_))
    }
}
