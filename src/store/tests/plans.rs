//! How the engines read lists of tickets where there are a hundred thousand.

use std::time::Instant;

use sqlx::{AssertSqlSafe, Row, query};

use crate::domain::ids::{GroupId, TicketId};
use crate::domain::ticket::{Priority, Status, TicketOrder};
use crate::domain::time::Timestamp;
use crate::ports::{Asleep, Conversations, TicketCursor, TicketFilter};
use crate::store::{SqlStore, queue};

/// Tickets, of which every fiftieth is open.
const TICKETS: i64 = 100_000;

/// As many conversations as tickets, with a word each; two of a thousand tickets speak of a printer.
const FILL: [&str; 4] = [
    "INSERT INTO conversation (id, version, channel, address, delivery, employee, lang, phase, shown, opened_at, changed_at) \
     WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) \
     SELECT i, 1, 'web', 'a', 'read', 'web:' || i, 'nb', 'with_desk', '{\"kind\":\"nothing\"}', i, i FROM n",
    "INSERT INTO message (id, conversation, author, visibility, lang, text, content, at) \
     SELECT id, id, 'employee', 'everyone', 'nb', 'Noe rart', '{\"kind\":\"question\"}', opened_at FROM conversation",
    "INSERT INTO ticket (id, number, conversation, question, desk_group, line, priority, status, opened_at, waits_since, \
     changed_at, holder, holder_name, resolved_at) SELECT id, 1000 + id, id, id, 'g' || (id % 40), 'first', 10 + 10 * (id % 4), \
     CASE id % 50 WHEN 0 THEN 'waiting' ELSE 'resolved' END, id, id, id, CASE id % 50 WHEN 0 THEN NULL ELSE 'desk:kari' END, \
     CASE id % 50 WHEN 0 THEN NULL ELSE 'Kari' END, CASE id % 50 WHEN 0 THEN NULL ELSE id END FROM conversation",
    "INSERT INTO ticket_text (ticket, folded) SELECT id, ' ' || number || ' ola nordmann sjukehuset ' \
     || CASE id % 500 WHEN 0 THEN 'laserskriveren' ELSE 'noe rart' END \
     || ' får ikke logget inn på pcen etter ferien den sier bare vent litt og så skjer det ingenting mer enn at skjermen blir svart' \
     FROM ticket",
];

async fn filled(url: &str) -> SqlStore {
    let store = SqlStore::open(url).await.unwrap();
    for statement in FILL.iter().chain(&["ANALYZE"]) {
        query(AssertSqlSafe(*statement)).execute(store.writer.pool()).await.unwrap();
    }
    store
}

fn lists() -> Vec<(&'static str, TicketFilter)> {
    let open = TicketFilter {
        statuses: vec![Status::Waiting, Status::Taken],
        asleep: Asleep::No(Timestamp::from_micros(1)),
        limit: 50,
        ..TicketFilter::default()
    };
    let ordered = |order| TicketFilter { order, ..open.clone() };
    let after = TicketCursor { priority: Priority::High, at: Timestamp::from_micros(50_000), id: TicketId::new(50_000) };
    let all = TicketFilter { statuses: vec![], ..open.clone() };
    vec![
        ("open, by urgency", open.clone()),
        ("open, by age", ordered(TicketOrder::Age)),
        ("open, by change", ordered(TicketOrder::Change)),
        ("open, of a group", TicketFilter { groups: vec![GroupId::new("g10")], ..open.clone() }),
        ("open, a page further on", TicketFilter { after: Some(after), ..open.clone() }),
        ("all, by urgency", all.clone()),
        ("all, by age", TicketFilter { order: TicketOrder::Age, ..all.clone() }),
        ("all, by change", TicketFilter { order: TicketOrder::Change, ..all }),
    ]
}

/// The store on SQLite says how it reads each list; every list reads an index in its own order, and never sorts.
#[tokio::test]
async fn sqlite_reads_every_list_from_an_index_in_its_order() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(&format!("sqlite:{}", folder.path().join("firstline.db").display())).await;
    for (name, filter) in lists() {
        let (text, listing) = queue::list(&filter);
        let plan = queue::bound((format!("EXPLAIN QUERY PLAN {text}"), listing)).fetch_all(&store.readers).await.unwrap();
        let plan: Vec<String> = plan.iter().map(|row| row.get::<String, _>("detail")).collect();
        assert!(
            plan[0].contains("SEARCH t USING INDEX ticket_") || plan[0].contains("SCAN t USING INDEX ticket_"),
            "{name}: {plan:?}"
        );
        assert!(!plan.iter().any(|step| step.contains("TEMP B-TREE")), "{name}: {plan:?}");
    }
    measured(&store).await;
    store.close().await;
}

/// Prints what lists, counts and searches take, for whoever runs the test with `--nocapture`.
async fn measured(store: &SqlStore) {
    let search = |text: &str, statuses: &[Status]| TicketFilter {
        text: text.to_owned(),
        statuses: statuses.to_vec(),
        limit: 50,
        ..TicketFilter::default()
    };
    let open = [Status::Waiting, Status::Taken];
    let searches = [("open, searched", search("skriver", &open)), ("all, searched", search("skriver", &[]))];
    for (name, filter) in lists().into_iter().chain(searches) {
        let begun = Instant::now();
        let tickets = store.tickets(&filter).await.unwrap();
        let listed = begun.elapsed();
        let counted = store.count_tickets(&filter).await.unwrap();
        println!("{name}: {} of {counted} in {listed:?}, counted in {:?}", tickets.len(), begun.elapsed().saturating_sub(listed));
        assert!(!tickets.is_empty() && i64::try_from(counted).unwrap() <= TICKETS, "{name}");
    }
}
