//! The queue's page: which list, narrowed down how, and the list.

use maud::{Markup, html};

use super::super::reader::Reader;
use super::super::shell::{Nav, Shell};
use super::filter::Filter;
use super::news;
use super::table::{self, Standing};
use super::views::View;
use crate::domain::permission::Operator;
use crate::domain::ticket::{Priority, Status, SupportLine, TicketOrder, WaitsFor};
use crate::flows::QueuePage;

/// What the page shows beside the list.
pub(super) struct Beside {
    /// How many tickets each of the views holds.
    pub(super) counts: Vec<u64>,
    /// How much could not be delivered that the operator may know of.
    pub(super) stuck: usize,
}

/// The whole page, with its news from this address.
pub(super) fn page(reader: &Reader, by: &Operator, filter: &Filter, list: &QueuePage, beside: &Beside, events: String) -> Markup {
    let title = reader.say("desk.queue");
    Shell::new(reader, title, Nav::Operator(by)).wide().scripts(&["queue.js"]).events(Some(events)).render(&html! {
        h1.ds-heading data-size="lg" { (title) }
        (notices(reader))
        (views(reader, filter, &beside.counts))
        (narrowing(reader, by, filter))
        p #said-back .said-back role="status" {}
        div.queue-head {
            (count(reader, list))
            @if beside.stuck > 0 {
                a.ds-link href="/desk/stuck" { (reader.fill("stuck.nav_count", &[("count", &beside.stuck.to_string())])) }
            }
            div #news-place { (news::strip(reader, filter, &[], true)) }
        }
        (section(reader, by, filter, list))
        (alerts(reader))
    })
}

/// What operators should know of the channels to other platforms, where one is not as it should be.
fn notices(reader: &Reader) -> Markup {
    let channels = reader.desk().health.channels();
    html! {
        @for notice in channels.iter().filter_map(|channel| channel.notice) {
            div.ds-alert data-color="warning" data-size="sm" { p { (reader.say(notice)) } }
        }
    }
}

/// The lists to choose among, with how many tickets each holds: the element with the id `views`.
pub(super) fn views(reader: &Reader, filter: &Filter, counts: &[u64]) -> Markup {
    html! {
        nav #views aria-label=(reader.say("queue.views")) {
            ul.tabs {
                @for (view, count) in View::ALL.iter().zip(counts) {
                    li {
                        a #{ "view-" (view.as_str()) } href=(Filter::plain(*view).address("/desk"))
                            aria-current=[(*view == filter.view).then_some("page")] {
                            (view_name(reader, *view)) " " span.count { (count) }
                        }
                    }
                }
            }
        }
    }
}

fn view_name(reader: &Reader, view: View) -> &str {
    reader.say(match view {
        View::Mine => "queue.view_mine",
        View::Groups => "queue.view_groups",
        View::Free => "queue.view_free",
        View::All => "queue.view_all",
        View::Snoozed => "queue.view_snoozed",
        View::Resolved => "queue.view_resolved",
    })
}

fn order_name(reader: &Reader, order: TicketOrder) -> &str {
    reader.say(match order {
        TicketOrder::Urgency => "queue.sort_urgency",
        TicketOrder::Age => "queue.sort_age",
        TicketOrder::Change => "queue.sort_change",
    })
}

/// What stands in a choice: its word in the address, its words on the page, and whether it is chosen.
type Choice<'c> = (&'c str, &'c str, bool);

fn narrowing(reader: &Reader, by: &Operator, filter: &Filter) -> Markup {
    let groups = reader.desk().facts.groups.iter().filter(|group| by.belongs_to(&group.id));
    let groups = groups.map(|group| (group.id.as_str(), group.name(reader.lang), filter.group.as_ref() == Some(&group.id)));
    let priority = |one: &Priority| (one.as_str(), reader.priority(*one), filter.priority == Some(*one));
    let line = |one: &SupportLine| (one.as_str(), table::line_name(reader, *one), filter.line == Some(*one));
    let status = |one: &Status| (one.as_str(), reader.status(*one), filter.status == Some(*one));
    let lang = |one: crate::domain::lang::Lang| (one.code(), reader.language(one), filter.lang == Some(one));
    let waits = |(one, key): (WaitsFor, &'static str)| (one.as_str(), reader.say(key), filter.waits == Some(one));
    let waited_for = [(WaitsFor::Desk, "queue.waits_desk"), (WaitsFor::Employee, "queue.waits_employee")];
    html! {
        search {
            form #filters .filters method="get" action="/desk" aria-label=(reader.say("queue.filter")) {
                @if filter.view != View::Groups { input type="hidden" name="view" value=(filter.view.as_str()); }
                div.ds-field.grows {
                    label.ds-label for="q" { (reader.say("queue.search")) }
                    input #q .ds-input type="search" name="q" value=(filter.text) maxlength="200" autocomplete="off" data-key="search";
                }
                (choice(reader, "group", "queue.group", groups))
                (choice(reader, "priority", "queue.priority", Priority::ALL.iter().rev().map(priority)))
                @if filter.view.statuses().len() > 1 { (choice(reader, "status", "queue.status", filter.view.statuses().iter().map(status))) }
                (choice(reader, "waits", "queue.waits", waited_for.into_iter().map(waits)))
                (choice(reader, "line", "queue.line", SupportLine::ALL.iter().map(line)))
                (choice(reader, "lang", "queue.lang", crate::domain::lang::Lang::ALL.into_iter().map(lang)))
                (order(reader, filter))
                div.row {
                    button.ds-button data-variant="primary" { (reader.say("queue.show")) }
                    @if filter.narrows() { a.ds-link href=(Filter::plain(filter.view).address("/desk")) { (reader.say("queue.clear")) } }
                }
            }
        }
    }
}

fn choice<'c>(reader: &Reader, name: &str, label: &str, among: impl Iterator<Item = Choice<'c>>) -> Markup {
    html! {
        div.ds-field {
            label.ds-label for={ "by-" (name) } { (reader.say(label)) }
            select #{ "by-" (name) } .ds-input name=(name) {
                option value="" { (reader.say("queue.any")) }
                @for (value, words, chosen) in among { option value=(value) selected[chosen] { (words) } }
            }
        }
    }
}

/// The order; the one that the list has by itself does not stand in the address.
fn order(reader: &Reader, filter: &Filter) -> Markup {
    let own = filter.view.order();
    html! {
        div.ds-field {
            label.ds-label for="by-sort" { (reader.say("queue.sort")) }
            select #by-sort .ds-input name="sort" {
                @for order in TicketOrder::ALL {
                    option value=(if *order == own { "" } else { order.as_str() }) selected[*order == filter.order] {
                        (order_name(reader, *order))
                    }
                }
            }
        }
    }
}

/// How many tickets there are: the element with the id `count`.
pub(super) fn count(reader: &Reader, list: &QueuePage) -> Markup {
    let (shown, total) = (list.tickets.len(), list.total.to_string());
    let words = match list.total {
        1 => reader.say("queue.count_one").to_owned(),
        all if usize::try_from(all).is_ok_and(|all| all == shown) => reader.fill("queue.count", &[("count", &total)]),
        _ => reader.fill("queue.count_part", &[("shown", &shown.to_string()), ("count", &total)]),
    };
    html! { p #count .muted { (words) } }
}

/// The tickets, or what to do where there are none: the element with the id `queue`.
pub(super) fn section(reader: &Reader, by: &Operator, filter: &Filter, list: &QueuePage) -> Markup {
    let standing = Standing { by, now: reader.desk().clock.now() };
    let caption =
        reader.fill("queue.caption", &[("view", view_name(reader, filter.view)), ("order", order_name(reader, filter.order))]);
    html! {
        section #queue aria-label=(reader.say("desk.queue")) {
            @if list.tickets.is_empty() { (nothing(reader, filter)) } @else {
                (table::table(reader, standing, filter, &caption, &list.tickets))
            }
            @if filter.after.is_some() || list.next.is_some() {
                nav.row aria-label=(caption) {
                    @if filter.after.is_some() {
                        a.ds-link href=(filter.first().address("/desk")) { (reader.say("queue.page_first")) }
                        a.ds-link rel="prev" href=(filter.previous().address("/desk")) { (reader.say("queue.page_before")) }
                    }
                    @if let Some(next) = list.next {
                        a.ds-link rel="next" href=(filter.next(next).address("/desk")) { (reader.say("queue.page_after")) }
                    }
                }
            }
        }
    }
}

fn nothing(reader: &Reader, filter: &Filter) -> Markup {
    let key = match filter.view {
        _ if filter.narrows() || filter.after.is_some() => "queue.none_found",
        View::Mine => "queue.none_mine",
        View::Groups => "queue.none_groups",
        View::Free => "queue.none_free",
        View::All => "queue.none_all",
        View::Snoozed => "queue.none_snoozed",
        View::Resolved => "queue.none_resolved",
    };
    html! {
        div.ds-card {
            p { (reader.say(key)) }
            @if key == "queue.none_found" {
                p { a.ds-link href=(Filter::plain(filter.view).address("/desk")) { (reader.say("queue.clear")) } }
            } @else if filter.view == View::Mine {
                p { a.ds-link href=(Filter::plain(View::Free).address("/desk")) { (reader.say("queue.to_free")) } }
            }
        }
    }
}

/// What this browser does when new tickets come; it is the script's, and off until somebody switches it on.
fn alerts(reader: &Reader) -> Markup {
    html! {
        fieldset.alerts data-needs-script hidden {
            legend.ds-label { (reader.say("queue.alerts")) }
            @for (name, key) in [("sound", "queue.sound"), ("notify", "queue.notify")] {
                div.check {
                    input #{ "alert-" (name) } .ds-input type="checkbox" role="switch";
                    label.ds-label for={ "alert-" (name) } { (reader.say(key)) }
                }
            }
            div role="status" { p #alert-refused hidden { (reader.say("queue.notify_refused")) } }
        }
    }
}
