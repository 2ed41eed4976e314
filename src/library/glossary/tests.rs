use super::*;

/// The concepts' words by column, and the problems.
fn parsed(text: &str) -> (Vec<[Vec<String>; 4]>, Vec<String>) {
    let mut problems = Vec::new();
    let glossary = parse(PathBuf::from("ordliste.tsv"), text, &mut problems);
    let columns = glossary.concepts.into_iter().map(|concept| [concept.nb, concept.nn, concept.en, concept.also]);
    (columns.collect(), problems.iter().map(ToString::to_string).collect())
}

fn words<const N: usize>(words: [&str; N]) -> Vec<String> {
    words.map(str::to_owned).to_vec()
}

#[test]
fn a_line_is_a_concept_and_a_semicolon_parts_its_words() {
    let text = "# Ordliste\n\nnb\tnn\ten\talso\n# Skriving\nskriver\tskrivar\tprinter; printing  machine\tHP-en;\n\nlogge inn\t\tsign in;log in\t\n";
    let (concepts, problems) = parsed(text);
    assert_eq!(problems, Vec::<String>::new());
    let printer = [words(["skriver"]), words(["skrivar"]), words(["printer", "printing machine"]), words(["HP-en"])];
    assert_eq!(concepts, [printer, [words(["logge inn"]), vec![], words(["sign in", "log in"]), vec![]]]);
}

#[test]
fn a_faulty_line_is_told_and_passed_over_and_the_others_count() {
    let long = "x".repeat(61);
    let too_long = format!("fil\t\t{long}\t");
    let cases = [
        (
            "skjerm\tscreen",
            "there are 2 columns and not 4; put a tab between nb, nn, en and also, where a cell is empty too".to_owned(),
        ),
        ("\t\t\tmaskina; PC-en", "nb, nn and en are all empty; write at least one term that people know".to_owned()),
        ("skjerm\t;\t\t", "one word alone bridges nothing; add a word that means the same, or remove the line".to_owned()),
        (&too_long, format!("\"{long}\" is longer than 60 characters; shorten it, or put a semicolon between its words")),
        (
            "Mus\t\tpointer\t",
            "\"Mus\" is the preferred nb term of line 2 too; make one concept of the two, or put another word first".to_owned(),
        ),
        (
            "musepeker\t\tmouse\t",
            "\"mouse\" is the preferred en term of line 2 too; make one concept of the two, or put another word first".to_owned(),
        ),
    ];
    for (line, told) in cases {
        let (concepts, problems) = parsed(&format!("nb\tnn\ten\talso\nmus\t\tmouse\t\n{line}\ntast\t\tkey\t\n"));
        assert_eq!(problems, [format!("ordliste.tsv:3: error: {told}")], "for {line:?}");
        assert_eq!(concepts.len(), 2, "for {line:?}");
    }
}

#[test]
fn a_word_that_stands_twice_is_told_and_counts_once() {
    let (concepts, problems) = parsed("nb\tnn\ten\talso\nteam\t\tTeam; group\t\n");
    assert_eq!(problems, ["ordliste.tsv:2: warning: \"Team\" stands twice in this concept; remove one of them"]);
    assert_eq!(concepts, [[words(["team"]), vec![], words(["group"]), vec![]]]);
}

#[test]
fn a_missing_header_is_told_and_the_lines_count() {
    let told = "error: the header is missing; begin with the line nb, nn, en, also, with a tab between the words";
    for (text, line, count) in [("# Ord\nmus\t\tmouse\t\n", 2, 1), ("", 1, 0), ("nb\ten\n", 1, 0)] {
        let (concepts, problems) = parsed(text);
        assert_eq!(problems.first(), Some(&format!("ordliste.tsv:{line}: {told}")), "for {text:?}");
        assert_eq!(concepts.len(), count, "for {text:?}");
    }
}

#[test]
fn one_word_may_be_preferred_in_two_languages_and_stand_in_two_concepts() {
    let (concepts, problems) = parsed("nb\tnn\ten\talso\nhodesett\t\theadset\t\nheadset\t\tearphone\thodesett\n");
    assert_eq!((concepts.len(), problems), (2, vec![]));
}
