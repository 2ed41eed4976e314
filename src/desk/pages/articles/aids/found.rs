//! What an editor's words find beside articles.

use maud::{Markup, html};

use super::super::super::reader::Reader;
use super::edit::leading;
use super::home;
use crate::domain::aid::Aid;
use crate::domain::answer::ArticleRef;
use crate::domain::{link, reply};

/// How many of a kind are shown at most.
const MOST: usize = 10;

/// The standard replies and links that the words find, by kind; nothing where there are no words.
pub(in super::super) fn beside(reader: &Reader, words: &str) -> Markup {
    let desk = reader.desk();
    let Ok(typed) = desk.typed(words) else { return html! {} };
    let find = |aid| desk.aids.find(aid, &typed.text, reader.lang, MOST);
    let (all_replies, all_links) = (desk.replies.standard_replies(), desk.aids.links());
    let replies: Vec<_> =
        find(Aid::Reply).iter().filter_map(|slug| reply::version(&all_replies, slug, reader.lang, None)).collect();
    let links: Vec<_> = find(Aid::Link).iter().filter_map(|slug| link::version(&all_links, slug, reader.lang)).collect();
    html! {
        @if !replies.is_empty() {
            h2.ds-heading data-size="xs" { (reader.fill("links.found_replies", &[("count", &replies.len().to_string())])) }
            ul.ds-list {
                @for reply in replies {
                    @let one = ArticleRef { slug: reply.slug.clone(), lang: reply.lang };
                    li { a.ds-link href=(home(Aid::Reply, &one)) lang=(reply.lang) { (reply.title) } }
                }
            }
        }
        @if !links.is_empty() {
            h2.ds-heading data-size="xs" { (reader.fill("links.found_links", &[("count", &links.len().to_string())])) }
            ul.ds-list {
                @for link in links {
                    @let one = ArticleRef { slug: link.slug.clone(), lang: link.lang };
                    li { a.ds-link href=(home(Aid::Link, &one)) lang=(link.lang) { (link.title) } ": " (leading(&link.address)) }
                }
            }
        }
    }
}
