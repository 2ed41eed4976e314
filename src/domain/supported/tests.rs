use super::*;

const PRINTER: Source<'_> = Source {
    title: "Skriveren virker ikke",
    passage: "1. Slå av skriveren og vent i fem minutter.\n2. Slå den på igjen og åpne **Innstillinger > Skrivere**.\n\
        3. Ikke skriv ut på nytt mens lampen blinker.\n\nHjelper det ikke, ring 22 33 44 55 mellom 08.00 og 15.30 på hverdager, \
        eller se [siden om skrivere](https://intranett.example.no/skrivere).",
    lang: Lang::Nb,
};

fn checked(text: &str, lang: Lang) -> Result<(), Unsupported> {
    DirectAnswer::supported_by(&PRINTER, text, lang).map(|_| ())
}

#[test]
fn what_the_passage_says_may_be_said_in_other_words_and_in_three_languages() {
    for (lang, text) in [
        (Lang::Nb, "Slå av skriveren, vent i 5 minutter og slå den på igjen."),
        (
            Lang::Nb,
            "Slå av skriveren og slå den på igjen. Hjelper det ikke, kan du ringe 22334455 mellom 8 og 15:30 på hverdager.",
        ),
        (Lang::Nb, "Du finner skriveren under **Innstillinger > Skrivere**."),
        (Lang::Nb, "Ikke skriv ut på nytt mens lampen blinker."),
        (Lang::Nn, "Slå av skrivaren, vent i fem minutt og slå han på igjen."),
        (Lang::Nn, "Hjelper det ikkje, kan du ringje 22 33 44 55 mellom 08.00 og 15.30 på kvardagar."),
        (Lang::En, "Switch the printer off, wait for five minutes and switch it on again."),
        (
            Lang::En,
            "If that does not help, call 22 33 44 55 between 8:00 and 15:30 on weekdays, or see https://intranett.example.no/skrivere.",
        ),
    ] {
        assert_eq!(checked(text, lang), Ok(()), "{text}");
    }
}

#[test]
fn what_the_passage_does_not_bear_out_is_not_shown() {
    for (lang, text, reason) in [
        (Lang::Nb, " \n… ", Unsupported::Empty),
        (Lang::Nb, "Slå av.", Unsupported::Empty),
        (Lang::Nb, "Slå av skriveren og vent i ti minutter.", Unsupported::Fact),
        (Lang::Nb, "Slå av skriveren og vent i 15 minutter.", Unsupported::Fact),
        (Lang::Nb, "Slå av skriveren og vent i fem timer.", Unsupported::Fact),
        (Lang::Nb, "Ring 22 33 44 56 mellom 08.00 og 15.30.", Unsupported::Fact),
        (Lang::Nb, "Ring 22 33 mellom 08.00 og 15.30.", Unsupported::Fact),
        (Lang::Nb, "Du kan ringe på lørdag mellom 08.00 og 15.30.", Unsupported::Fact),
        (Lang::En, "Call between 8:00 and 15:30 on Saturday, and the printer is fixed.", Unsupported::Fact),
        (Lang::Nb, "Se siden om skrivere på https://intranett.example.com/skrivere.", Unsupported::Address),
        (Lang::Nb, "Se siden om skrivere på skriver-hjelp.no eller ring.", Unsupported::Address),
        (Lang::En, "Send an e-mail to help@example.org and wait for the printer.", Unsupported::Address),
        (Lang::En, "Open a terminal and run rm with -rf and the printer is on again.", Unsupported::Address),
        (Lang::Nb, "Slå av skriveren, @everyone, og slå den på igjen.", Unsupported::Address),
        (Lang::Nb, "Åpne «Kontrollpanel» og slå skriveren på igjen.", Unsupported::Name),
        (Lang::En, "Open the **Control panel** and switch the printer on.", Unsupported::Name),
        (Lang::En, "You must ask Microsoft for a new printer.", Unsupported::Name),
        (Lang::Nb, "Skriveren må startes på nytt i HP SmartPrint og slås på.", Unsupported::Name),
        (Lang::Nb, "Slå av skriveren og oppgi passordet på nytt.", Unsupported::Danger),
        (Lang::En, "Delete the printer and switch it on again, and you are done.", Unsupported::Danger),
        (Lang::Nb, "Skriv ut på nytt mens lampen blinker.", Unsupported::Negation),
        (Lang::Nb, "Ikke vent i fem minutter før du slår av skriveren.", Unsupported::Negation),
        (Lang::Nb, "Ta kontakt med lederen din, som bestiller en annen maskin til kontoret.", Unsupported::Words),
        (
            Lang::Nb,
            "Slå av skriveren og slå den på igjen. Lederen din bestiller gjerne kaker til avdelingen.",
            Unsupported::Words,
        ),
        (Lang::Nb, "Switch the printer off and wait, then switch it on again.", Unsupported::Language),
        (Lang::Nn, "Hjelper det ikke, kan du ringe på hverdager.", Unsupported::Language),
        (Lang::En, "Slå av skriveren og slå den på igjen.", Unsupported::Language),
        (Lang::Nb, "Beklager, jeg kan ikke hjelpe med skriveren.", Unsupported::Refusal),
        (Lang::En, "NONE", Unsupported::Refusal),
        (Lang::En, "The passage does not say what you should do.", Unsupported::Refusal),
        (Lang::Nb, "Se [siden om skrivere](https://evil.example) og slå den på.", Unsupported::Markup),
        (Lang::Nb, "Slå av skriveren, <@123456>, og slå den på igjen.", Unsupported::Markup),
        (Lang::Nb, "1. Slå av skriveren\n2. Slå den på igjen", Unsupported::Markup),
        (Lang::Nb, "Slå av skriveren\u{202e} og slå den på igjen.", Unsupported::Markup),
    ] {
        assert_eq!(checked(text, lang), Err(reason), "{text}");
    }
    assert_eq!(checked(&"Slå av skriveren og slå den på igjen. ".repeat(20), Lang::Nb), Err(Unsupported::TooLong));
}

#[test]
fn what_is_kept_is_plain_text_on_one_line() {
    let kept =
        DirectAnswer::supported_by(&PRINTER, " Du finner skriveren under\n**Skrivere**. ", Lang::Nb).expect("it is supported");
    assert_eq!(kept.as_str(), "Du finner skriveren under Skrivere.");
}

#[test]
fn a_sentence_may_join_what_the_passage_says_in_several() {
    let passage = "Du trenger ikke passord. Skriv inn mobilnummeret ditt. Tilgangen varer i 24 timer.";
    let source = Source { title: "Gjestenett", passage, lang: Lang::Nb };
    let checked = |text: &str| DirectAnswer::supported_by(&source, text, Lang::Nn).map(|_| ());
    assert_eq!(checked("Du treng ikkje passord, og tilgangen varer i 24 timar."), Ok(()));
    assert_eq!(checked("Du treng passord, men tilgangen varer i 24 timar."), Err(Unsupported::Negation));
}

#[test]
fn what_turns_the_articles_words_round_is_dropped() {
    let refused = |lang, passage: &str, text: &str| {
        let source = Source { title: "Postboks", passage, lang };
        DirectAnswer::supported_by(&source, text, lang).err()
    };
    let negated = Some(Unsupported::Negation);
    assert_eq!(refused(Lang::En, "You can't share the mailbox with others.", "You can share the mailbox with others."), negated);
    assert_eq!(refused(Lang::En, "You should restart the printer.", "You shouldn't restart the printer."), negated);
    let sent = "Send skjemaet til lonn@example.no.";
    assert_eq!(refused(Lang::Nb, sent, "Ikke send skjemaet til lonn@example.no."), negated);
    assert_eq!(refused(Lang::Nb, sent, sent), None);
    let closed = "Kantina er stengt i august, og fristen er ti dager.";
    assert_eq!(refused(Lang::Nb, closed, "Kantina er stengt i juli, og fristen er ti dager."), Some(Unsupported::Fact));
    assert_eq!(refused(Lang::Nb, closed, "Kantina er stengt i august, og fristen er ti år."), Some(Unsupported::Fact));
    assert_eq!(refused(Lang::Nb, closed, "Kantina er stengt i august, og fristen er fjorten dager."), Some(Unsupported::Fact));
}
