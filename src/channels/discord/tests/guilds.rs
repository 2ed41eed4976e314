//! Several servers: each with its own groups, language and operators.

use serenity::all::{GuildId as SerenityGuild, RoleId as SerenityRole, UserId as SerenityUser};

use super::super::operators::Person as Asking;
use super::harness::Town;
use crate::config::{DiscordGroup, DiscordGuild, Listening};
use crate::domain::ids::{GroupId, OperatorId, TicketNumber};
use crate::domain::lang::Lang;
use crate::domain::operator_side::Wish;
use crate::domain::permission::{Membership, Operator, Role, Roles};
use crate::flows::Outcome;
use crate::testing::discord::{ChannelId, GuildId, Person, Posted, RoleId};

/// A neighbouring municipality with a server of its own, whose desk is the clinical one.
pub(super) struct Vik {
    pub(super) guild: GuildId,
    pub(super) help: ChannelId,
    pub(super) desk: ChannelId,
    pub(super) operator: RoleId,
    coordinator: RoleId,
}

/// The town with its neighbour, not running yet.
pub(super) async fn town_and_vik() -> (Town, Vik) {
    let mut town = Town::asleep().await;
    let guild = town.discord.another_guild("Vik kommune");
    let (help, desk) = (town.discord.channel_in(guild, "hjelp-vik"), town.discord.channel_in(guild, "skranke-vik"));
    let (operator, coordinator) = (town.discord.role_in(guild, "Vikar"), town.discord.role_in(guild, "Koordinator"));
    let vik = Vik { guild, help, desk, operator, coordinator };
    let clinical = GroupId::new("clinical");
    town.configure(move |config| {
        config.channels.insert(help.get(), Listening::Everything);
        config.groups.insert(clinical.clone(), DiscordGroup { channel: desk.get(), roles: vec![operator.get()] });
        let own = DiscordGuild {
            name: "vik".to_owned(),
            organisation: Some("Vik kommune".to_owned()),
            lang: Lang::Nn,
            channels: vec![help.get()],
            panels: Vec::new(),
            groups: vec![clinical.clone()],
            group: Some(clinical.clone()),
            coordinators: vec![coordinator.get()],
        };
        config.guilds.insert(guild.get(), own);
    });
    (town, vik)
}

async fn card_in_vik(town: &Town, vik: &Vik, who: &Person) -> Posted {
    who.says(vik.help, "skjermen er svart").await;
    town.discord.wait_for_bot_message(vik.desk, |post| post.content.contains("skjermen er svart")).await
}

#[tokio::test]
async fn what_is_asked_in_a_server_goes_to_its_own_desk_and_the_card_is_in_its_language() {
    let (mut town, vik) = town_and_vik().await;
    town.start().await;
    let liv = town.discord.member_of(vik.guild, "Liv", &[]);
    let card = card_in_vik(&town, &vik, &liv).await;
    assert!(card.content.contains("**Ventar**"), "{}", card.content);
    let ola = town.employee("Ola");
    ola.says(town.help, "skjermen er svart").await;
    town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("**Venter**")).await;
    let mut tickets: Vec<_> = town.tickets().await.into_iter().map(|ticket| (ticket.group, ticket.organisation)).collect();
    tickets.sort();
    let of_vik = (GroupId::new("clinical"), Some("Vik kommune".to_owned()));
    assert_eq!(tickets, [of_vik, (GroupId::new("general"), None)]);
    town.discord.assert_honest();
}

#[tokio::test]
async fn a_direct_message_is_of_the_server_that_is_shared_and_of_none_where_several_are() {
    let (mut town, vik) = town_and_vik().await;
    let also = town.employee("Ada");
    town.start().await;
    let (liv, ola) = (town.discord.member_of(vik.guild, "Liv", &[]), town.employee("Ola"));
    also.joins(vik.guild, &[]);
    for (who, words) in [(&liv, "skjermen er svart"), (&ola, "musa er borte"), (&also, "tastaturet er vått")] {
        who.says_privately(words).await;
        town.discord.wait_for_bot_message(who.direct_channel(), |post| post.content.contains("Saksnummeret")).await;
    }
    let mut tickets: Vec<_> = town.tickets().await.into_iter().map(|ticket| (ticket.subject, ticket.organisation)).collect();
    tickets.sort();
    let told = |subject: &str, organisation: Option<&str>| (subject.to_owned(), organisation.map(str::to_owned));
    // Ada is in Vik's server alone as far as the configuration goes: the first one is no organisation's.
    let expected = [
        told("musa er borte", None),
        told("skjermen er svart", Some("Vik kommune")),
        told("tastaturet er vått", Some("Vik kommune")),
    ];
    assert_eq!(tickets, expected);
    town.discord.assert_honest();
}

#[tokio::test]
async fn what_is_asked_directly_after_a_first_matter_is_of_the_same_server() {
    let (mut town, vik) = town_and_vik().await;
    town.start().await;
    let liv = town.discord.member_of(vik.guild, "Liv", &[]);
    liv.says_privately("skjermen er svart").await;
    town.discord.wait_for_bot_message(liv.direct_channel(), |post| post.content.contains("**1001**")).await;
    let eva = Operator {
        id: OperatorId::new("web:eva"),
        name: "Eva".to_owned(),
        groups: Membership::Some(vec![GroupId::new("clinical")]),
        roles: Roles::operator(),
    };
    assert_eq!(town.flows().handle(TicketNumber::new(1001), &eva, Wish::Resolve(None)).await.unwrap(), Outcome::Done);
    let asked = town.discord.wait_for_bot_message(liv.direct_channel(), |post| post.content.contains("er merket som løst")).await;
    liv.presses(asked.id, &asked.buttons[0]).await.answered().await;
    liv.says_privately("musa er borte").await;
    town.discord.wait_for_bot_message(liv.direct_channel(), |post| post.content.contains("**1002**")).await;
    let homes: Vec<_> = town.tickets().await.into_iter().map(|ticket| ticket.organisation).collect();
    assert_eq!(homes, [Some("Vik kommune".to_owned()), Some("Vik kommune".to_owned())]);
    town.discord.assert_honest();
}

#[tokio::test]
async fn an_operator_of_one_server_cannot_take_anothers_ticket() {
    let (mut town, vik) = town_and_vik().await;
    town.start().await;
    let (liv, kari) = (town.discord.member_of(vik.guild, "Liv", &[]), town.consultant("Kari"));
    kari.joins(vik.guild, &[]);
    let card = card_in_vik(&town, &vik, &liv).await;
    let refused = kari.presses(card.id, &card.buttons[0]).await;
    refused.wait_for_message(|post| post.content.contains("ei gruppe som du ikkje er med i")).await;
    let nina = town.discord.member_of(vik.guild, "Nina", &[vik.operator]);
    nina.presses(card.id, &card.buttons[0]).await;
    town.discord.wait_for_bot_message(vik.desk, |post| post.content.contains("**Nina har")).await;
    town.discord.assert_honest();
}

#[tokio::test]
async fn a_role_that_was_taken_away_after_the_card_came_is_no_role() {
    let town = Town::new().await;
    let (ola, kari) = (town.employee("Ola"), town.consultant("Kari"));
    ola.says(town.help, "skjermen er svart").await;
    let card = town.discord.wait_for_bot_message(town.desk, |post| post.content.contains("skjermen er svart")).await;
    kari.loses(town.operator);
    let refused = kari.presses(card.id, "Ta saken").await;
    refused.wait_for_message(|post| post.content.contains("en gruppe som du ikke er med i")).await;
    assert!(town.tickets().await.iter().all(|ticket| ticket.holder.is_none()));
    town.discord.assert_honest();
}

#[tokio::test]
async fn a_role_of_the_same_number_in_another_server_is_no_role() {
    let (town, vik) = town_and_vik().await;
    let channel = town.channel();
    let clinical = GroupId::new("clinical");
    let cases = [(vik.guild, vik.operator, true), (town.discord.guild(), vik.operator, false), (vik.guild, town.operator, false)];
    for (guild, role, expected) in cases {
        let person = Asking {
            user: SerenityUser::new(7),
            name: "Per".to_owned(),
            guild: Some(SerenityGuild::new(guild.get())),
            roles: vec![SerenityRole::new(role.get())],
        };
        let operator = channel.bot.operator_about(person, &clinical).await.unwrap();
        assert_eq!(operator.belongs_to(&clinical), expected, "{guild} {role}");
        assert_eq!(operator.works_on_tickets(), expected);
    }
}

#[tokio::test]
async fn coordinators_are_those_of_the_server_in_which_they_act() {
    let (town, vik) = town_and_vik().await;
    let channel = town.channel();
    for (guild, expected) in [(Some(vik.guild), true), (Some(town.discord.guild()), false), (None, false)] {
        let person = Asking {
            user: SerenityUser::new(7),
            name: "Per".to_owned(),
            guild: guild.map(|guild| SerenityGuild::new(guild.get())),
            roles: vec![SerenityRole::new(vik.coordinator.get())],
        };
        let operator = channel.bot.operator_about(person, &GroupId::new("general")).await.unwrap();
        assert_eq!(operator.roles.iter().any(|role| role == Role::Coordinator), expected, "{guild:?}");
        assert_eq!(operator.may_coordinate().is_ok(), expected);
    }
}

#[tokio::test]
async fn where_a_group_has_no_role_whoever_may_see_its_channel_answers_in_the_room_and_nobody_else() {
    let mut town = Town::asleep().await;
    let nurse = town.discord.role("Sykepleier");
    let ward = town.discord.channel_for("post-3", &[nurse]);
    town.configure(move |config| {
        config.groups.insert(GroupId::new("clinical"), DiscordGroup { channel: ward.get(), roles: Vec::new() });
    });
    let channel = town.channel();
    for (roles, expected) in [(vec![nurse], true), (vec![], false)] {
        let person = town.discord.member("Eva", &roles);
        let eva = Asking {
            user: SerenityUser::new(person.id().get()),
            name: "Eva".to_owned(),
            guild: Some(SerenityGuild::new(town.discord.guild().get())),
            roles: roles.iter().map(|role| SerenityRole::new(role.get())).collect(),
        };
        let operator = channel.bot.operator_about(eva, &GroupId::new("clinical")).await.unwrap();
        assert_eq!(operator.belongs_to(&GroupId::new("clinical")), expected);
    }
}
