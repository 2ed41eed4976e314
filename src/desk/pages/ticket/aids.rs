//! Standard replies and links that are searched for beside articles, each ready to be put into the reply.

use maud::{Markup, html};

use super::articles::insert;
use super::replies;
use super::spot::Spot;
use crate::desk::Desk;
use crate::domain::aid::Aid;
use crate::domain::link::{self, Link};
use crate::domain::permission::Operator;
use crate::domain::reply::StandardReply;
use crate::ports::TicketSummary;

/// How many of a kind are found at most.
const MOST_FOUND: usize = 5;

/// What words find.
#[derive(Default)]
pub(super) struct Found {
    replies: Vec<StandardReply>,
    links: Vec<Link>,
}

impl Found {
    /// What these words find for a ticket, best first; nothing where there are no words. Standard replies are for those who reply.
    pub(super) fn by(desk: &Desk, by: &Operator, ticket: &TicketSummary, words: &str) -> Self {
        let Ok(typed) = desk.typed(words) else { return Self::default() };
        let mut replies = if by.works_on_tickets() { replies::picked(desk, ticket, words) } else { Vec::new() };
        replies.truncate(MOST_FOUND);
        let (register, slugs) = (desk.aids.links(), desk.aids.find(Aid::Link, &typed.text, ticket.lang, MOST_FOUND));
        let links = slugs.iter().filter_map(|slug| link::version(&register, slug, ticket.lang).cloned()).collect();
        Self { replies, links }
    }

    /// Whether it is nothing.
    pub(super) const fn is_empty(&self) -> bool {
        self.replies.is_empty() && self.links.is_empty()
    }

    /// How many of each, in words.
    pub(super) fn counted(&self, spot: Spot<'_>) -> String {
        let counts = [("ticket.replies_count", self.replies.len()), ("ticket.links_count", self.links.len())];
        let some = counts.iter().filter(|(_, count)| *count > 0);
        let told: Vec<String> = some.map(|(key, count)| spot.reader.fill(key, &[("count", &count.to_string())])).collect();
        told.join(". ")
    }
}

/// Each kind under its heading.
pub(super) fn groups(spot: Spot<'_>, found: &Found) -> Markup {
    html! {
        @if !found.replies.is_empty() {
            (spot.heading(1, "found-replies", spot.say("ticket.replies")))
            @for reply in &found.replies { (replies::entry(spot, reply)) }
        }
        @if !found.links.is_empty() {
            (spot.heading(1, "found-links", spot.say("ticket.links")))
            @for link in &found.links { (entry(spot, link)) }
        }
    }
}

fn entry(spot: Spot<'_>, link: &Link) -> Markup {
    let about = spot.reader.fill("desk.insert_about", &[("title", &link.title)]);
    html! {
        div.suggestion {
            p.named lang=(link.lang) {
                a.ds-link href=(link.address.as_str()) rel="nofollow noopener noreferrer" target="_blank" { (link.title) }
            }
            p.muted.small lang=(link.lang) { (link.purpose) }
            @if spot.works() { div.row data-needs-script hidden { (insert(spot.say("desk.insert_link"), &about, &link.in_words())) } }
            @if link.lang != spot.ticket.lang { p { span.tag { (spot.reader.language(link.lang)) } } }
        }
    }
}
