//! What an operator chooses from, shown to them alone: groups, how urgent, incidents, articles.

use serenity::all::{ButtonStyle, CreateActionRow, CreateButton, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption};

use super::super::bot::Bot;
use super::super::card_text::priority_key;
use super::super::to_discord::brief;
use super::deed::{Menu, Told, Who};
use super::groups::find;
use super::press_id::{self, DeskPress};
use crate::domain::answer::Candidate;
use crate::domain::ids::{GroupId, TicketNumber};
use crate::domain::permission::Operator;
use crate::domain::routing::Group;
use crate::domain::ticket::{Assessment, Impact, Urgency};
use crate::flows::FlowError;

/// The most options of a select, and the longest label of one.
pub(super) const MOST: usize = 25;
const LONGEST_LABEL: usize = 100;

impl Bot {
    /// What there is to choose from, where the ticket is the operator's to work on.
    pub(super) async fn menu(&self, number: TicketNumber, menu: Menu, who: &Who, by: &Operator) -> Result<Told, FlowError> {
        let ticket = self.flows.ticket_alone(number, by).await?;
        let named = number.to_string();
        let (key, rows) = match menu {
            Menu::Groups => ("discord_desk.choose_group", vec![self.group_select(number, &ticket.group, who).await?]),
            Menu::Impact => ("discord_desk.choose_impact", vec![self.impact_select(number, who)]),
            Menu::Urgency(impact) => ("discord_desk.choose_urgency", vec![self.urgency_select(number, impact, who)]),
            Menu::Incidents => {
                let rows = self.incident_rows(number, who, by);
                let has_some = rows.iter().any(|row| matches!(row, CreateActionRow::SelectMenu(_)));
                (if has_some { "discord_desk.choose_incident" } else { "discord_desk.no_incidents" }, rows)
            }
        };
        Ok(Told { text: self.in_words(who, key, &[("number", &named)]), rows })
    }

    /// The likeliest groups: those with operators in the same server, the busiest first, then the others that tickets go to.
    async fn group_select(&self, number: TicketNumber, own: &GroupId, who: &Who) -> Result<CreateActionRow, FlowError> {
        let busy = self.flows.busy_groups().await?;
        let likely = self.likely(&busy, who);
        let groups = find(&self.facts.groups, "", who.lang, &likely, MOST + 1);
        let groups = groups.into_iter().filter(|group| group.id != *own).take(MOST);
        let options = groups.map(|group| option(group.name(who.lang), group.id.as_str())).collect();
        Ok(select(press_id::press(number, &DeskPress::Group), options, self.wording.get(who.lang, "discord_desk.group")))
    }

    /// Groups in the order in which they are likely to be meant here.
    pub(super) fn likely(&self, busy: &[GroupId], who: &Who) -> Vec<&Group> {
        let here = self.groups_beside(who);
        let place = |group: &GroupId| busy.iter().position(|one| one == group).unwrap_or(usize::MAX);
        let mut likely: Vec<&Group> =
            self.facts.groups.iter().filter(|group| here.contains(&group.id) || busy.contains(&group.id)).collect();
        likely.sort_by_key(|group| (!here.contains(&group.id), place(&group.id)));
        likely
    }

    fn impact_select(&self, number: TicketNumber, who: &Who) -> CreateActionRow {
        let name = |impact: Impact| match impact {
            Impact::Person => "discord_desk.impact_person",
            Impact::Unit => "discord_desk.impact_unit",
            Impact::Organisation => "discord_desk.impact_organisation",
        };
        let options = Impact::ALL.iter().map(|impact| option(self.wording.get(who.lang, name(*impact)), impact.as_str()));
        let placeholder = self.wording.get(who.lang, "discord_desk.impact");
        select(press_id::press(number, &DeskPress::Impact), options.collect(), placeholder)
    }

    fn urgency_select(&self, number: TicketNumber, impact: Impact, who: &Who) -> CreateActionRow {
        let name = |urgency: Urgency| match urgency {
            Urgency::Low => "discord_desk.urgency_low",
            Urgency::Medium => "discord_desk.urgency_medium",
            Urgency::High => "discord_desk.urgency_high",
        };
        let options = Urgency::ALL.iter().map(|urgency| {
            let priority = Assessment { impact, urgency: *urgency }.priority();
            let priority = self.wording.get(who.lang, priority_key(priority)).replace("**", "");
            let then = self.in_words(who, "discord_desk.priority_then", &[("priority", &priority)]);
            option(self.wording.get(who.lang, name(*urgency)), urgency.as_str()).description(then)
        });
        let placeholder = self.wording.get(who.lang, "discord_desk.urgency");
        select(press_id::press(number, &DeskPress::Urgency(impact)), options.collect(), placeholder)
    }

    /// The open incidents, and a way to announce one for whoever may.
    fn incident_rows(&self, number: TicketNumber, who: &Who, by: &Operator) -> Vec<CreateActionRow> {
        let open = self.flows.open_incidents();
        let options = open.iter().take(MOST).map(|watched| {
            let (title, _) = watched.incident.matter.title.for_reader(who.lang);
            option(&format!("{} · {title}", watched.number), &watched.number.to_string())
        });
        let options: Vec<_> = options.collect();
        let mut rows = Vec::new();
        if !options.is_empty() {
            let placeholder = self.wording.get(who.lang, "discord_desk.incident");
            rows.push(select(press_id::press(number, &DeskPress::Incident), options, placeholder));
        }
        if by.may_coordinate().is_ok() {
            let label = self.wording.get(who.lang, "discord_desk.announce");
            let button = CreateButton::new(press_id::press(number, &DeskPress::Announce)).label(label);
            rows.push(CreateActionRow::Buttons(vec![button.style(ButtonStyle::Secondary)]));
        }
        rows
    }
}

/// A choice of articles; `None` where there is none to choose.
pub(super) fn article_select(number: TicketNumber, key: u64, found: &[Candidate]) -> Option<CreateActionRow> {
    let fits = |candidate: &&Candidate| candidate.article.slug.as_str().chars().count() <= LONGEST_LABEL;
    let options: Vec<_> =
        found.iter().filter(fits).take(MOST).map(|candidate| option(&candidate.title, candidate.article.slug.as_str())).collect();
    (!options.is_empty()).then(|| select(press_id::press(number, &DeskPress::Article(key)), options, ""))
}

fn option(label: &str, value: &str) -> CreateSelectMenuOption {
    CreateSelectMenuOption::new(brief(label, LONGEST_LABEL), value)
}

fn select(custom_id: String, options: Vec<CreateSelectMenuOption>, placeholder: &str) -> CreateActionRow {
    let menu = CreateSelectMenu::new(custom_id, CreateSelectMenuKind::String { options });
    CreateActionRow::SelectMenu(if placeholder.is_empty() { menu } else { menu.placeholder(placeholder) })
}
