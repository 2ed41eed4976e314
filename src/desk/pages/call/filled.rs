//! The form as it was sent, and what is wrong with it.

use serde::Deserialize;

use super::super::reader::Reader;
use crate::desk::{Desk, Noted, Person, Unfit};
use crate::domain::ids::GroupId;
use crate::domain::lang::Lang;
use crate::domain::message::{LangHint, Redacted};
use crate::domain::permission::Operator;
use crate::domain::phone::{Call, Left};
use crate::domain::ticket::{Assessment, Impact, Urgency};

/// What the form's fields hold.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filled {
    pub(super) text: String,
    pub(super) name: String,
    /// The caller's department or house.
    pub(super) place: String,
    pub(super) phone: String,
    pub(super) email: String,
    pub(super) group: String,
    pub(super) lang: String,
    pub(super) impact: String,
    pub(super) urgency: String,
    pub(super) helped: String,
    /// The same one twice is one ticket.
    pub(super) client_id: String,
    /// The button that was pressed.
    #[serde(rename = "do")]
    wanted: String,
}

/// What the operator wants to become of the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Nothing yet: what may help is looked up.
    Look,
    /// A ticket that they have.
    Keep,
    /// A ticket in the queue.
    Queue,
    /// It is solved.
    Solved,
}

/// Why a field cannot be taken as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// What it is about.
    Text(Unfit),
    /// Not an address.
    Email,
    /// Not a number.
    Phone,
    /// What helped.
    Helped(Unfit),
    /// There is no such group.
    NoSuchGroup,
    /// The operator cannot keep a ticket of this group.
    OthersGroup(GroupId),
}

impl Filled {
    /// An empty form.
    pub(super) fn new(desk: &Desk) -> Self {
        Self { client_id: desk.ids.secret(), ..Self::default() }
    }

    /// The same without what must not be kept, as it goes back to whoever filled it in.
    pub(super) fn cleaned(mut self, desk: &Desk) -> Self {
        for text in [&mut self.text, &mut self.helped] {
            if let Ok(typed) = desk.typed(text) {
                typed.text.as_str().clone_into(text);
            }
        }
        for line in [&mut self.name, &mut self.place, &mut self.phone, &mut self.email] {
            *line = one_line(desk, line).unwrap_or_default();
        }
        self
    }

    pub(super) fn wanted(&self) -> Wanted {
        match self.wanted.as_str() {
            "look" => Wanted::Look,
            "queue" => Wanted::Queue,
            "solved" => Wanted::Solved,
            _ => Wanted::Keep,
        }
    }

    /// What is known of the caller's language; where nothing is, the reader's own.
    pub(super) fn hint(&self, reader: Lang) -> LangHint {
        Lang::from_code(&self.lang).map_or(LangHint::Likely(reader), LangHint::Chosen)
    }

    /// The call, or all that is wrong with it.
    pub(super) fn call(&self, reader: &Reader, by: &Operator) -> Result<Call, Vec<Flaw>> {
        let desk = reader.desk();
        let (text, left) = (desk.typed(&self.text), self.left(desk));
        let email = one_line(desk, &self.email);
        let phone = one_line(desk, &self.phone);
        let group = Some(&self.group).filter(|group| !group.is_empty()).map(|group| GroupId::new(group.as_str()));
        let flaws = [
            text.as_ref().err().map(|why| Flaw::Text(*why)),
            email.as_deref().filter(|email| !is_email(email)).map(|_| Flaw::Email),
            phone.as_deref().filter(|phone| !is_phone(phone)).map(|_| Flaw::Phone),
            left.as_ref().err().map(|why| Flaw::Helped(*why)),
            group.as_ref().filter(|group| desk.facts.groups.get(group).is_none()).map(|_| Flaw::NoSuchGroup),
        ];
        let flaws: Vec<Flaw> = flaws.into_iter().flatten().collect();
        let (Ok(typed), Ok(left), true) = (text, left, flaws.is_empty()) else { return Err(flaws) };
        let client_id = if self.client_id.is_empty() { desk.ids.secret() } else { self.client_id.clone() };
        let person = |text: &String| Some(text.clone()).filter(|text| !text.trim().is_empty());
        let person = Person { name: person(&self.name), email, organisation: person(&self.place) };
        let lang = self.lang(reader, &typed.text);
        let aside = phone.map(|phone| Redacted::vouched(reader.fill("call.note_phone", &[("phone", &phone)])));
        let (text, assessment) = (typed.text, self.assessment());
        Ok(desk.call(by, Noted { client_id, person, text, aside, lang, group, assessment, left }))
    }

    fn lang(&self, reader: &Reader, text: &Redacted) -> Lang {
        match self.hint(reader.lang) {
            LangHint::Chosen(lang) => lang,
            hint @ LangHint::Likely(lang) => reader.desk().index.understand(text, hint).lang.unwrap_or(lang),
        }
    }

    fn left(&self, desk: &Desk) -> Result<Left, Unfit> {
        Ok(match self.wanted() {
            Wanted::Queue => Left::Waiting,
            Wanted::Keep | Wanted::Look => Left::Held,
            Wanted::Solved => Left::Solved(desk.typed(&self.helped)?.text),
        })
    }

    /// How urgent it is, where anything was said of that: what was not said is the least that it can be.
    fn assessment(&self) -> Option<Assessment> {
        let (impact, urgency) = (Impact::from_name(&self.impact), Urgency::from_name(&self.urgency));
        let said = impact.is_some() || urgency.is_some();
        said.then(|| Assessment { impact: impact.unwrap_or(Impact::Person), urgency: urgency.unwrap_or(Urgency::Medium) })
    }
}

/// The longest name, address or number, in characters.
const LONGEST_LINE: usize = 200;

fn one_line(desk: &Desk, text: &str) -> Option<String> {
    desk.typed_name(text, LONGEST_LINE)
}

fn is_email(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(who, place)| !who.is_empty() && place.contains('.') && !place.contains('@') && !text.contains(' '))
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    digits >= 3 && text.chars().all(|c| c.is_ascii_digit() || " +-()/.".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_numbers_are_known_when_they_are_seen() {
        let emails =
            [("kari@helse.no", true), ("kari", false), ("kari@helse", false), ("@helse.no", false), ("a b@helse.no", false)];
        for (text, known) in emails {
            assert_eq!(is_email(text), known, "{text}");
        }
        for (text, known) in [("73 55 00 00", true), ("+47 (73) 55-00", true), ("113", true), ("ring meg", false), ("12", false)]
        {
            assert_eq!(is_phone(text), known, "{text}");
        }
    }

    #[test]
    fn one_answer_about_urgency_is_enough() {
        let filled = |impact: &str, urgency: &str| Filled { impact: impact.into(), urgency: urgency.into(), ..Filled::default() };
        assert_eq!(filled("", "nonsense").assessment(), None);
        let unit = Assessment { impact: Impact::Unit, urgency: Urgency::Medium };
        assert_eq!(filled("unit", "").assessment(), Some(unit));
        let stopped = Assessment { impact: Impact::Person, urgency: Urgency::High };
        assert_eq!(filled("", "high").assessment(), Some(stopped));
    }
}
