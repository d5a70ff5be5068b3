//! How fast questions are answered, with ten results and their passages.

use std::{hint::black_box, thread};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use verbatim_query::{Answer, Request, Searcher};

mod corpus;

const COPIES: usize = 20;

/// Name, query, and the end of the id that comes first; all copies of a sample are equals.
const QUESTIONS: [(&str, &str, &str); 9] = [
    ("an acronym", "GAR", "le-gar"),
    ("a word", "hameçonnage", "/proteger/reconnaitre-l-hameconnage"),
    ("two words", "classe inversée", "/webinaires/la-classe-inversee-dix-ans-apres"),
    ("a misspelt word", "hameçonage", "/proteger/reconnaitre-l-hameconnage"),
    ("words", "demander une ressource dans le GAR", "/enseigner/demander-une-ressource-dans-le-gar"),
    ("a phrase", "\"gestionnaire d’accès aux ressources\"", ""),
    ("a phrase and a word", "\"classe inversée\" dix ans", "/webinaires/la-classe-inversee-dix-ans-apres"),
    ("the beginning of a word", "cyberharc*", "/sixieme/cyberharcelement-en-parler-agir"),
    ("an exclusion in an area", "données -GAR area:Sixième", ""),
];

fn querying(criterion: &mut Criterion) {
    let copies = corpus::Copies::new(COPIES);
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    copies.index(folder.path());
    let searcher = Searcher::open(folder.path(), None).unwrap_or_else(|error| panic!("{error}"));
    let mut group = criterion.benchmark_group("querying");
    group.throughput(Throughput::Elements(1));
    for (name, query, expected) in QUESTIONS {
        let request = request(query);
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let answer = searcher.search(black_box(&request)).unwrap_or_else(|error| panic!("{query}: {error}"));
                check(&answer, expected);
                answer
            });
        });
    }
    let all = QUESTIONS.map(|(_, query, _)| request(query));
    let threads = thread::available_parallelism().map_or(1, usize::from);
    group.throughput(Throughput::Elements((threads * all.len()) as u64));
    group.bench_function("all of them on all cores", |bencher| {
        let ask_all = || all.iter().for_each(|request| assert!(searcher.search(request).is_ok_and(|it| it.total > 0)));
        bencher.iter(|| thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(ask_all)))));
    });
    group.throughput(Throughput::Elements(1));
    group.bench_function("the first, after opening the index", |bencher| {
        bencher.iter(|| {
            let searcher = Searcher::open(folder.path(), None).unwrap_or_else(|error| panic!("{error}"));
            let answer = searcher.search(&all[0]).unwrap_or_else(|error| panic!("{error}"));
            check(&answer, QUESTIONS[0].2);
        });
    });
    group.finish();
}

fn request(query: &str) -> Request {
    Request { query: query.to_owned(), limit: 10, snippets: 3, ..Request::default() }
}

/// The expected transcript leads, what holds for one copy holds for all, and each result has passages with light.
fn check(answer: &Answer, expected: &str) {
    let first = answer.results.first().unwrap_or_else(|| panic!("{}: nothing found", answer.query));
    assert!(first.id.ends_with(expected), "{}: {}", answer.query, first.id);
    assert!(answer.total.is_multiple_of(COPIES), "{}: {} of {COPIES} copies", answer.query, answer.total);
    let lit = |found: &verbatim_query::Found| found.snippets.iter().any(|snippet| !snippet.highlights.is_empty());
    assert!(answer.results.iter().all(lit), "{}: a result without light", answer.query);
}

criterion_group!(benches, querying);
criterion_main!(benches);
