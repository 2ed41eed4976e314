//! The words that rows and documents use for the domain's cases. What is written here is read for years: add, never rename.

use super::failure::Unreadable;
use crate::domain::attachment::FileKind;
use crate::domain::conversation::Phase;
use crate::domain::draft::DraftKind;
use crate::domain::incident::{IncidentKind, IncidentState, Severity};
use crate::domain::lang::Lang;
use crate::domain::learned::{LearnedState, Origin};
use crate::domain::message::{FileRefusal, HandOffReason, Secret, SmallTalk, Visibility};
use crate::domain::obstacle::Obstacle;
use crate::domain::place::Delivery;
use crate::domain::room::RoomNews;
use crate::domain::ticket::{Impact, Priority, Status, SupportLine, Urgency, WaitsFor};
use crate::ports::SessionKind;

/// A choice among cases that is kept as a word.
pub(super) trait Named: Copy + 'static {
    /// What the word is, for errors.
    const WHAT: &'static str;
    /// Every case with its word.
    const WORDS: &'static [(Self, &'static str)];

    /// The word for this case.
    fn word(self) -> &'static str;

    /// The case that a kept word stands for.
    fn read(word: &str) -> Result<Self, Unreadable> {
        let found = Self::WORDS.iter().find(|(_, known)| *known == word).map(|(case, _)| *case);
        found.ok_or_else(|| Unreadable { what: Self::WHAT, detail: format!("the word {word:?} is not known") })
    }
}

macro_rules! named {
    ($($type:ident is $what:literal: $($case:ident = $word:literal),+;)+) => {$(
        impl Named for $type {
            const WHAT: &'static str = $what;
            const WORDS: &'static [(Self, &'static str)] = &[$((Self::$case, $word)),+];

            fn word(self) -> &'static str {
                match self { $(Self::$case => $word),+ }
            }
        }
    )+};
}

named! {
    Lang is "language": Nb = "nb", Nn = "nn", En = "en";
    Phase is "phase": WithBot = "with_bot", WithDesk = "with_desk", Resolved = "resolved", Ended = "ended";
    Delivery is "delivery": Read = "read", Pushed = "pushed";
    Visibility is "visibility": Everyone = "everyone", Desk = "desk";
    HandOffReason is "reason": Asked = "asked", NoAnswer = "no_answer", DidNotHelp = "did_not_help", Critical = "critical",
        Called = "called", Incident = "incident", Missed = "missed";
    FileRefusal is "reason against a file": Kind = "kind", TooLarge = "too_large", TooMany = "too_many",
        Unreachable = "unreachable";
    SmallTalk is "small talk": Greeting = "greeting", Thanks = "thanks", Farewell = "farewell", Other = "other";
    Secret is "kind of secret": Fnr = "fnr", Dnr = "dnr", Account = "account", Card = "card", Password = "password";
    Status is "status": Waiting = "waiting", Taken = "taken", Resolved = "resolved";
    SupportLine is "line of support": First = "first", Second = "second", Third = "third", Supplier = "supplier";
    Impact is "impact": Person = "person", Unit = "unit", Organisation = "organisation";
    Urgency is "urgency": Low = "low", Medium = "medium", High = "high";
    WaitsFor is "side that is waited for": Desk = "desk", Employee = "employee";
    Priority is "priority": Low = "low", Normal = "normal", High = "high", Critical = "critical";
    DraftKind is "kind of draft": Reply = "reply", Note = "note";
    IncidentKind is "kind of incident": Incident = "incident", Maintenance = "maintenance";
    Severity is "severity": Minor = "minor", Major = "major", Critical = "critical";
    IncidentState is "state of an incident": Reported = "reported", Confirmed = "confirmed", Monitoring = "monitoring",
        Announced = "announced", UnderWay = "under_way", Over = "over", Cancelled = "cancelled";
    SessionKind is "kind of session": Link = "link", Desk = "desk", Person = "person", Proxied = "proxied";
    FileKind is "kind of file": Png = "png", Jpeg = "jpeg", Gif = "gif", Webp = "webp", Pdf = "pdf", Text = "txt", Word = "docx",
        Excel = "xlsx", PowerPoint = "pptx", OpenText = "odt", OpenSheet = "ods";
    Origin is "origin": Helped = "helped", Replied = "replied";
    RoomNews is "news of a room": MadeAnew = "made_anew", Direct = "direct", Unlocked = "unlocked", Deleted = "deleted",
        InForum = "in_forum", EmployeeLeft = "employee_left", OperatorOutside = "operator_outside", Unreadable = "unreadable";
    Obstacle is "obstacle": Unconfigured = "unconfigured", Forbidden = "forbidden", PlaceGone = "place_gone", Full = "full",
        PersonLeft = "person_left", PersonClosed = "person_closed", Unanswered = "unanswered", Unsure = "unsure", Other = "other";
    LearnedState is "state of a learned question": Proposed = "proposed", Approved = "approved", Declined = "declined";
}

/// How the database counts priorities: most urgent highest.
const RANKS: [(Priority, i64); 4] = [(Priority::Low, 10), (Priority::Normal, 20), (Priority::High, 30), (Priority::Critical, 40)];

/// The rank that a priority is kept as.
pub(super) fn rank(priority: Priority) -> i64 {
    RANKS.iter().find(|(case, _)| *case == priority).map_or(0, |(_, rank)| *rank)
}

/// The priority with this rank.
pub(super) fn ranked(rank: i64) -> Result<Priority, Unreadable> {
    let found = RANKS.iter().find(|(_, known)| *known == rank).map(|(case, _)| *case);
    found.ok_or_else(|| Unreadable { what: Priority::WHAT, detail: format!("the rank {rank} is not known") })
}
