#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::*;
use image::{GrayImage, Luma, Rgb, RgbImage, Rgba};

fn png(picture: &RgbaImage) -> Vec<u8> {
    encode(picture).unwrap()
}

/// A mark of this size within a margin that nothing is seen in.
fn marked(width: u32, height: u32, margin: u32) -> RgbaImage {
    RgbaImage::from_fn(width + 2 * margin, height + 2 * margin, |x, y| {
        let inside = (margin..margin + width).contains(&x) && (margin..margin + height).contains(&y);
        if inside { Rgba([10, 85, 100, 255]) } else { Rgba([0, 0, 0, 0]) }
    })
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut file = Vec::new();
    let picture = RgbImage::from_fn(width, height, |x, _| Rgb([u8::try_from(x % 200).unwrap(), 40, 40]));
    image::codecs::jpeg::JpegEncoder::new(&mut file).encode_image(&picture).unwrap();
    file
}

/// A chunk of a PNG with its length and check sum (PNG, 5.3).
fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let crc = |bytes: &[u8]| {
        !bytes.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
        })
    };
    let body = [kind.as_slice(), data].concat();
    [u32::try_from(data.len()).unwrap().to_be_bytes().to_vec(), body.clone(), crc(&body).to_be_bytes().to_vec()]
        .concat()
}

// proves: C21.b
#[test]
fn a_picture_is_made_anew_and_nothing_of_the_file_stays() {
    let plain = png(&marked(300, 100, 20));
    // A text with a script in it, and a whole page behind the end: a file that is two things at once.
    let (head, rest) = plain.split_at(33);
    let secret = b"Comment\0<script>alert(1)</script>";
    let polyglot = [head, &chunk(b"tEXt", secret), rest, b"<html><script>alert(2)</script></html>%PDF-1.7"].concat();
    let made = logo(&polyglot).unwrap();
    assert_eq!(made, logo(&plain).unwrap());
    assert_eq!(made.size(), (300, 100), "the margin is gone");
    for trace in [b"script".as_slice(), b"tEXt", b"%PDF"] {
        assert!(!made.png.windows(trace.len()).any(|window| window == trace));
    }
    assert_eq!(logo(&jpeg(800, 200)).unwrap().size(), (800, 200));
    assert_eq!(logo(&made.png).unwrap(), made, "what was made is taken as it is");
    assert_eq!(logo(&png(&marked(3_000, 600, 0))).unwrap().size(), (1_200, 240), "no larger than print needs");
}

// proves: C21.b
#[test]
fn what_is_no_picture_or_too_much_of_one_is_refused_with_what_to_do() {
    let plain = png(&marked(300, 100, 20));
    let flood = |width: u32, height: u32| {
        let header = [width.to_be_bytes().as_slice(), &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
        [b"\x89PNG\r\n\x1a\n".as_slice(), &chunk(b"IHDR", &header), &plain[33..]].concat()
    };
    let white = RgbaImage::from_pixel(300, 100, Rgba([255, 255, 255, 255]));
    let mut noise = 7_u32;
    let noise = RgbImage::from_fn(600, 200, |_, _| {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Rgb(noise.to_be_bytes().first_chunk().copied().unwrap())
    });
    let mut detailed = Vec::new();
    PngEncoder::new(&mut detailed).write_image(&noise, 600, 200, ExtendedColorType::Rgb8).unwrap();
    let gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;".to_vec();
    let eicar = br"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*".to_vec();
    for (file, refused) in [
        (Vec::new(), LogoRefused::Kind),
        (eicar, LogoRefused::Kind),
        (gif, LogoRefused::Kind),
        (b"PK\x03\x04 an archive".to_vec(), LogoRefused::Kind),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec(), LogoRefused::Svg),
        (b"  <?xml version='1.0'?><!DOCTYPE svg>".to_vec(), LogoRefused::Svg),
        (vec![0x89; LARGEST_FILE + 1], LogoRefused::TooLarge),
        (flood(50_000, 50_000), LogoRefused::Pixels),
        (flood(3_999, 3_999), LogoRefused::Pixels),
        (flood(0, 10), LogoRefused::Broken),
        (flood(400, 400), LogoRefused::Broken),
        (plain[..plain.len() / 2].to_vec(), LogoRefused::Broken),
        (b"\x89PNG\r\n\x1a\n".to_vec(), LogoRefused::Broken),
        (b"\xff\xd8\xff\xe0nothing".to_vec(), LogoRefused::Broken),
        (png(&white), LogoRefused::Blank),
        (png(&RgbaImage::from_pixel(300, 100, Rgba([0, 0, 0, 0]))), LogoRefused::Blank),
        (detailed, LogoRefused::Detailed),
    ] {
        assert_eq!(logo(&file).unwrap_err(), refused, "{:?}", String::from_utf8_lossy(&file[..file.len().min(24)]));
    }
    let mut gray = Vec::new();
    let shade = GrayImage::from_fn(64, 64, |x, _| Luma([u8::try_from(x).unwrap()]));
    let encoder = PngEncoder::new(&mut gray);
    encoder.write_image(&shade, 64, 64, ExtendedColorType::L8).unwrap();
    assert_eq!(logo(&gray).unwrap().size(), (64, 64));
}

// proves: C21.b
#[test]
fn a_file_with_any_byte_altered_or_cut_off_anywhere_is_taken_or_refused_and_no_more() {
    let files = [png(&marked(40, 12, 3)), jpeg(40, 12)];
    for file in files {
        for at in 0..file.len() {
            let _ = logo(&file[..at]);
            for change in [1, 0x80, 0xff] {
                let mut altered = file.clone();
                altered[at] ^= change;
                let _ = logo(&altered);
            }
        }
    }
}
