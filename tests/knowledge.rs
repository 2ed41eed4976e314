//! Articles are files: what an editor saves is what people are answered with, and the index is nothing but a copy.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use firstline::domain::article::Day;
use firstline::domain::ids::GroupId;
use firstline::library::{self, Checks, Problem};
use firstline::testing::Asker;
use firstline::testing::checkout;
use tempfile::TempDir;

use crate::program::{Program, data_in};

/// How long a saved file may take until people are answered with it, on a machine that does other things too.
/// Left to itself the program needs less than a second.
const PATIENCE: Duration = Duration::from_secs(5);

const QUESTION: &str = "Hvordan vanner jeg orkideen i resepsjonen?";

/// The program with a knowledge base of its own.
struct Library {
    program: Program,
    folder: TempDir,
}

impl Library {
    async fn open() -> Self {
        let folder = TempDir::new().expect("a folder of its own");
        fs::create_dir_all(kb_in(folder.path()).join("nb")).expect("a folder for articles");
        save(folder.path(), "kopimaskin", "Kopimaskin i kjelleren", "Kopimaskinen i kjelleren startes med den grønne knappen.");
        Self { program: started(folder.path()).await, folder }
    }

    fn orchid(&self, text: &str) {
        save(self.folder.path(), "orkide", "Vanne orkideen i resepsjonen", text);
    }

    fn file(&self) -> PathBuf {
        kb_in(self.folder.path()).join("nb/orkide.md")
    }

    fn index(&self) -> PathBuf {
        data_in(self.folder.path()).join("index")
    }

    /// Asks until what is answered is as it should be.
    async fn waits_until(&self, what: &str, fits: impl Fn(&Asker<'_>) -> bool) {
        let begun = Instant::now();
        loop {
            let asker = self.program.bot.asks(QUESTION).await;
            if fits(&asker) {
                return println!("{what}: {} ms", begun.elapsed().as_millis());
            }
            assert!(begun.elapsed() < PATIENCE, "{what}: not within {PATIENCE:?}\n{}", asker.transcript());
        }
    }

    async fn waits_for(&self, words: &str) {
        self.waits_until(words, |asker| answers_with(asker, words)).await;
    }

    /// Stops, lets something happen to the folder, and starts again.
    async fn restarted_after(self, change: impl FnOnce(&Path)) -> Self {
        let index = self.index();
        let Self { program, folder } = self;
        program.stop().await;
        change(&index);
        Self { program: started(folder.path()).await, folder }
    }
}

async fn started(folder: &Path) -> Program {
    Program::start(folder, &[("FIRSTLINE_KB", &kb_in(folder).display().to_string())]).await
}

fn kb_in(folder: &Path) -> PathBuf {
    folder.join("kb")
}

fn save(folder: &Path, slug: &str, title: &str, text: &str) {
    let article = format!("---\ntitle: {title}\n---\n\n{text}\n");
    fs::write(kb_in(folder).join(format!("nb/{slug}.md")), article).expect("the article is saved");
}

fn answers_with(asker: &Asker<'_>, words: &str) -> bool {
    asker.lines().iter().any(|line| line["kind"] == "answer" && line["text"].as_str().is_some_and(|text| text.contains(words)))
}

#[tokio::test]
async fn people_are_answered_with_what_was_saved_last() {
    let library = Library::open().await;
    let before = library.program.bot.asks(QUESTION).await;
    assert_eq!(before.state(), "queued", "there is no such article yet:\n{}", before.transcript());
    library.orchid("Orkideen i resepsjonen vannes med isbiter hver mandag.");
    library.waits_for("isbiter hver mandag").await;
    library.orchid("Orkideen i resepsjonen vannes med regnvann hver fredag.");
    library.waits_for("regnvann hver fredag").await;

    fs::remove_file(library.file()).expect("the article is removed");
    library.waits_until("a removed article", |asker| asker.state() == "queued").await;
    library.program.stop().await;
}

#[tokio::test]
async fn a_broken_article_is_left_out_with_a_warning_until_it_is_mended() {
    let library = Library::open().await;
    library.orchid("Orkideen i resepsjonen vannes med isbiter hver mandag.");
    library.waits_for("isbiter hver mandag").await;
    fs::write(library.file(), "---\ntitel: Vanne orkideen\n---\n\nOrkideen i resepsjonen vannes.\n").expect("it is broken");
    library.waits_until("a broken article", |asker| asker.state() == "queued").await;
    let log = library.program.log();
    let told = log.lines().find(|line| line.contains("WARN") && line.contains("an article is left out"));
    assert!(told.is_some_and(|line| line.contains("orkide.md")), "{log}");

    library.orchid("Orkideen i resepsjonen vannes med regnvann hver fredag.");
    library.waits_for("regnvann hver fredag").await;
    library.program.stop().await;
}

/// What befalls the index.
type Damage = fn(&Path);

#[tokio::test]
async fn the_index_may_be_deleted_or_damaged_at_any_time() {
    let mut library = Library::open().await;
    library.orchid("Orkideen i resepsjonen vannes med isbiter hver mandag.");
    library.waits_for("isbiter hver mandag").await;
    let damages: [(&str, Damage); 4] = [
        ("deleted", |index| fs::remove_dir_all(index).expect("the index is there")),
        ("cut short", |index| each_file(index, |file| fs::File::options().write(true).open(file).and_then(|it| it.set_len(7)))),
        ("overwritten", |index| each_file(index, |file| fs::write(file, vec![0x5A; 4_096]))),
        ("half gone", |index| each_file(index, |file| if is_meta(file) { Ok(()) } else { fs::remove_file(file) })),
    ];
    for (what, damage) in damages {
        library = library.restarted_after(damage).await;
        let asker = library.program.bot.asks(QUESTION).await;
        assert!(answers_with(&asker, "isbiter hver mandag"), "after the index was {what}:\n{}", asker.transcript());
        assert!(library.index().join("meta.json").exists(), "after the index was {what} it is built anew");
    }
    let log = library.program.log();
    assert!(log.contains("the search index cannot be used and is built anew"), "{log}");
    library.program.stop().await;
}

#[tokio::test]
async fn articles_go_on_being_taken_in_though_the_index_is_deleted_meanwhile() {
    let library = Library::open().await;
    library.orchid("Orkideen i resepsjonen vannes med isbiter hver mandag.");
    library.waits_for("isbiter hver mandag").await;
    fs::remove_dir_all(library.index()).expect("the index is there");
    library.waits_for("isbiter hver mandag").await;
    library.orchid("Orkideen i resepsjonen vannes med regnvann hver fredag.");
    library.waits_for("regnvann hver fredag").await;
    let library = library.restarted_after(|_| ()).await;
    library.waits_for("regnvann hver fredag").await;
    library.program.stop().await;
}

#[test]
fn the_glossary_beside_the_sample_articles_is_clean_and_bridges_the_three_languages() {
    let groups = ["general", "clinical", "hr", "facilities"].map(GroupId::new).to_vec();
    let folder = checkout().join("kb");
    let loaded = library::load(&folder, &Checks { today: Day { year: 2026, month: 11, day: 22 }, groups, review_months: 12 })
        .expect("the sample base");
    let of_glossary = |problem: &&Problem| library::is_of_glossary(problem, &folder);
    assert_eq!(loaded.problems.iter().filter(of_glossary).map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
    let concepts = &loaded.glossary.concepts;
    assert!(concepts.len() >= 450, "{} concepts", concepts.len());
    let one_sided = concepts.iter().filter(|concept| concept.nb.is_empty() || concept.en.is_empty());
    assert_eq!(one_sided.collect::<Vec<_>>(), Vec::<&firstline::domain::glossary::Concept>::new());
    let printer = concepts.iter().find(|concept| concept.words().any(|word| word == "printer")).expect("a printer");
    assert!(printer.nb.iter().any(|word| word == "skriver") && printer.nn.iter().any(|word| word == "skrivar"), "{printer:?}");
}

fn each_file(folder: &Path, change: impl Fn(&Path) -> std::io::Result<()>) {
    for entry in fs::read_dir(folder).expect("the index is there").flatten() {
        change(&entry.path()).expect("the file is changed");
    }
}

fn is_meta(file: &Path) -> bool {
    file.file_name().is_some_and(|name| name == "meta.json")
}
