//! What a service says of a person, as Firstline understands it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::exchange::{Claims, More};
use crate::config::{ProviderConfig, ProviderKind};
use crate::domain::vouched::Vouched;
use crate::ports::IdentityError;

/// What is said of a person, by the name of the claim; in the token first, then elsewhere.
pub(super) struct Said<'c> {
    pub(super) token: &'c BTreeMap<String, Value>,
    pub(super) userinfo: &'c Value,
}

impl Said<'_> {
    /// A claim; a dot leads into one that holds others, unless it is part of the name.
    fn claim(&self, name: &str) -> Option<&Value> {
        let within = || {
            let mut steps = name.split('.');
            let first = self.token.get(steps.next()?)?;
            steps.try_fold(first, |value, step| value.get(step))
        };
        let found = self.token.get(name).or_else(within);
        let elsewhere = || {
            let whole = self.userinfo.get(name);
            whole.or_else(|| name.split('.').try_fold(self.userinfo, |value, step| value.get(step)))
        };
        found.or_else(elsewhere)
    }

    fn text(&self, name: &str) -> Option<String> {
        self.claim(name)?.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// The names in a claim: one text, or a list of them.
    pub(super) fn names(&self, name: &str) -> BTreeSet<String> {
        self.claim(name).map(names).unwrap_or_default()
    }
}

/// Texts, and what lists call their items by.
fn names(value: &Value) -> BTreeSet<String> {
    let name = |item: &Value| item.as_str().or_else(|| item["id"].as_str()).map(str::to_owned);
    match value {
        Value::Array(items) => items.iter().filter_map(name).collect(),
        one => name(one).into_iter().collect(),
    }
}

/// Who the service vouches for.
pub(super) fn vouched(config: &ProviderConfig, told: &Claims, more: &More) -> Result<Vouched, IdentityError> {
    let subject = told.subject().as_str();
    let said = Said { token: &told.additional_claims().claims, userinfo: &more.userinfo };
    let standard = |claim: Option<&String>| claim.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let name = told.name().and_then(|name| name.get(None)).map(|name| name.to_string());
    let email = told.email().map(|email| email.to_string());
    let mut person = match &config.kind {
        ProviderKind::Entra { tenant } => entra(tenant, &said)?,
        ProviderKind::Feide { .. } => person(config, subject, names(&more.groups)),
        ProviderKind::Generic { roles_claim, groups_claim } => {
            let titles = said.names(roles_claim).into_iter().chain(said.names(groups_claim)).collect();
            person(config, subject, titles)
        }
    };
    person.name = standard(name.as_ref()).or_else(|| said.text("name"));
    person.email = standard(email.as_ref()).or_else(|| said.text("email"));
    Ok(person)
}

fn person(config: &ProviderConfig, subject: &str, titles: BTreeSet<String>) -> Vouched {
    Vouched { key: format!("{}|{subject}", config.issuer), name: None, email: None, titles }
}

/// A person of one tenant. The subject is another one for every program, so the key is the person's own id in the tenant.
pub(super) fn entra(tenant: &str, said: &Said<'_>) -> Result<Vouched, IdentityError> {
    if said.text("tid").is_none_or(|tid| !tid.eq_ignore_ascii_case(tenant)) {
        return Err(IdentityError::Elsewhere);
    }
    let missing = || IdentityError::NotBelieved { reason: "the token has no `oid`".to_owned() };
    let object = said.text("oid").ok_or_else(missing)?;
    if said.claim("hasgroups").is_some() || said.claim("_claim_names").is_some() {
        tracing::warn!("a person is in more groups than a token holds, and none of them counts; app roles always fit");
    }
    let titles = said.names("roles").into_iter().chain(said.names("groups")).collect();
    Ok(Vouched { key: format!("entra|{tenant}|{object}"), name: None, email: None, titles })
}
