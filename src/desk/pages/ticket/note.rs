//! The form for a note to colleagues: apart from the reply in place, colour, label, button and address, and never the same box.

use maud::{Markup, html};

use super::super::files::{Target, form_id};
use super::spot::Spot;
use crate::desk::LONGEST_TEXT;
use crate::domain::draft::DraftKind;
use crate::domain::message::Visibility;

/// The form, with what was begun.
pub(super) fn note(spot: Spot<'_>, form: &str, draft: &str) -> Markup {
    if !spot.works() {
        return html! {};
    }
    let (text, keys, told) = (spot.id("note-text"), spot.id("note-keys"), spot.id("note-text-told"));
    let paste_to = form_id(Target::Ticket(spot.ticket.number, Visibility::Desk));
    html! {
        form.ds-card.note-form id=(spot.id("note-form")) method="post" action=(spot.address("note")) data-live
            aria-labelledby=(spot.landmark_of("note-title")) {
            (spot.heading(0, "note-title", spot.say("desk.note")))
            (spot.back())
            input type="hidden" name="for" value=(DraftKind::Note.as_str());
            input type="hidden" name="client_id" value=(form);
            div.ds-field {
                label.ds-label for=(text) { (spot.say("desk.note_text")) }
                textarea.ds-input id=(text) name="text" rows="3" required maxlength=(LONGEST_TEXT) aria-describedby=(keys)
                    data-key="note" data-draft="note" data-keep=(spot.address("draft")) data-typing=(spot.address("typing"))
                    data-paste-to=(paste_to) { (draft) }
                p.hint id=(keys) { (spot.say("desk.note_keys")) }
            }
            p.hint.told id=(told) data-told {}
            button.ds-button data-variant="secondary" data-color="warning" id=(spot.id("note-button")) { (spot.say("ticket.note_save")) }
        }
    }
}
