//! Files that are attached to a conversation: the form, taking one in, and showing it to those in the conversation.

use axum::Router;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::rejection::PathRejection;
use axum::extract::{DefaultBodyLimit, FromRequestParts, Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderName, HeaderValue};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use maud::{Markup, html};

use super::failure::Failure;
use super::form::{Sender, Told};
use super::reader::Reader;
use super::session::SignedIn;
use super::shell::{Nav, Shell};
use super::visitor::Visitor;
use crate::desk::{Desk, Door};
use crate::domain::attachment::{Attachment, FileKind};
use crate::domain::decision::Receipt;
use crate::domain::ids::{ConversationId, FileId, TicketNumber};
use crate::domain::message::{Redacted, Visibility};
use crate::flows::{AttachEnd, Attacher, FlowError, Upload};

const MEGABYTE: usize = 1_000_000;

/// What the rest of the form may take, in bytes.
const REST_OF_FORM: usize = 16 * 1024;

/// The longest name of a file that is kept, in characters.
const LONGEST_NAME: usize = 120;

/// What the file picker offers.
const ACCEPTED: &str = ".png,.jpg,.jpeg,.gif,.webp,.pdf,.txt,.log,.csv,.docx,.xlsx,.pptx,.odt,.ods";

/// The addresses of files.
pub(super) fn router(desk: &Desk) -> Router<Desk> {
    let largest = desk.largest_file_mb as usize * MEGABYTE + REST_OF_FORM;
    Router::new()
        .route("/chat/{conversation}/files", post(take_from_employee))
        .route("/desk/tickets/{number}/files", post(take_from_operator))
        .layer(DefaultBodyLimit::max(largest))
        .route("/files/{id}/{name}", get(show))
}

/// Where a form sends its file.
#[derive(Clone, Copy)]
pub(super) enum Target {
    /// To the employee's own conversation.
    Conversation(ConversationId),
    /// To a ticket, for these readers.
    Ticket(TicketNumber, Visibility),
}

impl Target {
    fn address(self) -> String {
        match self {
            Self::Conversation(id) => format!("/chat/{id}/files"),
            Self::Ticket(number, _) => format!("/desk/tickets/{number}/files"),
        }
    }

    /// Part of the identifiers of the form's elements, so that a page can hold several.
    fn mark(self) -> String {
        match self {
            Self::Conversation(_) => "file".to_owned(),
            Self::Ticket(number, Visibility::Everyone) => format!("file-{number}"),
            Self::Ticket(number, Visibility::Desk) => format!("file-note-{number}"),
        }
    }
}

/// The id of the form, for a text into which a picture may be pasted.
pub(super) fn form_id(target: Target) -> String {
    format!("{}-form", target.mark())
}

/// The form that attaches a file; nothing where files are not taken.
pub(super) fn form(reader: &Reader, target: Target) -> Markup {
    let desk = reader.desk();
    if desk.largest_file_mb == 0 {
        return html! {};
    }
    let (mark, most) = (target.mark(), desk.largest_file_mb.to_string());
    let label = if matches!(target, Target::Ticket(_, Visibility::Desk)) { "files.label_note" } else { "files.label" };
    html! {
        form #(form_id(target)) .attach method="post" action=(target.address()) enctype="multipart/form-data" data-upload {
            input type="hidden" name="client_id" value=(desk.ids.secret());
            @if let Target::Ticket(_, visibility) = target {
                input type="hidden" name="readers" value=(if visibility == Visibility::Desk { "desk" } else { "everyone" });
            }
            div.ds-field {
                label.ds-label for=(mark) { (reader.say(label)) }
                input.ds-input #(mark) type="file" name="file" required accept=(ACCEPTED) aria-describedby={ (mark) "-hint" };
                p #{ (mark) "-hint" } .hint { (reader.fill("files.hint", &[("most", &most)])) }
            }
            button.ds-button data-variant="secondary" data-size="sm" { (reader.say("files.attach")) }
            p.attach-state role="status" data-sending=(reader.say("files.sending")) {}
        }
    }
}

/// A file in a conversation: a picture to look at, or a link.
pub(super) fn shown(reader: &Reader, file: &Attachment) -> Markup {
    let name = called(file);
    let about = format!("{}, {}", kind(reader, file.kind), size(reader, file.size));
    html! {
        @if file.kind.is_picture() {
            a.picture href=(address(file)) { img src=(address(file)) alt=(name) loading="lazy"; }
            p.hint { (name) " (" (about) ")" }
        } @else {
            p { a.ds-link href=(address(file)) { (name) } " (" (about) ")" }
        }
    }
}

/// What a file is called: with an ending that says what it holds, so that text is never opened as a program.
fn called(file: &Attachment) -> String {
    let name = file.name.as_str();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    let fits = match file.kind {
        FileKind::Jpeg => ["jpg", "jpeg"].contains(&ending.as_str()),
        FileKind::Text => ["txt", "log", "csv"].contains(&ending.as_str()),
        kind => ending == kind.as_str(),
    };
    if fits { name.to_owned() } else { format!("{name}.{}", file.kind.as_str()) }
}

fn address(file: &Attachment) -> String {
    format!("/files/{}/{}.{}", file.id, "fil", file.kind.as_str())
}

fn kind(reader: &Reader, kind: FileKind) -> &str {
    reader.say(match kind {
        FileKind::Png | FileKind::Jpeg | FileKind::Gif | FileKind::Webp => "files.picture",
        FileKind::Pdf => "files.pdf",
        FileKind::Text => "files.text",
        FileKind::Word | FileKind::OpenText => "files.document",
        FileKind::Excel | FileKind::OpenSheet => "files.sheet",
        FileKind::PowerPoint => "files.slides",
    })
}

/// A size as people read it: in kilobytes below a megabyte, with one decimal above.
fn size(reader: &Reader, bytes: u64) -> String {
    if bytes < MEGABYTE as u64 {
        return format!("{} kB", bytes.div_ceil(1_000));
    }
    let tenths = bytes.div_ceil(100_000);
    let comma = if reader.lang == crate::domain::lang::Lang::En { '.' } else { ',' };
    format!("{}{comma}{} MB", tenths / 10, tenths % 10)
}

/// What an upload's form holds.
#[derive(Default)]
struct Filled {
    client_id: String,
    readers: String,
    name: String,
    bytes: Vec<u8>,
}

/// Why a form with a file was not read.
enum Unread {
    TooLarge,
    Unreadable,
}

impl From<MultipartError> for Unread {
    fn from(error: MultipartError) -> Self {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Self::TooLarge } else { Self::Unreadable }
    }
}

impl Filled {
    async fn read(mut form: Multipart) -> Result<Self, Unread> {
        let mut filled = Self::default();
        while let Some(field) = form.next_field().await? {
            match field.name().unwrap_or_default() {
                "client_id" => filled.client_id = field.text().await?,
                "readers" => filled.readers = field.text().await?,
                "file" => {
                    filled.name = field.file_name().unwrap_or_default().to_owned();
                    filled.bytes = field.bytes().await?.into();
                }
                _ => {}
            }
        }
        Ok(filled)
    }

    /// The file as the flows take it.
    fn upload(self, desk: &Desk, whose: &str) -> Upload {
        let Self { client_id, name, bytes, .. } = self;
        let client_id = if client_id.is_empty() { desk.ids.secret() } else { client_id };
        // Browsers send the bare name; what looks like a path is cut down to its end.
        let bare = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let name = desk.typed_name(bare, LONGEST_NAME).unwrap_or_else(|| "fil".to_owned());
        let external_id = super::super::hash_of(&format!("file/{whose}/{client_id}")).0;
        let receipt = Receipt { channel: Door::Web.channel(), external_id: crate::domain::ids::ExternalId::new(external_id) };
        Upload { name: Redacted::vouched(name), bytes, receipt }
    }
}

async fn take_from_employee(
    State(desk): State<Desk>,
    reader: Reader,
    visitor: Visitor,
    sender: Sender,
    path: Result<Path<i64>, PathRejection>,
    form: Multipart,
) -> Result<Response, Failure> {
    let Path(id) = path?;
    let (id, who) = (ConversationId::new(id), visitor.id());
    let page = format!("/chat/{id}#text");
    let filled = match Filled::read(form).await {
        Ok(filled) => filled,
        Err(why) => return Ok(refused(&reader, sender, why.words(&reader), &page, Nav::Employee)),
    };
    let upload = filled.upload(&desk, who.as_str());
    let ended = desk.flows.attach(Attacher::Employee(id, &who), upload).await?;
    Ok(answer(&reader, sender, ended, &page, Nav::Employee))
}

async fn take_from_operator(
    State(desk): State<Desk>,
    reader: Reader,
    by: SignedIn,
    sender: Sender,
    path: Result<Path<i64>, PathRejection>,
    form: Multipart,
) -> Result<Response, Failure> {
    let Path(number) = path?;
    let page = format!("/desk/tickets/{number}");
    let filled = match Filled::read(form).await {
        Ok(filled) => filled,
        Err(why) => return Ok(refused(&reader, sender, why.words(&reader), &page, Nav::Operator(&by.operator))),
    };
    // Only the word that the reply's own form sends lets the employee see it.
    let readers = if filled.readers == "everyone" { Visibility::Everyone } else { Visibility::Desk };
    let upload = filled.upload(&desk, by.operator.id.as_str());
    let ended = desk.flows.attach(Attacher::Operator(TicketNumber::new(number), &by.operator, readers), upload).await?;
    Ok(answer(&reader, sender, ended, &page, Nav::Operator(&by.operator)))
}

impl Unread {
    fn words(&self, reader: &Reader) -> String {
        match self {
            Self::TooLarge => reader.fill("files.too_large", &[("most", &reader.desk().largest_file_mb.to_string())]),
            Self::Unreadable => reader.say("page.unreadable_text").to_owned(),
        }
    }
}

fn answer(reader: &Reader, sender: Sender, ended: AttachEnd, page: &str, nav: Nav<'_>) -> Response {
    let key = match ended {
        AttachEnd::Kept | AttachEnd::SeenBefore => return Told::well(reader.say("files.attached")).answer(sender, page),
        AttachEnd::NotTaken => "files.not_taken",
        AttachEnd::Over => "files.over",
        AttachEnd::HeldByOther => "files.held_by_other",
        AttachEnd::TooMany => "files.too_many",
        AttachEnd::Off => "files.off",
    };
    refused(reader, sender, reader.say(key).to_owned(), page, nav)
}

/// Says why a file was not taken, on a page of its own where there is no script to say it.
fn refused(reader: &Reader, sender: Sender, why: String, page: &str, nav: Nav<'_>) -> Response {
    if sender == Sender::Script {
        return Told::refused(why).json().into_response();
    }
    let title = reader.say("files.refused");
    let shown = Shell::new(reader, title, nav).render(&html! {
        h1 { (title) }
        p { (why) }
        p { a href=(page) { (reader.say("files.back")) } }
    });
    (StatusCode::UNPROCESSABLE_ENTITY, shown).into_response()
}

/// Whoever is in a conversation: its employee, or an operator.
struct InConversation {
    visitor: Visitor,
    operator: Option<SignedIn>,
}

impl FromRequestParts<Desk> for InConversation {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Failure> {
        let Ok(visitor) = Visitor::from_request_parts(parts, desk).await;
        let operator = match SignedIn::from_request_parts(parts, desk).await {
            Ok(signed_in) => Some(signed_in),
            // An employee who has signed in has no role in the desk.
            Err(Failure::SignedOut | Failure::Refused) => None,
            Err(failure) => return Err(failure),
        };
        Ok(Self { visitor, operator })
    }
}

/// A file, for those in its conversation. Pictures are shown; everything else is saved, never opened on our address.
async fn show(
    State(desk): State<Desk>,
    who: InConversation,
    path: Result<Path<(i64, String)>, PathRejection>,
) -> Result<Response, Failure> {
    let Path((id, _)) = path?;
    let id = FileId::new(id);
    let own = desk.flows.own_file(id, &who.visitor.id()).await;
    let (file, bytes) = match (own, who.operator) {
        (Err(FlowError::NotFound), Some(by)) => desk.flows.file_of_ticket(id, &by.operator).await?,
        (own, _) => own?,
    };
    Ok((headers(&file), bytes).into_response())
}

fn headers(file: &Attachment) -> [(HeaderName, HeaderValue); 2] {
    let how = if file.kind.is_picture() { "inline" } else { "attachment" };
    let name: String = called(file).bytes().fold(String::new(), |name, byte| {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            name + &char::from(byte).to_string()
        } else {
            name + &format!("%{byte:02X}")
        }
    });
    // RFC 6266 and 8187: the name in UTF-8, percent-encoded.
    let disposition = format!("{how}; filename*=UTF-8''{name}");
    let disposition = HeaderValue::try_from(disposition).unwrap_or(HeaderValue::from_static("attachment"));
    [(CONTENT_TYPE, HeaderValue::from_static(file.kind.media_type())), (CONTENT_DISPOSITION, disposition)]
}
