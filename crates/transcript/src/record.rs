//! One record of a bulk import: a JSON object that is a whole transcript.

use serde_json::{Map, Value};

use crate::captions::{self, Caption, Oddities};
use crate::model::{Cue, Segment, Time, Transcript};
use crate::{json, plain, text};

/// Reads `{"id", "title", "text"}` or `{"id", "title", "segments": [{"start", "end", "speaker", "text"}]}`.
///
/// Other keys are metadata, under the names that front matter gives them. What is odd in a good
/// record is told to `note`; an error is the reason why there is none.
pub(crate) fn read(mut object: Map<String, Value>, note: &mut impl FnMut(String)) -> Result<Transcript, String> {
    let id = id(object.remove("id"))?;
    let segments = match (object.remove("segments"), object.remove("text")) {
        (None | Some(Value::Null), None | Some(Value::Null)) => {
            return Err("neither `text` nor `segments`; give one of the two".to_owned());
        }
        (Some(Value::Array(items)), _) => segments(&items, note)?,
        (None | Some(Value::Null), Some(Value::String(text))) => plain::segments_of(&text),
        (None | Some(Value::Null), Some(_)) => return Err("`text` is not a text".to_owned()),
        (Some(_), _) => return Err("`segments` is not a list".to_owned()),
    };
    let metadata = json::metadata(object, &id, note);
    Ok(Transcript { id, metadata, segments })
}

/// An id stands in lines and in URLs, so it has no white space.
fn id(given: Option<Value>) -> Result<String, String> {
    let id = match given {
        None | Some(Value::Null) => return Err("no `id`; give the record one".to_owned()),
        Some(Value::String(id)) => id,
        Some(Value::Number(number)) => number.to_string(),
        Some(_) => return Err("`id` is not a text".to_owned()),
    };
    let id = text::fold(&id);
    if id.is_empty() {
        return Err("`id` is empty; give the record one".to_owned());
    }
    Ok(id.split(char::is_whitespace).collect::<Vec<_>>().join("%20"))
}

fn segments(items: &[Value], note: &mut impl FnMut(String)) -> Result<Vec<Segment>, String> {
    let mut pieces = Vec::with_capacity(items.len());
    for (at, item) in items.iter().enumerate() {
        let Value::Object(item) = item else {
            return Err(format!("segment {} is not an object", at + 1));
        };
        let Some(said) = item.get("text").and_then(Value::as_str) else {
            return Err(format!("segment {} has no `text`", at + 1));
        };
        let speaker = item.get("speaker").and_then(Value::as_str).map(text::fold);
        let time = time(item);
        if time.is_none() && ["start", "end"].iter().any(|key| item.get(*key).is_some_and(|value| !value.is_null())) {
            note(format!("segment {}: `start` and `end` are not times in seconds and are left out", at + 1));
        }
        pieces.push((time, said, speaker.filter(|name| !name.is_empty())));
    }
    let timed = pieces.iter().map(|(time, said, speaker)| Some(Caption::said((*time)?, said, speaker.clone())));
    let timed: Option<Vec<Caption<'_>>> = timed.collect();
    Ok(match timed {
        // The same talk reads the same, whether it comes in lines of JSON or in captions.
        Some(captions) => {
            let mut oddities = Oddities::default();
            let segments = captions::segments(captions, &mut oddities);
            let mut notes = Vec::new();
            oddities.into_notes(&mut notes);
            notes.into_iter().for_each(|odd| note(odd.message));
            segments
        }
        None => pieces.into_iter().flat_map(|(time, said, speaker)| as_written(time, said, speaker)).collect(),
    })
}

/// A segment of a list where not all have times: a paragraph for each.
fn as_written(time: Option<Time>, said: &str, speaker: Option<String>) -> Vec<Segment> {
    let folded = text::fold(said);
    let cues: Vec<Cue> = time.into_iter().map(|time| Cue { offset: 0, time }).collect();
    let segment = |piece: &str| Segment { text: piece.to_owned(), speaker: speaker.clone(), time, cues: cues.clone() };
    text::pieces(&folded).into_iter().map(segment).collect()
}

fn time(item: &Map<String, Value>) -> Option<Time> {
    let start_ms = json::milliseconds(item.get("start")?)?;
    let end_ms = item.get("end").and_then(json::milliseconds).unwrap_or(start_ms);
    Some(Time { start_ms, end_ms: end_ms.max(start_ms) })
}
