//! The invariants of the house that a program can check: who may use whom, where a platform's name may stand,
//! and that every sentence exists in every language.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Which rooms each room may use. `app`, `main` and `testing` compose, so they may use all.
const MAY_USE: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("ports", &["domain"]),
    ("flows", &["domain", "ports"]),
    ("wording", &["domain", "ports"]),
    ("privacy", &["domain"]),
    ("config", &["domain"]),
    ("store", &["domain", "ports"]),
    ("search", &["domain", "ports"]),
    ("files", &["domain", "ports"]),
    ("library", &["domain", "ports"]),
    ("model", &["domain", "ports", "config"]),
    ("identity", &["domain", "ports", "config"]),
    ("jobs", &["domain", "ports", "flows"]),
    ("channels", &["domain", "ports", "flows", "wording", "config"]),
    ("desk", &["domain", "ports", "flows", "wording", "config"]),
    ("system", &["domain", "ports"]),
    ("cli", &["domain", "ports", "flows", "wording", "config", "privacy", "library", "search", "app"]),
];

/// Libraries with a wire or a disk, and the only place where each may be named.
const LIVES_IN: &[(&str, &[&str])] = &[
    ("sqlx", &["src/store/"]),
    ("tantivy", &["src/search/"]),
    ("serenity", &["src/channels/discord/", "src/testing/discord/"]),
    ("axum", &["src/desk/", "src/testing/", "src/app"]),
    ("maud", &["src/desk/"]),
    ("clap", &["src/cli/"]),
    ("notify", &["src/library/"]),
    ("rustix", &["src/library/git.rs"]),
    ("reqwest", &["src/model/", "src/identity/", "src/testing/", "src/channels/discord/files.rs"]),
    ("openidconnect", &["src/identity/"]),
    ("tokio_tungstenite", &["src/testing/discord/"]),
];

/// Where a platform may be named.
const PLATFORM_NAMES: &[(&str, &[&str])] = &[(
    "discord",
    &[
        "src/channels/",
        "src/config/",
        "src/testing/",
        "src/app",
        "src/cli/",
        "src/main.rs",
        "src/wording/mod.rs",
        "src/privacy/lexicon.rs",
    ],
)];

struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The lines that are code, without comments, numbered from one.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(at, line)| (at + 1, line));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// The code with every line in its place, comments and the tests at its end left blank.
    fn own_code(&self) -> String {
        let lines: Vec<&str> = self.text.lines().collect();
        let begins_tests = |at: usize| {
            let next = lines.get(at + 1).copied().unwrap_or_default();
            lines[at].starts_with("#[cfg(") && lines[at].contains("test") && next.starts_with("mod ") && next.ends_with('{')
        };
        let end = (0..lines.len()).find(|at| begins_tests(*at)).unwrap_or(lines.len());
        let code = lines[..end].iter().map(|line| if line.trim_start().starts_with("//") { "" } else { *line });
        code.collect::<Vec<_>>().join("\n")
    }

    /// How far below the crate's root its module is: 1 for `src/app.rs` and `src/app/mod.rs`.
    fn depth(&self) -> usize {
        let inner = self.path.strip_prefix("src/").unwrap_or(&self.path);
        inner.split('/').filter(|part| *part != "mod.rs").count()
    }

    /// The rooms that it names, with the line: after `crate::`, alone or in braces, and after as many `super::` as lead to the root.
    fn rooms_named(&self) -> Vec<(usize, String)> {
        let code = self.own_code();
        let to_root = "super::".repeat(self.depth());
        let mut named = Vec::new();
        for start in ["crate::", &to_root] {
            for (at, _) in code.match_indices(start) {
                let begins = !code[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':'));
                let line = code[..at].lines().count().max(1);
                let rooms = if begins { first_names(&code[at + start.len()..]) } else { Vec::new() };
                named.extend(rooms.into_iter().map(|name| (line, name)));
            }
        }
        named
    }

    fn room(&self) -> &str {
        let inner = self.path.strip_prefix("src/").unwrap_or(&self.path);
        inner.split(['/', '.']).next().unwrap_or(inner)
    }

    fn is_test(&self) -> bool {
        self.path.contains("/tests/") || self.path.ends_with("tests.rs") || self.path.starts_with("src/testing/")
    }
}

fn files(dir: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("a folder of the repository").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.extension().is_some_and(|it| it == ending) {
            found.push(path);
        }
    }
    found.sort();
}

fn root() -> PathBuf {
    firstline::testing::checkout()
}

fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    files(&root().join("src"), "rs", &mut found);
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("source is UTF-8");
        let path = path.strip_prefix(root()).expect("below the root").to_string_lossy().replace('\\', "/");
        Source { path, text }
    };
    found.into_iter().map(read).collect()
}

/// The names with which what follows a `::` goes on: one, or those in braces.
fn first_names(rest: &str) -> Vec<String> {
    let name = |text: &str| -> String { text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect() };
    let Some(group) = rest.strip_prefix('{') else { return vec![name(rest)] };
    let (mut names, mut depth, mut begins) = (Vec::new(), 1, true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => begins = true,
            _ if begins && !c.is_whitespace() => {
                names.push(name(&group[at..]));
                begins = false;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names
}

#[test]
fn rooms_use_only_the_rooms_that_they_may() {
    let may_use: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test()) {
        let room = source.room();
        if matches!(room, "lib" | "main" | "app" | "testing" | "boundary" | "crash_point") {
            continue;
        }
        let allowed = may_use.get(room).unwrap_or_else(|| panic!("{}: the room {room} is not in MAY_USE", source.path));
        for (number, used) in source.rooms_named() {
            if used != room
                && !matches!(used.as_str(), "boundary" | "crash_point")
                && !used.is_empty()
                && !allowed.contains(&used.as_str())
            {
                broken.push(format!("{}:{number}: {room} may not use {used}", source.path));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn libraries_with_a_wire_or_a_disk_stay_in_their_room() {
    let mut broken = Vec::new();
    for source in sources() {
        for (library, homes) in LIVES_IN {
            let mut uses = source.code().filter(|(_, line)| {
                let (path, used) = (format!("{library}::"), format!("use {library}"));
                line.match_indices(path.as_str())
                    .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
                    || line.contains(&format!("{used};"))
            });
            if let Some((number, _)) = uses.next().filter(|_| !homes.iter().any(|home| source.path.starts_with(home))) {
                broken.push(format!("{}:{number}: {library} is named outside {homes:?}", source.path));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_heart_waits_for_nothing_and_reaches_nothing() {
    let forbidden =
        ["async fn", ".await", "tokio", "serde", "SystemTime", "Instant::now", "std::fs", "std::net", "std::env", "println!"];
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| source.room() == "domain") {
        for (number, line) in source.code() {
            if let Some(word) = forbidden.iter().find(|word| line.contains(*word)) {
                broken.push(format!("{}:{number}: {word}", source.path));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn no_type_of_the_heart_is_serialised() {
    let derives = |source: &Source| source.code().any(|(_, line)| line.contains("Serialize") || line.contains("Deserialize"));
    let broken: Vec<String> = sources()
        .into_iter()
        .filter(|source| matches!(source.room(), "domain" | "ports" | "flows"))
        .filter(derives)
        .map(|source| source.path)
        .collect();
    assert!(broken.is_empty(), "{broken:?}");
}

#[test]
fn a_platform_is_named_only_where_it_is_spoken_to() {
    let mut broken = Vec::new();
    for source in sources() {
        for (name, homes) in PLATFORM_NAMES {
            let at = source.text.lines().position(|line| line.to_lowercase().contains(name));
            if let Some(at) = at.filter(|_| !homes.iter().any(|home| source.path.starts_with(home))) {
                broken.push(format!("{}:{}: {name} is named outside {homes:?}", source.path, at + 1));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn time_and_chance_come_through_ports() {
    let homes = ["src/system", "src/testing/", "src/app", "src/main.rs", "src/cli/"];
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test() && !homes.iter().any(|home| source.path.starts_with(home))) {
        for (number, line) in source.own_code().lines().enumerate().map(|(at, line)| (at + 1, line)) {
            if ["SystemTime::now", "Timestamp::now", "Zoned::now", "getrandom::", " rand::"]
                .iter()
                .any(|word| line.contains(word))
            {
                broken.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

type Sentences = BTreeMap<String, String>;

fn locale(lang: &str) -> Sentences {
    let mut found = Vec::new();
    files(&root().join("locales").join(lang), "toml", &mut found);
    let mut sentences = Sentences::new();
    for path in found {
        let part = path.file_stem().expect("a file's name").to_string_lossy().into_owned();
        let table: Sentences = toml::from_str(&fs::read_to_string(&path).expect("a locale file"))
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        sentences.extend(table.into_iter().map(|(key, sentence)| (format!("{part}.{key}"), sentence)));
    }
    sentences
}

fn placeholders(sentence: &str) -> BTreeSet<&str> {
    sentence.match_indices('{').filter_map(|(at, _)| sentence[at + 1..].split_once('}').map(|(name, _)| name)).collect()
}

#[test]
fn every_sentence_stands_in_every_language_with_the_same_blanks() {
    let [nb, nn, en] = ["nb", "nn", "en"].map(locale);
    let mut broken = Vec::new();
    let keys: BTreeSet<&String> = nb.keys().chain(nn.keys()).chain(en.keys()).collect();
    for key in keys {
        for (lang, sentences) in [("nb", &nb), ("nn", &nn), ("en", &en)] {
            match (sentences.get(key), nb.get(key)) {
                (None, _) => broken.push(format!("{lang} has no sentence {key}")),
                (Some(here), _) if here.trim().is_empty() => broken.push(format!("{lang}: {key} is empty")),
                (Some(here), Some(source)) if placeholders(here) != placeholders(source) => {
                    broken.push(format!("{lang}: {key} has other blanks than nb"));
                }
                _ => {}
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// The literals of the sources that look like a sentence's key, `part.key`.
fn used_keys(parts: &BTreeSet<String>) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    let speaks = |source: &Source| source.room() != "config" && !source.is_test();
    for source in sources().into_iter().filter(speaks) {
        for literal in source.text.split('"').skip(1) {
            let Some((part, key)) = literal.split_once('.') else { continue };
            let plain = !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
            if plain && parts.contains(part) {
                used.insert(literal.to_owned());
            }
        }
    }
    used
}

#[test]
fn no_sentence_is_missing_and_none_is_left_over() {
    let known: BTreeSet<String> = locale("nb").into_keys().collect();
    let parts: BTreeSet<String> = known.iter().filter_map(|key| key.split_once('.').map(|(part, _)| part.to_owned())).collect();
    let used = used_keys(&parts);
    let missing: Vec<_> = used
        .difference(&known)
        .filter(|key| ![".example", ".rs", ".toml", ".css", ".js"].iter().any(|file| key.ends_with(file)))
        .collect();
    let unused: Vec<_> = known.difference(&used).collect();
    assert!(missing.is_empty() && unused.is_empty(), "used but not written: {missing:?}\nwritten but not used: {unused:?}");
}

/// What would stand inline in a page, or be fetched from elsewhere. The Content-Security-Policy refuses it in the browser; here it
/// is seen before that.
const REFUSED_IN_PAGES: &[&str] =
    &[" style=", " style {", " script {", "javascript:", "href=\"http", "src=\"http", "action=\"http", "href=\"//", "src=\"//"];
const REFUSED_IN_ASSETS: &[&str] =
    &["@import", "url(http", "url(\"http", "url(//", "http://", "https://", "eval(", "new Function", "setAttribute(\"style"];

#[test]
fn nothing_stands_inline_in_a_page_and_nothing_comes_from_elsewhere() {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| source.path.starts_with("src/desk/pages/") && !source.is_test()) {
        for (number, line) in source.own_code().lines().enumerate() {
            let inline = REFUSED_IN_PAGES.iter().find(|sign| line.contains(*sign)).map(|sign| (*sign).to_owned());
            if let Some(sign) = inline.or_else(|| handler(line)) {
                broken.push(format!("{}:{}: {}", source.path, number + 1, sign.trim()));
            }
        }
    }
    for ending in ["css", "js"] {
        let mut found = Vec::new();
        files(&root().join("src/desk/assets"), ending, &mut found);
        assert!(!found.is_empty(), "no {ending} was found");
        for path in found {
            let text = fs::read_to_string(&path).expect("an asset is text");
            let signs = REFUSED_IN_ASSETS.iter().filter(|sign| text.contains(*sign));
            broken.extend(signs.map(|sign| format!("{}: {sign}", path.display())));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// An attribute that runs something when something happens, such as `onclick="…"`.
fn handler(line: &str) -> Option<String> {
    line.split_whitespace().filter_map(|word| word.split_once('=')).map(|(name, _)| name).find_map(|name| {
        let event = name.strip_prefix("on").is_some_and(|event| event.len() > 2 && event.chars().all(|c| c.is_ascii_lowercase()));
        event.then(|| name.to_owned())
    })
}

#[test]
fn an_inline_handler_is_seen() {
    assert_eq!(handler("button onclick=\"go()\" { }").as_deref(), Some("onclick"));
    assert_eq!(handler("let once = 1; a.one href=\"/\" { }"), None);
}

#[test]
fn the_rules_above_have_something_to_look_at() {
    let sources = sources();
    assert!(sources.len() > 30, "only {} source files were found", sources.len());
    assert!(sources.iter().any(
        |source| source.path.starts_with("src/domain/") && source.text.contains("crate::") || source.text.contains("super::")
    ));
}

#[test]
fn a_room_is_seen_however_it_is_named() {
    let named = |path: &str, text: &str| -> Vec<String> {
        let source = Source { path: path.to_owned(), text: text.to_owned() };
        source.rooms_named().into_iter().map(|(_, name)| name).collect()
    };
    let desk = "src/desk/pages/queue/view.rs";
    assert_eq!(named(desk, "use crate::domain::ids; let store: crate::ports::Store;"), ["domain", "ports"]);
    assert_eq!(named(desk, "use crate::{\n    domain::{ids, lang},\n    store,\n};"), ["domain", "store"]);
    assert_eq!(named(desk, "use super::super::super::super::store::SqlStore;"), ["store"]);
    assert!(named(desk, "use super::super::super::state::Desk;").is_empty());
    assert_eq!(named("src/desk/mod.rs", "#[cfg(test)]\nmod tests;\nuse crate::store;"), ["store"]);
    assert!(named(desk, "// use crate::store;\n#[cfg(test)]\nmod tests {\n    use crate::store;\n}").is_empty());
}
