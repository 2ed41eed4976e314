//! A browser in a test: it keeps cookies, follows links by hand, and reads streams until it has seen enough.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::Router;
use axum::body::{Body, BodyDataStream, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::header::{ACCEPT, ACCEPT_LANGUAGE, CONTENT_TYPE, COOKIE, HOST, HeaderMap, LOCATION, ORIGIN, SET_COOKIE};
use axum::http::{Request, Response, StatusCode};
use futures_util::StreamExt;
use tower::ServiceExt;

pub(super) struct Browser {
    app: Router,
    cookies: BTreeMap<String, String>,
    languages: &'static str,
    /// The site whose page sends the forms.
    pub(super) on: &'static str,
    /// What every request says besides.
    pub(super) says: Vec<(&'static str, String)>,
    /// The address that requests come from.
    pub(super) at: IpAddr,
}

pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) text: String,
}

/// Server-sent events as they arrive.
pub(super) struct Stream {
    body: BodyDataStream,
    read: String,
}

impl Answer {
    pub(super) fn leads_to(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.text);
        self.headers[LOCATION].to_str().unwrap()
    }

    /// The values of all attributes of this name, in order.
    pub(super) fn all(&self, attribute: &str) -> Vec<&str> {
        let start = format!("{attribute}=\"");
        self.text.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }
}

impl Browser {
    pub(super) fn new(app: Router) -> Self {
        Self {
            app,
            cookies: BTreeMap::new(),
            languages: "nb",
            on: "http://hjelp.example",
            says: Vec::new(),
            at: IpAddr::V4(Ipv4Addr::LOCALHOST),
        }
    }

    pub(super) fn reads(mut self, languages: &'static str) -> Self {
        self.languages = languages;
        self
    }

    /// The server was started anew; the browser and its cookies are the same.
    pub(super) fn goes_to(&mut self, app: &Router) {
        self.app = app.clone();
    }

    pub(super) fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    pub(super) fn cookies(&self) -> impl Iterator<Item = &str> {
        self.cookies.keys().map(String::as_str)
    }

    pub(super) fn keep_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    pub(super) async fn gets(&mut self, path: &str) -> Answer {
        let request = self.request("GET", path).body(Body::empty()).unwrap();
        self.send(request).await
    }

    /// Sends a form as a page without script does.
    pub(super) async fn posts(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post(path, fields, "text/html").await
    }

    /// Sends a form as our script does.
    pub(super) async fn posts_by_script(&mut self, path: &str, fields: &[(&str, &str)]) -> serde_json::Value {
        let answer = self.post(path, fields, "application/json").await;
        serde_json::from_str(&answer.text).unwrap()
    }

    async fn post(&mut self, path: &str, fields: &[(&str, &str)], accepts: &str) -> Answer {
        let form = fields.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect::<Vec<_>>().join("&");
        let request = self.request("POST", path).header(ORIGIN, self.on).header(ACCEPT, accepts);
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from(form)).unwrap();
        self.send(request).await
    }

    /// Sends a form with a file as a page without script does.
    pub(super) async fn uploads(&mut self, path: &str, fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> Answer {
        let mut body = Vec::new();
        for (field, value) in fields {
            let part = format!("--edge\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
            body.extend(part.into_bytes());
        }
        let part = format!("--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        body.extend(part.into_bytes());
        body.extend(bytes);
        body.extend(b"\r\n--edge--\r\n");
        let request = self.request("POST", path).header(ORIGIN, self.on);
        let request = request.header(CONTENT_TYPE, "multipart/form-data; boundary=edge").body(Body::from(body)).unwrap();
        self.send(request).await
    }

    /// Asks the chat something and reads the page that follows.
    pub(super) async fn asks(&mut self, text: &str) -> Answer {
        let page = self.posts("/chat", &[("text", text)]).await.leads_to().to_owned();
        self.gets(page.split('#').next().unwrap()).await
    }

    /// Opens a stream, as one that comes back after this event if there is one.
    pub(super) async fn listens(&mut self, path: &str, last: Option<&str>) -> Stream {
        let mut request = self.request("GET", path);
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let response = self.app.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[CONTENT_TYPE], "text/event-stream");
        Stream { body: response.into_body().into_data_stream(), read: String::new() }
    }

    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let mut request = Request::builder().method(method).uri(path).header(HOST, "hjelp.example").header(COOKIE, cookies);
        for (name, value) in &self.says {
            request = request.header(*name, value);
        }
        let request = request.extension(ConnectInfo(SocketAddr::new(self.at, 50_000)));
        request.header(ACCEPT_LANGUAGE, self.languages)
    }

    async fn send(&mut self, request: Request<Body>) -> Answer {
        let response: Response<Body> = self.app.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(SET_COOKIE) {
            let (name, value) = cookie.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let text = String::from_utf8_lossy(&to_bytes(body, usize::MAX).await.unwrap()).into_owned();
        Answer { status: parts.status, headers: parts.headers, text }
    }
}

impl Stream {
    /// Reads on until this has come; everything that came so far.
    pub(super) async fn until(&mut self, wanted: &str) -> &str {
        while !self.read.contains(wanted) {
            let piece = self.body.next().await.unwrap_or_else(|| panic!("the stream ended before {wanted:?}:\n{}", self.read));
            self.read.push_str(std::str::from_utf8(&piece.unwrap()).unwrap());
        }
        &self.read
    }

    /// Reads on to the end; everything that came.
    pub(super) async fn read_out(mut self) -> String {
        while let Some(piece) = self.body.next().await {
            self.read.push_str(std::str::from_utf8(&piece.unwrap()).unwrap());
        }
        self.read
    }
}

fn escaped(value: &str) -> String {
    value
        .bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
