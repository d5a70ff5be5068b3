//! BM25: what a word is worth by how rare it is, how often it is said, and how long the text is.
//!
//! Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009).

/// How much the length of a text counts: what nearly everybody takes.
const B: f32 = 0.75;

/// How soon a word said again adds nothing, where nothing is known of the texts: what nearly everybody takes.
const USUAL_K1: f32 = 1.2;

/// The average length of transcripts, in words, for which k1 is 1. In a paragraph a word said twice says little more than
/// one said once; in a talk of an hour one said twice is a passing remark, and it takes many to make a subject. In a model
/// of this scoring, judged questions over the same paragraphs, joined to documents of 110, 340, 1100, 2200 and 4300 words,
/// were answered best with k1 near 0.5, 1.2, 2, 2 and 3: as the square root of the length. Any constant from 150 to 500
/// does nearly as well.
const LENGTH_OF_UNIT_K1: f32 = 250.0;

/// BM25 for the texts of one field.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bm25 {
    k1: f32,
    average_length: f32,
}

impl Bm25 {
    /// For transcripts that have `average_length` words on average.
    pub(crate) fn for_transcripts(average_length: f32) -> Self {
        let average_length = average_length.max(1.0);
        Self { k1: (average_length / LENGTH_OF_UNIT_K1).sqrt(), average_length }
    }

    /// For titles that have `average_length` words on average.
    pub(crate) fn for_titles(average_length: f32) -> Self {
        Self { k1: USUAL_K1, average_length: average_length.max(1.0) }
    }

    /// What the length of a text makes of [`Bm25::saturated`]: the longer it is, the less a word in it says.
    pub(crate) fn norm(self, length: u32) -> f32 {
        self.k1 * (1.0 - B + B * length as f32 / self.average_length)
    }

    /// How much a word counts that stands `times` in a text of this `norm`: each time adds less. Once in a text of average
    /// length is 1.
    pub(crate) fn saturated(self, times: f32, norm: f32) -> f32 {
        (1.0 + self.k1) * times / (times + norm)
    }
}

/// How much a word says that `found` of `total` transcripts have. Never nothing.
pub(crate) fn idf(found: u64, total: u64) -> f32 {
    let (found, total) = (found as f32, total as f32);
    ((total - found + 0.5) / (found + 0.5)).ln_1p()
}

#[cfg(test)]
mod tests {
    use super::{Bm25, idf};

    #[test]
    fn repetition_counts_for_more_where_transcripts_are_long() {
        let six_times = |bm25: Bm25, length| bm25.saturated(6.0, bm25.norm(length));
        let mut before = 0.0;
        for length in [20, 100, 1000, 20_000] {
            let bm25 = Bm25::for_transcripts(length as f32);
            assert!(six_times(bm25, length) > before, "{length}");
            before = six_times(bm25, length);
            // Once in a transcript of average length is worth the same, whatever k1.
            assert!((bm25.saturated(1.0, bm25.norm(length)) - 1.0).abs() < 1e-6, "{length}");
        }
    }

    #[test]
    fn rare_words_say_more_and_all_say_something() {
        let many = 100_000_000;
        assert!([1, 5, 400, many].map(|found| idf(found, many)).is_sorted_by(|rare, frequent| rare > frequent));
        assert!(idf(many, many) > 0.0);
    }
}
