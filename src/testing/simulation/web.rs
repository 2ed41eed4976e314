//! What people do on pages and over the API: each request bears a key, and is sent again with it until it is answered.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::index::SAYINGS;
use super::life::Life;
use super::story::Story;
use super::town::{desk_operator, visitor};
use crate::domain::decision::Receipt;
use crate::domain::ids::{ChannelName, ConversationId, EmployeeId, ExternalId, GroupId, IncidentNumber, TicketNumber};
use crate::domain::incident::{IncidentKind, IncidentState, Localised, Matter, Move, Severity, Touches};
use crate::domain::lang::Lang;
use crate::domain::message::{Action, IncomingMessage, LangHint, Redacted, Visibility};
use crate::domain::operator_side::{Destination, Wish, Written};
use crate::domain::permission::Operator;
use crate::domain::place::Readers;
use crate::domain::ticket::{Assessment, Impact, SupportLine, Urgency};
use crate::domain::time::Timestamp;
use crate::flows::{FlowError, Flows};
use crate::ports::{Clock, Conversations, Incidents, TicketFilter};

/// How many people ask on pages, and how many work there.
const VISITORS: usize = 2;
const IN_THE_DESK: usize = 2;

/// What people want from pages, and what became of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Requests(Arc<Mutex<Vec<Request>>>);

#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) wish: Wanted,
    pub(super) state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// It has no answer, and will be sent again.
    Open,
    UnderWay,
    /// It was carried out, now or before.
    Done,
    /// There was nothing to carry out.
    Declined,
}

/// What somebody wants.
#[derive(Clone, Debug)]
pub(super) enum Wanted {
    Ask(Box<IncomingMessage>),
    Press(ConversationId, EmployeeId, Action, Receipt),
    Add(TicketNumber, EmployeeId, Redacted, Receipt),
    Handle(TicketNumber, Box<Operator>, Box<Wish>, Receipt),
    Announce(Box<Operator>, Box<Matter>),
    End(IncidentNumber, Box<Operator>),
    Link(TicketNumber, Option<IncidentNumber>, Box<Operator>),
}

impl Requests {
    fn push(&self, wish: Wanted) {
        self.all().push(Request { wish, state: State::Open });
    }

    /// Whoever waited for an answer knows that none will come.
    pub(super) fn connection_lost(&self) {
        for request in self.all().iter_mut().filter(|request| request.state == State::UnderWay) {
            request.state = State::Open;
        }
    }

    pub(super) fn are_done(&self) -> bool {
        !self.all().iter().any(|request| matches!(request.state, State::Open | State::UnderWay))
    }

    pub(super) fn list(&self) -> Vec<Request> {
        self.all().clone()
    }

    /// Sends every request that has no answer.
    pub(super) fn send_all(&self, flows: &Flows) {
        let mut all = self.all();
        for (number, request) in all.iter_mut().enumerate().filter(|(_, request)| request.state == State::Open) {
            request.state = State::UnderWay;
            let (requests, flows, wish) = (self.clone(), flows.clone(), request.wish.clone());
            tokio::spawn(async move {
                let state = match carry_out(&flows, wish).await {
                    Ok(state) => state,
                    Err(FlowError::NotFound | FlowError::Refused(_)) => State::Declined,
                    Err(_) => State::Open,
                };
                if let Some(request) = requests.all().get_mut(number) {
                    request.state = state;
                }
            });
        }
    }

    fn all(&self) -> MutexGuard<'_, Vec<Request>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn carry_out(flows: &Flows, wish: Wanted) -> Result<State, FlowError> {
    use crate::flows::{Outcome, Own};
    Ok(match wish {
        Wanted::Ask(message) => {
            flows.receive(&message).await?;
            State::Done
        }
        Wanted::Press(conversation, by, action, receipt) => {
            flows.press(conversation, &by, &action, Some(receipt)).await?;
            State::Done
        }
        Wanted::Add(number, by, text, receipt) => match flows.add(number, &by, text, Some(receipt)).await? {
            Own::Kept | Own::Already => State::Done,
            Own::TooLate => State::Declined,
        },
        Wanted::Handle(number, by, wish, receipt) => match flows.handle_once(number, &by, *wish, Some(receipt)).await? {
            Outcome::Done => State::Done,
            _ => State::Declined,
        },
        Wanted::Announce(by, matter) => {
            flows.announce_incident(&by, *matter, IncidentState::Confirmed, None).await?;
            State::Done
        }
        Wanted::End(number, by) => {
            flows.coordinate(number, &by, Move::End(None)).await?;
            State::Done
        }
        Wanted::Link(ticket, incident, by) => {
            flows.link_ticket(ticket, incident, &by).await?;
            State::Done
        }
    })
}

impl Story {
    pub(super) async fn somebody_acts_on_a_page(&mut self, life: &Life) {
        match self.dice.below(16) {
            0..4 => self.a_visitor_asks(),
            4 | 5 => self.a_visitor_chooses(life).await,
            6 => self.a_visitor_adds(life).await,
            7 | 8 => self.a_coordinator_acts(life).await,
            _ => self.the_desk_acts(life).await,
        }
        self.requests.send_all(&life.flows);
    }

    fn want(&mut self, wish: Wanted) {
        let told = match &wish {
            Wanted::Ask(message) => format!("{} asks {:?} on a page", message.employee.id, message.text.as_str()),
            Wanted::Press(_, by, action, _) => format!("{by} chooses {} on a page", action.id()),
            Wanted::Add(number, by, ..) => format!("{by} adds something to ticket {number} on a page"),
            Wanted::Handle(number, by, wish, _) => format!("{} wants to {} ticket {number}", by.id, wish.name()),
            Wanted::Announce(by, _) => format!("{} announces an incident", by.id),
            Wanted::End(number, by) => format!("{} ends incident {number}", by.id),
            Wanted::Link(number, incident, _) => format!("ticket {number} is linked to {incident:?}"),
        };
        self.tell(&told);
        self.requests.push(wish);
    }

    fn receipt(&mut self, channel: &str) -> Receipt {
        Receipt { channel: ChannelName::new(channel), external_id: ExternalId::new(format!("key-{}", self.serial())) }
    }

    fn a_visitor_asks(&mut self) {
        let (employee, place) = visitor(self.dice.below(VISITORS));
        let saying = self.dice.pick(&SAYINGS).copied().unwrap_or("passord");
        let text = Redacted::vouched(format!("{saying} nr{}.", self.serial()));
        let external_id = self.receipt("web").external_id;
        let lang = LangHint::Likely(Lang::Nb);
        let message = IncomingMessage {
            conversation: None,
            place,
            external_id,
            employee,
            text,
            secrets: Vec::new(),
            lang,
            readers: Readers::Alone,
        };
        self.want(Wanted::Ask(Box::new(message)));
    }

    async fn a_visitor_chooses(&mut self, life: &Life) {
        let (employee, place) = visitor(self.dice.below(VISITORS));
        let Ok(Some(conversation)) = life.store.conversation_at(&place, &employee.id).await else { return };
        let lines = life.store.lines(conversation.id, None, Visibility::Everyone).await.unwrap_or_default();
        let offered: Vec<Action> = lines.iter().flat_map(|recorded| recorded.line.content.actions()).collect();
        let Some(action) = self.dice.pick(&offered).cloned() else { return };
        let receipt = self.receipt("web");
        self.want(Wanted::Press(conversation.id, employee.id, action, receipt));
    }

    async fn a_visitor_adds(&mut self, life: &Life) {
        let (employee, _) = visitor(self.dice.below(VISITORS));
        let own = life.store.tickets_of(&employee.id).await.unwrap_or_default();
        let Some(number) = self.dice.pick(&own).map(|ticket| ticket.number) else { return };
        let text = Redacted::vouched(format!("En ting til nr{}.", self.serial()));
        let receipt = self.receipt("web");
        self.want(Wanted::Add(number, employee.id, text, receipt));
    }

    async fn the_desk_acts(&mut self, life: &Life) {
        let tickets = life.store.tickets(&TicketFilter::default()).await.unwrap_or_default();
        let Some(ticket) = self.dice.pick(&tickets).cloned() else { return };
        let other = self.dice.pick(&tickets).map_or(ticket.number, |other| other.number);
        let wish = self.some_wish(other);
        let hands = if self.dice.one_in(4) { IN_THE_DESK } else { 1 };
        let first = self.dice.below(IN_THE_DESK);
        for hand in 0..hands {
            let by = desk_operator((first + hand) % IN_THE_DESK);
            let receipt = self.receipt("desk");
            self.want(Wanted::Handle(ticket.number, Box::new(by), Box::new(wish.clone()), receipt));
        }
    }

    fn some_wish(&mut self, other: TicketNumber) -> Wish {
        let serial = self.serial();
        let words = |text: &str| Redacted::vouched(format!("{text} nr{serial}."));
        let until = self.town.clock.now().after(Duration::from_hours(1));
        match self.dice.below(14) {
            0..4 => Wish::Take,
            4 => Wish::Release,
            5 | 6 => Wish::Reply(words("Hei fra skranken"), Written::InDesk),
            7 => {
                let note = words("INTERNT");
                self.notes.push(note.as_str().to_owned());
                Wish::Note(note)
            }
            8 => {
                let group = if self.dice.one_in(2) { "clinical" } else { "general" };
                let reason = words("INTERNT");
                self.notes.push(reason.as_str().to_owned());
                Wish::Transfer { to: Destination::Group(GroupId::new(group)), reason }
            }
            9 => {
                let reason = words("INTERNT");
                self.notes.push(reason.as_str().to_owned());
                Wish::Transfer { to: Destination::Line(SupportLine::Second), reason }
            }
            10 => Wish::Prioritise(Assessment { impact: Impact::Unit, urgency: Urgency::Medium }),
            11 => Wish::Snooze { until },
            12 => Wish::MergeInto(other),
            _ => Wish::Resolve(Some(words("Prøv nå"))),
        }
    }

    async fn a_coordinator_acts(&mut self, life: &Life) {
        let by = Box::new(desk_operator(0));
        let open = life.store.open_incidents(10).await.unwrap_or_default();
        let Some(number) = self.dice.pick(&open).map(|record| record.number) else {
            let Some(matter) = wifi_is_down(self.town.clock.now()) else { return };
            return self.want(Wanted::Announce(by, Box::new(matter)));
        };
        let tickets = life.store.tickets(&TicketFilter::default()).await.unwrap_or_default();
        match (self.dice.below(3), self.dice.pick(&tickets).map(|ticket| ticket.number)) {
            (1 | 2, Some(ticket)) => self.want(Wanted::Link(ticket, Some(number), by)),
            _ => self.want(Wanted::End(number, by)),
        }
    }
}

fn wifi_is_down(now: Timestamp) -> Option<Matter> {
    Some(Matter {
        kind: IncidentKind::Incident,
        severity: Severity::Major,
        title: Localised::new("Trådløst nett er nede", "", "")?,
        text: Localised::new("Bruk kabel så lenge.", "", "")?,
        touches: Touches { words: vec!["wifi".to_owned()], ..Touches::default() },
        from: now,
        until: None,
    })
}
