//! A database that is busy, for tests: nothing is written until the test lets go.

use async_trait::async_trait;
use sqlx::AnyConnection;
use tokio::sync::oneshot;

use super::SqlStore;
use super::failure::Failure;
use super::writer::{Applied, Write};

/// Writes wait for as long as this lives.
#[derive(Debug)]
#[must_use = "writes go on as soon as it is dropped"]
pub struct HeldWrites {
    _release: oneshot::Sender<()>,
}

impl SqlStore {
    /// Holds back every write that comes from now on; reading goes on. On SQLite, where one connection writes.
    pub async fn hold_writes(&self) -> HeldWrites {
        let (begun, has_begun) = oneshot::channel();
        let (release, released) = oneshot::channel();
        let (writer, held) = (self.writer.clone(), Held { begun: Some(begun).into(), released: Some(released).into() });
        tokio::spawn(async move { writer.write(held).await });
        drop(has_begun.await);
        HeldWrites { _release: release }
    }
}

struct Held {
    begun: tokio::sync::Mutex<Option<oneshot::Sender<()>>>,
    released: tokio::sync::Mutex<Option<oneshot::Receiver<()>>>,
}

#[async_trait]
impl Write for Held {
    type Reply = ();
    const DOING: &'static str = "held writes back";

    async fn apply(&self, _: &mut AnyConnection) -> Result<Applied<()>, Failure> {
        if let Some(begun) = self.begun.lock().await.take() {
            let _ = begun.send(());
        }
        if let Some(released) = self.released.lock().await.take() {
            drop(released.await);
        }
        Ok(Applied::Keep(()))
    }
}
