//! Incidents and planned maintenance: for employees to read, for coordinators to keep.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asked::Named;
use super::bearer::{Calling, MayRead};
use super::problem::{Problem, Refusal};
use super::sent::Sent;
use super::to_shapes::moment;
use crate::desk::{Desk, Unfit};
use crate::domain::ids::{GroupId, IncidentNumber, Slug};
use crate::domain::incident::{Incident as Kept, IncidentKind, IncidentState, Localised, Matter, Move, Severity, Touches};
use crate::domain::lang::Lang;
use crate::domain::time::Timestamp;
use crate::flows::Moved;
use crate::ports::IncidentRecord;

/// How things stand.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct IncidentList {
    /// What is open or planned, newest first, then what was over in the last thirty days.
    incidents: Vec<Incident>,
}

/// A fault, or maintenance that is planned.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Incident {
    /// Its number; people say it after a `D-`.
    number: i64,
    /// `incident` or `maintenance`.
    kind: String,
    /// `minor`, `major` or `critical`.
    severity: String,
    /// `reported`, `confirmed`, `monitoring`, `announced`, `under_way`, `over` or `cancelled`.
    state: String,
    /// What it is, in a few words.
    title: Texts,
    /// What people notice and can do meanwhile, in Markdown.
    text: Texts,
    /// Services that it touches.
    services: Vec<String>,
    /// Since when, or from when on (RFC 3339, UTC).
    #[schema(format = DateTime)]
    from: String,
    /// Until when, as expected or planned (RFC 3339, UTC).
    #[schema(required, format = DateTime)]
    until: Option<String>,
    /// When there is more to tell (RFC 3339, UTC).
    #[schema(required, format = DateTime)]
    next_update: Option<String>,
    /// When it was over or called off (RFC 3339, UTC).
    #[schema(required, format = DateTime)]
    ended_at: Option<String>,
    /// What was told of it, newest first.
    updates: Vec<IncidentUpdate>,
}

/// What was told of an incident, once.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct IncidentUpdate {
    /// When (RFC 3339, UTC).
    #[schema(format = DateTime)]
    at: String,
    /// Where the incident stood from then on.
    state: String,
    /// What, in Markdown.
    text: Texts,
}

/// A text in bokmål, and in nynorsk and English where somebody wrote them.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
pub(super) struct Texts {
    /// Bokmål; needed.
    nb: String,
    /// Nynorsk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    nn: Option<String>,
    /// English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    en: Option<String>,
}

/// An incident or maintenance to announce.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NewIncident {
    /// `incident` or `maintenance`.
    kind: String,
    /// `minor`, `major` (which it is without) or `critical`.
    #[serde(default)]
    severity: Option<String>,
    /// Where it stands at first: without, `reported` or `announced`.
    #[serde(default)]
    state: Option<String>,
    /// What it is, in a few words.
    title: Texts,
    /// What people notice and can do meanwhile, in Markdown.
    text: Texts,
    /// Services by the names that people know: whoever asks about one is told.
    #[serde(default)]
    services: Vec<String>,
    /// Further words by which a question is known to be about it.
    #[serde(default)]
    words: Vec<String>,
    /// Names of articles that would otherwise answer.
    #[serde(default)]
    articles: Vec<String>,
    /// Short names of groups whose matters it is.
    #[serde(default)]
    groups: Vec<String>,
    /// Since when, or from when on (RFC 3339); now without.
    #[serde(default)]
    from: Option<String>,
    /// Until when, as expected or planned (RFC 3339); needed for maintenance.
    #[serde(default)]
    until: Option<String>,
    /// When there is more to tell (RFC 3339).
    #[serde(default)]
    next_update: Option<String>,
}

/// What is to be told of an incident.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct IncidentChange {
    /// What, in Markdown. May be left out where the incident ends or is opened again.
    #[serde(default)]
    text: Option<Texts>,
    /// Where it stands now. `over` ends it, and everybody who waits is told; `cancelled` calls planned work off; any open state
    /// opens again what was over.
    #[serde(default)]
    state: Option<String>,
    /// When there is more to tell (RFC 3339).
    #[serde(default)]
    next_update: Option<String>,
}

/// List incidents
///
/// What is open or planned, and what was over in the last thirty days. Anybody may ask; where employees must sign in, whoever has a
/// token.
#[utoipa::path(
    get,
    path = "/api/v1/incidents",
    tag = "employee",
    responses((status = 200, description = "How things stand.", body = IncidentList), Refusal)
)]
pub(super) async fn list(State(desk): State<Desk>, _: MayRead) -> Result<Json<IncidentList>, Problem> {
    let standing = desk.flows.standing().await?;
    let incidents = standing.open.iter().chain(&standing.ended).map(|record| shape(&desk, record)).collect();
    Ok(Json(IncidentList { incidents }))
}

/// Announce an incident or planned maintenance
///
/// Everybody is told at the top of their pages, and in answer to questions about it.
#[utoipa::path(
    post,
    path = "/api/v1/incidents",
    tag = "operator",
    request_body = NewIncident,
    responses((status = 201, description = "It is announced.", body = Incident), Refusal),
    security(("operator" = []))
)]
pub(super) async fn announce(
    State(desk): State<Desk>,
    Calling(by): Calling,
    Sent(new): Sent<NewIncident>,
) -> Result<(StatusCode, Json<Incident>), Problem> {
    let next_update = time("next_update", new.next_update.as_deref())?;
    let matter = matter(&desk, &new)?;
    let open = IncidentState::open(matter.kind);
    let state = new.state.as_deref().map_or(Ok(open[0]), |name| named("state", name, open, IncidentState::as_str))?;
    match desk.flows.announce_incident(&by, matter, state, next_update).await? {
        Moved::Done(number) => Ok((StatusCode::CREATED, Json(read(&desk, number).await?))),
        Moved::Already | Moved::Ended | Moved::Impossible => Err(Problem::unprocessable("it cannot be announced like this")),
    }
}

/// Tell of an incident, end it, or open it again
#[utoipa::path(
    patch,
    path = "/api/v1/incidents/{number}",
    tag = "operator",
    params(("number" = i64, Path, description = "The incident's number, without `D-`.")),
    request_body = IncidentChange,
    responses((status = 200, description = "The incident as it is now.", body = Incident), Refusal),
    security(("operator" = []))
)]
pub(super) async fn change(
    State(desk): State<Desk>,
    Calling(by): Calling,
    Named(number): Named<String>,
    Sent(change): Sent<IncidentChange>,
) -> Result<Json<Incident>, Problem> {
    let nothing = |_| Problem::not_found("there is no incident with this number");
    let number = number.parse().map(IncidentNumber::new).map_err(nothing)?;
    let is_open = desk.flows.incident(number, &by).await?.record.incident.is_open();
    let wish = wish(&desk, &change, is_open)?;
    match desk.flows.coordinate(number, &by, wish).await? {
        Moved::Done(_) | Moved::Already => Ok(Json(read(&desk, number).await?)),
        Moved::Ended => Err(Problem::unprocessable("the incident is over; open it again first")),
        Moved::Impossible => Err(Problem::unprocessable("an incident of this kind cannot be in that state")),
    }
}

fn wish(desk: &Desk, change: &IncidentChange, is_open: bool) -> Result<Move, Problem> {
    let next_update = time("next_update", change.next_update.as_deref())?;
    let text = change.text.as_ref().map(|text| localised(desk, "text", text)).transpose()?;
    let state =
        change.state.as_deref().map(|name| named("state", name, IncidentState::ALL, IncidentState::as_str)).transpose()?;
    Ok(match (state, is_open, text) {
        (Some(IncidentState::Over), _, text) => Move::End(text),
        (Some(IncidentState::Cancelled), _, text) => Move::Cancel(text),
        (Some(_), false, text) => Move::Reopen(text),
        (state, _, Some(text)) => Move::Update { text, state, next_update },
        (_, _, None) => {
            return Err(Problem::unprocessable("`text` is needed, unless `state` ends the incident or opens it again"));
        }
    })
}

async fn read(desk: &Desk, number: IncidentNumber) -> Result<Incident, Problem> {
    let record = desk.store.incident(number).await?;
    record.map(|record| shape(desk, &record)).ok_or_else(|| Problem::not_found("there is no incident with this number"))
}

fn matter(desk: &Desk, new: &NewIncident) -> Result<Matter, Problem> {
    let kind = named("kind", &new.kind, IncidentKind::ALL, IncidentKind::as_str)?;
    let severity = new.severity.as_deref();
    let severity = severity.map_or(Ok(Severity::Major), |name| named("severity", name, Severity::ALL, Severity::as_str))?;
    let from = time("from", new.from.as_deref())?.unwrap_or_else(|| desk.clock.now());
    let until = time("until", new.until.as_deref())?;
    if until.map_or(kind == IncidentKind::Maintenance, |until| until <= from) {
        return Err(Problem::unprocessable("`until` must be after `from`, and is needed for maintenance"));
    }
    let words = |words: &[String]| words.iter().filter_map(|word| desk.typed_name(word, 60)).collect();
    let groups = new.groups.iter().map(GroupId::new).map(|id| match desk.facts.groups.get(&id) {
        Some(_) => Ok(id),
        None => Err(Problem::unprocessable(format!("there is no group {id}"))),
    });
    let touches = Touches {
        groups: groups.collect::<Result<_, _>>()?,
        services: words(&new.services),
        words: words(&new.words),
        articles: new.articles.iter().map(Slug::new).collect(),
    };
    let (title, text) = (localised(desk, "title", &new.title)?, localised(desk, "text", &new.text)?);
    Ok(Matter { kind, severity, title, text, touches, from, until })
}

fn localised(desk: &Desk, name: &str, texts: &Texts) -> Result<Localised, Problem> {
    let typed = |text: Option<&str>| match desk.typed(text.unwrap_or_default()) {
        Ok(typed) => Ok(typed.text.as_str().to_owned()),
        Err(Unfit::Empty) => Ok(String::new()),
        Err(unfit @ Unfit::TooLong) => Err(Problem::from(unfit)),
    };
    let [nb, nn, en] = [Some(texts.nb.as_str()), texts.nn.as_deref(), texts.en.as_deref()].map(typed);
    Localised::new(&nb?, &nn?, &en?).ok_or_else(|| Problem::unprocessable(format!("`{name}.nb` must not be empty")))
}

fn named<T: Copy>(what: &str, name: &str, all: &[T], as_str: fn(T) -> &'static str) -> Result<T, Problem> {
    let allowed = || all.iter().map(|one| as_str(*one)).collect::<Vec<_>>().join(", ");
    let found = all.iter().copied().find(|one| as_str(*one) == name);
    found.ok_or_else(|| Problem::unprocessable(format!("`{what}` must be one of {}", allowed())))
}

fn time(what: &str, text: Option<&str>) -> Result<Option<Timestamp>, Problem> {
    let read = |text: &str| text.parse::<jiff::Timestamp>().map(|instant| Timestamp::from_micros(instant.as_microsecond()));
    text.map(read).transpose().map_err(|_| Problem::unprocessable(format!("`{what}` must be a time as RFC 3339 has it")))
}

fn texts(text: &Localised) -> Texts {
    let written = |lang| text.written(lang).map(str::to_owned);
    Texts { nb: written(Lang::Nb).unwrap_or_default(), nn: written(Lang::Nn), en: written(Lang::En) }
}

fn shape(desk: &Desk, record: &IncidentRecord) -> Incident {
    let IncidentRecord { number, incident, .. } = record;
    let Kept { matter, updates, next_update, ended_at, .. } = incident;
    let update = |update: &crate::domain::incident::Update| IncidentUpdate {
        at: moment(update.at),
        state: update.state.as_str().to_owned(),
        text: texts(&update.text),
    };
    Incident {
        number: number.get(),
        kind: matter.kind.as_str().to_owned(),
        severity: matter.severity.as_str().to_owned(),
        state: incident.stands(desk.clock.now()).as_str().to_owned(),
        title: texts(&matter.title),
        text: texts(&matter.text),
        services: matter.touches.services.clone(),
        from: moment(matter.from),
        until: matter.until.map(moment),
        next_update: next_update.map(moment),
        ended_at: ended_at.map(moment),
        updates: updates.iter().map(update).collect(),
    }
}
