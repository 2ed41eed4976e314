//! What can be written on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::config::{self, Config, ConfigError};
use crate::domain::answer::Thresholds;
use crate::domain::lang::Lang;
use crate::domain::learned::LearnedState;
use crate::domain::permission::Role;

/// First-line support in chat: answers from a knowledge base, opens a ticket when it cannot, hands over to a person.
#[derive(Debug, Parser)]
#[command(name = "firstline", version, disable_help_subcommand = true, after_help = EXAMPLES)]
pub struct Cli {
    /// What applies to every command.
    #[command(flatten)]
    pub globals: Globals,
    /// What to do; `serve` where nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What applies to every command.
#[derive(Args, Clone, Debug, Default)]
pub struct Globals {
    /// The configuration file [default: firstline.toml in this folder, where it exists]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The knowledge base's folder [default: kb]
    #[arg(long, global = true, value_name = "DIR")]
    pub kb: Option<PathBuf>,
    /// The folder for the database and the index [default: data]
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  firstline                            start, with the sample articles in kb/
  firstline --kb /srv/articles         start with your own
  firstline ask \"glemt passordet\"      see what the chat would answer
  firstline kb check                   see what is wrong with the articles
  firstline doctor                     see what is wrong with the installation

Every setting is explained in firstline.example.toml. Exit codes: 0 all is well, 1 problems were found, 2 it cannot run.";

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Answer in every channel, and serve the pages and the API (the default)
    #[command(
        after_help = "Example:\n  FIRSTLINE_LISTEN=127.0.0.1:9000 firstline serve\n\nCtrl-C or SIGTERM stops it within five seconds."
    )]
    Serve,
    /// Check the installation and say what to do
    #[command(after_help = "Example:\n  firstline doctor && systemctl restart firstline")]
    Doctor,
    /// Make a link that signs an operator in once
    #[command(
        after_help = "Examples:\n  firstline sign-in-link --name \"Kari Nordmann\"\n  firstline sign-in-link --role editor --role operator --group hr"
    )]
    SignInLink(SignInLink),
    /// What needs no running Firstline.
    #[command(flatten)]
    Tool(Tool),
}

/// Who is invited to the desk.
#[derive(Args, Clone, Debug)]
pub struct SignInLink {
    /// The name that colleagues and employees see
    #[arg(long, default_value = "Operator")]
    pub name: String,
    /// What they may do, once for each: operator, editor, coordinator, administrator or auditor [default: administrator]
    #[arg(long = "role", value_name = "ROLE", value_parser = role)]
    pub roles: Vec<Role>,
    /// The group that they belong to, once for each [default: every group]
    #[arg(long = "group", value_name = "GROUP")]
    pub groups: Vec<String>,
}

/// What needs no running Firstline.
#[derive(Debug, Subcommand)]
pub enum Tool {
    /// Answer a question as the chat would; nothing is stored
    #[command(
        after_help = "Examples:\n  firstline ask \"jeg har glemt passordet\"\n  firstline ask --lang nn \"wifi\"\n  firstline ask --json --stdin < questions.txt\n\nWith --json each line is {\"question\", \"lang\", \"decision\", \"articles\"}; the decision is answer, offer, handoff or\nsmall_talk (a question about one's own tickets is small_talk too). What is removed for privacy is not printed back."
    )]
    Ask(Ask),
    /// Show why a question is answered as it is
    #[command(after_help = "Example:\n  firstline explain \"skriveren står bare og blinker\"")]
    Explain {
        /// The question
        #[arg(required = true)]
        question: Vec<String>,
        /// The language, where the text should not tell: nb, nn or en
        #[arg(long, value_parser = lang)]
        lang: Option<Lang>,
    },
    /// Take identity numbers, accounts, cards and passwords out of lines of text
    #[command(
        after_help = "Example:\n  echo \"fnr: 01010750160\" | firstline redact\n\nEach line becomes {\"text\", \"found\"}; the kinds are fnr, dnr, account, card and password."
    )]
    Redact {
        /// The file with the lines [default: standard input]
        file: Option<PathBuf>,
    },
    /// Look after the knowledge base
    #[command(subcommand, after_help = "Example:\n  firstline kb check")]
    Kb(Kb),
}

/// A question on the command line, or many on standard input.
#[derive(Args, Debug)]
pub struct Ask {
    /// The question
    #[arg(required_unless_present = "stdin", conflicts_with = "stdin")]
    pub question: Vec<String>,
    /// Read one question a line from standard input
    #[arg(long)]
    pub stdin: bool,
    /// Print one line of JSON for each question
    #[arg(long)]
    pub json: bool,
    /// The language, where the text should not tell: nb, nn or en
    #[arg(long, value_parser = lang)]
    pub lang: Option<Lang>,
}

/// Looking after the knowledge base.
#[derive(Debug, Subcommand)]
pub enum Kb {
    /// Report every problem of the articles with its file, line and remedy
    #[command(
        after_help = "Examples:\n  firstline kb check\n  firstline kb check ../articles --json\n\nExit code 1 where there is any problem. An article with an error is left out when Firstline runs."
    )]
    Check {
        /// The folder [default: the configured one]
        dir: Option<PathBuf>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Search the articles for words
    #[command(after_help = "Example:\n  firstline kb search nettverksdisk tilgang")]
    Search {
        /// The words
        #[arg(required = true)]
        words: Vec<String>,
        /// The language to show articles in: nb, nn or en
        #[arg(long, value_parser = lang)]
        lang: Option<Lang>,
    },
    /// List questions that articles were seen to answer
    #[command(
        after_help = "Examples:\n  firstline kb learned\n  firstline kb learned --state approved\n\nEach line has the id, the article, the language, what it was learned from, how many people it helped, whether it counts,\nand the question, with tabs between. Operators approve and decline at /desk/learned."
    )]
    Learned {
        /// Which: proposed, approved or declined
        #[arg(long, default_value = "proposed", value_parser = learned_state)]
        state: LearnedState,
    },
    /// Group the questions that no article answered by likeness, so that you see which article to write
    #[command(
        after_help = "Examples:\n  firstline kb gaps\n  firstline kb gaps --days 30 --limit 5 --json\n\nGrouped are questions that were handed to a person for want of an answer, whose answer did not help, or where the\nemployee wanted a person after what was shown; at most the newest 5 000, as redacted when they were asked. Each group\nhas the question most like the others, how many people asked, and what to do with the nearest article."
    )]
    Gaps(Gaps),
    /// Measure the answers to questions whose right articles are known
    #[command(
        after_help = "Example:\n  firstline kb eval questions.tsv\n\nThe file has a line for each question, with tabs between: lang, the names of right articles with commas between (or - for\nnone), tags with commas between, question. Each run is compared with the last one of the same file and articles, which is kept in the\ndata folder by fingerprints of the questions, without their text."
    )]
    Eval(Eval),
    /// Fit ranking and confidence to your articles and questions
    #[command(
        after_help = "Examples:\n  firstline kb tune questions.tsv\n  firstline kb tune old.tsv new.tsv --dry-run\n\nThe files are as for kb eval; a few hundred questions, some of them without an answer (-), are plenty. What comes of it is\ntried by cross-validation: each question with weights that were fitted without its article. Where that is no worse than\nthe shipped weights, the new ones are written into weights.toml in the data folder, and used from the next start on.\nExit code 1 where they are worse and were not written."
    )]
    Tune(Tune),
}

/// Grouping questions that no article answered.
#[derive(Args, Clone, Copy, Debug)]
pub struct Gaps {
    /// How far to look back, in days
    #[arg(long, default_value_t = 90)]
    pub days: u32,
    /// How many groups to print, largest first
    #[arg(long, default_value_t = 20)]
    pub limit: usize,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Measuring answers.
#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
pub struct Eval {
    /// The questions
    pub file: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Neither compare with the last run of these questions nor keep this one
    #[arg(long)]
    pub no_compare: bool,
    /// Name all questions that got better or worse, not only twenty
    #[arg(long)]
    pub all: bool,
    /// Ask with typing errors: one edit in every third long word (not compared with other runs)
    #[arg(long)]
    pub typing_errors: bool,
    /// Tell only which of them get a reaction where they are overheard, and which chatter does
    #[arg(long, conflicts_with_all = ["json", "typing_errors", "unanswerable"])]
    pub overheard: bool,
    /// Weigh right@80 as if this share of the questions had no answer, 0 to 0.9 [default: as in the file]
    #[arg(long, value_name = "SHARE", value_parser = share_of_others)]
    pub unanswerable: Option<f64>,
}

/// Fitting weights.
#[derive(Args, Debug)]
pub struct Tune {
    /// The questions
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Only show what would come of it
    #[arg(long, conflicts_with = "write")]
    pub dry_run: bool,
    /// Write the weights even where they are worse
    #[arg(long)]
    pub write: bool,
    /// The share of answerable questions to ask once more with their right articles hidden, 0 to 1
    /// [default: as many as make a quarter of all questions unanswerable]
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub hide: Option<f64>,
}

fn share(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|share| (0.0..=1.0).contains(share)).ok_or_else(|| "write a number from 0 to 1".to_owned())
}

fn share_of_others(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|share| (0.0..=0.9).contains(share)).ok_or_else(|| "write a number from 0 to 0.9".to_owned())
}

fn lang(code: &str) -> Result<Lang, String> {
    Lang::from_code(code).ok_or_else(|| "write nb, nn or en".to_owned())
}

fn role(name: &str) -> Result<Role, String> {
    Role::from_name(name).ok_or_else(|| "write operator, editor, coordinator, administrator or auditor".to_owned())
}

fn learned_state(name: &str) -> Result<LearnedState, String> {
    LearnedState::from_name(name).ok_or_else(|| "write proposed, approved or declined".to_owned())
}

/// Reads the command line. Prints help or what is wrong with it, and ends the process then.
#[must_use]
pub fn parse() -> Cli {
    Cli::parse()
}

impl Globals {
    /// The configuration as the command line, the environment and the file give it, in this order.
    ///
    /// # Errors
    /// What [`Config::load`] refuses.
    pub fn load(&self, shipped: Thresholds) -> Result<Config, ConfigError> {
        let written = |name: &str, path: &Option<PathBuf>| Some((name.to_owned(), path.as_ref()?.display().to_string()));
        let over = [written("FIRSTLINE_KB", &self.kb), written("FIRSTLINE_DATA", &self.data)];
        let env = config::environment().chain(over.into_iter().flatten());
        Config::load(self.config.as_deref(), env, shipped)
    }
}
