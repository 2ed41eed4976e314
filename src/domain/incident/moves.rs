//! What coordinators do with an incident. Every verb asks for the proof that they may.

use super::{Incident, IncidentEvent, IncidentKind, IncidentState, Localised, Matter, Turn};
use crate::domain::conversation::Version;
use crate::domain::decision::Moment;
use crate::domain::permission::MayCoordinate;
use crate::domain::time::Timestamp;

/// What a coordinator's wish leads to. It is kept whole or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentChange {
    /// The version that was decided upon; `None` for a new incident.
    pub expected: Option<Version>,
    /// The incident as it is afterwards.
    pub incident: Incident,
    /// What happened, in order.
    pub events: Vec<IncidentEvent>,
}

/// What a coordinator wants to do with an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move {
    /// Put what it is about in other words.
    Revise(Matter),
    /// Tell something.
    Update {
        /// What.
        text: Localised,
        /// Where it stands now, where that is another state.
        state: Option<IncidentState>,
        /// When something more is to be told.
        next_update: Option<Timestamp>,
    },
    /// Say that it is over, with a last word or without.
    End(Option<Localised>),
    /// Call the planned work off.
    Cancel(Option<Localised>),
    /// Say that it is not over after all.
    Reopen(Option<Localised>),
}

/// How a coordinator's wish ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Coordinated {
    /// It is decided.
    Done(Box<IncidentChange>),
    /// It is so already.
    Already,
    /// It is over, so nothing more can be told.
    Ended,
    /// It cannot be in that state, or an incident cannot be called off.
    Impossible,
}

/// Announces an incident or planned maintenance.
#[must_use]
pub fn announce(
    matter: Matter,
    state: IncidentState,
    next_update: Option<Timestamp>,
    by: &MayCoordinate,
    moment: &mut Moment,
) -> Coordinated {
    if !IncidentState::open(matter.kind).contains(&state) {
        return Coordinated::Impossible;
    }
    let id = moment.fresh.incident();
    let event = event(Turn::Announced { matter, state, next_update }, by, moment);
    match Incident::replay(id, [&event]) {
        Some(incident) => Coordinated::Done(Box::new(IncidentChange { expected: None, incident, events: vec![event] })),
        None => Coordinated::Impossible,
    }
}

/// Decides what follows from a coordinator's wish.
#[must_use]
pub fn coordinate(incident: &Incident, wish: Move, by: &MayCoordinate, moment: &mut Moment) -> Coordinated {
    let kind = incident.matter.kind;
    let turn = match (wish, incident.is_open()) {
        (Move::Reopen(_), true) | (Move::End(_) | Move::Cancel(_), false) => return Coordinated::Already,
        (Move::Update { .. }, false) => return Coordinated::Ended,
        (Move::Cancel(_), true) if kind == IncidentKind::Incident => return Coordinated::Impossible,
        (Move::Revise(matter), _) if matter == incident.matter => return Coordinated::Already,
        (Move::Revise(matter), _) if matter.kind != kind => return Coordinated::Impossible,
        (Move::Revise(matter), _) => Turn::Revised { matter },
        (Move::Update { text, state, next_update }, true) => {
            let state = state.unwrap_or_else(|| incident.stands(moment.now));
            if !IncidentState::open(kind).contains(&state) {
                return Coordinated::Impossible;
            }
            Turn::Updated { text, state, next_update }
        }
        (Move::End(text), true) => Turn::Ended { state: IncidentState::Over, text },
        (Move::Cancel(text), true) => Turn::Ended { state: IncidentState::Cancelled, text },
        (Move::Reopen(text), false) => Turn::Reopened { text },
    };
    let event = event(turn, by, moment);
    let mut changed = incident.clone();
    changed.follow(&event);
    Coordinated::Done(Box::new(IncidentChange { expected: Some(incident.version), incident: changed, events: vec![event] }))
}

fn event(what: Turn, by: &MayCoordinate, moment: &mut Moment) -> IncidentEvent {
    IncidentEvent { id: moment.fresh.event(), at: moment.now, by: by.by().clone(), what }
}
