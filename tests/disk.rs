//! Disks that are full or read-only, files of other users: the old state is served, the error said, the next run repairs.

#![cfg(unix)]

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

use crate::support::{Folder, Output, Server, program, program_of_nobody, skipped, until};

/// Two transcripts in a folder that all users may enter and list.
fn two() -> Folder {
    let folder = Folder::new();
    folder.transcript("a", "Un", "Le GAR protège.").transcript("edu/b", "Deux", "L’ENT rassemble.");
    allow(folder.path(), 0o755);
    folder
}

fn allow(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("our own folder");
}

fn found(server: &Server, query: &str) -> u64 {
    let response = server.get(&format!("/api/search?q={query}"));
    assert_eq!(response.status, 200, "{response:?}");
    response.json()["total"].as_u64().expect("a number")
}

fn finds(server: &Server, query: &str, total: u64) {
    until(&format!("{query} is found {total} times"), || (found(server, query) == total).then_some(()));
}

/// A small disk in memory, until it is dropped.
struct Disk(PathBuf);

impl Disk {
    /// Of so many kilobytes; `None`, said loudly, where this user may not mount one.
    fn mount(at: &Path, size: u32) -> Option<Self> {
        fs::create_dir_all(at).expect("our own folder");
        let mut mount = Command::new("mount");
        let mounted = mount.args(["-t", "tmpfs", "-o", &format!("size={size}k"), "tmpfs"]).arg(at).output();
        if mounted.is_ok_and(|mounted| mounted.status.success()) {
            return Some(Self(at.to_owned()));
        }
        skipped("a small disk: this takes root and Linux");
        None
    }

    fn remount(&self, options: &str) {
        let status = Command::new("mount").args(["-o", &format!("remount,{options}")]).arg(&self.0).status();
        assert!(status.expect("`mount` starts").success());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // A server may still have files open on it.
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

/// Transcripts that do not fit on a disk of 256 kilobytes.
const BULK: usize = 5;

/// Words of which no two are equal, so that they take room.
fn many(words: usize, seed: usize) -> String {
    (0..words).map(|at| format!("mot{:x} ", (at + seed * words).wrapping_mul(0x9e37_79b9))).collect()
}

#[test]
fn a_read_only_disk_is_served() {
    let folder = two();
    let Some(disk) = Disk::mount(&folder.path().join("index"), 16 << 10) else { return };
    folder.index();
    // The engine's locks may be missing too, where an index was copied.
    for lock in [".tantivy-meta.lock", ".tantivy-writer.lock"] {
        fs::remove_file(folder.path().join("index/generation-1").join(lock)).expect("a lock");
    }
    disk.remount("ro");
    assert_eq!(folder.search_json("GAR").ids(), ["a"]);
    let server = folder.serve(&[]);
    assert_eq!(found(&server, "ENT"), 1);
    folder.verbatim(["glossary"]).expect(0);
    let output = folder.verbatim(["index", "talks"]).expect(2);
    assert!(output.stderr.contains("Read-only file system"), "{output:?}");
    disk.remount("rw");
    folder.transcript("c", "Trois", "Encore le GAR.");
    folder.index();
    finds(&server, "GAR", 2);
}

#[test]
fn the_server_may_be_another_user_than_the_writer() {
    let folder = two();
    let Some(mut command) = program_of_nobody(folder.path()) else { return };
    folder.index();
    let mut server = Server::run(command.args(["serve", "--listen", "127.0.0.1:0"]));
    assert_eq!(found(&server, "GAR"), 1);
    for round in 2..6 {
        folder.transcript(&format!("c{round}"), "Trois", "Encore le GAR.");
        folder.index();
        finds(&server, "GAR", round);
    }
    assert!(!server.talk().contains("verbatim:"), "no complaint: {}", server.talk());
    server.terminate();
    assert_eq!(server.wait(), 0);
    let mut command = program_of_nobody(folder.path()).expect("as before");
    let output = Output::of(command.args(["index", "talks"])).expect(2);
    assert!(output.stderr.contains("ermission"), "{output:?}");
}

#[test]
fn what_may_not_be_read_any_more_is_kept_and_said() {
    let folder = two();
    let Some(mut command) = program_of_nobody(folder.path()) else { return };
    allow(folder.path(), 0o777);
    let mut server = Server::run(command.args(["serve", "talks", "--watch", "--listen", "127.0.0.1:0"]));
    let cases = [("talks/a.md", "a.md: "), ("talks/edu", "edu: "), ("talks", "talks: ")];
    for (at, (path, said)) in (1..).zip(cases) {
        let path = folder.path().join(path);
        let mode = fs::metadata(&path).expect("our own file").permissions().mode();
        allow(&path, 0);
        server.hear(&format!("{said}Permission denied"));
        assert_eq!((found(&server, "GAR"), found(&server, "ENT")), (1, 1), "{said}");
        allow(&path, mode);
        folder.transcript(&format!("c{at}"), "Quiz", "Un quiz.");
        finds(&server, "quiz", at);
        assert_eq!((found(&server, "GAR"), found(&server, "ENT")), (1, 1), "{said}");
    }
}

#[test]
fn on_a_full_disk_the_old_state_is_served_until_there_is_room() {
    let folder = two();
    let Some(disk) = Disk::mount(&folder.path().join("index"), 256) else { return };
    let mut server = folder.serve(&["talks", "--watch"]);
    for at in 0..BULK {
        folder.transcript(&format!("viel/{at}"), "Beaucoup", &format!("Encore le GAR. {}", many(6000, at)));
    }
    server.hear("No space left");
    assert_eq!((found(&server, "GAR"), found(&server, "ENT")), (1, 1));
    assert_eq!(folder.search_json("GAR").ids(), ["a"], "what others open is the old state");
    disk.remount("size=256m");
    finds(&server, "GAR", BULK as u64 + 1);
    server.terminate();
    assert_eq!(server.wait(), 0);
    let report = folder.index();
    assert_eq!((&report["transcripts"], &report["unchanged"]), (&(BULK + 2).into(), &(BULK + 2).into()), "{report}");
}

#[test]
fn a_run_that_fills_the_disk_leaves_the_index_as_it_was() {
    let folder = two();
    let Some(disk) = Disk::mount(&folder.path().join("index"), 256) else { return };
    folder.index();
    for at in 0..BULK {
        folder.transcript(&format!("viel/{at}"), "Beaucoup", &format!("Encore le GAR. {}", many(6000, at)));
    }
    for args in [&["index", "talks"][..], &["index", "talks", "--rebuild"], &["index", "talks"]] {
        let output = folder.verbatim(args).expect(2);
        assert!(output.stderr.contains("No space left"), "{output:?}");
        assert!(output.stderr.contains("the index is left as it was"), "{output:?}");
        assert_eq!(folder.search_json("GAR").ids(), ["a"]);
    }
    // With less to write there is room again: what the failed runs left is no more in the way.
    fs::remove_dir_all(folder.talk("viel")).expect("our own folder");
    folder.transcript("c", "Trois", "Encore le GAR.");
    folder.index();
    assert_eq!(folder.search_json("GAR").total(), 2);
    disk.remount("size=256m");
    let mut command = program(folder.path());
    assert_eq!(Output::of(command.args(["index", "talks", "--rebuild"])).status, 0);
}
