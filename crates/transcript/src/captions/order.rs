//! Captions in the order of their times, each once.

use super::Caption;
use super::oddities::Oddities;

/// Sorts captions by when they begin, and takes out those that are repeated as they are.
pub(super) fn sorted<'a>(mut captions: Vec<Caption<'a>>, oddities: &mut Oddities) -> Vec<Caption<'a>> {
    let early = captions.windows(2).find(|pair| pair[1].time.start_ms < pair[0].time.start_ms);
    if let Some([_, early]) = early {
        oddities.add(early.line, || "captions not in the order of their times; read in it".to_owned());
        captions.sort_by_key(|caption| caption.time.start_ms);
    }
    // Live streams are cut into files that share a caption at each seam.
    captions.dedup_by(|later, earlier| {
        let same = later.time == earlier.time && later.text == earlier.text && later.speaker == earlier.speaker;
        if same {
            oddities.add(later.line, || "a caption that stands there twice; read once".to_owned());
        }
        same
    });
    captions
}
