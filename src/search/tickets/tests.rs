//! Stories of past tickets: who finds what, and what befalls the folder.

use std::fs;
use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;

use super::*;
use crate::domain::ids::{GroupId, TicketNumber};
use crate::domain::lang::Lang;
use crate::domain::message::Redacted;
use crate::domain::time::Timestamp;

/// 2026-11-23 07:00 UTC.
const NOW: Timestamp = Timestamp::from_micros(1_795_417_200_000_000);
const DAY: Duration = Duration::from_hours(24);

fn ticket(number: i64, group: &str, question: &str, resolution: &str) -> PastTicket {
    PastTicket {
        id: TicketId::new(number * 64),
        number: TicketNumber::new(number),
        question: Redacted::vouched(question),
        resolution: Redacted::vouched(resolution),
        lang: Lang::Nb,
        group: GroupId::new(group),
        resolved_by: "Kari".to_owned(),
        resolved_at: NOW.before(DAY),
    }
}

/// What a desk has behind it.
fn solved() -> Vec<PastTicket> {
    vec![
        ticket(1, "general", "Skriveren på rom 214 skriver bare ut tomme ark", "Tonerkassetten var tom og er byttet."),
        ticket(2, "general", "Eg får ikkje logga på VPN heimanfrå", "Sertifikatet på maskina var gått ut på dato."),
        ticket(3, "clinical", "Resepten blir avvist i journalsystemet", "Rekvirenten manglet HPR-nummer, det er lagt inn."),
        ticket(4, "general", "My calendar in Outlook does not synchronise", "The profile was rebuilt."),
        ticket(5, "hr", "Hvor mange feriedager har jeg igjen?", "Se Min side, feriesaldo."),
        ticket(6, "general", "Skjermen er svart etter at jeg koblet til dokkingstasjonen", ""),
    ]
}

fn filled(index: TicketIndex, tickets: Vec<PastTicket>) -> TicketIndex {
    index.prepare().unwrap();
    index.remember(tickets).unwrap();
    index.keep(Some(EventId::new(7))).unwrap();
    index
}

fn desk() -> TicketIndex {
    filled(TicketIndex::in_memory().unwrap(), solved())
}

fn found_among(index: &TicketIndex, question: &str, groups: Option<&[GroupId]>) -> Vec<SimilarTicket> {
    let question = Redacted::vouched(question);
    index.similar(&Resembled { question: &question, groups, except: None, now: NOW, limit: 3 })
}

fn numbers(found: &[SimilarTicket]) -> Vec<i64> {
    found.iter().map(|ticket| ticket.number.get()).collect()
}

#[test]
fn a_ticket_is_found_in_other_words_forms_and_languages() {
    let desk = desk();
    for (question, number) in [
        ("Alle skriverne skriver ut blanke ark", 1),
        ("Skrivaren på kontoret spyttar ut tomme ark", 1),
        ("Får ikke logget på VPN hjemmefra", 2),
        ("Resepter avvises i journalen", 3),
        ("Outlook calendars are not synchronised", 4),
        ("Feriedagane mine", 5),
        ("Svart skjerm i dokkingstasjonen", 6),
        ("The printer prints empty pages", 1),
        ("HPR-nummer manglar", 3),
    ] {
        let found = numbers(&found_among(&desk, question, None));
        assert_eq!(found.first(), Some(&number), "{question}: {found:?}");
    }
}

#[test]
fn what_is_hardly_like_any_ticket_finds_none() {
    for question in ["Kaffemaskina lek", "hei", "", "Hvordan får jeg tilgang til arkivet for gamle byggesaker på bydelen?"] {
        assert_eq!(numbers(&found_among(&desk(), question, None)), [0_i64; 0], "{question}");
    }
}

#[test]
fn what_is_shown_is_what_was_asked_and_what_solved_it() {
    let long = format!("{} Det står bare tomme ark igjen.", "Skriveren i gangen durer og går. ".repeat(12));
    let desk = filled(TicketIndex::in_memory().unwrap(), vec![ticket(8, "general", &long, "Byttet tonerkassett.")]);
    let found = found_among(&desk, "skriveren durer", None).remove(0);
    assert!(found.question.ends_with('…') && found.question.chars().count() <= 301, "{}", found.question);
    assert_eq!((found.resolution.as_str(), found.resolved_by.as_str()), ("Byttet tonerkassett.", "Kari"));
    assert_eq!((found.lang, found.group.as_str(), found.resolved_at), (Lang::Nb, "general", NOW.before(DAY)));
    assert!(found.likeness.get() > 500, "{:?}", found.likeness);
}

#[test]
fn only_the_tickets_of_some_groups_are_found() {
    let desk = desk();
    let (general, clinical) = (GroupId::new("general"), GroupId::new("clinical"));
    let question = "Resepten blir avvist";
    for (groups, expected) in [
        (None, vec![3]),
        (Some(vec![general.clone(), clinical.clone()]), vec![3]),
        (Some(vec![clinical]), vec![3]),
        (Some(vec![general]), vec![]),
        (Some(vec![GroupId::new("nobody")]), vec![]),
        (Some(vec![]), vec![]),
    ] {
        assert_eq!(numbers(&found_among(&desk, question, groups.as_deref())), expected, "{groups:?}");
    }
}

#[test]
fn a_ticket_is_not_like_itself_and_the_newer_of_two_comes_first() {
    let old = PastTicket { resolved_at: NOW.before(400 * DAY), ..ticket(10, "general", "Tastaturet mangler en tast", "Byttet.") };
    let new = PastTicket { id: TicketId::new(1), number: TicketNumber::new(11), resolved_at: NOW.before(DAY), ..old.clone() };
    let desk = filled(TicketIndex::in_memory().unwrap(), vec![old, new.clone()]);
    assert_eq!(numbers(&found_among(&desk, "en tast på tastaturet", None)), [11, 10]);
    let to = Resembled { question: &new.question, groups: None, except: Some(new.id), now: NOW, limit: 3 };
    assert_eq!(numbers(&desk.similar(&to)), [10]);
    assert_eq!(numbers(&desk.similar(&Resembled { limit: 1, except: None, ..to })), [11]);
}

#[test]
fn a_ticket_that_is_open_again_is_found_no_more_until_it_is_solved_again() {
    let desk = desk();
    let toner = &solved()[0];
    desk.forget(&[toner.id, TicketId::new(12_345)]).unwrap();
    desk.keep(Some(EventId::new(8))).unwrap();
    assert_eq!((numbers(&found_among(&desk, "tomme ark", None)), desk.size()), (vec![], 5));
    for resolution in ["Byttet trommel", "Byttet hele skriveren"] {
        desk.remember(vec![PastTicket { resolution: Redacted::vouched(resolution), ..toner.clone() }]).unwrap();
    }
    desk.keep(Some(EventId::new(9))).unwrap();
    let found = found_among(&desk, "tomme ark", None);
    assert_eq!((found.len(), found[0].resolution.as_str(), desk.size()), (1, "Byttet hele skriveren", 6));
}

#[test]
fn what_was_not_kept_is_not_found_and_is_told_again() {
    let folder = TempDir::new().unwrap();
    let index = filled(TicketIndex::at(folder.path().join("past")), solved());
    index.remember(vec![ticket(20, "general", "Musematten flasser", "Limt.")]).unwrap();
    assert_eq!(numbers(&found_among(&index, "musematten flasser", None)), [0_i64; 0]);
    assert_eq!(index.prepare().unwrap(), Some(EventId::new(7)), "as after a crash");
    index.keep(Some(EventId::new(8))).unwrap();
    assert_eq!(index.size(), 6, "half a batch is never kept");
}

#[test]
fn an_index_is_found_again_after_a_restart() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("past");
    drop(filled(TicketIndex::at(path.clone()), solved()));
    let index = TicketIndex::at(path);
    assert_eq!(found_among(&index, "tomme ark", None), [], "nothing is read before it is made ready");
    assert_eq!(index.prepare().unwrap(), Some(EventId::new(7)));
    assert_eq!(numbers(&found_among(&index, "tomme ark", None)), [1]);
}

/// What befalls the folder.
type Damage = fn(&Path);

#[test]
fn an_index_that_is_deleted_or_damaged_is_begun_anew() {
    let damages: [(&str, Damage); 5] = [
        ("deleted", |folder| fs::remove_dir_all(folder).unwrap()),
        ("cut short", |folder| each_file(folder, |file| fs::File::options().write(true).open(file).unwrap().set_len(7).unwrap())),
        ("overwritten", |folder| each_file(folder, |file| fs::write(file, vec![0x5A; 4_096]).unwrap())),
        ("half gone", |folder| {
            each_file(folder, |file| {
                if !is_meta(file) {
                    fs::remove_file(file).unwrap();
                }
            });
        }),
        ("of another edition", |folder| {
            let meta = fs::read_to_string(folder.join("meta.json")).unwrap();
            fs::write(folder.join("meta.json"), meta.replace("\"payload\": \"1 7\"", "\"payload\": \"0 7\"")).unwrap();
        }),
    ];
    let folder = TempDir::new().unwrap();
    for (nth, (what, damage)) in damages.into_iter().enumerate() {
        let path = folder.path().join(nth.to_string());
        drop(filled(TicketIndex::at(path.clone()), solved()));
        damage(&path);
        let index = TicketIndex::at(path);
        assert_eq!(index.prepare().unwrap(), None, "{what}");
        let index = filled(index, solved());
        assert_eq!(numbers(&found_among(&index, "tomme ark", None)), [1], "{what}");
    }
}

#[test]
fn an_index_that_is_deleted_while_it_is_in_use_is_read_on_and_then_begun_anew() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("past");
    let index = filled(TicketIndex::at(path.clone()), solved());
    fs::remove_dir_all(&path).unwrap();
    assert_eq!(numbers(&found_among(&index, "tomme ark", None)), [1]);
    let told = index.remember(solved()).and_then(|()| index.keep(Some(EventId::new(8))));
    assert!(told.is_err(), "there is no folder to keep it in");
    assert!(matches!(index.keep(None), Err(PastTicketsError::Unprepared)));
    assert_eq!(index.prepare().unwrap(), None, "whoever fills it begins anew");
}

#[test]
fn of_two_programs_one_fills_and_both_find() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("past");
    let (one, other) = (TicketIndex::at(path.clone()), TicketIndex::at(path));
    let one = filled(one, solved());
    assert!(matches!(other.prepare(), Err(PastTicketsError::Elsewhere)));
    assert_eq!(numbers(&found_among(&other, "tomme ark", None)), [1]);
    drop(one);
    assert_eq!(other.prepare().unwrap(), Some(EventId::new(7)), "it takes over when the first one ends");
}

#[test]
fn a_desk_with_many_tickets_of_one_kind_finds_the_particular_one() {
    let alike =
        (0..3_000).map(|number| ticket(100 + number, "general", "Jeg har glemt passordet mitt", "Nytt passord er sendt."));
    let one = ticket(9_999, "general", "Jeg har glemt passordet til fryselageret", "Koden står i permen.");
    let desk = filled(TicketIndex::in_memory().unwrap(), alike.chain([one]).collect());
    let general = [GroupId::new("general")];
    for groups in [None, Some(general.as_slice())] {
        assert_eq!(numbers(&found_among(&desk, "glemt passord til fryselager", groups)).first(), Some(&9_999), "{groups:?}");
        assert_eq!(found_among(&desk, "glemt passordet", groups).len(), 3);
    }
}

fn each_file(folder: &Path, change: impl Fn(&Path)) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        change(&entry.path());
    }
}

fn is_meta(file: &Path) -> bool {
    file.file_name().is_some_and(|name| name == "meta.json")
}
