//! A type for every identifier, so that the compiler refuses a mix-up.
//!
//! Numbers are made by the program and ordered by time; a [`Fresh`] block hands them out inside one decision, which keeps
//! deciding pure: the same block gives the same identifiers.

use std::fmt;

macro_rules! number_id {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(i64);

        impl $name {
            /// The identifier with this number.
            #[must_use]
            pub const fn new(number: i64) -> Self {
                Self(number)
            }

            /// The number, as the store keeps it.
            #[must_use]
            pub const fn get(self) -> i64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

macro_rules! text_id {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The identifier with this text.
            #[must_use]
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text, as the store keeps it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

number_id! {
    /// One employee, one matter, one place.
    ConversationId,
    /// A matter that a person must handle; people say its [`TicketNumber`] instead.
    TicketId,
    /// The number of a ticket that people say on the phone: short and counted upwards.
    TicketNumber,
    /// One line of a conversation, whoever wrote it.
    MessageId,
    /// One thing that happened.
    EventId,
    /// One errand that is decided and not yet known to be done.
    OutboxId,
    /// A question that an article was seen to answer.
    LearnedId,
    /// A file that somebody attached.
    FileId,
    /// One fault behind many tickets, or maintenance that is planned; people say its [`IncidentNumber`] instead.
    IncidentId,
    /// The number of an incident that people say, after a `D-`: counted upwards from 1.
    IncidentNumber,
}

text_id! {
    /// Who asks, as `channel:key`; the channel vouches for it.
    EmployeeId,
    /// Who works in the desk, as `channel:key`; the sign-in vouches for it.
    OperatorId,
    /// Operators with a shared queue, by the configuration's short name.
    GroupId,
    /// An article's name, the same in every language.
    Slug,
    /// Where messages come from and go to, by its short name.
    ChannelName,
    /// A platform's own name for a message or an event, unique inside its channel.
    ExternalId,
}

/// A block of identifiers for one decision: consecutive numbers from a reserved first one.
#[derive(Debug)]
pub struct Fresh {
    next: i64,
}

impl Fresh {
    /// How many identifiers one block holds; a decision needs far fewer.
    pub const BLOCK: i64 = 64;

    /// A block whose first identifier is `first`; whoever makes it has reserved [`Fresh::BLOCK`] of them.
    #[must_use]
    pub const fn starting_at(first: i64) -> Self {
        Self { next: first }
    }

    const fn number(&mut self) -> i64 {
        let number = self.next;
        self.next += 1;
        number
    }

    /// A conversation's identifier.
    pub const fn conversation(&mut self) -> ConversationId {
        ConversationId::new(self.number())
    }

    /// A ticket's identifier.
    pub const fn ticket(&mut self) -> TicketId {
        TicketId::new(self.number())
    }

    /// A line's identifier.
    pub const fn message(&mut self) -> MessageId {
        MessageId::new(self.number())
    }

    /// An event's identifier.
    pub const fn event(&mut self) -> EventId {
        EventId::new(self.number())
    }

    /// A learned question's identifier.
    pub const fn learned(&mut self) -> LearnedId {
        LearnedId::new(self.number())
    }

    /// A file's identifier.
    pub const fn file(&mut self) -> FileId {
        FileId::new(self.number())
    }

    /// An incident's identifier.
    pub const fn incident(&mut self) -> IncidentId {
        IncidentId::new(self.number())
    }

    /// An errand's identifier.
    pub const fn errand(&mut self) -> OutboxId {
        OutboxId::new(self.number())
    }
}
