//! Standard replies: words that operators use again and again, with fields for what differs from one ticket to the next.
//!
//! `{name}`, `{number}`, `{operator}`, `{group}` and `{phone}` fill themselves; what stands as `{place?}` the operator fills in.
//! A field that still stands in a text is not filled in, and such a text is not to be sent.

use std::fmt;

use super::ids::{GroupId, Slug, TicketNumber};
use super::lang::Lang;
use super::named::named;

/// A standard reply in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandardReply {
    /// Its name, the same in every language.
    pub slug: Slug,
    /// The language it is in.
    pub lang: Lang,
    /// What operators find it by.
    pub title: String,
    /// The only group that uses it; `None` where every group does.
    pub group: Option<GroupId>,
    /// Other words to find it by.
    pub tags: Vec<String>,
    /// What it says, as plain text with fields.
    pub body: String,
}

named! {
    /// A field that the ticket itself fills in.
    KnownField {
        /// What to call the asker.
        Name => "name",
        /// The ticket's number.
        Number => "number",
        /// Who replies.
        Operator => "operator",
        /// The group that has the ticket.
        Group => "group",
        /// The telephone number for what cannot wait.
        Phone => "phone",
    }
}

/// Something in a text that is still to be filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// The ticket can, where it knows.
    Known(KnownField),
    /// The operator must; this is what.
    Free(String),
}

/// What a ticket fills fields with. What it does not know stays a field, for the operator to fill in.
#[derive(Clone, Copy, Debug)]
pub struct Values<'v> {
    /// What to call the asker.
    pub name: Option<&'v str>,
    /// The ticket's number.
    pub number: TicketNumber,
    /// Who replies.
    pub operator: &'v str,
    /// The group's name.
    pub group: &'v str,
    /// The telephone number for what cannot wait.
    pub phone: Option<&'v str>,
}

/// The longest name of a field, in characters.
const LONGEST_FIELD: usize = 40;

impl fmt::Display for Field {
    /// As it stands in a text: `{name}`, `{place?}`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(field) => write!(f, "{{{}}}", field.as_str()),
            Self::Free(what) => write!(f, "{{{what}?}}"),
        }
    }
}

impl Values<'_> {
    fn of(&self, field: &Field) -> Option<String> {
        match field {
            Field::Known(KnownField::Name) => self.name.map(str::to_owned),
            Field::Known(KnownField::Number) => Some(self.number.to_string()),
            Field::Known(KnownField::Operator) => Some(self.operator.to_owned()),
            Field::Known(KnownField::Group) => Some(self.group.to_owned()),
            Field::Known(KnownField::Phone) => self.phone.map(str::to_owned),
            Field::Free(_) => None,
        }
    }
}

/// The fields that stand in a text, each once, in order: what has to be filled in before it may be sent.
#[must_use]
pub fn fields(text: &str) -> Vec<Field> {
    let mut fields = Vec::new();
    for piece in pieces(text) {
        if let Piece::Field(field) = piece
            && !fields.contains(&field)
        {
            fields.push(field);
        }
    }
    fields
}

/// What stands in braces in a standard reply and looks like a field, but is none: a slip of whoever wrote it.
#[must_use]
pub fn unknown_fields(text: &str) -> Vec<&str> {
    let unknown = pieces(text).into_iter().filter_map(|piece| if let Piece::Unknown(name) = piece { Some(name) } else { None });
    unknown.collect()
}

/// The text with the fields filled in that are known. What is filled in is not searched for fields again.
#[must_use]
pub fn fill(text: &str, values: &Values<'_>) -> String {
    let filled = pieces(text).into_iter().map(|piece| match piece {
        Piece::Words(words) => words.to_owned(),
        Piece::Unknown(name) => format!("{{{name}}}"),
        Piece::Field(field) => values.of(&field).unwrap_or_else(|| field.to_string()),
    });
    filled.collect()
}

/// The standard replies that a group can use: those in the language that the reader prefers first, of those the group's own
/// first, then by title.
#[must_use]
pub fn pick<'r>(replies: &'r [StandardReply], lang: Lang, group: &GroupId) -> Vec<&'r StandardReply> {
    let mut picked: Vec<&StandardReply> = replies.iter().filter(|reply| reply.is_for(group)).collect();
    let rank = |reply: &StandardReply| lang.preference().iter().position(|one| *one == reply.lang);
    picked.sort_by_cached_key(|reply| (rank(reply), reply.group.is_none(), reply.title.to_lowercase()));
    picked
}

/// The version of a standard reply for this reader, of those that the group can use; of all where none is named.
#[must_use]
pub fn version<'r>(
    replies: &'r [StandardReply],
    slug: &Slug,
    reader: Lang,
    group: Option<&GroupId>,
) -> Option<&'r StandardReply> {
    let usable = replies.iter().filter(|reply| reply.slug == *slug && group.is_none_or(|group| reply.is_for(group)));
    let rank = |reply: &&StandardReply| reader.preference().iter().position(|lang| *lang == reply.lang);
    usable.min_by_key(rank)
}

impl StandardReply {
    /// Whether this group can use it.
    #[must_use]
    pub fn is_for(&self, group: &GroupId) -> bool {
        self.group.as_ref().is_none_or(|own| own == group)
    }
}

enum Piece<'t> {
    Words(&'t str),
    Field(Field),
    Unknown(&'t str),
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let (mut pieces, mut rest, mut from) = (Vec::new(), text, 0);
    while let Some(open) = rest[from..].find('{').map(|at| from + at) {
        from = open + 1;
        let Some(close) = rest[from..].find(['{', '}', '\n']).map(|at| from + at) else { break };
        let Some(piece) = rest[close..].strip_prefix('}').and_then(|_| in_braces(&rest[from..close])) else { continue };
        pieces.extend([Piece::Words(&rest[..open]), piece]);
        (rest, from) = (&rest[close + 1..], 0);
    }
    pieces.push(Piece::Words(rest));
    pieces
}

/// What stands between braces, where it is a field or looks like one; operators also send what has braces of its own.
fn in_braces(inner: &str) -> Option<Piece<'_>> {
    if inner.chars().count() > LONGEST_FIELD {
        return None;
    }
    if let Some(what) = inner.strip_suffix('?') {
        let is_name = what.chars().any(char::is_alphabetic) && what.chars().all(|c| c.is_alphanumeric() || " -/".contains(c));
        return is_name.then(|| Piece::Field(Field::Free(what.to_owned())));
    }
    if let Some(known) = KnownField::from_name(inner) {
        return Some(Piece::Field(Field::Known(known)));
    }
    let is_name = !inner.is_empty() && inner.chars().all(|c| c.is_alphabetic() || c == '_');
    is_name.then_some(Piece::Unknown(inner))
}
