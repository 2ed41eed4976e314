//! What the buttons under an own ticket's status carry.

use crate::domain::ids::TicketNumber;

/// What an employee can do with a ticket of theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OwnButton {
    Add,
    Reopen,
    Close,
}

/// A button, and the ticket that it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OwnPress {
    pub(super) number: TicketNumber,
    pub(super) button: OwnButton,
}

impl OwnButton {
    const ALL: [Self; 3] = [Self::Add, Self::Reopen, Self::Close];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Reopen => "reopen",
            Self::Close => "close",
        }
    }
}

impl OwnPress {
    /// The custom id: `own:1001:add`.
    pub(super) fn custom_id(self) -> String {
        format!("own:{}:{}", self.number, self.button.as_str())
    }

    /// What a custom id says; `None` where it is not one of these.
    pub(super) fn read(custom_id: &str) -> Option<Self> {
        let (number, verb) = custom_id.strip_prefix("own:")?.split_once(':')?;
        let button = OwnButton::ALL.into_iter().find(|button| button.as_str() == verb)?;
        Some(Self { number: TicketNumber::new(number.parse().ok()?), button })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_carry_their_ticket() {
        for button in OwnButton::ALL {
            let press = OwnPress { number: TicketNumber::new(1042), button };
            assert_eq!(OwnPress::read(&press.custom_id()), Some(press));
        }
        for custom_id in ["own:1042:eat", "own:x:add", "own:1042", "c:1:helped"] {
            assert_eq!(OwnPress::read(custom_id), None, "{custom_id}");
        }
    }
}
