//! Numbers that look like secrets and must stay.

use super::made::{self, grouped};
use super::{leaves, redact};
use crate::testing::Chance;

#[test]
fn everyday_numbers_stay() {
    for text in [
        "INV-0012345 og PC-12345 står på kontoret",
        "sak 20241234567 er lukket",
        "#104233",
        "versjon 10.0.19045.3803 og 16.0.17328.20184",
        "Chrome 121.0.6167.160",
        "192.168.10.100 og 130.225.48.119, port 8080",
        "MAC 00-1A-2B-3C-4D-5E, 00:1a:2b:3c:4d:5e",
        "feil 0x80070005, 0x8004010F og 0x01810113711",
        "EAN 7038010009457, 4006381333931",
        "IMEI 356938035643809 og 490154203237518",
        "ICCID 8947080012345678901",
        "12.03.2024 14:30:22, 2024-01-15T14:30:22.123Z, 20240115143022",
        "tlf 987 65 432, +47 98 76 54 32, 004798765432, +46701234567",
        "orgnr 987 654 321, NO 987 654 321 MVA",
        "ola.nordmann@example.no og kari98765432@example.no",
        "550e8400-e29b-41d4-a716-446655440000",
        "d41d8cd98f00b204e9800998ecf8427e",
        "<@123456789012345678> og <#234567890123456789>",
        "GB29 NWBK 6016 1331 9268 19, DE89 3704 0044 0532 0130 00",
        "Zoom 812 3456 7890, TeamViewer 1 234 567 890",
        "0.221127\t14484",
        "99 999 999 999,00 kr",
    ] {
        leaves(text);
    }
}

#[test]
fn numbers_that_pass_the_account_check_stay_when_they_are_said_to_be_something_else() {
    let number = made::account(21);
    for before in [
        "sak ",
        "saksnummer: ",
        "Saken ",
        "supportsak ",
        "ticket #",
        "#",
        "INC",
        "HD-",
        "inventarnr ",
        "serienummer ",
        "S/N ",
        "KID ",
        "KID: ",
        "faktura nr. ",
        "ordren ",
        "medlemsnummer ",
        "ref. ",
        "https://example.no/sak/",
        "telefon ",
        "+",
        "versjon ",
    ] {
        leaves(&format!("{before}{number}"));
    }
    leaves(&format!("{number} er saksnummeret"));
    leaves(&format!("versjon {}", grouped(&number, &[4, 2, 5], ".")));
}

#[test]
fn numbers_that_only_the_rule_for_2032_accepts_stay_when_they_are_said_to_be_something_else() {
    let number = made::relaxed_fnr(22);
    for before in ["sak ", "ticket ", "INC", "HD-", "#", "ordrenummer: "] {
        leaves(&format!("{before}{number}"));
    }
}

#[test]
fn numbers_that_pass_the_card_check_stay_when_they_are_said_to_be_something_else() {
    let number = made::card("45", 16, 23);
    for before in ["KID ", "ordrenummer ", "IMEI ", "sporingsnummer ", "ref "] {
        leaves(&format!("{before}{number}"));
    }
    leaves(&made::card("35", 15, 24));
    leaves(&made::card("89", 19, 24));
}

#[test]
fn few_random_numbers_are_taken_for_secrets() {
    let mut random = Chance::new(25);
    let mut number = |groups: &[usize], between: &str| {
        let digits: String = groups.iter().flat_map(|size| 0..*size).map(|_| random.below(10).to_string()).collect();
        grouped(&digits, groups, between)
    };
    let mut found = |groups: &[usize], between: &str| {
        let texts = (0..1_000).map(|_| format!("sak {}", number(groups, between)));
        texts.filter(|text| !redact(text).kinds.is_empty()).count()
    };
    assert!(found(&[11], "") < 10);
    assert!(found(&[8, 3], " ") < 10);
    assert!(found(&[3, 3, 2, 3], ".") < 5);
    assert_eq!(found(&[8], "") + found(&[9], "") + found(&[10], "") + found(&[12], ""), 0);
}
