use clap::Parser;

use super::args::{Cli, Command, Kb, Tool};
use super::conversation::{Desk, hint};
use super::doctor::{self, Finding};
use super::eval::{self, Judged};
use super::*;
use crate::config::Config;
use crate::domain::answer::{ArticleRef, Candidate, Intent, PerMille, Thresholds, Understanding};
use crate::domain::article::Article;
use crate::domain::glossary::Glossary;
use crate::domain::ids::{LearnedId, Slug};
use crate::domain::lang::Lang;
use crate::domain::learned::{LearnedQuestion, LearnedState, LearningPolicy, Origin};
use crate::domain::message::{LangHint, Redacted, Secret, SmallTalk};
use crate::domain::time::Timestamp;
use crate::library::{Loaded, Problem, Severity};
use crate::ports::Index;
use crate::wording::{Facts, Wording};

const THRESHOLDS: Thresholds = Thresholds { answer: PerMille::new(600), offer: PerMille::new(200) };
const NOW: Timestamp = Timestamp::from_micros(1_795_000_000_000_000);

/// Understands four things, as an index would.
struct Reader;

fn candidate(slug: &str, confidence: u16) -> Candidate {
    Candidate {
        article: ArticleRef { slug: Slug::new(slug), lang: Lang::Nb },
        title: format!("Om {slug}"),
        confidence: PerMille::new(confidence),
        passage: "1. Trykk på knappen.".to_owned(),
        group: None,
        request: None,
    }
}

impl Index for Reader {
    fn understand(&self, text: &Redacted, hint: LangHint) -> Understanding {
        let both = |confidence| vec![candidate("passord", confidence), candidate("skriver", 250)];
        let (intent, candidates) = match text.as_str() {
            "takk" => (Intent::SmallTalk(SmallTalk::Thanks), vec![]),
            "menneske" => (Intent::Person, vec![candidate("passord", 100)]),
            "saken min" => (Intent::OwnTickets, vec![]),
            sure if sure.contains("passord") => (Intent::Question, both(900)),
            "kanskje" => (Intent::Question, both(300)),
            _ => (Intent::Question, vec![]),
        };
        Understanding { lang: hint.chosen(), intent, candidates }
    }

    fn passage(&self, _: &Slug, _: Lang, _: &str) -> Option<Candidate> {
        None
    }

    fn article(&self, _: &ArticleRef) -> Option<std::sync::Arc<Article>> {
        None
    }

    fn languages(&self, _: &Slug) -> Vec<Lang> {
        vec![Lang::Nb]
    }

    fn size(&self) -> usize {
        2
    }
}

/// Takes the word `hemmelig` out.
fn filter(text: &str) -> (Redacted, Vec<Secret>) {
    let found = text.matches("hemmelig").map(|_| Secret::Password).collect();
    (Redacted::vouched(text.replace("hemmelig", "[passord]")), found)
}

fn config() -> Config {
    Config::load(None, std::iter::empty(), THRESHOLDS).unwrap()
}

/// What `ask` prints for these lines.
fn ask(lines: &str, json: bool) -> String {
    let config = config();
    let desk = Desk { index: &Reader, policy: &config.policy, filter: &filter, now: NOW };
    let wording = Wording::embedded().unwrap();
    let facts = Facts {
        public_url: "http://desk.example".to_owned(),
        urgent_phone: None,
        groups: config.policy.groups.clone(),
        timezone: config.desk.timezone.clone(),
    };
    let form = if json { super::ask::Form::Json } else { super::ask::Form::Words(&wording, &facts) };
    let mut out = Vec::new();
    super::ask::lines(&desk, lines.as_bytes(), hint(None, Lang::Nb), &form, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_question_is_answered_in_the_terminal_as_in_the_chat() {
    let said = ask("nytt passord?", false);
    assert!(said.starts_with("**Om passord**\n\n1. Trykk på knappen."), "{said}");
    assert!(said.contains("http://desk.example/kb/nb/passord"), "{said}");
    let wording = Wording::embedded().unwrap();
    for action in ["bot.action_helped", "bot.action_not_helped", "bot.action_human"] {
        assert!(said.contains(&format!("  [{}]\n", wording.get(Lang::Nb, action))), "{said}");
    }
    assert!(ask("noe helt annet", false).contains("no ticket was opened"));
}

#[test]
fn a_line_that_is_no_text_does_not_end_the_others() {
    let config = config();
    let desk = Desk { index: &Reader, policy: &config.policy, filter: &filter, now: NOW };
    let mut out = Vec::new();
    let lines = &b"p\xe5 jobb\r\nnytt passord?"[..];
    super::ask::lines(&desk, lines, hint(None, Lang::Nb), &super::ask::Form::Json, &mut out).unwrap();
    let printed = String::from_utf8(out).unwrap();
    assert_eq!(printed.lines().count(), 2, "{printed}");
    assert!(printed.contains("\"question\":\"p\u{fffd} jobb\""), "{printed}");
}

#[test]
fn every_question_becomes_one_line_of_json() {
    let cases = [
        (
            "nytt passord?",
            r#"{"question":"nytt passord?","lang":"nb","decision":"answer","articles":[{"slug":"passord","lang":"nb","confidence":0.9},{"slug":"skriver","lang":"nb","confidence":0.25}]}"#,
        ),
        (
            "kanskje",
            r#"{"question":"kanskje","lang":"nb","decision":"offer","articles":[{"slug":"passord","lang":"nb","confidence":0.3},{"slug":"skriver","lang":"nb","confidence":0.25}]}"#,
        ),
        ("uvær", r#"{"question":"uvær","lang":"nb","decision":"handoff","articles":[]}"#),
        (
            "menneske",
            r#"{"question":"menneske","lang":"nb","decision":"handoff","articles":[{"slug":"passord","lang":"nb","confidence":0.1}]}"#,
        ),
        ("takk", r#"{"question":"takk","lang":"nb","decision":"small_talk","articles":[]}"#),
        ("saken min", r#"{"question":"saken min","lang":"nb","decision":"small_talk","articles":[]}"#),
        ("det er hemmelig", r#"{"question":"det er [passord]","lang":"nb","decision":"answer","#),
    ];
    let asked = cases.map(|(question, _)| question).join("\n");
    let printed = ask(&asked, true);
    assert_eq!(printed.lines().count(), cases.len());
    for (line, (_, expected)) in printed.lines().zip(cases) {
        assert!(line.starts_with(expected), "{line}\n{expected}");
    }
}

#[test]
fn lines_are_redacted_one_by_one_whatever_their_bytes() {
    let mut out = Vec::new();
    super::redact::lines(&filter, &b"hemmelig x hemmelig\r\n\np\xe5 jobb"[..], &mut out).unwrap();
    let expected = "{\"text\":\"[passord] x [passord]\",\"found\":[\"password\",\"password\"]}\n\
                    {\"text\":\"\",\"found\":[]}\n{\"text\":\"p\u{fffd} jobb\",\"found\":[]}\n";
    assert_eq!(String::from_utf8(out).unwrap(), expected);
}

#[test]
fn the_command_line_is_read_as_people_write_it() {
    let parsed = |line: &str| Cli::try_parse_from(line.split(' '));
    assert!(parsed("firstline").unwrap().command.is_none());
    assert!(matches!(parsed("firstline serve").unwrap().command, Some(Command::Serve)));
    let check = parsed("firstline kb check somewhere --json").unwrap().command;
    assert!(matches!(check, Some(Command::Tool(Tool::Kb(Kb::Check { dir: Some(_), json: true })))));
    let asked = parsed("firstline ask glemt passord --lang nn --kb elsewhere").unwrap();
    assert_eq!(asked.globals.kb.as_deref(), Some(std::path::Path::new("elsewhere")));
    let Some(Command::Tool(Tool::Ask(args))) = asked.command else { panic!("not ask") };
    assert_eq!((args.question.join(" ").as_str(), args.lang), ("glemt passord", Some(Lang::Nn)));
    for wrong in ["firstline ask", "firstline ask a --lang no", "firstline ask a --stdin", "firstline kb eval"] {
        assert!(parsed(wrong).is_err(), "{wrong}");
    }
    let suggested = parsed("firstline srve").unwrap_err().to_string();
    assert!(suggested.contains("serve"), "{suggested}");
}

#[test]
fn every_command_shows_an_example_in_its_help() {
    fn visit(command: &clap::Command) {
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        assert!(help.contains("firstline "), "{} has no example", command.get_name());
        command.get_subcommands().for_each(visit);
    }
    let command = <Cli as clap::CommandFactory>::command();
    command.clone().debug_assert();
    visit(&command);
}

#[test]
fn a_check_prints_every_problem_and_counts_them() {
    let problem = Problem {
        file: "kb/nb/a.md".into(),
        line: Some(3),
        severity: Severity::Warning,
        what: "there is no heading".to_owned(),
        remedy: "write one".to_owned(),
        flaw: None,
    };
    let printed = |problems: Vec<Problem>, json| {
        let mut out = Vec::new();
        let ended = kb_check::print(
            &Loaded { articles: vec![], glossary: Glossary::default(), replies: vec![], links: vec![], problems },
            json,
            &mut out,
        )
        .unwrap();
        (String::from_utf8(out).unwrap(), ended)
    };
    let text = "kb/nb/a.md:3: warning: there is no heading; write one\n0 articles, 0 concepts, 0 standard replies and 0 links can be used; 0 errors, 1 warning\n";
    assert_eq!(printed(vec![problem.clone()], false), (text.to_owned(), Ended::Problems));
    assert_eq!(
        printed(vec![], false),
        ("0 articles, 0 concepts, 0 standard replies, 0 links, no problems\n".to_owned(), Ended::Fine)
    );
    let json: serde_json::Value = serde_json::from_str(&printed(vec![problem], true).0).unwrap();
    assert_eq!((json["warnings"].as_u64(), json["problems"][0]["line"].as_u64()), (Some(1), Some(3)));
}

#[test]
fn learned_questions_are_listed_with_how_they_stand() {
    let learned = |people| LearnedQuestion {
        id: LearnedId::new(7),
        article: Slug::new("vpn-feil"),
        text: Redacted::vouched("vpn virker ikke"),
        lang: Lang::Nb,
        origin: Origin::Helped,
        state: LearnedState::Proposed,
        people,
        first_at: NOW,
        last_at: NOW,
        settled: None,
    };
    let policy = LearningPolicy { enabled: true, confirmations: 3 };
    let printed = |questions: &[LearnedQuestion]| {
        let mut out = Vec::new();
        super::kb_learned::print(questions, policy, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let line = |people, counts| format!("7\tvpn-feil\tnb\thelped\t{people}\t{counts}\tvpn virker ikke\n");
    assert_eq!(printed(&[learned(2), learned(3)]), line(2, "waits") + &line(3, "counts"));
    assert_eq!(printed(&[]), "No learned questions in this state.\n");
}

#[test]
fn a_reader_that_stops_reading_is_no_failure() {
    let broken = std::io::Error::from(std::io::ErrorKind::BrokenPipe);
    assert_eq!(ended::unless_reader_left(Err(CliError::Stream(broken))).unwrap(), Ended::Fine);
    let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
    assert!(ended::unless_reader_left(Err(CliError::Stream(full))).is_err());
}

#[test]
fn the_doctor_says_what_to_do() {
    let findings =
        [Finding::ok("database", "it opens"), Finding::fail("address", "127.0.0.1:80 cannot be used", "choose another")];
    let mut out = Vec::new();
    assert_eq!(doctor::print(&findings, &mut out).unwrap(), Ended::Problems);
    let expected = "ok    database        it opens\nFAIL  address         127.0.0.1:80 cannot be used\n                      → choose another\n";
    assert_eq!(String::from_utf8(out).unwrap(), expected);
    assert_eq!(doctor::print(&findings[..1], &mut Vec::new()).unwrap(), Ended::Fine);
}

pub(super) const QUESTIONS: &str =
    "lang\tslugs\ttags\tquestion\nnb\ta,b\tplain\ten\nnb\ta\tplain,typo\tto\nnn\tc\ttypo\ttre\nen\t-\tchatter\tfour\n";

#[test]
fn a_line_that_is_no_question_is_named() {
    let cases = [
        ("nb\ta\tplain", "q.tsv:1: a line has lang, articles, tags and question with tabs between; this one has 3 fields"),
        ("\nno\ta\tplain\tx", "q.tsv:2: the language must be nb, nn or en, not \"no\""),
        ("nb\t\tplain\tx", "q.tsv:1: the second field names the right articles, or is - where none is right"),
        ("nb\ta\tplain\t ", "q.tsv:1: the question is empty"),
        ("lang\tslugs\ttags\tquestion\n", "q.tsv:1: there is no question in the file"),
    ];
    for (text, said) in cases {
        assert_eq!(eval::parse("q.tsv", text).unwrap_err().to_string(), said);
    }
}

/// Three answerable questions, right at the first, second and no place, and one that should be handed off.
pub(super) fn judged() -> Vec<Judged> {
    let questions = eval::parse("q.tsv", QUESTIONS).unwrap();
    let found: [(&[&str], f64, Did); 4] =
        [(&["b"], 0.9, Did::Answer), (&["x", "a"], 0.8, Did::Answer), (&["x"], 0.1, Did::HandOff), (&["x"], 0.8, Did::Answer)];
    questions.iter().zip(found).map(|(question, (found, confidence, did))| Judged::of(question, found, confidence, did)).collect()
}

/// Whether a figure is this, as far as anybody reads it.
#[track_caller]
fn is(figure: Option<f64>, expected: f64) {
    assert!(figure.is_some_and(|figure| (figure - expected).abs() < 1e-9), "{figure:?} is not {expected}");
}

#[test]
fn figures_are_what_their_names_say() {
    let all = eval::measure(&judged()).all;
    assert_eq!((all.questions, all.answerable), (4, 3));
    is(all.success_at_1, 1.0 / 3.0);
    is(all.success_at_3, 2.0 / 3.0);
    is(all.mrr_at_10, 0.5);
    is(all.answered, 0.75);
    is(all.wrong_of_answered, 2.0 / 3.0);
    // Four fifths of three questions are all three: the threshold is 0.1, four answers are given, one is right.
    is(all.right_at_80, 0.25);
    // 0.9 beats 0.8, 0.8 ties with it, 0.1 loses: one and a half of three.
    is(all.auroc, 0.5);
}

#[test]
fn figures_are_told_by_language_and_tag_and_left_out_where_there_is_nothing_to_divide_by() {
    let measured = eval::measure(&judged());
    let names = |sets: &[(String, eval::Figures)]| sets.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&measured.by_lang), ["nb", "nn", "en"]);
    assert_eq!(names(&measured.by_tag), ["chatter", "plain", "typo"]);
    let chatter = &measured.by_tag[0].1;
    assert_eq!((chatter.success_at_1, chatter.right_at_80, chatter.auroc), (None, None, None));
    is(chatter.wrong_of_answered, 1.0);
    let mut table = Vec::new();
    kb_eval::print(&measured, None, false, false, &mut table).unwrap();
    let table = String::from_utf8(table).unwrap();
    let row = table.lines().find(|line| line.starts_with("all")).unwrap();
    let cells: Vec<&str> = row.split_whitespace().collect();
    assert_eq!(cells, ["all", "3/4", "0.333", "0.667", "0.667", "0.500", "0.750", "0.667", "0.250", "0.500"]);
    let mut json = Vec::new();
    kb_eval::print(&measured, None, true, false, &mut json).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    is(json["by_tag"]["plain"]["success_at_1"].as_f64(), 0.5);
    assert!(json["by_lang"]["en"]["auroc"].is_null());
    assert_eq!(json["misled"]["chatter"]["answered"], 1);
    assert!(table.contains("chatter                           1  1 (100 %)"), "{table}");
}

#[test]
fn questions_are_asked_as_the_chat_would_be() {
    let config = config();
    let desk = Desk { index: &Reader, policy: &config.policy, filter: &filter, now: NOW };
    let questions =
        eval::parse("q.tsv", "nb\tpassord\tplain\tnytt passord\nnb\tpassord\tplain\tkanskje\nnb\t-\tchatter\ttakk\n").unwrap();
    let all = eval::measure(&kb_eval::judge(&desk, &questions, Lang::Nb)).all;
    is(all.success_at_1, 1.0);
    is(all.answered, 1.0 / 3.0);
    is(all.wrong_of_answered, 0.0);
    is(all.right_at_80, 1.0);
    is(all.auroc, 1.0);
}

#[test]
fn what_goes_its_own_way_is_answered_at_no_threshold() {
    let config = config();
    let desk = Desk { index: &Reader, policy: &config.policy, filter: &filter, now: NOW };
    let questions = eval::parse("q.tsv", "nb\tpassord\tplain\tnytt passord\nnb\t-\thuman\tmenneske\n").unwrap();
    let all = eval::measure(&kb_eval::judge(&desk, &questions, Lang::Nb));
    is(all.all.auroc, 1.0);
    assert_eq!(all.misled, [eval::Misled { tag: "human", questions: 1, answered: 0 }]);
    let judged = kb_eval::judge(&desk, &questions, Lang::Nb);
    assert_eq!(judged[1], Judged::of(&questions[1], &["passord"], 0.0, Did::HandOff), "whatever was found for it");
}

#[test]
fn a_grade_says_how_well_a_question_was_dealt_with() {
    use eval::Grade::{Misled, NotHelped, Offered, Right};
    let cases = [
        ((true, Some(1), Did::Answer), Right),
        ((true, Some(2), Did::Answer), Misled),
        ((true, Some(3), Did::Offer), Offered),
        ((true, Some(4), Did::Offer), NotHelped),
        ((true, Some(1), Did::HandOff), NotHelped),
        ((false, None, Did::Answer), Misled),
        ((false, None, Did::Offer), NotHelped),
        ((false, None, Did::SmallTalk), Right),
    ];
    for ((answerable, rank, did), expected) in cases {
        assert_eq!(eval::Grade::of(answerable, rank, did), expected, "{answerable} {rank:?} {did:?}");
    }
}
