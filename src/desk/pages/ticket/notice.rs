//! How what an operator wanted went, in the address and in words.

use serde::Deserialize;

use super::super::form::unfit;
use super::super::reader::Reader;
use crate::desk::Unfit;
use crate::domain::ticket::Holder;
use crate::flows::Outcome;

/// How it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Notice {
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
    /// The text is not taken.
    Unfit(Unfit),
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Take,
    Release,
    Reply,
    Note,
    Transfer,
    Resolve,
}

/// A notice in the address of a page that a form led to.
#[derive(Deserialize)]
pub(in super::super) struct Said {
    #[serde(default)]
    said: String,
}

impl Verb {
    const ALL: [Self; 6] = [Self::Take, Self::Release, Self::Reply, Self::Note, Self::Transfer, Self::Resolve];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Take => "take",
            Self::Release => "release",
            Self::Reply => "reply",
            Self::Note => "note",
            Self::Transfer => "transfer",
            Self::Resolve => "resolve",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verb| verb.as_str() == name)
    }
}

impl Said {
    /// The notice; the ticket's present holder is the one who is meant.
    pub(super) fn notice(&self, holder: Option<&Holder>) -> Option<Notice> {
        match self.said.as_str() {
            "already" => Some(Notice::Already),
            "held" => holder.cloned().map(Notice::HeldBy),
            "not-open" => Some(Notice::NotOpen),
            "no-group" => Some(Notice::NoSuchGroup),
            "empty" => Some(Notice::Unfit(Unfit::Empty)),
            "too-long" => Some(Notice::Unfit(Unfit::TooLong)),
            verb => Verb::from_name(verb).map(Notice::Did),
        }
    }
}

impl Notice {
    /// How a flow's outcome is told.
    pub(super) fn of(verb: &str, outcome: Outcome) -> Self {
        match (outcome, Verb::from_name(verb)) {
            (Outcome::Done, Some(verb)) => Self::Did(verb),
            (Outcome::Done, None) | (Outcome::Already | Outcome::UnfitMoment | Outcome::Unmergeable(_), _) => Self::Already,
            (Outcome::NoReason, _) => Self::Unfit(Unfit::Empty),
            (Outcome::HeldBy(holder), _) => Self::HeldBy(holder),
            (Outcome::NotOpen, _) => Self::NotOpen,
            (Outcome::NoSuchGroup(_), _) => Self::NoSuchGroup,
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
        }
    }

    /// In words.
    pub(super) fn words(&self, reader: &Reader) -> String {
        let key = match self {
            Self::Did(Verb::Take) => "desk.did_take",
            Self::Did(Verb::Release) => "desk.did_release",
            Self::Did(Verb::Reply) => "desk.did_reply",
            Self::Did(Verb::Note) => "desk.did_note",
            Self::Did(Verb::Transfer) => "desk.did_transfer",
            Self::Did(Verb::Resolve) => "desk.did_resolve",
            Self::Already => "desk.already",
            Self::HeldBy(holder) => return reader.fill("desk.held_by", &[("name", &holder.name)]),
            Self::NotOpen => "desk.not_open",
            Self::NoSuchGroup => "desk.no_such_group",
            Self::Unfit(why) => return unfit(reader, *why),
        };
        reader.say(key).to_owned()
    }

    /// Whether nothing was done.
    pub(super) const fn is_refusal(&self) -> bool {
        !matches!(self, Self::Did(_))
    }
}
