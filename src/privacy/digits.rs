//! Reads digits as people write them: in groups, with something between the groups.

use std::ops::RangeInclusive;

/// The shortest number that is looked for, an identity or account, and the longest, a card.
const SHORTEST: usize = 11;
const LONGEST: usize = 19;

/// The widest stretch between two groups of one number, in characters.
const WIDEST_GAP: usize = 4;

/// Where the digits zero to nine begin: ASCII, full width, Arabic-Indic, Persian.
const ZEROS: [char; 4] = ['0', '\u{FF10}', '\u{660}', '\u{6F0}'];

/// What stands between two groups of digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Spaces of any kind.
    Space,
    /// One mark that people put inside numbers: full stop, dash, slash, underscore.
    Joint,
    /// Other marks, several marks or a line break: the groups may still be one number.
    Loose,
    /// Too much for one number.
    Apart,
}

/// Digits with nothing between them but invisible characters.
#[derive(Debug)]
struct Group {
    start: usize,
    end: usize,
    first: usize,
    next_gap: Gap,
}

/// All digits of a text.
#[derive(Debug)]
pub(super) struct Digits {
    values: Vec<u8>,
    groups: Vec<Group>,
}

/// Neighbouring groups that may be one number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window<'a> {
    /// The digits, without what stands between them.
    pub digits: &'a [u8],
    /// Bit n is set where a gap follows the n-th digit.
    pub cuts: u32,
    /// The cuts whose gap is neither spaces nor a single joint.
    pub loose: u32,
    /// The cuts whose gap is spaces.
    pub spaces: u32,
    /// Where the first digit begins in the text, in bytes.
    pub start: usize,
    /// Where the last digit ends.
    pub end: usize,
    /// The last group.
    pub last: usize,
    /// True if the groups around this one could belong to it.
    pub crowded: bool,
}

impl Digits {
    /// Reads the digits of a text.
    pub(super) fn read(text: &str) -> Self {
        let mut digits = Self { values: Vec::new(), groups: Vec::new() };
        let mut at = 0;
        while let Some(char) = text.get(at..).and_then(|rest| rest.chars().next()) {
            if let Some((_, length)) = escape(text.get(at..).unwrap_or_default()) {
                at += length;
                continue;
            }
            if let Some(value) = value(char) {
                digits.push(text, value, at..=at + char.len_utf8());
            }
            at += char.len_utf8();
        }
        digits
    }

    /// How many groups there are.
    pub(super) fn len(&self) -> usize {
        self.groups.len()
    }

    /// Every window that begins with the given group and is long enough to tell, shortest first.
    pub(super) fn windows(&self, first: usize) -> impl DoubleEndedIterator<Item = Window<'_>> {
        let joined = |last: &usize| *last == first || self.gap_before(*last) != Some(Gap::Apart);
        let lasts = (first..self.len()).take_while(joined);
        let lasts: Vec<_> = lasts.take_while(|last| self.count(first, *last) <= LONGEST).collect();
        let long = lasts.into_iter().filter(move |last| self.count(first, *last) >= SHORTEST);
        long.filter_map(move |last| self.window(first, last))
    }

    fn window(&self, first: usize, last: usize) -> Option<Window<'_>> {
        let (head, tail) = (self.groups.get(first)?, self.groups.get(last)?);
        let cuts = |wanted: &[Gap]| {
            let inner = (first + 1..=last).filter(|group| self.gap_before(*group).is_some_and(|gap| wanted.contains(&gap)));
            inner.fold(0, |mask, group| mask | 1 << self.count(first, group - 1))
        };
        let crowds = |group| self.gap_before(group).is_some_and(|gap| gap != Gap::Apart);
        Some(Window {
            digits: self.values.get(head.first..head.first + self.count(first, last))?,
            cuts: cuts(&[Gap::Space, Gap::Joint, Gap::Loose]),
            loose: cuts(&[Gap::Loose]),
            spaces: cuts(&[Gap::Space]),
            start: head.start,
            end: tail.end,
            last,
            crowded: crowds(first) || crowds(last + 1),
        })
    }

    /// What stands before a group, if both it and the one before exist.
    fn gap_before(&self, group: usize) -> Option<Gap> {
        self.groups.get(group).and(self.groups.get(group.checked_sub(1)?)).map(|before| before.next_gap)
    }

    /// How many digits there are from the first group to the last.
    fn count(&self, first: usize, last: usize) -> usize {
        let start = |group: usize| self.groups.get(group).map_or(self.values.len(), |group| group.first);
        start(last + 1) - start(first)
    }

    fn push(&mut self, text: &str, value: u8, place: RangeInclusive<usize>) {
        let (start, end) = place.into_inner();
        let between = self.groups.last().and_then(|group| text.get(group.end..start));
        match (self.groups.last_mut(), between) {
            (Some(group), Some(between)) if between.chars().all(is_invisible) => group.end = end,
            (previous, between) => {
                if let (Some(group), Some(between)) = (previous, between) {
                    group.next_gap = gap(between);
                }
                let first = self.values.len();
                self.groups.push(Group { start, end, first, next_gap: Gap::Apart });
            }
        }
        self.values.push(value);
    }
}

/// True for characters that take no room: joiners, direction marks, soft hyphens, key-cap marks.
pub(super) fn is_invisible(char: char) -> bool {
    matches!(char, '\u{AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}')
        || matches!(char, '\u{2060}'..='\u{2069}' | '\u{20E3}' | '\u{FE0E}' | '\u{FE0F}' | '\u{FEFF}')
}

/// The mark that an escape of web pages and addresses stands for, and the escape's length.
pub(super) fn escape(rest: &str) -> Option<(char, usize)> {
    if rest.starts_with("&nbsp;") {
        return Some((' ', "&nbsp;".len()));
    }
    let code = rest.strip_prefix('%')?.get(..2)?;
    let byte = u8::from_str_radix(code, 16).ok()?;
    match byte {
        b'\t' | b'\n' | b'\r' | 0x80.. => Some((' ', 3)), // Above ASCII: part of a wider space.
        0x20..=0x7F if !byte.is_ascii_alphanumeric() => Some((char::from(byte), 3)),
        _ => None,
    }
}

fn value(char: char) -> Option<u8> {
    ZEROS.iter().find_map(|zero| {
        let value = u32::from(char).checked_sub(u32::from(*zero)).filter(|value| *value < 10)?;
        u8::try_from(value).ok()
    })
}

fn gap(between: &str) -> Gap {
    let (mut joints, mut others, mut seen, mut rest) = (0, 0, 0, between);
    while let Some(first) = rest.chars().next() {
        let (char, length) = escape(rest).unwrap_or((first, first.len_utf8()));
        rest = rest.get(length..).unwrap_or_default();
        match char {
            '\n' => others += 1,
            '.' | '-' | '/' | '_' | '\u{B7}' | '\u{2010}'..='\u{2015}' | '\u{2212}' => joints += 1,
            _ if char.is_whitespace() || is_invisible(char) => {}
            _ if char.is_alphanumeric() || matches!(char, '[' | ']') => return Gap::Apart,
            _ => others += 1,
        }
        seen += 1;
        if seen > WIDEST_GAP {
            return Gap::Apart;
        }
    }
    match (joints, others) {
        (0, 0) => Gap::Space,
        (1, 0) => Gap::Joint,
        _ => Gap::Loose,
    }
}
