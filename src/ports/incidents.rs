//! The need to keep incidents, and to know who waits for their end.

use async_trait::async_trait;

use crate::domain::decision::Receipt;
use crate::domain::ids::{ConversationId, EventId, IncidentId, IncidentNumber, TicketId};
use crate::domain::incident::{Incident, IncidentChange, IncidentEvent};
use crate::domain::ticket::Holder;
use crate::domain::time::Timestamp;

use super::store::{StoreError, TicketSummary};

/// Incidents and planned maintenance.
#[async_trait]
pub trait Incidents: Send + Sync {
    /// Keeps a change whole or not at all. A new incident gets the next free number, counted upwards from 1.
    ///
    /// An end begins a telling ([`Incidents::tellings`]) in the same write; being opened again breaks it off.
    async fn change_incident(&self, change: &IncidentChange) -> Result<IncidentKept, StoreError>;

    /// The same, once for each receipt: what was noted for this conversation with the same one before is not kept again.
    async fn change_incident_once(
        &self,
        change: &IncidentChange,
        receipt: &Receipt,
        about: ConversationId,
    ) -> Result<IncidentKept, StoreError>;

    /// The incident with this number.
    async fn incident(&self, number: IncidentNumber) -> Result<Option<IncidentRecord>, StoreError>;

    /// The incident with this id.
    async fn incident_by_id(&self, id: IncidentId) -> Result<Option<IncidentRecord>, StoreError>;

    /// Those that are not over, newest first, at most `limit`.
    async fn open_incidents(&self, limit: u32) -> Result<Vec<IncidentRecord>, StoreError>;

    /// Those that ended at `since` or later, last ended first, at most `limit`.
    async fn ended_incidents(&self, since: Timestamp, limit: u32) -> Result<Vec<IncidentRecord>, StoreError>;

    /// All of them, newest first, at most `limit`; only those with a lower number than `before` where it is given.
    async fn incidents(&self, before: Option<IncidentNumber>, limit: u32) -> Result<Vec<IncidentRecord>, StoreError>;

    /// Everything that happened to an incident, oldest first.
    async fn incident_events(&self, id: IncidentId) -> Result<Vec<IncidentEvent>, StoreError>;

    /// The tickets that are linked to an incident, newest first, at most `limit`.
    async fn linked_tickets(&self, id: IncidentId, limit: u32) -> Result<Vec<TicketSummary>, StoreError>;

    /// The ends that not everybody who waits has been told of, in the order of their incidents.
    async fn tellings(&self) -> Result<Vec<Telling>, StoreError>;

    /// The tickets with an id after `told_to` that are linked to the incident and not resolved, in the order of their ids, at most
    /// `limit`.
    async fn still_to_tell(&self, telling: &Telling, limit: u32) -> Result<Vec<(TicketId, ConversationId)>, StoreError>;

    /// Notes that all up to this ticket have been told; all there are, where there is none. Changes nothing where the telling has
    /// begun anew meanwhile: a ticket that is linked when its incident is over already makes it do so.
    async fn told(&self, telling: &Telling, to: Option<TicketId>) -> Result<(), StoreError>;
}

/// An incident as the store gives it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentRecord {
    /// Its number.
    pub number: IncidentNumber,
    /// The incident.
    pub incident: Incident,
    /// How many tickets are linked to it.
    pub linked: u64,
}

/// How keeping a change ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IncidentKept {
    /// It is kept, durably, under this number.
    Done(IncidentNumber),
    /// The incident has moved on since it was read; nothing is changed. Read and decide again.
    Stale,
    /// It was kept before with the same receipt; nothing is changed.
    SeenBefore,
}

/// An end that people are being told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    /// What ended.
    pub incident: IncidentId,
    /// The event of its end.
    pub event: EventId,
    /// Who ended it.
    pub by: Holder,
    /// Which time it was begun.
    pub turn: i64,
    /// Up to which ticket people have been told.
    pub told_to: TicketId,
}
