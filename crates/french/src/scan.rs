//! Finds bytes that are rare.

/// How many bytes are looked at together.
const CHUNK: usize = 16;

/// Where the first byte is that is so.
pub(crate) fn position(bytes: &[u8], is_so: impl Fn(u8) -> bool) -> Option<usize> {
    // A chunk is seen at one glance, and most have none.
    let (chunks, _) = bytes.as_chunks::<CHUNK>();
    let has_none = |chunk: &&[u8; CHUNK]| !chunk.iter().fold(false, |any, byte| any | is_so(*byte));
    let passed = CHUNK * chunks.iter().take_while(has_none).count();
    bytes[passed..].iter().position(|byte| is_so(*byte)).map(|at| passed + at)
}
