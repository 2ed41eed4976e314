//! Where a conversation lives on Discord, and what its answers answer, as the store keeps both.

use std::fmt;

use serenity::all::{ChannelId, InteractionId, UserId};

use super::bot::number;
use crate::domain::ids::ExternalId;

/// What stands between a channel and the one person who sees what is said there.
const PRIVATE: &str = "/private/";

/// What stands before an interaction's number where it is a receipt: numbers alone are messages.
const INTERACTION: &str = "interaction:";

/// A place: `<channel>`, or `<channel>/private/<user>` for what was asked by a command there and is answered to one person alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) channel: ChannelId,
    /// The only person who sees what is said; `None` where everybody in the channel does.
    pub(super) private_to: Option<UserId>,
}

impl Address {
    /// What one person sees in a channel.
    pub(super) const fn private(channel: ChannelId, user: UserId) -> Self {
        Self { channel, private_to: Some(user) }
    }

    /// The place that an address names; `None` where it is not one of ours.
    pub(super) fn parse(address: &str) -> Option<Self> {
        match address.split_once(PRIVATE) {
            Some((channel, user)) => Some(Self::private(number(channel)?.into(), number(user)?.into())),
            None => Some(Self { channel: number(address)?.into(), private_to: None }),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.private_to {
            Some(user) => write!(f, "{}{PRIVATE}{user}", self.channel),
            None => write!(f, "{}", self.channel),
        }
    }
}

/// An interaction as a receipt, and as what an answer answers.
pub(super) fn receipt_of(interaction: InteractionId) -> ExternalId {
    ExternalId::new(format!("{INTERACTION}{interaction}"))
}

/// The interaction that a receipt stands for; `None` where it stands for a message.
pub(super) fn interaction_of(receipt: &ExternalId) -> Option<InteractionId> {
    number(receipt.as_str().strip_prefix(INTERACTION)?).map(InteractionId::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_it_was_written() {
        let public = Address { channel: ChannelId::new(20), private_to: None };
        let private = Address::private(ChannelId::new(20), UserId::new(7));
        for (address, text) in [(public, "20"), (private, "20/private/7")] {
            assert_eq!((address.to_string().as_str(), Address::parse(text)), (text, Some(address)));
        }
    }

    #[test]
    fn what_is_not_an_address_is_none() {
        for text in ["", "0", "x", "20/private/", "20/private/x", "/private/7", "20/7"] {
            assert_eq!(Address::parse(text), None, "{text}");
        }
    }

    #[test]
    fn interactions_are_told_from_messages() {
        let receipt = receipt_of(InteractionId::new(50));
        assert_eq!(interaction_of(&receipt), Some(InteractionId::new(50)));
        assert_eq!(number(receipt.as_str()), None, "so that nobody takes it for a message to reply to");
        assert_eq!(interaction_of(&ExternalId::new("50")), None);
    }
}
