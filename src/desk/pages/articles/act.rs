//! What an editor does with the form: look, check, try, save, remove, restore, commit.

use axum::extract::rejection::{FormRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Form, Json};
use serde::{Deserialize, Serialize};

use super::super::failure::Failure;
use super::super::form::Sender;
use super::super::reader::Reader;
use super::super::session::SignedIn;
use super::edit::{self, Conflict, Drafted, Screen};
use super::form::Filled;
use super::{named, trial, words};
use crate::desk::Desk;
use crate::domain::answer::ArticleRef;
use crate::domain::permission::Operator;
use crate::flows::{EditError, Kept, TryOut, TryState, What};
use crate::ports::{CommitId, ContentHash, GitTrouble, InGit};

/// The form as it was sent, with what single verbs need besides.
#[derive(Deserialize)]
pub(super) struct Sent {
    #[serde(flatten)]
    pub(super) filled: Filled,
    #[serde(default)]
    pub(super) confirm: String,
    #[serde(default)]
    pub(super) commit: String,
}

/// What the script is told: regions of the page as they are now, and where to ask on.
#[derive(Serialize)]
pub(super) struct Replied {
    pub(super) ok: bool,
    pub(super) regions: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) poll: Option<String>,
}

impl Replied {
    /// How far a trial is.
    pub(super) fn trial(reader: &Reader, run: &TryOut) -> Self {
        let goes_on = matches!(run.state(), TryState::Running { .. });
        let poll = goes_on.then(|| format!("/desk/articles/trials/{}", run.id()));
        Self { ok: true, regions: vec![trial::region(reader, Some(run)).into_string()], poll }
    }
}

/// The hands of a request.
struct Hand<'r> {
    desk: &'r Desk,
    reader: &'r Reader,
    by: &'r Operator,
    article: ArticleRef,
    sender: Sender,
}

/// Carries out a verb, if the flows allow it.
pub(super) async fn act(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    sender: Sender,
    path: Result<Path<(String, String, String)>, PathRejection>,
    form: Result<Form<Sent>, FormRejection>,
) -> Result<Response, Failure> {
    let (Path((lang, slug, verb)), Form(sent)) = (path?, form?);
    let hand = Hand { desk: &desk, reader: &reader, by: &by.operator, article: named(&lang, &slug)?, sender };
    match verb.as_str() {
        "preview" => hand.preview(sent.filled).await,
        "try" => hand.try_out(sent.filled).await,
        "save" => hand.save(sent.filled).await,
        "retire" => hand.retire(&sent).await,
        "restore" => hand.restore(&sent).await,
        "commit" => hand.commit().await,
        _ => Err(Failure::NotFound),
    }
}

/// Leads whoever comes back to a page that a form brought forth, as the language picker does, to the article.
pub(super) async fn back(path: Result<Path<(String, String, String)>, PathRejection>) -> Result<Redirect, Failure> {
    let Path((lang, slug, _)) = path?;
    Ok(Redirect::to(&edit::home(&named(&lang, &slug)?)))
}

impl Hand<'_> {
    /// The page with the form as it was sent.
    async fn screen(&self, filled: Filled) -> Result<Screen, Failure> {
        let opened = self.desk.editing.open(&self.article, self.by).await?;
        let others = self.desk.editing.others_at(&self.article, self.by);
        let checked = self.desk.editing.check(&self.article, &filled.text(self.reader), self.by).await?;
        Ok(Screen { faults: checked.faults, others, drafted: Drafted::Shown, ..Screen::of(opened, filled) })
    }

    fn page(&self, screen: &Screen) -> Response {
        edit::page(self.reader, self.by, screen).into_response()
    }

    fn word(&self) -> impl Fn(&What) -> String + Send + Sync {
        |what| words::commit(&self.desk.wording, self.desk.lang, what)
    }

    async fn preview(&self, filled: Filled) -> Result<Response, Failure> {
        let screen = self.screen(filled).await?;
        if self.sender == Sender::Browser {
            return Ok(self.page(&screen));
        }
        let regions =
            [edit::preview(self.reader, &screen), edit::faults(self.reader, &screen), edit::others(self.reader, &screen.others)];
        let regions = regions.map(maud::Markup::into_string).to_vec();
        Ok(Json(Replied { ok: true, regions, poll: None }).into_response())
    }

    async fn try_out(&self, filled: Filled) -> Result<Response, Failure> {
        let text = filled.text(self.reader);
        let run = match self.desk.editing.try_out(&self.article, Some(&text), self.by).await {
            Err(EditError::NotFound) => None,
            run => Some(run?),
        };
        if let (Sender::Script, Some(run)) = (self.sender, &run) {
            return Ok(Json(Replied::trial(self.reader, run)).into_response());
        }
        if let Some(run) = &run {
            run.ended().await;
        }
        let notice = run.is_none().then(|| (self.reader.say("editor.unusable").to_owned(), false));
        let screen = Screen { trial: run, notice, ..self.screen(filled).await? };
        if self.sender == Sender::Browser {
            return Ok(self.page(&screen));
        }
        let regions = vec![edit::faults(self.reader, &screen).into_string()];
        Ok(Json(Replied { ok: false, regions, poll: None }).into_response())
    }

    async fn save(&self, filled: Filled) -> Result<Response, Failure> {
        let text = filled.text(self.reader);
        let base = expected(&filled.base);
        let kept = self.desk.editing.save(&self.article, &text, base.as_ref(), self.by, &self.word()).await;
        self.kept(kept, filled).await
    }

    async fn restore(&self, sent: &Sent) -> Result<Response, Failure> {
        let commit = CommitId::new(&sent.commit).ok_or(Failure::Unreadable)?;
        let text = self.desk.editing.past(&self.article, &commit, self.by).await?;
        let base = expected(&sent.filled.base);
        let kept = self.desk.editing.restore(&self.article, &commit, base.as_ref(), self.by, &self.word()).await;
        let filled = Filled::of(&sent.filled.base, &text, self.desk.editing.take_apart(&text).as_ref());
        self.kept(kept, filled).await
    }

    /// Leads on where all is well; otherwise the page says what is not, with the text still in the form.
    async fn kept(&self, kept: Result<Kept, EditError>, filled: Filled) -> Result<Response, Failure> {
        let kept = match kept {
            Err(EditError::Shelf(error)) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "an editor's text could not be saved");
                return self.refused(StatusCode::CONFLICT, words::shelf_error(self.reader, &error), filled, None).await;
            }
            kept => kept?,
        };
        let say = |key: &str| self.reader.say(key).to_owned();
        match kept {
            Kept::Done { git: InGit::Waits(trouble), .. } => self.waits(&trouble).await,
            Kept::Done { live, .. } => Ok(self.leads_back(if live { "live" } else { "soon" })),
            Kept::Conflict { theirs, ancestor } => {
                let base = theirs.as_ref().map(|file| file.hash.0.clone()).unwrap_or_default();
                let (filled, conflict) = (Filled { base, ..filled }, Some(Conflict { theirs, ancestor }));
                self.refused(StatusCode::CONFLICT, say("editor.not_saved_conflict"), filled, conflict).await
            }
            Kept::Unusable(_) => self.refused(StatusCode::UNPROCESSABLE_ENTITY, say("editor.unusable"), filled, None).await,
        }
    }

    /// The page with what was sent, and why it is not saved.
    async fn refused(
        &self,
        status: StatusCode,
        why: String,
        filled: Filled,
        conflict: Option<Conflict>,
    ) -> Result<Response, Failure> {
        let screen = Screen { notice: Some((why, false)), conflict, ..self.screen(filled).await? };
        Ok((status, self.page(&screen)).into_response())
    }

    /// The page with what is saved, and why Git does not have it yet.
    async fn waits(&self, trouble: &GitTrouble) -> Result<Response, Failure> {
        let why = words::git_trouble(self.reader, trouble);
        let notice = Some((self.reader.fill("editor.saved_waits", &[("why", &why)]), false));
        let opened = self.desk.editing.open(&self.article, self.by).await?;
        let filled = super::filled(&opened);
        Ok(self.page(&Screen { notice, drafted: Drafted::Saved, ..Screen::of(opened, filled) }))
    }

    fn leads_back(&self, said: &str) -> Response {
        Redirect::to(&format!("{}?said={said}#said-back", edit::home(&self.article))).into_response()
    }

    async fn retire(&self, sent: &Sent) -> Result<Response, Failure> {
        let opened = self.desk.editing.open(&self.article, self.by).await?;
        let again = |key: &str| {
            let filled = super::filled(&opened);
            let notice = Some((self.reader.say(key).to_owned(), false));
            self.page(&Screen { notice, ..Screen::of(opened.clone(), filled) })
        };
        if sent.confirm != "yes" {
            return Ok(again("editor.retire_unconfirmed"));
        }
        let base = expected(&sent.filled.base).ok_or(Failure::Unreadable)?;
        match self.desk.editing.retire(&self.article, &base, self.by, &self.word()).await? {
            Kept::Done { .. } => Ok(Redirect::to("/desk/articles?said=retired#said-back").into_response()),
            Kept::Conflict { .. } | Kept::Unusable(_) => {
                Ok((StatusCode::CONFLICT, again("editor.retire_conflict")).into_response())
            }
        }
    }

    async fn commit(&self) -> Result<Response, Failure> {
        match self.desk.editing.commit(&self.article, self.by, &self.word()).await? {
            InGit::Waits(trouble) => self.waits(&trouble).await,
            _ => Ok(self.leads_back("committed")),
        }
    }
}

/// What the file was known by when the form was made; `None` where there was none.
pub(super) fn expected(base: &str) -> Option<ContentHash> {
    (!base.is_empty()).then(|| ContentHash(base.to_owned()))
}
