//! The page that explains an answer.

use maud::{Markup, html};

use super::super::markup::marked;
use super::super::reader::Reader;
use super::super::shell::{Nav, Shell};
use crate::desk::LONGEST_TEXT;
use crate::domain::answer::{Intent, PerMille};
use crate::domain::explanation::{CandidateShown, Contribution, Explanation, Follows, Recognised, WordShown};
use crate::domain::lang::Lang;
use crate::domain::message::Redacted;
use crate::domain::permission::Operator;

/// How many candidates, and how many figures of each, are shown.
const MOST: usize = 10;

/// What there is to show.
pub(super) enum Shown {
    /// Nothing was asked yet.
    Form,
    /// The question cannot be taken, for this reason.
    Unfit(String),
    /// The question and its explanation, where the index has one.
    Question(Redacted, Option<Box<Explanation>>),
}

/// The whole page.
pub(super) fn page(reader: &Reader, by: &Operator, shown: &Shown) -> Markup {
    let title = reader.say("explain.title");
    let question = if let Shown::Question(question, _) = shown { question.as_str() } else { "" };
    Shell::new(reader, title, Nav::Operator(by)).wide().render(&html! {
        h1.ds-heading data-size="md" { (title) }
        p.lead { (reader.say("explain.lead")) }
        (form(reader, question))
        @match shown {
            Shown::Form => {},
            Shown::Unfit(reason) => p.said-back.refused role="status" { (reason) },
            Shown::Question(_, None) => p.ds-card { (reader.say("explain.cannot")) },
            Shown::Question(_, Some(why)) => {
                (outcome(reader, why))
                (words(reader, &why.words))
                (candidates(reader, &why.candidates))
            },
        }
    })
}

fn form(reader: &Reader, question: &str) -> Markup {
    html! {
        form.ds-card method="get" action="/desk/explain" role="search" aria-label=(reader.say("explain.title")) {
            div.ds-field {
                label.ds-label for="q" { (reader.say("explain.question")) }
                input #q .ds-input type="text" name="q" value=(question) required maxlength=(LONGEST_TEXT) autocomplete="off";
            }
            button.ds-button { (reader.say("explain.show")) }
        }
    }
}

fn outcome(reader: &Reader, why: &Explanation) -> Markup {
    let Explanation { detected, thresholds, .. } = why;
    let [nb, nn, en] = detected.cues.map(|cue| cue.to_string());
    let cues = reader.fill("explain.cues", &[("nb", &nb), ("nn", &nn), ("en", &en)]);
    let (answer, offer) = (percent(reader, thresholds.answer), percent(reader, thresholds.offer));
    html! {
        section.ds-card aria-labelledby="outcome" {
            h2 #outcome .ds-heading data-size="2xs" { (reader.say("explain.outcome")) }
            p { b { (decision(reader, why)) } }
            dl.facts {
                dt { (reader.say("explain.lang")) }
                dd { (detected.lang.map_or_else(|| reader.say("explain.lang_unclear"), |lang| reader.language(lang))) ". " (cues) }
                dt { (reader.say("explain.wants")) }
                dd {
                    (reader.say(wants(why.intent))) " "
                    @match why.intent_rule {
                        Some(rule) => { (reader.say("explain.rule")) ": " code lang="en" { (rule) } },
                        None => (reader.say("explain.no_rule")),
                    }
                }
                dt { (reader.say("explain.thresholds")) }
                dd { (reader.fill("explain.thresholds_are", &[("answer", &answer), ("offer", &offer)])) }
            }
        }
    }
}

fn decision(reader: &Reader, why: &Explanation) -> String {
    let first = why.candidates.first().map_or(PerMille::default(), |shown| shown.candidate.confidence);
    let (first, answer, offer) =
        (percent(reader, first), percent(reader, why.thresholds.answer), percent(reader, why.thresholds.offer));
    let values = [("confidence", &*first), ("answer", &answer), ("offer", &offer)];
    match why.follows() {
        Follows::Answer => reader.fill("explain.does_answer", &values),
        Follows::Offer => reader.fill("explain.does_offer", &values),
        Follows::HandOff if why.candidates.is_empty() => reader.say("explain.does_hand_off_empty").to_owned(),
        Follows::HandOff => reader.fill("explain.does_hand_off", &values),
        Follows::AsItWants => reader.say(does(why.intent)).to_owned(),
    }
}

const fn wants(intent: Intent) -> &'static str {
    match intent {
        Intent::Question => "explain.wants_answer",
        Intent::SmallTalk(_) => "explain.wants_nothing",
        Intent::Person => "explain.wants_person",
        Intent::OwnTickets => "explain.wants_tickets",
        Intent::Critical => "explain.wants_rescue",
        Intent::Yes => "explain.wants_yes",
        Intent::No => "explain.wants_no",
    }
}

const fn does(intent: Intent) -> &'static str {
    match intent {
        Intent::SmallTalk(_) => "explain.does_talk",
        Intent::OwnTickets => "explain.does_tickets",
        Intent::Critical => "explain.does_rescue",
        Intent::Yes | Intent::No => "explain.does_depend",
        Intent::Question | Intent::Person => "explain.does_person",
    }
}

fn words(reader: &Reader, words: &[WordShown]) -> Markup {
    html! {
        section.ds-card aria-labelledby="words" {
            h2 #words .ds-heading data-size="2xs" { (reader.say("explain.words")) }
            @if words.is_empty() { p { (reader.say("explain.no_words")) } } @else {
                div.scroll tabindex="0" role="region" aria-label=(reader.say("explain.words_caption")) {
                    table.ds-table.stack {
                        caption.unseen { (reader.say("explain.words_caption")) }
                        thead {
                            tr {
                                @for column in ["explain.word", "explain.recognised", "explain.weight", "explain.stands_for"] {
                                    th scope="col" { (reader.say(column)) }
                                }
                            }
                        }
                        tbody { @for one in words { (word(reader, one)) } }
                    }
                }
            }
        }
    }
}

fn word(reader: &Reader, word: &WordShown) -> Markup {
    let stands_for: Vec<String> =
        word.stands_for.iter().map(|(form, share)| format!("{form} ({})", number(reader, *share))).collect();
    html! {
        tr {
            th scope="row" { (word.text) }
            td data-head=(reader.say("explain.recognised")) { (reader.say(recognised(word.recognised))) }
            td data-head=(reader.say("explain.weight")) { (number(reader, word.weight)) }
            td data-head=(reader.say("explain.stands_for")) { (stands_for.join(", ")) }
        }
    }
}

const fn recognised(recognised: Recognised) -> &'static str {
    match recognised {
        Recognised::Known => "explain.known",
        Recognised::Joined => "explain.joined",
        Recognised::Particle => "explain.particle",
        Recognised::Translated => "explain.translated",
        Recognised::Glossary => "explain.glossary",
        Recognised::Repaired => "explain.repaired",
        Recognised::Split => "explain.split",
        Recognised::Alike => "explain.alike",
        Recognised::Unknown => "explain.unknown",
    }
}

fn candidates(reader: &Reader, candidates: &[CandidateShown]) -> Markup {
    html! {
        section.ds-card aria-labelledby="candidates" {
            h2 #candidates .ds-heading data-size="2xs" { (reader.say("explain.candidates")) }
            @if candidates.is_empty() { p { (reader.say("explain.no_candidates")) } } @else {
                p.muted { (reader.say("explain.figures_are")) }
            }
            @for (at, shown) in candidates.iter().take(MOST).enumerate() { (candidate(reader, at, shown)) }
        }
    }
}

fn candidate(reader: &Reader, at: usize, shown: &CandidateShown) -> Markup {
    let candidate = &shown.candidate;
    let (article, lang) = (&candidate.article, candidate.article.lang);
    let base = format!("/kb/{lang}/");
    let sure = reader.fill("explain.sure", &[("percent", &percent(reader, candidate.confidence))]);
    let score = reader.fill("explain.features", &[("score", &number(reader, shown.score))]);
    html! {
        details.suggestion open[at == 0] {
            summary { (at + 1) ". " span lang=(lang) { (candidate.title) } " – " (sure) }
            p { a.ds-link href={ (base) (article.slug) } lang=(lang) { (candidate.title) } }
            p.muted.small { (reader.say("explain.passage")) }
            div.passage lang=(lang) tabindex="0" role="region" aria-label=(candidate.title) {
                (marked(&candidate.passage, &base, 2, &shown.matched))
            }
            (figures(reader, &candidate.title, &score, &shown.features))
            (figures(reader, &candidate.title, reader.say("explain.signs"), &shown.signs))
        }
    }
}

fn figures(reader: &Reader, title: &str, caption: &str, all: &[Contribution]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label={ (title) ": " (caption) } {
            table.ds-table.small data-size="sm" {
                caption { (caption) }
                thead {
                    tr {
                        @for column in ["explain.figure", "explain.value", "explain.contribution"] {
                            th scope="col" { (reader.say(column)) }
                        }
                    }
                }
                tbody {
                    @for one in Contribution::strongest(all, MOST) {
                        tr {
                            th scope="row" lang="en" { (one.name) }
                            td { (number(reader, one.value)) }
                            td { @if one.contribution > 0.0 { "+" } (number(reader, one.contribution)) }
                        }
                    }
                }
            }
        }
    }
}

/// A number with two decimals, as it is written in the reader's language.
fn number(reader: &Reader, number: f32) -> String {
    let written = format!("{number:.2}");
    if reader.lang == Lang::En { written } else { written.replace('.', ",").replace('-', "−") }
}

fn percent(reader: &Reader, confidence: PerMille) -> String {
    let (whole, tenth) = (confidence.get() / 10, confidence.get() % 10);
    if reader.lang == Lang::En { format!("{whole}.{tenth}%") } else { format!("{whole},{tenth}\u{a0}%") }
}
