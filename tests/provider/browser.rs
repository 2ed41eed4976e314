//! A browser that goes from Firstline to the provider and back: it keeps each site's cookies and follows by hand.

use std::collections::{BTreeMap, HashMap};

use reqwest::header::{LOCATION, ORIGIN, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, StatusCode, Url};

/// A browser.
#[derive(Clone)]
pub(crate) struct Browser {
    client: Client,
    home: String,
    cookies: HashMap<String, BTreeMap<String, String>>,
}

/// What came back.
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    /// Where it leads, in full.
    pub(crate) leads_to: Option<String>,
    pub(crate) text: String,
}

impl Browser {
    /// A new one, which calls the program at this address home.
    pub(crate) fn at(home: &str) -> Self {
        let client = Client::builder().redirect(Policy::none()).build().expect("a client");
        Self { client, home: home.to_owned(), cookies: HashMap::new() }
    }

    /// Opens a page, of home or in full.
    pub(crate) async fn gets(&mut self, address: &str) -> Page {
        self.goes(Method::GET, address, &[]).await
    }

    /// Sends a form of ours.
    pub(crate) async fn posts(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.goes(Method::POST, path, fields).await
    }

    /// Presses the button of the sign-in page; where that leads at the provider.
    pub(crate) async fn begins(&mut self, back: &str) -> String {
        let page = self.gets(&format!("/sign-in/begin?back={back}")).await;
        page.leads_to.unwrap_or_else(|| panic!("{}: {}", page.status, page.text))
    }

    /// Follows as far as the way back to us, and stops before it is gone.
    pub(crate) async fn until_sent_back(&mut self, address: String) -> String {
        let mut next = address;
        for _ in 0..10 {
            if next.starts_with(&format!("{}/sign-in/callback", self.home)) {
                return next;
            }
            let page = self.gets(&next).await;
            next = page.leads_to.unwrap_or_else(|| panic!("{next} leads nowhere: {}", page.text));
        }
        panic!("it goes in circles: {next}");
    }

    /// Signs in from beginning to end; the page where that ends, before it is followed.
    pub(crate) async fn signs_in(&mut self, back: &str) -> Page {
        let address = self.begins(back).await;
        let callback = self.until_sent_back(address).await;
        self.gets(&callback).await
    }

    /// The cookie of home with this name.
    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(&site(&self.home))?.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    async fn goes(&mut self, method: Method, address: &str, fields: &[(&str, &str)]) -> Page {
        let address = if address.starts_with('/') { format!("{}{address}", self.home) } else { address.to_owned() };
        let site = site(&address);
        let cookies = self.cookies.entry(site).or_default();
        let sent = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let mut request = self.client.request(method.clone(), &address).header("cookie", sent).header("accept-language", "nb");
        if method == Method::POST {
            request = request.header(ORIGIN, &self.home).form(fields);
        }
        let response = request.send().await.expect("an answer");
        for cookie in response.headers().get_all(SET_COOKIE) {
            let pair = cookie.to_str().expect("a cookie").split(';').next().expect("a pair");
            let (name, value) = pair.split_once('=').expect("a pair");
            cookies.insert(name.to_owned(), value.to_owned());
        }
        let leads_to = response.headers().get(LOCATION).and_then(|to| to.to_str().ok()).map(|to| {
            let base = Url::parse(&address).expect("an address");
            base.join(to).expect("an address").to_string()
        });
        let status = response.status();
        Page { status, leads_to, text: response.text().await.expect("a whole page") }
    }
}

fn site(address: &str) -> String {
    address.splitn(4, '/').take(3).collect::<Vec<_>>().join("/")
}
