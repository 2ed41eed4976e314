//! Discord's REST side: every call has a deadline, and every failure says whether trying again can help.

use std::future::Future;
use std::time::Duration;

use serenity::all::HttpError;

use super::hindrance::Hindrance;
use crate::boundary::pass;
use crate::domain::obstacle::Obstacle;
use crate::ports::ChatFailure;

/// How long Discord may take to answer.
const DEADLINE: Duration = Duration::from_secs(15);

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum RestError {
    /// No answer in time; what was asked may have been done all the same.
    #[error("Discord did not answer within {} s", DEADLINE.as_secs())]
    Late,
    /// The connection failed, or the answer was not understood.
    #[error("Discord could not be reached: {0}")]
    Wire(String),
    /// Discord is busy or out of order.
    #[error("Discord answered {status}: {message}")]
    Busy {
        /// HTTP's status.
        status: u16,
        /// Discord's words.
        message: String,
    },
    /// Discord was not asked, since it was asked too much lately.
    #[error("Discord is left alone for {} s more", wait.as_secs())]
    Braked {
        /// How long.
        wait: Duration,
    },
    /// Too much was written in the place since then to tell whether it was done.
    #[error("it cannot be told whether it was said already: too much was written there since")]
    Unsure,
    /// Discord will not do it.
    #[error("Discord refused ({status}, code {code}): {message}")]
    Refused {
        /// HTTP's status.
        status: u16,
        /// Discord's own code.
        code: isize,
        /// Discord's words.
        message: String,
    },
}

/// Discord's own codes that are told apart.
pub(super) mod code {
    pub(in super::super) const UNKNOWN_CHANNEL: isize = 10_003;
    pub(in super::super) const UNKNOWN_GUILD: isize = 10_004;
    pub(in super::super) const UNKNOWN_MEMBER: isize = 10_007;
    pub(in super::super) const UNKNOWN_MESSAGE: isize = 10_008;
    pub(in super::super) const UNKNOWN_USER: isize = 10_013;
    pub(in super::super) const UNKNOWN_INTERACTION: isize = 10_062;
    pub(in super::super) const TOO_MANY_MEMBERS: isize = 30_033;
    pub(in super::super) const OLD_MESSAGE_EDITED_TOO_OFTEN: isize = 30_046;
    pub(in super::super) const ALREADY_ACKNOWLEDGED: isize = 40_060;
    pub(in super::super) const MISSING_ACCESS: isize = 50_001;
    pub(in super::super) const CANNOT_WRITE_TO_USER: isize = 50_007;
    pub(in super::super) const MISSING_PERMISSIONS: isize = 50_013;
    pub(in super::super) const WRONG_KIND_OF_CHANNEL: isize = 50_024;
    pub(in super::super) const THREAD_ARCHIVED: isize = 50_083;
    pub(in super::super) const NO_SERVER_IN_COMMON: isize = 50_278;
    pub(in super::super) const THREAD_LOCKED: isize = 160_005;
    pub(in super::super) const TOO_MANY_THREADS: isize = 160_006;
}

/// Makes a call, and waits for its answer no longer than the deadline.
pub(super) async fn within<T>(call: impl Future<Output = serenity::Result<T>>) -> Result<T, RestError> {
    let refused = || serenity::Error::Other("the connection was refused");
    // Boxed, since whoever awaits it would else carry the library's large future.
    let call = Box::pin(pass("called Discord", call, refused));
    match tokio::time::timeout(DEADLINE, call).await {
        Ok(answer) => answer.map_err(RestError::from),
        Err(_) => Err(RestError::Late),
    }
}

impl From<serenity::Error> for RestError {
    fn from(error: serenity::Error) -> Self {
        match error {
            serenity::Error::Http(HttpError::UnsuccessfulRequest(answer)) => {
                let (status, message) = (answer.status_code.as_u16(), answer.error.message);
                if matches!(status, 401 | 429) || status >= 500 {
                    Self::Busy { status, message }
                } else {
                    Self::Refused { status, code: answer.error.code, message }
                }
            }
            serenity::Error::Model(error) => Self::Refused { status: 400, code: 0, message: error.to_string() },
            // An interaction's address holds its token, so no address is told.
            serenity::Error::Http(HttpError::Request(error)) => Self::Wire(error.without_url().to_string()),
            other => Self::Wire(other.to_string()),
        }
    }
}

impl RestError {
    /// Discord's own code, where it refused.
    pub(super) const fn code(&self) -> Option<isize> {
        match self {
            Self::Refused { code, .. } => Some(*code),
            Self::Late | Self::Wire(_) | Self::Busy { .. } | Self::Braked { .. } | Self::Unsure => None,
        }
    }

    /// The status that Discord answered with.
    pub(super) const fn status(&self) -> Option<u16> {
        match self {
            Self::Refused { status, .. } | Self::Busy { status, .. } => Some(*status),
            Self::Late | Self::Wire(_) | Self::Braked { .. } | Self::Unsure => None,
        }
    }

    /// Whether Discord does not know, or does not know any more, the interaction that this was about.
    pub(super) const fn is_over(&self) -> bool {
        matches!(self, Self::Busy { status: 401, .. } | Self::Refused { status: 404, .. })
    }

    /// Whether the person takes no direct messages from us.
    pub(super) const fn is_closed_to_us(&self) -> bool {
        matches!(self.code(), Some(code::CANNOT_WRITE_TO_USER | code::NO_SERVER_IN_COMMON | code::UNKNOWN_USER))
    }

    /// Whether the token itself was refused.
    pub(super) const fn is_token_refused(&self) -> bool {
        matches!(self, Self::Busy { status: 401, .. })
    }

    /// The failure of an errand while it was `doing` something.
    pub(super) fn failure(self, doing: &str) -> ChatFailure {
        match self {
            Self::Refused { .. } => {
                let why = self.hindrance().map_or(Obstacle::Other, Hindrance::obstacle);
                ChatFailure::Stuck { why, reason: self.reason(doing) }
            }
            Self::Unsure => ChatFailure::Stuck { why: Obstacle::Unsure, reason: self.reason(doing) },
            Self::Braked { wait } => ChatFailure::Later { reason: self.reason(doing), wait: Some(wait) },
            Self::Late | Self::Wire(_) | Self::Busy { .. } => ChatFailure::Later { reason: self.reason(doing), wait: None },
        }
    }

    /// What happened while it was `doing` something, and what an administrator can do about it.
    pub(super) fn reason(&self, doing: &str) -> String {
        let remedy = self.code().and_then(remedy).map(|remedy| format!("; {remedy}")).unwrap_or_default();
        format!("{doing}: {self}{remedy}")
    }
}

/// What an administrator can do about one of Discord's codes.
fn remedy(code: isize) -> Option<&'static str> {
    Some(match code {
        code::UNKNOWN_CHANNEL => "the channel or thread is gone: correct firstline.toml if it is a configured one",
        code::UNKNOWN_MESSAGE => "the message is gone",
        code::MISSING_ACCESS => "let the bot (or the person to be added) see the channel: View Channel, Read Message History",
        code::UNKNOWN_MEMBER | code::UNKNOWN_USER | code::NO_SERVER_IN_COMMON => "the person is not in the server",
        code::CANNOT_WRITE_TO_USER => "the person does not take direct messages from the bot",
        code::THREAD_LOCKED => "unlock the thread, or give the bot's role Manage Threads there",
        code::MISSING_PERMISSIONS => {
            "give the bot's role Send Messages, Create Private Threads, Send Messages in Threads and Manage Threads there"
        }
        code::TOO_MANY_THREADS => "the server has about 1 000 active threads, which is Discord's limit: close or archive some",
        _ => return None,
    })
}
