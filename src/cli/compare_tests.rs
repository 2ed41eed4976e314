use super::Did;
use super::compare::{Run, as_json, compare, print};
use super::eval::{self, Judged};
use super::last_run::LastRun;
use super::tests::{QUESTIONS, judged};
use crate::domain::article::Day;

/// A run of the four questions in which `changes` came out otherwise.
fn run_with(changes: &[(usize, &[&str], Did)]) -> (Run, Vec<eval::Question>, Vec<Judged>) {
    let questions = eval::parse("q.tsv", QUESTIONS).unwrap();
    let mut judged = judged();
    for (at, found, did) in changes {
        judged[*at] = Judged::of(&questions[*at], found, 0.5, *did);
    }
    let day = Day { year: 2026, month: 5, day: 1 };
    (Run::new(day, &eval::measure(&judged), &questions, &judged), questions, judged)
}

#[test]
fn a_run_names_what_got_better_and_worse_than_the_last_one() {
    let (last, ..) = run_with(&[]);
    // The second is now right, the third goes from a hand-off to a wrong answer, the fourth from an article to a friendly line.
    let changes: [(usize, &[&str], Did); 3] = [(1, &["a"], Did::Answer), (2, &["x"], Did::Answer), (3, &[], Did::SmallTalk)];
    let (this, questions, judged) = run_with(&changes);
    let compared = compare(&last, &this, &questions, &judged);
    let mut out = Vec::new();
    print(&compared, false, &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert!(out.contains("compared with the last run (2026-05-01): 2 better, 1 worse, 1 as before\n"), "{out}");
    assert!(out.contains("s@1 0.333 → 0.667"), "{out}");
    assert!(out.contains("worse\n  nn tre\n     handed off → answered\n"), "{out}");
    assert!(out.contains("  nb to\n     answered, right article at 2 → answered, right article at 1\n"), "{out}");
    assert!(out.contains("  en four\n     answered → a friendly line\n"), "{out}");
    let json = as_json(&compared);
    assert_eq!((json["better"].as_array().unwrap().len(), &json["worse"][0]["question"]), (2, &"tre".into()));
}

#[test]
fn a_run_is_kept_without_the_questions_and_told_apart_by_file_and_articles() {
    let folder = tempfile::tempdir().unwrap();
    let (run, ..) = run_with(&[]);
    let of = |questions: &str| LastRun::of(folder.path(), questions.as_ref(), "kb".as_ref());
    assert_eq!(of("q.tsv").read(), None);
    of("q.tsv").keep(&run).unwrap();
    assert_eq!((of("q.tsv").read(), of("other.tsv").read()), (Some(run), None));
    for file in std::fs::read_dir(folder.path().join("eval")).unwrap().flatten() {
        let kept = std::fs::read_to_string(file.path()).unwrap();
        assert!(!kept.contains("four") && kept.contains("small_talk") | kept.contains("answer"), "{kept}");
        std::fs::write(file.path(), "damaged").unwrap();
    }
    assert_eq!(of("q.tsv").read(), None, "what cannot be read is no last run");
}

#[test]
fn many_changed_questions_are_named_only_where_that_is_wished() {
    let lines: String = (0..30).fold(String::new(), |lines, number| lines + &format!("nb\ta\tplain\tquestion {number}\n"));
    let questions = eval::parse("q.tsv", &lines).unwrap();
    let day = Day { year: 2026, month: 5, day: 1 };
    let all = |found: &str| questions.iter().map(|one| Judged::of(one, &[found], 0.9, Did::Answer)).collect::<Vec<_>>();
    let run = |judged: &[Judged]| Run::new(day, &eval::measure(judged), &questions, judged);
    let (wrong, right) = (all("b"), all("a"));
    let (last, this) = (run(&wrong), run(&right));
    let printed = |named| {
        let mut out = Vec::new();
        print(&compare(&last, &this, &questions, &right), named, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    assert_eq!(printed(false).matches("question ").count(), 20);
    assert!(printed(false).contains("  and 10 more; --all names them"));
    assert_eq!(printed(true).matches("question ").count(), 30);
}
