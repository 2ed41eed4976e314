//! The operators' commands as Discord lists them. Ordinary employees do not see them; whether somebody may do what they ask for is
//! asked where it is done.

use serenity::all::{CommandOptionType, CreateCommand, CreateCommandOption, InteractionContext, Permissions};

use super::super::bot::Bot;
use crate::domain::lang::Lang;

/// What somebody must be allowed in the server to be shown the commands, until its administrators say otherwise.
const SHOWN_TO: Permissions = Permissions::MANAGE_MESSAGES;

/// The commands, by the name that Discord gives back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DeskCommand {
    Take,
    Release,
    Transfer,
    Priority,
    Resolve,
    Snooze,
    Merge,
    Note,
    Reply,
    Article,
}

/// The names of options, the same in every language.
pub(super) mod option {
    pub(in super::super) const TICKET: &str = "ticket";
    pub(in super::super) const GROUP: &str = "group";
    pub(in super::super) const REASON: &str = "reason";
    pub(in super::super) const TEXT: &str = "text";
    pub(in super::super) const HOURS: &str = "hours";
    pub(in super::super) const INTO: &str = "into";
    pub(in super::super) const REPLY: &str = "reply";
    pub(in super::super) const ARTICLE: &str = "article";
}

/// The longest snooze that a command takes, in hours.
const LONGEST_SNOOZE: u64 = 366 * 24;

impl DeskCommand {
    const ALL: [Self; 10] = [
        Self::Take,
        Self::Release,
        Self::Transfer,
        Self::Priority,
        Self::Resolve,
        Self::Snooze,
        Self::Merge,
        Self::Note,
        Self::Reply,
        Self::Article,
    ];

    /// The command that Discord calls this, where it is one of the operators'.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|command| command.name() == name)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Take => "take",
            Self::Release => "release",
            Self::Transfer => "transfer",
            Self::Priority => "priority",
            Self::Resolve => "resolve",
            Self::Snooze => "snooze",
            Self::Merge => "merge",
            Self::Note => "note",
            Self::Reply => "reply",
            Self::Article => "article",
        }
    }

    /// The keys of its name and of what it does.
    const fn keys(self) -> (&'static str, &'static str) {
        match self {
            Self::Take => ("discord_desk.command_take", "discord_desk.about_take"),
            Self::Release => ("discord_desk.command_release", "discord_desk.about_release"),
            Self::Transfer => ("discord_desk.command_transfer", "discord_desk.about_transfer"),
            Self::Priority => ("discord_desk.command_priority", "discord_desk.about_priority"),
            Self::Resolve => ("discord_desk.command_resolve", "discord_desk.about_resolve"),
            Self::Snooze => ("discord_desk.command_snooze", "discord_desk.about_snooze"),
            Self::Merge => ("discord_desk.command_merge", "discord_desk.about_merge"),
            Self::Note => ("discord_desk.command_note", "discord_desk.about_note"),
            Self::Reply => ("discord_desk.command_reply", "discord_desk.about_reply"),
            Self::Article => ("discord_desk.command_article", "discord_desk.about_article"),
        }
    }
}

/// An option, with the keys of its name and of what it is for.
#[derive(Clone, Copy)]
struct Field {
    kind: CommandOptionType,
    name: &'static str,
    keys: (&'static str, &'static str),
    required: bool,
    completed: bool,
}

const fn field(kind: CommandOptionType, name: &'static str, keys: (&'static str, &'static str)) -> Field {
    Field { kind, name, keys, required: true, completed: false }
}

const fn completed(field: Field) -> Field {
    Field { completed: true, ..field }
}

const fn optional(field: Field) -> Field {
    Field { required: false, ..field }
}

impl Bot {
    /// The operators' commands, to be made known to Discord.
    pub(in super::super) fn desk_commands(&self) -> Vec<CreateCommand> {
        DeskCommand::ALL.into_iter().map(|command| self.desk_command(command)).collect()
    }

    fn desk_command(&self, command: DeskCommand) -> CreateCommand {
        let (name, about) = command.keys();
        let described = CreateCommand::new(command.name())
            .description(self.wording.get(Lang::En, about))
            .default_member_permissions(SHOWN_TO)
            .contexts(vec![InteractionContext::Guild]);
        let named = self.locales().into_iter().fold(described, |command, (locale, lang)| {
            let named = command.name_localized(locale, self.wording.get(lang, name));
            named.description_localized(locale, self.wording.get(lang, about))
        });
        let options = options(command).into_iter().map(|field| self.desk_option(&field));
        named.set_options(options.collect())
    }

    fn desk_option(&self, field: &Field) -> CreateCommandOption {
        let (name, about) = field.keys;
        let option = CreateCommandOption::new(field.kind, field.name, self.wording.get(Lang::En, about)).required(field.required);
        let option = self.locales().into_iter().fold(option, |option, (locale, lang)| {
            let named = option.name_localized(locale, self.wording.get(lang, name));
            named.description_localized(locale, self.wording.get(lang, about))
        });
        match field.kind {
            CommandOptionType::Integer if field.name == option::HOURS => option.min_int_value(1).max_int_value(LONGEST_SNOOZE),
            CommandOptionType::Integer => option.min_int_value(1).set_autocomplete(field.completed),
            _ if field.completed => option.set_autocomplete(true),
            _ => option,
        }
    }
}

/// A command's options, those that must be given first, as Discord wants it.
fn options(command: DeskCommand) -> Vec<Field> {
    use CommandOptionType::{Integer, String};
    let text = || field(String, option::TEXT, ("discord_desk.option_text", "discord_desk.about_text"));
    let mut options = match command {
        DeskCommand::Take | DeskCommand::Release | DeskCommand::Priority => Vec::new(),
        DeskCommand::Transfer => vec![
            completed(field(String, option::GROUP, ("discord_desk.option_group", "discord_desk.about_group"))),
            field(String, option::REASON, ("discord_desk.option_reason", "discord_desk.about_reason")),
        ],
        DeskCommand::Resolve => vec![optional(text())],
        DeskCommand::Note => vec![field(String, option::TEXT, ("discord_desk.option_text", "discord_desk.about_note_text"))],
        DeskCommand::Snooze => vec![field(Integer, option::HOURS, ("discord_desk.option_hours", "discord_desk.about_hours"))],
        DeskCommand::Merge => {
            vec![completed(field(Integer, option::INTO, ("discord_desk.option_into", "discord_desk.about_into")))]
        }
        DeskCommand::Reply => {
            vec![completed(field(String, option::REPLY, ("discord_desk.option_reply", "discord_desk.about_reply_option")))]
        }
        DeskCommand::Article => {
            let named = field(String, option::ARTICLE, ("discord_desk.option_article", "discord_desk.about_article_option"));
            vec![optional(completed(named))]
        }
    };
    let ticket = field(Integer, option::TICKET, ("discord_desk.option_ticket", "discord_desk.about_ticket"));
    options.push(optional(completed(ticket)));
    options
}
