//! The pages, the search box and the player bridge, in a real browser: runs the tests in `browser/`.
//!
//! They need Node.js, the packages of the search box (`npm ci` in `crates/query/web/box`) and Chromium. Where one of
//! them is missing this says so, and fails where `VERBATIM_BROWSER=required`.

use std::{
    env,
    path::Path,
    process::{Command, Stdio},
};

use crate::support::{root, skipped};

#[test]
fn in_a_browser() {
    if let Some(missing) = missing(&root()) {
        let what = format!("there is no {missing}, so the pages and the search box were not tried in a browser");
        assert!(env::var_os("VERBATIM_BROWSER").is_none_or(|wanted| wanted != "required"), "{what}");
        skipped(&what);
        return;
    }
    let folder = root().join("tests/browser");
    let mut files: Vec<_> = folder
        .read_dir()
        .expect("the folder of the browser tests")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{} holds no test", folder.display());
    let output = Command::new("node")
        .args(["--test", "--test-reporter=spec"])
        .args(files)
        .env("VERBATIM", env!("CARGO_BIN_EXE_verbatim"))
        .stdin(Stdio::null())
        .output()
        .expect("node starts");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}{}", String::from_utf8_lossy(&output.stderr));
}

/// What the browser tests need and this machine has not.
fn missing(root: &Path) -> Option<&'static str> {
    let starts = |program: &str| {
        Command::new(program)
            .arg("--version")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    };
    if !starts("node") {
        return Some("Node.js");
    }
    if !root.join("crates/query/web/box/node_modules/playwright-core").exists() {
        return Some("playwright-core (`npm ci` in crates/query/web/box)");
    }
    let named = env::var("CHROMIUM").ok();
    let usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    let found = named.as_deref().into_iter().chain(usual).any(|path| Path::new(path).exists());
    (!found).then_some("Chromium")
}
