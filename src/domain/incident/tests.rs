//! Stories of incidents, told to the pure heart alone.

use std::time::Duration;

use super::*;
use crate::domain::answer::{Candidate, PerMille};
use crate::domain::decision::Moment;
use crate::domain::ids::{Fresh, OperatorId};
use crate::domain::permission::{MayCoordinate, Membership, Operator, Role, Roles};

const OFFER: PerMille = PerMille::new(300);

fn at(minutes: u64) -> Timestamp {
    Timestamp::from_micros(0).after(Duration::from_mins(minutes))
}

fn moment(minutes: u64) -> Moment {
    Moment { now: at(minutes), fresh: Fresh::starting_at(i64::try_from(minutes + 1).unwrap() * Fresh::BLOCK) }
}

fn coordinator() -> MayCoordinate {
    let (id, roles) = (OperatorId::new("kari"), Roles::from([Role::Coordinator]));
    Operator { id, name: "Kari".to_owned(), groups: Membership::Every, roles }.may_coordinate().unwrap()
}

fn text(nb: &str) -> Localised {
    Localised::new(nb, "", "").unwrap()
}

fn matter(kind: IncidentKind, from: u64, until: Option<u64>) -> Matter {
    Matter {
        kind,
        severity: Severity::Major,
        title: Localised::new("DIPS er nede", "DIPS er nede no", "").unwrap(),
        text: text("Bruk nødrutinen."),
        touches: Touches { services: vec!["DIPS".to_owned()], ..Touches::default() },
        from: at(from),
        until: until.map(at),
    }
}

/// An incident with all that happened to it.
struct Told {
    incident: Incident,
    events: Vec<IncidentEvent>,
    minutes: u64,
}

impl Told {
    fn announced(matter: Matter, minutes: u64) -> Self {
        let first = IncidentState::open(matter.kind)[0];
        let Coordinated::Done(change) = announce(matter, first, None, &coordinator(), &mut moment(minutes)) else {
            panic!("it can be announced")
        };
        Self { incident: change.incident, events: change.events, minutes }
    }

    /// A minute later; whether something came of it.
    fn then(&mut self, wish: Move) -> bool {
        self.minutes += 1;
        let Coordinated::Done(change) = coordinate(&self.incident, wish, &coordinator(), &mut moment(self.minutes)) else {
            return false;
        };
        assert_eq!(change.expected, Some(self.incident.version));
        self.incident = change.incident;
        self.events.extend(change.events);
        let replayed = Incident::replay(self.incident.id, &self.events);
        assert_eq!(replayed.as_ref(), Some(&self.incident), "what it is follows from what happened");
        true
    }
}

fn update(nb: &str, state: Option<IncidentState>) -> Move {
    Move::Update { text: text(nb), state, next_update: None }
}

#[test]
fn an_incident_goes_from_reported_to_over_and_may_come_back() {
    let mut told = Told::announced(matter(IncidentKind::Incident, 0, None), 5);
    assert_eq!(told.incident.state, IncidentState::Reported);
    assert!(told.then(update("Vi har funnet feilen.", Some(IncidentState::Confirmed))));
    assert!(told.then(update("Den skal virke igjen.", Some(IncidentState::Monitoring))));
    let said = |told: &Told| told.incident.told(IncidentNumber::new(1), Lang::Nb, at(60)).text;
    assert_eq!(said(&told), "Den skal virke igjen.");
    assert!(told.then(Move::End(None)));
    assert_eq!((told.incident.state, said(&told).as_str()), (IncidentState::Over, ""), "old news are no last word");
    assert!(!told.then(update("For sent", None)) && !told.then(Move::End(None)));
    assert!(told.then(Move::Reopen(Some(text("Den kom tilbake.")))));
    assert_eq!((told.incident.state, told.incident.ended_at), (IncidentState::Confirmed, None));
    assert!(told.then(Move::End(Some(text("Strømmen er tilbake.")))));
    assert_eq!(said(&told), "Strømmen er tilbake.");
    assert_eq!(told.incident.updates.len(), 4, "newest first: {:?}", told.incident.updates);
}

#[test]
fn planned_maintenance_is_under_way_when_its_time_comes_and_can_be_called_off() {
    let begins = 60 * 100;
    let mut told = Told::announced(matter(IncidentKind::Maintenance, begins, Some(begins + 60)), 0);
    let day = 24 * 60;
    let cases = [
        (0, IncidentState::Announced, false, false),
        (begins - 2 * day, IncidentState::Announced, true, false),
        (begins, IncidentState::UnderWay, true, true),
        (begins + 61, IncidentState::UnderWay, true, true),
    ];
    for (minutes, state, shown, felt) in cases {
        let incident = &told.incident;
        let now = at(minutes);
        assert_eq!((incident.stands(now), incident.is_shown(now), incident.is_felt(now)), (state, shown, felt), "{minutes}");
    }
    assert!(!told.incident.is_late(at(begins + 60)) && told.incident.is_late(at(begins + 61)), "nobody said that it is over");
    assert_eq!(told.incident.next_turn(at(0)), Some(at(begins - 2 * day)));
    assert_eq!(told.incident.next_turn(at(begins - 1)), Some(at(begins)));
    assert_eq!(told.incident.next_turn(at(begins)), None);
    assert!(!told.then(update("Feil tilstand", Some(IncidentState::Monitoring))));
    assert!(told.then(Move::Cancel(None)));
    assert_eq!(told.incident.state, IncidentState::Cancelled);
    assert!(!told.incident.is_shown(at(begins)));
}

#[test]
fn a_fault_cannot_be_called_off_nor_become_maintenance() {
    let mut told = Told::announced(matter(IncidentKind::Incident, 0, None), 0);
    assert!(!told.then(Move::Cancel(None)));
    assert!(!told.then(Move::Revise(matter(IncidentKind::Maintenance, 0, None))));
    assert!(!told.then(Move::Revise(told.incident.matter.clone())), "the same again changes nothing");
    assert!(told.then(Move::Revise(matter(IncidentKind::Incident, 0, Some(30)))));
    let wrong = announce(matter(IncidentKind::Incident, 0, None), IncidentState::UnderWay, None, &coordinator(), &mut moment(0));
    assert_eq!(wrong, Coordinated::Impossible);
}

#[test]
fn a_text_is_read_in_the_nearest_language_that_it_is_written_in() {
    let title = Localised::new(" Nede ", "Nede no", "  ").unwrap();
    assert_eq!(title.for_reader(Lang::Nn), ("Nede no", Lang::Nn));
    assert_eq!(title.for_reader(Lang::En), ("Nede", Lang::Nb));
    assert_eq!(Localised::new(" ", "Nede no", "Down"), None, "bokmål is needed");
}

fn forms(words: &str) -> Vec<WordForms> {
    words.split_whitespace().map(|word| WordForms(vec![word.to_owned()])).collect()
}

fn watched(number: i64, severity: Severity, terms: &[&str], articles: &[&str]) -> Watched {
    let mut incident = Told::announced(matter(IncidentKind::Incident, 0, None), 0).incident;
    incident.matter.severity = severity;
    incident.matter.touches.articles = articles.iter().map(|slug| Slug::new(*slug)).collect();
    Watched { number: IncidentNumber::new(number), incident, terms: terms.iter().map(|term| forms(term)).collect() }
}

fn candidate(slug: &str, confidence: u16) -> Candidate {
    Candidate {
        article: ArticleRef { slug: Slug::new(slug), lang: Lang::Nb },
        title: String::new(),
        confidence: PerMille::new(confidence),
        passage: String::new(),
        group: None,
        request: None,
    }
}

#[test]
fn a_question_touches_the_incident_whose_words_or_article_it_has() {
    let incidents = [
        watched(1, Severity::Minor, &["dips", "journal"], &[]),
        watched(2, Severity::Major, &["trådløs nett"], &["wifi"]),
        watched(3, Severity::Minor, &["nett"], &[]),
        watched(4, Severity::Critical, &["", "skriv"], &[]),
    ];
    let cases: [(&str, &[Candidate], Option<i64>); 10] = [
        ("dips er nede", &[], Some(1)),
        ("journalsystem henge", &[], Some(1)),
        ("trådløs nett være borte", &[], Some(2)),
        ("nett være treg", &[], Some(3)),
        ("trådløs mus", &[], None),
        ("ingenting virke", &[candidate("wifi", 300)], Some(2)),
        ("ingenting virke", &[candidate("wifi", 299)], None),
        ("ingenting virke", &[candidate("annet", 900), candidate("wifi", 800)], None),
        ("skrivebord", &[], None),
        ("", &[], None),
    ];
    for (question, candidates, number) in cases {
        let words = forms(question);
        let known = Known { incidents: &incidents, words: &words };
        let found = touched(known, candidates, OFFER, at(10)).map(|watched| watched.number.get());
        assert_eq!(found, number, "{question}");
    }
}

#[test]
fn what_is_planned_or_over_touches_no_question() {
    let mut planned = watched(1, Severity::Major, &["dips"], &[]);
    planned.incident = Told::announced(matter(IncidentKind::Maintenance, 60, Some(90)), 0).incident;
    let words = forms("dips");
    for (minutes, touches) in [(59, false), (60, true)] {
        let known = Known { incidents: std::slice::from_ref(&planned), words: &words };
        assert_eq!(touched(known, &[], OFFER, at(minutes)).is_some(), touches, "{minutes}");
    }
    planned.incident.ended_at = Some(at(61));
    assert_eq!(touched(Known { incidents: &[planned], words: &words }, &[], OFFER, at(62)), None);
}
