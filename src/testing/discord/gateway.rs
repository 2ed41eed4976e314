//! The gateway's server: one task for each connection, uncompressed text frames.

use std::sync::Arc;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message as Frame;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

use super::event::{Live, Outgoing, Session, intent};
use super::ids::UserId;
use super::shared::Shared;
use super::state::State;

const HEARTBEAT_MILLIS: u64 = 41_250;
const PRIVILEGED: u64 = intent::GUILD_MEMBERS | intent::GUILD_PRESENCES | intent::MESSAGE_CONTENT;

/// Why a connection is closed by the platform.
pub(super) type Closing = (u16, &'static str);

/// Accepts gateway connections until the task is dropped.
pub(super) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        connections.spawn(connection(stream, Arc::clone(&shared)));
        while connections.try_join_next().is_some() {}
    }
}

async fn connection(stream: TcpStream, shared: Arc<Shared>) {
    shared.until(|state| state.gateway.is_open.then_some(())).await;
    let Ok(socket) = tokio_tungstenite::accept_async(stream).await else { return };
    let (outgoing, frames) = unbounded_channel();
    let number = shared.change(|state| {
        state.gateway.connections += 1;
        state.gateway.connections
    });
    let mut client = Client { shared: Arc::clone(&shared), outgoing, number, session: None };
    client.send(&json!({ "op": 10, "d": { "heartbeat_interval": HEARTBEAT_MILLIS } }));
    talk(socket, frames, &mut client).await;
    shared.change(|state| state.hang_up(number));
}

async fn talk(mut socket: WebSocketStream<TcpStream>, mut frames: UnboundedReceiver<Outgoing>, client: &mut Client) {
    loop {
        tokio::select! {
            outgoing = frames.recv() => match outgoing {
                Some(Outgoing::Frame { text, seq }) => {
                    if socket.send(Frame::Text(text)).await.is_err() { return; }
                    client.wrote(seq);
                }
                Some(Outgoing::Close(code, reason)) => return close(socket, (code, reason)).await,
                None => return,
            },
            incoming = socket.next() => match incoming {
                Some(Ok(Frame::Text(text))) => {
                    if let Err(closing) = client.receive(&text) { return close(socket, closing).await; }
                }
                Some(Ok(Frame::Close(_)) | Err(_)) | None => return,
                Some(Ok(_)) => {}
            },
        }
    }
}

async fn close(mut socket: WebSocketStream<TcpStream>, (code, reason): Closing) {
    let frame = CloseFrame { code: code.into(), reason: reason.into() };
    if socket.close(Some(frame)).await.is_ok() {
        // Reads until the client has closed too, so that the code arrives before the end of the stream.
        while let Some(Ok(_)) = socket.next().await {}
    }
}

/// The program at the other end of one connection.
struct Client {
    shared: Arc<Shared>,
    outgoing: UnboundedSender<Outgoing>,
    number: u64,
    session: Option<String>,
}

impl Client {
    fn send(&self, frame: &Value) {
        // A closed connection loses the frame, as a real one does.
        let _ = self.outgoing.send(Outgoing::Frame { text: frame.to_string(), seq: 0 });
    }

    fn wrote(&self, seq: u64) {
        let number = self.number;
        self.shared.change(|state| {
            let live = state.gateway.sessions.values_mut().filter_map(|session| session.live.as_mut());
            for live in live.filter(|live| live.connection == number) {
                live.written = live.written.max(seq);
            }
        });
    }

    fn receive(&mut self, text: &str) -> Result<(), Closing> {
        let frame: Value = serde_json::from_str(text).map_err(|_| (4002, "Error while decoding payload."))?;
        match frame["op"].as_u64() {
            Some(1) => {
                if self.shared.read(|state| state.gateway.answers_heartbeats) {
                    self.send(&json!({ "op": 11 }));
                }
                Ok(())
            }
            Some(2) if self.has_session() => Err((4005, "Already authenticated.")),
            Some(2) => self.identify(&frame["d"]),
            Some(3) if self.has_session() => Ok(()),
            Some(6) => self.resume(&frame["d"]),
            Some(3 | 4 | 8) if !self.has_session() => Err((4003, "Not authenticated.")),
            other => {
                self.shared.change(|state| state.violation(format!("gateway: opcode {other:?} is not known to the fake")));
                Err((4001, "Unknown opcode."))
            }
        }
    }

    /// Whether this connection carries a session that is still good.
    fn has_session(&self) -> bool {
        self.shared.read(|state| {
            let session = self.session.as_ref().and_then(|name| state.gateway.sessions.get(name));
            let live = session.and_then(|session| session.live.as_ref());
            live.is_some_and(|live| live.connection == self.number)
        })
    }

    fn identify(&mut self, data: &Value) -> Result<(), Closing> {
        let intents = data["intents"].as_u64().ok_or((4013, "Invalid intent(s)."))?;
        let live = self.live();
        let shard = data["shard"].as_array().and_then(|shard| Some((shard.first()?.as_u64()?, shard.get(1)?.as_u64()?)));
        let shard = shard.unwrap_or((0, 1));
        let session = self.shared.change(|state| state.identify(data["token"].as_str(), intents, shard, live))?;
        self.session = Some(session);
        Ok(())
    }

    fn resume(&mut self, data: &Value) -> Result<(), Closing> {
        let live = self.live();
        let session = data["session_id"].as_str().unwrap_or_default().to_owned();
        let seq = data["seq"].as_u64().unwrap_or_default();
        match self.shared.change(|state| state.resume(data["token"].as_str(), &session, seq, live))? {
            Resumed::Yes => self.session = Some(session),
            Resumed::UnknownSession => self.send(&json!({ "op": 9, "d": false })),
        }
        Ok(())
    }

    fn live(&self) -> Live {
        Live { connection: self.number, outgoing: self.outgoing.clone(), written: 0 }
    }
}

/// What became of a wish to resume.
pub(super) enum Resumed {
    Yes,
    UnknownSession,
}

impl State {
    pub(super) fn identify(
        &mut self,
        token: Option<&str>,
        intents: u64,
        shard: (u64, u64),
        live: Live,
    ) -> Result<String, Closing> {
        let who = self.check_token(token)?;
        if intents >> 26 != 0 {
            return Err((4013, "Invalid intent(s)."));
        }
        let asked = intents & PRIVILEGED;
        let granted = if self.gateway.content_allowed { PRIVILEGED } else { PRIVILEGED & !intent::MESSAGE_CONTENT };
        if asked & !granted != 0 {
            return Err((4014, "Disallowed intent(s)."));
        }
        if shard.0 >= shard.1 {
            return Err((4010, "Invalid shard."));
        }
        if who == self.bot {
            self.gateway.identifies += 1;
            self.count_sign_in();
        }
        let name = format!("session-{}", live.connection);
        let mut session = Session { who, intents, shard, seq: 0, log: Vec::new(), live: Some(live) };
        let guilds = self.guilds().into_iter().filter(|guild| session.covers(Some(guild.get())));
        let guilds: Vec<_> = guilds.filter(|guild| self.roles_in(*guild, who).is_some()).collect();
        session.dispatch("READY", &self.ready_json(who, &name, shard, &guilds));
        for guild in guilds.into_iter().filter(|_| intents & intent::GUILDS != 0) {
            session.dispatch("GUILD_CREATE", &self.guild_create_json(who, guild));
        }
        self.gateway.sessions.insert(name.clone(), session);
        Ok(name)
    }

    pub(super) fn resume(&mut self, token: Option<&str>, name: &str, seq: u64, live: Live) -> Result<Resumed, Closing> {
        let who = self.check_token(token)?;
        let Some(session) = self.gateway.sessions.get_mut(name).filter(|session| session.who == who) else {
            return Ok(Resumed::UnknownSession);
        };
        if seq > session.seq {
            return Err((4007, "Invalid seq."));
        }
        session.live = Some(live);
        session.replay(seq);
        session.dispatch("RESUMED", &json!({}));
        self.gateway.resumes += 1;
        Ok(Resumed::Yes)
    }

    /// Whose token it is.
    fn check_token(&self, token: Option<&str>) -> Result<UserId, Closing> {
        let who = token.and_then(|token| self.account(token.trim_start_matches("Bot ")));
        who.ok_or((4004, "Authentication failed."))
    }

    /// The connection is gone; its session stays for a resume.
    fn hang_up(&mut self, number: u64) {
        for session in self.gateway.sessions.values_mut() {
            session.live.take_if(|live| live.connection == number);
        }
    }
}
