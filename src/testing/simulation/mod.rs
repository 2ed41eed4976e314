//! Deterministic simulation: the whole product in random stories that can be told again from their number.
//!
//! A story has a town with a fake Discord, employees and operators, and the program: flows, a real SQLite, the jobs, the Discord
//! channel. Whatever leaves the program waits at a turnstile; the dice say who goes next and how it ends, what people do
//! meanwhile, when time passes and when the program is killed. In the end nothing may be lost, doubled or out of order:
//! see [`checks`](self::checks).
//!
//! In reading order: `story` tells, with what `employees` (and `changes`), `operators` (and `commands`), `web`,
//! `moderators` and `mishaps` do; `life` is the program, `town` what is around it; `checks` looks at what came of it.

mod changes;
mod checks;
mod clock;
mod commands;
mod employees;
mod figures;
mod index;
mod life;
mod mishaps;
mod moderators;
mod operators;
mod sabotage;
mod scratch;
mod story;
mod town;
mod web;

#[cfg(test)]
mod tests;

use std::fs;
use std::sync::Arc;

use tokio::runtime::{Builder, Runtime};

use self::scratch::Scratch;
use self::story::{Ended, Story};
use self::town::Town;
use super::turnstile::{Turnstile, aside};
use crate::store::SqlStore;
use crate::wording::Wording;

pub use self::figures::{Failed, Figures};
pub use self::story::Sabotage;

/// Tells stories, one after the other on the thread that asks.
#[derive(Debug)]
pub struct Teller {
    /// The platform's servers are here, with threads and a time of their own.
    platform: Runtime,
    wording: Arc<Wording>,
    /// A database without anything in it.
    template: Vec<u8>,
}

impl Teller {
    /// Gets ready.
    ///
    /// # Errors
    /// Where the machine gives no threads or no folder.
    pub fn new() -> anyhow::Result<Self> {
        let platform = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let template = platform.block_on(empty_database())?;
        Ok(Self { platform, wording: Arc::new(Wording::embedded()?), template })
    }

    /// Tells the story with this number, and looks whether everything is as it must be.
    ///
    /// # Errors
    /// [`Failed`] with what is not.
    pub fn tell(&self, seed: u64) -> Result<Figures, Box<Failed>> {
        self.tell_with(seed, None)
    }

    /// The same, with something broken that must be noticed.
    ///
    /// # Errors
    /// As [`Teller::tell`].
    pub fn tell_with(&self, seed: u64, sabotage: Option<Sabotage>) -> Result<Figures, Box<Failed>> {
        let (story, broken) = self.whole(seed, sabotage)?;
        if broken.is_empty() { Ok(story.into_figures()) } else { Err(Box::new(story.into_failed(broken))) }
    }

    /// Everything that happens in the story with this number, one line each.
    ///
    /// # Errors
    /// [`Failed`] where it could not begin.
    pub fn story(&self, seed: u64) -> Result<Vec<String>, Box<Failed>> {
        Ok(self.whole(seed, None)?.0.told().to_vec())
    }

    fn whole(&self, seed: u64, sabotage: Option<Sabotage>) -> Result<(Story, Vec<String>), Box<Failed>> {
        let town = self.platform.block_on(Town::new(Arc::clone(&self.wording), &self.template));
        let town = town.map_err(|error| Failed::to_begin(seed, &error.into()))?;
        let mut story = Story::new(seed, town, sabotage);
        loop {
            let life = Builder::new_current_thread().enable_all().start_paused(true).build();
            let life = life.map_err(|error| Failed::to_begin(seed, &error.into()))?;
            let ended = life.block_on(aside(story.go_on()));
            Turnstile::take_down();
            // Whatever the program was about ends here, as in a crash.
            drop(life);
            match ended {
                Ok(Ended::Crashed) => {}
                Ok(Ended::AtRest(broken)) => return Ok((story, broken)),
                Err(error) => return Ok((story, vec![format!("the program does not start: {error:#}")])),
            }
        }
    }
}

impl Failed {
    fn to_begin(seed: u64, error: &anyhow::Error) -> Box<Self> {
        let broken = vec![format!("the story could not begin: {error:#}")];
        Box::new(Self { seed, broken, story: Vec::new(), figures: Figures::default() })
    }
}

async fn empty_database() -> anyhow::Result<Vec<u8>> {
    let folder = Scratch::new()?;
    let file = folder.path().join("empty.db");
    SqlStore::open(&format!("sqlite:{}", file.display())).await?.close().await;
    Ok(fs::read(file)?)
}
