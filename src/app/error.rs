//! Why Firstline cannot run: one sentence that names the thing and what to do.

use std::error::Error;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::channels::discord::DiscordError;
use crate::config::ConfigError;
use crate::identity::NoProvider;
use crate::library::LibraryError;
use crate::model::NoClient;
use crate::ports::StoreError;
use crate::search::SearchError;
use crate::store::OpenError;
use crate::system::NoChance;
use crate::wording::WordingError;

/// Why Firstline cannot run. `Display` is the sentence for whoever started it.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The configuration cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The folder for what is kept cannot be made or written.
    #[error("the data folder {folder} cannot be written ({reason}); make it writable, or name another with `data` or --data", folder = folder.display())]
    Data {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The knowledge base's folder cannot be read.
    #[error("{0}; name another folder with `kb` or --kb")]
    Library(LibraryError),
    /// The index cannot be made.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The database cannot be opened.
    #[error("{what}{why}", what = .0, why = because(.0))]
    Open(#[from] OpenError),
    /// The database failed.
    #[error("{0}; `firstline doctor` looks into it")]
    Store(#[from] StoreError),
    /// Somebody is to be invited to a group that is not configured.
    #[error(
        "there is no group \"{0}\"; [[groups]] in the configuration names them, and firstline.example.toml those that there are without it"
    )]
    NoSuchGroup(String),
    /// Another program listens there.
    #[error("{0} is in use by another program; stop it, or choose another address with `listen` or FIRSTLINE_LISTEN")]
    InUse(SocketAddr),
    /// It cannot be listened there.
    #[error("cannot listen on {address} ({reason}); choose another address with `listen` or FIRSTLINE_LISTEN")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        reason: String,
    },
    /// People reach it from other machines, and nobody says who they are.
    #[error(
        "people reach Firstline from other machines ({reached}), and nothing says who they are: set client_id, kind and issuer or \
         tenant under [sign_in] (OpenID Connect), or proxy_header and trusted_proxies under [sign_in] (a proxy that signs people \
         in); docs/sign-in.md shows how. Without them, listen on 127.0.0.1 and leave public_url out"
    )]
    OpenToAll {
        /// What reaches further than this machine.
        reached: String,
    },
    /// The sign-in service cannot be called.
    #[error(transparent)]
    Identity(#[from] NoProvider),
    /// Discord cannot be started.
    #[error(transparent)]
    Discord(#[from] DiscordError),
    /// The language model cannot be called.
    #[error(transparent)]
    Model(#[from] NoClient),
    /// The embedded sentences are broken.
    #[error(transparent)]
    Wording(#[from] WordingError),
    /// The operating system gives no threads or signals.
    #[error("the operating system does not let Firstline start ({0})")]
    Runtime(String),
    /// There is no chance to be had.
    #[error(transparent)]
    NoChance(#[from] NoChance),
}

/// What the system or the database itself said, where it said something.
fn because(error: &dyn Error) -> String {
    error.source().map(|cause| format!(" ({cause})")).unwrap_or_default()
}
