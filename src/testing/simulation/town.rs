//! The town where the stories happen: the platform with its channels and people, and what the program is configured with. It is
//! there before the program first starts, and stays when that crashes.

use std::fs;
use std::sync::Arc;

use super::clock::StoryClock;
use super::scratch::Scratch;
use crate::config::Config;
use crate::domain::answer::{PerMille, Thresholds};
use crate::domain::ids::{ChannelName, EmployeeId, OperatorId};
use crate::domain::message::Employee;
use crate::domain::permission::{Membership, Operator, Roles};
use crate::domain::place::{Delivery, Place};
use crate::ports::Clock;
use crate::testing::CountedIds;
use crate::testing::discord::{ChannelId, FakeDiscord, Person};
use crate::wording::Wording;

/// When the bot answers, and when it offers.
const THRESHOLDS: Thresholds = Thresholds { answer: PerMille::new(600), offer: PerMille::new(200) };

pub(super) struct Town {
    pub(super) fake: FakeDiscord,
    pub(super) clock: Arc<StoryClock>,
    pub(super) ids: Arc<CountedIds>,
    pub(super) folder: Scratch,
    pub(super) config: Config,
    pub(super) wording: Arc<Wording>,
    /// Where employees ask.
    pub(super) help: ChannelId,
    /// Where the standing message is.
    pub(super) start: ChannelId,
    /// Where operators see tickets: the general desk's, and the clinical desk's.
    pub(super) desks: [ChannelId; 2],
    pub(super) employees: Vec<Person>,
    pub(super) operators: Vec<Person>,
    /// Until when the platform's clock has come, in milliseconds since 1970.
    platform: i64,
}

impl Town {
    /// A town over an empty database, of which `template` is a copy.
    pub(super) async fn new(wording: Arc<Wording>, template: &[u8]) -> std::io::Result<Self> {
        let clock = Arc::new(StoryClock::default());
        let platform = clock.now().millis();
        let fake = FakeDiscord::start_at(platform).await;
        let role = fake.role("Operatør");
        let (help, start) = (fake.text_channel("hjelp"), fake.text_channel("start"));
        let desks = [fake.channel_for("skranke", &[role]), fake.channel_for("klinisk-skranke", &[role])];
        let employees = ["Ola", "Eva", "Nils", "Liv"].map(|name| fake.member(name, &[])).to_vec();
        let operators = ["Kari", "Per", "Siri"].map(|name| fake.member(name, &[role])).to_vec();
        let folder = Scratch::new()?;
        fs::write(folder.path().join("firstline.db"), template)?;
        let settings = format!(
            "[[groups]]\nid = \"general\"\nnb = \"Generell støtte\"\n[[groups]]\nid = \"clinical\"\nnb = \"Klinisk støtte\"\n\
             hints = [\"journal\"]\n[discord]\nchannels = [{help}]\npanels = [{start}]\n[discord.groups.general]\nchannel = {}\nrole = {role}\n\
             [discord.groups.clinical]\nchannel = {}\n",
            desks[0], desks[1]
        );
        let file = folder.path().join("firstline.toml");
        fs::write(&file, settings)?;
        let secrets = [("FIRSTLINE_DISCORD_TOKEN", fake.token().to_owned()), ("FIRSTLINE_DISCORD_API", fake.url())];
        let secrets = secrets.into_iter().map(|(name, value)| (name.to_owned(), value));
        let config = Config::load(Some(&file), secrets, THRESHOLDS).map_err(std::io::Error::other)?;
        let ids = Arc::new(CountedIds::default());
        Ok(Self { fake, clock, ids, folder, config, wording, help, start, desks, employees, operators, platform })
    }

    /// The database's URL.
    pub(super) fn database(&self) -> String {
        format!("sqlite:{}", self.folder.path().join("firstline.db").display())
    }

    /// Moves the platform's clock to where the program's is.
    pub(super) fn keep_time(&mut self) {
        let now = self.clock.now().millis();
        if let Ok(gone @ 1..) = u64::try_from(now - self.platform) {
            self.fake.advance(std::time::Duration::from_millis(gone));
            self.platform = now;
        }
    }

    /// A channel's name, for people.
    pub(super) fn name_of(&self, channel: ChannelId) -> String {
        match channel {
            here if here == self.help => "the help channel".to_owned(),
            here if self.desks.contains(&here) => "the desk's channel".to_owned(),
            here if self.fake.threads(self.help).iter().any(|thread| thread.id == here) => format!("the thread {here}"),
            _ => format!("the direct conversation {channel}"),
        }
    }
}

/// Somebody who asks on a page.
pub(super) fn visitor(number: usize) -> (Employee, Place) {
    let id = EmployeeId::new(format!("web:{number}"));
    let employee = Employee { id, name: Some(format!("Gjest {number}")), email: None, organisation: None };
    (employee, Place { channel: ChannelName::new("web"), address: format!("session-{number}"), delivery: Delivery::Read })
}

/// Somebody who works in the desk's pages.
pub(super) fn desk_operator(number: usize) -> Operator {
    let id = OperatorId::new(format!("desk:{number}"));
    Operator { id, name: format!("Konsulent {number}"), groups: Membership::Every, roles: Roles::all() }
}
