//! People whom a proxy in front vouches for, in headers of every request.

use axum::http::header::{HeaderMap, HeaderValue};
use axum::http::request::Parts;

use super::session;
use crate::config::ProxyConfig;
use crate::desk::{Desk, hash_of};
use crate::domain::vouched::Vouched;
use crate::ports::{Hash, Session, SessionKind, StoreError};

/// The longest value that is taken from a header, in bytes.
const LONGEST_VALUE: usize = 8_192;

/// What a request's headers say of a person.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Claimed {
    /// Nothing, or nobody is asked to say anything.
    Nothing,
    /// A proxy that is trusted says who it is.
    By(Vouched),
    /// Somebody else says so.
    Untrusted,
}

/// What the headers of this request say, and whether that is believed.
pub(super) fn claimed(desk: &Desk, parts: &Parts) -> Claimed {
    let Some(proxy) = &desk.sign_in.proxy else { return Claimed::Nothing };
    if !parts.headers.contains_key(&proxy.user) {
        return Claimed::Nothing;
    }
    if !desk.sign_in.comes_through_a_proxy(parts) {
        return Claimed::Untrusted;
    }
    person(proxy, &parts.headers).map_or(Claimed::Nothing, Claimed::By)
}

/// The session of somebody whom the proxy vouches for: one that is as the proxy says now.
pub(super) async fn session(desk: &Desk, person: &Vouched) -> Result<Session, StoreError> {
    let (operator, email) = session::known(desk, person);
    // No cookie's secret has a hash of this form, so that nobody gets in here without the proxy.
    let hash = Hash(format!("proxied:{}", hash_of(&person.key).0));
    let kept = desk.store.session(&hash, desk.clock.now()).await?;
    if let Some(kept) = kept.filter(|kept| kept.operator == operator && kept.email == email) {
        session::prolong(desk, &kept).await?;
        return Ok(kept);
    }
    let fresh = session::lasting(desk, hash, SessionKind::Proxied, operator, email);
    desk.store.open_session(&fresh).await?;
    Ok(fresh)
}

/// Who the headers say it is. Two values of the header that names the person are nobody: one of them may not be the proxy's.
fn person(proxy: &ProxyConfig, headers: &HeaderMap) -> Option<Vouched> {
    let only = |name: &str| {
        let mut values = headers.get_all(name).iter();
        values.next().filter(|_| values.next().is_none()).and_then(text)
    };
    let titles = proxy.titles.iter().flat_map(|name| headers.get_all(name)).filter_map(text);
    let titles = titles.flat_map(|value| value.split([',', ';']).map(|title| title.trim().to_owned()).collect::<Vec<_>>());
    Some(Vouched {
        key: format!("proxy|{}", only(&proxy.user)?),
        name: proxy.name.as_deref().and_then(only).or_else(|| only(&proxy.user)),
        email: proxy.email.as_deref().and_then(only),
        titles: titles.filter(|title| !title.is_empty()).collect(),
    })
}

/// A header's value: UTF-8, else Latin-1, as proxies send names.
fn text(value: &HeaderValue) -> Option<String> {
    let bytes = value.as_bytes();
    let read = || String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| bytes.iter().map(|byte| char::from(*byte)).collect());
    let text = (bytes.len() <= LONGEST_VALUE).then(read)?;
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxy() -> ProxyConfig {
        let header = |name: &str| Some(name.to_owned());
        let titles = vec!["x-groups".to_owned(), "x-roles".to_owned()];
        ProxyConfig { user: "x-user".to_owned(), name: header("x-name"), email: header("x-mail"), titles }
    }

    fn says(headers: &[(&'static str, &[u8])]) -> Option<Vouched> {
        let value = |bytes: &[u8]| HeaderValue::from_bytes(bytes).unwrap();
        let mut map = HeaderMap::new();
        for (name, bytes) in headers {
            map.append(*name, value(bytes));
        }
        person(&proxy(), &map)
    }

    #[test]
    fn the_proxys_headers_tell_who_it_is() {
        let person = says(&[
            ("x-user", b"kari@helse.example"),
            ("x-name", "Kari Bjørnå".as_bytes()),
            ("x-mail", b"kari@helse.example"),
            ("x-groups", b"it-1; it-2,"),
            ("x-groups", b"it-3"),
            ("x-roles", b"operator"),
        ]);
        let person = person.unwrap();
        assert_eq!((person.key.as_str(), person.name.as_deref()), ("proxy|kari@helse.example", Some("Kari Bjørnå")));
        assert_eq!(person.titles.iter().map(String::as_str).collect::<Vec<_>>(), ["it-1", "it-2", "it-3", "operator"]);
        assert_eq!(says(&[("x-user", b"kari"), ("x-name", b"Kari Bj\xf8rn\xe5")]).unwrap().name.as_deref(), Some("Kari Bjørnå"));
        assert_eq!(says(&[("x-user", b"kari")]).unwrap().name.as_deref(), Some("kari"));
    }

    #[test]
    fn a_header_without_a_name_or_with_two_names_is_nobody() {
        assert_eq!(says(&[("x-user", b" "), ("x-groups", b"it-1")]), None);
        assert_eq!(says(&[("x-user", b"kari"), ("x-user", b"ola")]), None);
    }
}
