//! Finds identity numbers, bank accounts and payment cards among the digits of a text.

use super::context::{Context, Topic};
use super::digits::{Digits, Window};
use super::identity::{self, Control};
use super::place::Place;
use super::words::Word;
use super::{Kind, Span, account, card};

/// Bits for cuts after the given numbers of digits.
const fn cuts(places: &[u32]) -> u32 {
    let mut mask = 0;
    let mut rest = places;
    while let [place, others @ ..] = rest {
        mask |= 1 << *place;
        rest = others;
    }
    mask
}

/// How identity numbers are usually grouped: `ddmmyy nnnnn` and finer.
const IDENTITY_CUTS: [u32; 5] = [0, cuts(&[6]), cuts(&[2, 4, 6]), cuts(&[6, 9]), cuts(&[2, 4, 6, 9])];

/// The same with four digits for the year.
const LONG_YEAR_CUTS: [u32; 4] = [cuts(&[8]), cuts(&[2, 4, 8]), cuts(&[8, 11]), cuts(&[2, 4, 8, 11])];

/// Each digit for itself.
const SINGLE_DIGITS: u32 = cuts(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);

/// `1234.56.78903`
const ACCOUNT_CUTS: u32 = cuts(&[4, 6]);

/// Fours, and the groups of American Express and Diners.
const CARD_FOURS: u32 = cuts(&[4, 8, 12, 16]);
const CARD_SIXES: u32 = cuts(&[4, 10]);

/// A text with its words, while its numbers are looked at.
struct Scene<'a> {
    text: &'a str,
    words: &'a [Word],
}

/// Finds the numbers that must not be kept, in order of appearance.
pub(super) fn find(text: &str, words: &[Word]) -> Vec<Span> {
    let digits = Digits::read(text);
    let scene = Scene { text, words };
    let mut spans = Vec::new();
    let mut first = 0;
    while first < digits.len() {
        let mut longest_first = digits.windows(first).rev();
        let found = longest_first.find_map(|window| Some((scene.judge(&window)?, window.last)));
        first = found.map_or(first, |(_, last)| last) + 1;
        spans.extend(found.map(|(span, _)| span));
    }
    spans
}

impl Scene<'_> {
    fn judge(&self, window: &Window) -> Option<Span> {
        let place = Place::new(self.text, window);
        let found = match window.digits.len() {
            11 => self.eleven(window, &place),
            13 => self.iban(window).or_else(|| long_year(window)).or_else(|| self.card(window, &place)),
            14..=19 => self.card(window, &place),
            _ => None,
        };
        found.filter(|_| !place.is_phone() && !place.is_code())
    }

    fn eleven(&self, window: &Window, place: &Place) -> Option<Span> {
        if !account::balances(window.digits) || place.is_internet_address() {
            return None;
        }
        let context = self.context(window, place);
        let identity = identity::identify(window.digits);
        let kind = match identity {
            _ if is_account(window, context, identity) => Kind::Account,
            Some((kind, control)) if is_identity(window, place, context, control) => kind,
            _ if is_bare_account(window, place, context) => Kind::Account,
            _ => return None,
        };
        Some(Span::new(window.start, window.end, kind))
    }

    fn iban(&self, window: &Window) -> Option<Span> {
        let country = self.words.partition_point(|word| word.end <= window.start).checked_sub(1)?;
        let country = self.words.get(country).filter(|word| word.lower == "no")?;
        let beside = self.text.get(country.end..window.start)?.chars().all(char::is_whitespace);
        let whole = beside && window.loose == 0 && account::is_iban(window.digits);
        whole.then(|| Span::new(country.start, window.end, Kind::Account))
    }

    fn card(&self, window: &Window, place: &Place) -> Option<Span> {
        if window.loose != 0 || !card::is_card(window.digits, true) {
            return None;
        }
        let topic = self.context(window, place).topic;
        let usual = window.cuts & !CARD_FOURS == 0 || window.cuts == CARD_SIXES;
        let fits = match topic {
            Topic::Card => true,
            Topic::Other => false,
            _ => usual && !place.is_glued() && card::is_card(window.digits, false),
        };
        fits.then(|| Span::new(window.start, window.end, Kind::Card))
    }

    fn context(&self, window: &Window, place: &Place) -> Context {
        let context = Context::of(self.text, self.words, window.start, window.end);
        let unsaid = context.topic == Topic::Unsaid;
        if place.is_numbered() || unsaid && place.is_asset() { Context::OTHER } else { context }
    }
}

fn is_identity(window: &Window, place: &Place, context: Context, control: Control) -> bool {
    let usual = IDENTITY_CUTS.contains(&window.cuts) && window.loose & !cuts(&[6, 9]) == 0;
    let spaced = window.spaces == window.cuts || window.cuts == SINGLE_DIGITS;
    let crowded = window.crowded || place.is_beside_redacted();
    let sound = match control {
        Control::Full => window.cuts == 0 || !place.is_decimal(),
        Control::Relaxed => window.loose == 0 && context.topic != Topic::Other && !place.is_decimal(),
    };
    context.topic == Topic::Identity || sound && (usual || spaced && !crowded)
}

fn is_bare_account(window: &Window, place: &Place, context: Context) -> bool {
    let denied = match context.topic {
        Topic::Other | Topic::Card => true,
        Topic::Identity => context.beside,
        Topic::Account | Topic::Konto | Topic::Unsaid => false,
    };
    !denied && window.cuts == 0 && account::is_account(window.digits) && place.stands_alone()
}

fn long_year(window: &Window) -> Option<Span> {
    let digits = identity::with_short_year(window.digits).filter(|_| LONG_YEAR_CUTS.contains(&window.cuts))?;
    let (kind, control) = identity::identify(&digits)?;
    (control == Control::Full).then(|| Span::new(window.start, window.end, kind))
}

fn is_account(window: &Window, context: Context, identity: Option<(Kind, Control)>) -> bool {
    let written = match context.topic {
        Topic::Account => window.loose == 0,
        Topic::Identity | Topic::Other => false,
        Topic::Konto if window.cuts == 0 => !matches!(identity, Some((_, Control::Full))),
        _ => window.cuts == ACCOUNT_CUTS && window.loose == 0,
    };
    written && account::is_account(window.digits)
}
