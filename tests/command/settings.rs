//! What the program says about its settings, and about a database that it cannot open.

use super::{Running, free_address, program, refusal};
use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;

#[test]
fn the_settings_in_force_are_told_without_passwords() {
    let folder = tempfile::tempdir().unwrap();
    let url = "postgres://ruth:hunter2@127.0.0.1/x";
    let output = program(folder.path()).arg("config").env("CATCHBALL_DATABASE_URL", url).output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{told}");
    assert!(told.contains("CATCHBALL_DATABASE_URL=postgres://ruth:***@127.0.0.1/x\n"), "{told}");
    assert!(told.contains(&format!("CATCHBALL_DATA={}\n", folder.path().display())), "{told}");
    assert!(!told.contains("hunter2"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "asking changes nothing");
}

#[test]
fn a_variable_that_is_no_text_ends_the_start_only_if_it_is_ours() {
    let folder = tempfile::tempdir().unwrap();
    let odd = || OsString::from_vec(vec![b'x', 0xff]);
    let mut command = program(folder.path());
    let running = Running::start(command.env("SOMEBODY_ELSES", odd()).env(odd(), "x"), 3);
    assert!(running.get("/livez").starts_with("HTTP/1.1 200"));
    let told = refusal(program(folder.path()).env("CATCHBALL_LOG", odd()));
    assert!(told.contains("CATCHBALL_LOG is not text"), "{told}");
}

#[test]
fn a_database_that_cannot_be_opened_is_named_with_its_setting() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("catchball.db");
    std::fs::write(&file, "no database at all, but long enough to be looked at. ".repeat(100)).unwrap();
    let told = refusal(program(folder.path()).env("CATCHBALL_LISTEN", free_address().to_string()));
    assert!(told.contains(&file.display().to_string()) && told.contains("CATCHBALL_DATA"), "{told}");
}

#[test]
fn a_link_for_an_admin_needs_a_database_and_makes_none() {
    let folder = tempfile::tempdir().unwrap();
    let told = refusal(program(folder.path()).args(["admin", "link", "ruth@larkfield.example"]));
    assert!(told.contains("there is no database at") && told.contains("CATCHBALL_DATA"), "{told}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    assert_eq!(Running::start(&mut program(folder.path()), 3).stop(), Some(0));
    let told = refusal(program(folder.path()).args(["admin", "link", "ruth@larkfield.example"]));
    assert!(told.contains("nobody here has the address"), "{told}");
    let _running = Running::start(&mut program(folder.path()), 3);
    let told = refusal(program(folder.path()).args(["admin", "link", "ruth@larkfield.example"]));
    assert!(told.contains("stop Catchball first"), "{told}");
}
