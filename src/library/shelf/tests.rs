use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use tempfile::TempDir;

use super::*;
use crate::domain::article::Day;
use crate::domain::flaw::{Fault, Flaw};
use crate::domain::ids::{GroupId, Slug};
use crate::domain::lang::Lang;
use crate::ports::{Fields, GitTrouble};

const LOCKED: &str = "---\ntitle: Låst konto\nlang: nb # as the folder\ntags: [konto, 365]\nquestions:\n- Kontoen er låst\n# kept by Kari\n\
                      reviewed: 2026-08-17\n---\n\n# Låst konto\n\nVent i ti minutter.\n";

struct Desk {
    folder: TempDir,
    shelf: FileShelf,
}

fn nb(slug: &str) -> ArticleRef {
    ArticleRef { slug: Slug::new(slug), lang: Lang::Nb }
}

fn by(name: &str, message: &str) -> CommitAs {
    CommitAs { name: name.to_owned(), email: None, message: message.to_owned() }
}

/// Whether there is a git to test with; without one CI fails.
fn git_is_there() -> bool {
    let there = Command::new("git").arg("--version").output().is_ok();
    assert!(there || std::env::var_os("CI").is_none(), "git is missing");
    if !there {
        eprintln!("skipped: git is missing");
    }
    there
}

fn checks() -> Checks {
    Checks { today: Day { year: 2026, month: 11, day: 22 }, groups: vec![GroupId::new("general")], review_months: 12 }
}

impl Desk {
    fn plain() -> Self {
        let folder = TempDir::new().unwrap();
        let desk = Self { shelf: FileShelf::new(folder.path().join("kb"), Arc::new(checks), "hjelp.example".to_owned()), folder };
        desk.write("nb/konto-laast.md", LOCKED);
        desk
    }

    /// In a repository whose top is above the articles, with something that somebody else has staged and something changed.
    fn in_git() -> Self {
        let desk = Self::plain();
        desk.git(&["init", "--quiet"]);
        fs::write(desk.folder.path().join("staged.txt"), "before").unwrap();
        fs::write(desk.folder.path().join("changed.txt"), "before").unwrap();
        desk.git(&["add", "."]);
        desk.git(&["-c", "user.name=Per", "-c", "user.email=per@x.example", "commit", "--quiet", "-m", "Begynnelsen"]);
        fs::write(desk.folder.path().join("staged.txt"), "after").unwrap();
        desk.git(&["add", "staged.txt"]);
        fs::write(desk.folder.path().join("changed.txt"), "after").unwrap();
        desk
    }

    fn path(&self, file: &str) -> std::path::PathBuf {
        self.folder.path().join("kb").join(file)
    }

    fn write(&self, file: &str, text: &str) {
        fs::create_dir_all(self.path(file).parent().unwrap()).unwrap();
        fs::write(self.path(file), text).unwrap();
    }

    fn on_disk(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap()
    }

    fn git(&self, arguments: &[&str]) -> String {
        let output = Command::new("git").arg("-C").arg(self.folder.path()).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    async fn reads(&self, slug: &str) -> Manuscript {
        self.shelf.manuscript(&nb(slug)).await.unwrap().unwrap()
    }

    async fn saves(&self, text: &str, read: &Manuscript, commit: &CommitAs) -> Saved {
        self.shelf.save(&nb("konto-laast"), text, Some(&read.hash), commit).await.unwrap()
    }
}

fn committed(saved: &Saved) -> CommitId {
    let Saved::Done { git: InGit::Committed(commit), .. } = saved else { panic!("{saved:?}") };
    commit.clone()
}

fn nothing_left_beside(folder: &Path) {
    let left: Vec<_> = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().starts_with('.')), "{left:?}");
}

#[tokio::test]
async fn a_saved_text_is_on_disk_whole_and_without_a_repository_there_is_no_history() {
    let desk = Desk::plain();
    let read = desk.reads("konto-laast").await;
    assert_eq!((read.text.as_str(), read.writable, read.uncommitted), (LOCKED, true, false));
    let text = LOCKED.replace("ti minutter", "et kvarter");
    let saved = desk.saves(&text, &read, &by("Kari", "x")).await;
    let again = desk.reads("konto-laast").await;
    assert_eq!(saved, Saved::Done { hash: again.hash, git: InGit::NoRepository });
    assert_eq!(desk.on_disk("nb/konto-laast.md"), text);
    assert_eq!(desk.shelf.history(&nb("konto-laast")).await.unwrap(), None);
    nothing_left_beside(&desk.path("nb"));
}

#[tokio::test]
async fn a_change_on_disk_meanwhile_is_a_conflict_with_all_three_texts_and_nothing_is_written() {
    let desk = Desk::plain();
    let read = desk.reads("konto-laast").await;
    let theirs = LOCKED.replace("ti minutter", "en time");
    desk.write("nb/konto-laast.md", &theirs);
    let mine = LOCKED.replace("ti minutter", "et kvarter");
    let Saved::Conflict { theirs: Some(now), ancestor } = desk.saves(&mine, &read, &by("Kari", "x")).await else { panic!() };
    assert_eq!((now.text.as_str(), ancestor.as_deref()), (theirs.as_str(), Some(LOCKED)));
    assert_eq!(desk.on_disk("nb/konto-laast.md"), theirs);
    assert!(matches!(desk.saves(&mine, &now, &by("Kari", "x")).await, Saved::Done { .. }), "having seen theirs, she may");

    fs::remove_file(desk.path("nb/konto-laast.md")).unwrap();
    let gone = desk.saves(&mine, &now, &by("Kari", "x")).await;
    assert_eq!(gone, Saved::Conflict { theirs: None, ancestor: None }, "it was read before, but never by an editor");
    assert!(!desk.path("nb/konto-laast.md").exists());
}

#[tokio::test]
async fn a_new_article_never_takes_the_place_of_another_and_its_name_leads_nowhere_else() {
    let desk = Desk::plain();
    let create = async |slug: &str| desk.shelf.save(&nb(slug), LOCKED, None, &by("Kari", "x")).await;
    assert!(matches!(create("ny-artikkel").await.unwrap(), Saved::Done { .. }));
    assert_eq!(desk.on_disk("nb/ny-artikkel.md"), LOCKED);
    desk.write("nb/mappe/annen.md", "---\ntitle: Annen\n---\n# Annen\n");
    assert!(matches!(create("annen").await.unwrap(), Saved::Conflict { theirs: Some(_), .. }), "another folder, the same name");
    for wicked in ["../nn/x", "..", ".", "", "/etc/passwd", "a/b", "a\\b", "-a", "A", "å", "a b", "a.md", "a\0b", &"a".repeat(81)]
    {
        assert!(matches!(create(wicked).await, Err(ShelfError::BadName(_))), "{wicked:?}");
    }
    std::os::unix::fs::symlink("/etc/hostname", desk.path("nb/lenke.md")).unwrap();
    let link = desk.reads("lenke").await;
    let written = desk.shelf.save(&nb("lenke"), "x", Some(&link.hash), &by("Kari", "x")).await;
    assert!(matches!(written, Err(ShelfError::Outside)), "{written:?}");
}

#[tokio::test]
async fn a_commit_has_the_editors_name_and_takes_nothing_of_anybody_elses() {
    if !git_is_there() {
        return;
    }
    let desk = Desk::in_git();
    let read = desk.reads("konto-laast").await;
    let text = LOCKED.replace("ti minutter", "et kvarter");
    let commit = committed(&desk.saves(&text, &read, &by("Kari <Nordmann>", "Endret «Låst konto»: tekst")).await);
    let shown = desk.git(&["show", "--format=%an <%ae> %cn: %s", "--name-only", commit.as_str()]);
    assert_eq!(shown, "Kari Nordmann <no-reply@hjelp.example> Firstline: Endret «Låst konto»: tekst\n\nkb/nb/konto-laast.md\n");
    assert_eq!(desk.git(&["status", "--porcelain"]), " M changed.txt\nM  staged.txt\n");

    let kari = CommitAs { email: Some("kari@x.example".to_owned()), ..by("Kari", "Ny") };
    let commit = committed(&desk.shelf.save(&nb("ny"), LOCKED, None, &kari).await.unwrap());
    assert_eq!(desk.git(&["show", "--format=%ae", "--name-only", commit.as_str()]), "kari@x.example\n\nkb/nb/ny.md\n");
    let ny = desk.reads("ny").await;
    let retired = desk.shelf.retire(&nb("ny"), &ny.hash, &by("Kari", "Fjernet «Ny»")).await.unwrap();
    assert_eq!(
        desk.git(&["show", "--format=%s", "--name-status", committed(&retired).as_str()]),
        "Fjernet «Ny»\n\nD\tkb/nb/ny.md\n"
    );
    assert_eq!(desk.git(&["status", "--porcelain"]), " M changed.txt\nM  staged.txt\n");
    let again = desk.reads("konto-laast").await;
    assert!(matches!(desk.saves(&text, &again, &by("Kari", "x")).await, Saved::Done { git: InGit::NothingNew, .. }));
}

#[tokio::test]
async fn the_history_tells_who_changed_what_and_an_old_version_is_restored_as_a_new_one() {
    if !git_is_there() {
        return;
    }
    let desk = Desk::in_git();
    let read = desk.reads("konto-laast").await;
    committed(&desk.saves(&LOCKED.replace("ti minutter", "et kvarter"), &read, &by("Kari", "Endret")).await);
    let history = desk.shelf.history(&nb("konto-laast")).await.unwrap().unwrap();
    let told: Vec<_> = history.iter().map(|version| (version.changed.by.as_str(), version.message.as_str())).collect();
    assert_eq!(told, [("Kari", "Endret"), ("Per", "Begynnelsen")]);
    let first = desk.shelf.past(&nb("konto-laast"), &history[1].commit).await.unwrap();
    assert_eq!(first.as_deref(), Some(LOCKED));

    let now = desk.reads("konto-laast").await;
    committed(&desk.saves(LOCKED, &now, &by("Kari", "Gjenopprettet")).await);
    assert_eq!(desk.on_disk("nb/konto-laast.md"), LOCKED);
    assert_eq!(desk.shelf.history(&nb("konto-laast")).await.unwrap().unwrap().len(), 3);
    let nowhere = CommitId::new("0123456789").unwrap();
    assert_eq!(desk.shelf.past(&nb("konto-laast"), &nowhere).await.unwrap(), None);
    assert_eq!(CommitId::new("--output=x"), None);
}

#[tokio::test]
async fn what_cannot_be_committed_is_saved_and_committed_later() {
    if !git_is_there() {
        return;
    }
    let desk = Desk::in_git();
    let lock = desk.folder.path().join(".git/index.lock");
    fs::write(&lock, "").unwrap();
    let read = desk.reads("konto-laast").await;
    let text = LOCKED.replace("ti minutter", "et kvarter");
    let Saved::Done { git, .. } = desk.saves(&text, &read, &by("Kari", "Endret")).await else { panic!() };
    assert_eq!(git, InGit::Waits(GitTrouble::Locked));
    assert_eq!(desk.on_disk("nb/konto-laast.md"), text);
    assert!(desk.reads("konto-laast").await.uncommitted);
    assert_eq!(desk.shelf.commit_waiting().await, 1);
    fs::remove_file(&lock).unwrap();
    assert_eq!(desk.shelf.commit_waiting().await, 0);
    assert_eq!(desk.git(&["log", "--max-count=1", "--format=%an: %s"]), "Kari: Endret\n");
    assert!(!desk.reads("konto-laast").await.uncommitted);
}

#[tokio::test]
async fn a_hook_that_refuses_is_told_in_its_own_words_and_a_new_file_stays_unknown_to_git() {
    use std::os::unix::fs::PermissionsExt;
    if !git_is_there() {
        return;
    }
    let desk = Desk::in_git();
    let hook = desk.folder.path().join(".git/hooks/pre-commit");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::write(&hook, "#!/bin/sh\necho 'Ingen endringer før jul' >&2\nexit 1\n").unwrap();
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    let Saved::Done { git, .. } = desk.shelf.save(&nb("ny"), LOCKED, None, &by("Kari", "Ny")).await.unwrap() else { panic!() };
    assert_eq!(git, InGit::Waits(GitTrouble::Said("Ingen endringer før jul".to_owned())));
    assert_eq!(desk.git(&["status", "--porcelain"]), " M changed.txt\nM  staged.txt\n?? kb/nb/ny.md\n");
    let listed = desk.shelf.listing().await.unwrap();
    let uncommitted: Vec<_> = listed.files.iter().map(|file| (file.file.as_str(), file.uncommitted)).collect();
    assert_eq!(uncommitted, [("nb/konto-laast.md", false), ("nb/ny.md", true)]);
    fs::remove_file(&hook).unwrap();
    assert_eq!(desk.shelf.commit(&nb("ny"), &by("Kari", "Ny")).await.unwrap(), {
        let head = desk.git(&["rev-parse", "HEAD"]);
        InGit::Committed(CommitId::new(head.trim()).unwrap())
    });
}

#[tokio::test]
async fn the_list_has_every_file_with_its_faults_and_its_last_change() {
    if !git_is_there() {
        return;
    }
    let desk = Desk::in_git();
    let read = desk.reads("konto-laast").await;
    committed(&desk.saves(&LOCKED.replace("2026-08-17", "2024-08-17"), &read, &by("Kari", "Endret")).await);
    desk.write("nn/odelagt.md", "ingen framside\n");
    let Listing { files, writable, in_git } = desk.shelf.listing().await.unwrap();
    assert!(writable && in_git);
    let [locked, broken] = files.as_slice() else { panic!("{files:?}") };
    assert_eq!(
        (locked.title.as_str(), locked.file.as_str(), &locked.article),
        ("Låst konto", "nb/konto-laast.md", &nb("konto-laast"))
    );
    assert_eq!(locked.changed.as_ref().map(|changed| changed.by.as_str()), Some("Kari"));
    let due = Flaw::ReviewDue { day: Day { year: 2024, month: 8, day: 17 }, months: 12 };
    assert_eq!(locked.faults, [Fault { line: Some(8), flaw: due }]);
    assert_eq!(broken.faults, [Fault { line: Some(1), flaw: Flaw::NoFrontMatter }]);
    assert_eq!((broken.article.lang, broken.article.slug.as_str(), broken.uncommitted), (Lang::Nn, "odelagt", true));
}

#[tokio::test]
async fn a_text_is_checked_as_the_file_would_be() {
    let desk = Desk::plain();
    let checked = desk.shelf.check(&nb("ny"), "---\ntitle: Ny\ngroup: klinisk\n---\n[x](borte.md)\n").await.unwrap();
    let flaws: Vec<_> = checked.faults.iter().map(|fault| (fault.line, fault.flaw.leaves_out())).collect();
    assert_eq!(flaws, [(Some(3), false), (Some(5), false), (Some(5), false)]);
    assert_eq!(checked.article.map(|article| article.article), Some(nb("ny")));
    let broken = desk.shelf.check(&nb("ny"), "---\n---\n# x\n").await.unwrap();
    assert_eq!((broken.article, broken.faults[0].flaw.key()), (None, Some("title")));
}

#[test]
fn a_form_changes_what_was_changed_and_leaves_the_rest_as_it_was_written() {
    let parts = parts::take_apart(LOCKED).unwrap();
    assert_eq!(parts.fields.tags, ["konto", "365"]);
    assert_eq!(parts.body, "# Låst konto\n\nVent i ti minutter.\n");
    assert_eq!(parts::put_together(&parts), LOCKED);

    let Manual { head, mut fields, body } = parts;
    fields.title = "Konto: låst?".to_owned();
    fields.questions = vec!["Er den låst?".to_owned(), "- nei: ja # x".to_owned()];
    fields.reviewed = String::new();
    fields.group = "general".to_owned();
    let text = parts::put_together(&Manual { head, fields: fields.clone(), body });
    let expected = "---\ntitle: \"Konto: låst?\"\nlang: nb # as the folder\ntags: [konto, 365]\nquestions:\n  - Er den låst?\n  \
                    - \"- nei: ja # x\"\n# kept by Kari\ngroup: general\n---\n\n# Låst konto\n\nVent i ti minutter.\n";
    assert_eq!(text, expected);
    assert_eq!(parts::take_apart(&text).unwrap().fields, fields);
}

#[test]
fn whatever_is_written_in_a_form_is_read_back_as_it_was() {
    let wicked = [
        "a, b",
        "[x]",
        "ja",
        "true",
        "007",
        "1.0",
        "~",
        "null",
        "@x",
        "\"sitat\"",
        "'x",
        "a: b",
        "x #y",
        "#y",
        "{a}",
        "\\n",
        "|",
        "- x",
        "2026-11-22",
        "é «» 🙂",
    ];
    let fields = Fields {
        title: "a: b".to_owned(),
        tags: wicked.map(str::to_owned).to_vec(),
        questions: wicked.map(str::to_owned).to_vec(),
        owner: "007".to_owned(),
        reviewed: "2026-11-22".to_owned(),
        ..Fields::default()
    };
    let text = parts::put_together(&Manual { head: String::new(), fields: fields.clone(), body: "# Ny".to_owned() });
    assert!(text.ends_with("reviewed: 2026-11-22\n---\n\n# Ny\n"), "{text}");
    assert_eq!(parts::take_apart(&text).unwrap().fields, fields, "{text}");
}

#[tokio::test]
async fn test_questions_are_read_and_lines_that_are_none_passed_over() {
    let desk = Desk::plain();
    desk.write(
        "questions.nb.tsv",
        "lang\tslugs\ttags\tquestion\nnb\tkonto-laast,ny\tplain\tkontoen er låst\n\nnoe annet\nnb\t-\tx\thva er klokka\n",
    );
    let questions = desk.shelf.questions().await;
    let told: Vec<_> = questions.iter().map(|question| (question.text.as_str(), question.right.len())).collect();
    assert_eq!(told, [("kontoen er låst", 2), ("hva er klokka", 0)]);
}
