//! What hinders people now, and what is planned within two days, at the top of employees' pages.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::super::reader::Reader;
use super::super::stream::Outgoing;
use super::words;
use crate::domain::ids::IncidentNumber;
use crate::domain::incident::Watched;

/// How many incidents stand at the top of a page; the page of all has the rest.
const MOST: usize = 3;

/// The incidents that everybody is told of now, the most severe first: the element with the id `incidents`.
pub(in super::super) fn banner(reader: &Reader) -> Markup {
    let shown = shown(reader);
    let more = shown.len().saturating_sub(MOST);
    html! {
        div #incidents .incidents {
            @for watched in shown.iter().take(MOST) { (one(reader, watched)) }
            @if more > 0 {
                p { a.ds-link href="/status" { (reader.fill("incident.more", &[("count", &more.to_string())])) } }
            }
        }
    }
}

fn one(reader: &Reader, watched: &Watched) -> Markup {
    let Watched { incident, .. } = watched;
    html! {
        section.ds-alert data-color=(words::colour(incident)) data-size="sm" aria-label=(words::kind(reader, incident.matter.kind)) {
            p { b { (words::title(reader, incident)) } " " (words::tag(reader, incident)) }
            (words::when(reader, incident))
            p.small {
                a.ds-link href="/status" { (reader.say("incident.read_more")) span.unseen { ": " (words::title(reader, incident)) } }
            }
        }
    }
}

fn shown(reader: &Reader) -> Vec<Watched> {
    let desk = reader.desk();
    let now = desk.clock.now();
    let open = desk.flows.open_incidents();
    let mut shown: Vec<Watched> = open.iter().filter(|watched| watched.incident.is_shown(now)).cloned().collect();
    shown.sort_by_key(|watched| {
        std::cmp::Reverse((watched.incident.is_felt(now), watched.incident.matter.severity, watched.number))
    });
    shown
}

/// What an open page has shown of incidents already.
#[derive(Default)]
pub(in super::super) struct Bannered {
    seen: Option<BTreeSet<IncidentNumber>>,
}

impl Bannered {
    /// Puts out the present banner, and tells those who listen of what is new in it.
    pub(in super::super) fn read(&mut self, reader: &Reader, out: &mut Outgoing) {
        out.region("incidents", banner(reader));
        let shown = shown(reader);
        if let Some(seen) = &self.seen {
            for new in shown.iter().filter(|watched| !seen.contains(&watched.number)) {
                let title = new.incident.matter.title.for_reader(reader.lang).0;
                out.announce(&reader.fill("incident.new_one", &[("title", title)]));
            }
        }
        self.seen = Some(shown.iter().map(|watched| watched.number).collect());
    }
}
