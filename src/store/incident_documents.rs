//! Incidents as JSON documents in rows, and back. Fields are added with a default, never renamed.

use serde::{Deserialize, Serialize};

use super::documents::HolderDoc;
use super::failure::Unreadable;
use super::names::Named;
use crate::domain::ids::{GroupId, IncidentId, IncidentNumber, Slug};
use crate::domain::incident::{IncidentTold, Localised, Matter, Touches, Turn, Update};
use crate::domain::lang::Lang;
use crate::domain::time::Timestamp;

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct LocalisedDoc {
    nb: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nn: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    en: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct MatterDoc {
    kind: String,
    severity: String,
    title: LocalisedDoc,
    text: LocalisedDoc,
    groups: Vec<String>,
    services: Vec<String>,
    words: Vec<String>,
    articles: Vec<String>,
    from: i64,
    until: Option<i64>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct UpdateDoc {
    at: i64,
    by: HolderDoc,
    state: String,
    text: LocalisedDoc,
}

/// An incident without what stands in columns of its own.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct IncidentDoc {
    pub(super) matter: MatterDoc,
    pub(super) updates: Vec<UpdateDoc>,
    pub(super) next_update: Option<i64>,
    pub(super) changed_at: i64,
}

/// What happened to an incident.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum TurnDoc {
    Announced { matter: MatterDoc, state: String, next_update: Option<i64> },
    Revised { matter: MatterDoc },
    Updated { text: LocalisedDoc, state: String, next_update: Option<i64> },
    Ended { state: String, text: Option<LocalisedDoc> },
    Reopened { text: Option<LocalisedDoc> },
}

/// An incident as it was told to somebody.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ToldDoc {
    id: i64,
    number: i64,
    of: String,
    state: String,
    title: String,
    text: String,
    from: i64,
    until: Option<i64>,
    next_update: Option<i64>,
}

impl From<&Localised> for LocalisedDoc {
    fn from(text: &Localised) -> Self {
        let written = |lang| text.written(lang).map(str::to_owned);
        Self { nb: written(Lang::Nb).unwrap_or_default(), nn: written(Lang::Nn), en: written(Lang::En) }
    }
}

impl TryFrom<LocalisedDoc> for Localised {
    type Error = Unreadable;

    fn try_from(document: LocalisedDoc) -> Result<Self, Unreadable> {
        let LocalisedDoc { nb, nn, en } = document;
        let text = Self::new(&nb, nn.as_deref().unwrap_or_default(), en.as_deref().unwrap_or_default());
        text.ok_or_else(|| Unreadable { what: "incident", detail: "a text has no bokmål".to_owned() })
    }
}

impl From<&Matter> for MatterDoc {
    fn from(matter: &Matter) -> Self {
        let Touches { groups, services, words, articles } = &matter.touches;
        Self {
            kind: matter.kind.word().to_owned(),
            severity: matter.severity.word().to_owned(),
            title: (&matter.title).into(),
            text: (&matter.text).into(),
            groups: groups.iter().map(ToString::to_string).collect(),
            services: services.clone(),
            words: words.clone(),
            articles: articles.iter().map(ToString::to_string).collect(),
            from: matter.from.micros(),
            until: matter.until.map(Timestamp::micros),
        }
    }
}

impl TryFrom<MatterDoc> for Matter {
    type Error = Unreadable;

    fn try_from(document: MatterDoc) -> Result<Self, Unreadable> {
        let MatterDoc { kind, severity, title, text, groups, services, words, articles, from, until } = document;
        let groups = groups.into_iter().map(GroupId::new).collect();
        let articles = articles.into_iter().map(Slug::new).collect();
        Ok(Self {
            kind: Named::read(&kind)?,
            severity: Named::read(&severity)?,
            title: title.try_into()?,
            text: text.try_into()?,
            touches: Touches { groups, services, words, articles },
            from: Timestamp::from_micros(from),
            until: until.map(Timestamp::from_micros),
        })
    }
}

impl From<&Update> for UpdateDoc {
    fn from(update: &Update) -> Self {
        let Update { at, by, state, text } = update;
        Self { at: at.micros(), by: by.into(), state: state.word().to_owned(), text: text.into() }
    }
}

impl TryFrom<UpdateDoc> for Update {
    type Error = Unreadable;

    fn try_from(document: UpdateDoc) -> Result<Self, Unreadable> {
        let UpdateDoc { at, by, state, text } = document;
        Ok(Self { at: Timestamp::from_micros(at), by: by.into(), state: Named::read(&state)?, text: text.try_into()? })
    }
}

impl From<&Turn> for TurnDoc {
    fn from(turn: &Turn) -> Self {
        let word = |state: &crate::domain::incident::IncidentState| state.word().to_owned();
        let micros = |at: &Option<Timestamp>| at.map(Timestamp::micros);
        match turn {
            Turn::Announced { matter, state, next_update } => {
                Self::Announced { matter: matter.into(), state: word(state), next_update: micros(next_update) }
            }
            Turn::Revised { matter } => Self::Revised { matter: matter.into() },
            Turn::Updated { text, state, next_update } => {
                Self::Updated { text: text.into(), state: word(state), next_update: micros(next_update) }
            }
            Turn::Ended { state, text } => Self::Ended { state: word(state), text: text.as_ref().map(Into::into) },
            Turn::Reopened { text } => Self::Reopened { text: text.as_ref().map(Into::into) },
        }
    }
}

impl TryFrom<TurnDoc> for Turn {
    type Error = Unreadable;

    fn try_from(document: TurnDoc) -> Result<Self, Unreadable> {
        let time = |at: Option<i64>| at.map(Timestamp::from_micros);
        let text = |text: Option<LocalisedDoc>| text.map(TryInto::try_into).transpose();
        Ok(match document {
            TurnDoc::Announced { matter, state, next_update } => {
                Self::Announced { matter: matter.try_into()?, state: Named::read(&state)?, next_update: time(next_update) }
            }
            TurnDoc::Revised { matter } => Self::Revised { matter: matter.try_into()? },
            TurnDoc::Updated { text, state, next_update } => {
                Self::Updated { text: text.try_into()?, state: Named::read(&state)?, next_update: time(next_update) }
            }
            TurnDoc::Ended { state, text: last } => Self::Ended { state: Named::read(&state)?, text: text(last)? },
            TurnDoc::Reopened { text: why } => Self::Reopened { text: text(why)? },
        })
    }
}

impl From<&IncidentTold> for ToldDoc {
    fn from(told: &IncidentTold) -> Self {
        Self {
            id: told.id.get(),
            number: told.number.get(),
            of: told.kind.word().to_owned(),
            state: told.state.word().to_owned(),
            title: told.title.clone(),
            text: told.text.clone(),
            from: told.from.micros(),
            until: told.until.map(Timestamp::micros),
            next_update: told.next_update.map(Timestamp::micros),
        }
    }
}

impl TryFrom<ToldDoc> for IncidentTold {
    type Error = Unreadable;

    fn try_from(document: ToldDoc) -> Result<Self, Unreadable> {
        let ToldDoc { id, number, of, state, title, text, from, until, next_update } = document;
        let time = Timestamp::from_micros;
        Ok(Self {
            id: IncidentId::new(id),
            number: IncidentNumber::new(number),
            kind: Named::read(&of)?,
            state: Named::read(&state)?,
            title,
            text,
            from: time(from),
            until: until.map(time),
            next_update: next_update.map(time),
        })
    }
}
