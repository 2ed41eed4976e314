//! The operator's side: somebody called.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};

use super::bearer::Calling;
use super::operate::{named, redacted};
use super::operator::{known_group, no_such_group, view};
use super::plan::assessment;
use super::problem::{Problem, Refusal};
use super::sent::Sent;
use super::ticket_shapes::{CallOutcome, NewCall, Ticket};
use crate::desk::{Desk, Noted, Person};
use crate::domain::ids::Slug;
use crate::domain::lang::Lang;
use crate::domain::message::Redacted;
use crate::domain::phone::Left;
use crate::flows::Registered;

/// Register a call
///
/// It becomes a ticket that waits, one that you have, or one that is solved already. With a `client_id` it is safe to send again.
#[utoipa::path(
    post,
    path = "/api/v1/calls",
    tag = "operator",
    request_body = NewCall,
    responses(
        (status = 201, description = "The ticket, from now on or since the same call was sent before.", body = Ticket, headers(("Location" = String, description = "Where the ticket is read."))),
        Refusal,
    ),
    security(("operator" = []))
)]
pub(super) async fn register(
    State(desk): State<Desk>,
    Calling(by): Calling,
    Sent(new): Sent<NewCall>,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<Ticket>), Problem> {
    let lang = new.lang.map_or(desk.lang, Lang::from);
    let left = left(&desk, &new, lang)?;
    let text = redacted(&desk, &new.text)?;
    let group = new.group.as_deref().map(|name| known_group(&desk, name)).transpose()?;
    let assessment = new.judged.as_ref().map(assessment).transpose()?;
    let client_id = named(new.client_id)?.unwrap_or_else(|| desk.ids.secret());
    let person = new.person.unwrap_or_default();
    let person = Person { name: person.name, email: person.email, organisation: person.organisation };
    let call = desk.call(&by, Noted { client_id, person, text, aside: None, lang, group, assessment, left });
    match desk.flows.register(&by, call).await? {
        Registered::Ticket(number) => {
            let location = format!("/api/v1/tickets/{number}");
            Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(view(&desk, number, &by).await?)))
        }
        Registered::NoSuchGroup(_) => Err(no_such_group(&desk)),
    }
}

fn left(desk: &Desk, new: &NewCall, lang: Lang) -> Result<Left, Problem> {
    match new.outcome.unwrap_or_default() {
        CallOutcome::Waiting => Ok(Left::Waiting),
        CallOutcome::Held => Ok(Left::Held),
        CallOutcome::Solved => {
            let article = new.article.as_deref().map(Slug::new);
            let words = match &new.solution {
                Some(words) => redacted(desk, words)?,
                None if article.is_some() => Redacted::vouched(""),
                None => return Err(Problem::unprocessable("what is `solved` has a `solution` or an `article`")),
            };
            let solution = desk.solution(&words, article.as_ref(), lang);
            solution.map(Left::Solved).ok_or_else(|| Problem::unprocessable("there is no `article` with this name"))
        }
    }
}
