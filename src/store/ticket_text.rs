//! What tickets are searched by: the words of each, folded so that large and small letters are the same on every engine.

use sqlx::{AnyConnection, query};

use super::failure::Failure;
use super::{from_rows, sql, to_rows};
use crate::domain::decision::Decision;
use crate::domain::event::Happened;
use crate::domain::ids::{ConversationId, MessageId, TicketId};
use crate::domain::message::Author;
use crate::ports::MOST_WORDS;

/// The most characters of one word of a search that count.
const LONGEST_WORD: usize = 40;

/// A text's words without capitals and punctuation, each with a space before it.
fn folded(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.flat_map(|word| [" ", word]).collect()
}

/// The words that a search asks for, folded. No sign in them means anything to `LIKE`.
pub(super) fn searched(text: &str) -> Vec<String> {
    let words = folded(text);
    let words = words.split(' ').filter(|word| !word.is_empty());
    words.take(MOST_WORDS).map(|word| word.chars().take(LONGEST_WORD).collect()).collect()
}

/// Adds what a decision says about its ticket to what the ticket is searched by; the decision's lines and tickets are kept already.
pub(super) async fn add(connection: &mut AnyConnection, decision: &Decision) -> Result<(), Failure> {
    let opened = decision.events.iter().find_map(|event| match &event.what {
        Happened::HandedOff { ticket, question, .. } => Some((*ticket, *question)),
        _ => None,
    });
    let question = opened.map(|(_, question)| question);
    if let Some((ticket, _)) = opened {
        let heading = heading(connection, ticket).await?;
        add_text(connection, ticket, &heading).await?;
    }
    match &decision.conversation.ticket {
        Some(ticket) if is_about_it(decision) => add_text(connection, ticket.id, &said(decision, question)).await,
        _ => Ok(()),
    }
}

/// Reads anew what the tickets of a conversation are searched by, from the lines as they are now.
pub(super) async fn rebuild(connection: &mut AnyConnection, conversation: ConversationId) -> Result<(), Failure> {
    let rows = query(sql::TICKETS_IN).bind(conversation.get()).fetch_all(&mut *connection).await?;
    let tickets = rows.iter().map(|row| Ok((from_rows::number(row, "id")?, from_rows::number(row, "question")?)));
    let tickets: Vec<(i64, i64)> = tickets.collect::<Result<_, sqlx::Error>>()?;
    for (nth, (ticket, question)) in tickets.iter().enumerate() {
        let until = tickets.get(nth + 1).map_or(i64::MAX, |(_, question)| *question);
        let mut folded_text = heading(connection, TicketId::new(*ticket)).await?;
        let said = query(sql::TEXTS_BETWEEN).bind(conversation.get()).bind(*question).bind(until);
        for row in said.fetch_all(&mut *connection).await? {
            folded_text.push_str(&folded(&from_rows::text(&row, "text")?));
        }
        query(sql::FORGET_TEXT).bind(*ticket).execute(&mut *connection).await?;
        add_text(connection, TicketId::new(*ticket), &folded_text).await?;
    }
    Ok(())
}

/// What is said to the bot after a ticket is resolved is another matter; what operators do is always about the ticket.
fn is_about_it(decision: &Decision) -> bool {
    let by_operator = decision.events.iter().any(|event| matches!(event.by, Author::Operator { .. }));
    by_operator || decision.conversation.open_ticket().is_some()
}

fn said(decision: &Decision, except: Option<MessageId>) -> String {
    let lines = decision.lines.iter().filter(|line| Some(line.id) != except);
    lines.filter_map(|line| to_rows::text(&line.content)).map(folded).collect()
}

/// The number, whose it is, and what was asked.
async fn heading(connection: &mut AnyConnection, ticket: TicketId) -> Result<String, Failure> {
    let row = query(sql::TICKET_HEADING).bind(ticket.get()).fetch_one(connection).await?;
    let number = from_rows::number(&row, "number")?;
    let texts = ["employee_name", "organisation", "text"].map(|column| from_rows::maybe_text(&row, column));
    let mut heading = format!(" {number}");
    for text in texts {
        heading.push_str(&folded(text?.as_deref().unwrap_or_default()));
    }
    Ok(heading)
}

async fn add_text(connection: &mut AnyConnection, ticket: TicketId, folded: &str) -> Result<(), Failure> {
    if !folded.is_empty() {
        query(sql::ADD_TEXT).bind(ticket.get()).bind(folded).execute(connection).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_and_small_letters_are_the_same_and_no_sign_is_left() {
        assert_eq!(folded("ÆØÅ: Får_ikke 100%\nutskrift!"), " æøå får ikke 100 utskrift");
        assert_eq!(searched("  %_ SKJÆRM  "), ["skjærm"]);
        assert_eq!(searched("a b c d e f g h").len(), MOST_WORDS);
    }
}
