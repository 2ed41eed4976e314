//! What can be the matter with a place or a person on Discord, and what that means for what was to be done.

use super::rest::{RestError, code};
use crate::domain::obstacle::Obstacle;

/// Something that trying again does not change by itself, but that there may be a way around.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hindrance {
    /// The thread is put away; it can be taken out again.
    Archived,
    /// The thread is locked; who manages threads can unlock it.
    Locked,
    /// The channel or thread has been deleted.
    Gone,
    /// The bot may not do it there, or the person may not be there.
    Forbidden,
    /// The server has as many open threads as it can have.
    Full,
    /// The thread has as many members as it can have.
    Crowded,
    /// The person is not in the server.
    NotHere,
    /// The person takes no direct messages from the bot.
    Closed,
    /// Nothing like that can be done in a channel of this kind.
    WrongKind,
    /// There is no room in which the two of them are alone.
    NoRoom,
}

impl Hindrance {
    /// What one of Discord's own codes tells.
    const fn of(code: isize) -> Option<Self> {
        Some(match code {
            code::THREAD_ARCHIVED => Self::Archived,
            code::THREAD_LOCKED => Self::Locked,
            code::UNKNOWN_CHANNEL | code::UNKNOWN_GUILD => Self::Gone,
            code::MISSING_ACCESS | code::MISSING_PERMISSIONS => Self::Forbidden,
            code::TOO_MANY_THREADS => Self::Full,
            code::TOO_MANY_MEMBERS => Self::Crowded,
            code::UNKNOWN_MEMBER | code::UNKNOWN_USER | code::NO_SERVER_IN_COMMON => Self::NotHere,
            code::CANNOT_WRITE_TO_USER => Self::Closed,
            code::WRONG_KIND_OF_CHANNEL => Self::WrongKind,
            _ => return None,
        })
    }

    /// What the desk is told where there is no way around it.
    pub(super) const fn obstacle(self) -> Obstacle {
        match self {
            Self::Archived | Self::Locked | Self::Forbidden => Obstacle::Forbidden,
            Self::Gone => Obstacle::PlaceGone,
            Self::Full | Self::Crowded => Obstacle::Full,
            Self::NotHere => Obstacle::PersonLeft,
            Self::Closed | Self::NoRoom => Obstacle::PersonClosed,
            Self::WrongKind => Obstacle::Other,
        }
    }

    /// What the desk is told where the employee cannot be written to directly either, for this reason: whatever an administrator
    /// can put right comes first.
    pub(super) const fn and_directly(self, direct: Self) -> Obstacle {
        match (self, direct) {
            (Self::NotHere, _) | (_, Self::NotHere) => Obstacle::PersonLeft,
            (Self::Forbidden | Self::Locked | Self::Archived, _) => Obstacle::Forbidden,
            (Self::Full, _) => Obstacle::Full,
            _ => Obstacle::PersonClosed,
        }
    }
}

impl RestError {
    /// What is the matter, where it is something that there may be a way around.
    pub(super) const fn hindrance(&self) -> Option<Hindrance> {
        match self.code() {
            Some(code) => Hindrance::of(code),
            None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn discords_codes_have_names() {
        let expected = [
            (50_083, Some(Hindrance::Archived)),
            (160_005, Some(Hindrance::Locked)),
            (10_003, Some(Hindrance::Gone)),
            (50_001, Some(Hindrance::Forbidden)),
            (50_013, Some(Hindrance::Forbidden)),
            (160_006, Some(Hindrance::Full)),
            (30_033, Some(Hindrance::Crowded)),
            (10_007, Some(Hindrance::NotHere)),
            (50_278, Some(Hindrance::NotHere)),
            (50_007, Some(Hindrance::Closed)),
            (50_024, Some(Hindrance::WrongKind)),
            (50_035, None),
        ];
        assert_eq!(expected.map(|(code, _)| (code, Hindrance::of(code))), expected);
    }

    #[test]
    fn the_desk_is_told_what_somebody_can_put_right() {
        let expected = [
            (Hindrance::Forbidden, Hindrance::Closed, Obstacle::Forbidden),
            (Hindrance::Full, Hindrance::Closed, Obstacle::Full),
            (Hindrance::Gone, Hindrance::Closed, Obstacle::PersonClosed),
            (Hindrance::Gone, Hindrance::NotHere, Obstacle::PersonLeft),
            (Hindrance::NotHere, Hindrance::Closed, Obstacle::PersonLeft),
        ];
        for (room, direct, told) in expected {
            assert_eq!(room.and_directly(direct), told, "{room:?}, {direct:?}");
        }
    }
}
