//! Nothing that stands in `tests/` or `benches/` may be forgotten: cargo would not say so.

use std::{fs, path::Path};

use crate::support::root;

#[test]
fn every_file_of_tests_is_a_module() {
    let main = read(&root().join("tests/main.rs"));
    for name in rust_files("tests").iter().filter(|name| *name != "main") {
        assert!(
            main.lines().any(|line| line == format!("mod {name};")),
            "tests/{name}.rs is never run: tests/main.rs has no `mod {name};`"
        );
    }
}

#[test]
fn every_bench_is_declared() {
    let manifest = read(&root().join("crates/cli/Cargo.toml"));
    let benches = rust_files("benches");
    assert!(!benches.is_empty(), "there are no benches");
    for name in benches {
        let entry = format!("[[bench]]\nname = \"{name}\"\npath = \"../../benches/{name}.rs\"\nharness = false\n");
        assert!(manifest.contains(&entry), "benches/{name}.rs is never run: crates/cli/Cargo.toml lacks\n{entry}");
    }
}

#[test]
fn every_fuzz_target_is_declared() {
    let manifest = read(&root().join("fuzz/Cargo.toml"));
    for name in rust_files("fuzz/fuzz_targets") {
        let entry = format!("[[bin]]\nname = \"{name}\"\npath = \"fuzz_targets/{name}.rs\"\n");
        assert!(manifest.contains(&entry), "fuzz/fuzz_targets/{name}.rs is never run: fuzz/Cargo.toml lacks\n{entry}");
    }
}

/// The names of the Rust files in a folder of the repository, without their ending.
fn rust_files(folder: &str) -> Vec<String> {
    let folder = root().join(folder);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            name.strip_suffix(".rs").map(str::to_owned)
        })
        .collect()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
