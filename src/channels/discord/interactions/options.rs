//! What stands in a command's options and in a form's fields.

use serenity::all::{ActionRowComponent, CommandDataOption, CommandDataOptionValue, ModalInteraction};

use crate::domain::ids::TicketNumber;

/// The most choices that Discord shows, and the longest of them, in characters.
pub(super) const MOST_CHOICES: usize = 25;
pub(super) const LONGEST_CHOICE: usize = 100;

/// The text of an option.
pub(super) fn text<'o>(options: &'o [CommandDataOption], name: &str) -> Option<&'o str> {
    options.iter().find(|option| option.name == name)?.value.as_str()
}

/// The ticket number of an option.
pub(super) fn ticket(options: &[CommandDataOption], name: &str) -> Option<TicketNumber> {
    options.iter().find(|option| option.name == name)?.value.as_i64().map(TicketNumber::new)
}

/// The subcommand that was given, with its own options.
pub(super) fn subcommand(options: &[CommandDataOption]) -> Option<(&str, &[CommandDataOption])> {
    options.iter().find_map(|option| match &option.value {
        CommandDataOptionValue::SubCommand(own) => Some((option.name.as_str(), own.as_slice())),
        _ => None,
    })
}

/// What was written in a form's field.
pub(super) fn written_in<'f>(form: &'f ModalInteraction, field: &str) -> Option<&'f str> {
    let fields = form.data.components.iter().flat_map(|row| &row.components);
    fields.into_iter().find_map(|component| match component {
        ActionRowComponent::InputText(input) if input.custom_id == field => input.value.as_deref(),
        _ => None,
    })
}
