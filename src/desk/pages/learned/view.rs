//! The page of learned questions, article by article.

use maud::{Markup, html};

use super::super::line::moment;
use super::super::reader::Reader;
use super::super::shell::{Nav, Shell};
use crate::domain::answer::ArticleRef;
use crate::domain::ids::Slug;
use crate::domain::learned::{LearnedQuestion, LearnedState, Origin};
use crate::domain::permission::Operator;
use crate::flows::{LearnedPage, Verdict};

/// How an editor's verdict went.
pub(super) enum Notice {
    /// It is done, and this is the question now.
    Done(Verdict, LearnedQuestion),
    /// It was so already.
    Already(LearnedQuestion),
}

impl Notice {
    /// The notice with this word in the address.
    pub(super) fn of(code: &str, question: LearnedQuestion) -> Option<Self> {
        match code {
            "approve" => Some(Self::Done(Verdict::Approve, question)),
            "decline" => Some(Self::Done(Verdict::Decline, question)),
            "already" => Some(Self::Already(question)),
            _ => None,
        }
    }

    /// The word in the address.
    pub(super) const fn code(&self) -> &'static str {
        match self {
            Self::Done(Verdict::Approve, _) => "approve",
            Self::Done(Verdict::Decline, _) => "decline",
            Self::Already(_) => "already",
        }
    }

    /// In words.
    pub(super) fn words(&self, reader: &Reader) -> String {
        match self {
            Self::Done(Verdict::Approve, question) => reader.fill("learned.did_approve", &[("text", question.text.as_str())]),
            Self::Done(Verdict::Decline, question) => reader.fill("learned.did_decline", &[("text", question.text.as_str())]),
            Self::Already(_) => reader.say("desk.already").to_owned(),
        }
    }

    const fn article(&self) -> &Slug {
        match self {
            Self::Done(_, question) | Self::Already(question) => &question.article,
        }
    }
}

/// The whole page. The notice stands before the article that it is about, so that whoever goes through a long list goes on there.
pub(super) fn page(reader: &Reader, by: &Operator, state: LearnedState, page: &LearnedPage, notice: Option<&Notice>) -> Markup {
    let title = reader.say("learned.title");
    let articles = by_article(&page.questions);
    let beside = notice.filter(|notice| articles.iter().any(|(article, _)| *article == notice.article()));
    Shell::new(reader, title, Nav::Operator(by)).wide().render(&html! {
        h1.ds-heading data-size="md" { (title) }
        p.lead { (reader.say("learned.lead")) }
        p.muted { (rule(reader)) }
        (tabs(reader, state))
        @if beside.is_none() { (said(reader, notice)) }
        @if articles.is_empty() { p.ds-card { (reader.say(nothing(state))) } }
        @for (article, questions) in &articles {
            @if beside.is_some_and(|notice| notice.article() == *article) { (said(reader, beside)) }
            (section(reader, article, questions))
        }
        @if let Some(before) = page.next {
            p { a.ds-link href={ (address(state)) "&before=" (before) } { (reader.say("learned.older")) } }
        }
    })
}

/// The articles in the order of their newest questions.
fn by_article(questions: &[LearnedQuestion]) -> Vec<(&Slug, Vec<&LearnedQuestion>)> {
    let mut articles: Vec<(&Slug, Vec<&LearnedQuestion>)> = Vec::new();
    for question in questions {
        match articles.iter_mut().find(|(article, _)| **article == question.article) {
            Some((_, questions)) => questions.push(question),
            None => articles.push((&question.article, vec![question])),
        }
    }
    articles
}

fn address(state: LearnedState) -> String {
    format!("/desk/learned?state={}", state.as_str())
}

/// When a question counts, as this installation is set up.
fn rule(reader: &Reader) -> String {
    let policy = reader.desk().learning.policy();
    match policy.confirmations {
        _ if !policy.enabled => reader.say("learned.rule_off").to_owned(),
        0 => reader.say("learned.rule_editor").to_owned(),
        enough => reader.fill("learned.rule_people", &[("count", &enough.to_string())]),
    }
}

fn tabs(reader: &Reader, shown: LearnedState) -> Markup {
    html! {
        nav aria-label=(reader.say("learned.which")) {
            ul.tabs {
                @for state in LearnedState::ALL {
                    li { a href=(address(state)) aria-current=[(state == shown).then_some("page")] { (reader.say(name(state))) } }
                }
            }
        }
    }
}

const fn name(state: LearnedState) -> &'static str {
    match state {
        LearnedState::Proposed => "learned.proposed",
        LearnedState::Approved => "learned.approved",
        LearnedState::Declined => "learned.declined",
    }
}

const fn nothing(state: LearnedState) -> &'static str {
    match state {
        LearnedState::Proposed => "learned.none_proposed",
        LearnedState::Approved => "learned.none_approved",
        LearnedState::Declined => "learned.none_declined",
    }
}

fn said(reader: &Reader, notice: Option<&Notice>) -> Markup {
    html! { p #said-back .said-back role="status" { @if let Some(notice) = notice { (notice.words(reader)) } } }
}

fn section(reader: &Reader, article: &Slug, questions: &[&LearnedQuestion]) -> Markup {
    html! {
        section.ds-card {
            (heading(reader, article))
            @for question in questions { (one(reader, question)) }
        }
    }
}

/// The article's title in the reader's language where there is one; its name where there is no such article any more.
fn heading(reader: &Reader, article: &Slug) -> Markup {
    let index = &reader.desk().index;
    let languages = index.languages(article);
    let lang = reader.lang.preference().into_iter().find(|lang| languages.contains(lang));
    let found = lang.and_then(|lang| index.article(&ArticleRef { slug: article.clone(), lang }));
    html! {
        @match found {
            Some(found) => h2.ds-heading data-size="2xs" lang=(found.article.lang) { a.ds-link href={ "/kb/" (found.article.lang) "/" (article) } { (found.title) } },
            None => {
                h2.ds-heading data-size="2xs" { (article) }
                p.muted { (reader.say("learned.article_gone")) }
            },
        }
    }
}

fn one(reader: &Reader, question: &LearnedQuestion) -> Markup {
    let counts = question.counts(reader.desk().learning.policy());
    html! {
        div.suggestion {
            p { b lang=(question.lang) { (question.text.as_str()) } }
            p.muted.small {
                @if counts { span.ds-tag data-color="success" data-size="sm" { (reader.say("learned.counts")) } " " }
                (people(reader, question.people)) " · " (reader.say(origin(question.origin))) " · "
                (reader.language(question.lang)) " · " (moment(reader, question.last_at))
                @if let Some((by, at)) = &question.settled {
                    " · " (reader.fill("learned.settled", &[("name", &by.name)])) " " (moment(reader, *at))
                }
            }
            div.row { (choices(reader, question)) }
        }
    }
}

fn people(reader: &Reader, people: u32) -> String {
    match people {
        0 => reader.say("learned.people_none").to_owned(),
        1 => reader.say("learned.people_one").to_owned(),
        _ => reader.fill("learned.people", &[("count", &people.to_string())]),
    }
}

const fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Helped => "learned.from_helped",
        Origin::Replied => "learned.from_replied",
    }
}

fn choices(reader: &Reader, question: &LearnedQuestion) -> Markup {
    let shown: &[(&str, &str)] = match question.state {
        LearnedState::Proposed => &[("approve", "learned.approve"), ("decline", "learned.decline")],
        LearnedState::Approved => &[("decline", "learned.take_back")],
        LearnedState::Declined => &[("approve", "learned.approve_after_all")],
    };
    html! {
        @for (verb, key) in shown {
            form method="post" action={ "/desk/learned/" (question.id) "/" (verb) } {
                input type="hidden" name="state" value=(question.state.as_str());
                button.ds-button data-variant="secondary" data-size="sm" { (reader.say(key)) span.unseen lang=(question.lang) { ": " (question.text.as_str()) } }
            }
        }
    }
}
