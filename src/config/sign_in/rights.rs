//! Which roles and groups elsewhere give which rights here.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::discord::no_such_group;
use crate::config::entry::{Entry, Raw, unknown_key};
use crate::config::error::ConfigError;
use crate::config::keys;
use crate::config::sources::Sources;
use crate::domain::ids::GroupId;
use crate::domain::permission::Role;
use crate::domain::routing::Groups;
use crate::domain::vouched::Entitlements;

/// What `FIRSTLINE_SIGN_IN_ROLES` and `FIRSTLINE_SIGN_IN_GROUPS` look like.
const ROLES_EXAMPLE: &str = "{ operator = [\"Firstline.Operator\"] }";
const GROUPS_EXAMPLE: &str = "{ general = [\"it-support\"] }";

/// The part of a pattern that stands for a group's own id.
const BLANK: &str = "{group}";

pub(super) fn read(sources: &Sources, groups: &Groups) -> Result<Entitlements, ConfigError> {
    let every_group = sources.get(keys::EVERY_GROUP)?.map_or(Ok(BTreeSet::new()), |entry| names(&entry))?;
    Ok(Entitlements { roles: roles(sources)?, groups: of_groups(sources, groups)?, every_group })
}

fn roles(sources: &Sources) -> Result<BTreeMap<Role, BTreeSet<String>>, ConfigError> {
    let Some(given) = sources.get(keys::SIGN_IN_ROLES)? else { return Ok(BTreeMap::new()) };
    let given = given.inline_toml(ROLES_EXAMPLE)?;
    let known: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
    let role = |(name, entry): &(String, Entry)| {
        let role = Role::from_name(name).ok_or_else(|| entry.wrong(unknown_key(name, &known)))?;
        Ok((role, names(entry)?))
    };
    given.table()?.0.iter().map(role).collect()
}

/// The groups of the table, and every group whose name elsewhere follows from the pattern.
fn of_groups(sources: &Sources, configured: &Groups) -> Result<BTreeMap<GroupId, BTreeSet<String>>, ConfigError> {
    let mut found: BTreeMap<GroupId, BTreeSet<String>> = BTreeMap::new();
    if let Some(given) = sources.get(keys::GROUP_PATTERN)? {
        let wanted = "a name with {group} in the place of the group's id, such as firstline-{group}";
        let pattern = given.parsed(wanted, |text| text.contains(BLANK).then(|| text.to_owned()))?;
        let named = configured.iter().map(|group| (group.id.clone(), [pattern.replace(BLANK, group.id.as_str())].into()));
        found.extend(named);
    }
    let Some(given) = sources.get(keys::SIGN_IN_GROUPS)? else { return Ok(found) };
    for (name, entry) in &given.inline_toml(GROUPS_EXAMPLE)?.table()?.0 {
        let id = GroupId::new(name);
        if configured.get(&id).is_none() {
            return Err(entry.wrong(no_such_group(name, configured)));
        }
        found.entry(id).or_default().extend(names(entry)?);
    }
    Ok(found)
}

/// One name, or a list of them.
fn names(entry: &Entry) -> Result<BTreeSet<String>, ConfigError> {
    if let Raw::List(items) = &entry.raw {
        return items.iter().map(|item| item.text().map(str::to_owned)).collect();
    }
    Ok(entry.text()?.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect())
}
