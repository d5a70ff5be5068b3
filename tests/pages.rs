//! The pages: what stands on them, that it is sound HTML, what others may do with it, and that no text breaks it.

use std::{
    collections::HashSet,
    io::Write,
    process::{Command, Stdio},
};

use serde_json::{Value, json};
use verbatim_query::http::Options;

use crate::{http::Site, support::Folder};

/// Talks with and without times, speakers, areas and videos; some acronyms, of which they say what they stand for.
fn talks() -> Folder {
    let folder = Folder::new();
    let line = |at: u32, speaker: &str, text: &str| json!({"start": f64::from(at), "end": f64::from(at) + 9.5, "speaker": speaker, "text": text});
    let talk = json!({
        "id": "webinaires/gar",
        "title": "Le GAR au quotidien",
        "description": "Qui fait quoi ?",
        "area": "Webinaires",
        "videoEmbedSrc": "https://videos.example.org/videos/embed/1",
        "videoDownloadHref": "https://videos.example.org/1.mp4",
        "segments": [
            line(3, "Léa Petit", "Bonjour à toutes et à tous, merci d'être là."),
            line(83, "Léa Petit", "Le gestionnaire d'accès aux ressources (le GAR) ouvre les manuels."),
            line(95, "Noé Blanc", "Et l'espace numérique de travail (l'ENT) y mène."),
            line(600, "Noé Blanc", &"Nous avons pris le temps de regarder chaque classe, une à une. ".repeat(8)),
            line(3723, "Noé Blanc", "Retenez donc le GAR !"),
        ],
    });
    folder
        .file("gar.jsonl", format!("{talk}\n"))
        .file(
            "edu/ent.md",
            "---\narea: Domaine 1\ntitle: Se connecter\n---\n\nL'espace numérique de travail (l'ENT) vous attend.\n\nPuis vient le GAR.\n\nRien de plus.\n",
        )
        .transcript("été/école", "Un été", "Le GAR à l’école.");
    folder
}

fn public() -> Options {
    let frames = vec!["https://www.example.fr".parse().expect("an origin")];
    Options { public_url: Some("https://videos.example.fr".parse().expect("an origin")), frames, ..Options::default() }
}

/// All kinds of pages, by their addresses.
const PAGES: [&str; 14] = [
    "/",
    "/?lang=en&theme=dark",
    "/?q=GAR",
    "/?q=GAR&lang=en&theme=dsfr",
    "/?q=GAR&area=Domaine+1&speaker=L%C3%A9a+Petit",
    "/?q=introuvablement",
    "/?q=%22introuvable+du+tout%22+-GAR",
    "/?area=Webinaires",
    "/transcripts/webinaires/gar",
    "/transcripts/webinaires/gar?q=GAR",
    "/transcripts/webinaires/gar?q=GAR&lang=en",
    "/transcripts/%C3%A9t%C3%A9/%C3%A9cole?q=introuvablement",
    "/embed?q=GAR",
    "/embed?lang=en",
];

/// A start tag: its name and attributes.
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// The start tags of a page, which must be sound: tags closed in their order, attributes quoted, no `<` or quote astray.
#[track_caller]
fn tags(path: &str, page: &str) -> Vec<Tag> {
    const VOID: [&str; 5] = ["meta", "link", "input", "path", "br"];
    let mut rest = page.strip_prefix("<!doctype html>").unwrap_or_else(|| panic!("{path}: no doctype"));
    let (mut open, mut tags) = (Vec::<String>::new(), Vec::new());
    while let Some((_, after)) = rest.split_once('<') {
        let (tag, after) = after.split_once('>').unwrap_or_else(|| panic!("{path}: a tag without an end: {after:.80}"));
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "{path}: closed out of order before {rest:.80}");
            continue;
        }
        let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut tag = Tag { name: name.to_owned(), attributes: Vec::new() };
        while !attributes.trim_matches([' ', '/']).is_empty() {
            let text = attributes.trim_start();
            let end = text.find([' ', '=']).unwrap_or(text.len());
            let (key, after) = text.split_at(end);
            let (value, after) = match after.strip_prefix("=\"") {
                Some(quoted) => quoted.split_once('"').unwrap_or_else(|| panic!("{path}: {name} {text}")),
                None => ("", after),
            };
            let sound = key.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
            assert!(sound && !key.is_empty() && tag.get(key).is_none(), "{path}: <{name} {text}>");
            assert!(!key.starts_with("on") && key != "style", "{path}: <{name} {text}>");
            tag.attributes.push((key.to_owned(), plain(value)));
            attributes = after;
        }
        if name == "script" {
            let (_, after) = rest.split_once("</script>").expect("a script ends");
            rest = after;
        } else if !VOID.contains(&name) {
            open.push(name.to_owned());
        }
        tags.push(tag);
    }
    assert!(open.is_empty(), "{path}: never closed: {open:?}");
    tags
}

/// What a browser makes of escaped text.
fn plain(text: &str) -> String {
    let numbered = text.replace("&#38;", "&").replace("&#60;", "<").replace("&#62;", ">").replace("&#34;", "\"");
    let named = numbered.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    named.replace("&amp;", "&")
}

#[test]
fn pages_are_sound_html() {
    let site = Site::with(&talks(), public());
    for path in PAGES {
        let page = site.page(path);
        let tags = tags(path, &page);
        let ids: Vec<&str> = tags.iter().filter_map(|tag| tag.get("id")).collect();
        let unique: HashSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{path}: an id twice: {ids:?}");
        for (attribute, id) in tags.iter().flat_map(|tag| &tag.attributes) {
            if matches!(attribute.as_str(), "for" | "aria-labelledby") {
                assert!(unique.contains(id.as_str()), "{path}: {attribute}={id} leads nowhere");
            }
        }
        let fields = tags.iter().filter(|tag| tag.name == "select" || tag.get("type") == Some("search"));
        for field in fields {
            let labelled = tags.iter().any(|tag| tag.name == "label" && tag.get("for") == field.get("id"));
            assert!(labelled, "{path}: {:?} has no label", field.get("id"));
        }
        let headings = |name: &str| tags.iter().filter(|tag| tag.name == name).count();
        assert_eq!((headings("h1"), headings("title"), headings("main")), (1, 1, 1), "{path}");
        let image = tags.iter().filter(|tag| tag.name == "svg");
        assert!(image.clone().all(|svg| svg.get("aria-label").is_some_and(|label| !label.is_empty())), "{path}");
    }
}

#[test]
fn links_lead_somewhere() {
    let site = Site::with(&talks(), public());
    let mut asked = HashSet::new();
    for path in PAGES {
        let page = site.page(path);
        for tag in tags(path, &page).iter().filter(|tag| tag.name == "a" || tag.name == "link") {
            let link = tag.get("href").unwrap_or_else(|| panic!("{path}: a link without an address"));
            let link = link.strip_prefix("https://videos.example.fr").unwrap_or(link);
            let (address, anchor) = link.split_once('#').unwrap_or((link, ""));
            if address.contains("://")
                || !asked.insert(if address.is_empty() { (path, link.to_owned()) } else { ("", link.to_owned()) })
            {
                continue;
            }
            let body = if address.is_empty() { page.clone() } else { site.get(address).body };
            if !address.is_empty() {
                assert_eq!(site.get(address).status, 200, "{path}: {link}");
            }
            if !anchor.is_empty() {
                assert!(body.contains(&format!("id=\"{anchor}\"")), "{path}: no {anchor} at {address}: {body}");
            }
        }
    }
    assert!(asked.len() > 30, "{}", asked.len());
}

#[test]
fn no_page_loads_anything_from_elsewhere() {
    let site = Site::with(&talks(), public());
    for path in PAGES {
        for tag in tags(path, &site.page(path)) {
            let loads = match tag.name.as_str() {
                "link" if matches!(tag.get("rel"), Some("stylesheet" | "icon")) => tag.get("href"),
                _ => tag.get("src"),
            };
            assert!(loads.is_none_or(|source| source.starts_with('/')), "{path}: {} {loads:?}", tag.name);
            assert!(tag.name != "iframe" && tag.name != "video", "{path}");
        }
    }
}

#[test]
fn results_tell_the_moment() {
    let site = Site::new(&talks(), &[]);
    let page = site.page("/?q=GAR");
    for part in [
        "<title>3 vidéos pour «\u{a0}GAR\u{a0}» – Verbatim</title>",
        "href=\"/transcripts/webinaires/gar?q=GAR#t=83\"",
        "<span aria-hidden=\"true\">1:23</span>",
        "À 1 minute 23 secondes, <span>Le GAR au quotidien</span>",
        "<span aria-hidden=\"true\">1:02:03</span>",
        "href=\"https://videos.example.org/videos/embed/1?start=82s\"",
        "href=\"/transcripts/edu/ent?q=GAR#s1\"",
        "<span aria-hidden=\"true\">§\u{202f}2</span>",
        "Paragraphe 2, <span>Se connecter</span>",
        "<strong>GAR</strong>\u{a0}: gestionnaire d&#39;accès aux ressources",
        "<option value=\"Webinaires\">Webinaires (1)</option>",
        "<option value=\"Léa Petit\">Léa Petit (1)</option>",
        "<meta name=\"robots\" content=\"noindex\">",
        "Retenez donc le <mark>GAR</mark>\u{202f}!",
    ] {
        assert!(plain(&page).contains(&plain(part)), "{part}: {page}");
    }
    // Said at 1:23 and 1:02:03 of 1:02:12: at the beginning and at the end.
    assert!(page.contains("aria-label=\"Dit vers 1:14, 1:01:35 sur 1:02:12\""), "{page}");
    let strip = page.split("class=\"said\" d=\"").nth(1).and_then(|rest| rest.split('"').next());
    assert_eq!(strip, Some("M2.5 0v6M99.5 0v6"));
    let of_speaker = site.page("/?q=GAR&speaker=No%C3%A9+Blanc");
    assert!(of_speaker.contains("<option value=\"Noé Blanc\" selected>"), "{of_speaker}");
    assert!(!of_speaker.contains("Se connecter"), "{of_speaker}");
}

#[test]
fn pages_speak_english_where_asked() {
    let site = Site::new(&talks(), &[]);
    let page = site.page("/?q=GAR&lang=en&theme=dsfr");
    for part in [
        "<html lang=\"en\" data-theme=\"dsfr\">",
        "<title>3 videos for “GAR” – Verbatim</title>",
        "At 1 minute 23 seconds, <span lang=\"fr\">Le GAR au quotidien</span>",
        "href=\"/transcripts/webinaires/gar?q=GAR&lang=en&theme=dsfr#t=83\"",
        "<input type=\"hidden\" name=\"lang\" value=\"en\">",
        "<input type=\"hidden\" name=\"theme\" value=\"dsfr\">",
        "hreflang=\"fr\"",
    ] {
        assert!(plain(&page).contains(part), "{part}: {page}");
    }
    let french = ["Rechercher", "Résultats", "vidéos", "Domaine</label>", "Filtrer", "Aller au"];
    for path in [
        "/?q=GAR&lang=en",
        "/?lang=en",
        "/?q=introuvablement&lang=en",
        "/transcripts/edu/ent?q=GAR&lang=en",
        "/rien?lang=en",
    ] {
        let body = site.get(path).body;
        let said = french.iter().find(|word| body.contains(*word));
        assert_eq!(said, None, "{path}: {body}");
    }
    assert!(site.page("/?q=GAR&lang=de&theme=rose").contains("<html lang=\"fr\">"), "unknown ones are none");
}

#[test]
fn the_first_page_shows_what_the_index_answers() {
    let site = Site::new(&talks(), &[]);
    let page = site.page("/");
    let ways = page.split("<dl class=\"ways\">").nth(1).and_then(|rest| rest.split("</dl>").next()).expect("examples");
    let links: Vec<String> =
        ways.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(plain).collect();
    assert!(links.iter().any(|link| link == "/?q=GAR") && links.len() >= 6, "{ways}");
    for link in links {
        let answer = site.page(&link);
        assert!(answer.contains("class=\"results\""), "{link} finds nothing: {answer}");
    }
    assert!(!page.contains("noindex"), "{page}");
    let folder = Folder::new();
    folder.transcript("a", "Un", "Bonjour.");
    let plain = Site::new(&folder, &[]).page("/");
    assert!(plain.contains("1 vidéo") && !plain.contains("class=\"ways\""), "no examples to show: {plain}");
}

#[test]
fn nothing_found_is_not_the_end() {
    let site = Site::new(&talks(), &[]);
    let page = site.page("/?q=%22du+tout+introuvable%22+-manuels&area=Domaine+1");
    for part in ["Aucune vidéo", "href=\"/?q=du%20tout%20introuvable&area=Domaine%201\"", "href=\"/\""] {
        assert!(plain(&page).contains(part), "{part}: {page}");
    }
    // Said in another area than the one asked for.
    let page = site.page("/?q=manuels&area=Domaine+1");
    assert!(plain(&page).contains("href=\"/?q=manuels&area=Webinaires\""), "{page}");
    let page = site.page("/?q=manuesl");
    assert!(page.contains(">manuels</a>") && page.contains("au lieu de «\u{a0}<span>manuesl</span>\u{a0}»"), "{page}");
}

#[test]
fn the_reading_page_leads_from_passage_to_passage() {
    let site = Site::with(&talks(), public());
    let page = site.page("/transcripts/webinaires/gar?q=GAR");
    for part in [
        "<p id=\"s1\" data-start=\"83\" class=\"lit\">",
        "<a class=\"time\" href=\"#t=83\" id=\"t=83\">",
        "<a href=\"#s5\"><span aria-hidden=\"true\">↓</span><span class=\"hidden\">Passage suivant</span></a>",
        "<a href=\"#s1\"><span aria-hidden=\"true\">↑</span><span class=\"hidden\">Passage précédent</span></a>",
        "2 passages pour «\u{a0}GAR\u{a0}»",
        "<div class=\"player\" data-verbatim-player=\"https://videos.example.org/videos/embed/1\"",
        "<link rel=\"canonical\" href=\"https://videos.example.fr/transcripts/webinaires/gar\">",
        "<meta property=\"og:url\" content=\"https://videos.example.fr/transcripts/webinaires/gar\">",
        "Avec</span> Léa Petit, Noé Blanc",
        "href=\"/?area=Webinaires\"",
    ] {
        assert!(plain(&page).contains(part), "{part}: {page}");
    }
    let object = linked_data(&page);
    assert_eq!((&object["@type"], &object["duration"]), (&json!("VideoObject"), &json!("PT3732S")), "{object}");
    let clips = object["hasPart"].as_array().expect("clips");
    let starts: Vec<u64> = clips.iter().filter_map(|clip| clip["startOffset"].as_u64()).collect();
    assert_eq!(starts, [3, 600, 3723], "spread over the length: {object}");
    assert_eq!(clips[2]["url"], "https://videos.example.fr/transcripts/webinaires/gar#t=3723");
    let without = Site::new(&talks(), &[]).page("/transcripts/webinaires/gar");
    assert!(without.contains("<link rel=\"canonical\" href=\"/transcripts/webinaires/gar\">"), "{without}");
    assert!(!without.contains("og:url") && linked_data(&without)["hasPart"].is_null(), "{without}");
}

/// The data for search engines on a page.
#[track_caller]
fn linked_data(page: &str) -> Value {
    let data =
        page.split("<script type=\"application/ld+json\">").nth(1).and_then(|rest| rest.split("</script>").next());
    let data = data.unwrap_or_else(|| panic!("no data: {page}"));
    serde_json::from_str(data).unwrap_or_else(|error| panic!("{error}: {data}"))
}

#[test]
fn a_moment_within_a_paragraph_is_an_anchor_where_it_is_lit() {
    let folder = Folder::new();
    folder.file(
        "a.vtt",
        "WEBVTT\n\n00:10.000 --> 00:12.000\nVoici une phrase\n\n00:12.000 --> 00:14.000\nqui finit par le GAR\n\n00:14.000 --> 00:16.000\net va plus loin.\n",
    );
    let site = Site::new(&folder, &[]);
    let page = site.page("/?q=GAR");
    let link = page.split("href=\"").filter_map(|rest| rest.split('"').next()).find(|link| link.contains("#t="));
    let (address, anchor) = link.and_then(|link| link.split_once('#')).unwrap_or_else(|| panic!("no moment: {page}"));
    assert_eq!(anchor, "t=12");
    let reading = site.page(address);
    assert!(reading.contains("<mark id=\"t=12\">GAR</mark>"), "{reading}");
}

#[test]
fn who_may_frame_is_said() {
    let folder = talks();
    let policy = |options: Options, path: &str| {
        let response = Site::with(&folder, options).get(path);
        let policy = response.header("content-security-policy").unwrap_or_else(|| panic!("{path}: no policy"));
        assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        policy.split("; ").find(|rule| rule.starts_with("frame-ancestors")).expect("a rule").to_owned()
    };
    assert_eq!(policy(Options::default(), "/embed?q=GAR"), "frame-ancestors 'self'");
    // What went wrong is said in the frame.
    for path in ["/embed?q=GAR", "/embed?q=GAR&page=deux"] {
        assert_eq!(policy(public(), path), "frame-ancestors 'self' https://www.example.fr", "{path}");
    }
    for path in ["/", "/?q=GAR", "/transcripts/edu/ent", "/transcripts/absent"] {
        assert_eq!(policy(public(), path), "frame-ancestors 'none'", "{path}");
    }
    let page = Site::with(&folder, public()).page("/embed?q=GAR&area=Webinaires&theme=dark");
    for part in [
        "target=\"_top\"",
        "action=\"/embed\"",
        "<input type=\"hidden\" name=\"area\" value=\"Webinaires\">",
        "href=\"/?q=GAR&area=Webinaires&theme=dark\" target=\"_top\"",
    ] {
        assert!(plain(&page).contains(part), "{part}: {page}");
    }
    let framed = tags("/embed", &page);
    let inside = |tag: &&Tag| tag.get("href").is_some_and(|link| link.starts_with("/embed"));
    let leaves = framed.iter().filter(|tag| tag.name == "a").filter(|tag| !inside(tag));
    assert!(leaves.clone().count() > 2 && leaves.clone().all(|tag| tag.get("target") == Some("_top")), "{page}");
}

#[test]
fn a_pasted_address_becomes_a_frame() {
    let site = Site::with(&talks(), public());
    let page = site.page("/?q=GAR");
    let found = tags("/?q=GAR", &page).into_iter().find(|tag| tag.get("type") == Some("application/json+oembed"));
    let link = found.and_then(|tag| tag.get("href").map(str::to_owned)).expect("it can be discovered");
    let rich = site.json(&link);
    assert_eq!((&rich["type"], &rich["version"], &rich["width"]), (&json!("rich"), &json!("1.0"), &json!(720)));
    let html = rich["html"].as_str().expect("markup");
    assert!(html.starts_with("<iframe src=\"https://videos.example.fr/embed?q=GAR\" title="), "{html}");
    let small = site.json(&format!("{link}&maxwidth=320&maxheight=10000&format=json"));
    assert_eq!((&small["width"], &small["height"]), (&json!(320), &json!(640)));
    let talk = site.json("/oembed?url=https://videos.example.fr/transcripts/edu/ent%3Fq=GAR%23s1");
    assert_eq!((&talk["type"], &talk["title"]), (&json!("link"), &json!("Se connecter")));
    for (path, status) in [
        ("/oembed?url=https://videos.example.fr.autre.fr/", 404),
        ("/oembed?url=https://www.example.com/", 404),
        ("/oembed?url=https://videos.example.fr/healthz", 404),
        ("/oembed?url=https://videos.example.fr/transcripts/absent", 404),
        ("/oembed", 404),
        ("/oembed?url=https://videos.example.fr/&format=xml", 501),
        ("/oembed?url=https://videos.example.fr/&maxwidth=x", 400),
    ] {
        assert_eq!(site.get(path).status, status, "{path}");
    }
    let private = Site::new(&talks(), &[]);
    assert_eq!(private.get("/oembed?url=https://videos.example.fr/").status, 404);
    assert!(!private.page("/?q=GAR").contains("oembed"), "what does not work is not offered");
}

#[test]
fn a_browser_can_take_the_search() {
    let site = Site::with(&talks(), public());
    assert!(site.page("/").contains("<link rel=\"search\" type=\"application/opensearchdescription+xml\""));
    let description = site.get("/opensearch.xml?lang=en");
    assert_eq!(description.header("content-type"), Some("application/opensearchdescription+xml"));
    let template = "template=\"https://videos.example.fr/?q={searchTerms}&lang=en\"";
    assert!(plain(&description.body).contains(template), "{description:?}");
    assert!(!description.body.contains("}&lang"), "escaped: {description:?}");
    assert_eq!(Site::new(&talks(), &[]).get("/opensearch.xml").status, 404, "no address is made up");
}

#[test]
fn no_text_is_markup_anywhere() {
    let evil = "</script><script>alert(\"x\")</script><!-- ' & <b>\"GAR\"</b>";
    let folder = Folder::new();
    let talk = json!({
        "id": "a",
        "title": format!("T {evil}"),
        "description": format!("X {evil}"),
        "area": format!("D {evil}"),
        "videoEmbedSrc": "https://videos.example.org/\"><script>alert(1)</script>",
        "segments": [
            {"start": 1.0, "end": 2.0, "speaker": format!("S {evil}"), "text": format!("Bonjour {evil} à tous.")},
            {"start": 3.0, "end": 4.0, "speaker": "Léa", "text": format!("Encore {evil}.")},
        ],
    });
    folder.file("a.jsonl", format!("{talk}\n"));
    let site = Site::with(&folder, public());
    let asked = "%3C/script%3E%3Cscript%3E%22GAR%22%27%26";
    for path in [
        "/".to_owned(),
        "/?q=GAR".to_owned(),
        format!("/?q={asked}&area={asked}&speaker={asked}&lang={asked}&theme={asked}"),
        format!("/?q=introuvablement{asked}"),
        "/transcripts/a".to_owned(),
        "/transcripts/a?q=GAR".to_owned(),
        format!("/transcripts/a?q={asked}&lang=en"),
        "/embed?q=GAR".to_owned(),
        format!("/embed?q={asked}&area={asked}"),
    ] {
        // `page` refuses every script but ours, `tags` every quote and tag astray.
        let page = site.page(&path);
        let tags = tags(&path, &page);
        assert!(tags.iter().all(|tag| tag.name != "b"), "{path}: {page}");
    }
    let reading = site.page("/transcripts/a?q=GAR");
    let object = linked_data(&reading);
    assert_eq!((&object["name"], &object["description"]), (&talk["title"], &talk["description"]));
    let title = reading.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).expect("a title");
    assert_eq!(plain(title), format!("T {evil} – Verbatim"));
    let link = site.json("/oembed?url=https://videos.example.fr/transcripts/a");
    assert_eq!(link["title"], talk["title"], "text, as JSON has it");
    let pasted = "https%3A//videos.example.fr/%3Fq%3D%2522%253E%253Cscript%253E%26area%3D%2527%2522%253E";
    let rich = site.json(&format!("/oembed?url={pasted}"));
    let html = rich["html"].as_str().expect("markup");
    assert!(!html.contains("<script") && html.matches('"').count() == 8 && html.matches('<').count() == 2, "{html}");
    let xml = site.get("/opensearch.xml?lang=%22%3E&theme=%22%3E").body;
    assert!(!xml.contains("\">\""), "{xml}");
}

#[test]
fn addresses_of_sites_are_checked_at_the_start() {
    let folder = talks();
    folder.index();
    for args in [
        ["--public-url", "videos.example.fr"],
        ["--public-url", "https://*.example.fr"],
        ["--public-url", "https://www.example.fr/videos"],
        ["--allow-frame", "https://www.example.fr; script-src *"],
    ] {
        let output = folder.verbatim(["serve", "--listen", "127.0.0.1:0", args[0], args[1]]).expect(2);
        assert!(output.stderr.contains("https://www.example.fr"), "{args:?}: {output:?}");
    }
    let server = folder.serve(&["--public-url", "https://videos.example.fr/", "--allow-frame", "https://*.example.fr"]);
    assert!(server.get("/transcripts/edu/ent").body.contains("href=\"https://videos.example.fr/transcripts/edu/ent\""));
    let policy = server.get("/embed");
    assert!(
        policy.header("content-security-policy").is_some_and(|policy| policy.ends_with("'self' https://*.example.fr"))
    );
}

#[cfg(unix)]
#[test]
fn pages_are_light() {
    let folder = Folder::new();
    let data = crate::support::root().join("data");
    let site = {
        folder.verbatim(["index".as_ref(), data.as_os_str()]).expect(0);
        let live = verbatim_query::Live::open(&folder.path().join("index"), None).expect("an index");
        Site::over(live, Options::default())
    };
    for (query, videos) in [("%C3%A9l%C3%A8ves", 10), ("donn%C3%A9es+personnelles", 10), ("num%C3%A9rique", 10)] {
        let page = site.page(&format!("/?q={query}"));
        assert_eq!(page.matches("<h3").count(), videos, "{query}");
        let size = zipped(page.as_bytes());
        assert!(size <= 8_000, "{query}: {size} bytes");
    }
}

/// The bytes that `gzip -9` makes of it.
#[cfg(unix)]
fn zipped(bytes: &[u8]) -> usize {
    let mut gzip = Command::new("gzip")
        .args(["-9", "-n", "-c"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("gzip starts");
    gzip.stdin.take().expect("standard input is piped").write_all(bytes).expect("gzip reads");
    gzip.wait_with_output().expect("gzip ends").stdout.len()
}
