//! What another site's page is given.

use serde_json::json;

use crate::desk::Desk;
use crate::domain::lang::Lang;

/// The script as it is written; it begins with a place for its sentences.
const SCRIPT: &str = include_str!("../../assets/js/embed.js");
const PLACE: &str = "/*words*/";

/// The script with its sentences in every language.
pub(super) fn script(desk: &Desk) -> String {
    let say = |lang, key| desk.wording.get(lang, key);
    let words = Lang::ALL.map(|lang| {
        let texts = [say(lang, "embed.open"), say(lang, "embed.unread")];
        (lang.code().to_owned(), json!(texts))
    });
    let words: serde_json::Map<String, serde_json::Value> = words.into_iter().collect();
    without_comments(SCRIPT).replacen(PLACE, &serde_json::Value::Object(words).to_string(), 1)
}

/// The script as it is sent: every page of another site loads it.
fn without_comments(script: &str) -> String {
    let lines = script.lines().map(str::trim_start).filter(|line| !line.starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}
