//! The commands, as Discord is told of them: all at once, so that what is not in the list is gone, and the same list again
//! changes nothing. A name in the list is what an interaction brings, whatever language its person reads it in.

use std::time::Duration;

use serenity::all::{Command, CommandOptionType, CommandType, CreateCommand, CreateCommandOption};
use tracing::{info, warn};

use super::super::bot::Bot;
use super::super::rest::within;
use super::ask::QUESTION;
use super::own_tickets::{ADD, CLOSE, LIST, NUMBER, REOPEN, STATUS, TEXT};
use crate::domain::lang::Lang;

/// The command that asks, in each of its spellings.
pub(super) const ASK: [&str; 3] = ["spør", "spor", "ask"];

/// The command on somebody's message.
pub(super) const ASK_WITH_MESSAGE: &str = "Ask Firstline";

/// The command for one's own tickets.
pub(super) const OWN_TICKETS: &str = "sak";

/// The longest text in a command's option, in characters.
const LONGEST_TEXT: u16 = 4_000;

/// The pauses between tries to make the commands known.
const PAUSES_S: [u64; 5] = [1, 2, 4, 8, 16];

impl Bot {
    /// Makes the commands known to Discord.
    pub(in super::super) async fn register_commands(&self) {
        let commands = self.commands();
        for pause in PAUSES_S {
            match within(Command::set_global_commands(&self.http, commands.clone())).await {
                Ok(known) => return info!(commands = known.len(), "Discord knows the commands"),
                Err(error) => warn!(%error, "the commands could not be made known to Discord yet"),
            }
            tokio::select! {
                () = self.stopping.cancelled() => return,
                () = tokio::time::sleep(Duration::from_secs(pause)) => {}
            }
        }
        warn!("the commands are not known to Discord; they are told again when the connection is made again");
    }

    /// What Discord calls the languages that people have chosen there; it has one Norwegian.
    pub(in super::super) fn locales(&self) -> [(&'static str, Lang); 3] {
        let norwegian = if self.config.lang == Lang::Nn { Lang::Nn } else { Lang::Nb };
        [("no", norwegian), ("en-GB", Lang::En), ("en-US", Lang::En)]
    }

    fn commands(&self) -> Vec<CreateCommand> {
        let mut commands: Vec<CreateCommand> = ASK.iter().map(|name| self.ask_command(name)).collect();
        commands.push(self.ask_with_message());
        commands.push(self.own_tickets_command());
        commands.extend(self.desk_commands());
        commands
    }

    fn ask_command(&self, name: &str) -> CreateCommand {
        let question =
            self.option(CommandOptionType::String, QUESTION, "discord_ask.name_question", "discord_ask.option_question");
        let question = question.required(true).set_autocomplete(true).max_length(LONGEST_TEXT);
        let described = CreateCommand::new(name).description(self.wording.get(self.config.lang, "discord_ask.command_ask"));
        let localised = |command: CreateCommand, (locale, lang): (&str, Lang)| {
            command.description_localized(locale, self.wording.get(lang, "discord_ask.command_ask"))
        };
        self.locales().into_iter().fold(described, localised).add_option(question)
    }

    fn ask_with_message(&self) -> CreateCommand {
        let named = CreateCommand::new(ASK_WITH_MESSAGE).kind(CommandType::Message);
        self.locales()
            .into_iter()
            .fold(named, |command, (locale, lang)| command.name_localized(locale, self.wording.get(lang, "discord_ask.menu_ask")))
    }

    fn own_tickets_command(&self) -> CreateCommand {
        let command =
            CreateCommand::new(OWN_TICKETS).description(self.wording.get(self.config.lang, "discord.command_own_tickets"));
        let command = self.locales().into_iter().fold(command, |command, (locale, lang)| {
            let described = command.description_localized(locale, self.wording.get(lang, "discord.command_own_tickets"));
            described.name_localized(locale, self.wording.get(lang, "discord_ask.name_own_tickets"))
        });
        let number = || {
            let kind = CommandOptionType::Integer;
            let number = self.option(kind, NUMBER, "discord_ask.name_number", "discord_ask.option_number");
            number.required(true).set_autocomplete(true).min_int_value(1)
        };
        let text = self.option(CommandOptionType::String, TEXT, "discord_ask.name_text", "discord_ask.option_text");
        let verb = |name, key, described| self.option(CommandOptionType::SubCommand, name, key, described);
        command
            .add_option(verb(LIST, "discord_ask.name_list", "discord_ask.verb_list"))
            .add_option(verb(STATUS, "discord_ask.name_status", "discord_ask.verb_status").add_sub_option(number()))
            .add_option(
                verb(ADD, "discord_ask.name_add", "discord_ask.verb_add")
                    .add_sub_option(number())
                    .add_sub_option(text.required(true).max_length(LONGEST_TEXT)),
            )
            .add_option(verb(REOPEN, "discord_ask.name_reopen", "discord_ask.verb_reopen").add_sub_option(number()))
            .add_option(verb(CLOSE, "discord_ask.name_close", "discord_ask.verb_close").add_sub_option(number()))
    }

    /// An option or a subcommand, named and described in every language.
    fn option(&self, kind: CommandOptionType, name: &str, key: &'static str, described: &'static str) -> CreateCommandOption {
        let option = CreateCommandOption::new(kind, name, self.wording.get(self.config.lang, described));
        self.locales().into_iter().fold(option, |option, (locale, lang)| {
            let named = option.name_localized(locale, self.wording.get(lang, key));
            named.description_localized(locale, self.wording.get(lang, described))
        })
    }
}
