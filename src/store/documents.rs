//! The JSON documents in rows. Documents outlive versions of the program: fields are added with a default, never renamed.

use serde::{Deserialize, Serialize};

use super::incident_documents::ToldDoc;

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ArticleDoc {
    pub(super) slug: String,
    pub(super) lang: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ChoiceDoc {
    pub(super) article: ArticleDoc,
    pub(super) title: String,
    pub(super) confidence: u16,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct HolderDoc {
    pub(super) id: String,
    pub(super) name: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PlaceDoc {
    pub(super) channel: String,
    pub(super) address: String,
    pub(super) delivery: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct EmployeeDoc {
    pub(super) id: String,
    pub(super) name: Option<String>,
    pub(super) email: Option<String>,
    pub(super) organisation: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct OwnTicketDoc {
    pub(super) number: i64,
    pub(super) subject: Option<String>,
    pub(super) status: String,
    pub(super) holder: Option<String>,
    pub(super) opened_at: i64,
}

/// What was last put to the employee.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum ShownDoc {
    Nothing,
    Answer { article: ArticleDoc },
    Offer { articles: Vec<ArticleDoc> },
    Incident { incident: i64 },
}

/// What a line says, without free text, which stands in a column of its own.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum ContentDoc {
    Question,
    Text,
    Note,
    Pressed {
        action: String,
    },
    Chosen {
        choice: ChoiceDoc,
    },
    Answer {
        article: ArticleDoc,
        title: String,
        passage: String,
        confidence: u16,
        request: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        direct: Option<String>,
    },
    Offer {
        choices: Vec<ChoiceDoc>,
    },
    KnownIncident {
        incident: ToldDoc,
    },
    IncidentEnded {
        ticket: Option<i64>,
        incident: ToldDoc,
    },
    SmallTalk {
        of: String,
    },
    HandedOff {
        ticket: i64,
        group: String,
        priority: String,
        reason: String,
    },
    SecretsRemoved {
        secrets: Vec<String>,
    },
    OwnTickets {
        tickets: Vec<OwnTicketDoc>,
    },
    Taken,
    Released,
    Transferred {
        group: String,
    },
    MovedToLine {
        line: String,
    },
    MergedInto {
        ticket: i64,
        original: i64,
    },
    ResolvedAsk {
        ticket: i64,
    },
    Confirmed,
    Reopened {
        ticket: i64,
    },
    GladItHelped,
    Room {
        news: String,
    },
    File {
        file: i64,
        of: String,
        size: u64,
    },
    FileRefused {
        why: String,
    },
    Edited,
    Deleted,
}

/// What happened.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum HappenedDoc {
    Opened { place: PlaceDoc, employee: EmployeeDoc, lang: String },
    Asked { message: i64, lang: String },
    Chatted { message: i64, lang: String },
    Answered { message: i64, article: ArticleDoc, confidence: u16 },
    Offered { message: i64, articles: Vec<ArticleDoc> },
    ToldOfIncident { message: i64, incident: i64 },
    Helped,
    DidNotHelp,
    HandedOff { ticket: i64, question: i64, group: String, line: String, priority: String, reason: String },
    Added { message: i64 },
    Taken { holder: HolderDoc },
    Released,
    Transferred { from: String, to: String, reason: i64 },
    MovedLine { from: String, to: String, reason: i64 },
    Prioritised { impact: String, urgency: String, priority: String },
    Snoozed { until: i64 },
    Woken,
    MergedInto { original: i64, by: HolderDoc },
    Replied { message: i64 },
    Noted { message: i64 },
    Attached { message: i64 },
    Amended { earlier: i64, replaced: Vec<i64> },
    Withdrawn { message: i64, replaced: Vec<i64> },
    FileRefused { message: i64 },
    LinkedToIncident { incident: i64 },
    UnlinkedFromIncident { incident: i64 },
    Resolved { by: HolderDoc },
    Confirmed,
    Reopened,
}

/// What is to be done on a platform.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum ErrandDoc {
    Say { message: i64, reply_to: Option<String> },
    Amend { message: i64, earlier: i64, reply_to: Option<String> },
    Retract { message: i64 },
    OpenRoom { ticket: i64 },
    ShowCard { channel: String, ticket: i64, group: String },
    RefreshCard { channel: String, ticket: i64, group: String },
    PostNote { channel: String, ticket: i64, group: String, message: i64 },
    Admit { operator: String },
}

/// Which groups an operator belongs to.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum MembershipDoc {
    Every,
    Some { groups: Vec<String> },
}
