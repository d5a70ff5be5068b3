//! What the transcripts of an index have in common, so that small pieces of text are stored in little room.
//!
//! A piece of a thousand bytes alone is packed to two thirds of its size; with a dictionary of the phrases that recur,
//! to less than half. It is learnt from a sample of the transcripts when a generation is begun, and never changes after:
//! all that is stored in the generation is packed with it.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use xxhash_rust::xxh3::xxh3_64;

use zstd::{
    dict::{DecoderDictionary, EncoderDictionary, from_samples},
    zstd_safe::{CCtx, DCtx},
};

use crate::directory::replace;

/// The file in the folder of a generation: a checksum of eight bytes, then the dictionary.
const FILE: &str = "dictionary";
/// Higher levels save a twentieth of the room and take five times as long.
const LEVEL: i32 = 3;
/// The most bytes of a dictionary; larger ones hardly save more.
const LARGEST: usize = 110 << 10;
/// A sample is this many times as long as its dictionary; a shorter sample makes a smaller one.
const SAMPLE: usize = 16;
/// A smaller dictionary is not worth its name.
const SMALLEST: usize = 1 << 10;

/// The most bytes of a sample that are of use.
pub(crate) const LARGEST_SAMPLE: usize = LARGEST * SAMPLE;

/// Packs and unpacks pieces of text.
pub struct Dictionary {
    bytes: Vec<u8>,
    unpacking: DecoderDictionary<'static>,
    /// Only those who write need it.
    packing: OnceLock<EncoderDictionary<'static>>,
}

thread_local! {
    static UNPACKER: std::cell::RefCell<DCtx<'static>> = std::cell::RefCell::new(DCtx::create());
    static PACKER: std::cell::RefCell<CCtx<'static>> = std::cell::RefCell::new(CCtx::create());
}

impl Dictionary {
    fn new(mut bytes: Vec<u8>) -> Self {
        // A generation has one dictionary, so no piece needs to say by its number which one it was packed with.
        if let Some(number) = bytes.get_mut(4..8) {
            number.fill(0);
        }
        Self { unpacking: DecoderDictionary::copy(&bytes), packing: OnceLock::new(), bytes }
    }

    /// Learns from pieces like those that will be packed. From few of them there is nothing to learn, and the
    /// dictionary is empty.
    pub(crate) fn learn(pieces: &[Vec<u8>]) -> Self {
        let size = (pieces.iter().map(Vec::len).sum::<usize>() / SAMPLE).min(LARGEST);
        Self::new(if size < SMALLEST { Vec::new() } else { from_samples(pieces, size).unwrap_or_default() })
    }

    /// The dictionary of a generation.
    ///
    /// # Errors
    /// It is missing, cannot be read, or is not as it was written: it would unpack texts that nobody has packed.
    pub(crate) fn open(generation: &Path) -> io::Result<Self> {
        let content = fs::read(Self::path(generation))?;
        match content.split_first_chunk() {
            Some((checksum, bytes)) if *checksum == xxh3_64(bytes).to_le_bytes() => Ok(Self::new(bytes.to_vec())),
            _ => {
                Err(io::Error::new(io::ErrorKind::InvalidData, "it is not as it was written: its checksum is another"))
            }
        }
    }

    /// The file that holds it.
    pub(crate) fn path(generation: &Path) -> PathBuf {
        generation.join(FILE)
    }

    /// Writes it into the folder of a generation, to last.
    ///
    /// # Errors
    /// The file cannot be written.
    pub(crate) fn save(&self, generation: &Path) -> io::Result<()> {
        replace(&Self::path(generation), &[&xxh3_64(&self.bytes).to_le_bytes(), &*self.bytes].concat())
    }

    /// Appends `piece`, packed, to `out`; returns how many bytes it takes.
    pub(crate) fn pack(&self, piece: &[u8], out: &mut Vec<u8>) -> usize {
        let packing = self.packing.get_or_init(|| EncoderDictionary::copy(&self.bytes, LEVEL));
        let mut packed = Vec::with_capacity(zstd::zstd_safe::compress_bound(piece.len()));
        PACKER
            .with_borrow_mut(|packer| packer.compress_using_cdict(&mut packed, piece, packing.as_cdict()))
            .expect("there is room for the worst case");
        out.extend_from_slice(&packed);
        packed.len()
    }

    /// The piece that was packed, which has `length` bytes; `None` where the bytes are something else.
    pub(crate) fn unpack(&self, packed: &[u8], length: usize) -> Option<Vec<u8>> {
        let mut piece = Vec::new();
        piece.try_reserve_exact(length).ok()?;
        let unpacked = UNPACKER
            .with_borrow_mut(|unpacker| unpacker.decompress_using_ddict(&mut piece, packed, self.unpacking.as_ddict()));
        (unpacked == Ok(length)).then_some(piece)
    }
}
