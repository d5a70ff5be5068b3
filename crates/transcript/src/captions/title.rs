//! The title of captions, which have none but the name of their file.

use crate::text;

/// The last part of an id as a title: `Alice_au_pays_-_J._Tama.fr` is `Alice au pays - J. Tama`.
pub(super) fn readable(id: &str) -> String {
    let name = text::last_part(id);
    let stem = without_language(name);
    let spaced = stem.replace("%20", " ").replace('_', " ");
    // Whoever writes spaces means hyphens.
    let hyphens = spaced.matches('-').count() > spaced.matches(' ').count();
    let worded = if hyphens { spaced.replace('-', " ") } else { spaced };
    let title = text::fold(&worded);
    // A video's key on YouTube is no title, but it must stay what it is.
    if title.is_empty() || is_key(stem) { stem.to_owned() } else { title }
}

/// Without what names the language of the captions: `.fr`, `.fr-FR`, `.fr-orig`, `.fra`.
fn without_language(name: &str) -> &str {
    let Some((stem, ending)) = name.rsplit_once('.') else { return name };
    let language = ending.split(['-', '_']).next().unwrap_or_default();
    let is_language = matches!(language.len(), 2 | 3)
        && ending.len() <= 8
        && language.bytes().all(|byte| byte.is_ascii_lowercase())
        && ending.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'_'));
    if is_language && !stem.is_empty() { stem } else { name }
}

fn is_key(stem: &str) -> bool {
    let key = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    stem.len() == 11
        && stem.bytes().all(key)
        && stem.bytes().any(|byte| byte.is_ascii_uppercase())
        && stem.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_of_files_are_made_readable() {
        for (id, title) in [
            ("edu/le-rgpd-en-milieu-scolaire", "le rgpd en milieu scolaire"),
            ("Alice_au_pays_d_Opentelemetry_-_Jerome_Tama.fr-orig", "Alice au pays d Opentelemetry - Jerome Tama"),
            ("mon%20cours%20-%20partie-2", "mon cours - partie-2"),
            ("thinkerview/TEbv3qJ5_Yk.fr", "TEbv3qJ5_Yk"),
            ("05_transformer-models-encoders", "05 transformer models encoders"),
            ("J._Dupont.fra", "J. Dupont"),
            ("version-2.0", "version 2.0"),
            ("_", "_"),
            (".fr", ".fr"),
            ("", ""),
        ] {
            assert_eq!(super::readable(id), title, "{id}");
        }
    }
}
