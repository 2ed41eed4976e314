//! The need to know who somebody is, from a service that vouches for people.

use async_trait::async_trait;

use crate::domain::vouched::Vouched;

/// A service that people sign in with.
#[async_trait]
pub trait Identity: Send + Sync {
    /// What people call it.
    fn name(&self) -> &str;

    /// The address to lead a browser to, where the person signs in.
    ///
    /// # Errors
    /// [`IdentityError::Unreachable`] where the service does not answer in time.
    async fn begin(&self, attempt: &Attempt) -> Result<String, IdentityError>;

    /// Who it was that came back with this code. `attempt` is what the same browser began with.
    ///
    /// # Errors
    /// [`IdentityError`] says why nobody is vouched for.
    async fn finish(&self, attempt: &Attempt, returned: &Returned) -> Result<Vouched, IdentityError>;

    /// How the service was when it was last asked. Must not block.
    fn standing(&self) -> Standing;
}

/// What ties an answer to the question: known to one browser and for one attempt.
#[derive(Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Comes back with the browser.
    pub state: String,
    /// Comes back inside what the service signs.
    pub nonce: String,
    /// Shows the service that whoever brings the code is whoever asked for it: 43 to 128 letters and digits.
    pub verifier: String,
}

/// What a browser brings back.
#[derive(Clone, PartialEq, Eq)]
pub struct Returned {
    /// The code, good for once.
    pub code: String,
    /// Who says so, where the service names itself.
    pub issuer: Option<String>,
}

/// How the service was when it was last asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It has not been asked yet.
    Unknown,
    /// It answered.
    Answers,
    /// It did not.
    Silent {
        /// Why, for an administrator.
        reason: String,
    },
}

/// Why nobody is vouched for. `reason` is for the log: it holds neither tokens nor what is known of a person.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// The service does not answer, or not as one.
    #[error("the sign-in service cannot be used: {reason}")]
    Unreachable {
        /// What happened.
        reason: String,
    },
    /// The service does not take the code, or Firstline's own secret.
    #[error("the sign-in service refuses: {reason}")]
    Refused {
        /// What it says.
        reason: String,
    },
    /// What the service says is not signed by it, is not for Firstline, or is not for this attempt.
    #[error("what the sign-in service says is not to be believed: {reason}")]
    NotBelieved {
        /// What is wrong with it.
        reason: String,
    },
    /// The person belongs to another organisation.
    #[error("the person belongs to another organisation")]
    Elsewhere,
}
