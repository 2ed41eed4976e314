//! Sign-in links and sessions of the desk.

use async_trait::async_trait;
use sqlx::{AnyConnection, query};

use super::documents::MembershipDoc;
use super::failure::Failure;
use super::names::Named;
use super::upkeep::Forget;
use super::writer::{Applied, Write};
use super::{SqlStore, from_rows, sql, to_rows};
use crate::domain::ids::OperatorId;
use crate::domain::time::Timestamp;
use crate::ports::{Hash, Session, Sessions, StoreError};

#[async_trait]
impl Sessions for SqlStore {
    async fn open_session(&self, session: &Session) -> Result<(), StoreError> {
        self.writer.write(Open(session.clone())).await
    }

    async fn session(&self, hash: &Hash, now: Timestamp) -> Result<Option<Session>, StoreError> {
        let statement = query(sql::SESSION).bind(hash.0.clone()).bind(now.micros());
        self.one("read a session", statement, from_rows::session).await
    }

    async fn prolong_session(&self, hash: &Hash, expires_at: Timestamp) -> Result<(), StoreError> {
        self.writer.write(Prolong { hash: hash.clone(), expires_at }).await
    }

    async fn close_sessions_of(&self, person: &OperatorId) -> Result<u64, StoreError> {
        self.writer.write(CloseAll(person.clone())).await
    }

    async fn close_session(&self, hash: &Hash) -> Result<bool, StoreError> {
        self.writer.write(Close(hash.clone())).await
    }

    async fn forget_expired(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.writer.write(Forget { statement: sql::FORGET_EXPIRED, until: now }).await
    }
}

struct Open(Session);

#[async_trait]
impl Write for Open {
    type Reply = ();
    const DOING: &'static str = "opened a session";

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<()>, Failure> {
        let Session { hash, kind, operator, email, expires_at, ends_at } = &self.0;
        let opened = query(sql::OPEN_SESSION)
            .bind(hash.0.as_str())
            .bind(kind.word())
            .bind(operator.id.as_str())
            .bind(operator.name.as_str())
            .bind(to_rows::json(&MembershipDoc::from(&operator.groups))?)
            .bind(expires_at.micros())
            .bind(to_rows::roles(&operator.roles))
            .bind(email.as_deref())
            .bind(ends_at.micros());
        opened.execute(connection).await?;
        Ok(Applied::Keep(()))
    }
}

struct Prolong {
    hash: Hash,
    expires_at: Timestamp,
}

#[async_trait]
impl Write for Prolong {
    type Reply = ();
    const DOING: &'static str = "prolonged a session";

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<()>, Failure> {
        let prolonged = query(sql::PROLONG_SESSION).bind(self.hash.0.as_str()).bind(self.expires_at.micros());
        prolonged.execute(connection).await?;
        Ok(Applied::Keep(()))
    }
}

struct CloseAll(OperatorId);

#[async_trait]
impl Write for CloseAll {
    type Reply = u64;
    const DOING: &'static str = "closed a person's sessions";

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<u64>, Failure> {
        let closed = query(sql::CLOSE_SESSIONS_OF).bind(self.0.as_str()).execute(connection).await?;
        Ok(Applied::Keep(closed.rows_affected()))
    }
}

struct Close(Hash);

#[async_trait]
impl Write for Close {
    type Reply = bool;
    const DOING: &'static str = "closed a session";

    async fn apply(&self, connection: &mut AnyConnection) -> Result<Applied<bool>, Failure> {
        let closed = query(sql::CLOSE_SESSION).bind(self.0.0.as_str()).execute(connection).await?;
        Ok(Applied::Keep(closed.rows_affected() == 1))
    }
}
