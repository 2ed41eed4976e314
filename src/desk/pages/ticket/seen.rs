//! What the page of a ticket shows, as it is read.

use std::sync::Arc;

use serde::Deserialize;

use super::super::failure::Failure;
use super::aids::Found;
use super::notice::Notice;
use super::replies::picked;
use crate::desk::Desk;
use crate::domain::answer::Candidate;
use crate::domain::draft::{Draft, DraftKind};
use crate::domain::ids::TicketNumber;
use crate::domain::message::LangHint;
use crate::domain::permission::Operator;
use crate::domain::reply::{StandardReply, fields};
use crate::flows::TicketView;
use crate::ports::{SimilarTicket, Stuck, TicketSummary};

/// The least likely article that is worth an operator's look, per mille.
const LEAST_CONFIDENCE: u16 = 50;

/// How many articles are suggested at most.
const MOST_SUGGESTED: usize = 4;

/// How many are found at most.
const MOST_FOUND: usize = 8;

/// What the address of a ticket's page asks for besides the ticket.
#[derive(Clone, Debug, Default, Deserialize)]
pub(in super::super) struct Opened {
    /// How what a form wanted went.
    #[serde(default)]
    said: String,
    /// What articles are searched for, instead of those that are suggested.
    #[serde(default)]
    pub(super) articles: String,
    /// What standard replies are searched for.
    #[serde(default)]
    pub(super) replies: String,
    /// The standard reply to begin the reply with, as `nb/name`.
    #[serde(default, rename = "use")]
    pub(super) used: String,
}

/// What is shown of a ticket.
pub(in super::super) struct Seen {
    pub(in super::super) view: TicketView,
    pub(super) articles: Vec<Candidate>,
    /// What the same words find beside articles.
    pub(super) aids: Found,
    pub(super) similar: Vec<SimilarTicket>,
    /// The tickets that are duplicates of this one.
    pub(super) duplicates: Vec<TicketSummary>,
    pub(super) replies: Arc<[StandardReply]>,
    /// Those that the group can use, or that are searched for.
    pub(super) picked: Vec<StandardReply>,
    pub(super) drafts: Vec<Draft>,
    /// What of it could not be delivered.
    pub(super) stuck: Vec<Stuck>,
    pub(super) opened: Opened,
    /// What the forms for a reply and for a note are told by, each on each page.
    pub(super) forms: [String; 2],
}

impl Opened {
    /// A page that follows upon a form, of which this is said.
    pub(in super::super) fn saying(said: String) -> Self {
        Self { said, ..Self::default() }
    }
}

impl Seen {
    /// Reads a ticket for this operator.
    pub(in super::super) async fn read(
        desk: &Desk,
        by: &Operator,
        number: TicketNumber,
        opened: Opened,
    ) -> Result<Self, Failure> {
        let mut view = desk.flows.ticket(number, by).await?;
        let similar = desk.flows.similar(number, by).await?;
        let duplicates = desk.flows.duplicates(number, by).await?;
        let stuck = desk.flows.stuck_in(view.ticket.conversation, by).await?;
        let drafts = if by.works_on_tickets() { desk.flows.drafts(number, by).await? } else { Vec::new() };
        let suggested = std::mem::take(&mut view.suggested);
        let articles = found(desk, &view.ticket, &opened.articles).unwrap_or_else(|| suggestions(suggested));
        let aids = Found::by(desk, by, &view.ticket, &opened.articles);
        let (replies, picked) = (desk.replies.standard_replies(), picked(desk, &view.ticket, &opened.replies));
        let forms = [desk.ids.secret(), desk.ids.secret()];
        Ok(Self { view, articles, aids, similar, duplicates, replies, picked, drafts, stuck, opened, forms })
    }

    /// The ticket.
    pub(in super::super) const fn ticket(&self) -> &TicketSummary {
        &self.view.ticket
    }

    /// What was begun and is not sent; empty where there is nothing.
    pub(super) fn draft(&self, kind: DraftKind) -> &str {
        self.drafts.iter().find(|draft| draft.key.kind == kind).map_or("", |draft| draft.text.as_str())
    }

    /// How what a form wanted went, where the page follows upon one.
    pub(in super::super) fn notice(&self) -> Option<Notice> {
        let unfilled = || fields(self.draft(DraftKind::Reply));
        Notice::from_code(&self.opened.said, self.ticket().holder.as_ref(), unfilled)
    }
}

fn suggestions(mut suggested: Vec<Candidate>) -> Vec<Candidate> {
    suggested.retain(|candidate| candidate.confidence.get() >= LEAST_CONFIDENCE);
    suggested.truncate(MOST_SUGGESTED);
    suggested
}

/// The articles that these words find, as the index understands them; `None` where there are no words.
pub(super) fn found(desk: &Desk, ticket: &TicketSummary, words: &str) -> Option<Vec<Candidate>> {
    let words = desk.typed(words).ok()?;
    let mut found = desk.index.understand(&words.text, LangHint::Likely(ticket.lang)).candidates;
    found.truncate(MOST_FOUND);
    Some(found)
}

/// The articles that may answer a ticket.
pub(super) async fn suggested(desk: &Desk, by: &Operator, number: TicketNumber) -> Result<Vec<Candidate>, Failure> {
    Ok(suggestions(desk.flows.ticket(number, by).await?.suggested))
}
