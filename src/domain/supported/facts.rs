//! Numbers, times, days: what is wrong where it is invented.

use super::Unsupported;
use super::tables::{CALENDAR, CALENDAR_WHOLE, NUMBERS};
use super::text::words;
use crate::domain::lang::Lang;

/// Whether the source knows every number, time and day of the text.
pub(super) fn are_known(text: &str, lang: Lang, source: &str, source_lang: Lang) -> Result<(), Unsupported> {
    let known = facts(source, source_lang);
    if facts(text, lang).iter().all(|fact| known.contains(fact)) { Ok(()) } else { Err(Unsupported::Fact) }
}

/// The facts of a text in a form that is the same in all languages and spellings.
fn facts(text: &str, lang: Lang) -> Vec<String> {
    let mut facts = figures(text);
    for word in words(text) {
        let as_number = NUMBERS.iter().find(|(_, words)| words[lang as usize].contains(&word.as_str()));
        facts.extend(as_number.map(|(digits, _)| (*digits).to_owned()));
        let when = CALENDAR.iter().find(|row| word.starts_with(row[lang as usize]));
        facts.extend(when.map(|row| row[Lang::En as usize].to_owned()));
        let whole = CALENDAR_WHOLE.iter().find(|row| row[lang as usize].contains(&word.as_str()));
        facts.extend(whole.map(|row| row[Lang::En as usize][0].to_owned()));
    }
    facts
}

/// The numbers of a text: `08.00` and `8:00` are `8`, `22 33 44 55` is `22334455`, and what is glued to letters (`F5`) keeps them.
fn figures(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let start = rest[..at].rfind(|c: char| !c.is_alphanumeric()).map_or(0, |before| before + width(&rest[before..]));
        let end = start + rest[start..].find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len() - start);
        let token = &rest[start..end];
        if token.chars().all(|c| c.is_ascii_digit()) {
            let length = number_length(&rest[at..]);
            found.push(normal(&rest[at..at + length]));
            rest = &rest[at + length..];
        } else {
            found.push(token.to_lowercase());
            rest = &rest[end..];
        }
    }
    found
}

fn width(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// How far a number goes: digits, and what may stand between two of them.
fn number_length(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let more = chars.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        if c.is_ascii_digit() {
            end = at + 1;
        } else if !(more && (is_space(c) || matches!(c, '.' | ':' | ','))) {
            break;
        }
    }
    end
}

const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}')
}

fn normal(number: &str) -> String {
    let bare: String = number.chars().filter(|c| !is_space(*c)).map(|c| if c.is_ascii_digit() { c } else { ':' }).collect();
    let hour = bare.strip_suffix(":00").filter(|hour| !hour.contains(':')).unwrap_or(&bare);
    let stripped = hour.trim_start_matches('0');
    if stripped.is_empty() || stripped.starts_with(':') { format!("0{stripped}") } else { stripped.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::figures;

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        let cases: [(&str, &[&str]); 7] = [
            ("fra 08.00 til 15:30", &["8", "15:30"]),
            ("08:00–15:00", &["8", "15"]),
            ("Ring 22 33 44 55.", &["22334455"]),
            ("Ring 22\u{a0}33\u{a0}44\u{a0}55", &["22334455"]),
            ("Trykk F5, ikke f6", &["f5", "f6"]),
            ("kl. 00:15 og 0", &["0:15", "0"]),
            ("Ære 7", &["7"]),
        ];
        for (text, expected) in cases {
            assert_eq!(figures(text), expected, "{text}");
        }
    }
}
