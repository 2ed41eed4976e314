//! What the program sent: a log for tests to read, and the parsing of bodies.

use serde_json::Value;

/// One request that reached the fake.
#[derive(Clone, Debug, PartialEq)]
pub struct Received {
    /// The HTTP method.
    pub method: String,
    /// The path after `/api/v10`, without the query.
    pub path: String,
    /// The query as it was sent, without the question mark.
    pub query: String,
    /// The JSON body, or null.
    pub body: Value,
}

/// The body of a request: its JSON, and the files beside it.
#[derive(Clone, Debug, Default)]
pub(super) struct Payload {
    pub(super) json: Value,
    pub(super) files: Vec<File>,
}

/// A file that came with a message.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

impl Payload {
    /// Reads a JSON body or a multipart one; an unreadable body is null.
    pub(super) fn read(content_type: &str, bytes: &[u8]) -> Self {
        match content_type.split_once("boundary=") {
            Some((_, boundary)) => Self::read_multipart(boundary.trim_matches('"'), bytes),
            None => Self { json: serde_json::from_slice(bytes).unwrap_or(Value::Null), files: Vec::new() },
        }
    }

    fn read_multipart(boundary: &str, bytes: &[u8]) -> Self {
        let mut payload = Self::default();
        for part in parts(bytes, format!("--{boundary}").as_bytes()) {
            let Some((head, body)) = split_once(part, b"\r\n\r\n") else { continue };
            let (head, body) = (String::from_utf8_lossy(head), body.strip_suffix(b"\r\n").unwrap_or(body));
            if head.contains("name=\"payload_json\"") {
                payload.json = serde_json::from_slice(body).unwrap_or(Value::Null);
            } else if let Some((_, rest)) = head.split_once("filename=\"") {
                let name = rest.split('"').next().unwrap_or("file").to_owned();
                payload.files.push(File { name, bytes: body.to_vec() });
            }
        }
        payload
    }
}

/// What stands between boundaries.
fn parts<'b>(mut bytes: &'b [u8], boundary: &[u8]) -> Vec<&'b [u8]> {
    let mut parts = Vec::new();
    while let Some((part, rest)) = split_once(bytes, boundary) {
        parts.push(part);
        bytes = rest;
    }
    parts.push(bytes);
    parts
}

fn split_once<'b>(bytes: &'b [u8], mark: &[u8]) -> Option<(&'b [u8], &'b [u8])> {
    let at = bytes.windows(mark.len()).position(|window| window == mark)?;
    Some((&bytes[..at], &bytes[at + mark.len()..]))
}
