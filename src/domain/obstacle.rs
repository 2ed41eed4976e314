//! What keeps something that was decided from being done on a platform.

use super::named::named;

named! {
    /// Why an errand is stuck: what the desk is told in its reader's words.
    Obstacle {
        /// The configuration names no place for it.
        Unconfigured => "unconfigured",
        /// Firstline may not do it there.
        Forbidden => "forbidden",
        /// The place is gone.
        PlaceGone => "place_gone",
        /// The place holds as many rooms or people as it can.
        Full => "full",
        /// The employee has left, and there is no other way to them.
        PersonLeft => "person_left",
        /// The employee takes no direct messages, and there is no other way to them.
        PersonClosed => "person_closed",
        /// It was tried for as long as it is tried, and the platform never did it.
        Unanswered => "unanswered",
        /// It cannot be told whether it was done already, so it was not done again.
        Unsure => "unsure",
        /// Anything else: the technical reason says it.
        Other => "other",
    }
}
