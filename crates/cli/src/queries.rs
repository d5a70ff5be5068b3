//! Files of queries, one a line: the text, or its qid and the text with a tab between, or a JSON object of both.

use std::io::{self, BufRead, BufReader, Read};

use serde::Deserialize;

/// The most bytes of a line. A line that never ends must not fill the memory.
const LONGEST: usize = 64 * 1024;

/// A query as it stands in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Query {
    /// Its name, where it has one.
    pub(crate) qid: Option<String>,
    /// What is asked; not empty.
    pub(crate) text: String,
    /// The most results, where it asks for a number of its own.
    pub(crate) limit: Option<usize>,
    /// The only area to look in.
    pub(crate) area: Option<String>,
    /// The only speaker to listen to.
    pub(crate) speaker: Option<String>,
}

/// The JSON form. Other keys are passed over: data teams keep their own.
#[derive(Deserialize)]
struct QueryJson {
    qid: Option<Qid>,
    query: String,
    limit: Option<usize>,
    area: Option<String>,
    speaker: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Qid {
    Text(String),
    Number(serde_json::Number),
}

impl Query {
    /// Reads a line.
    ///
    /// # Errors
    /// Why it is no query.
    pub(crate) fn read(line: &[u8]) -> Result<Self, String> {
        if line.len() > LONGEST {
            return Err(format!("longer than {LONGEST} bytes"));
        }
        let line = str::from_utf8(line)
            .map_err(|error| format!("not UTF-8 from byte {} on; convert the file", error.valid_up_to() + 1))?;
        let query = if line.trim_start().starts_with('{') {
            Self::from_json(line)?
        } else {
            let (qid, text) = match line.split_once('\t') {
                Some((qid, text)) => (Some(qid.trim().to_owned()), text),
                None => (None, line),
            };
            Self { qid, text: text.trim().to_owned(), limit: None, area: None, speaker: None }
        };
        if query.qid.as_ref().is_some_and(String::is_empty) {
            return Err("an empty qid".to_owned());
        }
        if query.text.is_empty() {
            return Err("an empty query".to_owned());
        }
        Ok(query)
    }

    fn from_json(line: &str) -> Result<Self, String> {
        let QueryJson { qid, query, limit, area, speaker } = serde_json::from_str(line).map_err(|error| {
            let error = error.to_string().replace(" at line 1 column ", ", column ");
            format!("{error}; a JSON line is {{\"qid\": …, \"query\": …}}")
        })?;
        let qid = qid.map(|qid| match qid {
            Qid::Text(text) => text.trim().to_owned(),
            Qid::Number(number) => number.to_string(),
        });
        Ok(Self { qid, text: query.trim().to_owned(), limit, area, speaker })
    }
}

/// The lines of a file or a pipe with their numbers from 1 on, as they come. Of a line that is too long to be a query
/// only as much is kept as shows it.
pub(crate) struct Lines<R> {
    input: BufReader<R>,
    number: u64,
}

impl<R: Read> Lines<R> {
    pub(crate) fn new(input: R) -> Self {
        Self { input: BufReader::new(input), number: 0 }
    }

    /// Whether the next line is there without waiting for it.
    pub(crate) fn is_ready(&self) -> bool {
        self.input.buffer().contains(&b'\n')
    }

    fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let most = LONGEST as u64 + 2; // and the end of the line
        if self.input.by_ref().take(most).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if line.last() == Some(&b'\n') {
            line.pop();
        } else if line.len() > LONGEST {
            self.input.skip_until(b'\n')?;
        }
        if self.number == 0 && line.starts_with(b"\xEF\xBB\xBF") {
            line.drain(..3);
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Ok(Some(line))
    }
}

impl<R: Read> Iterator for Lines<R> {
    type Item = io::Result<(u64, Vec<u8>)>;

    fn next(&mut self) -> Option<Self::Item> {
        let line = self.line().transpose()?;
        self.number += 1;
        Some(line.map(|line| (self.number, line)))
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, Lines, Query};

    fn query(qid: Option<&str>, text: &str) -> Query {
        Query { qid: qid.map(str::to_owned), text: text.to_owned(), limit: None, area: None, speaker: None }
    }

    #[test]
    fn a_line_is_a_query() {
        let rows = [
            ("le GAR", query(None, "le GAR")),
            ("  le GAR ", query(None, "le GAR")),
            ("q1\tle GAR", query(Some("q1"), "le GAR")),
            ("q1\tle GAR\tet l’ENT", query(Some("q1"), "le GAR\tet l’ENT")),
            (r#"{"qid": "q1", "query": "le GAR"}"#, query(Some("q1"), "le GAR")),
            (r#" {"qid": 7, "query": "le GAR", "note": ["vu"]}"#, query(Some("7"), "le GAR")),
            (r#"{"query": "\"classe inversée\""}"#, query(None, "\"classe inversée\"")),
            (
                r#"{"query": "GAR", "limit": 3, "area": "Domaine 1"}"#,
                Query { limit: Some(3), area: Some("Domaine 1".to_owned()), ..query(None, "GAR") },
            ),
        ];
        for (line, expected) in rows {
            assert_eq!(Query::read(line.as_bytes()), Ok(expected), "{line}");
        }
    }

    #[test]
    fn what_is_no_query_says_why() {
        let long = "a".repeat(LONGEST + 1);
        let rows: [(&[u8], &str); 11] = [
            (b"", "empty query"),
            (b" \t ", "empty qid"),
            (b"q1\t ", "empty query"),
            (b"\tGAR", "empty qid"),
            (b"l'\xE9cole", "not UTF-8 from byte 3"),
            (br#"{"qid": "q1", "query": " "}"#, "empty query"),
            (br#"{"qid": "q1"}"#, "missing field `query`"),
            (br#"{"query": 7}"#, "expected a string, column 11"),
            (br#"{"query": "GAR", "limit": -1}"#, "column 28"),
            (br#"{"query": "GAR""#, "EOF"),
            (long.as_bytes(), "longer than 65536 bytes"),
        ];
        for (line, part) in rows {
            let why = Query::read(line).expect_err(&String::from_utf8_lossy(line));
            assert!(why.contains(part), "{why}");
        }
    }

    #[test]
    fn lines_are_numbered_and_cut_where_they_do_not_end() {
        let input = format!("\u{FEFF}un\r\n\n{}\n\u{FEFF}trois\n{}", "é".repeat(100_000), "q".repeat(LONGEST));
        let found: Vec<_> = Lines::new(input.as_bytes()).map(|line| line.expect("no disk is read")).collect();
        let texts: Vec<&[u8]> = found.iter().map(|(_, line)| line.as_slice()).collect();
        assert_eq!(found.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
        assert_eq!((texts[0], texts[1], texts[3]), (&b"un"[..], &b""[..], "\u{FEFF}trois".as_bytes()));
        assert!(texts[2].len() > LONGEST && texts[2].len() < LONGEST + 3);
        assert_eq!(texts[4].len(), LONGEST);
    }
}
