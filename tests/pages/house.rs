//! The desk over a real store in a folder of its own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{Request, StatusCode};
use firstline::config::{ApiToken, LookConfig, SecretText, SignInConfig};
use firstline::desk::pages::{Invitation, new_sign_in_link};
use firstline::desk::{ChannelReport, Desk, Health, Live, Parts, SignIn, router};
use firstline::domain::answer::{PerMille, Thresholds};
use firstline::domain::ids::{ChannelName, EmployeeId, ExternalId, Fresh, GroupId, OutboxId};
use firstline::domain::lang::Lang;
use firstline::domain::learned::LearningPolicy;
use firstline::domain::message::{Employee, IncomingMessage, LangHint, Redacted, Secret};
use firstline::domain::obstacle::Obstacle;
use firstline::domain::permission::{Membership, Role, Roles};
use firstline::domain::place::{Delivery, Place, Readers};
use firstline::domain::policy::Policy;
use firstline::domain::routing::{Group, Groups};
use firstline::domain::time::Timestamp;
use firstline::files::Folder;
use firstline::flows::{Flows, Learning, LearningNeeds, Needs};
use firstline::jobs::{Remember, WatchIncidents};
use firstline::ports::{Clock, Ids, PastTickets, StandardReplies};
use firstline::search::{AidIndex, TicketIndex};
use firstline::store::SqlStore;
use firstline::wording::{Facts, Wording};
use metrics_exporter_prometheus::PrometheusBuilder;
use serde_json::Value;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use super::browser::Browser;
use super::shelf::Shelf;

/// The token of a system that may only read.
pub(super) const AUDITOR: &str = "token-of-an-auditor";

/// The token of a system that works in the desk.
pub(super) const OPERATOR: &str = "token-of-an-operator";

/// What the tests' privacy filter takes out.
pub(super) const FNR: &str = "01010112345";

pub(super) struct House {
    pub(super) app: Router,
    pub(super) stop: CancellationToken,
    pub(super) clock: Arc<Now>,
    desk: Desk,
    past: Arc<dyn PastTickets>,
    /// The articles that editors keep; nobody is answered with them.
    pub(super) kb: PathBuf,
    folder: TempDir,
}

impl House {
    pub(super) async fn open() -> Self {
        Self::at("http://hjelp.example").await
    }

    pub(super) async fn at(public_url: &str) -> Self {
        Self::build(public_url, &[], LookConfig::default(), &SignInConfig::default()).await
    }

    /// A house of an organisation that has a look of its own.
    pub(super) async fn looking_like(look: LookConfig) -> Self {
        Self::build("http://hjelp.example", &[], look, &SignInConfig::default()).await
    }

    /// With other ways of signing in.
    pub(super) async fn with(public_url: &str, sign_in: &SignInConfig) -> Self {
        Self::build(public_url, &[], LookConfig::default(), sign_in).await
    }

    /// With these files in the folder that editors keep.
    pub(super) async fn with_articles(public_url: &str, files: &[(&str, &str)]) -> Self {
        Self::build(public_url, files, LookConfig::default(), &SignInConfig::default()).await
    }

    async fn build(public_url: &str, files: &[(&str, &str)], look: LookConfig, sign_in: &SignInConfig) -> Self {
        let folder = TempDir::new().unwrap();
        for (file, text) in files {
            let path = folder.path().join("kb").join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Self::over(folder, public_url, Own { look, ..Own::usual(sign_in) }).await
    }

    async fn over(folder: TempDir, public_url: &str, own: Own<'_>) -> Self {
        let store = SqlStore::open(&format!("sqlite:{}", folder.path().join("firstline.db").display())).await.unwrap();
        let past: Arc<dyn PastTickets> = Arc::new(TicketIndex::in_memory().unwrap());
        let (clock, kb) = (Arc::clone(&own.clock), folder.path().join("kb"));
        let attached = Arc::new(Folder::at(folder.path().join("files")));
        let desk = desk(store, public_url, Arc::clone(&past), attached, &kb, own);
        Self { clock, app: router(desk.clone()), stop: desk.stop.clone(), desk, past, kb, folder }
    }

    /// One whose chat no other site may show.
    pub(super) async fn without_embedding() -> Self {
        let sign_in = SignInConfig::default();
        let own = Own { embedded_by: vec![], ..Own::usual(&sign_in) };
        Self::over(TempDir::new().unwrap(), "http://hjelp.example", own).await
    }

    /// The server stops and starts anew on the same data, with the usual configuration.
    pub(super) async fn starts_anew(self) -> Self {
        self.stop.cancel();
        let (public_url, sign_in) = (self.desk.facts.public_url.clone(), SignInConfig::default());
        Self::over(self.folder, &public_url, Own { clock: self.clock, ..Own::usual(&sign_in) }).await
    }

    /// What was solved up to now can be found from now on.
    pub(super) async fn remembers_what_is_solved(&self) {
        let Parts { store, clock, .. } = &*self.desk;
        let mut job = Remember::new(Arc::clone(store), Arc::clone(&self.past), Arc::clone(clock));
        job.catch_up(&CancellationToken::new()).await.unwrap();
    }

    /// Everybody who waits for an incident that is over is told, as the job does it.
    pub(super) async fn looks_after_incidents(&self) {
        let Parts { flows, store, clock, .. } = &*self.desk;
        WatchIncidents::new(flows.clone(), Arc::clone(store), Arc::clone(clock)).once().await.unwrap();
    }

    /// Calls the API.
    pub(super) async fn calls(&self, method: &str, path: &str, token: Option<&str>, body: &str) -> (StatusCode, Value) {
        let mut request = Request::builder().method(method).uri(path).header(CONTENT_TYPE, "application/json");
        if let Some(token) = token {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        let answer = self.app.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
        let status = answer.status();
        let text = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        (status, serde_json::from_slice(&text).unwrap_or_default())
    }

    /// Somebody asked for a person on another platform, which refused what was said to them in return.
    pub(super) async fn has_stuck(&self, name: &str, why: Obstacle) -> OutboxId {
        let Parts { flows, store, clock, .. } = &*self.desk;
        let message = IncomingMessage {
            conversation: None,
            place: Place { channel: ChannelName::new("chat"), address: "room".to_owned(), delivery: Delivery::Pushed },
            external_id: ExternalId::new(name),
            employee: Employee { id: EmployeeId::new(name), name: Some(name.to_owned()), email: None, organisation: None },
            text: Redacted::vouched("Skjermen er svart"),
            secrets: vec![],
            lang: LangHint::Likely(Lang::Nb),
            readers: Readers::Alone,
        };
        flows.receive(&message).await.unwrap();
        let now = clock.now();
        let leased = store.lease(now, now.after(Duration::from_mins(1)), 1).await.unwrap().remove(0);
        store.give_up(leased.id, why, "the platform said no", now).await.unwrap();
        leased.id
    }

    /// Somebody with a browser of their own.
    pub(super) fn browser(&self) -> Browser {
        Browser::new(self.app.clone())
    }

    /// The path of a link that signs in once.
    pub(super) async fn sign_in_link(&self, groups: Membership, roles: Roles) -> String {
        let invitation = Invitation { name: "Operatør".to_owned(), groups, roles, lasts: Duration::from_mins(10) };
        let Parts { store, ids, clock, facts, .. } = &*self.desk;
        let link = new_sign_in_link(&**store, &**ids, &**clock, facts, invitation).await.unwrap();
        link.strip_prefix(&facts.public_url).unwrap().to_owned()
    }

    /// Learns from all that happened so far, as the job does.
    pub(super) async fn learns(&self) {
        let Parts { store, learning, .. } = &*self.desk;
        for (conversation, event) in store.telling_events(None, 100).await.unwrap() {
            learning.learn_from(conversation, &event).await.unwrap();
        }
        learning.refresh().await.unwrap();
    }

    /// An operator of every group who has signed in.
    pub(super) async fn operator(&self, name: &str) -> Browser {
        self.operator_of(name, Membership::Every).await
    }

    /// Somebody of these groups who may do everything there.
    pub(super) async fn operator_of(&self, name: &str, groups: Membership) -> Browser {
        self.signed_in(name, groups, Roles::all()).await
    }

    /// Somebody who has signed in.
    pub(super) async fn signed_in(&self, name: &str, groups: Membership, roles: Roles) -> Browser {
        let link = self.sign_in_link(groups, roles).await;
        let token = link.split_once("token=").unwrap().1.to_owned();
        let mut browser = self.browser();
        let answer = browser.posts("/desk/sign-in", &[("token", &token), ("name", name)]).await;
        assert_eq!(answer.leads_to(), "/desk");
        browser
    }
}

/// What a test's house has of its own.
struct Own<'a> {
    look: LookConfig,
    sign_in: &'a SignInConfig,
    clock: Arc<Now>,
    embedded_by: Vec<String>,
}

impl<'a> Own<'a> {
    fn usual(sign_in: &'a SignInConfig) -> Self {
        let embedded_by = vec!["https://intranett.example.no".to_owned()];
        Self { look: LookConfig::default(), sign_in, clock: Arc::default(), embedded_by }
    }
}

fn desk(store: SqlStore, public_url: &str, past: Arc<dyn PastTickets>, files: Arc<Folder>, kb: &Path, own: Own<'_>) -> Desk {
    let Own { look, sign_in, clock, embedded_by } = own;
    let (store, live, ids) = (Arc::new(store), Live::new(), Arc::new(Numbers(AtomicI64::new(0))));
    let group = |id, nb: &str, nn: &str, en: &str| Group {
        id: GroupId::new(id),
        names: [nb, nn, en].map(str::to_owned),
        hints: vec!["journal".to_owned()],
    };
    let general = Group { hints: vec![], ..group("general", "Generell støtte", "Generell støtte", "General support") };
    let groups = Groups::new(vec![general, group("clinical", "Klinisk støtte", "Klinisk støtte", "Clinical support")]).unwrap();
    let thresholds = Thresholds { answer: PerMille::new(600), offer: PerMille::new(250) };
    let policy = Policy { thresholds, groups: groups.clone(), cards: BTreeMap::new() };
    let needs = Needs {
        store: store.clone(),
        index: Arc::new(Shelf),
        clock: clock.clone(),
        ids: ids.clone(),
        news: Arc::new(live.clone()),
        policy: policy.clone(),
        adviser: None,
    };
    let learning = Learning::new(LearningNeeds {
        store: store.clone(),
        index: Arc::new(Shelf),
        pupil: Arc::new(Shelf),
        clock: clock.clone(),
        ids: ids.clone(),
        policy: LearningPolicy { enabled: true, confirmations: 3 },
        groups: groups.clone(),
    });
    let timezone = jiff::tz::TimeZone::get("Europe/Oslo").unwrap();
    let aids = Arc::new(AidIndex::default());
    aids.put_replies(&Shelf.standard_replies());
    Desk::new(Parts {
        flows: Flows::new(needs).with_past_tickets(past).with_files(files),
        learning,
        editing: firstline::testing::editing(kb, policy, (store.clone(), aids.clone()), clock.clone(), ids.clone()),
        store,
        index: Arc::new(Shelf),
        replies: Arc::new(Shelf),
        aids,
        clock,
        ids,
        wording: Arc::new(Wording::embedded().unwrap()),
        facts: Arc::new(Facts { public_url: public_url.to_owned(), urgent_phone: None, groups, timezone }),
        live,
        health: Arc::new(NoChannels),
        metrics: PrometheusBuilder::new().build_recorder().handle(),
        privacy: Arc::new(privacy),
        sign_in: SignIn::new(sign_in, None),
        api_tokens: vec![auditor(), worker()],
        embedded_by,
        look,
        largest_file_mb: 1,
        lang: Lang::Nb,
        stop: CancellationToken::new(),
    })
}

fn privacy(text: &str) -> (Redacted, Vec<Secret>) {
    let found = text.contains(FNR).then_some(Secret::Fnr);
    (Redacted::vouched(text.replace(FNR, "[fødselsnummer]")), found.into_iter().collect())
}

/// A system that reads and changes nothing.
fn auditor() -> ApiToken {
    let (roles, groups) = (Roles::from([Role::Auditor]), Membership::Every);
    ApiToken { name: "revisjon".to_owned(), token: SecretText::new(AUDITOR), roles, groups }
}

/// A system that works on tickets.
fn worker() -> ApiToken {
    ApiToken { name: "system".to_owned(), token: SecretText::new(OPERATOR), roles: Roles::operator(), groups: Membership::Every }
}

/// The machine's clock, and what a test has moved it on by.
#[derive(Default)]
pub(super) struct Now(AtomicI64);

impl Now {
    pub(super) fn advance(&self, span: Duration) {
        self.0.fetch_add(i64::try_from(span.as_micros()).unwrap(), Ordering::SeqCst);
    }
}

impl Clock for Now {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(jiff::Timestamp::now().as_microsecond() + self.0.load(Ordering::SeqCst))
    }
}

struct Numbers(AtomicI64);

impl Ids for Numbers {
    fn block(&self, now: Timestamp) -> Fresh {
        Fresh::starting_at((now.millis() << 20) + self.0.fetch_add(Fresh::BLOCK, Ordering::Relaxed))
    }

    fn secret(&self) -> String {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes).unwrap();
        bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
    }
}

struct NoChannels;

impl Health for NoChannels {
    fn channels(&self) -> Vec<ChannelReport> {
        Vec::new()
    }
}
