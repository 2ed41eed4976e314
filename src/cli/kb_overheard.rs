//! `firstline kb eval --overheard`: to which messages the bot would react that it only overhears.

use std::io::Write;

use super::conversation::Desk;
use super::ended::{CliError, Ended};
use super::eval::Question;
use crate::domain::hearing::{Hearing, Manner, is_heeded};
use crate::domain::lang::Lang;
use crate::domain::message::LangHint;

/// The tag of what colleagues say to each other.
const CHATTER: &str = "chatter";

/// How many misjudged messages are named, unless all are to be.
const NAMED: usize = 20;

/// Prints how many questions get a reaction, and how much of the chatter does; then the misjudged ones.
pub(super) fn run(
    desk: &Desk<'_>,
    questions: &[Question],
    usual: Lang,
    all: bool,
    out: &mut dyn Write,
) -> Result<Ended, CliError> {
    let is_chatter = |question: &&Question| question.tags.iter().any(|tag| tag == CHATTER);
    let (chatter, asked): (Vec<_>, Vec<_>) = questions.iter().partition(is_chatter);
    let reacts = |question: &&&Question| reacts(desk, &question.text, usual);
    let (unheard, false_alarms): (Vec<_>, Vec<_>) =
        (asked.iter().filter(|question| !reacts(question)).collect(), chatter.iter().filter(reacts).collect());
    let share = |of: usize, whole: usize| if whole == 0 { String::from("–") } else { format!("{:.1} %", percent(of, whole)) };
    let heard = asked.len() - unheard.len();
    writeln!(out, "questions and problems: {heard} of {} get a reaction ({})", asked.len(), share(heard, asked.len()))?;
    let loud = false_alarms.len();
    writeln!(out, "chatter:                {loud} of {} gets a reaction ({})", chatter.len(), share(loud, chatter.len()))?;
    for (title, misjudged) in [("not heard", unheard), ("chatter with a reaction", false_alarms)] {
        let named = if all { misjudged.len() } else { NAMED };
        for question in misjudged.iter().take(named) {
            writeln!(out, "  {title}: {}", question.text)?;
        }
    }
    Ok(Ended::Fine)
}

fn reacts(desk: &Desk<'_>, text: &str, usual: Lang) -> bool {
    let (text, _) = (desk.filter)(text);
    let understood = desk.index.understand(&text, LangHint::Likely(usual));
    let manner =
        Manner { intent: understood.intent, seeks_help: desk.index.seeks_help(&text, &understood), written_at: desk.now };
    is_heeded(Hearing::Overheard, None, manner)
}

#[expect(clippy::cast_precision_loss, reason = "counts of questions are small")]
fn percent(of: usize, whole: usize) -> f64 {
    of as f64 * 100.0 / whole as f64
}
