//! Flaws, Git's troubles and commits, in the reader's words.

use super::super::reader::Reader;
use crate::domain::flaw::Flaw;
use crate::domain::ids::GroupId;
use crate::domain::lang::Lang;
use crate::flows::{Part, What, Work};
use crate::ports::{GitTrouble, ShelfError};
use crate::wording::Wording;

/// What is wrong with an article, and what to do.
pub(super) fn flaw(reader: &Reader, flaw: &Flaw) -> String {
    let fill = |key, values: &[(&str, &str)]| reader.fill(key, values);
    match flaw {
        Flaw::NoFrontMatter => reader.say("editor.flaw_no_front").to_owned(),
        Flaw::OpenFrontMatter => reader.say("editor.flaw_open_front").to_owned(),
        Flaw::NoYaml { reason } => fill("editor.flaw_yaml", &[("reason", reason)]),
        Flaw::UnknownKey { key, nearest: Some(known), .. } => fill("editor.flaw_key_near", &[("key", key), ("known", known)]),
        Flaw::UnknownKey { key, known, .. } => fill("editor.flaw_key", &[("key", key), ("known", &known.join(", "))]),
        Flaw::NotText { key } => fill("editor.flaw_text", &[("key", key)]),
        Flaw::NotTexts { key } => fill("editor.flaw_texts", &[("key", key)]),
        Flaw::NotDay { text, .. } => fill("editor.flaw_day", &[("text", text)]),
        Flaw::NoTitle => reader.say("editor.flaw_title").to_owned(),
        Flaw::NoLang => reader.say("editor.flaw_no_lang").to_owned(),
        Flaw::UnknownLang { code } => fill("editor.flaw_lang", &[("code", code)]),
        Flaw::OtherLang { own, folder } => fill("editor.flaw_other_lang", &[("own", own.code()), ("folder", folder.code())]),
        Flaw::UnknownGroup { group, known } => {
            let known: Vec<&str> = known.iter().map(GroupId::as_str).collect();
            fill("editor.flaw_group", &[("group", group.as_str()), ("known", &known.join(", "))])
        }
        Flaw::ReviewAhead { day } => fill("editor.flaw_ahead", &[("day", &day.to_string())]),
        Flaw::ReviewDue { day, months } => fill("editor.flaw_due", &[("day", &day.to_string()), ("months", &months.to_string())]),
        Flaw::UnknownField { name } => fill("replies.flaw_field", &[("name", name)]),
        Flaw::NoAddress => reader.say("links.flaw_no_address").to_owned(),
        Flaw::BadAddress { text } => fill("links.flaw_address", &[("text", text)]),
        Flaw::SameAddress { file } => fill("links.flaw_same_address", &[("file", file)]),
        Flaw::NoVersion { missing } => {
            let languages: Vec<&str> = missing.iter().map(|lang| reader.language(*lang)).collect();
            fill("links.flaw_no_version", &[("languages", &languages.join(", "))])
        }
        Flaw::NoText => reader.say("editor.flaw_empty").to_owned(),
        Flaw::NoHeading => reader.say("editor.flaw_heading").to_owned(),
        Flaw::DeadLink { link } => fill("editor.flaw_link", &[("link", link)]),
        Flaw::SameName { file, .. } => fill("editor.flaw_same", &[("file", file)]),
        Flaw::Behind { own, source, .. } => {
            fill("editor.flaw_behind", &[("own", &own.to_string()), ("source", &source.to_string())])
        }
        Flaw::Unreadable { reason } => fill("editor.flaw_unreadable", &[("reason", reason)]),
        Flaw::TooLarge => reader.say("editor.flaw_large").to_owned(),
        Flaw::NotUtf8 => reader.say("editor.flaw_utf8").to_owned(),
    }
}

/// Why a change is not committed.
pub(super) fn git_trouble(reader: &Reader, trouble: &GitTrouble) -> String {
    match trouble {
        GitTrouble::NoProgram => reader.say("editor.git_missing").to_owned(),
        GitTrouble::TooSlow => reader.say("editor.git_slow").to_owned(),
        GitTrouble::Locked => reader.say("editor.git_locked").to_owned(),
        GitTrouble::Ignored => reader.say("editor.git_ignored").to_owned(),
        GitTrouble::Said(words) => reader.fill("editor.git_said", &[("words", words)]),
    }
}

/// Why nothing is saved, as far as the editor can do something about it.
pub(super) fn shelf_error(reader: &Reader, error: &ShelfError) -> String {
    match error {
        ShelfError::BadName(name) => reader.fill("editor.bad_name", &[("name", name)]),
        ShelfError::TooLarge => reader.say("editor.flaw_large").to_owned(),
        _ => reader.say("editor.not_saved").to_owned(),
    }
}

/// A commit's line, in the desk's language.
pub(super) fn commit(wording: &Wording, lang: Lang, what: &What) -> String {
    let version = wording.get(lang, language(what.lang));
    let values = [("title", what.title.as_str()), ("lang", version)];
    match &what.work {
        Work::Written => wording.fill(lang, "editor.commit_new", &values),
        Work::Retired => wording.fill(lang, "editor.commit_retired", &values),
        Work::Committed => wording.fill(lang, "editor.commit_as_is", &values),
        Work::Restored(commit) => {
            let short: String = commit.as_str().chars().take(10).collect();
            wording.fill(lang, "editor.commit_restored", &[values[0], values[1], ("version", &short)])
        }
        Work::Changed(parts) => {
            let parts: Vec<&str> = parts.iter().map(|part| wording.get(lang, name(*part))).collect();
            wording.fill(lang, "editor.commit_changed", &[values[0], values[1], ("parts", &parts.join(", "))])
        }
    }
}

const fn name(part: Part) -> &'static str {
    match part {
        Part::Title => "editor.part_title",
        Part::FoundBy => "editor.part_found_by",
        Part::Facts => "editor.part_facts",
        Part::Text => "editor.part_text",
    }
}

pub(super) const fn language(lang: Lang) -> &'static str {
    match lang {
        Lang::Nb => "page.nb",
        Lang::Nn => "page.nn",
        Lang::En => "page.en",
    }
}
