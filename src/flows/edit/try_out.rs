//! Trying a change out: which questions would get another answer.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, Semaphore};
use tokio::task::spawn_blocking;
use tracing::warn;

pub use super::questions::Origin;
use super::questions::Tried;
use super::{EditError, Editing, Parts};
use crate::domain::answer::{ArticleRef, Understanding};
use crate::domain::decision::Moment;
use crate::domain::employee_side::{self, Heard};
use crate::domain::ids::{ChannelName, EmployeeId, ExternalId, Fresh, OperatorId, Slug};
use crate::domain::incident::Known;
use crate::domain::lang::Lang;
use crate::domain::message::{Content, Employee, IncomingMessage, LangHint, Redacted};
use crate::domain::permission::Operator;
use crate::domain::place::{Delivery, Place, Readers};
use crate::domain::policy::Policy;
use crate::domain::time::Timestamp;
use crate::ports::{Both, Proposal};

/// How long a trial may take.
const PATIENCE: Duration = Duration::from_secs(12);
/// How many trials are remembered.
const REMEMBERED: usize = 32;
/// How many changed questions are shown.
const SHOWN: usize = 100;

/// The trials, those that run and those that were run last.
#[derive(Debug)]
pub(super) struct Runs {
    runs: Mutex<VecDeque<TryOut>>,
    /// One at a time: a trial keeps a processor busy.
    turn: Arc<Semaphore>,
}

impl Default for Runs {
    fn default() -> Self {
        Self { runs: Mutex::default(), turn: Arc::new(Semaphore::new(1)) }
    }
}

/// A trial of a change. Clones are the same trial.
#[derive(Clone, Debug)]
pub struct TryOut(Arc<Run>);

#[derive(Debug)]
struct Run {
    id: String,
    by: OperatorId,
    done: AtomicUsize,
    of: AtomicUsize,
    given_up: AtomicBool,
    report: OnceLock<Option<TryReport>>,
    ended: Notify,
}

/// How far a trial is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TryState {
    /// So many questions are tried, of so many; none of none while it waits for its turn.
    Running {
        /// Tried.
        done: usize,
        /// Of so many.
        of: usize,
    },
    /// It is done.
    Done(TryReport),
    /// It could not be done, or another one took its place.
    Failed,
}

/// What a change would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TryReport {
    /// How many questions people asked that were tried.
    pub asked: usize,
    /// How many that are kept for tests.
    pub kept: usize,
    /// How many there was no time for.
    pub left: usize,
    /// How many would be answered better.
    pub better: usize,
    /// How many would be answered worse.
    pub worse: usize,
    /// How many would be answered otherwise, the known ones included.
    pub changed: usize,
    /// Those that would, the worse ones first; at most a hundred.
    pub differences: Vec<Difference>,
}

/// A question that would be answered otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The question.
    pub text: Redacted,
    /// The language it is asked in.
    pub lang: Lang,
    /// Where it comes from.
    pub origin: Origin,
    /// What is said to it now.
    pub before: Said,
    /// What would be.
    pub after: Said,
    /// Which is better.
    pub turn: Turn,
}

/// Whether a change is for the better. In the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// The known right article is shown less prominently, or a wrong one more.
    Worse,
    /// The other way.
    Better,
    /// What is right is not known, or neither is better.
    Open,
}

/// What the bot says to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// This article, with its title.
    Article(ArticleRef, String),
    /// These, to choose from.
    Choices(Vec<(ArticleRef, String)>),
    /// A person is fetched.
    Person,
    /// Something friendly.
    Other,
}

impl TryOut {
    /// Its name, for whoever asks again.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.0.id
    }

    /// How far it is.
    #[must_use]
    pub fn state(&self) -> TryState {
        match self.0.report.get() {
            Some(Some(report)) => TryState::Done(report.clone()),
            Some(None) => TryState::Failed,
            None => TryState::Running { done: self.0.done.load(Ordering::Relaxed), of: self.0.of.load(Ordering::Relaxed) },
        }
    }

    /// Waits until it has ended.
    pub async fn ended(&self) {
        let mut told = std::pin::pin!(self.0.ended.notified());
        told.as_mut().enable();
        if self.0.report.get().is_none() {
            told.await;
        }
    }

    fn end(&self, report: Option<TryReport>) {
        // A trial ends once; a second end changes nothing.
        let _ = self.0.report.set(report);
        self.0.ended.notify_waiters();
    }
}

impl Editing {
    /// Begins to try what saving this text, or removing the article (`None`), would do. An earlier trial of the editor's ends.
    ///
    /// # Errors
    /// [`EditError::Refused`] for whoever may not look at how articles are kept; [`EditError::NotFound`] where the text cannot be
    /// used as an article; otherwise what reading the questions fails with.
    pub async fn try_out(&self, article: &ArticleRef, text: Option<&str>, by: &Operator) -> Result<TryOut, EditError> {
        by.may_look_at_articles()?;
        let needs = &self.0.needs;
        let proposal = match text {
            Some(text) => Proposal::Put(Box::new(needs.shelf.check(article, text).await?.article.ok_or(EditError::NotFound)?)),
            None => Proposal::Remove(article.clone()),
        };
        let questions = self.questions_to_try(&article.slug).await?;
        let run = TryOut(Arc::new(Run {
            id: needs.ids.secret(),
            by: by.id.clone(),
            done: AtomicUsize::new(0),
            of: AtomicUsize::new(questions.len()),
            given_up: AtomicBool::new(false),
            report: OnceLock::new(),
            ended: Notify::new(),
        }));
        self.0.runs.remember(&run);
        tokio::spawn(Arc::clone(&self.0).carry_out(run.clone(), proposal, questions));
        Ok(run)
    }

    /// The editor's trial of this name, as long as it is remembered.
    #[must_use]
    pub fn trial(&self, id: &str, by: &Operator) -> Option<TryOut> {
        let runs = self.0.runs.runs.lock().unwrap_or_else(PoisonError::into_inner);
        runs.iter().find(|run| run.0.id == id && run.0.by == by.id).cloned()
    }
}

impl Runs {
    /// Remembers a trial, and gives up what the same editor tried before.
    fn remember(&self, run: &TryOut) {
        let mut runs = self.runs.lock().unwrap_or_else(PoisonError::into_inner);
        runs.iter()
            .filter(|earlier| earlier.0.by == run.0.by)
            .for_each(|earlier| earlier.0.given_up.store(true, Ordering::Relaxed));
        runs.push_back(run.clone());
        let superfluous = runs.len().saturating_sub(REMEMBERED);
        runs.drain(..superfluous);
    }
}

impl Parts {
    /// Waits for the turn and tries every question, until there is no time left or nobody wants to know any more.
    async fn carry_out(self: Arc<Self>, run: TryOut, proposal: Proposal, questions: Vec<Tried>) {
        let Ok(turn) = Arc::clone(&self.runs.turn).acquire_owned().await else { return run.end(None) };
        let trying = run.clone();
        let tried = spawn_blocking(move || {
            let _turn = turn;
            self.try_all(&trying, proposal, &questions)
        });
        run.end(tried.await.ok().flatten());
    }

    fn try_all(&self, run: &TryOut, proposal: Proposal, questions: &[Tried]) -> Option<TryReport> {
        let needs = &self.needs;
        let begun = needs.clock.now();
        let asked: Vec<_> = questions.iter().map(|question| (question.text.clone(), LangHint::Likely(question.lang))).collect();
        let given_up = || run.0.given_up.load(Ordering::Relaxed) || needs.stop.is_cancelled();
        let mut goes_on = |done| {
            run.0.done.store(done, Ordering::Relaxed);
            let over = given_up() || needs.clock.now().since(begun) > PATIENCE;
            if over { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let both = needs.rehearsal.rehearse(proposal, &asked, &mut goes_on).inspect_err(|failure| {
            warn!(error = failure as &dyn std::error::Error, "a changed article could not be tried out");
        });
        let both = both.ok().filter(|_| !given_up())?;
        Some(report(questions, &both, &needs.policy, begun))
    }
}

fn report(questions: &[Tried], both: &[Both], policy: &Policy, now: Timestamp) -> TryReport {
    let tried = &questions[..both.len()];
    let asked = tried.iter().filter(|question| question.origin == Origin::Asked).count();
    let mut report = TryReport { asked, kept: tried.len() - asked, left: questions.len() - both.len(), ..TryReport::default() };
    let differences = tried.iter().zip(both).filter_map(|(question, both)| difference(question, both, policy, now));
    let mut differences: Vec<Difference> = differences.collect();
    differences.sort_by_key(|difference| difference.turn);
    let count = |turn| differences.iter().filter(|difference| difference.turn == turn).count();
    (report.better, report.worse, report.changed) = (count(Turn::Better), count(Turn::Worse), differences.len());
    differences.truncate(SHOWN);
    TryReport { differences, ..report }
}

fn difference(question: &Tried, both: &Both, policy: &Policy, now: Timestamp) -> Option<Difference> {
    let [before, after] = [&both.before, &both.after].map(|understood| said(question, understood, policy, now));
    if before.slugs() == after.slugs() && before.kind() == after.kind() {
        return None;
    }
    let turn = question.right.as_ref().map_or(Turn::Open, |right| match before.grade(right).cmp(&after.grade(right)) {
        std::cmp::Ordering::Less => Turn::Better,
        std::cmp::Ordering::Greater => Turn::Worse,
        std::cmp::Ordering::Equal => Turn::Open,
    });
    let Tried { text, lang, origin, .. } = question.clone();
    Some(Difference { text, lang, origin, before, after, turn })
}

impl Said {
    fn slugs(&self) -> Vec<&Slug> {
        match self {
            Self::Article(article, _) => vec![&article.slug],
            Self::Choices(choices) => choices.iter().map(|(article, _)| &article.slug).collect(),
            Self::Person | Self::Other => Vec::new(),
        }
    }

    const fn kind(&self) -> u8 {
        match self {
            Self::Article(..) => 0,
            Self::Choices(_) => 1,
            Self::Person => 2,
            Self::Other => 3,
        }
    }

    /// How well that deals with a question that these articles answer, or none: the better, the greater.
    fn grade(&self, right: &[Slug]) -> u8 {
        let shows_right = self.slugs().iter().any(|slug| right.contains(slug));
        match self {
            Self::Article(..) if shows_right => 3,
            Self::Article(..) => 0,
            Self::Choices(_) if shows_right => 2,
            Self::Person | Self::Other if right.is_empty() => 3,
            Self::Choices(_) | Self::Person | Self::Other => 1,
        }
    }
}

/// What the bot says to somebody who has not written before.
fn said(question: &Tried, understood: &Understanding, policy: &Policy, now: Timestamp) -> Said {
    let (channel, external_id) = (ChannelName::new("trial"), ExternalId::new("1"));
    let place = Place { channel, address: "trial".to_owned(), delivery: Delivery::Read };
    let employee = Employee { id: EmployeeId::new("trial:nobody"), name: None, email: None, organisation: None };
    let (text, lang) = (question.text.clone(), LangHint::Likely(question.lang));
    let message = IncomingMessage {
        conversation: None,
        place,
        external_id,
        employee,
        text,
        secrets: Vec::new(),
        lang,
        readers: Readers::Alone,
    };
    // An incident is told of whatever the articles say.
    let known = Known { incidents: &[], words: &[] };
    let heard = Heard { message: &message, understood, own: &[], about: None, advice: None, known };
    let mut moment = Moment { now, fresh: Fresh::starting_at(1) };
    let decision = employee_side::receive(None, heard, policy, &mut moment);
    let of = |content: &Content| match content {
        Content::Answer(answer) => Some(Said::Article(answer.article.clone(), answer.title.clone())),
        Content::Offer(choices) => {
            Some(Said::Choices(choices.iter().map(|choice| (choice.article.clone(), choice.title.clone())).collect()))
        }
        Content::HandedOff(_) => Some(Said::Person),
        _ => None,
    };
    decision.lines.iter().find_map(|line| of(&line.content)).unwrap_or(Said::Other)
}
