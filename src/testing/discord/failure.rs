//! Failures on command: what goes wrong on the way to the platform and back.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Json;
use axum::extract::connect_info::Connected;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::serve::{IncomingStream, Listener};
use serde_json::json;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// What goes wrong with a request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Failure {
    /// 429 with `Retry-After` and the platform's rate-limit headers; nothing is stored.
    RateLimited {
        /// How long the platform asks to be left alone.
        retry_after: Duration,
    },
    /// 429 from the edge in front of the platform: no header, no JSON; nothing is stored.
    RateLimitedBare,
    /// 500; nothing is stored.
    ServerError,
    /// The request is carried out, then the connection is dropped before the answer.
    LostReply,
    /// The connection is dropped before the request is carried out.
    Reset,
    /// The request waits, not carried out, until the test calls `FakeDiscord::release_held`.
    Held,
}

/// The requests that a failure may be restricted to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// Posting a message in a channel or thread.
    CreateMessage,
    /// Editing a posted message.
    EditMessage,
    /// Reading a channel's messages.
    ReadMessages,
    /// Making a thread without a message.
    CreateThread,
    /// Making a thread from a message.
    CreateThreadFromMessage,
    /// Taking a person into a thread.
    AddThreadMember,
    /// Archiving, locking or renaming.
    EditChannel,
    /// The first response to an interaction.
    AnswerInteraction,
    /// A later message to an interaction.
    FollowUp,
    /// Editing the first response to an interaction.
    EditAnswer,
    /// Opening a direct conversation.
    OpenDirect,
}

impl Route {
    /// Method and path as the platform's description writes them.
    pub(super) const fn of(self) -> (&'static str, &'static str) {
        match self {
            Self::CreateMessage => ("POST", "/channels/{channel_id}/messages"),
            Self::EditMessage => ("PATCH", "/channels/{channel_id}/messages/{message_id}"),
            Self::ReadMessages => ("GET", "/channels/{channel_id}/messages"),
            Self::CreateThread => ("POST", "/channels/{channel_id}/threads"),
            Self::CreateThreadFromMessage => ("POST", "/channels/{channel_id}/messages/{message_id}/threads"),
            Self::AddThreadMember => ("PUT", "/channels/{channel_id}/thread-members/{user_id}"),
            Self::EditChannel => ("PATCH", "/channels/{channel_id}"),
            Self::AnswerInteraction => ("POST", "/interactions/{interaction_id}/{interaction_token}/callback"),
            Self::FollowUp => ("POST", "/webhooks/{webhook_id}/{webhook_token}"),
            Self::EditAnswer => ("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original"),
            Self::OpenDirect => ("POST", "/users/@me/channels"),
        }
    }
}

/// Failures that a test has ordered and that have not happened yet.
#[derive(Debug, Default)]
pub(super) struct Plan(Vec<Planned>);

#[derive(Debug)]
struct Planned {
    left: usize,
    only: Option<Route>,
    failure: Failure,
}

impl Plan {
    pub(super) fn add(&mut self, left: usize, only: Option<Route>, failure: Failure) {
        self.0.push(Planned { left, only, failure });
    }

    /// The failure that is ordered for this request, counted off.
    pub(super) fn take(&mut self, method: &str, template: &str) -> Option<Failure> {
        let here = |planned: &Planned| planned.only.is_none_or(|route| route.of() == (method, template));
        let planned = self.0.iter_mut().find(|planned| planned.left > 0 && here(planned))?;
        planned.left -= 1;
        Some(planned.failure)
    }
}

/// The answer of a failure that answers.
pub(super) fn failed(failure: Failure) -> Response {
    match failure {
        Failure::RateLimited { retry_after } => rate_limited(retry_after),
        Failure::RateLimitedBare => (StatusCode::TOO_MANY_REQUESTS, "error code: 1015").into_response(),
        Failure::ServerError | Failure::LostReply | Failure::Reset | Failure::Held => {
            let body = json!({ "code": 0, "message": "500: Internal Server Error" });
            (StatusCode::INTERNAL_SERVER_ERROR, Json(body)).into_response()
        }
    }
}

fn rate_limited(retry_after: Duration) -> Response {
    let seconds = retry_after.as_secs_f64();
    let body = json!({ "message": "You are being rate limited.", "retry_after": seconds, "global": false, "code": 0 });
    let mut response = (StatusCode::TOO_MANY_REQUESTS, Json(body)).into_response();
    let headers = response.headers_mut();
    headers.insert("retry-after", HeaderValue::from(retry_after.as_secs().max(1)));
    headers.insert("x-ratelimit-limit", HeaderValue::from_static("5"));
    headers.insert("x-ratelimit-remaining", HeaderValue::from_static("0"));
    headers.insert("x-ratelimit-scope", HeaderValue::from_static("user"));
    headers.insert("x-ratelimit-bucket", HeaderValue::from_static("fake"));
    if let Ok(after) = HeaderValue::from_str(&format!("{seconds:.3}")) {
        headers.insert("x-ratelimit-reset-after", after);
    }
    response
}

/// A listener whose connections a handler can cut.
#[derive(Debug)]
pub(super) struct CutListener(pub(super) TcpListener);

/// One connection that can be cut.
#[derive(Debug)]
pub(super) struct CutStream {
    stream: TcpStream,
    line: Line,
}

/// The switch of one connection: once cut, nothing more is written on it.
#[derive(Clone, Debug, Default)]
pub(super) struct Line(Arc<AtomicBool>);

impl Line {
    pub(super) fn cut(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    fn is_cut(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

impl Listener for CutListener {
    type Io = CutStream;
    type Addr = std::net::SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        (CutStream { stream, line: Line::default() }, address)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.0.local_addr()
    }
}

impl Connected<IncomingStream<'_, CutListener>> for Line {
    fn connect_info(stream: IncomingStream<'_, CutListener>) -> Self {
        stream.io().line.clone()
    }
}

impl AsyncRead for CutStream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for CutStream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        if self.line.is_cut() {
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
