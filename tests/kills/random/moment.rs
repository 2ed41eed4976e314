//! When a life ends.

use std::time::Duration;

use firstline::testing::discord::FakeDiscord;
use firstline::testing::{Chance, Process};

/// The latest line of the log with which a life ends: enough for all that is asked in one life.
const LATEST_LINE: usize = 220;

/// A moment in a life.
#[derive(Clone, Copy, Debug)]
pub(super) enum Moment {
    /// It has logged so many lines.
    AtLine(usize),
    /// So long after it was started.
    AfterStart(Duration),
    /// So long after it can be reached.
    AfterReachable(Duration),
    /// So long after it has signed in to Discord.
    AfterSignIn(Duration),
}

impl Moment {
    /// One of the kinds, some way into it: to the microsecond, so that it may lie anywhere.
    pub(super) fn drawn(chance: &mut Chance, pace: Duration) -> Self {
        match chance.below(5) {
            0 => Self::AtLine(chance.below(LATEST_LINE)),
            1 => Self::AfterStart(chance.span(pace)),
            2 => Self::AfterReachable(chance.span(pace * 2)),
            _ => Self::AfterSignIn(chance.span(pace * 2)),
        }
    }

    /// Waits for it.
    pub(super) async fn comes(self, process: &Process, discord: &FakeDiscord) {
        let (before, mut seen) = (discord.identifies(), process.watch());
        match self {
            Self::AtLine(line) => drop(seen.wait_for(|seen| seen.err.lines().count() >= line).await),
            Self::AfterStart(_) => {}
            Self::AfterReachable(_) | Self::AfterSignIn(_) => drop(seen.wait_for(|seen| seen.url().is_some()).await),
        }
        if matches!(self, Self::AfterSignIn(_)) {
            discord.wait_for_identifies(before + 1).await;
        }
        match self {
            Self::AtLine(_) => {}
            Self::AfterStart(span) | Self::AfterReachable(span) | Self::AfterSignIn(span) => tokio::time::sleep(span).await,
        }
    }
}
