//! Firstline, running: its parts and tasks, and how they stop.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use metrics_exporter_prometheus::PrometheusHandle;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use super::knowledge::{Figures, TakesIn};
use super::screen::{DiscordLine, WayIn};
use super::tasks::Tasks;
use super::{AppError, Bells, Knowledge, StartScreen, facts, filter, weighing};
use crate::channels::discord::{Discord, DiscordParts};
use crate::config::{Config, VouchedBy};
use crate::desk::pages::{CALLBACK, Invitation, LOOK, new_sign_in_link};
use crate::desk::{self, Desk, Live, Parts, SignIn};
use crate::domain::permission::{Membership, Roles};
use crate::files::Folder;
use crate::flows::{Adviser, Editing, EditingNeeds, Flows, Learning, LearningNeeds, Needs};
use crate::identity::Provider;
use crate::jobs::{Commit, Deliver, Learn, Remember, TidyUp, WatchIncidents};
use crate::model::Endpoint;
use crate::ports::{Chat, Clock, Files, Identity, Ids, Index, PastTickets, Store};
use crate::search::TicketIndex;
use crate::store::SqlStore;
use crate::system::{ProcessIds, SystemClock};
use crate::wording::{Facts, Wording};

/// What comes from outside the program.
#[derive(Clone)]
pub struct Outer {
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes identifiers and secrets.
    pub ids: Arc<dyn Ids>,
}

impl Outer {
    /// The machine's own.
    ///
    /// # Errors
    /// [`AppError::NoChance`] where it gives no random bytes.
    pub fn of_the_system() -> Result<Self, AppError> {
        Ok(Self { clock: Arc::new(SystemClock), ids: Arc::new(ProcessIds::draw()?) })
    }
}

/// How long stopping may take; what is not done then is taken up again at the next start.
const STOPPING: Duration = Duration::from_millis(4_500);

/// How long closing the database may take after that.
const CLOSING: Duration = Duration::from_millis(400);

/// For how long the printed sign-in link is good.
const LINK_LASTS: Duration = Duration::from_hours(1);

/// Firstline, running.
pub struct Running {
    address: SocketAddr,
    screen: StartScreen,
    store: SqlStore,
    tasks: Tasks,
}

/// The parts that tasks are made of.
struct House {
    config: Config,
    outer: Outer,
    store: SqlStore,
    knowledge: Arc<Knowledge>,
    flows: Flows,
    learning: Learning,
    editing: Editing,
    live: Live,
    wake: Arc<Notify>,
    past: Arc<dyn PastTickets>,
    files: Arc<dyn Files>,
    wake_past: Arc<Notify>,
    wake_learning: Arc<Notify>,
    provider: Option<Arc<Provider>>,
    wake_incidents: Arc<Notify>,
    wording: Arc<Wording>,
    facts: Arc<Facts>,
    stop: CancellationToken,
}

/// Starts everything: when it returns, people can ask.
///
/// # Errors
/// [`AppError`] says what is in the way; nothing is left running then.
pub async fn start(mut config: Config, outer: Outer) -> Result<Running, AppError> {
    refuse_open_doors(&config)?;
    make_folder(&config)?;
    let listener = listen(config.desk.listen).await?;
    let address = listener.local_addr().map_err(|error| cannot_listen(config.desk.listen, &error))?;
    config.desk.public_url = config.desk.url_at(address);
    // The store comes first: on SQLite it keeps a second process away from the data folder, the index included.
    let store = SqlStore::open_to_work(config.storage.database.reveal()).await?;
    let weighing = weighing(&config);
    weighing.warnings.iter().for_each(|what| warn!(%what, "the weights of the knowledge base"));
    weighing.settle(&mut config);
    let (knowledge, figures) = Knowledge::open(&config, &weighing, Arc::clone(&outer.clock))?;
    let house = House::build(config, outer, store, knowledge)?;
    house.learning.refresh().await?;
    house.flows.refresh_incidents().await?;
    let discord = house.discord()?;
    let screen = house.screen(figures).await?;
    Ok(house.run(listener, address, discord, screen))
}

impl House {
    fn build(config: Config, outer: Outer, store: SqlStore, knowledge: Arc<Knowledge>) -> Result<Self, AppError> {
        let (live, wake, wake_past) = (Live::new(), Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (wake_learning, wake_incidents) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let past: Arc<dyn PastTickets> = Arc::new(TicketIndex::at(config.storage.data.join("past-tickets")));
        let bells = Bells {
            live: live.clone(),
            outbox: Arc::clone(&wake),
            solved: Arc::clone(&wake_past),
            learning: Arc::clone(&wake_learning),
            incidents: Arc::clone(&wake_incidents),
        };
        let flows = Flows::new(Needs {
            store: Arc::new(store.clone()),
            index: knowledge.index(),
            clock: Arc::clone(&outer.clock),
            ids: Arc::clone(&outer.ids),
            news: Arc::new(bells),
            policy: config.policy.clone(),
            adviser: adviser(&config, &outer)?,
        });
        let files: Arc<dyn Files> = Arc::new(Folder::at(config.storage.data.join("files")));
        let flows = flows.with_past_tickets(Arc::clone(&past)).with_files(Arc::clone(&files));
        let learning = learning(&config, &outer, &store, &knowledge);
        let (wording, facts) = (Arc::new(Wording::embedded()?), Arc::new(facts(&config)));
        let provider = provider(&config, Arc::clone(&outer.clock))?.map(Arc::new);
        let stop = CancellationToken::new();
        let editing = editing(&config, &outer, &store, &knowledge, &stop);
        Ok(Self {
            config,
            outer,
            store,
            knowledge,
            flows,
            learning,
            editing,
            live,
            wake,
            past,
            files,
            wake_past,
            wake_learning,
            provider,
            wake_incidents,
            wording,
            facts,
            stop,
        })
    }

    fn discord(&self) -> Result<Option<Arc<Discord>>, AppError> {
        let Some(config) = self.config.discord.clone() else { return Ok(None) };
        let parts = DiscordParts {
            largest_file_mb: self.config.attachments.largest_mb,
            config,
            flows: self.flows.clone(),
            store: Arc::new(self.store.clone()),
            wording: Arc::clone(&self.wording),
            facts: (*self.facts).clone(),
            clock: Arc::clone(&self.outer.clock),
            filter: Arc::new(filter),
            replies: self.knowledge.replies(),
        };
        Ok(Some(Discord::new(parts)?))
    }

    fn desk(&self, discord: Option<&Arc<Discord>>, metrics: PrometheusHandle) -> Desk {
        Desk::new(Parts {
            flows: self.flows.clone(),
            learning: self.learning.clone(),
            editing: self.editing.clone(),
            store: Arc::new(self.store.clone()),
            index: self.knowledge.index() as Arc<dyn Index>,
            replies: self.knowledge.replies(),
            aids: self.knowledge.aids(),
            clock: Arc::clone(&self.outer.clock),
            ids: Arc::clone(&self.outer.ids),
            wording: Arc::clone(&self.wording),
            facts: Arc::clone(&self.facts),
            live: self.live.clone(),
            health: Arc::new(super::health::Channels { discord: discord.cloned(), provider: self.provider.clone() }),
            metrics,
            privacy: Arc::new(filter),
            sign_in: SignIn::new(&self.config.sign_in, self.provider.clone().map(|provider| provider as Arc<dyn Identity>)),
            embedded_by: self.config.embed.origins.clone(),
            api_tokens: self.config.desk.api_tokens.clone(),
            look: self.config.look.clone(),
            largest_file_mb: self.config.attachments.largest_mb,
            lang: self.config.desk.lang,
            stop: self.stop.clone(),
        })
    }

    async fn screen(&self, figures: Figures) -> Result<StartScreen, AppError> {
        let discord = match &self.config.discord {
            None => DiscordLine::Off,
            Some(discord) => DiscordLine::Connecting { channels: discord.channels.len() },
        };
        Ok(StartScreen {
            public_url: self.facts.public_url.clone(),
            sign_in: self.way_in().await?,
            kb: self.config.storage.kb.clone(),
            figures,
            discord,
            model: self.config.model.as_ref().map(|model| model.url.clone()),
            data: self.config.storage.data.clone(),
            open_without_tls: !self.config.desk.listen.ip().is_loopback() && !self.facts.public_url.starts_with("https:"),
        })
    }

    /// How operators sign in: with whoever vouches for them, else by a link of the first start.
    async fn way_in(&self) -> Result<WayIn, AppError> {
        match &self.config.sign_in.by {
            Some(VouchedBy::Provider(provider)) => return Ok(WayIn::Service(provider.name.clone())),
            Some(VouchedBy::Proxy(proxy)) => return Ok(WayIn::Proxy(proxy.user.clone())),
            None => {}
        }
        let invitation = Invitation { name: String::new(), groups: Membership::Every, roles: Roles::all(), lasts: LINK_LASTS };
        let (ids, clock) = (&*self.outer.ids, &*self.outer.clock);
        Ok(WayIn::Link(new_sign_in_link(&self.store, ids, clock, &self.facts, invitation).await?))
    }

    fn run(self, listener: TcpListener, address: SocketAddr, discord: Option<Arc<Discord>>, screen: StartScreen) -> Running {
        let stop = self.stop.clone();
        let mut tasks = Tasks::new(stop.clone());
        let figures = super::health::metrics();
        let router = desk::router(self.desk(discord.as_ref(), figures.clone()));
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let served = axum::serve(listener, service).with_graceful_shutdown(stop.clone().cancelled_owned());
        tasks.own("web server", async move {
            if let Err(error) = served.await {
                warn!(%error, "the web server ended");
            }
        });
        tasks.own("figures", super::health::sum_up(figures, stop.clone()));
        let store: Arc<dyn Store> = Arc::new(self.store.clone());
        let chats: Vec<Arc<dyn Chat>> = discord.iter().map(|discord| discord.chat()).collect();
        let tidy_up = TidyUp::new(Arc::clone(&store), Arc::clone(&self.files), Arc::clone(&self.outer.clock));
        let remember = Remember::new(Arc::clone(&store), Arc::clone(&self.past), Arc::clone(&self.outer.clock));
        let learn = Learn::new(self.learning.clone(), Arc::clone(&store), Arc::clone(&self.outer.clock));
        let watch = WatchIncidents::new(self.flows.clone(), Arc::clone(&store), Arc::clone(&self.outer.clock));
        let deliver = Deliver::new(store, chats, Arc::clone(&self.outer.clock));
        tasks.own("outbox", deliver.run(Arc::clone(&self.wake), stop.clone()));
        tasks.own("past tickets", remember.run(Arc::clone(&self.wake_past), stop.clone()));
        tasks.own("learning", learn.run(Arc::clone(&self.wake_learning), stop.clone()));
        tasks.own("incidents", watch.run(Arc::clone(&self.wake_incidents), stop.clone()));
        tasks.own("tidying up", tidy_up.run(stop.clone()));
        tasks.own("commits", Commit::new(self.editing.clone()).run(stop.clone()));
        tasks.own("knowledge base", Arc::clone(&self.knowledge).keep_up(stop.clone()));
        if let Some(provider) = self.provider {
            tasks.own("sign-in service", provider.keep_up(stop.clone()));
        }
        if let Some(discord) = discord {
            tasks.own("Discord", async move { discord.run(stop).await });
        }
        info!(%address, articles = self.knowledge.index().size(), stylesheet = LOOK, "Firstline is running");
        Running { address, screen, store: self.store, tasks }
    }
}

impl Running {
    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// What is shown at start.
    #[must_use]
    pub const fn screen(&self) -> &StartScreen {
        &self.screen
    }

    /// Returns once something has ended that should have gone on, so that there is nothing to do but stop.
    pub async fn broken(&self) {
        self.tasks.broken().await;
    }

    /// Finishes what is under way and stops, within five seconds.
    pub async fn stop(self) {
        self.tasks.stop(STOPPING).await;
        if tokio::time::timeout(CLOSING, self.store.close()).await.is_err() {
            warn!("the database was still in use; what was kept is kept");
        }
        info!("Firstline has stopped");
    }
}

/// What learns from answers, over the articles' index.
fn learning(config: &Config, outer: &Outer, store: &SqlStore, knowledge: &Knowledge) -> Learning {
    Learning::new(LearningNeeds {
        store: Arc::new(store.clone()),
        index: knowledge.index(),
        pupil: knowledge.index(),
        clock: Arc::clone(&outer.clock),
        ids: Arc::clone(&outer.ids),
        policy: config.learning,
        groups: config.policy.groups.clone(),
    })
}

/// What editors work with, over the articles' files.
fn editing(config: &Config, outer: &Outer, store: &SqlStore, knowledge: &Arc<Knowledge>, stop: &CancellationToken) -> Editing {
    Editing::new(EditingNeeds {
        shelf: Arc::new(knowledge.shelf()),
        reply_shelf: Arc::new(knowledge.reply_shelf()),
        link_shelf: Arc::new(knowledge.link_shelf()),
        intake: Arc::new(TakesIn(Arc::clone(knowledge))),
        index: knowledge.index(),
        rehearsal: knowledge.index(),
        store: Arc::new(store.clone()),
        clock: Arc::clone(&outer.clock),
        ids: Arc::clone(&outer.ids),
        policy: config.policy.clone(),
        confirmations: config.learning.confirmations,
        stop: stop.clone(),
    })
}

/// The configured language model, where there is one.
fn adviser(config: &Config, outer: &Outer) -> Result<Option<Adviser>, AppError> {
    let Some(model) = &config.model else { return Ok(None) };
    let endpoint = Endpoint::new(model, Arc::clone(&outer.clock))?;
    let (reranks, rewrites, patience) = (model.rerank, model.rewrite, model.deadline);
    Ok(Some(Adviser { model: Arc::new(endpoint), reranks, rewrites, patience }))
}

/// The service that people sign in with, where one is configured.
pub(super) fn provider(config: &Config, clock: Arc<dyn Clock>) -> Result<Option<Provider>, AppError> {
    let Some(provider) = config.sign_in.provider() else { return Ok(None) };
    Ok(Some(Provider::new(provider, format!("{}{CALLBACK}", config.desk.public_url), clock)?))
}

/// What people reach from other machines must know who works in the desk.
///
/// # Errors
/// [`AppError::OpenToAll`] where nobody vouches for them.
pub(super) fn refuse_open_doors(config: &Config) -> Result<(), AppError> {
    if config.sign_in.by.is_some() || !config.desk.is_reached_from_elsewhere() {
        return Ok(());
    }
    let reached = format!("listen {}, public_url {}", config.desk.listen, config.desk.public_url);
    Err(AppError::OpenToAll { reached })
}

fn make_folder(config: &Config) -> Result<(), AppError> {
    let folder = &config.storage.data;
    std::fs::create_dir_all(folder).map_err(|error| {
        let reason = if folder.is_file() { "it is a file, not a folder".to_owned() } else { error.to_string() };
        AppError::Data { folder: folder.clone(), reason }
    })
}

async fn listen(address: SocketAddr) -> Result<TcpListener, AppError> {
    TcpListener::bind(address).await.map_err(|error| cannot_listen(address, &error))
}

fn cannot_listen(address: SocketAddr, error: &io::Error) -> AppError {
    match error.kind() {
        io::ErrorKind::AddrInUse => AppError::InUse(address),
        _ => AppError::Listen { address, reason: error.to_string() },
    }
}
