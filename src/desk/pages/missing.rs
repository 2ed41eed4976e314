//! What is missing: what people ask and no article answers well enough. From here an editor writes an article, or adds an
//! example question to one. What employees wrote goes along in forms: it stands in no address.

use axum::Form;
use axum::Router;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;

use super::articles::{self, Begun};
use super::failure::Failure;
use super::reader::Reader;
use super::session::SignedIn;
use super::shell::{Nav, Shell};
use crate::desk::Desk;
use crate::domain::answer::Candidate;
use crate::domain::gap::{Advice, Gap};
use crate::domain::permission::Operator;
use crate::flows::Missing;

const PAGE: &str = "/desk/missing";

/// For how many days the page can be asked, with their names.
const SPANS: [(u32, &str); 3] = [(30, "missing.days_30"), (90, "missing.days_90"), (365, "missing.days_365")];
/// For how many it is, where nobody asks.
const USUAL: u32 = 90;

/// The page and what its forms lead to.
pub(super) fn router() -> Router<Desk> {
    Router::new()
        .route("/desk/missing", get(show))
        .route("/desk/missing/write", get(back).post(write))
        .route("/desk/missing/add", get(back).post(add))
}

/// The query as it was sent.
#[derive(Deserialize)]
struct Spanned {
    #[serde(default)]
    days: String,
}

async fn show(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    query: Result<Query<Spanned>, QueryRejection>,
) -> Result<Markup, Failure> {
    let Query(spanned) = query?;
    let asked = spanned.days.parse().ok();
    let days = SPANS.iter().map(|(days, _)| *days).find(|days| Some(*days) == asked).unwrap_or(USUAL);
    let missing = desk.editing.missing(days, &by.operator).await?;
    Ok(page(&reader, &by.operator, days, &missing))
}

/// The language picker leads back to where a form led to.
async fn back() -> Redirect {
    Redirect::to(PAGE)
}

/// What a group's form says: the questions that are ticked, and the chosen article.
struct Chosen {
    questions: Vec<String>,
    lang: String,
    slug: String,
}

impl Chosen {
    fn of(form: Vec<(String, String)>) -> Self {
        let mut chosen = Self { questions: Vec::new(), lang: String::new(), slug: String::new() };
        for (name, value) in form {
            match name.as_str() {
                "question" => chosen.questions.push(value),
                "lang" if chosen.lang.is_empty() => chosen.lang = value,
                "article" => {
                    if let Some((lang, slug)) = value.split_once('/') {
                        (chosen.lang, chosen.slug) = (lang.to_owned(), slug.to_owned());
                    }
                }
                _ => {}
            }
        }
        chosen
    }
}

/// Asks for a new article's name, with the questions in hand.
async fn write(
    reader: Reader,
    by: SignedIn,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Result<Response, Failure> {
    let Form(form) = form?;
    // The language is that of the questions, not that of the article which is near.
    let lang = form.iter().find(|(name, _)| name == "lang").map(|(_, lang)| lang.clone()).unwrap_or_default();
    let questions = Chosen::of(form).questions;
    let title = questions.first().map(|first| articles::title_of(first)).unwrap_or_default();
    let begun = Begun { title, lang, questions: questions.join("\n"), ..Begun::default() };
    Ok(articles::ask_with(&reader, &by.operator, &begun, None)?.into_response())
}

/// Opens an article's editor with the questions added; nothing is saved yet.
async fn add(
    reader: Reader,
    by: SignedIn,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Result<Response, Failure> {
    let Form(form) = form?;
    let Chosen { questions, lang, slug } = Chosen::of(form);
    Ok(articles::with_questions(&reader, &by.operator, (&lang, &slug), &questions).await?.into_response())
}

fn page(reader: &Reader, by: &Operator, days: u32, missing: &Missing) -> Markup {
    let title = reader.say("missing.title");
    Shell::new(reader, title, Nav::Operator(by)).wide().render(&html! {
        h1.ds-heading data-size="md" { (title) }
        p.lead { (reader.say("missing.lead")) }
        (spans(reader, days))
        p role="status" { (counted(reader, missing)) }
        @if let Some(newest) = missing.newest {
            p.ds-alert data-color="info" { (reader.fill("missing.newest", &[("count", &newest.to_string())])) }
        }
        @for (nth, gap) in missing.gaps.iter().enumerate() { (group(reader, by, nth + 1, gap)) }
    })
}

fn spans(reader: &Reader, shown: u32) -> Markup {
    html! {
        nav aria-label=(reader.say("missing.span")) {
            ul.tabs {
                @for (days, key) in SPANS {
                    li { a href={ (PAGE) "?days=" (days) } aria-current=[(days == shown).then_some("page")] { (reader.say(key)) } }
                }
            }
        }
    }
}

fn counted(reader: &Reader, missing: &Missing) -> String {
    if missing.questions == 0 {
        return reader.say("missing.none").to_owned();
    }
    let [questions, people, found, shown] =
        [missing.questions, missing.people, missing.found, missing.gaps.len()].map(|count| count.to_string());
    let values = [("questions", questions.as_str()), ("people", &people), ("groups", &found), ("shown", &shown)];
    reader.fill("missing.counted", &values)
}

fn group(reader: &Reader, by: &Operator, nth: usize, gap: &Gap) -> Markup {
    let name = if gap.words.is_empty() {
        gap.examples.first().map(|example| example.as_str().to_owned()).unwrap_or_default()
    } else {
        gap.words.join(", ")
    };
    html! {
        section.ds-card.ahead aria-labelledby={ "gap-" (nth) } {
            h2.ds-heading data-size="xs" id={ "gap-" (nth) } lang=(gap.lang) { (name) }
            p { (figures(reader, gap)) }
            p { strong { (advice(reader, gap)) } }
            @if let Some(nearest) = gap.nearest.first() { (near(reader, nearest)) }
            @if by.edits() { (form(reader, nth, gap, &name)) } @else { (examples(gap)) }
        }
    }
}

fn figures(reader: &Reader, gap: &Gap) -> String {
    let [questions, people] = [gap.questions, gap.people].map(|count| count.to_string());
    let [unanswered, not_helped, wanted] = [gap.unanswered, gap.not_helped, gap.wanted_person].map(|count| count.to_string());
    let values = [
        ("questions", questions.as_str()),
        ("people", &people),
        ("unanswered", &unanswered),
        ("not_helped", &not_helped),
        ("wanted", &wanted),
    ];
    reader.fill("missing.figures", &values)
}

fn advice(reader: &Reader, gap: &Gap) -> String {
    let title = gap.nearest.first().map_or("", |nearest| &nearest.title);
    match gap.advice {
        Advice::WriteArticle => reader.say("missing.advice_write").to_owned(),
        Advice::AddExample => reader.fill("missing.advice_add", &[("title", title)]),
        Advice::ImproveArticle => reader.fill("missing.advice_improve", &[("title", title)]),
        Advice::Answered => reader.fill("missing.advice_answered", &[("title", title)]),
    }
}

fn near(reader: &Reader, nearest: &Candidate) -> Markup {
    let percent = ((nearest.confidence.get() + 5) / 10).to_string();
    html! {
        p {
            (reader.say("missing.nearest")) " "
            a.ds-link href=(articles::home(&nearest.article)) lang=(nearest.article.lang) { (nearest.title) }
            " " span.muted.small { (reader.fill("desk.suggested_confidence", &[("percent", &percent)])) }
        }
    }
}

fn examples(gap: &Gap) -> Markup {
    html! { ul.ds-list lang=(gap.lang) { @for example in &gap.examples { li { (example.as_str()) } } } }
}

/// The questions to tick, and what can be done with them.
fn form(reader: &Reader, nth: usize, gap: &Gap, name: &str) -> Markup {
    let select = format!("article-{nth}");
    html! {
        form method="post" action={ (PAGE) "/write" } {
            input type="hidden" name="lang" value=(gap.lang);
            fieldset {
                legend { (reader.say("missing.examples")) }
                @for (at, example) in gap.examples.iter().enumerate() {
                    @let id = format!("question-{nth}-{at}");
                    div.ds-field {
                        input.ds-input type="checkbox" id=(id) name="question" value=(example.as_str()) checked[at == 0];
                        label.ds-label for=(id) lang=(gap.lang) { (example.as_str()) }
                    }
                }
            }
            div.row.ahead {
                button.ds-button data-variant="secondary" { (reader.say("missing.write")) span.unseen { ": " (name) } }
            }
            @if !gap.nearest.is_empty() {
                div.row.ahead {
                    div.ds-field {
                        label.ds-label for=(select) { (reader.say("missing.add_to")) }
                        select.ds-input id=(select) name="article" {
                            @for near in &gap.nearest {
                                option value={ (near.article.lang) "/" (near.article.slug) } lang=(near.article.lang) { (near.title) }
                            }
                        }
                    }
                    button.ds-button data-variant="secondary" formaction={ (PAGE) "/add" } {
                        (reader.say("missing.add")) span.unseen { ": " (name) }
                    }
                }
            }
        }
    }
}
