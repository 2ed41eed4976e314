//! The commands that need more than the articles: serve, sign-in-link, doctor.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tracing::{error, warn};
use tracing_subscriber::EnvFilter;

use super::{AppError, Outer, facts, filter, sign_in, start};
use crate::channels::discord::{Discord, DiscordParts, Weight};
use crate::cli::doctor::{self, Finding};
use crate::cli::{Ended, SignInLink};
use crate::config::ModelConfig;
use crate::config::{Config, LogConfig};
use crate::desk::Live;
use crate::desk::pages::{Invitation, LOOK, new_sign_in_link};
use crate::domain::learned::{LearnedQuestion, LearnedState};
use crate::domain::permission::{Membership, Roles};
use crate::domain::time::Timestamp;
use crate::flows::{Flows, Needs};
use crate::model::Endpoint;
use crate::ports::{Clock, Conversations, Learned, Store, StoreError, Taught, Unanswered};
use crate::search::SearchIndex;
use crate::store::SqlStore;
use crate::system::{ProcessIds, SystemClock};

/// What the language model is called in the report.
const MODEL: &str = "language model";

/// For how long a link from the command line is good.
const LINK_LASTS: Duration = Duration::from_hours(24);

/// How many learned questions are listed at most.
const LISTED: u32 = 10_000;

/// How many unanswered questions are grouped at most.
const GROUPED: u32 = 5_000;

/// Writes the log to standard error as the configuration says, in colour where somebody looks at it. A filter that cannot be
/// read leaves `info`.
///
/// A panic is logged by its place alone: its own words can quote the text that it stumbled over.
pub fn write_log(config: &LogConfig) {
    let filter = EnvFilter::try_new(&config.filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(io::stderr().is_terminal());
    let begun = if config.json { log.json().try_init() } else { log.with_target(false).try_init() };
    if let Err(error) = begun {
        eprintln!("firstline: the log cannot be written: {error}");
    }
    std::panic::set_hook(Box::new(|panic| {
        let at = panic.location().map(ToString::to_string).unwrap_or_default();
        error!(at, "a fault in the program: what was under way there broke off");
    }));
}

/// Runs until Ctrl-C or SIGTERM; finishes what is under way then. Where a part of it breaks, all of it stops, and whoever
/// started it (systemd, a container's host) starts it anew.
///
/// # Errors
/// [`AppError`] says what keeps it from running.
pub async fn serve(config: Config) -> Result<Ended, AppError> {
    let mut terminated = signal(SignalKind::terminate()).map_err(|error| AppError::Runtime(error.to_string()))?;
    let mut interrupted = signal(SignalKind::interrupt()).map_err(|error| AppError::Runtime(error.to_string()))?;
    let running = start(config, Outer::of_the_system()?).await?;
    // Nobody may be there to read the screen; that is no reason not to run.
    drop(writeln!(io::stdout(), "{}", running.screen()));
    let ended = tokio::select! {
        _ = terminated.recv() => Ended::Fine,
        _ = interrupted.recv() => Ended::Fine,
        () = running.broken() => Ended::Problems,
    };
    running.stop().await;
    Ok(ended)
}

/// Prints a link that signs an operator in once; Firstline may run meanwhile.
///
/// # Errors
/// [`AppError`] where the database cannot be opened or written.
pub async fn sign_in_link(config: &Config, invited: &SignInLink) -> Result<Ended, AppError> {
    write_log(&config.log);
    let groups = membership(config, &invited.groups)?;
    let store = SqlStore::open(config.storage.database.reveal()).await?;
    let name = filter(&invited.name).0.as_str().to_owned();
    let roles = if invited.roles.is_empty() { Roles::all() } else { invited.roles.iter().copied().collect() };
    let invitation = Invitation { name, groups, roles, lasts: LINK_LASTS };
    let link = new_sign_in_link(&store, &ProcessIds::draw()?, &SystemClock, &facts(config), invitation).await?;
    store.close().await;
    warn!("a link was made that signs somebody in without anybody vouching for them");
    drop(writeln!(io::stdout(), "{link}\nGood for signing in once, within 24 hours."));
    Ok(Ended::Fine)
}

/// The groups of these names; every group where none is named.
fn membership(config: &Config, names: &[String]) -> Result<Membership, AppError> {
    let known = |name: &String| config.policy.groups.iter().find(|group| group.id.as_str() == name).map(|group| group.id.clone());
    let found = |name: &String| known(name).ok_or_else(|| AppError::NoSuchGroup(name.clone()));
    if names.is_empty() { Ok(Membership::Every) } else { names.iter().map(found).collect::<Result<_, _>>().map(Membership::Some) }
}

/// The newest learned questions in this state; Firstline may run meanwhile.
///
/// # Errors
/// [`AppError`] where the database cannot be opened or read.
pub fn learned(config: &Config, state: LearnedState) -> Result<Vec<LearnedQuestion>, AppError> {
    let runtime = tokio::runtime::Runtime::new().map_err(|error| AppError::Runtime(error.to_string()))?;
    runtime.block_on(async {
        let store = SqlStore::open(config.storage.database.reveal()).await?;
        let questions = store.learned_questions(state, None, LISTED).await;
        store.close().await;
        Ok(questions?)
    })
}

/// What was not answered well enough, and by what the articles are found meanwhile besides their own words.
#[derive(Debug)]
pub struct Gaps {
    /// The questions since then, newest first, at most 5 000.
    pub questions: Vec<Unanswered>,
    /// What was learned and counts.
    pub taught: Vec<Taught>,
}

/// The newest questions that no article answered at `since` or later; Firstline may run meanwhile.
///
/// # Errors
/// [`AppError`] where the database cannot be opened or read.
pub fn gaps(config: &Config, since: Timestamp) -> Result<Gaps, AppError> {
    let runtime = tokio::runtime::Runtime::new().map_err(|error| AppError::Runtime(error.to_string()))?;
    runtime.block_on(async {
        let store = SqlStore::open(config.storage.database.reveal()).await?;
        let read = async {
            let questions = store.unanswered(since, None, GROUPED).await?;
            // What does not count after all falls away below.
            let learned = store.learned_that_may_count(config.learning.confirmations.max(1)).await?;
            Ok::<_, StoreError>((questions, learned))
        };
        let read = read.await;
        store.close().await;
        let (questions, learned) = read?;
        let counting = learned.into_iter().filter(|question| question.counts(config.learning));
        let taught = counting.map(|one| Taught { slug: one.article, text: one.text.as_str().to_owned() });
        Ok(Gaps { questions, taught: taught.collect() })
    })
}

/// Looks at everything and says what to do.
///
/// # Errors
/// [`AppError`] where the report itself cannot be made.
pub async fn doctor(config: &Config) -> Result<Ended, AppError> {
    let now = SystemClock.now();
    let mut findings = vec![Finding::ok("configuration", "it can be used")];
    findings.push(stylesheet());
    findings.extend(doctor::installation(config, now));
    match SqlStore::open(config.storage.database.reveal()).await {
        Ok(store) => {
            findings.push(database(&store).await);
            findings.extend(discord(config, &store).await?);
            store.close().await;
        }
        Err(error) => {
            findings.push(Finding::fail("database", AppError::from(error).to_string(), "nothing can be kept until it opens"));
        }
    }
    findings.extend(sign_in::findings(config).await?);
    findings.extend(model(config).await?);
    let printed = doctor::print(&findings, &mut io::stdout().lock());
    Ok(printed.unwrap_or(Ended::Fine))
}

/// What this build draws its pages with.
fn stylesheet() -> Finding {
    let seen = match LOOK {
        "plain" => "our own; a build that finds npm, or is given FIRSTLINE_DESIGNSYSTEMET=DIR, has Designsystemet",
        look => look,
    };
    Finding::ok("stylesheet", seen)
}

async fn database(store: &SqlStore) -> Finding {
    match store.ping().await {
        Ok(()) => Finding::ok("database", "it answers"),
        Err(error) => Finding::fail("database", error.to_string(), "see that its disk has room and its file can be written"),
    }
}

async fn discord(config: &Config, store: &SqlStore) -> Result<Vec<Finding>, AppError> {
    let what = "Discord";
    let Some(discord) = config.discord.clone() else {
        return Ok(vec![Finding::ok(what, "off; set FIRSTLINE_DISCORD_TOKEN to connect it")]);
    };
    let outer = Outer::of_the_system()?;
    let parts = DiscordParts {
        largest_file_mb: config.attachments.largest_mb,
        config: discord,
        flows: flows(config, &outer, store)?,
        store: Arc::new(store.clone()),
        wording: Arc::new(crate::wording::Wording::embedded()?),
        facts: facts(config),
        clock: outer.clock,
        filter: Arc::new(filter),
        replies: Arc::new(Vec::new()),
    };
    let seen = Discord::new(parts)?.check().await;
    Ok(seen.into_iter().map(|finding| finding_of(what, finding)).collect())
}

async fn model(config: &Config) -> Result<Option<Finding>, AppError> {
    let Some(model) = &config.model else { return Ok(None) };
    let checked = Endpoint::new(model, Arc::new(SystemClock))?.check().await;
    Ok(Some(match checked {
        Ok(took) => model_answers(model, took),
        Err(error) => {
            let remedy = "questions are answered without it; look at [model] url, name and key, and whether its server runs";
            Finding::fail(MODEL, error.to_string(), remedy)
        }
    }))
}

fn model_answers(model: &ModelConfig, took: Duration) -> Finding {
    let seen = format!("it answers in {} ms", took.as_millis());
    if took > model.deadline {
        return Finding::warn(
            MODEL,
            seen,
            "that is more than [model] deadline_ms: ask again once it is warm, or take a smaller model",
        );
    }
    if model.is_open_to_listeners() {
        return Finding::warn(MODEL, seen, "questions go to another machine unencrypted: use https, or a model on this machine");
    }
    Finding::ok(MODEL, seen)
}

/// The verbs without any article: the doctor asks nothing.
fn flows(config: &Config, outer: &Outer, store: &SqlStore) -> Result<Flows, AppError> {
    Ok(Flows::new(Needs {
        store: Arc::new(store.clone()),
        index: Arc::new(SearchIndex::open(None, Vec::new())?),
        clock: Arc::clone(&outer.clock),
        ids: Arc::clone(&outer.ids),
        news: Arc::new(Live::new()),
        policy: config.policy.clone(),
        adviser: None,
    }))
}

fn finding_of(what: &'static str, seen: crate::channels::discord::Finding) -> Finding {
    let health = match seen.weight {
        Weight::Fine => doctor::Health::Ok,
        Weight::Doubtful => doctor::Health::Warn,
        Weight::Wrong => doctor::Health::Fail,
    };
    Finding { what, health, seen: seen.text, remedy: None }
}
