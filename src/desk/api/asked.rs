//! What the address itself says: the parts of the path and the query.

use axum::extract::{FromRequestParts, Path, Query};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::problem::Problem;

/// The parts of the path, percent-decoded.
pub(super) struct Named<T>(pub(super) T);

/// The query's pairs.
pub(super) struct Asked(Vec<(String, String)>);

impl Asked {
    /// The first value with this name, as it is. An empty one does not count.
    pub(super) fn value<'q>(&'q self, name: &'static str) -> Option<&'q str> {
        let named = self.0.iter().find(|(key, _)| key == name);
        named.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// The values with this name: repeated, or with commas between them. Empty ones do not count.
    pub(super) fn values<'q>(&'q self, name: &'static str) -> impl Iterator<Item = &'q str> {
        let named = self.0.iter().filter(move |(key, _)| key == name);
        named.flat_map(|(_, value)| value.split(',')).map(str::trim).filter(|value| !value.is_empty())
    }
}

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Named<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = Path::from_request_parts(parts, state).await;
        path.map(|Path(named)| Self(named)).map_err(|_| Problem::not_found("there is nothing at this path"))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = Query::try_from_uri(&parts.uri);
        query.map(|Query(pairs)| Self(pairs)).map_err(|_| Problem::malformed("the query could not be read"))
    }
}
