//! What editors work with, over a folder of a test's own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use tokio_util::sync::CancellationToken;

use crate::domain::article::Day;
use crate::domain::policy::Policy;
use crate::flows::{Editing, EditingNeeds};
use crate::library::{self, Checks, ChecksNow, FileShelf};
use crate::ports::{Clock, Ids, Intake, Store};
use crate::search::{AidIndex, SearchIndex};

/// The day on which articles are checked.
const TODAY: Day = Day { year: 2026, month: 11, day: 22 };

/// The verbs of editing over the articles in `kb`, with an index of their own that has what is in the folder at first and takes
/// in what is saved; so do `aids` with links.
///
/// # Panics
/// Where there is no such folder.
pub fn editing(
    kb: &Path,
    policy: Policy,
    (store, aids): (Arc<dyn Store>, Arc<AidIndex>),
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
) -> Editing {
    std::fs::create_dir_all(kb).expect("a folder for articles");
    let groups = policy.groups.iter().map(|group| group.id.clone()).collect();
    let checks = Checks { today: TODAY, groups, review_months: 12 };
    let index = Arc::new(SearchIndex::open(None, Vec::new()).expect("an index in memory"));
    let reload = Reload { kb: kb.to_owned(), checks: checks.clone(), index: Arc::clone(&index), aids };
    reload.now();
    let now: ChecksNow = Arc::new(move || checks.clone());
    let host = "hjelp.example".to_owned();
    Editing::new(EditingNeeds {
        shelf: Arc::new(FileShelf::new(kb.to_owned(), Arc::clone(&now), host.clone())),
        reply_shelf: Arc::new(FileShelf::of_replies(kb, Arc::clone(&now), host.clone())),
        link_shelf: Arc::new(FileShelf::of_links(kb, now, host)),
        intake: Arc::new(reload),
        index: Arc::clone(&index) as _,
        rehearsal: index,
        store,
        clock,
        ids,
        policy,
        confirmations: 3,
        stop: CancellationToken::new(),
    })
}

struct Reload {
    kb: PathBuf,
    checks: Checks,
    index: Arc<SearchIndex>,
    aids: Arc<AidIndex>,
}

impl Reload {
    fn now(&self) {
        let loaded = library::load(&self.kb, &self.checks).expect("the folder is there");
        self.index.update(loaded.articles).expect("it can be indexed");
        self.aids.put_links(loaded.links);
    }
}

#[async_trait]
impl Intake for Reload {
    async fn take_in(&self) {
        self.now();
    }
}
