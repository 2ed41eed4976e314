//! Every sentence that Firstline says to people, in three languages. The sentences stand in `locales/<lang>/<part>.toml`.

mod bot;
mod people;

pub use bot::{Facts, Said};
pub use people::as_written;

use std::collections::HashMap;

use crate::domain::lang::Lang;

/// One locale file, embedded.
macro_rules! file {
    ($lang:ident, $code:literal, $part:literal) => {
        (Lang::$lang, $part, include_str!(concat!("../../locales/", $code, "/", $part, ".toml")))
    };
}

/// The locale files, embedded: language, part, text.
const FILES: [(Lang, &str, &str); 24] = [
    file!(Nb, "nb", "bot"),
    file!(Nn, "nn", "bot"),
    file!(En, "en", "bot"),
    file!(Nb, "nb", "chat"),
    file!(Nn, "nn", "chat"),
    file!(En, "en", "chat"),
    file!(Nb, "nb", "desk"),
    file!(Nn, "nn", "desk"),
    file!(En, "en", "desk"),
    file!(Nb, "nb", "discord"),
    file!(Nn, "nn", "discord"),
    file!(En, "en", "discord"),
    file!(Nb, "nb", "explain"),
    file!(Nn, "nn", "explain"),
    file!(En, "en", "explain"),
    file!(Nb, "nb", "learned"),
    file!(Nn, "nn", "learned"),
    file!(En, "en", "learned"),
    file!(Nb, "nb", "page"),
    file!(Nn, "nn", "page"),
    file!(En, "en", "page"),
    file!(Nb, "nb", "sign_in"),
    file!(Nn, "nn", "sign_in"),
    file!(En, "en", "sign_in"),
];

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
        for (lang, part, text) in FILES {
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
