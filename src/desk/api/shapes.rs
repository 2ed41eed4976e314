//! The JSON of the employee's side. The shapes are stable: what is here is what other systems rely on.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::lang::Lang;

/// A first message, which begins a conversation.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(expecting = "an object")]
pub(super) struct NewConversation {
    /// What the employee writes: 1–4000 characters.
    #[schema(min_length = 1, max_length = 4000)]
    pub(super) text: String,
    /// The language that the employee has chosen; without it, the text's own.
    #[schema(nullable = false)]
    pub(super) lang: Option<LangCode>,
    /// A secret of the client's own choosing: 32–200 random letters, digits, `-` and `_`. It opens the conversation from then on,
    /// and the call is safe to send again: with the same one it is still one conversation.
    #[schema(nullable = false, min_length = 32, max_length = 200, pattern = "^[A-Za-z0-9_-]+$")]
    pub(super) secret: Option<String>,
    /// What the employee says of themselves. Nothing is believed because of it.
    #[schema(nullable = false)]
    pub(super) person: Option<PersonSaid>,
}

/// What the employee says of themselves.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(expecting = "an object")]
pub(super) struct PersonSaid {
    /// What to call them.
    pub(super) name: Option<String>,
    /// Where to write to them.
    pub(super) email: Option<String>,
    /// The member organisation they belong to.
    pub(super) organisation: Option<String>,
}

/// One more message of the employee.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(expecting = "an object")]
pub(super) struct NewMessage {
    /// What the employee writes: 1–4000 characters.
    #[schema(min_length = 1, max_length = 4000)]
    pub(super) text: String,
    /// The client's own id of the message: sent again with the same one, it is still one message.
    #[schema(nullable = false, min_length = 1)]
    pub(super) client_id: Option<String>,
}

/// A language: bokmål, nynorsk or English.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum LangCode {
    /// Bokmål.
    Nb,
    /// Nynorsk.
    Nn,
    /// English.
    En,
}

/// A conversation as its employee sees it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Conversation {
    /// Its id, a 64-bit number as text.
    pub(super) id: String,
    /// What opens it from now on; told only when the conversation begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) secret: Option<String>,
    /// Where it stands.
    pub(super) state: State,
    /// The latest ticket.
    #[schema(required)]
    pub(super) ticket: Option<TicketState>,
    /// What was said, oldest first.
    pub(super) messages: Vec<Message>,
}

/// Where a conversation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    /// The bot answers.
    Open,
    /// There is a ticket, and nobody has it yet.
    Queued,
    /// An operator has the ticket.
    WithOperator,
    /// The answer helped, or the ticket is resolved.
    Resolved,
}

/// A ticket as its employee sees it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TicketState {
    /// The number that people say on the phone.
    pub(super) number: i64,
    /// Where it stands.
    pub(super) status: StatusName,
}

/// Where a ticket stands.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum StatusName {
    /// Nobody has it yet.
    Waiting,
    /// An operator has it.
    Taken,
    /// It is resolved.
    Resolved,
}

/// One line of a conversation.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Message {
    /// Its id, a 64-bit number as text; later lines have higher numbers.
    pub(super) id: String,
    /// Who wrote it.
    pub(super) from: From,
    /// What sort of line it is.
    pub(super) kind: Kind,
    /// What it says, in its language. Plain text as typed for `question` and `text`, Markdown for the others.
    pub(super) text: String,
    /// Its language.
    pub(super) lang: LangCode,
    /// The articles that it shows, offers or chooses, best first.
    pub(super) articles: Vec<ArticleLink>,
    /// How probable it was that the first of them is the right one. With answers and offers only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 1)]
    pub(super) confidence: Option<f64>,
    /// The choices that would be accepted now. Only the latest line that has such choices holds any.
    pub(super) actions: Vec<Choice>,
    /// When it was written (RFC 3339, UTC).
    #[schema(format = DateTime)]
    pub(super) at: String,
}

/// Who wrote a line.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum From {
    /// Who asks.
    Employee,
    /// Firstline itself.
    Bot,
    /// A person in the desk.
    Operator,
}

/// What sort of line it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// What the employee wrote for the bot to answer.
    Question,
    /// One article's passage.
    Answer,
    /// Titles to choose from.
    Offer,
    /// The matter is a ticket now, and a person will come.
    Handoff,
    /// What the employee is told about the matter's course.
    Notice,
    /// Other words of people, and choices that were made.
    Text,
}

/// An article in one language.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ArticleLink {
    /// Its name, the same in every language.
    pub(super) slug: String,
    /// The language of this version.
    pub(super) lang: LangCode,
    /// Its title.
    pub(super) title: String,
    /// Where it is read whole.
    pub(super) url: String,
}

/// A choice that can be made.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Choice {
    /// Stable: `helped`, `not_helped`, `human`, `choose:<slug>`, `tell_me`, `something_else`, `resolved_yes` or `resolved_no`.
    pub(super) id: String,
    /// What stands on the button, in the line's language.
    pub(super) label: String,
}

impl std::convert::From<Lang> for LangCode {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Nb => Self::Nb,
            Lang::Nn => Self::Nn,
            Lang::En => Self::En,
        }
    }
}

impl std::convert::From<LangCode> for Lang {
    fn from(code: LangCode) -> Self {
        match code {
            LangCode::Nb => Self::Nb,
            LangCode::Nn => Self::Nn,
            LangCode::En => Self::En,
        }
    }
}
