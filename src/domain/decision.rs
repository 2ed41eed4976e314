//! What a flow concluded: changes to keep and errands to run, all in one write.

use super::conversation::{Conversation, Version};
use super::event::{Event, Happened};
use super::ids::{ChannelName, ExternalId, Fresh, GroupId, MessageId, OperatorId, OutboxId, TicketId};
use super::lang::Lang;
use super::message::{Author, Content, Line, Visibility};
use super::place::Delivery;
use super::time::Timestamp;

/// Everything that one thing's happening leads to. It is kept whole or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What was received, so that the same thing twice is one.
    pub receipt: Option<Receipt>,
    /// The version that was decided upon; `None` for a new conversation.
    pub expected: Option<Version>,
    /// The conversation as it is afterwards.
    pub conversation: Conversation,
    /// What happened, in order.
    pub events: Vec<Event>,
    /// What was said, in order.
    pub lines: Vec<Line>,
    /// What must be done outside, in order.
    pub errands: Vec<(OutboxId, Errand)>,
}

impl Decision {
    /// The line that holds what was received: the first that a person wrote or chose.
    #[must_use]
    pub fn received_line(&self) -> Option<MessageId> {
        let is_own = |content: &Content| {
            matches!(
                content,
                Content::Question(_)
                    | Content::Text(_)
                    | Content::Edited(_)
                    | Content::Note(_)
                    | Content::Pressed(_)
                    | Content::Chosen(_)
                    | Content::File(_)
            )
        };
        let own = self.lines.iter().find(|line| line.author != Author::Bot && is_own(&line.content));
        own.filter(|_| self.receipt.is_some()).map(|line| line.id)
    }
}

/// The platform's id of what was received.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Receipt {
    /// Which channel received it.
    pub channel: ChannelName,
    /// The platform's id, unique inside the channel.
    pub external_id: ExternalId,
}

/// Something to be done on a platform, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Errand {
    /// Say a line where the conversation lives.
    Say {
        /// The line.
        message: MessageId,
        /// The receipt of what it answers: a message, or something that was done.
        reply_to: Option<ExternalId>,
    },
    /// Let a line stand where an earlier one was said, or say it where that one cannot be changed any more.
    Amend {
        /// The line.
        message: MessageId,
        /// The line whose place it takes.
        earlier: MessageId,
        /// The platform's message that it answers.
        reply_to: Option<ExternalId>,
    },
    /// Take back a line that was said.
    Retract {
        /// The line.
        message: MessageId,
    },
    /// Make a place where the employee and the desk can talk alone; the conversation moves there.
    OpenRoom {
        /// The ticket it is for.
        ticket: TicketId,
    },
    /// Show the ticket's present state to a group's operators.
    ShowCard {
        /// The channel that has the group's operators.
        channel: ChannelName,
        /// The ticket.
        ticket: TicketId,
        /// The group.
        group: GroupId,
    },
    /// Bring the card that a group's operators have of the ticket up to date, as far as that can be done without showing a new one.
    RefreshCard {
        /// The channel that has the group's operators.
        channel: ChannelName,
        /// The ticket.
        ticket: TicketId,
        /// The group.
        group: GroupId,
    },
    /// Show a note to a group's operators where they talk about the ticket among themselves, if they do.
    PostNote {
        /// The channel that has the group's operators.
        channel: ChannelName,
        /// The ticket.
        ticket: TicketId,
        /// The group.
        group: GroupId,
        /// The note.
        message: MessageId,
    },
    /// Let an operator into the room.
    Admit {
        /// Who.
        operator: OperatorId,
    },
}

/// Now, and identifiers to use: all that deciding needs from outside.
#[derive(Debug)]
pub struct Moment {
    /// The time of the decision.
    pub now: Timestamp,
    /// Identifiers for what is decided.
    pub fresh: Fresh,
}

/// A decision in the making: every step is an event that the conversation has already followed.
#[derive(Debug)]
pub(crate) struct Draft<'m> {
    conversation: Conversation,
    expected: Option<Version>,
    events: Vec<Event>,
    lines: Vec<Line>,
    errands: Vec<(OutboxId, Errand)>,
    reply_to: Option<ExternalId>,
    moment: &'m mut Moment,
}

impl<'m> Draft<'m> {
    /// Continues a conversation.
    pub(crate) fn of(conversation: Conversation, moment: &'m mut Moment) -> Self {
        let expected = Some(conversation.version);
        Self { conversation, expected, events: vec![], lines: vec![], errands: vec![], reply_to: None, moment }
    }

    /// Begins a conversation.
    pub(crate) fn opening(
        place: super::place::Place,
        employee: super::message::Employee,
        lang: Lang,
        moment: &'m mut Moment,
    ) -> Self {
        Self::opened_by(Author::Employee, place, employee, lang, moment)
    }

    /// Begins a conversation; `by` is whoever does so.
    pub(crate) fn opened_by(
        by: Author,
        place: super::place::Place,
        employee: super::message::Employee,
        lang: Lang,
        moment: &'m mut Moment,
    ) -> Self {
        let id = moment.fresh.conversation();
        let conversation = Conversation::opened(id, place.clone(), employee.clone(), lang, moment.now);
        let what = Happened::Opened { place, employee, lang };
        let opening = Event { id: moment.fresh.event(), at: moment.now, by, what };
        Self { conversation, expected: None, events: vec![opening], lines: vec![], errands: vec![], reply_to: None, moment }
    }

    /// The conversation as decided so far.
    pub(crate) const fn conversation(&self) -> &Conversation {
        &self.conversation
    }

    /// What is said from here on answers this message of the platform.
    pub(crate) fn in_reply_to(&mut self, external_id: Option<ExternalId>) {
        self.reply_to = external_id;
    }

    /// When it is decided.
    pub(crate) const fn now(&self) -> Timestamp {
        self.moment.now
    }

    /// A ticket's identifier.
    pub(crate) const fn fresh_ticket(&mut self) -> TicketId {
        self.moment.fresh.ticket()
    }

    /// Notes that something happened.
    pub(crate) fn happened(&mut self, by: Author, what: Happened) {
        let event = Event { id: self.moment.fresh.event(), at: self.moment.now, by, what };
        self.conversation.follow(&event);
        self.events.push(event);
    }

    /// Keeps a line that already stands where it was written.
    pub(crate) fn record(&mut self, author: Author, visibility: Visibility, content: Content) -> MessageId {
        let id = self.moment.fresh.message();
        let lang = self.conversation.lang;
        self.lines.push(Line { id, author, visibility, lang, content, at: self.moment.now });
        id
    }

    /// Says a line to the employee: it is kept, and sent where sending is needed.
    pub(crate) fn say(&mut self, author: Author, content: Content) -> MessageId {
        let message = self.record(author, Visibility::Everyone, content);
        if self.conversation.place.delivery == Delivery::Pushed {
            let reply_to = self.reply_to.clone();
            self.errand(Errand::Say { message, reply_to });
        }
        message
    }

    /// Lets what is said in this decision stand in place of what was said before: the last in place of the last, and so on backwards.
    /// What nothing takes the place of is taken back.
    pub(crate) fn say_instead_of(&mut self, replaced: &[MessageId]) {
        if self.conversation.place.delivery != Delivery::Pushed {
            return;
        }
        let mut replaced = replaced.to_vec();
        for (_, errand) in self.errands.iter_mut().rev() {
            if let Errand::Say { message, reply_to } = errand
                && let Some(earlier) = replaced.pop()
            {
                *errand = Errand::Amend { message: *message, earlier, reply_to: reply_to.take() };
            }
        }
        for message in replaced {
            self.errand(Errand::Retract { message });
        }
    }

    /// Adds an errand.
    pub(crate) fn errand(&mut self, errand: Errand) {
        self.errands.push((self.moment.fresh.errand(), errand));
    }

    /// The whole decision.
    pub(crate) fn decide(self, receipt: Option<Receipt>) -> Decision {
        let Self { conversation, expected, events, lines, errands, .. } = self;
        Decision { receipt, expected, conversation, events, lines, errands }
    }
}
