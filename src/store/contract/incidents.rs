//! What the store promises about incidents, and about those who wait for their end.

use std::time::Duration;

use futures_util::future::join_all;

use super::Backend;
use super::evening::{Evening, Wants, operator, policy};
use crate::domain::conversation::Conversation;
use crate::domain::decision::{Decision, Receipt};
use crate::domain::ids::{ChannelName, ConversationId, ExternalId, GroupId, IncidentId, IncidentNumber, Slug, TicketId};
use crate::domain::incident::{
    Coordinated, Incident, IncidentChange, IncidentKind, IncidentState, IncidentTold, Linking, Localised, Matter, Move, Severity,
    Touches, announce, coordinate, link, tell_that_it_is_over, unlink,
};
use crate::domain::permission::Allowed;
use crate::domain::time::Timestamp;
use crate::ports::{IncidentKept, IncidentRecord, Telling};

/// An incident as it was told to somebody.
pub(super) fn told(until: Option<Timestamp>) -> IncidentTold {
    IncidentTold {
        id: IncidentId::new(3),
        number: IncidentNumber::new(1),
        kind: IncidentKind::Maintenance,
        state: IncidentState::UnderWay,
        title: "Nye «skrivere»".to_owned(),
        text: String::new(),
        from: Timestamp::from_micros(-5),
        until,
        next_update: until,
    }
}

fn text(nb: &str) -> Localised {
    Localised::new(nb, &format!("{nb} (nn)"), "").unwrap()
}

fn matter(evening: &Evening, nb: &str) -> Matter {
    Matter {
        kind: IncidentKind::Incident,
        severity: Severity::Critical,
        title: text(nb),
        text: text("Bruk *nødrutinen*."),
        touches: Touches {
            groups: vec![GroupId::new("general")],
            services: vec!["DIPS".to_owned()],
            words: vec!["journal".to_owned(), "å få \"opp\"".to_owned()],
            articles: vec![Slug::new("skriver")],
        },
        from: evening.now(),
        until: Some(evening.now().after(Duration::from_hours(2))),
    }
}

impl Evening {
    fn change(&self, incident: Option<&Incident>, wish: Move) -> IncidentChange {
        let allowed = operator("Kari").may_coordinate().unwrap();
        let mut moment = self.moment();
        let decided = match (incident, wish) {
            (None, Move::Revise(matter)) => announce(matter, IncidentState::Reported, Some(self.now()), &allowed, &mut moment),
            (Some(incident), wish) => coordinate(incident, wish, &allowed, &mut moment),
            (None, wish) => panic!("nothing is announced by {wish:?}"),
        };
        match decided {
            Coordinated::Done(change) => *change,
            other => panic!("it was not decided: {other:?}"),
        }
    }

    async fn announces(&self, nb: &str) -> IncidentRecord {
        let change = self.change(None, Move::Revise(matter(self, nb)));
        let IncidentKept::Done(number) = self.store.change_incident(&change).await.unwrap() else { panic!("it is new") };
        self.reads(number).await
    }

    async fn moves(&self, record: &IncidentRecord, wish: Move) -> IncidentRecord {
        let before = self.reads(record.number).await;
        let change = self.change(Some(&before.incident), wish);
        assert_eq!(self.store.change_incident(&change).await.unwrap(), IncidentKept::Done(record.number));
        self.reads(record.number).await
    }

    async fn reads(&self, number: IncidentNumber) -> IncidentRecord {
        self.store.incident(number).await.unwrap().unwrap()
    }

    /// A ticket of this employee that is linked to the incident; what it takes to keep that.
    async fn linking(&self, name: &str, record: &IncidentRecord) -> Decision {
        let id = self.ticket(name, Wants::Person).await.conversation.id;
        let (conversation, allowed) = self.with_proof(id).await;
        match link(&conversation, &record.incident, &allowed, None, &super::evening::policy(), &mut self.moment()) {
            Linking::Done(decision) => *decision,
            other => panic!("{other:?}"),
        }
    }

    async fn links(&self, name: &str, record: &IncidentRecord) -> Decision {
        let decision = self.linking(name, record).await;
        self.keeps(&decision).await;
        decision
    }

    async fn with_proof(&self, id: ConversationId) -> (Conversation, Allowed) {
        let conversation = self.store.conversation(id).await.unwrap().unwrap();
        let allowed = operator("Kari").may_work_on(conversation.ticket.as_ref().unwrap()).unwrap();
        (conversation, allowed)
    }

    async fn only_telling(&self) -> Telling {
        let tellings = self.store.tellings().await.unwrap();
        assert_eq!(tellings.len(), 1, "{tellings:?}");
        tellings[0].clone()
    }

    async fn tells(&self, telling: &Telling, record: &IncidentRecord, (ticket, id): (TicketId, ConversationId)) {
        let conversation = self.store.conversation(id).await.unwrap().unwrap();
        let external_id = ExternalId::new(format!("{}/{ticket}", telling.event));
        let receipt = Receipt { channel: ChannelName::new("incidents"), external_id };
        let incident = (record.number, &record.incident);
        let decision = tell_that_it_is_over(&conversation, incident, &telling.by, receipt, &policy(), &mut self.moment());
        self.keeps(&decision.expect("they wait")).await;
    }
}

pub(super) async fn an_incident_is_found_again_with_all_that_was_told_of_it(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let first = evening.announces("DIPS er nede").await;
    let update =
        Move::Update { text: text("Vi leter."), state: Some(IncidentState::Confirmed), next_update: Some(evening.now()) };
    let wishes = [update, Move::Revise(matter(&evening, "DIPS er treg")), Move::End(Some(text("Rettet."))), Move::Reopen(None)];
    for wish in wishes {
        evening.pass(Duration::from_mins(1));
        let change = evening.change(Some(&evening.reads(first.number).await.incident), wish);
        evening.store.change_incident(&change).await.unwrap();
        let read = evening.store.incident_by_id(first.incident.id).await.unwrap().unwrap();
        assert_eq!(read.incident, change.incident);
        let events = evening.store.incident_events(first.incident.id).await.unwrap();
        assert_eq!(Incident::replay(first.incident.id, &events), Some(change.incident), "events make the stored state");
    }
    let other = evening.announces("Nettet er nede").await;
    evening.pass(Duration::from_mins(1));
    let other = evening.moves(&other, Move::End(None)).await;
    let numbers = |records: Vec<IncidentRecord>| records.iter().map(|record| record.number.get()).collect::<Vec<_>>();
    assert_eq!(numbers(evening.store.open_incidents(10).await.unwrap()), [1]);
    let ended = other.incident.ended_at.unwrap();
    for (since, found) in [(ended, vec![2]), (ended.after(Duration::from_micros(1)), vec![])] {
        assert_eq!(numbers(evening.store.ended_incidents(since, 10).await.unwrap()), found);
    }
    assert_eq!(numbers(evening.store.incidents(None, 10).await.unwrap()), [2, 1]);
    assert_eq!(numbers(evening.store.incidents(Some(other.number), 10).await.unwrap()), [1]);
    assert_eq!(numbers(evening.store.incidents(None, 1).await.unwrap()), [2]);
    assert_eq!(evening.store.incident(IncidentNumber::new(3)).await.unwrap(), None);
}

pub(super) async fn incidents_count_up_and_a_stale_change_leaves_nothing(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let changes: Vec<_> =
        (0..20).map(|nth| evening.change(None, Move::Revise(matter(&evening, &format!("Nr. {nth}"))))).collect();
    let kept = join_all(changes.iter().map(|change| evening.store.change_incident(change))).await;
    let mut numbers: Vec<i64> = kept
        .into_iter()
        .map(|kept| match kept.unwrap() {
            IncidentKept::Done(number) => number.get(),
            other => panic!("a new incident is kept: {other:?}"),
        })
        .collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=20).collect::<Vec<_>>());

    let first = evening.reads(IncidentNumber::new(1)).await;
    let [one, other] = ["En", "To"].map(|nb| evening.change(Some(&first.incident), Move::End(Some(text(nb)))));
    assert_eq!(evening.store.change_incident(&one).await.unwrap(), IncidentKept::Done(first.number));
    assert_eq!(evening.store.change_incident(&other).await.unwrap(), IncidentKept::Stale);
    assert_eq!(evening.reads(first.number).await.incident, one.incident);
    assert_eq!(evening.store.incident_events(first.incident.id).await.unwrap().len(), 2);
    assert_eq!(evening.store.tellings().await.unwrap().len(), 1);
}

pub(super) async fn an_incident_is_announced_once_for_each_receipt(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let about = evening.ticket("Ola", Wants::Person).await.conversation.id;
    let [one, same, other] = ["En", "Den samme", "En annen"].map(|nb| evening.change(None, Move::Revise(matter(&evening, nb))));
    let receipt = |id: &str| Receipt { channel: ChannelName::new("chat"), external_id: ExternalId::new(id) };
    let (first, second) = (receipt("announce-1"), receipt("announce-2"));
    let store = &evening.store;
    assert_eq!(store.change_incident_once(&one, &first, about).await.unwrap(), IncidentKept::Done(IncidentNumber::new(1)));
    assert_eq!(store.change_incident_once(&same, &first, about).await.unwrap(), IncidentKept::SeenBefore);
    assert_eq!(store.change_incident_once(&other, &second, about).await.unwrap(), IncidentKept::Done(IncidentNumber::new(2)));
    assert_eq!(store.open_incidents(10).await.unwrap().len(), 2);
}

pub(super) async fn links_are_counted_listed_and_taken_away(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let record = evening.announces("DIPS er nede").await;
    let (ola, per) = (evening.links("Ola", &record).await, evening.links("Per", &record).await);
    let listed = evening.store.linked_tickets(record.incident.id, 10).await.unwrap();
    let of = |decision: &Decision| decision.conversation.ticket.as_ref().unwrap().id;
    assert_eq!(listed.iter().map(|ticket| ticket.id).collect::<Vec<_>>(), [of(&per), of(&ola)], "newest first");
    assert!(listed.iter().all(|ticket| ticket.incident == Some(record.number)));
    assert_eq!(evening.reads(record.number).await.linked, 2);
    let read = evening.store.conversation(ola.conversation.id).await.unwrap();
    assert_eq!(read.as_ref(), Some(&ola.conversation), "the ticket knows");

    let (conversation, allowed) = evening.with_proof(ola.conversation.id).await;
    let Linking::Done(unlinked) = unlink(&conversation, &allowed, &super::evening::policy(), &mut evening.moment()) else {
        panic!("it is linked")
    };
    evening.keeps(&unlinked).await;
    assert_eq!(evening.reads(record.number).await.linked, 1);
    assert_eq!(evening.store.linked_tickets(record.incident.id, 10).await.unwrap().len(), 1);
    let events = evening.store.events(ola.conversation.id).await.unwrap();
    assert_eq!(Conversation::replay(ola.conversation.id, &events).unwrap(), unlinked.conversation);
    assert!(evening.store.tellings().await.unwrap().is_empty(), "nothing is over");
}

pub(super) async fn an_end_is_told_to_those_who_wait_page_by_page(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let record = evening.announces("DIPS er nede").await;
    for nth in 0..5 {
        evening.links(&format!("Ola {nth}"), &record).await;
    }
    evening.ticket("Liv", Wants::Person).await;
    let record = evening.moves(&record, Move::End(None)).await;
    let mut telling = evening.only_telling().await;
    assert_eq!((telling.incident, telling.by.name.as_str()), (record.incident.id, "Kari"));
    let mut seen = Vec::new();
    loop {
        let page = evening.store.still_to_tell(&telling, 2).await.unwrap();
        let last = page.last().map(|(ticket, _)| *ticket);
        for waiting in page {
            evening.tells(&telling, &record, waiting).await;
            seen.push(waiting.0);
        }
        evening.store.told(&telling, last).await.unwrap();
        let Some(last) = last else { break };
        telling = evening.only_telling().await;
        assert_eq!(telling.told_to, last, "how far is known after a restart");
    }
    assert_eq!(seen.len(), 5);
    assert!(seen.windows(2).all(|pair| pair[0] < pair[1]));
    assert!(evening.store.tellings().await.unwrap().is_empty(), "all are told");

    evening.moves(&record, Move::Reopen(None)).await;
    evening.moves(&record, Move::End(None)).await;
    let again = evening.only_telling().await;
    assert_ne!(again.event, telling.event, "another end is told anew");
    evening.moves(&record, Move::Reopen(None)).await;
    assert!(evening.store.tellings().await.unwrap().is_empty(), "what is not over is not told to be");
}

pub(super) async fn a_link_that_comes_after_the_end_is_told_of_too(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let record = evening.announces("DIPS er nede").await;
    let late = [evening.linking("Ola", &record).await, evening.linking("Per", &record).await];
    evening.moves(&record, Move::End(None)).await;
    let first = evening.only_telling().await;
    assert!(evening.store.still_to_tell(&first, 10).await.unwrap().is_empty());
    evening.keeps(&late[0]).await;
    evening.store.told(&first, None).await.unwrap();
    let anew = evening.only_telling().await;
    assert_eq!(anew.event, first.event, "it is the same end");
    assert_eq!(evening.store.still_to_tell(&anew, 10).await.unwrap().len(), 1, "whoever came meanwhile is not forgotten");
    evening.store.told(&anew, None).await.unwrap();
    assert!(evening.store.tellings().await.unwrap().is_empty());
    evening.keeps(&late[1]).await;
    assert_eq!(evening.only_telling().await.event, first.event, "nor whoever came after all were told");
}

pub(super) async fn of_links_and_an_end_at_the_same_moment_none_is_forgotten(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let record = evening.announces("DIPS er nede").await;
    let mut links = Vec::new();
    for nth in 0..20 {
        links.push(evening.linking(&format!("Ola {nth}"), &record).await);
    }
    let end = evening.change(Some(&record.incident), Move::End(None));
    let all = join_all(links.iter().map(|link| evening.store.commit(link)));
    let (kept, ended) = futures_util::future::join(all, evening.store.change_incident(&end)).await;
    assert_eq!(ended.unwrap(), IncidentKept::Done(record.number));
    for kept in kept {
        assert_eq!(kept.unwrap(), crate::ports::Committed::Done);
    }
    let telling = evening.only_telling().await;
    assert_eq!(evening.store.still_to_tell(&telling, 100).await.unwrap().len(), 20);
    assert_eq!(evening.reads(record.number).await.linked, 20);
}
