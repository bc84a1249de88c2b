//! The program as an administrator meets it: started with settings, watched, stopped.
#![cfg(test)]

#[path = "command/chart.rs"]
mod chart;
#[path = "command/outage.rs"]
mod outage;
#[path = "command/overdue.rs"]
mod overdue;
#[path = "command/postgres.rs"]
mod postgres;
#[path = "command/settings.rs"]
mod settings;
#[path = "command/wire.rs"]
mod wire;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(20);

fn program(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_catchball"));
    let ours = std::env::vars().filter(|(name, _)| name.starts_with("CATCHBALL_"));
    for (name, _) in ours {
        command.env_remove(name);
    }
    command.env("CATCHBALL_DATA", data).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// A running program that is ended with the test.
struct Running {
    child: Child,
    address: SocketAddr,
    said: Vec<String>,
}

impl Running {
    /// Start it and wait until it has said where to set it up, or that it is set up.
    fn start(command: &mut Command, lines: usize) -> Self {
        let address = free_address();
        let mut child = command.env("CATCHBALL_LISTEN", address.to_string()).spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let said = output.lines().take(lines).map(Result::unwrap).collect();
        Self { child, address, said }
    }

    fn get(&self, path: &str) -> String {
        let mut socket = TcpStream::connect(self.address).unwrap();
        socket.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(socket, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).unwrap();
        answer
    }

    fn stop(mut self) -> Option<i32> {
        Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            assert!(began.elapsed() < PATIENCE, "it did not stop");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// It ends by itself, with a failure and one sentence.
fn refusal(command: &mut Command) -> String {
    let Output { status, stderr, stdout } = command.output().unwrap();
    let told = String::from_utf8(stderr).unwrap();
    assert!(!status.success() && stdout.is_empty(), "{told}");
    assert_eq!(told.trim().lines().count(), 1, "{told}");
    told
}

#[test]
fn it_starts_without_settings_but_the_folder_says_where_to_set_it_up_and_stops_cleanly() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(&mut program(folder.path()), 3);
    assert!(running.said[0].starts_with("Catchball "), "{:?}", running.said);
    assert_eq!(running.said[1], format!("Address: http://{}/", running.address));
    let link = running.said[2].split_once("http://").unwrap().1.to_owned();
    let path = &link[link.find('/').unwrap()..];
    assert!(running.get("/readyz").starts_with("HTTP/1.1 200"), "{}", running.get("/readyz"));
    assert!(running.get(path).contains("Start with your company"));
    assert!(running.get("/setup").starts_with("HTTP/1.1 403"));
    assert_eq!(running.stop(), Some(0));
    let log = folder.path().join("catchball.db-wal");
    assert!(std::fs::metadata(log).map_or(0, |log| log.len()) == 0, "the write-ahead log was not emptied");
}

#[test]
fn the_example_company_is_one_command_away_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(program(folder.path()).arg("demo"), 2);
    assert!(running.said[0].contains("Larkfield Pumps"), "{:?}", running.said);
    assert!(running.get("/example").contains("Sign in as Priya"));
    assert_eq!(running.stop(), Some(0));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "the demo wrote into the data folder");
}

#[test]
fn a_second_process_on_one_sqlite_file_is_refused_with_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(&mut program(folder.path()), 3);
    let told = refusal(program(folder.path()).env("CATCHBALL_LISTEN", free_address().to_string()));
    assert!(told.contains("another Catchball already uses"), "{told}");
    assert!(running.get("/readyz").starts_with("HTTP/1.1 200"));
}

#[test]
fn wrong_and_unknown_settings_end_the_start_with_a_sentence_that_names_them() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = [
        ("CATCHBALL_LISTN", "127.0.0.1:3000"),
        ("CATCHBALL_LISTEN", "3000"),
        ("CATCHBALL_DATABASE_URL", "mysql://127.0.0.1/x"),
        ("CATCHBALL_BASE_URL", "catchball.example.com"),
        ("CATCHBALL_LOG_FORMAT", "xml"),
        ("CATCHBALL_LOG", "catchball=loud"),
        ("CATCHBALL_LOG", "warning"),
        ("CATCHBALL_DATABASE_URL", "sqlite://:memory:"),
        ("CATCHBALL_DATABASE_URL", "postgres://ruth@127.0.0.1:99999/x"),
    ];
    for (name, value) in wrong {
        let told = refusal(program(folder.path()).env(name, value));
        assert!(told.contains(name), "{name}={value}: {told}");
    }
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let told = refusal(program(folder.path()).env("CATCHBALL_LISTEN", taken.local_addr().unwrap().to_string()));
    assert!(told.contains("CATCHBALL_LISTEN"), "{told}");
}

#[test]
fn whoever_sends_half_a_request_does_not_stay() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(&mut program(folder.path()), 3);
    let silent: Vec<TcpStream> = ["", "GET / HT", "GET / HTTP/1.1\r\nHost: x\r\n", "POST /session HTTP/1.1\r\nHo"]
        .iter()
        .cycle()
        .take(60)
        .map(|half| {
            let mut socket = TcpStream::connect(running.address).unwrap();
            socket.write_all(half.as_bytes()).unwrap();
            socket
        })
        .collect();
    assert!(running.get("/livez").starts_with("HTTP/1.1 200"), "others are served meanwhile");
    let began = Instant::now();
    for mut socket in silent {
        socket.set_read_timeout(Some(Duration::from_secs(15))).unwrap();
        let mut rest = Vec::new();
        let closed = socket.read_to_end(&mut rest);
        assert!(closed.is_ok(), "still open after {:?}", began.elapsed());
    }
    assert!(began.elapsed() < Duration::from_secs(15));
}

#[test]
fn a_stranger_does_not_use_up_the_handles_that_a_process_is_given_at_first() {
    let folder = tempfile::tempdir().unwrap();
    let command = program(folder.path());
    let mut shell = Command::new("sh");
    shell.args(["-c", "ulimit -S -n 64 && exec \"$0\""]).arg(command.get_program());
    shell.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    let running = Running::start(&mut shell, 3);
    let silent: Vec<TcpStream> = (0..200).map(|_| TcpStream::connect(running.address).unwrap()).collect();
    assert!(running.get("/readyz").starts_with("HTTP/1.1 200"), "others are served meanwhile");
    drop(silent);
}
