//! Asks and answers: the query language, ranking, snippets, and the server with its pages.
//!
//! ```no_run
//! use verbatim_query::{Request, Searcher};
//!
//! let searcher = Searcher::open("index".as_ref(), None)?;
//! let request = Request { query: "GAR".to_owned(), limit: 10, snippets: 3, ..Request::default() };
//! for result in searcher.search(&request)?.results {
//!     println!("{}: {} passages", result.title, result.snippets.len());
//! }
//! # Ok::<(), verbatim_query::Error>(())
//! ```

mod answer;
mod ast;
mod bm25;
mod brief;
mod budget;
mod cut;
mod engine;
mod error;
mod extracts;
mod facet;
mod html;
pub mod http;
mod light;
mod limits;
mod links;
mod live;
mod moments;
mod note;
mod parse;
mod places;
mod plan;
mod planner;
mod rank;
mod searcher;
mod snippet;
mod spelling;
mod suggest;
mod wire;

pub use answer::{Also, Answer, Found, Reading, Request};
pub use ast::{Clause, Query};
pub use error::Error;
pub use facet::Facet;
pub use live::Live;
pub use note::Note;
pub use parse::parse;
pub use places::Places;
pub use plan::{Concept, Field, Filter, Phrase, Plan, Step, Weighted};
pub use planner::Expansion;
pub use searcher::Searcher;
pub use snippet::Snippet;
pub use suggest::Suggestion;
pub use wire::{AnswerJson, TranscriptJson};
