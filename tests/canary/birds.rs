//! What is planted, and the search for it.

use std::fs;
use std::path::Path;

use super::made::{account, card, dnr, fnr, grouped};

/// How passwords are told; `{}` stands for one.
const TOLD: [&str; 7] = [
    "passordet mitt er {} og det virker ikke",
    "Brukernavn: kari\nPassord: {}",
    "eg har passordet {} og kjem ikkje inn",
    "passordet mitt er {} men eg kjem ikkje inn",
    "my password is {} but it does not work",
    "I changed my password to {}",
    "wifipassordet er {}",
];

/// How the eleven digits of a person are written: sizes of the groups, and what is between them.
const AS_PERSON: [(&[usize], &str); 5] = [(&[11], ""), (&[6, 5], " "), (&[2, 2, 2, 5], "."), (&[6, 5], "\u{A0}"), (&[6, 5], "-")];
const AS_ACCOUNT: [(&[usize], &str); 4] = [(&[11], ""), (&[4, 2, 5], "."), (&[4, 2, 5], " "), (&[4, 2, 5], "\u{A0}")];
const AS_CARD: [(&[usize], &str); 4] = [(&[16], ""), (&[4, 4, 4, 4], " "), (&[4, 4, 4, 4], "-"), (&[4, 4, 4, 4], "\u{A0}")];

/// What may stand between the digits of a number that is written on the wire or on disk, besides plain marks.
const WRITTEN_SPACES: [&str; 7] = ["%C2%A0", "%20", "%2E", "\\u00a0", "\\u00A0", "&nbsp;", "&#160;"];

/// What may be kept of every sentence: what people are reached by.
pub(super) const STAYS: [&str; 2] = ["22 33 44 55", "kari.nordmann@example.org"];

/// Everything that was planted.
#[derive(Default)]
pub(super) struct Birds {
    secrets: Vec<Secret>,
    songs: Vec<Song>,
    planted: u32,
}

struct Secret {
    place: &'static str,
    written: String,
}

/// The harmless word that stands beside secrets, to be found again.
struct Song {
    place: &'static str,
    word: String,
}

impl Birds {
    /// A sentence with a secret of every kind; each place gets its own, each time written otherwise.
    pub(super) fn sentence(&mut self, place: &'static str) -> String {
        let seed = self.seed();
        let person = AS_PERSON[seed as usize % AS_PERSON.len()];
        let fnr = self.secret(place, grouped(&fnr(seed), person.0, person.1));
        let person = AS_PERSON[(seed as usize + 1) % AS_PERSON.len()];
        let dnr = self.secret(place, grouped(&dnr(seed), person.0, person.1));
        let (sizes, between) = AS_ACCOUNT[seed as usize % AS_ACCOUNT.len()];
        let account = self.secret(place, grouped(&account(seed), sizes, between));
        let (sizes, between) = AS_CARD[seed as usize % AS_CARD.len()];
        let card = self.secret(place, grouped(&card(seed), sizes, between));
        let password = self.secret(place, format!("Fjord{seed}Vqz!"));
        let told = TOLD[seed as usize % TOLD.len()].replace("{}", &password);
        let (song, [phone, email]) = (self.song(place, seed), STAYS);
        format!("{song} {phone} {email}: fnr {fnr}, D-nummer {dnr}, utbetales til konto {account}, kort {card}. {told}")
    }

    /// A name of somebody who gives their identity number with it.
    pub(super) fn name(&mut self, place: &'static str) -> String {
        let seed = self.seed();
        let fnr = self.secret(place, grouped(&fnr(seed), &[6, 5], " "));
        format!("{} {fnr}", self.song(place, seed))
    }

    /// A bare identity number, for places that hold nothing else and need not be kept.
    pub(super) fn bare(&mut self, place: &'static str) -> String {
        let number = fnr(self.seed());
        self.secret(place, number)
    }

    /// The harmless words that were planted at these places.
    pub(super) fn songs(&self, places: &[&str]) -> Vec<String> {
        let sung = |place: &&str| {
            let song = self.songs.iter().find(|song| song.place == *place);
            song.unwrap_or_else(|| panic!("nothing was planted in {place:?}")).word.clone()
        };
        places.iter().map(sung).collect()
    }

    /// None of the secrets is in there, however it is written.
    #[track_caller]
    pub(super) fn are_not_in(&self, what: &str, bytes: &[u8]) {
        let plain = String::from_utf8_lossy(bytes);
        let close = closed_up(&plain);
        let is_there = |secret: &&Secret| plain.contains(&secret.written) || close.contains(&closed_up(&secret.written));
        let found: Vec<_> = self.secrets.iter().filter(is_there).map(|it| format!("{}: {:?}", it.place, it.written)).collect();
        assert!(found.is_empty(), "in {what} there are, planted in\n{}", found.join("\n"));
    }

    /// None of the secrets is in any file below the folder.
    #[track_caller]
    pub(super) fn are_not_below(&self, folder: &Path) {
        for (file, bytes) in files(folder) {
            self.are_not_in(&file, &bytes);
        }
    }

    fn seed(&mut self) -> u32 {
        self.planted += 1;
        self.planted
    }

    fn secret(&mut self, place: &'static str, written: String) -> String {
        self.secrets.push(Secret { place, written: written.clone() });
        written
    }

    fn song(&mut self, place: &'static str, seed: u32) -> String {
        let word = format!("Kanarisang{seed}trill");
        self.songs.push(Song { place, word: word.clone() });
        word
    }
}

/// All of these are in there: what was planted has come so far, so that a search for its secrets can fail.
#[track_caller]
pub(super) fn all_sing_in(what: &str, bytes: &[u8], songs: &[String]) {
    let plain = String::from_utf8_lossy(bytes);
    let missing: Vec<&String> = songs.iter().filter(|song| !plain.contains(*song)).collect();
    assert!(missing.is_empty(), "{what} does not have {missing:?}");
}

/// None of these is in there.
#[track_caller]
pub(super) fn none_sings_in(what: &str, bytes: &[u8], songs: &[String]) {
    let plain = String::from_utf8_lossy(bytes);
    let heard: Vec<&str> = plain.lines().filter(|line| songs.iter().any(|song| line.contains(song))).take(5).collect();
    assert!(heard.is_empty(), "{what} tells what an employee wrote:\n{}", heard.join("\n"));
}

/// Everything below a folder: the file's name and its bytes.
pub(super) fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.display().to_string(), fs::read(&path).expect("a readable file")));
        }
    }
    found
}

/// Letters and digits alone.
fn closed_up(text: &str) -> String {
    let close = WRITTEN_SPACES.iter().fold(text.to_owned(), |text, space| text.replace(space, ""));
    close.chars().filter(char::is_ascii_alphanumeric).collect()
}
