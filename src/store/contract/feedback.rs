//! What the store promises about how articles do.

use std::time::Duration;

use super::Backend;
use super::evening::{Evening, Wants, message, words};
use crate::domain::answer::ArticleRef;
use crate::domain::feedback::{ArticleFigures, Vote};
use crate::domain::ids::{EmployeeId, Slug};
use crate::domain::lang::Lang;
use crate::domain::message::Action;
use crate::domain::time::Timestamp;

const DAY: Duration = Duration::from_hours(24);

fn vote(evening: &Evening, reader: &str, lang: Lang, useful: bool, remark: Option<&str>) -> Vote {
    let article = ArticleRef { slug: Slug::new("skriver"), lang };
    Vote { reader: EmployeeId::new(reader), article, useful, remark: remark.map(words), at: evening.now() }
}

async fn votes(evening: &Evening, vote: Vote) {
    evening.store.vote(&vote).await.unwrap();
}

async fn figures(evening: &Evening, since: Timestamp) -> Vec<(Lang, [u64; 5])> {
    let told = evening.store.article_figures(since).await.unwrap();
    let told = told.into_iter().map(|of| {
        let ArticleFigures { article, shown, helped, did_not_help, useful, not_useful } = of;
        (article.lang, [shown, helped, did_not_help, useful, not_useful])
    });
    told.collect()
}

pub(super) async fn a_reader_has_one_vote_on_an_article(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let (ola, slug) = (EmployeeId::new("web:ola"), Slug::new("skriver"));
    assert_eq!(evening.store.vote_of(&ola, &slug).await.unwrap(), None);
    votes(&evening, vote(&evening, "web:ola", Lang::Nb, false, Some("Fant ikke knappen"))).await;
    evening.pass(Duration::from_mins(1));
    let changed = vote(&evening, "web:ola", Lang::Nn, true, None);
    votes(&evening, changed.clone()).await;
    votes(&evening, vote(&evening, "web:eva", Lang::Nb, true, None)).await;

    assert_eq!(evening.store.vote_of(&ola, &slug).await.unwrap(), Some(changed));
    assert_eq!(evening.store.vote_of(&ola, &Slug::new("vpn")).await.unwrap(), None);
    assert_eq!(figures(&evening, evening.now()).await, [(Lang::Nb, [0, 0, 0, 1, 0]), (Lang::Nn, [0, 0, 0, 1, 0])]);
}

pub(super) async fn remarks_are_read_newest_first(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    for (reader, remark) in [("web:ola", Some("For kort")), ("web:eva", None), ("web:per", Some("For lang"))] {
        votes(&evening, vote(&evening, reader, Lang::Nb, false, remark)).await;
        evening.pass(Duration::from_mins(1));
    }
    let said = |limit| {
        let store = evening.store.clone();
        async move {
            let votes = store.remarks(&Slug::new("skriver"), limit).await.unwrap();
            votes.into_iter().filter_map(|vote| vote.remark.map(|words| words.as_str().to_owned())).collect::<Vec<_>>()
        }
    };
    assert_eq!(said(10).await, ["For lang", "For kort"]);
    assert_eq!(said(1).await, ["For lang"]);
    assert!(evening.store.remarks(&Slug::new("vpn"), 10).await.unwrap().is_empty());
}

pub(super) async fn articles_are_counted_as_they_are_shown_and_judged(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    let helped = evening.hears(&message("Ola", "Ola 1"), Wants::Answer).await.conversation.id;
    evening.presses(helped, &Action::Helped).await;
    let did_not = evening.hears(&message("Eva", "Eva 1"), Wants::Answer).await.conversation.id;
    evening.presses(did_not, &Action::NotHelped).await;
    let chosen = evening.hears(&message("Per", "Per 1"), Wants::Titles).await.conversation.id;
    evening.presses(chosen, &Action::Choose(Slug::new("skriver"))).await;
    let refused = evening.hears(&message("Kari", "Kari 1"), Wants::Answer).await.conversation.id;
    evening.hears(&message("Kari", "Kari 2"), Wants::Titles).await;
    evening.presses(refused, &Action::NotHelped).await;
    assert_eq!(
        figures(&evening, evening.now()).await,
        [(Lang::Nb, [4, 1, 1, 0, 0])],
        "an offer that is refused says nothing of the answer before it"
    );
}

pub(super) async fn only_what_happened_since_that_day_is_told(backend: &dyn Backend) {
    let evening = Evening::on(backend).await;
    evening.hears(&message("Ola", "Ola 1"), Wants::Answer).await;
    votes(&evening, vote(&evening, "web:ola", Lang::Nb, true, None)).await;
    let first_day = evening.now();
    evening.pass(DAY);
    let again = evening.hears(&message("Ola", "Ola 2"), Wants::Answer).await.conversation.id;
    evening.presses(again, &Action::Helped).await;

    assert_eq!(figures(&evening, first_day).await, [(Lang::Nb, [2, 1, 0, 1, 0])]);
    assert_eq!(figures(&evening, evening.now()).await, [(Lang::Nb, [1, 1, 0, 0, 0])]);
    evening.pass(DAY);
    assert!(figures(&evening, evening.now()).await.is_empty());
    let same_day = evening.now().before(DAY + Duration::from_hours(1));
    assert_eq!(figures(&evening, same_day).await.len(), 1, "the whole day counts, from its beginning");
}
