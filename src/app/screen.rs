//! What is shown at start: where to go, what is on, what to do next.

use std::fmt;
use std::path::PathBuf;

use super::knowledge::Figures;

/// What is shown at start.
#[derive(Clone, Debug)]
pub struct StartScreen {
    /// Where people reach the pages.
    pub public_url: String,
    /// How operators sign in.
    pub sign_in: WayIn,
    /// The knowledge base's folder.
    pub kb: PathBuf,
    /// What was loaded from it.
    pub figures: Figures,
    /// The channels that are on, besides the web.
    pub discord: DiscordLine,
    /// Where the language model is, where one is configured.
    pub model: Option<String>,
    /// The folder for what is kept.
    pub data: PathBuf,
    /// Whether people beyond this machine can reach the pages without TLS in front.
    pub open_without_tls: bool,
}

/// How operators sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WayIn {
    /// By this link, once.
    Link(String),
    /// With the service that people call so.
    Service(String),
    /// With a proxy in front, which says who they are in this header.
    Proxy(String),
}

/// How Discord stands at start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiscordLine {
    /// No token is given.
    Off,
    /// It is being connected, to listen in so many channels.
    Connecting {
        /// How many channels are listened in.
        channels: usize,
    },
}

impl fmt::Display for StartScreen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { public_url, .. } = self;
        writeln!(f, "\nFirstline {}\n", env!("CARGO_PKG_VERSION"))?;
        row(f, "Employees ask", &format!("{public_url}/"))?;
        row(f, "Operators work", &format!("{public_url}/desk"))?;
        match &self.sign_in {
            WayIn::Link(link) => row(f, "  sign in (once)", link)?,
            WayIn::Service(name) => row(f, "  sign in", &format!("with {name}"))?,
            WayIn::Proxy(header) => row(f, "  sign in", &format!("with the proxy in front ({header})"))?,
        }
        row(f, "Articles", &self.articles())?;
        if self.figures.left_out > 0 {
            row(f, "  left out", &format!("{}; `firstline kb check` says why", files(self.figures.left_out)))?;
        }
        self.channels(f)?;
        if let Some(model) = &self.model {
            row(f, "Model", &format!("{model}; it sees redacted questions and found passages"))?;
        }
        row(f, "Data", &self.data.display().to_string())?;
        if self.open_without_tls {
            row(f, "Note", "reachable from other machines: put a TLS proxy in front and set public_url")?;
        }
        writeln!(f, "\nCtrl-C stops. `firstline --help` shows what else there is.")
    }
}

impl StartScreen {
    fn articles(&self) -> String {
        let total: usize = self.figures.articles.values().sum();
        let by_lang: Vec<String> = self.figures.articles.iter().map(|(lang, count)| format!("{lang} {count}")).collect();
        match total {
            0 => format!("none in {}; every question goes to a person", self.kb.display()),
            _ => format!("{total} in {} ({})", self.kb.display(), by_lang.join(", ")),
        }
    }

    fn channels(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.discord {
            DiscordLine::Connecting { channels: 0 } => {
                row(f, "Channels", "web; Discord, connecting")?;
                row(f, "  no channel yet", "set [discord] channels to hear every question there (firstline.example.toml)")
            }
            DiscordLine::Connecting { channels } => {
                let plural = if channels == 1 { "channel" } else { "channels" };
                row(f, "Channels", &format!("web; Discord, connecting ({channels} {plural})"))
            }
            DiscordLine::Off => {
                row(f, "Channels", "web")?;
                row(f, "  Discord is off", "set FIRSTLINE_DISCORD_TOKEN and the [discord] channels (firstline.example.toml)")
            }
        }
    }
}

fn row(f: &mut fmt::Formatter<'_>, name: &str, value: &str) -> fmt::Result {
    writeln!(f, "  {name:<17} {value}")
}

fn files(count: usize) -> String {
    if count == 1 { "1 file".to_owned() } else { format!("{count} files") }
}
