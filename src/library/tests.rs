use std::fs;
use std::time::Duration;

use tempfile::TempDir;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::*;
use crate::domain::lang::Lang;
use crate::testing::checkout;

const TODAY: Day = Day { year: 2026, month: 11, day: 22 };

fn checks() -> Checks {
    Checks { today: TODAY, groups: ["general", "clinical", "hr", "facilities"].map(GroupId::new).to_vec(), review_months: 12 }
}

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// The names of the articles, and the problems without the folder's name.
fn read(folder: &TempDir) -> (Vec<String>, Vec<String>) {
    let loaded = load(folder.path(), &checks()).unwrap();
    let prefix = format!("{}/", folder.path().display());
    let names = loaded.articles.iter().map(|article| format!("{}/{}", article.article.lang, article.article.slug)).collect();
    (names, loaded.problems.iter().map(|problem| problem.to_string().replace(&prefix, "")).collect())
}

const GOOD: &str = "---\ntitle: Nytt passord\n---\n\n# Nytt passord\n\nTrykk på **Glemt passord**.\n";

#[test]
fn an_article_is_read_with_all_that_it_says_of_itself() {
    let text = "\u{feff}---\r\ntitle: \"Wi-Fi: gjest\"\r\ntags: [nett, 365]\r\nquestions: Hva er koden?\r\nowner: IKT\r\nreviewed: 2026-08-17\r\n\
                audience: all\r\ngroup: clinical\r\nrequest: https://skjema.example/wifi\r\n---\r\n# Gjestenett\r\n\r\n1. Åpne\r\n";
    let folder = folder(&[("nn/nett/gjest.md", text)]);
    let loaded = load(folder.path(), &checks()).unwrap();
    assert_eq!(loaded.problems, []);
    let [article] = loaded.articles.as_slice() else { panic!("{:?}", loaded.articles) };
    assert_eq!((article.article.slug.as_str(), article.article.lang), ("gjest", Lang::Nn));
    assert_eq!(article.title, "Wi-Fi: gjest");
    assert_eq!(
        (article.tags.as_slice(), article.questions.as_slice()),
        (&["nett".into(), "365".into()][..], &["Hva er koden?".into()][..])
    );
    assert_eq!(article.reviewed, Some(Day { year: 2026, month: 8, day: 17 }));
    assert_eq!(article.group, Some(GroupId::new("clinical")));
    assert_eq!(article.request.as_deref(), Some("https://skjema.example/wifi"));
    assert_eq!(article.body, "# Gjestenett\n\n1. Åpne\n");
}

#[test]
fn a_title_is_all_that_is_needed() {
    let folder =
        folder(&[("nb/passord.md", GOOD), ("README.md", "no article"), ("nb/.draft.md", "no article"), ("nb/a.txt", "")]);
    assert_eq!(read(&folder), (vec!["nb/passord".to_owned()], vec![]));
}

#[test]
fn a_broken_article_is_left_out_and_says_why_with_line_and_remedy() {
    let cases = [
        (
            "# Uten",
            "1: error: the front matter is missing; begin the file with ---, a line such as \"title: Forgotten password\", and ---",
        ),
        ("---\ntitle: x\n# H\n", "1: error: the front matter is not closed; put a line with --- after its last key"),
        (
            "---\ntitle: Nett: gjest: kode\n---\n# H\n",
            "2: error: the front matter is not valid YAML (mapping values are not allowed in this context); \
             write \"key: value\" on each line, and put values with : or # in quotes",
        ),
        ("---\ntags: []\n---\n# H\n", "1: error: there is no title; add a line such as \"title: Forgotten password\""),
        ("---\ntitle: x\nlang: no\n---\n# H\n", "3: error: \"no\" is not a language that Firstline knows; write nb, nn or en"),
        (
            "---\ntitle: x\nlang: en\n---\n# H\n",
            "3: error: the language is en, but the file is in the folder nb; write \"lang: nb\", or move the file into en",
        ),
        ("---\ntitle: x\n---\n\n  \n", "4: error: the article says nothing; write what to do below the front matter"),
    ];
    for (text, problem) in cases {
        let folder = folder(&[("nb/a.md", text), ("nb/b.md", GOOD)]);
        assert_eq!(read(&folder), (vec!["nb/b".to_owned()], vec![format!("nb/a.md:{problem}")]), "for {text:?}");
    }
}

#[test]
fn a_lesser_fault_is_told_and_the_article_is_used() {
    let cases = [
        ("title: x\ntag: [a]", "# H\n", "3: warning: the key \"tag\" is not known; did you mean \"tags\"?"),
        (
            "title: x\nzzz: 1",
            "# H\n",
            "3: warning: the key \"zzz\" is not known; remove it; the known keys are title, lang, tags, questions, owner, reviewed, \
             audience, group, request",
        ),
        (
            "title: x\nreviewed: 17.8.2026",
            "# H\n",
            "3: warning: \"17.8.2026\" is not a date; write it as year-month-day, such as 2026-11-22",
        ),
        (
            "title: x\nreviewed: 2026-02-30",
            "# H\n",
            "3: warning: \"2026-02-30\" is not a date; write it as year-month-day, such as 2026-11-22",
        ),
        (
            "title: x\nreviewed: 2027-01-01",
            "# H\n",
            "3: warning: the review date 2027-01-01 is in the future; write the day on which it was reviewed",
        ),
        (
            "title: x\nreviewed: 2025-11-21",
            "# H\n",
            "3: warning: the review is more than a year old (2025-11-21); go through it, correct it, and write today's date",
        ),
        (
            "title: x\ngroup: klinisk",
            "# H\n",
            "3: warning: the group \"klinisk\" is not configured; write one of general, clinical, hr, facilities, or add the group to \
             the configuration",
        ),
        (
            "title: x\nquestions:\n  - {a: b}",
            "# H\n",
            "3: warning: \"questions\" is not a list of texts; write one text on each line, after \"- \", in quotes where it holds : or #",
        ),
        (
            "title: x",
            "Bare tekst\n",
            "4: warning: there is no heading; begin the article with a line such as \"# Forgotten password\"",
        ),
        (
            "title: x",
            "# H\n\n[her](b.md) [borte](borte.md#x)\n",
            "6: warning: the link \"borte.md#x\" leads nowhere; correct the file's name, or remove the link",
        ),
    ];
    for (front, body, problem) in cases {
        let text = format!("---\n{front}\n---\n{body}");
        let folder = folder(&[("nb/a.md", text.as_str()), ("nb/b.md", GOOD)]);
        let both = vec!["nb/a".to_owned(), "nb/b".to_owned()];
        assert_eq!(read(&folder), (both, vec![format!("nb/a.md:{problem}")]), "for {front:?}");
    }
}

#[test]
fn a_review_is_good_for_a_year() {
    let text = "---\ntitle: x\nreviewed: 2025-11-22\n---\n# H\n";
    assert_eq!(read(&folder(&[("nb/a.md", text)])).1, Vec::<String>::new());
}

#[test]
fn links_that_nobody_can_look_after_are_left_alone() {
    let body = "# H\n[a](https://x.example/y.md) <mailto:a@b.example> [c](#avsnitt) [d](/skjema) [e](../nn/med%20mellomrom.md)\n\n\
                ```\n[f](borte.md)\n```\n`[g](borte.md)`\n";
    let text = format!("---\ntitle: x\n---\n{body}");
    let folder = folder(&[("nb/a.md", text.as_str()), ("nn/med mellomrom.md", GOOD)]);
    assert_eq!(read(&folder).1, Vec::<String>::new());
}

#[test]
fn files_that_cannot_be_used_stop_nobody_else() {
    let folder = folder(&[("nb/b.md", GOOD), ("sv/b.md", GOOD), ("nb/inne/b.md", GOOD), ("løst.md", GOOD)]);
    let nb = folder.path().join("nb");
    fs::write(nb.join("latin1.md"), b"---\ntitle: P\xe5\n---\n# H\n").unwrap();
    fs::write(nb.join("stor.md"), vec![b'a'; 1024 * 1024 + 1]).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&nb, nb.join("runddans")).unwrap();
        std::os::unix::fs::symlink(nb.join("ingen"), nb.join("ingensteds.md")).unwrap();
    }
    let (names, problems) = read(&folder);
    assert_eq!(names, ["nb/løst", "nb/b"]);
    let first = folder.path().join("nb/b.md").display().to_string().replace(&format!("{}/", folder.path().display()), "");
    let expected = [
        "løst.md:1: warning: there is no language, so bokmål is assumed; move the file into nb, nn or en, or add \"lang: nb\"".to_owned(),
        "nb/ingensteds.md: error: this file cannot be read (No such file or directory (os error 2)); give Firstline's user the right to read it".to_owned(),
        format!("nb/inne/b.md: error: {first} has the same name in the same language (nb); rename one of them, or make one article of the two"),
        "nb/latin1.md: error: this file is not UTF-8 text; save it as UTF-8".to_owned(),
        "nb/runddans: warning: this folder leads to one that was read already; remove the link".to_owned(),
        "nb/stor.md: error: this file is larger than 1 MiB; split it into several articles".to_owned(),
        "sv: error: \"sv\" is not a language that Firstline knows; move its articles into nb, nn or en".to_owned(),
    ];
    let (mut problems, mut expected) = (problems, expected.to_vec());
    problems.sort();
    expected.sort();
    assert_eq!(problems, expected);
}

#[test]
fn the_glossary_is_read_beside_the_articles() {
    let text = "\u{feff}nb\tnn\ten\talso\r\nskriver\tskrivar\tprinter\tHP-en\r\nskjerm\r\n";
    let folder = folder(&[("nb/a.md", GOOD), ("ordliste.tsv", text)]);
    let loaded = load(folder.path(), &checks()).unwrap();
    let words: Vec<Vec<&str>> = loaded.glossary.concepts.iter().map(|concept| concept.words().collect()).collect();
    assert_eq!(words, [["skriver", "skrivar", "printer", "HP-en"]]);
    let [problem] = loaded.problems.as_slice() else { panic!("{:?}", loaded.problems) };
    assert!(problem.to_string().ends_with("put a tab between nb, nn, en and also, where a cell is empty too"), "{problem}");
    assert!(is_of_glossary(problem, folder.path()) && problem.line == Some(3), "{problem}");
    assert_eq!(loaded.articles.len(), 1);
}

#[test]
fn a_glossary_that_is_missing_or_unreadable_is_empty() {
    let folder = folder(&[("nb/a.md", GOOD)]);
    let without = load(folder.path(), &checks()).unwrap();
    assert_eq!((without.glossary, without.problems), (Glossary::default(), vec![]));
    fs::write(folder.path().join("ordliste.tsv"), b"nb\tnn\ten\talso\nb\xe5t\t\tboat\t\n").unwrap();
    let (articles, problems) = read(&folder);
    assert_eq!(problems, ["ordliste.tsv: error: this file is not UTF-8 text; save it as UTF-8"]);
    assert_eq!(articles, ["nb/a"]);
}

#[test]
fn a_translation_older_than_its_source_is_told() {
    let reviewed = |day: &str| format!("---\ntitle: x\nreviewed: {day}\n---\n# H\n");
    let folder = folder(&[
        ("nb/a.md", reviewed("2026-06-02").as_str()),
        ("nn/a.md", &reviewed("2026-06-01")),
        ("en/a.md", &reviewed("2026-06-02")),
        ("nn/b.md", &reviewed("2026-06-02")),
        ("en/b.md", &reviewed("2026-01-01")),
    ]);
    let (_, problems) = read(&folder);
    let told = |file: &str, own: &str, source: &str| {
        let source = folder.path().join(source).display().to_string().replace(&format!("{}/", folder.path().display()), "");
        format!(
            "{file}:3: warning: the translation ({own}) is older than {source} (2026-06-02); \
             bring it up to date with its source, and write today's date"
        )
    };
    assert_eq!(problems, [told("en/b.md", "2026-01-01", "nn/b.md"), told("nn/a.md", "2026-06-01", "nb/a.md")]);
}

#[test]
fn a_folder_that_is_not_there_is_told_by_name() {
    let told = load(Path::new("/nowhere/kb"), &checks()).unwrap_err().to_string();
    assert_eq!(told, "the knowledge base /nowhere/kb cannot be read: No such file or directory (os error 2)");
}

#[test]
fn the_sample_base_has_no_problems() {
    let loaded = load(&checkout().join("kb"), &checks()).unwrap();
    let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    assert_eq!(problems, Vec::<String>::new());
    assert!(loaded.articles.len() > 100);
}

/// Waits for the watcher's news; fails where none comes.
async fn news(changed: &mut mpsc::Receiver<()>) {
    tokio::time::timeout(Duration::from_secs(10), changed.recv()).await.expect("news in time").expect("a watcher");
}

#[tokio::test]
async fn an_edited_a_new_and_a_removed_file_are_noticed_until_the_watcher_is_told_to_stop() {
    let folder = folder(&[("nb/a.md", GOOD)]);
    let (sender, mut changed) = mpsc::channel(1);
    let stop = CancellationToken::new();
    let watcher = tokio::spawn(Watch::begin(folder.path().to_owned()).run(sender, stop.clone()));
    fs::write(folder.path().join("nb/a.md"), GOOD.replace("Nytt", "Glemt")).unwrap();
    news(&mut changed).await;
    fs::create_dir(folder.path().join("nn")).unwrap();
    fs::write(folder.path().join("nn/b.md"), GOOD).unwrap();
    news(&mut changed).await;
    fs::remove_file(folder.path().join("nb/a.md")).unwrap();
    news(&mut changed).await;
    fs::write(folder.path().join("ordliste.tsv"), "nb\tnn\ten\talso\n").unwrap();
    news(&mut changed).await;
    stop.cancel();
    watcher.await.unwrap();
    assert!(changed.recv().await.is_none());
}

const REPLY: &str = "---\ntitle: Vi kommer\ntags: [besøk]\n---\n\nHei {name}! Vi kommer til {sted?}.\n";

#[test]
fn standard_replies_are_read_beside_the_articles_and_are_none_of_them() {
    let clinical = REPLY.replace("tags:", "group: clinical\ntags:");
    let folder = folder(&[("nb/a.md", GOOD), ("replies/nb/kommer.md", REPLY), ("replies/nn/kommer.md", &clinical)]);
    let loaded = load(folder.path(), &checks()).unwrap();
    assert_eq!((loaded.articles.len(), loaded.problems.as_slice()), (1, &[][..]));
    let [nb, nn] = loaded.replies.as_slice() else { panic!("{:?}", loaded.replies) };
    assert_eq!((nb.slug.as_str(), nb.lang, &*nb.title, &nb.group), ("kommer", Lang::Nb, "Vi kommer", &None));
    assert_eq!((&*nb.body, nb.tags.as_slice()), ("Hei {name}! Vi kommer til {sted?}.", &["besøk".to_owned()][..]));
    assert_eq!((nn.lang, &nn.group), (Lang::Nn, &Some(GroupId::new("clinical"))));
}

#[test]
fn what_is_wrong_with_a_standard_reply_is_told_with_its_place() {
    let folder = folder(&[
        ("replies/nb/felt.md", "---\ntitle: Felt\n---\nHei!\n\nHilsen {navn} {operator}\n"),
        ("replies/nb/ingen.md", "---\ntags: [x]\n---\nHei\n"),
        ("replies/nb/tom.md", "---\ntitle: Tom\n---\n\n"),
        ("replies/nb/a/kommer.md", REPLY),
        ("replies/nb/b/kommer.md", &REPLY.replace("tags", "tag")),
    ]);
    let (articles, problems) = read(&folder);
    assert!(articles.is_empty());
    let expected = [
        "replies/nb/b/kommer.md: error: replies/nb/a/kommer.md has the same name in the same language (nb); rename one of them",
        "replies/nb/b/kommer.md:3: warning: the key \"tag\" is not known; did you mean \"tags\"?",
        "replies/nb/felt.md:6: error: the field {navn} is not known; write one of {name}, {number}, {operator}, {group}, {phone}, or \
         {navn?} where the operator is to fill it in",
        "replies/nb/ingen.md:1: error: there is no title; add a line such as \"title: Forgotten password\"",
        "replies/nb/tom.md:4: error: the standard reply says nothing; write what it says below the front matter",
    ];
    assert_eq!(problems, expected);
}

#[test]
fn the_sample_replies_are_in_three_languages_and_nothing_is_wrong_with_them() {
    let loaded = load(&checkout().join("kb"), &checks()).unwrap();
    assert!(loaded.replies.len() >= 24, "{}", loaded.replies.len());
    for lang in Lang::ALL {
        assert_eq!(loaded.replies.iter().filter(|reply| reply.lang == lang).count(), loaded.replies.len() / 3);
    }
    assert!(!loaded.problems.iter().any(|problem| is_of_replies(problem, &checkout().join("kb"))), "{:?}", loaded.problems);
}

const LINK: &str =
    "---\ntitle: Timer\naddress: https://timer.example.no/\ntags: [timeliste]\nreviewed: 2026-10-05\n---\n\nFør timer.\n";

#[test]
fn links_are_read_beside_the_articles_and_are_none_of_them() {
    let files = ["links/nb/timer.md", "links/nn/timer.md", "links/en/timer.md"].map(|file| (file, LINK));
    let folder = folder(&[&[("nb/a.md", GOOD)], &files[..]].concat());
    let loaded = load(folder.path(), &checks()).unwrap();
    assert_eq!((loaded.articles.len(), loaded.links.len(), loaded.problems.as_slice()), (1, 3, &[][..]));
    let link = &loaded.links[1];
    assert_eq!((link.slug.as_str(), link.lang, link.address.as_str()), ("timer", Lang::Nb, "https://timer.example.no/"));
    assert_eq!((&*link.purpose, link.tags.as_slice(), &link.group), ("Før timer.", &["timeliste".to_owned()][..], &None));
}

#[test]
fn what_is_wrong_with_a_link_is_told_with_its_place() {
    let folder = folder(&[
        ("links/nb/alene.md", &LINK.replace("timer.example", "alene.example")),
        ("links/nb/http.md", &LINK.replace("https:", "http:")),
        ("links/nb/ingen.md", "---\ntitle: Ingen\n---\nTil ingenting.\n"),
        ("links/nb/tom.md", "---\ntitle: Tom\naddress: tel:113\nowner: IT\n---\n\n"),
        ("links/nb/timer.md", LINK),
        ("links/nn/timer.md", &LINK.replace("2026-10-05", "2025-10-05")),
        ("links/en/timer.md", LINK),
        ("links/en/hours.md", &LINK.replace("https://timer.example.no/", "https://Timer.example.no")),
        ("links/nb/hours.md", &LINK.replace("timer.example", "hours.example")),
        ("links/nn/hours.md", &LINK.replace("timer.example", "hours.example")),
    ]);
    let (articles, problems) = read(&folder);
    assert!(articles.is_empty());
    let expected = [
        "links/en/timer.md: warning: links/en/hours.md leads to the same address; make one link of the two, with the words of both",
        "links/nb/alene.md: warning: the link is missing in nn and en; add a file of the same name in the other language's folder",
        "links/nb/http.md:3: error: \"http://timer.example.no/\" is no address that a link may have; write it in full, beginning with \
         https://, mailto: or tel:, without spaces or a password",
        "links/nb/ingen.md:1: error: there is no address; add a line such as \"address: https://timer.example.no\"",
        "links/nb/timer.md: warning: links/en/hours.md leads to the same address; make one link of the two, with the words of both",
        "links/nb/tom.md:4: warning: the key \"owner\" is not known; remove it; the known keys are title, lang, address, tags, group, reviewed",
        "links/nb/tom.md:6: error: the link does not say what it is for; write that below the front matter",
        "links/nn/timer.md: warning: links/en/hours.md leads to the same address; make one link of the two, with the words of both",
        "links/nn/timer.md:5: warning: the review is more than a year old (2025-10-05); go through it, correct it, and write today's date",
        "links/nn/timer.md:5: warning: the translation (2025-10-05) is older than links/nb/timer.md (2026-10-05); bring it up to date with its source, and write today's date",
    ];
    assert_eq!(problems, expected);
}

#[test]
fn the_sample_links_are_in_three_languages_and_nothing_is_wrong_with_them() {
    let loaded = load(&checkout().join("kb"), &checks()).unwrap();
    assert!(loaded.links.len() >= 45, "{}", loaded.links.len());
    assert!(!loaded.problems.iter().any(|problem| is_of_links(problem, &checkout().join("kb"))), "{:?}", loaded.problems);
    let elsewhere = |link: &&Link| !link.address.as_str().contains("example.no") && !link.address.as_str().starts_with("tel:");
    assert_eq!(loaded.links.iter().find(elsewhere), None, "a sample leads nowhere real");
}
