//! Tantivy used plainly, as its examples do it: one text field with the stock French chain, indexed and stored, its own
//! query parser, collector and snippets.

use std::{fs, path::Path, thread};

use tantivy::{
    Index, IndexReader, Score, TantivyDocument,
    collector::TopDocs,
    query::{Query, QueryParser},
    schema::{Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value},
    snippet::SnippetGenerator,
    tokenizer::{Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, TextAnalyzer},
};

/// The memory of each of its indexing threads, in bytes; ours have the same.
const MEMORY_PER_THREAD: usize = 64 << 20;
const RESULTS: usize = 10;

/// An index, and what asks it.
pub(crate) struct Plain {
    reader: IndexReader,
    parser: QueryParser,
    text: Field,
}

/// The engine's stock French chain.
fn chain() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(40))
        .filter(LowerCaser)
        .filter(Stemmer::new(Language::French))
        .build()
}

impl Plain {
    /// Reads the files in `texts`, one transcript each, and indexes them in `folder`, with one commit at the end.
    pub(crate) fn index(texts: &[std::path::PathBuf], folder: &Path) -> tantivy::Result<Self> {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("french")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let id = schema.add_text_field("id", STRING | STORED);
        let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing).set_stored());
        let index = Index::create_in_dir(folder, schema.build())?;
        index.tokenizers().register("french", chain());
        let threads = thread::available_parallelism().map_or(1, usize::from).min(8);
        let mut writer = index.writer_with_num_threads(threads, threads * MEMORY_PER_THREAD)?;
        for path in texts {
            let mut document = TantivyDocument::new();
            document.add_text(id, path.file_name().unwrap_or_default().to_string_lossy());
            document.add_text(text, fs::read_to_string(path)?);
            writer.add_document(document)?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        Ok(Self { reader: index.reader()?, parser: QueryParser::for_index(&index, vec![text]), text })
    }

    /// The ten best, with their texts fetched; returns how many there are, and how many bytes they have.
    pub(crate) fn fetch(&self, query: &str) -> tantivy::Result<(usize, usize)> {
        let query = self.parser.parse_query(query)?;
        let documents = self.documents(&query)?;
        let bytes = documents.iter().filter_map(|document| document.get_first(self.text)?.as_str()).map(str::len).sum();
        Ok((documents.len(), bytes))
    }

    /// The ten best with one snippet each, which is what its generator makes; returns how many snippets are lit.
    pub(crate) fn snippets(&self, query: &str) -> tantivy::Result<usize> {
        let query = self.parser.parse_query(query)?;
        let documents = self.documents(&query)?;
        let generator = SnippetGenerator::create(&self.reader.searcher(), &*query, self.text)?;
        let html = documents.iter().map(|document| generator.snippet_from_doc(document).to_html());
        Ok(html.filter(|html| html.contains("<b>")).count())
    }

    fn documents(&self, query: &dyn Query) -> tantivy::Result<Vec<TantivyDocument>> {
        let searcher = self.reader.searcher();
        let top: Vec<(Score, _)> = searcher.search(query, &TopDocs::with_limit(RESULTS).order_by_score())?;
        top.into_iter().map(|(_, address)| searcher.doc(address)).collect()
    }
}
