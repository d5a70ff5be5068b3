//! How fast captions are read, and laid onto the text of the same talk.

use std::{fmt::Write, hint::black_box};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use verbatim_transcript::{Format, Transcript, pair, parse};

mod corpus;

/// Words in a caption, on two lines.
const WORDS: usize = 10;

/// How long a caption is shown, in milliseconds.
const SHOWN: u64 = 3_500;

/// All samples said one after the other, as captions in one format: how many there are, and the file.
fn captions(talks: &[String], format: Format) -> (usize, String) {
    let (mut file, mut at, mut count) = (String::new(), 0, 0);
    let point = if format == Format::WebVtt { '.' } else { ',' };
    if format == Format::WebVtt {
        file.push_str("WEBVTT\n\n");
    }
    let clock = |ms: u64| {
        format!("{:02}:{:02}:{:02}{point}{:03}", ms / 3_600_000, ms / 60_000 % 60, ms / 1_000 % 60, ms % 1_000)
    };
    for talk in talks {
        let words: Vec<&str> = talk.split_whitespace().collect();
        for words in words.chunks(WORDS) {
            let (first, second) = words.split_at(words.len().div_ceil(2));
            count += 1;
            let (begin, end) = (clock(at), clock(at + SHOWN));
            write!(file, "{count}\n{begin} --> {end}\n{}\n{}\n\n", first.join(" "), second.join(" "))
                .expect("memory can be written");
            at += SHOWN + 40;
        }
    }
    (count, file)
}

fn read(format: Format, file: &str) -> Transcript {
    let parsed = parse(format, "x", file.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    parsed.transcripts.into_iter().next().expect("one transcript")
}

fn reading(criterion: &mut Criterion) {
    let talks: Vec<String> = corpus::speech().iter().map(|talk| talk.repeat(10)).collect();
    let mut group = criterion.benchmark_group("reading");
    for (name, format) in [("WebVTT", Format::WebVtt), ("SubRip", Format::SubRip)] {
        let (count, file) = captions(&talks, format);
        group.throughput(Throughput::Bytes(file.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let transcript = read(format, black_box(&file));
                let begins = transcript.segments.iter().flat_map(|segment| &segment.cues).map(|cue| cue.time.start_ms);
                let mut begins: Vec<u32> = begins.collect();
                begins.dedup();
                assert!(begins.len() * 100 >= count * 99, "{} of {count} captions have their time", begins.len());
                transcript
            });
        });
    }

    // The longest sample, an hour or two of it, and captions of the same words.
    let longest = talks.iter().max_by_key(|talk| talk.len()).expect("there are samples");
    let text = read(Format::Text, &longest.replace('\n', "\n\n"));
    let (_, file) = captions(std::slice::from_ref(longest), Format::WebVtt);
    let captions = read(Format::WebVtt, &file);
    group.throughput(Throughput::Bytes(longest.len() as u64));
    group.bench_function("a text and its captions", |bencher| {
        bencher.iter(|| {
            let mut text = text.clone();
            let agreement = pair(&mut text, black_box(&captions));
            assert!(agreement.percent() >= 99, "{agreement:?}");
            text
        });
    });
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
