//! What a coordinator's forms send, and what it amounts to. What is wrong is said field by field; nothing that was typed is lost.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::super::reader::Reader;
use crate::desk::Desk;
use crate::domain::ids::{GroupId, Slug};
use crate::domain::incident::{Incident, IncidentKind, IncidentState, Localised, Matter, Severity, Touches};
use crate::domain::lang::Lang;
use crate::domain::time::Timestamp;

/// The longest title, in characters.
pub(super) const LONGEST_TITLE: usize = 120;

/// The longest word or service, in characters, and how many of them there may be.
const LONGEST_WORD: usize = 60;
const MOST_WORDS: usize = 50;

/// How moments are read: as browsers send them, and as people write them.
const MOMENTS: [&str; 4] = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y kl. %H.%M", "%d.%m.%Y %H:%M"];

/// A form's fields as they were sent.
#[derive(Clone, Debug, Default)]
pub(super) struct Filled(pub(super) Vec<(String, String)>);

/// A field that cannot be taken, and the sentence that says why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) field: &'static str,
    pub(super) why: &'static str,
}

/// What is announced.
pub(super) struct Announcement {
    pub(super) matter: Matter,
    pub(super) state: IncidentState,
    pub(super) next_update: Option<Timestamp>,
}

/// The three languages' fields of a text.
type Fields = [&'static str; 3];
pub(super) const TITLE: Fields = ["title_nb", "title_nn", "title_en"];
pub(super) const TEXT: Fields = ["text_nb", "text_nn", "text_en"];

impl Filled {
    /// What a field holds.
    pub(super) fn get(&self, field: &str) -> &str {
        self.0.iter().find(|(name, _)| name == field).map_or("", |(_, value)| value.trim())
    }

    /// Everything that a field was sent with.
    pub(super) fn all<'f>(&'f self, field: &'f str) -> impl Iterator<Item = &'f str> {
        self.0.iter().filter(move |(name, _)| name == field).map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// The form that holds an incident as it is.
    pub(super) fn of(incident: &Incident, reader: &Reader) -> Self {
        let Matter { kind, severity, title, text, touches, from, until } = &incident.matter;
        let tz = &reader.desk().facts.timezone;
        let mut fields = vec![
            ("kind".to_owned(), kind.as_str().to_owned()),
            ("severity".to_owned(), severity.as_str().to_owned()),
            ("services".to_owned(), touches.services.join("\n")),
            ("words".to_owned(), touches.words.join("\n")),
            ("articles".to_owned(), touches.articles.iter().map(Slug::as_str).collect::<Vec<_>>().join("\n")),
            ("from".to_owned(), written(*from, tz)),
            ("until".to_owned(), until.map(|until| written(until, tz)).unwrap_or_default()),
        ];
        for (names, text) in [(TITLE, title), (TEXT, text)] {
            let languages = Lang::ALL.into_iter().zip(names);
            fields.extend(languages.map(|(lang, name)| (name.to_owned(), text.written(lang).unwrap_or_default().to_owned())));
        }
        fields.extend(touches.groups.iter().map(|group| ("groups".to_owned(), group.to_string())));
        Self(fields)
    }

    /// The form for something new that begins now.
    pub(super) fn blank(reader: &Reader, kind: IncidentKind) -> Self {
        let now = written(reader.desk().clock.now(), &reader.desk().facts.timezone);
        let fields = [("kind", kind.as_str()), ("severity", "major"), ("from", now.as_str())];
        Self(fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec())
    }

    /// What is announced, or everything that is wrong with it.
    pub(super) fn announcement(&self, desk: &Desk) -> Result<Announcement, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let kind = IncidentKind::from_name(self.get("kind")).unwrap_or(IncidentKind::Incident);
        let title = self.localised(desk, TITLE, Some(LONGEST_TITLE), &mut wrong);
        let text = self.localised(desk, TEXT, None, &mut wrong);
        let from = self.moment(desk, "from", &mut wrong);
        let until = self.moment(desk, "until", &mut wrong);
        let next_update = self.moment(desk, "next_update", &mut wrong);
        if from.is_none() && !wrong.iter().any(|wrong| wrong.field == "from") {
            wrong.push(Wrong { field: "from", why: "incident.wrong_from" });
        }
        if until.zip(from).is_some_and(|(until, from)| until <= from) {
            wrong.push(Wrong { field: "until", why: "incident.wrong_order" });
        }
        if kind == IncidentKind::Maintenance && until.is_none() && !wrong.iter().any(|wrong| wrong.field == "until") {
            wrong.push(Wrong { field: "until", why: "incident.wrong_until" });
        }
        let severity = Severity::from_name(self.get("severity")).unwrap_or(Severity::Major);
        let open = IncidentState::open(kind);
        let state = IncidentState::from_name(self.get("state")).filter(|state| open.contains(state)).unwrap_or(open[0]);
        match (title, text, from) {
            (Some(title), Some(text), Some(from)) if wrong.is_empty() => {
                let matter = Matter { kind, severity, title, text, touches: self.touches(desk), from, until };
                Ok(Announcement { matter, state, next_update })
            }
            _ => Err(wrong),
        }
    }

    /// A text in three languages, of which bokmål is needed.
    pub(super) fn localised(
        &self,
        desk: &Desk,
        fields: Fields,
        longest: Option<usize>,
        wrong: &mut Vec<Wrong>,
    ) -> Option<Localised> {
        let mut typed = |field: &'static str| {
            let text = self.get(field);
            let is_long = longest.is_some_and(|longest| text.chars().count() > longest);
            match desk.typed(text) {
                _ if text.is_empty() => String::new(),
                Ok(typed) if !is_long => typed.text.as_str().to_owned(),
                _ => {
                    wrong.push(Wrong { field, why: "incident.wrong_long" });
                    String::new()
                }
            }
        };
        let [nb, nn, en] = fields.map(&mut typed);
        let text = Localised::new(&nb, &nn, &en);
        if text.is_none() && !wrong.iter().any(|wrong| wrong.field == fields[0]) {
            wrong.push(Wrong { field: fields[0], why: "incident.wrong_empty" });
        }
        text
    }

    /// A last word or the like, where anything was written: bokmål alone is needed.
    pub(super) fn words(&self, desk: &Desk, wrong: &mut Vec<Wrong>) -> Option<Localised> {
        if TEXT.iter().all(|field| self.get(field).is_empty()) { None } else { self.localised(desk, TEXT, None, wrong) }
    }

    /// A moment, where one was written.
    pub(super) fn moment(&self, desk: &Desk, field: &'static str, wrong: &mut Vec<Wrong>) -> Option<Timestamp> {
        let text = self.get(field);
        let read = read(text, &desk.facts.timezone);
        if read.is_none() && !text.is_empty() {
            wrong.push(Wrong { field, why: "incident.wrong_moment" });
        }
        read
    }

    fn touches(&self, desk: &Desk) -> Touches {
        let listed = |field: &str| -> Vec<String> {
            let words = self.get(field).split(['\n', ',']).filter_map(|word| desk.typed_name(word, LONGEST_WORD));
            words.take(MOST_WORDS).collect()
        };
        let groups = &desk.facts.groups;
        Touches {
            groups: self.all("groups").map(GroupId::new).filter(|id| groups.get(id).is_some()).collect(),
            services: listed("services"),
            words: listed("words"),
            articles: listed("articles").into_iter().map(|name| Slug::new(slug(&name))).collect(),
        }
    }
}

/// An article's name out of its address, where that was written.
fn slug(name: &str) -> &str {
    name.trim_end_matches('/').rsplit('/').next().unwrap_or(name)
}

fn read(text: &str, tz: &TimeZone) -> Option<Timestamp> {
    let civil = MOMENTS.iter().find_map(|format| DateTime::strptime(format, text).ok())?;
    let instant = civil.to_zoned(tz.clone()).ok()?.timestamp();
    Some(Timestamp::from_micros(instant.as_microsecond()))
}

/// A moment as the browser's own field takes it.
pub(super) fn written(at: Timestamp, tz: &TimeZone) -> String {
    let instant = jiff::Timestamp::from_microsecond(at.micros());
    instant.map(|instant| instant.to_zoned(tz.clone()).strftime(MOMENTS[0]).to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_as_browsers_and_as_people_write_it() {
        let tz = TimeZone::get("Europe/Oslo").unwrap();
        let at = read("2026-11-22T09:10", &tz).unwrap();
        for text in ["22.11.2026 kl. 09.10", "22.11.2026 09:10", "2026-11-22T09:10:00"] {
            assert_eq!(read(text, &tz), Some(at), "{text}");
        }
        assert_eq!(written(at, &tz), "2026-11-22T09:10");
        for text in ["", "i morgen", "32.11.2026 09:10", "2026-11-22"] {
            assert_eq!(read(text, &tz), None, "{text}");
        }
    }

    #[test]
    fn an_article_is_named_by_its_name_or_its_address() {
        for text in ["skriver", "/kb/nb/skriver", "https://hjelp.example/kb/nb/skriver/"] {
            assert_eq!(slug(text), "skriver");
        }
    }
}
