//! What every page and every call works with.

use std::ops::Deref;
use std::sync::Arc;

use metrics_exporter_prometheus::PrometheusHandle;
use tokio_util::sync::CancellationToken;

use super::live::Live;
use super::presence::Presence;
use super::sign_in::SignIn;
use crate::config::{ApiToken, LookConfig};
use crate::domain::ids::{ChannelName, EmployeeId};
use crate::domain::lang::Lang;
use crate::domain::message::{Employee, Redacted, Secret};
use crate::flows::{Editing, Flows, Learning};
use crate::ports::{Aids, Clock, Ids, Index, StandardReplies, Store};
use crate::wording::{Facts, Wording};

/// The privacy filter: the text without secrets, and what was taken out of it, in order.
pub type Privacy = Arc<dyn Fn(&str) -> (Redacted, Vec<Secret>) + Send + Sync>;

/// What every page and every call works with; it reads as its [`Parts`]. Cheap to clone.
#[derive(Clone)]
pub struct Desk(Arc<Whole>);

struct Whole {
    parts: Parts,
    presence: Presence,
}

/// What the desk is made of.
pub struct Parts {
    /// The verbs.
    pub flows: Flows,
    /// The verbs of learning.
    pub learning: Learning,
    /// The verbs of editing.
    pub editing: Editing,
    /// Reads what no verb is needed for: sessions, a ticket's number.
    pub store: Arc<dyn Store>,
    /// Reads whole articles.
    pub index: Arc<dyn Index>,
    /// Knows the standard replies.
    pub replies: Arc<dyn StandardReplies>,
    /// Knows the links, and finds them and standard replies.
    pub aids: Arc<dyn Aids>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes secrets.
    pub ids: Arc<dyn Ids>,
    /// The sentences.
    pub wording: Arc<Wording>,
    /// What the sentences tell of this installation.
    pub facts: Arc<Facts>,
    /// Wakes open pages.
    pub live: Live,
    /// Tells how the channels are.
    pub health: Arc<dyn Health>,
    /// The figures for `/metrics`.
    pub metrics: PrometheusHandle,
    /// Everything that people type goes through it.
    pub privacy: Privacy,
    /// How people sign in.
    pub sign_in: SignIn,
    /// The origins of the sites that may show the chat on their pages.
    pub embedded_by: Vec<String>,
    /// Other systems that may work as operators.
    pub api_tokens: Vec<ApiToken>,
    /// The organisation's name, logo and theme.
    pub look: LookConfig,
    /// How large a file may be, in megabytes (1 000 000 bytes); `0` where none are taken.
    pub largest_file_mb: u32,
    /// The language for readers who have not chosen and whose browser does not say.
    pub lang: Lang,
    /// Open streams end when it is cancelled, so that stopping does not wait for pages that listen.
    pub stop: CancellationToken,
}

/// Tells how the channels to other platforms are.
pub trait Health: Send + Sync {
    /// Every configured channel, in a stable order. Must not block.
    fn channels(&self) -> Vec<ChannelReport>;
}

/// How one channel is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelReport {
    /// Which.
    pub channel: ChannelName,
    /// How it is.
    pub condition: Condition,
    /// The wording's key for what operators are told of it, where they should know.
    pub notice: Option<&'static str>,
}

/// Whether people can be reached through a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// They can.
    Up,
    /// Not yet: it is being connected.
    Connecting,
    /// They can, but something is missing.
    Limited {
        /// What, in words that tell an administrator what to do.
        reason: String,
    },
    /// They cannot.
    Down {
        /// Why, in words that tell an administrator what to do.
        reason: String,
    },
}

/// What is said of an employee, by themselves or by whoever vouches for them. Nothing is believed because of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// What to call them.
    pub name: Option<String>,
    /// Where to write to them.
    pub email: Option<String>,
    /// The member organisation they belong to.
    pub organisation: Option<String>,
}

/// The longest name, address or organisation that is kept, in characters.
const LONGEST_DETAIL: usize = 200;

impl Desk {
    /// The desk over these parts.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let presence = Presence::new(Arc::clone(&parts.clock), parts.live.clone());
        Self(Arc::new(Whole { parts, presence }))
    }

    /// Who is at which conversation just now.
    pub(super) fn presence(&self) -> &Presence {
        &self.0.presence
    }

    /// This employee, with what is said of them after the privacy filter.
    #[must_use]
    pub fn employee(&self, id: EmployeeId, person: Person) -> Employee {
        let detail = |said: Option<String>| self.typed_name(&said?, LONGEST_DETAIL);
        let Person { name, email, organisation } = person;
        Employee { id, name: detail(name), email: detail(email), organisation: detail(organisation) }
    }
}

impl Deref for Desk {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0.parts
    }
}
