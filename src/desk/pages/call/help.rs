//! What may help with what a caller says: articles with their passages, and solved tickets like it.

use maud::{Markup, html};

use super::super::line::moment;
use super::super::markup::{free_text, markdown};
use super::super::reader::Reader;
use crate::domain::answer::Candidate;
use crate::flows::Help;
use crate::ports::SimilarTicket;

/// The least likely article that is worth an operator's look, per mille.
const LEAST_CONFIDENCE: u16 = 50;

/// How many articles are shown at most.
const MOST_ARTICLES: usize = 4;

/// All of it: the element with the id `help`.
pub(super) fn region(reader: &Reader, help: Option<&Help>) -> Markup {
    html! {
        section #help .ds-card aria-labelledby="help-title" data-found=[help.map(|help| found(reader, help))] {
            h2 #help-title .ds-heading data-size="xs" { (reader.say("call.help")) }
            @match help {
                None => p.muted { (reader.say("call.help_wait")) },
                Some(help) => {
                    p { (reader.fill("call.suggested_group", &[("group", reader.group(&help.group))])) }
                    (articles(reader, help))
                    (similar(reader, &help.similar))
                },
            }
        }
    }
}

fn found(reader: &Reader, help: &Help) -> String {
    let (articles, tickets) = (worth_showing(help).count().to_string(), help.similar.len().to_string());
    reader.fill("call.found", &[("articles", &articles), ("tickets", &tickets)])
}

fn worth_showing(help: &Help) -> impl Iterator<Item = &Candidate> {
    help.articles.iter().filter(|candidate| candidate.confidence.get() >= LEAST_CONFIDENCE).take(MOST_ARTICLES)
}

fn articles(reader: &Reader, help: &Help) -> Markup {
    html! {
        h3.ds-heading data-size="2xs" { (reader.say("call.articles")) }
        @if worth_showing(help).next().is_none() { p.muted { (reader.say("call.no_articles")) } }
        @for (at, candidate) in worth_showing(help).enumerate() { (article(reader, candidate, at == 0)) }
    }
}

fn article(reader: &Reader, candidate: &Candidate, first: bool) -> Markup {
    let lang = candidate.article.lang;
    let base = format!("/kb/{lang}/");
    let percent = ((candidate.confidence.get() + 5) / 10).to_string();
    let helped = format!("{}: {}", candidate.title, reader.desk().facts.article_url(&candidate.article));
    html! {
        details #{ "help-" (candidate.article.slug) } .suggestion open[first] {
            summary { span lang=(lang) { (candidate.title) } }
            p.muted.small { (reader.fill("call.confidence", &[("percent", &percent)])) }
            div.passage lang=(lang) tabindex="0" role="region" aria-label=(candidate.title) {
                (markdown(&candidate.passage, &base, 3))
            }
            div.row {
                a.ds-link href={ (base) (candidate.article.slug) } target="_blank" lang=(lang) { (candidate.title) }
                (this_helped(reader, &helped, &candidate.title))
            }
        }
    }
}

fn similar(reader: &Reader, similar: &[SimilarTicket]) -> Markup {
    html! {
        h3.ds-heading data-size="2xs" { (reader.say("call.similar")) }
        @if similar.is_empty() { p.muted { (reader.say("call.no_similar")) } }
        @for ticket in similar { (past(reader, ticket)) }
    }
}

fn past(reader: &Reader, ticket: &SimilarTicket) -> Markup {
    let number = ticket.number.to_string();
    let title = reader.fill("call.ticket", &[("number", &number)]);
    html! {
        details #{ "help-" (number) } .suggestion {
            summary { (title) ": " span lang=(ticket.lang) { (ticket.question) } }
            @if ticket.resolution.is_empty() { p.muted.small { (reader.say("call.no_words")) } } @else {
                div.passage lang=(ticket.lang) tabindex="0" role="region" aria-label=(title) { (free_text(&ticket.resolution)) }
            }
            p.muted.small {
                (reader.fill("call.solved_by", &[("name", &ticket.resolved_by)])) " · " (moment(reader, ticket.resolved_at))
            }
            div.row {
                a.ds-link href={ "/desk/tickets/" (number) } target="_blank" { (title) }
                @if !ticket.resolution.is_empty() { (this_helped(reader, &ticket.resolution, &title)) }
            }
        }
    }
}

fn this_helped(reader: &Reader, text: &str, about: &str) -> Markup {
    html! {
        button.ds-button type="button" data-variant="secondary" data-size="sm" data-helped=(text) data-needs-script hidden {
            (reader.say("call.this_helped")) span.unseen { ": " (about) }
        }
    }
}
