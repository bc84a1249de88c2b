//! The application as every handler has it. It knows no feature: what one keeps in memory is found by its type.

use crate::config::Config;
use crate::db::{Db, Tx};
use crate::web::seal::Seal;
use crate::world::World;
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};
use tokio_util::sync::CancellationToken;

/// What all handlers share.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// The parts of the application.
pub struct Inner {
    pub db: Db,
    pub world: World,
    pub config: Config,
    /// What tells the cookies of this installation from those of others.
    pub seal: Seal,
    /// Cancelled when the program stops, so that open streams end.
    pub stop: CancellationToken,
    memory: Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
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
        let (stop, memory) = (CancellationToken::new(), Mutex::default());
        let seal = Seal::of(db.secret(), &config.base_url);
        Self(Arc::new(Inner { db, world, config, seal, stop, memory }))
    }

    /// What a feature keeps in the memory of this process, by its type; empty at first, gone when the program stops.
    pub fn memory<T: Any + Default + Send + Sync>(&self) -> Arc<T> {
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = memory.entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(T::default()));
        kept.clone().downcast().unwrap_or_default()
    }

    /// Start reading.
    pub async fn read(&self) -> sqlx::Result<Tx> {
        self.db.read(&self.world).await
    }

    /// Start changing things.
    pub async fn write(&self) -> sqlx::Result<Tx> {
        self.db.write(&self.world).await
    }

    /// Start changing what nobody may see being changed.
    pub async fn write_unseen(&self) -> sqlx::Result<Tx> {
        self.db.write_unseen(&self.world).await
    }

    /// Start changing what no page of anybody else shows.
    pub async fn write_quietly(&self) -> sqlx::Result<Tx> {
        self.db.write_quietly(&self.world).await
    }
}
