//! What employees do with their own tickets from elsewhere.

use super::*;
use crate::domain::conversation::Phase;
use crate::domain::decision::Receipt;
use crate::domain::ticket::TicketState;
use crate::domain::{employee_side, own_side};

fn handed_off(mut story: Story) -> Story {
    story.hears("skjermen er svart", Intent::Question, &[]);
    story
}

fn receipt() -> Receipt {
    Receipt { channel: ChannelName::new("somewhere"), external_id: ExternalId::new("r1") }
}

#[test]
fn who_needs_nobody_any_more_closes_the_ticket_and_may_open_it_again() {
    let mut story = handed_off(Story::on_a_platform());
    let mut moment = story.moment();
    let closed = own_side::close(story.now(), Some(receipt()), &story.policy, &mut moment).expect("it is open");
    assert_eq!(story.keep(closed), [Content::Confirmed]);
    assert_eq!(story.now().phase, Phase::Ended);
    let ticket = story.now().ticket.clone().expect("it is there");
    assert!(matches!(ticket.state, TicketState::Resolved { by, .. } if by.id.as_str() == employee().id.as_str()));
    let answers = story.errands.iter().find_map(|errand| match errand {
        Errand::Say { reply_to, .. } if *reply_to == Some(receipt().external_id) => Some(()),
        _ => None,
    });
    assert!(answers.is_some(), "what is said names what it answers: {:?}", story.errands);
    let mut moment = story.moment();
    assert_eq!(own_side::close(story.now(), None, &story.policy, &mut moment), None, "it is closed already");
    assert!(story.presses(&Action::ResolvedNo, None).is_some());
    assert_eq!(story.now().phase, Phase::WithDesk);
    let replayed = Conversation::replay(story.now().id, &story.events);
    assert_eq!(replayed.as_ref(), Some(story.now()));
}

#[test]
fn what_is_added_from_elsewhere_is_said_where_the_conversation_lives_if_it_has_to_be_sent_there() {
    for (story, sent) in [(Story::on_a_platform(), 1), (Story::on_a_page(), 0)] {
        let mut story = handed_off(story);
        let mut moment = story.moment();
        let added = employee_side::add(story.now(), Redacted::vouched("og varm"), None, &mut moment).expect("it is open");
        assert_eq!(added.errands.len(), sent);
    }
}
