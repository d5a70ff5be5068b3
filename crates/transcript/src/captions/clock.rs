//! Times as captions write them: `00:01:02.500`, `01:02,5`, `0:01:02`, `00: 01: 02, 500`.

/// What may stand between begin and end; some editors and translators spoil the arrow.
const ARROWS: [&str; 8] = ["-->", "->", "-- >", "--&gt;", "–>", "—>", "=>", "→"];

/// A line that tells when a caption is shown, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Timing {
    pub(super) start_ms: u32,
    /// None where it cannot be read.
    pub(super) end_ms: Option<u32>,
}

/// Reads `00:00:01.000 --> 00:00:04.000 align:start`; settings are left aside.
pub(super) fn arrow_line(line: &str) -> Option<Timing> {
    let (start_ms, rest) = time(line, b".,:")?;
    let rest = rest.trim_start();
    let after = ARROWS.iter().find_map(|arrow| rest.strip_prefix(arrow))?;
    let end_ms = time(after, b".,:").map(|(end_ms, _)| end_ms);
    Some(Timing { start_ms, end_ms })
}

/// Reads `0:00:01.000,0:00:04.000`.
pub(super) fn comma_line(line: &str) -> Option<Timing> {
    let (start_ms, rest) = time(line, b".")?;
    let (end_ms, rest) = time(rest.trim_start().strip_prefix(',')?, b".")?;
    rest.trim().is_empty().then_some(Timing { start_ms, end_ms: Some(end_ms) })
}

/// Whether a line was meant to tell a time: a digit, a colon and an arrow, but not readable.
pub(super) fn looks_like_arrow_line(line: &str) -> bool {
    line.split_once("-->").is_some_and(|(start, _)| {
        start.len() < 30 && start.contains(':') && start.trim_start().starts_with(|c: char| c.is_ascii_digit())
    })
}

/// A whole time: `00:00:15.519`.
pub(super) fn whole(text: &str) -> Option<u32> {
    let (ms, rest) = time(text, b".,")?;
    rest.trim().is_empty().then_some(ms)
}

/// Reads minutes and seconds at least, and what follows them. `points` may begin the fraction.
fn time<'a>(text: &'a str, points: &[u8]) -> Option<(u32, &'a str)> {
    let bytes = text.as_bytes();
    let mut at = past_spaces(bytes, 0);
    let (mut seconds, mut fields) = (0_u64, 0);
    loop {
        let (number, end) = number(bytes, at)?;
        seconds = seconds.checked_mul(60)?.checked_add(number)?;
        fields += 1;
        at = end;
        let colon = past_spaces(bytes, at);
        let next = past_spaces(bytes, colon + 1);
        let goes_on = bytes.get(colon) == Some(&b':') && bytes.get(next).is_some_and(u8::is_ascii_digit);
        if fields == 3 || !goes_on {
            break;
        }
        at = next;
    }
    if fields < 2 {
        return None;
    }
    let mut milliseconds = 0;
    let point = past_spaces(bytes, at);
    let digit = past_spaces(bytes, point + 1);
    if bytes.get(point).is_some_and(|byte| points.contains(byte)) && bytes.get(digit).is_some_and(u8::is_ascii_digit) {
        let digits = bytes[digit..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        for place in 0..3 {
            let value = if place < digits { u64::from(bytes[digit + place] - b'0') } else { 0 };
            milliseconds = milliseconds * 10 + value;
        }
        at = digit + digits;
    }
    let all = seconds.checked_mul(1_000)?.checked_add(milliseconds)?;
    // Only ASCII was passed, so this is a character boundary.
    Some((u32::try_from(all).ok()?, &text[at..]))
}

fn number(bytes: &[u8], at: usize) -> Option<(u64, usize)> {
    let digits = bytes.get(at..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if !(1..=9).contains(&digits) {
        return None;
    }
    let value = bytes[at..at + digits].iter().fold(0, |value, byte| value * 10 + u64::from(byte - b'0'));
    Some((value, at + digits))
}

fn past_spaces(bytes: &[u8], at: usize) -> usize {
    let spaces = bytes.get(at..).unwrap_or_default().iter().take_while(|byte| matches!(byte, b' ' | b'\t'));
    at + spaces.count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_however_they_are_written() {
        for (line, start_ms, end_ms) in [
            ("00:00:01.000 --> 00:00:04.500", 1_000, Some(4_500)),
            ("00:00:01,000 --> 00:00:04,500 X1:40 X2:600", 1_000, Some(4_500)),
            ("  01:02.5-->01:03.25 align:start position:0%", 62_500, Some(63_250)),
            ("0:00:05.680 --> 0:00:09.360", 5_680, Some(9_360)),
            ("100:00:00.000 --> 100:00:01.000", 360_000_000, Some(360_001_000)),
            ("00:00:01 --> 00:00:04", 1_000, Some(4_000)),
            ("00: 00: 01, 500 -> 00: 00: 04, 000", 1_500, Some(4_000)),
            ("00:00:01:500 --> 00:00:04:000", 1_500, Some(4_000)),
            ("00:00:01.5004 --> 00:00:04.0", 1_500, Some(4_000)),
            ("00:00:01,000 –> 00:00:04,000", 1_000, Some(4_000)),
            ("00:00:01,000 --> ", 1_000, None),
            ("00:00:01,000 --> demain", 1_000, None),
        ] {
            assert_eq!(arrow_line(line), Some(Timing { start_ms, end_ms }), "{line}");
        }
        for line in ["1 --> 2", "a --> b", "99999999:00:00 --> 1:00", "1234567890:00 --> 1:00", "00:00:01", "", "::"] {
            assert_eq!(arrow_line(line), None, "{line}");
        }
        let timing = |start_ms, end_ms| Some(Timing { start_ms, end_ms: Some(end_ms) });
        assert_eq!(comma_line("0:00:01.000,0:00:04.500"), timing(1_000, 4_500));
        assert_eq!(comma_line("0:00:01,0:00:04"), timing(1_000, 4_000));
        assert_eq!(comma_line("0:00:01.000,0:00:04.500 x"), None);
        assert_eq!(comma_line("12:30, 13:30 et 14:30"), None);
        assert!(looks_like_arrow_line("00:0x:01 --> 00:00:02"));
        assert!(!looks_like_arrow_line("1 --> 2"));
    }
}
