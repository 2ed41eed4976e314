//! The stories that are told with every change, and that they would tell of a fault.

use std::env;
use std::thread;

use super::{Failed, Figures, Sabotage, Teller};

/// How many stories are told: where `CI` is `true`, and elsewhere. `FIRSTLINE_TEST_SEEDS` names another number.
const IN_CI: u64 = 1_000;
const ELSEWHERE: u64 = 100;

/// Stories in which something was once not as it must be. What they tell changes with the product and the simulation, so each of
/// the bugs has a test of its own besides.
const ONCE_FAILED: [u64; 27] = [
    1, 9, 17, 54, 55, 81, 109, 147, 182, 188, 309, 312, 320, 348, 366, 404, 467, 583, 585, 607, 628, 636, 659, 664, 882, 946, 968,
];

/// How many threads tell them.
const THREADS: u64 = 2;

fn how_many() -> u64 {
    let named = env::var("FIRSTLINE_TEST_SEEDS").ok().and_then(|named| named.parse().ok());
    let usual = if env::var("CI").is_ok_and(|ci| ci == "true") { IN_CI } else { ELSEWHERE };
    named.unwrap_or(usual)
}

#[test]
fn whatever_goes_wrong_nothing_is_lost_doubled_or_out_of_order() {
    let seeds = how_many();
    let tellers: Vec<_> = (0..THREADS).map(|thread| thread::spawn(move || tell(thread + 1, seeds))).collect();
    let mut figures = Figures::default();
    for teller in tellers {
        figures += &teller.join().unwrap().unwrap_or_else(|failed| panic!("{failed}"));
    }
    println!("{figures}");
}

fn tell(first: u64, last: u64) -> Result<Figures, Box<Failed>> {
    let teller = Teller::new().unwrap();
    let mut figures = Figures::default();
    for seed in (first..=last).step_by(usize::try_from(THREADS).unwrap()) {
        figures += &teller.tell(seed)?;
    }
    Ok(figures)
}

#[test]
fn what_once_went_wrong_does_not_again() {
    let teller = Teller::new().unwrap();
    for seed in ONCE_FAILED {
        teller.tell(seed).unwrap_or_else(|failed| panic!("{failed}"));
    }
}

#[test]
fn a_story_is_told_the_same_way_twice() {
    let teller = Teller::new().unwrap();
    for seed in 1..=10 {
        assert_eq!(teller.story(seed).unwrap(), teller.story(seed).unwrap(), "seed {seed}");
    }
}

#[test]
fn what_is_broken_on_purpose_is_noticed() {
    let teller = Teller::new().unwrap();
    for sabotage in Sabotage::ALL {
        let noticed = (1..=60).find(|seed| teller.tell_with(*seed, Some(sabotage)).is_err());
        println!("{sabotage:?} was noticed in story {noticed:?}");
        assert!(noticed.is_some(), "{sabotage:?} was not noticed");
    }
}
