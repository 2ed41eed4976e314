//! What an editor does with the form of a standard reply or a link: check, save, remove, restore.

use axum::extract::rejection::{FormRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form, Json};

use super::super::super::failure::Failure;
use super::super::super::form::Sender;
use super::super::super::reader::Reader;
use super::super::super::session::SignedIn;
use super::super::act::{Replied, Sent, expected};
use super::super::edit::{Conflict, Drafted, Screen, faults};
use super::super::filter::escaped;
use super::super::form::Filled;
use super::super::{named, words};
use super::{Words, edit};
use crate::desk::Desk;
use crate::domain::aid::Aid;
use crate::domain::answer::ArticleRef;
use crate::domain::permission::Operator;
use crate::flows::{AidFiles, EditError, Kept, What, Work};
use crate::ports::{CommitId, InGit};

struct Hand<'r> {
    desk: &'r Desk,
    reader: &'r Reader,
    by: &'r Operator,
    aid: Aid,
    one: ArticleRef,
}

/// Carries out a verb, if the flows allow it.
pub(super) async fn act(
    State(desk): State<Desk>,
    Extension(aid): Extension<Aid>,
    reader: Reader,
    by: SignedIn,
    sender: Sender,
    path: Result<Path<(String, String, String)>, PathRejection>,
    form: Result<Form<Sent>, FormRejection>,
) -> Result<Response, Failure> {
    let (Path((lang, slug, verb)), Form(sent)) = (path?, form?);
    if !by.operator.edits() {
        return Err(Failure::Refused);
    }
    let hand = Hand { desk: &desk, reader: &reader, by: &by.operator, aid, one: named(&lang, &slug)? };
    match verb.as_str() {
        "preview" => hand.preview(sent.filled, sender).await,
        "save" => hand.save(sent.filled).await,
        "retire" => hand.retire(&sent).await,
        "restore" => hand.restore(&sent).await,
        _ => Err(Failure::NotFound),
    }
}

/// Leads whoever comes back to a page that a form brought forth, as the language picker does, to what it is about.
pub(super) async fn back(
    Extension(aid): Extension<Aid>,
    path: Result<Path<(String, String, String)>, PathRejection>,
) -> Result<Redirect, Failure> {
    let Path((lang, slug, _)) = path?;
    Ok(Redirect::to(&edit::home(aid, &named(&lang, &slug)?)))
}

impl Hand<'_> {
    fn files(&self) -> AidFiles<'_> {
        self.desk.editing.aids(self.aid)
    }

    const fn words(&self) -> &'static Words {
        Words::of(self.aid)
    }

    async fn screen(&self, filled: Filled) -> Result<Screen, Failure> {
        let opened = self.files().open(&self.one, self.by).await?;
        let checked = self.files().check(&self.one, &filled.text(self.reader), self.by).await?;
        Ok(Screen { faults: checked.faults, drafted: Drafted::Shown, ..Screen::of(opened, filled) })
    }

    async fn preview(&self, filled: Filled, sender: Sender) -> Result<Response, Failure> {
        let screen = self.screen(filled).await?;
        if sender == Sender::Browser {
            return Ok(edit::page(self.reader, self.by, self.aid, &screen).into_response());
        }
        let regions = [edit::preview(self.reader, self.aid, &screen), faults(self.reader, &screen)];
        let regions = regions.map(maud::Markup::into_string).to_vec();
        Ok(Json(Replied { ok: true, regions, poll: None }).into_response())
    }

    async fn save(&self, filled: Filled) -> Result<Response, Failure> {
        let (text, base) = (filled.text(self.reader), expected(&filled.base));
        let kept = self.files().save(&self.one, &text, base.as_ref(), self.by, &self.word()).await;
        self.kept(kept, filled).await
    }

    async fn restore(&self, sent: &Sent) -> Result<Response, Failure> {
        let commit = CommitId::new(&sent.commit).ok_or(Failure::Unreadable)?;
        let text = self.files().past(&self.one, &commit, self.by).await?;
        let base = expected(&sent.filled.base);
        let kept = self.files().restore(&self.one, &commit, base.as_ref(), self.by, &self.word()).await;
        let filled = Filled::of(&sent.filled.base, &text, self.desk.editing.take_apart(&text).as_ref());
        self.kept(kept, filled).await
    }

    async fn retire(&self, sent: &Sent) -> Result<Response, Failure> {
        let opened = self.files().open(&self.one, self.by).await?;
        let filled = super::filled(&opened);
        if sent.confirm != "yes" {
            return self.refused(StatusCode::UNPROCESSABLE_ENTITY, self.words().unconfirmed, filled, None).await;
        }
        let base = expected(&sent.filled.base).ok_or(Failure::Unreadable)?;
        match self.files().retire(&self.one, &base, self.by, &self.word()).await? {
            Kept::Done { .. } => {
                let ArticleRef { lang, slug } = &self.one;
                let list = self.words().list;
                Ok(Redirect::to(&format!("{list}?said=retired&undo={lang}/{}#said-back", escaped(slug.as_str()))).into_response())
            }
            _ => self.refused(StatusCode::CONFLICT, self.words().changed_meanwhile, filled, None).await,
        }
    }

    /// Leads on where all is well; otherwise the page says what is not, with the text still in the form.
    async fn kept(&self, kept: Result<Kept, EditError>, filled: Filled) -> Result<Response, Failure> {
        let kept = match kept {
            Err(EditError::Shelf(error)) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "a standard reply or a link could not be saved");
                return self.refused(StatusCode::CONFLICT, self.words().not_saved, filled, None).await;
            }
            kept => kept?,
        };
        match kept {
            Kept::Done { git: InGit::Waits(trouble), .. } => {
                let why = words::git_trouble(self.reader, &trouble);
                let notice = Some((self.reader.fill("editor.saved_waits", &[("why", &why)]), false));
                let opened = self.files().open(&self.one, self.by).await?;
                let filled = super::filled(&opened);
                let screen = Screen { notice, drafted: Drafted::Saved, ..Screen::of(opened, filled) };
                Ok(edit::page(self.reader, self.by, self.aid, &screen).into_response())
            }
            Kept::Done { .. } => {
                Ok(Redirect::to(&format!("{}?said=saved#said-back", edit::home(self.aid, &self.one))).into_response())
            }
            Kept::Conflict { theirs, ancestor } => {
                let base = theirs.as_ref().map(|file| file.hash.0.clone()).unwrap_or_default();
                let conflict = Some(Conflict { theirs, ancestor });
                self.refused(StatusCode::CONFLICT, self.words().changed_meanwhile, Filled { base, ..filled }, conflict).await
            }
            Kept::Unusable(_) => self.refused(StatusCode::UNPROCESSABLE_ENTITY, self.words().unusable, filled, None).await,
        }
    }

    async fn refused(
        &self,
        status: StatusCode,
        why: &str,
        filled: Filled,
        conflict: Option<Conflict>,
    ) -> Result<Response, Failure> {
        let notice = Some((self.reader.say(why).to_owned(), false));
        let screen = Screen { notice, conflict, ..self.screen(filled).await? };
        Ok((status, edit::page(self.reader, self.by, self.aid, &screen)).into_response())
    }

    /// A commit's line, in the desk's language.
    fn word(&self) -> impl Fn(&What) -> String + Send + Sync {
        |what| {
            let (wording, lang) = (&self.desk.wording, self.desk.lang);
            let values = [("title", what.title.as_str()), ("lang", wording.get(lang, words::language(what.lang)))];
            let key = match what.work {
                Work::Written => self.words().commit_new,
                Work::Retired => self.words().commit_retired,
                Work::Restored(_) => self.words().commit_restored,
                Work::Changed(_) | Work::Committed => self.words().commit_changed,
            };
            wording.fill(lang, key, &values)
        }
    }
}
