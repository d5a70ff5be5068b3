//! How fast a folder becomes an index, and how fast it is seen that nothing changed.

use std::time::Duration;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};

mod corpus;

const COPIES: usize = 10;

fn indexing(criterion: &mut Criterion) {
    let copies = corpus::Copies::new(COPIES);
    let mut group = criterion.benchmark_group("indexing");
    group.sample_size(10).measurement_time(Duration::from_secs(10));
    let new_folder = || tempfile::tempdir().expect("a folder for temporary files");

    group.throughput(Throughput::Bytes(copies.bytes));
    group.bench_function("from nothing", |bencher| {
        bencher.iter_batched(
            new_folder,
            |folder| {
                let report = copies.index(folder.path());
                assert_eq!((report.added, report.transcripts), (copies.files, copies.files), "{report:?}");
                assert!(report.skipped.is_empty() && report.words * 10 > copies.bytes, "{report:?}");
                folder
            },
            BatchSize::PerIteration,
        );
    });

    let folder = new_folder();
    copies.index(folder.path());
    group.throughput(Throughput::Elements(copies.files));
    group.bench_function("nothing changed", |bencher| {
        bencher.iter(|| {
            let report = copies.index(folder.path());
            assert_eq!((report.unchanged, report.transcripts), (copies.files, copies.files), "{report:?}");
        });
    });
    group.finish();
}

criterion_group!(benches, indexing);
criterion_main!(benches);
