//! The application: what all handlers share, and the router with its layers.

use crate::config::Config;
use crate::db::{Db, Tx};
use crate::letters::brake::Brake;
use crate::measures::slips::Given;
use crate::web::shelf::{PageKey, Shelf};
use crate::web::who::Visitor;
use crate::web::{assets, health, layers, routes};
use crate::world::World;
use axum::Router;
use axum::body::Bytes;
use chrono::{DateTime, Utc};
use std::ops::Deref;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// What all handlers share.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// The parts of the application.
pub struct Inner {
    pub db: Db,
    pub world: World,
    pub config: Config,
    /// Cancelled when the program stops, so that open streams end.
    pub stop: CancellationToken,
    /// Who is signed in and until when, by the hash of the session's token; an empty one is a stranger's.
    pub visitors: Shelf<Vec<u8>, (Visitor, Option<DateTime<Utc>>)>,
    pub pages: Shelf<PageKey, Bytes>,
    /// Who has put in a nameless slip, in memory only.
    pub slips: Given,
    /// How many letters and codes came from one address, in memory only.
    pub letters: Brake,
}

impl Deref for App {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl App {
    /// An application on an open database.
    pub fn new(db: Db, world: World, config: Config) -> Self {
        Self(Arc::new(Inner {
            db,
            world,
            config,
            stop: CancellationToken::new(),
            visitors: Shelf::default(),
            pages: Shelf::default(),
            slips: Given::default(),
            letters: Brake::default(),
        }))
    }

    /// Start reading.
    pub async fn read(&self) -> sqlx::Result<Tx> {
        self.db.read(&self.world).await
    }

    /// Start changing things.
    pub async fn write(&self) -> sqlx::Result<Tx> {
        self.db.write(&self.world).await
    }

    /// Start changing what no page of anybody else shows.
    pub async fn write_quietly(&self) -> sqlx::Result<Tx> {
        self.db.write_quietly(&self.world).await
    }

    /// The whole application as a service.
    pub fn router(&self) -> Router {
        let pages = layers::around_pages(routes::router(self), self);
        let everything = pages.merge(assets::router()).merge(health::router(self));
        layers::around_everything(everything, self)
    }
}
