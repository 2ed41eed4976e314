//! What cannot be delivered, and what became of a room: the same words on every page.

use super::Wording;
use crate::domain::decision::Errand;
use crate::domain::lang::Lang;
use crate::domain::obstacle::Obstacle;
use crate::domain::room::RoomNews;

impl Wording {
    /// Why something is stuck.
    #[must_use]
    pub fn obstacle(&self, lang: Lang, why: Obstacle) -> &str {
        self.get(lang, obstacle_key(why))
    }

    /// What was to be done.
    #[must_use]
    pub fn errand(&self, lang: Lang, errand: Option<&Errand>) -> &str {
        self.get(lang, errand_key(errand))
    }
}

pub(super) const fn room_news_key(news: RoomNews) -> &'static str {
    match news {
        RoomNews::MadeAnew => "stuck.room_made_anew",
        RoomNews::Direct => "stuck.room_direct",
        RoomNews::Unlocked => "stuck.room_unlocked",
        RoomNews::Deleted => "stuck.room_deleted",
        RoomNews::InForum => "stuck.room_in_forum",
        RoomNews::EmployeeLeft => "stuck.room_employee_left",
        RoomNews::OperatorOutside => "stuck.room_operator_outside",
        RoomNews::Unreadable => "stuck.room_unreadable",
    }
}

const fn obstacle_key(why: Obstacle) -> &'static str {
    match why {
        Obstacle::Unconfigured => "stuck.why_unconfigured",
        Obstacle::Forbidden => "stuck.why_forbidden",
        Obstacle::PlaceGone => "stuck.why_place_gone",
        Obstacle::Full => "stuck.why_full",
        Obstacle::PersonLeft => "stuck.why_person_left",
        Obstacle::PersonClosed => "stuck.why_person_closed",
        Obstacle::Unanswered => "stuck.why_unanswered",
        Obstacle::Unsure => "stuck.why_unsure",
        Obstacle::Other => "stuck.why_other",
    }
}

const fn errand_key(errand: Option<&Errand>) -> &'static str {
    match errand {
        Some(Errand::Say { .. }) => "stuck.what_say",
        Some(Errand::Amend { .. }) => "stuck.what_amend",
        Some(Errand::Retract { .. }) => "stuck.what_retract",
        Some(Errand::OpenRoom { .. }) => "stuck.what_room",
        Some(Errand::ShowCard { .. } | Errand::RefreshCard { .. }) => "stuck.what_card",
        Some(Errand::PostNote { .. }) => "stuck.what_note",
        Some(Errand::Admit { .. }) => "stuck.what_admit",
        None => "stuck.what_unknown",
    }
}
