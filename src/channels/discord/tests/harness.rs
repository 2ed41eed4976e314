//! A town hall with a help channel and a desk: the channel, the store and the outbox's job around a fake Discord.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::super::{CHANNEL, Discord, DiscordParts};
use super::shelf::Shelf;
use crate::config::{DiscordConfig, DiscordGroup, Listening, SecretText};
use crate::domain::answer::{PerMille, Thresholds};
use crate::domain::decision::Decision;
use crate::domain::ids::{ChannelName, EmployeeId, GroupId, Slug};
use crate::domain::lang::Lang;
use crate::domain::message::{Author, Content, Redacted, Visibility};
use crate::domain::policy::Policy;
use crate::domain::reply::StandardReply;
use crate::domain::routing::{Group, Groups};
use crate::flows::{Flows, Needs};
use crate::jobs::Deliver;
use crate::ports::{Clock, Conversations, News, Outbox, TicketFilter, TicketSummary, Watermarks};
use crate::store::SqlStore;
use crate::testing::discord::{ChannelId, FakeDiscord, Person, RoleId};
use crate::testing::{CountedIds, TestClock};
use crate::wording::{Facts, Wording};

/// How long a test waits for something to be kept.
const PATIENCE: Duration = Duration::from_secs(10);

/// The fake platform, the store, and the program between them when it runs.
pub(super) struct Town {
    pub(super) discord: FakeDiscord,
    pub(super) store: SqlStore,
    pub(super) clock: Arc<TestClock>,
    /// Where employees ask.
    pub(super) help: ChannelId,
    /// Where only what is said to the bot counts.
    pub(super) mentions: ChannelId,
    /// Where the general desk sees its tickets.
    pub(super) desk: ChannelId,
    /// What makes somebody an operator of the general desk.
    pub(super) operator: RoleId,
    /// What else is listened in, from the next start on.
    pub(super) also: Vec<ChannelId>,
    /// What makes somebody a coordinator.
    pub(super) coordinator: RoleId,
    /// Where the clinical desk sees its tickets; it has no role of its own.
    pub(super) clinic: ChannelId,
    /// Where a panel stands, from the next start on.
    pub(super) panels: Vec<ChannelId>,
    ids: Arc<CountedIds>,
    news: Arc<Heard>,
    running: Option<Running>,
    adjust: Vec<Adjust>,
    pub(super) folder: TempDir,
}

/// A change to the configuration that every town has.
type Adjust = Box<dyn Fn(&mut DiscordConfig) + Send + Sync>;

struct Running {
    discord: Arc<Discord>,
    stop: CancellationToken,
    tasks: JoinSet<()>,
}

/// Wakes the outbox's job and the test.
struct Heard {
    wake: Arc<Notify>,
    commits: watch::Sender<u64>,
}

impl News for Heard {
    fn committed(&self, _: &Decision) {
        self.wake.notify_one();
        self.commits.send_modify(|commits| *commits += 1);
    }

    fn retried(&self) {
        self.wake.notify_one();
    }
}

impl Town {
    /// A town whose program is running and listening.
    pub(super) async fn new() -> Self {
        let mut town = Self::asleep().await;
        town.start().await;
        town
    }

    /// A town whose program has never run.
    pub(super) async fn asleep() -> Self {
        let clock = Arc::new(TestClock::default());
        let discord = FakeDiscord::start_at(clock.now().millis()).await;
        let (operator, coordinator) = (discord.role("Operatør"), discord.role("Koordinator"));
        let (help, desk) = (discord.text_channel("hjelp"), discord.text_channel("skranke"));
        let mentions = discord.text_channel("vakt");
        let clinic = discord.text_channel("klinisk-skranke");
        let folder = tempfile::tempdir().unwrap();
        let store = SqlStore::open(&format!("sqlite:{}", folder.path().join("firstline.db").display())).await.unwrap();
        let news = Arc::new(Heard { wake: Arc::default(), commits: watch::Sender::new(0) });
        let ids = Arc::new(CountedIds::default());
        Self {
            discord,
            store,
            clock,
            help,
            also: Vec::new(),
            mentions,
            desk,
            operator,
            coordinator,
            clinic,
            panels: Vec::new(),
            ids,
            news,
            running: None,
            adjust: Vec::new(),
            folder,
        }
    }

    /// Configures the program otherwise, from its next start on.
    pub(super) fn configure(&mut self, adjust: impl Fn(&mut DiscordConfig) + Send + Sync + 'static) {
        self.adjust.push(Box::new(adjust));
    }

    /// The program is gone, without a word to anybody.
    pub(super) async fn crash(&mut self) {
        if let Some(Running { mut tasks, .. }) = self.running.take() {
            tasks.shutdown().await;
        }
    }

    /// Starts the program and waits until it listens.
    pub(super) async fn start(&mut self) {
        let before = self.discord.identifies();
        self.launch();
        self.discord.wait_for_identifies(before + 1).await;
        self.discord.wait_until_connected().await;
        // The commands are registered once everything missed is on its way to be read.
        self.discord.wait_for_requests("PUT", "/applications", before + 1).await;
        self.until("the help channel to be listened to", async |store| {
            let mark = store.watermark(&ChannelName::new(CHANNEL), &self.help.to_string()).await;
            mark.unwrap()
        })
        .await;
    }

    /// Starts the program.
    pub(super) fn launch(&mut self) {
        let stop = CancellationToken::new();
        let discord = self.channel();
        let mut tasks = JoinSet::new();
        let (listening, until) = (Arc::clone(&discord), stop.clone());
        tasks.spawn(async move { listening.run(until).await });
        let job = Deliver::new(Arc::new(self.store.clone()), vec![discord.chat()], Arc::clone(&self.clock) as _);
        let (wake, until) = (Arc::clone(&self.news.wake), stop.clone());
        tasks.spawn(async move { job.run(wake, until).await });
        self.running = Some(Running { discord, stop, tasks });
    }

    /// Stops the program, and waits until it has.
    pub(super) async fn stop(&mut self) {
        let Some(Running { stop, mut tasks, .. }) = self.running.take() else { return };
        stop.cancel();
        while let Some(ended) = tasks.join_next().await {
            ended.unwrap();
        }
    }

    /// The running channel.
    pub(super) fn running(&self) -> &Discord {
        &self.running.as_ref().expect("the program runs").discord
    }

    /// The channel over this town's parts, not running.
    pub(super) fn channel(&self) -> Arc<Discord> {
        self.channel_with(self.config())
    }

    fn channel_with(&self, config: DiscordConfig) -> Arc<Discord> {
        let facts = Facts {
            public_url: "https://hjelp.example.no".to_owned(),
            urgent_phone: None,
            groups: groups(),
            timezone: jiff::tz::TimeZone::UTC,
        };
        let parts = DiscordParts {
            config,
            flows: self.flows(),
            store: Arc::new(self.store.clone()),
            wording: Arc::new(Wording::embedded().unwrap()),
            facts,
            clock: Arc::clone(&self.clock) as _,
            filter: Arc::new(|text: &str| (Redacted::vouched(text), Vec::new())),
            largest_file_mb: 1,
            replies: Arc::new(standard_replies()),
        };
        Discord::new(parts).unwrap()
    }

    /// The channel with a token that the platform does not know.
    pub(super) fn with_a_wrong_token(&self) -> Arc<Discord> {
        let config = DiscordConfig { token: SecretText::new("not-the-token"), ..self.config() };
        self.channel_with(config)
    }

    fn config(&self) -> DiscordConfig {
        let general = DiscordGroup { channel: self.desk.get(), roles: vec![self.operator.get()] };
        let clinical = DiscordGroup { channel: self.clinic.get(), roles: Vec::new() };
        let mut config = DiscordConfig {
            token: SecretText::new(self.discord.token()),
            api: Some(self.discord.url()),
            channels: self.listened(),
            groups: BTreeMap::from([(GroupId::new("general"), general), (GroupId::new("clinical"), clinical)]),
            guilds: BTreeMap::new(),
            coordinators: vec![self.coordinator.get()],
            lang: Lang::Nb,
            message_content: true,
            oldest_answered: Duration::from_hours(2),
            panels: self.panels.iter().map(|panel| panel.get()).collect(),
        };
        self.adjust.iter().for_each(|adjust| adjust(&mut config));
        config
    }

    /// Where employees ask, and how it is listened there.
    fn listened(&self) -> BTreeMap<u64, Listening> {
        let everything = std::iter::once(&self.help).chain(&self.also).map(|channel| (channel.get(), Listening::Everything));
        everything.chain([(self.mentions.get(), Listening::Mentions)]).collect::<BTreeMap<_, _>>()
    }

    pub(super) fn flows(&self) -> Flows {
        let cards = ["general", "clinical"].map(|group| (GroupId::new(group), ChannelName::new(CHANNEL)));
        let thresholds = Thresholds { answer: PerMille::new(600), offer: PerMille::new(200) };
        Flows::new(Needs {
            store: Arc::new(self.store.clone()),
            index: Arc::new(Shelf),
            clock: Arc::clone(&self.clock) as _,
            ids: Arc::clone(&self.ids) as _,
            news: Arc::clone(&self.news) as _,
            policy: Policy { thresholds, groups: self.config().shared_out(groups()), cards: BTreeMap::from(cards) },
            adviser: None,
        })
        .with_files(Arc::new(crate::files::Folder::at(self.folder.path().join("files"))))
    }

    /// Somebody who works here.
    pub(super) fn employee(&self, name: &str) -> Person {
        self.discord.member(name, &[])
    }

    /// Somebody who helps here.
    pub(super) fn consultant(&self, name: &str) -> Person {
        self.discord.member(name, &[self.operator])
    }

    /// Time passes, here and on the platform.
    pub(super) fn passes(&self, span: Duration) {
        self.clock.advance(span);
        self.discord.advance(span);
        self.news.wake.notify_one();
    }

    /// Time passes once everything that was decided is done: nothing is under way meanwhile.
    pub(super) async fn later(&self, span: Duration) {
        self.until("everything to be done", async |store| (store.waiting().await.unwrap() == 0).then_some(())).await;
        self.passes(span);
    }

    /// Waits until something is so in the store; it is looked at after every commit.
    pub(super) async fn until<T>(&self, what: &str, mut look: impl AsyncFnMut(&SqlStore) -> Option<T>) -> T {
        let mut commits = self.news.commits.subscribe();
        let waiting = async {
            loop {
                if let Some(found) = look(&self.store).await {
                    return found;
                }
                // Not everything that is kept is a decision, so it is looked at now and then besides.
                let _ = tokio::time::timeout(Duration::from_millis(20), commits.changed()).await;
            }
        };
        let found = tokio::time::timeout(PATIENCE, waiting).await;
        found.unwrap_or_else(|_| panic!("waited for {what}\n{}", self.discord.transcript(self.help)))
    }

    /// Waits until the employee's conversation has this line, by whom it says.
    pub(super) async fn until_said(&self, employee: &Person, by: &str, words: &str) {
        let id = EmployeeId::new(format!("{CHANNEL}:{}", employee.id()));
        let what = format!("{by} to have said {words:?}");
        self.until(&what, async |store| {
            let conversations = store.conversations_after(None, 100).await.unwrap();
            for conversation in conversations.iter().filter(|conversation| conversation.employee.id == id) {
                let lines = store.lines(conversation.id, None, Visibility::Desk).await.unwrap();
                let fits = |author: &Author, content: &Content| who(author) == by && is_text(content, words);
                if lines.iter().any(|recorded| fits(&recorded.line.author, &recorded.line.content)) {
                    return Some(());
                }
            }
            None
        })
        .await;
    }

    /// Waits until an errand has gone wrong and waits for its next try.
    pub(super) async fn until_put_off(&self) {
        let now = self.clock.now();
        // An errand that is being run is held for a minute; one that is put off comes back sooner.
        let soon = now.after(Duration::from_secs(30));
        self.until("an errand to be put off", async |store| {
            store.next_due().await.unwrap().filter(|due| (now..soon).contains(due) && *due != now)
        })
        .await;
    }

    /// Waits until every errand is run.
    pub(super) async fn until_nothing_waits(&self) {
        self.until("every errand to be run", async |store| (store.waiting().await.unwrap() == 0).then_some(())).await;
    }

    /// The tickets there are.
    pub(super) async fn tickets(&self) -> Vec<TicketSummary> {
        self.store.tickets(&TicketFilter::default()).await.unwrap()
    }
}

fn who(author: &Author) -> &str {
    match author {
        Author::Employee => "the employee",
        Author::Bot => "the bot",
        Author::Operator { name, .. } => name,
    }
}

fn is_text(content: &Content, words: &str) -> bool {
    matches!(content, Content::Question(text) | Content::Text(text) | Content::Note(text) if text.as_str() == words)
}

/// Two groups with operators here, and many more elsewhere.
fn groups() -> Groups {
    let group = |id: &str, names: [&str; 3], hints: &[&str]| Group {
        id: GroupId::new(id),
        names: names.map(str::to_owned),
        hints: hints.iter().map(|hint| (*hint).to_owned()).collect(),
    };
    let mut groups = vec![
        group("general", ["Generell støtte", "Generell støtte", "General support"], &[]),
        group("clinical", ["Klinisk støtte", "Klinisk støtte", "Clinical support"], &["journal"]),
        group("laboratory", ["Laboratoriet", "Laboratoriet", "The laboratory"], &[]),
    ];
    groups.extend(
        (4..=326)
            .map(|n| group(&format!("unit-{n}"), [&format!("Enhet {n}"), &format!("Eining {n}"), &format!("Unit {n}")], &[])),
    );
    Groups::new(groups).unwrap()
}

fn standard_replies() -> Vec<StandardReply> {
    let reply = |slug: &str, title: &str, body: &str| StandardReply {
        slug: Slug::new(slug),
        lang: Lang::Nb,
        title: title.to_owned(),
        group: None,
        tags: Vec::new(),
        body: body.to_owned(),
    };
    vec![
        reply("vi-kommer", "Vi kommer til deg", "Hei {name}. Vi kommer til deg om sak {number}. Hilsen {operator}"),
        reply("hvor", "Hvor er du?", "Hei {name}. Vi kommer til {sted?}."),
    ]
}
