//! Files that people send along: fetched from where Discord keeps them, and brought there from the desk.

use std::time::Duration;

use serenity::all::{
    Attachment, ChannelId, CreateAllowedMentions, CreateAttachment, CreateMessage, Message, MessageFlags, MessageId, Nonce,
};
use tracing::{debug, warn};

use super::bot::{Bot, channel_name, snowflake_at};
use super::deliver::{CLOCKS_DIFFER_BY, Tried, gone};
use super::listen::NotHeard;
use super::reach::Trouble;
use super::rest::RestError;
use crate::domain::attachment::Attachment as File;
use crate::domain::decision::Receipt;
use crate::domain::ids::{ConversationId, EmployeeId, ExternalId, TicketNumber};
use crate::domain::message::{Author, FileRefusal, Line, Redacted};
use crate::domain::permission::Operator;
use crate::flows::{AttachEnd, Attacher, Upload};
use crate::ports::{ChatFailure, Leased};
use crate::wording::as_written;

/// Where Discord keeps attached files. Nothing is fetched from anywhere else, whatever a message says.
const HOSTS: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];

/// How long fetching a file may take, and how often it is tried.
const FETCHING: Duration = Duration::from_secs(20);
const TRIES: u32 = 3;

/// The largest file that a bot can send, in bytes.
const LARGEST_SENT: u64 = 10 << 20;

/// Fetches files; it follows no redirect, so that an address of Discord's leads nowhere else.
pub(super) struct Fetcher(reqwest::Client);

impl Fetcher {
    pub(super) fn new() -> Result<Self, reqwest::Error> {
        reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().map(Self)
    }
}

impl Bot {
    /// Takes the files that an employee sent along into their conversation; what is not taken is told.
    pub(super) async fn take_files(
        &self,
        message: &Message,
        conversation: ConversationId,
        employee: &EmployeeId,
    ) -> Result<(), NotHeard> {
        for file in self.new_files(message).await? {
            let (receipt, name) = (receipt_of(message, file), self.name_of(file));
            let why = match self.fetch(file).await {
                Ok(bytes) => {
                    let upload = Upload { name: name.clone(), bytes, receipt: receipt.clone() };
                    refusal(self.flows.attach(Attacher::Employee(conversation, employee), upload).await?)
                }
                Err(why) => Some(why),
            };
            if let Some(why) = why {
                self.flows.refuse_file(conversation, employee, &name, why, &receipt).await?;
            }
        }
        Ok(())
    }

    /// Takes the files that an operator sent along in a ticket's room. The employee sees them there; what cannot be kept stays there.
    pub(super) async fn take_operators_files(
        &self,
        message: &Message,
        ticket: TicketNumber,
        operator: &Operator,
    ) -> Result<(), NotHeard> {
        for file in self.new_files(message).await? {
            let Ok(bytes) = self.fetch(file).await else { continue };
            let upload = Upload { name: self.name_of(file), bytes, receipt: receipt_of(message, file) };
            let ended = self.flows.attach(Attacher::InRoom(ticket, operator), upload).await?;
            debug!(ticket.number = %ticket, ?ended, "an operator sent a file along");
        }
        Ok(())
    }

    async fn new_files<'m>(&self, message: &'m Message) -> Result<Vec<&'m Attachment>, NotHeard> {
        let mut new = Vec::new();
        for file in message.attachments.iter().filter(|_| self.flows.takes_files()) {
            let Receipt { channel, external_id } = receipt_of(message, file);
            if self.store.seen(&channel, &external_id).await?.is_none() {
                new.push(file);
            }
        }
        Ok(new)
    }

    fn name_of(&self, file: &Attachment) -> Redacted {
        (self.filter)(&file.filename).0
    }

    async fn fetch(&self, file: &Attachment) -> Result<Vec<u8>, FileRefusal> {
        let largest = u64::from(self.largest_file_mb) << 20;
        if u64::from(file.size) > largest {
            return Err(FileRefusal::TooLarge);
        }
        let url = reqwest::Url::parse(&file.url).ok().filter(|url| self.keeps_files(url)).ok_or(FileRefusal::Unreachable)?;
        for tried in 1..=TRIES {
            match tokio::time::timeout(FETCHING, self.body_of(url.clone(), largest)).await {
                Ok(Ok(bytes)) => return bytes.ok_or(FileRefusal::TooLarge),
                Ok(Err(error)) => warn!(file.id = %file.id, tried, error = %error.without_url(), "a file could not be fetched"),
                Err(_) => warn!(file.id = %file.id, tried, "a file was not fetched in time"),
            }
        }
        Err(FileRefusal::Unreachable)
    }

    /// What is there; `None` where it is more than it may be.
    async fn body_of(&self, url: reqwest::Url, largest: u64) -> Result<Option<Vec<u8>>, reqwest::Error> {
        let mut answer = self.fetcher.0.get(url).send().await?.error_for_status()?;
        let mut bytes = Vec::new();
        while let Some(piece) = answer.chunk().await? {
            if (bytes.len() + piece.len()) as u64 > largest {
                return Ok(None);
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(Some(bytes))
    }

    /// Whether files are fetched from there: Discord's own hosts, or the compatible server that is configured.
    fn keeps_files(&self, url: &reqwest::Url) -> bool {
        match &self.config.api {
            Some(api) => reqwest::Url::parse(api).is_ok_and(|api| api.origin() == url.origin()),
            None => url.scheme() == "https" && url.host_str().is_some_and(|host| HOSTS.contains(&host)),
        }
    }

    /// Brings a file from the desk to a place; where it is too large for Discord, the employee is told by whom it is.
    pub(super) async fn say_file(
        &self,
        place: ChannelId,
        leased: &Leased,
        line: &Line,
        file: &File,
    ) -> Result<MessageId, Trouble> {
        let fits = file.size <= LARGEST_SENT;
        let read = if fits { self.flows.bytes_of(file).await } else { Ok(None) };
        let bytes = read.map_err(|error| ChatFailure::Later { reason: error.to_string(), wait: None })?;
        if fits && bytes.is_none() {
            return Err(gone("the file").into());
        }
        let name = match &line.author {
            Author::Operator { name, .. } => as_written(name),
            Author::Bot | Author::Employee => String::new(),
        };
        let shown = as_written(file.name.as_str());
        let values = [("name", name.as_str()), ("file", shown.as_str())];
        let key = if fits { "talk.file_from" } else { "talk.file_stays" };
        let content = self.wording.fill(line.lang, key, &values);
        let sent = self.send_file(leased, place, content, file, bytes).await;
        sent.map_err(|error| Trouble::of(error, "a file could not be sent"))
    }

    async fn send_file(
        &self,
        leased: &Leased,
        place: ChannelId,
        content: String,
        file: &File,
        bytes: Option<Vec<u8>>,
    ) -> Result<MessageId, RestError> {
        if let Tried::Since(at) = Tried::of(leased) {
            let me = self.me().await?;
            let written = self.written_since(place, snowflake_at(at.before(CLOCKS_DIFFER_BY))).await?;
            let sizes = |message: &Message| message.attachments.iter().map(|sent| u64::from(sent.size)).collect::<Vec<_>>();
            let expected: Vec<u64> = bytes.iter().map(|_| file.size).collect();
            let is_it = |sent: &Message| sent.author.id == me && sent.content == content && sizes(sent) == expected;
            if let Some(sent) = self.newest_unknown(&written, is_it).await? {
                return Ok(sent);
            }
        }
        let message = CreateMessage::new()
            .content(content)
            .nonce(Nonce::String(leased.id.to_string()))
            .enforce_nonce(true)
            .allowed_mentions(CreateAllowedMentions::new())
            .flags(MessageFlags::SUPPRESS_EMBEDS)
            .add_files(bytes.map(|bytes| CreateAttachment::bytes(bytes, file.name.as_str())));
        let sent = self.call(place.send_message(&self.http, message)).await?.id;
        crate::crash_point!("rest.after_file");
        Ok(sent)
    }
}

/// Which upload it is: the same file of the same message twice is one.
fn receipt_of(message: &Message, file: &Attachment) -> Receipt {
    Receipt { channel: channel_name(), external_id: ExternalId::new(format!("{}/{}", message.id, file.id)) }
}

/// Why a file was not taken, where the employee can do something about it.
const fn refusal(ended: AttachEnd) -> Option<FileRefusal> {
    match ended {
        AttachEnd::NotTaken => Some(FileRefusal::Kind),
        AttachEnd::TooMany => Some(FileRefusal::TooMany),
        AttachEnd::Kept | AttachEnd::SeenBefore | AttachEnd::Over | AttachEnd::HeldByOther | AttachEnd::Off => None,
    }
}
