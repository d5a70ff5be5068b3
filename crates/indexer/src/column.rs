//! Reads what the engine keeps in columns.

use std::io;

use tantivy::{DocId, columnar::StrColumn};

/// The text that a document has in a column; `None` where it has none, or there is no such column.
pub(crate) fn value(column: Option<&StrColumn>, doc: DocId) -> io::Result<Option<String>> {
    let Some((column, ord)) = column.and_then(|column| Some((column, column.term_ords(doc).next()?))) else {
        return Ok(None);
    };
    let mut text = String::new();
    column.ord_to_str(ord, &mut text)?;
    Ok(Some(text))
}
