//! What speaks for an article: a few figures between 0 and about 1, each with a name that people understand.

/// One figure of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Feature {
    /// How well the whole article has the question's words (BM25 as a share of the possible).
    Article,
    /// The same for its best passage.
    Passage,
    /// Likeness of question and title.
    Title,
    /// How much of the title the question names.
    TitleNamed,
    /// The share of the question's words among the tags.
    Tags,
    /// The share of the question's words in headings.
    Headings,
    /// Likeness with the most alike example question.
    Example,
    /// Mean likeness with the three most alike example questions.
    Examples,
    /// How well all example questions together have the question's words.
    Asked,
    /// Likeness of the question's best sentence with an example question or the title.
    Sentence,
    /// The share of the question's words that the article has, rare words counting more.
    Coverage,
    /// How much of the question's letter groups the article has.
    Letters,
    /// Likeness of the letters with the title.
    TitleLetters,
    /// Likeness of the letters with the most alike example question.
    ExampleLetters,
    /// The mean of that over the three most alike ones.
    ExamplesLetters,
    /// How near the question's neighbouring words stand to each other in a passage.
    Nearness,
    /// Likeness with the title of an article without example questions.
    TitleAlone,
}

impl Feature {
    /// All of them, in the order of the weights.
    pub(crate) const ALL: [Self; 17] = [
        Self::Article,
        Self::Passage,
        Self::Title,
        Self::TitleNamed,
        Self::Tags,
        Self::Headings,
        Self::Example,
        Self::Examples,
        Self::Asked,
        Self::Sentence,
        Self::Coverage,
        Self::Letters,
        Self::TitleLetters,
        Self::ExampleLetters,
        Self::ExamplesLetters,
        Self::Nearness,
        Self::TitleAlone,
    ];

    /// A short name.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Passage => "passage",
            Self::Title => "title",
            Self::TitleNamed => "title named",
            Self::Tags => "tags",
            Self::Headings => "headings",
            Self::Example => "example question",
            Self::Examples => "example questions",
            Self::Asked => "asked",
            Self::Sentence => "best sentence",
            Self::Coverage => "coverage",
            Self::Letters => "letters",
            Self::TitleLetters => "letters of the title",
            Self::ExampleLetters => "letters of an example question",
            Self::ExamplesLetters => "letters of example questions",
            Self::Nearness => "nearness",
            Self::TitleAlone => "title alone",
        }
    }
}

/// A candidate's figures, in the order of [`Feature::ALL`].
pub(crate) type Figures = [f32; Feature::ALL.len()];
