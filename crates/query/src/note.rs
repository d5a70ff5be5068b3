//! What the person who asked might want to know about how the query was read.

use std::fmt;

use crate::facet::Facet;

/// Something to know about how a query was read. Shown in English by [`fmt::Display`], in French on pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The query is longer than so many characters, and was cut.
    TooLong(usize),
    /// The query has more words than so many, and was cut.
    TooManyWords(usize),
    /// The query has more beginnings of words than so many, and was cut.
    TooManyPrefixes(usize),
    /// A quotation mark is not closed: the phrase runs to the end.
    OpenQuotation,
    /// No transcript has this area, or this speaker.
    Unknown(Facet, String),
    /// No transcript has the phrase word for word: other forms of its words were accepted.
    OtherForms,
    /// The time for a search was up: there may be more answers, and better ones.
    OutOfTime,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong(most) => write!(f, "only the first {most} characters of the query were read"),
            Self::TooManyWords(most) => write!(f, "only the first {most} words of the query were read"),
            Self::TooManyPrefixes(most) => write!(f, "only the first {most} beginnings of words (mot*) were searched"),
            Self::OpenQuotation => {
                f.write_str("a quotation mark is not closed; the phrase was taken to run to the end")
            }
            Self::Unknown(Facet::Area, area) => write!(f, "no transcript belongs to the area \"{area}\""),
            Self::Unknown(Facet::Speaker, name) => write!(f, "nobody called \"{name}\" speaks in a transcript"),
            Self::OtherForms => {
                f.write_str("no transcript has this phrase word for word; other forms of its words were accepted")
            }
            Self::OutOfTime => f.write_str("the search took too long and was stopped; there may be more answers"),
        }
    }
}

impl Note {
    /// The note as a visitor of a page reads it.
    pub(crate) fn french(&self) -> String {
        match self {
            Self::TooLong(most) => format!("Seuls les {most} premiers caractères de la recherche ont été lus."),
            Self::TooManyWords(most) => format!("Seuls les {most} premiers mots de la recherche ont été lus."),
            Self::TooManyPrefixes(most) => {
                format!("Seuls les {most} premiers débuts de mots (mot*) ont été cherchés.")
            }
            Self::OpenQuotation => "Il manque un guillemet fermant : l’expression a été lue jusqu’à la fin.".to_owned(),
            Self::Unknown(Facet::Area, area) => format!("Aucune vidéo n’appartient au domaine «\u{a0}{area}\u{a0}»."),
            Self::Unknown(Facet::Speaker, name) => {
                format!("Personne du nom de «\u{a0}{name}\u{a0}» ne parle dans les vidéos.")
            }
            Self::OtherForms => {
                "Aucune vidéo ne contient exactement cette expression ; d’autres formes de ses mots ont été acceptées."
                    .to_owned()
            }
            Self::OutOfTime => {
                "La recherche était trop longue et a été arrêtée\u{a0}: il y a peut-être d’autres réponses.".to_owned()
            }
        }
    }
}
