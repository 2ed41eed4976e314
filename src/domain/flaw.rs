//! What can be wrong with an article, and what that does to it.

use super::article::Day;
use super::ids::GroupId;
use super::lang::Lang;

/// Something wrong with an article's file. Whoever shows it words it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flaw {
    /// The file does not begin with a front matter.
    NoFrontMatter,
    /// The front matter has no closing line.
    OpenFrontMatter,
    /// The front matter is not YAML.
    NoYaml {
        /// What the parser says, in English.
        reason: String,
    },
    /// The front matter has a key that means nothing.
    UnknownKey {
        /// As it stands there.
        key: String,
        /// The known key that it resembles.
        nearest: Option<&'static str>,
        /// The known keys.
        known: &'static [&'static str],
    },
    /// A key that takes a text holds something else.
    NotText {
        /// Which key.
        key: String,
    },
    /// A key that takes a list of texts holds something else.
    NotTexts {
        /// Which key.
        key: String,
    },
    /// A key that takes a day holds something else.
    NotDay {
        /// Which key.
        key: String,
        /// What stands there.
        text: String,
    },
    /// There is no title.
    NoTitle,
    /// Neither the folder nor the front matter says the language.
    NoLang,
    /// The language is none of the three.
    UnknownLang {
        /// What stands there.
        code: String,
    },
    /// The front matter says another language than the folder.
    OtherLang {
        /// The front matter's.
        own: Lang,
        /// The folder's.
        folder: Lang,
    },
    /// The group is not configured.
    UnknownGroup {
        /// What stands there.
        group: GroupId,
        /// Those that are.
        known: Vec<GroupId>,
    },
    /// The review date has not come yet.
    ReviewAhead {
        /// The date.
        day: Day,
    },
    /// The review is due again.
    ReviewDue {
        /// The last one's date.
        day: Day,
        /// After how many months it is due.
        months: u32,
    },
    /// Nothing stands below the front matter.
    NoText,
    /// What looks like a field of a standard reply is none.
    UnknownField {
        /// What stands between the braces.
        name: String,
    },
    /// A link has no address.
    NoAddress,
    /// What stands as a link's address is none, or none that may stand there.
    BadAddress {
        /// What stands there.
        text: String,
    },
    /// Another link leads to the same place.
    SameAddress {
        /// The other link's file.
        file: String,
    },
    /// A link is missing in other languages.
    NoVersion {
        /// In these.
        missing: Vec<Lang>,
    },
    /// There is no heading.
    NoHeading,
    /// A link leads to a file that is not there.
    DeadLink {
        /// Where it leads.
        link: String,
    },
    /// Another file has the same name in the same language.
    SameName {
        /// The other file.
        file: String,
        /// The language.
        lang: Lang,
    },
    /// The article was reviewed before the one that it translates.
    Behind {
        /// Its own review date.
        own: Day,
        /// The review date of what it translates.
        source: Day,
        /// The file of what it translates.
        file: String,
    },
    /// The system does not let the file be read.
    Unreadable {
        /// What the system says.
        reason: String,
    },
    /// The file is larger than an article may be.
    TooLarge,
    /// The file is not UTF-8.
    NotUtf8,
}

impl Flaw {
    /// Whether the article must be left out because of it.
    #[must_use]
    pub const fn leaves_out(&self) -> bool {
        matches!(
            self,
            Self::NoFrontMatter
                | Self::OpenFrontMatter
                | Self::NoYaml { .. }
                | Self::NoTitle
                | Self::UnknownLang { .. }
                | Self::OtherLang { .. }
                | Self::NoText
                | Self::UnknownField { .. }
                | Self::NoAddress
                | Self::BadAddress { .. }
                | Self::SameName { .. }
                | Self::Unreadable { .. }
                | Self::TooLarge
                | Self::NotUtf8
        )
    }

    /// The key of the front matter that it is about, where it is about one.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        match self {
            Self::UnknownKey { key, .. } | Self::NotText { key } | Self::NotTexts { key } | Self::NotDay { key, .. } => Some(key),
            Self::NoTitle => Some("title"),
            Self::NoAddress | Self::BadAddress { .. } | Self::SameAddress { .. } => Some("address"),
            Self::NoLang | Self::UnknownLang { .. } | Self::OtherLang { .. } => Some("lang"),
            Self::UnknownGroup { .. } => Some("group"),
            Self::ReviewAhead { .. } | Self::ReviewDue { .. } | Self::Behind { .. } => Some("reviewed"),
            _ => None,
        }
    }
}

/// A flaw with its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file's line, counted from 1, where it is about one.
    pub line: Option<u32>,
    /// What is wrong.
    pub flaw: Flaw,
}
