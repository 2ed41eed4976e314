//! Text to words: lower case, one spelling for hyphens, apostrophes and accents.

/// Inflections that people hang on a word with a hyphen or an apostrophe: `pc-en`, `vpn'et`.
const HUNG_ENDINGS: [&str; 15] = ["a", "ane", "ar", "en", "ene", "enes", "ens", "er", "ers", "et", "ets", "n", "ne", "s", "t"];

/// What is longer is no word, in letters; only its beginning is looked at.
const LONGEST_WORD: usize = 64;
/// How much of a message is looked at, in characters: as much as the longest one that people may write.
const LONGEST_MESSAGE: usize = 4_000;

/// The beginning of a message, as far as it is looked at.
pub(crate) fn beginning(text: &str) -> &str {
    text.char_indices().nth(LONGEST_MESSAGE).map_or(text, |(end, _)| &text[..end])
}

/// The words of `text`, in order and in lower case; `e-post` is `epost`, `pc-en` is `pc`, `jobb-pc` is two words.
pub(crate) fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let mut words = Vec::new();
    for chunk in folded.split(|c: char| !(c.is_alphanumeric() || is_joint(c))) {
        let end = chunk.char_indices().nth(LONGEST_WORD).map_or(chunk.len(), |(end, _)| end);
        push_chunk(&chunk[..end], &mut words);
    }
    words
}

/// The words of each sentence; sentences without words are left out.
pub(crate) fn sentences(text: &str) -> Vec<Vec<String>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let after_space = characters.peek().is_none_or(|(_, next)| next.is_whitespace());
        if c == '\n' || (matches!(c, '.' | '!' | '?' | ';') && after_space) {
            sentences.push(words(&text[start..at]));
            start = at + c.len_utf8();
        }
    }
    sentences.push(words(&text[start..]));
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

const fn is_joint(c: char) -> bool {
    is_hyphen(c) || is_apostrophe(c)
}

const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '`' | '´')
}

fn push_chunk(chunk: &str, words: &mut Vec<String>) {
    if !chunk.contains(is_joint) {
        words.extend((!chunk.is_empty()).then(|| chunk.to_owned()));
        return;
    }
    let mut parts: Vec<String> = chunk.split(is_hyphen).map(without_apostrophe).filter(|part| !part.is_empty()).collect();
    if parts.len() > 1 && parts.last().is_some_and(|last| HUNG_ENDINGS.contains(&last.as_str())) {
        parts.pop();
    }
    let single_letter_first = parts.len() > 1 && parts[0].chars().count() == 1;
    if single_letter_first {
        words.push(parts.concat());
    } else {
        words.append(&mut parts);
    }
}

/// `pc'en` to `pc`, `can't` to `cant`.
fn without_apostrophe(part: &str) -> String {
    let (front, back) = part.rsplit_once(is_apostrophe).unwrap_or((part, ""));
    let hung = HUNG_ENDINGS.contains(&back) && back != "t" && !front.is_empty();
    if hung { front.replace(is_apostrophe, "") } else { part.replace(is_apostrophe, "") }
}

fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
        } else {
            c.to_lowercase().for_each(|c| fold_letter(c, &mut folded));
        }
    }
    folded
}

fn fold_letter(c: char, folded: &mut String) {
    match c {
        'é' | 'è' | 'ê' | 'ë' => folded.push('e'),
        'ò' | 'ó' | 'ô' => folded.push('o'),
        'à' | 'á' | 'â' => folded.push('a'),
        'ü' => folded.push('u'),
        'ä' => folded.push('æ'),
        'ö' => folded.push('ø'),
        '\u{30a}' if folded.ends_with('a') => {
            folded.pop();
            folded.push('å');
        }
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}' => {}
        c => folded.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_meet_in_one_spelling() {
        for (text, expected) in [
            ("E-posten på pc-en", vec!["eposten", "på", "pc"]),
            ("Jobb-PC'en!", vec!["jobb", "pc"]),
            ("can’t open x-ray", vec!["cant", "open", "xray"]),
            ("kafe\u{301} i a\u{30a}r", vec!["kafe", "i", "år"]),
            ("feil 0x8004-1", vec!["feil", "0x8004", "1"]),
            (" – ", vec![]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn a_sentence_ends_at_its_mark_and_not_inside_a_number() {
        assert_eq!(sentences("Versjon 2.1 feiler. Hva nå?").len(), 2);
    }
}
