//! How people sign in, and what that gives them.

mod network;
mod provider;
mod proxy;
mod rights;
#[cfg(test)]
mod tests;

pub use network::Network;
pub use provider::{ProviderConfig, ProviderKind};
pub use proxy::ProxyConfig;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use super::entry::Entry;
use super::error::ConfigError;
use super::keys::{self, Key};
use super::sources::Sources;
use crate::domain::routing::Groups;
use crate::domain::vouched::Entitlements;

/// How people sign in, and what that gives them.
#[derive(Clone, Debug)]
pub struct SignInConfig {
    /// Who vouches for them; nobody by default, and then operators sign in by links that are good for once.
    pub by: Option<VouchedBy>,
    /// What their roles and groups there give them here.
    pub rights: Entitlements,
    /// Whether employees may ask without signing in.
    pub employees: Employees,
    /// How long a session lasts that is not used.
    pub idle: Duration,
    /// How long a session lasts at most.
    pub lasts: Duration,
    /// The proxies whose word is taken for where a request comes from.
    pub trusted_proxies: Vec<Network>,
}

/// Who vouches for people.
#[derive(Clone, Debug)]
pub enum VouchedBy {
    /// A service that speaks OpenID Connect.
    Provider(ProviderConfig),
    /// A proxy in front, in headers of every request.
    Proxy(ProxyConfig),
}

/// Whether employees may ask without signing in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Employees {
    /// They may; what they asked is known to their browser alone.
    #[default]
    Open,
    /// They may not.
    Required,
}

/// How long a session lasts that is not used, in minutes.
const IDLE_MINUTES: u32 = 120;

/// How long a session lasts at most, in hours: a long shift.
const LASTS_HOURS: u32 = 12;

const MINUTES_A_DAY: u32 = 24 * 60;
const HOURS_A_MONTH: u32 = 31 * 24;

impl Default for SignInConfig {
    /// Nobody vouches for anybody, and everybody may ask.
    fn default() -> Self {
        Self {
            by: None,
            rights: Entitlements::default(),
            employees: Employees::Open,
            idle: Duration::from_mins(IDLE_MINUTES.into()),
            lasts: Duration::from_hours(LASTS_HOURS.into()),
            trusted_proxies: own_machine(),
        }
    }
}

impl SignInConfig {
    /// The provider, where one vouches.
    #[must_use]
    pub const fn provider(&self) -> Option<&ProviderConfig> {
        match &self.by {
            Some(VouchedBy::Provider(provider)) => Some(provider),
            _ => None,
        }
    }

    /// The proxy's headers, where a proxy vouches.
    #[must_use]
    pub const fn proxy(&self) -> Option<&ProxyConfig> {
        match &self.by {
            Some(VouchedBy::Proxy(proxy)) => Some(proxy),
            _ => None,
        }
    }

    pub(super) fn read(sources: &Sources, groups: &Groups) -> Result<Self, ConfigError> {
        let (provider, proxy) = (ProviderConfig::read(sources)?, ProxyConfig::read(sources)?);
        let networks = sources.get(keys::TRUSTED_PROXIES)?.map(|entry| network::networks(&entry)).transpose()?;
        let by = match (provider, proxy) {
            (Some(_), Some((entry, _))) => {
                return Err(entry.wrong("and client_id are both given; one of them vouches for people"));
            }
            (None, Some((entry, _))) if networks.is_none() => {
                return Err(entry.wrong(format!(
                    "needs the proxy's own addresses beside it: `trusted_proxies` under [sign_in], or {}",
                    keys::TRUSTED_PROXIES.variable
                )));
            }
            (provider, proxy) => provider.map(VouchedBy::Provider).or(proxy.map(|(_, proxy)| VouchedBy::Proxy(proxy))),
        };
        Ok(Self {
            employees: employees(sources, by.is_some())?,
            by,
            rights: rights::read(sources, groups)?,
            idle: Duration::from_mins(span(sources, keys::IDLE_MINUTES, IDLE_MINUTES, MINUTES_A_DAY)?),
            lasts: Duration::from_hours(span(sources, keys::LASTS_HOURS, LASTS_HOURS, HOURS_A_MONTH)?),
            trusted_proxies: networks.unwrap_or_else(own_machine),
        })
    }
}

fn own_machine() -> Vec<Network> {
    vec![Network::of(IpAddr::V4(Ipv4Addr::LOCALHOST)), Network::of(IpAddr::V6(Ipv6Addr::LOCALHOST))]
}

fn span(sources: &Sources, key: Key, default: u32, most: u32) -> Result<u64, ConfigError> {
    let Some(entry) = sources.get(key)? else { return Ok(default.into()) };
    let count = entry.count(most).ok().filter(|count| *count > 0);
    count.map(u64::from).ok_or_else(|| entry.wrong(format!("must be a whole number from 1 to {most}")))
}

fn employees(sources: &Sources, vouched: bool) -> Result<Employees, ConfigError> {
    let Some(entry) = sources.get(keys::SIGN_IN_EMPLOYEES)? else { return Ok(Employees::Open) };
    let chosen = entry.parsed("open or required", |text| match text {
        "open" => Some(Employees::Open),
        "required" => Some(Employees::Required),
        _ => None,
    })?;
    if chosen == Employees::Required && !vouched {
        return Err(entry.wrong("is required, and there is nothing to sign in with: give client_id or proxy_header"));
    }
    Ok(chosen)
}

/// A text that must not be empty, where it is given.
fn text(sources: &Sources, key: Key) -> Result<Option<String>, ConfigError> {
    sources.get(key)?.as_ref().map(|entry| Entry::text(entry).map(str::to_owned)).transpose()
}
