//! The platform's rules, one story each.

use std::time::Duration;

use serde_json::{Value, json};

use super::super::{AnswerKind, Failure, FakeDiscord, Outcome, Route, permission};
use super::{Program, code, words};

#[tokio::test]
async fn what_breaks_a_limit_is_refused_and_listed() {
    let discord = FakeDiscord::start().await;
    let program = Program::new(&discord);
    let path = format!("/channels/{}/messages", discord.text_channel("support"));
    let button = |id: &str| json!({ "type": 2, "style": 1, "label": "Ja", "custom_id": id });
    let row = |buttons: Vec<Value>| json!({ "type": 1, "components": buttons });
    let with = |components: Value| json!({ "content": "a", "allowed_mentions": {}, "components": components });
    let six: Vec<_> = (0..6).map(|n| button(&n.to_string())).collect();
    let bad = [
        (words(&"a".repeat(2_001)), 50_035),
        (words(" "), 50_006),
        (with(json!([row(six)])), 50_035),
        (with(json!([row(vec![button("a"), button("a")])])), 50_035),
        (with(json!([row(vec![button(&"a".repeat(101))])])), 50_035),
        (with(json!([row(vec![])])), 50_035),
        (with((0..6).map(|n| row(vec![button(&n.to_string())])).collect()), 50_035),
        (json!({ "content": "a", "allowed_mentions": {}, "nonce": "a".repeat(26) }), 50_035),
        (
            json!({ "allowed_mentions": {}, "embeds": [{ "description": "a".repeat(4_000) }, { "description": "a".repeat(2_001) }] }),
            50_035,
        ),
    ];
    for (number, (body, expected)) in bad.into_iter().enumerate() {
        let answer = program.posts(&path, body).await;
        assert_eq!(code(&answer), (400, expected), "number {number}");
        assert!(!discord.violations().is_empty(), "number {number}");
    }
    assert_eq!(discord.requests().len(), 9);
}

#[tokio::test]
async fn a_message_that_could_ping_everybody_is_listed() {
    let discord = FakeDiscord::start().await;
    let path = format!("/channels/{}/messages", discord.text_channel("support"));
    let answer = Program::new(&discord).posts(&path, json!({ "content": "hei @everyone" })).await;
    assert_eq!(answer.0, 200);
    assert!(discord.violations()[0].contains("allowed_mentions"), "{:?}", discord.violations());
}

#[tokio::test]
async fn only_the_bot_gets_in_and_only_where_there_is_a_door() {
    let discord = FakeDiscord::start().await;
    let stranger = reqwest::get(format!("{}/api/v10/users/@me", discord.url())).await.unwrap();
    assert_eq!(stranger.status(), 401);
    assert_eq!(Program::new(&discord).get("/channels/1/webcams").await.0, 404);
    assert_eq!(Program::new(&discord).send("PUT", "/gateway", json!({})).await.0, 404);
    assert_eq!(discord.violations().len(), 3);
}

#[tokio::test]
async fn every_answer_fits_the_description() {
    let discord = FakeDiscord::start().await;
    let program = Program::new(&discord);
    let (support, guild, app) = (discord.text_channel("support"), discord.guild(), discord.application());
    let ola = discord.member("Ola", &[discord.role("operators")]);
    ola.says(support, "hei").await;
    for path in [
        "/gateway".to_owned(),
        "/gateway/bot".to_owned(),
        "/users/@me".to_owned(),
        format!("/users/{}", ola.id()),
        "/applications/@me".to_owned(),
        "/oauth2/applications/@me".to_owned(),
        format!("/guilds/{guild}"),
        format!("/guilds/{guild}/channels"),
        format!("/guilds/{guild}/roles"),
        format!("/guilds/{guild}/members/{}", ola.id()),
        format!("/guilds/{guild}/threads/active"),
        format!("/channels/{support}"),
        format!("/channels/{support}/messages?&limit=5"),
        format!("/channels/{support}/threads/archived/private"),
        format!("/applications/{app}/commands"),
    ] {
        assert_eq!(program.get(&path).await.0, 200, "{path}");
    }
    let command = json!([{ "name": "sak", "description": "Status for saken din", "type": 1 }]);
    let set = program.send("PUT", &format!("/applications/{app}/guilds/{guild}/commands"), command).await;
    assert_eq!((set.0, discord.commands()), (200, vec!["sak".to_owned()]));
    assert_eq!(program.posts("/users/@me/channels", json!({ "recipient_id": ola.id().to_string() })).await.0, 200);
    discord.assert_honest();
}

#[tokio::test]
async fn a_body_that_does_not_fit_the_description_is_listed() {
    let discord = FakeDiscord::start().await;
    let path = format!("/channels/{}/messages", discord.text_channel("support"));
    let body = json!({ "content": "a", "allowed_mentions": { "parse": ["everybody"] } });
    Program::new(&discord).posts(&path, body).await;
    let is_checked = super::super::schema::description().is_some();
    assert_eq!(discord.violations().len(), usize::from(is_checked), "{:?}", discord.violations());
}

#[tokio::test]
async fn a_locked_thread_is_closed_without_the_right_to_manage_threads() {
    let discord = FakeDiscord::start().await;
    let (support, program) = (discord.text_channel("support"), Program::new(&discord));
    let (_, thread) = program.posts(&format!("/channels/{support}/threads"), json!({ "name": "Sak", "type": 11 })).await;
    let path = format!("/channels/{}", thread["id"].as_str().unwrap());
    let closed = json!({ "locked": true, "archived": true });
    assert_eq!(program.send("PATCH", &path, closed).await.0, 200);
    discord.deny(support, permission::MANAGE_THREADS);
    assert_eq!(code(&program.posts(&format!("{path}/messages"), words("a")).await), (400, 160_005));
    discord.assert_honest();
}

#[tokio::test]
async fn the_same_nonce_gives_back_the_first_message_for_some_minutes() {
    let discord = FakeDiscord::start().await;
    let (support, program) = (discord.text_channel("support"), Program::new(&discord));
    let path = format!("/channels/{support}/messages");
    let body = json!({ "content": "Svar", "allowed_mentions": {}, "nonce": "17", "enforce_nonce": true });

    let (_, first) = program.posts(&path, body.clone()).await;
    let (_, again) = program.posts(&path, body.clone()).await;
    assert_eq!(first["id"], again["id"]);
    discord.advance(Duration::from_mins(6));
    let (_, later) = program.posts(&path, body).await;
    assert_ne!(first["id"], later["id"]);

    assert_eq!(discord.bot_messages(support).len(), 2);
    discord.assert_honest();
}

#[tokio::test]
async fn a_lost_reply_leaves_the_message_and_a_reset_does_not() {
    let discord = FakeDiscord::start().await;
    let support = discord.text_channel("support");
    let url = format!("{}/api/v10/channels/{support}/messages", discord.url());
    for (failure, posted) in [(Failure::Reset, 0), (Failure::LostReply, 1)] {
        discord.fail_next_on(Route::CreateMessage, 1, failure);
        let request = reqwest::Client::new().post(&url).header("Authorization", format!("Bot {}", discord.token()));
        let sent = request.json(&words("Svar")).send().await;
        assert!(sent.is_err(), "{failure:?}");
        assert_eq!(discord.bot_messages(support).len(), posted, "{failure:?}");
    }
    discord.assert_honest();
}

#[tokio::test]
async fn failures_come_as_often_as_ordered() {
    let discord = FakeDiscord::start().await;
    let support = discord.text_channel("support");
    let (path, program) = (format!("/channels/{support}/messages"), Program::new(&discord));
    discord.fail_next(1, Failure::RateLimited { retry_after: Duration::from_millis(700) });
    discord.fail_next(1, Failure::RateLimitedBare);
    discord.fail_next_on(Route::EditMessage, 1, Failure::ServerError);
    discord.fail_next(1, Failure::ServerError);

    let limited = program.posts(&path, words("a")).await;
    assert_eq!((limited.0, &limited.1["retry_after"]), (429, &json!(0.7)));
    assert_eq!(program.posts(&path, words("a")).await, (429, Value::Null));
    assert_eq!(program.posts(&path, words("a")).await.0, 500);
    assert_eq!(program.posts(&path, words("a")).await.0, 200);
    discord.assert_honest();
}

#[tokio::test]
async fn a_held_request_is_carried_out_when_the_test_lets_go() {
    let discord = FakeDiscord::start().await;
    let support = discord.text_channel("support");
    let path = format!("/channels/{support}/messages");
    discord.fail_next(1, Failure::Held);
    let program = Program::new(&discord);
    let sending = tokio::spawn(async move { program.posts(&path, words("a")).await.0 });
    discord.wait_for_requests("POST", "/channels/", 1).await;
    assert_eq!(discord.bot_messages(support).len(), 0);
    discord.release_held();
    assert_eq!(sending.await.unwrap(), 200);
}

#[tokio::test]
async fn missing_rights_have_their_own_codes() {
    let discord = FakeDiscord::start().await;
    let (support, program) = (discord.text_channel("support"), Program::new(&discord));
    let path = format!("/channels/{support}/messages");
    let said = discord.member("Ola", &[]).says(support, "hei").await;
    discord.deny(support, permission::SEND_MESSAGES | permission::READ_MESSAGE_HISTORY);
    assert_eq!(code(&program.posts(&path, words("a")).await), (403, 50_013));
    discord.allow(support, permission::SEND_MESSAGES);
    let reply = json!({ "content": "a", "allowed_mentions": {}, "message_reference": { "message_id": said.to_string() } });
    assert_eq!(code(&program.posts(&path, reply).await), (400, 160_002));
    assert_eq!(program.get(&path).await.1, json!([]));
    discord.hide(support);
    assert_eq!(code(&program.posts(&path, words("a")).await), (403, 50_001));
    discord.remove_channel(support);
    assert_eq!(code(&program.posts(&path, words("a")).await), (404, 10_003));
}

#[tokio::test]
async fn a_reply_needs_its_message_unless_it_says_otherwise() {
    let discord = FakeDiscord::start().await;
    let (support, program) = (discord.text_channel("support"), Program::new(&discord));
    let path = format!("/channels/{support}/messages");
    let ola = discord.member("Ola", &[]);
    let said = ola.says(support, "hei").await;
    ola.deletes(said).await;
    let reply = |fails: bool| {
        let reference = json!({ "message_id": said.to_string(), "fail_if_not_exists": fails });
        json!({ "content": "a", "allowed_mentions": {}, "message_reference": reference })
    };
    assert_eq!(code(&program.posts(&path, reply(true)).await), (400, 50_035));
    assert_eq!(program.posts(&path, reply(false)).await.0, 200);
    discord.assert_honest();
}

#[tokio::test]
async fn what_was_said_can_be_read_page_by_page() {
    let discord = FakeDiscord::start().await;
    let (support, program) = (discord.text_channel("support"), Program::new(&discord));
    let ola = discord.member("Ola", &[]);
    let mut ids = Vec::new();
    for number in 0..5 {
        ids.push(ola.says(support, &number.to_string()).await);
    }
    let pages = [
        ("limit=2".to_owned(), "43"),
        (format!("after={}&limit=2", ids[0]), "21"),
        (format!("before={}", ids[2]), "10"),
        (format!("around={}&limit=3", ids[2]), "321"),
    ];
    for (query, expected) in pages {
        let (_, page) = program.get(&format!("/channels/{support}/messages?&{query}")).await;
        let read: String = page.as_array().unwrap().iter().map(|message| message["content"].as_str().unwrap()).collect();
        assert_eq!(read, expected, "{query}");
    }
    discord.assert_honest();
}

#[tokio::test]
async fn a_private_thread_is_seen_by_its_members() {
    let discord = FakeDiscord::start().await;
    let (support, program) = (discord.text_channel("support"), Program::new(&discord));
    let (ola, kari) = (discord.member("Ola", &[]), discord.member("Kari", &[]));
    let (status, thread) =
        program.posts(&format!("/channels/{support}/threads"), json!({ "name": "Sak 1001", "type": 12 })).await;
    assert_eq!(status, 201);
    let path = format!("/channels/{}", thread["id"].as_str().unwrap());
    assert_eq!(program.send("PUT", &format!("{path}/thread-members/{}", ola.id()), Value::Null).await.0, 204);

    let seen = discord.threads(support).remove(0);
    assert_eq!((seen.name.as_str(), seen.is_private), ("Sak 1001", true));
    assert_eq!((ola.sees(seen.id), kari.sees(seen.id)), (true, false));
    assert_eq!(program.get(&format!("{path}/thread-members")).await.1.as_array().unwrap().len(), 2);

    let archive = json!({ "archived": true });
    assert_eq!(program.send("PATCH", &path, archive).await.0, 200);
    assert_eq!(code(&program.send("PUT", &format!("{path}/thread-members/{}", kari.id()), Value::Null).await), (400, 50_083));
    ola.says(seen.id, "en ting til").await;
    assert!(!discord.threads(support)[0].is_archived);
    assert_eq!(discord.transcript(seen.id), "· Firstline took in Ola\nOla: en ting til\n");
    discord.assert_honest();
}

#[tokio::test]
async fn a_message_has_one_thread_and_a_name_lasts() {
    let discord = FakeDiscord::start().await;
    let (desk, program) = (discord.text_channel("desk"), Program::new(&discord));
    let (_, card) = program.posts(&format!("/channels/{desk}/messages"), words("Sak 1001")).await;
    let path = format!("/channels/{desk}/messages/{}/threads", card["id"].as_str().unwrap());
    let (status, thread) = program.posts(&path, json!({ "name": "Sak 1001" })).await;
    assert_eq!((status, &thread["id"]), (201, &card["id"]));
    assert_eq!(code(&program.posts(&path, json!({ "name": "Sak 1001" })).await), (400, 160_004));
    let renamed = format!("/channels/{}", card["id"].as_str().unwrap());
    let tries = ["a", "b", "c"].map(|name| json!({ "name": name }));
    let mut answers = Vec::new();
    for name in tries {
        answers.push(program.send("PATCH", &renamed, name).await.0);
    }
    assert_eq!(answers, [200, 200, 429]);
    assert_eq!(discord.transcript(desk), "Firstline: Sak 1001\n    thread: b\n");
    discord.assert_honest();
}

#[tokio::test]
async fn an_old_message_can_be_edited_only_a_few_times() {
    let discord = FakeDiscord::start().await;
    let (desk, program) = (discord.text_channel("desk"), Program::new(&discord));
    let (_, card) = program.posts(&format!("/channels/{desk}/messages"), words("Sak 1001")).await;
    let path = format!("/channels/{desk}/messages/{}", card["id"].as_str().unwrap());
    discord.advance(Duration::from_hours(2));
    for _ in 0..5 {
        assert_eq!(program.send("PATCH", &path, words("Tatt av Kari")).await.0, 200);
    }
    assert_eq!(code(&program.send("PATCH", &path, words("Løst")).await), (429, 30_046));
    discord.assert_honest();
}

#[tokio::test]
async fn an_interaction_gets_one_response_and_gets_it_in_time() {
    let discord = FakeDiscord::start().await;
    let (support, program) = (discord.text_channel("support"), Program::new(&discord));
    let ola = discord.member("Ola", &[]);
    let button = json!({ "type": 2, "style": 1, "label": "Ja", "custom_id": "yes" });
    let ask = json!({ "content": "Hjalp det?", "allowed_mentions": {}, "components": [{ "type": 1, "components": [button] }] });
    let (_, asked) = program.posts(&format!("/channels/{support}/messages"), ask).await;
    let asked = super::super::MessageId::new(asked["id"].as_str().unwrap().parse().unwrap());
    let callback = |press: &super::super::Press| format!("/interactions/{0}/interaction-{0}/callback", press.id());

    let late = ola.presses(asked, "Ja").await;
    assert!(matches!(late.outcome(), Outcome::Waiting));
    discord.advance(Duration::from_secs(3));
    assert!(matches!(late.outcome(), Outcome::Failed));
    assert_eq!(code(&program.posts(&callback(&late), json!({ "type": 6 })).await), (404, 10_062));

    let press = ola.presses(asked, "yes").await;
    assert_eq!(program.posts(&callback(&press), json!({ "type": 6 })).await.0, 204);
    assert_eq!(press.answered().await.kind, AnswerKind::DeferredUpdate);
    discord.assert_honest();
    assert_eq!(code(&program.posts(&callback(&press), json!({ "type": 6 })).await), (400, 40_060));

    let webhook = format!("/webhooks/{}/interaction-{}", discord.application(), press.id());
    let thanks = json!({ "content": "Takk!", "flags": 64, "allowed_mentions": {} });
    assert_eq!(program.posts(&webhook, thanks.clone()).await.0, 200);
    assert_eq!(press.messages()[0].only_for, Some(ola.id()));
    let done = json!({ "components": [], "content": "Takk for svaret" });
    assert_eq!(program.send("PATCH", &format!("{webhook}/messages/@original"), done).await.0, 200);
    assert_eq!(discord.message(asked).unwrap().content, "Takk for svaret");
    discord.advance(Duration::from_mins(15));
    assert_eq!(code(&program.posts(&webhook, thanks).await), (401, 50_027));
}

#[tokio::test]
async fn a_command_may_show_a_form_and_a_form_may_not() {
    let discord = FakeDiscord::start().await;
    let (support, program) = (discord.text_channel("support"), Program::new(&discord));
    let ola = discord.member("Ola", &[]);
    let commands = format!("/applications/{}/commands", discord.application());
    let bad = json!({ "name": "Sak", "description": "Status", "type": 1 });
    assert_eq!(code(&program.posts(&commands, bad).await), (400, 50_035));
    assert_eq!(program.posts(&commands, json!({ "name": "sak", "description": "Status", "type": 1 })).await.0, 201);

    let run = ola.runs(support, "sak", json!([])).await;
    let input = json!({ "type": 4, "custom_id": "what", "style": 1, "label": "Hva gjelder det?" });
    let form = json!({ "title": "Ny sak", "custom_id": "new", "components": [{ "type": 1, "components": [input] }] });
    let show = json!({ "type": 9, "data": form });
    assert_eq!(program.posts(&format!("/interactions/{0}/interaction-{0}/callback", run.id()), show.clone()).await.0, 204);
    let sent = run.submits(&[("what", "skriver")]).await;
    let callback = format!("/interactions/{0}/interaction-{0}/callback?with_response=true", sent.id());
    assert_eq!(code(&program.posts(&callback, show).await), (400, 50_035));
    let (status, shown) = program.posts(&callback, json!({ "type": 4, "data": words("Sak 1001") })).await;
    assert_eq!((status, &shown["resource"]["message"]["content"]), (200, &json!("Sak 1001")));
    let own = |broken: &String| broken.contains("the fake's own");
    assert!(!discord.violations().iter().any(own), "{:?}", discord.violations());
}
