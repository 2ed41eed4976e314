//! The first start as an administrator sees it, and everything that can be in its way.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::time::{Duration, Instant};

use firstline::ports::Clock;
use firstline::system::SystemClock;
use firstline::testing::checkout;
use firstline::testing::discord::{Failure, FakeDiscord, Route, TOKEN};
use firstline::testing::{Ended, Process, Program, Seen, Signal};
use futures_util::StreamExt;
use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::kills::BINARY;

/// How long stopping may take.
const STOPPING: Duration = Duration::from_secs(5);

/// A folder as after a fresh clone: the sample articles, and nothing else.
fn clone() -> TempDir {
    let folder = TempDir::new().expect("a folder of its own");
    for lang in ["nb", "nn", "en"] {
        let (from, to) = (checkout().join("kb").join(lang), folder.path().join("kb").join(lang));
        fs::create_dir_all(&to).expect("a folder");
        for article in fs::read_dir(from).expect("the sample articles").flatten() {
            fs::copy(article.path(), to.join(article.file_name())).expect("an article");
        }
    }
    folder
}

fn program(folder: &Path) -> Program {
    Program::new(BINARY, folder).with("FIRSTLINE_LISTEN", "127.0.0.1:0")
}

async fn asks(process: &Process, text: &str) -> Value {
    let asked = process.call(Method::POST, "/api/v1/conversations", None, Some(json!({ "text": text }))).await;
    let (status, seen) = asked.expect("an answer");
    assert_eq!(status, StatusCode::CREATED, "{seen}");
    seen
}

/// Signs in with the link of the start screen; gives back the status and the cookie.
async fn signs_in(process: &Process) -> (StatusCode, Option<String>) {
    let seen = process.seen();
    let link = seen.row("sign in (once)").expect("a link");
    let (address, token) = link.split_once("?token=").expect("a token");
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    let answer = client.post(address).form(&[("token", token), ("name", "Kari")]).send().await.expect("an answer");
    let cookie = answer.headers().get(header::SET_COOKIE).and_then(|cookie| cookie.to_str().ok()?.split(';').next());
    (answer.status(), cookie.map(str::to_owned))
}

#[tokio::test]
async fn the_start_screen_says_where_to_go_and_the_next_start_finds_everything_again() {
    let folder = clone();
    let process = program(folder.path()).start().await;
    let (screen, url) = (process.seen(), process.url());
    assert_eq!(screen.row("Operators work"), Some(format!("{url}/desk").as_str()));
    assert!(screen.row("sign in (once)").is_some_and(|link| link.starts_with(&format!("{url}/desk/sign-in?token="))));
    assert!(screen.row("Articles").is_some_and(|articles| articles.contains("in kb (nb ")), "{}", screen.out);
    assert_eq!(screen.row("Channels"), Some("web"));
    assert!(screen.row("Discord is off").is_some_and(|remedy| remedy.contains("FIRSTLINE_DISCORD_TOKEN")));
    assert_eq!(screen.row("Data"), Some("data"));
    assert!(!screen.err.contains('\u{1b}'), "no colours where nobody looks: {}", screen.err);

    let (first, second) = (signs_in(&process).await, signs_in(&process).await);
    assert_eq!((first.0, second.0), (StatusCode::SEE_OTHER, StatusCode::GONE), "the link works once");
    let asked = asks(&process, "Kan jeg få snakke med et menneske?").await;
    process.stop().await;

    let process = program(folder.path()).start().await;
    let (path, secret) = (format!("/api/v1/conversations/{}", asked["id"].as_str().unwrap_or_default()), &asked["secret"]);
    let (_, found) = process.call(Method::GET, &path, secret.as_str(), None).await.expect("an answer");
    assert_eq!((&found["ticket"]["number"], &found["state"]), (&json!(1_001), &json!("queued")));
    process.stop().await;
}

#[tokio::test]
async fn a_signal_stops_it_in_time_though_a_page_follows_what_happens() {
    for signal in [Signal::Terminate, Signal::Interrupt] {
        let folder = clone();
        let process = program(folder.path()).start().await;
        let cookie = signs_in(&process).await.1.expect("a session");
        let follow = reqwest::Client::new().get(format!("{}/desk/events", process.url())).header(header::COOKIE, cookie);
        let followed = follow.send().await.expect("a stream");
        assert_eq!(followed.status(), StatusCode::OK);
        let mut events = followed.bytes_stream();
        events.next().await.expect("the first event").expect("the stream is open");

        let told = Instant::now();
        process.signal(signal);
        let ended = process.ended().await;
        assert_eq!(ended.code, Some(0), "{signal:?}: {}", ended.seen.err);
        assert!(told.elapsed() < STOPPING, "{signal:?}: {:?}", told.elapsed());
        assert!(ended.seen.err.contains("Firstline has stopped"), "{}", ended.seen.err);
    }
}

#[tokio::test]
async fn an_answer_that_is_under_way_is_finished_before_it_stops() {
    let discord = FakeDiscord::start_at(SystemClock.now().millis()).await;
    let (help, folder) = (discord.text_channel("hjelp"), clone());
    let program = program(folder.path())
        .with("FIRSTLINE_DISCORD_TOKEN", TOKEN)
        .with("FIRSTLINE_DISCORD_API", discord.url())
        .with("FIRSTLINE_DISCORD_CHANNELS", help.to_string());
    let mut process = program.start().await;
    discord.wait_for_requests("PUT", "/applications", 1).await;
    discord.fail_next_on(Route::CreateMessage, 1, Failure::Held);
    let asked = discord.member("Ola", &[]).says(help, "Jeg har glemt passordet mitt").await;
    discord.wait_for_requests("POST", &format!("/channels/{help}/messages"), 1).await;

    let told = Instant::now();
    process.signal(Signal::Terminate);
    discord.release_held();
    process.wait_for("the errand's end", |seen| seen.err.contains("an errand was run")).await;
    let ended = process.ended().await;
    assert_eq!(ended.code, Some(0), "{}", ended.seen.err);
    assert!(told.elapsed() < STOPPING, "{:?}", told.elapsed());
    let posts = discord.bot_messages(help);
    assert_eq!(posts.iter().map(|post| post.answers).collect::<Vec<_>>(), [Some(asked)]);
}

/// Something in the way of the start.
struct Obstacle {
    what: &'static str,
    arrange: fn(&Path),
    variable: (&'static str, &'static str),
    /// What the one sentence names, and what to do about it.
    named: [&'static str; 2],
}

const NOTHING: fn(&Path) = |_| {};
const NO_VARIABLE: (&str, &str) = ("RUST_BACKTRACE", "1");

fn write(folder: &Path, file: &str, text: &str) {
    fs::write(folder.join(file), text).expect("the folder can be written");
}

const OBSTACLES: &[Obstacle] = &[
    Obstacle {
        what: "no such folder of articles",
        arrange: NOTHING,
        variable: ("FIRSTLINE_KB", "articles"),
        named: ["articles", "--kb"],
    },
    Obstacle {
        what: "a file in the data folder's place",
        arrange: |folder| write(folder, "data", "x"),
        variable: NO_VARIABLE,
        named: ["data folder data", "--data"],
    },
    Obstacle {
        what: "a text file in the database's place",
        arrange: |folder| write(folder, "notes.txt", &"Remember the milk. ".repeat(20)),
        variable: ("FIRSTLINE_DATABASE", "sqlite:notes.txt"),
        named: ["notes.txt is not a database", "FIRSTLINE_DATABASE"],
    },
    Obstacle {
        what: "a database server that is not there",
        arrange: NOTHING,
        variable: ("FIRSTLINE_DATABASE", "postgres://me:secret@127.0.0.1:1/firstline"),
        named: ["postgres://me@127.0.0.1:1/firstline", "check that it is there"],
    },
    Obstacle {
        what: "an unknown key",
        arrange: |folder| write(folder, "firstline.toml", "lang = \"nb\"\nlisten_on = \"127.0.0.1:8080\"\n"),
        variable: NO_VARIABLE,
        named: ["firstline.toml:2: listen_on", "listen"],
    },
    Obstacle {
        what: "a value of the wrong type",
        arrange: |folder| write(folder, "firstline.toml", "kb = 5\n"),
        variable: NO_VARIABLE,
        named: ["firstline.toml:1: kb", "a text in quotes"],
    },
    Obstacle {
        what: "broken TOML",
        arrange: |folder| write(folder, "firstline.toml", "\nlisten = \"127\n"),
        variable: NO_VARIABLE,
        named: ["firstline.toml:2", "not valid TOML"],
    },
    Obstacle {
        what: "an unknown variable",
        arrange: NOTHING,
        variable: ("FIRSTLINE_LISTN", "127.0.0.1:8080"),
        named: ["FIRSTLINE_LISTN", "did you mean FIRSTLINE_LISTEN?"],
    },
    Obstacle {
        what: "an address that is none",
        arrange: NOTHING,
        variable: ("FIRSTLINE_LISTEN", "here"),
        named: ["FIRSTLINE_LISTEN", "such as 127.0.0.1:8080"],
    },
    Obstacle {
        what: "an address that other machines reach, and nobody to say who people are",
        arrange: NOTHING,
        variable: ("FIRSTLINE_LISTEN", "0.0.0.0:0"),
        named: ["listen 0.0.0.0:0", "client_id, kind and issuer or tenant under [sign_in]"],
    },
    Obstacle {
        what: "a proxy that other machines reach, and nobody to say who people are",
        arrange: NOTHING,
        variable: ("FIRSTLINE_PUBLIC_URL", "https://hjelp.example"),
        named: ["public_url https://hjelp.example", "proxy_header and trusted_proxies under [sign_in]"],
    },
    Obstacle {
        what: "a header in which a proxy vouches for people, and no word of which proxy",
        arrange: NOTHING,
        variable: ("FIRSTLINE_SIGN_IN_PROXY_HEADER", "X-Remote-User"),
        named: ["FIRSTLINE_SIGN_IN_PROXY_HEADER", "FIRSTLINE_SIGN_IN_TRUSTED_PROXIES"],
    },
    Obstacle {
        what: "a tenant that is every tenant",
        arrange: |folder| {
            write(folder, "firstline.toml", "[sign_in]\nkind = \"entra\"\nclient_id = \"x\"\ntenant = \"common\"\n");
        },
        variable: NO_VARIABLE,
        named: ["firstline.toml:4: sign_in.tenant", "the tenant's id"],
    },
    Obstacle {
        what: "a token that cannot be one",
        arrange: NOTHING,
        variable: ("FIRSTLINE_DISCORD_TOKEN", "not a token"),
        named: ["FIRSTLINE_DISCORD_TOKEN", "as Discord shows it"],
    },
];

fn is_one_clear_sentence(what: &str, ended: &Ended, named: &[&str]) {
    let Seen { out, err, .. } = &ended.seen;
    assert_eq!((ended.code, out.as_str()), (Some(2), ""), "{what}: {err}");
    assert!(err.starts_with("firstline: ") && err.lines().count() == 1, "{what}: {err}");
    for word in named {
        assert!(err.contains(word), "{what}: {err} does not say {word}");
    }
    for word in ["panicked", "backtrace", "secret", "Error {", "Os {"] {
        assert!(!err.contains(word), "{what}: {err}");
    }
}

#[tokio::test]
async fn what_is_in_the_way_is_told_in_one_sentence_that_says_what_to_do() {
    for Obstacle { what, arrange, variable: (name, value), named } in OBSTACLES {
        let folder = clone();
        arrange(folder.path());
        let ended = program(folder.path()).with(name, *value).run().await;
        is_one_clear_sentence(what, &ended, named);
    }
}

#[tokio::test]
async fn a_port_or_a_database_that_another_program_uses_is_named() {
    let (folder, held) = (clone(), TcpListener::bind("127.0.0.1:0").expect("a port"));
    let address = held.local_addr().expect("an address").to_string();
    let ended = program(folder.path()).with("FIRSTLINE_LISTEN", &address).run().await;
    is_one_clear_sentence("a port in use", &ended, &[&address, "choose another address"]);

    let process = program(folder.path()).start().await;
    let ended = program(folder.path()).run().await;
    is_one_clear_sentence("a data folder in use", &ended, &["firstline.db", "another Firstline", "--data"]);
    process.stop().await;
}

#[tokio::test]
async fn broken_and_unreadable_articles_are_left_out_with_a_warning_and_the_rest_is_in_use() {
    let folder = clone();
    write(folder.path(), "kb/nb/adgangskort.md", "no front matter");
    fs::write(folder.path().join("kb/nb/etikettskriver.md"), [0xff, 0xfe, 0x00]).expect("a file");
    std::os::unix::fs::symlink("/nowhere", folder.path().join("kb/nb/ingensteds.md")).expect("a link");
    let process = program(folder.path()).start().await;
    let seen = process.seen();
    for article in ["adgangskort.md:1", "etikettskriver.md", "ingensteds.md"] {
        assert!(seen.err.contains(article), "{}", seen.err);
    }
    assert_eq!(seen.row("left out"), Some("3 files; `firstline kb check` says why"));
    assert_eq!(asks(&process, "Jeg har glemt passordet mitt").await["messages"][1]["kind"], "answer");
    process.stop().await;
}

#[tokio::test]
async fn a_wrong_token_keeps_discord_away_and_nothing_else() {
    let (folder, discord) = (clone(), FakeDiscord::start_at(SystemClock.now().millis()).await);
    let program =
        program(folder.path()).with("FIRSTLINE_DISCORD_TOKEN", "not.the.token").with("FIRSTLINE_DISCORD_API", discord.url());
    let mut process = program.start().await;
    process.wait_for("the reason", |seen| seen.err.contains("Discord does not know the token")).await;
    let (status, ready) = process.call(Method::GET, "/readyz", None, None).await.expect("an answer");
    let channel = &ready["channels"][0];
    assert_eq!((status, &channel["state"]), (StatusCode::OK, &json!("down")), "{ready}");
    assert!(channel["reason"].as_str().is_some_and(|reason| reason.contains("FIRSTLINE_DISCORD_TOKEN")), "{ready}");
    assert_eq!(asks(&process, "Jeg har glemt passordet mitt").await["messages"][1]["kind"], "answer");
    process.stop().await;
}

#[tokio::test]
async fn every_command_has_a_help_with_an_example() {
    let folder = TempDir::new().expect("a folder of its own");
    let commands: [&[&str]; 11] = [
        &[],
        &["serve"],
        &["doctor"],
        &["sign-in-link"],
        &["ask"],
        &["explain"],
        &["redact"],
        &["kb"],
        &["kb", "check"],
        &["kb", "search"],
        &["kb", "eval"],
    ];
    for command in commands {
        let ended = program(folder.path()).arguments(&[command, &["--help"]].concat()).run().await;
        assert_eq!(ended.code, Some(0), "{command:?}: {}", ended.seen.err);
        assert!(ended.seen.out.contains("Example"), "{command:?} has no example:\n{}", ended.seen.out);
    }
}
