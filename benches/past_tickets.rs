//! How long it takes to find similar solved tickets among very many, and what the index of them costs.
//!
//! `cargo bench --bench past_tickets -- 1000000`; some minutes. The tickets are generated, always the same ones: words of the
//! sample articles in the three languages, as often as words of a language are (a few everywhere, most of them rarely),
//! and names of systems and rooms that only few tickets have.

#[expect(dead_code, reason = "shared with the bench of answering")]
mod measure;
mod tickets;

use std::path::Path;
use std::time::{Duration, Instant};

use firstline::domain::ids::GroupId;
use firstline::domain::message::Redacted;
use firstline::ports::{PastTickets, Resembled};
use firstline::search::TicketIndex;
use tempfile::TempDir;

use self::measure::{Times, head, row};
use self::tickets::{GROUPS, NOW, Tickets, group};

/// How many tickets there are where nothing is said.
const TICKETS: usize = 1_000_000;
/// How many are taken in at a time, and how many before they are kept, as the job does it.
const AT_A_TIME: usize = 1_000;
const BATCH: usize = 5_000;
/// How many questions are asked.
const ASKED: usize = 2_000;

fn main() {
    let said = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let count = said.unwrap_or(TICKETS);
    let folder = TempDir::new().expect("a folder");
    let index = TicketIndex::at(folder.path().join("past-tickets"));
    index.prepare().expect("an index");
    let mut tickets = Tickets::default();
    let before = memory();
    let (built, kept) = fill(&index, &mut tickets, count);
    println!("{} tickets taken in and kept in {:.1} s", index.size(), built.as_secs_f64());
    println!("on the disk: {:.0} MB; memory of the process: {:.0} MB ({before:.0} MB before)", size(folder.path()), memory());
    head();
    row(&format!("{BATCH} tickets kept"), kept);
    let questions: Vec<Redacted> = (0..ASKED).map(|_| tickets.question()).collect();
    let own: Vec<Vec<GroupId>> = (0..ASKED).map(|nth| vec![group(nth % GROUPS)]).collect();
    let some: Vec<GroupId> = (0..GROUPS / 3).map(group).collect();
    asking(&index, "among all groups' tickets", &questions, |_| None);
    asking(&index, &format!("among one of {GROUPS} groups' tickets"), &questions, |nth| own.get(nth).map(Vec::as_slice));
    asking(&index, &format!("among {} of {GROUPS} groups' tickets", some.len()), &questions, |_| Some(some.as_slice()));
    adding(&index, &mut tickets);
    println!("memory of the process in the end: {:.0} MB, the index's pages that were read included", memory());
}

/// Takes in so many, and tells how long that took and how long each batch took to be kept.
fn fill(index: &TicketIndex, tickets: &mut Tickets, count: usize) -> (Duration, Times) {
    let (mut times, mut took) = (Times::default(), Duration::ZERO);
    for from in (0..count).step_by(AT_A_TIME) {
        let some: Vec<_> = (from..count.min(from + AT_A_TIME)).map(|_| tickets.solved()).collect();
        let began = Instant::now();
        index.remember(some).expect("they are taken in");
        if (from + AT_A_TIME).is_multiple_of(BATCH) || from + AT_A_TIME >= count {
            times.of(|| index.keep(None)).expect("they are kept");
        }
        took += began.elapsed();
    }
    (took, times)
}

fn asking<'g>(index: &TicketIndex, what: &str, questions: &[Redacted], groups: impl Fn(usize) -> Option<&'g [GroupId]>) {
    let (mut times, mut found, mut likeness) = (Times::default(), 0_u32, 0.0);
    for (nth, question) in questions.iter().enumerate() {
        let to = Resembled { question, groups: groups(nth), except: None, now: NOW, limit: 8 };
        let similar = times.of(|| index.similar(&to));
        found += u32::from(!similar.is_empty());
        likeness += similar.first().map_or(0.0, |first| first.likeness.share());
    }
    row(&format!("similar tickets {what}"), times);
    println!(
        "  {found} of {} found any; the first ones' likeness is {:.2} on the whole",
        questions.len(),
        likeness / f64::from(found.max(1))
    );
}

/// A few tickets that are solved while the desk is open.
fn adding(index: &TicketIndex, tickets: &mut Tickets) {
    let mut times = Times::default();
    for _ in 0..50 {
        let few: Vec<_> = (0..3).map(|_| tickets.solved()).collect();
        times.of(|| index.remember(few).and_then(|()| index.keep(None))).expect("they are kept");
    }
    row("3 more tickets taken in and kept", times);
}

/// Megabytes in a folder.
fn size(folder: &Path) -> f64 {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten();
    let sizes = entries.map(|entry| {
        if entry.path().is_dir() { size(&entry.path()) } else { megabytes(entry.metadata().map_or(0, |file| file.len())) }
    });
    sizes.sum()
}

/// Megabytes that the process has in memory; not known where the system does not tell.
fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok())
        .map_or(f64::NAN, |kilobytes| megabytes(kilobytes * 1_024))
}

#[expect(clippy::cast_precision_loss, reason = "whole megabytes are shown")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1_000_000.0
}
