//! Weights are fitted to a knowledge base from the command line, used from then on, and never in the way.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::program::{data_in, runs, tried};
use firstline::testing::checkout;

/// Questions about the sample articles: their titles, and some that no article answers.
fn questions_in(folder: &Path) -> PathBuf {
    let articles = checkout().join("kb/nb");
    let mut names: Vec<PathBuf> =
        fs::read_dir(articles).expect("the sample articles").flatten().map(|file| file.path()).collect();
    names.sort();
    let line = |path: &PathBuf| {
        let text = fs::read_to_string(path).expect("an article");
        let title = text.lines().find_map(|line| line.strip_prefix("title:")).expect("a title").trim().to_owned();
        format!("nb\t{}\tplain\t{title}\n", path.file_stem().expect("a name").to_string_lossy())
    };
    let mut lines: String = names.iter().take(20).map(line).collect();
    lines.push_str("nb\t-\tnear-miss\thvem vant cupfinalen i 1998?\nnb\t-\tchatter\ttakk for hjelpen\n");
    let file = folder.join("questions.tsv");
    fs::write(&file, lines).expect("the questions are written");
    file
}

fn warned(folder: &Path, arguments: &[&str]) -> String {
    let output = tried(folder, arguments);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stderr).expect("text")
}

#[test]
fn weights_are_fitted_to_the_articles_and_used_from_then_on() {
    let folder = TempDir::new().expect("a folder of its own");
    let questions = questions_in(folder.path());
    let questions = questions.to_str().expect("text");
    let weights = data_in(folder.path()).join("weights.toml");

    let shown = runs(folder.path(), &["kb", "tune", questions, "--dry-run"]);
    assert!(shown.starts_with("22 questions, 20 answerable;") && shown.contains("Nothing was written."), "{shown}");
    for named in ["s@1", "right@80", "AUROC", "coverage", "evidence", "0.95"] {
        assert!(shown.lines().any(|line| line.starts_with(named)), "{named}\n{shown}");
    }
    assert!(!weights.exists());

    let written = runs(folder.path(), &["kb", "tune", questions, "--write"]);
    assert!(written.contains("weights.toml. Firstline uses these weights from its next start on."), "{written}");
    let doctor = String::from_utf8(tried(folder.path(), &["doctor"]).stdout).expect("text");
    assert!(doctor.lines().any(|line| line.contains("weights") && line.contains("to 22 questions")), "{doctor}");

    let kept = fs::read_to_string(&weights).expect("the file");
    fs::write(&weights, kept.replacen("[ranking]", "[ranking]\nmoon = 1.0", 1)).expect("it is changed");
    let said = warned(folder.path(), &["ask", "jeg har glemt passordet"]);
    assert!(said.contains("it weighs moon") && said.contains("firstline kb tune"), "{said}");
}

#[test]
fn too_few_questions_change_nothing() {
    let folder = TempDir::new().expect("a folder of its own");
    let file = folder.path().join("few.tsv");
    fs::write(&file, "nb\tglemt-passord\tplain\tglemt passord\n").expect("a question");
    let output = tried(folder.path(), &["kb", "tune", file.to_str().expect("text")]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("only 1 of the questions find a right article; 10 are needed"), "{said}");
}

#[test]
fn an_evaluation_is_compared_with_the_one_before() {
    let folder = TempDir::new().expect("a folder of its own");
    let questions = questions_in(folder.path());
    let eval = |arguments: &[&str]| {
        let all: Vec<&str> = ["kb", "eval", questions.to_str().expect("text")].iter().chain(arguments).copied().collect();
        runs(folder.path(), &all)
    };
    assert!(!eval(&["--no-compare"]).contains("compared"));
    assert!(!eval(&[]).contains("compared"), "there was none before that was kept");
    let same = eval(&[]);
    assert!(same.contains("0 better, 0 worse, 22 as before"), "{same}");
    assert!(same.contains("no article answers it"), "{same}");
    fs::create_dir_all(data_in(folder.path())).expect("the data folder");
    fs::write(folder.path().join("firstline.toml"), "[answering]\nanswer_at = 1.0\noffer_at = 1.0\n").expect("settings");
    let strict = eval(&[]);
    assert!(strict.contains("handed off") && strict.contains("\nworse\n"), "{strict}");
}
