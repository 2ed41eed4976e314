//! Who reads a page: in which language, and with which sentences.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Form;
use axum::extract::FromRequestParts;
use axum::extract::rejection::FormRejection;
use axum::http::header::{ACCEPT_LANGUAGE, HeaderMap, HeaderValue, REFERER, SET_COOKIE};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect};
use serde::Deserialize;

use super::session::Who;
use super::{cookie, failure::Failure};
use crate::desk::Desk;
use crate::domain::ids::GroupId;
use crate::domain::lang::Lang;
use crate::domain::ticket::{Priority, Status};
use crate::domain::time::Timestamp;
use crate::ports::Session;

const COOKIE: &str = "firstline_lang";
const FRAME_COOKIE: &str = "firstline_frame_lang";
const KEPT: Duration = Duration::from_hours(365 * 24);

/// The reader of a page.
#[derive(Clone)]
pub(super) struct Reader {
    /// The language that the page is in.
    pub(super) lang: Lang,
    /// The address that was asked for, with its query: the language picker leads back to it.
    pub(super) address: String,
    /// Whoever has signed in.
    pub(super) who: Option<Arc<Session>>,
    desk: Desk,
}

impl FromRequestParts<Desk> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Infallible> {
        Ok(Self::of(parts, desk))
    }
}

impl Reader {
    /// The reader who sent this request: their own choice, else the browser's languages, else the installation's.
    pub(super) fn of(parts: &Parts, desk: &Desk) -> Self {
        let chosen = chosen(desk, &parts.headers, parts.uri.path());
        let lang = chosen.or_else(|| preferred(&parts.headers)).unwrap_or(desk.lang);
        let address = parts.uri.path_and_query().map_or("/", |address| address.as_str()).to_owned();
        Self { lang, address, who: Who::of(parts), desk: desk.clone() }
    }

    /// The desk.
    pub(super) const fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Whoever has signed in, where somebody else vouches for who they are.
    pub(super) fn vouched(&self) -> Option<&Session> {
        self.who.as_deref().filter(|who| who.is_vouched())
    }

    /// A sentence.
    pub(super) fn say<'r>(&'r self, key: &'r str) -> &'r str {
        self.desk.wording.get(self.lang, key)
    }

    /// A sentence with its `{names}` filled in.
    pub(super) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.desk.wording.fill(self.lang, key, values)
    }

    /// A moment as people write it.
    pub(super) fn moment(&self, at: Timestamp) -> String {
        self.desk.facts.moment(at, self.lang)
    }

    /// The same, without the day where it is today.
    pub(super) fn short_moment(&self, at: Timestamp) -> String {
        let zoned = |at: Timestamp| {
            let instant = jiff::Timestamp::from_microsecond(at.micros()).ok()?;
            Some(instant.to_zoned(self.desk.facts.timezone.clone()))
        };
        let format = if self.lang == Lang::En { "%H:%M" } else { "kl. %H.%M" };
        match (zoned(at), zoned(self.desk.clock.now())) {
            (Some(then), Some(now)) if then.date() == now.date() => then.strftime(format).to_string(),
            _ => self.moment(at),
        }
    }

    /// A group's name.
    pub(super) fn group<'r>(&'r self, group: &'r GroupId) -> &'r str {
        self.desk.facts.groups.get(group).map_or(group.as_str(), |group| group.name(self.lang))
    }

    /// Where a ticket stands, in a word.
    pub(super) fn status(&self, status: Status) -> &str {
        self.say(match status {
            Status::Waiting => "page.status_waiting",
            Status::Taken => "page.status_taken",
            Status::Resolved => "page.status_resolved",
        })
    }

    /// How urgent a ticket is, in a word.
    pub(super) fn priority(&self, priority: Priority) -> &str {
        self.say(match priority {
            Priority::Low => "desk.priority_low",
            Priority::Normal => "desk.priority_normal",
            Priority::High => "desk.priority_high",
            Priority::Critical => "desk.priority_critical",
        })
    }

    /// A language's own name.
    pub(super) fn language(&self, lang: Lang) -> &str {
        self.say(match lang {
            Lang::Nb => "page.nb",
            Lang::Nn => "page.nn",
            Lang::En => "page.en",
        })
    }
}

/// The language that the reader chose; on a page in another site's frame, and for what is asked from there, also the one that
/// was chosen in the frame.
pub(super) fn chosen(desk: &Desk, headers: &HeaderMap, path: &str) -> Option<Lang> {
    let kept = |name| cookie::read(desk, headers, name).and_then(Lang::from_code);
    kept(COOKIE).or_else(|| kept(FRAME_COOKIE).filter(|_| is_framed(headers, path)))
}

/// Whether this is the page in the frame, or asked for from there.
fn is_framed(headers: &HeaderMap, path: &str) -> bool {
    let from = headers.get(REFERER).and_then(|from| from.to_str().ok()).and_then(|from| from.split(['?', '#']).next());
    path == super::embed::ADDRESS || from.is_some_and(|from| from.ends_with(super::embed::ADDRESS))
}

/// The cookie that keeps a language for a page in another site's frame.
pub(super) fn kept_in_frame(desk: &Desk, lang: Lang) -> HeaderValue {
    cookie::set_in_frame(desk, FRAME_COOKIE, lang.code(), KEPT)
}

/// The first of our languages among those that the browser asks for, by its own weights.
fn preferred(headers: &HeaderMap) -> Option<Lang> {
    let header = headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut wanted: Vec<(f32, Lang)> = header.split(',').filter_map(weighted).filter(|(weight, _)| *weight > 0.0).collect();
    wanted.sort_by(|one, other| other.0.total_cmp(&one.0));
    wanted.first().map(|(_, lang)| *lang)
}

fn weighted(range: &str) -> Option<(f32, Lang)> {
    let (tag, weight) = range.split_once(';').unwrap_or((range, "q=1"));
    let code = tag.trim().split('-').next()?.to_ascii_lowercase();
    let lang = if code == "no" { Lang::Nb } else { Lang::from_code(&code)? };
    Some((weight.trim().strip_prefix("q=")?.trim().parse().ok()?, lang))
}

/// The language picker's form.
#[derive(Deserialize)]
pub(super) struct Choice {
    lang: String,
    back: String,
}

/// Keeps the reader's choice of language and leads back.
pub(super) async fn choose(reader: Reader, form: Result<Form<Choice>, FormRejection>) -> Result<impl IntoResponse, Failure> {
    let Form(choice) = form?;
    let lang = Lang::from_code(&choice.lang).ok_or(Failure::Unreadable)?;
    let desk = reader.desk();
    let in_frame = own_address(&choice.back).starts_with(super::embed::ADDRESS);
    let cookie = if in_frame { kept_in_frame(desk, lang) } else { cookie::set(desk, COOKIE, lang.code(), KEPT) };
    Ok(([(SET_COOKIE, cookie)], Redirect::to(own_address(&choice.back))))
}

/// An address on this site as it is; the front page in place of anything that could lead elsewhere.
pub(super) fn own_address(address: &str) -> &str {
    let inside = address.starts_with('/') && !address.starts_with("//");
    if inside && address.chars().all(|c| c.is_ascii_graphic() && c != '\\') { address } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_languages_are_taken_by_weight() {
        let cases = [
            ("no", Some(Lang::Nb)),
            ("nb-NO,nb;q=0.9,en;q=0.8", Some(Lang::Nb)),
            ("nn", Some(Lang::Nn)),
            ("de, en;q=0.5, nn;q=0.7", Some(Lang::Nn)),
            ("en-GB", Some(Lang::En)),
            ("nb;q=0, en;q=0.1", Some(Lang::En)),
            ("de", None),
            ("nb;q=much", None),
        ];
        for (header, lang) in cases {
            let headers = HeaderMap::from_iter([(ACCEPT_LANGUAGE, HeaderValue::from_static(header))]);
            assert_eq!(preferred(&headers), lang, "{header}");
        }
    }

    #[test]
    fn the_picker_never_leads_to_another_site() {
        assert_eq!(own_address("/desk?status=open"), "/desk?status=open");
        for elsewhere in ["https://evil.example", "//evil.example", "/\\evil.example", "", "/a\r\nSet-Cookie: x", "javascript:1"]
        {
            assert_eq!(own_address(elsewhere), "/", "{elsewhere:?}");
        }
    }
}
