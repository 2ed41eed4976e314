//! What is done with a ticket besides answering it, each in a form of its own.

use maud::{Markup, html};

use super::facts::support_line;
use super::snooze::Preset;
use super::spot::Spot;
use super::work::Stand;
use crate::desk::LONGEST_TEXT;
use crate::domain::ticket::{Impact, SupportLine, Urgency};

/// Every form that fits how the ticket stands.
pub(super) fn all(spot: Spot<'_>, stand: Stand<'_>) -> Markup {
    html! {
        @if matches!(stand, Stand::Free | Stand::Mine) {
            div.verbs {
                (resolve(spot))
                (transfer(spot))
                (line(spot))
                (priority(spot))
                (snooze(spot))
                (merge(spot))
            }
        }
    }
}

/// Forms that unfold.
fn unfolding<'p>(spot: Spot<'p>, verb: &'static str, summary: &'p str, forms: &Markup) -> Markup {
    let shortcut = matches!(verb, "resolve" | "transfer").then_some(verb);
    html! {
        details.ds-card.verb id=(spot.id(verb)) {
            summary data-key=[shortcut] { (summary) }
            (forms)
        }
    }
}

/// A form with a button that says what it does.
fn form<'p>(spot: Spot<'p>, verb: &'static str, send: &'p str, fields: &Markup) -> Markup {
    html! {
        form id=(spot.id(&format!("{verb}-form"))) method="post" action=(spot.address(verb)) data-live {
            (spot.back())
            (fields)
            button.ds-button data-variant="secondary" id=(spot.id(&format!("{verb}-button"))) { (send) }
        }
    }
}

fn resolve(spot: Spot<'_>) -> Markup {
    let text = spot.id("resolve-text");
    let fields = html! {
        div.ds-field {
            label.ds-label for=(text) { (spot.say("desk.resolve_text")) }
            textarea.ds-input id=(text) name="text" rows="2" maxlength=(LONGEST_TEXT) lang=(spot.ticket.lang) {}
        }
    };
    unfolding(spot, "resolve", spot.say("desk.resolve"), &form(spot, "resolve", spot.say("desk.resolve_send"), &fields))
}

/// The field takes a group's name or short name; the list helps to find it among hundreds, with script or without.
fn transfer(spot: Spot<'_>) -> Markup {
    let reader = spot.reader;
    let others: Vec<_> = reader.desk().facts.groups.iter().filter(|group| group.id != spot.ticket.group).collect();
    if others.is_empty() {
        return html! {};
    }
    let (group_id, list_id) = (spot.id("transfer-group"), spot.id("transfer-groups"));
    let fields = html! {
        div.ds-field {
            label.ds-label for=(group_id) { (spot.say("desk.transfer_group")) }
            input.ds-input id=(group_id) name="group" list=(list_id) required autocomplete="off" maxlength="120"
                aria-describedby=(spot.id("transfer-hint"));
            p.hint id=(spot.id("transfer-hint")) { (spot.say("ticket.transfer_hint")) }
            datalist id=(list_id) { @for group in others { option value=(group.name(reader.lang)) { (group.id) } } }
        }
        (reason(spot, "transfer-text"))
    };
    unfolding(spot, "transfer", spot.say("desk.transfer"), &form(spot, "transfer", spot.say("desk.transfer_send"), &fields))
}

fn line(spot: Spot<'_>) -> Markup {
    let field = spot.id("line-choice");
    let fields = html! {
        div.ds-field {
            label.ds-label for=(field) { (spot.say("ticket.line_to")) }
            select.ds-input id=(field) name="line" {
                @for line in SupportLine::ALL.iter().filter(|line| **line != spot.ticket.line) {
                    option value=(line.as_str()) { (support_line(spot.reader, *line)) }
                }
            }
        }
        (reason(spot, "line-text"))
    };
    unfolding(spot, "line", spot.say("ticket.line"), &form(spot, "line", spot.say("ticket.line_send"), &fields))
}

fn reason(spot: Spot<'_>, name: &str) -> Markup {
    let text = spot.id(name);
    html! {
        div.ds-field {
            label.ds-label for=(text) { (spot.say("desk.transfer_reason")) }
            textarea.ds-input id=(text) name="text" rows="2" required maxlength=(LONGEST_TEXT) {}
        }
    }
}

fn priority(spot: Spot<'_>) -> Markup {
    let (impact_id, urgency_id) = (spot.id("priority-impact"), spot.id("priority-urgency"));
    let judged = spot.ticket.assessment;
    let fields = html! {
        div.ds-field {
            label.ds-label for=(impact_id) { (spot.say("ticket.impact")) }
            select.ds-input id=(impact_id) name="impact" {
                @for one in Impact::ALL {
                    option value=(one.as_str()) selected[judged.is_some_and(|judged| judged.impact == *one)] { (impact(spot, *one)) }
                }
            }
        }
        div.ds-field {
            label.ds-label for=(urgency_id) { (spot.say("ticket.urgency")) }
            select.ds-input id=(urgency_id) name="urgency" {
                @for one in Urgency::ALL {
                    option value=(one.as_str()) selected[judged.is_some_and(|judged| judged.urgency == *one)] { (urgency(spot, *one)) }
                }
            }
            p.hint { (spot.say("ticket.priority_hint")) }
        }
    };
    unfolding(spot, "priority", spot.say("ticket.priority"), &form(spot, "priority", spot.say("ticket.priority_send"), &fields))
}

/// How many are affected, in words.
pub(super) fn impact(spot: Spot<'_>, impact: Impact) -> &str {
    spot.say(match impact {
        Impact::Person => "ticket.impact_person",
        Impact::Unit => "ticket.impact_unit",
        Impact::Organisation => "ticket.impact_organisation",
    })
}

/// How soon it is needed, in words.
pub(super) fn urgency(spot: Spot<'_>, urgency: Urgency) -> &str {
    spot.say(match urgency {
        Urgency::Low => "ticket.urgency_low",
        Urgency::Medium => "ticket.urgency_medium",
        Urgency::High => "ticket.urgency_high",
    })
}

fn snooze(spot: Spot<'_>) -> Markup {
    let (now, field) = (spot.reader.desk().clock.now(), spot.id("snooze-until"));
    if spot.ticket.snoozed_until.is_some_and(|until| until > now) {
        let wake = form(spot, "wake", spot.say("ticket.wake"), &html! {});
        return unfolding(spot, "snooze", spot.say("ticket.snooze"), &wake);
    }
    unfolding(
        spot,
        "snooze",
        spot.say("ticket.snooze"),
        &html! {
            form id=(spot.id("snooze-form")) method="post" action=(spot.address("snooze")) data-live {
                (spot.back())
                p.hint { (spot.say("ticket.snooze_hint")) }
                div.row role="group" aria-label=(spot.say("ticket.snooze_presets")) {
                    @for preset in Preset::ALL {
                        button.ds-button data-variant="secondary" data-size="sm" name="preset" value=(preset.as_str()) {
                            (spot.say(match preset {
                                Preset::Hour => "ticket.snooze_hour",
                                Preset::Tomorrow => "ticket.snooze_tomorrow",
                                Preset::Monday => "ticket.snooze_monday",
                            }))
                        }
                    }
                }
                div.ds-field {
                    label.ds-label for=(field) { (spot.say("ticket.snooze_until")) }
                    input.ds-input type="datetime-local" id=(field) name="until";
                }
                button.ds-button data-variant="secondary" id=(spot.id("snooze-button")) { (spot.say("ticket.snooze_send")) }
            }
        },
    )
}

/// Leads to a page that shows both tickets before anything is done.
fn merge(spot: Spot<'_>) -> Markup {
    let field = spot.id("merge-into");
    unfolding(
        spot,
        "merge",
        spot.say("ticket.merge"),
        &html! {
            form method="get" action=(spot.address("duplicate")) {
                div.ds-field {
                    label.ds-label for=(field) { (spot.say("ticket.merge_into")) }
                    input.ds-input id=(field) name="into" inputmode="numeric" required maxlength="12" autocomplete="off";
                }
                button.ds-button data-variant="secondary" { (spot.say("ticket.merge_show")) }
            }
        },
    )
}
