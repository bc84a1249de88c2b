//! An application on a fresh database, a clock that a test moves, and people who act by name.
//!
//! SQLite by default; PostgreSQL, in a schema of its own, when `TEST_DATABASE_URL` is set.

#![expect(clippy::disallowed_methods, reason = "a test makes databases and form keys of its own")]
#![expect(dead_code, reason = "each test binary uses a part of it")]

/// A world with more in it is also the one it is made of: `is_also!(Measured, north: FieldNorth)`.
macro_rules! is_also {
    ($larger:ty, $field:ident: $smaller:ty) => {
        impl std::ops::Deref for $larger {
            type Target = $smaller;

            fn deref(&self) -> &$smaller {
                &self.$field
            }
        }
    };
}
pub(crate) use is_also;

pub mod answer;
pub mod field_north;
mod form;
pub mod measured;
pub mod page;
mod prepared;
pub mod visitor;
pub mod world;

pub use answer::Answer;
pub use field_north::FieldNorth;
pub use measured::hours;
pub use visitor::Visitor;

use axum::Router;
use catchball::App;
use catchball::calendar::Calendar;
use catchball::config::Config;
use catchball::db::Db;
use catchball::ids::{PersonId, TeamId};
use catchball::people::store::{self, NewPerson};
use catchball::people::{Role, session};
use chrono::{DateTime, Utc};
use prepared::{Content, Filled};
use std::sync::Arc;
use world::{TestClock, TestDice, TestPost};

/// Tuesday, 3 March 2026, 10:00 in London.
pub const START: &str = "2026-03-03T10:00:00Z";

/// An application under test.
pub struct TestApp {
    pub app: App,
    pub clock: Arc<TestClock>,
    pub post: Arc<TestPost>,
    /// Made once, as the server does.
    pub router: Router,
    folder: tempfile::TempDir,
    dice: Arc<TestDice>,
    filled: Filled,
}

impl TestApp {
    /// An application whose company is set up, without any team.
    pub async fn new() -> Self {
        let app = Self::before_set_up().await;
        app.found().await;
        app
    }

    async fn found(&self) {
        let mut tx = self.app.write().await.unwrap();
        store::found(&mut tx, "Larkfield Pumps", "Europe/London", false).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// An application that nobody has set up yet.
    pub async fn before_set_up() -> Self {
        Self::on(Content::Tables, START.parse().unwrap()).await
    }

    /// The example company, loaded at this moment.
    pub async fn example(at: &str) -> Self {
        let at = at.parse().unwrap();
        Self::on(Content::Example(at), at).await
    }

    async fn on(content: Content, at: DateTime<Utc>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let copied = Box::pin(prepared::copy(content, folder.path())).await;
        let app = Self::open(&copied.url, folder, at, copied.filled.rolled).await;
        Self { filled: copied.filled, ..app }
    }

    async fn open(url: &str, folder: tempfile::TempDir, at: DateTime<Utc>, rolled: u64) -> Self {
        let (world, clock, post, dice) = world::still(at, rolled);
        let vars = [("CATCHBALL_DATABASE_URL", url), ("CATCHBALL_BASE_URL", "http://catchball.test")];
        let config = Config::from_vars(vars.map(|(name, value)| (name.to_owned(), value.to_owned()))).unwrap();
        let app = App::new(Db::open(url).await.unwrap(), world, config);
        Self { router: catchball::app::router(&app), app, clock, post, folder, dice, filled: Filled::default() }
    }

    /// The same application with these settings beside the usual ones.
    pub fn configured(self, settings: &[(&str, &str)]) -> Self {
        let url = self.app.config.database_url.clone();
        let usual = [("CATCHBALL_DATABASE_URL", url.as_str()), ("CATCHBALL_BASE_URL", "http://catchball.test")];
        let usual = usual.iter().filter(|(name, _)| settings.iter().all(|(other, _)| other != name));
        let vars = usual.chain(settings).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let config = Config::from_vars(vars).unwrap();
        let app = App::new(self.app.db.clone(), self.app.world.clone(), config);
        Self { router: catchball::app::router(&app), app, ..self }
    }

    /// Now, as the application sees it.
    pub fn now(&self) -> DateTime<Utc> {
        self.app.world.now()
    }

    /// A team with the usual working time in London.
    pub async fn team(&self, name: &str) -> TeamId {
        let mut tx = self.app.write().await.unwrap();
        let team = store::add_team(&mut tx, name, &Calendar::usual(chrono_tz::Europe::London)).await.unwrap();
        tx.commit().await.unwrap();
        team
    }

    /// Somebody with these roles, signed in.
    pub async fn person(&self, name: &str, roles: &[(Role, Option<TeamId>)], next_level: Option<PersonId>) -> Visitor {
        let email = format!("{}@larkfield.example", name.to_lowercase().replace(' ', "."));
        let mut tx = self.app.write().await.unwrap();
        let (name_of, roles) = (name.to_owned(), roles.to_vec());
        let new = NewPerson { name: name_of, email, next_level, roles, ..NewPerson::default() };
        let id = store::add_person(&mut tx, &new).await.unwrap();
        let token = session::open(&mut tx, id).await.unwrap();
        tx.commit().await.unwrap();
        Visitor::signed_in(&self.router, &self.app, name, id, &token)
    }

    /// Somebody signs in again, for example because their session has ended.
    pub async fn signs_in(&self, who: &Visitor) {
        let mut tx = self.app.write().await.unwrap();
        let token = session::open(&mut tx, who.id).await.unwrap();
        tx.commit().await.unwrap();
        who.signs_in_with(&token);
    }

    /// A rep of the team.
    pub async fn rep(&self, name: &str, team: TeamId) -> Visitor {
        self.person(name, &[(Role::Rep, Some(team))], None).await
    }

    /// The leader of the team, with nobody above.
    pub async fn leader(&self, name: &str, team: TeamId) -> Visitor {
        self.person(name, &[(Role::TeamLeader, Some(team))], None).await
    }

    /// The leader of the team, below somebody.
    pub async fn leader_below(&self, name: &str, team: TeamId, above: &Visitor) -> Visitor {
        self.person(name, &[(Role::TeamLeader, Some(team))], Some(above.id)).await
    }

    /// A director with nobody above.
    pub async fn director(&self, name: &str) -> Visitor {
        self.person(name, &[(Role::Director, None)], None).await
    }

    /// A person of another department.
    pub async fn helper(&self, name: &str) -> Visitor {
        self.person(name, &[(Role::Helper, None)], None).await
    }

    /// The coach.
    pub async fn coach(&self, name: &str) -> Visitor {
        self.person(name, &[(Role::Coach, None)], None).await
    }

    /// Somebody who looks after the installation.
    pub async fn admin(&self, name: &str) -> Visitor {
        self.person(name, &[(Role::Admin, None)], None).await
    }

    /// Somebody who is not signed in.
    pub fn stranger(&self) -> Visitor {
        Visitor::stranger(&self.router, &self.app)
    }

    /// Serve on a free port of the loopback until the test ends; the address.
    pub async fn serve(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let app = self.app.clone();
        tokio::spawn(async move { catchball::web::server::serve(listener, catchball::app::router(&app), &app).await });
        address
    }

    /// Give somebody a password to sign in with.
    pub async fn set_password(&self, person: &Visitor, password: &str) {
        use catchball::people::password::hash;
        let hash = hash(&std::sync::Arc::default(), password.to_owned(), [7; 16]).await.unwrap();
        let mut tx = self.app.write().await.unwrap();
        store::set_password(&mut tx, person.id, &hash).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// All bytes that the embedded database keeps on the disk.
    pub fn bytes_on_disk(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.folder.path()).unwrap();
        files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
    }

    /// The bytes of the embedded database itself, without its log.
    pub fn database_file(&self) -> Vec<u8> {
        std::fs::read(self.folder.path().join("test.db")).unwrap()
    }

    /// The bytes of its write-ahead log.
    pub fn log_file(&self) -> Vec<u8> {
        std::fs::read(self.folder.path().join("test.db-wal")).unwrap_or_default()
    }

    /// When each of its files was changed, as the file system says.
    pub fn file_times(&self) -> Vec<(String, std::time::SystemTime)> {
        let files = std::fs::read_dir(self.folder.path()).unwrap().map(Result::unwrap);
        let times =
            files.map(|file| (file.file_name().into_string().unwrap(), file.metadata().unwrap().modified().unwrap()));
        let mut times: Vec<_> = times.filter(|(name, _)| name.starts_with("test.db")).collect();
        times.sort();
        times
    }

    /// How many rows a table has. `count` is the whole statement, `SELECT COUNT(*) FROM …`.
    pub async fn count(&self, count: &'static str) -> i64 {
        let mut tx = self.app.read().await.unwrap();
        let (rows,): (i64,) = tx.query_as(count).one().await.unwrap();
        rows
    }
}
