//! A browser without scripts: it fills in forms and keeps cookies.

use std::collections::BTreeMap;

use reqwest::header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Method};

pub(super) struct Browser {
    client: Client,
    base: String,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    pub(super) fn on(base: &str) -> Self {
        let client = Client::builder().redirect(Policy::none()).build().expect("a client");
        Self { client, base: base.to_owned(), cookies: BTreeMap::new() }
    }

    /// The page at an address.
    pub(super) async fn gets(&mut self, path: &str) -> String {
        self.send(Method::GET, path, String::new()).await.1
    }

    /// Sends a form; the address that the browser is led to, or what is shown in place of that.
    pub(super) async fn posts(&mut self, path: &str, fields: &[(&str, &str)]) -> (Option<String>, String) {
        let form: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        self.send(Method::POST, path, form.join("&")).await
    }

    async fn send(&mut self, method: Method, path: &str, form: String) -> (Option<String>, String) {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = self.client.request(method, format!("{}{path}", self.base)).header(COOKIE, cookies.join("; "));
        let request = request.header(ACCEPT, "text/html").header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let response = request.body(form).send().await.expect("the program answers");
        for cookie in response.headers().get_all(SET_COOKIE) {
            let (name, rest) = cookie.to_str().expect("text").split_once('=').expect("a name");
            self.cookies.insert(name.to_owned(), rest.split(';').next().unwrap_or_default().to_owned());
        }
        let led = response.headers().get(LOCATION).and_then(|address| address.to_str().ok()).map(str::to_owned);
        (led, response.text().await.expect("a whole page"))
    }
}

/// What stands in an attribute of this name and ends so, on a page.
pub(super) fn address_on(page: &str, ending: &str) -> String {
    let quoted = page.split('"').filter(|text| text.starts_with('/'));
    let found: Vec<&str> = quoted.filter(|address| address.ends_with(ending)).collect();
    (*found.last().unwrap_or_else(|| panic!("no address ends with {ending:?}:\n{page}"))).to_owned()
}

/// Percent-encoded for a form or an address.
pub(super) fn escaped(text: &str) -> String {
    let one = |byte: u8| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(one).collect()
}
