//! What pictures tell besides what they show: where and with what they were taken, and what a program wrote into them.

use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::png::Png;
use img_parts::webp::WebP;
use img_parts::{Bytes, ImageEXIF};

use crate::domain::attachment::FileKind;

/// What begins a camera's data in a photograph.
const EXIF: &[u8] = b"Exif\0\0";
/// The tag that says how a photograph is to be turned (EXIF 2.3, 4.6.4).
const ORIENTATION: u16 = 0x0112;
/// Chunks of a PNG that hold words or a camera's data, not the picture.
const TELLING_CHUNKS: [[u8; 4]; 5] = [*b"eXIf", *b"tEXt", *b"iTXt", *b"zTXt", *b"tIME"];

/// The file without the place, the camera and the words that a picture may carry; how it is to be turned is kept.
/// `None` where it says that it is a picture and cannot be read as one.
#[must_use]
pub(super) fn without_traces(kind: FileKind, bytes: Vec<u8>) -> Option<Vec<u8>> {
    match kind {
        FileKind::Jpeg => jpeg(bytes),
        FileKind::Png => {
            let mut picture = Png::from_bytes(Bytes::from(bytes)).ok()?;
            picture.chunks_mut().retain(|chunk| !TELLING_CHUNKS.contains(&chunk.kind()));
            Some(picture.encoder().bytes().to_vec())
        }
        FileKind::Webp => {
            let mut picture = WebP::from_bytes(Bytes::from(bytes)).ok()?;
            picture.set_exif(None);
            picture.remove_chunks_by_id(*b"XMP ");
            Some(picture.encoder().bytes().to_vec())
        }
        _ => Some(bytes),
    }
}

/// Cameras write into the segments APP1 (EXIF, XMP) and APP13 (IPTC), programs into comments.
fn jpeg(bytes: Vec<u8>) -> Option<Vec<u8>> {
    let mut picture = Jpeg::from_bytes(Bytes::from(bytes)).ok()?;
    let turned = picture.exif().as_deref().and_then(orientation);
    let telling = |marker| matches!(marker, markers::APP1 | markers::APP13 | markers::COM);
    picture.segments_mut().retain(|segment| !telling(segment.marker()));
    if let Some(turned) = turned.filter(|turned| (2..=8).contains(turned)) {
        let segment = JpegSegment::new_with_contents(markers::APP1, Bytes::from([EXIF, &only_orientation(turned)].concat()));
        picture.segments_mut().insert(0, segment);
    }
    Some(picture.encoder().bytes().to_vec())
}

/// How the picture is to be turned, 1 to 8, from a camera's data in TIFF's form.
pub(super) fn orientation(tiff: &[u8]) -> Option<u16> {
    let little = match tiff.get(..2)? {
        b"II" => true,
        b"MM" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let pair = [*tiff.get(at)?, *tiff.get(at + 1)?];
        Some(if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let (first, second) = (short(4)?, short(6)?);
    let table = usize::from(if little { first } else { second });
    let entries = usize::from(short(table)?);
    let mut places = (0..entries).map(|nth| table + 2 + nth * 12);
    places.find(|at| short(*at) == Some(ORIENTATION)).and_then(|at| short(at + 8))
}

/// A camera's data that says nothing but how to turn the picture: a table of one entry.
fn only_orientation(turned: u16) -> Vec<u8> {
    let mut data = b"II*\0\x08\0\0\0\x01\0".to_vec();
    for number in [ORIENTATION, 3, 1, 0, turned, 0, 0, 0] {
        data.extend(number.to_le_bytes());
    }
    data
}
