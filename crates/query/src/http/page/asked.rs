//! What a page of results is asked for, and the addresses of its neighbours.

use super::{
    super::{
        params::{self, LIMIT, MOST_RESULTS, Pairs},
        problem::Problem,
    },
    visit::Visit,
};
use crate::{answer::Request, facet::Facet, links};

/// A page of results.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Asked {
    pub(super) query: String,
    pub(super) area: Option<String>,
    pub(super) speaker: Option<String>,
    /// Counted from 1; 0 is 1, too.
    pub(super) page: usize,
}

impl Asked {
    pub(super) fn new(pairs: &Pairs) -> Result<Self, Problem> {
        Ok(Self {
            query: params::text(pairs, "q").unwrap_or_default().trim().to_owned(),
            area: params::filter(pairs, Facet::Area),
            speaker: params::filter(pairs, Facet::Speaker),
            page: params::number(pairs, "page", 1, 1..=MOST_RESULTS / LIMIT)?,
        })
    }

    pub(super) fn request(&self, snippets: usize) -> Request {
        Request {
            query: self.query.clone(),
            area: self.area.clone(),
            speaker: self.speaker.clone(),
            limit: LIMIT,
            offset: self.page.saturating_sub(1) * LIMIT,
            snippets,
            grouped: true,
        }
    }

    /// Whether nothing is asked but what there is.
    pub(super) fn is_plain(&self) -> bool {
        self.query.is_empty() && self.area.is_none() && self.speaker.is_none()
    }

    /// How many pages there are of so many results; those beyond the furthest cannot be asked for.
    pub(super) fn pages(total: usize) -> usize {
        total.min(MOST_RESULTS).div_ceil(LIMIT).max(1)
    }

    pub(super) fn on_page(&self, page: usize) -> Self {
        Self { page, ..self.clone() }
    }

    /// The same restricted to another value of a facet, or by it no longer.
    pub(super) fn within(&self, facet: Facet, value: Option<&str>) -> Self {
        let mut asked = Self { page: 1, ..self.clone() };
        let filter = match facet {
            Facet::Area => &mut asked.area,
            Facet::Speaker => &mut asked.speaker,
        };
        *filter = value.map(str::to_owned);
        asked
    }

    pub(super) fn wanted(&self, facet: Facet) -> Option<&str> {
        match facet {
            Facet::Area => self.area.as_deref(),
            Facet::Speaker => self.speaker.as_deref(),
        }
    }

    pub(super) fn with_query(&self, query: &str) -> Self {
        Self { query: query.to_owned(), page: 1, ..self.clone() }
    }

    /// Its address below `root`, `/` or `/embed`.
    pub(super) fn address(&self, root: &str, visit: Visit) -> String {
        let page = (self.page > 1).then(|| self.page.to_string());
        let query = (!self.query.is_empty()).then_some(self.query.as_str());
        let (area, speaker) = (self.area.as_deref(), self.speaker.as_deref());
        let parameters = [("q", query), ("area", area), ("speaker", speaker), ("page", page.as_deref())];
        let mut address = root.to_owned();
        for (name, value) in parameters {
            let Some(value) = value else { continue };
            address.push(if address.contains('?') { '&' } else { '?' });
            address.push_str(&format!("{name}={}", links::value(value)));
        }
        visit.to(&address)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::words::Language, Asked, Visit};
    use crate::facet::Facet;

    #[test]
    fn an_address_holds_what_was_asked() {
        let asked = Asked { query: "a&b".to_owned(), area: Some("Domaine 1".to_owned()), page: 2, ..Asked::default() };
        let visit = Visit { language: Language::French, theme: None };
        assert_eq!(asked.address("/", visit), "/?q=a%26b&area=Domaine%201&page=2");
        let visit = Visit { language: Language::English, theme: Some("dsfr") };
        assert_eq!(asked.within(Facet::Area, None).address("/embed", visit), "/embed?q=a%26b&lang=en&theme=dsfr");
        assert_eq!(asked.within(Facet::Area, None).with_query("").address("/", visit), "/?lang=en&theme=dsfr");
        let asked = asked.within(Facet::Speaker, Some("Léa"));
        assert_eq!(asked.address("/", visit), "/?q=a%26b&area=Domaine%201&speaker=L%C3%A9a&lang=en&theme=dsfr");
    }
}
