//! Identity numbers, accounts and cards, as people write them.

use super::made::{self, Identity, TENOR, grouped};
use super::{Kind, leaves, redact, takes_out};

/// How people write the two halves of an identity number: sizes of the groups, and what is between them.
const IDENTITY_GROUPS: &[(&[usize], &str)] = &[
    (&[11], ""),
    (&[6, 5], " "),
    (&[6, 5], "  "),
    (&[6, 5], "-"),
    (&[6, 5], " - "),
    (&[6, 5], "."),
    (&[6, 5], "/"),
    (&[6, 5], "_"),
    (&[6, 5], "\u{A0}"),
    (&[6, 5], "\u{202F}"),
    (&[6, 5], "\u{2009}"),
    (&[6, 5], "\u{2011}"),
    (&[6, 5], "–"),
    (&[6, 5], "\t"),
    (&[6, 5], "%20"),
    (&[6, 5], "%C2%A0"),
    (&[6, 5], "&nbsp;"),
    (&[2, 2, 2, 5], " "),
    (&[2, 2, 2, 5], "."),
    (&[2, 2, 2, 5], "-"),
    (&[2, 2, 2, 3, 2], " "),
    (&[6, 3, 2], " "),
    (&[3, 3, 5], " "),
    (&[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], " "),
    (&[5, 6], "\u{200B}"),
    (&[2, 4, 5], "\u{AD}"),
];

/// Where people write them.
const PLACES: &[(&str, &str)] = &[
    ("", ""),
    ("fnr:", ""),
    ("fnr: ", ", takk"),
    ("Fødselsnummeret er ", "."),
    ("pasienten (", ") ligger feil"),
    ("journal_", ".pdf"),
    ("C:\\skann\\", "\\side1.tif"),
    ("pasient", "kari"),
    ("https://example.no/sok?fnr=", "&side=2"),
    ("https://example.no/?q=pasient%20", ""),
    ("https://example.no/person/", "/journal"),
    ("\"", "\""),
    ("**", "**"),
    ("ring meg på 22 33 44 55, fnr ", ""),
    ("Født ", " i Bodø 🙂"),
];

#[test]
fn identity_numbers_are_found_in_every_series_writing_and_place() {
    for (seed, make) in (1..).zip(makes()) {
        let kind = if make.day_series == 40 { Kind::Dnr } else { Kind::Fnr };
        for (sizes, between) in IDENTITY_GROUPS {
            let number = grouped(&made::identity(seed, make), sizes, between);
            for (before, after) in PLACES {
                takes_out(kind, &format!("{before}⟦{number}⟧{after}"));
            }
        }
    }
}

fn makes() -> Vec<Identity> {
    let series = [0, 40, 65, 80].map(|month_series| [0, 40].map(|day_series| Identity { day_series, month_series, ..TENOR }));
    let relaxed = [0, 1, 2, 3].map(|first_remainder| [0, 40].map(|day_series| Identity { day_series, first_remainder, ..TENOR }));
    series.into_iter().chain(relaxed).flatten().collect()
}

#[test]
fn other_marks_between_date_and_number_are_seen_through() {
    let fnr = made::fnr(11);
    for between in ["*", ":", ",", "|", " + ", "\n", ") (", "; "] {
        takes_out(Kind::Fnr, &format!("⟦{}⟧", grouped(&fnr, &[6, 5], between)));
    }
}

#[test]
fn a_year_of_four_digits_belongs_to_the_number() {
    let fnr = made::of_date("018101", 3);
    let (_, tail) = fnr.split_at(6);
    takes_out(Kind::Fnr, &format!("⟦01.81.2001 {tail}⟧"));
    takes_out(Kind::Fnr, &format!("⟦01812001-{tail}⟧"));
}

#[test]
fn digits_of_other_scripts_count() {
    let wide: String = made::fnr(4).bytes().filter_map(|digit| char::from_u32(0xFF10 + u32::from(digit - b'0'))).collect();
    takes_out(Kind::Fnr, &format!("⟦{wide}⟧"));
}

#[test]
fn several_numbers_are_told_apart() {
    let (one, two, three) = (made::fnr(5), made::fnr(6), made::relaxed_fnr(7));
    for between in [" ", ", ", ",", "/", ";", "\n", " og ", " - "] {
        takes_out(Kind::Fnr, &format!("⟦{one}⟧{between}⟦{two}⟧{between}⟦{three}⟧"));
    }
    takes_out(Kind::Fnr, &format!("98765432 ⟦{}⟧ 12345678", grouped(&one, &[6, 5], " ")));
}

#[test]
fn dates_that_do_not_exist_make_no_identity_number() {
    for date in ["310401", "300201", "290201", "001201", "321201", "720101", "011301", "013901", "015301"] {
        let number = made::of_date(date, 1);
        assert!(!redact(&format!("fnr {number}")).kinds.contains(&Kind::Fnr), "{date}");
    }
    takes_out(Kind::Fnr, &format!("⟦{}⟧", made::of_date("298204", 1)));
    takes_out(Kind::Fnr, &format!("⟦{}⟧", made::of_date("298200", 1)));
}

#[test]
fn wrong_check_digits_make_no_number() {
    for number in [made::fnr(8), made::relaxed_fnr(8), made::account(8)] {
        let (head, last) = number.split_at(10);
        let wrong = if last == "9" { "0" } else { "9" };
        leaves(&format!("fnr {head}{wrong}"));
        leaves(&format!("konto {head}{wrong}"));
    }
    leaves("kort 4111 1111 1111 1112");
}

#[test]
fn accounts_are_found_as_they_are_written() {
    let account = made::account(9);
    for between in [".", " ", "-", "/", "\u{A0}", "\u{202F}", "%20", " . "] {
        takes_out(Kind::Account, &format!("utbetales til ⟦{}⟧ i dag", grouped(&account, &[4, 2, 5], between)));
        takes_out(Kind::Account, &format!("⟦{}⟧", grouped(&account, &[4, 2, 5], between)));
    }
    for before in
        ["", "Lønn til ", "konto:", "kontonr. ", "bankkonto", "k.nr ", "https://example.no/?konto=", "kontonummeret mitt er "]
    {
        takes_out(Kind::Account, &format!("{before}⟦{account}⟧"));
    }
    takes_out(Kind::Account, &format!("konto ⟦{}⟧", grouped(&account, &[4, 7], " ")));
    takes_out(Kind::Account, &format!("⟦{account}⟧ er kontonummeret mitt"));
}

#[test]
fn what_is_said_decides_between_account_and_identity() {
    let both = made::of_date("150390", 1);
    takes_out(Kind::Fnr, &format!("her er ⟦{both}⟧"));
    takes_out(Kind::Fnr, &format!("Kontoen min er låst, fnr ⟦{both}⟧"));
    takes_out(Kind::Fnr, &format!("Kontoen min er låst ⟦{both}⟧"));
    takes_out(Kind::Account, &format!("kontonummer: ⟦{both}⟧"));
    takes_out(Kind::Account, &format!("⟦{}⟧", grouped(&both, &[4, 2, 5], ".")));
    takes_out(Kind::Fnr, &format!("fnr ⟦{}⟧", grouped(&both, &[4, 2, 5], " ")));
}

#[test]
fn norwegian_ibans_are_accounts() {
    for iban in ["NO93 8601 1117 947", "NO9386011117947", "no93 86011117947", "NO 93 8601 11 17947"] {
        takes_out(Kind::Account, &format!("IBAN: ⟦{iban}⟧, takk"));
    }
    leaves("NO94 8601 1117 947");
    leaves("IBAN NO93 8601 1117 948");
}

#[test]
fn cards_are_found_by_issuer_and_length() {
    for (prefix, length) in [("4", 16), ("51", 16), ("2221", 16), ("2720", 16), ("34", 15), ("37", 15), ("36", 14)] {
        takes_out(Kind::Card, &format!("⟦{}⟧", made::card(prefix, length, 1)));
    }
    for (prefix, length) in [("6011", 16), ("3530", 16), ("5018", 16), ("6759", 16), ("9578", 16), ("4", 19)] {
        takes_out(Kind::Card, &format!("betalte med ⟦{}⟧ i går", made::card(prefix, length, 2)));
    }
    takes_out(Kind::Card, &format!("bankkort ⟦{}⟧", made::card("50", 15, 3)));
}

#[test]
fn cards_are_found_as_they_are_written() {
    let (visa, amex) = (made::card("4", 16, 4), made::card("37", 15, 4));
    for between in [" ", "-", ".", "\u{A0}", "%20"] {
        takes_out(Kind::Card, &format!("kortet ⟦{}⟧ 12/27 ble avvist", grouped(&visa, &[4, 4, 4, 4], between)));
        takes_out(Kind::Card, &format!("⟦{}⟧", grouped(&amex, &[4, 6, 5], between)));
    }
    for (before, after) in [("kvittering_", ".pdf"), ("visa", ""), ("?pan=", "&x"), ("(", ")")] {
        takes_out(Kind::Card, &format!("{before}⟦{visa}⟧{after}"));
    }
}
