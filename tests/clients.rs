//! People on Discord with clients that others wrote (npm's discord.js): proof that the fake is a Discord, and not merely what
//! Firstline expects. `tests/clients/` holds the clients; they are left out with one line where node or npm is missing.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use firstline::ports::Clock;
use firstline::system::SystemClock;
use firstline::testing::discord::{FakeDiscord, TOKEN};
use firstline::testing::{TestBot, checkout};
use serde_json::json;
use tempfile::TempDir;
use tokio::task::spawn_blocking;

use crate::npm;

static PACKAGES: LazyLock<Result<PathBuf, String>> = LazyLock::new(|| npm::packages("clients"));

#[tokio::test]
async fn people_with_another_client_ask_press_and_are_helped() {
    let Some(packages) = npm::or_left_out("discord.js", &PACKAGES) else { return };
    let discord = FakeDiscord::start_at(SystemClock.now().millis()).await;
    let role = discord.role("Operatør");
    let (help, desk) = (discord.text_channel("hjelp"), discord.channel_for("skranke", &[role]));
    let people = [discord.member("Ola", &[]), discord.member("Kari", &[role]), discord.member("Per", &[])];
    let data = TempDir::new().expect("a folder of its own");
    let settings = [
        ("FIRSTLINE_DISCORD_TOKEN", TOKEN.to_owned()),
        ("FIRSTLINE_DISCORD_API", discord.url()),
        ("FIRSTLINE_DISCORD_CHANNELS", help.to_string()),
        ("FIRSTLINE_DISCORD_GROUPS", format!("{{ general = {{ channel = {desk}, role = {role} }} }}")),
    ];
    let bot = TestBot::start_with(data.path(), &settings.each_ref().map(|(name, value)| (*name, value.as_str()))).await;
    discord.wait_for_requests("PUT", "/applications", 1).await;

    let told = json!({ "api": discord.url(), "tokens": people.each_ref().map(|person| discord.token_of(person)) });
    let mut node = Command::new("node");
    node.arg(checkout().join("tests/clients/story.mjs")).arg(told.to_string()).env("FIRSTLINE_TEST_PACKAGES", packages);
    node.stdin(Stdio::null());
    let output = spawn_blocking(move || node.output()).await.expect("it ends").expect("node runs");
    let (seen, error) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{seen}\n{error}\n{}", discord.transcript(help));
    insta::assert_snapshot!(seen, @r"
    Ola is a person and sees hjelp
    Kari is a person and sees hjelp, skranke
    Per is a person and sees hjelp
    Ola reads: **Glemt passord** [Det hjalp] [Det hjalp ikke] [Jeg vil snakke med en person]
    Per reads (only they see it): Denne samtalen tilhører noen andre. Skriv hva du trenger hjelp til, så får du din egen.
    Ola reads: <…> Her kan du snakke med en person om sak **1001**. Bare du, de som hjelper deg, og de som styrer serveren, kan lese dette.
    Ola is in Sak 1001; Per sees hjelp
    Kari reads: **Sak 1001**: Jeg har glemt passordet mitt [Ta saken] [Overfør] [Prioritet] [Hendelse]
    Kari reads: **Sak 1001**: Jeg har glemt passordet mitt [Legg tilbake] [Overfør] [Prioritet] [Hendelse] [Løst]
    Ola reads: Hei, jeg ser på det.
    Kari fills in: Sak 1001 er løst
    Ola reads: Sak 1001 er merket som løst. Er den løst for deg også? [Ja, det er løst] [Nei, det er ikke løst]
    Ola reads (only they see it): Dette er sakene dine:
    Per reads (only they see it): **Hjemmekontor med VPN** [Det hjalp] [Det hjalp ikke] [Jeg vil snakke med en person]
    Per reads (only they see it): Så bra at det hjalp! Skriv gjerne igjen hvis det er noe mer.
    Per reads: **Glemt passord** [Det hjalp] [Det hjalp ikke] [Jeg vil snakke med en person]
    ");
    bot.stop().await;
    discord.assert_honest();
}
