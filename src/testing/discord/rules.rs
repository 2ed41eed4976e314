//! The platform's limits on what a message may hold, and how it stores what it accepts.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::refusal::Refusal;

const CONTENT_CHARS: usize = 2_000;
const NONCE_CHARS: usize = 25;
const CUSTOM_ID_CHARS: usize = 100;
const LABEL_CHARS: usize = 80;
const ROWS: usize = 5;
const BUTTONS_IN_A_ROW: usize = 5;
const OPTIONS: usize = 25;
const EMBEDS: usize = 10;
const EMBED_CHARS: usize = 6_000;
const MODAL_TITLE_CHARS: usize = 45;
const MODAL_INPUTS: usize = 5;

const BUTTON: u64 = 2;
const STRING_SELECT: u64 = 3;
const LINK_STYLE: u64 = 5;

/// Checks a message that a request would post, with so many files beside it.
pub(super) fn check_new(body: &Value, files: usize) -> Result<(), Refusal> {
    check_parts(body)?;
    let has_text = body["content"].as_str().is_some_and(|text| !text.trim().is_empty());
    let has_more = ["embeds", "components", "sticker_ids"].iter().any(|part| !items(&body[part]).is_empty());
    if has_text || has_more || files > 0 || body.get("poll").is_some_and(Value::is_object) {
        Ok(())
    } else {
        Err(Refusal::EmptyMessage)
    }
}

/// Checks what a request would change in a message.
pub(super) fn check_parts(body: &Value) -> Result<(), Refusal> {
    let content = body["content"].as_str().unwrap_or_default().trim();
    require(content.chars().count() <= CONTENT_CHARS, "content: Must be 2000 or fewer in length.")?;
    let nonce = body["nonce"].as_str().unwrap_or_default();
    require(nonce.chars().count() <= NONCE_CHARS, "nonce: Must be 25 or fewer in length.")?;
    check_embeds(&body["embeds"])?;
    check_components(&body["components"])
}

fn check_embeds(embeds: &Value) -> Result<(), Refusal> {
    let embeds = items(embeds);
    require(embeds.len() <= EMBEDS, "embeds: Must be 10 or fewer in length.")?;
    let chars: usize = embeds.iter().map(embed_chars).sum();
    require(chars <= EMBED_CHARS, "embeds: Embed size exceeds maximum size of 6000")
}

fn embed_chars(embed: &Value) -> usize {
    let count = |text: &Value| text.as_str().map_or(0, |text| text.chars().count());
    let fields: usize = items(&embed["fields"]).iter().map(|field| count(&field["name"]) + count(&field["value"])).sum();
    let edges = count(&embed["footer"]["text"]) + count(&embed["author"]["name"]);
    count(&embed["title"]) + count(&embed["description"]) + fields + edges
}

fn check_components(rows: &Value) -> Result<(), Refusal> {
    let rows = items(rows);
    require(rows.len() <= ROWS, "components: Must be 5 or fewer in length.")?;
    let mut seen = BTreeSet::new();
    for row in rows {
        require(row["type"] == 1, "components: The specified component type is invalid in this context")?;
        let controls = items(&row["components"]);
        let buttons = controls.iter().filter(|control| control["type"] == BUTTON).count();
        let fits = buttons == controls.len() && buttons <= BUTTONS_IN_A_ROW || buttons == 0 && controls.len() == 1;
        require(!controls.is_empty() && fits, "components: The specified component exceeds the maximum width")?;
        for control in controls {
            check_control(control, &mut seen)?;
        }
    }
    Ok(())
}

fn check_control<'a>(control: &'a Value, seen: &mut BTreeSet<&'a str>) -> Result<(), Refusal> {
    let label = control["label"].as_str().unwrap_or_default();
    require(label.chars().count() <= LABEL_CHARS, "label: Must be 80 or fewer in length.")?;
    if control["type"] == BUTTON {
        let has_face = !label.is_empty() || control["emoji"].is_object();
        require(has_face, "components: A button must have a label or emoji")?;
    }
    if control["style"] == LINK_STYLE && control["type"] == BUTTON {
        return require(control["url"].is_string(), "components: A url is required");
    }
    if control["type"] == STRING_SELECT {
        let options = items(&control["options"]).len();
        require((1..=OPTIONS).contains(&options), "options: Must be between 1 and 25 in length.")?;
    }
    let id = control["custom_id"].as_str().unwrap_or_default();
    require((1..=CUSTOM_ID_CHARS).contains(&id.chars().count()), "custom_id: Must be between 1 and 100 in length.")?;
    require(seen.insert(id), "components: Component custom id cannot be duplicated")
}

/// Checks a form that is shown in answer to an interaction.
pub(super) fn check_modal(form: &Value) -> Result<(), Refusal> {
    let title = form["title"].as_str().unwrap_or_default().chars().count();
    require((1..=MODAL_TITLE_CHARS).contains(&title), "title: Must be between 1 and 45 in length.")?;
    let id = form["custom_id"].as_str().unwrap_or_default().chars().count();
    require((1..=CUSTOM_ID_CHARS).contains(&id), "custom_id: Must be between 1 and 100 in length.")?;
    let inputs = items(&form["components"]).len();
    require((1..=MODAL_INPUTS).contains(&inputs), "components: Must be between 1 and 5 in length.")
}

/// Passes where the rule holds.
pub(super) fn require(holds: bool, rule: &str) -> Result<(), Refusal> {
    if holds { Ok(()) } else { Err(Refusal::form(rule)) }
}

/// Embeds as the platform gives them back.
pub(super) fn stored_embeds(embeds: &Value) -> Value {
    let stored = items(embeds).iter().map(|embed| {
        let mut embed = without_nulls(embed);
        embed["type"] = json!("rich");
        for field in embed["fields"].as_array_mut().into_iter().flatten() {
            field["inline"] = json!(field["inline"] == true);
        }
        drop_null(&mut embed, "fields");
        embed
    });
    stored.collect()
}

/// Components as the platform gives them back: every one numbered.
pub(super) fn stored_components(rows: &Value) -> Value {
    let mut number = 0;
    let mut numbered = |component: &Value| {
        number += 1;
        let mut component = without_nulls(component);
        component["id"] = json!(number);
        if component["type"].as_u64().is_some_and(|kind| kind >= STRING_SELECT) {
            component["min_values"] = json!(component["min_values"].as_u64().unwrap_or(1));
            component["max_values"] = json!(component["max_values"].as_u64().unwrap_or(1));
        }
        component
    };
    let mut stored = Vec::new();
    for row in items(rows) {
        let mut shell = numbered(row);
        shell["components"] = items(&row["components"]).iter().map(&mut numbered).collect();
        stored.push(shell);
    }
    Value::Array(stored)
}

/// The message as it looks without the message-content intent.
pub(super) fn without_content(message: &Value) -> Value {
    let mut message = message.clone();
    message["content"] = json!("");
    for part in ["embeds", "attachments", "components"] {
        message[part] = json!([]);
    }
    message
}

fn items(list: &Value) -> &[Value] {
    list.as_array().map_or(&[], Vec::as_slice)
}

fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept: Map<_, _> =
                fields.iter().filter(|(_, value)| !value.is_null()).map(|(k, v)| (k.clone(), v.clone())).collect();
            Value::Object(kept)
        }
        other => other.clone(),
    }
}

fn drop_null(value: &mut Value, key: &str) {
    if let Some(fields) = value.as_object_mut()
        && fields.get(key).is_some_and(Value::is_null)
    {
        fields.remove(key);
    }
}
