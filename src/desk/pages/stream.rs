//! Live pages: what changes is rendered here and streamed to the page as server-sent events.
//!
//! Three kinds of event: `line` is a new line for the log and carries its id, so that a page that was away reads on after
//! the last one it saw; `region` is an element in its present state; `announce` is a sentence for those who listen.

use std::collections::{HashMap, VecDeque};
use std::convert::Infallible;
use std::future::Future;
use std::time::Duration;

use axum::http::header::HeaderName;
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use maud::Markup;
use serde::Deserialize;
use tokio::sync::broadcast::error::RecvError;
use tracing::warn;

use super::failure::Failure;
use crate::desk::live::Listener;
use crate::desk::{Desk, Stir};
use crate::domain::ids::MessageId;

/// How often an idle stream says that it is alive: well inside the minute after which proxies give up.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Something that a page follows.
pub(super) trait Followed: Send + 'static {
    /// Whether this piece of news may change what the page shows.
    fn concerns(&self, stir: &Stir) -> bool;

    /// In what time what was read last may be no longer true though nothing is heard; `None` where it stays true.
    fn stale_in(&self) -> Option<Duration> {
        None
    }

    /// Whether the page shows incidents.
    fn shows_incidents(&self) -> bool {
        false
    }

    /// Reads the present state and puts out what the page needs to show it. A failure ends the stream; the page comes back.
    fn read(&mut self, out: &mut Outgoing) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// What is on its way to a page.
#[derive(Default)]
pub(super) struct Outgoing {
    waiting: VecDeque<Event>,
    regions: HashMap<String, String>,
}

impl Outgoing {
    /// A new line of the log.
    pub(super) fn line(&mut self, id: MessageId, line: Markup) {
        self.waiting.push_back(Event::default().event("line").id(id.to_string()).data(line.into_string()));
    }

    /// An element of the page in its present state; sent only where it is not what was sent last.
    pub(super) fn region(&mut self, name: impl Into<String>, region: Markup) {
        let (name, region) = (name.into(), region.into_string());
        if self.regions.get(&name) != Some(&region) {
            self.waiting.push_back(Event::default().event("region").data(&region));
            self.regions.insert(name, region);
        }
    }

    /// A sentence for those who listen.
    pub(super) fn announce(&mut self, sentence: &str) {
        self.waiting.push_back(Event::default().event("announce").data(sentence));
    }
}

/// Where a page left off: the query that the page was rendered with.
#[derive(Deserialize)]
pub(super) struct After {
    after: Option<i64>,
}

impl After {
    /// The last line that the page has: what the browser says on reconnecting, else what the page was rendered with.
    pub(super) fn line(&self, headers: &HeaderMap) -> Option<MessageId> {
        let reconnected = headers.get(HeaderName::from_static("last-event-id")).and_then(|id| id.to_str().ok()?.parse().ok());
        reconnected.or(self.after).map(MessageId::new)
    }
}

struct Stream<F> {
    desk: Desk,
    listener: Listener,
    followed: F,
    out: Outgoing,
    /// Whether something may have changed since the last reading.
    stale: bool,
}

/// Streams what is followed until the page leaves or the program stops. Where too many pages are open already it refuses, and
/// the page comes back.
///
/// Listening begins before the first reading, so that nothing falls between the two.
pub(super) fn follow(desk: &Desk, followed: impl Followed) -> Response {
    let Some(listener) = desk.live.listen() else {
        warn!("too many pages are open to follow another; it tries again by itself");
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let stream = Stream { desk: desk.clone(), listener, followed, out: Outgoing::default(), stale: true };
    let events = stream::unfold(stream, |mut stream| async {
        let event = stream.next().await?;
        Some((Ok::<_, Infallible>(event), stream))
    });
    let unbuffered = [(HeaderName::from_static("x-accel-buffering"), "no")];
    (unbuffered, Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT))).into_response()
}

impl<F: Followed> Stream<F> {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.out.waiting.pop_front() {
                return Some(event);
            }
            if !self.stale {
                self.stir().await?;
            }
            self.stale = false;
            if let Err(failure) = self.followed.read(&mut self.out).await {
                if let Failure::Broken(cause) = &failure {
                    warn!(%cause, "a live page could not be brought up to date");
                }
                return None;
            }
        }
    }

    /// Waits for news that concern the page, or until what it shows may be stale; `None` where the program stops.
    async fn stir(&mut self) -> Option<()> {
        let stale = after(self.followed.stale_in());
        tokio::pin!(stale);
        loop {
            tokio::select! {
                () = self.desk.stop.cancelled() => return None,
                () = &mut stale => return Some(()),
                Ok(()) = self.listener.incidents.changed(), if self.followed.shows_incidents() => return Some(()),
                stir = self.listener.stirs.recv() => match stir {
                    Ok(stir) if self.followed.concerns(&stir) => return Some(()),
                    Ok(_) => {}
                    Err(RecvError::Lagged(_)) => return Some(()),
                    Err(RecvError::Closed) => return None,
                },
            }
        }
    }
}

/// Waits so long; for ever where there is nothing to wait for.
async fn after(span: Option<Duration>) {
    match span {
        Some(span) => tokio::time::sleep(span).await,
        None => std::future::pending().await,
    }
}
