use super::*;
use crate::config::tests::{complaint, load};

fn discord(text: &str, variables: &[(&str, &str)]) -> DiscordConfig {
    let with_token: Vec<_> = [("FIRSTLINE_DISCORD_TOKEN", "t")].into_iter().chain(variables.iter().copied()).collect();
    load(text, &with_token).unwrap().discord.unwrap()
}

fn group(id: &str) -> GroupId {
    GroupId::new(id)
}

/// Two municipalities that share the trust's clinical support.
const TWO: &str = r#"
[discord]
lang = "nb"
channels = [11]
panels = [12]
coordinators = [13]
[discord.groups.clinical]
channel = 21
roles = [22, 23]
[discord.guilds.storvik]
id = 100
organisation = "Storvik kommune"
lang = "nn"
channels = [101, { id = "102", listen = "mentions" }]
panels = [103]
coordinators = [104]
group = "general"
[discord.guilds.storvik.groups]
hr = { channel = 111, role = 112 }
general = { channel = 113, role = 114 }
clinical = { channel = 21, role = [22, 23] }
[discord.guilds.vik]
id = 200
organisation = "Vik kommune"
channels = [201]
groups = { facilities = { channel = 211 } }
"#;

#[test]
fn a_guild_has_its_own_channels_groups_and_language() {
    let config = discord(TWO, &[]);
    let heard: Vec<(u64, Listening)> = config.channels.iter().map(|(id, heard)| (*id, *heard)).collect();
    let (all, some) = (Listening::Everything, Listening::Mentions);
    assert_eq!(heard, [(11, all), (101, all), (102, some), (201, all)]);
    assert_eq!((config.panels.as_slice(), config.coordinators.as_slice()), ([12, 103].as_slice(), [13].as_slice()));
    assert_eq!(config.groups.keys().map(GroupId::as_str).collect::<Vec<_>>(), ["clinical", "facilities", "general", "hr"]);
    assert_eq!(config.groups[&group("clinical")], DiscordGroup { channel: 21, roles: vec![22, 23] });
    let storvik = &config.guilds[&100];
    assert_eq!((storvik.name.as_str(), storvik.organisation.as_deref()), ("storvik", Some("Storvik kommune")));
    assert_eq!((storvik.lang, storvik.coordinators.as_slice()), (Lang::Nn, [104].as_slice()));
    assert_eq!(storvik.groups, ["hr", "general", "clinical"].map(group));
    assert_eq!((storvik.group.clone(), config.guilds[&200].group.clone()), (Some(group("general")), Some(group("facilities"))));
    assert_eq!(config.lang_in(Some(100)), Lang::Nn);
    assert_eq!((config.lang_in(Some(200)), config.lang_in(Some(9)), config.lang_in(None)), (Lang::Nb, Lang::Nb, Lang::Nb));
}

#[test]
fn a_channel_tells_its_guild_where_one_names_it() {
    let config = discord(TWO, &[]);
    let named = [11, 101, 102, 103, 111, 211].map(|channel| config.guild_with(channel).map(|(id, _)| id));
    assert_eq!(named, [None, Some(100), Some(100), Some(100), Some(100), Some(200)]);
}

#[test]
fn all_of_it_can_stand_in_the_environment() {
    let variables = [
        ("FIRSTLINE_DISCORD_CHANNELS", r#"[1, { id = 2, listen = "mentions" }]"#),
        ("FIRSTLINE_DISCORD_PANELS", "3, 4"),
        ("FIRSTLINE_DISCORD_COORDINATORS", "5"),
        ("FIRSTLINE_DISCORD_MESSAGE_CONTENT", "false"),
        ("FIRSTLINE_DISCORD_OLDEST_ANSWERED", "90m"),
        (
            "FIRSTLINE_DISCORD_GUILDS",
            r#"{ vik = { id = 6, organisation = "Vik", groups = { hr = { channel = 7, role = 8 } } } }"#,
        ),
    ];
    let config = discord("", &variables);
    assert_eq!((config.channels[&1], config.channels[&2]), (Listening::Everything, Listening::Mentions));
    assert_eq!((config.panels, config.coordinators), (vec![3, 4], vec![5]));
    assert_eq!((config.message_content, config.oldest_answered), (false, Duration::from_mins(90)));
    assert_eq!(config.guilds[&6].groups, [group("hr")]);
}

#[test]
fn without_any_of_it_everything_is_heard_and_two_hours_are_answered() {
    let config = discord("", &[]);
    assert_eq!((config.message_content, config.oldest_answered), (true, Duration::from_hours(2)));
    assert!(config.guilds.is_empty() && config.panels.is_empty() && config.coordinators.is_empty());
}

#[test]
fn what_contradicts_itself_is_named_with_its_key() {
    let guild = |name: &str, rest: &str| format!("[discord.guilds.{name}]\n{rest}\n");
    let cases = [
        (
            "[discord]\nchannels = [1, { id = 1, listen = \"mentions\" }]".to_owned(),
            "2: discord.channels names the channel 1 twice, once with listen = \"mentions\" and once without",
        ),
        (
            format!("[discord]\nchannels = [1]\n{}", guild("vik", "id = 2\nchannels = [1]")),
            "5: discord.guilds.vik.channels names the channel 1, which discord.channels names already",
        ),
        (
            "[discord]\nchannels = [1]\ngroups = { hr = { channel = 1 } }".to_owned(),
            "3: discord.groups.hr names the channel 1, which discord.channels names too: employees and operators need channels \
             of their own",
        ),
        (
            format!("[discord]\npanels = [1]\n{}", guild("vik", "id = 2\npanels = [1]")),
            "5: discord.guilds.vik.panels names the channel 1, which discord.panels names already",
        ),
        (
            format!(
                "{}{}",
                guild("a", "id = 1\norganisation = \"A\"\ngroups = { hr = { channel = 3 } }"),
                guild("b", "id = 2\norganisation = \"B\"\ngroups = { hr = { channel = 4 } }")
            ),
            "8: discord.guilds.b.groups.hr has another channel than under discord.guilds.a.groups; \
             a group is the same wherever it is named",
        ),
        (
            format!(
                "{}{}",
                guild("a", "id = 1\norganisation = \"A\"\ngroups = { hr = { channel = 3 } }"),
                guild("b", "id = 2\norganisation = \"B\"\ngroups = { general = { channel = 3 } }")
            ),
            "8: discord.guilds.b.groups.general has the channel 3, which discord.guilds.a.groups.hr has already; \
             a channel is in one server",
        ),
        (
            format!("{}{}", guild("a", "id = 1"), guild("b", "id = 1")),
            "4: discord.guilds.b.id is 1, which is the id of discord.guilds.a already",
        ),
        (guild("a", "id = 0"), "2: discord.guilds.a.id must be an id of digits, such as 1101234567890123456, not \"0\""),
        (guild("a", "lang = \"nn\""), "1: discord.guilds.a must have an id: the server's"),
        (
            guild("a", "id = 1\ngroup = \"hr\""),
            "1: discord.guilds.a must have an organisation, since its tickets find their groups by it",
        ),
        (
            guild("a", "id = 1\norganisation = \"A\"\ngroup = \"clinicl\""),
            "4: discord.guilds.a.group names clinicl, which is not one of the configured groups; did you mean clinical?",
        ),
        (
            format!(
                "{}{}",
                guild("a", "id = 1\norganisation = \"A\"\ngroup = \"hr\""),
                guild("b", "id = 2\norganisation = \"A\"\ngroup = \"general\"")
            ),
            "8: discord.guilds.b.group is another than discord.guilds.a has for the same organisation",
        ),
        (guild("Vik", "id = 1"), "1: discord.guilds.Vik must be called by lower-case letters a-z, digits and hyphens"),
        (guild("a", "id = 1\nchanels = []"), "3: discord.guilds.a.chanels is not a known key; did you mean channels?"),
    ];
    for (text, said) in cases {
        assert_eq!(complaint(&text, &[]), format!("firstline.toml:{said}"), "{text}");
    }
}

#[test]
fn a_value_that_cannot_be_is_named_with_its_key() {
    let cases = [
        ("channels = [{ id = 1, listen = \"all\" }]", "discord.channels.listen must be everything or mentions, not \"all\""),
        ("channels = [{ listen = \"mentions\" }]", "discord.channels must have an id"),
        ("panels = [\"hjelp\"]", "discord.panels must be an id of digits, such as 1101234567890123456, not \"hjelp\""),
        (
            "groups = { hr = { channel = 1, role = 2, roles = [3] } }",
            "discord.groups.hr has both role and roles; keep one of them",
        ),
        (
            "groups = { hr = { channel = 1, roles = [] } }",
            "discord.groups.hr.roles must hold at least one id; leave it out where there is none",
        ),
        ("message_content = \"maybe\"", "discord.message_content must be true or false, not \"maybe\""),
        ("oldest_answered = \"2 days\"", "discord.oldest_answered must be a span of time such as 30m, 2h or 1d, not \"2 days\""),
        ("oldest_answered = \"31d\"", "discord.oldest_answered must be from 1m to 30d"),
    ];
    for (line, said) in cases {
        assert_eq!(complaint(&format!("[discord]\n{line}"), &[]), format!("firstline.toml:2: {said}"), "{line}");
    }
}
