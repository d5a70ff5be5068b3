//! What is known of a stored transcript besides what was said.

use serde::{Deserialize, Serialize};
use verbatim_transcript::{Metadata, Transcript};

#[derive(Serialize, Deserialize)]
pub(super) struct Head {
    id: String,
    title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    area: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    video_embed_src: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    video_download_href: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    caption_file_path: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pdf_file_path: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    priority: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    credits: Option<String>,
    #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    other: std::collections::BTreeMap<String, serde_json::Value>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    speakers: Vec<String>,
}

impl Head {
    pub(super) fn new(transcript: &Transcript, speakers: Vec<String>) -> Self {
        let metadata = transcript.metadata.clone();
        Self {
            id: transcript.id.clone(),
            title: metadata.title,
            description: metadata.description,
            area: metadata.area,
            video_embed_src: metadata.video_embed_src,
            video_download_href: metadata.video_download_href,
            caption_file_path: metadata.caption_file_path,
            pdf_file_path: metadata.pdf_file_path,
            file_type: metadata.file_type,
            priority: metadata.priority,
            credits: metadata.credits,
            other: metadata.other,
            speakers,
        }
    }

    pub(super) fn into_parts(self) -> (String, Metadata, Vec<String>) {
        let metadata = Metadata {
            title: self.title,
            description: self.description,
            area: self.area,
            video_embed_src: self.video_embed_src,
            video_download_href: self.video_download_href,
            caption_file_path: self.caption_file_path,
            pdf_file_path: self.pdf_file_path,
            file_type: self.file_type,
            priority: self.priority,
            credits: self.credits,
            other: self.other,
        };
        (self.id, metadata, self.speakers)
    }
}
