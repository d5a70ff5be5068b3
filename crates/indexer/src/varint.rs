//! Numbers in as few bytes as they need: seven bits a byte, the lowest first, the eighth says that more follow (LEB128).

use verbatim_transcript::Time;

/// Appends a number.
pub(crate) fn push(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    out.push(number.to_le_bytes()[0]);
}

/// Appends numbers.
pub(crate) fn push_all(out: &mut Vec<u8>, numbers: &[usize]) {
    numbers.iter().for_each(|&number| push(out, number));
}

/// Appends a time: how far its start lies from `start`, which becomes its own, and how long it lasts.
pub(crate) fn push_time(out: &mut Vec<u8>, time: Time, start: &mut u32) {
    // Wraps around where time goes back.
    push(out, time.start_ms.wrapping_sub(*start) as usize);
    push(out, time.end_ms.wrapping_sub(time.start_ms) as usize);
    *start = time.start_ms;
}

/// Reads numbers back.
#[derive(Debug, Clone)]
pub(crate) struct Numbers<'a>(&'a [u8]);

impl<'a> Numbers<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// What has not been read.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.0
    }

    /// The next number; `None` where there is none, or none that fits.
    pub(crate) fn next(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..usize::BITS).step_by(7) {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= usize::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// As many bytes as the next number says.
    pub(crate) fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.next()?;
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    /// The next time, which was written after one that began at `start`.
    pub(crate) fn time(&mut self, start: &mut u32) -> Option<Time> {
        let start_ms = start.wrapping_add(u32::try_from(self.next()?).ok()?);
        let end_ms = start_ms.wrapping_add(u32::try_from(self.next()?).ok()?);
        *start = start_ms;
        Some(Time { start_ms, end_ms })
    }
}

#[cfg(test)]
mod tests {
    use verbatim_transcript::Time;

    use super::{Numbers, push, push_time};

    #[test]
    fn numbers_and_times_come_back() {
        let numbers = [0, 1, 127, 128, 300, u32::MAX as usize, usize::MAX];
        let times = [(0, 1), (5, 5), (3, 4_000_000_000), (u32::MAX, u32::MAX), (7, 9)];
        let times = times.map(|(start_ms, end_ms)| Time { start_ms, end_ms });
        let mut bytes = Vec::new();
        numbers.iter().for_each(|&number| push(&mut bytes, number));
        let mut start = 0;
        times.iter().for_each(|&time| push_time(&mut bytes, time, &mut start));
        let mut read = Numbers::new(&bytes);
        assert!(numbers.iter().all(|&number| read.next() == Some(number)));
        let mut start = 0;
        assert!(times.iter().all(|&time| read.time(&mut start) == Some(time)));
        assert_eq!(read.next(), None);
        assert_eq!(Numbers::new(&[0x80]).next(), None);
        assert_eq!(Numbers::new(&[0xFF; 12]).next(), None);
    }
}
