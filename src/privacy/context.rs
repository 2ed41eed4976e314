//! What the words beside a number say that it is.

use super::lexicon::{Lexicon, lexicon};
use super::words::Word;

/// How many words before a number are read.
const WORDS_BEFORE: usize = 6;

/// How many words after a number are read.
const WORDS_AFTER: usize = 4;

/// The widest stretch between two of the words, in bytes.
const WIDEST_GAP: usize = 48;

/// What the nearest telling word says that a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    /// An identity number.
    Identity,
    /// A bank account.
    Account,
    /// "konto" some words away: a bank's or a user's.
    Konto,
    /// A payment card.
    Card,
    /// The number of something else: a case, an invoice, a device.
    Other,
    /// Nothing.
    Unsaid,
}

/// What is said about a number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    /// What it is said to be.
    pub topic: Topic,
    /// True if it is said right beside the number.
    pub beside: bool,
}

/// What one word says.
enum Hint {
    Says(Topic),
    /// "nr", "er", "my": the word before it counts as standing beside the number.
    Link,
    /// An equals sign in words, which turns the reading direction: "… is the account number".
    Copula,
    Nothing,
}

static IDENTITY: Lexicon = lexicon!(
    "fnr fdnr dnr dnummer pnr ssn nin ident identnr identnummer fødsels personident
     identitetsnummer identitetsnr idnummer idnr født fødd born"
);
const IDENTITY_STEMS: &str = "fødselsn fodselsn foedselsn fødselnum fødseln personnr personnum";

static ACCOUNT: Lexicon = lexicon!("kontonr kto ktonr iban bban giro bank");
const ACCOUNT_STEMS: &str = "kontonum bankkonto bankgiro postgiro lønnskonto lønskonto lønnkonto brukskonto sparekonto \
      driftskonto girokonto kontoutskrift bankaccount";
const KONTO_STEMS: &str = "konto account";

const CARD_STEMS: &str = "kort bankkort visa master amex american card debit kredit betalingskort maestro bankaxept";

static OTHER: Lexicon = lexicon!(
    "sak saka saken saker case ticket tickets tiket incident hendelse hending inc req ritm chg
     inv pc asset inventar utstyr maskin device enhet eining serie serial sn n modell model ordre
     order bestilling tinging po rekvisisjon rekv ean gtin isbn strekkode barcode imei imeisv
     iccid sim imsi eid mac ip uuid guid ref referanse reference kid faktura invoice versjon
     version build firmware driver patch artikkel vare tlf telefon phone mobil tel fax faks id
     prosjekt project sporing tracking sending pakke kolli orgnr mva feil feilkode error
     errorcode kode code prøve lisens license måler anlegg avtale kontrakt arkiv journalpost
     transaksjon transaction løpenummer skriver skrivar printer nøkkel key batch lot partnr part
     kb port rom room avvik endring change problem oppgave oppgåve task issue bug timestamp
     abonnement regnr vin"
);

/// Compounds with these ends name something with a number of its own: "medlemsnummer", "supportsak".
const OTHER_ENDS: [&str; 8] = ["nummer", "nummeret", "number", "nr", "kode", "koden", "sak", "saken"];

/// Endings of the definite form: "ordren", "prosjektet".
const DEFINITE: [&str; 4] = ["en", "et", "n", "a"];

static LINKS: Lexicon = lexicon!("nr nummer nummeret no num number min mi mitt my the our vår vårt med with og");
static COPULAS: Lexicon = lexicon!("er e is was var som as");

impl Context {
    /// Nothing but a mark that makes the number that of something else.
    pub(super) const OTHER: Self = Self { topic: Topic::Other, beside: true };

    const UNSAID: Self = Self { topic: Topic::Unsaid, beside: false };

    /// Reads the words around the bytes from `start` to `end`.
    pub(super) fn of(text: &str, words: &[Word], start: usize, end: usize) -> Self {
        let here = words.partition_point(|word| word.end <= start);
        let (before, after) = words.split_at_checked(here).unwrap_or_default();
        Self::before(text, before, start).or_else(|| Self::after(text, after, end)).unwrap_or(Self::UNSAID)
    }

    fn before(text: &str, words: &[Word], start: usize) -> Option<Self> {
        let (mut beside, mut numbered, mut edge) = (true, false, start);
        for word in words.iter().rev().take(WORDS_BEFORE) {
            let between = same_clause(text, word.end, edge)?;
            beside &= !between.contains(|char: char| char.is_numeric() || ",?!".contains(char));
            match hint(word, numbered) {
                Hint::Says(Topic::Other) if !beside => {}
                Hint::Says(topic) => return Some(Self::new(topic, beside)),
                Hint::Link => numbered |= word.lower.starts_with('n'),
                Hint::Copula => {}
                Hint::Nothing => beside = false,
            }
            edge = word.start;
        }
        None
    }

    fn after(text: &str, words: &[Word], end: usize) -> Option<Self> {
        let (mut joined, mut edge) = (false, end);
        for word in words.iter().take(WORDS_AFTER) {
            let between = same_clause(text, edge, word.start)?;
            if between.contains(|char: char| char.is_numeric() || ".,:?!".contains(char)) {
                return None;
            }
            joined |= between.contains('(');
            match hint(word, false) {
                Hint::Says(topic) if joined => return Some(Self::new(topic, true)),
                Hint::Copula => joined = true,
                Hint::Link => {}
                Hint::Says(_) | Hint::Nothing => return None,
            }
            edge = word.end;
        }
        None
    }

    fn new(topic: Topic, beside: bool) -> Self {
        let topic = if topic == Topic::Konto && beside { Topic::Account } else { topic };
        Self { topic, beside }
    }
}

fn same_clause(text: &str, from: usize, to: usize) -> Option<&str> {
    let between = text.get(from..to).filter(|between| between.len() <= WIDEST_GAP)?;
    (!between.contains(['\n', '[', ']', ';'])).then_some(between)
}

fn hint(word: &Word, numbered: bool) -> Hint {
    let word = word.lower.as_str();
    let begins = |stems: &str| stems.split(' ').any(|stem| word.starts_with(stem));
    match word {
        "f" | "d" | "p" | "id" if numbered => Hint::Says(Topic::Identity),
        "k" if numbered => Hint::Says(Topic::Account),
        _ if IDENTITY.has(word) || begins(IDENTITY_STEMS) => Hint::Says(Topic::Identity),
        _ if ACCOUNT.has(word) || begins(ACCOUNT_STEMS) => Hint::Says(Topic::Account),
        _ if begins(CARD_STEMS) => Hint::Says(Topic::Card),
        _ if begins(KONTO_STEMS) => Hint::Says(Topic::Konto),
        _ if COPULAS.has(word) => Hint::Copula,
        _ if LINKS.has(word) => Hint::Link,
        _ if is_other(word) => Hint::Says(Topic::Other),
        _ => Hint::Nothing,
    }
}

fn is_other(word: &str) -> bool {
    let stems = DEFINITE.iter().filter_map(|end| word.strip_suffix(end));
    let listed = OTHER.has(word) || stems.into_iter().any(|stem| OTHER.has(stem));
    listed || OTHER_ENDS.iter().any(|end| word.ends_with(end))
}
