//! What `firstline doctor` finds of signing in.

use std::sync::Arc;

use super::AppError;
use super::running::{provider, refuse_open_doors};
use crate::cli::doctor::Finding;
use crate::config::{Config, VouchedBy};
use crate::domain::permission::Role;
use crate::system::SystemClock;

const WHAT: &str = "sign-in";

/// How signing in is set up, and whether the service answers.
pub(super) async fn findings(config: &Config) -> Result<Vec<Finding>, AppError> {
    let mut findings = Vec::new();
    match &config.sign_in.by {
        None => findings.push(links_alone(config)),
        Some(VouchedBy::Proxy(proxy)) => {
            findings.push(Finding::ok(WHAT, format!("a proxy says in {} who people are", proxy.user)));
        }
        Some(VouchedBy::Provider(configured)) => {
            let checked = match provider(config, Arc::new(SystemClock))? {
                Some(provider) => provider.check().await,
                None => Ok(()),
            };
            findings.push(match checked {
                Ok(()) => Finding::ok(WHAT, format!("{} answers as {}", configured.name, configured.issuer)),
                Err(error) => Finding::fail(
                    WHAT,
                    error.to_string(),
                    "look at [sign_in] issuer or tenant, and whether this machine reaches it; who is signed in stays so",
                ),
            });
        }
    }
    findings.extend(tables(config));
    Ok(findings)
}

fn links_alone(config: &Config) -> Finding {
    match refuse_open_doors(config) {
        Ok(()) => Finding::ok(WHAT, "by links that are good for once; only this machine reaches the pages"),
        Err(error) => Finding::fail(WHAT, error.to_string(), "Firstline does not start like this"),
    }
}

/// Whoever signs in has the rights that the tables give, and no others.
fn tables(config: &Config) -> Option<Finding> {
    config.sign_in.by.as_ref()?;
    let given = |role| config.sign_in.rights.roles.get(&role).is_some_and(|names| !names.is_empty());
    if !Role::ALL.iter().any(|role| given(*role)) {
        let remedy = "say under [sign_in.roles] which roles or groups there give which role here";
        return Some(Finding::warn(WHAT, "nobody who signs in has a role in the desk", remedy));
    }
    let groups = !config.sign_in.rights.groups.is_empty() || !config.sign_in.rights.every_group.is_empty();
    if !groups && !given(Role::Administrator) {
        let remedy = "say under [sign_in.groups], or with group_pattern or every_group, who belongs to which group";
        return Some(Finding::warn(WHAT, "nobody who signs in belongs to a group", remedy));
    }
    None
}
