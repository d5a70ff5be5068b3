//! How French is heard: text in, tokens with exact byte spans out.
//!
//! The [`Analyzer`] is used alike for what is indexed, for what is asked and for what is lit. It is pure: it knows no
//! index and no engine, and there is no text it can fail on.
//!
//! ```
//! use verbatim_french::Analyzer;
//!
//! let text = "Connectez-vous à l’ENT.";
//! let tokens = Analyzer::new().tokens(text);
//! let ent = tokens.last().expect("four tokens");
//! assert_eq!((&text[ent.span.clone()], ent.stem.as_str()), ("ENT", "ENT"));
//! ```

mod acronym;
mod analyzer;
mod cache;
mod capitals;
mod compound;
mod definition;
mod elision;
mod fold;
mod inclusive;
mod list;
mod normalize;
mod number;
mod phonetic;
mod pieces;
mod places;
mod scan;
mod speech;
mod stem;
mod stop;
mod token;
mod unit;

pub use analyzer::{Analyzer, fingerprint, is_acronym};
pub use definition::{Definition, Pattern, definitions};
pub use fold::fold;
pub use phonetic::{phonetic, phonetic_with_final_r};
pub use stop::is_stop_word;
pub use token::{Kind, OwnedToken, Rule, Rules, Token};
