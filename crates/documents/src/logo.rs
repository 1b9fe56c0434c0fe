//! A logo from whatever somebody brought. The file is read within limits of bytes and pixels, and a picture is made anew
//! of what is seen in it: nothing of the file itself gets any further, whatever else it was.

use crate::keep::at_a_press;
use coffer_billing::letterhead::{self, LARGEST, Letterhead, Logo, Picture, ReviseLetterhead};
use coffer_kernel::{Action, Actor, policy};
use coffer_store::{Books, Refused, refusals};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::imageops::{FilterType as Scaling, crop_imm};
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageError, ImageFormat, ImageReader, Limits,
    RgbaImage,
};
use std::io::Cursor;

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: usize = 1024 * 1024;
/// The longest side, in pixels.
const LONGEST_SIDE: u32 = 4_000;
/// The most pixels.
const MOST_PIXELS: u64 = 4_000_000;
/// What reading one may take of memory, in bytes: 16 bits in each of four channels, twice.
const MOST_MEMORY: u64 = MOST_PIXELS * 16;
/// How large it is kept: 60 × 18 mm at some 500 dots to the inch, or less where it is rich in detail.
const SIZES: [(u32, u32); 3] = [(1_200, 400), (900, 300), (600, 200)];

refusals! {
    /// Why a picture does not become a logo.
    pub enum LogoRefused {
        /// It is a drawing that can do things.
        Svg => Invalid, "logo.svg", "This is an SVG drawing, which can carry programs and reach out to other addresses. Export it as a PNG, about 1,200 pixels wide.";
        /// It is something else.
        Kind => Invalid, "logo.kind_unknown", "This is neither a PNG nor a JPEG picture. Export your logo as a PNG, about 1,200 pixels wide.";
        /// The file is too large.
        TooLarge => Invalid, "logo.too_large", "This file is larger than 1 MiB. Export your logo smaller: about 1,200 pixels wide is enough for print.";
        /// There is too much in it.
        Pixels => Invalid, "logo.too_many_pixels", "This picture has more than 4,000 pixels on a side, or more than 4 million in all. Export your logo smaller: about 1,200 pixels wide is enough for print.";
        /// It cannot be read to its end.
        Broken => Invalid, "logo.broken", "This picture is damaged or cut off. Export it again.";
        /// There is nothing to be seen.
        Blank => Invalid, "logo.blank", "Nothing of this picture would be seen on white paper. Choose the form of your logo that is made for a white ground.";
        /// It is a photograph, or noise.
        Detailed => Invalid, "logo.too_detailed", "There is too much detail in this picture for the head of a letter. Choose a simpler form of your logo, or one with fewer pixels.";
    }
}

/// A letterhead as it shall be, with a logo as somebody brought it.
#[derive(Debug, Clone)]
pub struct Dress {
    /// The version the caller has seen, where they say.
    pub version: Option<i64>,
    /// The colour.
    pub accent: Option<letterhead::Accent>,
    /// The logo.
    pub logo: Brought,
}

/// What was brought for a logo.
#[derive(Debug, Clone)]
pub enum Brought {
    /// Nothing: it stays as it is.
    Same,
    /// The wish to have none.
    None,
    /// A file.
    File(Vec<u8>),
}

/// Changes the letterhead.
///
/// # Errors
/// [`LogoRefused`]; nothing is written then.
pub async fn dress(books: &Books, actor: &Actor, order: Dress) -> Result<Letterhead, LogoRefused> {
    let Dress { version, accent, logo } = order;
    let logo = match logo {
        // Nobody's picture is read who may not change it; that they tried is recorded like anything else.
        Brought::File(file) if policy::permit(actor, Action::ReviseBusiness).is_ok() => Logo::New(read(file).await?),
        Brought::Same | Brought::File(_) => Logo::Same,
        Brought::None => Logo::None,
    };
    Ok(letterhead::revise(books, actor, ReviseLetterhead { version, accent, logo }).await?)
}

async fn read(file: Vec<u8>) -> Result<Picture, LogoRefused> {
    match at_a_press(move || logo(&file)).await {
        Ok(made) => made,
        Err(Refused::Busy) => Err(Refused::Busy.into()),
        // A decoder that gave up altogether says no more about the file than one that found it broken.
        Err(_) => Err(LogoRefused::Broken),
    }
}

/// The picture in a file.
///
/// # Errors
/// [`LogoRefused`].
pub fn logo(file: &[u8]) -> Result<Picture, LogoRefused> {
    if file.len() > LARGEST_FILE {
        return Err(LogoRefused::TooLarge);
    }
    let seen = seen(decode(file)?.into_rgba8())?;
    let fits = |(width, height): (u32, u32)| {
        let smaller = if seen.width() > width || seen.height() > height {
            DynamicImage::ImageRgba8(seen.clone()).resize(width, height, Scaling::Lanczos3).into_rgba8()
        } else {
            seen.clone()
        };
        encode(&smaller).filter(|png| png.len() <= LARGEST)
    };
    SIZES.into_iter().find_map(fits).map(|png| Picture { png }).ok_or(LogoRefused::Detailed)
}

/// What kind of file it is, by how it begins; what it calls itself says nothing.
fn kind(file: &[u8]) -> Result<ImageFormat, LogoRefused> {
    if file.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Ok(ImageFormat::Png);
    }
    if file.starts_with(b"\xff\xd8\xff") {
        return Ok(ImageFormat::Jpeg);
    }
    let start = String::from_utf8_lossy(file.get(..file.len().min(1_024)).unwrap_or_default()).to_lowercase();
    Err(if start.contains("<svg") || start.trim_start().starts_with("<?xml") {
        LogoRefused::Svg
    } else {
        LogoRefused::Kind
    })
}

fn decode(file: &[u8]) -> Result<DynamicImage, LogoRefused> {
    let mut reader = ImageReader::with_format(Cursor::new(file), kind(file)?);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let refused = |error: ImageError| match error {
        ImageError::Limits(_) => LogoRefused::Pixels,
        ImageError::Decoding(_)
        | ImageError::Encoding(_)
        | ImageError::Parameter(_)
        | ImageError::Unsupported(_)
        | ImageError::IoError(_) => LogoRefused::Broken,
    };
    let mut decoder = reader.into_decoder().map_err(refused)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(LogoRefused::Pixels);
    }
    // A camera writes which side is up beside the picture, and that is not kept.
    let up = decoder.orientation().map_err(refused)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(refused)?;
    picture.apply_orientation(up);
    Ok(picture)
}

/// What is seen of it on white, without the margins around it: on paper it stands at the edge of the text.
fn seen(picture: RgbaImage) -> Result<RgbaImage, LogoRefused> {
    let inked = picture.enumerate_pixels().filter(|(_, _, pixel)| {
        let [red, green, blue, cover] = pixel.0;
        cover > 16 && red.min(green).min(blue) < 240
    });
    let around = inked.fold(None, |around, (x, y, _)| {
        let (left, top, right, bottom) = around.unwrap_or((x, y, x, y));
        Some((x.min(left), y.min(top), x.max(right), y.max(bottom)))
    });
    let (left, top, right, bottom) = around.ok_or(LogoRefused::Blank)?;
    Ok(crop_imm(&picture, left, top, right - left + 1, bottom - top + 1).to_image())
}

/// The picture as a file of one kind, whatever it was before; without the channel for what shows through, where nothing
/// does.
fn encode(picture: &RgbaImage) -> Option<Vec<u8>> {
    let mut png = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut png, CompressionType::Best, FilterType::Adaptive);
    let (width, height) = picture.dimensions();
    if picture.pixels().all(|pixel| pixel.0.last() == Some(&255)) {
        let solid = DynamicImage::ImageRgba8(picture.clone()).into_rgb8();
        encoder.write_image(&solid, width, height, ExtendedColorType::Rgb8).ok()?;
    } else {
        encoder.write_image(picture, width, height, ExtendedColorType::Rgba8).ok()?;
    }
    Some(png)
}

#[cfg(test)]
mod tests;
