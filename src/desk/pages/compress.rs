//! Smaller answers: gzip for those who take it.
//!
//! How well a page compresses tells whether what somebody put into its address also stands elsewhere in it. Whoever can
//! make a browser load our pages and count bytes on the wire could guess at what stands there (BREACH). So a page is
//! compressed only for readers who come from our own pages or from nowhere, never where another site led them here.
//! Streams of news are left alone.

use std::io::Write;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue, VARY};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;

/// Below this many bytes there is nothing to gain.
const WORTH_IT: usize = 1_000;

/// These bytes, compressed; `None` where that is not worth it.
pub(super) fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.len() < WORTH_IT {
        return None;
    }
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::best());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok().filter(|gzipped| gzipped.len() < bytes.len())
}

/// Whether whoever asks can read gzip.
pub(super) fn takes_gzip(headers: &HeaderMap) -> bool {
    let offers =
        headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    offers.map(|offer| offer.split(';').map(str::trim)).any(|mut offer| {
        let name = offer.next().unwrap_or_default();
        let refused = offer.any(|part| part.strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0_f32)));
        name.eq_ignore_ascii_case("gzip") && !refused
    })
}

/// Compresses pages for those who take it and may have it.
pub(super) async fn pages(request: Request, next: Next) -> Response {
    let may = takes_gzip(request.headers()) && comes_by_themselves(request.headers());
    let response = next.run(request).await;
    if may && is_page(response.headers()) { compressed(response).await } else { response }
}

/// Whether a browser says that no other site had a hand in this request.
fn comes_by_themselves(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| matches!(site.as_bytes(), b"same-origin" | b"none"))
}

fn is_page(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.starts_with("text/html") && !headers.contains_key(CONTENT_ENCODING)
}

async fn compressed(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(whole) = to_bytes(body, usize::MAX).await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    parts.headers.append(VARY, HeaderValue::from_static("accept-encoding, sec-fetch-site"));
    let Some(gzipped) = gzip(&whole) else { return Response::from_parts(parts, Body::from(whole)) };
    parts.headers.remove(CONTENT_LENGTH);
    parts.headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    Response::from_parts(parts, Body::from(gzipped))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_takes_gzip_says_so() {
        let cases = [
            ("gzip, deflate, br", true),
            ("br;q=1.0, GZIP;q=0.5", true),
            ("gzip;q=0", false),
            ("gzip; q=0.0, br", false),
            ("identity", false),
            ("", false),
        ];
        for (said, takes) in cases {
            let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(said))]);
            assert_eq!(takes_gzip(&headers), takes, "{said}");
        }
        assert!(!takes_gzip(&HeaderMap::new()));
    }
}
