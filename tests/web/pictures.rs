//! Pictures from outside: drawn anew, shown to who sees the idea, and hostile files refused with the text kept.

use crate::support::FieldNorth;
use crate::support::field_north::HURT;
use axum::body::Body;
use axum::http::Request;
use image::{DynamicImage, ExtendedColorType, ImageEncoder, ImageFormat, Rgb, RgbImage};
use std::io::Cursor;

const WORDS: &str = "Look at the third line of the sheet";
const SECRET: &[u8] = b"51.5074N 0.1278W of the customer";

fn encoded(picture: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(picture.clone()).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A small screenshot.
pub fn png() -> Vec<u8> {
    encoded(&RgbImage::from_pixel(40, 30, Rgb([200, 220, 240])), ImageFormat::Png)
}

/// A PNG with a comment written into it, before the points.
fn png_with_text() -> Vec<u8> {
    let mut bytes = png();
    let mut data = b"tEXtComment\0".to_vec();
    data.extend_from_slice(SECRET);
    let mut chunk = u32::try_from(data.len() - 4).unwrap().to_be_bytes().to_vec();
    chunk.extend_from_slice(&data);
    chunk.extend_from_slice(&crc(&data).to_be_bytes());
    bytes.splice(33..33, chunk);
    bytes
}

fn crc(data: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 })
    };
    !data.iter().fold(u32::MAX, step)
}

/// A JPEG, left half red and right half blue, with EXIF that says "turn me by a quarter" and where it was taken.
fn jpeg_with_place() -> Vec<u8> {
    let colour = |x, _| if x < 60 { Rgb([250, 10, 10]) } else { Rgb([10, 10, 250]) };
    let mut bytes = encoded(&RgbImage::from_fn(120, 40, colour), ImageFormat::Jpeg);
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    exif.extend_from_slice(&[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0]);
    let length = u8::try_from(SECRET.len()).unwrap();
    exif.extend_from_slice(&[0x01, 0x0e, 0, 2, 0, 0, 0, length, 0, 0, 0, 38, 0, 0, 0, 0]);
    exif.extend_from_slice(SECRET);
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let segment: Vec<u8> = [0xff, 0xe1].into_iter().chain(length).chain(exif).collect();
    bytes.splice(2..2, segment);
    bytes
}

/// The head of a PNG that says it is this large, and a few points.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = png();
    let mut head = b"IHDR".to_vec();
    head.extend_from_slice(&width.to_be_bytes());
    head.extend_from_slice(&height.to_be_bytes());
    head.extend_from_slice(&[8, 2, 0, 0, 0]);
    let sum = crc(&head).to_be_bytes();
    bytes.splice(12..33, head.into_iter().chain(sum));
    bytes
}

/// A whole PNG of so many points: few bytes, much room.
fn wide(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let points = vec![0_u8; usize::try_from(width * height).unwrap()];
    let encoder = image::codecs::png::PngEncoder::new(&mut bytes);
    encoder.write_image(&points, width, height, ExtendedColorType::L8).unwrap();
    bytes
}

/// North with an idea, and a comment of Priya's that shows these files.
async fn shown(files: &[(&str, &str, &[u8])]) -> (FieldNorth, String, Vec<String>) {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let fields = [("words", WORDS), ("pictures_show", "The sheet")];
    north.priya.post_files(&format!("{idea}/comments"), &fields, files).await.is(303);
    let pictures = north.priya.get(&idea).await.attributes(".talk img", "src");
    (north, idea, pictures)
}

async fn stored(north: &FieldNorth) -> Vec<(Vec<u8>, i64, i64)> {
    let mut tx = north.app.app.read().await.unwrap();
    tx.query_as("SELECT bytes, width, height FROM picture ORDER BY number").all().await.unwrap()
}

#[tokio::test]
async fn pictures_are_drawn_anew_turned_upright_and_know_no_place() {
    let (exif, text) = (jpeg_with_place(), png_with_text());
    let webp = encoded(&RgbImage::from_pixel(8, 8, Rgb([1, 2, 3])), ImageFormat::WebP);
    let files: [(&str, &str, &[u8]); 3] =
        [("pictures", "IMG_1.JPG", &exif), ("pictures", "b.png", &text), ("pictures", "c.webp", &webp)];
    let (north, idea, pictures) = shown(&files).await;
    assert_eq!(pictures.len(), 3);
    let stored = stored(&north).await;
    for (bytes, ..) in &stored {
        for name in [SECRET, b"Exif", b"tEXt", b"iTXt", b"eXIf", b"ICC", b"iCCP", b"ns.adobe"] {
            assert!(!bytes.windows(name.len()).any(|window| window == name), "{}", String::from_utf8_lossy(name));
        }
    }
    // It lay on its side: now it stands, red above and blue below.
    assert_eq!((stored[0].1, stored[0].2), (40, 120));
    let upright = image::load_from_memory(&stored[0].0).unwrap().to_rgb8();
    let (above, below) = (upright.get_pixel(20, 10).0, upright.get_pixel(20, 110).0);
    assert!(above[0] > 200 && above[2] < 80 && below[2] > 200 && below[0] < 80, "{above:?} {below:?}");
    let page = north.tomas.get(&idea).await;
    assert_eq!(page.attributes(".talk img", "alt"), ["The sheet"; 3]);
    assert_eq!(page.attributes(".talk img", "width")[0], "40");
}

#[tokio::test]
async fn a_picture_is_served_to_who_sees_the_idea_and_to_nobody_else() {
    let (north, idea, pictures) = shown(&[("pictures", "a.png", &png())]).await;
    let answer = north.tomas.get(&pictures[0]).await.is(200);
    let header = |name: &str| answer.headers[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "image/png");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("cache-control"), "private, no-cache");
    assert!(header("content-security-policy").contains("sandbox"));
    let again = Request::get(&pictures[0]).header("if-none-match", header("etag")).body(Body::empty()).unwrap();
    north.tomas.send(again).await.is(304);
    let ben = north.app.rep("Ben Cole", north.app.team("Field South").await).await;
    let admin = north.app.admin("Owen").await;
    for foreign in [&ben, &admin] {
        let known = Request::get(&pictures[0]).header("if-none-match", header("etag")).body(Body::empty()).unwrap();
        foreign.send(known).await.is(404);
        foreign.get(&pictures[0]).await.is(404);
    }
    north.app.stranger().get(&pictures[0]).await.is(303);
    // What is taken back is shown no more.
    let id = north.priya.get(&idea).await.attributes(".talk", "id")[0].replace("comment-", "");
    north.priya.post::<&str>(&format!("/comments/{id}/removal"), &[]).await.is(303);
    north.tomas.get(&pictures[0]).await.is(404);
    north.priya.post::<&str>(&format!("/comments/{id}/return"), &[]).await.is(303);
    north.tomas.get(&pictures[0]).await.is(200);
    north.priya.post::<&str>(&format!("/comments/{id}/removal"), &[]).await.is(303);
    north.app.clock.forward(chrono::TimeDelta::minutes(16));
    north.turn().await;
    assert_eq!(north.app.count("SELECT COUNT(*) FROM picture").await, 0);
}

#[tokio::test]
async fn a_photo_can_come_with_the_throw_or_alone() {
    let north = FieldNorth::new().await;
    let photo = jpeg_with_place();
    let idea = north.callum.post_files("/ideas", &[("hurt", HURT)], &[("pictures", "a.jpg", &photo)]).await.location();
    assert_eq!(north.tomas.get(&idea).await.attributes("main > .pictures img", "alt"), ["Picture 1"]);
    let refused = north.callum.post_files("/ideas", &[("hurt", HURT)], &[("pictures", "a.jpg", b"no")]).await.is(422);
    assert_eq!(refused.value("hurt"), HURT);
    assert_eq!(north.app.count("SELECT COUNT(*) FROM idea").await, 1);
    let path = format!("{idea}/comments");
    north.priya.post_files(&path, &[("words", "")], &[("pictures", "a.jpg", &photo)]).await.is(303);
    // A field for files of which none was chosen is no picture.
    north.priya.post_files(&path, &[("words", WORDS)], &[("pictures", "", b"")]).await.is(303);
    assert_eq!(north.app.count("SELECT COUNT(*) FROM picture").await, 2);
}

#[tokio::test]
async fn hostile_files_are_refused_with_a_sentence_and_the_text_is_kept() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let (photo, eleven) = (jpeg_with_place(), vec![0xff_u8; 11 * 1024 * 1024]);
    let fifty = vec![0xff_u8; 50 * 1024 * 1024];
    let mut polyglot = photo.clone();
    polyglot.extend_from_slice(b"<html><script>alert(1)</script>");
    let mut inside = png_with_text();
    inside.splice(33..33, b"<script>alert(1)</script>".iter().copied());
    let deep = wide(6_400, 6_400);
    let cases: [(&str, &[u8], &str); 15] = [
        ("photo.jpg", b"<!doctype html><script>alert(1)</script>", "web pages are not taken"),
        ("photo.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "such as SVG"),
        ("photo.jpg", b"MZ\x90\0\x03", "no picture that can be read"),
        ("photo.jpg", b"", "This file is empty."),
        (
            "photo.gif",
            b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xff\x0bNETSCAPE2.0",
            "GIF pictures are not taken",
        ),
        ("photo.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        ("photo.jpg", &photo[..photo.len() * 2 / 3], "damaged or cut off"),
        ("photo.png", &png()[..40], "damaged or cut off"),
        ("photo.jpg", &polyglot, "has a script inside"),
        ("photo.png", &inside, "has a script inside"),
        ("photo.png", &bomb(20_000, 20_000), "too many points"),
        ("photo.png", &bomb(2_000_000_000, 2), "too many points"),
        ("photo.png", &deep, "too many points"),
        ("photo.jpg", &eleven, "A picture may have 10 MB."),
        ("photo.jpg", &fifty, "A picture may have 10 MB."),
    ];
    for (name, bytes, said) in cases {
        let fields = [("words", WORDS), ("pictures_show", "The sheet")];
        let answer = north.priya.post_files(&format!("{idea}/comments"), &fields, &[("pictures", name, bytes)]).await;
        let page = answer.is(422).sees(said).sees("Your text is kept; choose");
        assert_eq!(page.text("#comment-field-words"), WORDS, "{said}");
        assert_eq!(page.value("pictures_show"), "The sheet", "{said}");
    }
    assert_eq!(north.app.count("SELECT (SELECT COUNT(*) FROM comment) + (SELECT COUNT(*) FROM picture)").await, 0);
}

#[tokio::test]
async fn seven_pictures_are_one_too_many() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let file = png();
    let files: Vec<(&str, &str, &[u8])> = (0..7).map(|_| ("pictures", "a.png", file.as_slice())).collect();
    let path = format!("{idea}/comments");
    north.priya.post_files(&path, &[("words", WORDS)], &files).await.is(422).sees("6 pictures are the most");
    north.priya.post_files(&path, &[("words", WORDS)], &files[1..]).await.is(303);
    assert_eq!(north.app.count("SELECT COUNT(*) FROM picture").await, 6);
}

#[tokio::test]
async fn a_lost_session_keeps_the_words_of_a_form_with_pictures() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let path = format!("{idea}/comments");
    let file = png();
    let files: [(&str, &str, &[u8]); 1] = [("pictures", "a.png", &file)];
    north.app.stranger().post_files(&path, &[("words", WORDS)], &files).await.is(401).sees(WORDS);
}
