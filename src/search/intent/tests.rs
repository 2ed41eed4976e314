use super::*;

fn intent(text: &str) -> Intent {
    Intents::new().read(text, Found::Nothing).intent
}

fn all(expected: Intent, texts: &[&str]) {
    for text in texts {
        assert_eq!(intent(text), expected, "{text}");
    }
}

#[test]
fn courtesy_alone_is_small_talk() {
    all(Intent::SmallTalk(SmallTalk::Greeting), &["Hei!", "heisann", "Good morning", "god morgen 😊", "hello there"]);
    all(Intent::SmallTalk(SmallTalk::Thanks), &["Tusen takk", "takk for hjelpa!", "thanks a lot", "mange takk skal du ha"]);
    all(
        Intent::SmallTalk(SmallTalk::Farewell),
        &["Ha det bra", "bye", "hadet", "god helg alle sammen", "sees på torsdag", "see you at lunch"],
    );
}

#[test]
fn a_greeting_before_a_question_does_not_hide_it() {
    all(
        Intent::Question,
        &[
            "Hei, tastaturet skriver feil bokstaver",
            "Takk, men hvordan bestiller jeg en ny stol?",
            "hello, my mouse is broken",
            "god morgon, eg finn ikkje timelista",
        ],
    );
}

#[test]
fn asking_for_a_person_is_heard_with_typing_errors() {
    all(
        Intent::Person,
        &[
            "Kan jeg få snakke med noen?",
            "kan eg prate med ein person",
            "eg vil snakke med eit menneske",
            "Can I talk to someone?",
            "gi meg en person",
            "menneske takk",
            "jeg vil heller snakke med en konsulennt",
            "could you transfer me to a colleague",
            "vær så snill, la meg få prate med et ekte menneske",
            "kan nokon ringje meg?",
            "I want to speak with a real human",
        ],
    );
}

#[test]
fn talking_is_sometimes_the_subject() {
    all(
        Intent::Question,
        &[
            "Hvem snakker jeg med om ny kontorstol?",
            "Who do I talk to about parking?",
            "pasienten kan ikke snakke med legen på video",
            "hvordan ringer jeg en annen person på Teams?",
            "kven pratar eg med om permisjon",
        ],
    );
}

#[test]
fn the_state_of_own_tickets_differs_from_how_to_follow_them() {
    all(
        Intent::OwnTickets,
        &[
            "Hva skjer med saken min?",
            "korleis går det med saka mi",
            "status on my ticket",
            "/sak",
            "sak 1042?",
            "er saken min ferdig behandlet?",
            "any update on my request?",
            "noe nytt i saka mi?",
        ],
    );
    all(
        Intent::Question,
        &["Hvordan følger jeg med på sakene mine?", "where can I see my tickets", "hvordan oppretter jeg en sak i arkivet?"],
    );
}

#[test]
fn a_fault_that_many_suffer_from_is_critical() {
    all(
        Intent::Critical,
        &[
            "Hele avdelingen er nede",
            "ingen på sykehuset kommer inn i journalen",
            "alt er nede",
            "the whole ward can't open the medication chart",
            "det brenner i serverrommet",
            "heile sjukeheimen har mista nettet",
            "all phones in the emergency department are dead",
        ],
    );
}

#[test]
fn one_persons_fault_or_a_question_about_faults_is_not_critical() {
    all(
        Intent::Question,
        &[
            "VPN-en stopper hele tiden her hjemme",
            "journalen går ned heile tida hos meg",
            "the wifi stopped again, it does it all the time",
            "Hvordan melder jeg fra hvis hele avdelingen er nede?",
            "alle filene mine er borte",
            "what do we do when the record is down?",
            "ingen lyd i høyttaleren",
            "PC-en min er helt død",
            "skjermen min ble svart nå",
            "my printer is not working",
            "hva er rutinen når journalsystemet er nede?",
        ],
    );
}

#[test]
fn yes_and_no_answer_what_was_asked() {
    all(Intent::No, &["nei", "det virker fortsatt ikke", "framleis ikkje", "that didn't help", "Nei, det hjalp ikke"]);
    all(Intent::Yes, &["ja", "yes", "ja takk", "that worked", "det hjalp"]);
    all(Intent::Question, &["nei jeg mener passordet til lønnssystemet", "skanneren virker ikke", "vpn virker fortsatt ikke"]);
}

#[test]
fn talk_between_colleagues_is_chatter() {
    all(
        Intent::SmallTalk(SmallTalk::Other),
        &[
            "blir du med på kaffe?",
            "haha den var god",
            "gratulerer så mye, for en dag!",
            "kos deg på hyttetur i helga",
            "eg gler meg til helga, folkens",
            "lol, he really said that at the party",
        ],
    );
    all(Intent::Question, &["jeg får ikke logget inn", "hvordan bestiller jeg mat til et møte?", "kan eg føre ferie i juli?"]);
}

#[test]
fn a_good_article_speaks_against_chatter() {
    let intents = Intents::new();
    let text = "kaffen er klar";
    assert_eq!(intents.read(text, Found::Nothing).intent, Intent::SmallTalk(SmallTalk::Other));
    assert_eq!(intents.read(text, Found::Answer).intent, Intent::Question);
}

#[test]
fn danger_and_lifelines_are_critical_with_typing_errors_too() {
    all(
        Intent::Critical,
        &[
            "røykutviklng i arkivet",
            "respiratorene på intensiv stopet nå",
            "ingen pasientvarsler kommer fram på sengeposten",
            "pasientvarslinga er heilt daud på sjukeheimen",
            "the elevator stopped with people trapped inside",
        ],
    );
    all(
        Intent::Question,
        &[
            "hva regnes som kritisk?",
            "hvor henger brannslukkeren?",
            "noen andre som mister nettet?",
            "nettet er nede hjemme hos meg",
        ],
    );
}

#[test]
fn waiting_for_somebody_asks_for_a_person() {
    all(
        Intent::Person,
        &["dere lovet å ringe meg på mandag", "kan en tekniker komme ned til meg?", "eg orkar ikkje skrive med ein robot"],
    );
    all(Intent::OwnTickets, &["hvem har bestillingen min?", "har ikkje fått svar på saka eg melde i førre veke"]);
}

fn seeks_help(text: &str) -> bool {
    let intents = Intents::new();
    let meant = intents.read(text, Found::Nothing).intent;
    intents.seeks_help(text, Found::Nothing, meant)
}

#[test]
fn questions_and_problems_that_are_overheard_seek_help() {
    for text in [
        "skriveren virker ikke",
        "VPN fungerer ikkje",
        "can't log in",
        "Kan noen hjelpe meg?",
        "treng hjelp med e-post",
        "hvor finner jeg lønnsslippen?",
        "reset my password please",
        "Kan jeg få snakke med et menneske?",
        "ingen på sykehuset kommer inn i journalen",
    ] {
        assert!(seeks_help(text), "{text}");
    }
}

#[test]
fn colleagues_talk_does_not_seek_help_nor_does_courtesy() {
    for text in [
        "Hei!",
        "takk for hjelpa",
        "ja",
        "nei",
        "noen som vil ha kake?",
        "god helg",
        "eg er fem minutt forseinka",
        "see you at lunch",
    ] {
        assert!(!seeks_help(text), "{text}");
    }
}
