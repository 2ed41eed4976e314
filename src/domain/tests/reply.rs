//! Standard replies: which fields stand in them, what fills them, and which an operator is shown first.

use crate::domain::ids::{GroupId, Slug, TicketNumber};
use crate::domain::lang::Lang;
use crate::domain::reply::{Field, KnownField, StandardReply, Values, fields, fill, pick, unknown_fields, version};

fn values() -> Values<'static> {
    let number = TicketNumber::new(1001);
    Values { name: Some("Ola {number}"), number, operator: "Kari", group: "Klinisk støtte", phone: None }
}

#[test]
fn the_ticket_fills_in_what_it_knows_and_the_operator_the_rest() {
    let text = "Hei {name}!\nSak {number}: møt oss i {sted?} kl. {tid?}, {sted?}. Ring {phone}.\n{operator}, {group}";
    let filled = fill(text, &values());
    let expected = "Hei Ola {number}!\nSak 1001: møt oss i {sted?} kl. {tid?}, {sted?}. Ring {phone}.\nKari, Klinisk støtte";
    assert_eq!(filled, expected, "what is filled in is not filled in again");
    let missing: Vec<String> = fields("{sted?} {tid?} {sted?} {phone}").iter().map(ToString::to_string).collect();
    assert_eq!(missing, ["{sted?}", "{tid?}", "{phone}"]);
}

#[test]
fn only_fields_are_fields() {
    let cases = [
        ("{name}", vec![Field::Known(KnownField::Name)]),
        ("{{name}}", vec![Field::Known(KnownField::Name)]),
        ("{rom eller etasje?}", vec![Field::Free("rom eller etasje".to_owned())]),
        ("{ukjent}", vec![]),
        ("{\"a\": 1}", vec![]),
        ("{?}", vec![]),
        ("{sted\n?}", vec![]),
        ("if (x) { y } {", vec![]),
        ("{ååååååååååååååååååååååååååååååååååååååååå?}", vec![]),
        ("", vec![]),
    ];
    for (text, expected) in cases {
        assert_eq!(fields(text), expected, "{text}");
        assert_eq!(fill(text, &Values { name: None, ..values() }), text, "nothing is known of it");
    }
}

#[test]
fn a_slip_in_a_fields_name_is_noticed() {
    assert_eq!(unknown_fields("Hei {navn}, {name}, {sted?}, {\"x\": 1}, {nummer}"), ["navn", "nummer"]);
}

fn reply(slug: &str, lang: Lang, title: &str, group: Option<&str>) -> StandardReply {
    let (slug, group) = (Slug::new(slug), group.map(GroupId::new));
    StandardReply { slug, lang, title: title.to_owned(), group, tags: vec!["ventetid".to_owned()], body: "Takk".to_owned() }
}

#[test]
fn the_language_of_the_conversation_comes_first_and_then_the_groups_own() {
    let replies = [
        reply("takk", Lang::En, "Thank you", None),
        reply("takk", Lang::Nn, "Takk skal du ha", None),
        reply("avvent", Lang::Nn, "Vi ventar", Some("clinical")),
        reply("takk", Lang::Nb, "Takk for hjelpen", None),
        reply("annen", Lang::Nn, "Bare for andre", Some("general")),
    ];
    let clinical = GroupId::new("clinical");
    let picked: Vec<&str> = pick(&replies, Lang::Nn, &clinical).into_iter().map(|reply| reply.title.as_str()).collect();
    assert_eq!(picked, ["Vi ventar", "Takk skal du ha", "Takk for hjelpen", "Thank you"]);
    let shown =
        |slug: &str, reader| version(&replies, &Slug::new(slug), reader, Some(&clinical)).map(|reply| reply.title.as_str());
    assert_eq!(shown("takk", Lang::Nb), Some("Takk for hjelpen"));
    assert_eq!(shown("avvent", Lang::En), Some("Vi ventar"), "in another language where there is none in theirs");
    assert_eq!(shown("annen", Lang::Nn), None, "another group's own");
    assert!(version(&replies, &Slug::new("annen"), Lang::Nb, None).is_some());
}
