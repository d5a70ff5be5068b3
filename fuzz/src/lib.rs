//! What the targets try: the promises of the crates, on any input.

pub mod asking;
pub mod hearing;
pub mod reading;
