//! Notices that an article of the knowledge base, its glossary, a standard reply or a link was changed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval, timeout};
use tokio_util::sync::CancellationToken;
use tracing::warn;

use super::{files, glossary};

/// How long it must be quiet after a change: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(100);

/// How many changes in a row may put the news off, so that it comes within half a second.
const MOST_PUT_OFF: usize = 4;

/// How often the files are looked at where the system tells of nothing.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Every file's length and time of change.
type Looks = BTreeMap<PathBuf, (u64, Option<SystemTime>)>;

/// A look-out for changed articles and a changed glossary, from the moment it was begun.
#[derive(Debug)]
pub struct Watch {
    folder: PathBuf,
    seen: Looks,
    noticed: mpsc::Receiver<()>,
    /// Notices come as long as this is kept; none where the system does not tell.
    _listening: Option<RecommendedWatcher>,
}

impl Watch {
    /// Notes how the files look now. Begin before the articles are read, so that no change falls between the two.
    /// A folder that is not there yet is waited for.
    #[must_use]
    pub fn begin(folder: PathBuf) -> Self {
        let (notice, noticed) = mpsc::channel(1);
        let listening = listen(&folder, notice).inspect_err(|error| {
            let folder = folder.display();
            warn!(%folder, %error, "the system does not tell of changed articles; they are looked for every second");
        });
        Self { seen: look(&folder), folder, noticed, _listening: listening.ok() }
    }

    /// Says into `changed` that an article or the glossary came, went or was edited, until `stop`. A channel of one is enough: news that is
    /// still unheard stands for later changes too.
    ///
    /// The system's own notices make it quick; the files are also looked at every second, since notices can be missing
    /// (network drives) or missed.
    pub async fn run(mut self, changed: mpsc::Sender<()>, stop: CancellationToken) {
        let mut clock = interval(LOOK_EVERY);
        clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = changed.closed() => return,
                Some(()) = self.noticed.recv() => quiet(&mut self.noticed).await,
                _ = clock.tick() => {}
            }
            let folder = self.folder.clone();
            let Ok(now) = tokio::task::spawn_blocking(move || look(&folder)).await else { continue };
            if now != self.seen {
                self.seen = now;
                // A full channel holds news that nobody has heard yet; a closed one ends the loop.
                let _ = changed.try_send(());
            }
        }
    }
}

/// Waits until nothing more is noticed.
async fn quiet(noticed: &mut mpsc::Receiver<()>) {
    for _ in 0..MOST_PUT_OFF {
        if !matches!(timeout(QUIET, noticed.recv()).await, Ok(Some(()))) {
            return;
        }
    }
}

fn listen(folder: &Path, notice: mpsc::Sender<()>) -> notify::Result<RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| !event.kind.is_access()) {
            let _ = notice.try_send(());
        }
    })?;
    watcher.watch(folder, RecursiveMode::Recursive)?;
    Ok(watcher)
}

fn look(folder: &Path) -> Looks {
    let found = |folder: &Path| files::find(folder).map(|listing| listing.files).unwrap_or_default();
    let one = |path: PathBuf| {
        let looks = std::fs::metadata(&path).map(|meta| (meta.len(), meta.modified().ok())).unwrap_or_default();
        (path, looks)
    };
    let written =
        [found(folder), found(&files::replies(folder)), found(&files::links(folder))].concat().into_iter().map(|file| file.path);
    written.chain([glossary::path(folder)]).map(one).collect()
}
