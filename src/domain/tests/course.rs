//! What became of a conversation's tickets.

use super::*;
use crate::domain::course::courses;
use crate::domain::message::Content;
use crate::domain::operator_side::{Destination, Written};

#[test]
fn a_ticket_is_resolved_until_it_is_opened_again_and_remembers_every_reply() {
    let mut story = Story::on_a_page();
    story.hears("får ikke åpnet journalen, kan jeg snakke med noen", Intent::Person, &[]);
    story.operator("kari", Wish::Reply(words("prøv nå"), Written::InDesk));
    let reason = words("gjelder skriver");
    story.operator("kari", Wish::Transfer { to: Destination::Group(GroupId::new("general")), reason });
    story.operator("per", Wish::Resolve(Some(words("byttet"))));
    let course = courses(&story.events).remove(0);
    let said = |id| story.lines.iter().find(|line| line.id == id).map(|line| line.content.clone());
    assert_eq!(said(course.question), Some(Content::Text(words("får ikke åpnet journalen, kan jeg snakke med noen"))));
    let replies: Vec<_> = course.replies.iter().filter_map(|id| said(*id)).collect();
    assert_eq!(replies, [Content::Text(words("prøv nå")), Content::Text(words("byttet"))]);
    assert_eq!((course.group.as_str(), course.resolved.map(|(by, _)| by.name)), ("general", Some("per".to_owned())));

    story.presses(&Action::ResolvedNo, None);
    assert_eq!(courses(&story.events)[0].resolved, None);
    story.operator("per", Wish::Resolve(None));
    let course = courses(&story.events).remove(0);
    assert_eq!((course.replies.len(), course.resolved.is_some()), (2, true));
}

#[test]
fn a_second_ticket_leaves_the_first_as_it_ended() {
    let mut story = Story::on_a_page();
    story.hears("kan jeg snakke med noen", Intent::Person, &[]);
    story.operator("kari", Wish::Resolve(None));
    story.presses(&Action::ResolvedYes, None);
    story.hears("en til, jeg må snakke med noen", Intent::Person, &[]);
    let courses = courses(&story.events);
    assert_eq!(courses.iter().map(|course| course.resolved.is_some()).collect::<Vec<_>>(), [true, false]);
    assert_ne!(courses[0].question, courses[1].question);
}
