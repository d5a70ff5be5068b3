//! How fast French is analysed, beside the engine's stock French chain on the same text.

use std::{hint::black_box, time::Duration};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tantivy::tokenizer::{Language, LowerCaser, SimpleTokenizer, Stemmer, TextAnalyzer};
use verbatim_french::{Analyzer, Kind};

mod corpus;

fn analysis(criterion: &mut Criterion) {
    let talks = corpus::speech();
    let bytes: usize = talks.iter().map(String::len).sum();
    let mut group = criterion.benchmark_group("analysis");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.measurement_time(Duration::from_secs(5));

    // Words met before are remembered, as they are while a folder is indexed.
    let mut analyzer = Analyzer::new();
    group.bench_function("ours", |bencher| {
        bencher.iter(|| {
            let (mut tokens, mut gar) = (0_usize, 0_usize);
            for talk in &talks {
                analyzer.analyze(black_box(talk), |token| {
                    tokens += 1;
                    gar += usize::from(token.kind == Kind::Acronym && token.stem == "GAR");
                });
            }
            assert!(gar > 0 && tokens > bytes / 10, "{tokens} tokens, {gar} of them GAR");
            tokens
        });
    });

    let chain = TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser);
    let mut chain = chain.filter(Stemmer::new(Language::French)).build();
    group.bench_function("stock chain", |bencher| {
        bencher.iter(|| {
            let (mut tokens, mut gar) = (0_usize, 0_usize);
            for talk in &talks {
                let mut stream = chain.token_stream(black_box(talk));
                while stream.advance() {
                    tokens += 1;
                    gar += usize::from(stream.token().text == "gar");
                }
            }
            assert!(gar > 0 && tokens > bytes / 10, "{tokens} tokens, {gar} of them gar");
            tokens
        });
    });
    group.finish();
}

criterion_group!(benches, analysis);
criterion_main!(benches);
