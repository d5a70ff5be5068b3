//! From bytes to text where the encoding must be guessed: caption files come from everywhere.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::error::{Error, Note};

/// How much of a file is looked at to tell UTF-16 without a byte order mark.
const SAMPLE: usize = 1_024;

/// The text of a file, each line ended by `\n`; anything but UTF-8 is said in a note.
pub(crate) fn decode<'a>(bytes: &'a [u8], notes: &mut Vec<Note>) -> Result<Cow<'a, str>, Error> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) if encoding != UTF_8 => as_utf16(encoding, &bytes[mark..], notes),
        mark => {
            let bytes = &bytes[mark.map_or(0, |(_, length)| length)..];
            match (utf16_without_mark(bytes), str::from_utf8(bytes)) {
                (Some(encoding), _) => as_utf16(encoding, bytes, notes),
                (None, Ok(text)) => Cow::Borrowed(text),
                (None, Err(error)) => neither(bytes, error.valid_up_to(), notes)?,
            }
        }
    };
    Ok(unify_line_ends(repair_twice_encoded(text, notes)))
}

/// The text of a file that must be UTF-8, without a byte order mark, each line ended by `\n`.
pub(crate) fn utf_8(bytes: &[u8]) -> Result<Cow<'_, str>, Error> {
    match str::from_utf8(bytes) {
        Ok(text) => Ok(unify_line_ends(text.strip_prefix('\u{FEFF}').unwrap_or(text).into())),
        Err(error) => {
            let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            let line = 1 + unify_line_ends(good).matches('\n').count();
            Err(Error { line, reason: "not valid UTF-8; save the file as UTF-8".to_owned() })
        }
    }
}

/// The text with each line ended by `\n`.
pub(crate) fn unify_line_ends(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains('\r') {
        return text;
    }
    let unified = text.replace("\r\n", "\n");
    Cow::Owned(if unified.contains('\r') { unified.replace('\r', "\n") } else { unified })
}

fn as_utf16(encoding: &'static Encoding, bytes: &[u8], notes: &mut Vec<Note>) -> Cow<'static, str> {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let loss = if broken { ", with characters that are broken and read as `�`" } else { "" };
    let message = format!("encoded as {}{loss}; read so; save the file as UTF-8", encoding.name());
    notes.push(Note { line: 1, message });
    Cow::Owned(text.into_owned())
}

/// In UTF-16, every second byte of a Western text is zero.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = bytes[..bytes.len().min(SAMPLE)].chunks_exact(2);
    let all = pairs.len();
    let [mut first, mut second] = [0, 0];
    for pair in pairs {
        first += usize::from(pair[0] == 0);
        second += usize::from(pair[1] == 0);
    }
    if all >= 4 && second * 2 > all && first * 10 < all {
        Some(UTF_16LE)
    } else if all >= 4 && first * 2 > all && second * 10 < all {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Bytes that are not UTF-8: UTF-8 with a few slips, or Windows-1252.
fn neither<'a>(bytes: &'a [u8], valid_up_to: usize, notes: &mut Vec<Note>) -> Result<Cow<'a, str>, Error> {
    let before = unify_line_ends(String::from_utf8_lossy(&bytes[..valid_up_to]));
    let line = 1 + before.bytes().filter(|&byte| byte == b'\n').count();
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good > 4 * bad {
        let message = format!("not valid UTF-8 in {bad} places, read as `�`; correct them");
        notes.push(Note { line, message });
        return Ok(String::from_utf8_lossy(bytes));
    }
    if bytes.iter().any(|byte| is_foreign(*byte)) {
        let reason = "neither UTF-8 nor UTF-16 nor Windows-1252; save the file as UTF-8".to_owned();
        return Err(Error { line, reason });
    }
    let message = "not UTF-8; read as Windows-1252; save the file as UTF-8".to_owned();
    notes.push(Note { line, message });
    Ok(WINDOWS_1252.decode_without_bom_handling(bytes).0)
}

/// Control characters, and bytes that mean nothing in Windows-1252.
fn is_foreign(byte: u8) -> bool {
    let control = byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1A);
    control || matches!(byte, 0x7F | 0x81 | 0x8D | 0x8F | 0x90 | 0x9D)
}

/// `Ã©` for `é` is UTF-8 that was taken for Windows-1252 and encoded once more.
fn repair_twice_encoded<'a>(text: Cow<'a, str>, notes: &mut Vec<Note>) -> Cow<'a, str> {
    let Some(at) = text.find("Ã©").filter(|_| !text.contains('é')) else {
        return text;
    };
    let (bytes, _, unmappable) = WINDOWS_1252.encode(&text);
    match String::from_utf8(bytes.into_owned()) {
        Ok(repaired) if !unmappable => {
            let before = unify_line_ends(Cow::Borrowed(&text[..at]));
            let line = 1 + before.bytes().filter(|&byte| byte == b'\n').count();
            let message = "encoded as UTF-8 twice (`Ã©` for `é`); read as it was meant; save the file anew".to_owned();
            notes.push(Note { line, message });
            Cow::Owned(repaired)
        }
        _ => text,
    }
}
