//! tantivy's stemmers for single words.

use tantivy::tokenizer::{Language, RawTokenizer, Stemmer, TextAnalyzer};

/// Takes the inflection off a word in lower case.
pub(crate) struct Stem {
    analyzer: TextAnalyzer,
}

impl std::fmt::Debug for Stem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stem")
    }
}

impl Stem {
    pub(crate) fn norwegian() -> Self {
        Self::new(Language::Norwegian)
    }

    pub(crate) fn english() -> Self {
        Self::new(Language::English)
    }

    fn new(language: Language) -> Self {
        let analyzer = TextAnalyzer::builder(RawTokenizer::default()).filter(Stemmer::new(language)).build();
        Self { analyzer }
    }

    /// The stem of `word`.
    pub(crate) fn of(&self, word: &str) -> String {
        let mut analyzer = self.analyzer.clone();
        let mut stream = analyzer.token_stream(word);
        stream.next().map_or_else(|| word.to_owned(), |token| token.text.clone())
    }
}
