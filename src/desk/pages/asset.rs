//! Stylesheets, scripts and the icon, embedded in the program and kept compressed; the organisation's own theme and logo.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, VARY,
};
use axum::response::{IntoResponse, Response};

use super::super::hash_of;
use super::compress::{gzip, takes_gzip};
use super::failure::Failure;
use crate::desk::Desk;

/// The stylesheet that pages are drawn with: `Designsystemet` and its version, or `plain` where the build could not fetch it.
pub const LOOK: &str = env!("FIRSTLINE_LOOK");

/// A file that pages load: what it is called, and what it is put together from.
struct Asset {
    name: &'static str,
    kind: &'static str,
    parts: &'static [&'static str],
}

/// A file as it is sent.
struct Ready {
    name: &'static str,
    kind: &'static str,
    plain: Bytes,
    gzipped: Option<Bytes>,
}

/// A file that the organisation has given.
#[derive(Clone, Copy)]
pub(super) enum OwnFile {
    /// Rules for after our own stylesheet.
    Theme,
    /// The picture before its name.
    Logo,
}

/// How long browsers may keep what they were sent: for good, since its address tells its version.
const FOR_GOOD: (HeaderName, HeaderValue) = (CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));

/// A picture is only shown: whatever stands in an SVG runs nothing and fetches nothing, even where it is opened by itself.
const PICTURE_POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox");

const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";

const ASSETS: &[Asset] = &[
    Asset {
        name: "firstline.css",
        kind: CSS,
        parts: &[
            // Designsystemet's classes win over what bare elements look like.
            "@layer house, ds;\n",
            include_str!(concat!(env!("OUT_DIR"), "/look.css")),
            include_str!("../assets/css/base.css"),
            include_str!("../assets/css/chat.css"),
            include_str!("../assets/css/article.css"),
            include_str!("../assets/css/desk.css"),
            include_str!("../assets/css/ticket.css"),
            include_str!("../assets/css/editor.css"),
            include_str!("../assets/css/queue.css"),
            include_str!("../assets/css/files.css"),
            include_str!("../assets/css/incidents.css"),
            include_str!("../assets/css/narrow.css"),
        ],
    },
    // On every page; on employees' pages alone.
    Asset {
        name: "firstline.js",
        kind: JS,
        parts: &[include_str!("../assets/js/core.js"), include_str!("../assets/js/presence.js")],
    },
    // On the chat's pages, and those of them that another site shows in a frame.
    Asset {
        name: "chat.js",
        kind: JS,
        parts: &[
            include_str!("../assets/js/chat.js"),
            include_str!("../assets/js/suggest.js"),
            include_str!("../assets/js/attach.js"),
        ],
    },
    Asset { name: "frame.js", kind: JS, parts: &[include_str!("../assets/js/frame.js")] },
    // On the pages of those who have signed in to the desk, after the former.
    Asset { name: "desk.js", kind: JS, parts: &[include_str!("../assets/js/keys.js")] },
    // Where tickets are worked on, after both.
    Asset {
        name: "ticket.js",
        kind: JS,
        parts: &[include_str!("../assets/js/ticket.js"), include_str!("../assets/js/attach.js")],
    },
    // On one page each, after both.
    Asset { name: "editor.js", kind: JS, parts: &[include_str!("../assets/js/editor.js")] },
    Asset { name: "queue.js", kind: JS, parts: &[include_str!("../assets/js/queue.js")] },
    Asset { name: "call.js", kind: JS, parts: &[include_str!("../assets/js/call.js")] },
    Asset { name: "icon.svg", kind: "image/svg+xml", parts: &[include_str!("../assets/icon.svg")] },
];

static READY: LazyLock<Vec<Ready>> = LazyLock::new(|| ASSETS.iter().map(Ready::of).collect());

/// Changes whenever an asset does, so that browsers may keep each version for good.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hash = hash_of(&ASSETS.iter().flat_map(|asset| asset.parts).copied().collect::<String>()).0;
    hash.truncate(12);
    hash
});

impl Ready {
    fn of(asset: &Asset) -> Self {
        let plain = if asset.kind == JS { lean(&asset.parts.concat()) } else { asset.parts.concat() };
        let gzipped = gzip(plain.as_bytes()).map(Bytes::from);
        Self { name: asset.name, kind: asset.kind, plain: Bytes::from(plain), gzipped }
    }
}

/// A script without indentation and lines of comment: a fifth less on the wire.
fn lean(script: &str) -> String {
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// The address of an asset in its present version.
pub(super) fn address(name: &str) -> String {
    format!("/assets/{name}?v={}", VERSION.as_str())
}

/// The address of one of the organisation's files in its present version, where it has given one.
pub(super) fn own_address(desk: &Desk, file: OwnFile) -> Option<String> {
    let (_, bytes) = file.of(desk)?;
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    Some(format!("/assets/{}?v={:x}", file.name(), hasher.finish()))
}

/// One asset.
pub(super) async fn show(State(desk): State<Desk>, Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Failure> {
    if let Some(file) = [OwnFile::Theme, OwnFile::Logo].into_iter().find(|file| file.name() == name) {
        return file.show(&desk).ok_or(Failure::NotFound);
    }
    let asset = READY.iter().find(|asset| asset.name == name).ok_or(Failure::NotFound)?;
    let told = ([(CONTENT_TYPE, asset.kind), (VARY, "accept-encoding")], [FOR_GOOD]);
    Ok(match asset.gzipped.clone().filter(|_| takes_gzip(&headers)) {
        Some(gzipped) => (told.0, told.1, [(CONTENT_ENCODING, "gzip")], gzipped).into_response(),
        None => (told.0, told.1, asset.plain.clone()).into_response(),
    })
}

impl OwnFile {
    const fn name(self) -> &'static str {
        match self {
            Self::Theme => "theme.css",
            Self::Logo => "logo",
        }
    }

    /// Its media type and its bytes.
    fn of(self, desk: &Desk) -> Option<(&'static str, &[u8])> {
        match self {
            Self::Theme => desk.look.theme.as_ref().map(|theme| (CSS, theme.as_bytes())),
            Self::Logo => desk.look.logo.as_ref().map(|logo| (logo.kind, logo.bytes.as_slice())),
        }
    }

    fn show(self, desk: &Desk) -> Option<Response> {
        let (kind, bytes) = self.of(desk)?;
        let mut response = ([(CONTENT_TYPE, kind)], [FOR_GOOD], bytes.to_vec()).into_response();
        if matches!(self, Self::Logo) {
            response.headers_mut().insert(CONTENT_SECURITY_POLICY, PICTURE_POLICY);
        }
        Some(response)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stylesheet() -> String {
        ASSETS[0].parts.concat()
    }

    #[test]
    fn a_script_loses_only_what_nobody_runs() {
        assert_eq!(
            lean("// What it does.\n(() => {\n  go(\"//x\"); // now\n\n})();\n"),
            "(() => {\ngo(\"//x\"); // now\n})();\n"
        );
    }

    #[test]
    fn the_stylesheet_fetches_nothing() {
        let sheet = stylesheet();
        assert!(!sheet.contains("@import"), "a stylesheet that loads another");
        for (at, _) in sheet.match_indices("url(") {
            let target = sheet[at + 4..].trim_start_matches(['"', '\'']);
            assert!(target.starts_with("data:"), "the stylesheet reaches for {}", &target[..target.len().min(60)]);
        }
    }

    /// Whatever is named must be there in both, so that a build without the package still has its colours.
    #[test]
    fn the_plain_stylesheet_has_every_variable_that_ours_use() {
        let plain = include_str!("../assets/css/plain.css");
        for part in ASSETS[0].parts.iter().skip(2) {
            for used in part.split("var(").skip(1).filter_map(|rest| rest.split([')', ',']).next()) {
                let known = !used.starts_with("--ds-") || plain.contains(&format!("{used}:"));
                assert!(known, "{used} is not in plain.css");
            }
        }
    }

    #[test]
    fn a_machine_that_checks_everything_builds_with_designsystemet() {
        if std::env::var_os("CI").is_some() {
            assert!(LOOK.starts_with("Designsystemet"), "the stylesheet is {LOOK}: is npm installed?");
        }
    }
}
