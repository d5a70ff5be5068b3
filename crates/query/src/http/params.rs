//! Reads the parameters of a request; what is wrong with one is said by name.

use std::{fmt::Display, ops::RangeInclusive, str::FromStr};

use super::problem::Problem;
use crate::{answer::Request, facet::Facet, wire::brief::Brief};

/// The parameters of a URL, as they stand there.
pub(super) type Pairs = axum::extract::Query<Vec<(String, String)>>;

/// Results on a page, where nothing else is asked for.
pub(super) const LIMIT: usize = 10;

/// The furthest result that can be asked for: nobody pages so far, and each page costs as much as all before it.
pub(super) const MOST_RESULTS: usize = 10_000;

/// The value of a parameter; the last one where it is given twice.
pub(super) fn text<'p>(pairs: &'p Pairs, name: &str) -> Option<&'p str> {
    pairs.0.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// A number within `allowed`, or `default` where it is not given.
pub(super) fn number<T: FromStr + PartialOrd + Display>(
    pairs: &Pairs,
    name: &str,
    default: T,
    allowed: RangeInclusive<T>,
) -> Result<T, Problem> {
    let Some(value) = text(pairs, name) else {
        return Ok(default);
    };
    let digits = Some(value).filter(|value| value.bytes().all(|byte| byte.is_ascii_digit()));
    digits.and_then(|digits| digits.parse().ok()).filter(|number| allowed.contains(number)).ok_or_else(|| {
        let (least, most) = (allowed.start(), allowed.end());
        Problem::parameter(format!("`{name}` is `{value}`; a whole number from {least} to {most} is expected"))
    })
}

/// The search that `/api/search` is asked for.
pub(super) fn request(pairs: &Pairs) -> Result<Request, Problem> {
    Ok(Request {
        query: text(pairs, "q").unwrap_or_default().to_owned(),
        limit: number(pairs, "limit", LIMIT, 0..=100)?,
        offset: number(pairs, "offset", 0, 0..=MOST_RESULTS)?,
        area: filter(pairs, Facet::Area),
        speaker: filter(pairs, Facet::Speaker),
        snippets: number(pairs, "snippets", 3, 0..=10)?,
        grouped: true,
    })
}

/// Whether the answer is to be brief, and for which links.
pub(super) fn brief(pairs: &Pairs) -> Result<Option<Brief>, Problem> {
    match text(pairs, "brief") {
        None => Ok(None),
        Some("page") => Ok(Some(Brief::Page)),
        Some("player") => Ok(Some(Brief::Player)),
        Some(other) => Err(Problem::parameter(format!("`brief` is `{other}`; `page` or `player` is expected"))),
    }
}

/// What answers are to be restricted to; an empty value is none.
pub(super) fn filter(pairs: &Pairs, facet: Facet) -> Option<String> {
    text(pairs, &facet.to_string()).filter(|value| !value.trim().is_empty()).map(str::to_owned)
}
