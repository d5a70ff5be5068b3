//! A video and its moments as search engines read them: schema.org `VideoObject` in JSON-LD.

use serde_json::{Map, Value, json};
use verbatim_indexer::{Record, Stretch};

/// The most moments that are told.
const CLIPS: usize = 20;
/// The length of a moment's name, in characters.
const NAME: usize = 80;

/// The video of a transcript; `None` where there is none. Its moments need the whole address of its page.
///
/// The JSON can stand in a `<script>`: nothing in it can end that.
pub(super) fn video_object(record: &Record, page: Option<&str>) -> Option<String> {
    let metadata = record.metadata();
    if metadata.video_embed_src.is_none() && metadata.video_download_href.is_none() {
        return None;
    }
    let mut object = Map::new();
    let mut set = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            object.insert(key.to_owned(), value);
        }
    };
    set("@context", Some(json!("https://schema.org")));
    set("@type", Some(json!("VideoObject")));
    set("name", Some(json!(metadata.title)));
    set("description", metadata.description.map(Value::from));
    set("inLanguage", Some(json!("fr")));
    set("embedUrl", metadata.video_embed_src.map(Value::from));
    set("contentUrl", metadata.video_download_href.map(Value::from));
    set("url", page.map(Value::from));
    let length = record.segments().filter_map(|stretch| stretch.time).map(|time| time.end_ms).max();
    set("duration", length.map(|length| json!(format!("PT{}S", length / 1000))));
    set("hasPart", page.and_then(|page| clips(record, page)));
    Some(script_safe(&Value::Object(object).to_string()))
}

/// Moments spread over the length, each where a paragraph begins; `None` where no times are known.
fn clips(record: &Record, page: &str) -> Option<Value> {
    let timed: Vec<(Stretch<'_>, u32, u32)> = record
        .segments()
        .filter_map(|stretch| stretch.time.map(|time| (stretch, time.start_ms, time.end_ms)))
        .collect();
    let end = timed.iter().map(|(_, _, end)| *end).max()?;
    let least = end / CLIPS as u32;
    let mut starts: Vec<&(Stretch<'_>, u32, u32)> = Vec::new();
    for part in &timed {
        if starts.last().is_none_or(|(_, before, _)| part.1 >= before.saturating_add(least.max(1000))) {
            starts.push(part);
        }
    }
    let ends = starts.iter().skip(1).map(|(_, start, _)| *start).chain([end]);
    let clip = |((stretch, start, _), end): (&&(Stretch<'_>, u32, u32), u32)| {
        json!({
            "@type": "Clip",
            "name": name(stretch.text),
            "startOffset": start / 1000,
            "endOffset": end.div_ceil(1000),
            "url": format!("{page}#t={}", start / 1000),
        })
    };
    Some(starts.iter().zip(ends).map(clip).collect())
}

/// The first words of a text.
fn name(text: &str) -> String {
    if text.chars().count() <= NAME {
        return text.to_owned();
    }
    let cut: String = text.chars().take(NAME).collect();
    let words = cut.rfind(char::is_whitespace).map_or(cut.as_str(), |end| &cut[..end]);
    format!("{}…", words.trim_end_matches([' ', ',', ';', ':', '.', '\u{a0}']))
}

/// JSON in which no character means anything to HTML; those it escapes stand within strings only.
fn script_safe(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => safe.push_str(&format!("\\u{:04x}", c as u32)),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::{name, script_safe};

    #[test]
    fn no_text_ends_the_script() {
        let text = "</script><!-- & \u{2028} \"'";
        let json = script_safe(&serde_json::json!(text).to_string());
        assert!(!json.contains(['<', '>', '&', '\u{2028}']), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).ok().as_deref(), Some(text));
    }

    #[test]
    fn a_name_ends_after_a_word() {
        assert_eq!(name("Bonjour à toutes."), "Bonjour à toutes.");
        let long = "Bonjour à toutes et à tous, bienvenue dans ce webinaire consacré aux données, où nous";
        assert_eq!(name(long), "Bonjour à toutes et à tous, bienvenue dans ce webinaire consacré aux données…");
    }
}
