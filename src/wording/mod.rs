//! Every sentence that Firstline says to people, in three languages. The sentences stand in `locales/<lang>/<part>.toml`.

mod bot;
mod incident;
mod people;
mod plain;
mod stuck;

pub use bot::{Facts, Said};
pub use people::as_written;
pub use plain::plain;

use std::collections::HashMap;

use crate::domain::lang::Lang;

/// The locale files of these parts, embedded: language, part, text.
macro_rules! parts {
    ($($part:literal)+) => {
        &[$(
            (Lang::Nb, $part, include_str!(concat!("../../locales/nb/", $part, ".toml"))),
            (Lang::Nn, $part, include_str!(concat!("../../locales/nn/", $part, ".toml"))),
            (Lang::En, $part, include_str!(concat!("../../locales/en/", $part, ".toml"))),
        )+]
    };
}

const FILES: &[(Lang, &str, &str)] = parts! {
    "article"
    "bot"
    "call"
    "chat"
    "desk"
    "discord"
    "discord_rooms"
    "discord_ask"
    "discord_desk"
    "editor"
    "embed"
    "explain"
    "files"
    "incident"
    "keys"
    "learned"
    "links"
    "missing"
    "page"
    "queue"
    "replies"
    "sign_in"
    "stuck"
    "talk"
    "ticket"
};

/// The sentences, by language and `part.key`.
#[derive(Debug)]
pub struct Wording {
    sentences: [HashMap<String, String>; 3],
}

/// A locale file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("locales/{lang}/{part}.toml: {detail}")]
pub struct WordingError {
    lang: Lang,
    part: &'static str,
    detail: String,
}

impl Wording {
    /// The embedded sentences.
    ///
    /// # Errors
    /// [`WordingError`] names the file that is not a flat table of texts; a test keeps that from happening.
    pub fn embedded() -> Result<Self, WordingError> {
        let mut sentences: [HashMap<String, String>; 3] = std::array::from_fn(|_| HashMap::new());
        for &(lang, part, text) in FILES {
            let table: HashMap<String, String> =
                toml::from_str(text).map_err(|error| WordingError { lang, part, detail: error.message().to_owned() })?;
            sentences[lang as usize].extend(table.into_iter().map(|(key, sentence)| (format!("{part}.{key}"), sentence)));
        }
        Ok(Self { sentences })
    }

    /// The sentence with this key (`part.key`). A key that no file holds is given back itself: visible, never a crash.
    #[must_use]
    pub fn get<'w>(&'w self, lang: Lang, key: &'w str) -> &'w str {
        self.sentences[lang as usize].get(key).map_or(key, String::as_str)
    }

    /// The sentence with its `{names}` filled in. What is filled in is not searched for names again.
    #[must_use]
    pub fn fill(&self, lang: Lang, key: &str, values: &[(&str, &str)]) -> String {
        let mut rest = self.get(lang, key);
        let mut filled = String::with_capacity(rest.len() + 32);
        while let Some(open) = rest.find('{') {
            let Some(close) = rest[open..].find('}').map(|at| open + at) else { break };
            let name = &rest[open + 1..close];
            filled.push_str(&rest[..open]);
            match values.iter().find(|(known, _)| *known == name) {
                Some((_, value)) => filled.push_str(value),
                None => filled.push_str(&rest[open..=close]),
            }
            rest = &rest[close + 1..];
        }
        filled.push_str(rest);
        filled
    }
}
