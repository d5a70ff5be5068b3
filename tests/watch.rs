//! The index follows the folder while it is served; what goes wrong meanwhile is said, and costs nothing.

use std::fs;

use serde_json::Value;

use crate::support::{Folder, Running, Server, program, until};

/// Two transcripts.
fn two() -> Folder {
    let folder = Folder::new();
    folder.transcript("a", "Un", "Le GAR protège.").transcript("edu/b", "Deux", "L’ENT rassemble.");
    folder
}

fn serve(folder: &Folder) -> Server {
    folder.serve(&["talks", "--watch"])
}

fn follow(folder: &Folder) -> Running {
    let mut running = Running::start(program(folder.path()).args(["index", "talks", "--watch", "--json"]));
    running.hear("following talks");
    running
}

/// Waits until the server finds so many transcripts.
#[track_caller]
fn finds(server: &Server, query: &str, total: u64) {
    until(&format!("{query} is found {total} times"), || (found(server, query) == total).then_some(()));
}

#[track_caller]
fn found(server: &Server, query: &str) -> u64 {
    let response = server.get(&format!("/api/search?q={query}"));
    assert_eq!(response.status, 200, "{response:?}");
    response.json()["total"].as_u64().expect("a number")
}

/// The last report that `index --watch --json` has printed.
fn last_report(running: &Running) -> Option<Value> {
    running.lines().last().map(|line| serde_json::from_str(line).expect("a line of JSON"))
}

#[test]
fn what_changes_in_the_folder_is_found() {
    let folder = two();
    let server = serve(&folder);
    finds(&server, "GAR", 1);
    folder.transcript("c", "Trois", "Encore le GAR.");
    finds(&server, "GAR", 2);
    folder.transcript("a", "Un", "La CNIL protège.");
    finds(&server, "CNIL", 1);
    finds(&server, "GAR", 1);
    folder.remove("c.md");
    finds(&server, "GAR", 0);
    // A new folder, and what is written into it afterwards.
    folder.transcript("neuf/x", "Neuf", "La classe inversée.");
    finds(&server, "inversée", 1);
    folder.transcript("neuf/y", "Neuf", "La classe inversée.");
    finds(&server, "inversée", 2);
    fs::rename(folder.talk("neuf"), folder.talk("vieux")).expect("a new name");
    let moved = || server.get("/api/transcripts/vieux/x").status == 200;
    until("the new name is known", || moved().then_some(()));
    fs::remove_dir_all(folder.talk("vieux")).expect("our own folder");
    finds(&server, "inversée", 0);
}

#[test]
fn a_single_file_may_be_followed_however_it_is_replaced() {
    let folder = two();
    let server = folder.serve(&["talks/a.md", "--watch"]);
    finds(&server, "GAR", 1);
    // As editors do it: a new file takes the name of the old one.
    fs::write(folder.talk("a.md.neu"), "La CNIL protège.\n").expect("our own folder");
    fs::rename(folder.talk("a.md.neu"), folder.talk("a.md")).expect("a new name");
    finds(&server, "CNIL", 1);
    folder.file("a.md", "Le RGPD protège.\n");
    finds(&server, "RGPD", 1);
}

#[test]
fn a_broken_file_is_named_once_and_its_old_text_is_kept() {
    let folder = two();
    let mut server = serve(&folder);
    folder.file("a.md", "");
    server.hear("a.md:");
    // Other changes are taken up meanwhile.
    for round in 0..3 {
        folder.transcript(&format!("c{round}"), "Trois", "Un quiz.");
        finds(&server, "quiz", round + 1);
    }
    assert_eq!(found(&server, "GAR"), 1);
    let talk = server.talk();
    assert_eq!(talk.matches("a.md").count(), 1, "said once: {talk}");
    folder.transcript("a", "Un", "La CNIL protège.");
    finds(&server, "CNIL", 1);
    // Broken again, it is named again.
    folder.file("a.md", "");
    until("the file is named again", || (server.talk().matches("a.md").count() == 2).then_some(()));
}

#[test]
fn a_glossary_file_is_followed_too() {
    let folder = two();
    folder.index();
    let file = folder.path().join("glossaire.yaml");
    fs::write(&file, "GAR: gentil animal roux\n").expect("our own folder");
    let mut server = folder.serve(&["--glossary", "glossaire.yaml"]);
    let expansion = || server.get("/api/search?q=GAR").json()["expansions"][0]["expansion"].clone();
    assert_eq!(expansion(), "gentil animal roux");
    fs::write(&file, "GAR: grand arbre rouge\n").expect("our own folder");
    until("the new meaning is known", || (expansion() == "grand arbre rouge").then_some(()));
    fs::write(&file, "GAR: [\n").expect("our own folder");
    server.hear("glossaire.yaml: ");
    let response = server.get("/api/search?q=GAR");
    assert_eq!(response.json()["expansions"][0]["expansion"], "grand arbre rouge", "the old state stays");
}

#[test]
fn a_folder_that_vanishes_leaves_the_old_state_until_it_is_back() {
    let folder = two();
    let mut server = serve(&folder);
    fs::rename(folder.talk(""), folder.path().join("weg")).expect("a new name");
    server.hear("talks: No such file");
    assert_eq!((found(&server, "GAR"), found(&server, "ENT")), (1, 1));
    // An empty place, as an unmounted disk leaves it, is no folder of transcripts either.
    fs::create_dir(folder.talk("")).expect("a new folder");
    server.hear("there is no transcript here");
    assert_eq!((found(&server, "GAR"), found(&server, "ENT")), (1, 1));
    fs::remove_dir(folder.talk("")).expect("our own folder");
    fs::rename(folder.path().join("weg"), folder.talk("")).expect("the old name");
    folder.transcript("c", "Trois", "Encore le GAR.");
    finds(&server, "GAR", 2);
    // It is followed as before.
    folder.transcript("d", "Quatre", "Encore le GAR.");
    finds(&server, "GAR", 3);
}

#[test]
fn the_server_starts_with_the_old_state_where_the_folder_is_gone() {
    let folder = two();
    folder.index();
    fs::rename(folder.talk(""), folder.path().join("weg")).expect("a new name");
    let server = serve(&folder);
    assert_eq!(found(&server, "GAR"), 1);
    assert!(server.talk().contains("talks: No such file"), "{}", server.talk());
    fs::rename(folder.path().join("weg"), folder.talk("")).expect("the old name");
    folder.transcript("c", "Trois", "Encore le GAR.");
    finds(&server, "GAR", 2);
    // Without --watch, and without an index, nothing is there to be served.
    let empty = Folder::new();
    for args in [&["serve", "weg", "--watch"][..], &["index", "weg", "--watch"], &["serve", "weg"]] {
        let output = empty.verbatim(args).expect(2);
        assert!(output.stderr.contains("weg: No such file"), "{output:?}");
    }
}

#[test]
fn a_second_writer_is_refused_for_as_long_as_the_folder_is_followed() {
    let folder = two();
    let mut first = follow(&folder);
    for args in [
        &["index", "talks"][..],
        &["index", "talks", "--rebuild"],
        &["index", "talks", "--watch"],
        &["serve", "talks", "--watch", "--listen", "127.0.0.1:0"],
    ] {
        let output = folder.verbatim(args).expect(2);
        assert!(output.stderr.contains("is writing here") && output.stderr.contains("--watch"), "{output:?}");
    }
    assert_eq!(folder.search_json("GAR").total(), 1, "readers are not disturbed");
    first.terminate();
    assert_eq!(first.wait(), 0);
    folder.verbatim(["index", "talks"]).expect(0);
}

#[test]
fn index_watch_reports_what_it_takes_up_and_ends_when_told() {
    let folder = two();
    let mut running = follow(&folder);
    assert_eq!(last_report(&running).expect("a first report")["added"], 2);
    folder.transcript("c", "Trois", "Encore le GAR.");
    let report = until("a second report", || last_report(&running).filter(|report| report["transcripts"] == 3));
    assert_eq!((&report["added"], &report["unchanged"]), (&1.into(), &2.into()));
    assert_eq!(folder.search_json("GAR").total(), 2);
    running.terminate();
    assert_eq!(running.wait(), 0);
    assert!(running.talk().contains("stopping"), "{}", running.talk());
    // What needs an end is refused, and so is following nothing.
    for args in [&["index", "talks", "--watch", "--strict"][..], &["serve", "--watch"]] {
        folder.verbatim(args).expect(2);
    }
}

#[test]
fn told_to_end_in_the_middle_of_an_update_it_ends_and_the_old_state_stays() {
    let folder = two();
    folder.index();
    for at in 0..2000 {
        folder.transcript(&format!("viel/{at}"), "Viel", &"On parle du GAR et des élèves. ".repeat(60));
    }
    let files = || fs::read_dir(folder.path().join("index/generation-1")).expect("the index").count();
    let before = files();
    let mut running = Running::start(program(folder.path()).args(["index", "talks", "--watch"]));
    until("the update has begun to write", || (files() > before).then_some(()));
    running.terminate();
    assert_eq!(running.wait(), 0);
    let total = folder.search_json("").total();
    assert!(total == 2 || total == 2002, "{total}");
}

#[test]
fn an_index_inside_the_folder_is_none_of_its_transcripts() {
    let folder = two();
    let index = folder.talk("index");
    let index = index.to_str().expect("a path in UTF-8");
    let server = folder.serve(&["talks", "--watch", "--index", index]);
    folder.transcript("c", "Trois", "Encore le GAR.");
    finds(&server, "GAR", 2);
    let updates = server.talk().matches("transcripts, ").count();
    let report = folder.verbatim(["check", "talks", "--json"]).expect(0).json();
    assert_eq!((&report["transcripts"], report["skipped"].as_array().map(Vec::len)), (&3.into(), Some(0)), "{report}");
    folder.transcript("d", "Quatre", "Encore le GAR.");
    finds(&server, "GAR", 3);
    assert_eq!(server.talk().matches("transcripts, ").count(), updates + 1, "one change, one update");
}
