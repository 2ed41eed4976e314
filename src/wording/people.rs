//! People's words among ours, which are Markdown.

/// People's words so that Markdown shows them as they were written, wherever it is read: they can neither format nor name a
/// link something that it is not. Web addresses stay, so that they can be followed.
#[must_use]
pub fn as_written(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for word in text.split_inclusive(char::is_whitespace) {
        let is_address = word.starts_with("https://") || word.starts_with("http://");
        for c in word.chars() {
            if FORMATS_ANYWHERE.contains(&c) || !is_address && FORMATS_WORDS.contains(&c) {
                safe.push('\\');
            }
            safe.push(c);
        }
    }
    safe
}

/// What no web address holds.
const FORMATS_ANYWHERE: [char; 7] = ['\\', '`', '|', '[', ']', '<', '>'];

/// What formats words and is common in web addresses.
const FORMATS_WORDS: [char; 4] = ['*', '_', '~', '#'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cannot_format_and_addresses_can_be_followed() {
        let cases = [
            ("**dette** er # 1", r"\*\*dette\*\* er \# 1"),
            ("Kari_N", r"Kari\_N"),
            ("se https://x.no/a_b#c nå", "se https://x.no/a_b#c nå"),
            ("linje\n> to", "linje\n\\> to"),
        ];
        for (written, shown) in cases {
            assert_eq!(as_written(written), shown, "{written}");
        }
    }

    #[test]
    fn a_link_cannot_be_called_something_that_it_is_not() {
        for wicked in
            ["[Logg inn](https://evil.example)", "https://good.example[Logg inn](https://evil.example)", "https://x<@123>"]
        {
            let shown = as_written(wicked);
            let open = shown.match_indices(['[', '<']).filter(|(at, _)| !shown[..*at].ends_with('\\')).count();
            assert_eq!(open, 0, "{shown}");
        }
    }
}
