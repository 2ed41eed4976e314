//! Incidents and planned maintenance.

use async_trait::async_trait;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, query};

use super::commit::receive;
use super::failure::Failure;
use super::from_documents::parse;
use super::incident_documents::{IncidentDoc, TurnDoc};
use super::names::Named;
use super::writer::{Applied, Write};
use super::{SqlStore, from_rows, sql, to_rows};
use crate::domain::conversation::Version;
use crate::domain::decision::Receipt;
use crate::domain::event::{Event, Happened};
use crate::domain::ids::{ConversationId, EventId, IncidentId, IncidentNumber, OperatorId, TicketId};
use crate::domain::incident::{Incident, IncidentChange, IncidentEvent, Turn, Update};
use crate::domain::ticket::{Holder, Ticket};
use crate::domain::time::Timestamp;
use crate::ports::{IncidentKept, IncidentRecord, Incidents, StoreError, Telling, TicketSummary};

#[async_trait]
impl Incidents for SqlStore {
    async fn change_incident(&self, change: &IncidentChange) -> Result<IncidentKept, StoreError> {
        self.writer.write(Change { change: change.clone(), once: None }).await
    }

    async fn change_incident_once(
        &self,
        change: &IncidentChange,
        receipt: &Receipt,
        about: ConversationId,
    ) -> Result<IncidentKept, StoreError> {
        self.writer.write(Change { change: change.clone(), once: Some((receipt.clone(), about)) }).await
    }

    async fn incident(&self, number: IncidentNumber) -> Result<Option<IncidentRecord>, StoreError> {
        self.one("read an incident", query(sql::INCIDENT).bind(number.get()), incident).await
    }

    async fn incident_by_id(&self, id: IncidentId) -> Result<Option<IncidentRecord>, StoreError> {
        self.one("read an incident", query(sql::INCIDENT_BY_ID).bind(id.get()), incident).await
    }

    async fn open_incidents(&self, limit: u32) -> Result<Vec<IncidentRecord>, StoreError> {
        self.many("listed open incidents", query(sql::OPEN_INCIDENTS).bind(i64::from(limit)), incident).await
    }

    async fn ended_incidents(&self, since: Timestamp, limit: u32) -> Result<Vec<IncidentRecord>, StoreError> {
        let statement = query(sql::ENDED_INCIDENTS).bind(since.micros()).bind(i64::from(limit));
        self.many("listed incidents that are over", statement, incident).await
    }

    async fn incidents(&self, before: Option<IncidentNumber>, limit: u32) -> Result<Vec<IncidentRecord>, StoreError> {
        let before = before.map_or(i64::MAX, IncidentNumber::get);
        self.many("listed incidents", query(sql::INCIDENTS).bind(before).bind(i64::from(limit)), incident).await
    }

    async fn incident_events(&self, id: IncidentId) -> Result<Vec<IncidentEvent>, StoreError> {
        self.many("read an incident's events", query(sql::INCIDENT_EVENTS).bind(id.get()), event).await
    }

    async fn linked_tickets(&self, id: IncidentId, limit: u32) -> Result<Vec<TicketSummary>, StoreError> {
        let statement = query(sql::LINKED_TICKETS).bind(id.get()).bind(i64::from(limit));
        self.many("listed linked tickets", statement, from_rows::summary).await
    }

    async fn tellings(&self) -> Result<Vec<Telling>, StoreError> {
        self.many("listed ends to tell of", query(sql::TELLINGS), telling).await
    }

    async fn still_to_tell(&self, telling: &Telling, limit: u32) -> Result<Vec<(TicketId, ConversationId)>, StoreError> {
        let statement = query(sql::STILL_TO_TELL).bind(telling.incident.get()).bind(telling.told_to.get());
        let read = |row: &AnyRow| {
            let ticket = TicketId::new(from_rows::number(row, "id")?);
            Ok((ticket, ConversationId::new(from_rows::number(row, "conversation")?)))
        };
        self.many("looked for people to tell", statement.bind(i64::from(limit)), read).await
    }

    async fn told(&self, telling: &Telling, to: Option<TicketId>) -> Result<(), StoreError> {
        self.writer.write(Told { telling: telling.clone(), to }).await
    }
}

/// Keeps the links that these events of a ticket's conversation made and broke, and counts them. Holding the incident's row from
/// here on, a link comes either before its end, and is told of it, or after it, and has it told anew.
pub(super) async fn follow_links(connection: &mut AnyConnection, ticket: &Ticket, events: &[Event]) -> Result<(), Failure> {
    for event in events {
        let (incident, counted) = match event.what {
            Happened::LinkedToIncident { incident } => (incident, 1_i64),
            Happened::UnlinkedFromIncident { incident } => (incident, -1),
            _ => continue,
        };
        let linked = (counted > 0).then_some(incident.get());
        query(sql::LINK_TICKET).bind(ticket.id.get()).bind(linked).execute(&mut *connection).await?;
        query(sql::COUNT_LINK).bind(incident.get()).bind(counted).execute(&mut *connection).await?;
        if counted > 0 {
            query(sql::TELL_ANEW).bind(incident.get()).execute(&mut *connection).await?;
        }
    }
    Ok(())
}

struct Change {
    change: IncidentChange,
    once: Option<(Receipt, ConversationId)>,
}

#[async_trait]
impl Write for Change {
    type Reply = IncidentKept;
    const DOING: &'static str = "kept a change of an incident";

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<IncidentKept>, Failure> {
        if let Some((receipt, about)) = &self.once
            && receive(connection, receipt, *about, None).await?.is_some()
        {
            return Ok(Applied::Undo(IncidentKept::SeenBefore));
        }
        let IncidentChange { expected, incident, events } = &self.change;
        let number = match expected {
            None => Some(open(connection, incident).await?),
            Some(expected) => change(connection, incident, *expected).await?,
        };
        let Some(number) = number else { return Ok(Applied::Undo(IncidentKept::Stale)) };
        let before = expected.map_or(0, Version::get);
        for (nth, event) in (before + 1..).zip(events) {
            add_event(connection, incident.id, nth, event).await?;
        }
        Ok(Applied::Keep(IncidentKept::Done(IncidentNumber::new(number))))
    }
}

async fn open(connection: &mut AnyConnection, new: &Incident) -> Result<i64, Failure> {
    let counted = query(sql::NEXT_INCIDENT_NUMBER).fetch_one(&mut *connection).await?;
    let number = from_rows::number(&counted, "number")?;
    let opened = query(sql::OPEN_INCIDENT)
        .bind(new.id.get())
        .bind(number)
        .bind(new.version.get())
        .bind(new.state.word())
        .bind(to_rows::json(&document(new))?)
        .bind(new.opened_at.micros())
        .bind(new.ended_at.map(Timestamp::micros));
    opened.execute(connection).await?;
    Ok(number)
}

/// Changes an incident and gives back its number; `None` where it has moved on.
async fn change(connection: &mut AnyConnection, changed: &Incident, expected: Version) -> Result<Option<i64>, Failure> {
    let updated = query(sql::CHANGE_INCIDENT)
        .bind(changed.id.get())
        .bind(expected.get())
        .bind(changed.version.get())
        .bind(changed.state.word())
        .bind(to_rows::json(&document(changed))?)
        .bind(changed.ended_at.map(Timestamp::micros));
    let row = updated.fetch_optional(connection).await?;
    Ok(row.map(|row| from_rows::number(&row, "number")).transpose()?)
}

async fn add_event(connection: &mut AnyConnection, id: IncidentId, nth: i64, event: &IncidentEvent) -> Result<(), Failure> {
    let added = query(sql::ADD_INCIDENT_EVENT)
        .bind(event.id.get())
        .bind(id.get())
        .bind(nth)
        .bind(event.by.id.as_str())
        .bind(event.by.name.as_str())
        .bind(to_rows::json(&TurnDoc::from(&event.what))?)
        .bind(event.at.micros());
    added.execute(&mut *connection).await?;
    match event.what {
        Turn::Ended { .. } => query(sql::BEGIN_TELLING).bind(id.get()).bind(event.id.get()).execute(connection).await?,
        Turn::Reopened { .. } => query(sql::BREAK_OFF_TELLING).bind(id.get()).execute(connection).await?,
        Turn::Announced { .. } | Turn::Revised { .. } | Turn::Updated { .. } => return Ok(()),
    };
    Ok(())
}

struct Told {
    telling: Telling,
    to: Option<TicketId>,
}

#[async_trait]
impl Write for Told {
    type Reply = ();
    const DOING: &'static str = "noted who has been told of an end";

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<()>, Failure> {
        let Telling { incident, event, turn, .. } = &self.telling;
        let told = query(if self.to.is_some() { sql::TOLD_TO } else { sql::TOLD_ALL });
        let told = told.bind(incident.get()).bind(event.get()).bind(*turn);
        match self.to {
            Some(to) => told.bind(to.get()).execute(connection).await?,
            None => told.execute(connection).await?,
        };
        Ok(Applied::Keep(()))
    }
}

fn document(incident: &Incident) -> IncidentDoc {
    IncidentDoc {
        matter: (&incident.matter).into(),
        updates: incident.updates.iter().map(Into::into).collect(),
        next_update: incident.next_update.map(Timestamp::micros),
        changed_at: incident.changed_at.micros(),
    }
}

fn incident(row: &AnyRow) -> Result<IncidentRecord, Failure> {
    let document = parse::<IncidentDoc>("incident", &from_rows::text(row, "document")?)?;
    let updates = document.updates.into_iter().map(Update::try_from).collect::<Result<_, _>>()?;
    let incident = Incident {
        id: IncidentId::new(from_rows::number(row, "id")?),
        version: Version::new(from_rows::number(row, "version")?),
        matter: document.matter.try_into()?,
        state: from_rows::word(row, "state")?,
        updates,
        next_update: document.next_update.map(Timestamp::from_micros),
        opened_at: from_rows::time(row, "opened_at")?,
        changed_at: Timestamp::from_micros(document.changed_at),
        ended_at: from_rows::maybe_number(row, "ended_at")?.map(Timestamp::from_micros),
    };
    let number = IncidentNumber::new(from_rows::number(row, "number")?);
    let linked = u64::try_from(from_rows::number(row, "linked")?).unwrap_or(0);
    Ok(IncidentRecord { number, incident, linked })
}

fn event(row: &AnyRow) -> Result<IncidentEvent, Failure> {
    Ok(IncidentEvent {
        id: EventId::new(from_rows::number(row, "id")?),
        at: from_rows::time(row, "at")?,
        by: operator(row)?,
        what: parse::<TurnDoc>("incident's event", &from_rows::text(row, "what")?)?.try_into()?,
    })
}

fn telling(row: &AnyRow) -> Result<Telling, Failure> {
    Ok(Telling {
        incident: IncidentId::new(from_rows::number(row, "incident")?),
        event: EventId::new(from_rows::number(row, "event")?),
        by: operator(row)?,
        turn: from_rows::number(row, "turn")?,
        told_to: TicketId::new(from_rows::number(row, "told_to")?),
    })
}

fn operator(row: &AnyRow) -> Result<Holder, Failure> {
    let id = OperatorId::new(from_rows::text(row, "operator")?);
    Ok(Holder { id, name: from_rows::text(row, "operator_name")? })
}
