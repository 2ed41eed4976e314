//! "Was this useful?": one vote of a reader on an article, which they may change and say a few words with.

use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::super::failure::Failure;
use super::super::reader::Reader;
use super::super::visitor::Visitor;
use super::{Address, address, find};
use crate::desk::Desk;
use crate::domain::answer::ArticleRef;
use crate::domain::feedback::{LONGEST_REMARK, Vote};
use crate::domain::message::Redacted;

/// What the form sends.
#[derive(Deserialize)]
pub(super) struct Voted {
    useful: String,
    remark: Option<String>,
}

/// Keeps the reader's vote and leads back to it.
pub(super) async fn vote(
    State(desk): State<Desk>,
    visitor: Visitor,
    path: Address,
    form: Result<Form<Voted>, FormRejection>,
) -> Result<Response, Failure> {
    let (Path((lang, slug)), Form(voted)) = (path?, form?);
    let article = find(&desk, &lang, &slug).ok_or(Failure::NotFound)?.article.clone();
    let useful = match voted.useful.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(Failure::Unreadable),
    };
    let back = format!("{}#useful", address(&article));
    let (reader, remark) = (visitor.id(), remark(&desk, voted.remark.as_deref()));
    desk.store.vote(&Vote { reader, article, useful, remark, at: desk.clock.now() }).await?;
    Ok(visitor.remembered(&desk, Redirect::to(&back).into_response()))
}

/// A few words without secrets; what is too long is cut.
fn remark(desk: &Desk, text: Option<&str>) -> Option<Redacted> {
    let cut: String = text?.chars().take(LONGEST_REMARK).collect();
    desk.typed(&cut).ok().map(|typed| typed.text)
}

/// The question, or the reader's answer to it with room for a few words: the element with the id `useful`.
pub(super) fn form(reader: &Reader, article: &ArticleRef, vote: Option<&Vote>) -> Markup {
    let action = format!("{}/useful", address(article));
    html! {
        section #useful .ds-card.no-print tabindex="-1" aria-labelledby="useful-title" {
            h2 #useful-title .ds-heading data-size="xs" { (reader.say("article.useful")) }
            @if let Some(vote) = vote { (answered(reader, &action, vote)) }
            form.row method="post" action=(action) {
                @for (value, key) in [("yes", "article.useful_yes"), ("no", "article.useful_no")] {
                    @let chosen = vote.map(|vote| vote.useful == (value == "yes"));
                    button.ds-button data-variant="secondary" name="useful" value=(value) aria-pressed=[chosen] { (reader.say(key)) }
                }
            }
        }
    }
}

fn answered(reader: &Reader, action: &str, vote: &Vote) -> Markup {
    let (value, thanks, label) = if vote.useful {
        ("yes", "article.thanks_yes", "article.remark_yes")
    } else {
        ("no", "article.thanks_no", "article.remark_no")
    };
    html! {
        p role="status" { (reader.say(thanks)) }
        form method="post" action=(action) {
            input type="hidden" name="useful" value=(value);
            div.ds-field.field {
                label.ds-label for="remark" { (reader.say(label)) }
                textarea #remark .ds-input name="remark" rows="2" maxlength=(LONGEST_REMARK) {
                    (vote.remark.as_ref().map_or("", Redacted::as_str))
                }
            }
            p { button.ds-button.slim data-variant="secondary" data-size="sm" { (reader.say("article.remark_send")) } }
        }
    }
}
