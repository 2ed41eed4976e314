//! What stories came to, in figures and in words.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::AddAssign;

/// What one story came to, or many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many stories.
    pub seeds: u64,
    /// How many things people did, and how often time passed or the connection changed.
    pub steps: u64,
    /// How many calls to database and platform were let through one by one.
    pub turns: u64,
    /// How many messages employees wrote.
    pub asked: u64,
    /// How many messages the bot posted.
    pub posted: u64,
    /// How many tickets there were in the end.
    pub tickets: u64,
    /// How often the program was killed.
    pub crashes: u64,
    /// How often what went wrong.
    pub faults: BTreeMap<&'static str, u64>,
    /// How many messages of employees were not kept.
    pub lost: u64,
    /// How many messages of the bot were posted more than once.
    pub doubled: u64,
}

/// A story in which something was not as it must be.
#[derive(Clone, Debug)]
pub struct Failed {
    /// Its number.
    pub seed: u64,
    /// What was not as it must be.
    pub broken: Vec<String>,
    /// The story, one line for each thing that happened.
    pub story: Vec<String>,
    /// Its figures.
    pub figures: Figures,
}

impl AddAssign<&Self> for Figures {
    fn add_assign(&mut self, other: &Self) {
        self.seeds += other.seeds;
        self.steps += other.steps;
        self.turns += other.turns;
        self.asked += other.asked;
        self.posted += other.posted;
        self.tickets += other.tickets;
        self.crashes += other.crashes;
        self.lost += other.lost;
        self.doubled += other.doubled;
        for (fault, times) in &other.faults {
            *self.faults.entry(fault).or_default() += times;
        }
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seeds, steps, turns, asked, posted, tickets, crashes, lost, doubled, faults } = self;
        writeln!(f, "{seeds} stories, {steps} steps, {turns} calls to database and platform in turn")?;
        writeln!(f, "{asked} messages from employees, {posted} from the bot, {tickets} tickets")?;
        writeln!(f, "{crashes} crashes, {} faults:", faults.values().sum::<u64>())?;
        for (fault, times) in faults {
            writeln!(f, "  {times:>8}  {fault}")?;
        }
        write!(f, "lost: {lost}, doubled: {doubled}")
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "the story with the number {} went like this:", self.seed)?;
        for line in &self.story {
            writeln!(f, "  {line}")?;
        }
        writeln!(f, "in the end:")?;
        for broken in &self.broken {
            writeln!(f, "  ✗ {broken}")?;
        }
        write!(f, "to tell it again: cargo run --example simulate -- --seeds {}", self.seed)
    }
}
