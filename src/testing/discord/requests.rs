//! What the program sent: a log for tests to read, and the parsing of bodies.

use serde_json::{Value, json};

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
    pub(super) bytes: usize,
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
        let text = String::from_utf8_lossy(bytes);
        let mut payload = Self::default();
        for part in text.split(&format!("--{boundary}")) {
            let Some((head, body)) = part.split_once("\r\n\r\n") else { continue };
            let body = body.strip_suffix("\r\n").unwrap_or(body);
            if head.contains("name=\"payload_json\"") {
                payload.json = serde_json::from_str(body).unwrap_or(Value::Null);
            } else if let Some((_, rest)) = head.split_once("filename=\"") {
                let name = rest.split('"').next().unwrap_or("file").to_owned();
                payload.files.push(File { name, bytes: body.len() });
            }
        }
        payload
    }

    /// The files as a stored message shows them.
    pub(super) fn attachments_json(&self, first_id: u64) -> Value {
        let numbered = self.files.iter().zip(first_id..);
        let shown = numbered.map(|(file, id)| {
            let url = format!("http://127.0.0.1/attachments/{id}/{}", file.name);
            json!({ "id": id.to_string(), "filename": file.name, "size": file.bytes, "url": url, "proxy_url": url })
        });
        shown.collect()
    }
}
