//! A picture reencoded anew: what was sent is decoded within limits, turned the right way up, made smaller and encoded again,
//! so that no byte of the file and nothing that was written into it is kept.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// The most bytes that a picture may take while it is decoded.
const MOST_DECODED: u64 = 80_000_000;
/// The longest side that is decoded.
const LONGEST_SENT: u32 = 20_000;
/// The longest side that is kept.
pub const LONGEST_KEPT: u32 = 2_000;
/// The most bytes of a picture that is kept.
pub const LARGEST_KEPT: usize = 5_000_000;
/// A PNG without anything to see through that is larger than this is kept as JPEG.
const LARGE_PNG: usize = 1_500_000;

/// How a kept picture is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum PictureFormat {
    Jpeg,
    Png,
}

impl PictureFormat {
    /// The type that a browser is told.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }
}

/// A picture fit to be kept.
#[derive(Debug)]
pub struct Reencoded {
    pub format: PictureFormat,
    pub width: u32,
    pub height: u32,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Encode a picture anew.
///
/// # Errors
/// A sentence for what is no picture, too large, cut off, or brings a script.
pub fn reencode(sent: &[u8]) -> Result<Reencoded, &'static str> {
    let format = format_of(sent)?;
    if has_script(sent) {
        return Err("This file has a script inside. Make a screenshot of the picture and send that.");
    }
    if format == ImageFormat::Jpeg && !jpeg_is_whole(sent) {
        return Err(CUT_OFF);
    }
    let (picture, orientation) = decode(sent, format)?;
    let mut picture = if picture.width().max(picture.height()) > LONGEST_KEPT {
        picture.thumbnail(LONGEST_KEPT, LONGEST_KEPT)
    } else {
        picture
    };
    picture.apply_orientation(orientation);
    encode(&picture, format).ok_or("This picture can't be made small enough. Send a smaller part of it.")
}

const NO_PICTURE: &str =
    "This is no picture that can be read here. Photos and screenshots are JPEG, PNG or WebP files.";
const CUT_OFF: &str = "This picture is damaged or cut off. Choose it again, or make a screenshot of it.";
const TOO_MANY_POINTS: &str =
    "This picture has too many points: 26 million are the most of a photo. Send a smaller part of it.";

/// The format by the first bytes; the name of a file and what a browser says of it count for nothing.
fn format_of(sent: &[u8]) -> Result<ImageFormat, &'static str> {
    let text = sent.iter().position(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xef | 0xbb | 0xbf));
    match sent {
        [] => Err("This file is empty. Choose another one."),
        [0xff, 0xd8, 0xff, ..] => Ok(ImageFormat::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Ok(ImageFormat::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(ImageFormat::WebP),
        [b'G', b'I', b'F', b'8', ..] => {
            Err("GIF pictures are not taken, moving or not. Make a screenshot of it and send that.")
        }
        [_, _, _, _, b'f', b't', b'y', b'p', b'h' | b'm', ..] => Err(
            "This photo is a HEIC file, which can't be read here. Take it as \u{201c}most compatible\u{201d}, or make a screenshot of it.",
        ),
        _ if text.is_some_and(|at| sent[at] == b'<') => Err(
            "Drawings made of text, such as SVG, and web pages are not taken. Make a screenshot of it and send that.",
        ),
        _ => Err(NO_PICTURE),
    }
}

/// Whether a browser that took the file for a page would find a script in it.
fn has_script(sent: &[u8]) -> bool {
    const SCRIPTS: [&[u8]; 5] = [b"<script", b"<iframe", b"<!doctype", b"onerror=", b"javascript:"];
    let begins = |at: usize| {
        let rest = &sent[at..];
        SCRIPTS.iter().any(|script| rest.len() >= script.len() && rest[..script.len()].eq_ignore_ascii_case(script))
    };
    let likely = sent.iter().enumerate().filter(|(_, byte)| matches!(byte, b'<' | b'o' | b'O' | b'j' | b'J'));
    likely.map(|(at, _)| at).any(begins)
}

/// Whether a JPEG goes on to its end mark. Decoders fill what is missing with grey and call it a picture.
fn jpeg_is_whole(sent: &[u8]) -> bool {
    let mut at = 2;
    while let Some(&[begin, mark]) = sent.get(at..at + 2) {
        match (begin, mark) {
            (0xff, 0xd9) => return true,
            // Fill bytes, restart marks and marks without a length.
            (0xff, 0xff) => at += 1,
            (0xff, 0x00 | 0x01 | 0xd0..=0xd8) => at += 2,
            (0xff, _) => {
                let Some(&[high, low]) = sent.get(at + 2..at + 4) else { return false };
                at += 2 + usize::from(u16::from_be_bytes([high, low])).max(2);
            }
            // Points.
            _ => at += 1,
        }
    }
    false
}

fn decode(sent: &[u8], format: ImageFormat) -> Result<(DynamicImage, Orientation), &'static str> {
    let mut reader = ImageReader::with_format(Cursor::new(sent), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SENT);
    limits.max_image_height = Some(LONGEST_SENT);
    limits.max_alloc = Some(MOST_DECODED + u64::from(LONGEST_SENT) * 64);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| told(&error))?;
    let (width, height) = decoder.dimensions();
    let points = u64::from(width) * u64::from(height);
    let bytes = decoder.total_bytes().max(points * bytes_of_a_point(sent, format));
    if bytes > MOST_DECODED || width.max(height) > LONGEST_SENT {
        return Err(TOO_MANY_POINTS);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(|error| told(&error))?;
    if picture.width() == 0 || picture.height() == 0 { Err(NO_PICTURE) } else { Ok((picture, orientation)) }
}

/// How many bytes of memory each point takes while a decoder puts the picture together of several passes.
fn bytes_of_a_point(sent: &[u8], format: ImageFormat) -> u64 {
    match format {
        ImageFormat::Jpeg if jpeg_comes_in_passes(sent) => 9,
        ImageFormat::WebP => 8,
        _ => 3,
    }
}

/// Whether the points of a JPEG are known only when all its passes are read: it is progressive, or each colour comes by
/// itself.
fn jpeg_comes_in_passes(sent: &[u8]) -> bool {
    let (mut at, mut colours) = (2, 0);
    while let Some(&[begin, mark]) = sent.get(at..at + 2) {
        match (begin, mark) {
            (0xff, 0xff) => at += 1,
            (0xff, 0xc2..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf) => return true,
            (0xff, 0xda) => return sent.get(at + 4).is_none_or(|now| *now < colours),
            (0xff, _) => {
                if matches!(mark, 0xc0 | 0xc1) {
                    colours = sent.get(at + 9).copied().unwrap_or_default();
                }
                let Some(&[high, low]) = sent.get(at + 2..at + 4) else { return true };
                at += 2 + usize::from(u16::from_be_bytes([high, low])).max(2);
            }
            _ => return true,
        }
    }
    true
}

fn told(error: &image::ImageError) -> &'static str {
    match error {
        image::ImageError::Limits(_) => TOO_MANY_POINTS,
        image::ImageError::Unsupported(_) => NO_PICTURE,
        _ => CUT_OFF,
    }
}

fn encode(picture: &DynamicImage, format: ImageFormat) -> Option<Reencoded> {
    let (width, height) = (picture.width(), picture.height());
    let reencoded =
        |format, bytes: Vec<u8>| (bytes.len() <= LARGEST_KEPT).then_some(Reencoded { format, width, height, bytes });
    let see_through = picture.color().has_alpha() && picture.to_rgba8().pixels().any(|point| point.0[3] < u8::MAX);
    if see_through || format == ImageFormat::Png {
        let bytes = png(picture, see_through)?;
        if see_through && bytes.len() <= LARGEST_KEPT || bytes.len() <= LARGE_PNG {
            return reencoded(PictureFormat::Png, bytes);
        }
    }
    [86, 70, 50].into_iter().find_map(|quality| reencoded(PictureFormat::Jpeg, jpeg(picture, quality)?))
}

fn png(picture: &DynamicImage, see_through: bool) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new(&mut bytes);
    let (width, height) = (picture.width(), picture.height());
    let done = if see_through {
        encoder.write_image(&picture.to_rgba8(), width, height, ExtendedColorType::Rgba8)
    } else {
        encoder.write_image(&picture.to_rgb8(), width, height, ExtendedColorType::Rgb8)
    };
    done.is_ok().then_some(bytes)
}

fn jpeg(picture: &DynamicImage, quality: u8) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    let done = encoder.write_image(&picture.to_rgb8(), picture.width(), picture.height(), ExtendedColorType::Rgb8);
    done.is_ok().then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgb, RgbImage, Rgba, RgbaImage};

    fn photo(width: u32, height: u32) -> Vec<u8> {
        let byte = |number: u32| number.to_le_bytes()[0];
        let noise = |x: u32, y: u32| Rgb([byte(x.wrapping_mul(31)), byte(y.wrapping_mul(17)), byte(x ^ y)]);
        jpeg(&RgbImage::from_fn(width, height, noise).into(), 90).unwrap()
    }

    #[test]
    fn a_large_photo_becomes_small_and_loses_what_was_written_into_it() {
        let reencoded = reencode(&photo(4000, 1000)).unwrap();
        assert_eq!((reencoded.format, reencoded.width, reencoded.height), (PictureFormat::Jpeg, 2000, 500));
        assert!(reencoded.bytes.len() < LARGEST_KEPT);
        for name in [&b"Exif"[..], b"ICC_PROFILE", b"http://ns.adobe"] {
            assert!(!reencoded.bytes.windows(name.len()).any(|window| window == name));
        }
    }

    #[test]
    fn a_screenshot_stays_a_png_and_what_is_seen_through_stays_so() {
        let plain = png(&RgbImage::from_pixel(30, 20, Rgb([250, 250, 240])).into(), false).unwrap();
        assert_eq!(reencode(&plain).unwrap().format, PictureFormat::Png);
        let glass = RgbaImage::from_pixel(30, 20, Rgba([0, 0, 0, 128]));
        let reencoded = reencode(&png(&glass.into(), true).unwrap()).unwrap();
        assert!(image::load_from_memory(&reencoded.bytes).unwrap().to_rgba8().pixels().all(|point| point.0[3] == 128));
    }

    #[test]
    fn what_is_no_picture_is_refused_with_a_sentence() {
        let whole = photo(300, 200);
        let mut polyglot = whole.clone();
        polyglot.extend_from_slice(b"<SCRIPT>alert(1)</script>");
        let svg = &b"<svg xmlns='http://www.w3.org/2000/svg'></svg>"[..];
        let cases: [(&[u8], &str); 9] = [
            (b"", "empty"),
            (b"\n <html><script>alert(1)</script></html>", "web pages"),
            (svg, "SVG"),
            (b"\xef\xbb\xbf<?xml version='1.0'?><svg/>", "SVG"),
            (b"GIF89a\x01\x00\x01\x00\x80\x00\x00", "GIF"),
            (b"%PDF-1.7", "no picture"),
            (&whole[..whole.len() / 2], "cut off"),
            (&polyglot, "script inside"),
            (b"\0\0\0\x18ftypheic", "HEIC"),
        ];
        for (sent, said) in cases {
            let refused = reencode(sent).unwrap_err();
            assert!(refused.contains(said), "{said}: {refused}");
        }
        let mut end = whole.clone();
        end.truncate(whole.len() - 2);
        assert_eq!(reencode(&end).unwrap_err(), CUT_OFF);
    }

    #[test]
    fn no_cut_of_a_picture_makes_it_fail_badly() {
        let files = [photo(64, 48), png(&RgbImage::from_pixel(64, 48, Rgb([1, 2, 3])).into(), false).unwrap()];
        for file in files {
            for end in 0..file.len() - 12 {
                assert!(reencode(&file[..end]).is_err(), "{end} of {}", file.len());
            }
        }
    }
}
