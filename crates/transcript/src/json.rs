//! What JSON says of a transcript, whoever wrote it: metadata and times.

use serde_json::{Map, Value};

use crate::front_matter;
use crate::model::Metadata;
use crate::text;

/// The metadata in what is left of an object; an untitled one is named after its id.
pub(crate) fn metadata(object: Map<String, Value>, id: &str, note: &mut impl FnMut(String)) -> Metadata {
    let mut metadata = Metadata::default();
    let mut title = None;
    for (key, value) in object {
        if key == "priority" {
            metadata.priority = integer(&value);
            if metadata.priority.is_none() && !value.is_null() {
                note(format!("`priority` is no whole number and is left out: `{value}`"));
            }
            continue;
        }
        let text = match &value {
            Value::Null => continue,
            Value::String(text) => Some(text::fold(text)),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(bool) => Some(bool.to_string()),
            Value::Array(_) | Value::Object(_) => None,
        };
        match (front_matter::slot(&key, &mut metadata, &mut title), text) {
            (Some(slot), Some(text)) => *slot = Some(text).filter(|text| !text.is_empty()),
            (Some(_), None) => {
                note(format!("`{key}` is not a text; it is kept, but not shown or searched"));
                metadata.other.insert(key, value);
            }
            (None, _) => {
                metadata.other.insert(key, value);
            }
        }
    }
    metadata.title = title.unwrap_or_else(|| text::last_part(id).replace("%20", " "));
    metadata
}

fn integer(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// Seconds in milliseconds; none where they are no time of a video.
pub(crate) fn milliseconds(seconds: &Value) -> Option<u32> {
    let seconds = seconds.as_f64().or_else(|| seconds.as_str()?.trim().parse().ok())?;
    let milliseconds = (seconds * 1_000.0).round();
    // Not a number is in no range; the cast cannot cut.
    (0.0..=f64::from(u32::MAX)).contains(&milliseconds).then_some(milliseconds as u32)
}
