//! How the organisation's pages look: its name, its logo, its theme.

use std::path::PathBuf;

use super::entry::Entry;
use super::error::ConfigError;
use super::keys;
use super::sources::Sources;

/// The longest name, in characters: it stands in a header beside a menu.
const LONGEST_NAME: usize = 60;

/// The largest theme, in bytes; Designsystemet's own has 43 000.
const LARGEST_THEME: u64 = 200_000;

/// The largest logo, in bytes. It comes with the first page.
const LARGEST_LOGO: u64 = 50_000;

/// How the organisation's pages look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LookConfig {
    /// The organisation's name, in place of Firstline's, in the header and in titles.
    pub name: Option<String>,
    /// Rules for after Firstline's own stylesheet; they reach for no file.
    pub theme: Option<String>,
    /// The picture before the name.
    pub logo: Option<Logo>,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// Its media type.
    pub kind: &'static str,
    /// What it consists of.
    pub bytes: Vec<u8>,
}

impl LookConfig {
    pub(super) fn read(sources: &Sources) -> Result<Self, ConfigError> {
        Ok(Self {
            name: sources.get(keys::LOOK_NAME)?.as_ref().map(name).transpose()?,
            theme: sources.get(keys::LOOK_THEME)?.as_ref().map(theme).transpose()?,
            logo: sources.get(keys::LOOK_LOGO)?.as_ref().map(logo).transpose()?,
        })
    }
}

fn name(entry: &Entry) -> Result<String, ConfigError> {
    let wanted = format!("a name of at most {LONGEST_NAME} characters");
    entry.parsed(&wanted, |name| (name.chars().count() <= LONGEST_NAME).then(|| name.to_owned()))
}

/// Nothing in a theme may reach for a file, here or elsewhere: fonts and pictures would not be let through anyway.
fn theme(entry: &Entry) -> Result<String, ConfigError> {
    let text = text_of(entry, contents(entry, LARGEST_THEME)?)?;
    let lower = text.to_lowercase();
    let mut targets = lower.match_indices("url(").map(|(at, _)| lower[at + 4..].trim_start_matches(['"', '\'', ' ']));
    if lower.contains("@import") || targets.any(|target| !target.starts_with("data:")) {
        return Err(
            entry.wrong("names a stylesheet that loads other files (@import, url): only data: addresses are allowed in it")
        );
    }
    if lower.contains("</style") || !lower.contains('{') {
        return Err(entry.wrong("names a file that is not a stylesheet"));
    }
    Ok(text)
}

fn logo(entry: &Entry) -> Result<Logo, ConfigError> {
    let bytes = contents(entry, LARGEST_LOGO)?;
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Ok(Logo { kind: "image/png", bytes });
    }
    let text = text_of(entry, bytes)?;
    let lower = text.to_lowercase();
    if !lower.contains("<svg") {
        return Err(entry.wrong("names a file that is neither an SVG nor a PNG picture"));
    }
    if let Some(active) = ["<script", "<foreignobject", "javascript:", "<!entity", " on"].iter().find(|it| runs(&lower, it)) {
        return Err(entry.wrong(format!("names an SVG picture with \"{}\" in it; it must only be a picture", active.trim())));
    }
    Ok(Logo { kind: "image/svg+xml", bytes: text.into_bytes() })
}

/// Whether something in an SVG could run; attributes such as `onload=` begin with `on`.
fn runs(svg: &str, sign: &str) -> bool {
    svg.match_indices(sign).any(|(at, _)| {
        let rest = svg[at + sign.len()..].trim_start_matches(|c: char| c.is_ascii_lowercase());
        sign != " on" || rest.trim_start().starts_with('=')
    })
}

/// The file that `entry` names, of at most `most` bytes.
fn contents(entry: &Entry, most: u64) -> Result<Vec<u8>, ConfigError> {
    let path = PathBuf::from(entry.text()?);
    let unreadable = |error: std::io::Error| ConfigError::Unreadable {
        place: entry.place.clone(),
        path: path.clone(),
        reason: error.to_string(),
    };
    let size = std::fs::metadata(&path).map_err(unreadable)?.len();
    if size > most {
        return Err(entry
            .wrong(format!("names a file of {size} bytes; it may have at most {most}, since it comes with every first page")));
    }
    std::fs::read(&path).map_err(unreadable)
}

fn text_of(entry: &Entry, bytes: Vec<u8>) -> Result<String, ConfigError> {
    String::from_utf8(bytes).map_err(|_| entry.wrong("names a file that is not text in UTF-8"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;

    fn read(key: &str, file: &str, contents: &[u8]) -> Result<LookConfig, String> {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join(file);
        fs::write(&path, contents).unwrap();
        let variables = [(format!("FIRSTLINE_LOOK_{key}"), path.display().to_string())];
        let sources = Sources::read(None, variables.into_iter()).unwrap();
        LookConfig::read(&sources).map_err(|error| error.to_string())
    }

    #[test]
    fn a_theme_and_a_logo_are_taken_in_whole() {
        let theme = ":root { --ds-color-accent-base-default: #123456; background: url(data:image/png;base64,AA==) }";
        assert_eq!(read("THEME", "theme.css", theme.as_bytes()).unwrap().theme.unwrap(), theme);
        let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/><title>one on = two</title></svg>";
        assert_eq!(read("LOGO", "logo.svg", &svg[..60]).unwrap().logo.unwrap().kind, "image/svg+xml");
        assert_eq!(read("LOGO", "logo.png", b"\x89PNG\r\n\x1a\n....").unwrap().logo.unwrap().kind, "image/png");
    }

    #[test]
    fn what_reaches_out_or_runs_is_refused() {
        let large = vec![b' '; 50_001];
        let cases: [(&str, &str, &[u8], &str); 7] = [
            ("THEME", "a.css", b"@import 'https://fonts.example/x.css'; a {}", "loads other files"),
            ("THEME", "a.css", b"a { background: URL( \"//evil.example/x.png\") }", "loads other files"),
            ("THEME", "a.css", b"hello", "not a stylesheet"),
            ("LOGO", "a.svg", b"<svg><script>alert(1)</script></svg>", "<script"),
            ("LOGO", "a.svg", b"<svg onload =\"alert(1)\"/>", "\"on\""),
            ("LOGO", "a.gif", b"GIF89a", "neither an SVG nor a PNG"),
            ("LOGO", "a.svg", &large, "at most 50000"),
        ];
        for (key, file, contents, told) in cases {
            let said = read(key, file, contents).expect_err(told);
            assert!(said.contains(told), "{said}");
        }
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let variables = [("FIRSTLINE_LOOK_LOGO".to_owned(), "/nowhere/logo.svg".to_owned())];
        let said = LookConfig::read(&Sources::read(None, variables.into_iter()).unwrap()).expect_err("no file").to_string();
        assert!(said.starts_with("FIRSTLINE_LOOK_LOGO /nowhere/logo.svg cannot be read"), "{said}");
    }
}
