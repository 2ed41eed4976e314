//! Tables of what people write. `⟦…⟧` marks what must be taken out; without marks nothing may be touched.

mod look_alikes;
mod made;
mod more_sentences;
mod numbers;
mod passwords;
mod properties;
mod sentences;

use super::{Found, Kind, redact};

/// Checks that the marked secrets, and nothing else, are replaced by the word for `kind`.
#[track_caller]
fn takes_out(kind: Kind, marked: &str) {
    let secrets = marked.matches('⟦').count();
    let found = redact(&marked.replace(['⟦', '⟧'], ""));
    let expected = Found { text: with_placeholders(kind, marked), kinds: vec![kind; secrets] };
    assert_eq!(found, expected, "in: {marked}");
}

/// Checks that a text is left as it is.
#[track_caller]
fn leaves(text: &str) {
    let expected = Found { text: text.to_owned(), kinds: Vec::new() };
    assert_eq!(redact(text), expected);
}

fn with_placeholders(kind: Kind, marked: &str) -> String {
    let mut pieces = marked.split(['⟦', '⟧']);
    let mut text = pieces.next().unwrap_or_default().to_owned();
    while let (Some(_), Some(rest)) = (pieces.next(), pieces.next()) {
        text.push_str(kind.mark());
        text.push_str(rest);
    }
    text
}

#[test]
fn a_kind_has_a_name_and_a_word_of_its_own() {
    let kinds = [Kind::Fnr, Kind::Dnr, Kind::Account, Kind::Card, Kind::Password];
    assert_eq!(kinds.map(Kind::as_str), ["fnr", "dnr", "account", "card", "password"]);
    assert_eq!(kinds.map(Kind::mark), super::PLACEHOLDERS);
    assert!(kinds.is_sorted());
}

#[test]
fn findings_are_listed_in_order_of_appearance() {
    let (fnr, account) = (made::fnr(1), made::account(1));
    let text = format!("PIN 4821, konto {account}, fnr {fnr} og kort 4111 1111 1111 1111, pw: Sommer24");
    let found = redact(&text);
    assert_eq!(found.text, "PIN [passord], konto [kontonummer], fnr [fødselsnummer] og kort [kortnummer], pw: [passord]");
    let kinds = [Kind::Password, Kind::Account, Kind::Fnr, Kind::Card, Kind::Password];
    assert_eq!(found.kinds, kinds);
}

#[test]
fn a_secret_inside_another_is_one_finding() {
    let fnr = made::fnr(2);
    takes_out(Kind::Fnr, &format!("passord: ⟦{fnr}⟧"));
    takes_out(Kind::Password, &format!("passord: ⟦Kari{fnr}!⟧"));
}

#[test]
fn nothing_is_found_in_nothing() {
    leaves("");
    leaves(" \n\t");
    leaves("Hei, skriveren i tredje etasje er tom for papir.");
}
