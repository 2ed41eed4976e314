//! What a file really holds.

use crate::domain::attachment::FileKind;

/// How much of a file is looked at to see whether it is text, in bytes.
const HEAD: usize = 64 * 1024;

/// The kind of a file, by what is in it; `None` where it is of a kind that is not taken. What it is called counts for nothing.
#[must_use]
pub(super) fn kind_of(bytes: &[u8]) -> Option<FileKind> {
    if let Some(found) = infer::get(bytes) {
        return FileKind::ALL.iter().copied().find(|kind| bare(kind.media_type()) == found.mime_type());
    }
    is_text(bytes).then_some(FileKind::Text)
}

fn bare(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or(media_type)
}

/// Text in UTF-8, without the characters that only programs write.
fn is_text(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        // A character may be cut at the end of what is looked at.
        Err(error) if error.error_len().is_none() => std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default(),
        Err(_) => return false,
    };
    !text.trim().is_empty() && text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t' | '\u{c}'))
}
