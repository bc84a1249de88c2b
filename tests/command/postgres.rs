//! A PostgreSQL of a test's own, which it may freeze, stop, and let another one take the place of.

use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

const SHELL: &str = "set -euo pipefail; work=$1; note() { echo \"$*\" >&2; }
    give_up() { echo \"$*\" >&2; exit 1; }; . tests/postgres.sh; bin=$(postgres_bin)\n";

/// What these tests measure is time: one after the other.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// A server, and a standby that can follow it. Both end with the test.
pub struct Cluster {
    _turn: MutexGuard<'static, ()>,
    folder: tempfile::TempDir,
    /// Where it listens.
    pub address: SocketAddr,
}

/// One of the two.
#[derive(Clone, Copy)]
pub enum Server {
    First,
    Standby,
}

impl Server {
    fn folder(self) -> &'static str {
        match self {
            Self::First => "data",
            Self::Standby => "standby",
        }
    }
}

impl Cluster {
    /// Start a server; none where PostgreSQL is not installed.
    pub fn start() -> Option<Self> {
        let turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = tempfile::tempdir().unwrap();
        // The user of the server passes through it.
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o711)).unwrap();
        let there = shell(&folder, "has_postgres || exit 3");
        let Ok(_) = there else {
            eprintln!("SKIPPED: there is no PostgreSQL on this machine");
            return None;
        };
        let quick = "-c fsync=off -c shared_buffers=32MB";
        let url = shell(&folder, &format!("start_postgres {quick} >&2; echo $postgres_url")).unwrap();
        let address = url.trim().split(['@', '/']).find_map(|part| part.parse().ok()).unwrap();
        Some(Self { _turn: turn, folder, address })
    }

    /// The address of its database, by way of somebody else.
    pub fn url(by_way_of: SocketAddr) -> String {
        format!("postgres://catchball@{by_way_of}/catchball")
    }

    /// Let a standby follow the server; where it listens.
    pub fn follow(&self) -> SocketAddr {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let first = self.address.port();
        let base = "as_postgres $bin/pg_basebackup -R -X stream -c fast -h 127.0.0.1 -U catchball";
        self.does(&format!("{base} -p {first} -D $work/postgres/standby"));
        self.run(Server::Standby, port.port());
        port
    }

    /// Start one that was stopped.
    pub fn start_again(&self) {
        self.run(Server::First, self.address.port());
    }

    fn run(&self, server: Server, port: u16) {
        let options = format!("-c listen_addresses=127.0.0.1 -p {port} -k $work/postgres -c fsync=off");
        let data = format!("-D $work/postgres/{}", server.folder());
        self.does(&format!("as_postgres $bin/pg_ctl start -w -s {data} -l $work/postgres/log.txt -o \"{options}\""));
    }

    /// Stop the server: `fast` lets a standby have everything, `immediate` is a crash.
    pub fn stop(&self, how: &str) {
        self.does(&format!("as_postgres $bin/pg_ctl stop -w -s -m {how} -D $work/postgres/data"));
    }

    /// The standby takes changes from here on.
    pub fn promote(&self) {
        self.does("as_postgres $bin/pg_ctl promote -w -s -D $work/postgres/standby");
    }

    /// All processes of the server stand still.
    pub fn freeze(&self) {
        self.signal(Server::First, "STOP");
    }

    /// They go on.
    pub fn thaw(&self) {
        self.signal(Server::First, "CONT");
    }

    fn signal(&self, server: Server, signal: &str) {
        let file = format!("$work/postgres/{}/postmaster.pid", server.folder());
        // Its own processes alone, by the number in its folder.
        let all =
            "kill -$signal $first; for child in $(ps -o pid= --ppid $first); do kill -$signal $child || true; done";
        self.does(&format!("[ -s {file} ] || exit 0; first=$(head -n 1 {file}); signal={signal}; {all}"));
    }

    fn does(&self, script: &str) {
        shell(&self.folder, script).unwrap();
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.signal(Server::First, "CONT");
        for server in [Server::First, Server::Standby] {
            let data = format!("$work/postgres/{}", server.folder());
            let stop = format!("as_postgres $bin/pg_ctl stop -s -m immediate -D {data}");
            let _ended = shell(&self.folder, &format!("[ ! -s {data}/postmaster.pid ] || {stop}"));
        }
    }
}

fn shell(folder: &tempfile::TempDir, script: &str) -> Result<String, String> {
    let mut command = Command::new("bash");
    command.current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null());
    let done = command.args(["-c", &format!("{SHELL}{script}"), "bash"]).arg(folder.path()).output().unwrap();
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    if done.status.success() { Ok(String::from_utf8(done.stdout).unwrap()) } else { Err(told) }
}
