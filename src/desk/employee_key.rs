//! Who an employee is who comes through the API or the browser: whoever holds the secret, or whom somebody else vouches for.
//! No name that they give themselves is believed.

use sha2::{Digest, Sha256};

use crate::domain::ids::{ChannelName, EmployeeId, OperatorId};
use crate::domain::place::{Delivery, Place};
use crate::ports::Hash;

/// The ways in that this module keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Another system, through the API.
    Api,
    /// The built-in chat page.
    Web,
    /// A call that an operator wrote down; its secret is the call's own.
    Phone,
}

impl Door {
    /// The channel's name.
    #[must_use]
    pub fn channel(self) -> ChannelName {
        ChannelName::new(self.name())
    }

    /// The employee who holds this secret. The secret itself is kept nowhere.
    #[must_use]
    pub fn employee(self, secret: &str) -> EmployeeId {
        EmployeeId::new(format!("{}:{}", self.name(), hash_of(secret).0))
    }

    /// The employee whom somebody else vouches for under this id. Nobody has a secret that leads to it.
    #[must_use]
    pub fn known(self, id: &OperatorId) -> EmployeeId {
        EmployeeId::new(format!("{}:{id}", self.name()))
    }

    /// The place at this address; its lines are read from the store, not sent.
    #[must_use]
    pub fn place(self, address: impl Into<String>) -> Place {
        Place { channel: self.channel(), address: address.into(), delivery: Delivery::Read }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Web => "web",
            Self::Phone => "phone",
        }
    }
}

/// The hash that stands for a secret in the store.
#[must_use]
pub fn hash_of(secret: &str) -> Hash {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digest = Sha256::digest(secret.as_bytes());
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    Hash(digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_sha_256_in_lower_case_hexadecimal() {
        assert_eq!(hash_of("abc").0, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn the_same_secret_is_two_employees_at_two_doors() {
        assert_ne!(Door::Api.employee("s3cret"), Door::Web.employee("s3cret"));
    }
}
