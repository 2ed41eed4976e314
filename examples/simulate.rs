//! Tells random stories of the whole product, as many as one likes: `cargo run --example simulate -- --seeds 1..10000`.

use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use anyhow::{Context, bail};
use clap::Parser;
use firstline::testing::simulation::{Figures, Sabotage, Teller};

/// How many stories there are between two words of how far it has come.
const HEARTBEAT: u64 = 500;

/// Tells random stories of the whole product and looks whether anything is lost, doubled or out of order.
#[derive(Debug, Parser)]
struct Args {
    /// Which stories: a number, or a first and a last one (1..10000).
    #[arg(long, default_value = "1..1000", value_parser = seeds)]
    seeds: (u64, u64),
    /// On how many threads.
    #[arg(long, default_value_t = 2)]
    threads: usize,
    /// Go on after a story that failed.
    #[arg(long)]
    all: bool,
    /// Break something on purpose: lost-errand, no-memory, eager-watermark, greedy-claim or talks-over.
    #[arg(long, value_parser = sabotage)]
    sabotage: Option<Sabotage>,
    /// Print the stories themselves.
    #[arg(long)]
    verbose: bool,
}

fn seeds(text: &str) -> anyhow::Result<(u64, u64)> {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    let (first, last) = (first.parse()?, last.trim_start_matches('=').parse()?);
    if first > last {
        bail!("the first story comes before the last one");
    }
    Ok((first, last))
}

fn sabotage(text: &str) -> anyhow::Result<Sabotage> {
    let named = |sabotage: &Sabotage| format!("{sabotage:?}").to_lowercase() == text.replace('-', "");
    Sabotage::ALL.into_iter().find(named).context("nobody knows how to break that")
}

fn main() -> anyhow::Result<ExitCode> {
    let args = Args::parse();
    let began = Instant::now();
    let (first, last) = args.seeds;
    let (next, failed, sum) = (AtomicU64::new(first), AtomicBool::new(false), Mutex::new(Figures::default()));
    thread::scope(|scope| {
        let tell = || -> anyhow::Result<()> {
            let teller = Teller::new().context("the platform's side could not be started")?;
            loop {
                let seed = next.fetch_add(1, Ordering::SeqCst);
                if seed > last || (failed.load(Ordering::SeqCst) && !args.all) {
                    return Ok(());
                }
                if args.verbose {
                    teller.story(seed).iter().flatten().for_each(|line| println!("{line}"));
                }
                match teller.tell_with(seed, args.sabotage) {
                    Ok(figures) => *sum.lock().unwrap_or_else(PoisonError::into_inner) += &figures,
                    Err(broken) => {
                        failed.store(true, Ordering::SeqCst);
                        println!("{broken}\n");
                        *sum.lock().unwrap_or_else(PoisonError::into_inner) += &broken.figures;
                    }
                }
                if (seed - first + 1).is_multiple_of(HEARTBEAT) {
                    eprintln!("{} stories in {:.0} s", seed - first + 1, began.elapsed().as_secs_f64());
                }
            }
        };
        let tellers: Vec<_> = (0..args.threads.max(1)).map(|_| scope.spawn(tell)).collect();
        tellers.into_iter().try_for_each(|teller| teller.join().unwrap_or_else(|_| bail!("a story panicked")))
    })?;
    let figures = sum.into_inner().unwrap_or_else(PoisonError::into_inner);
    println!("{figures}\nin {:.1} s", began.elapsed().as_secs_f64());
    Ok(if failed.into_inner() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
