//! The records of a segment of the index, as the engine stores them.

use std::sync::Arc;

use tantivy::{DocId, SegmentReader, directory::OwnedBytes, store::StoreReader};

use crate::{dictionary::Dictionary, record::Record};

/// How many blocks of the store are kept at hand; one holds a talk or two.
const BLOCKS: usize = 64;

/// Reads the records of one segment.
pub struct Records {
    store: StoreReader,
    dictionary: Arc<Dictionary>,
}

impl Records {
    /// The records of `segment`, which were packed with `dictionary`.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn open(segment: &SegmentReader, dictionary: &Arc<Dictionary>) -> tantivy::Result<Self> {
        Ok(Self { store: segment.get_store_reader(BLOCKS)?, dictionary: Arc::clone(dictionary) })
    }

    /// The record of a document; `None` where it is damaged.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn get(&self, doc: DocId) -> tantivy::Result<Option<Record>> {
        let document = self.store.get_document_bytes(doc)?;
        Ok(stored(document).and_then(|bytes| Record::decode(bytes, &self.dictionary)))
    }
}

/// The bytes of the one field that is stored. The engine reads such a field one byte at a time, which takes longer than
/// all the rest of showing it. A document is laid out as how many fields there are, in one byte here, and for each its
/// number in four bytes, its kind in one, and its length: seven bits a byte, the lowest first, the eighth ends it.
fn stored(document: OwnedBytes) -> Option<OwnedBytes> {
    const HEAD: usize = 6;
    let (head, rest) = document.split_at_checked(HEAD)?;
    let digits = rest.iter().take(size_of::<u64>()).position(|byte| byte & 0x80 != 0)? + 1;
    let length = rest[..digits].iter().rev().fold(0, |length, byte| length << 7 | usize::from(byte & 0x7F));
    (head[0] == 0x81 && rest.len() - digits == length).then(|| document.slice(HEAD + digits..document.len()))
}
