//! What is forgotten, and when.

use std::path::Path;
use std::time::UNIX_EPOCH;

use tempfile::TempDir;

use super::*;
use crate::domain::ids::FileId;
use crate::files::Folder;
use crate::store::SqlStore;
use crate::testing::TestClock;

async fn job(folder: &Path, files: &Arc<Folder>, clock: &Arc<TestClock>) -> TidyUp {
    let store = SqlStore::open(&format!("sqlite:{}", folder.join("firstline.db").display())).await.unwrap();
    TidyUp::new(Arc::new(store), Arc::clone(files) as Arc<dyn Files>, Arc::clone(clock) as Arc<dyn Clock>)
}

/// Writes into the folder what is as old as the clock says.
async fn upload(files: &Folder, path: &Path, id: FileId, clock: &TestClock) {
    files.keep(id, b"logg".to_vec()).await.unwrap();
    let written = UNIX_EPOCH + Duration::from_micros(clock.now().micros().unsigned_abs());
    std::fs::File::options().append(true).open(path.join(id.to_string())).unwrap().set_modified(written).unwrap();
}

#[tokio::test]
async fn a_file_that_no_conversation_has_is_removed_after_a_day_and_not_before() {
    let folder = TempDir::new().unwrap();
    let (path, clock, id) = (folder.path().join("files"), Arc::new(TestClock::default()), FileId::new(1));
    let files = Arc::new(Folder::at(path.clone()));
    let job = job(folder.path(), &files, &clock).await;
    upload(&files, &path, id, &clock).await;

    job.once().await.unwrap();
    assert!(files.read(id).await.unwrap().is_some(), "its upload may still be under way");

    clock.advance(Duration::from_hours(25));
    job.once().await.unwrap();
    assert_eq!(files.read(id).await.unwrap(), None);
}
