//! Addresses of machines: one, or all that begin alike.

use std::net::IpAddr;

use crate::config::entry::Entry;
use crate::config::error::ConfigError;

/// One address, or all whose first bits are the same: `10.0.0.0/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    base: IpAddr,
    bits: u32,
}

impl Network {
    /// This address alone.
    #[must_use]
    pub const fn of(address: IpAddr) -> Self {
        Self { base: address, bits: width(address) }
    }

    /// Reads `10.0.0.7`, `10.0.0.0/8` or `fd00::/8`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (base, bits) = match text.split_once('/') {
            Some((base, bits)) => (base.parse().ok()?, Some(bits.parse::<u32>().ok()?)),
            None => (text.parse::<IpAddr>().ok()?, None),
        };
        let bits = bits.unwrap_or(width(base));
        (bits <= width(base)).then_some(Self { base, bits })
    }

    /// Whether this address is one of them. An IPv4 address may come as IPv6.
    #[must_use]
    pub fn holds(&self, address: IpAddr) -> bool {
        match (self.base, address.to_canonical()) {
            (IpAddr::V4(base), IpAddr::V4(address)) => alike(base.to_bits().into(), address.to_bits().into(), 32 - self.bits),
            (IpAddr::V6(base), IpAddr::V6(address)) => alike(base.to_bits(), address.to_bits(), 128 - self.bits),
            _ => false,
        }
    }
}

const fn width(address: IpAddr) -> u32 {
    match address {
        IpAddr::V4(_) => 32,
        IpAddr::V6(_) => 128,
    }
}

/// Whether two addresses are the same but for their last bits.
fn alike(one: u128, other: u128, last: u32) -> bool {
    (one ^ other).checked_shr(last).unwrap_or(0) == 0
}

pub(super) fn networks(entry: &Entry) -> Result<Vec<Network>, ConfigError> {
    let items = entry.list("a list of addresses")?;
    items.iter().map(|item| item.parsed("an address such as 10.0.0.7, or a network such as 10.0.0.0/8", Network::parse)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_holds_the_addresses_that_begin_alike() {
        let cases = [
            ("127.0.0.1", "127.0.0.1", true),
            ("127.0.0.1", "127.0.0.2", false),
            ("127.0.0.1", "::ffff:127.0.0.1", true),
            ("10.0.0.0/8", "10.200.3.4", true),
            ("10.0.0.0/8", "11.0.0.1", false),
            ("10.1.2.128/25", "10.1.2.127", false),
            ("10.1.2.128/25", "10.1.2.200", true),
            ("0.0.0.0/0", "192.0.2.1", true),
            ("0.0.0.0/0", "::1", false),
            ("fd00::/8", "fd12::1", true),
            ("fd00::/8", "fe80::1", false),
            ("::/0", "2001:db8::1", true),
        ];
        for (network, address, held) in cases {
            assert_eq!(Network::parse(network).unwrap().holds(address.parse().unwrap()), held, "{network} {address}");
        }
    }

    #[test]
    fn what_is_no_network_is_refused() {
        for text in ["10.0.0.0/33", "::/129", "10.0.0/8", "proxy", "10.0.0.1/", "10.0.0.1/-1"] {
            assert_eq!(Network::parse(text), None, "{text}");
        }
    }
}
