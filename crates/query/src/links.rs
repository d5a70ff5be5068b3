//! The addresses of pages, passages, and moments of videos.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;
use verbatim_transcript::{Metadata, Time};

/// What must be escaped in a part of a path; `/` stays, it separates the parts of an id.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The reading page of a transcript, with a query lit in it.
pub(crate) fn transcript(id: &str, query: &str) -> String {
    let path = utf8_percent_encode(id, PATH);
    if query.is_empty() { format!("/transcripts/{path}") } else { format!("/transcripts/{path}?q={}", value(query)) }
}

/// A place on the reading page: a segment, or its head.
pub(crate) fn place(id: &str, query: &str, segment: Option<usize>) -> String {
    let page = transcript(id, query);
    segment.map_or_else(|| page.clone(), |segment| format!("{page}#s{segment}"))
}

/// The front matter key of a template for players that are not known here: `https://example.org/v/42?at={seconds}`.
const TEMPLATE: &str = "videoMomentHref";

/// The video of a transcript at a moment; `None` where there is no video, or nobody knows how its player takes a time.
pub(crate) fn moment(metadata: &Metadata, time: Time) -> Option<String> {
    let seconds = lead(time);
    let template = metadata.other.get(TEMPLATE).and_then(|value| value.as_str());
    if let Some(template) = template.filter(|template| template.contains("{seconds}")) {
        let url = Url::parse(&template.replace("{seconds}", &seconds.to_string())).ok()?;
        return is_web(&url).then(|| url.into());
    }
    let mut url = Url::parse(metadata.video_embed_src.as_deref()?).ok().filter(is_web)?;
    let host = url.host_str()?.trim_start_matches("www.").to_owned();
    let path = url.path().to_owned();
    let at = format!("{seconds}s");
    match host.as_str() {
        "youtube.com" | "m.youtube.com" | "youtube-nocookie.com" | "youtu.be" => {
            // The page of a video takes a time whether or not its owner allows it to be embedded.
            let id = match path.strip_prefix("/embed/").or_else(|| path.strip_prefix("/live/")) {
                Some(id) => id.to_owned(),
                None if host == "youtu.be" => path[1..].to_owned(),
                None => url.query_pairs().find(|(key, _)| key == "v")?.1.into_owned(),
            };
            url = Url::parse_with_params("https://www.youtube.com/watch", [("v", id), ("t", at)]).ok()?;
        }
        "vimeo.com" | "player.vimeo.com" => url.set_fragment(Some(&format!("t={at}"))),
        "dailymotion.com" | "geo.dailymotion.com" => set(&mut url, "start", &seconds.to_string()),
        _ if is_media(&path) => url.set_fragment(Some(&format!("t={seconds}"))),
        _ if PEERTUBE.iter().any(|begin| path.starts_with(begin)) => set(&mut url, "start", &at),
        _ => return None,
    }
    Some(url.into())
}

/// Where to begin to hear what is said at a time, in seconds: one to two before it, as one does not come in mid-word.
fn lead(time: Time) -> u32 {
    (time.start_ms / 1000).saturating_sub(1)
}

/// How the paths of videos begin on any PeerTube.
const PEERTUBE: [&str; 3] = ["/videos/embed/", "/videos/watch/", "/w/"];

/// Whether a path is that of a file which a browser plays: it takes a time as a media fragment
/// (<https://www.w3.org/TR/media-frags/>).
fn is_media(path: &str) -> bool {
    let endings = ["aac", "flac", "m4a", "m4v", "mov", "mp3", "mp4", "oga", "ogg", "ogv", "opus", "wav", "webm"];
    path.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending.to_ascii_lowercase().as_str()))
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// Sets a parameter in place of what it was.
fn set(url: &mut Url, name: &str, value: &str) {
    let others: Vec<(String, String)> = url.query_pairs().into_owned().filter(|(key, _)| key != name).collect();
    url.query_pairs_mut().clear().extend_pairs(others).append_pair(name, value);
}

/// A text as a value in a query string.
pub(crate) fn value(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

#[cfg(test)]
mod tests {
    use verbatim_transcript::{Metadata, Time};

    use super::{moment, place};

    #[test]
    fn ids_and_queries_survive() {
        assert_eq!(place("edu/a%20b", "l’ENT", Some(14)), "/transcripts/edu/a%2520b?q=l%E2%80%99ENT#s14");
    }

    #[test]
    fn each_player_is_told_the_time_in_its_way() {
        // (where the video is, where it is at 1:23.9)
        let rows = [
            (
                "https://tube.example.org/videos/embed/1b8b-ad",
                Some("https://tube.example.org/videos/embed/1b8b-ad?start=82s"),
            ),
            ("https://tube.example.org/w/kkG?start=5s&api=1", Some("https://tube.example.org/w/kkG?api=1&start=82s")),
            ("https://www.youtube.com/watch?v=aB_-1&list=x", Some("https://www.youtube.com/watch?v=aB_-1&t=82s")),
            ("https://www.youtube-nocookie.com/embed/aB_-1", Some("https://www.youtube.com/watch?v=aB_-1&t=82s")),
            ("https://youtu.be/aB_-1", Some("https://www.youtube.com/watch?v=aB_-1&t=82s")),
            ("https://vimeo.com/7654", Some("https://vimeo.com/7654#t=82s")),
            ("https://player.vimeo.com/video/7654?dnt=1", Some("https://player.vimeo.com/video/7654?dnt=1#t=82s")),
            ("https://www.dailymotion.com/embed/video/x8", Some("https://www.dailymotion.com/embed/video/x8?start=82")),
            ("https://cdn.example.org/a/cours.MP4", Some("https://cdn.example.org/a/cours.MP4#t=82")),
            ("https://cdn.example.org/cours.mp3?v=2#t=3", Some("https://cdn.example.org/cours.mp3?v=2#t=82")),
            ("https://example.org/lecteur/42", None),
            ("https://www.youtube.com/@chaine", None),
            ("javascript:alert(1)//videos/embed/", None),
            ("/videos/embed/1", None),
        ];
        for (video, expected) in rows {
            let metadata = Metadata { video_embed_src: Some(video.to_owned()), ..Metadata::default() };
            assert_eq!(moment(&metadata, at(83_900)).as_deref(), expected, "{video}");
        }
    }

    #[test]
    fn an_unknown_player_is_told_the_time_by_a_template() {
        let templated = |template: &str, start_ms| {
            let other = [("videoMomentHref".to_owned(), template.into())].into();
            moment(&Metadata { other, ..Metadata::default() }, at(start_ms))
        };
        let player = "https://example.org/lecteur/42?a={seconds}";
        assert_eq!(templated(player, 83_900).as_deref(), Some("https://example.org/lecteur/42?a=82"));
        assert_eq!(
            templated(player, 400).as_deref(),
            Some("https://example.org/lecteur/42?a=0"),
            "never before the start"
        );
        assert_eq!(templated("https://example.org/lecteur/42", 83_900), None);
        assert_eq!(templated("javascript:alert({seconds})", 83_900), None);
    }

    fn at(start_ms: u32) -> Time {
        Time { start_ms, end_ms: start_ms + 2_000 }
    }
}
