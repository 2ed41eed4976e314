//! The service that people sign in with.

use super::text;
use crate::config::desk::{host_of, is_this_machine};
use crate::config::entry::Entry;
use crate::config::error::ConfigError;
use crate::config::keys;
use crate::config::secret::SecretText;
use crate::config::sources::Sources;

/// The service that people sign in with.
#[derive(Clone, Debug)]
pub struct ProviderConfig {
    /// Which kind of service it is, and what that kind needs.
    pub kind: ProviderKind,
    /// What people call it: "Sign in with …".
    pub name: String,
    /// The issuer, exactly as its tokens name it.
    pub issuer: String,
    /// What Firstline is called there.
    pub client_id: String,
    /// What Firstline shows there that it is itself.
    pub client_secret: Option<SecretText>,
    /// What is asked for.
    pub scopes: Vec<String>,
}

/// How a service tells who somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProviderKind {
    /// Microsoft Entra ID: people of one tenant, app roles in the `roles` claim.
    Entra {
        /// The tenant's id.
        tenant: String,
    },
    /// Feide: little in the token, groups from an endpoint of their own.
    Feide {
        /// Where a person's groups are listed.
        groups_url: String,
    },
    /// Any other.
    Generic {
        /// The claim with a person's roles; a dot leads into a claim: `realm_access.roles`.
        roles_claim: String,
        /// The claim with a person's groups.
        groups_claim: String,
    },
}

const FEIDE: &str = "https://auth.dataporten.no";
const FEIDE_GROUPS: &str = "https://groups-api.dataporten.no/groups/me/groups";

impl ProviderConfig {
    /// The provider as configured; `None` where Firstline has no name there.
    pub(super) fn read(sources: &Sources) -> Result<Option<Self>, ConfigError> {
        let client_secret = sources.get(keys::CLIENT_SECRET)?.map(|entry| entry.text().map(SecretText::new)).transpose()?;
        let Some(client_id) = sources.get(keys::CLIENT_ID)? else { return nothing_beside(sources).map(|()| None) };
        let kind = sources.get(keys::SIGN_IN_KIND)?;
        let word = kind.as_ref().map_or(Ok("generic"), |entry| entry.text())?;
        let issuer = sources.get(keys::ISSUER)?.map(|entry| address(&entry)).transpose()?;
        let (kind, issuer, called, scopes) = match word {
            "entra" => entra(sources, &client_id, issuer)?,
            "feide" => feide(sources, issuer)?,
            "generic" => generic(sources, &client_id, issuer)?,
            other => {
                let place = kind.as_ref().unwrap_or(&client_id);
                return Err(place.wrong(format!("must be entra, feide or generic, not \"{other}\"")));
            }
        };
        Ok(Some(Self {
            name: text(sources, keys::SIGN_IN_NAME)?.unwrap_or(called),
            kind,
            issuer,
            client_id: client_id.text()?.to_owned(),
            client_secret,
            scopes: asked_for(sources, scopes)?,
        }))
    }
}

/// Who gives a provider's settings without the client id has forgotten it, or misspelt it.
fn nothing_beside(sources: &Sources) -> Result<(), ConfigError> {
    for key in [keys::SIGN_IN_KIND, keys::ISSUER, keys::TENANT, keys::CLIENT_SECRET] {
        if let Some(entry) = sources.get(key)? {
            let missing = format!("needs client_id beside it: `client_id` under [sign_in], or {}", keys::CLIENT_ID.variable);
            return Err(entry.wrong(missing));
        }
    }
    Ok(())
}

type Found = (ProviderKind, String, String, &'static [&'static str]);

fn entra(sources: &Sources, client_id: &Entry, issuer: Option<String>) -> Result<Found, ConfigError> {
    let missing = || client_id.wrong(format!("needs `tenant` under [sign_in], or {}, for entra", keys::TENANT.variable));
    let given = sources.get(keys::TENANT)?.ok_or_else(missing)?;
    let tenant = given.parsed("the tenant's id, as 8-4-4-4-12 hexadecimal digits", tenant)?;
    let issuer = issuer.unwrap_or_else(|| format!("https://login.microsoftonline.com/{tenant}/v2.0"));
    Ok((ProviderKind::Entra { tenant }, issuer, "Microsoft".to_owned(), &["profile", "email"]))
}

/// The id of one tenant. `common` and `organizations` would let any organisation in.
fn tenant(text: &str) -> Option<String> {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    let digits = text.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    (digits && lengths == [8, 4, 4, 4, 12]).then(|| text.to_ascii_lowercase())
}

fn feide(sources: &Sources, issuer: Option<String>) -> Result<Found, ConfigError> {
    let groups_url = sources.get(keys::GROUPS_URL)?.map(|entry| address(&entry)).transpose()?;
    let kind = ProviderKind::Feide { groups_url: groups_url.unwrap_or_else(|| FEIDE_GROUPS.to_owned()) };
    let scopes = &["profile", "email", "userid", "groups-org"];
    Ok((kind, issuer.unwrap_or_else(|| FEIDE.to_owned()), "Feide".to_owned(), scopes))
}

fn generic(sources: &Sources, client_id: &Entry, issuer: Option<String>) -> Result<Found, ConfigError> {
    let missing = || client_id.wrong(format!("needs `issuer` under [sign_in], or {}", keys::ISSUER.variable));
    let issuer = issuer.ok_or_else(missing)?;
    let kind = ProviderKind::Generic {
        roles_claim: text(sources, keys::ROLES_CLAIM)?.unwrap_or_else(|| "roles".to_owned()),
        groups_claim: text(sources, keys::GROUPS_CLAIM)?.unwrap_or_else(|| "groups".to_owned()),
    };
    let called = host_of(&issuer).to_owned();
    Ok((kind, issuer, called, &["profile", "email"]))
}

/// An address whose answers nobody on the way can change.
fn address(entry: &Entry) -> Result<String, ConfigError> {
    entry.parsed("an https:// address, such as https://login.example.org (http:// only on this machine)", |text| {
        let plain = !text.contains(['?', '#', ' ', '@']) && !host_of(text).is_empty();
        let safe = text.starts_with("https://") || text.starts_with("http://") && is_this_machine(host_of(text));
        (plain && safe).then(|| text.to_owned())
    })
}

fn asked_for(sources: &Sources, default: &[&str]) -> Result<Vec<String>, ConfigError> {
    let Some(entry) = sources.get(keys::SCOPES)? else { return Ok(default.iter().map(|scope| (*scope).to_owned()).collect()) };
    let scope = |item: &Entry| {
        let fits = |text: &str| text.chars().all(|c| c.is_ascii_graphic()).then(|| text.to_owned());
        item.parsed("a scope, in ASCII and without spaces", fits)
    };
    let scopes: Result<Vec<String>, ConfigError> = entry.list("a list of scopes")?.iter().map(scope).collect();
    Ok(scopes?.into_iter().filter(|scope| scope != "openid").collect())
}
