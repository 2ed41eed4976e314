//! What of a reply is believed.

use crate::ports::ModelError;

/// The place among `count` passages that a reply names by a number from one on; `None` for zero. Anything but one such number is refused.
pub(super) fn place(reply: &str, count: usize) -> Result<Option<usize>, ModelError> {
    let bare = reply.trim();
    let bare = bare.strip_suffix('.').unwrap_or(bare);
    let digits = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit());
    match bare.parse::<usize>().ok().filter(|number| digits && *number <= count) {
        Some(number) => Ok(number.checked_sub(1)),
        None => Err(ModelError::Unreadable { detail: "it is not one of the numbers" }),
    }
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn one_number_is_believed_and_nothing_else() {
        for (reply, expected) in [("0", None), ("1", Some(0)), (" 3.\n", Some(2))] {
            assert_eq!(place(reply, 3).ok(), Some(expected), "{reply:?}");
        }
        for reply in ["", "4", "-1", "+1", "1 2", "Article 1", "1, since it is about printers", "{\"number\": 1}", "١"] {
            assert!(place(reply, 3).is_err(), "{reply:?}");
        }
    }
}
