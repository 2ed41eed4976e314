use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::*;
use crate::domain::answer::PerMille;
use crate::domain::ids::GroupId;
use crate::domain::lang::Lang;
use crate::domain::permission::{Membership, Role, Roles};

const SHIPPED: Thresholds = Thresholds { answer: PerMille::new(550), offer: PerMille::new(200) };

type Variables<'v> = &'v [(&'v str, &'v str)];

fn env(variables: &[(&str, &str)]) -> Vec<(String, String)> {
    variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// Loads a file with this text and these variables.
pub(super) fn load(text: &str, variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("firstline.toml");
    fs::write(&file, text).unwrap();
    Config::load(Some(&file), env(variables).into_iter(), SHIPPED)
}

/// What is said of the configuration, without the temporary folder's name.
pub(super) fn complaint(text: &str, variables: &[(&str, &str)]) -> String {
    let said = load(text, variables).expect_err(text).to_string();
    match said.find("firstline.toml") {
        Some(at) if said.starts_with('/') => said[at..].to_owned(),
        _ => said,
    }
}

#[test]
fn nothing_configured_gives_a_desk_on_this_machine() {
    let config = load("", &[]).unwrap();
    assert_eq!(config.desk.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.desk.public_url, "http://127.0.0.1:8080");
    assert_eq!(config.storage.database.reveal(), "sqlite:data/firstline.db");
    assert_eq!(config.storage.kb, Path::new("kb"));
    assert_eq!(config.policy.thresholds, SHIPPED);
    assert_eq!(config.policy.groups.default_group().id, GroupId::new("general"));
    let groups: Vec<&str> = config.policy.groups.iter().map(|group| group.id.as_str()).collect();
    assert_eq!(groups, ["general", "clinical", "hr", "facilities"]);
    assert_eq!(config.desk.timezone.iana_name(), Some("Europe/Oslo"));
    assert_eq!(config.log.filter, "warn,firstline=info");
    assert!(config.discord.is_none());
}

#[test]
fn thresholds_follow_the_wanted_share_unless_they_are_given_as_numbers() {
    let of_weights = Thresholds { answer: PerMille::new(700), offer: PerMille::new(250) };
    let cases = [
        ("", (700, 250)),
        ("answer_at = 0.9", (900, 250)),
        ("answer_at = 0.1", (100, 100)),
        ("offer_at = 0.4", (700, 400)),
        ("offer_at = 0.8", (800, 800)),
        ("answer_at = 0.6\noffer_at = 0.5", (600, 500)),
    ];
    for (given, expected) in cases {
        let Thresholds { answer, offer } = load(&format!("[answering]\n{given}"), &[]).unwrap().answering.thresholds(of_weights);
        assert_eq!((answer.get(), offer.get()), expected, "{given}");
    }
    assert_eq!(load("", &[]).unwrap().answering.right, PerMille::new(950));
    assert_eq!(load("", &[("FIRSTLINE_RIGHT", "0.98")]).unwrap().answering.right, PerMille::new(980));
}

#[test]
fn the_environment_goes_before_the_file() {
    let file = "listen = \"127.0.0.1:1\"\ndata = \"/var/lib/firstline\"\n[log]\nformat = \"json\"\n";
    let config = load(file, &[("FIRSTLINE_LISTEN", "0.0.0.0:0"), ("FIRSTLINE_LANG", "nn"), ("FIRSTLINE_KB", "")]).unwrap();
    assert_eq!(config.desk.listen.to_string(), "0.0.0.0:0");
    assert_eq!(config.desk.lang, Lang::Nn);
    assert_eq!(config.storage.database.reveal(), "sqlite:/var/lib/firstline/firstline.db");
    assert_eq!(config.storage.kb, Path::new("kb"), "an empty variable counts as not given");
    assert!(config.log.json);
}

#[test]
fn a_port_that_the_system_chose_is_in_the_public_address_unless_one_was_given() {
    let bound = "127.0.0.1:4711".parse().unwrap();
    let chosen = load("listen = \"127.0.0.1:0\"", &[]).unwrap();
    assert_eq!(chosen.desk.url_at(bound), "http://127.0.0.1:4711");
    let given = load("listen = \"127.0.0.1:0\"\npublic_url = \"https://hjelp.example.no/\"", &[]).unwrap();
    assert_eq!(given.desk.url_at(bound), "https://hjelp.example.no");
}

#[test]
fn learning_is_on_after_three_people_unless_something_else_is_said() {
    let cases: [(&str, Variables, bool, u32); 4] = [
        ("", &[], true, 3),
        ("[learning]\nenabled = false\nconfirmations = 0", &[], false, 0),
        ("[learning]\nenabled = \"true\"\nconfirmations = \"5\"", &[], true, 5),
        ("[learning]\nenabled = true", &[("FIRSTLINE_LEARNING", "false"), ("FIRSTLINE_LEARNING_CONFIRMATIONS", "2")], false, 2),
    ];
    for (file, variables, enabled, confirmations) in cases {
        assert_eq!(load(file, variables).unwrap().learning, LearningPolicy { enabled, confirmations }, "{file}");
    }
    let wrong: [(&str, Variables, &str); 4] = [
        (
            "[learning]\nconfirmations = -1",
            &[],
            "firstline.toml:2: learning.confirmations must be a whole number from 0 to 1000, not -1",
        ),
        ("[learning]\nenabled = 3", &[], "firstline.toml:2: learning.enabled must be true or false, not a number"),
        ("", &[("FIRSTLINE_LEARNING", "yes")], "FIRSTLINE_LEARNING must be true or false, not \"yes\""),
        ("confirmations = 3", &[], "firstline.toml:1: confirmations is not a known key here; it belongs under [learning]"),
    ];
    for (file, variables, said) in wrong {
        assert_eq!(complaint(file, variables), said);
    }
}

#[test]
fn discord_takes_ids_as_numbers_or_texts_and_its_token_from_a_file() {
    let secrets = TempDir::new().unwrap();
    let token = secrets.path().join("token");
    fs::write(&token, "Bot hemmelig.abc\n").unwrap();
    let file = format!(
        "[discord]\ntoken_file = {token:?}\nchannels = [11, \"12\", 11]\napi = \"http://127.0.0.1:9/api/\"\n\
         [discord.groups.clinical]\nchannel = \"21\"\nrole = 22\n"
    );
    let config = load(&file, &[]).unwrap();
    let discord = config.discord.unwrap();
    assert_eq!(discord.token.reveal(), "hemmelig.abc");
    assert_eq!(discord.channels.keys().copied().collect::<Vec<_>>(), [11, 12]);
    assert_eq!(discord.api.as_deref(), Some("http://127.0.0.1:9"));
    assert_eq!(discord.groups[&GroupId::new("clinical")], DiscordGroup { channel: 21, roles: vec![22] });
    assert!(config.policy.cards.contains_key(&GroupId::new("clinical")));
    assert_eq!(format!("{:?}", discord.token), "[secret]");
}

#[test]
fn groups_and_lists_can_stand_in_the_environment() {
    let variables = [
        ("FIRSTLINE_GROUPS", r#"[{ id = "desk", nb = "Skranken", hints = ["Nøkkel"] }, { id = "it", nb = "IT" }]"#),
        ("FIRSTLINE_DISCORD_TOKEN", "t"),
        ("FIRSTLINE_DISCORD_CHANNELS", "1, 2"),
        ("FIRSTLINE_DISCORD_GROUPS", "{ it = { channel = 5 } }"),
        ("FIRSTLINE_API_TOKENS", "portal=abc=,Kari Nordmann=def"),
        ("FIRSTLINE_TEST_ANYTHING", "not ours"),
    ];
    let config = load("", &variables).unwrap();
    assert_eq!(config.policy.groups.default_group().hints, ["nøkkel"]);
    assert_eq!(config.policy.groups.default_group().name(Lang::En), "Skranken");
    assert_eq!(config.discord.unwrap().channels.into_keys().collect::<Vec<_>>(), [1, 2]);
    let tokens: Vec<(&str, &str)> =
        config.desk.api_tokens.iter().map(|token| (token.name.as_str(), token.token.reveal())).collect();
    assert_eq!(tokens, [("portal", "abc="), ("Kari Nordmann", "def")]);
}

#[test]
fn what_is_wrong_in_the_file_is_named_with_its_line_and_what_is_allowed() {
    let cases = [
        ("\nlisen = \"x\"", "firstline.toml:2: lisen is not a known key; did you mean listen?"),
        ("answer_at = 0.5", "firstline.toml:1: answer_at is not a known key here; it belongs under [answering]"),
        ("[discrod]\nlang = \"nb\"", "firstline.toml:1: discrod is not a known key; did you mean discord?"),
        ("[log]\nformt = \"text\"", "firstline.toml:2: log.formt is not a known key; did you mean format?"),
        ("[log]\nzzz = 1", "firstline.toml:2: log.zzz is not a known key; known here: filter, format"),
        ("log = 3", "firstline.toml:1: log must be a table, not a number"),
        ("listen = 8080", "firstline.toml:1: listen must be a text in quotes, not a number"),
        ("listen = \"8080\"", "firstline.toml:1: listen must be an IP address with a port, such as 127.0.0.1:8080, not \"8080\""),
        ("lang = \"no\"", "firstline.toml:1: lang must be nb, nn or en, not \"no\""),
        (
            "timezone = \"Oslo\"",
            "firstline.toml:1: timezone must be a time zone of the IANA list, such as Europe/Oslo, not \"Oslo\"",
        ),
        ("kb = \"\"", "firstline.toml:1: kb must not be empty"),
        (
            "[answering]\nanswer_at = 60",
            "firstline.toml:2: answering.answer_at must be a number from 0 to 1, such as 0.6, not 60",
        ),
        (
            "[answering]\nanswer_at = 0.55\noffer_at = 0.7",
            "firstline.toml:3: answering.offer_at leaves offer_at (0.7) above answer_at (0.55); offer_at must be the lower of the two",
        ),
        (
            "[answering]\nright = 95",
            "firstline.toml:2: answering.right must be a number from 0.5 to 0.999, such as 0.95 for 95 right answers of 100",
        ),
        (
            "[[groups]]\nid = \"a\"\nnb = \"A\"\n[[groups]]\nid = \"a\"\nnb = \"B\"",
            "firstline.toml:4: groups names the group \"a\" a second time; ids must differ",
        ),
        ("groups = []", "firstline.toml:1: groups must hold at least one group"),
        (
            "[[groups]]\nid = \"a\"\nnames = \"A\"",
            "firstline.toml:3: groups.names is not a known key; known here: id, nb, nn, en, hints",
        ),
        (
            "[discord.groups.clinicl]\nchannel = 1",
            "firstline.toml:1: discord.groups.clinicl is not one of the configured groups; did you mean clinical?",
        ),
        ("[discord.groups.hr]\nrole = 1", "firstline.toml:1: discord.groups.hr must have a channel"),
        (
            "[discord]\nchannels = [\"hjelp\"]",
            "firstline.toml:2: discord.channels must be an id of digits, such as 1101234567890123456, not \"hjelp\"",
        ),
        (
            "[model]\nurl = \"127.0.0.1:11434\"",
            "firstline.toml:2: model.url must be an address such as http://127.0.0.1:11434/v1, not \"127.0.0.1:11434\"",
        ),
        (
            "[model]\nurl = \"http://127.0.0.1:11434/v1\"",
            "firstline.toml:2: model.url needs the model's name beside it: `name` under [model], or FIRSTLINE_MODEL_NAME",
        ),
        ("[model]\ndeadline_ms = 60000", "firstline.toml:2: model.deadline_ms must be a number of milliseconds from 10 to 15000"),
        ("[model]\nrerank = 1", "firstline.toml:2: model.rerank must be true or false, not a number"),
        ("[model]\nkey = \"a b\"", "firstline.toml:2: model.key must be the endpoint's key, in ASCII and without spaces"),
        ("listen = ", "firstline.toml:1: this is not valid TOML: string values must be quoted, expected literal string"),
    ];
    for (text, said) in cases {
        assert_eq!(complaint(text, &[]), said, "for {text:?}");
    }
}

#[test]
fn what_is_wrong_in_the_environment_is_named_by_its_variable() {
    let cases = [
        (("FIRSTLINE_LISTN", "x"), "FIRSTLINE_LISTN is not a known environment variable; did you mean FIRSTLINE_LISTEN?"),
        (("FIRSTLINE_LANG", "bokmål"), "FIRSTLINE_LANG must be nb, nn or en, not \"bokmål\""),
        (
            ("FIRSTLINE_API_TOKENS", "a=b,c"),
            "FIRSTLINE_API_TOKENS must hold name=token pairs separated by commas; number 2 is not one",
        ),
        (
            ("FIRSTLINE_GROUPS", "general"),
            "FIRSTLINE_GROUPS must be written as in the file, such as [{ id = \"general\", nb = \"Brukerstøtte\" }]",
        ),
        (
            ("FIRSTLINE_GROUPS", "[{ id = \"A b\", nb = \"x\" }]"),
            "FIRSTLINE_GROUPS: id must be an id of lower-case letters a-z, digits and hyphens, not \"A b\"",
        ),
        (
            ("FIRSTLINE_DISCORD_TOKEN_FILE", "/nowhere/token"),
            "FIRSTLINE_DISCORD_TOKEN_FILE /nowhere/token cannot be read: No such file or directory (os error 2)",
        ),
    ];
    for (variable, said) in cases {
        assert_eq!(complaint("", &[variable]), said);
    }
}

#[test]
fn no_complaint_prints_a_secret() {
    let secret = "s3cr3t";
    let url = format!("mysql://root:{secret}@db");
    let token = format!("{secret} {secret}");
    for variable in [
        ("FIRSTLINE_DATABASE", url.as_str()),
        ("FIRSTLINE_API_TOKENS", secret),
        ("FIRSTLINE_DISCORD_TOKEN", &token),
        ("FIRSTLINE_DISCORD_TOKE", secret),
        ("FIRSTLINE_MODEL_KEY", &token),
    ] {
        assert!(!complaint("", &[variable]).contains(secret), "{variable:?}");
    }
    let file = format!("[discord]\ntoken = \"{secret}\"\ntoken_file = \"/x\"");
    assert!(!complaint(&file, &[]).contains(secret));
    let broken = format!("[discord]\ntoken = \"{secret}\nlang = 1");
    assert!(!complaint(&broken, &[]).contains(secret));
}

#[test]
fn the_model_is_off_without_an_address_and_on_with_a_name() {
    assert!(load("[model]\nname = \"liten\"\nrewrite = false", &[]).unwrap().model.is_none());
    let address = "[model]\nurl = \"http://127.0.0.1:11434/v1/chat/completions\"\nname = \"liten\"\ndeadline_ms = 500";
    let model = load(address, &[("FIRSTLINE_MODEL_REWRITE", "false")]).unwrap().model.unwrap();
    assert_eq!((model.url.as_str(), model.name.as_str()), ("http://127.0.0.1:11434/v1", "liten"));
    assert_eq!((model.deadline.as_millis(), model.rerank, model.rewrite), (500, true, false));
    let open = |url: &str| ModelConfig { url: url.to_owned(), ..model.clone() }.is_open_to_listeners();
    assert!(open("http://gpu.example.org/v1"));
    assert!(["http://localhost:1/v1", "http://127.0.0.1/v1", "https://gpu.example.org/v1"].iter().all(|url| !open(url)));
}

#[test]
fn a_named_file_must_be_there() {
    let missing = Path::new("/nowhere/firstline.toml");
    let said = Config::load(Some(missing), std::iter::empty(), SHIPPED).unwrap_err().to_string();
    assert_eq!(said, "--config /nowhere/firstline.toml cannot be read: No such file or directory (os error 2)");
    let named = env(&[("FIRSTLINE_CONFIG", "/nowhere/firstline.toml")]);
    let said = Config::load(None, named.into_iter(), SHIPPED).unwrap_err().to_string();
    assert_eq!(said, "FIRSTLINE_CONFIG /nowhere/firstline.toml cannot be read: No such file or directory (os error 2)");
}

const EXAMPLE: &str = include_str!("../../firstline.example.toml");

/// The example with every setting in force. Explanations stand after `# `, settings after a bare `#`.
fn uncommented() -> String {
    let line = |line: &'static str| match line.strip_prefix('#') {
        Some(setting) if !setting.starts_with(' ') => setting,
        _ => line,
    };
    EXAMPLE.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_example_changes_nothing_as_it_is_and_can_be_used_when_uncommented() {
    assert!(sources::parse(&"example".into(), EXAMPLE).unwrap().0.is_empty());
    let secrets = TempDir::new().unwrap();
    for name in ["service-portal-token", "discord-token", "model-key", "client-secret"] {
        fs::write(secrets.path().join(name), "t0k3n").unwrap();
    }
    let folder = secrets.path().display().to_string();
    fs::write(secrets.path().join("theme.css"), ":root {}").unwrap();
    fs::write(secrets.path().join("logo.svg"), "<svg/>").unwrap();
    let text = uncommented().replace("/run/secrets", &folder);
    let text = text
        .replace("\"theme.css\"", &format!("\"{folder}/theme.css\""))
        .replace("\"logo.svg\"", &format!("\"{folder}/logo.svg\""));
    let config = load(&text, &[]).unwrap();
    assert_eq!(config.desk.urgent_phone.as_deref(), Some("4000"));
    assert!(config.discord.is_some() && config.sign_in.provider().is_some());
    assert_eq!(config.model.map(|model| model.key), Some(Some(SecretText::new("t0k3n"))));
}

#[test]
fn the_example_names_every_key_and_every_variable() {
    let words: Vec<&str> = EXAMPLE.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
    for path in keys::paths() {
        let key = path.rsplit('.').next().unwrap();
        assert!(words.contains(&key), "{path} is not in firstline.example.toml");
    }
    for variable in keys::variables() {
        assert!(words.contains(&variable.as_str()), "{variable} is not in firstline.example.toml");
    }
}

#[test]
fn the_desk_is_reached_from_elsewhere_by_its_own_address_or_by_a_proxys() {
    let cases = [
        ("127.0.0.1:8080", "", false),
        ("[::1]:8080", "", false),
        ("127.0.0.1:8080", "http://localhost:9000", false),
        ("127.0.0.1:8080", "http://desk.localhost", false),
        ("127.0.0.1:8080", "http://[::1]:8080", false),
        ("127.0.0.1:8080", "https://hjelp.example", true),
        ("127.0.0.1:8080", "https://127.0.0.1.example", true),
        ("0.0.0.0:8080", "", true),
        ("[::]:8080", "http://localhost:8080", true),
        ("[::ffff:127.0.0.1]:8080", "http://localhost", false),
        ("192.168.1.2:80", "", true),
    ];
    for (listen, public_url, elsewhere) in cases {
        let config = load("", &[("FIRSTLINE_LISTEN", listen), ("FIRSTLINE_PUBLIC_URL", public_url)]).unwrap();
        assert_eq!(config.desk.is_reached_from_elsewhere(), elsewhere, "{listen} {public_url}");
    }
}

#[test]
fn a_token_may_be_good_for_less_than_everything() {
    let file = "[[api_tokens]]\nname = \"revisjon\"\ntoken = \"t\"\nroles = [\"auditor\"]\ngroups = [\"hr\"]\n";
    let token = load(file, &[]).unwrap().desk.api_tokens.remove(0);
    assert_eq!(token.roles, Roles::from([Role::Auditor]));
    assert_eq!(token.groups, Membership::Some(vec![GroupId::new("hr")]));
    let wrong = file.replace("auditor", "auditr");
    assert!(complaint(&wrong, &[]).contains("must be operator, editor, coordinator, administrator or auditor, not \"auditr\""));
}

#[test]
fn the_chat_is_shown_only_on_sites_that_are_named() {
    assert!(load("", &[]).unwrap().embed.origins.is_empty());
    let file = "[embed]\norigins = [\"https://Intranett.example.no/\", \"https://a.example:443\", \"http://localhost:3000\"]\n";
    let named = ["https://intranett.example.no", "https://a.example", "http://localhost:3000"];
    assert_eq!(load(file, &[]).unwrap().embed.origins, named);
    let listed = "https://a.example, https://b.example";
    assert_eq!(load(file, &[("FIRSTLINE_EMBED_ORIGINS", listed)]).unwrap().embed.origins.len(), 2);
    for wrong in
        ["*", "intranett.example.no", "https://*.example.no", "https://a.example/side", "https://a.example; script-src *"]
    {
        let said = complaint(&format!("[embed]\norigins = [\"{wrong}\"]"), &[]);
        assert!(said.contains("must be an origin such as https://intranett.example.no"), "{said}");
    }
}
