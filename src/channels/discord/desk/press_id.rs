//! What operators' buttons, selects and forms carry: the platform gives a hundred characters, and hands them back to whoever acts.

use super::offer::{Offer, Piece};
use crate::domain::ids::{GroupId, Slug, TicketNumber};
use crate::domain::lang::Lang;
use crate::domain::ticket::Impact;

/// The longest custom id.
const LONGEST: usize = 100;

/// What a card offers operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum CardButton {
    Take,
    Release,
    Transfer,
    Priority,
    Incident,
    Resolve,
}

impl CardButton {
    const ALL: [Self; 6] = [Self::Take, Self::Release, Self::Transfer, Self::Priority, Self::Incident, Self::Resolve];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Take => "take",
            Self::Release => "release",
            Self::Transfer => "transfer",
            Self::Priority => "priority",
            Self::Incident => "incident",
            Self::Resolve => "resolve",
        }
    }
}

/// What an operator pressed or chose, of one ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DeskPress {
    /// A button of the card.
    Card(CardButton),
    /// The group to transfer to.
    Group,
    /// How many are affected.
    Impact,
    /// How soon it is needed, when so many are affected.
    Urgency(Impact),
    /// The incident that it is about.
    Incident,
    /// That a new incident is to be announced.
    Announce,
    /// The article to look at; with what every offer of the same command carries.
    Article(u64),
    /// That the words that are shown are to be sent.
    Send(Offer),
    /// That they are to be changed first.
    Edit(Offer),
}

/// A form that an operator filled in, for one ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DeskForm {
    /// A last word to the employee.
    Resolve,
    /// Why it goes to this group.
    Transfer(GroupId),
    /// What the new incident is.
    Announce,
    /// The words to send, which this key keeps from being sent twice.
    Reply(u64),
}

/// The custom id of a card's button.
pub(in super::super) fn card(number: TicketNumber, button: CardButton) -> String {
    press(number, &DeskPress::Card(button))
}

/// The custom id of a button or a select. An article whose name is too long for it has none that can be read.
pub(super) fn press(number: TicketNumber, press: &DeskPress) -> String {
    let tail = match press {
        DeskPress::Card(button) => button.as_str().to_owned(),
        DeskPress::Group => "to".to_owned(),
        DeskPress::Impact => "impact".to_owned(),
        DeskPress::Urgency(impact) => format!("urgency.{}", impact.as_str()),
        DeskPress::Incident => "about".to_owned(),
        DeskPress::Announce => "announce".to_owned(),
        DeskPress::Article(key) => format!("article.{key}"),
        DeskPress::Send(offer) => format!("send.{}", written(offer)),
        DeskPress::Edit(offer) => format!("edit.{}", written(offer)),
    };
    format!("t:{number}:{tail}")
}

/// The custom id of a form.
pub(super) fn form(number: TicketNumber, form: &DeskForm) -> String {
    let tail = match form {
        DeskForm::Resolve => "resolve".to_owned(),
        DeskForm::Transfer(group) => format!("transfer.{group}"),
        DeskForm::Announce => "announce".to_owned(),
        DeskForm::Reply(key) => format!("reply.{key}"),
    };
    format!("f:{number}:{tail}")
}

/// Whether a custom id is short enough for the platform.
pub(super) fn fits(custom_id: &str) -> bool {
    custom_id.chars().count() <= LONGEST
}

/// What a button's or select's custom id says; `None` where it is not one of the desk's.
pub(super) fn read_press(custom_id: &str) -> Option<(TicketNumber, DeskPress)> {
    let (number, tail) = read("t", custom_id)?;
    let (name, rest) = tail.split_once('.').unwrap_or((tail, ""));
    let press = match (name, rest) {
        ("to", "") => DeskPress::Group,
        ("impact", "") => DeskPress::Impact,
        ("urgency", impact) => DeskPress::Urgency(Impact::from_name(impact)?),
        ("about", "") => DeskPress::Incident,
        ("announce", "") => DeskPress::Announce,
        ("article", key) => DeskPress::Article(key.parse().ok()?),
        ("send", offer) => DeskPress::Send(offered(offer)?),
        ("edit", offer) => DeskPress::Edit(offered(offer)?),
        (name, "") => DeskPress::Card(CardButton::ALL.into_iter().find(|button| button.as_str() == name)?),
        _ => return None,
    };
    Some((number, press))
}

/// What a form's custom id says; `None` where it is not one of the desk's.
pub(super) fn read_form(custom_id: &str) -> Option<(TicketNumber, DeskForm)> {
    let (number, tail) = read("f", custom_id)?;
    let (name, rest) = tail.split_once('.').unwrap_or((tail, ""));
    let form = match (name, rest) {
        ("resolve", "") => DeskForm::Resolve,
        ("transfer", group) if !group.is_empty() => DeskForm::Transfer(GroupId::new(group)),
        ("announce", "") => DeskForm::Announce,
        ("reply", key) => DeskForm::Reply(key.parse().ok()?),
        _ => return None,
    };
    Some((number, form))
}

fn read<'c>(kind: &str, custom_id: &'c str) -> Option<(TicketNumber, &'c str)> {
    let (number, tail) = custom_id.strip_prefix(kind)?.strip_prefix(':')?.split_once(':')?;
    Some((TicketNumber::new(number.parse().ok()?), tail))
}

fn written(offer: &Offer) -> String {
    let Offer { key, piece, said } = offer;
    let (kind, lang, slug) = match piece {
        Piece::Reply(lang, slug) => ("r", lang.code(), slug),
        Piece::Article(slug) => ("a", "", slug),
    };
    format!("{key}.{kind}.{lang}.{said}.{slug}")
}

fn offered(text: &str) -> Option<Offer> {
    let mut parts = text.splitn(5, '.');
    let key = parts.next()?.parse().ok()?;
    let (kind, lang, said, slug) = (parts.next()?, parts.next()?, parts.next()?, Slug::new(parts.next()?));
    let piece = match kind {
        "r" => Piece::Reply(Lang::from_code(lang)?, slug),
        "a" => Piece::Article(slug),
        _ => return None,
    };
    Some(Offer { key, piece, said: said.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBER: TicketNumber = TicketNumber::new(1042);

    fn presses() -> Vec<DeskPress> {
        let offer = |piece| Offer { key: u64::MAX, piece, said: "0123abcd".to_owned() };
        let reply = offer(Piece::Reply(Lang::Nn, Slug::new("vi-kjem")));
        let article = offer(Piece::Article(Slug::new("passord.bytte")));
        let mut presses: Vec<_> = CardButton::ALL.into_iter().map(DeskPress::Card).collect();
        presses.extend([DeskPress::Group, DeskPress::Impact, DeskPress::Incident, DeskPress::Announce, DeskPress::Article(7)]);
        presses.extend(Impact::ALL.iter().map(|impact| DeskPress::Urgency(*impact)));
        presses.extend([DeskPress::Send(reply.clone()), DeskPress::Edit(reply), DeskPress::Send(article)]);
        presses
    }

    #[test]
    fn every_press_and_form_finds_its_way_back() {
        for pressed in presses() {
            let custom_id = press(NUMBER, &pressed);
            assert!(fits(&custom_id), "{custom_id}");
            assert_eq!(read_press(&custom_id), Some((NUMBER, pressed)), "{custom_id}");
        }
        let to = DeskForm::Transfer(GroupId::new("a".repeat(40)));
        for filled in [DeskForm::Resolve, to, DeskForm::Announce, DeskForm::Reply(u64::MAX)] {
            let custom_id = form(NUMBER, &filled);
            assert!(fits(&custom_id), "{custom_id}");
            assert_eq!(read_form(&custom_id), Some((NUMBER, filled)), "{custom_id}");
        }
    }

    #[test]
    fn strangers_custom_ids_are_left_alone() {
        for custom_id in
            ["", "t", "t:1", "t:x:take", "t:1:eat", "t:1:take.2", "c:1:take", "t:1:urgency.all", "t:1:send.1.r.nb.ab"]
        {
            assert_eq!(read_press(custom_id), None, "{custom_id}");
        }
        for custom_id in ["t:1:resolve", "f:1:transfer", "f:1:reply.x", "f:1:"] {
            assert_eq!(read_form(custom_id), None, "{custom_id}");
        }
    }
}
