//! The value of an entry: text as written where it is plain, through a YAML parser where it is not.

use serde_json::Value as Json;
use serde_yaml::Value as Yaml;

use super::entry::Entry;
use crate::error::Note;
use crate::text;

/// Brackets within brackets beyond this depth are text.
const MAX_DEPTH: usize = 32;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// Nothing, or YAML's null.
    Empty,
    /// A text without quotes, as written: `1.10` is not yet a number.
    Plain(String),
    /// A text that can be nothing else.
    Text(String),
    /// A list or a mapping.
    Json(Json),
}

impl Value {
    /// The value as YAML understands it, numbers as numbers.
    pub(super) fn into_json(self) -> Json {
        match self {
            Value::Empty => Json::Null,
            Value::Text(text) => Json::String(text),
            Value::Json(json) => json,
            Value::Plain(text) => match serde_yaml::from_str(&text) {
                Ok(scalar @ (Yaml::Bool(_) | Yaml::Number(_))) => json(scalar),
                _ => Json::String(text),
            },
        }
    }
}

/// Reads a value. One that YAML would refuse is taken as written, with a note: it is someone's text.
pub(super) fn read(entry: &Entry, notes: &mut Vec<Note>) -> Value {
    let mut note = |message: String| {
        notes.push(Note { line: entry.line, message: format!("`{}`: {message}", entry.key) });
    };
    let several_lines = entry.more.iter().any(|line| !line.trim().is_empty());
    let read = match entry.value.chars().next() {
        None | Some('#') if !several_lines => Ok(Value::Empty),
        Some('"' | '\'' | '|' | '>') => by_yaml(entry),
        None | Some('[' | '{' | '#') => guard(entry).and_then(|()| by_yaml(entry)),
        Some(c @ ('&' | '*' | '!' | '%' | '@' | '`')) => Err(format!("a value cannot begin with `{c}`")),
        Some(_) => Ok(plain(entry, several_lines, &mut note)),
    };
    read.unwrap_or_else(|reason| {
        note(format!("{reason}; read as written; put the value in quotes"));
        Value::Text(without_quotes(&entry.as_written()).to_owned())
    })
}

/// A text without quotes, on one line or several.
fn plain(entry: &Entry, several_lines: bool, note: &mut impl FnMut(String)) -> Value {
    let mut text = entry.as_written();
    let comment = text.find(" #");
    match comment {
        Some(at) if !several_lines => {
            note(format!(
                "`{}` is a comment in YAML and left out; put the value in quotes if it belongs to it",
                text[at..].trim()
            ));
            text.truncate(at);
        }
        Some(_) => note("` #` begins a comment in YAML; read as written; put the value in quotes".to_owned()),
        None => {}
    }
    let text = text.trim();
    let colon = text.contains(": ") || text.contains(":\n") || text.ends_with(':');
    if colon {
        note("a colon and a space in a value; read as written; put the value in quotes".to_owned());
    } else if text.ends_with('"') && text.matches('"').count() % 2 == 1 {
        note("a quote closes that nothing opens; read as written; remove it".to_owned());
    }
    match text {
        "~" | "null" | "Null" | "NULL" => Value::Empty,
        _ => Value::Plain(text::fold(text)),
    }
}

/// Keeps from the YAML parser what would cost it too much, or grow beyond bounds.
fn guard(entry: &Entry) -> Result<(), String> {
    let text = entry.as_written();
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(format!("more than {MAX_DEPTH} brackets within each other"));
        }
    }
    let marked = |mark: char| {
        text.split([' ', '\n', '[', '{', ',', ':'])
            .any(|word| word.strip_prefix(mark).is_some_and(|name| name.starts_with(char::is_alphanumeric)))
    };
    if marked('&') && marked('*') {
        return Err("anchors and aliases are not read".to_owned());
    }
    Ok(())
}

/// What the YAML parser makes of the entry alone.
fn by_yaml(entry: &Entry) -> Result<Value, String> {
    let mut yaml = format!("value: {}\n", entry.value);
    for line in &entry.more {
        yaml.push_str(line);
        yaml.push('\n');
    }
    let mut read: serde_yaml::Mapping = serde_yaml::from_str(&yaml).map_err(|error| {
        let reason = error.to_string();
        // Lines and columns in there are of the entry, not of the file.
        let reason = reason.split(" at line ").next().unwrap_or_default();
        format!("not valid YAML ({})", reason.trim_start_matches("value: "))
    })?;
    // A second key can only stand there if the lines after the first are indented less than they seem.
    if read.len() != 1 {
        return Err("not valid YAML".to_owned());
    }
    Ok(match read.remove("value").unwrap_or_default() {
        Yaml::Null => Value::Empty,
        Yaml::String(text) => Value::Text(text),
        structure @ (Yaml::Sequence(_) | Yaml::Mapping(_)) => match json(structure) {
            Json::Array(items) if items.is_empty() => Value::Empty,
            json => Value::Json(json),
        },
        // A number or boolean on a line of its own.
        _ => Value::Plain(entry.as_written()),
    })
}

/// YAML's values in JSON; its depth is bounded by the parser.
fn json(yaml: Yaml) -> Json {
    match yaml {
        Yaml::Null => Json::Null,
        Yaml::Bool(bool) => Json::Bool(bool),
        Yaml::String(text) => Json::String(text),
        Yaml::Sequence(items) => Json::Array(items.into_iter().map(json).collect()),
        Yaml::Mapping(entries) => {
            Json::Object(entries.into_iter().map(|(key, value)| (name(key), json(value))).collect())
        }
        Yaml::Tagged(tagged) => json(tagged.value),
        Yaml::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(integer), _, _) => Json::from(integer),
            (_, Some(integer), _) => Json::from(integer),
            (_, _, Some(float)) if float.is_finite() => Json::from(float),
            _ => Json::String(number.to_string()),
        },
    }
}

/// Keys are texts in JSON.
fn name(key: Yaml) -> String {
    match json(key) {
        Json::String(text) => text,
        other => other.to_string(),
    }
}

/// Takes off one pair of quotes around everything, or the header of a block.
fn without_quotes(text: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote).and_then(|text| text.strip_suffix(quote)) {
            return inner;
        }
    }
    match text.split_once('\n') {
        Some((header, rest)) if header.starts_with(['|', '>']) => rest,
        _ => text,
    }
}
