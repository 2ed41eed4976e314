//! An incident: one fault behind many tickets, or maintenance that is planned. Its state follows from its own events alone.

mod ending;
mod linking;
mod moves;
mod touching;

pub use ending::tell_that_it_is_over;
pub use linking::{Linking, link, unlink};
pub use moves::{Coordinated, IncidentChange, Move, announce, coordinate};
pub use touching::{Known, Watched, WordForms, touched};

use std::time::Duration;

use super::answer::ArticleRef;
use super::conversation::Version;
use super::ids::{EventId, GroupId, IncidentId, IncidentNumber, Slug};
use super::lang::Lang;
use super::named::named;
use super::ticket::Holder;
use super::time::Timestamp;

/// How long before it begins planned maintenance is shown to everybody.
pub const SHOWN_AHEAD: Duration = Duration::from_hours(48);

/// An incident or planned maintenance, as it stands. Its number is the store's to give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// Its identifier.
    pub id: IncidentId,
    /// How many events made it what it is.
    pub version: Version,
    /// What it is about.
    pub matter: Matter,
    /// Where it stands.
    pub state: IncidentState,
    /// What was told of it since, newest first.
    pub updates: Vec<Update>,
    /// When something more is to be told.
    pub next_update: Option<Timestamp>,
    /// When it was announced.
    pub opened_at: Timestamp,
    /// When something last happened to it.
    pub changed_at: Timestamp,
    /// When it was over or cancelled; `None` where it is not.
    pub ended_at: Option<Timestamp>,
}

/// What an incident is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matter {
    /// A fault, or work that is planned.
    pub kind: IncidentKind,
    /// How much it hinders.
    pub severity: Severity,
    /// What it is, in a few words.
    pub title: Localised,
    /// What people notice and what they can do meanwhile, in Markdown.
    pub text: Localised,
    /// What it touches.
    pub touches: Touches,
    /// Since when, or from when on.
    pub from: Timestamp,
    /// Until when: expected of a fault, planned of maintenance.
    pub until: Option<Timestamp>,
}

/// What an incident touches: by this a question is known to be about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touches {
    /// Groups whose matters it is.
    pub groups: Vec<GroupId>,
    /// Services by the names that people know: "DIPS", "e-post".
    pub services: Vec<String>,
    /// Further words that people use of it.
    pub words: Vec<String>,
    /// Articles that would otherwise answer.
    pub articles: Vec<Slug>,
}

/// What was told of an incident, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// When.
    pub at: Timestamp,
    /// Who wrote it.
    pub by: Holder,
    /// Where the incident stood from then on.
    pub state: IncidentState,
    /// What it says, in Markdown.
    pub text: Localised,
}

/// A text in bokmål, and in the others where somebody wrote them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Localised {
    nb: String,
    nn: Option<String>,
    en: Option<String>,
}

/// One thing that happened to an incident, by whom and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentEvent {
    /// Its identifier, ordered by time.
    pub id: EventId,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Holder,
    /// What.
    pub what: Turn,
}

/// What happened to an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It was announced.
    Announced {
        /// What it is about.
        matter: Matter,
        /// Where it stands at first.
        state: IncidentState,
        /// When something more is to be told.
        next_update: Option<Timestamp>,
    },
    /// What it is about was put in other words.
    Revised {
        /// What it is about now.
        matter: Matter,
    },
    /// Something was told of it.
    Updated {
        /// What.
        text: Localised,
        /// Where it stands now.
        state: IncidentState,
        /// When something more is to be told.
        next_update: Option<Timestamp>,
    },
    /// It is over or cancelled.
    Ended {
        /// Which of the two.
        state: IncidentState,
        /// A last word.
        text: Option<Localised>,
    },
    /// It is not over after all.
    Reopened {
        /// Why.
        text: Option<Localised>,
    },
}

/// An incident as it was told to somebody at a time, in their language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentTold {
    /// Which.
    pub id: IncidentId,
    /// Its number.
    pub number: IncidentNumber,
    /// A fault, or work that is planned.
    pub kind: IncidentKind,
    /// Where it stood.
    pub state: IncidentState,
    /// What it is.
    pub title: String,
    /// The latest that was told of it, in Markdown.
    pub text: String,
    /// Since when.
    pub from: Timestamp,
    /// Until when, as expected or planned.
    pub until: Option<Timestamp>,
    /// When something more is to be told.
    pub next_update: Option<Timestamp>,
}

named! {
    /// A fault, or work that is planned.
    IncidentKind {
        /// Something does not work.
        Incident => "incident",
        /// Something will be worked on.
        Maintenance => "maintenance",
    }
}

named! {
    /// How much an incident hinders, least first.
    Severity {
        /// Slow or unstable.
        Minor => "minor",
        /// A part does not work.
        Major => "major",
        /// People cannot do their work.
        Critical => "critical",
    }
}

named! {
    /// Where an incident stands.
    IncidentState {
        /// Some say that something is wrong.
        Reported => "reported",
        /// It is known what is wrong, and worked on.
        Confirmed => "confirmed",
        /// It should work again, and is watched.
        Monitoring => "monitoring",
        /// The work is planned.
        Announced => "announced",
        /// The work goes on.
        UnderWay => "under_way",
        /// It is over.
        Over => "over",
        /// The work was called off.
        Cancelled => "cancelled",
    }
}

impl IncidentState {
    /// Whether nothing more is to come.
    #[must_use]
    pub const fn is_end(self) -> bool {
        matches!(self, Self::Over | Self::Cancelled)
    }

    /// The states that an open incident of this kind may be in, the first one first.
    #[must_use]
    pub const fn open(kind: IncidentKind) -> &'static [Self] {
        match kind {
            IncidentKind::Incident => &[Self::Reported, Self::Confirmed, Self::Monitoring],
            IncidentKind::Maintenance => &[Self::Announced, Self::UnderWay],
        }
    }
}

impl Localised {
    /// The text in these languages; empty ones count as not written. `None` where there is no bokmål.
    #[must_use]
    pub fn new(nb: &str, nn: &str, en: &str) -> Option<Self> {
        let written = |text: &str| Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned);
        Some(Self { nb: written(nb)?, nn: written(nn), en: written(en) })
    }

    /// As it is written in exactly this language.
    #[must_use]
    pub fn written(&self, lang: Lang) -> Option<&str> {
        match lang {
            Lang::Nb => Some(&self.nb),
            Lang::Nn => self.nn.as_deref(),
            Lang::En => self.en.as_deref(),
        }
    }

    /// For a reader of this language: in the nearest language that it is written in, and which that is.
    #[must_use]
    pub fn for_reader(&self, lang: Lang) -> (&str, Lang) {
        let nearest = lang.preference().into_iter().find_map(|lang| Some((self.written(lang)?, lang)));
        nearest.unwrap_or((&self.nb, Lang::Nb))
    }
}

impl Incident {
    /// The incident that these events, oldest first, made; `None` where they do not begin with its announcement.
    #[must_use]
    pub fn replay<'e>(id: IncidentId, events: impl IntoIterator<Item = &'e IncidentEvent>) -> Option<Self> {
        let mut events = events.into_iter();
        let first = events.next()?;
        let Turn::Announced { matter, state, next_update } = &first.what else { return None };
        let mut incident = Self {
            id,
            version: Version::new(1),
            matter: matter.clone(),
            state: *state,
            updates: Vec::new(),
            next_update: *next_update,
            opened_at: first.at,
            changed_at: first.at,
            ended_at: None,
        };
        events.for_each(|event| incident.follow(event));
        Some(incident)
    }

    /// Takes in what happened.
    fn follow(&mut self, event: &IncidentEvent) {
        self.version = Version::new(self.version.get() + 1);
        self.changed_at = event.at;
        match &event.what {
            Turn::Announced { .. } => {}
            Turn::Revised { matter } => self.matter = matter.clone(),
            Turn::Updated { text, state, next_update } => {
                self.state = *state;
                self.next_update = *next_update;
                self.tell(event, Some(text));
            }
            Turn::Ended { state, text } => {
                self.state = *state;
                self.ended_at = Some(event.at);
                self.next_update = None;
                self.tell(event, text.as_ref());
            }
            Turn::Reopened { text } => {
                self.state =
                    if self.matter.kind == IncidentKind::Incident { IncidentState::Confirmed } else { IncidentState::Announced };
                self.ended_at = None;
                self.tell(event, text.as_ref());
            }
        }
    }

    fn tell(&mut self, event: &IncidentEvent, text: Option<&Localised>) {
        if let Some(text) = text {
            let update = Update { at: event.at, by: event.by.clone(), state: self.state, text: text.clone() };
            self.updates.insert(0, update);
        }
    }

    /// Whether it is not over.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.ended_at.is_none()
    }

    /// Where it stands now: maintenance that was announced is under way once its time has come.
    #[must_use]
    pub fn stands(&self, now: Timestamp) -> IncidentState {
        match self.state {
            IncidentState::Announced if self.matter.from <= now => IncidentState::UnderWay,
            state => state,
        }
    }

    /// Whether it hinders people now.
    #[must_use]
    pub fn is_felt(&self, now: Timestamp) -> bool {
        self.is_open() && self.stands(now) != IncidentState::Announced
    }

    /// Whether everybody is told of it now: while it hinders, and a while before.
    #[must_use]
    pub fn is_shown(&self, now: Timestamp) -> bool {
        self.is_open() && (self.is_felt(now) || self.matter.from <= now.after(SHOWN_AHEAD))
    }

    /// Whether it was to be over by now and nobody has said so.
    #[must_use]
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.is_open() && self.matter.until.is_some_and(|until| until < now)
    }

    /// The next moment at which it is shown otherwise though nothing happens to it.
    #[must_use]
    pub fn next_turn(&self, now: Timestamp) -> Option<Timestamp> {
        let turns = [self.matter.from.before(SHOWN_AHEAD), self.matter.from];
        turns.into_iter().find(|turn| self.is_open() && *turn > now)
    }

    /// The latest that was told of it; of what is over, the last word, where there was one.
    #[must_use]
    pub fn latest(&self) -> Option<&Localised> {
        let latest = self.updates.first();
        if self.is_open() {
            Some(latest.map_or(&self.matter.text, |update| &update.text))
        } else {
            latest.filter(|update| update.state.is_end()).map(|update| &update.text)
        }
    }

    /// How it is told to a reader of this language now.
    #[must_use]
    pub fn told(&self, number: IncidentNumber, lang: Lang, now: Timestamp) -> IncidentTold {
        IncidentTold {
            id: self.id,
            number,
            kind: self.matter.kind,
            state: self.stands(now),
            title: self.matter.title.for_reader(lang).0.to_owned(),
            text: self.latest().map_or_else(String::new, |text| text.for_reader(lang).0.to_owned()),
            from: self.matter.from,
            until: self.matter.until,
            next_update: self.next_update,
        }
    }

    /// Whether it names this article.
    fn names(&self, article: &ArticleRef) -> bool {
        self.matter.touches.articles.contains(&article.slug)
    }
}

#[cfg(test)]
mod tests;
