//! How things stand, for everybody: what is open, what is planned, and what was over in the last thirty days.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::super::failure::Failure;
use super::super::reader::Reader;
use super::super::shell::{Nav, Shell};
use super::super::stream::{Followed, Outgoing, follow};
use super::{Bannered, EVENTS, words};
use crate::desk::{Desk, Stir};
use crate::flows::Standing;
use crate::ports::IncidentRecord;

/// The query with which the page itself follows: it has no banner.
const WHOLE: &str = "whole";

/// The page.
pub(super) async fn show(State(desk): State<Desk>, reader: Reader) -> Result<impl IntoResponse, Failure> {
    let standing = desk.flows.standing().await?;
    let title = reader.say("incident.status");
    let events = Some(format!("{EVENTS}?{WHOLE}"));
    Ok(Shell::new(&reader, title, Nav::Employee).events(events).without_incidents().render(&html! {
        h1 { (title) }
        (whole(&reader, &standing))
    }))
}

/// The news of incidents: the whole page, or the banner alone.
pub(super) async fn events(State(desk): State<Desk>, reader: Reader) -> Response {
    let whole = reader.address.ends_with(WHOLE);
    follow(&desk, News { reader, whole, banner: Bannered::default() })
}

struct News {
    reader: Reader,
    whole: bool,
    banner: Bannered,
}

impl Followed for News {
    fn concerns(&self, _: &Stir) -> bool {
        false
    }

    fn shows_incidents(&self) -> bool {
        true
    }

    async fn read(&mut self, out: &mut Outgoing) -> Result<(), Failure> {
        if self.whole {
            let standing = self.reader.desk().flows.standing().await?;
            out.region("standing", whole(&self.reader, &standing));
        } else {
            self.banner.read(&self.reader, out);
        }
        Ok(())
    }
}

/// Everything: the element with the id `standing`.
fn whole(reader: &Reader, standing: &Standing) -> Markup {
    let now = reader.desk().clock.now();
    let (felt, planned): (Vec<_>, Vec<_>) = standing.open.iter().partition(|record| record.incident.is_felt(now));
    html! {
        div #standing .incidents {
            section aria-labelledby="now-title" {
                h2 #now-title { (reader.say("incident.now")) }
                @if felt.is_empty() { p.ds-alert data-color="success" { (reader.say("incident.now_none")) } }
                @for record in felt { (entry(reader, record)) }
            }
            section aria-labelledby="planned-title" {
                h2 #planned-title { (reader.say("incident.planned")) }
                @if planned.is_empty() { p.muted { (reader.say("incident.planned_none")) } }
                @for record in planned { (entry(reader, record)) }
            }
            section aria-labelledby="ended-title" {
                h2 #ended-title { (reader.say("incident.ended_lately")) }
                @if standing.ended.is_empty() { p.muted { (reader.say("incident.ended_none")) } }
                @for record in &standing.ended { (entry(reader, record)) }
            }
        }
    }
}

fn entry(reader: &Reader, record: &IncidentRecord) -> Markup {
    let IncidentRecord { number, incident, .. } = record;
    let services = incident.matter.touches.services.join(", ");
    html! {
        article.ds-card #{ "incident-" (number) } {
            h3 { (words::title(reader, incident)) }
            p.small {
                (words::tag(reader, incident)) " " (words::severity(reader, incident.matter.severity)) " · " (words::name(*number))
                @if !services.is_empty() { " · " (reader.fill("incident.concerns", &[("services", &services)])) }
            }
            (words::when(reader, incident))
            (words::text(reader, &incident.matter.text))
            (words::updates(reader, &incident.updates))
        }
    }
}
