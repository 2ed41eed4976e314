//! Commands: the platform's rules for them, and the one that stands on a message's menu.

use serde_json::{Value, json};

use super::ids::{GuildId, MessageId};
use super::interaction::InteractionKind;
use super::people::Person;
use super::press::Press;
use super::refusal::Refusal;
use super::rules::require;
use super::state::State;

const NAME_CHARS: usize = 32;
const DESCRIPTION_CHARS: usize = 100;
const OPTIONS: usize = 25;

/// Slash commands and their options are written in small letters without spaces; menus are not.
const SLASH: u64 = 1;
/// The type of a command on a message's menu.
const MESSAGE_MENU: u64 = 3;
/// Options of these types hold options themselves: subcommands and groups of them.
const SUBCOMMANDS: [u64; 2] = [1, 2];

/// Checks a command that is registered, with its names and descriptions in every language.
pub(super) fn check(command: &Value) -> Result<(), Refusal> {
    let kind = command["type"].as_u64().unwrap_or(SLASH);
    check_names(command, kind == SLASH)?;
    if kind != SLASH {
        let is_bare = command["description"].as_str().is_none_or(str::is_empty);
        return require(is_bare, "description: Context menu commands cannot have description");
    }
    check_descriptions(command)?;
    check_options(&command["options"])
}

/// Options as the platform gives them back: nothing that says nothing.
pub(super) fn stored_options(options: &Value) -> Value {
    let says_something = |value: &Value| !value.is_null() && value.as_array().is_none_or(|items| !items.is_empty());
    let stored = |option: &Value| {
        let fields = option.as_object().into_iter().flatten().filter(|(_, value)| says_something(value));
        let stored =
            |(key, value): (&String, &Value)| (key.clone(), if key == "options" { stored_options(value) } else { value.clone() });
        Value::Object(fields.map(stored).collect())
    };
    options.as_array().into_iter().flatten().map(stored).collect()
}

fn check_options(options: &Value) -> Result<(), Refusal> {
    let options = options.as_array().map_or(&[][..], Vec::as_slice);
    require(options.len() <= OPTIONS, "options: Must be 25 or fewer in length.")?;
    let mut all_required = true;
    for option in options {
        check_names(option, true)?;
        check_descriptions(option)?;
        let holds_more = option["type"].as_u64().is_some_and(|kind| SUBCOMMANDS.contains(&kind));
        let is_required = option["required"] == true;
        require(
            holds_more || all_required || !is_required,
            "options: Required options must be placed before non-required options",
        )?;
        all_required &= is_required;
        check_options(&option["options"])?;
    }
    Ok(())
}

fn check_names(named: &Value, is_strict: bool) -> Result<(), Refusal> {
    for name in in_every_language(named, "name", "name_localizations") {
        let is_lower = name.to_lowercase() == name && !name.contains(' ');
        require((1..=NAME_CHARS).contains(&name.chars().count()), "name: Must be between 1 and 32 in length.")?;
        require(!is_strict || is_lower, "name: Command name is invalid")?;
    }
    Ok(())
}

fn check_descriptions(described: &Value) -> Result<(), Refusal> {
    let texts = in_every_language(described, "description", "description_localizations");
    let fits = |text: &str| (1..=DESCRIPTION_CHARS).contains(&text.chars().count());
    require(texts.into_iter().all(fits), "description: Must be between 1 and 100 in length.")
}

fn in_every_language<'a>(value: &'a Value, key: &str, localised: &str) -> Vec<&'a str> {
    let own = value[key].as_str().unwrap_or_default();
    let others = value[localised].as_object().into_iter().flatten().filter_map(|(_, text)| text.as_str());
    [own].into_iter().chain(others).collect()
}

impl Person {
    /// Chooses a command of a message's menu.
    ///
    /// # Panics
    /// Where the person does not see the message, or the bot has no such command.
    pub async fn chooses_on(&self, message: MessageId, command: &str) -> Press {
        let id = self.fake.shared.change(|state| {
            let found = state.find_message(message).cloned().unwrap_or_else(|| panic!("there is no message {message}"));
            assert!(state.sees(self.id(), found.channel), "{} does not see the message", state.user_name(self.id()));
            let mut data = state.command_data(command, Value::Null);
            assert_eq!(data["type"], MESSAGE_MENU, "{command} stands on no message's menu");
            data["target_id"] = json!(message.to_string());
            data["resolved"] = json!({ "messages": { message.to_string(): state.message_json(&found) } });
            state.interact(InteractionKind::Command, self.id(), found.channel, None, &data)
        });
        self.fake.flushed().await;
        Press::new(self.fake.clone(), id)
    }
}

impl State {
    /// Takes a whole list of commands in place of those there were; who keeps a name keeps the id.
    pub(super) fn set_commands(&mut self, guild: Option<GuildId>, wanted: &Value) -> Result<(), Refusal> {
        let wanted = wanted.as_array().map_or(&[][..], Vec::as_slice);
        wanted.iter().try_for_each(check)?;
        let before = self.commands.insert(guild, Vec::new()).unwrap_or_default();
        for command in wanted {
            self.add_command(guild, command)?;
        }
        for command in self.commands.entry(guild).or_default() {
            let same = before.iter().find(|other| other["name"] == command["name"] && other["type"] == command["type"]);
            if let Some(same) = same {
                command["id"] = same["id"].clone();
            }
        }
        Ok(())
    }
}
