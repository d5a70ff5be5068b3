//! Whatever the bytes: no panic, no endless work, and promises kept.

use proptest::prelude::*;
use verbatim_transcript::{Format, parse};

/// What holds for every file, however odd.
fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes)
        .replace("\r\n", "\n")
        .replace('\r', "\n");
    let lines = 1..=text.lines().count().max(1);
    for format in [Format::Markdown, Format::Text] {
        match parse(format, "edu/l-ent", bytes) {
            Err(error) => assert!(lines.contains(&error.line), "{error} of {lines:?}"),
            Ok(parsed) => {
                let transcript = &parsed.transcripts[0];
                for note in &parsed.notes {
                    assert!(lines.contains(&note.line), "{note:?} of {lines:?}");
                    assert!(!note.message.contains('\n'), "{note:?}");
                }
                for segment in &transcript.segments {
                    assert!(!segment.text.trim().is_empty() && segment.text.len() <= 20_000);
                    assert!(
                        !segment.text.contains(['\n', '\r', '\t', '\u{200B}', '\0']),
                        "{segment:?}"
                    );
                    assert!(
                        segment
                            .speaker
                            .as_ref()
                            .is_none_or(|name| !name.is_empty() && !name.contains('\n'))
                    );
                }
                assert!(!transcript.metadata.title.is_empty());
            }
        }
    }
}

const SNIPPETS: [&str; 63] = [
    "[a   **](http://b)",
    "[l' ](http://b)",
    "é",
    "---\n",
    "---",
    "...\n",
    "title: L'ENT\n",
    "title : x\n",
    "title:x : y\n",
    "description: \"a",
    "'",
    "\"",
    "area:\n",
    "tags: [a, {b: c}]\n",
    "x: |\n",
    "x: >-\n",
    "  suite\n",
    "\t- a\n",
    "- a\n",
    "? b\n",
    "&a ",
    "*a ",
    "!t ",
    "# c\n",
    ": ",
    ":",
    "~",
    "priority: 1\n",
    "## Transcription\n",
    "## Crédits\n",
    "### Partie\n",
    "\n",
    "\n\n",
    " ",
    "    ",
    "\r\n",
    "\r",
    "\u{FEFF}",
    "\u{200B}",
    "\u{AD}",
    "\u{A0}",
    "\\-Bonjour.",
    "– oui",
    "— Non !",
    "Kimi Do, Réseau.",
    "Alice, puis Une élève.",
    "« titre » ",
    "**",
    "_",
    "`",
    "```\n",
    "[a](b)",
    "[a]: b\n",
    "![",
    "](",
    "<!--",
    "-->",
    "<div>",
    "|a|b|\n|-|-|\n",
    "> ",
    "1. ",
    "&amp;",
    "e\u{301}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_can_be_given(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        check(&bytes);
    }

    #[test]
    fn any_text_can_be_given(text in "\\PC{0,200}", fenced in any::<bool>()) {
        check(text.as_bytes());
        if fenced {
            check(format!("---\n{text}\n---\n{text}").as_bytes());
        }
    }

    #[test]
    fn any_mixture_of_markup_can_be_given(
        pieces in proptest::collection::vec(proptest::sample::select(&SNIPPETS[..]), 0..40),
        fenced in any::<bool>(),
    ) {
        let text = pieces.concat();
        check(if fenced { format!("---\n{text}") } else { text }.as_bytes());
    }
}

#[test]
fn deep_and_repetitive_files_end_soon() {
    let bytes = |piece: &str, count: usize| piece.repeat(count / piece.len());
    for piece in ["[", "*", ">", "- ", "\\-"] {
        check(bytes(piece, 1_000_000).as_bytes());
    }
    for piece in [
        "[",
        "]",
        "*",
        "_",
        "**a ",
        ">",
        "> ",
        "- ",
        "\\-",
        "`",
        "`a",
        "<",
        "<!--",
        "<!-- -->",
        "![",
        "[a](",
        "[a]: b\n",
        "]:",
        "|",
        "\n|-|\n",
        "~",
        "&",
        "#",
        "# a\n",
        "1. ",
        "\t",
        "\u{200B}",
        "\n\\-",
        "Kimi Do, x.\n\n\\- Oui.\n\n",
        "a puis ",
        "\" ",
        "\"a\" ",
        "--- ",
        "(",
        "_a **b ",
        "$",
    ] {
        check(bytes(piece, 200_000).as_bytes());
    }
    for depth in [">", "- ", "> - ", "1. ", "[", "<div>\n"] {
        check(format!("{}\n\nfin", depth.repeat(10_000)).as_bytes());
        check(format!("{}fin\n", format!("{}a\n\n", depth.repeat(100)).repeat(200)).as_bytes());
    }
    let front = 100_000;
    for piece in [
        "[",
        "{",
        "- ",
        "a: ",
        "&a *a ",
        "\"",
        "'",
        "a:\n",
        " a\n",
        "#\n",
        "a\n",
        "|\n",
        "\t\n",
        "? ",
        "! ",
        "k: \"\n",
        "x y z : \n",
    ] {
        let lines = piece.repeat(front / piece.len());
        check(format!("---\ntitle: x\nk: {lines}\n---\n").as_bytes());
        check(format!("---\ntitle: x\nk:\n {lines}\n---\n").as_bytes());
        check(format!("---\ntitle: |\n{lines}\n---\n").as_bytes());
    }
}
