//! The records of a segment of the index, in the documents that the engine stores.

use std::sync::Arc;

use tantivy::{DocId, SegmentReader, directory::OwnedBytes, schema::Field, store::StoreReader};

use crate::{dictionary::Dictionary, record::Record, varint};

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

/// How many fields of a document are stored, as the engine writes one.
const ONE: u8 = 0x81;
/// The kind of a field of bytes.
const BYTES: u8 = 4;
/// How many bytes stand before the length of the one field.
const HEAD: usize = 6;

/// The document that the engine would store of `record`. It writes such a field one byte at a time.
pub(crate) fn document(field: Field, record: &[u8]) -> Vec<u8> {
    let mut document = Vec::with_capacity(HEAD + size_of::<u64>() + record.len());
    document.push(ONE);
    document.extend_from_slice(&field.field_id().to_le_bytes());
    document.push(BYTES);
    varint::push(&mut document, record.len());
    // Here the eighth bit says that no more bytes follow.
    document[HEAD..].iter_mut().for_each(|byte| *byte ^= 0x80);
    document.extend_from_slice(record);
    document
}

/// The bytes of the one field that is stored. The engine reads such a field one byte at a time, which takes longer than
/// all the rest of showing it. A document is laid out as how many fields there are, in one byte here, and for each its
/// number in four bytes, its kind in one, and its length: seven bits a byte, the lowest first, the eighth ends it.
fn stored(document: OwnedBytes) -> Option<OwnedBytes> {
    let (head, rest) = document.split_at_checked(HEAD)?;
    let digits = rest.iter().take(size_of::<u64>()).position(|byte| byte & 0x80 != 0)? + 1;
    let length = rest[..digits].iter().rev().fold(0, |length, byte| length << 7 | usize::from(byte & 0x7F));
    (head[0] == ONE && rest.len() - digits == length).then(|| document.slice(HEAD + digits..document.len()))
}
