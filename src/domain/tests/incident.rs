//! What an employee hears of an incident, and what comes of it.

use super::*;
use crate::domain::conversation::{Phase, Shown};
use crate::domain::ids::{IncidentId, IncidentNumber};
use crate::domain::incident::{
    Coordinated, Incident, IncidentKind, IncidentState, Linking, Localised, Matter, Move, Severity, Touches, Watched, announce,
    coordinate, link, tell_that_it_is_over, unlink,
};
use crate::domain::message::HandOffReason;

fn incident(groups: &[&str]) -> Incident {
    let text = |nb: &str| Localised::new(nb, "", "").unwrap();
    let touches = Touches { groups: groups.iter().map(|id| GroupId::new(*id)).collect(), ..Touches::default() };
    let (from, until) = (Timestamp::from_micros(0), None);
    let (kind, severity) = (IncidentKind::Incident, Severity::Major);
    let matter = Matter { kind, severity, title: text("DIPS er nede"), text: text("Vi leter."), touches, from, until };
    let mut moment = Moment { now: from, fresh: Fresh::starting_at(900_000) };
    let allowed = operator("kari").may_coordinate().unwrap();
    match announce(matter, IncidentState::Confirmed, None, &allowed, &mut moment) {
        Coordinated::Done(change) => change.incident,
        other => panic!("{other:?}"),
    }
}

fn ended(incident: &Incident) -> Incident {
    let mut moment = Moment { now: Timestamp::from_micros(99_000_000), fresh: Fresh::starting_at(910_000) };
    let allowed = operator("kari").may_coordinate().unwrap();
    match coordinate(incident, Move::End(None), &allowed, &mut moment) {
        Coordinated::Done(change) => change.incident,
        other => panic!("{other:?}"),
    }
}

fn watched(incident: Incident) -> Watched {
    let terms = vec![vec![crate::domain::incident::WordForms(vec!["dips".to_owned()])]];
    Watched { number: IncidentNumber::new(1), incident, terms }
}

impl Story {
    /// The employee asks something that these incidents are held against.
    fn asks_amid(&mut self, text: &str, candidates: &[Candidate], open: &[Watched]) -> Vec<Content> {
        let words: Vec<_> = text.split(' ').map(|word| crate::domain::incident::WordForms(vec![word.to_lowercase()])).collect();
        self.known = (open.to_vec(), words);
        let said = self.hears(text, Intent::Question, candidates);
        self.known = (vec![], vec![]);
        said
    }

    fn presses_about(&mut self, action: &Action, candidates: &[Candidate], incident: &Watched) -> Vec<Content> {
        let mut moment = self.moment();
        let about = About { incident: Some(incident), ..About::of("", candidates) };
        let decision = press(self.now(), action, about, None, &self.policy.clone(), &mut moment).expect("it can be pressed");
        self.keep(decision)
    }

    fn is_told_of_end(&mut self, incident: &Incident) -> Option<Vec<Content>> {
        let mut moment = self.moment();
        let by = operator("per").may_work_on(self.now().ticket.as_ref()?).unwrap().by().clone();
        let receipt = crate::domain::decision::Receipt { channel: ChannelName::new("x"), external_id: ExternalId::new("1/1") };
        let number = IncidentNumber::new(1);
        let decided = tell_that_it_is_over(self.now(), (number, incident), &by, receipt, &self.policy.clone(), &mut moment);
        decided.map(|decision| self.keep(decision))
    }

    fn waits_for(incident: &Watched) -> Self {
        let mut story = Self::on_a_platform();
        story.asks_amid("dips henger", &[], std::slice::from_ref(incident));
        story.presses_about(&Action::TellMe, &[], incident);
        story
    }
}

#[test]
fn a_question_about_an_incident_is_answered_with_it() {
    let dips = watched(incident(&[]));
    let mut story = Story::on_a_page();
    let said = story.asks_amid("Hvorfor henger DIPS", &[article("journal", 900)], std::slice::from_ref(&dips));
    let [Content::KnownIncident(told)] = said.as_slice() else { panic!("{said:?}") };
    assert_eq!((told.title.as_str(), told.text.as_str()), ("DIPS er nede", "Vi leter."));
    assert_eq!(said[0].actions(), [Action::TellMe, Action::SomethingElse, Action::Human]);
    assert_eq!(story.now().shown, Shown::Incident(dips.incident.id));
    assert!(story.presses(&Action::NotHelped, None).is_none() && story.presses(&Action::Helped, None).is_none());
}

#[test]
fn whoever_wants_a_word_gets_a_ticket_that_waits_for_the_end_and_nobody_is_called() {
    let dips = watched(incident(&["nowhere", "clinical"]));
    let story = Story::waits_for(&dips);
    let ticket = story.now().open_ticket().expect("a ticket").clone();
    assert_eq!((ticket.incident, ticket.group.as_str()), (Some(dips.incident.id), "clinical"));
    let Some(Content::HandedOff(hand_off)) = story.lines.last().map(|line| &line.content) else { panic!("{:?}", story.lines) };
    assert_eq!(hand_off.reason, HandOffReason::Incident);
    assert!(story.errands.contains(&Errand::OpenRoom { ticket: ticket.id }));
    assert!(!story.errands.iter().any(|errand| matches!(errand, Errand::ShowCard { .. })), "operators get no card of it");
}

#[test]
fn something_else_is_answered_as_ever() {
    let dips = watched(incident(&[]));
    let mut story = Story::on_a_page();
    story.asks_amid("DIPS passord", &[article("passord", 900)], std::slice::from_ref(&dips));
    let said = story.presses_about(&Action::SomethingElse, &[article("passord", 900)], &dips);
    assert!(matches!(said.as_slice(), [Content::Answer(answer)] if answer.article.slug == Slug::new("passord")), "{said:?}");
    story.asks_amid("DIPS passord", &[], std::slice::from_ref(&dips));
    let said = story.hears("nei", Intent::No, &[]);
    assert!(matches!(said.as_slice(), [Content::HandedOff(_)]), "no is the same as the button: {said:?}");
}

#[test]
fn whoever_asks_for_a_word_too_late_is_told_that_it_is_over() {
    let dips = watched(incident(&[]));
    let over = watched(ended(&dips.incident));
    let mut story = Story::on_a_page();
    story.asks_amid("dips", &[], std::slice::from_ref(&dips));
    let said = story.presses_about(&Action::TellMe, &[], &over);
    assert!(matches!(said.as_slice(), [Content::IncidentEnded { ticket: None, .. }]), "{said:?}");
    assert_eq!((story.now().phase, said[0].actions()), (Phase::WithBot, vec![Action::Human]));
}

#[test]
fn an_end_resolves_the_ticket_asks_and_is_told_once() {
    let dips = watched(incident(&[]));
    let over = ended(&dips.incident);
    let mut story = Story::waits_for(&dips);
    let ticket = story.now().ticket.as_ref().unwrap().id;
    let said = story.is_told_of_end(&over).expect("they wait");
    assert!(matches!(said.as_slice(), [Content::IncidentEnded { ticket: Some(of), .. }] if *of == ticket), "{said:?}");
    assert_eq!(said[0].actions(), [Action::ResolvedYes, Action::ResolvedNo]);
    assert_eq!(story.now().phase, Phase::Resolved);
    let shown = story.errands.iter().filter(|errand| matches!(errand, Errand::ShowCard { .. } | Errand::RefreshCard { .. }));
    let shown: Vec<_> = shown.collect();
    assert!(
        !shown.iter().any(|errand| matches!(errand, Errand::ShowCard { .. })),
        "hundreds of new cards help nobody: {shown:?}"
    );
    assert!(story.is_told_of_end(&over).is_none(), "they wait no longer");
    assert_eq!(story.presses(&Action::ResolvedNo, None), Some(vec![Content::Reopened(ticket)]));
    let last = story.errands.last();
    assert!(!matches!(last, Some(Errand::OpenRoom { .. })), "{last:?}");
    let replayed = Conversation::replay(story.now().id, &story.events);
    assert_eq!(replayed.as_ref(), Some(story.now()));
}

#[test]
fn an_operator_links_a_ticket_and_takes_the_link_away() {
    let dips = incident(&[]);
    let mut story = Story::on_a_page();
    story.hears("DIPS", Intent::Person, &[]);
    let allowed = operator("per").may_work_on(story.now().ticket.as_ref().unwrap()).unwrap();
    let mut unused = story.moment();
    assert_eq!(unlink(story.now(), &allowed, &policy(), &mut unused), Linking::Already);
    assert_eq!(link(story.now(), &ended(&dips), &allowed, None, &policy(), &mut unused), Linking::Ended);
    let linking = |story: &mut Story, incident: &Incident| {
        let mut moment = story.moment();
        match link(story.now(), incident, &allowed, None, &policy(), &mut moment) {
            Linking::Done(decision) => drop(story.keep(*decision)),
            other => panic!("{other:?}"),
        }
    };
    let other = Incident { id: IncidentId::new(7), ..dips.clone() };
    linking(&mut story, &other);
    linking(&mut story, &dips);
    assert_eq!(story.now().ticket.as_ref().unwrap().incident, Some(dips.id), "the latest link counts");
    assert_eq!(link(story.now(), &dips, &allowed, None, &policy(), &mut unused), Linking::Already);
    let mut moment = story.moment();
    let Linking::Done(decision) = unlink(story.now(), &allowed, &policy(), &mut moment) else { panic!("it is linked") };
    story.keep(*decision);
    assert_eq!(story.now().ticket.as_ref().unwrap().incident, None);
    assert!(story.is_told_of_end(&ended(&dips)).is_none());
}
