//! The forms that operators fill in: a last word, a reason, a new incident, words to be sent.

use serenity::all::{ActionRowComponent, CreateActionRow, CreateInputText, CreateModal, InputTextStyle, ModalInteractionData};

use super::super::bot::Bot;
use super::super::to_discord::brief;
use super::deed::{Deed, Undone, Who};
use super::offer::Offer;
use super::press_id::{self, DeskForm};
use crate::domain::ids::{GroupId, TicketNumber};
use crate::domain::operator_side::{Destination, Wish};

/// The longest title of a form, the longest label of a field, and the longest text that a field takes.
const LONGEST_TITLE: usize = 45;
const LONGEST_LABEL: usize = 45;
const LONGEST_TEXT: u16 = 4_000;

/// What the fields are called.
const TEXT: &str = "text";
const TITLE: &str = "title";

impl Bot {
    pub(super) fn resolve_form(&self, number: TicketNumber, who: &Who) -> CreateModal {
        let last_word = self.field(who, TEXT, "discord_desk.last_word", InputTextStyle::Paragraph).required(false);
        self.form(number, &DeskForm::Resolve, "discord_desk.resolve_title", vec![last_word], who)
    }

    pub(super) fn transfer_form(&self, number: TicketNumber, group: GroupId, who: &Who) -> CreateModal {
        let reason = self.field(who, TEXT, "discord_desk.reason", InputTextStyle::Paragraph).required(true);
        self.form(number, &DeskForm::Transfer(group), "discord_desk.transfer_title", vec![reason], who)
    }

    pub(super) fn announce_form(&self, number: TicketNumber, who: &Who) -> CreateModal {
        let title = self.field(who, TITLE, "discord_desk.incident_title", InputTextStyle::Short).max_length(120).required(true);
        let text = self.field(who, TEXT, "discord_desk.incident_text", InputTextStyle::Paragraph).required(true);
        self.form(number, &DeskForm::Announce, "discord_desk.announce_title", vec![title, text], who)
    }

    /// The words that were shown, to be changed before they are sent.
    pub(super) async fn words_form(&self, number: TicketNumber, offer: &Offer, who: &Who) -> Result<Option<CreateModal>, Undone> {
        let by = self.operator_acting(who, Some(number)).await?;
        let Some((_, text)) = self.words_of(number, &offer.piece, &by).await? else { return Ok(None) };
        let text = brief(&text, LONGEST_TEXT.into());
        let words = self.field(who, TEXT, "discord_desk.words", InputTextStyle::Paragraph).value(text).required(true);
        Ok(Some(self.form(number, &DeskForm::Reply(offer.key), "discord_desk.words_title", vec![words], who)))
    }

    fn field(&self, who: &Who, id: &str, key: &str, style: InputTextStyle) -> CreateInputText {
        CreateInputText::new(style, brief(self.wording.get(who.lang, key), LONGEST_LABEL), id).max_length(LONGEST_TEXT)
    }

    fn form(&self, number: TicketNumber, form: &DeskForm, title: &str, fields: Vec<CreateInputText>, who: &Who) -> CreateModal {
        let title = brief(&self.in_words(who, title, &[("number", &number.to_string())]), LONGEST_TITLE);
        let rows = fields.into_iter().map(CreateActionRow::InputText).collect();
        CreateModal::new(press_id::form(number, form), title).components(rows)
    }

    /// What a form that was filled in asks for.
    pub(super) fn asked_in(&self, form: DeskForm, filled: &ModalInteractionData) -> Deed {
        let (text, title) = (value(filled, TEXT), value(filled, TITLE));
        match form {
            DeskForm::Resolve => {
                let last_word = (!text.trim().is_empty()).then(|| (self.filter)(text.trim()).0);
                Deed::Wish(Wish::Resolve(last_word), "discord_desk.resolved_it")
            }
            DeskForm::Transfer(group) => {
                let (reason, _) = (self.filter)(text.trim());
                Deed::Wish(Wish::Transfer { to: Destination::Group(group), reason }, "discord_desk.transferred")
            }
            DeskForm::Announce => Deed::Announce { title: title.to_owned(), text: text.to_owned() },
            DeskForm::Reply(key) => Deed::Say(key, text.to_owned()),
        }
    }
}

/// What stands in a field; nothing where there is no such field.
fn value<'f>(filled: &'f ModalInteractionData, id: &str) -> &'f str {
    let fields = filled.components.iter().flat_map(|row| &row.components);
    let mut values = fields.filter_map(|field| match field {
        ActionRowComponent::InputText(input) if input.custom_id == id => input.value.as_deref(),
        _ => None,
    });
    values.next_back().unwrap_or_default()
}
