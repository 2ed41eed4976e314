//! What is kept of a file, and what is not.

use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::png::{Png, PngChunk};
use img_parts::{Bytes, ImageEXIF};
use tempfile::TempDir;

use super::*;
use crate::domain::attachment::FileKind;

/// The smallest picture there is: one grey pixel.
const PNG: &[u8] = &[
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00, 0x01, 0x00,
    0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3A, 0x7E, 0x9B, 0x55, 0x00, 0x00, 0x00, 0x0A, 0x49, 0x44, 0x41, 0x54, 0x78,
    0xDA, 0x63, 0x68, 0x00, 0x00, 0x00, 0x82, 0x00, 0x81, 0xDA, 0x45, 0x08, 0x3B, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4E, 0x44,
    0xAE, 0x42, 0x60, 0x82,
];

/// A photograph's frame: a beginning, a table, a scan and an end.
const JPEG: &[u8] = &[
    0xFF, 0xD8, 0xFF, 0xDB, 0x00, 0x04, 0x00, 0x01, 0xFF, 0xDA, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x3F, 0x00, 0x55, 0xFF, 0xD9,
];

/// A camera's data: turn by a quarter, and a place that must not get out.
fn camera_data() -> Vec<u8> {
    let mut data = b"MM\0*\0\0\0\x08\0\x02".to_vec();
    data.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0]);
    data.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0x30]);
    data.extend(b"GPS 59.9139 N 10.7522 E");
    data
}

#[test]
fn a_file_is_what_is_in_it_whatever_it_is_called() {
    let cases: [(&[u8], Option<FileKind>); 9] = [
        (PNG, Some(FileKind::Png)),
        (JPEG, Some(FileKind::Jpeg)),
        (b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", Some(FileKind::Pdf)),
        ("feil 0x80070005 på æøå\r\n".as_bytes(), Some(FileKind::Text)),
        (b"MZ\x90\x00\x03\x00\x00\x00", None),
        (b"<!DOCTYPE html><script>alert(1)</script>", None),
        (b"\x7fELF\x02\x01\x01\x00", None),
        (b"text with a \0 in it", None),
        (b"", None),
    ];
    for (bytes, kind) in cases {
        assert_eq!(kind_of(bytes), kind, "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn a_photograph_loses_where_it_was_taken_and_keeps_how_it_is_turned() {
    let mut photo = Jpeg::from_bytes(Bytes::from_static(JPEG)).unwrap();
    photo.set_exif(Some(camera_data().into()));
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<exif:GPSLatitude>59,54.8N</exif:GPSLatitude>";
    photo.segments_mut().insert(1, JpegSegment::new_with_contents(markers::APP1, Bytes::from_static(xmp)));
    photo.segments_mut().insert(1, JpegSegment::new_with_contents(markers::COM, Bytes::from_static(b"Kari Nordmann")));
    let taken = photo.encoder().bytes().to_vec();
    assert!(contains(&taken, b"59.9139"));

    let kept = without_traces(FileKind::Jpeg, taken).unwrap();

    for secret in [&b"59.9139"[..], b"GPSLatitude", b"Kari"] {
        assert!(!contains(&kept, secret));
    }
    let data = Jpeg::from_bytes(kept.into()).unwrap().exif().unwrap();
    assert_eq!(traces::orientation(&data), Some(6));
}

#[test]
fn words_that_a_program_wrote_into_a_picture_are_left_out() {
    let mut picture = Png::from_bytes(Bytes::from_static(PNG)).unwrap();
    picture.chunks_mut().insert(1, PngChunk::new(*b"tEXt", Bytes::from_static(b"Author\0Kari Nordmann")));
    let kept = without_traces(FileKind::Png, picture.encoder().bytes().to_vec()).unwrap();
    assert_eq!(kept, PNG);
}

#[test]
fn what_claims_to_be_a_picture_and_is_none_is_not_taken() {
    assert_eq!(without_traces(FileKind::Png, b"\x89PNG\r\n\x1a\nno".to_vec()), None);
}

#[tokio::test]
async fn a_file_is_kept_read_listed_and_removed() {
    let folder = TempDir::new().unwrap();
    let files = Folder::at(folder.path().join("files"));
    let id = FileId::new(7);
    assert_eq!(files.all().await.unwrap(), []);

    let kept = files.keep(id, PNG.to_vec()).await.unwrap();

    assert_eq!(kept, Some(Kept { kind: FileKind::Png, size: PNG.len() as u64 }));
    assert_eq!(files.read(id).await.unwrap().as_deref(), Some(PNG));
    assert_eq!(files.all().await.unwrap().iter().map(|(id, _)| *id).collect::<Vec<_>>(), [id]);
    files.remove(id).await.unwrap();
    files.remove(id).await.unwrap();
    assert_eq!(files.read(id).await.unwrap(), None);
}

#[tokio::test]
async fn nothing_is_kept_of_a_program() {
    let folder = TempDir::new().unwrap();
    let files = Folder::at(folder.path().to_owned());
    assert_eq!(files.keep(FileId::new(8), b"MZ\x90\x00\x03".to_vec()).await.unwrap(), None);
    assert_eq!(files.all().await.unwrap(), []);
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
