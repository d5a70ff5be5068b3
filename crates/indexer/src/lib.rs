//! Writes: a folder of transcripts becomes a Tantivy index, and stays in step with it.
//!
//! This crate owns the schema and all that lies in the index folder. [`update()`] brings an index in line with its
//! sources, a [`Follower`] keeps it so; [`open`] gives a reader what it needs to answer from it.

mod analysis;
mod column;
mod companions;
mod dictionary;
mod directory;
mod doctor;
mod document;
mod error;
mod folder;
mod follow;
mod glossary;
mod lexicon;
mod load;
mod options;
mod outcome;
mod record;
mod records;
mod removal;
mod run;
mod sample;
mod schema;
mod segment;
mod source;
mod store;
mod stream;
mod unread;
mod update;
mod varint;
mod vocabulary;
mod watch;
mod words;
mod writer;

pub use dictionary::Dictionary;
pub use doctor::{Diagnosis, Finding, Severity, examine};
pub use error::Error;
pub use folder::sources;
pub use follow::{Follower, News, Stop};
pub use glossary::{Glossary, Sense};
pub use lexicon::{Entry, Lexicon, Spelling};
pub use load::Loaded;
pub use options::{Options, Report};
pub use record::{Outline, Record, Stretch};
pub use records::Records;
pub use schema::{Fields, GAP};
pub use source::{Skipped, Source};
pub use store::{Opened, open, state};
pub use update::update;
pub use words::{Word, Words};
