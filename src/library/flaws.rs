//! What is wrong with an article, in English: what the log and the command line say of it.

use crate::domain::flaw::Flaw;
use crate::domain::ids::GroupId;
use crate::domain::lang::Lang;
use crate::domain::reply::KnownField;

/// What is wrong, and what to do.
pub(super) fn in_english(flaw: &Flaw) -> (String, String) {
    (what(flaw), remedy(flaw))
}

fn what(flaw: &Flaw) -> String {
    match flaw {
        Flaw::NoFrontMatter => "the front matter is missing".to_owned(),
        Flaw::OpenFrontMatter => "the front matter is not closed".to_owned(),
        Flaw::NoYaml { reason } => format!("the front matter is not valid YAML ({reason})"),
        Flaw::UnknownKey { key, .. } => format!("the key \"{key}\" is not known"),
        Flaw::NotText { key } => format!("\"{key}\" is not a text"),
        Flaw::NotTexts { key } => format!("\"{key}\" is not a list of texts"),
        Flaw::NotDay { text, .. } => format!("\"{text}\" is not a date"),
        Flaw::NoTitle => "there is no title".to_owned(),
        Flaw::NoLang => "there is no language, so bokmål is assumed".to_owned(),
        Flaw::UnknownLang { code } => format!("\"{code}\" is not a language that Firstline knows"),
        Flaw::OtherLang { own, folder } => format!("the language is {own}, but the file is in the folder {folder}"),
        Flaw::UnknownGroup { group, .. } => format!("the group \"{group}\" is not configured"),
        Flaw::ReviewAhead { day } => format!("the review date {day} is in the future"),
        Flaw::ReviewDue { day, months: 12 } => format!("the review is more than a year old ({day})"),
        Flaw::ReviewDue { day, months } => format!("the review is more than {months} months old ({day})"),
        Flaw::NoText => "the article says nothing".to_owned(),
        Flaw::UnknownField { name } => format!("the field {{{name}}} is not known"),
        Flaw::NoAddress => "there is no address".to_owned(),
        Flaw::BadAddress { text } => format!("\"{text}\" is no address that a link may have"),
        Flaw::SameAddress { file } => format!("{file} leads to the same address"),
        Flaw::NoVersion { missing } => format!("the link is missing in {}", listed(missing)),
        Flaw::NoHeading => "there is no heading".to_owned(),
        Flaw::DeadLink { link } => format!("the link \"{link}\" leads nowhere"),
        Flaw::SameName { file, lang } => format!("{file} has the same name in the same language ({lang})"),
        Flaw::Behind { own, source, file } => format!("the translation ({own}) is older than {file} ({source})"),
        Flaw::Unreadable { reason } => format!("this file cannot be read ({reason})"),
        Flaw::TooLarge => "this file is larger than 1 MiB".to_owned(),
        Flaw::NotUtf8 => "this file is not UTF-8 text".to_owned(),
    }
}

fn remedy(flaw: &Flaw) -> String {
    let fixed = match flaw {
        Flaw::UnknownKey { nearest: Some(known), .. } => return format!("did you mean \"{known}\"?"),
        Flaw::UnknownKey { known, .. } => return format!("remove it; the known keys are {}", known.join(", ")),
        Flaw::OtherLang { own, folder } => return format!("write \"lang: {folder}\", or move the file into {own}"),
        Flaw::UnknownGroup { known, .. } => {
            let known: Vec<&str> = known.iter().map(GroupId::as_str).collect();
            return format!("write one of {}, or add the group to the configuration", known.join(", "));
        }
        Flaw::UnknownField { name } => {
            let known: Vec<String> = KnownField::ALL.iter().map(|field| format!("{{{}}}", field.as_str())).collect();
            return format!("write one of {}, or {{{name}?}} where the operator is to fill it in", known.join(", "));
        }
        Flaw::NoFrontMatter => "begin the file with ---, a line such as \"title: Forgotten password\", and ---",
        Flaw::OpenFrontMatter => "put a line with --- after its last key",
        Flaw::NoYaml { .. } => "write \"key: value\" on each line, and put values with : or # in quotes",
        Flaw::NotText { .. } => "write one text after the colon, in quotes where it holds : or #",
        Flaw::NotTexts { .. } => "write one text on each line, after \"- \", in quotes where it holds : or #",
        Flaw::NotDay { .. } => "write it as year-month-day, such as 2026-11-22",
        Flaw::NoTitle => "add a line such as \"title: Forgotten password\"",
        Flaw::NoLang => "move the file into nb, nn or en, or add \"lang: nb\"",
        Flaw::UnknownLang { .. } => "write nb, nn or en",
        Flaw::ReviewAhead { .. } => "write the day on which it was reviewed",
        Flaw::ReviewDue { .. } => "go through it, correct it, and write today's date",
        Flaw::NoText => "write what to do below the front matter",
        Flaw::NoAddress => "add a line such as \"address: https://timer.example.no\"",
        Flaw::BadAddress { .. } => "write it in full, beginning with https://, mailto: or tel:, without spaces or a password",
        Flaw::SameAddress { .. } => "make one link of the two, with the words of both",
        Flaw::NoVersion { .. } => "add a file of the same name in the other language's folder",
        Flaw::NoHeading => "begin the article with a line such as \"# Forgotten password\"",
        Flaw::DeadLink { .. } => "correct the file's name, or remove the link",
        Flaw::SameName { .. } => "rename one of them, or make one article of the two",
        Flaw::Behind { .. } => "bring it up to date with its source, and write today's date",
        Flaw::Unreadable { .. } => "give Firstline's user the right to read it",
        Flaw::TooLarge => "split it into several articles",
        Flaw::NotUtf8 => "save it as UTF-8",
    };
    fixed.to_owned()
}

fn listed(languages: &[Lang]) -> String {
    languages.iter().map(|lang| lang.code()).collect::<Vec<_>>().join(" and ")
}
