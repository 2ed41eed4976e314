//! The link register: where a desk sends people, kept as articles are.

use std::fmt;

use super::article::Day;
use super::ids::{GroupId, Slug};
use super::lang::Lang;

/// A link in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its name, the same in every language.
    pub slug: Slug,
    /// The language it is in.
    pub lang: Lang,
    /// What operators and employees call the place.
    pub title: String,
    /// Where it leads.
    pub address: Address,
    /// The group that answers for it; `None` where none does in particular.
    pub group: Option<GroupId>,
    /// Other words that people use of it.
    pub tags: Vec<String>,
    /// When it was last tried.
    pub reviewed: Option<Day>,
    /// What it is for, as plain text.
    pub purpose: String,
}

/// Where a link leads: `https:`, `mailto:` or `tel:`, and nothing that a browser could take for anything else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(String);

/// The longest address, in bytes: what every browser takes.
const LONGEST: usize = 2_000;
/// How many digits a telephone number has, at least and at most: an own number of three, and what the international plan allows.
const DIGITS: std::ops::RangeInclusive<usize> = 3..=15;

impl Address {
    /// The address, where it is one; it is not looked whether anything is there.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let plain =
            text.len() <= LONGEST && !text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"\\^`{|}".contains(c));
        let (scheme, rest) = text.split_once(':')?;
        let fits = match scheme {
            "https" => rest.strip_prefix("//").is_some_and(is_on_the_web),
            "mailto" => is_mailbox(rest),
            "tel" => is_number(rest),
            _ => false,
        };
        (plain && fits).then(|| Self(text.to_owned()))
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As people write it: without what tells a program that it is mail or a telephone.
    #[must_use]
    pub fn shown(&self) -> &str {
        let mailbox = self.0.strip_prefix("mailto:").map(|rest| rest.split('?').next().unwrap_or(rest));
        mailbox.or_else(|| self.0.strip_prefix("tel:")).unwrap_or(&self.0)
    }

    /// The same for two addresses that lead to the same place: with the host in lower case and nothing empty at its end.
    #[must_use]
    pub fn place(&self) -> String {
        let from = self.0.strip_prefix("https://").map_or(0, |rest| "https://".len() + end_of_host(rest));
        let (host, path) = if from == 0 { (self.0.as_str(), "") } else { self.0.split_at(from) };
        host.to_lowercase() + path.trim_end_matches(['/', '#', '?'])
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Link {
    /// What an operator puts into a reply: its name and where it leads.
    #[must_use]
    pub fn in_words(&self) -> String {
        format!("{}: {}", self.title, self.address.shown())
    }
}

/// The version of a link for this reader.
#[must_use]
pub fn version<'l>(links: &'l [Link], slug: &Slug, reader: Lang) -> Option<&'l Link> {
    reader.preference().iter().find_map(|lang| links.iter().find(|link| link.slug == *slug && link.lang == *lang))
}

fn end_of_host(rest: &str) -> usize {
    rest.find(['/', '?', '#']).unwrap_or(rest.len())
}

/// A host with a name and perhaps a port; names with a password in front are refused, since they hide where they lead.
fn is_on_the_web(rest: &str) -> bool {
    let authority = &rest[..end_of_host(rest)];
    let (host, port) = authority.split_once(':').unwrap_or((authority, "443"));
    is_host(host) && port.parse::<u16>().is_ok_and(|port| port > 0)
}

fn is_host(host: &str) -> bool {
    let label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    host.contains('.') && host.split('.').all(label)
}

fn is_mailbox(rest: &str) -> bool {
    let mailbox = rest.split('?').next().unwrap_or(rest);
    mailbox.split_once('@').is_some_and(|(name, host)| !name.is_empty() && is_host(host))
}

fn is_number(rest: &str) -> bool {
    let number = rest.strip_prefix('+').unwrap_or(rest);
    let digits = number.chars().filter(char::is_ascii_digit).count();
    DIGITS.contains(&digits) && number.chars().all(|c| c.is_ascii_digit() || "-.()".contains(c))
}
