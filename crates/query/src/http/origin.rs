//! Addresses of sites: a scheme, a host, perhaps a port.

use std::{fmt, str::FromStr};

use axum::http::Uri;

/// The address of a site without a path, `https://www.example.fr`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(String);

/// What was given is no address of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an address with scheme and host is expected, without a path: https://www.example.fr")]
pub struct InvalidOrigin;

impl FromStr for Origin {
    type Err = InvalidOrigin;

    fn from_str(text: &str) -> Result<Self, InvalidOrigin> {
        let uri: Uri = text.parse().map_err(|_| InvalidOrigin)?;
        let (Some(scheme @ ("http" | "https")), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(InvalidOrigin);
        };
        // It is written into headers and pages, so it is no more than it must be.
        let plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]*".contains(c);
        if uri.path() != "/" || uri.query().is_some() || text.contains('#') || !authority.as_str().chars().all(plain) {
            return Err(InvalidOrigin);
        }
        Ok(Self(format!("{scheme}://{authority}")))
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Origin;

    #[test]
    fn a_site_has_no_path() {
        for (text, origin) in [
            ("https://www.example.fr", Some("https://www.example.fr")),
            ("https://www.example.fr/", Some("https://www.example.fr")),
            ("http://127.0.0.1:8080", Some("http://127.0.0.1:8080")),
            ("http://[::1]:8080", Some("http://[::1]:8080")),
            ("https://*.example.fr", Some("https://*.example.fr")),
            ("www.example.fr", None),
            ("https://", None),
            ("https://www.example.fr/recherche", None),
            ("https://www.example.fr?q=", None),
            ("https://www.example.fr#", None),
            ("https://moi@example.fr", None),
            ("https://example.fr; script-src *", None),
            ("javascript://example.fr", None),
            ("", None),
        ] {
            let read = text.parse::<Origin>().ok().map(|origin| origin.to_string());
            assert_eq!(read.as_deref(), origin, "{text}");
        }
    }
}
