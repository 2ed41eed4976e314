//! How people sign in here, and from where a request comes.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ConnectInfo;
use axum::http::HeaderMap;
use axum::http::request::Parts;

use super::attempts::Attempts;
use crate::config::{Employees, ProxyConfig, SignInConfig};
use crate::domain::vouched::Entitlements;
use crate::ports::Identity;

/// How people sign in here.
pub struct SignIn {
    /// The service that people sign in with, where there is one.
    pub identity: Option<Arc<dyn Identity>>,
    /// The headers of a proxy that vouches for people, where there is one.
    pub proxy: Option<ProxyConfig>,
    /// What people's roles and groups elsewhere give them here.
    pub rights: Entitlements,
    /// Whether employees may ask without signing in.
    pub employees: Employees,
    /// How long a session lasts that is not used.
    pub idle: Duration,
    /// How long a session lasts at most.
    pub lasts: Duration,
    trusted: Vec<crate::config::Network>,
    pub(super) attempts: Attempts,
}

impl SignIn {
    /// Signing in as configured, with the service that the configuration names.
    #[must_use]
    pub fn new(config: &SignInConfig, identity: Option<Arc<dyn Identity>>) -> Self {
        Self {
            identity,
            proxy: config.proxy().cloned(),
            rights: config.rights.clone(),
            employees: config.employees,
            idle: config.idle,
            lasts: config.lasts,
            trusted: config.trusted_proxies.clone(),
            attempts: Attempts::default(),
        }
    }

    /// Whether a request comes straight from a proxy whose word is taken.
    pub(super) fn comes_through_a_proxy(&self, parts: &Parts) -> bool {
        peer(parts).is_some_and(|peer| self.trusts(peer))
    }

    /// Where a request comes from: the last address on its way that is none of our own proxies'.
    pub(super) fn address(&self, parts: &Parts) -> Option<IpAddr> {
        let peer = peer(parts)?;
        if !self.trusts(peer) {
            return Some(peer);
        }
        let way: Vec<IpAddr> = forwarded(&parts.headers).collect();
        Some(way.into_iter().rev().find(|address| !self.trusts(*address)).unwrap_or(peer))
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.trusted.iter().any(|network| network.holds(address))
    }
}

fn peer(parts: &Parts) -> Option<IpAddr> {
    parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip().to_canonical())
}

/// The addresses that proxies have written down, the first one first. What cannot be read is passed over.
fn forwarded(headers: &HeaderMap) -> impl Iterator<Item = IpAddr> {
    let hops = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    hops.flat_map(|value| value.split(',')).filter_map(|hop| hop.trim().parse::<IpAddr>().ok()).map(|hop| hop.to_canonical())
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn parts(peer: &str, forwarded: &[&str]) -> Parts {
        let peer: IpAddr = peer.parse().unwrap();
        let mut request = Request::builder().extension(ConnectInfo(SocketAddr::new(peer, 4711)));
        for value in forwarded {
            request = request.header("x-forwarded-for", *value);
        }
        request.body(()).unwrap().into_parts().0
    }

    #[test]
    fn only_our_own_proxies_are_believed_about_where_a_request_comes_from() {
        let config = SignInConfig {
            trusted_proxies: vec![crate::config::Network::parse("10.0.0.0/8").unwrap()],
            ..SignInConfig::default()
        };
        let sign_in = SignIn::new(&config, None);
        let cases: [(&str, &[&str], &str); 6] = [
            ("192.0.2.1", &["198.51.100.7"], "192.0.2.1"),
            ("10.0.0.1", &["198.51.100.7"], "198.51.100.7"),
            ("10.0.0.1", &["6.6.6.6, 198.51.100.7, 10.0.0.2"], "198.51.100.7"),
            ("10.0.0.1", &["6.6.6.6", "198.51.100.7"], "198.51.100.7"),
            ("10.0.0.1", &["unknown"], "10.0.0.1"),
            ("::ffff:10.0.0.1", &["2001:db8::7"], "2001:db8::7"),
        ];
        for (peer, forwarded, found) in cases {
            let parts = parts(peer, forwarded);
            assert_eq!(sign_in.address(&parts), Some(found.parse().unwrap()), "{peer} {forwarded:?}");
        }
        assert!(!sign_in.comes_through_a_proxy(&parts("192.0.2.1", &[])));
        assert!(sign_in.comes_through_a_proxy(&parts("10.9.9.9", &[])));
    }
}
