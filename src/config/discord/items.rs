//! Single values: ids, channels, groups, ages.

use std::time::Duration;

use super::{DiscordGroup, Listening};
use crate::config::entry::{Entry, Raw};
use crate::config::error::ConfigError;

/// The youngest and the oldest that can be asked for.
const AGES: std::ops::RangeInclusive<Duration> = Duration::from_mins(1)..=Duration::from_hours(30 * 24);

/// A list of ids, each once.
pub(super) fn ids(entry: &Entry) -> Result<Vec<u64>, ConfigError> {
    let mut ids = Vec::new();
    for item in entry.list("a list of ids")? {
        let id = item.number_id()?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// One id, or a list of them.
pub(super) fn id_or_ids(entry: &Entry) -> Result<Vec<u64>, ConfigError> {
    match &entry.raw {
        Raw::List(items) if items.is_empty() => Err(entry.wrong("must hold at least one id; leave it out where there is none")),
        Raw::List(_) => ids(entry),
        _ => Ok(vec![entry.number_id()?]),
    }
}

/// A channel that is listened in: its id, or a table with the id and what is heard.
pub(super) fn channel(entry: &Entry) -> Result<(u64, Listening), ConfigError> {
    let Raw::Table(table) = &entry.raw else { return Ok((entry.number_id()?, Listening::Everything)) };
    table.only(&["id", "listen"])?;
    let id = table.get("id").ok_or_else(|| entry.wrong("must have an id"))?.number_id()?;
    let heard = table.get("listen").map(|entry| entry.parsed("everything or mentions", listening)).transpose()?;
    Ok((id, heard.unwrap_or(Listening::Everything)))
}

fn listening(text: &str) -> Option<Listening> {
    match text {
        "everything" => Some(Listening::Everything),
        "mentions" => Some(Listening::Mentions),
        _ => None,
    }
}

/// A group's operators.
pub(super) fn group(entry: &Entry) -> Result<DiscordGroup, ConfigError> {
    let Raw::Table(table) = &entry.raw else { return Err(entry.wrong("must be a table with channel and role")) };
    table.only(&["channel", "role", "roles"])?;
    let channel = table.get("channel").ok_or_else(|| entry.wrong("must have a channel"))?.number_id()?;
    let roles = match (table.get("role"), table.get("roles")) {
        (Some(_), Some(_)) => return Err(entry.wrong("has both role and roles; keep one of them")),
        (given, None) | (None, given) => given.map(id_or_ids).transpose()?.unwrap_or_default(),
    };
    Ok(DiscordGroup { channel, roles })
}

/// A span of time such as `90m`, `2h` or `1d`.
pub(super) fn age(entry: &Entry) -> Result<Duration, ConfigError> {
    let age = entry.parsed("a span of time such as 30m, 2h or 1d", span)?;
    if AGES.contains(&age) { Ok(age) } else { Err(entry.wrong("must be from 1m to 30d")) }
}

fn span(text: &str) -> Option<Duration> {
    let (count, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let seconds: u64 = match unit {
        "m" => 60,
        "h" => 60 * 60,
        "d" => 24 * 60 * 60,
        _ => return None,
    };
    count.trim().parse::<u64>().ok()?.checked_mul(seconds).map(Duration::from_secs)
}
