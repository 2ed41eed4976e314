//! A minimal serenity bot, over real sockets.

use std::sync::Arc;
use std::time::Duration;

use serenity::all::{
    ButtonStyle, ClientBuilder, Context, CreateActionRow, CreateAllowedMentions, CreateButton, CreateInteractionResponse,
    CreateInteractionResponseFollowup, CreateInteractionResponseMessage, CreateMessage, EventHandler, GatewayIntents,
    HttpBuilder, Interaction, Message,
};
use tokio::task::JoinHandle;

use super::super::{AnswerKind, Disconnect, FakeDiscord, TOKEN};

struct Echo;

#[serenity::async_trait]
impl EventHandler for Echo {
    async fn message(&self, context: Context, message: Message) {
        if message.author.bot {
            return;
        }
        let button = CreateButton::new("helped").label("Det hjalp").style(ButtonStyle::Success);
        let answer = CreateMessage::new()
            .content(format!("Du skrev: {}", message.content))
            .reference_message(&message)
            .allowed_mentions(CreateAllowedMentions::new())
            .components(vec![CreateActionRow::Buttons(vec![button])]);
        message.channel_id.send_message(&context.http, answer).await.expect("the answer is posted");
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let Interaction::Component(press) = interaction else { return };
        let message = CreateInteractionResponseMessage::new().ephemeral(true);
        press.create_response(&context.http, CreateInteractionResponse::Defer(message)).await.expect("it is acknowledged");
        let nobody = CreateAllowedMentions::new();
        let later = CreateInteractionResponseFollowup::new().content("Så bra!").allowed_mentions(nobody);
        press.create_followup(&context.http, later).await.expect("the follow-up is posted");
    }
}

fn everything() -> GatewayIntents {
    GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES | GatewayIntents::MESSAGE_CONTENT
}

async fn client(discord: &FakeDiscord, intents: GatewayIntents) -> serenity::Client {
    let http = HttpBuilder::new(TOKEN).proxy(discord.url()).ratelimiter_disabled(true).build();
    let client = ClientBuilder::new_with_http(http, intents).event_handler_arc(Arc::new(Echo)).await;
    client.expect("a client")
}

async fn bot(discord: &FakeDiscord) -> JoinHandle<()> {
    let mut client = client(discord, everything()).await;
    let running = tokio::spawn(async move { client.start().await.expect("the bot runs") });
    discord.wait_until_connected().await;
    running
}

#[tokio::test]
async fn a_bot_logs_in_gets_a_message_and_replies() {
    let discord = FakeDiscord::start().await;
    let support = discord.text_channel("support");
    let ola = discord.member("Ola", &[]);
    let bot = bot(&discord).await;

    ola.says(support, "får ikke skrevet ut").await;
    let answer = discord.wait_for_bot_message(support, |posted| posted.content.contains("skrevet ut")).await;

    let press = ola.presses(answer.id, "Det hjalp").await;
    let answered = press.answered().await;
    assert_eq!((answered.kind, answered.is_ephemeral), (AnswerKind::Deferred, true));
    let thanks = press.wait_for_message(|_| true).await;
    assert_eq!((thanks.content.as_str(), thanks.only_for), ("Så bra!", Some(ola.id())));

    let told = "Ola: får ikke skrevet ut\n\
                Firstline ↩ Ola: Du skrev: får ikke skrevet ut\n    [Det hjalp]\n\
                Firstline ↩ Firstline (only Ola sees): Så bra!\n";
    assert_eq!(discord.transcript(support), told);
    discord.assert_honest();
    bot.abort();
}

#[tokio::test]
async fn a_bot_that_is_thrown_out_resumes_and_misses_nothing() {
    let discord = FakeDiscord::start().await;
    let support = discord.text_channel("support");
    let ola = discord.member("Ola", &[]);
    let bot = bot(&discord).await;

    for (times, how) in [(1, Disconnect::Close(4000)), (2, Disconnect::Reconnect)] {
        discord.open_gateway(false);
        discord.disconnect(how);
        let said = format!("mens du var borte {times}");
        ola.says(support, &said).await;
        assert_eq!(discord.bot_messages(support).len(), times - 1);
        discord.open_gateway(true);
        discord.wait_for_bot_messages(support, times).await;
        discord.wait_for_resumes(times).await;
    }

    assert_eq!(discord.identifies(), 1);
    discord.assert_honest();
    bot.abort();
}

#[tokio::test]
async fn a_session_that_is_gone_makes_the_bot_identify_again() {
    let discord = FakeDiscord::start().await;
    let bot = bot(&discord).await;

    discord.disconnect(Disconnect::Close(4009));
    discord.wait_for_identifies(2).await;

    discord.assert_honest();
    bot.abort();
}

#[tokio::test]
async fn an_event_that_is_delivered_twice_reaches_the_bot_twice() {
    let discord = FakeDiscord::start().await;
    let support = discord.text_channel("support");
    let ola = discord.member("Ola", &[]);
    let bot = bot(&discord).await;

    discord.deliver_twice();
    ola.says(support, "hallo").await;

    discord.wait_for_bot_messages(support, 2).await;
    bot.abort();
}

#[tokio::test]
async fn events_may_arrive_in_the_wrong_order() {
    let discord = FakeDiscord::start().await;
    let support = discord.text_channel("support");
    let ola = discord.member("Ola", &[]);
    let bot = bot(&discord).await;

    discord.hold_events();
    let first = ola.says(support, "først").await;
    let second = ola.says(support, "så").await;
    assert!(first < second);
    assert_eq!(discord.bot_messages(support), vec![]);
    discord.release_events_reversed();

    discord.wait_for_bot_messages(support, 2).await;
    bot.abort();
}

#[tokio::test]
async fn asking_for_message_content_that_is_not_allowed_ends_the_bot() {
    let discord = FakeDiscord::start().await;
    discord.allow_message_content(false);
    let mut client = client(&discord, everything()).await;
    let ended = tokio::time::timeout(Duration::from_secs(10), client.start()).await.expect("the bot gives up");
    let error = ended.expect_err("it cannot run").to_string();
    assert!(error.to_lowercase().contains("intent"), "{error}");
    assert_eq!(discord.identifies(), 0);
}

#[tokio::test]
async fn without_the_intent_words_come_only_where_the_bot_is_meant() {
    let discord = FakeDiscord::start().await;
    discord.allow_message_content(false);
    let support = discord.text_channel("support");
    let ola = discord.member("Ola", &[]);
    let mut client = client(&discord, everything() - GatewayIntents::MESSAGE_CONTENT).await;
    let bot = tokio::spawn(async move { client.start().await.expect("the bot runs") });
    discord.wait_until_connected().await;

    let mention = format!("<@{}> hjelp", discord.bot());
    for (said, heard) in [("hjelp", ""), (mention.as_str(), mention.as_str())] {
        let asked = ola.says(support, said).await;
        let answer = discord.wait_for_bot_message(support, |posted| posted.answers == Some(asked)).await;
        assert_eq!(answer.content, format!("Du skrev: {heard}").trim());
    }
    let asked = ola.says_privately("bare oss to").await;
    let place = ola.direct_channel();
    let answer = discord.wait_for_bot_message(place, |posted| posted.answers == Some(asked)).await;
    assert_eq!(answer.content, "Du skrev: bare oss to");
    discord.assert_honest();
    bot.abort();
}

#[tokio::test]
async fn a_session_that_may_be_resumed_is_resumed() {
    let discord = FakeDiscord::start().await;
    let support = discord.text_channel("support");
    let ola = discord.member("Ola", &[]);
    let bot = bot(&discord).await;

    discord.disconnect(Disconnect::InvalidSession { resumable: true });
    ola.says(support, "er du der?").await;

    discord.wait_for_bot_messages(support, 1).await;
    assert_eq!(discord.identifies(), 1);
    discord.assert_honest();
    bot.abort();
}
